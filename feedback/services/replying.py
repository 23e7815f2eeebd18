"""Keeps what a group says of findings: one reply a screen and finding, masked, with no name."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.orm import Session

from feedback.analysis.privacy import mask
from feedback.errors import RoundClosed, RoundNotOpen, RoundPutAway
from feedback.models.validating import RoundFinding, RoundReply, ValidationRound
from feedback.queries import validating as stored
from feedback.queries.upserts import dialect_of, insert_into
from feedback.services import masking
from feedback.services.codes import Codes
from feedback.services.validating import state_of
from feedback.vocabulary import MOST_TOGETHER, Verdict

_reply = cast(Table, RoundReply.__table__)


@dataclass(frozen=True)
class Said:
    """What a screen says of a finding, and for how many people."""

    verdict: Verdict
    words: str
    people: int
    language: str


@cache
def _keep(dialect: str) -> Any:
    """Adds a reply or puts it in the place of the one before."""
    statement = insert_into(dialect, _reply)
    key = ("finding_id", "screen_hash")
    changed = {
        name: statement.excluded[name]
        for name in ("verdict", "words", "language", "people", "said_on")
    }
    return statement.on_conflict_do_update(index_elements=key, set_=changed)


def check_open(each: ValidationRound, *, now: datetime) -> None:
    """Refuse replies before the first and after the last moment.

    Raises:
        RoundNotOpen, RoundClosed, RoundPutAway: the round takes no replies now.
    """
    state = state_of(each, now=now)
    if state == "away":
        raise RoundPutAway(each.put_away_because)
    if state == "planned":
        raise RoundNotOpen(each.opens_at)
    if state != "open":
        raise RoundClosed(each.closes_at)


def keep(
    session: Session,
    each: ValidationRound,
    finding: RoundFinding,
    screen: str,
    said: Said,
    codes: Codes,
    *,
    today: date,
    now: datetime,
) -> None:
    """Keep a reply; a screen that replies again changes what it said.

    Args:
        screen: what this browser remembers of itself; only a keyed hash of it is kept.
        today: the day it is where the host is; nothing finer is kept.

    Raises:
        RoundNotOpen, RoundClosed: the round takes no replies now.
    """
    check_open(each, now=now)
    words = mask(said.words, masking.names_that_stay(session)).text if said.words else ""
    session.execute(
        _keep(dialect_of(session)),
        {
            "finding_id": finding.id,
            "screen_hash": _hash(codes, screen, finding),
            "verdict": said.verdict,
            "words": words,
            "language": said.language,
            "people": min(max(said.people, 1), MOST_TOGETHER),
            "said_on": today,
        },
    )


def kept(session: Session, finding: RoundFinding, screen: str, codes: Codes) -> RoundReply | None:
    """What this screen said of a finding before."""
    return stored.reply(session, finding.id, _hash(codes, screen, finding))


def _hash(codes: Codes, screen: str, finding: RoundFinding) -> str:
    """Another one for each finding, so that nobody can put a screen's replies together."""
    return codes.reference(f"screen:{screen}:{finding.id}")
