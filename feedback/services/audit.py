"""Notes who did what; the content itself is never noted."""

from datetime import datetime

from sqlalchemy.orm import Session

from feedback.models.oversight import AuditEvent


def note(
    session: Session, user_id: int | None, action: str, subject: str, *, now: datetime
) -> None:
    """Add one line to the record of who did what."""
    session.add(AuditEvent(user_id=user_id, action=action, subject=subject, happened_at=now))
