"""Keeps totals from other sources, and hands them out beside themes with small numbers hidden."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy.orm import Session

from feedback.analysis import disclosure
from feedback.analysis.disclosure import HIDDEN, Shown
from feedback.errors import ChangedMeanwhile, CountsOverlap, NotCountedYet
from feedback.models.other_sources import SourceCount
from feedback.queries import codebooks
from feedback.queries import other_sources as stored
from feedback.services import audit
from feedback.vocabulary import SourceKind

_REST = "rest"  # what no theme of a total has; no theme's number reads so


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What is said in one total; without a theme it is of everything."""

    kind: SourceKind
    theme_id: int | None
    first_on: date
    last_on: date
    number: int
    base: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A total as it may leave, and what its theme is called; no name where it is of everything."""

    entry: SourceCount
    number: Shown
    theme: str


def lines(session: Session, *, threshold: int) -> list[Line]:
    """Every total, the newest first, small numbers hidden.

    Args:
        threshold: a smaller number is hidden, zero too, and so is one more beside it where a
            total would give it back.
    """
    entries = stored.every(session)
    numbers = _gated(entries, threshold)
    names = stored.theme_names(session, [each.theme_id for each in entries if each.theme_id])
    return [
        Line(each, numbers[each.id], names.get(each.theme_id, "") if each.theme_id else "")
        for each in entries
    ]


def beside(session: Session, *theme_ids: int, threshold: int) -> list[Line]:
    """The totals on one theme, for a page about it; the newest first.

    Args:
        theme_ids: the theme, and those that are read as it.
        threshold: as in `lines`; a page for everybody asks with that of the public.
    """
    every = lines(session, threshold=threshold)
    return [each for each in every if each.entry.theme_id in theme_ids]


def themes_in_use(session: Session) -> list[tuple[int, str]]:
    """The themes that a total can be on: those of the codebook in use, in its order."""
    codebook = codebooks.in_use(session)
    if codebook is None:
        return []
    version = codebooks.newest(session, codebook.id)
    return [(each.theme_id, each.name) for each in codebooks.wordings(session, version.id)]


def add(
    session: Session, facts: Counted, *, today: date, by: int | None, now: datetime
) -> SourceCount:
    """Keep a total; the same one twice is kept once.

    Args:
        today: the day it is where the host is.
        by: who does it; None for the program itself, which leaves no line in the record.

    Raises:
        NotCountedYet: its last day is still to come.
        CountsOverlap: another total of the same kind and theme shares some of its days.
    """
    known = met(session, facts)
    if known is not None:
        return known
    entry = _kept(session, SourceCount(version=0, created_at=now), facts, today, by=by, now=now)
    if by is not None:
        audit.note(session, by, "add source count", f"count {entry.id}", now=now)
    return entry


def met(session: Session, facts: Counted) -> SourceCount | None:
    """The total that says the same already.

    Raises:
        CountsOverlap: one of the same kind and theme shares days and says something else.
    """
    there = stored.sharing_days(session, facts.kind, facts.theme_id, facts.first_on, facts.last_on)
    if not there:
        return None
    if len(there) == 1 and _says(there[0], facts):
        return there[0]
    raise CountsOverlap


def change(
    session: Session,
    entry: SourceCount,
    facts: Counted,
    *,
    version: int,
    today: date,
    by: int,
    now: datetime,
) -> None:
    """Mend a total that was written wrongly.

    Args:
        entry: as `queries.other_sources.one` locks it.
        version: the one that the person saw when they began.

    Raises:
        ChangedMeanwhile: somebody else changed it since.
        NotCountedYet, CountsOverlap: as for `add`.
    """
    if entry.version != version:
        raise ChangedMeanwhile
    others = stored.sharing_days(session, facts.kind, facts.theme_id, facts.first_on, facts.last_on)
    if any(each is not entry for each in others):
        raise CountsOverlap
    _kept(session, entry, facts, today, by=by, now=now)
    audit.note(session, by, "change source count", f"count {entry.id}", now=now)


def remove(session: Session, entry: SourceCount, *, by: int, now: datetime) -> None:
    """Take away a total that should never have been kept."""
    number = entry.id
    session.delete(entry)
    audit.note(session, by, "remove source count", f"count {number}", now=now)


def _gated(entries: Sequence[SourceCount], threshold: int) -> dict[int, Shown]:
    """The numbers as they may leave: those of one kind and time together with their total."""
    together: dict[tuple[SourceKind, date, date], list[SourceCount]] = defaultdict(list)
    for each in entries:
        together[each.kind, each.first_on, each.last_on].append(each)
    shown: dict[int, Shown] = {}
    for group in together.values():
        total = next((each for each in group if each.theme_id is None), None)
        parts = [each for each in group if each.theme_id is not None]
        rest = total.number - sum(each.number for each in parts) if total else -1
        if total is None or not parts or rest < 0:  # one case may be on several themes
            for each in group:
                shown[each.id] = HIDDEN if each.number < threshold else Shown(each.number)
            continue
        counts = {str(each.id): each.number for each in parts}
        hidden = disclosure.hide_counts({**counts, _REST: rest}, threshold)
        shown[total.id] = hidden.base
        shown |= {each.id: hidden.cells[str(each.id)] for each in parts}
    return shown


def _says(entry: SourceCount, facts: Counted) -> bool:
    return all(getattr(entry, each.name) == getattr(facts, each.name) for each in fields(facts))


def _kept(
    session: Session,
    entry: SourceCount,
    facts: Counted,
    today: date,
    *,
    by: int | None,
    now: datetime,
) -> SourceCount:
    if facts.last_on > today:
        raise NotCountedYet
    for each in fields(facts):
        setattr(entry, each.name, getattr(facts, each.name))
    entry.user_id, entry.kept_at = by, now
    entry.version += 1
    session.add(entry)
    session.flush()
    return entry
