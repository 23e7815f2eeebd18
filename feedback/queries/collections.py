"""Collections: found by code, or listed for staff."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.collections import Collection
from feedback.models.responses import Response
from feedback.models.surveys import Edition


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
    if not code or len(code) > 40:
        return None
    return session.scalars(select(Collection).where(Collection.code == code)).first()


def with_edition(session: Session, collection_id: int) -> Collection | None:
    """A collection with its edition and survey."""
    return session.scalars(
        select(Collection)
        .where(Collection.id == collection_id)
        .options(joinedload(Collection.edition).joinedload(Edition.survey))
    ).first()


def listed(session: Session) -> Sequence[Listed]:
    """All collections, the ones that opened last first."""
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
        .options(joinedload(Collection.edition).joinedload(Edition.survey))
        .order_by(Collection.opens_at.desc(), Collection.id)
    )
    return [Listed(row[0], row.began or 0, row.sent or 0, row.newest_at) for row in rows]
