"""Measures over periods: nothing small follows from two pages, windows, audiences or groups."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from followed import edition, opened, send

from feedback.queries import trends as stored
from feedback.services import tallying, trending
from feedback.services.trending import CYCLES_FROM, Window
from feedback.vocabulary import Audience, PeriodKind

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
TODAY = date(2026, 11, 2)
SPANS = [each for each in PeriodKind if each is not PeriodKind.ROUND]


@pytest.fixture
def collection(officer, session, now):
    return opened(session, now)


def crowd(happy, not_happy, **more):
    return [{"face": "4", **more}] * happy + [{"face": "2", **more}] * not_happy


def answer(session, collection, day, *people):
    send(session, collection, datetime.combine(day, time(12), UTC), people)


def one(session, **window):
    measure = stored.measure(session, "happy")
    return trending.one_series(session, measure, Window(**window), threshold=5, today=TODAY)


def group(session, by, code, **window):
    measure = stored.measure(session, "happy")
    found = trending.by_group(session, measure, Window(**window), by, threshold=5, today=TODAY)
    return next(each for each in found if each.group == code)


def people(series):
    return [spot.people.count for spot in series.spots]


def month(number, day=14):
    return date(2026, number, day)


def test_two_windows_a_day_apart_do_not_cut_a_round(session, collection):
    for at in range(20):
        answer(session, collection, month(5, 1 + at), *crowd(2, 1))
    tallying.tally_all(session, LONDON)
    for day in (1, 9, 10, 20):
        assert people(one(session, kind=PeriodKind.ROUND, last=month(5, day))) == [60]
        assert people(one(session, kind=PeriodKind.ROUND, first=month(5, day))) == [60]
    assert one(session, kind=PeriodKind.ROUND, last=month(4)) is None
    assert one(session, kind=PeriodKind.ROUND, first=month(6)) is None


def test_what_is_hidden_beside_a_small_period_is_so_in_every_window(session, collection):
    for number, size in enumerate([15, 15, 1, 6, 15, 15], start=1):
        answer(session, collection, month(number), *crowd(size, size))
    tallying.tally_all(session, LONDON)
    months = dict(zip(range(1, 7), people(one(session, kind=PeriodKind.MONTH)), strict=True))
    assert (months[1], months[3], months[4]) == (30, None, None)
    for first, last in product(range(1, 7), repeat=2):
        if first <= last:
            found = one(session, kind=PeriodKind.MONTH, first=month(first), last=month(last))
            assert people(found) == [months[at] for at in range(first, last + 1)]


def follows(found, truth, *, of=lambda spot: spot.people.count):
    """What a reader of all pages knows by adding and subtracting: stretches with their truth.

    Args:
        found: series of all kinds of periods.
        truth: each day with what is counted on it; before the first and after the last is nobody.
    """
    beside = defaultdict(set)
    shown = [spot.period for series in found for spot in series.spots if of(spot) is not None]
    for period in shown:
        first, after = (
            min(max(day, min(truth)), max(truth) + DAY) for day in (period.first, period.last + DAY)
        )
        beside[first].add(after)
        beside[after].add(first)
    for start in list(beside):
        seen, wave = {start}, [start]
        while wave:
            wave = [to for each in wave for to in beside[each] if to not in seen]
            seen.update(wave)
        for after in (other for other in seen if start < other):
            yield sum(count for day, count in truth.items() if start <= day < after)


SIZES = [15, 15, 15, 15, 2, 15, 15, 2, 15]  # few in May and in August


def test_months_quarters_and_cycles_leave_no_small_month(session, collection):
    truth = {month(number): 2 * size for number, size in enumerate(SIZES, start=1)}
    for day, size in truth.items():
        answer(session, collection, day, *crowd(size // 2, size // 2))
    tallying.tally_all(session, LONDON)
    found = [one(session, kind=kind) for kind in SPANS]
    assert people(one(session)).count(30) >= 6
    assert {count for count in follows(found, truth) if count} and not [
        count for count in follows(found, truth) if 0 < count < 5
    ]


def test_few_on_a_side_do_not_follow_either(session, collection):
    sides = [(15, 15)] * 4 + [(28, 2)] + [(15, 15)] * 2 + [(28, 2)] + [(15, 15)]
    for number, each in enumerate(sides, start=1):
        answer(session, collection, month(number), *crowd(*each))
    tallying.tally_all(session, LONDON)
    found = [one(session, kind=kind) for kind in SPANS]
    unhappy = {month(number): few for number, (_, few) in enumerate(sides, start=1)}
    known = list(follows(found, unhappy, of=lambda spot: spot.hits.count))
    assert known and not [count for count in known if 0 < count < 5]


def test_the_days_between_a_month_s_end_and_a_cycle_s_are_no_few_people(session, collection):
    truth = {CYCLES_FROM + timedelta(days=at): 2 for at in range(84)}
    for day in truth:
        answer(session, collection, day, *crowd(1, 1))
    tallying.tally_all(session, LONDON)
    found = [one(session, kind=kind) for kind in SPANS]
    assert people(one(session)) == [56] * 3
    # Two people on 1 March, between the cycle that ends then and the month that begins.
    assert not [count for count in follows(found, truth) if 0 < count < 5]


def test_audiences_less_each_other_leave_no_small_one(session, collection, now):
    of = edition(session, now)
    young = opened(session, now, "oak22", of=of, audience=Audience.YOUNG_PERSON)
    workers = opened(session, now, "elm33", of=of, audience=Audience.PRACTITIONER)
    for number in range(1, 7):
        answer(session, collection, month(number), *crowd(15, 15))
        answer(session, young, month(number), *crowd(10, 10))
    answer(session, workers, month(3), *crowd(1, 1))
    tallying.tally_all(session, LONDON)
    whole = one(session, kind=PeriodKind.MONTH).spots[2].people.count
    parts = [
        one(session, kind=PeriodKind.MONTH, audience=each).spots[2].people.count
        for each in (Audience.PARENT, Audience.YOUNG_PERSON)
    ]
    assert whole == 52 and None in parts


def test_a_group_of_everybody_less_that_of_an_audience_is_not_small(session, collection, now):
    of = edition(session, now)
    young = opened(session, now, "oak22", of=of, audience=Audience.YOUNG_PERSON)
    for number in range(1, 7):
        answer(session, collection, month(number), *crowd(15, 15, area="north"))
        answer(session, collection, month(number), *crowd(15, 15, area="south"))
        answer(session, young, month(number), *crowd(1, 1, area="north"))
        answer(session, young, month(number), *crowd(15, 15, area="south"))
    tallying.tally_all(session, LONDON)
    whole = people(group(session, "area", "north", kind=PeriodKind.MONTH))
    parents = group(session, "area", "north", kind=PeriodKind.MONTH, audience=Audience.PARENT)
    assert whole == [32] * 6
    assert people(parents) == [None] * 6


def test_a_group_s_figures_leave_no_small_month_of_it(session, collection):
    truth = {month(number): 2 * size for number, size in enumerate(SIZES, start=1)}
    for day, size in truth.items():
        answer(session, collection, day, *crowd(size // 2, size // 2, area="north"))
        for area in ("south", "east"):
            answer(session, collection, day, *crowd(15, 15, area=area))
    tallying.tally_all(session, LONDON)
    found = [group(session, "area", "north", kind=kind) for kind in SPANS]
    known = list(follows(found, truth))
    assert known and not [count for count in known if 0 < count < 5]


@pytest.mark.parametrize("kind", SPANS)
def test_large_periods_stay_in_sight_however_they_are_cut(session, collection, kind):
    for at in range(200):
        answer(session, collection, date(2026, 1, 5) + timedelta(days=at), *crowd(6, 6))
    tallying.tally_all(session, LONDON)
    assert None not in people(one(session, kind=kind))
