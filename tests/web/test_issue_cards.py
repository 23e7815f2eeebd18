"""Notes of events in the browser: taken, sent by a tablet, followed up, deleted, taken along."""

import csv
import io
import json
import re
from base64 import b64decode
from uuid import uuid4

import pytest
from sqlalchemy import select

from feedback.models.issue_cards import IssueCard
from feedback.models.oversight import AuditEvent
from feedback.services import capturing, codebooks
from feedback.services.capturing import Noted
from feedback.vocabulary import CardState, Role

pytestmark = pytest.mark.any_database  # services' tests put the statements to both
EVIL = "<script>alert(1)</script>"
HARD = "He hits me and I want to die"


@pytest.fixture
def book(database, officer, now):
    """The codebook's themes by their codes."""
    with database.writing() as writing, writing.begin():
        return codebooks.ready(writing, by=officer.id, now=now).ids


@pytest.fixture
def base(event) -> str:
    return f"/staff/cards/event/{event.id}"


@pytest.fixture
def visit(sign_in, officer, book, base):
    """An officer with the page for notes before them."""
    visit = sign_in(officer)
    visit.get(f"{base}/take")
    return visit


@pytest.fixture
def kept(database, event, officer, now):
    """Keeps cards without a page; their numbers."""

    def keep(*words: str, state=CardState.FOLLOW_UP, **facts) -> list[int]:
        with database.writing() as writing, writing.begin():
            return [
                capturing.keep(
                    writing, event, str(uuid4()), Noted(words=each, state=state, **facts),
                    taken_at=now, by=officer.id, now=now,
                ).id
                for each in words
            ]  # fmt: skip

    return keep


def cards(look) -> list:
    return look(select(IssueCard.words, IssueCard.state, IssueCard.theme_id).order_by(IssueCard.id))


def sent(visit, base, **fields):
    return visit.post(f"{base}/send", {"key": str(uuid4()), "state": "follow_up", **fields})


# Taking notes


def test_a_note_is_kept_by_the_plain_form_and_stands_below(visit, base, look, book):
    key = re.search(r'name="key"[^>]* value="([^"]+)"', visit.text)[1]
    fields = {"key": key, "words": "The lift is broken", "theme": str(book["venue"])}
    visit.follow(visit.post(f"{base}/take", {**fields, "state": "answered_today"}))
    visit.post(f"{base}/take", {**fields, "state": "answered_today"})

    assert cards(look) == [("The lift is broken", CardState.ANSWERED_TODAY, book["venue"])]
    visit.get(f"{base}/take")
    assert "The lift is broken" in visit.text and "Answered on the day" in visit.text


def test_a_form_that_lacks_something_says_what_and_loses_nothing(visit, base, look):
    visit.post(f"{base}/take", {"words": "A long thought", "state": "later"})
    assert visit.page.status_code == 422
    assert "A long thought" in visit.text
    visit.post(f"{base}/take", {"words": " ", "state": "follow_up", "due_on": "32/1/2026"})
    assert visit.page.status_code == 422
    assert "Write what was said" in visit.text and "There is no such day" in visit.text
    assert cards(look) == []


def test_what_a_tablet_keeps_of_the_page_holds_no_card_and_nobody(visit, base, kept, officer):
    kept("Heard by nobody else")
    page = visit.client.get(f"{base}/take?device=1")
    text = page.get_data(as_text=True)

    assert "Heard by nobody else" not in text
    assert "csrf_token" not in text and "sign-out" not in text
    assert "worker-src 'self'" in page.headers["Content-Security-Policy"]
    assert "worker-src 'none'" in visit.client.get("/").headers["Content-Security-Policy"]


def test_a_tablet_is_told_who_is_there_and_a_key_of_their_own(visit, sign_in, staff, officer):
    told = json.loads(visit.get("/staff/cards/device").data)
    other = json.loads(sign_in(staff(Role.OFFICER, "ada")).get("/staff/cards/device").data)

    assert (told["user"], told["name"]) == (officer.id, officer.name)
    assert len(b64decode(told["key"])) == 32
    assert told["key"] != other["key"]
    assert json.loads(visit.get("/staff/cards/device").data)["key"] == told["key"]


