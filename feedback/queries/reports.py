"""Papers for meetings, their versions, and what they may refer to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from feedback.models.base import LARGEST_ID
from feedback.models.events import Event, Place
from feedback.models.improvements import Commitment, Insight, InsightQuote
from feedback.models.quotes import Quote
from feedback.models.releases import Release, ReleasedTheme
from feedback.models.reports import (
    PublicPaper,
    Report,
    ReportApproval,
    ReportSection,
    ReportShare,
    ReportVersion,
)
from feedback.models.responses import Answer, Response
from feedback.models.themes import Theme
from feedback.queries import meetings
from feedback.vocabulary import EventStatus, PlaceKind, RunState


@dataclass(frozen=True, slots=True)
class Cleared:
    """A quote that stands on an insight, with the language it was written in."""

    insight: str  # code
    response_id: int
    question_id: int
    text: str
    language: str


def every(session: Session) -> Sequence[Report]:
    """All papers with their meetings and versions, the newest first."""
    return session.scalars(
        select(Report)
        .options(joinedload(Report.meeting), selectinload(Report.versions))
        .order_by(Report.id.desc())
    ).all()


def one(session: Session, report_id: int, *, lock: bool = False) -> Report | None:
    """A paper with its meeting, its release, its sections and its versions.

    Args:
        lock: keep others who freeze it waiting until this transaction ends.
    """
    if report_id > LARGEST_ID:
        return None
    found = (
        select(Report)
        .where(Report.id == report_id)
        .options(
            joinedload(Report.meeting),
            joinedload(Report.release),
            selectinload(Report.sections),
            selectinload(Report.versions).joinedload(ReportVersion.release),
        )
    )
    if lock:
        found = found.with_for_update(of=Report).execution_options(populate_existing=True)
    return session.scalars(found).first()


def section(session: Session, section_id: int, *, lock: bool = False) -> ReportSection | None:
    """One section by its number."""
    found = select(ReportSection).where(ReportSection.id == section_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(found).first()


def version(session: Session, report_id: int, number: int) -> ReportVersion | None:
    """A frozen version of a paper by its number."""
    if max(report_id, number) > LARGEST_ID:
        return None
    return session.scalars(
        select(ReportVersion)
        .where(ReportVersion.report_id == report_id, ReportVersion.number == number)
        .options(
            joinedload(ReportVersion.release),
            joinedload(ReportVersion.report).joinedload(Report.meeting),
        )
    ).first()


def shares(session: Session, version_ids: Sequence[int]) -> Sequence[ReportShare]:
    """Whom some versions went to, the newest first."""
    return session.scalars(
        select(ReportShare)
        .where(ReportShare.report_version_id.in_(version_ids))
        .options(joinedload(ReportShare.user))
        .order_by(ReportShare.id.desc())
    ).all()


def approvals(session: Session, version_ids: Sequence[int]) -> Sequence[ReportApproval]:
    """Who said that some versions are right, in the order in which they did."""
    return session.scalars(
        select(ReportApproval)
        .where(ReportApproval.report_version_id.in_(version_ids))
        .options(joinedload(ReportApproval.user))
        .order_by(ReportApproval.approved_at, ReportApproval.user_id)
    ).all()


# What a paper may refer to


def release_for(session: Session, until: date) -> Release | None:
    """The newest release that counts no day after a cut-off."""
    return session.scalars(
        select(Release)
        .where(Release.state == RunState.DONE, Release.until <= until)
        .order_by(Release.number.desc())
        .limit(1)
    ).first()


def themes(session: Session, release_id: int) -> Sequence[ReleasedTheme]:
    """The themes in a release, by their codes."""
    return session.scalars(
        select(ReleasedTheme)
        .join(Theme, Theme.id == ReleasedTheme.theme_id)
        .where(ReleasedTheme.release_id == release_id)
        .options(joinedload(ReleasedTheme.theme))
        .order_by(Theme.code, ReleasedTheme.audience)
    ).all()


def insights(session: Session, until: date) -> Sequence[Insight]:
    """What was heard up to a day and not taken back, the newest first, with what was promised."""
    return session.scalars(
        select(Insight)
        .where(Insight.heard_on <= until, Insight.withdrawn_at.is_(None))
        .options(
            selectinload(Insight.commitments).options(
                joinedload(Commitment.organisation),
                joinedload(Commitment.owner),
                selectinload(Commitment.updates),
            ),
            joinedload(Insight.question),
            joinedload(Insight.theme),
        )
        .order_by(Insight.heard_on.desc(), Insight.code)
    ).all()


def insights_called(session: Session, codes: Sequence[str]) -> Sequence[Insight]:
    """Insights by their codes, each with its theme."""
    return session.scalars(
        select(Insight)
        .where(Insight.code.in_(codes))
        .options(joinedload(Insight.theme))
        .order_by(Insight.code)
    ).all()


def taken_back(session: Session) -> Sequence[Insight]:
    """What was heard and then taken back, with what was promised for it."""
    return session.scalars(
        select(Insight)
        .where(Insight.withdrawn_at.is_not(None))
        .options(selectinload(Insight.commitments))
        .order_by(Insight.code)
    ).all()


def quotes(session: Session, codes: Sequence[str] | None = None) -> Sequence[Cleared]:
    """The quotes on insights that were not taken back, while their writers' yes stands.

    Args:
        codes: of insights; None for all.
    """
    rows = session.execute(
        _quotes()
        .where(*([Insight.code.in_(codes)] if codes is not None else []))
        .order_by(Insight.code, InsightQuote.approved_at, InsightQuote.response_id)
    )
    return [Cleared(*row) for row in rows]


def _quotes() -> Select[str, int, int, str, str]:
    return (
        select(
            Insight.code,
            InsightQuote.response_id,
            InsightQuote.question_id,
            Quote.text,
            Answer.language,
        )
        .join(Insight, Insight.id == InsightQuote.insight_id)
        .join(
            Quote,
            and_(
                Quote.response_id == InsightQuote.response_id,
                Quote.question_id == InsightQuote.question_id,
            ),
        )
        .join(Response, Response.id == InsightQuote.response_id)
        .join(
            Answer,
            and_(
                Answer.response_id == InsightQuote.response_id,
                Answer.question_id == InsightQuote.question_id,
            ),
        )
        .where(Insight.withdrawn_at.is_(None), Response.may_be_quoted)
    )


def actions(
    session: Session, meeting_id: int | None, since: date, until: date
) -> Sequence[Commitment]:
    """What was promised at a meeting, and for what was heard on some days; the first due first."""
    heard = session.scalars(
        meetings.whole()
        .join(Insight, Insight.id == Commitment.insight_id)
        .where(Insight.heard_on.between(since, until), Insight.withdrawn_at.is_(None))
        .order_by(Commitment.id)
    ).all()
    at = meetings.commitments(session, meeting_id) if meeting_id is not None else ()
    found = {each.id: each for each in (*heard, *at)}
    return sorted(found.values(), key=lambda each: (each.due_on or date.max, each.id))


def places_of_events(session: Session, since: date, until: date) -> tuple[int, int]:
    """How many events that took place on some days were face to face, and how many online."""
    rows = session.execute(
        select(Place.kind, func.count())
        .select_from(Event)
        .outerjoin(Place, Place.id == Event.place_id)
        .where(Event.status == EventStatus.DONE, Event.starts_on.between(since, until))
        .group_by(Place.kind)
        .order_by(Place.kind)
    )
    counts = {kind: count for kind, count in rows if kind is not None}
    online = counts.pop(PlaceKind.ONLINE, 0)
    return sum(counts.values()), online


# Papers for everybody


def opened(session: Session, version_id: int, *, lock: bool = False) -> PublicPaper | None:
    """Whether a frozen version is, or was, for everybody."""
    found = select(PublicPaper).where(PublicPaper.report_version_id == version_id)
    if lock:
        found = found.with_for_update().execution_options(populate_existing=True)
    return session.scalars(found).first()


def public_paper(session: Session, number: int) -> PublicPaper | None:
    """A paper that everybody may read, or could, by its number."""
    version = joinedload(PublicPaper.version)
    return session.scalars(
        select(PublicPaper)
        .where(PublicPaper.id == number)
        .options(version.options(joinedload(ReportVersion.report).joinedload(Report.meeting)))
    ).first()
