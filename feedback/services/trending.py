"""Measures over periods: every figure through the one gate, then read for what it says.

A point is drawn where its period has at least 10 answers and nothing of it is hidden. Limits, means
and signals rest on the points that are drawn and on nothing else, so that none of them gives a
hidden number back.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from feedback.analysis.periods import ReportingYear, periods
from feedback.models.surveys import Measure
from feedback.models.trends import ChartNote, MeasureTarget
from feedback.queries import tallies
from feedback.queries import trends as stored
from feedback.queries.tallies import Asked, Row
from feedback.services.series import Series, Spot, read_series, spread_of
from feedback.services.tallied import (
    Count,
    Frame,
    breaks,
    counted,
    frame_of,
    gate_beside,
    gate_groups,
    rounds_of,
)
from feedback.vocabulary import Audience, PeriodKind

__all__ = ["Series", "Spot", "Window", "all_series", "by_group", "one_series", "reporting_year"]

CYCLES_FROM = date(2026, 1, 5)  # a Monday; where nobody has said better


@dataclass(frozen=True)
class Window:
    """Which answers count, and how they are cut.

    A period that `first` or `last` lies in counts as a whole, for part of it is not what it is
    called, and two windows a day apart would tell what that day brought.
    """

    kind: PeriodKind = PeriodKind.CYCLE
    first: date | None = None
    last: date | None = None
    audience: Audience | None = None


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
    measures, year = stored.measures(session), reporting_year(session)
    asked = tallies.asked(session, [each.id for each in measures])
    by_measure: dict[int, list[Asked]] = defaultdict(list)
    for each in asked:
        if each.measure_id is not None:
            by_measure[each.measure_id].append(each)
    rows = _rows(session, window, [each.id for each in asked], year)
    notes, targets = stored.all_notes(session), stored.targets(session)
    rounds = rounds_of(session, rows) if window.kind is PeriodKind.ROUND else None
    of_question: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        of_question[row.question_id].append(row)
    found = []
    for measure in measures:
        every = [row for each in by_measure[measure.id] for row in of_question[each.id]]
        own, others = _split(every, window.audience)
        if own:
            frame = frame_of(window.kind, own, year, rounds)
            found.append(
                _series(
                    *(measure, by_measure[measure.id], own, others, frame, notes, targets),
                    threshold,
                    today,
                )
            )
    return found


def one_series(
    session: Session, measure: Measure, window: Window, *, threshold: int, today: date
) -> Series | None:
    """One measure in a window; None where nobody answered."""
    asked, year = tallies.asked(session, [measure.id]), reporting_year(session)
    every = _rows(session, window, [each.id for each in asked], year)
    own, others = _split(every, window.audience)
    if not own:
        return None
    rounds = rounds_of(session, every) if window.kind is PeriodKind.ROUND else None
    frame = frame_of(window.kind, own, year, rounds)
    notes, targets = stored.notes(session, measure.id), stored.targets(session)
    return _series(measure, asked, own, others, frame, notes, targets, threshold, today)


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
    asked, year = tallies.asked(session, [measure.id]), reporting_year(session)
    ids = [each.id for each in asked]
    every, _ = _split(_rows(session, window, ids, year), window.audience)
    grouping = tallies.grouping(session, dimension, asked)
    if not every or not grouping:
        return []
    grouped, _ = _split(_rows(session, window, ids, year, grouped_by=dimension), window.audience)
    rounds = rounds_of(session, every) if window.kind is PeriodKind.ROUND else None
    frame = frame_of(window.kind, every, year, rounds)
    shares = bool(measure.top)
    whole, scales = counted(measure, asked, every, frame)
    order = list(dict.fromkeys(code for each in reversed(grouping) for code, _ in each.options))
    apart: dict[str, list[Count]] = {}
    for code in order:
        own = [row for row in grouped if row.group == code]
        if own:
            apart[code], _ = counted(measure, asked, own, frame, scales)
    several = any(each.several for each in grouping)
    notes, targets = stored.notes(session, measure.id), stored.targets(session)
    shown = gate_groups(apart, whole, shares, threshold, several=several)
    return [
        replace(
            read_series(
                measure,
                asked[-1],
                cells,
                apart[code],
                frame,
                breaks(scales),
                notes,
                targets.get(measure.id),
                None if shares else spread_of(apart[code], cells),
                today,
            ),
            group=code,
        )
        for code, cells in shown.items()
    ]


def _rows(
    session: Session,
    window: Window,
    question_ids: Sequence[int],
    year: ReportingYear,
    *,
    grouped_by: str = "",
) -> Sequence[Row]:
    """The tallies of whole periods, of every audience."""
    first, last = window.first, window.last
    if window.kind is not PeriodKind.ROUND:
        first = first and periods(window.kind, first, first, year)[0].first
        last = last and periods(window.kind, last, last, year)[-1].last
    return tallies.rows(session, question_ids, grouped_by=grouped_by, first=first, last=last)


def _split(rows: Sequence[Row], audience: Audience | None) -> tuple[list[Row], list[Row]]:
    """The rows of an audience and those of all others; without an audience all are its."""
    own = [row for row in rows if audience in (None, row.audience)]
    return own, [row for row in rows if audience not in (None, row.audience)]


def _series(
    measure: Measure,
    asked: Sequence[Asked],
    rows: Sequence[Row],
    others: Sequence[Row],
    frame: Frame,
    notes: Sequence[ChartNote],
    targets: Mapping[int, MeasureTarget],
    threshold: int,
    today: date,
) -> Series:
    counts, scales = counted(measure, asked, rows, frame)
    rest, _ = counted(measure, asked, others, frame, scales)
    cells = gate_beside(counts, rest, bool(measure.top), threshold)
    found = read_series(
        measure,
        asked[-1],
        cells,
        counts,
        frame,
        breaks(scales),
        [each for each in notes if each.measure_id in (None, measure.id)],
        targets.get(measure.id),
        None if measure.top else spread_of(counts, cells),
        today,
    )
    return replace(found, audiences=frozenset(row.audience for row in rows))
