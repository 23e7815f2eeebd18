"""How good the machine's themes are, beside what people said of the same comments.

Comments that it learned from do not count: each is put in by a coder that has not seen what its
writer wrote.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from feedback.analysis.codebook import Codebook
from feedback.analysis.coding import ThemeCoder

if TYPE_CHECKING:
    from feedback.analysis.vectors import Vectors

FOLDS = 5
FEWEST = 10  # comments read by people; fewer can not be parted and say nothing


@dataclass(frozen=True)
class Checked:
    """One theme on the comments that people read: put by the machine, right of those, and there.

    `there` is how many people put the theme on.
    """

    put: int
    right: int
    there: int


@dataclass(frozen=True)
class Quality:
    """Checked themes by code, on how many comments of how many writers."""

    comments: int
    writers: int
    themes: dict[str, Checked]

    @property
    def together(self) -> Checked:
        """All themes as one."""
        every = list(self.themes.values())
        return Checked(
            sum(each.put for each in every),
            sum(each.right for each in every),
            sum(each.there for each in every),
        )

    @property
    def f1(self) -> float:
        """Right suggestions beside all that were made and all that were due, 0 to 1 (micro)."""
        all_ = self.together
        return 2 * all_.right / (all_.put + all_.there) if all_.put + all_.there else 0.0


def from_words(
    codebook: Codebook,
    comments: Sequence[str],
    themes: Sequence[Sequence[str]],
    groups: Sequence[str],
) -> Quality:
    """How good the codebook's words alone are.

    Args:
        comments: that people read; shape (n,).
        themes: the codes that people put on each.
        groups: who wrote each.
    """
    coder = ThemeCoder(codebook)
    return _compared(coder, coder.predict(comments), coder.truth(themes, len(comments)), groups)


def having_learned(
    codebook: Codebook,
    comments: Sequence[str],
    themes: Sequence[Sequence[str]],
    groups: Sequence[str],
    vectors: "Vectors | None" = None,
) -> Quality:
    """How good a coder is that learns from people's coding, each comment left out in its turn.

    Raises:
        ValueError: fewer than `FEWEST` comments, or one writer alone.
    """
    writers = sorted(set(groups))
    if len(comments) < FEWEST or len(writers) < 2:
        raise ValueError("too few comments to part them")
    folds = min(FOLDS, len(writers))
    # Every fifth writer goes together: the order of ids says nothing about what somebody wrote.
    fold = np.array([writers.index(each) % folds for each in groups])
    base = ThemeCoder(codebook)
    truth = base.truth(themes, len(comments))
    put = np.zeros(truth.shape)
    for each in range(folds):
        out = np.flatnonzero(fold == each).tolist()
        left = np.flatnonzero(fold != each).tolist()
        coder = ThemeCoder(codebook, vectors=vectors).fit(
            [comments[at] for at in left], truth[left], groups=[groups[at] for at in left]
        )
        put[out] = coder.predict([comments[at] for at in out])
    return _compared(base, put, truth, groups)


def _compared(
    coder: ThemeCoder, put: np.ndarray, truth: np.ndarray, groups: Sequence[str]
) -> Quality:
    return Quality(
        len(truth),
        len(set(groups)),
        {
            code: Checked(
                int(put[:, j].sum()), int((put[:, j] * truth[:, j]).sum()), int(truth[:, j].sum())
            )
            for j, code in enumerate(coder.codes)
        },
    )
