"""What references of a paper say, and what its parts are called, in the page's language."""

from datetime import date

from flask import current_app, url_for
from flask_babel import format_date, format_decimal, format_percent, gettext, ngettext
from flask_babel import lazy_gettext as _l

from feedback.forms.office_words import AUDIENCES, tag_words
from feedback.models.improvements import Commitment
from feedback.services.citing import Cited, Figure, Of, Show, Sources
from feedback.services.report_plans import Part
from feedback.vocabulary import PeriodKind, ReportKind
from feedback.web import spans, theme_titles, trend_words
from feedback.web.findings import kept
from feedback.web.promise_words import STATE_WORDS
from feedback.web.trend_words import number_words, people_words, value_words

CYCLE = PeriodKind.CYCLE

KINDS = {
    ReportKind.BOARD_PAPER: _l("Board paper"),
    ReportKind.THEMED: _l("Themed report"),
    ReportKind.SUMMARY: _l("One-page summary"),
}
KIND_HINTS = {
    ReportKind.BOARD_PAPER: _l("For a board: what it is asked to decide stands first."),
    ReportKind.THEMED: _l("For the subgroup: one theme or some statements, in depth."),
    ReportKind.SUMMARY: _l("Plain words on one side of paper, for everybody."),
}
HEADINGS = {
    Part.SHORT: _l("In short"),
    Part.ASKED: _l("What you are asked to decide"),
    Part.POSITION: _l("Where we are"),
    Part.DONE: _l("What we did"),
    Part.IMPACT: _l("What changed for children and families"),
    Part.NEXT: _l("What comes next"),
    Part.WHO: _l("Heard and not heard"),
    Part.UNSURE: _l("What we are less sure of"),
    Part.ACTIONS: _l("Actions"),
}
HINTS = {
    Part.SHORT: _l("Three or four sentences that somebody reads who reads nothing else."),
    Part.ASKED: _l("What should be agreed, and by whom. One line each."),
    Part.POSITION: _l("What families and young people said, with the figures."),
    Part.DONE: _l("What was done about it since the last paper."),
    Part.IMPACT: _l(
        "What is different for families now. Each sentence needs a figure, something heard or a "
        "promise. If it is not known yet, write “We do not know yet”."
    ),
    Part.NEXT: _l("What will be done, by whom, and how families will notice."),
    Part.WHO: _l("This writes itself from who took part. You may add to it."),
    Part.UNSURE: _l("This writes itself from the figures. Add what you are not sure of."),
    Part.ACTIONS: _l("This writes itself from what was promised. You may add to it."),
}


def section_name(key: str, tag: str, heading: str) -> str:
    """A section as a list of them says it: its heading, with its statement where it has one."""
    if not tag:
        return heading
    return gettext("%(statement)s: %(heading)s", statement=tag_words(tag), heading=heading)


def day(moment: date) -> str:
    """A day as papers say it."""
    return str(format_date(moment, "d MMMM y"))


# References


def words_of(cited: Cited) -> str:
    """What stands in the text where a reference was typed."""
    match cited.of:
        case Of.MEASURE:
            return _measure(cited)
        case Of.GROUP:
            return _group(cited)
        case Of.THEME:
            return _theme(cited)
        case Of.INSIGHT if cited.insight:
            return gettext("“%(name)s”", name=kept(cited.insight.title).words)
        case Of.PROMISE if cited.promise:
            return gettext("“%(name)s”", name=kept(cited.promise.what).words)
    return ""


def _measure(cited: Cited) -> str:
    figure = cited.figure
    spot = figure.latest if figure else None
    if figure is None or spot is None:
        return ""
    series, value = figure.series, spot.value or 0
    people = people_words(spot.people.count or 0, series.audiences, rounded=True)
    match cited.show:
        case Show.WHOLE if series.shares:
            return gettext(
                "%(value)s of %(people)s", value=value_words(series, value), people=people
            )
        case Show.WHOLE:
            return gettext(
                "%(mean)s on average, from %(people)s", mean=_number(figure, value), people=people
            )
        case Show.PEOPLE:
            return people
        case Show.FIRST:
            return _number(figure, figure.figures[0].value or 0)
        case Show.PERIOD:
            return spans.called(CYCLE, spot)
        case Show.RANGE:
            return _range(figure)
        case Show.SENTENCE | Show.CHART:
            return trend_words.sentence(series, CYCLE)
    return _number(figure, value)


def _number(figure: Figure, value: float) -> str:
    if figure.series.shares:
        return value_words(figure.series, value)
    return str(format_decimal(value, "#,##0.0"))


def _range(figure: Figure) -> str:
    values = [spot.value or 0 for spot in figure.figures]
    answers = sum(spot.people.count or 0 for spot in figure.figures)
    periods = ngettext(
        "%(many)s period of four weeks",
        "%(many)s periods of four weeks",
        len(values),
        many=format_decimal(len(values)),
    )
    return gettext(
        "between %(low)s and %(high)s in %(periods)s, with %(answers)s answers",
        low=_number(figure, min(values)),
        high=_number(figure, max(values)),
        periods=periods,
        answers=number_words(answers, rounded=True),
    )


