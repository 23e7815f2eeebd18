"""Counts of who found pages clear, day by day."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models.clear_votes import ClearVotes


def before(session: Session, day: date, *, page: str | None = None) -> Sequence[ClearVotes]:
    """The counts of all days before one, of a page or of all pages, the oldest first."""
    found = select(ClearVotes).where(ClearVotes.day < day)
    if page is not None:
        found = found.where(ClearVotes.page == page)
    return session.scalars(
        found.order_by(ClearVotes.day, ClearVotes.page, ClearVotes.presentation)
    ).all()
