"""Two coders are compared as the published formulas say, and never to more than can be known."""

import random
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from feedback.analysis.agreement import kappa


@pytest.mark.parametrize(
    ("table", "raw", "value", "error", "lower", "upper"),
    [
        ([[20, 5], [10, 15]], 0.7, 0.4, 0.12699606, 0.15109229, 0.64890771),
        ([[90, 4], [5, 1]], 0.91, 0.13461538, 0.16210094, -0.18309662, 0.45232739),
        ([[25, 0], [0, 25]], 1.0, 1.0, 0.0, 1.0, 1.0),
    ],
)
def test_kappa_agrees_with_another_programme(table, raw, value, error, lower, upper):
    found = kappa(table)
    assert found.comments == sum(map(sum, table))
    assert found.raw == pytest.approx(raw, abs=1e-6)
    assert (found.kappa, found.standard_error) == pytest.approx((value, error), abs=1e-6)
    assert found.interval == pytest.approx((lower, upper), abs=1e-6)
    # With two categories there is only one way to be wrong.
    assert (found.linear, found.quadratic) == pytest.approx((value, value), abs=1e-6)


def test_raw_agreement_has_an_interval():
    assert kappa([[30, 10], [5, 15]]).raw_interval == pytest.approx(
        (0.6276793, 0.84223477), abs=1e-6
    )


def _answers(table):
    pairs = [
        (at, to)
        for at, row in enumerate(table)
        for to, count in enumerate(row)
        for _ in range(count)
    ]
    return [list(side) for side in zip(*pairs, strict=True)]


TABLES = st.integers(2, 5).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 12), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


@given(TABLES)
def test_all_three_kappas_equal_those_of_a_second_method(table):
    found = kappa(table)
    if isnan(found.kappa):
        return
    first, second = _answers(table)
    labels = list(range(len(table)))
    for weights, value in ((None, found.kappa), ("linear", found.linear)):
        other = cohen_kappa_score(first, second, labels=labels, weights=weights)
        assert value == pytest.approx(other, abs=1e-9)
    other = cohen_kappa_score(first, second, labels=labels, weights="quadratic")
    assert found.quadratic == pytest.approx(other, abs=1e-9)


@given(TABLES)
def test_it_does_not_matter_which_coder_comes_first(table):
    turned = [list(column) for column in zip(*table, strict=True)]
    assert kappa(turned).interval == pytest.approx(kappa(table).interval, abs=1e-9, nan_ok=True)


def test_the_interval_holds_the_true_kappa_nineteen_times_of_twenty():
    chance = random.Random(4)
    cells = [(0, 0), (0, 1), (1, 0), (1, 1)]
    shares = [0.25, 0.10, 0.08, 0.57]
    by_chance = 0.35 * 0.33 + 0.65 * 0.67
    true = (0.82 - by_chance) / (1 - by_chance)
    held = 0
    for _ in range(1000):
        table = [[0, 0], [0, 0]]
        for at, to in chance.choices(cells, shares, k=150):
            table[at][to] += 1
        interval = kappa(table).interval
        held += interval.lower <= true <= interval.upper
    assert held / 1000 == pytest.approx(0.95, abs=0.02)


@pytest.mark.parametrize("table", [[], [[0, 0], [0, 0]]])
def test_no_comments_say_nothing(table):
    found = kappa(table)
    assert found.comments == 0
    assert isnan(found.raw) and isnan(found.kappa) and isnan(found.interval.upper)


@pytest.mark.parametrize(
    "table", [[[40, 0], [0, 0]], [[40, 3], [0, 0]], [[0, 5], [0, 7]], [[9]], [[0, 6], [0, 0]]]
)
def test_a_coder_who_used_one_category_only_cannot_be_compared(table):
    found = kappa(table)
    assert isnan(found.kappa) and isnan(found.standard_error) and isnan(found.interval.lower)
    assert isnan(found.linear) and isnan(found.quadratic)
    assert found.comments == sum(map(sum, table))
    assert not isnan(found.raw)


def test_an_interval_is_shown_within_what_a_kappa_can_be():
    found = kappa([[30, 1], [0, 20]])
    assert found.interval.upper > 1
    assert found.shown_interval == (found.interval.lower, 1.0)


@pytest.mark.parametrize("table", [[[1, 2]], [[1], [2]], [[1, 2], [3]]])
def test_coders_with_different_categories_are_refused(table):
    with pytest.raises(ValueError, match="same categories"):
        kappa(table)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="fewer than 0"):
        kappa([[1, -1], [2, 3]])
