"""Student's t: how likely a difference is by chance, and how far an interval reaches.

Worked out here, so that a page which compares two rounds needs no large library in memory.

Source:
    Abramowitz and Stegun (1964), Handbook of Mathematical Functions: 26.7.1 with 26.5.8, the
    incomplete beta function as a continued fraction, summed by the method of Lentz (1976).
"""

from functools import cache
from math import exp, inf, isnan, lgamma, log

_MOST_TERMS = 100_000
_TINY = 1e-300  # stands for a denominator of 0


def t_chance(t: float, freedom: float) -> float:
    """How likely chance alone gives a t as far from 0, on either side; nan for nan.

    Raises:
        ValueError: no degrees of freedom.
    """
    if isnan(t) or isnan(freedom):
        return t if isnan(t) else freedom
    if freedom <= 0:
        raise ValueError("t needs degrees of freedom")
    square = t * t
    if square == inf:
        return 0.0
    return _beta(freedom / (freedom + square), square / (freedom + square), freedom / 2, 0.5)


@cache
def t_quantile(probability: float, freedom: float) -> float:
    """The value that Student's t stays under with a probability.

    Args:
        probability: between 0.5 and 1 exclusive.
        freedom: degrees of freedom, more than 0; whole or, as Welch's are, not.

    Raises:
        ValueError: one of them is outside its bounds.
    """
    if not 0.5 < probability < 1 or freedom <= 0:
        raise ValueError("a quantile needs 0.5 < probability < 1 and freedom > 0")
    both = 2 * (1 - probability)
    low, high = 0.0, 1.0
    while t_chance(high, freedom) > both:
        low, high = high, 2 * high
    while (middle := (low + high) / 2) not in (low, high):
        if t_chance(middle, freedom) > both:
            low = middle
        else:
            high = middle
    return high


def _beta(x: float, rest: float, a: float, b: float) -> float:
    """The regularised incomplete beta function at x; `rest` is 1 - x, which may be very small."""
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(rest))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(rest, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    above, below = 1.0, 1 / _apart(1 - (a + b) * x / (a + 1))
    total = below
    for m in range(1, _MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            below = 1 / _apart(1 + step * below)
            above = _apart(1 + step / above)
            total *= below * above
        if abs(below * above - 1) < 1e-15:
            break
    return total


def _apart(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
