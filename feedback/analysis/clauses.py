"""Cuts a comment where its feeling may turn: at the ends of sentences and at words like "but"."""

import re
from collections.abc import Iterator, Sequence

Span = tuple[int, int]  # first letter, and the one after the last

_SUBJECT = (
    r"(?:i|we|he|she|it|they|you|there|this|that|these|those|the|my|our|his|her|their|your|no|not|"
    r"nobody|nothing|everyone|everything|some|only|more|too|still|now|then|just|wish|would|could|"
    r"staff|parking|food)"
)
_TURN = re.compile(
    r"[.!?…]+[\"”’')\]]*(?=\s|$)|[;\n]+|\s[-–—]{1,2}\s|[.!?]{2,}"
    # Words that turn: what follows them is a clause of its own, beginning with the word.
    r"|(?<!\s),?\s+(?=(?:but|however|although|though|whereas|yet|except|unfortunately|sadly|luckily|"
    r"thankfully|despite|apart\s+from|other\s+than|even\s+though|while|whilst|until)\b)"
    r"|(?<!so),\s+(?=(?:and\s+|so\s+)?" + _SUBJECT + r"\b)"
    r"|(?<!\s)\s+(?=and\s+(?:the|my|our|his|her|their|i|we|he|she|they|it|there|nobody|nothing|no)\b)",
    re.IGNORECASE,
)


def split(text: str) -> list[Span]:
    """The clauses of a comment in order, without the blanks around them.

    Marks between clauses belong to none, so the spans need not cover the whole text; every word
    lies in exactly one. Time grows with the length of the text and no faster.
    """
    return [span for span in _pieces(text) if _said(text, span)]


def of(clauses: Sequence[Span], span: Span) -> list[Span]:
    """The clauses that a span of the same text touches, in order."""
    start, end = span
    return [each for each in clauses if each[0] < end and start < each[1]]


def _pieces(text: str) -> Iterator[Span]:
    at = 0
    for turn in _TURN.finditer(text):
        yield _trimmed(text, at, turn.start())
        at = turn.end()
    yield _trimmed(text, at, len(text))


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, start + len(piece.strip()))


def _said(text: str, span: Span) -> bool:
    return any(letter.isalnum() or ord(letter) > 0x2000 for letter in text[span[0] : span[1]])
