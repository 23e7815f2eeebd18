"""What a chart over time is made of: points, and stretches that share what is usual."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from feedback.outputs.looks import Look

MOST_POINTS = 60

_OF_POINTS = {Look.COMMON, Look.BETTER, Look.WORSE, Look.NEITHER}


@dataclass(frozen=True, slots=True)
class Point:
    """One period: its short label and its value, None where there is none or it is `hidden`.

    Limits of its own go before those of its stretch; a hidden point's are never drawn, for they
    tell how few people it rests on. `mark` is a letter for a note on what changed then, which the
    page lists under the chart.
    """

    label: str
    value: float | None
    hidden: bool = False
    state: Look = Look.COMMON
    set_aside: bool = False
    lower: float | None = None
    upper: float | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Points that share a middle and limits; first and last counted from 1.

    Not `joined`: no line leads into it from the stretch before, for it has another scale.
    """

    first: int
    last: int
    middle: float | None
    lower: float | None
    upper: float | None
    joined: bool = True


def check(
    points: Sequence[Point],
    stretches: Sequence[Stretch],
    low: float,
    high: float,
    levels: Sequence[float],
) -> None:
    """Refuse what cannot be drawn, or should not be.

    Args:
        levels: values of lines, which lie where points may.

    Raises:
        ValueError: as `line_chart` says.
    """
    if not 1 <= len(points) <= MOST_POINTS:
        raise ValueError(f"a chart has 1 to {MOST_POINTS} points, not {len(points)}")
    if not (isfinite(low) and isfinite(high) and low < high):
        raise ValueError("the floor of a chart is under its top")
    if any(point.hidden and point.value is not None for point in points):
        raise ValueError("a hidden point has no value")
    if any(point.state not in _OF_POINTS for point in points):
        raise ValueError("a point is common, better, worse or neither")
    values = [point.value for point in points] + [stretch.middle for stretch in stretches]
    if any(not low <= value <= high for value in [*values, *levels] if value is not None):
        raise ValueError(f"all of a chart lies from {low} to {high}")
    owners: list[Point | Stretch] = [*points, *stretches]
    for own in owners:
        ends = [end for end in (own.lower, own.upper) if end is not None]
        if not all(isfinite(end) for end in ends) or ends != sorted(ends):
            raise ValueError("limits are finite, the lower one first")
    ends = [end for stretch in stretches for end in (stretch.first, stretch.last + 1)]
    if ends != sorted(ends) or any(each.first > each.last for each in stretches):
        raise ValueError("stretches follow each other")
    if ends and not 1 <= ends[0] < ends[-1] <= len(points) + 1:
        raise ValueError("a stretch leaves the chart")
