"""Lets everybody read a frozen paper, and takes it back: never before a co-owner agreed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.errors import PaperNotForEverybody
from feedback.models.improvements import Insight
from feedback.models.reports import PublicPaper, ReportVersion
from feedback.queries import reports as stored
from feedback.services import audit


def spoken_of(version: ReportVersion) -> list[str]:
    """Codes of the insights that a frozen version speaks of."""
    return sorted(version.content.get("heard", {}))


def not_public(session: Session, version: ReportVersion) -> Sequence[Insight]:
    """What a version speaks of and only staff may read; what was taken back says so itself."""
    return [
        each
        for each in stored.insights_called(session, spoken_of(version))
        if each.published_at is None
    ]


def publish(
    session: Session, version: ReportVersion, *, by: int | None, now: datetime
) -> PublicPaper:
    """Let everybody read a frozen version; safe to do twice.

    Args:
        by: None for the program itself, which leaves no line in the record.

    Raises:
        PaperNotForEverybody: no co-owner agreed, or it speaks of what only staff may read.
    """
    if (
        "heard" not in version.content  # from before this was kept: nobody could tell
        or not stored.approvals(session, [version.id])
        or not_public(session, version)
    ):
        raise PaperNotForEverybody
    stored.one(session, version.report_id, lock=True)  # whoever comes second waits here
    found = stored.opened(session, version.id, lock=True)
    if found is not None and found.withdrawn_at is None:
        return found
    if found is None:
        found = PublicPaper(
            report_version_id=version.id,
            codes=spoken_of(version),
            has_easy="easy" in version.content,
            published_at=now,
            user_id=by,
            withdrawn_because="",
        )
        session.add(found)
    found.withdrawn_at, found.withdrawn_because = None, ""
    session.flush()
    if by is not None:
        audit.note(session, by, "publish report", _of(version), now=now)
    return found


def take_back(
    session: Session, paper: PublicPaper, because: str, *, by: int, now: datetime
) -> None:
    """Take a paper away from everybody; its page says why. Safe to do twice.

    Raises:
        ValueError: no reason is given.
    """
    if not because.strip():
        raise ValueError("a paper is taken back with a reason")
    locked = stored.opened(session, paper.report_version_id, lock=True)
    if locked is None or locked.withdrawn_at is not None:
        return
    locked.withdrawn_at, locked.withdrawn_because = now, because
    session.flush()
    audit.note(session, by, "take back report", _of(paper.version), now=now)


def _of(version: ReportVersion) -> str:
    return f"report {version.report_id} version {version.number}"
