"""Control charts, p-charts and run charts against figures worked out elsewhere, and refusals."""

import random
from statistics import mean

import pytest
from golden_trends import LEFT_OUT, SERIES, SHARES

from feedback.analysis.trends import (
    Assurance,
    Refusal,
    State,
    control_chart,
    p_chart,
    run_chart,
)

SIGNS = {State.COMMON: ".", State.IMPROVEMENT: "+", State.CONCERN: "-", None: "g"}
BOTH_WAYS = {
    "outside": ("outside_high", "outside_low"),
    "near_limit": ("near_high", "near_low"),
    "shift": ("shift_high", "shift_low"),
    "trend": ("trend_up", "trend_down"),
    "two_of_three": ("two_of_three_high", "two_of_three_low"),
}
ONE_WAY = tuple(name for names in BOTH_WAYS.values() for name in names if "near" not in name)
STEADY = [50, 53, 48, 51, 47, 52, 49, 54, 50, 46, 51, 49, 50, 52, 48, 53]


def named(cases):
    return [pytest.param(*case[1:], id=case[0]) for case in cases]


def parts_of(chart):
    return [(p.first, p.last, p.mean, p.lower, p.upper) for p in chart.parts]


def close(found, due):
    assert len(found) == len(due)
    for ours, theirs in zip(found, due, strict=True):
        assert (
            ours == pytest.approx(theirs, abs=1e-6)
            if None not in theirs
            else ours[3:]
            == (
                None,
                None,
            )
        )


def states_of(chart):
    return "".join(SIGNS[state] for state in chart.states)


def flags_of(chart, names=ONE_WAY):
    return {name: list(getattr(chart, name)) for name in names if getattr(chart, name)}


@pytest.mark.parametrize(("values", "settings", "r", "nhs"), named(SERIES))
def test_means_limits_and_signals_are_those_of_each_convention(values, settings, r, nhs):
    chart = control_chart(values, convention="r", **settings)
    close(parts_of(chart), r["parts"])
    assert states_of(chart) == r["states"]
    both = {
        name: sorted({*getattr(chart, high), *getattr(chart, low)})
        for name, (high, low) in BOTH_WAYS.items()
    }
    assert {name: places for name, places in both.items() if places} == r["flags"]

    chart = control_chart(values, **settings)
    close(parts_of(chart), nhs["parts"])
    assert states_of(chart) == nhs["states"]
    assert flags_of(chart) == nhs["flags"]
    assert chart.assurance == nhs["assurance"]


@pytest.mark.parametrize(("values", "settings", "nhs"), named(LEFT_OUT))
def test_ghosted_points_are_bridged_and_trends_go_on_across_a_rebase(values, settings, nhs):
    chart = control_chart(values, **settings)
    close(parts_of(chart), nhs["parts"])
    assert states_of(chart) == nhs["states"]
    assert flags_of(chart) == nhs["flags"]


def test_a_missing_value_is_as_a_ghosted_one():
    values = [*STEADY[:6], 900, *STEADY[6:]]
    ghosted = control_chart(values, improvement="increase", ghosted=[7])
    for nothing in (None, float("nan")):
        values[6] = nothing
        assert control_chart(values, improvement="increase") == ghosted


def test_shift_scale_and_mirror_leave_signals_as_they_are():
    chance = random.Random(5)
    for _ in range(1_000):
        values = [round(chance.gauss(50, 4), 2) for _ in range(chance.randint(15, 40))]
        for at in range(chance.randint(0, len(values)), len(values)):
            values[at] += chance.choice([0, 9])
        chart = control_chart(values, improvement="increase")
        by, far = chance.choice([0.01, 3, 1e4]), chance.choice([-1e5, 0.3, 777])
        moved = control_chart([value * by + far for value in values], improvement="increase")
        assert flags_of(moved) == flags_of(chart)
        assert moved.states == chart.states
        mirrored = control_chart([-value for value in values], improvement="decrease")
        assert mirrored.states == chart.states
        assert mirrored.outside_low == chart.outside_high
        assert mirrored.trend_up == chart.trend_down


def test_the_last_point_of_a_steady_series_seldom_says_anything():
    chance = random.Random(7)
    last = anything = 0
    for _ in range(1_000):
        chart = control_chart([chance.gauss(0, 1) for _ in range(60)], improvement="neither")
        last += chart.last_state is not State.COMMON
        anything += bool(flags_of(chart))
    assert last <= 30  # about 16 in a thousand, and three standard errors
    assert 250 <= anything <= 550  # why icons are those of the last point


