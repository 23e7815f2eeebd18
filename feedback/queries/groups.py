"""Groups that design questions, their rooms, and who is in them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.base import LARGEST_ID
from feedback.models.proposals import Member, Proposal, Room, RoomFocus, VoiceGroup
from feedback.queries.collections import LONGEST_TYPED, plain_code
from feedback.vocabulary import ProposalState


def every(session: Session) -> Sequence[VoiceGroup]:
    """All groups by name; those that ended come last."""
    return session.scalars(
        select(VoiceGroup).order_by(VoiceGroup.ended_at.is_not(None), VoiceGroup.name)
    ).all()


def one(session: Session, number: int) -> VoiceGroup | None:
    """One group."""
    return session.get(VoiceGroup, number) if number <= LARGEST_ID else None


def named(session: Session, name: str) -> VoiceGroup | None:
    """The group with a name."""
    return session.scalars(select(VoiceGroup).where(VoiceGroup.name == name)).first()


def rooms(
    session: Session, group_id: int | None = None, *, only_of: int | None = None
) -> Sequence[Room]:
    """Rooms with their groups, the newest first.

    Args:
        group_id: of one group; of all where nothing is said.
        only_of: whoever opened them, where somebody sees only their own.
    """
    found = select(Room).options(joinedload(Room.group))
    if group_id is not None:
        found = found.where(Room.group_id == group_id)
    if only_of is not None:
        found = found.where(Room.user_id == only_of)
    return session.scalars(found.order_by(Room.opens_at.desc(), Room.id.desc())).all()


def room(
    session: Session, number: int, *, only_of: int | None = None, lock: bool = False
) -> Room | None:
    """One room with its group; `only_of` as for `rooms`.

    Args:
        lock: keep others who change it waiting until this transaction ends.
    """
    if number > LARGEST_ID:
        return None
    found = select(Room).where(Room.id == number).options(joinedload(Room.group))
    if only_of is not None:
        found = found.where(Room.user_id == only_of)
    if lock:
        found = found.with_for_update(of=Room).execution_options(populate_existing=True)
    return session.scalars(found).first()


def by_code(session: Session, typed: str) -> Room | None:
    """The room at a short address, however its code was typed, with its group."""
    code = plain_code(typed)
    if not code or len(code) > LONGEST_TYPED:
        return None
    return session.scalars(
        select(Room).where(Room.code == code).options(joinedload(Room.group))
    ).first()


def code_taken(session: Session, code: str) -> bool:
    """Whether a room has a code."""
    return session.scalar(select(Room.id).where(Room.code == code)) is not None


def standing(session: Session, code: str) -> Room | None:
    """What a screen asks every second: a room by its code exactly, without its group."""
    return session.scalars(select(Room).where(Room.code == code)).first()


def members(session: Session, room_id: int) -> Sequence[Member]:
    """Who is in a room, by the names they chose: that says nothing of when they came."""
    return session.scalars(
        select(Member).where(Member.room_id == room_id).order_by(Member.word, Member.picture)
    ).all()


def member_number(session: Session, room_id: int) -> int:
    """How many are in a room."""
    found = select(func.count()).select_from(Member).where(Member.room_id == room_id)
    return session.scalar(found) or 0


def member_numbers(session: Session, room_ids: Sequence[int]) -> dict[int, int]:
    """How many are, or were, in some rooms."""
    rows = session.execute(
        select(Member.room_id, func.count())
        .where(Member.room_id.in_(room_ids))
        .group_by(Member.room_id)
    )
    return {room_id: int(number) for room_id, number in rows}


def members_by_token(session: Session, room_id: int, hashes: Sequence[str]) -> dict[str, Member]:
    """Members of a room by the hash of the token that their browser keeps."""
    found = select(Member).where(Member.room_id == room_id, Member.token_hash.in_(hashes))
    return {each.token_hash: each for each in session.scalars(found)}


def focus(session: Session, room_id: int) -> RoomFocus | None:
    """What everybody in a room looks at, with the idea."""
    return session.scalars(
        select(RoomFocus)
        .where(RoomFocus.room_id == room_id)
        .options(joinedload(RoomFocus.proposal))
    ).first()


def ideas(session: Session, group_id: int) -> Sequence[Proposal]:
    """Ideas of a group that everybody in its room may look at, in the order they came."""
    return session.scalars(
        select(Proposal)
        .where(
            Proposal.group_id == group_id,
            Proposal.hidden_at.is_(None),
            Proposal.state.not_in([ProposalState.NOT_ASKED, ProposalState.ANSWERED]),
        )
        .order_by(Proposal.id)
    ).all()
