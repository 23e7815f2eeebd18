"""Shares, means and the like of one group of answers, and what changed between two rounds.

None of these hides anything: what leaves goes through `disclosure` first.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import isfinite, nan

from feedback.analysis.differences import Paired, Unpaired, mcnemar, paired, unpaired
from feedback.analysis.intervals import Interval, newcombe_interval, wilson_interval
from feedback.analysis.scales import Ordinal, ordinal
from feedback.analysis.theme_change import (
    ThemeChange,
    Verdict,
    benjamini_hochberg,
    corrected_share,
    theme_change,
)
from feedback.analysis.weighting import CannotWeigh, Weights, rake, rake_all

__all__ = [
    "CannotWeigh",
    "Interval",
    "Ordinal",
    "Paired",
    "Summary",
    "ThemeChange",
    "Unpaired",
    "Verdict",
    "Weights",
    "benjamini_hochberg",
    "corrected_share",
    "mcnemar",
    "mean",
    "newcombe_interval",
    "ordinal",
    "paired",
    "rake",
    "rake_all",
    "summarise",
    "theme_change",
    "unpaired",
    "wilson",
    "wilson_interval",
]


def wilson(x: int, n: int) -> Interval:
    """The interval at 95% of a share of x in n people, as `wilson_interval` has it."""
    return wilson_interval(x, n)


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
