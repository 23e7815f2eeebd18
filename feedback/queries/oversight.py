"""The record of who did what."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from feedback.models.oversight import AuditEvent

Kept = Row[int, int | None, str, str, datetime, str]

AT_A_TIME = 1000  # lines in memory while the whole record is read


@dataclass(frozen=True)
class Wanted:
    """Which lines somebody looks for; None and "" are all.

    Args:
        user_id: who did it; 0 is the command line.
        since: the first moment.
        before: the first moment that is too late.
    """

    user_id: int | None = None
    action: str = ""
    since: datetime | None = None
    before: datetime | None = None


def lines(
    session: Session, wanted: Wanted, *, limit: int | None = None, offset: int = 0
) -> Sequence[AuditEvent]:
    """Lines of the record, the newest first."""
    found = _matching(select(AuditEvent), wanted).order_by(AuditEvent.id.desc())
    return session.scalars(found.limit(limit).offset(offset)).all()


def count(session: Session, wanted: Wanted) -> int:
    """How many lines there are."""
    return session.scalar(_matching(select(func.count()).select_from(AuditEvent), wanted)) or 0


def actions(session: Session) -> Sequence[str]:
    """Everything that was ever done, by name."""
    return session.scalars(select(AuditEvent.action).distinct().order_by(AuditEvent.action)).all()


def whole(session: Session) -> Generator[Kept]:
    """Every line as it stands, the oldest first. Close it when not all of them are read."""
    every = select(
        AuditEvent.id,
        AuditEvent.user_id,
        AuditEvent.action,
        AuditEvent.subject,
        AuditEvent.happened_at,
        AuditEvent.chained,
    ).order_by(AuditEvent.id)
    with session.execute(every.execution_options(yield_per=AT_A_TIME)) as rows:
        yield from rows


def _matching(statement: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.user_id is not None:
        mine = wanted.user_id or None
        statement = statement.where(AuditEvent.user_id == mine)
    if wanted.action:
        statement = statement.where(AuditEvent.action == wanted.action)
    if wanted.since is not None:
        statement = statement.where(AuditEvent.happened_at >= wanted.since)
    if wanted.before is not None:
        statement = statement.where(AuditEvent.happened_at < wanted.before)
    return statement
