"""Who took part, counted by what they said about themselves. Counts are raw here: they leave only
through the gate.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from feedback.models.collections import Collection as Opened
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Edition, Option, Page, Question
from feedback.models.tallies import Tally
from feedback.vocabulary import WHO, Audience, EditionStatus, Part, QuestionKind

Answers = dict[tuple[str, Audience, date], dict[frozenset[str], int]]

_SAID = {each.value for each in Audience} - {Audience.EVERYONE.value}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that surveys ask about people: its groups with their words, in order.

    `several` says that one person may choose more than one of them.
    """

    groups: Mapping[str, Mapping[str, Any]]
    several: bool


def chosen(
    session: Session, question_names: Collection[str], audience: Audience = Audience.EVERYONE
) -> Answers:
    """Question, audience and day → the groups that people chose together → how many people did.

    An audience is whom a collection is for; in one for everybody, who people say that they are.
    Those who do not say stand under everybody.

    Args:
        question_names: the names that surveys give the questions.
        audience: whom alone to count; everyone: each audience by itself.
    """
    everybody = audience is Audience.EVERYONE
    own = [] if everybody else [Opened.audience == audience]
    found: Answers = {}
    for name, whom, _group, day, counts in _counts(session, question_names, "", *own):
        _add(found, (name, whom, day), counts)
    said = [] if everybody else [Tally.group == audience.value]
    open_to_all = Opened.audience == Audience.EVERYONE
    for name, whom, group, day, counts in _counts(session, question_names, WHO, open_to_all, *said):
        if group in _SAID:
            _add(found, (name, Audience(group), day), counts)
            if everybody:
                _add(found, (name, whom, day), counts, sign=-1)
    return found


def _counts(
    session: Session,
    question_names: Collection[str],
    grouped_by: str,
    *which: ColumnElement[bool],
) -> Sequence[Any]:
    return session.execute(
        select(Question.name, Opened.audience, Tally.group, Tally.day, Tally.counts)
        .join(Question, Question.id == Tally.question_id)
        .join(Opened, Opened.id == Tally.collection_id)
        .where(Question.name.in_(question_names), Tally.grouped_by == grouped_by, *which)
        .order_by(Tally.collection_id, Tally.day, Tally.question_id, Tally.group)
    ).all()


def _add(
    found: Answers, at: tuple[str, Audience, date], counts: Mapping[str, int], sign: int = 1
) -> None:
    people = found.setdefault(at, {})
    for codes, count in counts.items():
        if codes and not codes.startswith("-"):
            together = frozenset(codes.split())
            people[together] = people.get(together, 0) + sign * count


def people_by_both(
    session: Session, first: str, second: str, audience: Audience
) -> dict[tuple[str, ...], int]:
    """A group of each of two questions → how many people are in both of them.

    For questions where a person is in exactly one group.
    """
    answer, question = aliased(Answer), aliased(Question)
    rows = session.execute(
        select(Answer.codes, answer.codes, func.count())
        .select_from(Response)
        .join(Opened, Opened.id == Response.collection_id)
        .join(Answer, Answer.response_id == Response.id)
        .join(Question, Question.id == Answer.question_id)
        .join(answer, answer.response_id == Response.id)
        .join(question, question.id == answer.question_id)
        .where(
            Question.name == first,
            question.name == second,
            Answer.codes.is_not(None),
            answer.codes.is_not(None),
            *_wanted(audience),
        )
        .group_by(Answer.codes, answer.codes)
    )
    return {(one or "", other or ""): people for one, other, people in rows}


def asked(session: Session, audience: Audience | None = None) -> dict[str, Asked]:
    """Question name → what surveys offer to it, the newest words first.

    Args:
        audience: only surveys that were opened to these people, or to everyone.
    """
    opened = select(Opened.edition_id).where(Opened.part == Part.WHOLE)
    if audience not in (None, Audience.EVERYONE):
        opened = opened.where(Opened.audience.in_([audience, Audience.EVERYONE]))
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


def _wanted(audience: Audience) -> list[ColumnElement[bool]]:
    """What a response and its collection must be."""
    wanted: list[ColumnElement[bool]] = [
        # Sessions of a course are read with their own event, where few people are together.
        Opened.part == Part.WHOLE,
        Response.sent_at.is_not(None),
    ]
    if audience is not Audience.EVERYONE:
        wanted.append(
            or_(
                Opened.audience == audience,
                and_(
                    Opened.audience == Audience.EVERYONE,
                    Response.id.in_(_who_said(audience)),
                ),
            )
        )
    return wanted


def _who_said(audience: Audience) -> Any:
    """Responses whose writer says that they answer as this audience."""
    return (
        select(Answer.response_id)
        .join(Question, Question.id == Answer.question_id)
        .where(Question.name == WHO, Answer.codes == audience.value)
    )
