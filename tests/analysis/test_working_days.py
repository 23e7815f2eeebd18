"""Working days between two days."""

from datetime import date, timedelta

import pytest

from feedback.analysis.working_days import working_days

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("last", "days"),
    [
        (FRIDAY, 0),
        (FRIDAY - timedelta(days=3), 0),
        (FRIDAY + timedelta(days=1), 0),  # a Saturday
        (FRIDAY + timedelta(days=3), 1),  # the Monday after it
        (FRIDAY + timedelta(days=7), 5),
        (FRIDAY + timedelta(days=28), 20),
        (FRIDAY + timedelta(days=31), 21),
    ],
)
def test_weekends_do_not_count(last, days):
    assert working_days(FRIDAY, last) == days


def test_it_agrees_with_counting_day_by_day():
    for start in range(7):
        first = FRIDAY + timedelta(days=start)
        for span in range(40):
            last = first + timedelta(days=span)
            each = [first + timedelta(days=at) for at in range(1, span + 1)]
            assert working_days(first, last) == sum(day.weekday() < 5 for day in each)
