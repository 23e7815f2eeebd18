"""What the answers on an ordered scale come to, with how far each figure may be off."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt

from feedback.analysis.intervals import Interval, normal_reach, wilson_interval


@dataclass(frozen=True, slots=True)
class Ordinal:
    """Answers on a scale of faces or words, the best point last. Never the mean alone.

    With no answers every figure but `answers` is nan; with one, `sd` is.
    """

    answers: int
    mean: float  # points of the scale, from 1
    sd: float  # points
    median: float  # points; of two answers in the middle the higher one
    top_two: float  # share, 0 to 1
    top_interval: Interval  # 95%, Wilson
    bottom_two: float  # share, 0 to 1
    net: float  # top two less bottom two, -1 to 1
    net_error: float  # standard error of net
    net_interval: Interval  # 95%, normal, cut to -1 and 1


def ordinal(counts: Sequence[int]) -> Ordinal:
    """Top two, net score, mean and median of the answers on a scale.

    net = t - b with standard error √((t + b - (t - b)²) / n).

    Args:
        counts: people for each point, the worst first; shape (points,), four points or more.

    Raises:
        ValueError: fewer than four points, for then top two and bottom two are not apart, or a
            negative count.
    """
    if len(counts) < 4:
        raise ValueError("top two and bottom two need four points")
    if any(people < 0 for people in counts):
        raise ValueError("no point is chosen by fewer than 0 people")
    n = sum(counts)
    if not n:
        nothing = Interval(nan, nan)
        return Ordinal(0, nan, nan, nan, nan, nothing, nan, nan, nan, nothing)
    points = range(1, len(counts) + 1)
    mean = sum(point * people for point, people in zip(points, counts, strict=True)) / n
    squares = sum(
        people * (point - mean) ** 2 for point, people in zip(points, counts, strict=True)
    )
    top, bottom = sum(counts[-2:]) / n, sum(counts[:2]) / n
    net = top - bottom
    error = sqrt(max(0.0, top + bottom - net**2) / n)
    reach = normal_reach(0.95) * error
    return Ordinal(
        answers=n,
        mean=mean,
        sd=sqrt(squares / (n - 1)) if n > 1 else nan,
        median=_at(counts, n // 2),
        top_two=top,
        top_interval=wilson_interval(sum(counts[-2:]), n),
        bottom_two=bottom,
        net=net,
        net_error=error,
        net_interval=Interval(max(-1.0, net - reach), min(1.0, net + reach)),
    )


def _at(counts: Sequence[int], place: int) -> float:
    """The answer at a place, from 0, when all answers stand in order."""
    for point, people in enumerate(counts, start=1):
        place -= people
        if place < 0:
            return point
    raise IndexError(place)
