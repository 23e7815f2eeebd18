"""Profiles of an area, with their groups."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from feedback.models.profiles import Profile
from feedback.vocabulary import Audience


def one(
    session: Session, dimension: str, audience: Audience, *, lock: bool = False
) -> Profile | None:
    """The profile of a question for an audience, if somebody has kept one.

    Args:
        lock: keep others who would change it waiting until this transaction ends.
    """
    found = (
        select(Profile)
        .where(Profile.dimension == dimension, Profile.audience == audience)
        .options(selectinload(Profile.rows))
    )
    return session.scalars(found.with_for_update() if lock else found).first()


def for_audience(session: Session, audience: Audience) -> Sequence[Profile]:
    """The profiles that speak of an audience, by question."""
    return session.scalars(
        select(Profile)
        .where(Profile.audience == audience)
        .options(selectinload(Profile.rows))
        .order_by(Profile.dimension)
    ).all()
