"""Keeps the meetings: when a group meets, and by when its papers stand."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from feedback.errors import ChangedMeanwhile, MeetingInUse
from feedback.models.meetings import Meeting
from feedback.queries import meetings as stored
from feedback.services import audit


@dataclass(frozen=True)
class Facts:
    """What a meeting is: `cut_off_on` is the last day that counts in its papers."""

    name: str
    held_on: date
    papers_on: date
    cut_off_on: date
    minutes: str = ""


def call(session: Session, facts: Facts, *, by: int | None, now: datetime) -> Meeting:
    """Put a meeting into the calendar; `by` is None for the program itself."""
    meeting = Meeting(**vars(facts), created_at=now)
    session.add(meeting)
    session.flush()
    if by is not None:
        audit.note(session, by, "add meeting", f"meeting {meeting.id}", now=now)
    return meeting


def change(
    session: Session, meeting: Meeting, facts: Facts, *, version: int, by: int, now: datetime
) -> None:
    """Say something else about a meeting.

    Raises:
        ChangedMeanwhile: somebody else did since this person opened it.
    """
    locked = stored.one(session, meeting.id, lock=True)
    if locked is None or locked.version != version:
        raise ChangedMeanwhile
    for name, value in vars(facts).items():
        setattr(locked, name, value)
    locked.version += 1
    audit.note(session, by, "change meeting", f"meeting {locked.id}", now=now)


def remove(session: Session, meeting: Meeting, *, by: int, now: datetime) -> None:
    """Take a meeting out of the calendar.

    Raises:
        MeetingInUse: papers or promises belong to it.
    """
    if stored.commitments(session, meeting.id) or stored.reports(session).get(meeting.id):
        raise MeetingInUse
    subject = f"meeting {meeting.id}"
    session.delete(meeting)
    audit.note(session, by, "remove meeting", subject, now=now)
