"""Tallies sorted into periods, and through the one gate."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from feedback.analysis import disclosure
from feedback.analysis.disclosure import HIDDEN, SHARE_NEEDS, Shown
from feedback.analysis.periods import Period, ReportingYear, periods, place_of
from feedback.models.surveys import Measure
from feedback.queries import trends as stored
from feedback.queries.tallies import Asked, Row
from feedback.vocabulary import PeriodKind

UNSAID = ""  # the group of those who did not say
Scale = tuple[Any, ...]
Scales = Sequence[Scale | None]


@dataclass
class Count:
    """Raw: people who gave an answer, how many of them count or the sum of their numbers."""

    people: int = 0
    total: float = 0
    squares: float = 0

    def add(self, other: "Count") -> None:
        self.people += other.people
        self.total += other.total
        self.squares += other.squares


@dataclass(frozen=True)
class Frame:
    """The periods of a window, and where each tally falls in them."""

    spans: Sequence[Period]
    of_collection: Mapping[int, int] | None = None
    names: Sequence[str] = field(default=())

    def place(self, row: Row) -> int | None:
        if self.of_collection is not None:
            return self.of_collection.get(row.collection_id)
        return place_of(self.spans, row.day)


@dataclass(frozen=True)
class Rounds:
    """Collections that were answered, the first to open first: names, and first and last day."""

    names: Mapping[int, str]
    spans: Mapping[int, Period]


def rounds_of(session: Session, rows: Sequence[Row]) -> Rounds:
    """The rounds of all measures, read once, so that one round has the same days in each."""
    days: dict[int, list[date]] = defaultdict(list)
    for row in rows:
        days[row.collection_id].append(row.day)
    found = stored.rounds(session, list(days))
    return Rounds(
        {number: name for number, (name, _) in found.items()},
        {number: Period(min(days[number]), max(days[number])) for number in found},
    )


def frame_of(
    kind: PeriodKind, rows: Sequence[Row], year: ReportingYear, rounds: Rounds | None
) -> Frame:
    """The periods from the first to the last day on which anything was answered.

    Args:
        rounds: where the periods are rounds.
    """
    if rounds is None:
        days = [row.day for row in rows]
        return Frame(periods(kind, min(days), max(days), year))
    answered = {row.collection_id for row in rows}
    own = [number for number in rounds.names if number in answered]
    return Frame(
        [rounds.spans[number] for number in own],
        {number: at for at, number in enumerate(own)},
        [rounds.names[number] for number in own],
    )


def counted(
    measure: Measure,
    asked: Sequence[Asked],
    rows: Sequence[Row],
    frame: Frame,
    scales: Scales | None = None,
) -> tuple[list[Count], Scales]:
    """Counts of each period, and the scale that they are on.

    Where two scales meet in a period, the one with more answers counts.

    Args:
        scales: the scale that counts in each period, where that is known already.
    """
    scale_of = {each.id: each.scale for each in asked}
    found: list[dict[Scale, Count]] = [defaultdict(Count) for _ in frame.spans]
    for row in rows:
        place = frame.place(row)
        if place is not None:
            found[place][scale_of[row.question_id]].add(_of_row(measure, row.counts))
    if scales is None:
        scales = [max(of, key=lambda each: of[each].people, default=None) for of in found]
    return [
        Count() if scale is None else of.get(scale, Count())
        for of, scale in zip(found, scales, strict=True)
    ], scales


def _of_row(measure: Measure, counts: Mapping[str, int]) -> Count:
    given = {said: people for said, people in counts.items() if not said.startswith("-")}
    if measure.top:
        hits = sum(given.get(code, 0) for code in measure.top)
        return Count(sum(given.values()), hits, hits)
    numbers = [(int(said), people) for said, people in given.items() if said.isdigit()]
    return Count(
        sum(people for _, people in numbers),
        sum(number * people for number, people in numbers),
        sum(number**2 * people for number, people in numbers),
    )


def breaks(scales: Scales) -> list[int]:
    """Positions, from 1, at which another scale begins."""
    broken, known = [], None
    for position, scale in enumerate(scales, start=1):
        if scale is not None and known is not None and scale != known:
            broken.append(position)
        known = scale or known
    return broken


# The gate


@dataclass(frozen=True)
class Cell:
    people: Shown
    hits: Shown

    @property
    def whole(self) -> bool:
        """Nothing of it is hidden, and enough people are behind it for a share."""
        base = self.people.count
        return base is not None and base >= SHARE_NEEDS and self.hits.count is not None


NOTHING = Cell(HIDDEN, HIDDEN)


def gate(counts: Sequence[Count], shares: bool, threshold: int) -> list[Cell]:
    """The periods of a measure as they may leave; what they come to in all is known."""
    there = [at for at, each in enumerate(counts) if each.people]
    cells = [NOTHING] * len(counts)
    if not there:
        return cells
    if shares:
        table = disclosure.hide_table(
            [[int(counts[at].total), int(counts[at].people - counts[at].total)] for at in there],
            threshold,
        )
        for at, row, total in zip(there, table.cells, table.row_totals, strict=True):
            cells[at] = Cell(total, HIDDEN if row[1].hidden else row[0])
        return cells
    bases = disclosure.hide_counts({str(at): counts[at].people for at in there}, threshold)
    for at in there:
        shown = bases.cells[str(at)]
        cells[at] = Cell(shown, shown)
    return cells


def gate_beside(
    counts: Sequence[Count], others: Sequence[Count], shares: bool, threshold: int
) -> list[Cell]:
    """The periods of some people as they may leave, where those of everybody are known too.

    What everybody's figures less these leave over must not be a small group either.
    """
    cells = []
    alone = gate(counts, shares, threshold)
    for cell, own, rest in zip(alone, counts, others, strict=True):
        beside = gate([own, rest], shares, threshold)[0]
        cells.append(
            Cell(
                HIDDEN if beside.people.hidden else cell.people,
                HIDDEN if beside.hits.hidden else cell.hits,
            )
        )
    return cells


def gate_groups(
    apart: Mapping[str, Sequence[Count]],
    whole: Sequence[Count],
    shares: bool,
    threshold: int,
    *,
    several: bool,
) -> dict[str, list[Cell]]:
    """Each group's periods as they may leave, beside everybody's figures."""
    shown: dict[str, list[Cell]] = {code: [] for code in apart}
    everybody = gate(whole, shares, threshold)
    for at, total in enumerate(whole):
        own = {code: counts[at] for code, counts in apart.items()}
        if not everybody[at].whole:
            cells = dict.fromkeys(own, NOTHING)
        elif several:
            cells = {
                code: gate([each, _less(total, each)], shares, threshold)[0]
                for code, each in own.items()
            }
        else:
            rest = total
            for each in own.values():
                rest = _less(rest, each)
            cells = dict(
                zip([*own, UNSAID], gate([*own.values(), rest], shares, threshold), strict=True)
            )
        for code in shown:
            shown[code].append(cells[code])
    return shown


def _less(one: Count, other: Count) -> Count:
    return Count(max(0, one.people - other.people), max(0, one.total - other.total))
