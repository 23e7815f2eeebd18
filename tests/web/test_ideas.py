"""Ideas in a group's room as members see them, and what a worker does with them."""

import pytest
from rooms_ground import AT, come_in, room_of
from sqlalchemy import select
from visiting import Visit

from feedback.analysis.readability import flesch_kincaid_grade
from feedback.models.proposals import Pile, Proposal, Reply, RoomFocus, Vote
from feedback.models.safeguarding import SafeguardingFlag
from feedback.queries import groups, proposals
from feedback.services import holding
from feedback.vocabulary import ProposalState, ReplyFace, Role, RoomStep

from .test_easy_rooms import HARDEST, MOST_SENTENCES, said_in, words_of

pytestmark = pytest.mark.any_database  # services' tests put the statements to both


@pytest.fixture
def room(database, now):
    with database.writing() as writing, writing.begin():
        return room_of(writing, now).id


@pytest.fixture
def sunny(room, client):
    return come_in(Visit(client, ""))


@pytest.fixture
def owl(room, app):
    return come_in(Visit(app.test_client(), ""), picture="openmoji/owl", word="Calm")


@pytest.fixture
def idea(sunny, look):
    """Somebody's idea of buses; its number."""
    send(sunny, q_words="The buses")
    return look(select(Proposal.id))[0][0]


def send(visit: Visit, **sent: str) -> None:
    visit.get(f"{AT}/ideas")
    visit.follow(visit.post(f"{AT}/ideas", {"do": "send", **sent}))


def of_all(look, column) -> list:
    return [row[0] for row in look(select(column))]


# Ideas


def test_an_idea_in_words_is_thanked_for_and_everybody_sees_it(sunny, owl, look):
    send(sunny, q_words="The buses are late")
    assert "Thank you. We have it." in sunny.text
    owl.get(f"{AT}/ideas")
    assert "The buses are late" in owl.text
    assert of_all(look, Proposal.state) == [ProposalState.NEW]


def test_one_press_on_a_picture_is_an_idea(sunny, look):
    send(sunny, do="", picture="openmoji/bus")
    assert look(select(Proposal.words, Proposal.picture))[0] == ("The bus", "openmoji/bus")


def test_words_and_a_picture_go_together_and_an_unknown_picture_is_none(sunny, look):
    send(sunny, q_words="Late", picture="openmoji/bus")
    send(sunny, q_words="Later", picture="openmoji/no-such-thing")
    assert [tuple(row) for row in look(select(Proposal.words, Proposal.picture))] == [
        ("Late", "openmoji/bus"),
        ("Later", ""),
    ]


def test_pictures_are_looked_for_and_what_was_typed_stays(sunny, look):
    sunny.get(f"{AT}/ideas")
    page = sunny.post(f"{AT}/ideas", {"q_words": "My trip", "look": "train", "do": "look"})
    assert page.status_code == 200
    assert "My trip" in page.text and 'value="openmoji/train"' in page.text
    assert 'value="own/noise"' not in page.text
    # The enter key in the search box presses the first button.
    page = sunny.post(f"{AT}/ideas", {"q_words": "", "look": "train", "do": "send"})
    assert 'value="openmoji/train"' in page.text
    assert look(select(Proposal)) == []


def test_an_empty_idea_and_one_too_long_are_asked_again(sunny, look):
    sunny.get(f"{AT}/ideas")
    page = sunny.post(f"{AT}/ideas", {"do": "send", "q_words": " "})
    assert page.status_code == 422
    assert "Write some words, or tap a picture" in page.text
    page = sunny.post(f"{AT}/ideas", {"do": "send", "q_words": "a" * 301})
    assert page.status_code == 422 and "a" * 301 in page.text
    assert look(select(Proposal)) == []


def test_an_own_idea_is_changed_and_taken_back_and_nobody_elses(sunny, owl, idea, look):
    owl.get(f"{AT}/ideas")
    assert f"/ideas/{idea}" not in owl.text
    assert owl.get(f"{AT}/ideas/{idea}").status_code == 404

    sunny.get(f"{AT}/ideas/{idea}")
    sunny.post(f"{AT}/ideas/{idea}", {"do": "send", "q_words": "The trains"})
    assert of_all(look, Proposal.words) == ["The trains"]
    sunny.get(f"{AT}/ideas/{idea}")
    sunny.follow(sunny.post(f"{AT}/ideas/{idea}", {"do": "take-back"}))
    assert "You took it back." in sunny.text
    assert look(select(Proposal)) == []


