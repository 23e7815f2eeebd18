"""Takes a text apart: paragraphs, sentences, and the references in square brackets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_REFERENCE = 120  # characters between the brackets
_TOKEN = re.compile(rf"\[([^\[\]\n]{{1,{LONGEST_REFERENCE}}})\]")
_LINE = re.compile(r"[^\n]+")
# A sentence ends with its mark before a blank, unless the mark belongs to a short form.
_END = re.compile(r"(?<=[.!?…])[”\"’')]*\s+(?=[A-Z0-9“\"‘'\[(£])")
_SHORT = re.compile(r"\b(?:e\.g|i\.e|etc|Mr|Mrs|Ms|Dr|St|No|vs|approx|p|pp)\.[”\"’')]*\s*$")
_BULLET = re.compile(r"^\s*[-*•]\s+")


@dataclass(frozen=True, slots=True)
class Token:
    """A reference as it was typed; `key` is what it says whatever its blanks and capitals."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it begins in the text."""

    text: str
    start: int


def key_of(typed: str) -> str:
    """What stands between brackets, in one writing: "happy , Latest" is "happy, latest"."""
    parts = (" ".join(part.split()).lower() for part in typed.split(","))
    return ", ".join(part for part in parts if part)


def tokens(text: str, start: int = 0) -> list[Token]:
    """The references in a text.

    Args:
        start: where the text itself begins.
    """
    return [
        Token(key_of(found[1]), start + found.start(), start + found.end())
        for found in _TOKEN.finditer(text)
    ]


def hidden(text: str) -> str:
    """A text of the same length whose references cannot be read as words."""
    return _TOKEN.sub(lambda found: "\x00" * len(found[0]), text)


def paragraphs(text: str) -> Iterator[Sentence]:
    """The lines of a text that say something; a line is a paragraph or a point of a list."""
    for found in _LINE.finditer(text):
        if found[0].strip():
            yield Sentence(found[0], found.start())


def point_of(line: str) -> str | None:
    """What a point of a list says; None for a paragraph."""
    found = _BULLET.match(line)
    return line[found.end() :] if found else None


def sentences(paragraph: Sentence) -> Iterator[Sentence]:
    """The sentences of a paragraph."""
    text, begins = paragraph.text, 0
    if bullet := _BULLET.match(text):
        begins = bullet.end()
    for found in _END.finditer(text):
        if found.start() < begins or _SHORT.search(text[: found.start()]):
            continue
        yield Sentence(text[begins : found.end()].rstrip(), paragraph.start + begins)
        begins = found.end()
    if text[begins:].strip():
        yield Sentence(text[begins:].rstrip(), paragraph.start + begins)