def _group(cited: Cited) -> str:
    if cited.group is None or cited.figure is None:
        return ""
    _dimension, _code, counted = cited.group
    total = counted.total if counted.hits is None else counted.hits
    return gettext(
        "%(value)s of %(people)s (%(group)s)",
        value=_number(cited.figure, (total or 0) / counted.base),
        people=people_words(counted.base, cited.figure.series.audiences, rounded=True),
        group=group_words(cited),
    )


def group_words(cited: Cited) -> str:
    """What the group of a reference is called."""
    if cited.group is None or cited.figure is None:
        return ""
    dimension, code, _counted = cited.group
    label = cited.figure.released.names.get(dimension, {}).get(code)
    return kept(label).words if label else gettext("Did not say")


def _theme(cited: Cited) -> str:
    if cited.theme is None:
        return ""
    people, base = cited.theme.figures["people"], cited.theme.figures["of"]
    share = format_percent(round(100 * people / base) / 100)
    if cited.show is Show.VALUE:
        return str(share)
    return gettext(
        "%(people)s of %(base)s who wrote something (%(share)s)",
        people=number_words(people, rounded=True),
        base=people_words(base, frozenset({cited.theme.audience}), rounded=True),
        share=share,
    )


def theme_title(cited: Cited, sources: Sources) -> str:
    """What the theme of a reference is called; its code where no codebook names it any more."""
    if cited.theme is None:
        return ""
    name = sources.theme_names.get(cited.theme.theme_id, "")
    return theme_titles.title(name) if name else cited.theme.theme.code.replace("_", " ")


# Evidence


def source_of(cited: Cited, sources: Sources) -> str:
    """Where a reference leads, as the list of evidence says it."""
    release = sources.release.number if sources.release else 0
    match cited.of:
        case Of.MEASURE | Of.GROUP if cited.figure and cited.figure.latest:
            return gettext(
                "Release %(release)s: %(title)s, %(period)s.",
                release=release,
                title=kept(cited.figure.series.measure.title).words,
                period=spans.called(CYCLE, cited.figure.latest),
            )
        case Of.THEME if cited.theme:
            return gettext(
                "Release %(release)s: people who raised the theme “%(theme)s” in comments, "
                "%(audience)s.",
                release=release,
                theme=theme_title(cited, sources),
                audience=AUDIENCES[cited.theme.audience],
            )
        case Of.INSIGHT if cited.insight:
            return gettext(
                "Heard on %(day)s: %(title)s.",
                day=day(cited.insight.heard_on),
                title=kept(cited.insight.title).words,
            )
        case Of.PROMISE if cited.promise:
            return gettext(
                "Promise: %(what)s. %(state)s.",
                what=kept(cited.promise.what).words,
                state=STATE_WORDS[cited.promise.state],
            )
    return ""


def address_of(cited: Cited, sources: Sources) -> str:
    """The page that a reference leads to; everybody may open it, or staff where nothing is out."""
    match cited.of:
        case Of.MEASURE | Of.GROUP if cited.figure and sources.release:
            name = cited.figure.series.measure.name
            return url_for("figures.measure", number=sources.release.number, name=name)
        case Of.THEME if sources.release:
            return url_for("figures.release", number=sources.release.number)
        case Of.INSIGHT if cited.insight:
            return _insight(cited.insight.code, published=bool(cited.insight.published_at))
        case Of.PROMISE if cited.promise:
            insight = next(
                (each for each in sources.insights.values() if each.id == cited.promise.insight_id),
                None,
            )
            return _insight(insight.code, published=bool(insight.published_at)) if insight else ""
    return ""


def _insight(code: str, *, published: bool) -> str:
    """An insight's page for everybody, or for staff while it is not out."""
    ways = ("said.insight", "improving.insight") if published else ("improving.insight",)
    there = [each for each in ways if each in current_app.view_functions]
    return url_for(there[0], code=code) if there else ""


# Promises


def owner_words(promise: Commitment) -> str:
    """Which body answers for a promise."""
    return promise.organisation.name if promise.organisation else gettext("nobody yet")


def due_words(promise: Commitment, today: date) -> str:
    """By when a promise is due, and whether that is over."""
    if promise.due_on is None:
        return gettext("no day yet")
    if promise.state.is_open and promise.due_on < today:
        late = (today - promise.due_on).days
        return ngettext(
            "%(day)s, %(late)s day late",
            "%(day)s, %(late)s days late",
            late,
            day=day(promise.due_on),
            late=format_decimal(late),
        )
    return day(promise.due_on)


def outcome_words(promise: Commitment) -> str:
    """What came of a promise so far: the newest that was said of it, or why it cannot be."""
    said = kept(promise.updates[-1].words).words if promise.updates else ""
    return said or kept(promise.reason).words
