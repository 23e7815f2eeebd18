"""Series drawn: points with their shapes, what they are held against, and letters for notes."""

from collections.abc import Sequence
from math import ceil, floor

from flask_babel import format_decimal, gettext
from markupsafe import Markup

from feedback import languages
from feedback.analysis.trends import State
from feedback.outputs import line_charts
from feedback.outputs.looks import Look
from feedback.services.trending import Series
from feedback.vocabulary import PeriodKind
from feedback.web import spans
from feedback.web.frame import language

SHARES_SPAN, RATING_SPAN = 40, 4  # least height of a chart, per cent and points of 10
ROOM = 2  # letters in a circle over a chart
Axis = tuple[float, float]

LOOKS = {
    State.COMMON: Look.COMMON,
    State.IMPROVEMENT: Look.BETTER,
    State.CONCERN: Look.WORSE,
    State.NEITHER: Look.NEITHER,
}


def drawn(
    series: Series,
    kind: PeriodKind,
    anchor: str,
    title: str,
    words: str,
    *,
    small: bool,
    axis: Axis | None = None,
) -> Markup | None:
    """The chart of a series; None where there is nothing to draw.

    Args:
        small: for a page of many.
        axis: floor and top, where several charts share them.
    """
    reading = series.reading
    if reading is None or series.last is None:
        return None
    scale = 100 if series.shares else 1
    low, high = axis or _axis(series)
    letters: dict[int, str] = {}
    for each in series.marks:
        letters[each.position] = letters.get(each.position, "") + each.letter
    points = []
    named = spans.labels(kind, series.spots)
    for at, (spot, label) in enumerate(zip(series.spots, named, strict=True), start=1):
        state, limits = reading.states[at - 1], reading.limits[at - 1]
        points.append(
            line_charts.Point(
                label,
                _value(series, spot.value),
                hidden=spot.value is None and spot.people.count is None,
                state=LOOKS[state] if state else Look.COMMON,
                set_aside=at in series.set_aside,
                lower=scale * limits[0] if limits else None,
                upper=scale * limits[1] if limits else None,
                mark="" if small else _mark(letters.get(at, "")),
            )
        )
    stretches = [
        line_charts.Stretch(
            span.first,
            span.last,
            None if span.middle is None else scale * span.middle,
            None if span.lower is None else scale * span.lower,
            None if span.upper is None else scale * span.upper,
            joined=span.joined,
        )
        for span in reading.spans
    ]
    return Markup(  # noqa: S704 -- the chart escapes what it is given
        line_charts.line_chart(
            points,
            stretches,
            chart_id=f"chart-{anchor}",
            title=title,
            description=words,
            low=low,
            high=high,
            unit="%" if series.shares else "",
            target=None if series.target is None or small else series.target.value,
            target_label=gettext("Target"),
            ticks=[low, (low + high) / 2, high],
            hidden_words=gettext("small group, or nobody"),
            written=share_written if series.shares else mean_written,
            right_to_left=languages.direction(language()) == "rtl",
            small=small,
        )
    )


def _mark(letters: str) -> str:
    """What stands in the circle over a period: no more than has room; the table has them all."""
    return letters if len(letters) <= ROOM else f"{letters[0]}+"


def share_written(number: float) -> str:
    """A number of per cent beside a chart."""
    return str(format_decimal(number, "#,##0.#"))


def mean_written(number: float) -> str:
    """A mean with its one decimal, also where that is 0: in sentences and beside charts."""
    return str(format_decimal(number, "#,##0.0"))


def _value(series: Series, value: float | None) -> float | None:
    """As it is written beside its point."""
    if value is None:
        return None
    return round(100 * value) if series.shares else round(value, 1)


def common_axis(many: Sequence[Series]) -> Axis:
    """One axis for many series of one measure, so that the eye can compare them."""
    found = [_axis(each) for each in many if each.reading is not None]
    if not found:
        return 0, 1
    return min(low for low, _ in found), max(high for _, high in found)


def _axis(series: Series) -> Axis:
    """Floor and top: what is needed for all that is drawn, and never so little that chance looks
    large."""
    reading = series.reading
    scale = 100 if series.shares else 1
    drawn = [spot.value for spot in series.spots if spot.value is not None]
    if reading is not None:
        drawn += [end for span in reading.spans for end in (span.lower, span.upper) if end]
        drawn += [end for each in reading.limits if each for end in each]
    found = [scale * value for value in drawn]
    if series.target is not None:
        found.append(series.target.value)
    if series.shares:
        return _widened(min(found), max(found), 10, SHARES_SPAN, 100)
    if series.asked.kind == "rating":
        return _widened(min(found), max(found), 1, RATING_SPAN, 10)
    high = max(1.0, max(found) * 1.1)
    step = 10 ** max(0, len(str(int(high))) - 1)
    return 0, step * ceil(high / step)


def _widened(low: float, high: float, step: int, span: int, most: int) -> Axis:
    """Whole steps round what is drawn, so many at the least, within 0 and the most."""
    floor_, top = step * floor(low / step), step * ceil(high / step)
    while top - floor_ < span:
        if floor_ > 0:
            floor_ -= step
        if top < most and top - floor_ < span:
            top += step
    return max(0, floor_), min(most, top)
