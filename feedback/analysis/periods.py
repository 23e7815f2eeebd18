"""Periods that a measure is looked at by: four-weekly cycles, months, quarters, terms, years.

A round is no span of days but a collection, so it is not made here.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from feedback.vocabulary import PeriodKind

CYCLE_DAYS = 28
MOST = 1_000  # periods; more than anybody draws
SCHOOL_YEAR_BEGINS = 9  # month
TERMS = ((9, 1), (1, 1), (4, 16))  # month and day on which terms begin, where nobody says better

MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, both ends in it. `number` counts cycles and quarters of a year, from 1."""

    first: date
    last: date
    number: int = 0

    @property
    def key(self) -> str:
        """How it is called in addresses and snapshots: its first day."""
        return self.first.isoformat()

    def over(self, today: date) -> bool:
        """Whether it has ended."""
        return self.last < today


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """How a partnership cuts its year.

    `cycles_from` is the first day of any one cycle. `terms` are the month and day on which each
    term begins.
    """

    cycles_from: date
    terms: Sequence[MonthDay] = TERMS

    def __post_init__(self) -> None:
        """Refuse what is no year.

        Raises:
            ValueError: no term, two that begin on one day, or a day that not every year has.
        """
        if not self.terms or len(set(self.terms)) < len(self.terms):
            raise ValueError("each term begins on a day of its own")
        for month, day in self.terms:
            date(2023, month, day)  # no leap year


def periods(kind: PeriodKind, first: date, last: date, year: ReportingYear) -> list[Period]:
    """The periods that the days from first to last fall in, without a gap, oldest first.

    Args:
        kind: all but rounds.
        first: a day of the first period, which may begin before it.
        last: a day of the last period, which may end after it.

    Raises:
        ValueError: last is before first, more periods than anybody draws, or rounds.
    """
    if last < first:
        raise ValueError("the last day is before the first")
    if (last - first).days > MOST * CYCLE_DAYS:
        raise ValueError("too many periods")
    if kind is PeriodKind.CYCLE:
        return list(_cycles(first, last, year.cycles_from))
    starts = _starts(kind, first, last, year)
    return [
        Period(start, after - timedelta(days=1), _number(kind, start))
        for start, after in pairwise(starts)
        if after > first and start <= last
    ]


def place_of(found: Sequence[Period], day: date) -> int | None:
    """Which of the periods a day falls in, from 0; None where it is in none."""
    at = bisect_right(found, day, key=lambda period: period.first) - 1
    return at if at >= 0 and day <= found[at].last else None


def _cycles(first: date, last: date, origin: date) -> Iterator[Period]:
    passed = (first - origin).days // CYCLE_DAYS
    start = origin + timedelta(days=passed * CYCLE_DAYS)
    while start <= last:
        after = start + timedelta(days=CYCLE_DAYS)
        yield Period(start, after - timedelta(days=1), passed % 13 + 1)
        start, passed = after, passed + 1


def _starts(kind: PeriodKind, first: date, last: date, year: ReportingYear) -> list[date]:
    days: Sequence[MonthDay]
    match kind:
        case PeriodKind.MONTH:
            days = [(month, 1) for month in range(1, 13)]
        case PeriodKind.QUARTER:
            days = [(month, 1) for month in (1, 4, 7, 10)]
        case PeriodKind.TERM:
            days = sorted(year.terms)
        case PeriodKind.SCHOOL_YEAR:
            days = [(SCHOOL_YEAR_BEGINS, 1)]
        case _:
            raise ValueError(f"{kind} is no span of days")
    years = range(first.year - 1, last.year + 2)
    return [date(number, month, day) for number in years for month, day in days]


def _number(kind: PeriodKind, start: date) -> int:
    return (start.month + 2) // 3 if kind is PeriodKind.QUARTER else 0
