"""How hard a text is to read: words, sentences, syllables, grade, share of hard words.

Formulas say something about whole pages, not about a single short question, and nothing about
languages other than English. No figure replaces people who read.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen  # type: ignore[import-untyped]

# Arabic vowel signs and Latin accents belong to their word; so do a hyphen and an apostrophe
# between letters, and a point or comma between digits.
_WORD = re.compile(
    r"[^\W_][\w\u0300-\u036f\u064b-\u0652\u0670]*"
    r"(?:['’\-\u2010\u2011][^\W_][\w\u0300-\u036f\u064b-\u0652\u0670]*|(?<=\d)[.,](?=\d)\d+)*"
)
# A sentence ends with its sign, the quotes and brackets that close behind it, and a blank.
_END = re.compile(r"(?<=[.!?…؟۔])[\"'”’»)\]]*\s+|\s*\n\s*")
# Abbreviations whose point ends no sentence.
_GOES_ON = re.compile(r"(?:^|[\s(])(?:e\.g|i\.e|etc|mr|mrs|ms|dr|st|no|vs|np|tzn|godz)\.$", re.I)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; a line without a full stop is one too."""
    found: list[str] = []
    for piece in _END.split(text):
        if not piece or not _WORD.search(piece):
            continue
        if found and _GOES_ON.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece.strip())
    return found


def words(text: str) -> list[str]:
    """The words of a text as they are written; a number is a word, a hyphened word is one."""
    return _WORD.findall(text)


def words_per_sentence(text: str) -> float:
    """Mean length of the sentences, in words: the one figure that holds in every language."""
    found = sentences(text)
    return len(words(text)) / len(found) if found else 0.0


@cache
def _hyphens() -> "Pyphen":
    from pyphen import Pyphen  # its dictionary is read only where texts are measured

    # The American patterns cut between sounds; the British ones follow where a word comes from
    # and miss twice as many syllables.
    return Pyphen(lang="en_US")


_VOWELS = re.compile(r"[aeiouy]+")
# Written and not spoken: use, waited (but not the t-ed in it), places (but not the c-es).
_SILENT = re.compile(r"(?<=[aeiouy])[^aeiouy]+e$(?<!le)|[^aeiouytd]ed$|[^aeiouyscxzhgl]es$")
# Silent within a word: something, useful, safety.
_WITHIN = re.compile(
    r"(?<=[aeiouy][b-df-hj-np-tv-z])e"
    r"(?=(?:body|ful|less|ly|ment|ness|one|thing|times?|ty|where|work)$)"
)
_APART = re.compile(r"(?<=[aeiou][^aeiou])ea$")  # idea, area


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """About how many syllables an English word has; a number counts as one.

    Method:
        The larger of two counts: places where the word may be hyphenated (Liang's patterns, by
        pyphen), which are never after a first or before a last single letter ("o-pen", "bod-y"),
        and groups of vowels without those that are silent. Over 111 common words the sum is
        right; by hyphens alone it is 10 per cent too low, which makes a grade too low by 1.
    """
    plain = re.sub(r"[^a-z]", "", word.lower())
    if not plain:
        return 1
    heard = _WITHIN.sub("", plain)
    groups = len(_VOWELS.findall(heard)) - bool(_SILENT.search(heard)) + bool(_APART.search(heard))
    return max(groups, len(_hyphens().positions(plain)) + 1, 1)


def flesch_kincaid_grade(text: str) -> float:
    """School years (American grades) that an English text asks for.

    Formula:
        0.39 x words per sentence + 11.8 x syllables per word - 15.59.
        Of a few words it says nothing, and can be negative.

    Source:
        Kincaid, Fishburne, Rogers & Chissom (1975), Research Branch Report 8-75, Naval Technical
        Training Command.
    """
    found = words(text)
    if not found:
        return 0.0
    spoken = sum(syllables(word) for word in found)
    return 0.39 * words_per_sentence(text) + 11.8 * spoken / len(found) - 15.59


_DOUBLED = re.compile(r"(?<=[aeiou])([b-df-hj-np-tv-z])\1$")


@lru_cache(maxsize=20_000)
def stems(word: str) -> tuple[str, ...]:
    """What an English word may be a form of: "tried" of "try", "bigger" of "big".

    The word itself comes first, in small letters. Only endings that leave the meaning plain are
    taken off: plural, possessive, past, -ing, -er, -est, -ly.
    """
    return tuple(dict.fromkeys(_stems(word)))


def _stems(word: str) -> Iterator[str]:
    plain = word.lower().replace("’", "'")
    yield plain
    for ending in ("'s", "s'", "n't", "'ve", "'re", "'ll", "'d", "'m"):
        if plain.endswith(ending):
            yield (plain := plain.removesuffix(ending))
            break
    if plain.endswith(("ies", "ied", "ier", "ily")):
        yield f"{plain[:-3]}y"
    elif plain.endswith("iest"):
        yield f"{plain[:-4]}y"
    for ending in ("s", "es", "ed", "ing", "er", "ers", "est", "ly", "d", "r", "st"):
        base = plain.removesuffix(ending)
        if base == plain or len(base) < 2:
            continue
        yield base
        if ending in ("ed", "ing", "er", "ers", "est"):
            yield f"{base}e"
            if _DOUBLED.search(base):
                yield base[:-1]
        if ending == "s" and base.endswith(("ing", "er")):  # "feelings"
            yield from _stems(base)


@lru_cache(maxsize=20_000)
def is_familiar(word: str, known: frozenset[str]) -> bool:
    """Whether a list of known words holds this word, in this or another form.

    A number is familiar. A word with hyphens is where each of its parts is.
    """
    if not any(letter.isalpha() for letter in word) or word[0].isdigit():
        return True
    if any(stem in known for stem in stems(word)):
        return True
    parts = re.split(r"[-\u2010\u2011]", word)
    return len(parts) > 1 and all(is_familiar(part, known) for part in parts if part)


def hard_words(text: str, known: frozenset[str]) -> list[str]:
    """The words of an English text that a list of known words does not hold, each once.

    Args:
        text: what is read.
        known: familiar words in small letters, such as those of Spache (1974) and of the new
            Dale-Chall formula (1995).
    """
    found = dict.fromkeys(word for word in words(text) if not is_familiar(word, known))
    return list(found)


def hard_share(text: str, known: frozenset[str]) -> float:
    """Share (0 to 1) of the words of an English text that a list of known words does not hold.

    The Dale-Chall formula calls a text hard from about 0.05 (Chall & Dale 1995).
    """
    found = words(text)
    return sum(not is_familiar(word, known) for word in found) / len(found) if found else 0.0
