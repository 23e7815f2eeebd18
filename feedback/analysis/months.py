"""Months of a calendar, each named by its first day, and those in which nothing falls."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

A_YEAR = 12  # months
SCHOOL, FINANCIAL = 9, 4  # the month in which such a year begins in England


def month_of(day: date) -> date:
    """The month that a day is in."""
    return day.replace(day=1)


def later(month: date, number: int) -> date:
    """The month so many after this one, or before it where the number is negative."""
    years, at = divmod(month.year * A_YEAR + month.month - 1 + number, A_YEAR)
    return date(years, at + 1, 1)


def months_from(month: date, number: int = A_YEAR) -> list[date]:
    """So many months in a row."""
    return [later(month, at) for at in range(number)]


def last_day(month: date) -> date:
    """The last day of a month."""
    return later(month, 1) - timedelta(days=1)


def year_around(day: date, begins: int) -> date:
    """The first month of the year that a day is in, where years begin in a given month."""
    return date(day.year - (day.month < begins), begins, 1)


def empty(months: Sequence[date], spans: Iterable[tuple[date, date]]) -> list[date]:
    """Those of the months in which no span from a first to a last day falls."""
    taken = [(month_of(first), month_of(last)) for first, last in spans]
    return [month for month in months if not any(first <= month <= last for first, last in taken)]
