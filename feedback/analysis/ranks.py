"""Comparisons by rank, which ask only who gave more: for the same people, and for strangers.

Source:
    Wilcoxon (1945), Biometrics Bulletin 1:80-83, with average ranks; exact, by counting, where no
    two changes are alike, else normal without a correction for continuity. Mann and Whitney
    (1947), Ann. Math. Stat. 18:50-60, normal with one. Both with ties in the standard error.
"""

from collections import Counter
from collections.abc import Sequence
from math import nan, sqrt
from statistics import NormalDist
from typing import NamedTuple

COUNTED_UP_TO = 50  # people; for more, normal and exact agree


class SignedRanks(NamedTuple):
    """How the changes of the same people rank."""

    rising: float  # sum of the ranks of those who rose
    falling: float
    p: float
    exact: bool


class RankSum(NamedTuple):
    """How two groups of strangers rank."""

    u: float  # pairs in which the second group's is higher; ties are half
    p: float


def average_ranks(values: Sequence[float]) -> list[float]:
    """Places from 1, the smallest first; equal values share the mean of their places."""
    counts, place, ranks = Counter(values), 0, {}
    for value in sorted(counts):
        ranks[value] = place + (counts[value] + 1) / 2
        place += counts[value]
    return [ranks[value] for value in values]


def signed_ranks(changes: Sequence[float]) -> SignedRanks:
    """Whether more, and larger, changes go one way; p is nan where nobody changed.

    Args:
        changes: one for each person; those of 0 are left out.
    """
    moved = [each for each in changes if each]
    if not moved:
        return SignedRanks(0.0, 0.0, nan, exact=False)
    sizes = [abs(each) for each in moved]
    ranks = average_ranks(sizes)
    rising = sum(rank for rank, each in zip(ranks, moved, strict=True) if each > 0)
    n = len(moved)
    falling = n * (n + 1) / 2 - rising
    if len(set(sizes)) == n <= COUNTED_UP_TO:
        return SignedRanks(rising, falling, _counted(n, int(min(rising, falling))), exact=True)
    error = sqrt(n * (n + 1) * (2 * n + 1) / 24 - _ties(sizes) / 48)
    z = (min(rising, falling) - n * (n + 1) / 4) / error
    return SignedRanks(rising, falling, _both_sides(z), exact=False)


def rank_sum(first: Sequence[float], second: Sequence[float]) -> RankSum:
    """Whether one of two groups of strangers tends to give more."""
    m, n = len(first), len(second)
    every = [*first, *second]
    u = sum(average_ranks(every)[m:]) - n * (n + 1) / 2
    spread = m * n / 12 * (m + n + 1 - _ties(every) / ((m + n) * (m + n - 1)))
    if spread <= 0:
        return RankSum(u, 1.0)  # all gave the same
    z = (min(u, m * n - u) + 0.5 - m * n / 2) / sqrt(spread)
    return RankSum(u, min(1.0, _both_sides(z)))


def _counted(n: int, smaller: int) -> float:
    """How likely n ranks that fall to either side by chance add up to so little on one side."""
    ways = [1] + [0] * smaller
    for rank in range(1, n + 1):
        for total in range(smaller, rank - 1, -1):
            ways[total] += ways[total - rank]
    return min(1.0, 2 * sum(ways) / 2**n)


def _ties(values: Sequence[float]) -> int:
    return sum(alike**3 - alike for alike in Counter(values).values())


def _both_sides(z: float) -> float:
    """Twice the tail under z, which is 0 or less, or a hair more."""
    return 2 * NormalDist().cdf(z)
