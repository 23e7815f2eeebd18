"""The patterns that chance hardly makes: runs, trends, and points close to a limit.

All take points in their order, without those that are left out, and give places from 0. What is
equal but for the last digits of a computer's sums is equal.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

RUN = 7  # points on one side of the mean
TREND = 7  # points, so six rises
ALIKE, ROUNDED = 1e-9, 1e-13  # of how far numbers lie apart, and of the largest: no difference


def alike(values: Collection[float]) -> float:
    """The largest difference of such values that is none, in their unit."""
    apart = max(values) - min(values)
    return ALIKE * apart + ROUNDED * max(abs(value) for value in values)


def sides(values: Sequence[float], middle: float, none: float) -> list[int]:
    """1 where a value lies above the middle, -1 below, 0 where the difference is none."""
    return [_sign(value - middle, none) for value in values]


def runs(signs: Sequence[int], sign: int, least: int = RUN) -> set[int]:
    """Places in a row of so many points, or more, that have one sign."""
    found: set[int] = set()
    for first, after in _stretches(signs):
        if signs[first] == sign and after - first >= least:
            found |= set(range(first, after))
    return found


def trends(values: Sequence[float], sign: int, none: float, least: int = TREND) -> set[int]:
    """Places in a row of so many points, or more, each above (1) or below (-1) the one before."""
    steps = [_sign(after - before, none) for before, after in pairwise(values)]
    found: set[int] = set()
    for first, after in _stretches(steps):
        if steps[first] == sign and after - first >= least - 1:
            found |= set(range(first, after + 1))
    return found


def two_of_three(signs: Sequence[int], near: Sequence[bool], sign: int) -> set[int]:
    """Places near a limit, two or more of which stand in three points in a row on one side."""
    found: set[int] = set()
    for first in range(len(signs) - 2):
        window = range(first, first + 3)
        close = [at for at in window if near[at]]
        if len(close) >= 2 and all(signs[at] == sign for at in window):
            found |= set(close)
    return found


def _sign(difference: float, none: float) -> int:
    if abs(difference) <= none:
        return 0
    return 1 if difference > 0 else -1


def _stretches(signs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First place and the one after the last of each stretch of one sign."""
    first = 0
    for at in range(1, len(signs) + 1):
        if at == len(signs) or signs[at] != signs[first]:
            yield first, at
            first = at
