"""What sentence vectors say for each theme: a straight line, and a surface that bends.

The line is balanced and finds rare themes; the surface knows that two things together can mean
what neither means alone, and has the seeds beside the vector. Both go as margins into the
calibration, beside seeds and words. Neither holds a comment: what is kept are sums over all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from feedback.analysis.coding import linear

Floats = NDArray[np.float64]
Rows = NDArray[np.floating]

SEED_SHARE = 0.3  # of a seed's strength beside a vector of length 1; tried 0.15 and 0.5: ties
FIRM = 1.0  # ridge; tried 3: a tie
# Comments that the surface is learned from, for it takes a table of all by all; from more of
# them so many are drawn. The line learns from all.
MOST_COMMENTS = 6_000


@dataclass(frozen=True)
class Meaning:
    """What was learned from vectors; `width` numbers in one, and as many seeds as themes.

    `weights` (width, themes) and `constants` (themes,) are the line; `bends` (themes, width +
    themes, width + themes), `slopes` (width + themes, themes) and `levels` (themes,) the surface.
    """

    weights: Rows
    constants: Floats
    bends: Rows
    slopes: Rows
    levels: Floats

    def margins(self, vectors: Rows, strengths: Floats) -> tuple[Floats, Floats]:
        """How far line and surface put each comment from plain ones; two of (comments, themes)."""
        beside = _beside(vectors, strengths)
        surface = beside @ self.slopes + self.levels
        for j, bend in enumerate(self.bends):
            surface[:, j] += ((beside @ bend) * beside).sum(axis=1)
        return vectors @ self.weights + self.constants, surface


def learn(
    vectors: Rows, strengths: Floats, themes: Floats, groups: Sequence[str]
) -> tuple[Meaning, tuple[Floats, Floats]]:
    """What vectors say, and margins for each comment that it and its group took no part in.

    Args:
        vectors: of the comments; shape (comments, width).
        strengths: of their seeds; shape (comments, themes).
        themes: 0 or 1; shape (comments, themes).
        groups: who wrote each.

    Source:
        Kernel ridge regression with (1 + x·y)²: Saunders and others (1998), Ridge regression
        learning algorithm in dual variables, ICML. Multiplied out, so that no comment is kept.
    """
    wide = vectors.astype(np.float64)
    beside = _beside(wide, strengths)
    surface = np.zeros(themes.shape)
    for out in linear.turns(groups):
        learned, worth, usual = _surface(beside[~out], themes[~out])
        surface[out] = _alike(beside[out], learned) @ worth + usual
    line = linear.unseen_margins(wide, themes, groups)
    weights, constants = linear.fit(wide, themes)
    learned, worth, usual = _surface(beside, themes)
    found = Meaning(
        weights=weights.astype(np.float32),
        constants=constants,
        bends=np.array([(learned * each[:, None]).T @ learned for each in worth.T], np.float32),
        slopes=(2 * learned.T @ worth).astype(np.float32),
        levels=usual + worth.sum(axis=0),
    )
    return found, (line, surface)


def _surface(beside: Floats, themes: Floats) -> tuple[Floats, Floats, Floats]:
    """Ridge regression on how alike comments are; 0 is plain, 2 a theme.

    Returns:
        The comments that it learned from, (comments, numbers); what each is worth for each theme,
        (comments, themes); and what is usual for each theme, (themes,).
    """
    from scipy.linalg import cho_factor, cho_solve

    if len(beside) > MOST_COMMENTS:
        drawn = np.sort(np.random.default_rng(0).permutation(len(beside))[:MOST_COMMENTS])
        beside, themes = beside[drawn], themes[drawn]
    usual: Floats = 2 * themes.mean(axis=0)
    alike = _alike(beside, beside)
    alike[np.diag_indices(len(alike))] += FIRM
    worth = cho_solve(cho_factor(alike, overwrite_a=True), 2 * themes - usual)
    return beside, worth, usual


def _alike(some: Floats, others: Floats) -> Floats:
    alike: Floats = (1 + some @ others.T) ** 2
    return alike


def _beside(vectors: Rows, strengths: Floats) -> Floats:
    beside: Floats = np.hstack([vectors, strengths * SEED_SHARE])
    return beside
