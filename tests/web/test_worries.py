"""The queue of worries: who may see it, that reading is noted, that closing says what was done."""

import re
from datetime import timedelta

import pytest
from ideas_ground import members_of
from rooms_ground import room_of
from sqlalchemy import select

from feedback.models.oversight import AuditEvent
from feedback.models.safeguarding import SafeguardingFlag
from feedback.services import safeguarding
from feedback.vocabulary import FlagState, Role

pytestmark = pytest.mark.any_database  # services' tests put the statements to both

WORDS = "My uncle hits me"


@pytest.fixture
def flag(database, now):
    """A worry from twenty minutes ago; its number."""
    with database.writing() as writing, writing.begin():
        room = room_of(writing, now)
        member = members_of(writing, room, 1)[0]
        since = now - timedelta(minutes=20)
        return safeguarding.worried(writing, WORDS, room=room, member=member, now=since).id


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICER])
def test_only_those_trained_for_it_see_the_queue(staff, sign_in, flag, role):
    visit = sign_in(staff(role))
    assert visit.get("/staff/worries").status_code == 403
    assert visit.get(f"/staff/worries/{flag}").status_code == 403


def test_the_queue_says_who_and_how_long_but_not_what(officer, sign_in, flag):
    page = sign_in(officer).get("/staff/worries").text
    assert "Star 0" in page and "20 minutes" in page and "SEND Youth Voice Group" in page
    assert "being hurt" in page or "violence" in page
    assert WORDS not in page
    assert "Worries (1)" in page


def test_a_page_that_is_only_opened_changes_nothing(officer, sign_in, flag, look):
    page = sign_in(officer).get(f"/staff/worries/{flag}").text
    assert WORDS not in page
    assert look(select(SafeguardingFlag.state))[0][0] is FlagState.RAISED


def test_reading_is_noted_before_the_words_are_given(officer, sign_in, flag, look):
    visit = sign_in(officer)
    visit.get(f"/staff/worries/{flag}")
    page = visit.post(f"/staff/worries/{flag}/read").text
    assert WORDS in page
    assert look(select(SafeguardingFlag.state))[0][0] is FlagState.SEEN
    assert ("read worry", f"worry {flag}") in [
        tuple(row) for row in look(select(AuditEvent.action, AuditEvent.subject))
    ]


def test_it_is_passed_on_and_closed_with_what_was_done(officer, sign_in, flag, look):
    visit = sign_in(officer)
    at = f"/staff/worries/{flag}"
    visit.get(at)
    page = visit.post(at, {"do": "close", "outcome": " ", "version": "1"})
    assert page.status_code == 422 and "Write what was done" in page.text
    visit.follow(visit.post(at, {"do": "refer", "outcome": "Told the school", "version": "1"}))
    assert "Passed on" in visit.text
    page = visit.post(at, {"do": "close", "outcome": "Mine", "version": "1"})
    assert page.status_code == 409
    assert "Told the school" in page.text and "Mine" in page.text
    version = re.search(r'name="version" type="hidden" value="(\d+)"', page.text)
    assert version is not None and version[1] == "2"
    visit.follow(visit.post(at, {"do": "close", "outcome": "They went there", "version": "2"}))
    assert "Nobody waits" in visit.text and "Worries (" not in visit.text
    assert look(select(SafeguardingFlag.outcome))[0][0] == "They went there"
    assert "They went there" in visit.get(at).text
    assert visit.post(at, {"do": "close", "outcome": "Again", "version": "3"}).status_code == 409


def test_a_worry_that_is_not_there_is_no_page(officer, sign_in):
    visit = sign_in(officer)
    assert visit.get("/staff/worries/1").status_code == 404
    assert visit.get(f"/staff/worries/{2**40}").status_code == 404
