"""Shares, means and the like of one group of answers, as a first results page needs them.

None of these hides anything: what leaves goes through `disclosure` first.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite, nan, sqrt
from statistics import NormalDist
from typing import NamedTuple


class Interval(NamedTuple):
    """Lower and upper bound, in the unit of what they bound."""

    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Summary:
    """What the answers on a scale come to.

    `lowest` and `highest` are what single people answered: never for a small group. With no
    answers every figure but `answers` is nan; with no top box asked for, the last two are.
    """

    answers: int
    mean: float  # points of the scale, like median, lowest and highest
    median: float
    lowest: float
    highest: float
    top_share: float  # proportion, 0 to 1
    top_interval: Interval  # 95%, proportions


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
    if not 0 < confidence < 1:
        raise ValueError("confidence lies between 0 and 1")
    if trials == 0:
        return Interval(nan, nan)

    z = NormalDist().inv_cdf((1 + confidence) / 2)
    proportion = successes / trials
    spread = 1 + z**2 / trials
    centre = (proportion + z**2 / (2 * trials)) / spread
    reach = z / spread * sqrt(proportion * (1 - proportion) / trials + (z / (2 * trials)) ** 2)
    # At the ends the formula gives 0 and 1; rounding must not miss them by a hair.
    return Interval(
        0.0 if successes == 0 else centre - reach, 1.0 if successes == trials else centre + reach
    )


def mean(values: Iterable[float]) -> float:
    """The average, in the unit of the values; nan where there are none.

    Raises:
        ValueError: a value is not finite.
    """
    kept = list(values)
    if not all(isfinite(value) for value in kept):
        raise ValueError("only finite values have a mean")
    return sum(kept) / len(kept) if kept else nan


def summarise(counts: Mapping[int, int], *, top: Collection[int] = ()) -> Summary:
    """Mean, median, ends and top-box share of the answers on a scale.

    Args:
        counts: people per point of the scale; leave out "I don't know" and skipped answers.
        top: the points that count as good, such as 4 and 5 of five faces.

    Raises:
        ValueError: a count is negative.
    """
    if any(people < 0 for people in counts.values()):
        raise ValueError("no point is chosen by fewer than 0 people")
    chosen = sorted(point for point, people in counts.items() if people)
    answers = sum(counts.values())
    boxed = answers if top else 0
    hits = sum(people for point, people in counts.items() if point in top)
    if not answers:
        return Summary(0, nan, nan, nan, nan, nan, wilson_interval(0, 0))
    return Summary(
        answers,
        mean=sum(point * counts[point] for point in chosen) / answers,
        median=(_answer(counts, (answers - 1) // 2) + _answer(counts, answers // 2)) / 2,
        lowest=chosen[0],
        highest=chosen[-1],
        top_share=hits / boxed if boxed else nan,
        top_interval=wilson_interval(hits, boxed),
    )


def _answer(counts: Mapping[int, int], place: int) -> int:
    """The answer at a place, from 0, when all answers stand in order."""
    for point in sorted(counts):
        place -= counts[point]
        if place < 0:
            return point
    raise IndexError(place)
