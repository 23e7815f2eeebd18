"""Deletes what is past its time."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models.responses import Response
from feedback.queries import responses
from feedback.services import responding
from feedback.services.codes import Codes
from feedback.vocabulary import DAYS_TO_COME_BACK


def delete_unfinished(session: Session, codes: Codes, *, now: datetime) -> int:
    """Delete responses that were begun, never sent, and not touched for 14 days.

    Returns:
        How many there were.
    """
    before = now - timedelta(days=DAYS_TO_COME_BACK)
    stale = session.scalars(
        select(Response.submission_id)
        .where(Response.sent_at.is_(None), Response.saved_at < before, Response.made_up.is_(False))
        .order_by(Response.id)
    ).all()
    for submission_id in stale:
        visit = responses.visit(session, submission_id)
        if visit is not None:
            responding.withdraw(session, visit, codes, reason="unfinished", now=now)
    return len(stale)
