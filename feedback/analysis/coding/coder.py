"""Puts a codebook's themes on comments, with how sure it is and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from feedback.analysis.codebook import Codebook
from feedback.analysis.coding import linear, meaning
from feedback.analysis.coding.calibration import Calibration, before_labels, calibrate
from feedback.analysis.coding.counts import Counts
from feedback.analysis.coding.meaning import Meaning
from feedback.analysis.coding.reading import Reading, Unsure
from feedback.analysis.coding.seeds import Seeds
from feedback.analysis.coding.why import Movers, explain
from feedback.analysis.coding.words import MOST_LETTERS, WORD, stems
from feedback.analysis.language import english
from feedback.analysis.vectors.shape import Vectors

Floats = NDArray[np.float64]
Labels = NDArray[Any] | Sequence[Iterable[Any]]  # 0 and 1, or codes

BATCH = 2_000  # comments at a time: what lies in memory at once
LONG = 600  # letters; nine in ten comments have fewer than 200
MANY = 4  # themes; three in a hundred comments carry as many
NEAR = 0.12  # of the threshold, on the scale of probabilities: as good as undecided
SEED_WEIGHT = 0.1  # of a seed's strength beside words in the learned line; tried 0.3 and 1.0


class UnusableCodebook(ValueError):
    """A codebook that comments cannot be coded with, and why."""


@dataclass(frozen=True)
class Training:
    """What a coder learned from: how many comments, how often each theme, and a digest of both."""

    comments: int
    themes: tuple[int, ...]
    digest: str


class ThemeCoder:
    """Codes comments with the themes of a codebook.

    Works before anybody has coded anything, by the words of the codebook; `fit` weighs those
    against what people confirmed. Everything is deterministic.
    """

    def __init__(self, codebook: Codebook, *, vectors: Vectors | None = None) -> None:
        """Take up a codebook.

        Args:
            codebook: the themes and their words.
            vectors: of sentences, which `fit` weighs beside words; before it they say nothing.

        Raises:
            UnusableCodebook: no theme, an empty code or name, or two themes of one code or name.
        """
        _check(codebook)
        self.codebook = codebook
        self.codes = tuple(theme.code for theme in codebook.themes)
        self.seeds = Seeds(codebook)
        self.vectors = vectors
        self._forget()

    def _forget(self) -> None:
        themes = len(self.codes)
        self.counts: Counts | None = None
        self.weights: NDArray[np.floating] = np.zeros((0, themes))
        self.constants: Floats = np.zeros(themes)
        self.meaning: Meaning | None = None
        self.calibration: Calibration = before_labels(themes)
        self.training = Training(0, (0,) * themes, "")

    def fit(
        self,
        comments: Sequence[str],
        themes: Labels,
        *,
        groups: Sequence[str] | None = None,
    ) -> "ThemeCoder":
        """Learn from comments that people have coded; all of them, for nothing is kept from before.

        Args:
            comments: texts; shape (comments,).
            themes: 0 or 1 for each theme in the codebook's order, shape (comments, themes); or
                the codes of each comment.
            groups: who wrote each; the evidence is weighed on writers that it was not learned
                from. None: each text is its own writer.

        Raises:
            ValueError: the shapes differ, a value is not 0 or 1, or a code is not in the codebook.
        """
        truth = self.truth(themes, len(comments))
        if groups is not None and len(groups) != len(comments):
            raise ValueError(f"{len(groups)} groups do not fit {len(comments)} comments")
        writers = [text.casefold() for text in comments] if groups is None else groups
        self._forget()
        if not comments:
            return self
        self.training = _training(comments, truth)
        stemmed = [stems(text) for text in comments]
        strengths = self.seeds.strengths(stemmed)
        self.counts = Counts.learn(comments, stemmed)
        columns = _beside(self.counts.of(comments, stemmed), strengths)
        margins = linear.unseen_margins(columns, truth, writers)
        more: tuple[Floats, ...] = ()
        if self.vectors:
            vectors = self.vectors.of(comments)
            self.meaning, more = meaning.learn(vectors, strengths, truth, writers)
        self.calibration = calibrate(strengths, margins, truth, more)
        weights, self.constants = linear.fit(columns, truth)
        self.weights = weights.astype(np.float32)  # half the memory, and no figure moves
        return self

    def predict_scores(self, comments: Sequence[str]) -> Floats:
        """How probable each theme is for each comment, 0 to 1; shape (comments, themes)."""
        parts = [
            self._scores(some, [stems(text) for text in some])[0]
            for some in (comments[at : at + BATCH] for at in range(0, len(comments), BATCH))
        ]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.codes)))

    def predict(self, comments: Sequence[str]) -> NDArray[np.int8]:
        """1 where a theme is put on a comment, 0 elsewhere; shape (comments, themes)."""
        return (self.predict_scores(comments) >= self.calibration.threshold).astype(np.int8)

    def unsure(
        self, comments: Sequence[str], scores: Floats | None = None
    ) -> list[tuple[Unsure, ...]]:
        """Why a person should look at each comment; empty where nobody needs to.

        `scores` are those that `predict_scores` gave, where somebody has them already.
        """
        rows = self.predict_scores(comments) if scores is None else scores
        return [
            self._doubts(text, row)
            for text, row in zip(comments, np.asarray(rows).tolist(), strict=True)
        ]

    def read(self, comments: Sequence[str]) -> list[Reading]:
        """All there is to say about each comment: themes, scores, reasons and doubts."""
        readings, movers = [], self._movers()
        for at in range(0, len(comments), BATCH):
            some = comments[at : at + BATCH]
            stemmed = [stems(text) for text in some]
            scores, counted = self._scores(some, stemmed)
            likeliest = np.argsort(-scores, axis=1, kind="stable").tolist()
            for row, (text, own, order) in enumerate(
                zip(some, scores.tolist(), likeliest, strict=True)
            ):
                chosen = [j for j in order if own[j] >= self.calibration.threshold]
                columns = _row(counted, row) if chosen and counted is not None else {}
                reasons = explain(movers, text, stemmed[row], columns, chosen)
                readings.append(
                    Reading(
                        themes=tuple(self.codes[j] for j in chosen),
                        scores=dict(zip(self.codes, own, strict=True)),
                        why={self.codes[j]: reasons[j] for j in chosen},
                        unsure=self._doubts(text, own),
                    )
                )
        return readings

    def _movers(self) -> Movers:
        by_seed, by_line = self.calibration.coefficients.T[:2]
        worth = np.diag(by_seed)
        weights = self.weights * by_line
        if self.counts:
            worth += weights[-len(self.codes) :] * SEED_WEIGHT
        return Movers(self.seeds, worth, self.counts, weights)

    def truth(self, themes: Labels, count: int) -> Floats:
        """Labels as an array of 0 and 1, whichever way they were given."""
        given = themes if isinstance(themes, np.ndarray) else list(themes)
        if len(given) == count == 0:
            return np.zeros((0, len(self.codes)))
        table = (
            np.asarray(given, dtype=float)
            if isinstance(given, np.ndarray) or not _are_codes(given)
            else self._table(given)
        )
        due = (count, len(self.codes))
        if table.shape != due:
            raise ValueError(f"labels of shape {due} were due; these have {table.shape}")
        if not np.isin(table, (0, 1)).all():
            raise ValueError("a theme is 0 or 1")
        return table

    def _table(self, given: Sequence[Iterable[str]]) -> Floats:
        place = {code: at for at, code in enumerate(self.codes)}
        table = np.zeros((len(given), len(place)))
        for row, codes in enumerate(given):
            for code in codes:
                if code not in place:
                    raise ValueError(f"the codebook has no theme {code!r}")
                table[row, place[code]] = 1
        return table

    def _scores(
        self, comments: Sequence[str], stemmed: Sequence[list[str]]
    ) -> tuple[Floats, csr_matrix | None]:
        """Probabilities, and the columns that they were learned on."""
        strengths = self.seeds.strengths(stemmed)
        margins, columns = np.zeros(strengths.shape), None
        if self.counts:
            columns = _beside(self.counts.of(comments, stemmed), strengths)
            margins = columns @ self.weights + self.constants
        more: tuple[Floats, ...] = ()
        if self.meaning and self.vectors:
            more = self.meaning.margins(self.vectors.of(comments), strengths)
        scores = self.calibration.scores(strengths, margins, more)
        scores[[not each for each in stemmed]] = 0  # no words say nothing
        return scores, columns

    def _doubts(self, text: str, scores: Sequence[float]) -> tuple[Unsure, ...]:
        if not WORD.search(text[:MOST_LETTERS]):
            return (Unsure.EMPTY,)
        threshold = self.calibration.threshold
        near = any(abs(score - threshold) < NEAR for score in scores)
        chosen = sum(score >= threshold for score in scores)
        doubts = (
            (Unsure.LANGUAGE, english(text) is False),
            (Unsure.LONG, len(text) > LONG),
            (Unsure.MANY, chosen >= MANY),
            (Unsure.SCORE, near or not chosen),
        )
        return tuple(doubt for doubt, holds in doubts if holds)


def digest_of(codebook: Codebook) -> str:
    """A digest of all words of a codebook, in their order."""
    return sha256(repr(codebook).encode()).hexdigest()


def _beside(counts: csr_matrix, strengths: Floats) -> csr_matrix:
    return hstack([counts, csr_matrix(strengths * SEED_WEIGHT)], format="csr")


def _row(columns: csr_matrix, row: int) -> dict[int, float]:
    """The columns in one row, and their weights."""
    here = slice(columns.indptr[row], columns.indptr[row + 1])
    return dict(zip(columns.indices[here].tolist(), columns.data[here].tolist(), strict=True))


def _check(codebook: Codebook) -> None:
    if not codebook.themes:
        raise UnusableCodebook("a codebook needs a theme")
    for what, words in (
        ("code", [theme.code for theme in codebook.themes]),
        ("name", [" ".join(theme.name.split()).casefold() for theme in codebook.themes]),
    ):
        if not all(words):
            raise UnusableCodebook(f"each theme needs a {what}")
        if twice := sorted({word for word in words if words.count(word) > 1}):
            raise UnusableCodebook(f"two themes have the {what} {', '.join(twice)}")


def _are_codes(given: Sequence[Any]) -> bool:
    """Whether rows are codes: a row of numbers has one for each theme, and is never empty."""
    return all(isinstance(code, str) for row in given for code in row)


def _training(comments: Sequence[str], truth: Floats) -> Training:
    whole = sha256()
    for text, row in zip(comments, truth, strict=True):
        whole.update(f"{len(text)}:{text}".encode("utf-8", "replace"))
        whole.update(row.astype(np.int8).tobytes())
    return Training(
        len(comments), tuple(int(each) for each in truth.sum(axis=0)), whole.hexdigest()
    )
