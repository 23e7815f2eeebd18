"""Lets a cleared quote stand on an insight, where everybody reads it, and takes it off again."""

from datetime import datetime

from sqlalchemy.orm import Session

from feedback.errors import NotToBeQuoted
from feedback.models.improvements import Insight, InsightQuote
from feedback.queries import improvements as stored
from feedback.queries.themes import Key
from feedback.services import audit


def approve(
    session: Session, insight: Insight, key: Key, *, enough: int, by: int, now: datetime
) -> None:
    """Let everybody read a quote on an insight; safe to do twice.

    Args:
        enough: people who must have sent to the comment's collection.

    Raises:
        NotToBeQuoted: it was never cleared, its writer said no, or too few have sent.
    """
    if key not in {each.key for each in stored.may_be_approved(session, insight, enough=enough)}:
        raise NotToBeQuoted
    if session.get(InsightQuote, (insight.id, *key)) is None:
        session.add(
            InsightQuote(
                insight_id=insight.id,
                response_id=key[0],
                question_id=key[1],
                user_id=by,
                approved_at=now,
            )
        )
        audit.note(session, by, "approve quote", f"insight {insight.id}", now=now)


def take_off(session: Session, insight: Insight, key: Key, *, by: int, now: datetime) -> None:
    """Take a quote off an insight; safe to do twice."""
    found = session.get(InsightQuote, (insight.id, *key))
    if found is not None:
        session.delete(found)
        audit.note(session, by, "take off quote", f"insight {insight.id}", now=now)
