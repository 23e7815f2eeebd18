"""Meetings, and what was decided at them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from feedback.models.base import LARGEST_ID
from feedback.models.improvements import Commitment
from feedback.models.meetings import Meeting
from feedback.models.reports import Report


def every(session: Session) -> Sequence[Meeting]:
    """All meetings, the newest first."""
    return session.scalars(
        select(Meeting).order_by(Meeting.held_on.desc(), Meeting.id.desc())
    ).all()


def one(session: Session, meeting_id: int, *, lock: bool = False) -> Meeting | None:
    """A meeting by its number.

    Args:
        lock: keep others who change it waiting until this transaction ends.
    """
    if meeting_id > LARGEST_ID:
        return None
    found = select(Meeting).where(Meeting.id == meeting_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(found).first()


def before(session: Session, meeting: Meeting, name: str) -> Meeting | None:
    """The meeting of the same group before one."""
    return session.scalars(
        select(Meeting)
        .where(Meeting.name == name, Meeting.held_on < meeting.held_on)
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .limit(1)
    ).first()


def next_with_papers(session: Session, today: date) -> Meeting | None:
    """The next meeting that is still to come."""
    return session.scalars(
        select(Meeting).where(Meeting.held_on >= today).order_by(Meeting.held_on, Meeting.id)
    ).first()


def commitments(
    session: Session, meeting_id: int, organisation_id: int | None = None
) -> Sequence[Commitment]:
    """What was decided at a meeting: by the day it is due, those without a day last.

    Args:
        organisation_id: of one body only.
    """
    found = whole().where(Commitment.meeting_id == meeting_id)
    if organisation_id is not None:
        found = found.where(Commitment.organisation_id == organisation_id)
    return session.scalars(
        found.order_by(Commitment.due_on.is_(None), Commitment.due_on, Commitment.id)
    ).all()


def whole() -> Select[Commitment]:
    """Commitments with all that a line about them says."""
    return select(Commitment).options(
        joinedload(Commitment.insight),
        joinedload(Commitment.organisation),
        joinedload(Commitment.owner),
        selectinload(Commitment.updates),
    )


def decided(session: Session) -> dict[int, int]:
    """How many commitments each meeting has."""
    rows = session.execute(
        select(Commitment.meeting_id, func.count())
        .where(Commitment.meeting_id.is_not(None))
        .group_by(Commitment.meeting_id)
        .order_by(Commitment.meeting_id)
    )
    return {meeting_id: count for meeting_id, count in rows if meeting_id is not None}


def reports(session: Session) -> dict[int, list[Report]]:
    """The papers of each meeting."""
    found: dict[int, list[Report]] = {}
    for report in session.scalars(
        select(Report).where(Report.meeting_id.is_not(None)).order_by(Report.id)
    ):
        found.setdefault(report.meeting_id or 0, []).append(report)
    return found
