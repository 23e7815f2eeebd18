"""Groups and their rooms: one open room a group, one number that rises, an end that comes."""

from datetime import timedelta
from random import Random

import pytest
from rooms_ground import CODE, closed_since, group_of, member_of, room_of
from sqlalchemy import select

from feedback.errors import GroupEnded, RoomClosed, RoomLongClosed, RoomStillOpen
from feedback.models.oversight import AuditEvent
from feedback.models.proposals import Proposal, Room, Vote
from feedback.queries import catching_up, groups
from feedback.services import holding
from feedback.vocabulary import HOURS_OF_ROOM, ProposalState, RoomStep

ROOM = {"chance": Random(2), "by": None}


@pytest.fixture
def room(session, now):
    return room_of(session, now)


@pytest.fixture
def idea(session, room, now):
    def made(words, **facts):
        each = Proposal(
            group_id=room.group_id,
            room_id=room.id,
            words=words,
            state=ProposalState.NEW,
            created_on=now.date(),
            **facts,
        )
        session.add(each)
        session.flush()
        return each

    return made


@pytest.fixture
def vote(session):
    def given(idea, member, tokens):
        session.add(Vote(proposal_id=idea.id, member_id=member.id, tokens=tokens))
        session.flush()

    return given


def test_a_code_is_an_easy_word_and_four_digits(session, now):
    made = holding.open_room(session, group_of(session, now), 60, now=now, **ROOM)
    assert made.code[:-4].isalpha() and made.code[-4:].isdigit() and made.code[-4] != "0"
    assert groups.by_code(session, f"  {made.code[:-4].upper()}-{made.code[-4:]} ") is made


def test_a_group_has_one_open_room_at_a_time(session, room, now):
    with pytest.raises(RoomStillOpen):
        holding.open_room(session, room.group, 60, now=now, **ROOM)
    later = now + timedelta(minutes=60)
    assert holding.open_room(session, room.group, 60, now=later, **ROOM).id != room.id


def test_no_room_stays_open_longer_than_a_meeting(session, now):
    made = holding.open_room(session, group_of(session, now), 10_000, now=now, **ROOM)
    assert made.closes_at - now == timedelta(hours=HOURS_OF_ROOM)


def test_a_group_that_ended_has_no_room_until_it_is_back(session, room, now):
    holding.end_group(session, room.group, by=None, now=now)
    assert holding.state_of(room, now=now) == "closed"
    with pytest.raises(GroupEnded):
        holding.open_room(session, room.group, 60, now=now, **ROOM)
    with pytest.raises(GroupEnded):
        holding.open_again(session, room, 60, by=None, now=now)
    holding.bring_back_group(session, room.group, by=None, now=now)
    assert holding.open_room(session, room.group, 60, now=now, **ROOM).group is room.group


def test_everything_new_raises_the_number_once(session, room, idea, now):
    seen = [room.changes]

    def raised():
        seen.append(room.changes)
        return seen[-1] - seen[-2]

    holding.move(session, room, RoomStep.VOTING, now=now)
    assert raised() == 1
    holding.move(session, room, RoomStep.VOTING, now=now)
    assert raised() == 0
    first, second = idea("Buses"), idea("Lunch")
    for each, rises in ((first, 1), (first, 0), (second, 1), (None, 1), (None, 0)):
        holding.look_at(session, room, each, now=now)
        assert raised() == rises
        focus = groups.focus(session, room.id)
        assert (focus.proposal if focus else None) is each
    assert groups.room(session, room.id).step is RoomStep.VOTING


def test_a_room_looks_at_no_idea_of_another_group(session, room, idea, now):
    other = group_of(session, now, name="Forum")
    foreign = idea("Buses")
    foreign.group_id = other.id
    session.flush()
    holding.look_at(session, room, foreign, now=now)
    assert groups.focus(session, room.id) is None


def test_a_closed_room_cannot_be_led_and_opens_again_for_some_days(session, room, now):
    holding.close_room(session, room, by=None, now=now)
    with pytest.raises(RoomClosed):
        holding.move(session, room, RoomStep.VOTING, now=now)
    holding.open_again(session, room, 30, by=None, now=now)
    assert holding.state_of(room, now=now) == "open"
    assert room.closes_at == now + timedelta(minutes=30)
    closed_since(room, now, days=15)
    assert holding.state_of(room, now=now) == "over"
    with pytest.raises(RoomLongClosed):
        holding.open_again(session, room, 30, by=None, now=now)


def test_a_room_is_not_opened_again_beside_a_newer_one(session, room, now):
    holding.close_room(session, room, by=None, now=now)
    holding.open_room(session, room.group, 60, now=now, **ROOM)
    with pytest.raises(RoomStillOpen):
        holding.open_again(session, room, 60, by=None, now=now)


def test_the_record_says_what_a_worker_did_and_no_name_or_code(officer, session, now):
    group = group_of(session, now)
    by = {"by": officer.id, "now": now}
    room = holding.open_room(session, group, 60, chance=Random(1), **by)
    holding.close_room(session, room, **by)
    holding.open_again(session, room, 60, **by)
    holding.end_group(session, group, **by)
    noted = session.execute(select(AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id))
    lines = [f"{action}: {subject}" for action, subject in noted]
    assert lines[-5:] == [
        f"open room: room {room.id}",
        f"close room: room {room.id}",
        f"open room again: room {room.id}",
        f"close room: room {room.id}",
        f"end group: group {group.id}",
    ]
    assert not any(group.name in line or room.code in line for line in lines)


def test_two_changes_at_once_both_count(database, now):
    with database.writing() as writing, writing.begin():
        room_of(writing, now)
    for _ in range(2):
        with database.writing() as writing, writing.begin():
            holding.touch(writing, groups.by_code(writing, CODE))
    with database.reading() as reading:
        assert reading.scalar(select(Room.changes)) == 2


# Afterwards


def test_catching_up_shows_what_a_worker_has_looked_at(session, room, idea, now):
    idea("Buses", looked_at=now)
    idea("Not seen yet")
    idea("Hidden", looked_at=now, hidden_at=now, hidden_because="It names somebody")
    meeting = catching_up.of_room(session, room.id)
    assert [each.words for each in meeting.ideas] == ["Buses"]
    assert meeting.waiting == 1


def test_catching_up_orders_what_was_chosen_by_votes_of_this_room(
    session, room, idea, codes, now, vote
):
    buses, lunch = idea("Buses", looked_at=now), idea("Lunch", looked_at=now)
    unseen = idea("Unseen")
    for word, wishes in (("Sunny", {buses: 1, lunch: 2}), ("Calm", {lunch: 1, unseen: 2})):
        member = member_of(session, room, codes, now, word=word)
        for each, tokens in wishes.items():
            vote(each, member, tokens)
    meeting = catching_up.of_room(session, room.id)
    assert [each.words for each in meeting.chosen] == ["Lunch", "Buses"]
