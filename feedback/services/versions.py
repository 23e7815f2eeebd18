"""What each version of a codebook changed, and which themes were merged at each.

A version keeps its change as a step and the numbers of the themes concerned, never as a sentence:
pages say it in their own language, with the names that the themes have today.
"""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy.orm import Session

from feedback.queries import codebooks as stored

Merges = dict[int, int]  # theme → the theme that it was merged into, which may be merged as well


class Step(StrEnum):
    """One change of a codebook; the comment says which numbers follow."""

    FILE = "file"
    ADD = "add"  # the theme
    WORDS = "words"  # the theme
    RETIRE = "retire"  # the theme
    BACK = "back"  # the theme
    MERGE = "merge"  # the theme, the one that it is read as
    SPLIT = "split"  # the theme, its parts
    WHOLE = "whole"  # the theme, its parts, which are read as it again
    RESTORE = "restore"  # the version


def said(step: Step, *numbers: int) -> str:
    """A change as a version keeps it."""
    return " ".join([step, *map(str, numbers)])


def read(what: str) -> tuple[Step | None, tuple[int, ...]]:
    """The step and the numbers that a version keeps; no step where it is none of ours."""
    word, *rest = what.split(" ")
    if word not in set(Step) or not all(each.isdecimal() for each in rest):
        return None, ()
    return Step(word), tuple(map(int, rest))


def merges(session: Session, codebook_id: int) -> dict[int, Merges]:
    """For each version by its number: the themes that were merged then.

    A theme says only what it is read as in the end and now. What it was merged into, now or then,
    is found by following the changes from the first one on.
    """
    standing = stored.standing(session, codebook_id)
    parts = {
        theme.id: theme.split_from_id
        for theme in stored.themes(session, codebook_id)
        if theme.split_from_id is not None
    }
    at: dict[int, Merges] = {}
    merged: Merges = {}
    for version in reversed(stored.versions(session, codebook_id)):
        step, numbers = read(version.what)
        if step is Step.MERGE:
            merged = {**merged, numbers[0]: numbers[1]}
        elif step is Step.WHOLE:
            merged = {**merged, **dict.fromkeys(numbers[1:], numbers[0])}
        elif step is Step.RESTORE:
            merged = restored(numbers[0], at, standing, parts)
        here = standing.get(version.number, set())
        merged = {theme: into for theme, into in merged.items() if theme not in here}
        at[version.number] = merged
    return at


def settle(session: Session, codebook_id: int) -> None:
    """Let every theme say what it is read as, as the versions have it: the last of its merges."""
    newest = stored.newest(session, codebook_id)
    merged = merges(session, codebook_id)[newest.number]
    for theme in stored.themes(session, codebook_id):
        theme.merged_into_id = _last(merged, theme.id) if theme.id in merged else None
    session.flush()


def _last(merged: Merges, theme_id: int) -> int:
    """The end of a chain of merges: it is a theme that stands, or one that was retired later."""
    while theme_id in merged:
        theme_id = merged[theme_id]
    return theme_id


def restored(
    number: int,
    at: Mapping[int, Merges],
    standing: Mapping[int, set[int]],
    parts: Mapping[int, int],
) -> Merges:
    """What is merged after going back to a version.

    What was merged then, and the parts of themes that were split later, so that what people said
    of a part counts for the whole again.
    """
    born = set().union(*(themes for when, themes in standing.items() if when <= number))
    later = {part: whole for part, whole in parts.items() if part not in born}
    return {**later, **at.get(number, {})}
