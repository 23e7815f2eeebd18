"""Insights, their commitments and what happened since, as staff read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from feedback.models.events import Event
from feedback.models.improvements import Commitment, Insight, InsightQuote
from feedback.models.meetings import Meeting
from feedback.models.people import User
from feedback.models.quotes import Quote
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Edition, Page, Question, Survey
from feedback.queries import codebooks, theme_counts
from feedback.queries import themes as runs
from feedback.queries.theme_counts import Scope
from feedback.queries.themes import Key, large_enough
from feedback.vocabulary import CommitmentState, EventStatus

MOST_EVENTS = 200  # to choose from; the newest
MOST_QUOTES = 100  # to choose from; the newest
OPEN = tuple(state for state in CommitmentState if state.is_open)


@dataclass(frozen=True, slots=True)
class Worded:
    """A quote, the language it was written in, and the name of whoever cleared or approved it."""

    key: Key
    text: str
    language: str
    by: str


def every(session: Session) -> Sequence[Insight]:
    """All insights with their commitments, the last heard first."""
    return session.scalars(
        _with_all(select(Insight)).order_by(Insight.heard_on.desc(), Insight.id.desc())
    ).all()


def by_code(session: Session, code: str) -> Insight | None:
    """One insight with its commitments and their updates."""
    return session.scalars(_with_all(select(Insight)).where(Insight.code == code)).first()


def commitment(session: Session, commitment_id: int) -> Commitment | None:
    """One commitment with its insight, its updates, and who is behind it."""
    return session.scalars(
        select(Commitment)
        .where(Commitment.id == commitment_id)
        .options(
            joinedload(Commitment.insight),
            joinedload(Commitment.organisation),
            joinedload(Commitment.owner),
            joinedload(Commitment.meeting),
            joinedload(Commitment.measure),
            selectinload(Commitment.updates),
        )
    ).first()


def commitments(
    session: Session, *, meeting_id: int | None = None, organisation_id: int | None = None
) -> Sequence[Commitment]:
    """Commitments of all insights, the first due first; those without a day come last."""
    wanted = select(Commitment).options(
        joinedload(Commitment.insight),
        joinedload(Commitment.organisation),
        joinedload(Commitment.owner),
        selectinload(Commitment.updates),
    )
    if meeting_id is not None:
        wanted = wanted.where(Commitment.meeting_id == meeting_id)
    if organisation_id is not None:
        wanted = wanted.where(Commitment.organisation_id == organisation_id)
    return session.scalars(
        wanted.order_by(Commitment.due_on.is_(None), Commitment.due_on, Commitment.id)
    ).all()


def late(session: Session, today: date) -> int:
    """How many commitments are past their day and still open."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Commitment)
            .where(Commitment.state.in_(OPEN), Commitment.due_on < today)
        )
        or 0
    )


