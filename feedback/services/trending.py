"""Measures over periods: every figure through the one gate, then read for what it says.

A point is drawn where its period has at least 10 answers and nothing of it is hidden. Limits, means
and signals rest on the points that are drawn and on nothing else, so that none of them gives a
hidden number back.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

from sqlalchemy.orm import Session

from feedback.analysis import trends
from feedback.analysis.disclosure import HIDDEN, Shown
from feedback.analysis.periods import Period, ReportingYear, place_of
from feedback.analysis.trends import Reading, Taken
from feedback.models.surveys import Measure
from feedback.models.trends import ChartNote, MeasureTarget
from feedback.queries import tallies
from feedback.queries import trends as stored
from feedback.queries.tallies import Asked, Row
from feedback.services.tallied import (
    UNSAID,
    Cell,
    Count,
    Frame,
    breaks,
    counted,
    frame_of,
    gate,
    gate_groups,
)
from feedback.vocabulary import Audience, Better, NoteKind, PeriodKind

CYCLES_FROM = date(2026, 1, 5)  # a Monday; where nobody has said better
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Window:
    """Which answers count, and how they are cut."""

    kind: PeriodKind = PeriodKind.CYCLE
    first: date | None = None
    last: date | None = None
    audience: Audience | None = None


@dataclass(frozen=True)
class Spot:
    """One period of a measure as it may leave.

    `value` is its share or mean, None where it may not be drawn; `round` names a round.
    """

    period: Period
    people: Shown
    hits: Shown
    value: float | None
    so_far: bool = False
    round: str = ""


@dataclass(frozen=True)
class Mark:
    """A note with its letter on the chart, at a position from 1."""

    letter: str
    position: int
    note: ChartNote


@dataclass(frozen=True)
class Series:
    """A measure over periods, of everybody or of one group.

    `broken` are the positions, from 1, at which another scale begins. `reading` is None where
    nothing can be drawn. `shares` says that values are shares of people; else they are means on a
    scale from `low` to `high`.
    """

    measure: Measure
    asked: Asked
    shares: bool
    spots: Sequence[Spot]
    reading: Reading | None
    broken: Sequence[int] = ()
    marks: Sequence[Mark] = ()
    set_aside: frozenset[int] = frozenset()
    target: MeasureTarget | None = None
    group: str = UNSAID
    audiences: frozenset[Audience] = frozenset()

    @property
    def last(self) -> Spot | None:
        """The newest period that has a figure."""
        return next((spot for spot in reversed(self.spots) if spot.value is not None), None)


def reporting_year(session: Session) -> ReportingYear:
    """How the partnership cuts its year; as it stands here where nobody has said."""
    said = stored.year_said(session)
    if said is None:
        return ReportingYear(CYCLES_FROM)
    return ReportingYear(said.cycles_from, tuple((month, day) for month, day in said.terms))


def all_series(session: Session, window: Window, *, threshold: int, today: date) -> list[Series]:
    """Every measure that was answered in a window, by name.

    Args:
        threshold: people; a smaller group is hidden.
    """
    measures = stored.measures(session)
    asked = tallies.asked(session, measure_ids=[each.id for each in measures])
    by_measure: dict[int, list[Asked]] = defaultdict(list)
    for each in asked:
        if each.measure_id is not None:
            by_measure[each.measure_id].append(each)
    rows = _rows(session, window, [each.id for each in asked])
    year, notes, targets = (
        reporting_year(session),
        stored.all_notes(session),
        stored.targets(session),
    )
    of_question: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        of_question[row.question_id].append(row)
    found = []
    for measure in measures:
        own = [row for each in by_measure[measure.id] for row in of_question[each.id]]
        if own:
            frame = frame_of(session, window.kind, own, year)
            found.append(
                _series(
                    measure, by_measure[measure.id], own, frame, notes, targets, threshold, today
                )
            )
    return found


def one_series(
    session: Session, measure: Measure, window: Window, *, threshold: int, today: date
) -> Series | None:
    """One measure in a window; None where nobody answered."""
    asked = tallies.asked(session, measure_ids=[measure.id])
    rows = _rows(session, window, [each.id for each in asked])
    if not rows:
        return None
    frame = frame_of(session, window.kind, rows, reporting_year(session))
    notes, targets = stored.notes(session, measure.id), stored.targets(session)
    return _series(measure, asked, rows, frame, notes, targets, threshold, today)


def by_group(
    session: Session,
    measure: Measure,
    window: Window,
    dimension: str,
    *,
    threshold: int,
    today: date,
) -> list[Series]:
    """One measure, group by group, in the order of the question that says who is in which.

    In each period the groups and those who did not say make up everybody, whose figures are
    known. So they go through the gate together, and apart where one person may be in several.

    Args:
        dimension: one of `vocabulary.DIMENSIONS`.
        threshold: people; a smaller group is hidden.
    """
    asked = tallies.asked(session, measure_ids=[measure.id])
    ids = [each.id for each in asked]
    every = _rows(session, window, ids)
    grouping = tallies.asked(session, names=[dimension])
    if not every or not grouping:
        return []
    grouped = _rows(session, window, ids, grouped_by=dimension)
    frame = frame_of(session, window.kind, every, reporting_year(session))
    shares = bool(measure.top)
    whole, _scales = counted(measure, asked, every, frame)
    order = list(dict.fromkeys(code for each in reversed(grouping) for code, _ in each.options))
    apart: dict[str, list[Count]] = {}
    for code in order:
        own = [row for row in grouped if row.group == code]
        if own:
            apart[code], _ = counted(measure, asked, own, frame)
    several = any(each.several for each in grouping)
    notes, targets = stored.notes(session, measure.id), stored.targets(session)
    shown = gate_groups(apart, whole, shares, threshold, several=several)
    broken = breaks(_scales)
    return [
        replace(
            _read(measure, asked[-1], cells, apart[code], frame, broken, notes, targets, today),
            group=code,
        )
        for code, cells in shown.items()
    ]


def _rows(
    session: Session, window: Window, question_ids: Sequence[int], *, grouped_by: str = ""
) -> Sequence[Row]:
    return tallies.rows(
        session,
        question_ids,
        grouped_by=grouped_by,
        audience=window.audience,
        first=window.first,
        last=window.last,
    )


# Reading


def _series(
    measure: Measure,
    asked: Sequence[Asked],
    rows: Sequence[Row],
    frame: Frame,
    notes: Sequence[ChartNote],
    targets: Mapping[int, MeasureTarget],
    threshold: int,
    today: date,
) -> Series:
    counts, scales = counted(measure, asked, rows, frame)
    cells = gate(counts, bool(measure.top), threshold)
    found = _read(measure, asked[-1], cells, counts, frame, breaks(scales), notes, targets, today)
    return replace(found, audiences=frozenset(row.audience for row in rows))


def _read(
    measure: Measure,
    asked: Asked,
    cells: Sequence[Cell],
    counts: Sequence[Count],
    frame: Frame,
    broken: Sequence[int],
    notes: Sequence[ChartNote],
    targets: Mapping[int, MeasureTarget],
    today: date,
) -> Series:
    shares, target = bool(measure.top), targets.get(measure.id)
    own = [each for each in notes if each.measure_id in (None, measure.id)]
    aside = frozenset(
        at
        for at, period in enumerate(frame.spans, start=1)
        for each in own
        if each.kind is NoteKind.SET_ASIDE
        and each.starts_on <= period.last
        and period.first <= (each.ends_on or each.starts_on)
    )
    taken = [
        Taken(each.people, each.total) if cell.whole else None
        for cell, each in zip(cells, counts, strict=True)
    ]
    reading = None
    if any(each for at, each in enumerate(taken, start=1) if at not in aside):
        reading = trends.read(
            taken,
            shares=shares,
            spread=None if shares else _spread(counts, taken),
            improvement="decrease" if measure.better is Better.LOWER else "increase",
            target=None if target is None else target.value / (100 if shares else 1),
            rebase_before=_at(own, NoteKind.NEW_START, frame),
            broken_before=broken,
            ghosted=aside,
        )
    marks = [
        (place + 1, each)
        for each in own
        if each.kind is not NoteKind.SET_ASIDE
        and (place := _place(frame, each.starts_on)) is not None
    ]
    return Series(
        measure=measure,
        asked=asked,
        shares=shares,
        spots=[
            Spot(
                period,
                cell.people,
                cell.hits if shares else HIDDEN,
                each.value if each else None,
                so_far=not period.over(today),
                round=frame.names[at] if frame.names else "",
            )
            for at, (period, cell, each) in enumerate(zip(frame.spans, cells, taken, strict=True))
        ],
        reading=reading,
        broken=broken,
        marks=[Mark(letter, at, each) for letter, (at, each) in zip(LETTERS, marks, strict=False)],
        set_aside=aside,
        target=target,
    )


def _spread(counts: Sequence[Count], taken: Sequence[Taken | None]) -> float | None:
    """Standard deviation of single numbers within their periods, of the periods that are drawn."""
    drawn = [each for each, seen in zip(counts, taken, strict=True) if seen]
    people = sum(each.people for each in drawn) - len(drawn)
    if people < 1:
        return None
    within = sum(each.squares - each.total**2 / each.people for each in drawn)
    return sqrt(max(within, 0.0) / people)


def _at(notes: Sequence[ChartNote], kind: NoteKind, frame: Frame) -> list[int]:
    """Positions, from 1 and not the first, of the periods that notes of a kind begin in."""
    places = (_place(frame, each.starts_on) for each in notes if each.kind is kind)
    return sorted({place + 1 for place in places if place})


def _place(frame: Frame, day: date) -> int | None:
    """The period a day is in; for rounds the first that had not ended."""
    if frame.of_collection is None:
        return place_of(frame.spans, day)
    return next((at for at, period in enumerate(frame.spans) if day <= period.last), None)
