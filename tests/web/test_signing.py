"""A group's yes on pages: members say it, a worker keeps it, nothing opens without it."""

import re

import pytest
from rooms_ground import AT, come_in, group_of, room_of
from sqlalchemy import select
from visiting import Visit

from feedback.models.collections import Collection
from feedback.models.proposals import SignOff, SignOffOverride, SignOffVoice, VoiceGroup
from feedback.models.surveys import Edition, Survey
from feedback.queries import surveys
from feedback.questionnaire import Page, Wording
from feedback.redrafting import changed, set_question
from feedback.services import authoring, signing_off
from feedback.vocabulary import Audience, Role

pytestmark = pytest.mark.any_database  # services' tests put the statements to both

NAME = "every_kind"
SIGNING = f"/staff/groups/signing/{NAME}"
REASON = "The group does not meet before the holidays begin."


@pytest.fixture
def young(every_kind):
    return every_kind.model_copy(update={"audience": Audience.YOUNG_PERSON})


@pytest.fixture
def room(database, young, now):
    """An open room of the group that signs off a published survey for young people."""
    with database.writing() as writing, writing.begin():
        group = group_of(writing, now)
        edition = authoring.keep_draft(writing, young, now=now)
        authoring.publish(writing, edition, now=now)
        survey = writing.get_one(Survey, edition.survey_id)
        signing_off.name_group(writing, survey, group, user_id=None, now=now)
        return room_of(writing, now, group=group).id


@pytest.fixture
def member(room, app):
    """Somebody new in the room, in a browser of their own."""

    def joined(word: str = "Sunny") -> Visit:
        return come_in(Visit(app.test_client(), ""), word=word)

    return joined


@pytest.fixture
def worker(sign_in, officer):
    return sign_in(officer)


def seen_on(visit: Visit) -> str:
    return re.search(r'name="seen" value="(\w+)"', visit.text)[1]


def says(visit: Visit, **what):
    visit.get(f"{AT}/approving")
    survey = re.search(r'name="survey" value="(\d+)"', visit.text)[1]
    return visit.post(f"{AT}/approving", {"seen": seen_on(visit), "survey": survey, **what})


@pytest.fixture
def another_word(database, young, now):
    """Somebody changes one word in a new draft of the survey."""

    def change():
        with database.writing() as writing, writing.begin():
            question = young.questions["safe"]
            plain = question.ask["en"]
            ask = {**question.ask, "en": Wording(standard=plain.standard + " now", easy=plain.easy)}
            edited = set_question(young, "safe", changed(question, ask=ask))
            authoring.keep_draft(writing, edited, now=now)

    return change


OPENING = {
    "name": "Autumn",
    "audience": "young_person",
    "channels": "own_phone",
    "code": "fern42",
    "opens_on-day": "",
}


def opens(visit: Visit, look):
    [edition] = look(select(Edition.id).order_by(Edition.number.desc()).limit(1))
    visit.get("/staff/collections/new")
    return visit.post("/staff/collections/new", {**OPENING, "edition": str(edition[0])})


def test_a_member_reads_the_whole_survey_and_says_yes(member, young, look):
    visit = member()
    visit.get(f"{AT}/approving")
    assert "0 of 1 say yes" in visit.text
    for question in young.questions.values():
        wording = question.ask["en"]
        assert (wording.easy or wording.standard) in visit.text

    visit.follow(says(visit, do="yes"))

    assert "1 of 1 say yes" in visit.text
    assert [tuple(row) for row in look(select(SignOffVoice.yes, SignOffVoice.words))] == [
        (True, "")
    ]


def test_not_yet_says_why_without_names(member, worker, look):
    visit = member()
    visit.follow(says(visit, do="not_yet", words="The taxi of Mia Jones, 07700 900123"))

    worker.get(SIGNING)

    assert "07700" not in worker.text
    assert "The taxi" in worker.text
    worker.post(f"{SIGNING}/yes", {"seen": seen_on(worker)})
    assert look(select(SignOff.id)) == []


def test_a_worker_keeps_the_rooms_yes_and_then_the_survey_opens(member, worker, look):
    reply = opens(worker, look)
    assert reply.status_code == 409
    assert "has not said yes" in reply.get_data(as_text=True)
    for word in ("Sunny", "Brave"):
        says(member(word), do="yes")

    worker.get(SIGNING)
    worker.follow(worker.post(f"{SIGNING}/yes", {"seen": seen_on(worker)}))

    assert "said yes to exactly these words" in worker.text
    assert look(select(SignOff.members)) == [(2,)]
    assert opens(worker, look).status_code == 303
    assert look(select(Collection.code)) == [("fern42",)]