def test_words_of_concern_are_kept_and_somebody_trained_is_called(sunny, look):
    send(sunny, q_words="I want to die")
    assert sunny.page.status_code == 200
    assert "Thank you" in sunny.text
    assert of_all(look, SafeguardingFlag.who) == ["openmoji/fox Sunny"]


# Piles


def test_ideas_go_onto_piles_and_off_again(sunny, idea, look):
    sunny.get(f"{AT}/sorting")
    sunny.follow(sunny.post(f"{AT}/sorting", {"q_name": "Getting there"}))
    pile = of_all(look, Pile.id)[0]
    assert "Getting there" in sunny.text
    sunny.follow(sunny.post(f"{AT}/move", {"idea": idea, "pile": pile}))
    assert of_all(look, Proposal.pile_id) == [pile]
    sunny.post(f"{AT}/move", {"idea": idea, "pile": ""})
    assert of_all(look, Proposal.pile_id) == [None]
    assert sunny.post(f"{AT}/move", {"idea": idea, "pile": "999"}).status_code == 404
    assert sunny.post(f"{AT}/move", {"idea": "x", "pile": pile}).status_code == 404


def test_a_pile_is_renamed_given_a_picture_and_taken_away(sunny, idea, look):
    sunny.get(f"{AT}/sorting")
    sunny.post(f"{AT}/sorting", {"q_name": "Bus"})
    pile = of_all(look, Pile.id)[0]
    sunny.post(f"{AT}/move", {"idea": idea, "pile": pile})
    sunny.get(f"{AT}/sorting/{pile}")
    sunny.post(f"{AT}/sorting/{pile}", {"q_name": "Travel", "picture": "openmoji/train"})
    assert look(select(Pile.name, Pile.picture))[0] == ("Travel", "openmoji/train")
    sunny.post(f"{AT}/sorting/{pile}", {"q_name": "Travel", "do": "remove"})
    assert of_all(look, Pile.id) == [] and of_all(look, Proposal.pile_id) == [None]


def test_a_pile_without_a_name_is_asked_again(sunny):
    sunny.get(f"{AT}/sorting")
    page = sunny.post(f"{AT}/sorting", {"q_name": ""})
    assert page.status_code == 422 and "Write a name" in page.text


# Talk


def test_talk_is_on_the_idea_that_everybody_looks_at(database, sunny, owl, idea, room, now, look):
    owl.get(f"{AT}/talking")
    assert "<h1" in owl.text and f"/talking/{idea}" in owl.text
    with database.writing() as writing, writing.begin():
        found = groups.room(writing, room)
        holding.look_at(writing, found, proposals.one(writing, idea), now=now)
    owl.get(f"{AT}/talking")
    assert "The buses" in owl.text
    owl.post(f"{AT}/talking/{idea}/say", {"q_words": "Mine is late too"})
    owl.post(f"{AT}/talking/{idea}/face", {"face": "me_too"})
    sunny.get(f"{AT}/talking")
    assert "Mine is late too" in sunny.text and "Calm" in sunny.text
    assert "Me too" in sunny.text
    assert of_all(look, RoomFocus.proposal_id) == [idea]


def test_a_face_changes_and_goes_and_a_made_up_one_is_not_found(owl, idea, look):
    owl.get(f"{AT}/talking/{idea}")
    for face in ("good", "not_sure"):
        owl.post(f"{AT}/talking/{idea}/face", {"face": face})
    assert of_all(look, Reply.face) == [ReplyFace.NOT_SURE]
    assert 'aria-pressed="true"' in owl.get(f"{AT}/talking/{idea}").text
    assert owl.post(f"{AT}/talking/{idea}/face", {"face": "angry"}).status_code == 404
    owl.post(f"{AT}/talking/{idea}/face", {"face": ""})
    assert of_all(look, Reply.face) == []


def test_a_reply_too_long_is_asked_again_and_an_own_one_taken_back(sunny, owl, idea, look):
    owl.get(f"{AT}/talking/{idea}")
    page = owl.post(f"{AT}/talking/{idea}/say", {"q_words": "b" * 141})
    assert page.status_code == 422 and "b" * 141 in page.text
    owl.post(f"{AT}/talking/{idea}/say", {"q_words": "Yes"})
    reply = of_all(look, Reply.id)[0]
    sunny.get(f"{AT}/talking/{idea}")
    assert sunny.post(f"{AT}/talking/unsay/{reply}").status_code == 404
    owl.post(f"{AT}/talking/unsay/{reply}")
    assert of_all(look, Reply.id) == []


# Stars


