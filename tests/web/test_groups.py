"""Workers' pages of groups and rooms: adding, opening, leading, closing."""

import pytest
from rooms_ground import CODE, group_of, member_of, room_of
from sqlalchemy import select

from feedback.models.proposals import Member, Proposal, Room, VoiceGroup
from feedback.queries import groups
from feedback.vocabulary import GroupColour, ProposalState, Role, RoomStep

pytestmark = pytest.mark.any_database  # services' tests put the statements to both
AT = "/staff/groups"
GROUP = {
    "name": "Lighthouse Group",
    "audience": "young_person",
    "colour": "leaf",
    "credit_en": "Asked by the Lighthouse Group",
}


@pytest.fixture
def worker(sign_in, officer):
    return sign_in(officer)


@pytest.fixture
def room(database, codes, now):
    with database.writing() as writing, writing.begin():
        made = room_of(writing, now)
        member_of(writing, made, codes, now)
        idea = Proposal(
            group_id=made.group_id,
            room_id=made.id,
            words="Buses that wait",
            state=ProposalState.NEW,
            created_on=now.date(),
        )
        writing.add(idea)
        writing.flush()
        return made.id


@pytest.fixture
def standing(database, room):
    def read():
        with database.reading() as reading:
            return groups.room(reading, room)

    return read


def test_a_worker_adds_a_group_and_opens_its_room(worker, look):
    worker.get(AT)
    assert "There is no group yet" in worker.text
    worker.get(f"{AT}/new")
    worker.follow(worker.post(f"{AT}/new", GROUP))
    assert "Lighthouse Group" in worker.text and "Asked by the Lighthouse Group" in worker.text
    number = look(select(VoiceGroup.id))[0][0]
    worker.follow(worker.post(f"{AT}/{number}/open", {"minutes": "90"}))
    code = look(select(Room.code))[0][0]
    assert code in worker.text and f"/together/{code}/join" in worker.text
    assert "localhost/together<" in worker.text  # where the code is written
    assert "0 members are in the room" in worker.text
    worker.get(AT)
    assert "Go to the open room" in worker.text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "Write the name of the group"),
        ({"name": "SEND Youth Voice Group"}, "Another group has this name"),
        ({"audience": "practitioner"}, "Choose one from the list"),
        ({"colour": ""}, "Choose a colour"),
        ({"credit_en": ""}, "Write the credit line"),
        ({"credit_en": "x" * 121}, "too long"),
    ],
)
def test_a_group_that_lacks_something_is_asked_for_it(worker, room, look, change, says):
    worker.get(f"{AT}/new")
    assert worker.post(f"{AT}/new", {**GROUP, **change}).status_code == 422
    assert says in worker.text
    assert len(look(select(VoiceGroup.id))) == 1


def test_a_group_is_changed_and_keeps_its_own_name(worker, room, standing):
    number = standing().group_id
    worker.get(f"{AT}/{number}/change")
    assert "Asked by our youth group" in worker.text
    fields = {**GROUP, "name": "SEND Youth Voice Group", "colour": "brick"}
    assert worker.post(f"{AT}/{number}/change", fields).status_code == 303
    assert standing().group.colour is GroupColour.BRICK
    assert standing().group.credit == {
        "en": {"standard": "Asked by the Lighthouse Group", "easy": None}
    }


def test_the_big_screen_shows_the_code_and_who_is_there(worker, room):
    worker.get(f"{AT}/rooms/{room}")
    assert CODE in worker.text and "1 member is in the room" in worker.text
    assert "Sunny" in worker.text and 'alt="Fox"' in worker.text
    assert "data:image/svg+xml" in worker.text  # the square


def test_the_worker_moves_everybody_on_and_picks_an_idea(worker, room, standing, database):
    page = f"{AT}/rooms/{room}"
    worker.get(page)
    before = worker.get(f"{page}/changes").get_data(as_text=True)
    worker.get(page)
    worker.follow(worker.post(page, {"step": "talking"}))
    assert standing().step is RoomStep.TALKING
    assert "None yet. Choose one" in worker.text
    idea = worker.text.partition('<option value="">')[2].partition('value="')[2].partition('"')[0]
    worker.follow(worker.post(page, {"idea": idea}))
    assert '<strong dir="auto">Buses that wait</strong>' in worker.text
    assert worker.get(f"{page}/changes").get_data(as_text=True) == "3 talking" != before


