"""Rows for downloads: answers without words, or words without answers, never both.

Free text beside background answers would point at people. So there are two files, each in an
order of its own, with row ids made anew each time and days rounded to the week.
"""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from random import SystemRandom
from typing import Any, Literal, TypeVar

from sqlalchemy.orm import Session

from feedback.errors import GroupTooSmall
from feedback.models.collections import Collection
from feedback.queries import responses
from feedback.queries.surveys import Editions
from feedback.questionnaire import Question
from feedback.vocabulary import AnswerState, QuestionKind

T = TypeVar("T")
Cell = str | int | None
Table = tuple[list[str], Iterable[list[Cell]]]


def table(
    session: Session,
    collection: Collection,
    what: Literal["answers", "comments"],
    editions: Editions,
    *,
    threshold: int,
) -> Table:
    """Headers and rows of one download.

    Raises:
        GroupTooSmall: fewer than the threshold have sent.
    """
    if responses.sent_count(session, collection.id) < threshold:
        raise GroupTooSmall(threshold=threshold)
    return (
        _answers(session, collection, editions)
        if what == "answers"
        else _comments(session, collection)
    )


def _answers(session: Session, collection: Collection, editions: Editions) -> Table:
    questions: dict[str, Question] = {}
    for number in responses.edition_ids(session, collection.id):
        for name, question in editions.asked(session, number).questionnaire.questions.items():
            if not question.kind.is_written:
                questions.setdefault(name, question)
    columns = [column for question in questions.values() for column in _columns(question)]
    rows: dict[int, dict[str, Cell]] = {}
    for response_id, row in responses.sent_answers(session, collection.id):
        monday = row.sent_at.date() - timedelta(days=row.sent_at.weekday())
        kept = rows.setdefault(
            response_id,
            {
                "week": monday.isoformat(),
                "language": row.language,
                "read": row.presentation.value,
                "channel": row.channel.value,
                "helper": row.helper.value if row.helper else None,
            },
        )
        if row.name in questions:
            kept.update(_cells(questions[row.name], row))
    headers = ["row", "week", "language", "read", "channel", "helper", *columns]
    return headers, (
        [_row_id(), *(kept.get(key) for key in headers[1:])] for kept in _shuffled(rows.values())
    )


def _comments(session: Session, collection: Collection) -> Table:
    said = responses.comments(session, collection.id, short=True)
    return ["row", "question", "language", "comment"], (
        [_row_id(), each.question, each.language, each.text] for each in _shuffled(said)
    )


def _columns(question: Question) -> list[str]:
    if question.kind is QuestionKind.CHOICES:
        return [f"{question.name}.{option.code}" for option in question.options]
    return [question.name]


def _cells(question: Question, row: Any) -> dict[str, Cell]:
    if row.state is AnswerState.SKIPPED:
        return {}
    if row.state is AnswerState.UNKNOWN:
        return dict.fromkeys(_columns(question), "unknown")
    if question.kind is QuestionKind.CHOICES:
        chosen = (row.codes or "").split()
        return {f"{question.name}.{o.code}": int(o.code in chosen) for o in question.options}
    if question.kind is QuestionKind.MONTH:
        return {question.name: f"{row.number // 100}-{row.number % 100:02}"}
    return {question.name: row.codes if row.number is None else row.number}


def _row_id() -> str:
    return secrets.token_hex(6)


def _shuffled(rows: Iterable[T]) -> list[T]:
    mixed = list(rows)
    SystemRandom().shuffle(mixed)
    return mixed
