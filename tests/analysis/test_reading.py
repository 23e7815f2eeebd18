"""Which chart a measure gets, what its last point says, and where nothing may be said."""

import random
from dataclasses import replace

import numpy as np
import pytest

from feedback.analysis.trends import Assurance, Chart, Refusal, State, Taken, read
from feedback.analysis.trends.stretches import FEWEST

# Per cent of 200 people, who go up and down as chance has it.
STEADY = (50, 53, 48, 51, 47, 52, 49, 54, 50, 46, 51, 49, 50, 52, 48, 53)
COMMON, BETTER, WORSE = State.COMMON, State.IMPROVEMENT, State.CONCERN


def shares(per_cent, people=200):
    """One entry for each per cent; None stays None. `people` may be one number or many."""
    bases = [people] * len(per_cent) if isinstance(people, int) else people
    return [
        None if each is None else Taken(n, round(each * n / 100))
        for each, n in zip(per_cent, bases, strict=True)
    ]


def means(values, people=30):
    return [None if each is None else Taken(people, each * people) for each in values]


def told(taken, **more):
    return read(taken, **{"shares": True, "improvement": "increase", **more})


def says(reading):
    """What of a reading a page makes words and icons of."""
    return reading.chart, reading.now, reading.refusal


# Which chart


@pytest.mark.parametrize(
    ("taken", "chart"),
    [
        (shares(STEADY[:14]), Chart.RUN),
        (shares(STEADY[:15]), Chart.CONTROL),
        (shares(STEADY[:14], [200] * 13 + [120]), Chart.RUN),
        (shares(STEADY[:15], [200] * 14 + [120]), Chart.PROPORTION),
        (shares(STEADY[:15], [200] * 14 + [149]), Chart.CONTROL),
        (shares(STEADY[:15], [200] * 14 + [146]), Chart.PROPORTION),
        (shares(STEADY[:15], [200] * 14 + [270]), Chart.PROPORTION),
        (shares([*STEADY[:14], None]), Chart.RUN),
        (shares([*STEADY[:14], None, 50]), Chart.CONTROL),
    ],
)
def test_a_share_gets_the_chart_that_fits_its_points_and_bases(taken, chart):
    assert told(taken).chart is chart


@pytest.mark.parametrize(("points", "chart"), [(14, Chart.RUN), (15, Chart.CONTROL)])
def test_a_mean_gets_a_control_chart_however_its_bases_differ(points, chart):
    taken = [Taken(10 + 9 * at, 7.5 * (10 + 9 * at) + at % 3) for at in range(points)]
    assert read(taken, shares=False, spread=2, improvement="increase").chart is chart


def test_a_ghosted_point_is_not_counted_towards_the_fifteen():
    assert told(shares(STEADY[:15]), ghosted=[3]).chart is Chart.RUN
    assert told(shares(STEADY[:15], [200] * 14 + [99]), ghosted=[15]).chart is Chart.RUN
    assert told(shares(STEADY, [200] * 15 + [99]), ghosted=[16]).chart is Chart.CONTROL


# What the last point says


@pytest.mark.parametrize(
    ("improvement", "looks"),
    [
        ("increase", (WORSE, BETTER)),
        ("decrease", (BETTER, WORSE)),
        ("neither", (State.NEITHER,) * 2),
    ],
)
@pytest.mark.parametrize(
    "bases", [[200] * 13, [200] * 20, [200] * 19 + [120]], ids=["run", "control", "proportion"]
)
def test_what_is_better_depends_on_which_way_is(improvement, looks, bases):
    steady = [*STEADY, *STEADY][: len(bases) - 4]
    for by, look in zip((-20, 20), looks, strict=True):
        moved = [*steady, *(50 + by + more for more in (1, 0, -1, 0))]
        reading = told(shares(moved, bases), improvement=improvement)
        assert reading.now is look
        assert set(reading.states[reading.since - 1 :]) == {look}
        if look is not State.NEITHER:  # which has no two sides that could be told apart
            assert reading.since == len(steady) + 1


