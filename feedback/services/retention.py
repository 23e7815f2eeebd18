"""Deletes what is past its time."""

from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.analysis import months
from feedback.models.issue_cards import IssueCard
from feedback.models.oversight import Deletion
from feedback.models.responses import Response
from feedback.queries import issue_cards, responses, safeguarding
from feedback.services import responding
from feedback.services.codes import Codes
from feedback.vocabulary import (
    DAYS_OF_WORRIES,
    DAYS_TO_COME_BACK,
    DAYS_TO_PUT_BACK,
    MONTHS_OF_CARDS,
)


def delete_unfinished(session: Session, codes: Codes, *, now: datetime) -> int:
    """Delete responses that were begun, never sent, and not touched for 14 days.

    Returns:
        How many there were.
    """
    before = now - timedelta(days=DAYS_TO_COME_BACK)
    stale = session.scalars(
        select(Response.submission_id)
        .where(Response.sent_at.is_(None), Response.saved_at < before, Response.made_up.is_(False))
        .order_by(Response.id)
    ).all()
    for submission_id in stale:
        visit = responses.visit(session, submission_id)
        if visit is not None:
            responding.withdraw(session, visit, codes, reason="unfinished", now=now)
    return len(stale)


def forget_cards(session: Session, codes: Codes, *, now: datetime) -> int:
    """Delete the words of cards of events after 18 months, and cards a week after they were binned.

    Of a card that is past its time, what it was about and what became of it stays: what was
    promised may rest on it.

    Returns:
        How many there were.
    """
    binned = issue_cards.long_in_bin(session, now - timedelta(days=DAYS_TO_PUT_BACK))
    for card in binned:
        _erased(session, codes, card, "taken away", now)
        session.delete(card)
    session.flush()
    old = issue_cards.past_their_time(session, _months_before(now, MONTHS_OF_CARDS))
    for card in old:
        card.words = card.answer = card.service = ""
        card.forgotten_at = now
        card.version += 1
        _erased(session, codes, card, "past its time", now)
    session.flush()
    return len(binned) + len(old)


def forget_worries(session: Session, codes: Codes, *, now: datetime) -> int:
    """Delete the words of worries, and of whom they were, 90 days after somebody closed them.

    When it was raised and what was done stays.

    Returns:
        How many there were.
    """
    old = safeguarding.long_closed(session, now - timedelta(days=DAYS_OF_WORRIES))
    for flag in old:
        flag.words = flag.who = ""
        reference = codes.reference(f"worry {flag.id}")
        session.add(
            Deletion(what="worry", reference_hash=reference, reason="past its time", erased_at=now)
        )
    session.flush()
    return len(old)


def _erased(session: Session, codes: Codes, card: IssueCard, reason: str, now: datetime) -> None:
    reference = codes.reference(card.key)
    session.add(Deletion(what="issue card", reference_hash=reference, reason=reason, erased_at=now))


def _months_before(now: datetime, number: int) -> datetime:
    month = months.later(months.month_of(now.date()), -number)
    day = min(now.day, months.last_day(month).day)
    return datetime.combine(month.replace(day=day), time(), now.tzinfo)
