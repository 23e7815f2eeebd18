"""Weighs words, pairs of words and runs of letters of comments, as columns for the linear model.

Runs of letters inside words catch misspellings and endings; they are the largest cheap gain that
was measured (decision 19).
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from feedback.analysis.coding.words import MOST_LETTERS, singles_and_pairs

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

SHORTEST_RUN, LONGEST_RUN = 2, 5  # letters
MANY = 100  # comments from which on what stands in one of them is left out
_NO_WORD = "\0"  # that comments without any word leave a column too
_BLANKS = re.compile(r"\s+")


class Counts:
    """The columns that were found in the comments that it learned from."""

    def __init__(self, words: "TfidfVectorizer", runs: "TfidfVectorizer") -> None:
        self._words, self._runs = words, runs

    @classmethod
    def learn(cls, comments: Sequence[str], stemmed: Sequence[list[str]]) -> "Counts":
        """Columns for what stands in two comments or more (in one, while there are few)."""
        fewest = 2 if len(comments) >= MANY else 1
        words, runs = _words(min_df=fewest), _runs(min_df=fewest)
        words.fit([*stemmed, [_NO_WORD], [_NO_WORD]])
        runs.fit([*map(shown, comments), _NO_WORD, _NO_WORD])
        return cls(words, runs)

    @classmethod
    def kept(cls, words: list[str], runs: list[str], rarity: NDArray[np.float64]) -> "Counts":
        """The same columns again, from `terms` and `rarity`."""
        made = cls(
            _words(vocabulary={term: at for at, term in enumerate(words)}),
            _runs(vocabulary={term: at for at, term in enumerate(runs)}),
        )
        made._words.idf_, made._runs.idf_ = rarity[: len(words)], rarity[len(words) :]
        return made

    @property
    def terms(self) -> tuple[list[str], list[str]]:
        """Words and runs in the order of their columns."""
        return _in_order(self._words), _in_order(self._runs)

    @property
    def rarity(self) -> NDArray[np.float64]:
        """Inverse document frequency of each column; shape (columns,)."""
        both: NDArray[np.float64] = np.concatenate([self._words.idf_, self._runs.idf_])
        return both

    def of(self, comments: Sequence[str], stemmed: Sequence[list[str]]) -> csr_matrix:
        """Weights of the columns in each comment; shape (comments, columns)."""
        words = self._words.transform(stemmed)
        runs = self._runs.transform(map(shown, comments))
        return hstack([words, runs], format="csr")

    def columns_of_word(self, stem: str) -> list[int]:
        """The column of one stem, or of two with a blank between; empty where there is none."""
        at = self._words.vocabulary_.get(stem)
        return [] if at is None else [at]

    def columns_of_runs(self, word: str) -> list[int]:
        """The columns of all runs in one piece of text without blanks."""
        known, first = self._runs.vocabulary_, len(self._words.vocabulary_)
        padded = f" {word.lower()} "
        found = [
            known.get(padded[at : at + size])
            for size in range(SHORTEST_RUN, LONGEST_RUN + 1)
            for at in range(max(1, len(padded) - size + 1))
        ]
        return [first + at for at in found if at is not None]


def shown(comment: str) -> str:
    """The part of a comment that is read, with single blanks."""
    return _BLANKS.sub(" ", comment[:MOST_LETTERS])


def _words(**options: Any) -> "TfidfVectorizer":
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer=singles_and_pairs, sublinear_tf=True, **options)


def _runs(**options: Any) -> "TfidfVectorizer":
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(SHORTEST_RUN, LONGEST_RUN),
        sublinear_tf=True,
        **options,
    )


def _in_order(vectoriser: "TfidfVectorizer") -> list[str]:
    known: dict[str, int] = vectoriser.vocabulary_
    return sorted(known, key=known.__getitem__)
