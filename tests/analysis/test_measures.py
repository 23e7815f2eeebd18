import statistics
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.measures import mean, summarise, wilson_interval


@pytest.mark.parametrize(
    ("successes", "trials", "lower", "upper"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_interval_agrees_with_the_published_table(successes, trials, lower, upper):
    # Newcombe (1998), table I, method 3
    assert wilson_interval(successes, trials) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize(
    ("successes", "trials", "lower", "upper"),
    [
        (0, 1, 0.0, 0.79345069),
        (5, 5, 0.56551754, 1.0),
        (7, 10, 0.39677815, 0.89220873),
        (45, 60, 0.6276793, 0.84223477),
        (180, 300, 0.5436366, 0.65383481),
    ],
)
def test_wilson_interval_agrees_with_another_programme(successes, trials, lower, upper):
    assert wilson_interval(successes, trials) == pytest.approx((lower, upper), abs=1e-8)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_interval_holds_the_share_and_mirrors(case):
    successes, trials = case
    lower, upper = wilson_interval(successes, trials)
    mirrored = wilson_interval(trials - successes, trials)

    assert 0 <= lower <= successes / trials <= upper <= 1
    assert (1 - upper, 1 - lower) == pytest.approx(mirrored, abs=1e-12)


def test_wilson_interval_is_wider_when_we_want_to_be_surer():
    narrow, wide = wilson_interval(7, 10, 0.8), wilson_interval(7, 10, 0.99)

    assert wide.lower < narrow.lower < narrow.upper < wide.upper


def test_no_answers_say_nothing_either_way():
    assert all(isnan(bound) for bound in wilson_interval(0, 0))
    assert isnan(mean([]))
    nothing = summarise({1: 0, 2: 0}, top={2})
    assert nothing.answers == 0
    assert isnan(nothing.mean) and isnan(nothing.top_share) and isnan(nothing.top_interval.lower)


@pytest.mark.parametrize("case", [(5, 4), (-1, 4), (0, -1)])
def test_an_interval_of_impossible_counts_is_refused(case):
    with pytest.raises(ValueError, match="successes <= trials"):
        wilson_interval(*case)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_that_is_none_is_refused(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson_interval(1, 2, confidence)


def test_a_mean_is_taken_of_numbers_only():
    assert mean([1, 2, 4.5]) == 2.5
    with pytest.raises(ValueError, match="finite"):
        mean([1, float("nan")])


def test_five_faces_come_to_a_mean_a_median_and_a_share_of_happy():
    got = summarise({1: 2, 2: 3, 3: 10, 4: 30, 5: 15}, top={4, 5})

    assert (got.answers, got.median, got.lowest, got.highest) == (60, 4, 1, 5)
    assert got.mean == pytest.approx(233 / 60)
    assert got.top_share == 0.75
    assert got.top_interval == pytest.approx((0.6276793, 0.84223477), abs=1e-8)


def test_a_summary_without_a_top_box_leaves_its_share_open():
    got = summarise({0: 1, 10: 3})

    assert got.mean == 7.5
    assert isnan(got.top_share)
    assert isnan(got.top_interval.upper)


def test_a_negative_count_of_people_is_refused():
    with pytest.raises(ValueError, match="fewer than 0"):
        summarise({1: -1}, top={1})


@given(st.dictionaries(st.integers(0, 10), st.integers(0, 30)).filter(lambda c: any(c.values())))
def test_a_summary_of_counts_equals_that_of_the_answers_one_by_one(counts):
    answers = [point for point, people in counts.items() for _ in range(people)]
    got = summarise(counts, top={9, 10})

    assert got.mean == pytest.approx(statistics.fmean(answers))
    assert got.median == statistics.median(answers)
    assert (got.lowest, got.highest) == (min(answers), max(answers))
    assert got.top_share == pytest.approx(sum(a >= 9 for a in answers) / len(answers))
