"""Collections: found by code, or listed for staff."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, load_only, selectinload

from feedback.models.base import LARGEST_ID
from feedback.models.collections import Collection
from feedback.models.events import Event
from feedback.models.oversight import AuditEvent
from feedback.models.people import User
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Edition, Question, Survey
from feedback.queries.reach import run_by
from feedback.vocabulary import EditionStatus, Part, QuestionKind

LONGEST_TYPED = 40  # letters; no code is longer


@dataclass(frozen=True)
class Listed:
    """A collection with how many began and sent."""

    collection: Collection
    began: int
    sent: int
    newest_at: datetime | None


def plain_code(typed: str) -> str:
    """A short code as it is kept: case, blanks and hyphens do not matter."""
    plain = unicodedata.normalize("NFKC", typed).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def by_code(session: Session, typed: str) -> Collection | None:
    """The collection that answers to a short code, however it was typed."""
    code = plain_code(typed)
    if not code or len(code) > LONGEST_TYPED:
        return None
    return session.scalars(select(Collection).where(Collection.code == code)).first()


def with_edition(
    session: Session, collection_id: int, *, only_of: int | None = None
) -> Collection | None:
    """A collection with its edition and survey, and the event it belongs to.

    Args:
        only_of: whose events' collections alone may be seen; None where all may.
    """
    if collection_id > LARGEST_ID:
        return None
    return session.scalars(
        select(Collection)
        .where(Collection.id == collection_id, *run_by(Collection.event_id, only_of))
        .options(
            joinedload(Collection.edition).joinedload(Edition.survey),
            joinedload(Collection.event).joinedload(Event.place),
        )
    ).first()


def listed(
    session: Session,
    *,
    only_of: int | None = None,
    event_id: int | None = None,
    series_id: int | None = None,
    collection_id: int | None = None,
) -> Sequence[Listed]:
    """Collections with their events and series, the ones that opened last first.

    Args:
        only_of: whose events' collections alone may be seen; None where all may.
        event_id: only those of one event.
        series_id: only those of one series.
        collection_id: only this one.
    """
    wanted = run_by(Collection.event_id, only_of)
    if event_id is not None:
        wanted.append(Collection.event_id == event_id)
    if collection_id is not None:
        wanted.append(Collection.id == collection_id)
    if series_id is not None:
        of_series = select(Event.id).where(Event.series_id == series_id)
        wanted.append(Collection.event_id.in_(of_series))
    counts = (
        select(
            Response.collection_id,
            func.count().label("began"),
            func.count(Response.sent_at).label("sent"),
            func.max(Response.sent_at).label("newest_at"),
        )
        .group_by(Response.collection_id)
        .subquery()
    )
    rows = session.execute(
        select(Collection, counts.c.began, counts.c.sent, counts.c.newest_at)
        .outerjoin(counts, counts.c.collection_id == Collection.id)
        .where(*wanted)
        .options(
            # A statement of its own: hundreds of collections may ask one and the same edition.
            selectinload(Collection.edition).load_only(Edition.title, raiseload=True),
            joinedload(Collection.event).joinedload(Event.series),
        )
        .order_by(Collection.opens_at.desc(), Collection.id)
    )
    return [Listed(row[0], row.began or 0, row.sent or 0, row.newest_at) for row in rows]


def of_event(session: Session, event_id: int) -> Sequence[Collection]:
    """An event's collections with what they are called for those who answer, in their order."""
    return session.scalars(
        select(Collection)
        .where(Collection.event_id == event_id)
        .options(joinedload(Collection.edition).load_only(Edition.title, raiseload=True))
        .order_by(Collection.opens_at, Collection.id)
    ).all()


def may_be_asked(session: Session) -> Sequence[Edition]:
    """Published editions with their surveys, the newest first."""
    return session.scalars(
        select(Edition)
        .join(Survey)
        .where(Edition.status == EditionStatus.PUBLISHED)
        .options(
            joinedload(Edition.survey),
            load_only(
                *(Edition.number, Edition.status, Edition.title, Edition.published_at),
                *(Edition.survey_id, Edition.audience),
                raiseload=True,
            ),
        )
        .order_by(Edition.published_at.desc(), Edition.id.desc())
    ).all()


def noted(session: Session, collection: Collection) -> Sequence[tuple[AuditEvent, str | None]]:
    """What the record says of a collection, with the names of those who did it, oldest first."""
    its_own = (AuditEvent.subject == collection.code) | AuditEvent.subject.startswith(
        f"{collection.code} ", autoescape=True
    )
    rows = session.execute(
        select(AuditEvent, User.name)
        .outerjoin(User, User.id == AuditEvent.user_id)
        .where(its_own)
        .order_by(AuditEvent.id)
    )
    return [(row[0], row[1]) for row in rows]


def with_comments(session: Session) -> Sequence[Collection]:
    """Collections whose comments are counted together, those of sessions left out; by name."""
    wrote = (
        select(Response.collection_id)
        .join(Answer, Answer.response_id == Response.id)
        .join(Question, Question.id == Answer.question_id)
        .where(
            Response.sent_at.is_not(None),
            Answer.masked.is_not(None),
            Question.kind == QuestionKind.COMMENT,
        )
    )
    return session.scalars(
        select(Collection)
        .where(Collection.part == Part.WHOLE, Collection.id.in_(wrote))
        .order_by(Collection.name, Collection.id)
    ).all()
