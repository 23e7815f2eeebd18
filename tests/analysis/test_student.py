"""Student's t, against another programme and the printed table."""

from math import inf, isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from feedback.analysis.student import t_chance, t_quantile


@pytest.mark.parametrize("probability", [0.6, 0.9, 0.975, 0.995])
def test_the_quantile_of_t_agrees_with_another_programme(probability):
    degrees = [0.7, 1.3, 7.77, 123.4, *range(1, 260), 544, 1000, 100_000]
    found = [t_quantile(probability, each) for each in degrees]

    assert found == pytest.approx(list(stats.t.ppf(probability, degrees)), rel=1e-9)


def test_the_quantile_of_t_agrees_with_the_printed_table():
    # Student's t at 0.975: Abramowitz and Stegun (1964), table 26.10
    printed = {1: 12.706, 2: 4.303, 5: 2.571, 11: 2.201, 30: 2.042, 120: 1.980}
    assert {n: round(t_quantile(0.975, n), 3) for n in printed} == printed


@given(st.floats(-40, 40), st.floats(0.5, 5_000))
def test_the_chance_of_t_agrees_with_another_programme(t, freedom):
    assert t_chance(t, freedom) == pytest.approx(2 * stats.t.sf(abs(t), freedom), rel=1e-8)
    assert t_chance(t, freedom) == t_chance(-t, freedom)


def test_no_t_and_an_endless_one():
    assert isnan(t_chance(nan, 3)) and isnan(t_chance(2, nan))
    assert (t_chance(0, 3), t_chance(inf, 3), t_chance(-inf, 3)) == (1, 0, 0)
    with pytest.raises(ValueError, match="degrees"):
        t_chance(1, 0)


@pytest.mark.parametrize("wrong", [(0.5, 3), (1.0, 3), (0.9, 0)])
def test_a_quantile_needs_sense(wrong):
    with pytest.raises(ValueError, match="quantile"):
        t_quantile(*wrong)