def test_words_that_changed_while_somebody_read_are_shown_first(member, worker, another_word):
    visit = member()
    visit.get(f"{AT}/approving")
    seen, survey = seen_on(visit), re.search(r'name="survey" value="(\d+)"', visit.text)[1]
    another_word()

    reply = visit.post(f"{AT}/approving", {"seen": seen, "survey": survey, "do": "yes"})

    assert reply.status_code == 409
    assert "It changed" in reply.get_data(as_text=True)
    worker.get(SIGNING)
    kept = worker.post(f"{SIGNING}/yes", {"seen": seen})
    assert kept.status_code == 409


def test_a_new_question_on_its_own_page_is_told_once(member, worker, database, young, now):
    sunny = member()
    says(sunny, do="yes")
    worker.get(SIGNING)
    worker.post(f"{SIGNING}/yes", {"seen": seen_on(worker)})
    with database.writing() as writing, writing.begin():
        asked = changed(young.questions["safe"], name="brand_new")
        page = Page(name="its_own", questions=[asked])
        authoring.keep_draft(writing, changed(young, pages=[*young.pages, page]), now=now)

    sunny.get(f"{AT}/approving")

    assert sunny.text.count("New:") == sunny.text.count("sheet__new") == 1
    assert "signed-change__before" not in sunny.text  # there was nothing before


def test_the_group_reads_what_changed_after_its_yes_until_it_knows(
    database, member, worker, now, young, look
):
    with database.writing() as writing, writing.begin():
        draft = authoring.keep_draft(writing, young, now=now)
        group = writing.scalars(select(VoiceGroup)).one()
        mark = signing_off.standing(writing, draft).fingerprint
        signing_off.approve(writing, draft, group, seen=mark, members=3, now=now)
        edited = changed(young, minutes=young.minutes + 1)
        authoring.keep_draft(writing, edited, now=now)
        number = group.id
    visit = member()
    visit.follow(visit.get(AT))
    assert "changed after you said yes" in visit.text
    visit.get(f"{AT}/approving")
    assert "So we ask you again" in visit.text

    worker.get(f"/staff/groups/{number}/surveys")
    assert "words changed after its yes" in worker.text
    worker.follow(worker.post(f"/staff/groups/{number}/told", {}))

    visit.follow(visit.get(AT))
    assert "changed after you said yes" not in visit.text


def test_an_officer_opens_without_the_group_for_a_reason(room, worker, look):
    page = f"{SIGNING}/without"
    worker.get(page)
    assert worker.post(page, {"reason": "in a hurry"}).status_code == 422
    assert opens(worker, look).status_code == 409

    worker.follow(worker.post(page, {"reason": REASON}))

    assert REASON in worker.text
    assert look(select(SignOffOverride.reason)) == [(REASON,)]
    assert opens(worker, look).status_code == 303


def test_who_holds_rooms_alone_may_not_open_without_the_group(room, sign_in, staff):
    visit = sign_in(staff(Role.PARTNER))
    visit.get(SIGNING)
    assert visit.page.status_code == 200
    assert "without" not in visit.text.lower().split("<main")[1]
    assert visit.post(f"{SIGNING}/without", {"reason": REASON}).status_code == 403


def test_a_survey_without_a_group_gets_one(database, young, worker, now, look):
    with database.writing() as writing, writing.begin():
        authoring.keep_draft(writing, young, now=now)
        number = group_of(writing, now).id
    worker.get(SIGNING)
    assert "no group has looked at it yet" in worker.text

    worker.follow(worker.post(f"{SIGNING}/group", {"group": str(number)}))

    assert "SEND Youth Voice Group has not said yes" in worker.text


def test_the_designer_says_whose_yes_is_missing_and_what_changed(
    room, database, worker, another_word, now
):
    with database.writing() as writing, writing.begin():
        edition = surveys.newest_edition(writing, NAME)
        group = writing.scalars(select(VoiceGroup)).one()
        mark = signing_off.standing(writing, edition).fingerprint
        signing_off.approve(writing, edition, group, seen=mark, members=3, now=now)
    worker.get(f"/staff/surveys/{NAME}/")
    assert "The group said yes" in worker.text
    another_word()

    worker.get(f"/staff/surveys/{NAME}/")

    assert "Changed since the yes" in worker.text
    assert " now</bdi>" in worker.text


def test_a_collection_for_others_is_not_turned_into_one_for_young_people(
    worker, open_collection, look
):
    here = f"/staff/collection/{open_collection.id}/change"
    worker.get(here)
    facts = {"name": "Autumn", "audience": "young_person", "channels": "own_phone"}

    assert worker.post(here, facts).status_code == 409
    assert "The group has not said yes to these words" in worker.text
    assert look(select(Collection.audience)) != [(Audience.YOUNG_PERSON,)]
