"""Keeps counts of training coverage and figures of providers; none without what it is out of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from feedback.errors import ChangedMeanwhile, CountedAlready, NotCountedYet, ShareWithoutBase
from feedback.models.coverage import Coverage, ProviderFigure
from feedback.models.events import Series
from feedback.models.people import Organisation
from feedback.queries import coverage as stored
from feedback.services import audit
from feedback.vocabulary import OrganisationKind

Line = tuple[str, ...]  # what entries of different days have in common
T = TypeVar("T", Coverage, ProviderFigure)
Kept = dict[tuple[Line, date], T]

_SAME = ("trained", "staff", "target", "source")
_SAME_FIGURE = ("numerator", "denominator", "said", "counted", "among", "source")


@dataclass(frozen=True, kw_only=True)
class Covered:
    """What is said in one count of coverage."""

    training: str
    kind: OrganisationKind
    staff_group: str
    trained: int
    staff: int
    counted_on: date
    source: str
    target: int | None = None
    series: Series | None = None
    organisation: Organisation | None = None


@dataclass(frozen=True, kw_only=True)
class Figured:
    """What is said in one figure of a provider; `said` as `analysis.coverage` reads a per cent."""

    programme: str
    title: str
    counted: str
    among: str
    numerator: int
    denominator: int
    counted_on: date
    source: str
    said: str = ""


def title_of(entry: Coverage | Covered) -> str:
    """The name of the training: that of our series today, or the title that was written."""
    return entry.series.name if entry.series else entry.training


def line_of(entry: Coverage | Covered) -> Line:
    """What counts of the same people on different days share, however it was written."""
    organisation = entry.organisation.name if entry.organisation else ""
    return _plain(title_of(entry), entry.kind.value, organisation, entry.staff_group)


def line_of_figure(figure: ProviderFigure | Figured) -> Line:
    """What the same figure on different days shares."""
    return _plain(figure.programme, figure.title)


# Coverage


def add(
    session: Session,
    facts: Covered,
    *,
    among: Kept[Coverage] | None = None,
    today: date,
    by: int | None,
    now: datetime,
) -> Coverage:
    """Keep a count of coverage; the same count twice is kept once.

    Args:
        among: what is `kept`, for whoever has read it already.
        today: the day it is where the host is.
        by: who does it; None for the program itself, which leaves no line in the record.

    Raises:
        ShareWithoutBase: a share of nobody, or more people than there are.
        NotCountedYet: its day is still to come.
        CountedAlready: the same people were counted on that day with other numbers.
    """
    _check(facts.trained, facts.staff, facts.counted_on, today)
    if known := met(facts, kept(stored.entries(session)) if among is None else among):
        return known
    entry = _kept(session, Coverage(version=0, created_at=now), facts, by=by, now=now)
    if by is not None:
        audit.note(session, by, "add coverage", f"coverage {entry.id}", now=now)
    return entry


def change(
    session: Session,
    entry: Coverage,
    facts: Covered,
    *,
    version: int,
    today: date,
    by: int,
    now: datetime,
) -> None:
    """Mend a count of coverage; a newer count is an entry of its own.

    Args:
        entry: as `queries.coverage.entry` locks it.
        version: the one that the person saw when they began.

    Raises:
        ChangedMeanwhile: somebody else changed it since.
        ShareWithoutBase, NotCountedYet, CountedAlready: as for `add`.
    """
    _expect(entry, version)
    _check(facts.trained, facts.staff, facts.counted_on, today)
    if met(facts, kept(each for each in stored.entries(session) if each is not entry)):
        raise CountedAlready
    _kept(session, entry, facts, by=by, now=now)
    audit.note(session, by, "change coverage", f"coverage {entry.id}", now=now)


def remove(session: Session, entry: Coverage, *, by: int, now: datetime) -> None:
    """Take away a count that should never have been kept."""
    number = entry.id
    session.delete(entry)
    audit.note(session, by, "remove coverage", f"coverage {number}", now=now)


def met(facts: Covered, among: Kept[Coverage]) -> Coverage | None:
    """The entry that says the same already.

    Raises:
        CountedAlready: one of the same people and day says something else.
    """
    return _met(facts, among.get((line_of(facts), facts.counted_on)), _SAME)


# Figures of providers


def add_figure(
    session: Session,
    facts: Figured,
    *,
    among: Kept[ProviderFigure] | None = None,
    today: date,
    by: int | None,
    now: datetime,
) -> ProviderFigure:
    """Keep a figure of a provider with its definition; the same figure twice is kept once.

    Args and errors as for `add`.
    """
    _check(facts.numerator, facts.denominator, facts.counted_on, today)
    if known := met_figure(facts, kept(stored.figures(session)) if among is None else among):
        return known
    figure = _kept(session, ProviderFigure(version=0, created_at=now), facts, by=by, now=now)
    if by is not None:
        audit.note(session, by, "add provider figure", f"figure {figure.id}", now=now)
    return figure


def change_figure(
    session: Session,
    figure: ProviderFigure,
    facts: Figured,
    *,
    version: int,
    today: date,
    by: int,
    now: datetime,
) -> None:
    """Mend a figure of a provider. Args and errors as for `change`."""
    _expect(figure, version)
    _check(facts.numerator, facts.denominator, facts.counted_on, today)
    if met_figure(facts, kept(each for each in stored.figures(session) if each is not figure)):
        raise CountedAlready
    _kept(session, figure, facts, by=by, now=now)
    audit.note(session, by, "change provider figure", f"figure {figure.id}", now=now)


def remove_figure(session: Session, figure: ProviderFigure, *, by: int, now: datetime) -> None:
    """Take away a figure that should never have been kept."""
    number = figure.id
    session.delete(figure)
    audit.note(session, by, "remove provider figure", f"figure {number}", now=now)


def met_figure(facts: Figured, among: Kept[ProviderFigure]) -> ProviderFigure | None:
    """The figure that says the same already. Errors as for `met`."""
    return _met(facts, among.get((line_of_figure(facts), facts.counted_on)), _SAME_FIGURE)


# What both have in common


def kept(entries: Iterable[T]) -> Kept[T]:
    """What is kept, by whom it counts and the day."""
    found: Kept[T] = {}
    for entry in entries:
        line = line_of(entry) if isinstance(entry, Coverage) else line_of_figure(entry)
        found.setdefault((line, entry.counted_on), entry)
    return found


def _met(facts: Covered | Figured, there: T | None, names: Sequence[str]) -> T | None:
    if there is not None and any(getattr(there, name) != getattr(facts, name) for name in names):
        raise CountedAlready
    return there


def _check(part: int, whole: int, day: date, today: date) -> None:
    if whole < 1 or not 0 <= part <= whole:
        raise ShareWithoutBase
    if day > today:
        raise NotCountedYet


def _expect(entry: Coverage | ProviderFigure, version: int) -> None:
    if entry.version != version:
        raise ChangedMeanwhile


def _kept(
    session: Session, entry: T, facts: Covered | Figured, *, by: int | None, now: datetime
) -> T:
    for each in fields(facts):
        setattr(entry, each.name, getattr(facts, each.name))
    entry.user_id, entry.kept_at = by, now
    entry.version += 1
    session.add(entry)
    session.flush()
    return entry


def _plain(*parts: Any) -> Line:
    return tuple(" ".join(part.split()).casefold() for part in parts)
