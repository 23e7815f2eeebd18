"""Whether a few points in a row differ from all others by more than chance.

Control limits need 15 points, which is more than a year of four-weekly cycles. A series of people's
answers says sooner whether it moved, for how far a share or a mean of n people wanders by chance is
known. Of all stretches of three points or more the one that differs most is taken, and it counts
only where it differs more than the most different one does in 39 of 40 series that do not move.

Source:
    Scan for an epidemic change: Levin and Kline (1985), The CUSUM test of homogeneity with an
    application in spontaneous abortion epidemiology, Stat. Med. 4:469-488; σz as in Laney (2002).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import isfinite, sqrt

FEWEST, MOST = 6, 14  # points; with more there are control limits
LEAST = 3  # points of a stretch, and of the rest
LEVEL = 0.025  # of steady series may be taken for moved
STEP = 1.128  # mean distance of two neighbours of a normal series, in standard deviations
OVERDISPERSED, LARGE = 1.2, 500
# By number of points: the largest difference of any stretch from the rest, in standard errors,
# that 39 of 40 steady series stay under. From 200,000 series each; `test_stretches` draws anew.
CRITICAL = {
    **{6: 2.621, 7: 2.821, 8: 2.953, 9: 3.042, 10: 3.114},
    **{11: 3.180, 12: 3.225, 13: 3.273, 14: 3.320},
}
# The same where large groups wander so far that their own jumps must say how far: few jumps say it
# roughly, so chance looks larger.
CRITICAL_WIDER = {
    **{6: 3.036, 7: 3.325, 8: 3.512, 9: 3.624, 10: 3.694},
    **{11: 3.743, 12: 3.790, 13: 3.814, 14: 3.838},
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Points that differ from the rest; positions from 1, both ends in it.

    `inside` and `outside` are the means of people, in the unit of the values. `score` is their
    difference in standard errors.
    """

    first: int
    last: int
    inside: float
    outside: float
    score: float


def stretch(values: Sequence[float | None], bases: Sequence[int], spread: float) -> Stretch | None:
    """The stretch of points that differs from all others by more than chance, if there is one.

    With m the mean of all people in a stretch, N their number, and m', N' those of the rest, the
    score is (m - m') / (s √(1/N + 1/N')). A stretch that begins at the first point is told as the
    rest that follows it: what is new stands at the end.

    Args:
        values: shares (0 to 1) or means, one per point; shape (points,); None where there is none.
        bases: people behind each; the same shape.
        spread: standard deviation of single answers, in the unit of the values; √(p (1 - p)) for
            shares.

    Returns:
        None where nothing differs, where there are too few or too many points, or no spread.

    Raises:
        ValueError: the shapes differ, a value is not finite, or a value stands on nobody.
    """
    if len(values) != len(bases):
        raise ValueError(f"{len(values)} values do not fit {len(bases)} bases")
    kept = [
        (at, v, n) for at, (v, n) in enumerate(zip(values, bases, strict=True), 1) if v is not None
    ]
    if any(not isfinite(v) or n < 1 for _, v, n in kept):
        raise ValueError("each value is finite and stands on somebody")
    if not FEWEST <= len(kept) <= MOST or not spread > 0:
        return None
    places, own, people = zip(*kept, strict=True)
    wider = _wider(own, people, spread)
    first, last, score = largest(own, people, spread * wider)
    if abs(score) < (CRITICAL if wider == 1 else CRITICAL_WIDER)[len(own)]:
        return None
    if first == 0:  # what came after differs from what was
        first, last, score = last + 1, len(own) - 1, -score
    inside = range(first, last + 1)
    return Stretch(
        places[first],
        places[last],
        _mean(own, people, inside),
        _mean(own, people, [at for at in range(len(own)) if at not in inside]),
        score,
    )


def largest(own: Sequence[float], people: Sequence[int], spread: float) -> tuple[int, int, float]:
    """First and last place, from 0, of the stretch that differs most, and its score."""
    count = len(own)
    sums = [0.0, *accumulate(v * n for v, n in zip(own, people, strict=True))]
    heads = [0, *accumulate(people)]
    found = (0, count - 1, 0.0)
    for first in range(count):
        for last in range(first + LEAST - 1, count):
            if count - (last - first + 1) < LEAST:
                continue
            n = heads[last + 1] - heads[first]
            rest = heads[-1] - n
            total = sums[last + 1] - sums[first]
            gap = total / n - (sums[-1] - total) / rest
            score = gap / (spread * sqrt(1 / n + 1 / rest))
            if abs(score) > abs(found[2]):
                found = first, last, score
    return found


def _wider(own: Sequence[float], people: Sequence[int], spread: float) -> float:
    """How many times as far large groups jump as chance lets them; 1 where they do not."""
    if sum(people) <= LARGE * len(people):
        return 1.0
    middle = _mean(own, people, range(len(own)))
    scores = [(v - middle) / (spread / sqrt(n)) for v, n in zip(own, people, strict=True)]
    steps = [abs(after - before) for before, after in pairwise(scores)]
    sigma_z = sum(steps) / len(steps) / STEP
    return sigma_z if sigma_z > OVERDISPERSED else 1.0


def _mean(own: Sequence[float], people: Sequence[int], places: Sequence[int] | range) -> float:
    return sum(own[at] * people[at] for at in places) / sum(people[at] for at in places)
