"""Finds pictures by words: exact words first, then words that begin alike, then what is related.

The words of all pictures are put in order once, as a `Catalogue`; a search then takes a
millisecond or two. Pictures of the host's own and ours stand before the sets of others where
they fit as well, and a person of no gender before a man or a woman.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import zip_longest
from typing import NamedTuple, TypedDict

from feedback.analysis.picture_words import NEVER_PROPOSED, STOP_WORDS, SYNONYMS

PROPOSED = 6
MOST_WORDS = 40  # of a question; nobody reads a longer one
SHORTEST_BEGINNING = 3  # letters; fewer begin half of all words
LONGEST_PHRASE = 3  # words, as in "have your say"

# How well a picture fits one word, from chosen by hand to one of many tags.
MEANT, WHOLE_NAME, IN_NAME, WHOLE_TAG, IN_TAG = 6.5, 6.0, 4.5, 3.5, 2.5
# What is taken off that.
SAME_STEM, BEGINS_ALIKE, LATER_WORD = 0.5, 1.0, 0.1
ONE_COLOUR, OF_A_GENDER = 0.6, 2.5  # a black symbol among coloured ones looks odd
# What is good enough to be proposed for a word, and for several together.
FITS_WELL, FITS_SEVERAL = WHOLE_TAG - ONE_COLOUR, IN_NAME - LATER_WORD
_PLACES = {"upload": 0, "own": 1, "openmoji": 2, "healthicons": 3}
_GENDERS = frozenset(
    """man woman men women boy boys girl girls male female mens womens mans womans prince princess
    king queen mr mrs santa""".split()
)
_SIBILANT = re.compile(r"(?:s|z|x|ch|sh)es?$")
# Shown where a sentence names nothing that can be drawn.
_GENERAL = (
    "openmoji/speech-balloon",
    "own/listen",
    "own/not-sure",
    "openmoji/thought-balloon",
    "openmoji/memo",
    "own/helper",
    "own/yes",
    "own/meeting",
    "openmoji/light-bulb",
    "own/support",
    "own/words",
    "openmoji/raised-hand",
)


class PictureFacts(TypedDict):
    """What a picture is searched by and whom it is owed to; its first words are its name."""

    words: list[str]
    credit: str


class Match(NamedTuple):
    """A picture that was found; the smallest is the best."""

    missing: int  # words of the search that it does not fit
    misfit: float
    place: int  # of its set among the sets
    length: int  # words of its name: the plainest comes first
    name: str

    @property
    def fit(self) -> float:
        """How well it fits the words that it fits, on the average."""
        return -self.misfit


Fits = dict[str, float]  # name of a picture -> how well it fits one word


class Catalogue:
    """Pictures in order of the words they can be found with."""

    def __init__(self, index: Mapping[str, PictureFacts]) -> None:
        self.index = index
        self._fits: dict[str, Fits] = defaultdict(dict)
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._lengths: dict[str, int] = {}
        self._gendered: set[str] = set()
        self._withheld: set[str] = set()
        for name, facts in index.items():
            self._add(name, [_words(each) for each in facts["words"]])
        for word in self._fits:
            self._stems[_stem_all(word)].add(word)
        self._sorted = sorted(word for word in self._fits if " " not in word)

    def _add(self, name: str, phrases: Sequence[tuple[str, ...]]) -> None:
        title = phrases[0] if phrases else ()
        self._lengths[name] = len(title)
        for phrase in phrases:
            whole, part = (WHOLE_NAME, IN_NAME) if phrase is title else (WHOLE_TAG, IN_TAG)
            for word in phrase:
                fits = self._fits[word]
                fits[name] = max(fits.get(name, 0), whole if len(phrase) == 1 else part)
            if len(phrase) > 1:
                self._fits[" ".join(phrase)][name] = whole
        if _GENDERS.intersection(title):
            self._gendered.add(name)
        if NEVER_PROPOSED.intersection(word for phrase in phrases for word in phrase):
            self._withheld.add(name)

    def fits(self, idea: str, *, begun: bool) -> Fits:
        """Every picture that fits a word or a phrase, and how well.

        Args:
            begun: what is looked for is typed into a box, where a word may be only the beginning
                of one, and one word of a phrase is better than nothing.
        """
        found: Fits = {}
        for word, less in self._alike(idea, begun):
            for name, fit in self._fits[word].items():
                fit -= less + ONE_COLOUR * name.startswith("healthicons/")
                found[name] = max(found.get(name, 0), fit)
        if begun and " " in idea:
            partly: Fits = defaultdict(float)
            words = idea.split()
            for each in words:
                for name, fit in self.fits(each, begun=True).items():
                    partly[name] += fit / len(words)
            found |= {name: max(fit, found.get(name, 0)) for name, fit in partly.items()}
        for at, name in enumerate(_meant(idea)):
            if name in self.index:
                found[name] = MEANT - at / 100
        return found

    def _alike(self, idea: str, begun: bool) -> Iterator[tuple[str, float]]:
        if idea in self._fits:
            yield idea, 0
        for word in self._stems.get(_stem_all(idea), ()):
            yield word, SAME_STEM
        if begun and len(idea) >= SHORTEST_BEGINNING:
            for at in range(bisect_left(self._sorted, idea), len(self._sorted)):
                word = self._sorted[at]
                if not word.startswith(idea):
                    break
                yield word, BEGINS_ALIKE

    def matches(self, ideas: Sequence[str], *, begun: bool) -> list[Match]:
        """The pictures that fit any of the ideas, in no order."""
        found: dict[str, list[float]] = defaultdict(list)
        for at, idea in enumerate(ideas):
            for name, fit in self.fits(idea, begun=begun).items():
                found[name].append(fit - LATER_WORD * at / len(ideas))
        plain = not _GENDERS.intersection(ideas)
        matches = []
        for name, fits in found.items():
            fit = sum(fits) / len(fits)
            fit -= OF_A_GENDER * (plain and name in self._gendered)
            missing = len(ideas) - len(fits)
            matches.append(
                Match(missing, -round(fit, 3), _place_of(name), self._lengths[name], name)
            )
        return matches

    def may_be_proposed(self, name: str) -> bool:
        """Whether a picture is fit to be shown to somebody who did not ask for it."""
        return name not in self._withheld


def search(words: str, *catalogues: Catalogue, limit: int | None = None) -> list[str]:
    """Names of the pictures that fit the words, the best first.

    Where several words are looked for, pictures that fit more of them come first.
    """
    ideas = _ideas(_words(words)[:MOST_WORDS])
    found = [match for catalogue in catalogues for match in catalogue.matches(ideas, begun=True)]
    return [match.name for match in sorted(found)[:limit]]


def propose(
    sentence: str,
    *catalogues: Catalogue,
    count: int = PROPOSED,
    without: Collection[str] = (),
) -> list[str]:
    """Different pictures for a question or an answer, the fittest first.

    The picture that fits most of the sentence comes first; then each word that can be drawn has
    its turn, so that the pictures show different things.

    Args:
        sentence: the question or the answer as its author wrote it.
        count: how many pictures; fewer come only where there are not enough.
        without: pictures that other answers of the question have already.
    """
    ideas = [idea for idea in _ideas(_words(sentence)[:MOST_WORDS]) if _shows_something(idea)]
    ideas = list(dict.fromkeys(ideas))
    queues = [_queue(catalogues, [idea]) for idea in ideas]
    if len(ideas) > 1:
        together = _queue(catalogues, ideas)
        queues.insert(
            0, [m for m in together if len(ideas) - m.missing > 1 and m.fit >= FITS_SEVERAL]
        )
    good = [[match.name for match in queue if match.fit >= FITS_WELL] for queue in queues]
    rest = [[match.name for match in queue if match.fit < FITS_WELL] for queue in queues]
    taken = set(without)
    proposed: list[str] = []
    for name in [*_in_turn(good), *_in_turn(rest), *_GENERAL]:
        known = any(name in catalogue.index for catalogue in catalogues)
        if known and name not in taken and len(proposed) < count:
            proposed.append(name)
            taken.add(name)
    return proposed


def _queue(catalogues: Iterable[Catalogue], ideas: Sequence[str]) -> list[Match]:
    return sorted(
        match
        for catalogue in catalogues
        for match in catalogue.matches(ideas, begun=False)
        if catalogue.may_be_proposed(match.name)
    )


def _in_turn(queues: Sequence[Sequence[str]]) -> Iterator[str]:
    for names in zip_longest(*queues):
        yield from filter(None, names)


def _shows_something(idea: str) -> bool:
    return (
        idea not in STOP_WORDS and _stem(idea) not in _stems_without_sense() and not idea.isdigit()
    )


@cache
def _stems_without_sense() -> frozenset[str]:
    return frozenset(_stem(word) for word in STOP_WORDS)


# Words


def _words(text: str) -> tuple[str, ...]:
    """Plain small words: "Café’s" is "cafes"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(re.findall(r"[^\W_]+", re.sub(r"['’]", "", plain)))


