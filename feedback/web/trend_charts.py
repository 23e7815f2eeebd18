"""Series drawn: points with their shapes, what they are held against, and letters for notes."""

from math import ceil, floor

from flask_babel import gettext
from markupsafe import Markup

from feedback import languages
from feedback.analysis.trends import State
from feedback.outputs import line_charts
from feedback.outputs.looks import Look
from feedback.services.trending import Series
from feedback.vocabulary import NoteKind, PeriodKind
from feedback.web import spans
from feedback.web.frame import language

LOOKS = {
    State.COMMON: Look.COMMON,
    State.IMPROVEMENT: Look.BETTER,
    State.CONCERN: Look.WORSE,
    State.NEITHER: Look.NEITHER,
}


def drawn(
    series: Series, kind: PeriodKind, anchor: str, title: str, words: str, *, small: bool
) -> Markup | None:
    """The chart of a series; None where there is nothing to draw.

    Args:
        small: for a page of many.
    """
    reading = series.reading
    if reading is None or series.last is None:
        return None
    scale = 100 if series.shares else 1
    low, high, ticks = _axis(series, scale)
    letters: dict[int, str] = {}
    for each in series.marks:
        if each.note.kind is not NoteKind.SET_ASIDE:
            letters.setdefault(each.position, each.letter)
    points = []
    named = spans.labels(kind, series.spots)
    for at, (spot, label) in enumerate(zip(series.spots, named, strict=True), start=1):
        state, limits = reading.states[at - 1], reading.limits[at - 1]
        points.append(
            line_charts.Point(
                label,
                None if spot.value is None else scale * spot.value,
                hidden=spot.value is None and spot.people.count is None,
                state=LOOKS[state] if state else Look.COMMON,
                set_aside=at in series.set_aside,
                lower=scale * limits[0] if limits else None,
                upper=scale * limits[1] if limits else None,
                mark="" if small else letters.get(at, ""),
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
            ticks=ticks,
            right_to_left=languages.direction(language()) == "rtl",
            small=small,
        )
    )


def _axis(series: Series, scale: int) -> tuple[float, float, list[float]]:
    """Floor, top and ticks: all of a share or a rating, as much as is needed of other numbers."""
    if series.shares:
        return 0, 100, [0, 50, 100]
    if series.asked.kind == "rating":
        return 0, 10, [0, 5, 10]
    reading = series.reading
    found = [spot.value for spot in series.spots if spot.value is not None]
    if reading is not None:
        found += [end for span in reading.spans for end in (span.lower, span.upper) if end]
    if series.target is not None:
        found.append(series.target.value)
    low, high = floor(min([0.0, *found])), ceil(max([1.0, *found]) * 1.1)
    return low, high, [low, high]