def test_a_fall_that_is_over_stands_in_the_picture_and_not_in_the_last_point():
    reading = told(shares([58, 59, 57, 58, 60, 57, 45, 46, 47, 61, 62, 63, 62]))

    assert reading.now is COMMON and reading.since is None
    assert (reading.moved.first, reading.moved.last) == (7, 9)
    assert reading.states == (*[COMMON] * 6, *[WORSE] * 3, *[COMMON] * 4)


def test_a_run_of_signals_goes_on_across_a_gap():
    low = [38, 39, None, 38, 37, 39, 38, 37]
    reading = told(shares([*STEADY, *low]))
    assert reading.now is WORSE
    assert reading.since == len(STEADY) + 1


def test_where_it_began_is_not_before_the_new_start():
    falling = [*STEADY, *range(44, 20, -1)]
    assert told(shares(falling)).since < 30
    reading = told(shares(falling), rebase_before=[30])
    assert (reading.now, reading.since) == (WORSE, 30)


# Where nothing may be said


@pytest.mark.parametrize(
    ("taken", "refusal"),
    [
        pytest.param(shares([50] * 20), Refusal.CONSTANT, id="constant"),
        pytest.param(shares([100] * 20), Refusal.CONSTANT, id="all"),
        pytest.param(shares([0] * 20), Refusal.CONSTANT, id="none"),
        pytest.param(shares([100] * 20, [30, 90] * 10), Refusal.CONSTANT, id="all, uneven"),
        pytest.param(shares([50] * 20, [30, 90] * 10), Refusal.CONSTANT, id="constant, uneven"),
        pytest.param(shares([50] * 8), Refusal.CONSTANT, id="constant, short"),
        pytest.param(shares([100] * 8), Refusal.CONSTANT, id="all, short"),
        pytest.param(
            shares([50] * 13 + [90] * 3), Refusal.NEARLY_CONSTANT, id="constant then jump"
        ),
        pytest.param(shares(STEADY[:5]), Refusal.TOO_SHORT, id="five points"),
        pytest.param(shares([50]), Refusal.TOO_SHORT, id="one point"),
        pytest.param(shares([*[None] * 20, 50]), Refusal.TOO_SHORT, id="one point and gaps"),
    ],
)
def test_nothing_is_said_where_the_sums_do_not_carry(taken, refusal):
    reading = told(taken)

    assert (reading.now, reading.since, reading.refusal) == (None, None, refusal)
    assert set(reading.states) == {None}
    assert reading.moved is None and reading.assurance is None


@pytest.mark.parametrize("spread", [None, 0.0])
def test_a_mean_that_everybody_agrees_on_cannot_be_judged_by_chance(spread):
    taken = means([7, 7, 7, 3, 3, 3])
    reading = read(taken, shares=False, spread=spread, improvement="increase")
    assert (reading.now, reading.refusal) == (None, Refusal.NEARLY_CONSTANT)
    judged = read(taken, shares=False, spread=1.0, improvement="increase")
    assert (judged.now, judged.since) == (WORSE, 4)


def test_under_fifteen_points_there_are_no_limits():
    reading = told(shares(STEADY[:14]), target=50)
    assert {(span.lower, span.upper) for span in reading.spans} == {(None, None)}
    assert set(reading.limits) == {None}
    assert reading.assurance is None
    assert reading.spans[0].middle == pytest.approx(0.5)


def test_a_share_near_one_cannot_signal_upwards_and_its_limit_is_drawn_at_one():
    high = [97, 99, 96, 98, 99, 95, 98, 97, 99, 96, 98, 97, 99, 96, 98]
    reading = told(shares(high))
    assert reading.cannot_signal_up and not reading.cannot_signal_down
    assert reading.spans[-1].upper == 1
    low = told(shares([100 - each for each in high]), improvement="decrease")
    assert low.cannot_signal_down and not low.cannot_signal_up
    assert low.spans[-1].lower == 0
    middle = told(shares(STEADY))
    assert not middle.cannot_signal_up and not middle.cannot_signal_down
    uneven = told(shares(high, [60, 140, *[100] * 13]))
    assert uneven.chart is Chart.PROPORTION and uneven.cannot_signal_up
    assert max(upper for _, upper in uneven.limits) == 1


