"""What lies behind the points of a chart over time: its scale, what is usual, and a target."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from feedback.outputs.measured import Point, Stretch
from feedback.outputs.plots import Place, Plot, clearest
from feedback.outputs.svg import box, short, stroke, text


def scale(plot: Plot, numbers: dict[float, str]) -> Iterator[str]:
    """The floor, and level lines with their numbers."""
    begin, end = plot.turned(0), plot.turned(100 - plot.right)
    for tick, number in numbers.items():
        down = plot.down(tick)
        if tick > plot.low:
            yield stroke("chart__grid", begin, end, down, down)
        yield text("chart__tick", begin, down - 0.3, number)
    yield stroke("chart__axis", begin, end, plot.floor, plot.floor)


def usual(plot: Plot, points: Sequence[Point], stretches: Sequence[Stretch]) -> Iterator[str]:
    """What is usual: bands first, so that no line of a neighbour lies under one."""
    runs = list(limits_in_runs(points, stretches))
    for first, last, lower, upper in runs:
        if lower is not None and upper is not None:
            yield _band(plot, first, last, lower, upper)
    for first, last, *limits in runs:
        for limit in limits:
            if limit is not None and plot.low <= limit <= plot.high:
                yield _level(plot, "chart__limit", first, last, limit, "4 3")
    for stretch in stretches:
        if stretch.middle is not None:
            yield _level(plot, "chart__middle", stretch.first, stretch.last, stretch.middle)
        if not stretch.joined and stretch.first > 1:
            x = plot.across(stretch.first - 0.5)
            yield stroke("chart__break", x, x, plot.top, plot.floor)


def limits_in_runs(
    points: Sequence[Point], stretches: Sequence[Stretch]
) -> Iterator[tuple[int, int, float | None, float | None]]:
    """First, last and limits of each run of points that have the same in one stretch."""
    of = {place: each for each in stretches for place in range(each.first, each.last + 1)}

    def limits(place: int) -> tuple[int, float | None, float | None]:
        point, stretch = points[place - 1], of.get(place)
        lower, upper = (None, None) if point.hidden else (point.lower, point.upper)
        if stretch and lower is None and upper is None:
            lower, upper = stretch.lower, stretch.upper
        return stretch.first if stretch else 0, lower, upper

    for (_, lower, upper), run in groupby(range(1, len(points) + 1), key=limits):
        places = list(run)
        yield places[0], places[-1], lower, upper


def _band(plot: Plot, first: int, last: int, lower: float, upper: float) -> str:
    top = plot.down(min(max(upper, plot.low), plot.high))
    bottom = plot.down(min(max(lower, plot.low), plot.high))
    begin = plot.along(last + 0.5) if plot.right_to_left else plot.along(first - 0.5)
    wide = f"{short(plot.step * (last - first + 1))}%"
    look = 'class="chart__band" fill-opacity="0.12"'
    return box(look, plot.turned(begin), top, wide, bottom - top)


def _level(plot: Plot, look: str, first: float, last: float, value: float, dashes: str = "") -> str:
    begin, end = plot.across(first - 0.5), plot.across(last + 0.5)
    down = plot.down(value)
    return stroke(look, begin, end, down, down, dashes)


def target_line(
    plot: Plot,
    points: Sequence[Point],
    stretches: Sequence[Stretch],
    target: float | None,
    label: str,
) -> Iterator[str]:
    """A dotted line, its words where they are least in the way."""
    if target is None:
        return
    down = plot.down(target)
    yield _level(plot, "chart__target", 1, plot.count, target, "1 5")
    if label:
        at_end, base = clearest(
            plot, list(_points(plot, points)), list(_lines(plot, points, stretches)), down, label
        )
        x = plot.turned(100 - plot.right if at_end else plot.left)
        yield text("chart__said", x, base, label, anchor="end" if at_end else "start")


def _points(plot: Plot, points: Sequence[Point]) -> Iterator[Place]:
    for place, point in enumerate(points, start=1):
        if point.value is not None:
            yield plot.along(place), plot.down(point.value)


def _lines(plot: Plot, points: Sequence[Point], stretches: Sequence[Stretch]) -> Iterator[Place]:
    levels = [(first, last, ends) for first, last, *ends in limits_in_runs(points, stretches)]
    levels += [(each.first, each.last, [each.middle]) for each in stretches]
    for first, last, values in levels:
        for value in values:
            if value is not None:
                yield from ((plot.along(at), plot.down(value)) for at in range(first, last + 1))
