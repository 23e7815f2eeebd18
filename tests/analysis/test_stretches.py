"""A few points in a row that differ from the rest: found when planted, seldom when not."""

import random
from math import sqrt

import numpy as np
import pytest

from feedback.analysis.trends import stretch
from feedback.analysis.trends.stretches import (
    CRITICAL,
    CRITICAL_WIDER,
    FEWEST,
    LEAST,
    LEVEL,
    MOST,
    STEP,
    largest,
)

HALF = 0.5  # standard deviation of yes and no, where half say yes
# What families said in thirteen cycles: 58%, in cycles 7 to 9 46%, then 62%.
FELL = [0.58] * 6 + [0.46] * 3 + [0.62] * 4
BASES = [70, 64, 81, 75, 58, 66, 90, 72, 61, 77, 68, 83, 59]


def scores(values, bases, spread):
    """The largest score of each series, worked out all at once and not one by one."""
    count = values.shape[1]
    best = np.zeros(len(values))
    everybody, everything = bases.sum(axis=1), (values * bases).sum(axis=1)
    for first in range(count):
        for last in range(first + LEAST - 1, count):
            if count - (last - first + 1) < LEAST:
                continue
            n = bases[:, first : last + 1].sum(axis=1)
            total = (values * bases)[:, first : last + 1].sum(axis=1)
            gap = total / n - (everything - total) / (everybody - n)
            score = gap / (spread * np.sqrt(1 / n + 1 / (everybody - n)))
            best = np.maximum(best, np.abs(score))
    return best


def test_there_is_a_limit_for_each_number_of_points():
    assert list(CRITICAL) == list(range(FEWEST, MOST + 1))
    assert list(CRITICAL.values()) == sorted(CRITICAL.values())
    assert list(CRITICAL_WIDER) == list(CRITICAL)


@pytest.mark.parametrize("points", CRITICAL)
def test_one_steady_series_in_forty_goes_over_the_limit(points):
    many = 20_000
    chance = np.random.default_rng(points)
    found = scores(chance.normal(size=(many, points)), np.ones((many, points)), 1)

    # The share over the limit has a standard error of √(0.025 · 0.975 / 20,000) = 0.0011.
    assert (found > CRITICAL[points]).mean() == pytest.approx(LEVEL, abs=3 * 0.0011)
    # So the limit itself, drawn anew, is the same but for about 0.05.
    assert np.quantile(found, 1 - LEVEL) == pytest.approx(CRITICAL[points], abs=0.06)


@pytest.mark.parametrize("points", CRITICAL_WIDER)
def test_where_the_jumps_say_how_far_it_wanders_one_in_forty_goes_over_a_wider_limit(points):
    many = 20_000
    values = np.random.default_rng(points).normal(size=(many, points))
    wander = np.abs(np.diff(values, axis=1)).mean(axis=1) / STEP
    found = scores(values, np.ones((many, points)), 1) / wander

    assert (found > CRITICAL_WIDER[points]).mean() == pytest.approx(LEVEL, abs=3 * 0.0011)


def test_the_score_is_that_of_a_second_method():
    chance = np.random.default_rng(3)
    for points in (FEWEST, 9, MOST):
        values, bases = chance.normal(size=(50, points)), chance.integers(10, 90, (50, points))
        due = scores(values, bases, 2)
        for at in range(50):
            found = largest(list(values[at]), [int(n) for n in bases[at]], 2)[2]
            assert abs(found) == pytest.approx(due[at])


