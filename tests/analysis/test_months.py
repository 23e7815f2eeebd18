"""Months of a calendar, and the ones in which nothing falls."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis import months

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def test_twelve_months_go_over_the_turn_of_the_year():
    found = months.months_from(date(2026, 11, 1))
    assert (found[0], found[1], found[2], found[-1]) == (
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 10, 1),
    )
    assert len(set(found)) == 12


@given(DAYS, st.integers(-500, 500))
def test_going_forward_and_back_leads_to_the_same_month(day, number):
    month = months.month_of(day)
    assert months.later(months.later(month, number), -number) == month


@given(DAYS)
def test_the_last_day_of_a_month_is_the_one_before_the_next(day):
    last = months.last_day(months.month_of(day))
    assert last >= day
    assert (last.year, last.month) == (day.year, day.month)
    assert months.last_day(date(2028, 2, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("day", "school", "financial"),
    [
        (date(2026, 11, 2), date(2026, 9, 1), date(2026, 4, 1)),
        (date(2027, 3, 31), date(2026, 9, 1), date(2026, 4, 1)),
        (date(2027, 4, 1), date(2026, 9, 1), date(2027, 4, 1)),
        (date(2026, 8, 31), date(2025, 9, 1), date(2026, 4, 1)),
        (date(2026, 9, 1), date(2026, 9, 1), date(2026, 4, 1)),
    ],
)
def test_school_years_begin_in_september_and_financial_ones_in_april(day, school, financial):
    assert months.year_around(day, months.SCHOOL) == school
    assert months.year_around(day, months.FINANCIAL) == financial


def test_a_span_fills_every_month_that_it_touches():
    shown = months.months_from(date(2027, 1, 1), 6)
    spans = [
        (date(2027, 2, 28), date(2027, 4, 1)),
        (date(2026, 11, 1), date(2027, 1, 1)),
        (date(2027, 8, 1), date(2027, 8, 2)),
    ]
    assert months.empty(shown, spans) == [date(2027, 5, 1), date(2027, 6, 1)]
    assert months.empty(shown, []) == shown