def test_the_worker_may_ask_only_us_and_nothing_of_anybody_is_in_it(client):
    reply = client.get("/staff/cards/worker.js")

    assert reply.mimetype == "text/javascript"
    assert reply.headers["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"


def test_a_card_that_a_tablet_sends_twice_is_kept_once(visit, base, look):
    key = str(uuid4())
    first = json.loads(sent(visit, base, key=key, words="Two years").data)
    again = json.loads(sent(visit, base, key=key, words="Two years").data)

    assert first["number"] == again["number"]
    assert "Two years" in first["html"]
    assert len(cards(look)) == 1


def test_a_card_is_kept_though_the_lists_have_changed_since(visit, base, look):
    reply = sent(visit, base, words="Old list", theme="999999", owner="77", organisation="x")

    assert reply.status_code == 200
    assert cards(look) == [("Old list", CardState.FOLLOW_UP, None)]


def test_a_tablet_is_told_what_is_wrong_by_number(visit, base, kept, look, database):
    assert sent(visit, base, words="").status_code == 422
    assert sent(visit, base, words="No key", key="1").status_code == 422
    [number] = kept("As it stands")
    [(key,)] = look(select(IssueCard.key))
    visit.get(f"/staff/cards/{number}")
    visit.post(f"/staff/cards/{number}", {"words": "By hand", "state": "follow_up", "version": "1"})

    assert sent(visit, base, key=key, words="From the tablet").status_code == 409
    assert [row.words for row in cards(look)] == ["By hand"]


def test_nothing_is_sent_without_the_safety_key(visit, base, look):
    assert sent(visit, base, words="Forged", csrf_token="no").status_code == 400
    assert cards(look) == []


def test_whoever_runs_an_event_takes_notes_there_and_nowhere_else(
    sign_in, facilitator, plan_event, base, kept
):
    own = plan_event("Own", facilitators=[facilitator])
    [number] = kept("Not theirs")
    visit = sign_in(facilitator)

    assert visit.get(f"/staff/cards/event/{own.id}/take").status_code == 200
    assert sent(visit, f"/staff/cards/event/{own.id}", words="Mine").status_code == 200
    assert "Not theirs" not in visit.client.get("/staff/cards/").text
    for path in (f"{base}/take", base, f"/staff/cards/{number}"):
        assert visit.get(path).status_code == 404


# Reading and following up


def test_the_list_narrows_to_one_state_to_questions_and_to_what_is_late(
    sign_in, officer, book, base, kept, clock
):
    kept("Said and done", state=CardState.ANSWERED_TODAY)
    kept("When does it open?", question=True)
    clock.forward(days=30)
    visit = sign_in(officer)

    for wanted, there, gone in (
        ("answered_today", "Said and done", "When does it"),
        ("questions", "When does it", "Said and done"),
        ("late", "Asked 22 working days ago.", "Said and done"),
    ):
        visit.get(f"{base}?show={wanted}")
        assert there in visit.text and gone not in visit.text
    visit.get("/staff/cards/")
    assert "When does it open?" in visit.text
    visit.get("/staff/events/")
    assert "1 card from an event is late" in visit.text


def test_the_event_says_how_many_to_those_who_may_read_them(visit, event, kept, sign_in, staff):
    kept("One", "Two")
    assert "2 cards" in _words(visit.get(f"/staff/events/{event.id}"))
    partner = sign_in(staff(Role.PARTNER))
    assert "What people said here" not in _words(partner.get(f"/staff/events/{event.id}"))


def test_words_of_distress_are_folded_on_every_page(visit, base, kept):
    kept(HARD)
    for path in (base, f"{base}/take", "/staff/cards/"):
        page = _plain(visit.get(path))
        assert "This comment speaks of" in page
        at = page.index(HARD)
        assert page.rindex("<details", 0, at) > page.rfind("</details>", 0, at)


def test_the_second_of_two_who_change_a_card_sees_both_and_may_save(visit, kept, look):
    [number] = kept("First words")
    visit.get(f"/staff/cards/{number}")
    fields = {"state": "follow_up", "version": "1"}
    visit.post(f"/staff/cards/{number}", {**fields, "words": "Hers"})
    visit.post(f"/staff/cards/{number}", {**fields, "words": "His"})

    assert visit.page.status_code == 409
    assert "Hers" in visit.text and "His" in visit.text
    version = re.search(r'name="version"[^>]* value="(\d+)"', visit.text)[1]
    visit.post(f"/staff/cards/{number}", {**fields, "version": version, "words": "His"})
    assert [row.words for row in cards(look)] == ["His"]


def test_a_card_is_deleted_at_one_press_and_put_back_at_another(visit, base, kept):
    [number] = kept("Said by mistake")
    visit.get(f"/staff/cards/{number}")
    visit.follow(visit.post(f"/staff/cards/{number}/remove"))
    assert "The card is deleted." in visit.text and "Undo" in visit.text
    assert "This card is deleted" in visit.get(f"/staff/cards/{number}").text
    visit.follow(visit.post(f"/staff/cards/{number}/put-back"))
    assert "The card is back." in visit.text


def test_the_file_for_a_meeting_runs_nothing_and_is_noted(visit, base, kept, look):
    kept('=HYPERLINK("http://x.example")', question=True)
    reply = visit.post(f"{base}/cards.csv")
    rows = list(csv.DictReader(io.StringIO(reply.data.decode("utf-8-sig"))))

    assert [row["Question"] for row in rows] == ["yes"]
    assert not rows[0]["What was said"].startswith("=")
    assert "export issue cards csv" in [row.action for row in look(select(AuditEvent.action))]


def test_markup_in_a_card_is_shown_as_it_is_written(visit, base):
    told = json.loads(sent(visit, base, words=EVIL, answer=EVIL, service=EVIL).data)
    assert EVIL not in told["html"]
    for path in (base, f"{base}/take", "/staff/cards/"):
        assert EVIL not in _plain(visit.get(path))


def test_a_card_leads_to_you_said_only_where_that_door_is(visit, base, kept, app):
    kept("Make it heard")
    visit.get(base)
    assert ("Make this a “you said”" in visit.text) == ("improving.new" in app.view_functions)


def _plain(page) -> str:
    return page.get_data(as_text=True)


def _words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", _plain(page)).split())