@pytest.mark.parametrize("points", [6, 10, 13])
def test_shares_of_a_month_s_families_are_seldom_taken_for_moved(points):
    many, taken = 9_000, 0
    chance = np.random.default_rng(points)
    for share in (0.3, 0.58, 0.9) * (many // 3):
        bases = chance.integers(55, 96, points)
        hits = chance.binomial(bases, share)
        middle = hits.sum() / bases.sum()
        found = stretch(list(hits / bases), bases.tolist(), sqrt(middle * (1 - middle)))
        taken += found is not None

    assert taken / many <= LEVEL + 2 * sqrt(LEVEL * (1 - LEVEL) / many)
    assert taken > many * LEVEL / 2  # else it would find nothing at all


def test_a_fall_that_was_planted_is_found_and_dated():
    found = stretch(FELL, BASES, HALF)

    assert (found.first, found.last) == (7, 9)
    assert found.inside == pytest.approx(0.46)
    assert 0.58 < found.outside < 0.62
    assert found.score < -CRITICAL[13]


def test_a_fall_of_real_answers_is_found_more_often_than_not():
    chance = np.random.default_rng(11)
    found = []
    for _ in range(400):
        hits = chance.binomial(BASES, FELL)
        found.append(stretch(list(hits / BASES), BASES, HALF))
    dated = [each for each in found if each and each.score < 0 and {7, 8, 9} & set(_in(each))]

    assert len(dated) > 0.5 * len(found)
    assert sum((each.first, each.last) == (7, 9) for each in dated) > 0.35 * len(dated)


def _in(found):
    return range(found.first, found.last + 1)


@pytest.mark.parametrize("by", [-0.3, 0.01, 5.0, 1e4])
@pytest.mark.parametrize("far", [-1e4, 0.0, 0.3])
def test_shift_scale_and_mirror_find_the_same_stretch(by, far):
    chance = random.Random(5)
    seen = 0
    for _ in range(60):
        bases = [chance.randint(10, 99) for _ in range(chance.randint(FEWEST, MOST))]
        values = [chance.gauss(0, 0.09) for _ in bases]
        found = stretch(values, bases, HALF)
        other = stretch([by * value + far for value in values], bases, abs(by) * HALF)
        assert (found is None) == (other is None)
        if found:
            seen += 1
            assert (other.first, other.last) == (found.first, found.last)
            sign = 1 if by > 0 else -1
            assert other.score == pytest.approx(sign * found.score, rel=1e-6)
            assert other.inside == pytest.approx(by * found.inside + far, rel=1e-6, abs=1e-6)
            assert other.outside == pytest.approx(by * found.outside + far, rel=1e-6, abs=1e-6)
    assert seen > 5


def test_large_groups_count_for_more_in_the_mean_of_a_stretch():
    found = stretch([0.5] * 6 + [0.9, 0.7, 0.8], [60] * 6 + [20, 60, 120], HALF)
    assert (found.first, found.last) == (7, 9)
    assert found.inside == pytest.approx((0.9 * 20 + 0.7 * 60 + 0.8 * 120) / 200)


def test_read_backwards_it_is_the_same_stretch_but_for_what_is_new():
    found = stretch(FELL[::-1], BASES[::-1], HALF)
    assert (found.first, found.last) == (5, 7)
    # A stretch at the beginning is told as what came after it.
    new = stretch([0.7] * 4 + [0.4] * 6, [60] * 10, HALF)
    old = stretch([0.4] * 6 + [0.7] * 4, [60] * 10, HALF)
    assert (new.first, new.last, new.inside) == (5, 10, pytest.approx(0.4))
    assert (old.first, old.last, old.inside) == (7, 10, pytest.approx(0.7))
    assert new.score < 0 < old.score


def test_one_point_that_sticks_out_is_no_stretch_of_its_own():
    found = stretch([0.5] * 5 + [0.95] + [0.5] * 5, [60] * 11, HALF)
    assert found is None or found.last - found.first + 1 >= LEAST
    assert stretch([0.5] * 4 + [0.6] + [0.5] * 4, [60] * 9, HALF) is None


def test_a_period_without_a_figure_is_passed_over():
    values, bases = [*FELL[:7], None, *FELL[7:]], [*BASES[:7], 0, *BASES[7:]]
    found = stretch(values, bases, HALF)
    assert (found.first, found.last) == (7, 10)
    assert found.score == stretch(FELL, BASES, HALF).score


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_what_never_moves_has_not_moved(value):
    assert stretch([value] * 13, BASES, HALF) is None


@pytest.mark.parametrize("spread", [0.0, -1.0, float("nan")])
def test_without_a_spread_nothing_can_be_said(spread):
    assert stretch(FELL, BASES, spread) is None


@pytest.mark.parametrize("points", [0, 1, 5, 15, 60])
def test_too_few_points_and_too_many_are_not_judged(points):
    steps = [0.2] * (points // 2) + [0.8] * (points - points // 2)
    assert stretch(steps, [90] * points, HALF) is None


@pytest.mark.parametrize("points", [FEWEST, MOST])
def test_as_many_points_as_it_takes_are_judged(points):
    steps = [0.2] * (points // 2) + [0.8] * (points - points // 2)
    found = stretch(steps, [90] * points, HALF)
    assert (found.first, found.last) == (points // 2 + 1, points)


def test_points_that_are_not_there_do_not_make_it_long_enough():
    assert stretch([0.2, 0.2, 0.2, None, 0.8, 0.8], [90] * 6, HALF) is None


@pytest.mark.parametrize("points", [6, 10, 13])
def test_large_groups_that_jump_more_than_chance_lets_them_are_seldom_taken_for_moved(points):
    many, taken, spread = 2_000, 0, sqrt(0.24)
    chance = np.random.default_rng(points)
    for _ in range(many):
        bases = chance.integers(4_000, 6_000, points)
        true = chance.normal(0.6, 0.03, points)  # four times as far as chance moves so many people
        hits = chance.binomial(bases, true)
        taken += stretch((hits / bases).tolist(), bases.tolist(), spread) is not None

    assert taken / many <= LEVEL + 2 * sqrt(LEVEL * (1 - LEVEL) / many)
    wave = [0.6, 0.55, 0.63, 0.57, 0.64, 0.66, 0.61, 0.67, 0.58, 0.54, 0.59, 0.56]
    assert stretch(wave, [5_000] * 12, spread) is None
    # By the spread of single people alone it would have been taken for moved.
    assert abs(largest(wave, [5_000] * 12, spread)[2]) > CRITICAL[12]


def test_large_groups_that_really_fell_are_found():
    chance = np.random.default_rng(9)
    bases = [5_000] * 12
    shares = [x / 5_000 for x in chance.binomial(bases, [0.6] * 8 + [0.55] * 4).tolist()]
    found = stretch(shares, bases, sqrt(0.24))
    assert (found.first, found.last) == (9, 12)


@pytest.mark.parametrize(
    ("values", "bases"),
    [
        ([0.5] * 6, [60] * 5),
        ([0.5] * 6, [60] * 5 + [0]),
        ([0.5] * 6, [60] * 5 + [-1]),
        ([0.5] * 5 + [float("nan")], [60] * 6),
        ([0.5] * 5 + [float("inf")], [60] * 6),
    ],
)
def test_what_stands_on_nobody_is_refused(values, bases):
    with pytest.raises(ValueError, match=r"\w+ \w+ \w+"):
        stretch(values, bases, HALF)
