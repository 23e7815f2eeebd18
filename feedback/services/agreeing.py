"""What members of a room say of a survey's words and of its answers, and the yes of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.orm import Session

from feedback.analysis.privacy import mask
from feedback.errors import ChangedWhileReading, NobodySaidYes, NotThisGroup
from feedback.models.proposals import (
    Member,
    Proposal,
    ResultReply,
    Room,
    SignOff,
    SignOffVoice,
)
from feedback.models.surveys import Edition
from feedback.queries import signing_off as stored
from feedback.queries.upserts import dialect_of, insert_into
from feedback.services import masking, safeguarding, signing_off
from feedback.vocabulary import LONGEST_VOICE, Verdict

_voice = cast(Table, SignOffVoice.__table__)
_result = cast(Table, ResultReply.__table__)


@dataclass(frozen=True)
class Said:
    """What a room says of a survey: how many say yes, and what the others say."""

    yes: int
    not_yet: Sequence[SignOffVoice]
    silent: int

    @property
    def agreed(self) -> bool:
        """More say yes than not; those who say nothing are no yes."""
        return self.yes > len(self.not_yet)


def say(
    session: Session,
    edition: Edition,
    room: Room,
    member: Member,
    *,
    seen: str,
    yes: bool,
    words: str = "",
    today: date,
    now: datetime,
) -> None:
    """Keep what a member says of an edition's words; saying again changes it.

    Words of concern bring a trained person, as everywhere in a room.

    Raises:
        ChangedWhileReading: the words changed since they were shown.
    """
    signing_off.lock(session, edition.id)
    if signing_off.standing(session, edition).fingerprint != seen:
        raise ChangedWhileReading
    safeguarding.look(session, words, room=room, member=member, now=now)
    kept = mask(words, masking.names_that_stay(session)).text[:LONGEST_VOICE] if words else ""
    session.execute(
        _put(dialect_of(session), _voice, "survey_id"),
        {
            "survey_id": edition.survey_id,
            "member_id": member.id,
            "fingerprint": seen,
            "yes": yes,
            "words": "" if yes else kept,
            "said_on": today,
        },
    )


def heard(session: Session, survey_id: int, mark: str, member_ids: Sequence[int]) -> Said:
    """What a room says of exactly these words."""
    found = stored.voices(session, survey_id, mark, member_ids)
    not_yet = [each for each in found if not each.yes]
    return Said(len(found) - len(not_yet), not_yet, len(member_ids) - len(found))


def confirm(
    session: Session,
    edition: Edition,
    room: Room,
    member_ids: Sequence[int],
    *,
    seen: str,
    user_id: int,
    now: datetime,
) -> SignOff:
    """Keep a room's yes, once more of its members said yes than not.

    Raises:
        NobodySaidYes: the room has not said yes to these words.
        NotThisGroup, ChangedWhileReading: as `approve`.
    """
    said = heard(session, edition.survey_id, seen, member_ids)
    named = stored.designer(session, edition.survey_id)
    if named is None or named.group_id != room.group_id:
        raise NotThisGroup
    if not said.agreed and not _approved(session, edition, seen):
        signing_off.lock(session, edition.id)
        if signing_off.standing(session, edition).fingerprint != seen:
            raise ChangedWhileReading
        raise NobodySaidYes
    return signing_off.approve(
        session,
        edition,
        named.group,
        seen=seen,
        members=max(said.yes, 1),
        room=room,
        user_id=user_id,
        now=now,
    )


def say_of_result(
    session: Session,
    proposal: Proposal,
    room: Room,
    member: Member,
    verdict: Verdict,
    words: str,
    *,
    today: date,
    now: datetime,
) -> None:
    """Keep what a member says of the answers to their question; saying again changes it."""
    safeguarding.look(session, words, room=room, member=member, now=now)
    kept = mask(words, masking.names_that_stay(session)).text[:LONGEST_VOICE] if words else ""
    session.execute(
        _put(dialect_of(session), _result, "proposal_id"),
        {
            "proposal_id": proposal.id,
            "member_id": member.id,
            "verdict": verdict,
            "words": kept,
            "said_on": today,
        },
    )


def _approved(session: Session, edition: Edition, mark: str) -> bool:
    stands = signing_off.standing(session, edition)
    return stands.approved is not None and stands.fingerprint == mark


@cache
def _put(dialect: str, table: Table, key: str) -> Any:
    """Adds what a member says or puts it in the place of what they said before."""
    statement = insert_into(dialect, table)
    keys = (key, "member_id")
    changed = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in keys
    }
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)
