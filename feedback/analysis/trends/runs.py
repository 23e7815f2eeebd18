"""Run charts: a line and its median, where there are too few points for limits.

Source:
    Perla, Provost and Murray (2011), The run chart, BMJ Quality & Safety 20:46-51.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from statistics import median

from feedback.analysis.trends import rules

SHIFT = 6  # points in a row on one side of the median; those on it are passed over
TREND = 5  # points in a row, each above or below the one before


@dataclass(frozen=True, slots=True)
class RunChart:
    """Median and signals; positions from 1."""

    median: float
    shift_high: tuple[int, ...]
    shift_low: tuple[int, ...]
    trend_up: tuple[int, ...]
    trend_down: tuple[int, ...]


def run_chart(values: Sequence[float | None]) -> RunChart:
    """The median of a series, and where it shifts or trends.

    Args:
        values: in their order, in any unit; None where there is none.

    Raises:
        ValueError: no value, or one that is not finite.
    """
    kept = {at: value for at, value in enumerate(values, start=1) if value is not None}
    if not kept or not all(isfinite(value) for value in kept.values()):
        raise ValueError("a chart needs values, and finite ones")
    places, own = list(kept), list(kept.values())
    none, middle = rules.alike(own), median(own)
    off = [(at, sign) for at, sign in enumerate(rules.sides(own, middle, none)) if sign]
    signs = [sign for _, sign in off]

    def shifted(sign: int) -> tuple[int, ...]:
        return tuple(places[off[at][0]] for at in sorted(rules.runs(signs, sign, SHIFT)))

    def trending(sign: int) -> tuple[int, ...]:
        return tuple(places[at] for at in sorted(rules.trends(own, sign, none, TREND)))

    return RunChart(middle, shifted(1), shifted(-1), trending(1), trending(-1))
