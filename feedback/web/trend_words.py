"""Series in the page's language: the sentence, the chart, the table and what to know of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import (
    format_date,
    format_decimal,
    format_percent,
    gettext,
    ngettext,
)
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from feedback.analysis import disclosure
from feedback.analysis.measures import wilson_interval
from feedback.analysis.periods import CYCLE_DAYS
from feedback.analysis.trends import Assurance, Chart, Reading, Refusal, State, stretches
from feedback.outputs.looks import Look, state_icon
from feedback.services.trending import Series, Spot
from feedback.vocabulary import Audience, Better, PeriodKind
from feedback.web import spans, trend_charts
from feedback.web.findings import kept
from feedback.web.frame import language
from feedback.web.trend_charts import Axis

SMALL = 100  # answers; of fewer the range stands beside the share
FALSE_SHORT, FALSE_LONG = stretches.LEVEL, 0.015  # of steady series that a chart takes for moved

INDEX_WORDS = {"valued_visible_included": _l("Valued, visible and included")}
DIMENSION_WORDS = {
    "area": _l("Area"),
    "stage": _l("Stage"),
    "need": _l("Need"),
    "age_band": _l("Age"),
    "setting": _l("School or setting"),
}


@dataclass(frozen=True)
class Line:
    """One period in the table; what is None is hidden or was not asked."""

    name: str
    people: str | None
    value: str | None
    between: str
    said: str
    mark: str
    hidden: bool


@dataclass(frozen=True)
class Told:
    """A series as a page shows it.

    `standing` sorts it on a page of many: "moved", "still", "early" or "hidden".
    """

    name: str
    title: str
    tag: str
    anchor: str
    sentence: str
    figure: str
    standing: str
    icon: Markup
    chart: Markup | None
    lines: Sequence[Line]
    notes: Sequence[str]
    shares: bool


def told(
    series: Series,
    kind: PeriodKind,
    *,
    small: bool = False,
    group: str = "",
    axis: Axis | None = None,
) -> Told:
    """A series in words and in pictures.

    Args:
        small: for a page of many: a small chart, and no table.
        group: the name of the group that it is of; it has no page, and so its table is here.
        axis: floor and top of its chart, where several share them.
    """
    title = group or kept(series.measure.title).words
    words = sentence(series, kind)
    anchor = f"m-{series.measure.name}" + (f"-{series.group}" if group else "")
    look, named = _state(series)
    return Told(
        name=series.measure.name,
        title=title,
        tag=language() if group else kept(series.measure.title).tag,
        anchor=anchor,
        sentence=words,
        figure=figure(series, kind),
        standing=standing(series),
        icon=Markup(state_icon(look, words=named)),  # noqa: S704 -- it escapes its words
        chart=trend_charts.drawn(series, kind, anchor, title, words, small=small, axis=axis),
        lines=() if small and not group else lines_of(series, kind),
        notes=() if small else _notes(series, kind),
        shares=series.shares,
    )


def standing(series: Series) -> str:
    """Whether a series moved, stood still, is too young to say, or is hidden."""
    reading = series.reading
    if reading is None or series.last is None:
        return "hidden"
    if reading.now is None:
        return "early"
    return "moved" if reading.now is not State.COMMON or reading.moved else "still"


def expected_by_chance(many: Sequence[Series]) -> float:
    """How many of these series would be taken for moved if none had."""
    return sum(
        FALSE_SHORT if each.reading.chart is Chart.RUN else FALSE_LONG
        for each in many
        if each.reading is not None and each.reading.now is not None
    )


def by_chance_words(many: Sequence[Series]) -> str:
    """How often chance alone would make these charts look moved."""
    expected = expected_by_chance(many)
    if not expected:
        return ""
    if expected < 1:
        return gettext(
            "Even if nothing had moved, chance would make a chart look moved on 1 page like this "
            "in %(pages)s.",
            pages=format_decimal(round(1 / expected)),
        )
    return ngettext(
        "Even if nothing had moved, chance would make about %(many)s chart here look moved.",
        "Even if nothing had moved, chance would make about %(many)s charts here look moved.",
        round(expected),
        many=format_decimal(round(expected)),
    )


def sentence(series: Series, kind: PeriodKind) -> str:
    """The newest figure and what it says, in a few short sentences."""
    return f"{figure(series, kind)} {verdict(series, kind)}".strip()


def figure(series: Series, kind: PeriodKind) -> str:
    """The newest figure with its period and its base."""
    spot = series.last
    if spot is None:
        return gettext("Too few people answered in each period, so nothing is shown.")
    return gettext(
        "%(period)s: %(people)s. %(value)s.",
        period=spans.called(kind, spot),
        people=people_words(spot.people.count or 0, series.audiences, rounded=series.rounded),
        value=value_words(series, spot.value or 0),
    )


def verdict(series: Series, kind: PeriodKind) -> str:
    """What the newest figure says, in a sentence."""
    reading = series.reading
    if reading is None:
        return ""
    if reading.now is None:
        return refusal_words(reading)
    if reading.now is State.COMMON:
        return _came_back(series, kind) or gettext("This is a usual up and down.")
    since = spans.begins(kind, series.spots[(reading.since or 1) - 1])
    if reading.now is State.IMPROVEMENT:
        return gettext("This is better than usual, since %(since)s.", since=since)
    if reading.now is State.CONCERN:
        return gettext("This is worse than usual, since %(since)s.", since=since)
    return gettext("This is not as usual, since %(since)s.", since=since)


def refusal_words(reading: Reading) -> str:
    """Why a chart says nothing of its last point."""
    if reading.refusal is Refusal.TOO_SHORT or reading.refusal is None:
        count = sum(state is not None for state in reading.states)
        if count == 0:
            return gettext("It is too early to say if it has moved: that takes 6 periods.")
    return gettext(reading.refusal.words) if reading.refusal else ""


def people_words(count: int, audiences: frozenset[Audience], *, rounded: bool = False) -> str:
    """So many people of the kind that answered.

    Args:
        rounded: to the nearest five, and said to be.
    """
    many = number_words(count, rounded=rounded)
    count = disclosure.rounded(count) if rounded else count
    if audiences == {Audience.PARENT}:
        return ngettext(
            "%(people)s parent or carer", "%(people)s parents and carers", count, people=many
        )
    if audiences == {Audience.YOUNG_PERSON}:
        return ngettext("%(people)s young person", "%(people)s young people", count, people=many)
    return ngettext("%(people)s person", "%(people)s people", count, people=many)


def days_words(cycles: Sequence[str]) -> str:
    """From the first day of some cycles to the last one's last."""
    first = date.fromisoformat(min(cycles))
    last = date.fromisoformat(max(cycles)) + timedelta(days=CYCLE_DAYS - 1)
    return gettext(
        "Answers from %(first)s to %(last)s.",
        first=format_date(first, "d MMM y"),
        last=format_date(last, "d MMM y"),
    )


