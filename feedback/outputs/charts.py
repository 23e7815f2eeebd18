"""Small charts drawn as SVG for the page; a table and a sentence stand beside each of them.

Drawn in parts of the width and in the size of the text, so a chart is as wide as its place while
its words keep the size of the words round it: set the font size on `chart`, never on its parts.
No style attributes, so that the strictest content security policy is kept. A page styles
`chart__bar`, `chart__label`, `chart__value`, `chart__hidden` and `chart__axis`; unstyled, all take
the colour of the text. Hidden values are hatched, so that nothing rests on colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from textwrap import wrap

from feedback.outputs.svg import LETTER, box, hatched, letters, picture, short, stroke, text

LINE = 30  # letters; at 16 px they fit a phone of 320 px with its margins
LINES = 2
LONGEST_BAR = 78  # per cent of the width; the value stands behind it, and a long one takes more
SHORTEST_FULL_BAR = 40  # per cent of the width
HIDDEN_BAR = 12  # per cent of the width, whatever the value
TALLEST_COLUMN = 8.0  # em


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar or column: its label, its value (None where hidden), and the value in words.

    Without words the number is written out; a hidden value needs words, such as
    "hidden (small group)".
    """

    label: str
    value: float | None
    said: str = ""


def bar_chart(
    bars: Sequence[Bar],
    *,
    chart_id: str,
    title: str,
    description: str,
    unit: str = "",
    full: float | None = None,
    right_to_left: bool = False,
) -> str:
    """Horizontal bars, each under its label, as an inline SVG.

    Args:
        bars: from the top down.
        chart_id: letters, digits, - and _; used once on a page.
        title: what the chart is, read out first.
        description: what it shows, read out after; the numbers are in the table beside it.
        unit: put behind a number that has no words of its own, such as "%" or " people".
        full: value of the longest possible bar, such as 100 for per cents; else the largest value.
        right_to_left: bars grow from the right, as the page reads.

    Raises:
        ValueError: a value is below 0 or above `full` or not finite, a hidden value has no words,
            or the id is none.
    """
    full = _full(bars, full)
    words = max((len(_said(bar, unit)) for bar in bars if bar.value is not None), default=0)
    longest = max(SHORTEST_FULL_BAR, min(LONGEST_BAR, 98 - LETTER * words))
    edge = "100%" if right_to_left else "0%"
    parts, top = list[str](), 0.0  # em
    for bar in bars:
        lines = _lines(bar.label)
        for number, line in enumerate(lines, start=1):
            parts.append(text("chart__label", edge, top + 1.3 * number - 0.3, line))
        top += 1.3 * len(lines) + 0.1
        length = HIDDEN_BAR if bar.value is None else longest * bar.value / full
        left, end, away = (100 - length, 100 - length, -0.4) if right_to_left else (0, length, 0.4)
        parts.append(_box(bar, chart_id, f"{short(left)}%", top, f"{short(length)}%", 1.4))
        parts.append(text("chart__value", f"{short(end)}%", top + 1.05, _said(bar, unit), away))
        parts.append(_axis(edge, edge, top - 0.1, top + 1.5))
        top += 2.3
    return picture(
        parts,
        chart_id=chart_id,
        title=title,
        description=description,
        height=max(top - 0.6, 0),
        right_to_left=right_to_left,
    )


def column_chart(
    columns: Sequence[Bar],
    *,
    chart_id: str,
    title: str,
    description: str,
    unit: str = "",
    full: float | None = None,
    right_to_left: bool = False,
) -> str:
    """Standing columns for a rating such as 0 to 10, as an inline SVG.

    Labels and numbers have three letters at the most, so that eleven columns fit a phone. A label
    with a line end in it stands on two lines; under six columns a line may have seven letters. What
    a hatched column means is said once, below. The unit stands above the columns.

    Args and errors as for `bar_chart`; columns run as the page reads.
    """
    full = _full(columns, full)
    heading = 1.5 if unit else 0.0  # em
    floor = heading + 1.4 + TALLEST_COLUMN
    step = 100 / max(len(columns), 1)
    start = "100%" if right_to_left else "0%"
    parts = [text("chart__label", start, 1, unit.strip())] if unit else []
    for number, column in enumerate(columns):
        left = step * (len(columns) - 1 - number if right_to_left else number)
        known = column.value is not None
        height = TALLEST_COLUMN * (column.value or 0) / full if known else 1.0
        parts.append(
            _box(column, chart_id, f"{short(left + 0.1 * step)}%", floor - height,
                 f"{short(0.8 * step)}%", height)
        )  # fmt: skip
        middle = f"{short(left + step / 2)}%"
        if known:
            above = floor - height - 0.35
            parts.append(text("chart__value", middle, above, _said(column, ""), anchor="middle"))
        for line, words in enumerate(column.label.split("\n", 1), start=1):
            parts.append(text("chart__label", middle, floor + 1.3 * line, words, anchor="middle"))
    parts.append(_axis("0%", "100%", floor, floor))
    height = floor + 1.7 + 1.3 * any("\n" in column.label for column in columns)
    for words in dict.fromkeys(_said(column, "") for column in columns if column.value is None):
        box_at, words_at, away = ("94%", "94%", -0.4) if right_to_left else ("0%", "6%", 0.4)
        parts.append(_box(Bar("", None, words), chart_id, box_at, height + 0.3, "6%", 1.0))
        parts.append(text("chart__value", words_at, height + 1.15, words, away))
        height += 1.6
    return picture(
        parts,
        chart_id=chart_id,
        title=title,
        description=description,
        height=height,
        right_to_left=right_to_left,
    )


def _box(bar: Bar, chart_id: str, left: str, top: float, width: str, height: float) -> str:
    look = hatched(chart_id) if bar.value is None else 'class="chart__bar"'
    return box(look, left, top, width, height)


def _axis(left: str, right: str, top: float, bottom: float) -> str:
    return stroke("chart__axis", left, right, top, bottom)


def _full(bars: Sequence[Bar], full: float | None) -> float:
    """The value that fills a chart, once all values are known to be drawable."""
    values = [bar.value for bar in bars if bar.value is not None]
    if any(not isfinite(value) or value < 0 for value in values):
        raise ValueError("a bar needs a finite value of 0 or more")
    if full is None:
        return max(values, default=0) or 1
    if not full > 0 or max(values, default=0) > full:
        raise ValueError("no bar is longer than a full one")
    return full


def _said(bar: Bar, unit: str) -> str:
    if bar.said:
        return bar.said
    if bar.value is None:
        raise ValueError("a hidden bar needs words")
    return f"{bar.value:.0f}{unit}" if bar.value == int(bar.value) else f"{bar.value:.1f}{unit}"


def _lines(label: str) -> list[str]:
    """A label on two lines at the most; what is longer ends in dots, for the table has it all."""
    wide = letters(label) > len(label)
    return wrap(label, LINE // 2 if wide else LINE, max_lines=LINES, placeholder=" …") or [""]
