"""Who took part, counted by what they said about themselves. Counts are raw here: they leave only
through the gate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from feedback.models.collections import Collection
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Edition, Option, Page, Question
from feedback.models.tallies import Tally
from feedback.vocabulary import WHO, Audience, EditionStatus, Part, QuestionKind


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that surveys ask about people: its groups with their words, in order.

    `several` says that one person may choose more than one of them.
    """

    groups: Mapping[str, Mapping[str, Any]]
    several: bool


def people_by_group(
    session: Session,
    question_name: str,
    *,
    audience: Audience | None = None,
    since: datetime | None = None,
    before: datetime | None = None,
) -> dict[str, int]:
    """Group → how many people said that they are in it.

    Args:
        question_name: the name that surveys give the question.
        audience: whom alone to count; None or everyone: all.
        since, before: only what was sent from this day on, and before that one; each as a
            moment of the host's time zone.
    """
    found: dict[str, int] = {}
    for codes, people in _by_codes(session, question_name, audience, since, before).items():
        for code in codes:
            found[code] = found.get(code, 0) + people
    return found


def people_answering(
    session: Session,
    question_name: str,
    *,
    audience: Audience | None = None,
    since: datetime | None = None,
    before: datetime | None = None,
) -> int:
    """How many people are in any group; each once, in however many they are."""
    return sum(_by_codes(session, question_name, audience, since, before).values())


def people_by_both(
    session: Session,
    first: str,
    second: str,
    *,
    audience: Audience | None = None,
    since: datetime | None = None,
    before: datetime | None = None,
) -> dict[tuple[str, ...], int]:
    """A group of each of two questions → how many people are in both of them.

    For questions where a person is in exactly one group.
    """
    answer, question = aliased(Answer), aliased(Question)
    rows = session.execute(
        select(Answer.codes, answer.codes, func.count())
        .select_from(Response)
        .join(Collection, Collection.id == Response.collection_id)
        .join(Answer, Answer.response_id == Response.id)
        .join(Question, Question.id == Answer.question_id)
        .join(answer, answer.response_id == Response.id)
        .join(question, question.id == answer.question_id)
        .where(
            Question.name == first,
            question.name == second,
            Answer.codes.is_not(None),
            answer.codes.is_not(None),
            *_wanted(audience, since, before),
        )
        .group_by(Answer.codes, answer.codes)
    )
    return {(one or "", other or ""): people for one, other, people in rows}


def asked(session: Session, audience: Audience | None = None) -> dict[str, Asked]:
    """Question name → what surveys offer to it, the newest words first.

    Args:
        audience: only surveys that were opened to these people, or to everyone.
    """
    opened = select(Collection.edition_id).where(Collection.part == Part.WHOLE)
    if audience not in (None, Audience.EVERYONE):
        opened = opened.where(Collection.audience.in_([audience, Audience.EVERYONE]))
    rows = session.execute(
        select(Question.name, Question.kind, Option.code, Option.label)
        .join(Page, Page.id == Question.page_id)
        .join(Edition, Edition.id == Page.edition_id)
        .join(Option, Option.question_id == Question.id)
        .where(
            Question.kind.in_([QuestionKind.CHOICE, QuestionKind.CHOICES]),
            Edition.status != EditionStatus.DRAFT,
            Edition.id.in_(opened),
        )
        .order_by(Edition.published_at.desc(), Edition.id.desc(), Question.id, Option.position)
    )
    groups: dict[str, dict[str, Mapping[str, Any]]] = {}
    several: dict[str, bool] = {}
    for name, kind, code, label in rows:
        groups.setdefault(name, {}).setdefault(code, label)
        several[name] = several.get(name, False) or kind is QuestionKind.CHOICES
    return {name: Asked(found, several[name]) for name, found in groups.items()}


def _by_codes(
    session: Session,
    name: str,
    audience: Audience | None,
    since: datetime | None,
    before: datetime | None,
) -> dict[frozenset[str], int]:
    """The groups that people chose together → how many people did, from the tallies.

    An audience is whom a collection is for; in one for everybody, who people say that they are.
    """
    if audience in (None, Audience.EVERYONE):
        which = [Tally.grouped_by == ""]
    else:
        own = (Tally.grouped_by == "") & (Collection.audience == audience)
        said = (Tally.grouped_by == WHO) & (Tally.group == audience)
        which = [own | (said & (Collection.audience == Audience.EVERYONE))]
    if since is not None:
        which.append(Tally.day >= since.date())
    if before is not None:
        which.append(Tally.day < before.date())
    named = select(Question.id).where(Question.name == name)
    rows = session.scalars(
        select(Tally.counts)
        .join(Collection, Collection.id == Tally.collection_id)
        .where(Tally.question_id.in_(named), *which)
    )
    found: dict[frozenset[str], int] = {}
    for counts in rows:
        for codes, people in counts.items():
            if not codes.startswith("-"):
                chosen = frozenset(codes.split())
                found[chosen] = found.get(chosen, 0) + people
    return found


def _wanted(
    audience: Audience | None, since: datetime | None, before: datetime | None
) -> list[ColumnElement[bool]]:
    """What a response and its collection must be."""
    wanted: list[ColumnElement[bool]] = [
        # Sessions of a course are read with their own event, where few people are together.
        Collection.part == Part.WHOLE,
        Response.sent_at.is_not(None),
    ]
    if audience not in (None, Audience.EVERYONE):
        wanted.append(
            or_(
                Collection.audience == audience,
                and_(
                    Collection.audience == Audience.EVERYONE,
                    Response.id.in_(_who_said(audience)),
                ),
            )
        )
    if since is not None:
        wanted.append(Response.sent_at >= since)
    if before is not None:
        wanted.append(Response.sent_at < before)
    return wanted


def _who_said(audience: Audience) -> Any:
    """Responses whose writer says that they answer as this audience."""
    return (
        select(Answer.response_id)
        .join(Question, Question.id == Answer.question_id)
        .where(Question.name == WHO, Answer.codes == audience.value)
    )
