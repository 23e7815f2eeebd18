"""Whether a mean or median gives back what the table beside it hides.

Both are of everybody, the hidden lines among them; where few lines are hidden they can be solved
for. A hidden line is safe while, for all that is shown, it could be empty or hold the threshold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil, inf, sqrt

from feedback.analysis.disclosure import Distribution
from feedback.analysis.intervals import Interval
from feedback.analysis.student import t_quantile

Bounds = Mapping[str, tuple[int | None, int | None]]  # of each line of numbers; None is open

SLIP = 0.05  # a mean is shown with one decimal
MOST_EXACT = 100  # hidden people; for more, sums between the ends are all taken to be possible


def mean_reveals(mean: float, table: Distribution, bounds: Bounds, threshold: int) -> bool:
    """Whether a reader could tell from the mean that somebody sits in a small hidden line.

    Args:
        mean: rounded to one decimal, as it is shown.
        table: what is shown; a line that is not in `bounds` ("I don't know") has no number.
        bounds: lowest and highest number of each line.
        threshold: people.
    """
    hidden = [key for key, cell in table.cells.items() if cell.hidden]
    if not hidden or table.base.count is None:
        return False
    seen = {key: cell.count for key, cell in table.cells.items() if cell.count is not None}
    people = table.base.count - sum(seen.values())  # behind the hidden lines together
    low = {key: _bound(bounds, key, 0, -inf) for key in table.cells}
    high = {key: _bound(bounds, key, 1, inf) for key in table.cells}

    counted = sum(count for key, count in seen.items() if key in bounds)  # behind the mean
    least = counted + people * all(key in bounds for key in hidden)
    sums = [(mean + slip) * those for slip in (-SLIP, SLIP) for those in (least, counted + people)]
    # What the hidden people's numbers may add up to; a hair wider, as decimals are never exact.
    smallest = min(sums) - sum(count * high[key] for key, count in seen.items()) - 1e-9
    largest = max(sums) - sum(count * low[key] for key, count in seen.items()) + 1e-9
    points = all(low[key] == high[key] for key in hidden)

    def could_be_safe(key: str) -> bool:
        others = [other for other in hidden if other != key]
        exact = (
            _sums([low[other] for other in others], people)
            if points and people <= MOST_EXACT
            else None
        )
        for count in (0, *range(threshold, people + 1)):
            rest = people - count
            first = _times(count, low[key]) + _times(rest, min((low[o] for o in others), default=0))
            last = _times(count, high[key]) + _times(
                rest, max((high[o] for o in others), default=0)
            )
            if (rest and not others) or first > largest or last < smallest:
                continue
            own = count * low[key] if exact else 0
            if exact is None or any(smallest <= own + each <= largest for each in exact[rest]):
                return True
        return False

    return not all(could_be_safe(key) for key in hidden)


def median_reveals(table: Distribution, bounds: Bounds) -> bool:
    """Whether the median says anything about the hidden people.

    It says nothing where it lies in the same line wherever they stand.
    """
    if table.base.count is None:
        return True
    hidden = [key for key, cell in table.cells.items() if cell.hidden]
    seen = {key: cell.count for key, cell in table.cells.items() if cell.count is not None}
    people = table.base.count - sum(seen.values())
    lines = [key for key in bounds if key in table.cells]  # in the order of their numbers
    ends = [key for key in lines if key in hidden]
    extremes = [*ends[:1], *ends[-1:]]
    if len(ends) < len(hidden) or not hidden:
        extremes.append("")  # all of them may stand where there is no number
    middles = {
        _middle([(at, seen.get(key, 0) + people * (key == end)) for at, key in enumerate(lines)])
        for end in extremes
    }
    return len(middles) != 1


@dataclass(frozen=True, slots=True)
class Spread:
    """What is told of the single changes of some people, beside how many rose and fell."""

    people: int
    mean: float  # with one decimal, as all of these are shown
    interval: Interval  # 95%, of the mean
    size: float  # the mean over the standard deviation

    def deviations(self) -> tuple[float, float]:
        """The least and the largest standard deviation that a reader can think of."""
        each = sqrt(self.people) / t_quantile(0.975, self.people - 1)
        reach = (round(self.interval.upper, 1) - round(self.interval.lower, 1)) / 2
        ends = [max(0.0, reach - SLIP) * each, (reach + SLIP) * each]
        middle, size = abs(self.mean), abs(self.size)
        ends[0] = max(ends[0], (middle - SLIP) / (size + SLIP))
        if size > SLIP:
            ends[1] = min(ends[1], (middle + SLIP) / (size - SLIP))
        return ends[0] - 1e-9, ends[1] + 1e-9


def spread_reveals(
    spread: Spread, ways: Distribution, signs: Mapping[str, int], threshold: int, *, widest: int
) -> bool:
    """Whether a reader could tell from mean and spread that a few went a way that is hidden.

    One person who fell far among many who stayed stands out in the deviation alone.

    Args:
        ways: how many rose, stayed and fell, as they are shown.
        signs: 1, 0 or -1 for each of those; every single change is a whole number.
        threshold: people.
        widest: the largest single change.
    """
    hidden = [key for key, cell in ways.cells.items() if cell.hidden]
    if not hidden or spread.people > MOST_EXACT:
        return False
    seen = {key: cell.count for key, cell in ways.cells.items() if cell.count is not None}
    rest = spread.people - sum(seen.values())
    possible: dict[tuple[int, int], bool] = {}

    def could_be(counts: Mapping[str, int]) -> bool:
        up = sum(count for key, count in counts.items() if signs[key] > 0)
        down = sum(count for key, count in counts.items() if signs[key] < 0)
        if (up, down) not in possible:
            possible[up, down] = _could_spread(spread, up, down, widest)
        return possible[up, down]

    def could_be_safe(key: str) -> bool:
        others = [other for other in hidden if other != key]
        return any(
            could_be({**seen, key: count, **dict(zip(others, split, strict=True))})
            for count in (0, *range(threshold, rest + 1))
            for split in product(range(rest - count + 1), repeat=len(others))
            if sum(split) == rest - count
        )

    return not all(could_be_safe(key) for key in hidden)


def _could_spread(spread: Spread, up: int, down: int, widest: int) -> bool:
    """Whether so many rises and falls can have this mean and this deviation."""
    n = spread.people
    least, most = spread.deviations()
    sums = range(ceil((spread.mean - SLIP) * n - 1e-9), int((spread.mean + SLIP) * n // 1) + 1)
    for risen in range(up, up * widest + 1):
        for total in sums:
            fallen = risen - total
            if not down <= fallen <= down * widest:
                continue
            ends = [_squares(risen, up, widest), _squares(fallen, down, widest)]
            low = max(least**2 * (n - 1) + total**2 / n, ends[0][0] + ends[1][0])
            high = min(most**2 * (n - 1) + total**2 / n, ends[0][1] + ends[1][1])
            # The squares of whole numbers are even or odd as their sum is.
            first = ceil(low - 1e-9)
            if first + (first - total) % 2 <= high + 1e-9:
                return True
    return False


def _squares(total: int, people: int, widest: int) -> tuple[int, int]:
    """The least and the largest sum of squares of some numbers from 1 that add up to a total."""
    if not people:
        return 0, 0
    even, more = divmod(total, people)
    least = more * (even + 1) ** 2 + (people - more) * even**2
    full, left = divmod(total - people, widest - 1)
    most = full * widest**2 + (people - full)
    return least, most + (left + 1) ** 2 - 1 if left else most


def _middle(lines: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The lines of the one or two people in the middle."""
    places = [at for at, count in lines for _ in range(count)]
    if not places:
        return (-1, -1)
    return places[(len(places) - 1) // 2], places[len(places) // 2]


def _sums(points: Sequence[float], people: int) -> list[set[int]]:
    """What the numbers of none, one, two … people can add up to, each of them on a point."""
    reached = [{0}]
    for _ in range(people):
        reached.append({each + int(point) for each in reached[-1] for point in points})
    return reached


def _bound(bounds: Bounds, key: str, end: int, when_open: float) -> float:
    if key not in bounds:
        return 0
    bound = bounds[key][end]
    return when_open if bound is None else bound


def _times(count: int, value: float) -> float:
    return count * value if count else 0
