"""Typing in what came on paper."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from visiting import ANSWERS, STORED, Visit

from feedback.models.collections import Collection
from feedback.models.oversight import AuditEvent, Deletion
from feedback.models.responses import Answer, Response
from feedback.vocabulary import DAYS_FOR_PAPER, Channel, Helper, Presentation

from .test_exactly_once import at_once

SENT = {name: value for name, value in ANSWERS.items() if name != "heard"}
KEPT = select(Response.channel, Response.helper, Response.language, Response.presentation)
HOW_MANY = select(func.count(Response.sent_at), func.count()).select_from(Response)
NOTED = select(AuditEvent.user_id, AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id)


def on_paper(database, collection: Collection, **changed) -> Collection:
    """A collection that takes paper."""
    with database.writing() as writing, writing.begin():
        values = {"channels": [Channel.OWN_PHONE.value, Channel.PAPER.value], **changed}
        writing.execute(update(Collection).where(Collection.id == collection.id).values(values))
    return collection


@pytest.fixture
def collection(open_collection, database):
    return on_paper(database, open_collection)


@pytest.fixture
def at_work(sign_in, typist, collection):
    """Somebody whose work is to type in paper, with a form before them."""
    visit = sign_in(typist)
    visit.get(f"/staff/paper/{collection.id}")
    return visit


def submission(visit: Visit) -> str:
    return re.search(r'name="submission"[^>]* value="(\w*)"', visit.text)[1]


def save(visit: Visit, follow: bool = True, **changed) -> Visit:
    """Save a form: the fields of a question stand without their "q_", those around it as given."""
    around = {
        key: changed.pop(key)
        for key in ("language", "read", "helper", "left_out", "may_be_quoted")
        if key in changed
    }
    fields = {f"q_{name.replace('__', '-')}": value for name, value in changed.items()}
    form = {"language": "en", "read": "standard", "helper": "", "left_out": "", **around, **fields}
    path = re.search(r'action="(/staff/paper/\d+)" class="entry"', visit.text)[1]
    reply = visit.post(path, {"submission": submission(visit), **form})
    if follow:
        visit.follow(reply)
    return visit


def receipt(visit: Visit) -> str:
    return visit.receipt


# Saved like any other


def test_a_form_is_kept_as_if_it_came_by_phone(at_work, look, stored):
    save(at_work, **SENT, helper="family", language="pl", read="easy_read")

    assert stored() == STORED
    assert look(KEPT) == [(Channel.PAPER, Helper.FAMILY, "pl", Presentation.EASY_READ)]
    assert look(HOW_MANY) == [(1, 1)]


def test_the_count_goes_up_and_each_form_has_a_receipt_to_write_on_it(at_work, look):
    receipts = []
    for number in range(1, 4):
        save(at_work, **SENT)
        assert f"{number} typed in this sitting, {number} in all" in at_work.text
        receipts.append(at_work.receipt)
    assert len(set(receipts)) == 3
    assert all(len(words.split()) == 4 for words in receipts)

    family = Visit(at_work.client.application.test_client(), "")
    family.get("/receipt")
    family.post("/receipt", {"code": receipts[1]})
    assert "Your answers arrived safely" in family.text


def test_language_and_words_stay_for_the_next_form_and_who_helped_does_not(at_work):
    save(at_work, **SENT, helper="worker", language="ar", read="easy_read")

    assert re.search(r'value="ar" selected', at_work.text)
    assert re.search(r'value="easy_read" selected', at_work.text)
    assert not re.search(r'value="worker" selected', at_work.text)


def test_nothing_is_needed(at_work, look):
    save(at_work)
    assert look(HOW_MANY) == [(1, 1)]
    states = look(select(Answer.state, func.count()).group_by(Answer.state))
    assert [state.value for state, _ in states] == ["skipped"]


def test_what_is_on_the_paper_can_be_typed_whatever_it_is(at_work, stored):
    answers = {"who": "parent", "needs": "speech", "weeks-unknown": "1", "safe": "-unknown"}
    save(at_work, **answers, face="", overall="٧", town="Łódź", more="كتبت بالعربية")
    kept = stored()
    assert (kept["who"], kept["weeks"], kept["safe"]) == ("parent", "unknown", "unknown")
    assert (kept["face"], kept["overall"], kept["town"]) == ("skipped", 7, "Łódź")


def test_each_saved_form_is_noted_with_the_code_alone(at_work, typist, look):
    save(at_work, **SENT)
    save(at_work, **SENT)
    at_work.post(f"/staff/paper/{look(select(Collection.id))[0][0]}/undo")

    assert look(NOTED) == [
        (typist.id, "type in paper", "fern42"),
        (typist.id, "type in paper", "fern42"),
        (typist.id, "undo paper", "fern42"),
    ]


# What needs another look


def test_errors_keep_everything_that_was_typed(at_work, look):
    save(at_work, False, **{**SENT, "overall": "12", "since-month": "13"}, language="pl")

    assert at_work.page.status_code == 422
    text = at_work.text
    assert "<title>Error:" in text.replace("\n", "")
    assert "Question 6: Write a number from 0 to 10" in text
    assert "Question 8: Write the month as a number from 1 to 12" in text
    for typed in ("12", "13", "2026", "Brackenshore", "The ramp was too steep for us."):
        assert typed in text
    assert re.search(r'value="parent" data-digit="2" checked', text)
    assert len(re.findall(r'name="q_needs"[^>]* checked', text)) == 2
    assert re.search(r'value="pl" selected', text)
    assert look(HOW_MANY) == [(0, 0)]
    for target in re.findall(r'<a href="#([\w-]+)">Question', text):
        assert f'id="{target}"' in text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"card": "one"}, None),
        ({"weeks": "many", "who": "parent", "needs": "speech"}, "Write a whole number, like 6"),
        ({"weeks": "999"}, "Write a number from 0 to 200"),
        ({"safe": "maybe"}, "Choose one of the answers on this page"),
        ({"needs": ["speech", "-unknown"]}, "Give one answer, or “I don’t know”, but not both"),
        ({"overall": "seven"}, "Write a whole number, like 6"),
    ],
)
def test_what_cannot_be_kept_is_told(at_work, look, wrong, words):
    save(at_work, False, **wrong)
    assert at_work.page.status_code == (422 if words else 303)
    assert words is None or words in at_work.text


def test_an_answer_that_was_not_for_the_person_is_told_and_then_left_out(at_work, look, stored):
    typed = {**SENT, "who": "child"}  # weeks and since are for parents
    save(at_work, False, **typed)
    assert at_work.page.status_code == 422
    assert look(HOW_MANY) == [(0, 0)]
    assert "Question 7: It was answered, but it was not for this person" in at_work.text
    assert "your answer to question 1 is “A parent”" in at_work.text
    assert "Question 8: " in at_work.text
    assert "Save and leave that out" in at_work.text
    surplus = re.search(r'name="left_out"[^>]* value="([\w ]*)"', at_work.text)[1]
    assert surplus == "weeks since"

    save(at_work, **typed, left_out=surplus)
    assert "1 typed in this sitting" in at_work.text
    assert "weeks" not in stored() and "since" not in stored()


def test_another_answer_that_was_not_for_the_person_is_told_anew(at_work, look):
    save(at_work, False, **{**SENT, "who": "child"}, left_out="weeks")
    assert at_work.page.status_code == 422
    assert look(HOW_MANY) == [(0, 0)]


def test_a_slip_that_is_mended_is_kept(at_work, stored):
    save(at_work, False, **{**SENT, "who": "child"})
    save(at_work, **SENT, left_out="weeks since")
    assert stored() == STORED


# Exactly once


def test_a_form_sent_twice_is_kept_once(at_work, look):
    again = submission(at_work)
    save(at_work, **SENT)
    words = at_work.receipt
    path = at_work.page.request.path
    form = {f"q_{name}": value for name, value in SENT.items()}
    around = {"submission": again, "language": "en", "read": "standard", "helper": ""}
    at_work.follow(at_work.post(path, {**form, **around}))

    assert look(HOW_MANY) == [(1, 1)]
    assert at_work.receipt == words
    assert "1 typed in this sitting, 1 in all" in at_work.text
    assert len(look(NOTED)) == 1


def test_a_form_sent_many_times_at_once_is_kept_once(app, at_work, look):
    path = at_work.page.request.path
    form = {f"q_{name}": value for name, value in SENT.items()}
    around = {"submission": submission(at_work), "language": "en", "read": "standard", "helper": ""}

    statuses = at_once(
        app, at_work, lambda twin, _: twin.post(path, {**form, **around}).status_code, 6
    )
    assert set(statuses) == {303}
    assert look(HOW_MANY) == [(1, 1)]
    assert len(look(NOTED)) == 1


def test_other_answers_under_the_same_number_are_given_back_and_not_lost(at_work, look):
    again = submission(at_work)
    save(at_work, **SENT)
    path = at_work.page.request.path
    around = {"submission": again, "language": "en", "read": "standard", "helper": ""}
    reply = at_work.post(path, {"q_more": "Another form", **around})

    assert reply.status_code == 409
    assert "Another form" in at_work.text
    assert submission(at_work) != again
    assert look(HOW_MANY) == [(1, 1)]
    save(at_work, more="Another form", again="")
    assert look(HOW_MANY) == [(2, 2)]


@pytest.mark.parametrize("wrong", ["", "x", "0" * 31, "../etc", "G" * 32])
def test_a_number_that_is_none_keeps_nothing(at_work, look, wrong):
    path = at_work.page.request.path
    reply = at_work.post(path, {"submission": wrong, "language": "en", "read": "standard"})
    assert reply.status_code == 422
    assert look(HOW_MANY) == [(0, 0)]


def test_nobody_types_into_what_a_family_is_answering(at_work, begin, collection, look):
    family = begin(at=collection)
    number = look(select(Response.submission_id))[0][0]
    path = at_work.page.request.path
    around = {"submission": number, "language": "en", "read": "standard", "helper": ""}
    reply = at_work.post(path, {**around, "q_who": "parent"})
    assert reply.status_code == 400
    assert look(HOW_MANY) == [(0, 1)]
    assert look(select(func.count()).select_from(Answer)) == [(0,)]
    assert family.get("1").status_code == 200


# Undo


def test_the_last_form_can_be_taken_back_once(at_work, look, collection):
    save(at_work, **SENT)
    save(at_work, **SENT)
    at_work.follow(at_work.post(f"/staff/paper/{collection.id}/undo"))

    assert "The last form was taken back" in at_work.text
    assert "1 typed in this sitting, 1 in all" in at_work.text
    assert 'id="undo"' not in at_work.text
    assert look(HOW_MANY) == [(1, 1)]
    assert look(select(Deletion.reason)) == [("typed wrongly",)]

    at_work.follow(at_work.post(f"/staff/paper/{collection.id}/undo"))
    assert look(HOW_MANY) == [(1, 1)]


def test_another_typist_takes_nothing_of_it_back(at_work, sign_in, officer, look, collection):
    save(at_work, **SENT)
    other = sign_in(officer)
    other.get(f"/staff/paper/{collection.id}")
    assert "0 typed in this sitting, 1 in all" in other.text
    assert at_work.receipt not in other.text
    other.post(f"/staff/paper/{collection.id}/undo")
    assert look(HOW_MANY) == [(1, 1)]


# When and where


@pytest.mark.parametrize(
    ("days", "status"), [(1, 200), (DAYS_FOR_PAPER - 1, 200), (DAYS_FOR_PAPER, 410)]
)
def test_paper_is_typed_in_until_60_days_after_the_end(
    sign_in, typist, collection, database, clock, look, days, status
):
    on_paper(database, collection, closes_at=clock.now)
    clock.forward(days=days)
    visit = sign_in(typist)
    listed = visit.get("/staff/paper/").get_data(as_text=True)
    assert (f"/staff/paper/{collection.id}" in listed) is (status == 200)
    assert "60 days" in listed or status != 200

    assert visit.get(f"/staff/paper/{collection.id}").status_code == status
    if status == 200:
        save(visit, **SENT)
    assert look(HOW_MANY)[0][0] == (status == 200)


def test_a_family_cannot_answer_late(begin, collection, database, clock, look):
    visit = begin(at=collection)
    visit.walk()
    on_paper(database, collection, closes_at=clock.now)
    clock.forward(minutes=1)
    assert visit.post("send").status_code == 410
    assert visit.get().status_code == 410
    assert look(HOW_MANY) == [(0, 1)]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda now: {"withdrawn_at": now}, 410),
        (lambda now: {"opens_at": now + timedelta(days=1)}, 403),
        (lambda _now: {"channels": [Channel.OWN_PHONE.value]}, 404),
    ],
    ids=["withdrawn", "not open yet", "no paper"],
)
def test_what_takes_no_paper_is_not_listed_and_does_not_open(
    sign_in, typist, collection, database, now, change, status
):
    on_paper(database, collection, **change(now))
    visit = sign_in(typist)
    assert "No paper to type in" in visit.get("/staff/paper/").get_data(as_text=True)
    assert visit.get(f"/staff/paper/{collection.id}").status_code == status


def test_the_list_says_how_many_were_typed_today_and_in_all(at_work, clock):
    save(at_work, **SENT)
    clock.forward(days=1)
    at_work.get("/staff/sign-in")
    again = at_work.client
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', at_work.text)[1]
    form = {"email": "typist@brackenshore.example", "password": "correct horse battery staple"}
    again.post("/staff/sign-in", data={**form, "csrf_token": token})
    at_work.get("/staff/paper/")

    numbers = re.findall(r'<td class="paper__number"[^>]*>(\d+)</td>', at_work.text)
    assert numbers == ["0", "1"]


def test_a_facilitator_types_in_what_belongs_to_their_events(
    sign_in, facilitator, plan_event, open_survey, every_kind, database
):
    mine, other = plan_event("Mine", facilitators=[facilitator]), plan_event("Other", days=1)
    opened = {}
    for event in (mine, other):
        made = open_survey(every_kind, f"c{event.id}", name=f"Collection {event.name}")
        opened[event.name] = on_paper(database, made, event_id=event.id)
    visit = sign_in(facilitator)
    visit.get("/staff/paper/")

    assert "Collection Mine" in visit.text and "Collection Other" not in visit.text
    assert visit.get(f"/staff/paper/{opened['Mine'].id}").status_code == 200
    assert visit.get(f"/staff/paper/{opened['Other'].id}").status_code == 404
    assert visit.post(f"/staff/paper/{opened['Other'].id}/undo").status_code == 404


def test_the_screen_has_what_the_paper_has(at_work, every_kind):
    text = re.sub(r"<[^>]+>", " ", at_work.text)
    text = re.sub(r"\s+", " ", text)
    for number, (name, question) in enumerate(every_kind.questions.items(), start=1):
        assert f"{number} {question.ask['en'].standard} {name}" in text
    assert "1 Speech 2 Sight 3 Moving 0 I don’t know" in text
    assert "Answer this part only if your answer to question 7 is more than 12." in text


def test_the_first_button_saves_and_the_first_question_has_the_focus(at_work):
    form = at_work.text[at_work.text.index('class="entry"') :]
    assert re.search(r"<button[^>]*>([^<]+)<", form)[1] == "Save and next"
    assert len(re.findall(r"\bautofocus\b", at_work.text)) == 1
    assert re.search(r'id="q_who-1"[^>]* autofocus', at_work.text)


# May it be quoted


def test_the_tick_for_being_quoted_is_kept_and_stays_with_errors(at_work, look):
    assert "may_be_quoted" in at_work.text
    save(at_work, overall="eleven", may_be_quoted="y")
    assert 'value="y" checked' in at_work.text
    save(at_work, **SENT, may_be_quoted="y")
    save(at_work, **SENT)
    assert look(select(Response.may_be_quoted).order_by(Response.id)) == [(True,), (False,)]
