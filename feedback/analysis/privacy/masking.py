"""Puts placeholders where personal data stood."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from feedback.analysis.privacy.forms import found_forms
from feedback.analysis.privacy.kinds import Kind, Taken
from feedback.analysis.privacy.names import found_names

__all__ = ["Kind", "Masked", "Taken", "mask"]

_PLACEHOLDER = re.compile(rf"\[(?:{'|'.join(Kind)})\]")
MOST_KEPT = 2000  # names on a host's list; more would cost every comment


@dataclass(frozen=True)
class Masked:
    """A text without personal data, and what was taken, in order of the first text."""

    text: str
    taken: tuple[Taken, ...]


def mask(text: str, keep: Collection[str] = ()) -> Masked:
    """A text with placeholders such as [phone] where personal data stood.

    Args:
        text: what somebody wrote; time grows with its length and no faster.
        keep: names of services and places, of the host's own list, that stay as they are;
            neither case nor runs of blanks matter.

    Returns:
        The text that may be shown, and for each thing taken its kind and its place in `text`.

    Raises:
        ValueError: `keep` is longer than `MOST_KEPT`.
    """
    if len(keep) > MOST_KEPT:
        raise ValueError(f"keep holds {len(keep)} names; at most {MOST_KEPT}")
    kept = _kept(text, keep)
    forms = [each for each in found_forms(text) if not _inside(each, kept)]
    names = found_names(text, [*kept, *((each.start, each.end) for each in forms)])
    taken = _apart([*forms, *names])
    pieces: list[str] = []
    at = 0
    for each in taken:
        pieces += text[at : each.start], f"[{each.kind}]"
        at = each.end
    return Masked("".join([*pieces, text[at:]]), tuple(taken))


def _kept(text: str, keep: Collection[str]) -> list[tuple[int, int]]:
    pattern = _pattern(tuple(sorted(keep, key=lambda name: (-len(name), name))))
    return [each.span() for each in pattern.finditer(text)] if pattern else []


@lru_cache(maxsize=8)
def _pattern(keep: tuple[str, ...]) -> re.Pattern[str] | None:
    names = [r"\s+".join(map(re.escape, name.split())) for name in keep if name.split()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", re.IGNORECASE) if names else None


def _inside(each: Taken, kept: Iterable[tuple[int, int]]) -> bool:
    return any(start <= each.start and each.end <= end for start, end in kept)


def _apart(found: Iterable[Taken]) -> list[Taken]:
    """What overlaps becomes one, under the kind of the longest."""
    apart: list[Taken] = []
    for each in sorted(found, key=lambda taken: (taken.start, -taken.end)):
        if apart and each.start < apart[-1].end:
            before = apart.pop()
            longest = max(before, each, key=lambda taken: taken.end - taken.start)
            each = Taken(longest.kind, before.start, max(before.end, each.end))
        apart.append(each)
    return apart


def blanked(text: str) -> str:
    """A masked text whose placeholders are blanks: they are no words of the person's.

    Every letter keeps its place.
    """
    return _PLACEHOLDER.sub(lambda found: " " * len(found.group()), text)
