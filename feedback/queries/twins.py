"""Twins, and the answers to the measures they set side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.collections import Collection
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Measure, Page, Question
from feedback.models.twins import Twin
from feedback.vocabulary import AnswerState, Audience, Part


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers of one collection to one question, as its results page counts them."""

    measure_id: int
    audience: Audience
    collection_id: int
    edition_id: int
    question_id: int
    counts: dict[tuple[AnswerState, str], int] = field(default_factory=dict)


def listed(session: Session) -> list[Twin]:
    """All twins with their measures, in the order in which they were put together."""
    return list(
        session.scalars(
            select(Twin).options(joinedload(Twin.young), joinedload(Twin.parent)).order_by(Twin.id)
        )
    )


def one(session: Session, twin_id: int) -> Twin | None:
    """One pair of twins with its measures."""
    return session.scalars(
        select(Twin)
        .where(Twin.id == twin_id)
        .options(joinedload(Twin.young), joinedload(Twin.parent))
    ).one_or_none()


def of(session: Session, young_id: int, parent_id: int) -> Twin | None:
    """The pair that two measures make, if they do."""
    return session.scalars(
        select(Twin).where(Twin.young_measure_id == young_id, Twin.parent_measure_id == parent_id)
    ).one_or_none()


def with_share(session: Session) -> list[Measure]:
    """The measures that come to a share of the best answers, by name."""
    found = session.scalars(select(Measure).order_by(Measure.name))
    return [measure for measure in found if measure.top]


def named(session: Session, names: Iterable[str]) -> dict[str, int]:
    """The numbers of measures by their names."""
    found = session.scalars(select(Measure).where(Measure.name.in_(list(names))))
    return {measure.name: measure.id for measure in found}


def answers(session: Session, measure_ids: Iterable[int]) -> list[Asked]:
    """The answers of young people and of parents to some measures, the newest edition first.

    A collection that is one part of a session is left out: it is read with its session only.
    """
    rows = session.execute(
        select(
            Measure.id,
            Collection.audience,
            Collection.id,
            Page.edition_id,
            Question.id,
            Answer.state,
            Answer.codes,
            func.count(),
        )
        .join(Response, Response.id == Answer.response_id)
        .join(Collection, Collection.id == Response.collection_id)
        .join(Question, Question.id == Answer.question_id)
        .join(Page, Page.id == Question.page_id)
        .join(Measure, Measure.id == Question.measure_id)
        .where(
            Measure.id.in_(list(measure_ids)),
            Collection.audience.in_([Audience.YOUNG_PERSON, Audience.PARENT]),
            Collection.part == Part.WHOLE,
            Response.sent_at.is_not(None),
        )
        .group_by(
            Measure.id,
            Collection.audience,
            Collection.id,
            Page.edition_id,
            Question.id,
            Answer.state,
            Answer.codes,
        )
        .order_by(Page.edition_id.desc(), Collection.id, Question.id)
    )
    found: dict[tuple[int, int], Asked] = {}
    for measure_id, audience, collection_id, edition_id, question_id, state, codes, count in rows:
        asked = found.setdefault(
            (collection_id, question_id),
            Asked(measure_id, audience, collection_id, edition_id, question_id),
        )
        asked.counts[state, codes or ""] = count
    return list(found.values())
