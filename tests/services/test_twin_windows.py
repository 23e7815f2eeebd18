"""Young people and parents in days that somebody chooses: whole periods, nobody given away."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations_with_replacement
from random import Random
from zoneinfo import ZoneInfo

import pytest
from followed import edition, opened, send

from feedback.queries import trends as stored
from feedback.queries.surveys import Editions
from feedback.services import tallying, twinning
from feedback.services.trending import CYCLES_FROM, Window
from feedback.vocabulary import Audience, PeriodKind

THRESHOLD = 5
CYCLE = timedelta(days=28)
YOUNG, PARENTS = Audience.YOUNG_PERSON, Audience.PARENT


def noon(day):
    return datetime.combine(day, time(12), UTC)


def crowd(happy, other, unknown=0):
    """So many with one of the two best answers, with another, and who do not know.

    Few choose the face in the middle, so that it is the one hidden beside "I don't know".
    """
    best = [{"face": "45"[at % 2]} for at in range(happy)]
    rest = [{"face": "112231"[at % 6]} for at in range(other)]
    return best + rest + [{"face": "?"}] * unknown


@pytest.fixture
def of(officer, session, now):
    """One measure that both are asked, as its own twin; opens a collection of it."""
    made, codes = edition(session, now), iter(range(11, 99))
    number = stored.measure(session, "happy").id
    twinning.join(session, number, number, by=officer.id, now=now)
    return lambda audience: opened(session, now, f"ash{next(codes)}", of=made, audience=audience)


def tally(session):
    tallying.tally_all(session, ZoneInfo("Europe/London"))


def look(session, **window):
    (found,) = twinning.pairs(session, Editions(), THRESHOLD, Window(**window))
    return found


def sides(side):
    """How many gave one of the best answers, and how many another one."""
    return side.hits, side.given - side.hits


@pytest.fixture
def steady(session, of):
    """Four cycles of young people and of parents, each cycle with shares of its own."""
    young, parents = of(YOUNG), of(PARENTS)
    for at in range(4):
        day = noon(CYCLES_FROM + at * CYCLE + timedelta(days=13))
        send(session, young, day, crowd(10 + at, 20))
        send(session, parents, day, crowd(20, 10 + at))
    tally(session)


def test_days_count_with_the_whole_period_that_they_are_in(session, steady):
    second = CYCLES_FROM + CYCLE
    found = look(session, first=second + timedelta(days=20), last=second + CYCLE)

    assert sides(found.young) == (11 + 12, 40)
    assert sides(found.parent) == (40, 11 + 12)
    assert [period.first for period in found.young.periods] == [second, second + CYCLE]
    assert found.young.left_out == 0
    assert found == look(session, first=second, last=second + 2 * CYCLE - timedelta(days=1))


def test_without_days_all_that_stands_on_the_results_pages_counts(session, steady):
    assert sides(look(session).young) == (46, 80)
    assert look(session, kind=PeriodKind.MONTH, audience=PARENTS) == look(session)
    assert look(session).young.periods == ()


def test_where_nobody_answered_in_these_days_there_is_no_share(session, steady):
    found = look(session, last=date(2020, 1, 1))
    assert (found.young.share, found.young.question, found.verdict) == (None, None, None)
    assert look(session, kind=PeriodKind.ROUND, last=date(2020, 1, 1)).parent.share is None


def test_the_question_is_the_one_that_was_asked_in_these_days(session, of, steady, now):
    later = edition(session, now, name="later", kind="agreement")
    collection = opened(session, now, "elm11", of=later, audience=YOUNG)
    send(session, collection, noon(CYCLES_FROM + 6 * CYCLE), crowd(20, 20))
    tally(session)

    assert look(session, first=CYCLES_FROM + 5 * CYCLE).young.question.kind.value == "agreement"
    assert look(session, last=CYCLES_FROM + 3 * CYCLE).young.question.kind.value == "faces"


def test_rounds_count_as_a_whole_and_a_small_one_is_left_out(session, of):
    first, second, small = of(YOUNG), of(YOUNG), of(YOUNG)
    send(session, first, noon(date(2026, 2, 2)), crowd(20, 20))
    send(session, second, noon(date(2026, 4, 2)), crowd(10, 20))
    send(session, second, noon(date(2026, 5, 2)), crowd(10, 20))
    send(session, small, noon(date(2026, 5, 3)), crowd(3, 3))
    tally(session)
    found = look(session, kind=PeriodKind.ROUND, first=date(2026, 5, 1)).young

    assert sides(found) == (20, 40)
    assert (len(found.periods), found.left_out) == (1, 1)
    assert sides(look(session).young) == (40, 60)


def test_how_few_do_not_know_is_not_what_all_periods_leave_of_all_days(session, of):
    young = of(YOUNG)
    for at in range(4):
        day = noon(CYCLES_FROM + at * CYCLE + timedelta(days=13))
        send(session, young, day, crowd(10 + at, 20, 1))
    tally(session)
    everything, window = look(session).young, look(session, first=CYCLES_FROM).young

    assert everything.given == 130
    assert sides(window) == sides(everything)  # and not 126
    assert (len(window.periods), window.left_out) == (4, 0)
    assert sides(look(session, first=CYCLES_FROM + CYCLE).young) == (36, 60)


def test_what_a_small_collection_hides_in_a_period_is_not_had_from_all_days(session, of):
    young, small = of(YOUNG), of(YOUNG)
    for at, people in enumerate([(10, 20), (11, 20), (12, 21), (2, 10)]):
        day = noon(CYCLES_FROM + at * CYCLE + timedelta(days=13))
        send(session, young, day, crowd(*people))
    send(session, small, noon(CYCLES_FROM + 3 * CYCLE + timedelta(days=13)), crowd(4, 1))
    tally(session)
    everything = look(session).young
    assert sides(everything) == (35, 71)  # without the small collection, which no page shows

    for first, last in combinations_with_replacement(range(4), 2):
        days = {"first": CYCLES_FROM + first * CYCLE, "last": CYCLES_FROM + last * CYCLE}
        found = look(session, **days).young
        assert none_or_many(everything, found)  # of the last cycle 2 and 10 would be left
    assert look(session, last=CYCLES_FROM + 2 * CYCLE).young.left_out == 1


@pytest.mark.parametrize("kind", [PeriodKind.CYCLE, PeriodKind.MONTH, PeriodKind.TERM])
@pytest.mark.parametrize("seed", [1, 2])
def test_no_two_windows_differ_by_a_small_group(session, of, kind, seed):
    chance = Random(seed)
    young, parents = of(YOUNG), of(PARENTS)
    for collection in (young, parents):
        for _ in range(32):
            day = CYCLES_FROM + timedelta(days=chance.randrange(6 * 28))
            people = crowd(chance.randrange(7), chance.randrange(7), chance.randrange(2))
            send(session, collection, noon(day), people)
    tally(session)
    starts = [CYCLES_FROM + timedelta(days=29 * at) for at in range(6)]
    found = [
        look(session, kind=kind, first=first, last=last).young
        for first, last in combinations_with_replacement(starts, 2)
    ]
    whole = look(session, kind=kind).young
    assert whole.share and any(0 < each.given < whole.given for each in found)
    for one in found:
        assert none_or_many(whole, one)
        assert all(none_or_many(one, other) for other in found if within(other, one))


def none_or_many(one, other):
    """Nobody stands between two figures, or enough on each side."""
    left = [a - b for a, b in zip(sides(one), sides(other), strict=True)]
    return not any(left) or min(left) >= THRESHOLD


def within(one, other):
    return set(one.periods) <= set(other.periods)
