"""The demonstration's meetings and papers: one that was frozen, one that is being written."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from feedback.models.improvements import Commitment
from feedback.models.meetings import Meeting
from feedback.models.people import User
from feedback.models.reports import (
    PublicPaper,
    Report,
    ReportApproval,
    ReportSection,
    ReportShare,
    ReportVersion,
)
from feedback.queries import releases
from feedback.queries import reports as stored
from feedback.services import citing, convening, paper_publishing, reporting
from feedback.services.report_plans import Part
from feedback.services.reporting import Facts
from feedback.vocabulary import ReportKind, Role
from feedback.web import paper_blocks, paper_parts, report_start

GROUP = "SEND partnership board"
LANGUAGE = "en"
WINDOW = timedelta(days=183)
# What the frozen paper says; every figure is one that its release shows.
_FROZEN = {
    Part.SHORT: (
        "Parents and carers told us how they find the help for their child. "
        "[satisfied] are satisfied. Fewer feel that services work together: [joined_up]."
    ),
    Part.ASKED: (
        "- Agree that joined-up help comes first in the next plan.\n"
        "- Name one person who answers for it."
    ),
    Part.POSITION: (
        "Feeling listened to: [listened]. Feeling informed: [informed].\n"
        "Over the six months, satisfaction lay [satisfied, range].\n"
        "[satisfied, chart]\n[joined_up, chart]"
    ),
    Part.DONE: "We asked the same questions again, so that the board can see what moved.",
    Part.IMPACT: (
        "Families who feel that services work together are still few: [joined_up]. "
        "We do not know yet what the newest changes mean for them."
    ),
    Part.NEXT: "We ask again in the next cycle and bring the figures to the next meeting.",
}


def add(session: Session, *, now: datetime, today: date) -> None:
    """Put two meetings, a frozen paper and a draft into a loaded demonstration; once only.

    It needs the context of a page, for a paper is written in the words of pages.
    """
    if session.scalar(select(Report.id).limit(1)) is not None or releases.newest(session) is None:
        return
    officer = session.scalars(
        select(User).where(User.demonstration, User.role == Role.OFFICER).order_by(User.id)
    ).first()
    if officer is None:
        return
    over = _meeting(session, today - timedelta(days=6), now)
    soon = _meeting(session, today + timedelta(days=22), now)
    until = today - timedelta(days=1)
    frozen = _begin(
        session, ReportKind.BOARD_PAPER, "What families told us", over, over.cut_off_on, now
    )
    for section in frozen.sections:
        section.body = _FROZEN.get(Part(section.key), section.body)
    session.flush()
    _freeze(session, frozen, now=now)
    _begin(session, ReportKind.BOARD_PAPER, "Help that works together", soon, until, now)


def take_away(session: Session) -> None:
    """Take all papers and meetings away."""
    for model in (ReportShare, ReportApproval, PublicPaper, ReportVersion, ReportSection, Report):
        session.execute(delete(model))
    session.execute(update(Commitment).values(meeting_id=None))
    session.execute(delete(Meeting))


def _meeting(session: Session, day: date, now: datetime) -> Meeting:
    facts = convening.Facts(GROUP, day, day - timedelta(days=7), day - timedelta(days=14))
    return convening.call(session, facts, by=None, now=now)


def _begin(
    session: Session, kind: ReportKind, title: str, meeting: Meeting, until: date, now: datetime
) -> Report:
    since = until - WINDOW
    sources = citing.sources(session, since, until)
    with paper_parts.in_language(LANGUAGE):
        sections = report_start.sections(kind, (), sources, since)
    facts = Facts(kind, title, LANGUAGE, since, until, meeting.id)
    return reporting.begin(session, facts, sections, by=None, now=now)


def _freeze(session: Session, report: Report, *, now: datetime) -> None:
    """Freeze a paper, unless this demonstration's figures do not carry it."""
    session.expire(report)
    whole = stored.one(session, report.id)
    if whole is None:
        return
    sources = citing.sources_of(session, whole)
    if any(reporting.check(each, sources, LANGUAGE).stops for each in whole.sections):
        return
    paper = paper_blocks.written(whole, sources, number=1, note="", draft=False)
    version = reporting.freeze(
        session, whole, sources, paper.content(),
        cut_off_on=whole.until, change_note="", after=0, by=None, now=now,
    )  # fmt: skip
    partner = session.scalars(
        select(User).where(User.demonstration, User.role == Role.PARTNER).order_by(User.id)
    ).first()
    if partner is not None:
        session.add(
            ReportApproval(report_version_id=version.id, user_id=partner.id, approved_at=now)
        )
        session.flush()
        if not paper_publishing.not_public(session, version):
            paper_publishing.publish(session, version, by=None, now=now)
