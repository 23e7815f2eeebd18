"""One spelling for what people write in many ways: plans, services, text speak, slips.

For reading by machine only; what people see stays as it was written.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from feedback.analysis.alias_words import PATTERNS, PHRASES, WORDS


@dataclass(frozen=True)
class Spelt:
    """A text in one spelling that knows where its parts stood.

    `_here` and `_there` are the beginnings of its pieces in this text and in the written one;
    `_kept` says which pieces stand as they were written, letter by letter.
    """

    text: str
    _here: tuple[int, ...]
    _there: tuple[int, ...]
    _kept: tuple[bool, ...]
    _length: int

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of this text stood in the written one; replaced words count as a whole."""
        if self._kept == (True,):  # nothing was replaced
            return start, min(end, self._length)
        return self._back(start, first=True), self._back(end, first=False)

    def _back(self, at: int, *, first: bool) -> int:
        if not self._here:
            return at
        piece = bisect_right(self._here, at if first else at - 1) - 1
        piece = max(piece, 0)
        begins = self._there[piece]
        ends = self._there[piece + 1] if piece + 1 < len(self._there) else self._length
        if self._kept[piece]:
            return min(begins + at - self._here[piece], ends)
        return begins if first else ends


def spell(text: str) -> Spelt:
    """A text in one spelling: "Still no ECHP cos the senco left" says "EHCP", "because", "SENCO".

    Time grows with the length of the text and no faster.
    """
    pieces: list[str] = []
    here: list[int] = []
    there: list[int] = []
    kept: list[bool] = []
    at = length = 0

    def add(piece: str, place: int, as_written: bool) -> None:
        nonlocal length
        if piece or not as_written:
            pieces.append(piece)
            here.append(length)
            there.append(place)
            kept.append(as_written)
            length += len(piece)

    for match in _ANY.finditer(text):
        plain = _plain(match)
        if plain is None or plain == match[0]:
            continue
        add(text[at : match.start()], at, True)
        add(plain, match.start(), False)
        at = match.end()
    add(text[at:], at, True)
    return Spelt("".join(pieces), tuple(here), tuple(there), tuple(kept), len(text))


def _plain(match: re.Match[str]) -> str | None:
    if match.lastgroup is not None and match.lastgroup.startswith("p"):
        return PATTERNS[int(match.lastgroup[1:])][1]
    return _alias(match[0])


@lru_cache(maxsize=100_000)
def _alias(written: str) -> str | None:
    return _ALIASES.get(" ".join(written.lower().replace("’", "'").split()))


def _alternatives(phrases: Iterable[str]) -> str:
    """A pattern for phrases, the longest that fits; what begins alike is tried once for all."""
    tree: dict[str, Any] = {}
    for phrase in phrases:
        branch = tree
        for letter in " ".join(phrase.split()):
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return _branches(tree)


def _branches(tree: dict[str, Any]) -> str:
    longer = [_letter(letter) + _branches(rest) for letter, rest in tree.items() if letter]
    ends = [""] if "" in tree else []  # tried last, so that the longest phrase is found
    return f"(?:{'|'.join(longer + ends)})" if longer else ""


def _letter(letter: str) -> str:
    return {" ": r"\s{1,3}", "'": "['’]"}.get(letter) or re.escape(letter)


_ALIASES = PHRASES | WORDS
_ANY = re.compile(
    r"(?<![\w'’\-])(?:"
    + "|".join(f"(?P<p{at}>{pattern})" for at, (pattern, _) in enumerate(PATTERNS))
    + f"|{_alternatives(PHRASES)}|[^\\W_]+(?:['’][^\\W_]+)?)(?![\\w'’\\-])",
    re.IGNORECASE,
)