@pytest.mark.parametrize("fields", [{"step": "lunch"}, {"idea": "999"}, {"idea": "x"}, {}])
def test_a_button_that_is_not_there_changes_nothing(worker, room, standing, fields):
    page = f"{AT}/rooms/{room}"
    worker.get(page)
    assert worker.post(page, fields).status_code == 303
    assert (standing().step, standing().changes) == (RoomStep.IDEAS, 1)


def test_a_room_is_closed_after_asking_and_opened_again(worker, room, standing):
    page = f"{AT}/rooms/{room}"
    worker.get(f"{page}/close")
    assert "Close this room?" in worker.text and standing().closed_at is None
    worker.follow(worker.post(f"{page}/close"))
    assert standing().closed_at is not None and "This room closed on" in worker.text
    assert worker.get(f"{page}/changes").get_data(as_text=True).endswith(" closed")
    worker.get(page)
    worker.follow(worker.post(f"{page}/open-again", {"minutes": "60"}))
    assert standing().closed_at is None and CODE in worker.text


def test_a_button_pressed_after_the_room_closed_is_refused_kindly(worker, room, clock):
    worker.get(f"{AT}/rooms/{room}")
    for _ in range(3):  # a sign-in lives as long as somebody is there
        clock.forward(minutes=21)
        worker.get("/staff/account")
    assert worker.post(f"{AT}/rooms/{room}", {"step": "voting"}).status_code == 410
    assert "This room is closed now" in worker.text


def test_a_facilitator_sees_only_rooms_that_they_opened(sign_in, staff, room, look):
    visit = sign_in(staff(Role.FACILITATOR))
    assert visit.get(f"{AT}/rooms/{room}").status_code == 404
    visit.get(AT)
    assert "SEND Youth Voice Group" in visit.text and "Go to the open room" not in visit.text


def test_a_facilitator_closes_nobody_elses_room_by_ending_the_group(sign_in, staff, room, standing):
    visit = sign_in(staff(Role.FACILITATOR))
    number = standing().group_id
    visit.get(f"{AT}/{number}/end")
    assert visit.post(f"{AT}/{number}/end").status_code == 409
    assert standing().closed_at is None and standing().group.ended_at is None


def test_numbers_of_thousands_of_digits_are_no_numbers(worker, room):
    long = "9" * 5000
    worker.get(f"{AT}/rooms/{room}/members")
    assert worker.post(f"{AT}/rooms/{room}/members", {"member": long}).status_code == 200
    worker.get(f"{AT}/rooms/{room}/posts")
    assert worker.post(f"{AT}/rooms/{room}/posts/look", {"idea": long}).status_code == 303


def test_a_group_ends_and_comes_back(worker, room, standing):
    number = standing().group_id
    worker.get(f"{AT}/{number}/end")
    worker.follow(worker.post(f"{AT}/{number}/end"))
    assert standing().closed_at is not None and "The group has ended." in worker.text
    assert "Open a room" not in worker.text
    worker.follow(worker.post(f"{AT}/{number}/end"))
    assert standing().group.ended_at is None


def test_two_groups_have_a_room_each(worker, room, database, now):
    with database.writing() as writing, writing.begin():
        other = group_of(writing, now, name="Parent Carer Forum")
    worker.get(f"{AT}/{other.id}")
    assert worker.post(f"{AT}/{other.id}/open", {"minutes": "60"}).status_code == 303
    assert worker.post(f"{AT}/{other.id}/open", {"minutes": "60"}).status_code == 409
    assert "This group has an open room" in worker.text
    assert worker.post(f"{AT}/{other.id}/open", {"minutes": "7"}).status_code == 422


def test_a_worker_gives_a_member_another_word(worker, room, look):
    worker.get(f"{AT}/rooms/{room}/members")
    number = worker.text.partition('name="member" value="')[2].partition('"')[0]
    worker.follow(worker.post(f"{AT}/rooms/{room}/members", {"member": number}))
    assert "They have another word now" in worker.text
    assert look(select(Member.word))[0][0] != "Sunny"
    assert worker.post(f"{AT}/rooms/{room}/members", {"member": "x"}).status_code == 200
