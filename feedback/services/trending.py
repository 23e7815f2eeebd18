"""Measures over periods: every figure through the one gate, then read for what it says.

A point is drawn where its period has at least 10 answers and nothing of it is hidden. Limits, means
and signals rest on the points that are drawn and on nothing else, so that none of them gives a
hidden number back.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from feedback.analysis.periods import ReportingYear
from feedback.models.surveys import Measure
from feedback.models.trends import ChartNote, MeasureTarget
from feedback.outputs.measured import MOST_POINTS
from feedback.queries import tallies
from feedback.queries import trends as stored
from feedback.queries.tallies import Asked, Row
from feedback.services.cutting import Cutting, Window
from feedback.services.gating import Cell
from feedback.services.series import Series, Spot, read_series, spread_of
from feedback.services.tallied import Count, breaks, rounds_of
from feedback.vocabulary import PeriodKind

__all__ = [
    "Series",
    "Spot",
    "Window",
    "all_series",
    "by_group",
    "cutting_of",
    "one_series",
    "reporting_year",
]

CYCLES_FROM = date(2026, 1, 5)  # a Monday; where nobody has said better


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
    rows = tallies.rows(session, [each.id for each in asked])
    notes, targets = stored.all_notes(session), stored.targets(session)
    rounds = rounds_of(session, rows) if window.kind is PeriodKind.ROUND else None
    of_question: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        of_question[row.question_id].append(row)
    found = []
    for measure in measures:
        own = by_measure[measure.id]
        every = [row for each in own for row in of_question[each.id]]
        cutting = Cutting(measure, own, every, window, year, rounds, threshold)
        on_it = [each for each in notes if each.measure_id in (None, measure.id)]
        found.append(_series(cutting, on_it, targets.get(measure.id), today))
    return [each for each in found if each is not None]


def one_series(
    session: Session, measure: Measure, window: Window, *, threshold: int, today: date
) -> Series | None:
    """One measure in a window; None where nobody answered."""
    cutting = cutting_of(session, measure, window, threshold)
    notes, targets = stored.notes(session, measure.id), stored.targets(session)
    return _series(cutting, notes, targets.get(measure.id), today)


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
    cutting = cutting_of(session, measure, window, threshold)
    grouping = tallies.grouping(session, dimension, cutting.asked)
    places = cutting.places()[-MOST_POINTS:]
    if not places or not grouping:
        return []
    rows = tallies.rows(session, [each.id for each in cutting.asked], grouped_by=dimension)
    order = list(dict.fromkeys(code for each in reversed(grouping) for code, _ in each.options))
    several = any(each.several for each in grouping)
    notes, target = stored.notes(session, measure.id), stored.targets(session).get(measure.id)
    return [
        replace(_read(cutting, places, counts, cells, notes, target, today), group=code)
        for code, (counts, cells) in cutting.of_groups(rows, order, several=several).items()
        if any(counts[at].people for at in places)
    ]


def cutting_of(session: Session, measure: Measure, window: Window, threshold: int) -> Cutting:
    """All tallies of a measure, to be cut as a window says."""
    asked = tallies.asked(session, [measure.id])
    rows = tallies.rows(session, [each.id for each in asked])
    rounds = rounds_of(session, rows) if window.kind is PeriodKind.ROUND else None
    return Cutting(measure, asked, rows, window, reporting_year(session), rounds, threshold)


def _series(
    cutting: Cutting, notes: Sequence[ChartNote], target: MeasureTarget | None, today: date
) -> Series | None:
    places = cutting.places()[-MOST_POINTS:]
    if not places:
        return None
    cut = cutting.cuts[-1]
    found = _read(cutting, places, cut.counts, cut.cells, notes, target, today)
    there = set(places)
    audiences = {row.audience for row in cutting.own if cut.frame.place(row) in there}
    return replace(found, audiences=frozenset(audiences), older=len(cutting.places()) > MOST_POINTS)


def _read(
    cutting: Cutting,
    places: Sequence[int],
    counts: Sequence[Count],
    cells: Sequence[Cell],
    notes: Sequence[ChartNote],
    target: MeasureTarget | None,
    today: date,
) -> Series:
    """Some periods of a measure, or of one group, and what they say."""
    cut = cutting.cuts[-1]
    own, shown = [counts[at] for at in places], [cells[at] for at in places]
    return read_series(
        cutting.measure,
        cutting.asked[-1],
        shown,
        own,
        cut.frame.only(places),
        breaks([cut.scales[at] for at in places]),
        notes,
        target,
        None if cutting.shares else spread_of(own, shown),
        today,
    )