def questions(session: Session) -> Sequence[tuple[int, str, dict[str, Any]]]:
    """Every question that was published: number, name of its survey, words; the newest of each."""
    newest = (
        select(func.max(Question.id))
        .join(Page, Page.id == Question.page_id)
        .join(Edition, Edition.id == Page.edition_id)
        .where(Edition.published_at.is_not(None))
        .group_by(Edition.survey_id, Question.name)
    )
    rows = session.execute(
        select(Question.id, Survey.name, Question.ask)
        .join(Page, Page.id == Question.page_id)
        .join(Edition, Edition.id == Page.edition_id)
        .join(Survey, Survey.id == Edition.survey_id)
        .where(Question.id.in_(newest))
        .order_by(Survey.name, Page.position, Question.position)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def past_events(session: Session, today: date) -> Sequence[Event]:
    """Events that have begun, the newest first."""
    return session.scalars(
        select(Event)
        .where(Event.starts_on <= today, Event.status != EventStatus.CANCELLED)
        .order_by(Event.starts_on.desc(), Event.id.desc())
        .limit(MOST_EVENTS)
    ).all()


def meetings(session: Session) -> Sequence[Meeting]:
    """All meetings, the newest first."""
    return session.scalars(select(Meeting).order_by(Meeting.held_on.desc(), Meeting.id)).all()


def next_position(session: Session, insight_id: int) -> int:
    """Where the next commitment of an insight stands, from 1."""
    last = session.scalar(
        select(func.max(Commitment.position)).where(Commitment.insight_id == insight_id)
    )
    return (last or 0) + 1


def codes_like(session: Session, code: str) -> set[str]:
    """The codes of insights that begin with some letters."""
    return set(session.scalars(select(Insight.code).where(Insight.code.startswith(code))))


def approved(session: Session, insight_id: int) -> Sequence[Worded]:
    """The quotes that stand on an insight; never one whose writer took their yes back."""
    return _worded(
        session,
        _quotes(
            InsightQuote.user_id,
            (
                InsightQuote,
                and_(
                    InsightQuote.response_id == Quote.response_id,
                    InsightQuote.question_id == Quote.question_id,
                ),
            ),
        )
        .where(InsightQuote.insight_id == insight_id)
        .order_by(InsightQuote.approved_at, Quote.response_id, Quote.question_id),
    )


def may_be_approved(session: Session, insight: Insight, *, enough: int) -> Sequence[Worded]:
    """Cleared quotes that could stand on an insight, and do not yet; the newest first.

    Of an insight about a theme, those of comments that carry it; else of answers to its question.

    Args:
        enough: people who must have sent to a comment's collection.
    """
    there = [each.key for each in approved(session, insight.id)]
    wanted = _quotes(Quote.user_id).where(Response.collection_id.in_(large_enough(enough)))
    run = runs.newest_done(session)
    if insight.theme is not None and run is not None:
        alike = codebooks.read_as(session, insight.theme.codebook_id, insight.theme.id)
        put = theme_counts.carrying(Scope(run.id), alike, enough=enough).subquery()
        wanted = wanted.join(
            put,
            and_(put.c.response_id == Quote.response_id, put.c.question_id == Quote.question_id),
        )
    elif insight.question_id is not None:
        wanted = wanted.where(Quote.question_id == insight.question_id)
    found = _worded(
        session, wanted.order_by(Quote.cleared_at.desc(), Quote.response_id).limit(MOST_QUOTES)
    )
    return [each for each in found if each.key not in there]


def _quotes(who: Any, *joined: tuple[Any, Any]) -> Select[*tuple[Any, ...]]:
    """Quotes whose writers still say yes, with the name of one person behind each."""
    wanted: Select[*tuple[Any, ...]] = select(
        Quote.response_id, Quote.question_id, Quote.text, Answer.language, User.name
    ).select_from(Quote)
    for table, on in joined:
        wanted = wanted.join(table, on)
    return (
        wanted.join(Response, Response.id == Quote.response_id)
        .join(
            Answer,
            and_(Answer.response_id == Quote.response_id, Answer.question_id == Quote.question_id),
        )
        .join(User, User.id == who)
        .where(Response.may_be_quoted)
    )


def _worded(session: Session, wanted: Select[*tuple[Any, ...]]) -> list[Worded]:
    return [Worded((row[0], row[1]), *row[2:]) for row in session.execute(wanted)]


def _with_all(wanted: Select[Insight]) -> Select[Insight]:
    return wanted.options(
        joinedload(Insight.theme),
        joinedload(Insight.measure),
        joinedload(Insight.event),
        joinedload(Insight.place),
        joinedload(Insight.release),
        selectinload(Insight.commitments).selectinload(Commitment.updates),
        selectinload(Insight.commitments).joinedload(Commitment.organisation),
        selectinload(Insight.commitments).joinedload(Commitment.owner),
        selectinload(Insight.commitments).joinedload(Commitment.meeting),
    )