def test_a_mean_near_its_end_is_not_cut():
    reading = read(
        means([0.2, 0.9, 0.1, 0.8, 0.3] * 3), shares=False, spread=1, improvement="increase"
    )
    assert reading.spans[0].lower < 0
    assert reading.spans[0].upper > 1
    assert not reading.cannot_signal_up and not reading.cannot_signal_down


def test_a_real_fall_of_many_people_is_found_where_bases_differ():
    bases = [12, 200, 15, 180, 10, 220, 14, 190, 11, 210, 13, 200, 12, 200, 200]
    fell = [75, 80, 60, 80, 90, 81, 71, 79, 82, 80, 69, 80, 83, 81, 60]
    reading = told(shares(fell, bases))
    assert says(reading) == (Chart.PROPORTION, WORSE, None)
    assert reading.since == 15
    widths = [upper - lower for lower, upper in reading.limits]
    assert min(widths[::2][:-1]) > max(widths[1::2])  # fewer people, wider limits


def test_a_small_lasting_fall_is_found_where_bases_differ_as_where_they_do_not():
    fell = [*STEADY, *[44, 46, 45, 44, 46, 45, 44]]
    for bases in ([70] * 23, [55, 90] + [70] * 21):
        reading = told(shares(fell, bases))
        assert reading.now is WORSE
        assert reading.since == 17
    six = told(shares(fell[:-1], [55, 90] + [70] * 20))
    assert says(six) == (Chart.PROPORTION, COMMON, None)


def test_large_bases_that_always_wander_flag_nothing():
    wave = [80, 84, 77, 82, 86, 79, 83, 76, 81, 85, 78, 82, 80, 85, 76]
    bases = [5_000, 9_000, 4_000] * 5
    assert told(shares(wave, bases)).now is COMMON
    few = told(shares(wave, [50, 90, 40] * 5))
    assert few.now is COMMON
    fewer_people_wander_as_far = told(shares(wave, [400, 700, 300] * 5))
    assert {*fewer_people_wander_as_far.states} > {COMMON}  # of them it would be a signal


def test_a_few_tiny_bases_make_no_signal_of_one_person():
    tiny = [Taken(10, 9), Taken(12, 11), Taken(10, 8), Taken(15, 13), Taken(10, 9), Taken(11, 9)]
    reading = told([*tiny, *tiny, Taken(10, 7)])
    assert says(reading) == (Chart.RUN, COMMON, None)


# Another scale


def test_what_came_before_another_scale_counts_for_nothing_after():
    before, after = [90] * 8, list(STEADY)
    reading = told(shares([*before, *after]), broken_before=[9])
    alone = told(shares(after))

    assert reading.states == (*[None] * 8, *alone.states)
    assert says(reading) == says(alone)
    assert [span.joined for span in reading.spans] == [True, False]
    assert (reading.spans[0].first, reading.spans[0].last) == (1, 8)
    assert reading.spans[0].middle == pytest.approx(0.9)
    assert reading.spans[1] == replace(alone.spans[0], first=9, last=24, joined=False)
    # A change before the break is no matter; one after it is placed as the whole series counts.
    fell = told(shares([*before, *[60] * 5, 61, *[40] * 4]), broken_before=[9], rebase_before=[4])
    assert (fell.now, fell.since) == (WORSE, 15)
    assert (fell.moved.first, fell.moved.last) == (15, 18)


def test_after_another_scale_it_is_too_early_again():
    reading = told(shares([*STEADY, *STEADY, 10, 90]), broken_before=[33])
    assert says(reading) == (Chart.RUN, None, Refusal.TOO_SHORT)
    assert set(reading.states) == {None}