def number_words(count: int, *, rounded: bool) -> str:
    """A count as it stands; or to the nearest five, and said to be."""
    if not rounded:
        return str(format_decimal(count))
    return gettext("about %(many)s", many=format_decimal(disclosure.rounded(count)))


def value_words(series: Series, value: float) -> str:
    """A share as a whole per cent, a mean with one decimal."""
    if series.shares:
        return str(format_percent(round(100 * value) / 100))
    return gettext("Mean %(mean)s", mean=trend_charts.mean_written(value))


def _came_back(series: Series, kind: PeriodKind) -> str:
    moved = series.reading.moved if series.reading else None
    if moved is None:
        return ""
    facts = {
        "first": spans.begins(kind, series.spots[moved.first - 1]),
        "last": spans.ends(kind, series.spots[moved.last - 1]),
        "value": value_words(series, moved.inside),
        "rest": value_words(series, moved.outside),
    }
    if moved.inside < moved.outside:
        return gettext(
            "It fell, and came back: from %(first)s until %(last)s it was %(value)s, "
            "else %(rest)s. That is more than chance.",
            **facts,
        )
    return gettext(
        "It rose, and went back: from %(first)s until %(last)s it was %(value)s, "
        "else %(rest)s. That is more than chance.",
        **facts,
    )


