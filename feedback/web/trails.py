"""The trail of a published insight: from its sentences back to what they rest on, and on again.

Each step has a place on the page and, where everybody may open one, a page of its own. None of
them leads to a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from feedback.models.improvements import Insight
from feedback.queries import published
from feedback.vocabulary import Presentation, RunState
from feedback.web.findings import Titled
from feedback.web.frame import language
from feedback.web.promises import Heard, worded


@dataclass(frozen=True)
class Step:
    """One step: its place on the page, what it is, its words, and where it leads."""

    anchor: str
    name: str
    words: Titled
    address: str = ""
    day: date | None = None
    badge: bool = False  # a group says here that it is theirs


def trail(
    session: Session, insight: Insight, told: Heard, measures: Mapping[str, Titled]
) -> list[Step]:
    """The steps from what was promised back to what people were asked, in that order.

    Args:
        measures: names and titles of what was measured, in the newest release.
    """
    steps = [
        Step(f"from-{each.anchor}", gettext("We promised"), each.what, f"#{each.anchor}")
        for each in told.promises
    ]
    steps += [
        Step(
            f"from-meeting-{each.anchor}",
            gettext("Where it was decided"),
            _plain(each.meeting),
            day=each.held_on,
        )
        for each in told.promises
        if each.meeting
    ]
    steps.append(Step("from-said", gettext("You said"), told.title, "#said"))
    steps += _theme(session, insight)
    steps += _asked(session, insight)
    if insight.event is not None:
        address = url_for("public.event", code=insight.event.code)
        steps.append(
            Step("from-event", gettext("Where you said it"), _plain(insight.event.name), address)
        )
    steps += [
        Step(
            f"from-paper-{each.id}",
            gettext("In a paper for a meeting"),
            Titled(each.version.report.title, each.version.report.language),
            url_for("papers.paper", number=each.id),
            each.version.report.meeting.held_on if each.version.report.meeting else None,
        )
        for each in published.papers(session)
        if insight.code in each.codes
    ]
    release = insight.release
    if release is not None and release.state is RunState.DONE:
        address = url_for("figures.release", number=release.number)
        numbers = Titled(gettext("Release %(number)s.", number=release.number), language())
        steps.append(Step("from-numbers", gettext("The numbers"), numbers, address))
    steps += [
        Step(
            f"from-{name}",
            gettext("Measured by"),
            title,
            f"#measured-{name}",
        )
        for name, title in measures.items()
    ]
    return steps


def _theme(session: Session, insight: Insight) -> list[Step]:
    theme = insight.theme
    if theme is None:
        return []
    names = published.theme_names(session, [theme.id])
    if theme.id not in names:
        return []
    address = url_for("said.every", theme=theme.merged_into_id or theme.id)
    return [Step("from-theme", gettext("The theme"), _plain(names[theme.id]), address)]


def _asked(session: Session, insight: Insight) -> list[Step]:
    if insight.question_id is None:
        return []
    found = published.question(session, insight.question_id)
    if found is None:
        return []
    named = (
        ("from-question", gettext("We asked"), found.ask),
        ("from-survey", gettext("In the survey"), found.survey),
        ("from-asker", gettext("Who wanted it asked"), found.asked_by),
    )
    steps = []
    for anchor, name, text in named:
        words = worded(text, Presentation.STANDARD)
        if words is not None and words.words:
            steps.append(Step(anchor, name, words))
    credit = published.credits(session, [insight.question_id]).get(insight.question_id)
    words = worded(credit or {}, Presentation.STANDARD)
    if words is not None:
        steps.append(Step("from-group", gettext("Who designed the questions"), words, badge=True))
    return steps


def _plain(words: str) -> Titled:
    """Words that staff wrote in one language, which we do not know."""
    return Titled(words, "")
