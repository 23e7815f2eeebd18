"""Answers that come on paper: which collections take them, and how many were typed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.collections import Collection
from feedback.models.responses import Response
from feedback.models.surveys import Edition
from feedback.queries.reach import run_by
from feedback.vocabulary import Channel


@dataclass(frozen=True)
class Typed:
    """How many paper forms were typed in: since some moment, and in all."""

    lately: int = 0
    in_all: int = 0


def collections(
    session: Session, *, closed_since: datetime, now: datetime, only_of: int | None = None
) -> Sequence[Collection]:
    """Collections that take paper now or closed not long ago, the ones that opened last first.

    Args:
        only_of: number of somebody who reaches only the events that they run.
    """
    found = session.scalars(
        select(Collection)
        .where(
            Collection.opens_at <= now,
            or_(Collection.withdrawn_at.is_(None), Collection.withdrawn_at > now),
            or_(Collection.closes_at.is_(None), Collection.closes_at > closed_since),
            *run_by(Collection.event_id, only_of),
        )
        .options(
            joinedload(Collection.edition).joinedload(Edition.survey), joinedload(Collection.event)
        )
        .order_by(Collection.opens_at.desc(), Collection.id)
    )
    return [each for each in found if Channel.PAPER in each.channels]


def typed(session: Session, collection_ids: Sequence[int], *, since: datetime) -> dict[int, Typed]:
    """How many forms of each collection were typed in; collections without any are missing."""
    rows = session.execute(
        select(
            Response.collection_id,
            func.count().filter(Response.sent_at >= since),
            func.count(),
        )
        .where(
            Response.collection_id.in_(collection_ids),
            Response.channel == Channel.PAPER,
            Response.sent_at.is_not(None),
        )
        .group_by(Response.collection_id)
    )
    return {number: Typed(lately, in_all) for number, lately, in_all in rows}
