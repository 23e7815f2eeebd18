"""An officer puts a group's question into a survey; whoever may not design sees that it waits."""

import pytest
from rooms_ground import room_of
from sqlalchemy import select
from wording_ground import ASKED, idea_of, survey_of, worded

from feedback.models.oversight import AuditEvent
from feedback.models.proposals import Proposal
from feedback.queries import surveys
from feedback.services import authoring
from feedback.services.wording import By
from feedback.vocabulary import Role

pytestmark = pytest.mark.any_database
HERE = "/staff/groups"


@pytest.fixture
def idea(database, now):
    with database.writing() as writing, writing.begin():
        room = room_of(writing, now)
        made = idea_of(writing, room, "buses", now)
        worded(writing, made, By(room, None, now.date(), now))
        edition = authoring.keep_draft(writing, survey_of(), now=now)
        authoring.publish(writing, edition, now=now)
        return made.id


def test_an_officer_chooses_the_survey_and_the_place(idea, officer, sign_in, look, database):
    visit = sign_in(officer)
    visit.get(f"{HERE}/questions")
    assert ASKED in visit.text
    visit.get(f"{HERE}/ideas/{idea}/survey")
    assert visit.post(f"{HERE}/ideas/{idea}/survey").status_code == 422
    visit.follow(visit.post(f"{HERE}/ideas/{idea}/survey", {"survey": "buses"}))
    assert "A new draft begins" in visit.text
    reply = visit.post(f"{HERE}/ideas/{idea}/survey/buses", {"seen": "0", "after": "first"})
    assert reply.location.startswith("/staff/surveys/buses/")
    visit.follow(reply)
    assert ASKED in visit.text
    rows = look(select(Proposal.question, Proposal.survey_id))
    with database.reading() as reading:
        draft = surveys.survey(reading, "buses").draft
        tree = surveys.read_draft(reading, draft.id)
    assert [page.name for page in tree.pages] == ["first", rows[0].question, "last"]
    visit.get(f"{HERE}/ideas/{idea}/survey/buses")
    assert "The survey has exactly these words already" in visit.text
    visit.get(f"{HERE}/questions")
    assert "No question waits" in visit.text
    noted = look(select(AuditEvent.action, AuditEvent.subject))
    assert ("adopt question", f"idea {idea}") in [tuple(each) for each in noted]


def test_whoever_holds_rooms_sees_that_it_waits_for_an_officer(idea, staff, sign_in):
    visit = sign_in(staff(Role.PARTNER))
    visit.get(f"{HERE}/questions")
    assert ASKED in visit.text
    assert "An officer who designs surveys sees it here too" in visit.text
    assert visit.get(f"{HERE}/ideas/{idea}/survey").status_code == 403


def test_a_page_that_is_gone_is_chosen_again(idea, officer, sign_in):
    visit = sign_in(officer)
    visit.get(f"{HERE}/ideas/{idea}/survey/buses")
    reply = visit.post(f"{HERE}/ideas/{idea}/survey/buses", {"seen": "0", "after": "gone"})
    assert reply.status_code == 422
    assert visit.get(f"{HERE}/ideas/{idea}/survey/none").status_code == 404
    assert visit.get(f"{HERE}/ideas/999/survey").status_code == 404
