"""How strongly a comment's words point at each theme before anybody has coded one.

A seed phrase counts most, then a word of the theme's name, then one of its definition or its
examples. A word that many themes share says little and counts for each of them less. Comments and
phrases are read in one spelling, and "#" in a seed stands for any number: "# weeks".
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from feedback.analysis.codebook import Codebook, Theme
from feedback.analysis.coding.words import NUMBER, is_number, stemmed_phrase, telling

SEED, NAME, EXAMPLE, DEFINITION = 1.0, 0.7, 0.25, 0.25  # what one word or phrase is worth
MOST = 3.0  # of all together: the tenth seed word says nothing that the third has not said


class Hit(NamedTuple):
    """Words of a comment that point at a theme: the first, the one after the last, how much."""

    first: int
    after: int
    theme: int
    worth: float


class _Phrase(NamedTuple):
    second: str | None  # of its words
    words: tuple[str, ...]
    worth: dict[int, float]  # for each theme


class Seeds:
    """All phrases of a codebook, ready to be looked for."""

    def __init__(self, codebook: Codebook) -> None:
        self.themes = len(codebook.themes)
        worth: dict[tuple[str, ...], dict[int, float]] = defaultdict(dict)
        for place, theme in enumerate(codebook.themes):
            for phrase, value in _phrases(theme):
                worth[phrase][place] = max(value, worth[phrase].get(place, 0.0))
        self._by_first: dict[str, list[_Phrase]] = defaultdict(list)
        for phrase, themes in worth.items():
            second = phrase[1] if len(phrase) > 1 else None
            shared = {place: value / len(themes) for place, value in themes.items()}
            self._by_first[phrase[0]].append(_Phrase(second, phrase, shared))
        for phrases in self._by_first.values():
            phrases.sort(key=lambda each: -len(each.words))
        self._of_numbers = self._by_first.get(NUMBER, [])

    def hits(self, stemmed: Sequence[str]) -> Iterator[Hit]:
        """Where phrases stand in a comment that was cut into stems."""
        for first, one in enumerate(stemmed):
            found = self._by_first.get(one, ())
            if self._of_numbers and is_number(one):
                found = (*found, *self._of_numbers)
            following = (None, NUMBER, *stemmed[first + 1 : first + 2])
            for second, phrase, themes in found:
                if second not in following:
                    continue  # so it is with most
                after = first + len(phrase)
                if second is None or _same(stemmed[first:after], phrase):
                    for place, value in themes.items():
                        yield Hit(first, after, place, value)

    def strengths(self, comments: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """How strongly each comment points at each theme, 0 to `MOST`; shape (comments, themes).

        A phrase that comes twice counts once.
        """
        found = np.zeros((len(comments), self.themes))
        for row, stemmed in enumerate(comments):
            seen = set()
            strengths = [0.0] * self.themes
            for hit in self.hits(stemmed):
                key = (hit.theme, *stemmed[hit.first : hit.after])
                if key not in seen:
                    seen.add(key)
                    strengths[hit.theme] += hit.worth
            found[row] = strengths
        return np.minimum(found, MOST)


def _same(said: Sequence[str], phrase: Sequence[str]) -> bool:
    return len(said) == len(phrase) and all(
        word == one or (word == NUMBER and is_number(one))
        for one, word in zip(said, phrase, strict=True)
    )


def _phrases(theme: Theme) -> Iterator[tuple[tuple[str, ...], float]]:
    for seed in theme.seeds:
        if phrase := stemmed_phrase(seed):
            yield phrase, SEED
    for word in telling(stemmed_phrase(theme.name)):
        yield (word,), NAME
    for word in telling(stemmed_phrase(theme.definition)):
        yield (word,), DEFINITION
    in_examples = Counter(
        word for example in theme.examples for word in set(telling(stemmed_phrase(example)))
    )
    for word, count in in_examples.items():
        yield (word,), EXAMPLE * min(count, 2)
