"""Quotes: words that were cleared for others to read, and what they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from feedback.models.people import User
from feedback.models.quotes import Quote
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Question
from feedback.queries import theme_counts
from feedback.queries.theme_counts import Scope
from feedback.queries.themes import Key


@dataclass(frozen=True, slots=True)
class Cleared:
    """A quote with what it answers and the language that it was written in."""

    key: Key
    text: str
    language: str
    ask: dict[str, Any]


def of_comment(session: Session, key: Key) -> tuple[Quote, str] | None:
    """The quote from a comment, and the name of whoever cleared it."""
    row = session.execute(
        select(Quote, User.name)
        .join(User, User.id == Quote.user_id)
        .where(Quote.response_id == key[0], Quote.question_id == key[1])
    ).first()
    return (row[0], row[1]) if row else None


def on_theme(
    session: Session, scope: Scope, theme_ids: Sequence[int], *, enough: int, limit: int
) -> Sequence[Cleared]:
    """The quotes from comments that carry a theme, the newest first.

    Whoever took their yes back is never among them, whatever somebody cleared at that moment.

    Args:
        theme_ids: the theme and those that are read as it.
        enough: people who must have sent to a collection before its words are shown.
    """
    said_yes = (
        select(Quote.response_id)
        .join(Response, Response.id == Quote.response_id)
        .where(Response.may_be_quoted)
    )
    put = theme_counts.carrying(scope, theme_ids, enough=enough, of=said_yes).subquery()
    rows = session.execute(
        select(Quote.response_id, Quote.question_id, Quote.text, Answer.language, Question.ask)
        .join(put, _of_quote(put.c))
        .join(Answer, _of_quote(Answer))
        .join(Question, Question.id == Quote.question_id)
        .order_by(put.c.sent_at.desc(), Quote.response_id.desc(), Quote.question_id)
        .limit(limit)
    )
    return [Cleared((row[0], row[1]), *row[2:]) for row in rows]


def _of_quote(at: Any) -> ColumnElement[bool]:
    return and_(at.response_id == Quote.response_id, at.question_id == Quote.question_id)
