"""A group's room as its members see it: coming in, who it is, what is new, what was."""

import pytest
from rooms_ground import AT, CODE, closed_since, come_in, group_of, room_of
from sqlalchemy import select
from visiting import Visit

from feedback.models.proposals import Member
from feedback.queries import groups
from feedback.services import holding
from feedback.vocabulary import Audience, GroupColour, RoomStep

pytestmark = pytest.mark.any_database  # services' tests put the statements to both


@pytest.fixture
def room(database, now):
    with database.writing() as writing, writing.begin():
        return room_of(writing, now).id


@pytest.fixture
def somebody(room, client):
    return come_in(Visit(client, ""))


@pytest.fixture
def names(look):
    return lambda: [tuple(row) for row in look(select(Member.picture, Member.word))]


@pytest.fixture
def change(database, room):
    """Do something to the room, as a worker or as time does."""

    def done(what, *args, **kwargs):
        with database.writing() as writing, writing.begin():
            what(writing, groups.room(writing, room, lock=True), *args, **kwargs)

    return done


def test_a_code_a_picture_and_a_word_lead_into_the_room(room, client, names):
    visit = Visit(client, "")
    visit.get("/together")
    visit.follow(visit.post("/together", {"room": " Plum 4821 "}))
    assert visit.page.request.path == f"{AT}/join"
    assert 'value="openmoji/fox"' in visit.text
    come_in(visit)
    assert visit.page.status_code == 200
    assert visit.page.request.path.startswith(AT)
    assert "Sunny" in visit.text and "SEND Youth Voice Group" in visit.text
    assert names() == [("openmoji/fox", "Sunny")]


def test_a_code_that_nobody_has_says_where_to_look(room, client):
    visit = Visit(client, "")
    visit.get("/together")
    assert visit.post("/together", {"room": ""}).status_code == 422
    assert visit.post("/together", {"room": "plum9999"}).status_code == 404
    assert visit.get("/together/plum9999/join").status_code == 404
    assert "Look at the code again" in visit.text


def test_codes_cannot_be_tried_one_after_the_other(room, client, app, codes):
    inside = come_in(Visit(client, ""))
    stranger = Visit(app.test_client(), "")
    tries = 4 * app.extensions["feedback"].settings.wrong_codes_a_minute
    for number in range(tries):
        assert stranger.get(f"/together/kite{number}/join").status_code == 404
    assert stranger.get(f"{AT}/join").status_code == 429  # the right one too
    assert stranger.get(f"{AT}/join?key={'0' * 12}").status_code == 429
    assert stranger.get(f"{AT}/join?key=ü").status_code == 429
    guest = Visit(app.test_client(), "")
    guest.get(f"{AT}/join?key={codes.room_key(CODE)}")  # by the square on the big screen
    assert come_in(guest, word="Calm").page.status_code == 200
    assert inside.follow(inside.get(AT)).status_code == 200  # whoever is in stays in


@pytest.mark.parametrize("path", ["", "/who", "/leave"])
def test_whoever_has_not_come_in_is_asked_to(room, client, path):
    reply = client.get(f"{AT}{path}")
    assert reply.status_code == 303 and reply.location == f"{AT}/join"


def test_a_room_tells_nobody_outside_whether_it_is_there(room, client):
    assert client.get(f"{AT}/changes").status_code == 404
    assert client.get("/together/kite1234/changes").status_code == 404


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("Jayden", "looks like a real name"),
        ("Priya Patel", "looks like a real name"),
        ("me@x.example", "looks like an address"),
        ("07700900123", "looks like an address"),
        ("sh1t", "can hurt"),
        ("Zbigniewka", "Is it a real name"),
        ("", "Choose a word"),
    ],
)
def test_a_word_that_will_not_do_is_asked_for_again_kindly(room, client, names, word, says):
    visit = Visit(client, "")
    visit.get(f"{AT}/join/word?picture=openmoji/fox")
    reply = visit.post(f"{AT}/join/word", {"picture": "openmoji/fox", "word": word})
    assert reply.status_code == 422
    assert says in visit.text
    assert visit.text.count('name="word" value="') == 3  # names that nobody has
    assert names() == []


def test_a_made_up_word_passes_when_somebody_says_so(room, client, names):
    visit = Visit(client, "")
    visit.get(f"{AT}/join/word?picture=openmoji/owl")
    fields = {"picture": "openmoji/owl", "word": "Zoomba"}
    assert visit.post(f"{AT}/join/word", fields).status_code == 422
    assert visit.post(f"{AT}/join/word", {**fields, "sure": "yes"}).status_code == 303
    assert names() == [("openmoji/owl", "Zoomba")]


