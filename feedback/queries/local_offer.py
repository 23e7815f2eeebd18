"""Comments on the local offer, as they are kept."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.base import LARGEST_ID
from feedback.models.improvements import Commitment
from feedback.models.local_offer import LocalOfferComment
from feedback.vocabulary import OfferKind


def every(session: Session) -> Sequence[LocalOfferComment]:
    """All comments: those without a response first, the oldest first among them."""
    return session.scalars(
        _whole().order_by(
            LocalOfferComment.responded_on.is_not(None),
            LocalOfferComment.received_on,
            LocalOfferComment.id,
        )
    ).all()


def one(session: Session, number: int, *, lock: bool = False) -> LocalOfferComment | None:
    """One comment with its action and keeper.

    Args:
        lock: keep others who change it waiting until this transaction ends.
    """
    if number > LARGEST_ID:
        return None
    found = _whole().where(LocalOfferComment.id == number)
    if lock:
        found = found.with_for_update(of=LocalOfferComment)
        found = found.execution_options(populate_existing=True)
    return session.scalars(found).first()


def published(session: Session, year: int) -> Sequence[LocalOfferComment]:
    """What of a year everybody may read: by what it is about, then as it came in."""
    return session.scalars(
        _whole()
        .where(LocalOfferComment.year == year, LocalOfferComment.published_at.is_not(None))
        .order_by(
            func.lower(LocalOfferComment.about),
            LocalOfferComment.received_on,
            LocalOfferComment.id,
        )
    ).all()


def years(session: Session) -> Sequence[int]:
    """Years of which something is published, the newest first."""
    return session.scalars(
        select(LocalOfferComment.year)
        .where(LocalOfferComment.published_at.is_not(None))
        .distinct()
        .order_by(LocalOfferComment.year.desc())
    ).all()


def kinds_counted(session: Session, year: int) -> dict[OfferKind, int]:
    """How many comments of each kind a year had, published or not; raw, for the gate."""
    rows = session.execute(
        select(LocalOfferComment.kind, func.count())
        .where(LocalOfferComment.year == year)
        .group_by(LocalOfferComment.kind)
    )
    return {**dict.fromkeys(OfferKind, 0), **{row[0]: row[1] for row in rows}}


def commitments(session: Session) -> Sequence[Commitment]:
    """What a comment can have led to: every promise with its insight, the newest first."""
    return session.scalars(
        select(Commitment).options(joinedload(Commitment.insight)).order_by(Commitment.id.desc())
    ).all()


def commitment(session: Session, number: int) -> Commitment | None:
    """One promise; none where there is no such number."""
    return session.get(Commitment, number) if number <= LARGEST_ID else None


def _whole() -> Select[LocalOfferComment]:
    return select(LocalOfferComment).options(
        joinedload(LocalOfferComment.commitment).joinedload(Commitment.insight),
        joinedload(LocalOfferComment.keeper),
    )
