"""A measure over time as an inline SVG; a table and a sentence stand beside it.

Drawn as `charts` draws bars: as wide as its place, words as large as the words round it, no style
attribute. Behind stand `chart__grid`, `chart__tick`, `chart__band`, `chart__limit`,
`chart__middle`, `chart__break` and `chart__target` with `chart__said`; in front `chart__line`,
`chart__aside`, `chart__point`, `chart__mark` on its `chart__stem`, and the names of `charts`.
Unstyled, all take the colour of the text. What a point says has a shape of its own, what is hidden
is hatched, and what is set aside is hollow and its line dashed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from feedback.outputs.looks import Look, point_shape
from feedback.outputs.measured import Point, Stretch, check
from feedback.outputs.plots import (
    BESIDE,
    Plot,
    Written,
    labelled,
    plainly,
    room_behind,
    rows,
    span,
)
from feedback.outputs.svg import LETTER, box, circle, hatched, letters, picture, short, stroke, text
from feedback.outputs.usual import scale, target_line, usual

__all__ = ["Look", "Point", "Stretch", "line_chart"]

TALL = 11.0  # em from the lowest to the highest value
TALL_SMALL = 3.6
ABOVE = 1.4  # em over the highest value, for its number
SPARE = 0.7  # em round a small chart, for shapes and the last value
ROW = 2.0  # em, of marks
RADIUS = 0.75  # em, of a mark
WIDER = 0.95  # em, of a mark that holds two letters
MARK = 8  # per cent of the width of a phone, from one mark to the next
WIDEST_HIDDEN = 4  # per cent of the width
CROWDED = 24  # points; of more, shapes are smaller
SHORT_UNIT = 2  # letters; a longer unit stands above the chart, once


def line_chart(
    points: Sequence[Point],
    stretches: Sequence[Stretch],
    *,
    chart_id: str,
    title: str,
    description: str,
    low: float,
    high: float,
    unit: str = "",
    target: float | None = None,
    target_label: str = "",
    ticks: Sequence[float],
    hidden_words: str = "",
    written: Written = plainly,
    right_to_left: bool = False,
    small: bool = False,
) -> str:
    """Points joined by a line over what is usual, as an inline SVG.

    Args:
        points: 1 to 60 of them, in order.
        stretches: in order; points in none have only the limits of their own.
        chart_id: letters, digits, - and _; used once on a page.
        title: what the chart is, read out first.
        description: what it shows, read out after; the numbers are in the table beside it.
        low: what the floor stands for.
        high: what the top stands for. Limits beyond are cut there.
        unit: behind each number if it is as short as "%", else once above the chart.
        target: a dotted line with `target_label`.
        ticks: values with a level line and their number.
        hidden_words: what the hatching means, such as "hidden (small group)", said once below.
        written: numbers as the page's language writes them.
        right_to_left: time runs from the right, as the page reads.
        small: one of many, about 5 em high: only the lines, signals and the last value.

    Raises:
        ValueError: no point or over 60, a value outside `low` to `high`, a hidden point with a
            value, stretches that overlap or leave the chart, or the id is none.
    """
    check(points, stretches, low, high, [*ticks, *([] if target is None else [target])])
    behind = unit if len(unit) <= SHORT_UNIT else ""
    heading = "" if small or behind else unit.strip()
    numbers = {} if small else {tick: written(tick) + behind for tick in ticks}
    last = _last(points, written, behind)
    left = LETTER * max((letters(number) for number in numbers.values()), default=0) + 1
    plot = Plot(
        count=len(points),
        left=left,
        right=room_behind(last, left, 0 if small else len(points)),
        top=(SPARE if small else ABOVE) + ROW * bool(heading),
        tall=TALL_SMALL if small else TALL,
        low=low,
        high=high,
        right_to_left=right_to_left,
    )
    marks = {} if small else _mark_rows(plot, points)
    plot = replace(plot, top=plot.top + ROW * (max(marks.values(), default=-1) + 1))

    parts = [text("chart__label", plot.turned(0), 1, heading)] if heading else []
    parts += scale(plot, numbers)
    parts += usual(plot, points, stretches)
    parts += _mark_stems(plot, points, marks)
    parts += target_line(plot, points, stretches, target, "" if small else target_label)
    parts += _hidden(plot, points, chart_id)
    parts += _joins(plot, points, stretches)
    parts += _shapes(plot, points, small=small)
    parts += _value(plot, points, last)
    height = plot.floor + SPARE
    if not small:
        parts += _labels(plot, points)
        height = plot.floor + 1.7
        if hidden_words and any(point.hidden for point in points):
            parts += _key(plot, height, hidden_words, chart_id)
            height += 1.6
    return picture(
        parts,
        chart_id=chart_id,
        title=title,
        description=description,
        height=height,
        right_to_left=right_to_left,
        look="chart chart--small" if small else "chart",
    )


def _last(points: Sequence[Point], written: Written, behind: str) -> str:
    values = [point.value for point in points if point.value is not None]
    return written(values[-1]) + behind if values else ""


def _mark_rows(plot: Plot, points: Sequence[Point]) -> dict[int, int]:
    """Of each marked place the row of its letter, from the top."""
    places = [place for place, point in enumerate(points, start=1) if point.mark]
    levels = rows([plot.along(place) for place in places], MARK)
    return dict(zip(places, levels, strict=True))


def _mark_stems(plot: Plot, points: Sequence[Point], marks: dict[int, int]) -> Iterator[str]:
    """Letters over the chart, each on a stem that comes down to its point."""
    above = plot.top - ABOVE - ROW * (max(marks.values(), default=-1) + 1)
    for place, row in marks.items():
        x, middle = plot.across(place), above + ROW * (row + 0.5)
        value, mark = points[place - 1].value, points[place - 1].mark
        round_it = RADIUS if len(mark) == 1 else WIDER
        foot = plot.floor if value is None else plot.down(value)
        yield stroke("chart__stem", x, x, middle + round_it, foot, "1 3")
        look = 'class="chart__mark" fill="none" stroke="currentColor"'
        yield circle(look, x, middle, round_it)
        yield text("chart__value", x, middle + 0.35, mark, anchor="middle")


def _hidden(plot: Plot, points: Sequence[Point], chart_id: str) -> Iterator[str]:
    wide = min(0.7 * plot.step, WIDEST_HIDDEN)
    for place, point in enumerate(points, start=1):
        if point.hidden:
            begin = plot.along(place) + (wide / 2 if plot.right_to_left else -wide / 2)
            x = plot.turned(begin)
            yield box(hatched(chart_id), x, plot.floor - 0.8, f"{short(wide)}%", 0.8)


def _joins(plot: Plot, points: Sequence[Point], stretches: Sequence[Stretch]) -> Iterator[str]:
    breaks = {stretch.first for stretch in stretches if not stretch.joined}
    for place, (one, two) in enumerate(pairwise(points), start=1):
        if one.value is None or two.value is None or place + 1 in breaks:
            continue
        aside = one.set_aside or two.set_aside
        yield stroke(
            "chart__aside" if aside else "chart__line",
            plot.across(place),
            plot.across(place + 1),
            plot.down(one.value),
            plot.down(two.value),
            "3 4" if aside else "",
        )


def _shapes(plot: Plot, points: Sequence[Point], *, small: bool) -> Iterator[str]:
    radius, size = (0.17, 0.7) if small or len(points) > CROWDED else (0.3, 1.0)
    for place, point in enumerate(points, start=1):
        if point.value is None:
            continue
        x, down = plot.across(place), plot.down(point.value)
        if point.set_aside:
            look = 'class="chart__point chart__point--aside" fill="none" stroke="currentColor"'
            yield circle(look, x, down, radius)
        elif point.state is Look.COMMON:
            yield circle('class="chart__point"', x, down, radius)
        else:
            yield point_shape(point.state, x, down, size)


def _value(plot: Plot, points: Sequence[Point], words: str) -> Iterator[str]:
    for place in range(len(points), 0, -1):
        value = points[place - 1].value
        if value is None:
            continue
        look, down = "chart__value chart__value--last", plot.down(value) + 0.35
        if place == len(points):  # to the edge and no further, however wide the letters are
            yield text(look, plot.turned(100), down, words, anchor="end")
        else:
            yield text(look, plot.across(place), down, words, plot.away(BESIDE))
        return


def _labels(plot: Plot, points: Sequence[Point]) -> Iterator[str]:
    base = plot.floor + 1.3
    for place in labelled(plot, [point.label for point in points]):
        words = points[place - 1].label
        begin, end = span(plot, plot.along(place), words)
        if begin <= 0:
            yield text("chart__label", plot.turned(0), base, words)
        elif end >= 100:
            yield text("chart__label", plot.turned(100), base, words, anchor="end")
        else:
            yield text("chart__label", plot.across(place), base, words, anchor="middle")


def _key(plot: Plot, top: float, words: str, chart_id: str) -> Iterator[str]:
    begin = plot.turned(6 if plot.right_to_left else 0)
    yield box(hatched(chart_id), begin, top + 0.3, "6%", 1.0)
    yield text("chart__label", plot.turned(6), top + 1.15, words, plot.away(0.4))
