from concurrent.futures import ThreadPoolExecutor

import pytest
from ideas_ground import here, idea_of, members_of
from rooms_ground import room_of
from sqlalchemy import func, select

from feedback.errors import (
    ChangedMeanwhile,
    IdeaInUse,
    NothingSaid,
    NotYourIdea,
    ReasonMissing,
    TooManyPiles,
    TooMuchTalk,
)
from feedback.models.oversight import AuditEvent
from feedback.models.proposals import Pile, Proposal, Reply, Room, Wording
from feedback.models.safeguarding import SafeguardingFlag
from feedback.queries import proposals as stored
from feedback.services import proposing, voting
from feedback.vocabulary import MOST_PILES, ProposalState, ReplyFace


@pytest.fixture
def room(session, now):
    return room_of(session, now)


@pytest.fixture
def two(session, room):
    return members_of(session, room, 2)


def number(session, table) -> int:
    return session.scalar(select(func.count()).select_from(table))


def changes(session, room) -> int:
    return session.scalar(select(Room.changes).where(Room.id == room.id))


def test_an_idea_is_kept_without_names_and_the_room_is_told(session, room, two, now):
    before = changes(session, room)
    idea = idea_of(session, room, two[0], "Does Mrs Karen Whitfield listen to us?", now)

    assert "Whitfield" not in idea.words
    assert idea.state is ProposalState.NEW
    assert idea.looked_at is None
    assert changes(session, room) > before
    assert list(stored.open_ideas(session, room.group_id)) == [idea]
    assert list(stored.waiting(session, room.group_id)) == [idea]


def test_an_idea_may_be_a_picture_alone_but_not_nothing(session, room, two, now):
    there = here(room, two[0], now)
    assert proposing.propose(session, there, "  ", "openmoji/bus").picture == "openmoji/bus"
    with pytest.raises(NothingSaid):
        proposing.propose(session, there, " \n ", "")


def test_an_idea_sent_twice_is_one_idea(session, room, two, now):
    first = idea_of(session, room, two[0], "The bus", now)
    assert idea_of(session, room, two[0], "The bus", now) is first
    assert idea_of(session, room, two[1], "The bus", now) is not first


def test_an_idea_sent_twice_at_the_same_moment_is_one_idea(database, now):
    with database.writing() as writing, writing.begin():
        room = room_of(writing, now)
        member = members_of(writing, room, 1)[0]

    def send(_: int) -> None:
        with database.writing() as writing, writing.begin():
            idea_of(writing, writing.get_one(Room, room.id), member, "The bus", now)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(send, range(2)))
    with database.reading() as reading:
        assert number(reading, Proposal) == 1


def test_words_of_concern_in_an_idea_raise_a_flag_and_the_idea_stays(session, room, two, now):
    idea = idea_of(session, room, two[0], "I want to die and nobody asks", now)

    assert idea in stored.open_ideas(session, room.group_id)
    assert session.scalars(select(SafeguardingFlag.who)).one().endswith(two[0].word)


def test_words_of_concern_in_talk_and_in_the_name_of_a_pile_raise_flags(session, room, two, now):
    idea = idea_of(session, room, two[0], "School", now)
    there = here(room, two[1], now)
    proposing.say(session, idea, there, "my dad hits me")
    proposing.add_pile(session, there, "I want to die", "")

    assert number(session, SafeguardingFlag) == 2


def test_an_own_idea_can_be_changed_and_a_worker_looks_anew(officer, session, room, two, now):
    idea = idea_of(session, room, two[0], "Busses", now)
    proposing.look_over(session, [idea], room=room, by=officer.id, now=now)
    proposing.change(session, idea, here(room, two[0], now), "Buses", "openmoji/bus")

    assert (idea.words, idea.picture, idea.looked_at) == ("Buses", "openmoji/bus", None)
    with pytest.raises(NotYourIdea):
        proposing.change(session, idea, here(room, two[1], now), "Trains", "")
    with pytest.raises(NothingSaid):
        proposing.change(session, idea, here(room, two[0], now), " ", "")


def test_an_idea_that_becomes_a_question_is_the_groups(session, room, two, now):
    idea = idea_of(session, room, two[0], "Buses", now)
    session.add(
        Wording(proposal_id=idea.id, number=1, question={"name": "bus"}, created_on=now.date())
    )
    session.flush()

    assert not proposing.may_change(session, idea, here(room, two[0], now))
    with pytest.raises(IdeaInUse):
        proposing.take_back(session, idea, here(room, two[0], now))


def test_an_idea_is_taken_back_with_the_talk_on_it(session, room, two, now):
    idea = idea_of(session, room, two[0], "Buses", now)
    proposing.say(session, idea, here(room, two[1], now), "Me too")
    proposing.take_back(session, idea, here(room, two[0], now))

    assert (number(session, Proposal), number(session, Reply)) == (0, 0)


def test_ideas_are_sorted_into_piles_and_out_again(session, room, two, now):
    idea = idea_of(session, room, two[0], "Buses", now)
    there = here(room, two[1], now)
    pile = proposing.add_pile(session, there, "Getting there", "openmoji/bus")
    assert proposing.add_pile(session, there, "getting  there", "") is pile

    proposing.move(session, idea, pile, there)
    told = changes(session, room)
    proposing.move(session, idea, pile, there)
    assert (idea.pile_id, changes(session, room)) == (pile.id, told)

    proposing.rename_pile(session, pile, there, "Travel", "")
    assert [each.name for each in stored.piles(session, room.group_id)] == ["Travel"]
    proposing.remove_pile(session, pile, there)
    session.expire_all()
    assert (idea.pile_id, number(session, Pile)) == (None, 0)


