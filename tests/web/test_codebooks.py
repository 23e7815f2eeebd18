"""Codebooks in the browser: what is shown, changed, undone and refused, and two at once."""

import re
from io import BytesIO

import pytest
from sqlalchemy import func, select

from feedback.models.oversight import AuditEvent
from feedback.models.responses import Answer
from feedback.models.themes import Codebook, CodebookVersion, Coding, Reading, Theme
from feedback.outputs import codebooks as files
from feedback.queries import codebooks as stored
from feedback.questionnaire import Given
from feedback.services import codebooks
from feedback.vocabulary import CodingState, Role

SMALL = """\
codebook: small
version: 1
themes:
  - {code: food, name: Food, definition: To eat., seeds: [lunch, cake], tags: [area-3]}
  - {code: venue, name: Venue, seeds: [room], tags: [area-3, lundy-1]}
  - {code: staff, name: Staff, seeds: [kind]}
"""

pytestmark = pytest.mark.any_database


@pytest.fixture
def visit(sign_in, officer):
    visit = sign_in(officer)
    visit.get("/staff/codebooks/")
    return visit


@pytest.fixture
def book(database, now) -> Codebook:
    with database.writing() as session, session.begin():
        words, ties = files.read_codebook(SMALL), files.read_ties(SMALL)
        kept = codebooks.keep(session, words, ties, by=None, now=now)
        codebooks.use(session, kept)
    return kept


@pytest.fixture
def at(book, look):
    """The address of a theme, or of a page about it."""

    def address(code: str, page: str = "") -> str:
        [(number,)] = look(select(Theme.id).where(Theme.code == code))
        return f"/staff/codebooks/{book.id}/themes/{number}{page}"

    return address


@pytest.fixture
def names(database, book):
    """What the themes are called as they stand now."""

    def now_called() -> list[str]:
        with database.reading() as session:
            newest = stored.newest(session, book.id)
            return [row.name for row in stored.wordings(session, newest.id)]

    return now_called


def send(visit, path: str, **fields):
    """Open a form, change some boxes and send it whole, as a browser does."""
    visit.get(path)
    return visit.post(path, {**filled(visit.text), **fields})


def filled(page: str) -> dict[str, object]:
    """What stands in the boxes of a form."""
    found: dict[str, object] = {}
    for box in re.findall(r"<input[^>]*>", page):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', box))
        if told.get("type") == "checkbox":
            if " checked" in box:
                found.setdefault(told["name"], []).append(told["value"])
        elif told.get("name", "csrf_token") != "csrf_token":
            found[told["name"]] = told.get("value", "")
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    return found | dict(areas)


def problems(visit) -> list[str]:
    return re.findall(r'<li><a href="#([^"]+)">', visit.text)


# All codebooks


def test_an_officer_starts_with_the_codebook_that_travels_along(visit, look):
    assert "There is no codebook yet" in visit.text
    reply = visit.post("/staff/codebooks/start")
    visit.follow(reply)
    assert "29 themes." in visit.text
    assert "Waiting and delays" in visit.text
    assert "in use" in visit.text
    visit.post("/staff/codebooks/start")  # pressed twice
    assert look(select(Codebook.name, Codebook.in_use)) == [("send", True)]
    assert look(select(AuditEvent.action)) == [("use codebook",)]


def bring(visit, text: str | bytes, **fields):
    content = text.encode() if isinstance(text, str) else text
    path = "/staff/codebooks/from-file"
    visit.get(path) if not fields else None
    reply = visit.post(path, {"file": (BytesIO(content), "ours.yaml"), **fields})
    reply.request.environ["wsgi.input"].close()  # a large one lay in a file of the client
    return reply