def _ideas(words: Sequence[str]) -> list[str]:
    """The words, those that mean something together ("hearing aid") taken together."""
    ideas, at = [], 0
    while at < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            if length == 1 or _meant(phrase):
                ideas.append(phrase)
                at += length
                break
    return ideas


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """A word without its ending: "waiting" and "waits" are "wait", "caring" is "care" and no "car".

    Good enough for tags of a word or two, and the same for what is typed and what is found.
    """
    if _SIBILANT.search(word):  # "buses" is "bus", so "house" and "houses" are "hous"
        return word.removesuffix("s").removesuffix("e")
    for ending in ("ies", "ied"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > SHORTEST_BEGINNING:
        return word.removesuffix("s")
    for ending in ("ing", "ed"):
        cut = word.removesuffix(ending)
        if cut != word and len(cut) >= SHORTEST_BEGINNING:
            if cut[-1] == cut[-2] and cut[-1] not in "ls":
                return cut[:-1]
            return _stem(f"{cut}e") if f"{cut}e" in _common_words() else cut
    return word


@cache
def _common_words() -> frozenset[str]:
    return STOP_WORDS.union(word for phrase in SYNONYMS for word in phrase.split())


def _stem_all(phrase: str) -> str:
    return " ".join(map(_stem, phrase.split()))


def _meant(phrase: str) -> list[str]:
    """The pictures chosen by hand for a word or a phrase, or for one that is nearly the same."""
    return SYNONYMS.get(phrase, _synonyms_by_stem().get(_stem_all(phrase), "")).split()


@cache
def _synonyms_by_stem() -> dict[str, str]:
    """The synonyms by the stems of their words; of two alike the shorter stands."""
    longest_first = sorted(SYNONYMS.items(), key=lambda pair: -len(pair[0]))
    return {_stem_all(phrase): names for phrase, names in longest_first}


def _place_of(name: str) -> int:
    return _PLACES.get(name.partition("/")[0], len(_PLACES))
