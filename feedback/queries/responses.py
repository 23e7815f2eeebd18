"""Responses and their answers: one person's while they answer, all of a collection's for staff."""

from collections.abc import Collection as Some
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Select, Table, bindparam, func, select
from sqlalchemy.orm import Session

from feedback.models.collections import Collection
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Page, Question
from feedback.questionnaire import Given
from feedback.vocabulary import AnswerState, Channel, Presentation, QuestionKind


@dataclass(slots=True)
class Visit:
    """A person's place in a survey, with what the collection says about time."""

    id: int
    submission_id: str
    collection_id: int
    edition_id: int
    language: str
    presentation: Presentation
    pictures: bool
    channel: Channel
    furthest: int
    saved_at: datetime
    sent_at: datetime | None
    fingerprint: str | None
    receipt_turn: int
    may_be_quoted: bool
    code: str
    opens_at: datetime
    closes_at: datetime | None
    withdrawn_at: datetime | None


# The tables themselves, not the mapped classes: what is read on each page needs no objects.
_response, _collection, _answer = (
    cast(Table, model.__table__) for model in (Response, Collection, Answer)
)
_VISIT = (
    select(*(_response.c[name] for name in Visit.__slots__ if name in _response.c))
    .add_columns(
        *(_collection.c[name] for name in ("code", "opens_at", "closes_at", "withdrawn_at"))
    )
    .join(_collection, _collection.c.id == _response.c.collection_id)
)
_SEEN = _VISIT.where(_response.c.submission_id == bindparam("submission"))
_LOCKED = _SEEN.with_for_update(of=_response)


def visit(session: Session, submission_id: str, *, lock: bool = False) -> Visit | None:
    """The response that a browser holds the id of.

    Args:
        lock: keep other writers of this response waiting until this transaction ends
            (SQLite has one writer at a time anyway).
    """
    statement = _LOCKED if lock else _SEEN
    row = session.execute(statement, {"submission": submission_id}).first()
    return Visit(**row._mapping) if row else None


def visit_by_receipt(session: Session, receipt_hash: str) -> Visit | None:
    """The sent response that a receipt code belongs to."""
    row = session.execute(_VISIT.where(_response.c.receipt_hash == receipt_hash)).first()
    return Visit(**row._mapping) if row else None


def visit_to_resume(session: Session, resume_hash: str, since: datetime) -> Visit | None:
    """The unsent response that a code to come back belongs to, if it is young enough."""
    row = session.execute(
        _VISIT.where(
            _response.c.resume_hash == resume_hash,
            _response.c.sent_at.is_(None),
            _response.c.saved_at >= since,
        )
    ).first()
    return Visit(**row._mapping) if row else None


_ANSWERS = select(
    *(_answer.c[name] for name in ("question_id", "state", "codes", "number", "text"))
).where(_answer.c.response_id == bindparam("response"))
_SOME = _ANSWERS.where(_answer.c.question_id.in_(bindparam("questions", expanding=True)))


def answers(
    session: Session, response_id: int, question_ids: Some[int] | None = None
) -> dict[int, Given]:
    """A response's answers by question id; all of them, or those of some questions."""
    if question_ids is None:
        rows = session.execute(_ANSWERS, {"response": response_id})
    elif question_ids:
        rows = session.execute(_SOME, {"response": response_id, "questions": list(question_ids)})
    else:
        return {}
    return {
        number: Given(state, tuple(codes.split()) if codes else (), value, text)
        for number, state, codes, value, text in rows
    }


# For staff. Counts are raw here: they leave only through services/measuring and its gate.


