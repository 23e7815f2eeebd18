"""Lets somebody into a room under a picture and a word; nothing else is known of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from random import Random

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback.analysis.naming import looks
from feedback.errors import MemberNameTaken, RoomFull
from feedback.models.proposals import Member, Room
from feedback.queries import groups as stored
from feedback.services.codes import Codes
from feedback.services.holding import check_open, touch
from feedback.vocabulary import MOST_MEMBERS


def token_hash(codes: Codes, token: str) -> str:
    """What is kept of the token in somebody's browser."""
    return codes.reference(f"member:{token}")


def join(
    session: Session,
    room: Room,
    picture: str,
    word: str,
    token: str,
    codes: Codes,
    *,
    today: date,
    now: datetime,
) -> Member:
    """Let somebody in.

    Args:
        token: what their browser will keep; here only its hash is kept.
        today: the day it is where the host is; nothing finer is kept.

    Raises:
        RoomClosed: the room has closed.
        RoomFull: more are in it than any meeting has.
        MemberNameTaken: somebody has the same picture, and a word that looks the same.
    """
    check_open(room, now=now)
    if stored.member_number(session, room.id) >= MOST_MEMBERS:
        raise RoomFull
    others = (each.word for each in stored.members(session, room.id) if each.picture == picture)
    if looks(word) in map(looks, others):
        raise MemberNameTaken
    made = Member(
        room_id=room.id,
        token_hash=token_hash(codes, token),
        picture=picture,
        word=word,
        joined_on=today,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as twice:
        raise MemberNameTaken from twice
    touch(session, room)
    return made


def free_names(
    session: Session,
    room: Room,
    pictures: Sequence[str],
    words: Sequence[str],
    *,
    chance: Random,
    first: str = "",
    most: int = 3,
) -> list[tuple[str, str]]:
    """Some names that nobody in a room has, each with another picture and another word.

    The picture `first`, which somebody has chosen already, comes first where it is free.
    """
    members = stored.members(session, room.id)
    taken = {(each.picture, looks(each.word)) for each in members}
    mixed = sorted(chance.sample(list(pictures), len(pictures)), key=lambda each: each != first)
    return list(_free(taken, mixed, words, chance))[:most]


def give_another_word(
    session: Session,
    room: Room,
    member_id: int,
    words: Sequence[str],
    *,
    chance: Random,
    now: datetime,
) -> Member | None:
    """Give a member another word beside their picture, where theirs will not do; they stay in.

    Raises:
        RoomClosed: the room has closed.
    """
    check_open(room, now=now)
    members = stored.members(session, room.id)
    found = next((each for each in members if each.id == member_id), None)
    if found is None:
        return None
    taken = {looks(each.word) for each in members if each.picture == found.picture}
    free = [each for each in words if looks(each) not in taken]
    if free:
        found.word = chance.choice(free)
        touch(session, room)
    return found


def _free(
    taken: set[tuple[str, str]], pictures: Sequence[str], words: Sequence[str], chance: Random
) -> Iterable[tuple[str, str]]:
    left = chance.sample(list(words), len(words))
    for picture in pictures:
        word = next((each for each in left if (picture, looks(each)) not in taken), None)
        if word is not None:
            left.remove(word)
            yield picture, word
