"""Periods of a year: none overlaps another, none is missing, and days find theirs."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.periods import MOST, TERMS, Period, ReportingYear, periods, place_of
from feedback.vocabulary import PeriodKind

DAY = timedelta(days=1)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
SPANS = [kind for kind in PeriodKind if kind is not PeriodKind.ROUND]
KINDS = st.sampled_from(SPANS)
MONTH_DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31)).map(lambda day: (day.month, day.day))
YEARS = st.builds(
    ReportingYear, DAYS, st.lists(MONTH_DAYS, min_size=1, max_size=6, unique=True).map(tuple)
)
YEAR = ReportingYear(date(2026, 1, 5))


def cut(kind, first, last, year=YEAR):
    return periods(kind, first, last, year)


def spans(found):
    return [(each.first, each.last) for each in found]


@given(DAYS, DAYS)
def test_thirteen_cycles_follow_any_first_day(origin, first):
    found = cut(PeriodKind.CYCLE, first, first + 363 * DAY, ReportingYear(origin))
    first_of_them = found[0].first

    assert all((each.last - each.first).days == 27 for each in found)
    assert len(found) == (13 if first_of_them == first else 14)
    assert (first_of_them - origin).days % 28 == 0
    assert {each.number for each in found[:13]} == set(range(1, 14))


@given(DAYS)
def test_the_cycle_of_the_first_day_is_the_first_and_thirteen_later_they_begin_anew(origin):
    found = cut(PeriodKind.CYCLE, origin, origin + 364 * DAY, ReportingYear(origin))
    (before,) = cut(PeriodKind.CYCLE, origin - DAY, origin - DAY, ReportingYear(origin))

    assert spans(found)[0] == (origin, origin + 27 * DAY)
    assert [each.number for each in found] == [*range(1, 14), 1]
    assert (before.number, before.last) == (13, origin - DAY)


@given(KINDS, DAYS, st.integers(0, 1_500), YEARS)
def test_periods_have_no_gap_no_overlap_and_hold_every_day(kind, first, length, year):
    last = first + length * DAY
    found = cut(kind, first, last, year)

    assert all(each.first <= each.last for each in found)
    assert all(after.first == before.last + DAY for before, after in pairwise(found))
    assert found[0].first <= first <= found[0].last
    assert found[-1].first <= last <= found[-1].last


@given(KINDS, DAYS, st.integers(0, 1_500), YEARS, DAYS)
def test_a_day_is_in_the_one_period_that_holds_it(kind, first, length, year, day):
    found = cut(kind, first, first + length * DAY, year)
    holds = [at for at, each in enumerate(found) if each.first <= day <= each.last]

    assert place_of(found, day) == (holds[0] if holds else None)
    for at, each in enumerate(found):
        assert place_of(found, each.first) == place_of(found, each.last) == at
    assert place_of(found, found[0].first - DAY) is None
    assert place_of(found, found[-1].last + DAY) is None


@given(KINDS, DAYS, st.integers(0, 900), st.integers(0, 900), YEARS)
def test_how_much_is_looked_at_moves_no_period(kind, first, length, more, year):
    few = cut(kind, first, first + length * DAY, year)
    many = cut(kind, first - more * DAY, first + (length + more) * DAY, year)

    assert set(few) <= set(many)


def test_no_period_holds_no_day():
    assert place_of([], date(2026, 11, 2)) is None
    apart = [Period(date(2026, 1, 1), date(2026, 1, 3)), Period(date(2026, 1, 6), date(2026, 1, 7))]
    days = [date(2026, 1, day) for day in range(3, 8)]
    assert [place_of(apart, day) for day in days] == [0, None, None, 1, 1]


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (PeriodKind.MONTH, [("2027-12-01", "2027-12-31", 0), ("2028-01-01", "2028-01-31", 0)]),
        (PeriodKind.QUARTER, [("2027-10-01", "2027-12-31", 4), ("2028-01-01", "2028-03-31", 1)]),
        (PeriodKind.TERM, [("2027-09-01", "2027-12-31", 0), ("2028-01-01", "2028-04-15", 0)]),
        (PeriodKind.SCHOOL_YEAR, [("2027-09-01", "2028-08-31", 0)]),
        (PeriodKind.CYCLE, [("2027-12-06", "2028-01-02", 13)]),
    ],
)
def test_each_kind_is_cut_where_it_should_be(kind, due):
    found = cut(kind, date(2027, 12, 20), date(2028, 1, 2))

    assert [(str(each.first), str(each.last), each.number) for each in found] == due
    assert found[0].key == due[0][0]


def test_a_leap_day_belongs_to_its_february_and_makes_no_cycle_longer():
    (february,) = cut(PeriodKind.MONTH, date(2028, 2, 29), date(2028, 2, 29))
    assert february.last == date(2028, 2, 29)
    assert cut(PeriodKind.MONTH, date(2027, 2, 1), date(2027, 2, 1))[0].last == date(2027, 2, 28)
    found = cut(PeriodKind.CYCLE, date(2028, 2, 1), date(2028, 4, 1))
    assert {(each.last - each.first).days for each in found} == {27}
    last_of_february = ReportingYear(date(2026, 1, 5), ((2, 28), (9, 1)))
    terms = cut(PeriodKind.TERM, date(2028, 2, 27), date(2028, 2, 29), last_of_february)
    assert [each.first for each in terms] == [date(2027, 9, 1), date(2028, 2, 28)]


def test_terms_may_be_said_in_any_order_and_one_is_a_year():
    mixed = ReportingYear(date(2026, 1, 5), tuple(reversed(TERMS)))
    days = date(2026, 2, 1), date(2027, 2, 1)
    assert cut(PeriodKind.TERM, *days, mixed) == cut(PeriodKind.TERM, *days)
    one = ReportingYear(date(2026, 1, 5), ((9, 1),))
    assert cut(PeriodKind.TERM, *days, one) == cut(PeriodKind.SCHOOL_YEAR, *days)


def test_a_period_is_over_once_its_last_day_has_passed():
    period = Period(date(2026, 11, 2), date(2026, 11, 29))
    assert not period.over(date(2026, 11, 29))
    assert period.over(date(2026, 11, 30))


def test_the_last_day_is_not_before_the_first():
    with pytest.raises(ValueError, match="before the first"):
        cut(PeriodKind.MONTH, date(2026, 11, 2), date(2026, 11, 1))


def test_a_round_is_no_span_of_days():
    with pytest.raises(ValueError, match="no span of days"):
        cut(PeriodKind.ROUND, date(2026, 11, 2), date(2026, 11, 3))


@pytest.mark.parametrize("kind", SPANS)
def test_nobody_draws_more_than_a_thousand(kind):
    first = date(2000, 1, 1)
    longest = MOST * 28 * DAY
    assert len(cut(kind, first, first + longest)) <= MOST + 1
    with pytest.raises(ValueError, match="too many periods"):
        cut(kind, first, first + longest + DAY)


@pytest.mark.parametrize(
    "terms",
    [(), ((9, 1), (9, 1)), ((2, 29),), ((13, 1),), ((0, 1),), ((4, 31),), ((4, 0),)],
    ids=str,
)
def test_terms_that_no_year_has_are_refused(terms):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        ReportingYear(date(2026, 1, 5), terms)