def test_two_with_one_picture_and_word_are_told_apart(somebody, app, names):
    second = Visit(app.test_client(), "")
    second.get(f"{AT}/join/word?picture=openmoji/fox")
    reply = second.post(f"{AT}/join/word", {"picture": "openmoji/fox", "word": "Sunny"})
    assert reply.status_code == 422 and "Somebody has this picture and word" in second.text
    assert names() == [("openmoji/fox", "Sunny")]


def test_a_picture_of_ones_own_cannot_be_brought(room, client):
    reply = client.get(f"{AT}/join/word?picture=upload/1234")
    assert reply.location == f"{AT}/join"


def test_one_screen_serves_several_members(somebody, names):
    come_in(somebody, picture="openmoji/owl", word="Calm")
    somebody.get(f"{AT}/who")
    assert "Who is it now?" in somebody.text
    first = somebody.text.partition('name="member" value="')[2].partition('"')[0]
    somebody.follow(somebody.post(f"{AT}/who", {"member": first}))
    assert 'alt="Fox"' in somebody.text.partition("room-bar__ways")[0]
    somebody.get(f"{AT}/leave")
    somebody.follow(somebody.post(f"{AT}/leave"))
    assert 'alt="Owl"' in somebody.text.partition("room-bar__ways")[0]
    somebody.get(f"{AT}/leave")
    somebody.follow(somebody.post(f"{AT}/leave"))
    assert somebody.page.request.path == "/together/goodbye"
    assert len(names()) == 2  # what they said stays theirs


def test_nobody_becomes_a_member_of_another_browser(somebody, app, look):
    second = come_in(Visit(app.test_client(), ""), picture="openmoji/owl", word="Calm")
    first = look(select(Member.id).where(Member.word == "Sunny"))[0][0]
    second.get(f"{AT}/who")
    second.post(f"{AT}/who", {"member": str(first)})
    second.get(AT)
    assert "Sunny" not in second.text


def test_a_number_of_thousands_of_digits_is_nobody(somebody):
    somebody.get(f"{AT}/who")
    assert somebody.post(f"{AT}/who", {"member": "9" * 5000}).status_code == 200


def test_a_screen_learns_of_a_new_step_and_follows(somebody, change, now):
    before = somebody.get(f"{AT}/changes").get_data(as_text=True)
    change(holding.move, RoomStep.VOTING, now=now)
    after = somebody.get(f"{AT}/changes")
    assert after.headers["Cache-Control"] == "no-store"
    number, step = after.get_data(as_text=True).split()
    assert int(number) > int(before.split()[0]) and step == "voting"
    assert somebody.follow(somebody.get(AT)).status_code == 200


def test_a_closed_room_shows_what_was_and_takes_nothing(somebody, change, app, now, names):
    away = Visit(app.test_client(), "")
    away.get(f"{AT}/join/word?picture=openmoji/owl")
    change(holding.close_room, by=None, now=now)
    assert somebody.get(f"{AT}/changes").get_data(as_text=True).endswith(" closed")
    somebody.follow(somebody.get(AT))
    assert somebody.page.request.path == f"{AT}/afterwards"
    assert "The meeting is over" in somebody.text
    assert somebody.post(f"{AT}/leave").status_code == 410
    away.follow(away.get(f"{AT}/join"))  # with the code alone
    assert away.page.request.path == f"{AT}/afterwards"
    late = {"picture": "openmoji/owl", "word": "Calm"}
    assert away.post(f"{AT}/join/word", late).status_code == 410
    assert len(names()) == 1


def test_a_room_closes_by_itself(somebody, clock):
    clock.forward(minutes=61)
    assert somebody.get(AT).location == f"{AT}/afterwards"


def test_after_two_weeks_nobody_reads_a_room_any_more(somebody, database, now):
    with database.writing() as writing, writing.begin():
        closed_since(groups.by_code(writing, CODE), now, days=15)
    assert somebody.follow(somebody.get(AT)).status_code == 410


def test_young_people_begin_in_easy_read_and_may_change_it(somebody):
    assert " easy" in somebody.text.partition("<body")[2].partition(">")[0]
    somebody.follow(somebody.get(f"{AT}?read=standard"))
    assert " easy" not in somebody.text.partition("<body")[2].partition(">")[0]


def test_parents_begin_in_the_usual_words(database, client, now):
    with database.writing() as writing, writing.begin():
        facts = {"audience": Audience.PARENT, "colour": GroupColour.SEA}
        group = group_of(writing, now, name="Forum", **facts)
        room_of(writing, now, group=group)
    visit = come_in(Visit(client, ""))
    assert " easy" not in visit.text.partition("<body")[2].partition(">")[0]
    assert "group-sea" in visit.text
