"""How well two people, or a person and the machine, agree about what comments say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import nan, sqrt

from feedback.analysis.intervals import Interval, normal_reach, wilson_interval


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two coders agree: raw, and beyond what chance alone would give.

    With no comments every figure but `comments` is nan. Where a coder used one category only, all
    that has to do with kappa is nan: the formula would give 0, and 0 for its error too, which
    looks sure and is not, for there was nothing to tell apart.
    """

    comments: int
    raw: float  # share coded alike, 0 to 1
    raw_interval: Interval  # 95%, Wilson
    kappa: float  # 1: always alike; 0: as chance would have it; under 0: worse than chance
    standard_error: float
    interval: Interval  # 95%, of kappa; as the formula gives it, so it can pass 1
    linear: float  # kappa for ordered categories: two apart is twice as wrong as one apart
    quadratic: float  # the same: two apart is four times as wrong

    @property
    def shown_interval(self) -> Interval:
        """The interval of kappa cut to what a kappa can be, -1 to 1."""
        return Interval(*(min(1.0, max(-1.0, bound)) for bound in self.interval))


def kappa(table: Sequence[Sequence[int]]) -> Agreement:
    """Cohen's kappa and the raw agreement of two coders.

    kappa = (raw - chance) / (1 - chance), where chance is how often two coders agree who use each
    category as often as these do and know nothing of the comments. Its standard error is that for
    a true kappa other than 0 (not the simpler one that takes chance as known).

    Args:
        table: comments; row: what the first coder said, column: the second, in the same order;
            shape (categories, categories).

    Raises:
        ValueError: the table is not square, or a count is negative.

    Source:
        Cohen (1960), Educ. Psychol. Meas. 20:37-46; Cohen (1968), Psychol. Bull. 70:213-220 for
        the weights; Fleiss, Cohen and Everitt (1969), Psychol. Bull. 72:323-327, formula 13, for
        the standard error.
    """
    size = len(table)
    if any(len(row) != size for row in table):
        raise ValueError("both coders need the same categories")
    if any(count < 0 for row in table for count in row):
        raise ValueError("no cell holds fewer than 0 comments")
    rows, columns = _totals(table)
    comments = sum(rows)
    alike = sum(table[at][at] for at in range(size))
    raw = alike / comments if comments else nan
    raw_interval = wilson_interval(alike, comments)
    if comments in {0, *rows, *columns}:
        return Agreement(comments, raw, raw_interval, nan, nan, Interval(nan, nan), nan, nan)
    value = _kappa(table, lambda gap: float(gap > 0))
    error = _standard_error(table, value)
    reach = normal_reach(0.95) * error
    return Agreement(
        comments,
        raw=raw,
        raw_interval=raw_interval,
        kappa=value,
        standard_error=error,
        interval=Interval(value - reach, value + reach),
        linear=_kappa(table, float),
        quadratic=_kappa(table, lambda gap: float(gap * gap)),
    )


def _totals(table: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    return [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]


def _kappa(table: Sequence[Sequence[int]], wrong: Callable[[int], float]) -> float:
    """Kappa where categories so many places apart are that wrong."""
    rows, columns = _totals(table)
    comments = sum(rows)
    seen = expected = 0.0
    for at, row in enumerate(table):
        for to, count in enumerate(row):
            weight = wrong(abs(at - to))
            seen += weight * count * comments
            expected += weight * rows[at] * columns[to]
    return 1 - seen / expected


def _standard_error(table: Sequence[Sequence[int]], value: float) -> float:
    rows, columns = _totals(table)
    comments = sum(rows)
    chance = sum(r * c for r, c in zip(rows, columns, strict=True)) / comments**2
    spread = 0.0
    for at, row in enumerate(table):
        for to, count in enumerate(row):
            used = (columns[at] + rows[to]) / comments  # crosswise, as the formula has it
            spread += count / comments * ((at == to) - used * (1 - value)) ** 2
    spread -= (value - chance * (1 - value)) ** 2
    return sqrt(max(0.0, spread) / comments) / (1 - chance)