def _state(series: Series) -> tuple[Look, str]:
    reading = series.reading
    if reading is None:
        return Look.NOTHING, gettext("Nothing to say")
    if reading.now is None:
        return Look.TOO_EARLY, gettext("Too early to say")
    words = {
        State.COMMON: gettext("A usual up and down"),
        State.IMPROVEMENT: gettext("Better than usual"),
        State.CONCERN: gettext("Worse than usual"),
        State.NEITHER: gettext("Not as usual"),
    }
    return trend_charts.LOOKS[reading.now], words[reading.now]


# The table


def lines_of(series: Series, kind: PeriodKind) -> list[Line]:
    """The table of a series."""
    marks: dict[int, str] = {}
    for each in series.marks:
        marks[each.position] = f"{marks.get(each.position, '')} {each.letter}".strip()
    return [
        _line(series, kind, at, spot, marks.get(at, ""))
        for at, spot in enumerate(series.spots, start=1)
    ]


def _line(series: Series, kind: PeriodKind, at: int, spot: Spot, mark: str) -> Line:
    base, hits = spot.people.count, spot.hits.count
    name = spans.called(kind, spot)
    if spot.so_far:
        name = gettext("%(period)s, so far", period=name)
    between = ""
    if series.shares and hits is not None and base and base < SMALL and not series.rounded:
        ends = wilson_interval(hits, base)
        between = gettext(
            "%(low)s to %(high)s",
            low=format_percent(round(100 * ends.lower) / 100),
            high=format_percent(round(100 * ends.upper) / 100),
        )
    return Line(
        name=name,
        people=None if base is None else number_words(base, rounded=series.rounded),
        value=None if spot.value is None else value_words(series, spot.value),
        between=between,
        said=_said(series, at),
        mark=mark,
        hidden=spot.value is None,
    )


def _said(series: Series, at: int) -> str:
    if at in series.set_aside:
        return gettext("Does not count")
    state = series.reading.states[at - 1] if series.reading else None
    better, worse = gettext("Better than usual"), gettext("Worse than usual")
    words = {
        State.IMPROVEMENT: better,
        State.CONCERN: worse,
        State.NEITHER: gettext("Not as usual"),
    }
    return words.get(state, "") if state else ""


def _notes(series: Series, kind: PeriodKind) -> list[str]:
    """What to know before believing the chart."""
    reading, found = series.reading, list[str]()
    if series.measure.better is Better.LOWER:
        found.append(gettext("Lower is better."))
    for at in series.broken:
        found.append(
            gettext(
                "The question changed its answers with %(period)s. What came before cannot be "
                "compared, so the line is broken there.",
                period=spans.called(kind, series.spots[at - 1]),
            )
        )
    if series.older:
        found.append(
            gettext(
                "The newest %(many)s periods are shown.", many=format_decimal(len(series.spots))
            )
        )
    if reading is None:
        return found
    if reading.refusal is not None:
        found.append(gettext(reading.refusal.words))
    if reading.rough and reading.refusal is None:
        found.append(gettext("The newest limits rest on few points, so they are rough."))
    if reading.cannot_signal_up:
        found.append(gettext("It stands so near to 100% that this chart cannot show it rising."))
    if reading.cannot_signal_down:
        found.append(gettext("It stands so near to 0% that this chart cannot show it falling."))
    if reading.chart is Chart.PROPORTION:
        found.append(
            gettext("Some periods have few answers and some have many, so each has its own limits.")
        )
    if reading.assurance is not None and series.target is not None:
        found.append(_promise(series, reading.assurance))
    return found


def _promise(series: Series, assurance: Assurance) -> str:
    target = target_words(series)
    if assurance is Assurance.PASS:
        return gettext(
            "As things are, it will go on reaching the target of %(target)s.", target=target
        )
    if assurance is Assurance.FAIL:
        return gettext(
            "As things are, it will not reach the target of %(target)s. Something has to change.",
            target=target,
        )
    return gettext(
        "It will reach the target of %(target)s now and then, by chance. That is no promise.",
        target=target,
    )


def target_words(series: Series) -> str:
    """What the measure is to reach."""
    if series.target is None:
        return ""
    if series.shares:
        return str(format_percent(series.target.value / 100))
    return str(format_decimal(series.target.value, "#,##0.#"))
