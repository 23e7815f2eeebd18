"""Flags of somebody who may need help: those that wait, and those long closed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.base import LARGEST_ID
from feedback.models.proposals import Room
from feedback.models.safeguarding import SafeguardingFlag as Flag
from feedback.vocabulary import FlagCause, FlagState

WAITS = (FlagState.RAISED, FlagState.SEEN, FlagState.REFERRED)


def one(session: Session, number: int, *, lock: bool = False) -> Flag | None:
    """One flag with its room and whoever keeps it.

    Args:
        lock: keep others who change it waiting until this transaction ends.
    """
    if number > LARGEST_ID:
        return None
    found = _with_all().where(Flag.id == number)
    if lock:
        found = found.with_for_update(of=Flag).execution_options(populate_existing=True)
    return session.scalars(found).first()


def open_ones(session: Session) -> Sequence[Flag]:
    """Flags that nobody closed: those that nobody has seen first, the oldest before the rest."""
    return session.scalars(
        _with_all()
        .where(Flag.state.in_(WAITS))
        .order_by(Flag.state != FlagState.RAISED, Flag.raised_at, Flag.id)
    ).all()


def closed_since(session: Session, since: datetime) -> Sequence[Flag]:
    """Flags that were closed of late, the last one first."""
    return session.scalars(
        _with_all()
        .where(Flag.state == FlagState.CLOSED, Flag.closed_at >= since)
        .order_by(Flag.closed_at.desc(), Flag.id.desc())
    ).all()


def open_count(session: Session) -> int:
    """How many flags nobody closed, for the way to them."""
    found = session.scalar(select(func.count()).select_from(Flag).where(Flag.state.in_(WAITS)))
    return found or 0


def of_room(session: Session, room_id: int) -> Sequence[Flag]:
    """Flags from a room that nobody closed, the newest first: whom a worker there should go to."""
    return session.scalars(
        select(Flag)
        .where(Flag.room_id == room_id, Flag.state.in_(WAITS))
        .order_by(Flag.raised_at.desc(), Flag.id.desc())
    ).all()


def same(
    session: Session, room_id: int | None, who: str, words: str, cause: FlagCause
) -> Flag | None:
    """The flag that was raised already for the same words of the same person, if nobody saw it."""
    return session.scalars(
        select(Flag).where(
            Flag.room_id == room_id if room_id is not None else Flag.room_id.is_(None),
            Flag.cause == cause,
            Flag.who == who,
            Flag.words == words,
            Flag.state == FlagState.RAISED,
        )
    ).first()


def long_closed(session: Session, before: datetime) -> Sequence[Flag]:
    """Flags closed before a moment that still hold words or who it was, the oldest first."""
    return session.scalars(
        select(Flag)
        .where(
            Flag.state == FlagState.CLOSED,
            Flag.closed_at < before,
            or_(Flag.words != "", Flag.who != ""),
        )
        .order_by(Flag.closed_at, Flag.id)
    ).all()


def _with_all() -> Select[Flag]:
    return select(Flag).options(
        joinedload(Flag.room).joinedload(Room.group), joinedload(Flag.keeper)
    )