def test_a_scale_may_change_twice_and_have_no_figure():
    reading = told(shares([*STEADY, None, None, *STEADY]), broken_before=[17, 19])
    assert [(span.first, span.last, span.joined) for span in reading.spans] == [
        (1, 16, True),
        (17, 18, False),
        (19, 34, False),
    ]
    assert reading.spans[1].middle is None
    assert reading.now is COMMON
    last = told(shares([*STEADY, None]), broken_before=[17])
    assert says(last) == (Chart.RUN, None, Refusal.TOO_SHORT)
    assert len(last.states) == len(last.limits) == 17


def test_points_after_a_break_are_ghosted_where_they_stand():
    taken = shares([*[90] * 3, *STEADY, 5])
    reading = told(taken, broken_before=[4], ghosted=[2, 20])
    assert reading.states[19] is None
    assert reading.now is COMMON


# New starts


@pytest.mark.parametrize("bases", [[200] * 16, [200] * 15 + [120]], ids=["control", "proportion"])
@pytest.mark.parametrize("start", [1, 17, 40])
def test_a_new_start_with_nothing_before_or_after_it_is_passed_over(bases, start):
    taken = shares(STEADY, bases)
    assert told(taken, rebase_before=[start]) == told(taken)


@pytest.mark.parametrize("people", [200, [200] * 9 + [90] * 9])
def test_a_new_start_among_gaps_at_either_end_is_passed_over(people):
    taken = shares([None, None, *STEADY[:15], None], people)
    assert told(taken, rebase_before=[2, 3, 18]) == told(taken)
    # Of two with nothing between them the first counts.
    taken = shares([*STEADY[:8], None, *STEADY[:9]], people)
    assert told(taken, rebase_before=[9, 10]) == told(taken, rebase_before=[9])
    # What is set aside is nothing to begin with.
    whole = told(taken, ghosted=[1, 2])
    assert told(taken, ghosted=[1, 2], rebase_before=[2, 3]) == whole


def test_after_a_new_start_only_what_came_since_is_usual():
    lifted = [*STEADY, *(each + 30 for each in STEADY)]
    reading = told(shares(lifted), rebase_before=[17])
    assert reading.now is COMMON
    assert [round(100 * span.middle) for span in reading.spans] == [50, 80]
    assert told(shares(lifted)).now is BETTER
    short = told(shares([*STEADY[:6], *(each + 30 for each in STEADY[:6])]), rebase_before=[7])
    assert (short.now, short.moved) == (COMMON, None)
    assert [round(100 * span.middle) for span in short.spans] == [50, 80]


@pytest.mark.parametrize(
    "people",
    [[200] * 7, [200] * 16, [200] * 15 + [120]],
    ids=["run", "control", "proportion"],
)
@pytest.mark.parametrize("since", [1, 2, 5])
def test_after_a_new_start_it_is_too_early_until_there_are_six_points(people, since):
    """Nor is it called nearly the same, or a usual up and down."""
    points = len(people) - 1
    taken = shares([*([40, 52] * 10)[:points], 90], people)
    reading = told(taken, rebase_before=[len(people) - since + 1])
    assert (reading.now, reading.refusal) == (None, Refusal.TOO_SHORT)
    judged = told(shares(STEADY, [200] * 15 + [120]), rebase_before=[17 - FEWEST])
    assert judged.now is COMMON


# What does not count


@pytest.mark.parametrize("bases", [[200] * 17, [200] * 16 + [120], [200] * 9])
def test_a_ghosted_point_counts_for_nothing(bases):
    wild = [*STEADY[:4], 5, *STEADY[4:]][: len(bases)]
    reading, gap = (
        told(shares(values, bases), ghosted=ghosted)
        for values, ghosted in ((wild, [5]), ([*wild[:4], None, *wild[5:]], []))
    )
    assert reading.states == gap.states and reading.states[4] is None
    assert (reading.now, reading.moved, reading.spans) == (gap.now, gap.moved, gap.spans)


