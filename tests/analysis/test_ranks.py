"""Comparisons by rank, against another programme and by counting every way."""

from itertools import product
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from feedback.analysis.ranks import average_ranks, rank_sum, signed_ranks

points = st.integers(0, 10)


@given(st.lists(st.integers(-6, 6), min_size=1, max_size=80))
def test_the_same_people_by_rank_agree_with_another_programme(changes):
    found, moved = signed_ranks(changes), [each for each in changes if each]
    if not moved:
        assert isnan(found.p)
        return
    way = "exact" if found.exact else "asymptotic"
    other = stats.wilcoxon(moved, correction=False, method=way)
    assert (min(found[:2]), found.p) == pytest.approx((other.statistic, other.pvalue), abs=1e-12)


@given(st.lists(points, min_size=1, max_size=40), st.lists(points, min_size=1, max_size=40))
def test_strangers_by_rank_agree_with_another_programme(first, second):
    found = rank_sum(first, second)
    if len({*first, *second}) == 1:
        assert found.p == 1
        return
    other = stats.mannwhitneyu(second, first, method="asymptotic")
    assert found == pytest.approx((other.statistic, other.pvalue), abs=1e-12)


@pytest.mark.parametrize("changes", [(1, -2, 3, 4), (5, -1, -2, 3, 4, 6), (1,), (-1, 2, -3)])
def test_few_changes_are_judged_by_counting_every_way_they_could_fall(changes):
    found = signed_ranks(changes)
    ranks = average_ranks([abs(each) for each in changes])
    falls = [
        sum(r for r, up in zip(ranks, ways, strict=True) if up)
        for ways in product((True, False), repeat=len(ranks))
    ]
    tail = sum(fall <= min(found.rising, found.falling) for fall in falls) / len(falls)

    assert found.exact
    assert found.p == pytest.approx(min(1, 2 * tail))


def test_equal_values_share_the_mean_of_their_places():
    assert average_ranks([7, 3, 7, 1]) == [3.5, 2, 3.5, 1]
