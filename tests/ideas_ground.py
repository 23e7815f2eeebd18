"""What tests of ideas stand on, in a room of `rooms_ground`: members and their ideas."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.models.proposals import Member, Proposal, Room
from feedback.services import proposing
from feedback.services.proposing import Here

PICTURES = ("fox", "owl", "hedgehog", "turtle", "whale", "bear", "rabbit", "duck")


def members_of(session: Session, room: Room, number: int) -> list[Member]:
    """Some people in a room, each with an own picture and word."""
    made = [
        Member(
            room_id=room.id,
            token_hash=hashlib.sha256(f"{room.code} {at}".encode()).hexdigest(),
            picture=f"openmoji/{PICTURES[at % len(PICTURES)]}",
            word=f"Star {at}",
            joined_on=room.opens_at.date(),
        )
        for at in range(number)
    ]
    session.add_all(made)
    session.flush()
    return made


def here(room: Room, member: Member | None, now: datetime) -> Here:
    """Somebody in a room, at a moment."""
    return Here(room, member, now.date(), now)


def idea_of(
    session: Session, room: Room, member: Member | None, words: str, now: datetime
) -> Proposal:
    """An idea as somebody brings it in."""
    return proposing.propose(session, here(room, member, now), words, "")
