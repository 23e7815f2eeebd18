"""Made-up worries: one that was seen through, one that waits; what a worker hid or has to read."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models.proposals import Member, Proposal, Room
from feedback.services import safeguarding
from feedback.vocabulary import FlagState, ProposalState

MINUTES_AGO = 20
CLOSED = ("openmoji/turtle", "Quick")
WAITS = ("openmoji/owl", "Calm")


def care(session: Session, past: Room, open_now: Room) -> None:
    """Add a worry of the meeting that was, one of the open room, and ideas to look over."""
    began = past.opens_at
    closed = safeguarding.worried(
        session,
        "I do not want to go on the taxi. The driver shouts at us.",
        room=past,
        member=_member(session, past, CLOSED),
        now=began + timedelta(minutes=25),
    )
    closed.state, closed.version = FlagState.CLOSED, 3
    closed.seen_at = began + timedelta(minutes=40)
    closed.closed_at = began + timedelta(days=1)
    closed.outcome = "Spoke with them and their key worker. The taxi firm has changed the driver."
    safeguarding.worried(
        session,
        "Somebody at school hits me at lunch.",
        room=open_now,
        member=_member(session, open_now, WAITS),
        now=open_now.opens_at - timedelta(minutes=MINUTES_AGO),
    )
    by = _member(session, open_now, CLOSED)
    session.add_all(
        [
            _idea(open_now, by, "Who reads our answers?"),
            _idea(
                open_now,
                by,
                "Is Mr G mean?",
                hidden_at=open_now.opens_at,
                looked_at=open_now.opens_at,
                hidden_because="It tells who somebody is.",
            ),
        ]
    )
    session.flush()


def _idea(room: Room, member: Member, words: str, **more: object) -> Proposal:
    return Proposal(
        group_id=room.group_id,
        room_id=room.id,
        member_id=member.id,
        words=words,
        state=ProposalState.NEW,
        created_on=room.opens_at.date(),
        **more,
    )


def _member(session: Session, room: Room, name: tuple[str, str]) -> Member:
    picture, word = name
    return session.scalars(
        select(Member).where(
            Member.room_id == room.id, Member.picture == picture, Member.word == word
        )
    ).one()