def test_stars_are_laid_and_a_press_sent_twice_counts_once(sunny, idea, look):
    sunny.get(f"{AT}/voting")
    for _ in range(2):
        sunny.follow(sunny.post(f"{AT}/voting/{idea}", {"tokens": "1"}))
    assert "You have 2 stars left" in sunny.text
    sunny.follow(sunny.post(f"{AT}/voting/{idea}", {"tokens": "3"}))
    assert "You have 0 stars left" in sunny.text
    assert of_all(look, Vote.tokens) == [3]
    assert sunny.post(f"{AT}/voting/{idea}", {"tokens": "4"}).status_code == 404


def test_a_fourth_star_is_refused_kindly(sunny, idea, look):
    send(sunny, q_words="Noise")
    other = max(of_all(look, Proposal.id))
    sunny.get(f"{AT}/voting")
    sunny.post(f"{AT}/voting/{idea}", {"tokens": "3"})
    page = sunny.post(f"{AT}/voting/{other}", {"tokens": "1"})
    assert page.status_code == 409
    assert "You have no more stars" in page.text


def test_the_order_of_few_has_no_numbers_and_never_a_name(sunny, owl, idea):
    sunny.get(f"{AT}/voting")
    sunny.post(f"{AT}/voting/{idea}", {"tokens": "3"})
    owl.get(f"{AT}/voting/order")
    assert "The buses" not in owl.text  # one voter's order is that voter's vote
    owl.get(f"{AT}/voting")
    owl.post(f"{AT}/voting/{idea}", {"tokens": "1"})
    owl.get(f"{AT}/voting/order")
    assert "The buses" in owl.text and "4 stars" not in owl.text
    assert "Sunny" not in owl.text


# Care


def test_somebody_worried_is_told_what_happens_and_a_worker_is_told_who(
    sunny, officer, staff, sign_in, room, look
):
    assert f"{AT}/worried" in sunny.get(f"{AT}/ideas").text
    sunny.get(f"{AT}/worried")
    sunny.follow(sunny.post(f"{AT}/worried", {"q_words": "Somebody frightens me"}))
    assert "worker" in sunny.text and "Ring " in sunny.text
    assert of_all(look, SafeguardingFlag.words) == ["Somebody frightens me"]

    partner = sign_in(staff(Role.PARTNER))
    page = partner.get(f"/staff/groups/rooms/{room}/posts").text
    assert "please go to them" in page and "Sunny" in page
    assert "frightens" not in page and "/staff/worries" not in page
    assert partner.get("/staff/worries").status_code == 403
    page = sign_in(officer).get(f"/staff/groups/rooms/{room}/posts").text
    assert "/staff/worries/" in page and "frightens" not in page
    assert "Worries (1)" in page
    screen = sign_in(officer).get(f"/staff/groups/rooms/{room}").text
    assert "1 to look at" in screen and "Worries (1)" not in screen


def test_a_worry_is_never_too_long_to_be_told(sunny, look):
    sunny.get(f"{AT}/worried")
    page = sunny.post(f"{AT}/worried", {"q_words": "help me " * 1000})
    assert page.status_code == 303
    assert len(of_all(look, SafeguardingFlag.words)[0]) == 4000


# The worker


def test_a_worker_looks_over_hides_and_shows_again(sunny, owl, officer, idea, room, sign_in, look):
    worker = sign_in(officer)
    at = f"/staff/groups/rooms/{room}/posts"
    worker.get(at)
    worker.follow(worker.post(f"{at}/look", {"idea": idea}))
    assert of_all(look, Proposal.looked_at) != [None]

    page = worker.post(f"{at}/idea/{idea}/hide", {"reason": ""})
    assert page.status_code == 422
    worker.follow(worker.post(f"{at}/idea/{idea}/hide", {"reason": "hurt"}))
    assert "The buses" not in owl.get(f"{AT}/ideas").text
    own = sunny.get(f"{AT}/ideas").text
    assert "The buses" in own and "It could hurt somebody’s feelings." in own
    assert sunny.get(f"{AT}/talking/{idea}").status_code == 404
    worker.post(f"{at}/idea/{idea}/show")
    assert "The buses" in owl.get(f"{AT}/ideas").text


def test_a_hidden_reply_is_gone_for_all_but_its_writer(
    sunny, owl, officer, idea, room, sign_in, look
):
    owl.get(f"{AT}/talking/{idea}")
    owl.post(f"{AT}/talking/{idea}/say", {"q_words": "You are silly"})
    reply = of_all(look, Reply.id)[0]
    worker = sign_in(officer)
    at = f"/staff/groups/rooms/{room}/posts/reply/{reply}/hide"
    worker.get(at)
    page = worker.post(at, {"reason": "other", "own": ""})
    assert page.status_code == 422 and "plain words" in page.text
    worker.post(at, {"reason": "other", "own": "Let us be kind."})
    assert "You are silly" not in sunny.get(f"{AT}/talking/{idea}").text
    assert "Let us be kind." in owl.get(f"{AT}/talking/{idea}").text


