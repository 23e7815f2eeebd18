"""Issue cards: those of an event, those that wait for an answer, those past their time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.base import LARGEST_ID
from feedback.models.events import Event
from feedback.models.issue_cards import IssueCard
from feedback.queries.reach import run_by
from feedback.vocabulary import CardState

_OPEN = [state for state in CardState if state.is_open]


def of_event(session: Session, event_id: int) -> Sequence[IssueCard]:
    """The cards of an event, the newest first; not those in the bin."""
    found = select(IssueCard).where(IssueCard.event_id == event_id, IssueCard.removed_at.is_(None))
    return session.scalars(_whole(found).order_by(*_NEWEST)).all()


def in_bin(session: Session, event_id: int) -> Sequence[IssueCard]:
    """The cards of an event that somebody took away and that may be put back, the newest first."""
    found = select(IssueCard).where(
        IssueCard.event_id == event_id, IssueCard.removed_at.is_not(None)
    )
    return session.scalars(_whole(found).order_by(IssueCard.removed_at.desc(), *_NEWEST)).all()


def waiting(session: Session, *, only_of: int | None = None) -> Sequence[IssueCard]:
    """The cards of all events to which somebody still owes an answer, the oldest first.

    Args:
        only_of: whose events alone may be seen; None where all may.
    """
    found = _whole(select(IssueCard)).where(
        IssueCard.state.in_(_OPEN),
        IssueCard.removed_at.is_(None),
        *run_by(IssueCard.event_id, only_of),
    )
    return session.scalars(found.order_by(IssueCard.taken_at, IssueCard.id)).all()


def one(
    session: Session, card_id: int, *, only_of: int | None = None, lock: bool = False
) -> IssueCard | None:
    """A card with all that it refers to, in the bin or not.

    Args:
        only_of: whose events alone may be seen; None where all may.
        lock: keep others who change it waiting until this transaction ends.
    """
    if card_id > LARGEST_ID:
        return None
    found = _whole(select(IssueCard)).where(
        IssueCard.id == card_id, *run_by(IssueCard.event_id, only_of)
    )
    if lock:
        found = found.with_for_update(of=IssueCard).execution_options(populate_existing=True)
    return session.scalars(found).first()


def by_key(session: Session, key: str) -> IssueCard | None:
    """The card that a device sent with a key; others who change it wait."""
    found = _whole(select(IssueCard)).where(IssueCard.key == key)
    return session.scalars(found.with_for_update(of=IssueCard)).first()


def past_their_time(session: Session, before: datetime) -> Sequence[IssueCard]:
    """Cards that were taken before a moment and still have their words, the oldest first."""
    found = select(IssueCard).where(IssueCard.taken_at < before, IssueCard.forgotten_at.is_(None))
    return session.scalars(found.order_by(IssueCard.id)).all()


def long_in_bin(session: Session, before: datetime) -> Sequence[IssueCard]:
    """Cards that somebody took away before a moment, the oldest first."""
    found = select(IssueCard).where(IssueCard.removed_at < before)
    return session.scalars(found.order_by(IssueCard.id)).all()


_NEWEST = (IssueCard.taken_at.desc(), IssueCard.id.desc())


def _whole(found: Select[IssueCard]) -> Select[IssueCard]:
    return found.options(
        joinedload(IssueCard.event).joinedload(Event.place),
        joinedload(IssueCard.theme),
        joinedload(IssueCard.organisation),
        joinedload(IssueCard.owner),
        joinedload(IssueCard.owner_organisation),
        joinedload(IssueCard.insight),
        joinedload(IssueCard.taker),
    )
