"""Brings surveys in, publishes and retires editions."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import questionnaire as q
from feedback.errors import MeasureDiffers
from feedback.models.surveys import (
    Edition,
    Measure,
    Option,
    Page,
    Question,
    Route,
    Survey,
)
from feedback.queries import surveys
from feedback.vocabulary import EditionStatus, Match

_OF_EDITION = tuple(
    key for key in q.Questionnaire.model_fields if key not in ("survey", "measures", "pages")
)


def keep_draft(session: Session, questionnaire: q.Questionnaire, *, now: datetime) -> Edition:
    """Keep a questionnaire as its survey's draft; a draft that is there already is replaced.

    Published editions stay as they are: the draft becomes the edition after them.

    Raises:
        MeasureDiffers: a measure of this name means something else already.
    """
    survey = session.scalars(select(Survey).where(Survey.name == questionnaire.survey)).first()
    if survey is None:
        survey = Survey(name=questionnaire.survey, created_at=now)
        session.add(survey)
        session.flush()
    newest = surveys.newest_edition(session, survey.name)
    number = 1 if newest is None else newest.number + 1
    if newest is not None and newest.status is EditionStatus.DRAFT:
        number = newest.number
        edition = session.get_one(Edition, surveys.read_edition(session, newest.id).edition_id)
        session.delete(edition)
        session.flush()
    plain = questionnaire.model_dump(mode="json")
    edition = Edition(
        survey=survey,
        number=number,
        status=EditionStatus.DRAFT,
        created_at=now,
        **{key: plain[key] for key in _OF_EDITION},
    )
    measures = _measures(session, questionnaire)
    edition.pages = [
        _page(page, at, measures) for at, page in enumerate(questionnaire.pages, start=1)
    ]
    session.add(edition)
    session.flush()
    return edition


def publish(session: Session, edition: Edition, *, now: datetime) -> None:
    """Freeze an edition so that it can be asked; safe to do twice."""
    if edition.status is EditionStatus.DRAFT:
        edition.status = EditionStatus.PUBLISHED
        edition.published_at = now
        session.flush()


def retire(session: Session, edition: Edition) -> None:
    """Take a published edition out of use; answers to it stay readable."""
    if edition.status is EditionStatus.PUBLISHED:
        edition.status = EditionStatus.RETIRED
        session.flush()


def _measures(session: Session, questionnaire: q.Questionnaire) -> dict[str, Measure]:
    names = [measure.name for measure in questionnaire.measures]
    found = {m.name: m for m in session.scalars(select(Measure).where(Measure.name.in_(names)))}
    for measure in questionnaire.measures:
        kept = found.get(measure.name)
        if kept is None:
            found[measure.name] = Measure(**measure.model_dump(mode="json"))
            session.add(found[measure.name])
        elif (kept.better, kept.top) != (measure.better, measure.top):
            raise MeasureDiffers(name=measure.name)
        else:
            kept.title = measure.model_dump(mode="json")["title"]
    return found


def _page(page: q.Page, position: int, measures: dict[str, Measure]) -> Page:
    route = page.show_when
    plain = page.model_dump(mode="json")
    return Page(
        position=position,
        name=page.name,
        title=plain["title"],
        statements=plain["statements"],
        match=route.match if route else Match.ALL,
        questions=[
            _question(question, at, measures) for at, question in enumerate(page.questions, start=1)
        ],
        routes=[
            Route(position=at, **condition.model_dump())
            for at, condition in enumerate(route.conditions if route else [], start=1)
        ],
    )


def _question(question: q.Question, position: int, measures: dict[str, Measure]) -> Question:
    plain = question.model_dump(mode="json", exclude={"options", "measure"})
    options = [option.model_dump(mode="json") for option in question.options]
    return Question(
        position=position,
        **{**plain, "kind": question.kind},
        measure=measures[question.measure] if question.measure else None,
        options=[Option(position=at, **option) for at, option in enumerate(options, start=1)],
    )