def test_not_asked_needs_a_reason_in_plain_words_that_the_writer_reads(
    sunny, officer, idea, room, sign_in
):
    worker = sign_in(officer)
    at = f"/staff/groups/rooms/{room}/ideas/{idea}"
    worker.get(at)
    assert worker.post(at, {"state": "not_asked", "reason": "", "version": 1}).status_code == 422
    hard = (
        "Following consultation with commissioning colleagues, the statutory responsibilities "
        "regarding transportation arrangements preclude consideration."
    )
    page = worker.post(at, {"state": "not_asked", "reason": hard, "version": 1})
    assert page.status_code == 422 and "hard to read" in page.text and "preclude" in page.text
    worker.post(at, {"state": "not_asked", "reason": "We ask it in May.", "version": 1})
    assert "We ask it in May." in sunny.get(f"{AT}/ideas").text
    page = worker.post(at, {"state": "new", "version": 1})
    assert page.status_code == 409 and "Somebody else changed this" in page.text


def test_a_facilitator_sees_only_what_their_own_rooms_hold(facilitator, sunny, idea, room, sign_in):
    worker = sign_in(facilitator)
    assert worker.get(f"/staff/groups/rooms/{room}/posts").status_code == 404
    assert worker.get(f"/staff/groups/rooms/{room}/ideas/{idea}").status_code == 404


def test_an_idea_of_another_group_is_no_page_here(database, sunny, now, look):
    with database.writing() as writing, writing.begin():
        group = holding.add_group(
            writing,
            holding.Facts(name="Parents", audience="parent", colour="leaf", credit={}),
            by=None,
            now=now,
        )
        writing.add(
            Proposal(
                group_id=group.id,
                room_id=1,
                words="Parking",
                state=ProposalState.NEW,
                created_on=now.date(),
            )
        )
    other = of_all(look, Proposal.id)[0]
    assert "Parking" not in sunny.get(f"{AT}/ideas").text
    assert sunny.get(f"{AT}/talking/{other}").status_code == 404
    assert sunny.post(f"{AT}/voting/{other}", {"tokens": "1"}).status_code == 404


def test_a_closed_room_keeps_nothing_new(database, sunny, room, now, look):
    sunny.get(f"{AT}/ideas")
    with database.writing() as writing, writing.begin():
        holding.close_room(writing, groups.room(writing, room), by=None, now=now)
    assert sunny.post(f"{AT}/ideas", {"do": "send", "q_words": "Late"}).status_code == 410
    assert look(select(Proposal)) == []


@pytest.mark.parametrize(
    "step", [RoomStep.IDEAS, RoomStep.SORTING, RoomStep.TALKING, RoomStep.VOTING]
)
def test_the_room_leads_to_what_everybody_does(database, sunny, room, now, step):
    with database.writing() as writing, writing.begin():
        holding.move(writing, groups.room(writing, room), step, now=now)
    assert sunny.get(AT).location.endswith(f"{AT}/{step}")
    assert sunny.get(f"{AT}/{step}").status_code == 200


def test_the_worker_sees_the_talk_and_the_order(sunny, owl, officer, idea, room, sign_in):
    owl.get(f"{AT}/talking/{idea}")
    owl.post(f"{AT}/talking/{idea}/say", {"q_words": "Mine is late too"})
    for each in (owl, sunny):
        each.get(f"{AT}/voting")
        each.post(f"{AT}/voting/{idea}", {"tokens": "2"})
    page = sign_in(officer).get(f"/staff/groups/rooms/{room}/posts").text
    assert "Mine is late too" in page
    assert "What the group wants to ask first" in page and "Few people have voted" in page


def test_pages_that_only_one_member_has_are_as_easy(sunny, idea):
    for path in (f"ideas/{idea}", "worried?told=yes", "voting/order"):
        sunny.get(f"{AT}/{path}")
        assert flesch_kincaid_grade(words_of(sunny.text)) <= HARDEST, path
        assert len(said_in(sunny.text)) <= MOST_SENTENCES, path
    sunny.get(f"{AT}/ideas")
    page = sunny.post(f"{AT}/ideas", {"do": "send", "q_words": ""})
    assert flesch_kincaid_grade(words_of(page.text)) <= HARDEST
