"""What papers are made of: the parts of each kind, in their order."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from feedback.vocabulary import ReportKind


class Part(StrEnum):
    """What a section is for."""

    SHORT = "short"
    ASKED = "asked"
    POSITION = "position"
    DONE = "done"
    IMPACT = "impact"
    NEXT = "next"
    WHO = "who"
    UNSURE = "unsure"
    ACTIONS = "actions"


@dataclass(frozen=True)
class Planned:
    """A section to be; `tag` is the framework's statement that it is about, if it is about one."""

    part: Part
    tag: str = ""


FOUR = (Part.POSITION, Part.DONE, Part.IMPACT, Part.NEXT)
_LAST = (Part.WHO, Part.UNSURE, Part.ACTIONS)


def parts_of(kind: ReportKind, tags: Iterable[str] = ()) -> list[Planned]:
    """The sections of a new paper.

    Args:
        tags: statements of frameworks; each gets position, what we did, impact and next.
    """
    if kind is ReportKind.SUMMARY:
        return [Planned(part) for part in (*FOUR, Part.UNSURE)]
    first = [Part.SHORT, Part.ASKED] if kind is ReportKind.BOARD_PAPER else [Part.SHORT]
    chosen = list(tags)
    four = [Planned(part, tag) for tag in chosen or [""] for part in FOUR]
    return [*map(Planned, first), *four, *map(Planned, _LAST)]