def test_there_are_no_more_piles_than_people_can_see(session, room, two, now):
    there = here(room, two[0], now)
    for at in range(MOST_PILES):
        proposing.add_pile(session, there, f"Pile {at}", "")
    with pytest.raises(TooManyPiles):
        proposing.add_pile(session, there, "One more", "")


def test_somebody_has_one_face_on_an_idea(session, room, two, now):
    idea = idea_of(session, room, two[0], "Buses", now)
    there = here(room, two[1], now)
    for face in (ReplyFace.GOOD, ReplyFace.GOOD, ReplyFace.NOT_SURE):
        proposing.show_face(session, idea, there, face)

    assert [each.face for each in stored.replies(session, [idea.id])[idea.id]] == [
        ReplyFace.NOT_SURE
    ]
    assert idea.state is ProposalState.TALKING
    proposing.show_face(session, idea, there, None)
    assert number(session, Reply) == 0


def test_talk_is_short_masked_and_each_thing_said_once(session, room, two, now):
    idea = idea_of(session, room, two[0], "Buses", now)
    there = here(room, two[1], now)
    said = proposing.say(session, idea, there, "Mrs Karen Whitfield is late")
    assert proposing.say(session, idea, there, "Mrs Karen Whitfield is late") is said
    assert "Whitfield" not in said.words
    with pytest.raises(NothingSaid):
        proposing.say(session, idea, there, "   ")
    for at in range(11):
        proposing.say(session, idea, there, f"Thing {at}")
    with pytest.raises(TooMuchTalk):
        proposing.say(session, idea, there, "And another thing")

    with pytest.raises(NotYourIdea):
        proposing.take_back_reply(session, said, here(room, two[0], now))
    proposing.take_back_reply(session, said, there)
    assert number(session, Reply) == 11


def test_what_is_hidden_only_its_writer_sees_with_the_reason(officer, session, room, two, now):
    idea = idea_of(session, room, two[0], "A rude thing", now)
    other = idea_of(session, room, two[1], "Buses", now)
    reply = proposing.say(session, other, here(room, two[0], now), "Silly")
    voting.lay(session, room, two[1], idea, 2)
    about = {"room": room, "by": officer.id, "now": now}
    for post in (idea, reply):
        with pytest.raises(ReasonMissing):
            proposing.hide(session, post, " ", **about)
        proposing.hide(session, post, "It could hurt somebody.", **about)

    assert list(stored.open_ideas(session, room.group_id)) == [other]
    assert stored.own_ideas(session, two[0].id)[0].hidden_because == "It could hurt somebody."
    assert not stored.replies(session, [other.id], of=two[1].id)[other.id]
    assert stored.replies(session, [other.id], of=two[0].id)[other.id] == [reply]
    assert stored.tokens_of(session, two[1].id) == {}  # the tokens went back
    # Written again in the same words, it is still the hidden one; in others, it waits.
    assert idea_of(session, room, two[0], "A rude thing", now) is idea

    for post in (idea, reply):
        proposing.show_again(session, post, **about)
    assert set(stored.open_ideas(session, room.group_id)) == {idea, other}
    noted = session.scalars(
        select(AuditEvent.action).where(AuditEvent.user_id == officer.id).order_by(AuditEvent.id)
    ).all()
    assert noted == ["hide idea", "hide reply", "show idea again", "show reply again"]


def test_a_hidden_idea_that_its_writer_changes_waits_for_a_worker(officer, session, room, two, now):
    idea = idea_of(session, room, two[0], "A rude thing", now)
    proposing.hide(session, idea, "It could hurt.", room=room, by=officer.id, now=now)
    proposing.change(session, idea, here(room, two[0], now), "A kind thing", "")

    assert list(stored.open_ideas(session, room.group_id)) == []
    assert list(stored.waiting(session, room.group_id)) == [idea]


def test_looking_over_is_noted_once_an_idea(officer, session, room, two, now):
    ideas = [idea_of(session, room, two[0], words, now) for words in ("Buses", "Noise")]
    for _ in range(2):
        proposing.look_over(session, ideas, room=room, by=officer.id, now=now)

    assert [idea.looked_at for idea in ideas] == [now, now]
    looked = select(AuditEvent.subject).where(AuditEvent.action == "look over idea")
    assert session.scalars(looked).all() == [f"idea {idea.id}" for idea in ideas]


def test_not_asked_needs_a_reason_that_goes_when_it_is_asked(officer, session, room, two, now):
    idea = idea_of(session, room, two[0], "Buses", now)
    about = {"room": room, "by": officer.id, "now": now}
    with pytest.raises(ReasonMissing):
        proposing.set_state(session, idea, ProposalState.NOT_ASKED, "", version=1, **about)
    proposing.set_state(
        session, idea, ProposalState.NOT_ASKED, "We ask it in spring.", version=1, **about
    )
    assert (idea.state, idea.reason) == (ProposalState.NOT_ASKED, "We ask it in spring.")
    assert list(stored.open_ideas(session, room.group_id)) == []
    with pytest.raises(ChangedMeanwhile):
        proposing.set_state(session, idea, ProposalState.NEW, "", version=1, **about)
    proposing.set_state(session, idea, ProposalState.ASKED, "left over", version=2, **about)
    assert (idea.state, idea.reason) == (ProposalState.ASKED, "")
