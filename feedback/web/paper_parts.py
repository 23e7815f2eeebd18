"""The parts of a paper that write themselves: who was heard, what is less sure, actions."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask_babel import format_decimal, format_percent, gettext, ngettext

from feedback.analysis.trends import Refusal
from feedback.forms.office_words import AUDIENCES
from feedback.models.improvements import Commitment, Insight
from feedback.models.reports import Report
from feedback.outputs.papers.paper import Block, Listing, Para, Runs, Table, Text
from feedback.queries import reports as stored
from feedback.queries import themes as runs
from feedback.services import profiling, theme_figures
from feedback.services.citing import Sources, Standing
from feedback.services.profiling import Heard
from feedback.services.reporting import cited_in
from feedback.services.taking_part import Window
from feedback.vocabulary import Audience, Presentation
from feedback.web import hearing, report_words
from feedback.web.findings import kept
from feedback.web.frame import db, language, parts, set_language, today
from feedback.web.hearing import Opening
from feedback.web.promise_words import STATE_WORDS


@contextmanager
def in_language(tag: str) -> Iterator[None]:
    """Write in a paper's language, whatever the page's is."""
    before = language()
    set_language(tag)
    try:
        yield
    finally:
        set_language(before)


def block(which: Standing, report: Report, sources: Sources) -> list[Block]:
    """One part, for the window of a paper."""
    match which:
        case Standing.HEARD:
            return _heard(report)
        case Standing.LESS_SURE:
            return [_para(each) for each in less_sure(sources)]
        case Standing.INSIGHTS:
            return _insights(report, sources)
        case Standing.ACTIONS:
            return _actions(report)
        case Standing.WAYS:
            return [_para(ways(report))]


def speaker(audience: Audience) -> str:
    """Who said something, as widely as may be said."""
    words = {
        Audience.PARENT: gettext("A parent or carer"),
        Audience.YOUNG_PERSON: gettext("A child or young person"),
        Audience.PRACTITIONER: gettext("A practitioner"),
    }
    return words.get(audience, gettext("Somebody who answered"))


def less_sure(sources: Sources) -> list[str]:
    """What a reader should know before believing the figures; there always is something."""
    found = [
        gettext(
            "These figures are of those who answered. They are not all families, and who answers "
            "can change from one time to the next."
        )
    ]
    series = [each.series for each in sources.figures.values()]
    early = sum(each.reading is None or each.reading.now is None for each in series)
    if early:
        found.append(
            ngettext(
                "For %(many)s figure it is too early to say if it moved.",
                "For %(many)s figures it is too early to say if they moved.",
                early,
                many=format_decimal(early),
            )
        )
    gaps = sum(
        any(spot.value is None for spot in each.shown.spots) for each in sources.figures.values()
    )
    if gaps:
        found.append(
            ngettext(
                "%(many)s figure has a period in which too few people answered to show it.",
                "%(many)s figures have a period in which too few people answered to show it.",
                gaps,
                many=format_decimal(gaps),
            )
        )
    stiff = sum(
        each.reading is not None and each.reading.refusal not in (None, Refusal.TOO_SHORT)
        for each in series
    )
    if stiff:
        found.append(
            ngettext(
                "For %(many)s figure no chart can say if it moved.",
                "For %(many)s figures no chart can say if they moved.",
                stiff,
                many=format_decimal(stiff),
            )
        )
    return [*found, *_machine()]


def _machine() -> list[str]:
    """How often people agreed with the themes that a machine put on comments."""
    run = runs.newest_done(db())
    told = run.quality.get("learned") or run.quality.get("words") if run else None
    checked = theme_figures.together(told) if told else None
    if checked is None or checked.precision is None:
        return []
    return [
        gettext(
            "A machine puts themes on comments first. Where people checked it, they agreed with "
            "%(share)s of its themes (%(comments)s comments were checked).",
            share=format_percent(round(100 * checked.precision) / 100),
            comments=format_decimal(checked.comments),
        )
    ]


def everybody_heard() -> tuple[Heard, Opening]:
    """Whom we ever heard, and how a page begins to say whom we did not."""
    threshold = parts().settings.threshold_public
    window = Window()  # any other days could be taken from these, and tell who is few
    found = profiling.heard(db(), window, threshold)
    return found, hearing.opening(found, window, threshold)


def _heard(report: Report) -> list[Block]:
    """Whom we did not hear, in words: no count of people, for those come from a release only."""
    threshold = parts().settings.threshold_public
    found, opening = everybody_heard()
    blocks: list[Block] = [
        _para(opening.sentence),
        _para(gettext("This counts everybody who has ever answered, not only in this time.")),
    ]
    if opening.not_heard:
        blocks.append(_named(opening.not_heard))
    if opening.less:
        blocks.append(_para(gettext("Heard clearly less than their share of the area:")))
        blocks.append(_named(opening.less))
    if not found.not_in_education.asked or found.not_in_education.few:
        blocks.append(_para(hearing.not_in_education(found.not_in_education, threshold)))
    else:
        blocks.append(
            _para(
                gettext(
                    "Not in education: we heard from %(threshold)s people or more.",
                    threshold=format_decimal(threshold),
                )
            )
        )
    return [*blocks, _para(ways(report))]


def ways(report: Report) -> str:
    """How many events of its days were face to face, and how many online."""
    together, online = stored.places_of_events(db(), report.since, report.until)
    if not together and not online:
        return gettext("No event took place in these days.")
    return gettext(
        "Events in these days: %(together)s face to face, %(online)s online.",
        together=format_decimal(together),
        online=format_decimal(online),
    )


def insights_in(report: Report, sources: Sources) -> list[Insight]:
    """What was heard in the window of a paper."""
    return [
        each for each in sources.insights.values() if report.since <= each.heard_on <= report.until
    ]


def actions_of(report: Report) -> Sequence[Commitment]:
    """What was promised at the meeting of a paper, and for what was heard in its window."""
    return stored.actions(db(), report.meeting_id, report.since, report.until)


def heard_words(report: Report, sources: Sources) -> dict[str, list[str]]:
    """The insights that a paper speaks of: code → their words, and those of their promises."""
    found: dict[str, set[str]] = {}

    def add(code: str, *texts: Mapping[str, Any]) -> None:
        for words in filter(None, texts):
            found.setdefault(code, set()).update(
                kept(words, presentation).words for presentation in Presentation
            )

    codes = {each.id: each.code for each in sources.insights.values()}
    for section in report.sections:
        for cited in cited_in(f"{section.body}\n{section.easy or ''}", sources).values():
            if cited.insight:
                add(cited.insight.code, cited.insight.title, cited.insight.said)
            if cited.promise:
                add(codes[cited.promise.insight_id], cited.promise.what)
            if cited.quote:
                found.setdefault(cited.quote.insight, set())
            if cited.block is Standing.INSIGHTS:
                for insight in insights_in(report, sources):
                    add(insight.code, insight.title, insight.said)
            if cited.block is Standing.ACTIONS:
                for promise in actions_of(report):
                    add(promise.insight.code, promise.insight.title, promise.what)
    return {code: sorted(found[code]) for code in sorted(found)}


def _insights(report: Report, sources: Sources) -> list[Block]:
    heard = insights_in(report, sources)
    if not heard:
        return [_para(gettext("Nothing was written down as heard in these days."))]
    items: list[Runs] = [
        (
            Text(kept(each.title).words, bold=True, language=_other(each.title)),
            Text(gettext(" (%(audience)s): ", audience=AUDIENCES[each.audience])),
            Text(kept(each.said).words, language=_other(each.said)),
        )
        for each in heard
    ]
    return [Listing(tuple(items))]


def _actions(report: Report) -> list[Block]:
    found = actions_of(report)
    if not found:
        return [_para(gettext("No action was decided yet."))]
    return [actions_table(found, today())]


def actions_table(found: Sequence[Commitment], moment: date) -> Table:
    """What was promised: by whom, by when, where it stands, and how families will notice."""
    return Table(
        name="actions",
        caption=gettext("Actions"),
        header=(
            gettext("What"),
            gettext("Who answers for it"),
            gettext("Due"),
            gettext("State"),
            gettext("How families will notice"),
        ),
        rows=tuple(
            (
                kept(each.what).words,
                report_words.owner_words(each),
                report_words.due_words(each, moment),
                str(STATE_WORDS[each.state]),
                kept(each.notice).words or "–",
            )
            for each in found
        ),
    )


def _named(pairs: Sequence[tuple[str, str]]) -> Listing:
    items = [
        (Text(gettext("%(name)s: ", name=title), bold=True), Text(groups))
        for title, groups in pairs
    ]
    return Listing(tuple(items))


def _para(words: str) -> Para:
    return Para((Text(words),))


def _other(words: dict[str, object]) -> str:
    """The language of words that are not there in the paper's own."""
    tag = kept(words).tag
    return "" if tag == language() else tag