@pytest.mark.parametrize(
    ("target", "improvement", "nhs", "r"),
    [
        (30, "increase", Assurance.PASS, Assurance.PASS),
        (30, "decrease", Assurance.FAIL, Assurance.FAIL),
        (70, "increase", Assurance.FAIL, Assurance.FAIL),
        (50, "increase", Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        ("upper", "increase", Assurance.FAIL, Assurance.HIT_OR_MISS),
        ("upper", "decrease", Assurance.PASS, Assurance.HIT_OR_MISS),
        ("lower", "increase", Assurance.PASS, Assurance.HIT_OR_MISS),
        (30, "neither", None, None),
    ],
)
def test_a_target_is_met_always_never_or_by_luck(target, improvement, nhs, r):
    for convention, due in (("nhs", nhs), ("r", r)):
        plain = {
            "improvement": improvement,
            "convention": convention,
            "screen_moving_ranges": False,
        }
        own = (
            getattr(control_chart(STEADY, **plain).parts[0], target)
            if target
            in (
                "upper",
                "lower",
            )
            else target
        )
        assert control_chart(STEADY, target=own, **plain).assurance is due


def test_a_point_that_is_better_and_worse_is_as_the_measure_says():
    values = [60, 60, 60, 61, 62, 60, 61, 59, 62, 60, *range(40, 48), 60, 61, 59]
    assert control_chart(values, improvement="increase").states[14] is State.CONCERN
    kinder = control_chart(values, improvement="increase", conflict="improvement")
    assert kinder.states[14] is State.IMPROVEMENT


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        (STEADY, None),
        (STEADY[:14], Refusal.TOO_SHORT),
        ([5.1] * 20, Refusal.CONSTANT),
        ([5] * 13 + [9] * 3, Refusal.NEARLY_CONSTANT),
        ([0.1 + 0.2, 0.3] * 9, Refusal.CONSTANT),
        ([7], Refusal.TOO_SHORT),
    ],
)
def test_where_the_sums_break_nothing_may_be_shown_and_words_say_why(values, refusal):
    chart = control_chart(values, improvement="increase")
    assert chart.refusal is refusal
    assert (chart.shown_state is None) is (refusal is not None)
    if refusal:
        assert refusal.words.endswith(".")


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ([], {}),
        ([None, None], {}),
        ([1, float("inf")], {}),
        (STEADY, {"improvement": "up"}),
        (STEADY, {"convention": "R"}),
        (STEADY, {"conflict": "both"}),
        (STEADY, {"baseline": 11}),
        (STEADY, {"baseline": 0}),
        (STEADY, {"baseline": -3}),
        (STEADY, {"ghosted": [0]}),
        (STEADY, {"ghosted": range(1, 17)}),
        (STEADY, {"rebase_before": [1]}),
        (STEADY, {"rebase_before": [17]}),
        (STEADY, {"rebase_before": [5], "ghosted": range(5, 17)}),
    ],
)
def test_what_is_no_series_is_refused(values, wrong):
    with pytest.raises(ValueError, match=r"\w+ \w+ \w+"):
        control_chart(values, **{"improvement": "increase", **wrong})


# Shares


@pytest.mark.parametrize(("counts", "bases", "centre", "due", "sigma_z"), named(SHARES))
def test_shares_have_the_limits_of_their_bases(counts, bases, centre, due, sigma_z):
    for method, (lower, upper, outside) in due.items():
        chart = p_chart(counts, bases, method=method)
        assert (chart.centre, chart.lower[0], chart.upper[0]) == pytest.approx(
            (centre, lower, upper), abs=1e-6
        )
        assert list(chart.outside) == outside
        assert chart.sigma_z == pytest.approx(sigma_z, abs=1e-6)


def test_only_large_bases_that_vary_more_than_chance_get_wider_limits():
    methods = [p_chart(case[1], case[2]).method for case in SHARES]
    assert methods == ["p", "p", "p_prime"]


def test_a_base_of_nobody_has_no_share_and_no_limits():
    chart = p_chart([3, 0, 4], [10, 0, 10])
    assert (chart.shares[1], chart.lower[1], chart.upper[1]) == (None, None, None)
    assert chart.outside == ()


def test_all_or_none_has_no_spread_and_flags_nothing():
    for counts in ([10] * 15, [0] * 15):
        chart = p_chart(counts, [10] * 15)
        assert chart.outside == ()
        assert chart.sigma_z is None
    high = p_chart([29, 30, 30, 29] * 4, [30] * 16)
    assert high.cannot_signal_up
    assert max(high.upper) == 1


@pytest.mark.parametrize(
    ("counts", "bases", "method"),
    [
        ([1], [1, 2], "auto"),
        ([3], [2], "auto"),
        ([-1], [2], "auto"),
        ([0], [0], "p"),
        ([1], [2], "u"),
    ],
)
def test_what_is_no_share_is_refused(counts, bases, method):
    with pytest.raises(ValueError, match=r"\w+ \w+ \w+"):
        p_chart(counts, bases, method=method)


# Runs


def test_a_run_chart_has_a_median_shifts_and_trends():
    values = [5, 6, 4, 7, 5, 9, 9, 8, None, 10, 9, 8, 4, 3, 2, 1, 0]
    chart = run_chart(values)
    assert chart.median == 5.5
    assert chart.shift_high == (6, 7, 8, 10, 11, 12)
    assert chart.shift_low == ()
    assert chart.trend_down == (10, 11, 12, 13, 14, 15, 16, 17)


def test_points_on_the_median_neither_break_nor_lengthen_a_run():
    chart = run_chart([1, 1, 1, 5, 9, 9, 9, 5, 9, 9, 9, 1, 1, 1])
    assert chart.shift_high == (5, 6, 7, 9, 10, 11)


@pytest.mark.parametrize("values", [[], [None], [1, float("nan")]])
def test_a_run_chart_of_nothing_is_refused(values):
    with pytest.raises(ValueError, match="values"):
        run_chart(values)


def test_forty_steady_charts_show_at_most_one_false_icon():
    chance = random.Random(11)
    icons = [
        sum(
            control_chart(
                [chance.gauss(80, 5) for _ in range(24)], improvement="increase"
            ).shown_state
            is not State.COMMON
            for _ in range(40)
        )
        for _ in range(100)
    ]
    assert mean(icons) <= 1
