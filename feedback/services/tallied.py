"""Tallies sorted into periods, raw: what leaves goes through `gating`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

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

    def plus(self, other: "Count") -> "Count":
        """Both together."""
        return Count(
            self.people + other.people, self.total + other.total, self.squares + other.squares
        )


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

    def only(self, places: Sequence[int]) -> "Frame":
        """Some of the periods."""
        return Frame(
            [self.spans[at] for at in places],
            None if self.of_collection is None else {},
            [self.names[at] for at in places] if self.names else (),
        )


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
            found[place][scale_of[row.question_id]].add(count_of(measure, row.counts))
    if scales is None:
        scales = [max(of, key=lambda each: of[each].people, default=None) for of in found]
    return [
        Count() if scale is None else of.get(scale, Count())
        for of, scale in zip(found, scales, strict=True)
    ], scales


def count_of(measure: Measure, counts: Mapping[str, int]) -> Count:
    """What one tally comes to."""
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
