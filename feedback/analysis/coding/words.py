"""Cuts comments into words and brings each word to its stem."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, pairwise

import snowballstemmer

from feedback.analysis.aliases import spell

MOST_LETTERS = 10_000  # of a comment are read; the rest of a longer one moves nothing
WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
LONGEST_WORD = 40  # letters; what is longer is no word

NUMBER = "#"  # in a seed

_stemmer = snowballstemmer.stemmer("english")


def stems(text: str) -> list[str]:
    """The stems of a comment's words in one spelling, in order: "Waitng, waited" is wait, wait."""
    return [stem(word) for word in WORD.findall(spell(text[:MOST_LETTERS]).text)]


def places(text: str, most: int) -> list[tuple[int, int]]:
    """Where each of the first stems that `stems` gives stood in the comment as it was written.

    Several words that stand for one that was written, such as those of "EHCNA", have its place.
    """
    spelt = spell(text[:MOST_LETTERS])
    return [spelt.written(*each.span()) for each in islice(WORD.finditer(spelt.text), most)]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """One word's stem; case and the shape of an apostrophe do not matter."""
    plain = word.replace("’", "'").lower()
    if len(plain) > LONGEST_WORD:
        return plain[:LONGEST_WORD]
    stemmed: str = _stemmer.stemWord(plain)
    return stemmed


def singles_and_pairs(stemmed: list[str]) -> list[str]:
    """Stems, and stems that follow one another; what the linear model counts."""
    return [*stemmed, *(f"{one} {next_}" for one, next_ in pairwise(stemmed))]


def stemmed_phrase(phrase: str) -> tuple[str, ...]:
    """A seed or a name as the stems that it is looked for by; "#" stands for any number."""
    parts = [stems(part) for part in phrase.split(NUMBER)]
    return tuple(each for part in parts for each in (NUMBER, *part))[1:]


def is_number(stemmed: str) -> bool:
    """Whether a stem is a number, in digits or as a word."""
    return stemmed.isdecimal() or stemmed in _NUMBERS


def telling(phrase: Iterable[str]) -> tuple[str, ...]:
    """The stems of a phrase that say what it is about."""
    return tuple(each for each in phrase if each not in EMPTY_STEMS and len(each) > 1)


EMPTY_STEMS = frozenset(
    stem(word)
    for word in """a an the and or of to in on at by for from with without as is are was were be
    been being it its this that these those there their they them he she his her we our you your
    i my me not no nor do does did done have has had having will would can could should may might
    must about after before between during into over under up down out off again so than too very
    just how what when where which who whom why all any each few more most other some such only
    own same both get got go going one two other others people person thing things used using use
    including include includes etc e g i'm don't didn't it's isn't wasn't""".split()
)
_NUMBERS = frozenset(
    stem(word)
    for word in """two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen eighteen twenty thirty forty fifty sixty seventy eighty ninety hundred several
    many""".split()
)