def test_where_the_last_point_does_not_count_the_one_before_speaks():
    reading = told(shares([*STEADY, *[40] * 7, 90]), ghosted=[24])
    assert (reading.now, reading.since) == (WORSE, 17)


def test_where_no_point_counts_nothing_is_said():
    reading = told(shares(STEADY[:3]), ghosted=[1, 2, 3])
    assert says(reading) == (Chart.RUN, None, Refusal.TOO_SHORT)
    assert reading.spans[0].middle is None


# Targets


@pytest.mark.parametrize(
    ("target", "improvement", "due"),
    [
        (0.2, "increase", Assurance.PASS),
        (0.8, "increase", Assurance.FAIL),
        (0.2, "decrease", Assurance.FAIL),
        (0.5, "increase", Assurance.HIT_OR_MISS),
        ("lower", "increase", Assurance.PASS),
        ("upper", "increase", Assurance.FAIL),
        ("upper", "decrease", Assurance.PASS),
        ("lower", "decrease", Assurance.FAIL),
        (None, "increase", None),
    ],
)
def test_a_target_on_a_limit_is_met_or_missed_for_good(target, improvement, due):
    span = told(shares(STEADY)).spans[-1]
    own = getattr(span, target) if isinstance(target, str) else target
    assert told(shares(STEADY), target=own, improvement=improvement).assurance is due


def test_the_other_convention_calls_a_target_on_a_limit_luck():
    upper = told(shares(STEADY), convention="r").spans[-1].upper
    assert told(shares(STEADY), target=upper, convention="r").assurance is Assurance.HIT_OR_MISS


# What is no series


@pytest.mark.parametrize("taken", [[], [None], [None] * 20, [Taken(0, 0)], [Taken(-1, 0), None]])
def test_nothing_at_all_is_refused(taken):
    with pytest.raises(ValueError, match=r"\w+ \w+ \w+"):
        told(taken)


@pytest.mark.parametrize("points", [1, 5, 6, 14, 15, 24, 60])
def test_every_point_has_its_state_and_its_limits(points):
    chance = random.Random(points)
    for _ in range(40):
        taken = [
            Taken(n := chance.randint(10, 90), chance.randint(0, n))
            if chance.random() < 0.9
            else None
            for _ in range(points)
        ]
        if not any(taken):
            continue
        places = range(1, points + 1)
        reading = told(
            taken,
            ghosted=[at for at in places if chance.random() < 0.1],
            rebase_before=[at for at in places if chance.random() < 0.1],
            broken_before=[at for at in places if chance.random() < 0.05],
        )
        assert len(reading.states) == len(reading.limits) == points
        assert reading.spans[0].first == 1 and reading.spans[-1].last == points
        assert all(
            after.first == before.last + 1
            for before, after in zip(reading.spans, reading.spans[1:], strict=False)
        )
        assert all(state is None or one for state, one in zip(reading.states, taken, strict=True))
        assert (reading.now is None) == (reading.refusal is not None)
        assert reading.now not in (BETTER, WORSE) or reading.since is not None


@pytest.mark.parametrize("points", [60, 24, 13])
@pytest.mark.parametrize("bases", [(55, 96), (70, 81)], ids=["uneven", "alike"])
def test_of_forty_steady_charts_one_at_the_most_looks_moved(points, bases):
    chance = np.random.default_rng(points)
    pages, charts, looked = 100, 40, 0
    for people in chance.integers(*bases, (pages * charts, points)):
        hits = chance.binomial(people, chance.uniform(0.3, 0.8))
        taken = [Taken(n, x) for n, x in zip(people.tolist(), hits.tolist(), strict=True)]
        looked += told(taken).now is not COMMON

    assert looked / pages <= 1
    assert looked / pages > 0.05  # else the charts would see nothing