def test_a_file_becomes_a_codebook_and_its_next_version_only_after_asking(visit, look):
    assert bring(visit, SMALL).status_code == 303
    changed = SMALL.replace("name: Staff", "name: People")
    assert bring(visit, changed).status_code == 409
    assert "There is a codebook of this name already" in visit.text
    assert look(select(func.count()).select_from(CodebookVersion)) == [(1,)]

    visit.follow(bring(visit, changed, seen=filled(visit.text)["seen"]))
    assert "Version 2" in visit.text
    assert ">People</bdi>" in visit.text
    assert look(select(AuditEvent.action)) == [("load codebook",)] * 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Write `codebook:`"),
        (b"\xff\xfe\x00", "UTF-8"),
        (SMALL.replace("seeds: [room]", "seed: [room]"), "your file:5: themes › 2 › seed"),
        (SMALL.replace("name: Staff", "name: Food"), "your file:6: themes › 3 › name"),
        (b"a: " + b"[" * 60_000, "nested too deep"),
        (b"x" * 1_000_001, "larger than 1,000,000 bytes"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_a_wrong_file_changes_nothing_and_says_where(visit, look, content, told):
    assert bring(visit, content).status_code == 422
    assert told in visit.text
    assert look(select(Codebook)) == []


def test_a_codebook_is_downloaded_as_the_file_that_it_would_be_read_from(visit, book):
    reply = visit.get(f"/staff/codebooks/{book.id}/file")
    assert reply.headers["Content-Disposition"].endswith('-version-1.yaml"')
    assert files.read_codebook(reply.data) == files.read_codebook(SMALL)
    assert files.read_ties(reply.data) == files.read_ties(SMALL)


def test_another_codebook_is_chosen_and_the_first_one_again(visit, book, look):
    bring(visit, SMALL.replace("small", "other"))
    [(other,)] = look(select(Codebook.id).where(Codebook.name == "other"))
    for chosen in (other, book.id):
        visit.get(f"/staff/codebooks/{chosen}")
        assert "Use this codebook" in visit.text
        visit.follow(visit.post(f"/staff/codebooks/{chosen}/use"))
        assert "Use this codebook" not in visit.text
        assert look(select(Codebook.id).where(Codebook.in_use)) == [(chosen,)]


# One theme


def test_a_theme_is_added_changed_and_taken_out_and_each_can_be_undone(visit, book, at, names):
    here = f"/staff/codebooks/{book.id}"
    new = {"name": "Quiet space", "seeds": "quiet\r\n\r\n calm  room \nQUIET", "tags": ["lundy-1"]}
    visit.follow(send(visit, f"{here}/new", **new))
    assert names() == ["Food", "Venue", "Staff", "Quiet space"]
    visit.get(at("quiet_space"))
    assert filled(visit.text)["seeds"] == "quiet\ncalm room"
    assert filled(visit.text)["tags"] == ["lundy-1"]

    send(visit, at("food"), name="Meals")
    assert names()[0] == "Meals"
    send(visit, at("food", "/retire"))
    assert names() == ["Venue", "Staff", "Quiet space"]
    visit.get(at("food"))
    assert "Out of use." in visit.text
    visit.follow(visit.post(at("food", "/back")))
    assert names() == ["Meals", "Venue", "Staff", "Quiet space"]

    visit.get(f"{here}/history")
    said = re.findall(r'<th scope="row"><bdi class="wraps">([^<]+)</bdi>', visit.text)
    assert said == [
        "Brought “Meals” back",
        "Took “Meals” out of use",
        "Changed “Meals”",
        "Added “Quiet space”",
        "Read from a file",
    ]
    visit.follow(visit.post(f"{here}/restore/2", filled(visit.text)))
    assert names() == ["Food", "Venue", "Staff", "Quiet space"]
    visit.get(f"{here}/history")
    assert "Went back to version 2" in visit.text


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"name": " "}, "name", "Write a name"),
        ({"name": "x" * 201}, "name", "1 letter too long"),
        ({"name": "venue"}, "name", "is there"),
        ({"definition": "x" * 2001}, "definition", "1 letter too long"),
        ({"seeds": "a\n" + "x" * 201}, "seeds", "A line may have up to 200 letters"),
        ({"seeds": "abcdefghi\n" * 801}, "seeds", "9 letters too long"),
        ({"examples": "x" * 2001}, "examples", "A line may have up to 2000 letters"),
        ({"tags": ["area-11"]}, "tags", "Choose from the list"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(visit, at, look, changed, field, words):
    assert send(visit, at("food"), **changed).status_code == 422
    assert problems(visit) == [field]
    assert words in visit.text
    assert f'id="{field}"' in visit.text
    assert look(select(func.count()).select_from(CodebookVersion)) == [(1,)]


def test_enough_people_are_counted_where_a_theme_is_taken_out(
    visit, at, book, database, answered, open_collection, officer, now
):
    with database.writing() as session, session.begin():
        version, theme = stored.newest(session, book.id), stored.themes(session, book.id)[0]
        for _ in range(6):
            person = answered(session, open_collection, {"more": Given(text="Lunch was late")})
            [answer] = session.scalars(select(Answer).where(Answer.response_id == person.id))
            reading = Reading(
                response_id=person.id,
                question_id=answer.question_id,
                user_id=officer.id,
                version_id=version.id,
                read_at=now,
            )
            session.add(reading)
            session.flush()
            confirmed = CodingState.CONFIRMED
            session.add(Coding(reading_id=reading.id, theme_id=theme.id, state=confirmed, spans=[]))
    visit.get(at("food", "/retire"))
    assert "6 people wrote a comment with this theme." in visit.text


def test_merging_says_what_happens_and_can_be_undone(visit, at, names, book):
    visit.get(at("venue", "/merge"))
    assert "Fewer than 5 people wrote a comment with this theme." in visit.text
    assert send(visit, at("venue", "/merge")).status_code == 422
    assert problems(visit) == ["into"]
    food = at("food").rpartition("/")[2]
    visit.follow(send(visit, at("venue", "/merge"), into=food, with_words="y"))
    assert names() == ["Food", "Staff"]
    assert "Part of “Food”" in visit.text
    visit.get(at("food"))
    assert filled(visit.text)["seeds"] == "lunch\ncake\nroom"

    visit.post(at("venue", "/back"))
    visit.get(at("food"))
    assert filled(visit.text)["seeds"] == "lunch\ncake"
    assert names() == ["Food", "Venue", "Staff"]


@pytest.mark.parametrize("into", ["0", "999999", "itself", "food"])
def test_a_theme_is_merged_into_none_but_another_of_its_codebook(visit, at, names, into):
    into = at("venue").rpartition("/")[2] if into == "itself" else into
    assert send(visit, at("venue", "/merge"), into=into).status_code == 422
    assert names() == ["Food", "Venue", "Staff"]


def test_splitting_puts_new_themes_in_the_place_of_one(visit, at, names, look):
    visit.get(at("food", "/split"))
    assert filled(visit.text)["seeds_1"] == "lunch\ncake"
    for wrong, field in (
        ({"name_1": "Lunch"}, "name_2"),
        ({"name_1": "Lunch", "name_2": "lunch"}, "name_2"),
        ({"name_1": "Lunch", "name_2": "Staff"}, "name_2"),
        ({"name_1": "Lunch", "name_2": "Cake", "seeds_4": "tea"}, "name_4"),
    ):
        assert send(visit, at("food", "/split"), **wrong).status_code == 422
        assert problems(visit) == [field]
    assert look(select(func.count()).select_from(Theme)) == [(3,)]

    sent = {"name_1": "Lunch", "seeds_1": "lunch", "name_2": "Food", "seeds_2": "cake"}
    visit.follow(send(visit, at("food", "/split"), **sent))
    assert names() == ["Lunch", "Food", "Venue", "Staff"]
    assert "Split into “Lunch” and “Food”" in visit.text
    here = at("lunch").partition("/themes/")[0]
    visit.get(f"{here}?language=pl")
    assert "Podzielony na „Lunch” i „Food”" in visit.text
    visit.get(f"{here}/history?language=ar")
    assert "«Food» إلى «Lunch» و«Food»" in visit.text
    visit.get("/?language=en")
    visit.get(at("lunch"))
    assert filled(visit.text)["tags"] == ["area-3"]
    visit.post(at("food", "/back"))
    assert names() == ["Food", "Venue", "Staff"]


def test_the_frameworks_show_which_themes_speak_to_them_and_which_to_none(visit, book):
    visit.get(f"/staff/codebooks/{book.id}/frameworks")
    row = re.compile(r'<tr><th scope="row">([^<]+)</th><td[^>]*>(.*?)</td></tr>', re.DOTALL)
    rows = row.findall(visit.text)
    tied = {said: re.findall(r'<bdi class="wraps">([^<]+)</bdi>', cell) for said, cell in rows}
    assert len(tied) == 37
    assert tied["Parent satisfaction with provision"] == ["Food", "Venue"]
    assert tied["Space"] == ["Venue"]
    assert tied["Voice"] == []
    loose = visit.text.split('id="loose"')[1].split("</section>")[0]
    assert re.findall(r'<bdi class="wraps">([^<]+)</bdi>', loose) == ["Staff"]


# Two at once


def test_who_changes_the_same_words_second_sees_both(visit, sign_in, staff, at, names):
    other = sign_in(staff(Role.OFFICER, "second"))
    visit.get(at("food"))
    mine = {**filled(visit.text), "name": "Eating", "seeds": "lunch"}
    send(other, at("food"), name="Meals", definition="Eating together.")

    assert visit.post(at("food"), mine).status_code == 409
    assert "Somebody else changed this codebook" in visit.text
    assert re.findall(r'<q dir="auto">([^<]*)</q>', visit.text) == [
        *("Meals", "Eating"),  # the name: theirs and mine
        "Eating together.",  # taken over, for I had not changed it
    ]
    shown = filled(visit.text)
    assert (shown["name"], shown["definition"]) == ("Eating", "Eating together.")
    assert shown["seeds"] == "lunch"
    assert names()[0] == "Meals"
    visit.post(at("food"), shown)  # yes, mine
    assert names()[0] == "Eating"


def test_what_somebody_wrote_of_a_theme_that_is_gone_is_given_back(visit, sign_in, staff, at):
    other = sign_in(staff(Role.OFFICER, "second"))
    visit.get(at("food"))
    mine = {**filled(visit.text), "definition": "My own words."}
    visit.get(at("food", "/split"))
    split = {**filled(visit.text), "name_1": "Lunch hour", "name_2": "Cake"}
    send(other, at("food", "/retire"))
    for path, sent, kept in (
        (at("food"), mine, "My own words."),
        (at("food", "/split"), split, "Lunch hour"),
    ):
        assert visit.post(path, sent).status_code == 409
        assert "This theme is not in the codebook any more" in visit.text
        assert kept in visit.text


@pytest.mark.parametrize("page", ["/merge", "/split", "/retire"])
def test_who_comes_second_is_told_and_can_go_on(visit, sign_in, staff, at, names, page):
    other = sign_in(staff(Role.OFFICER, "second"))
    more = {
        "/merge": {"into": at("venue").rpartition("/")[2]},
        "/split": {"name_1": "Lunch hour", "name_2": "Cake"},
    }.get(page, {})
    visit.get(at("food", page))
    mine = {**filled(visit.text), **more}
    send(other, at("food"), definition="To eat and to drink.")

    assert visit.post(at("food", page), mine).status_code == 409
    assert "Somebody else changed this codebook" in visit.text
    assert "Food" in names()
    assert visit.post(at("food", page), {**mine, **filled(visit.text), **more}).status_code == 303
    assert "Food" not in names()


def test_a_button_pressed_twice_does_it_once(visit, at, look):
    visit.get(at("food", "/retire"))
    sent = filled(visit.text)
    for _ in range(2):
        visit.follow(visit.post(at("food", "/retire"), sent))
    assert "Out of use" in visit.text
    for _ in range(2):
        visit.follow(visit.post(at("food", "/back")))
    assert look(select(CodebookVersion.number).order_by(CodebookVersion.number)) == [
        (1,),
        (2,),
        (3,),
    ]


def test_what_is_not_there_is_not_found(visit, book, at, database, now):
    with database.writing() as session, session.begin():
        words = files.read_codebook(SMALL.replace("small", "other"))
        other = codebooks.keep(session, words, {}, by=None, now=now)
        [theme, *_] = stored.themes(session, other.id)
    here = f"/staff/codebooks/{book.id}"
    for path in (
        *("/staff/codebooks/0", f"/staff/codebooks/{2**40}", f"/staff/codebooks/{2**70}/history"),
        *(f"{here}/themes/0", f"{here}/themes/{2**70}", f"{here}/themes/{theme.id}"),
    ):
        assert visit.get(path).status_code == 404, path
    assert visit.post(f"{here}/themes/{theme.id}/back").status_code == 404
    assert visit.post(f"{here}/themes/{2**70}/back").status_code == 404
    visit.get(f"{here}/history")
    assert visit.post(f"{here}/restore/99", filled(visit.text)).status_code == 404