def sent_count(session: Session, collection_id: int) -> int:
    """How many responses of a collection were sent."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Response)
            .where(Response.collection_id == collection_id, Response.sent_at.is_not(None))
        )
        or 0
    )


def furthest_of_unsent(session: Session, collection_id: int) -> dict[int, int]:
    """Position of the furthest page reached → how many began, reached it and did not send."""
    rows = session.execute(
        select(Response.furthest, func.count())
        .where(Response.collection_id == collection_id, Response.sent_at.is_(None))
        .group_by(Response.furthest)
    )
    return dict(rows.all())


def first_to_answer(session: Session, collection_id: int, question: str, lot: int) -> Select[int]:
    """The sent responses that answered a question, the first first, without the last broken lot.

    Whoever looks each time that an answer comes sees nothing, and then a whole lot of answers more.
    """
    answered = (
        select(Response.id)
        .join(Answer, Answer.response_id == Response.id)
        .join(Question, Question.id == Answer.question_id)
        .where(
            Response.collection_id == collection_id,
            Response.sent_at.is_not(None),
            Question.name == question,
            Answer.state == AnswerState.GIVEN,
        )
    )
    many = session.scalar(select(func.count()).select_from(answered.subquery())) or 0
    return answered.order_by(Response.sent_at, Response.id).limit(many - many % lot)


def code_counts(
    session: Session, collection_id: int, *, among: Select[int] | None = None
) -> dict[int, dict[tuple[AnswerState, str], int]]:
    """Question id → (state, codes chosen) → how many sent responses.

    Args:
        among: the numbers of the responses that count; None counts all.
    """
    found: dict[int, dict[tuple[AnswerState, str], int]] = {}
    rows = session.execute(
        select(Answer.question_id, Answer.state, Answer.codes, func.count())
        .join(Response, Response.id == Answer.response_id)
        .where(Response.collection_id == collection_id, Response.sent_at.is_not(None))
        .where(*_among(among))
        .group_by(Answer.question_id, Answer.state, Answer.codes)
    )
    for question_id, state, codes, count in rows:
        found.setdefault(question_id, {})[state, codes or ""] = count
    return found


def number_counts(
    session: Session, collection_id: int, *, among: Select[int] | None = None
) -> dict[int, dict[int, int]]:
    """Question id → number given → how many sent responses; `among` as for `code_counts`."""
    found: dict[int, dict[int, int]] = {}
    rows = session.execute(
        select(Answer.question_id, Answer.number, func.count())
        .join(Response, Response.id == Answer.response_id)
        .where(
            Response.collection_id == collection_id,
            Response.sent_at.is_not(None),
            Answer.number.is_not(None),
            *_among(among),
        )
        .group_by(Answer.question_id, Answer.number)
    )
    for question_id, number, count in rows:
        found.setdefault(question_id, {})[number or 0] = count
    return found


def _among(those: Select[int] | None) -> list[ColumnElement[bool]]:
    return [] if those is None else [Response.id.in_(those)]


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as staff read it: the masked words, the question they answer, and the day."""

    question: str
    text: str
    language: str
    sent_at: datetime


def comments(
    session: Session,
    collection_id: int,
    *,
    search: str = "",
    question: str = "",
    limit: int | None = None,
    offset: int = 0,
    short: bool = False,
) -> Sequence[Said]:
    """Comments of sent responses, newest first; `search` finds words, whatever their case.

    Args:
        short: with them the short answers in words, which are no comments.
    """
    statement = (
        _comments(collection_id, search, question, short=short)
        .with_only_columns(Question.name, Answer.masked, Answer.language, Response.sent_at)
        .order_by(Response.sent_at.desc(), Response.id.desc(), Question.id)
        .limit(limit)
        .offset(offset)
    )
    return [
        Said(question, text or "", language, sent_at)
        for question, text, language, sent_at in session.execute(statement)
        if sent_at is not None
    ]


def comment_count(
    session: Session, collection_id: int, *, search: str = "", question: str = ""
) -> int:
    """How many comments `comments` would find."""
    return (
        session.scalar(_comments(collection_id, search, question).with_only_columns(func.count()))
        or 0
    )


def _comments(
    collection_id: int, search: str, question: str, *, short: bool = False
) -> Select[Answer]:
    kinds = [QuestionKind.COMMENT, *([QuestionKind.SHORT_TEXT] if short else [])]
    statement = (
        select(Answer)
        .join(Response, Response.id == Answer.response_id)
        .join(Question, Question.id == Answer.question_id)
        .where(
            Response.collection_id == collection_id,
            Response.sent_at.is_not(None),
            Answer.state == AnswerState.GIVEN,
            Question.kind.in_(kinds),
        )
    )
    if question:
        statement = statement.where(Question.name == question)
    for word in search.split():
        statement = statement.where(Answer.masked.icontains(word, autoescape=True))
    return statement


def edition_ids(session: Session, collection_id: int) -> list[int]:
    """The editions that a collection's sent responses answered, oldest first."""
    return list(
        session.scalars(
            select(Response.edition_id)
            .where(Response.collection_id == collection_id, Response.sent_at.is_not(None))
            .distinct()
            .order_by(Response.edition_id)
        )
    )


def sent_answers(
    session: Session, collection_id: int
) -> Iterator[tuple[int, Row[*tuple[Any, ...]]]]:
    """Every answer of every sent response, response by response, with the response's columns."""
    rows = session.execute(
        select(
            Response.id,
            Response.sent_at,
            Response.language,
            Response.presentation,
            Response.channel,
            Response.helper,
            Page.edition_id,
            Question.name,
            Question.kind,
            Answer.state,
            Answer.codes,
            Answer.number,
        )
        .join(Answer, Answer.response_id == Response.id)
        .join(Question, Question.id == Answer.question_id)
        .join(Page, Page.id == Question.page_id)
        .where(Response.collection_id == collection_id, Response.sent_at.is_not(None))
        .order_by(Response.id, Page.position, Question.position)
        .execution_options(yield_per=1000)
    )
    for row in rows:
        yield row.id, row
