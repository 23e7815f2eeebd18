"""Keeps groups that design questions and holds their rooms: open, lead, close."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback.errors import GroupEnded, RoomClosed, RoomLongClosed, RoomStillOpen
from feedback.models.proposals import Proposal, Room, RoomFocus, VoiceGroup
from feedback.queries import groups as stored
from feedback.queries import proposals
from feedback.services import audit
from feedback.services.codes import easy_words
from feedback.vocabulary import (
    DAYS_TO_CATCH_UP,
    HOURS_OF_ROOM,
    Audience,
    GroupColour,
    RoomStep,
)

LONGEST_STEM = 6  # letters of the word in a code
WORDED = (RoomStep.WORDING, RoomStep.TRYING)  # what a room does with one idea it has chosen


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a group; `credit` are words as tables keep them."""

    name: str
    audience: Audience
    colour: GroupColour
    credit: dict[str, Any]


def add_group(session: Session, facts: Facts, *, by: int | None, now: datetime) -> VoiceGroup:
    """Add a group; its name is free, as the form has looked."""
    made = VoiceGroup(created_at=now)
    _take(made, facts)
    session.add(made)
    session.flush()
    _note(session, by, "add group", f"group {made.id}", now=now)
    return made


def change_group(
    session: Session, group: VoiceGroup, facts: Facts, *, by: int | None, now: datetime
) -> None:
    """Say something else of a group; open rooms show it at once."""
    _take(group, facts)
    for room in stored.rooms(session, group.id):
        if state_of(room, now=now) == "open":
            touch(session, room)
    _note(session, by, "change group", f"group {group.id}", now=now)


def end_group(session: Session, group: VoiceGroup, *, by: int | None, now: datetime) -> None:
    """A group meets no more; what it did stays. Its open room closes."""
    if group.ended_at is not None:
        return
    group.ended_at = now
    for room in stored.rooms(session, group.id):
        if state_of(room, now=now) == "open":
            close_room(session, room, by=by, now=now)
    _note(session, by, "end group", f"group {group.id}", now=now)


def bring_back_group(session: Session, group: VoiceGroup, *, by: int | None, now: datetime) -> None:
    """A group meets again."""
    if group.ended_at is None:
        return
    group.ended_at = None
    _note(session, by, "bring back group", f"group {group.id}", now=now)


def _take(group: VoiceGroup, facts: Facts) -> None:
    group.name, group.audience = facts.name, facts.audience
    group.colour, group.credit = facts.colour, facts.credit


# Rooms


def state_of(room: Room, *, now: datetime) -> str:
    """Where a room is: open, closed, or over, when nobody reads it any more."""
    ended = room.closed_at or room.closes_at
    if now < ended:
        return "open"
    return "closed" if now < ended + timedelta(days=DAYS_TO_CATCH_UP) else "over"


def new_code(session: Session, chance: Random) -> str:
    """A short code that no room has: an easy word and four digits."""
    stems = [word for word in easy_words() if len(word) <= LONGEST_STEM]
    while True:
        code = f"{chance.choice(stems)}{chance.randint(1000, 9999)}"
        if not stored.code_taken(session, code):
            return code


def open_room(
    session: Session,
    group: VoiceGroup,
    minutes: int,
    *,
    chance: Random,
    by: int | None,
    now: datetime,
) -> Room:
    """Open a room for a meeting of a group; it closes by itself.

    Raises:
        GroupEnded: the group meets no more.
        RoomStillOpen: it has an open room.
    """
    if group.ended_at is not None:
        raise GroupEnded
    if any(state_of(each, now=now) == "open" for each in stored.rooms(session, group.id)):
        raise RoomStillOpen
    made = Room(
        group_id=group.id,
        code=new_code(session, chance),
        step=RoomStep.IDEAS,
        opens_at=now,
        closes_at=now + timedelta(minutes=min(minutes, HOURS_OF_ROOM * 60)),
        user_id=by,
        changes=0,
    )
    made.group = group
    session.add(made)
    session.flush()
    _note(session, by, "open room", f"room {made.id}", now=now)
    return made


