"""How far a share, and a difference of two shares, may lie from what was counted."""

from math import nan, sqrt
from statistics import NormalDist
from typing import NamedTuple


class Interval(NamedTuple):
    """Lower and upper bound, in the unit of what they bound."""

    lower: float
    upper: float


def normal_reach(confidence: float) -> float:
    """How many standard errors an interval reaches to each side: 1.96 for 0.95.

    Raises:
        ValueError: a confidence that is none.
    """
    if not 0 < confidence < 1:
        raise ValueError("confidence lies between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson_interval(successes: int, trials: int, confidence: float = 0.95) -> Interval:
    """Interval for a share of answers, sound for small groups too.

    Args:
        successes: answers that count.
        trials: all answers.
        confidence: coverage wanted, between 0 and 1 exclusive.

    Returns:
        Lower and upper bound as proportions (0 to 1, not per cent). No answers at all give nan,
        for they say nothing either way.

    Raises:
        ValueError: not 0 <= successes <= trials, or a confidence that is none.

    Source:
        Wilson (1927), JASA 22:209-212; preferred for shares by Newcombe (1998), Stat. Med.
        17:857-872.
    """
    if not 0 <= successes <= trials:
        raise ValueError("an interval needs 0 <= successes <= trials")
    z = normal_reach(confidence)
    if trials == 0:
        return Interval(nan, nan)

    proportion = successes / trials
    spread = 1 + z**2 / trials
    centre = (proportion + z**2 / (2 * trials)) / spread
    reach = z / spread * sqrt(proportion * (1 - proportion) / trials + (z / (2 * trials)) ** 2)
    # At the ends the formula gives 0 and 1; rounding must not miss them by a hair.
    return Interval(
        0.0 if successes == 0 else centre - reach, 1.0 if successes == trials else centre + reach
    )


def newcombe_interval(before: int, of_before: int, after: int, of_after: int) -> Interval:
    """Interval at 95% of a difference of two shares, the later less the earlier.

    Args:
        before, after: answers that count in each round.
        of_before, of_after: all answers of each round; with none the interval is nan.

    Returns:
        Bounds as proportions, -1 to 1.

    Raises:
        ValueError: as `wilson_interval`.

    Source:
        Newcombe (1998), Stat. Med. 17:873-890, method 10: the two Wilson intervals put together.
    """
    first, second = wilson_interval(before, of_before), wilson_interval(after, of_after)
    if not (of_before and of_after):
        return Interval(nan, nan)
    p, q = before / of_before, after / of_after
    return Interval(
        (q - p) - sqrt((q - second.lower) ** 2 + (first.upper - p) ** 2),
        (q - p) + sqrt((second.upper - q) ** 2 + (p - first.lower) ** 2),
    )
