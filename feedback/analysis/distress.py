"""Which comments are hard to read, so that a page can fold them behind a warning.

Rules on English words, made to warn once too often rather than once too seldom. This is no
safeguarding check: it tells nobody, and that it finds nothing says nothing about a child's safety.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum

from feedback.analysis.distress_signs import SIGNS
from feedback.analysis.distress_words import (
    EVERYDAY,
    ORDINARY,
    PAIRS,
    PARTS,
    SPELLINGS,
    UNMISTAKABLE,
)


class Kind(StrEnum):
    """What a warning says the comment is about."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    VIOLENCE = "violence"  # being hit, held down or shut in too
    ABUSE = "abuse"  # and fear of somebody at home
    SEXUAL_HARM = "sexual_harm"
    NEGLECT = "neglect"
    DEATH = "death"


def distressing(text: str) -> tuple[Kind, ...]:
    """What in a comment may be hard to read, in the order of `Kind`; nothing for most comments.

    Takes text as it was written: slips, children's words and roundabout words are known, and
    common everyday meanings ("dead good", "hit the nail on the head") are left alone. Time grows
    with the length of the text and no faster.
    """
    plain = _EVERYDAY.sub("_", _plain(text))
    return tuple(kind for kind, signs in _SIGNS.items() if signs.search(plain))


_MARKS = re.compile(r"[^\W_]+|[.!?;\n]")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")


def _plain(text: str) -> str:
    """Small letters, one spelling, single blanks, and "." as a word between sentences."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    marks = (mark if mark.isalnum() else "." for mark in _MARKS.findall(folded))
    words = " ".join(_spelt(mark) for mark in marks)
    return _PAIR.sub(lambda pair: PAIRS[pair[0]], words)


def _spelt(word: str) -> str:
    known = SPELLINGS.get(word)
    if known is not None:
        return known
    if _SHORTEST <= len(word) <= _LONGEST and word not in ORDINARY:
        for part in _less_one(word):
            if part in _ONE_SLIP:
                return _ONE_SLIP[part]
    return word


def _less_one(word: str) -> Iterator[str]:
    """The word, and the word with each one letter left out.

    Two words that share one of these are one slip apart: a letter missing, too many or wrong, or
    two swapped.
    """
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _search(written: str) -> re.Pattern[str]:
    """One search for whole words, of patterns as `distress_words` writes them."""
    whole = re.sub(r"\|\n +", "|", written.strip("\n"))
    whole = whole.replace(" | ", "|").replace("\n", "|")
    for name, part in PARTS.items():
        whole = whole.replace(f"{{{name}}}", part)
    return re.compile(rf"(?<!\S)(?:{whole})(?!\S)")


_SHORTEST = min(map(len, UNMISTAKABLE)) - 1
_LONGEST = max(map(len, UNMISTAKABLE)) + 1
_ONE_SLIP = {part: word for word in UNMISTAKABLE for part in _less_one(word)}
_PAIR = re.compile(rf"(?<!\S)(?:{'|'.join(PAIRS)})(?!\S)")
_EVERYDAY = _search(EVERYDAY)
_SIGNS = {kind: _search(SIGNS[kind]) for kind in Kind}
