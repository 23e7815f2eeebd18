"""Who wants to be told and what is on its way to them, in the address store."""

from collections.abc import Collection as Some
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models.followers import Follower, Letter, Told


def by_mark(session: Session, mark: str) -> Follower | None:
    """Who follows a survey with an address, if anybody."""
    return session.scalars(select(Follower).where(Follower.mark == mark)).first()


def by_id(session: Session, follower_id: str) -> Follower | None:
    """A follower, if they are still there."""
    return session.scalars(select(Follower).where(Follower.id == follower_id)).first()


def keys(session: Session) -> Sequence[str]:
    """The keys of all followers, which say nothing about them."""
    return session.scalars(select(Follower.id).order_by(Follower.id)).all()


def surveys(session: Session) -> Sequence[str]:
    """Surveys that somebody follows."""
    return session.scalars(select(Follower.survey).distinct().order_by(Follower.survey)).all()


def count(session: Session, survey: str) -> int:
    """How many follow a survey and said yes."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Follower)
            .where(Follower.survey == survey, Follower.confirmed)
        )
        or 0
    )


def asked_count(session: Session) -> int:
    """How many were asked whether they want to be told, and have not said yes."""
    return (
        session.scalar(
            select(func.count()).select_from(Follower).where(Follower.confirmed.is_(False))
        )
        or 0
    )


def told(session: Session) -> frozenset[str]:
    """The news that letters were written about."""
    return frozenset(session.scalars(select(Told.about).order_by(Told.about)))


def with_marks(session: Session, marks: Some[str]) -> Sequence[Follower]:
    """Followers that some marks find."""
    return session.scalars(
        select(Follower).where(Follower.mark.in_(marks)).order_by(Follower.id)
    ).all()


def bounced(session: Session) -> frozenset[str]:
    """The marks of those who a letter came back from."""
    return frozenset(session.scalars(select(Follower.mark).where(Follower.bounces > 0)))


def waiting(session: Session, follower_id: str) -> Sequence[str]:
    """What letters on their way to somebody are about."""
    return session.scalars(
        select(Letter.about).where(Letter.follower_id == follower_id).order_by(Letter.about)
    ).all()


def due(session: Session, *, now: datetime, most: int) -> Sequence[Letter]:
    """Letters whose moment has come, in an order that says nothing."""
    return session.scalars(
        select(Letter)
        .where(Letter.not_before <= now)
        .order_by(Letter.follower_id, Letter.about)
        .limit(most)
    ).all()


def ending(session: Session, *, until: date) -> Sequence[str]:
    """Keys of those who said yes and are deleted soon."""
    return session.scalars(
        select(Follower.id)
        .where(Follower.delete_on <= until, Follower.confirmed)
        .order_by(Follower.id)
    ).all()
