from concurrent.futures import ThreadPoolExecutor

import pytest
from ideas_ground import idea_of, members_of
from rooms_ground import group_of, room_of
from sqlalchemy import func, select

from feedback.errors import IdeaNotOpen, TokensSpent
from feedback.models.proposals import Member, Proposal, Room, Vote
from feedback.queries import groups
from feedback.queries import proposals as stored
from feedback.services import holding, proposing, voting
from feedback.vocabulary import LEAST_VOTERS, MOST_TOKENS, ProposalState, RoomStep


@pytest.fixture
def room(session, now):
    return room_of(session, now)


@pytest.fixture
def ideas(session, room, now):
    return [idea_of(session, room, None, words, now) for words in ("Buses", "Noise", "Lunch")]


def test_tokens_are_laid_moved_and_taken_back(session, room, ideas):
    member = members_of(session, room, 1)[0]

    assert voting.lay(session, room, member, ideas[0], 2) == 1
    assert voting.lay(session, room, member, ideas[1], 1) == 0
    assert voting.lay(session, room, member, ideas[0], 1) == 1
    assert voting.lay(session, room, member, ideas[1], 0) == 2
    assert stored.tokens_of(session, member.id) == {ideas[0].id: 1}


def test_a_vote_sent_twice_counts_once(session, room, ideas):
    member = members_of(session, room, 1)[0]
    for _ in range(2):
        assert voting.lay(session, room, member, ideas[0], 2) == 1
    assert stored.votes(session, room.id).tokens == {ideas[0].id: 2}


def test_nobody_has_more_than_three(session, room, ideas):
    member = members_of(session, room, 1)[0]
    voting.lay(session, room, member, ideas[0], 2)
    with pytest.raises(TokensSpent):
        voting.lay(session, room, member, ideas[1], 2)
    with pytest.raises(TokensSpent):
        voting.lay(session, room, member, ideas[0], MOST_TOKENS + 1)
    assert stored.tokens_of(session, member.id) == {ideas[0].id: 2}


def test_tokens_of_one_member_from_many_threads_never_pass_three(database, now):
    with database.writing() as writing, writing.begin():
        room = room_of(writing, now)
        member = members_of(writing, room, 1)[0]
        ideas = [idea_of(writing, room, None, f"Idea {at}", now).id for at in range(6)]

    def lay(idea: int) -> bool:
        with database.writing() as writing:
            try:
                voting.lay(
                    writing,
                    writing.get_one(Room, room.id),
                    writing.get_one(Member, member.id),
                    writing.get_one(Proposal, idea),
                    2,
                )
            except TokensSpent:
                return False
            writing.commit()
            return True

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lay, ideas))
    with database.reading() as reading:
        assert (sum(done), reading.scalar(select(func.sum(Vote.tokens)))) == (1, 2)


def test_the_same_vote_from_two_threads_counts_once(database, now):
    with database.writing() as writing, writing.begin():
        room = room_of(writing, now)
        member = members_of(writing, room, 1)[0]
        idea = idea_of(writing, room, None, "Buses", now)

    def lay(_: int) -> None:
        with database.writing() as writing, writing.begin():
            voting.lay(writing, writing.get_one(Room, room.id), member, idea, 3)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lay, range(2)))
    with database.reading() as reading:
        assert reading.scalars(select(Vote.tokens)).all() == [3]


def test_with_few_voters_only_the_order_is_shown_ties_together(session, room, ideas):
    members = members_of(session, room, LEAST_VOTERS)
    for member in members[:-1]:
        voting.lay(session, room, member, ideas[2], 1)
        voting.lay(session, room, member, ideas[0], 1)

    few = voting.order(session, room)
    assert not few.counted
    assert [(each.idea.words, each.place, each.tokens) for each in few.places] == [
        ("Buses", 1, None),
        ("Lunch", 1, None),
        ("Noise", None, None),
    ]

    voting.lay(session, room, members[-1], ideas[2], 3)
    enough = voting.order(session, room)
    assert enough.counted
    assert [(each.idea.words, each.place, each.tokens) for each in enough.places] == [
        ("Lunch", 1, 7),
        ("Buses", 2, 4),
        ("Noise", None, 0),
    ]


def test_the_vote_of_one_is_no_order_and_no_choice(session, room, ideas, now):
    one, two = members_of(session, room, 2)
    voting.lay(session, room, one, ideas[1], 3)
    assert not voting.order(session, room).begun
    holding.move(session, room, RoomStep.WORDING, now=now)
    assert groups.focus(session, room.id) is None

    voting.lay(session, room, two, ideas[1], 1)
    assert voting.order(session, room).begun
    holding.move(session, room, RoomStep.TRYING, now=now)
    assert groups.focus(session, room.id).proposal_id == ideas[1].id


def test_nobody_has_voted_yet(session, room, ideas):
    assert not voting.order(session, room).begun


def test_only_open_ideas_of_the_own_group_can_be_voted_on(officer, session, room, ideas, now):
    member = members_of(session, room, 1)[0]
    room.code = "owl1234"
    other = room_of(session, now, group=group_of(session, now, name="Parents"))
    elsewhere = idea_of(session, other, None, "Parking", now)
    proposing.hide(session, ideas[0], "It could hurt.", room=room, by=officer.id, now=now)

    for idea in (elsewhere, ideas[0]):
        with pytest.raises(IdeaNotOpen):
            voting.lay(session, room, member, idea, 1)
    assert stored.votes(session, room.id).voters == 0


def test_an_idea_that_comes_back_brings_no_fourth_token(officer, session, room, ideas, now):
    member = members_of(session, room, 1)[0]
    voting.lay(session, room, member, ideas[0], 3)
    by = {"room": room, "by": officer.id, "now": now}
    state = proposing.set_state
    state(session, ideas[0], ProposalState.NOT_ASKED, "Too long ago.", version=1, **by)
    voting.lay(session, room, member, ideas[1], 3)

    state(session, ideas[0], ProposalState.TALKING, "", version=2, **by)

    assert sum(stored.votes(session, room.id).tokens.values()) == MOST_TOKENS
