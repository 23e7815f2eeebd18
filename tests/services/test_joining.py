"""Coming into a room: forty at once, two under one name, a full room."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from time import perf_counter

import pytest
from rooms_ground import CODE, group_of, member_of, room_of
from sqlalchemy import func, select

from feedback.errors import MemberNameTaken, RoomClosed, RoomFull
from feedback.forms.groups import KIND_WORDS, PICTURES
from feedback.models.proposals import Member, Room
from feedback.queries import groups
from feedback.services import holding, joining
from feedback.vocabulary import MOST_MEMBERS

FORTY = 40
MOST_SECONDS = 2.0


def test_forty_come_in_at_once_and_nobody_waits_long(database, codes, now):
    with database.writing() as writing, writing.begin():
        room_of(writing, now)
    pictures = list(PICTURES)

    def come(number):
        began = perf_counter()
        facts = {"picture": pictures[number % 20], "word": f"Word{number // 20}"}
        with database.writing() as writing, writing.begin():
            room = groups.by_code(writing, CODE)
            joining.join(
                writing, room, **facts, token=f"t{number}", codes=codes, today=now.date(), now=now
            )
        return perf_counter() - began

    with ThreadPoolExecutor(FORTY) as people:
        waits = list(people.map(come, range(FORTY)))
    with database.reading() as reading:
        assert reading.scalar(select(func.count()).select_from(Member)) == FORTY
        assert reading.scalar(select(Room.changes)) == FORTY
    assert max(waits) < MOST_SECONDS


def test_of_two_under_one_name_at_once_one_is_asked_again(database, codes, now):
    with database.writing() as writing, writing.begin():
        room_of(writing, now)

    def come(number):
        try:
            with database.writing() as writing, writing.begin():
                room = groups.by_code(writing, CODE)
                joining.join(
                    writing, room, "own/yes", "Sunny", f"t{number}", codes,
                    today=now.date(), now=now,
                )  # fmt: skip
        except MemberNameTaken:
            return "asked again"
        return "in"

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(come, range(2))) == ["asked again", "in"]


def test_a_taken_name_leaves_the_rest_of_the_request_whole(session, codes, now):
    room = room_of(session, now)
    member_of(session, room, codes, now)
    with pytest.raises(MemberNameTaken):
        member_of(session, room, codes, now)
    assert groups.member_number(session, room.id) == 1
    assert member_of(session, room, codes, now, word="Calm").word == "Calm"


def test_names_that_are_offered_are_free(session, codes, now):
    room = room_of(session, now)
    words = [str(each) for each in KIND_WORDS]
    for word in words[1:]:
        member_of(session, room, codes, now, picture="openmoji/fox", word=word)
    offered = joining.free_names(session, room, ["openmoji/fox"], words, chance=Random(1))
    assert offered == [("openmoji/fox", words[0])]
    several = joining.free_names(session, room, list(PICTURES), words, chance=Random(1))
    assert len({picture for picture, _ in several}) == len({word for _, word in several}) == 3


def test_the_picture_that_somebody_chose_is_offered_first_while_it_is_free(session, codes, now):
    room = room_of(session, now)
    words = [str(each) for each in KIND_WORDS]

    def offered():
        chosen = "openmoji/fox"
        return joining.free_names(
            session, room, list(PICTURES), words, first=chosen, chance=Random(1)
        )

    assert offered()[0][0] == "openmoji/fox"
    for word in words:
        member_of(session, room, codes, now, picture="openmoji/fox", word=word)
    assert len(offered()) == 3
    assert "openmoji/fox" not in dict(offered())


def test_a_room_holds_a_hall_and_no_more(session, codes, now):
    room = room_of(session, now)
    for number in range(MOST_MEMBERS):
        member_of(session, room, codes, now, word=f"Word{number}")
    with pytest.raises(RoomFull):
        member_of(session, room, codes, now, word="Late")


def test_nobody_comes_into_a_closed_room(session, codes, now):
    room = room_of(session, now)
    holding.close_room(session, room, by=None, now=now)
    with pytest.raises(RoomClosed):
        member_of(session, room, codes, now)


def test_nothing_is_kept_of_a_member_but_a_picture_a_word_and_a_day(session, codes, now):
    member = member_of(session, room_of(session, now), codes, now)
    kept = {column.name for column in Member.__table__.columns}
    assert kept == {"id", "room_id", "token_hash", "picture", "word", "joined_on"}
    assert "Sunny" not in member.token_hash and member.joined_on == now.date()


def test_a_word_that_will_not_do_is_changed_for_a_free_one(session, codes, now):
    room = room_of(session, now)
    member_of(session, room, codes, now, word="Calm")
    rude = member_of(session, room, codes, now, word="Grumbler")
    before = room.changes
    facts = {"chance": Random(1), "now": now}
    assert joining.give_another_word(session, room, rude.id, ["Calm", "Kind"], **facts) is rude
    assert rude.word == "Kind" and room.changes == before + 1
    assert joining.give_another_word(session, room, 999_999, ["Bold"], **facts) is None


def test_a_member_of_another_room_keeps_their_word(session, codes, now):
    room = room_of(session, now)
    other = holding.open_room(
        session, group_of(session, now, name="Forum"), 60, chance=Random(3), by=None, now=now
    )
    theirs = member_of(session, other, codes, now, word="Brave")
    facts = {"chance": Random(1), "now": now}
    assert joining.give_another_word(session, room, theirs.id, ["Kind"], **facts) is None
    assert theirs.word == "Brave"


def test_nobody_takes_a_name_that_looks_like_somebody_elses(session, codes, now):
    room = room_of(session, now)
    facts = {"picture": "own/quiet", "codes": codes, "today": now.date(), "now": now}
    joining.join(session, room, word="Star", token="one", **facts)
    for number, word in enumerate(("star", "St\u200bar", "Stár")):
        with pytest.raises(MemberNameTaken):
            joining.join(session, room, word=word, token=f"again{number}", **facts)
