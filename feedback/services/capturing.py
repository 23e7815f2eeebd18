"""Takes notes at events: one card for each thing that somebody says, and what becomes of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback.analysis.privacy import mask
from feedback.errors import ChangedMeanwhile
from feedback.models.events import Event
from feedback.models.improvements import Insight
from feedback.models.issue_cards import IssueCard
from feedback.queries import issue_cards as stored
from feedback.services import audit, masking
from feedback.vocabulary import CardState

LONGEST_AWAY = timedelta(days=60)  # that a card may have waited on a device; then its clock is off


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What a card says; numbers are those of the lists that the form offers."""

    words: str
    state: CardState
    question: bool = False
    answer: str = ""
    theme_id: int | None = None
    organisation_id: int | None = None
    service: str = ""
    owner_id: int | None = None
    owner_organisation_id: int | None = None
    due_on: date | None = None


def keep(
    session: Session,
    event: Event,
    key: str,
    facts: Noted,
    *,
    taken_at: datetime,
    by: int,
    noted: bool = True,
    now: datetime,
) -> IssueCard:
    """Keep a card; what would show who spoke is masked first, and never kept.

    The same key again is the same card: a device that did not hear that its card was kept sends
    it once more. If whoever wrote it changed it in between and nobody else did, the newer words
    count.

    Args:
        taken_at: by the clock of the device.
        noted: in the record of who did what; no where the program itself makes a card up.

    Raises:
        ChangedMeanwhile: the card is there with other words, of somebody else or changed since.
    """
    facts = _masked(session, facts)
    known = stored.by_key(session, key)
    if known is None:
        card = IssueCard(
            event_id=event.id,
            key=key,
            user_id=by,
            taken_at=_plausible(taken_at, now),
            received_at=now,
        )
        _write(card, facts, now)
        try:
            with session.begin_nested():
                session.add(card)
        except IntegrityError:  # it came twice in this very moment
            known = stored.by_key(session, key)
        else:
            if noted:
                audit.note(session, by, "write issue card", _subject(card), now=now)
            return card
    if known is None or known.event_id != event.id or known.user_id != by:
        raise ChangedMeanwhile
    if _says(known, facts) or known.removed_at is not None:
        return known
    change(session, known, facts, version=1, by=by, now=now)
    return known


def change(
    session: Session, card: IssueCard, facts: Noted, *, version: int, by: int, now: datetime
) -> None:
    """Say something else on a card, or what became of it.

    Args:
        card: as `queries.issue_cards.one` locks it.
        version: the one that the person saw when they began.

    Raises:
        ChangedMeanwhile: somebody else changed the card since, or it is in the bin.
    """
    if card.version != version or card.removed_at is not None or card.forgotten_at is not None:
        raise ChangedMeanwhile
    _write(card, _masked(session, facts), now)
    card.version += 1
    audit.note(session, by, "change issue card", _subject(card), now=now)


def remove(session: Session, card: IssueCard, *, by: int, now: datetime) -> None:
    """Put a card in the bin; it can be put back for some days."""
    if card.removed_at is not None:
        return
    card.removed_at = now
    card.version += 1
    audit.note(session, by, "remove issue card", _subject(card), now=now)


def put_back(session: Session, card: IssueCard, *, by: int, now: datetime) -> None:
    """Take a card out of the bin."""
    if card.removed_at is None:
        return
    card.removed_at = None
    card.version += 1
    audit.note(session, by, "put back issue card", _subject(card), now=now)


def tie(session: Session, card: IssueCard, insight: Insight, *, by: int, now: datetime) -> None:
    """Say that a card became part of what was heard, so that it leads to "you said, we did"."""
    card.insight_id = insight.id
    card.version += 1
    audit.note(session, by, "tie issue card", _subject(card), now=now)


def _masked(session: Session, facts: Noted) -> Noted:
    stay = masking.names_that_stay(session)
    words, answer, service = (
        mask(text, stay).text if text else "" for text in (facts.words, facts.answer, facts.service)
    )
    return replace(facts, words=words, answer=answer, service=service)


def _write(card: IssueCard, facts: Noted, now: datetime) -> None:
    """Put what a form says on a card; the moment of the first answer stays."""
    if facts.state.is_open:
        card.answered_at = None
    elif facts.state is CardState.ANSWERED_TODAY:
        card.answered_at = card.taken_at
    elif card.answered_at is None or card.state is CardState.ANSWERED_TODAY:
        card.answered_at = now
    for name, value in vars(facts).items():
        setattr(card, name, value)


def _says(card: IssueCard, facts: Noted) -> bool:
    return all(getattr(card, name) == value for name, value in vars(facts).items())


def _plausible(taken_at: datetime, now: datetime) -> datetime:
    """When a card was taken, unless the device's clock cannot be right."""
    return taken_at if now - LONGEST_AWAY <= taken_at <= now else now


def _subject(card: IssueCard) -> str:
    return f"issue card {card.id}"
