"""Figures of themes in the page's language: shares, directions, rounds and verdicts in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_date, format_decimal, format_percent, gettext, ngettext
from markupsafe import Markup

from feedback import languages
from feedback.analysis.disclosure import Share, Shown
from feedback.analysis.measures import Interval
from feedback.analysis.theme_change import Verdict
from feedback.forms.office_words import AUDIENCES
from feedback.outputs.charts import Bar, bar_chart, column_chart
from feedback.services.theme_figures import Checked, Figures, Line, OfAudience, Round
from feedback.web.frame import language


@dataclass(frozen=True)
class Said:
    """One theme's line: numbers in words; None where hidden."""

    code: str
    name: str
    definition: str
    count: str | None
    share: str | None
    width: int  # of its bar, per cent
    range: str
    sentence: str
    direction: str
    sides: Sequence[tuple[str, str | None]]
    side_chart: Markup | None
    verdict: str
    verdict_key: str
    checked: str
    precise: bool


@dataclass(frozen=True)
class Split:
    """A theme by audience or by round: a chart and the table it rests on."""

    chart: Markup
    lines: Sequence[tuple[str, str | None, str | None, str | None]]


def lines(figures: Figures) -> list[Said]:
    """All themes; the longest bar is that of the largest share."""
    largest = max((each.share.per_cent for each in figures.lines if each.share), default=0)
    return [line(each, largest=largest) for each in figures.lines]


def line(each: Line, *, largest: int = 100) -> Said:
    """One theme as the list and its page say it.

    Args:
        largest: the share that fills a bar, per cent.
    """
    count = each.count.count
    return Said(
        code=each.theme.theme.code,
        name=each.theme.name,
        definition=each.theme.definition,
        count=None if count is None else format_decimal(count),
        share=_per_cent(each.share),
        width=round(100 * each.share.per_cent / max(1, largest)) if each.share else 0,
        range=_range(each.interval) if each.interval and each.share else "",
        sentence=_sentence(each),
        direction=_direction(each),
        sides=[(_side(side), _number(shown)) for side, shown in each.sides.cells.items()],
        side_chart=_side_chart(each),
        verdict=_verdict(each.change.verdict) if each.change else "",
        verdict_key=each.change.verdict.name.lower() if each.change else "",
        checked=checked_words(each.checked),
        precise=each.checked.precise,
    )


def nothing(figures: Figures) -> str:
    """How many people wrote only what no theme fits."""
    count = figures.nothing_fits.count
    if count is None:
        return ""
    return ngettext(
        "%(people)s person wrote only things that no theme fits.",
        "%(people)s people wrote only things that no theme fits.",
        count,
        people=format_decimal(count),
    )


def checked_words(checked: Checked) -> str:
    """How often the machine was right, with the size of the sample."""
    if not checked.put:
        return gettext("Not checked yet")
    return gettext(
        "%(right)s of %(put)s right",
        right=format_decimal(checked.right),
        put=format_decimal(checked.put),
    )


def audiences(found: Sequence[OfAudience]) -> Split | None:
    """Who raised a theme."""
    if len(found) < 2:
        return None
    lines = [(str(AUDIENCES[each.audience]), each.count, each.base, each.share) for each in found]
    bars = [_bar(name, share) for name, _, _, share in lines]
    return Split(
        Markup(  # noqa: S704 -- the chart escapes every label
            bar_chart(
                bars,
                chart_id="by-audience",
                title=gettext("Who raised it"),
                description="; ".join(f"{bar.label}: {bar.said}" for bar in bars),
                full=100,
                right_to_left=languages.direction(language()) == "rtl",
            )
        ),
        [
            (name, _number(count), _number(base), _per_cent(share))
            for name, count, base, share in lines
        ],
    )