def touch(session: Session, room: Room) -> None:
    """Let every screen of a room look again.

    Call it last: until the commit, others who change the same room wait here.
    """
    session.flush()
    raised = update(Room).where(Room.id == room.id).values(changes=Room.changes + 1)
    session.execute(raised.execution_options(synchronize_session=False))
    session.refresh(room, ["changes"])


def check_open(room: Room, *, now: datetime) -> None:
    """Refuse whatever is written into a room that has closed.

    Raises:
        RoomClosed: it has.
    """
    if state_of(room, now=now) != "open":
        raise RoomClosed


def move(session: Session, room: Room, step: RoomStep, *, now: datetime) -> None:
    """Let everybody in a room do something else now.

    Where a question is worded or tried and nobody chose an idea, it is the one with most stars.

    Raises:
        RoomClosed: nobody is in it any more.
    """
    check_open(room, now=now)
    if room.step is step:
        return
    room.step = step
    if step in WORDED and stored.focus(session, room.id) is None:
        wanted = _wanted(session, room)
        if wanted is not None:
            session.add(RoomFocus(room_id=room.id, proposal_id=wanted))
    touch(session, room)


def look_at(session: Session, room: Room, proposal: Proposal | None, *, now: datetime) -> None:
    """Let everybody in a room look at one idea of their group, or at none.

    Raises:
        RoomClosed: nobody is in it any more.
    """
    check_open(room, now=now)
    there = stored.focus(session, room.id)
    if proposal is None or proposal.group_id != room.group_id:
        if there is None:
            return
        session.delete(there)
    elif there is None:
        session.add(RoomFocus(room_id=room.id, proposal_id=proposal.id))
    elif there.proposal_id == proposal.id:
        return
    else:
        there.proposal_id = proposal.id
    touch(session, room)
    session.expire_all()


def close_room(session: Session, room: Room, *, by: int | None, now: datetime) -> None:
    """Close a room now; what was said stays and can be read for some days."""
    if state_of(room, now=now) != "open":
        return
    room.closed_at = now
    touch(session, room)
    _note(session, by, "close room", f"room {room.id}", now=now)


def open_again(
    session: Session, room: Room, minutes: int, *, by: int | None, now: datetime
) -> None:
    """Open a closed room again, with the same code and everybody's names.

    Raises:
        GroupEnded: the group meets no more.
        RoomStillOpen: the group has another open room.
        RoomLongClosed: it closed too long ago.
    """
    state = state_of(room, now=now)
    if state == "open":
        return
    if state == "over":
        raise RoomLongClosed
    if room.group.ended_at is not None:
        raise GroupEnded
    if any(state_of(each, now=now) == "open" for each in stored.rooms(session, room.group_id)):
        raise RoomStillOpen
    room.closed_at = None
    room.closes_at = now + timedelta(minutes=min(minutes, HOURS_OF_ROOM * 60))
    touch(session, room)
    _note(session, by, "open room again", f"room {room.id}", now=now)


def _wanted(session: Session, room: Room) -> int | None:
    """The idea that a room gave most stars; none where two are equal or too few voted."""
    laid = proposals.votes(session, room.id)
    if not laid.in_order:
        return None
    tokens = {each.id: laid.tokens.get(each.id, 0) for each in stored.ideas(session, room.group_id)}
    most = max(tokens.values(), default=0)
    best = [number for number, each in tokens.items() if each == most]
    return best[0] if most and len(best) == 1 else None


def _note(session: Session, by: int | None, action: str, subject: str, *, now: datetime) -> None:
    """What a worker did is noted; what a loading of the demonstration did is not."""
    if by is not None:
        audit.note(session, by, action, subject, now=now)