def rounds(found: Sequence[Round]) -> Split | None:
    """When a theme was raised."""
    if sum(each.base.count is not None for each in found) < 2:
        return None
    lines = [(_until(each), each.count, each.base, each.share) for each in found]
    bars = [_bar(_day(each), each.share) for each in found]
    said = [f"{_until(each)}: {bar.said}" for each, bar in zip(found, bars, strict=True)]
    return Split(
        Markup(  # noqa: S704 -- the chart escapes every label
            column_chart(
                bars,
                chart_id="by-round",
                title=gettext("When it was raised"),
                description="; ".join(said),
                right_to_left=languages.direction(language()) == "rtl",
            )
        ),
        [
            (name, _number(count), _number(base), _per_cent(share))
            for name, count, base, share in lines
        ],
    )


def _bar(name: str, share: Share | None) -> Bar:
    if share is None:
        return Bar(name, None, gettext("hidden, small group"))
    return Bar(name, share.per_cent, str(format_percent(share.per_cent / 100)))


def _sentence(each: Line) -> str:
    count = each.count.count
    if count is None:
        return gettext("The groups are too small to show how many people raised this.")
    facts = {"share": _per_cent(each.share), "range": _range(each.interval)}
    if each.share is None or each.interval is None:
        return ngettext(
            "%(people)s person raised this.",
            "%(people)s people raised this.",
            count,
            people=format_decimal(count),
        )
    return ngettext(
        "%(people)s person raised this: %(share)s of those who wrote something. "
        "Chance alone could make it %(range)s.",
        "%(people)s people raised this: %(share)s of those who wrote something. "
        "Chance alone could make it %(range)s.",
        count,
        people=format_decimal(count),
        **facts,
    )


def _direction(each: Line) -> str:
    """Which way most of those who raised it feel; nothing where that is hidden or even."""
    shown = {side: cell.count for side, cell in each.sides.cells.items()}
    if any(count is None for count in shown.values()):
        return ""
    total = sum(count or 0 for count in shown.values())
    good, bad = shown.get("good") or 0, shown.get("bad") or 0
    if 2 * bad > total:
        return gettext("mostly unhappy")
    if 2 * good > total:
        return gettext("mostly happy")
    return gettext("mixed")


def _side_chart(each: Line) -> Markup | None:
    cells = each.sides.cells
    if each.sides.base.count is None:
        return None
    bars = [
        Bar(_side(side), cell.count, _number(cell) or gettext("hidden, small group"))
        for side, cell in cells.items()
    ]
    return Markup(  # noqa: S704 -- the chart escapes every label
        bar_chart(
            bars,
            chart_id="sides",
            title=gettext("How people feel about it"),
            description="; ".join(f"{bar.label}: {bar.said}" for bar in bars),
            full=each.sides.base.count,
            right_to_left=languages.direction(language()) == "rtl",
        )
    )


def _side(side: str) -> str:
    return {
        "good": gettext("Happy"),
        "mixed": gettext("Mixed, or neither"),
        "bad": gettext("Unhappy"),
    }[side]


def _verdict(verdict: Verdict) -> str:
    return {
        Verdict.GROWN: gettext("grown"),
        Verdict.FALLEN: gettext("fallen"),
        Verdict.NOT_ENOUGH: gettext("not enough to tell"),
    }[verdict]


def _until(each: Round) -> str:
    return gettext("to %(day)s", day=format_date(each.before, "d MMM"))


def _day(each: Round) -> str:
    """The day over the month: side by side they are wider than a column is on a phone."""
    return f"{format_date(each.before, 'd')}\n{format_date(each.before, 'MMM')}"


def _number(shown: Shown) -> str | None:
    return None if shown.count is None else str(format_decimal(shown.count))


def _per_cent(share: Share | None) -> str | None:
    return None if share is None else str(format_percent(share.per_cent / 100))


def _range(interval: Interval | None) -> str:
    """ "18% to 29%", whole per cent."""
    if interval is None:
        return ""
    low, high = (
        str(format_percent(round(100 * end) / 100)) for end in (interval.lower, interval.upper)
    )
    return gettext("%(low)s to %(high)s", low=low, high=high)
