"""The pages of what was heard and promised: who opens them, what they refuse, who checks."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from theming_ground import NOTHING, TRANSPORT, read_all, write

from feedback.models.improvements import Commitment, Insight, InsightQuote, Update
from feedback.models.people import Organisation
from feedback.models.responses import Response
from feedback.models.themes import Reading, Theme
from feedback.queries import responses
from feedback.services import quoting, responding
from feedback.vocabulary import CommitmentState, OrganisationKind, Role

pytestmark = pytest.mark.any_database  # services' tests put the statements to both
PAGE = "/staff/promises"
HEARD = {
    "title_en": "Taxis come late",
    "title_en_easy": "Taxis are late",
    "said_en": "The taxi to school comes late, and nobody rings.",
    "said_en_easy": "The taxi is late. No one rings you.",
    "audience": "parent",
    "heard_on": "2026-10-30",
}
PROMISED = {
    "what_en": "A text is sent when a taxi is more than ten minutes late.",
    "what_en_easy": "We send you a text.",
    "notice_en": "You get a text.",
    "notice_en_easy": "You get a text.",
    "due_on": "2026-12-01",
    "state": "doing",
    "happened_on": "2026-11-02",
}


def plain(visit) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", visit.text.partition("<main")[2]).split())


@pytest.fixture
def council(database, now):
    with database.writing() as writing, writing.begin():
        made = Organisation(
            name="Brackenshore Council", kind=OrganisationKind.COUNCIL, created_at=now
        )
        writing.add(made)
        writing.flush()
        return made.id


@pytest.fixture
def heard(sign_in, officer):
    """An officer who has written down what was heard, on its page."""
    visit = sign_in(officer)
    visit.follow(visit.get(f"{PAGE}/new"))
    reply = visit.post(f"{PAGE}/new", HEARD)
    assert reply.status_code == 303
    visit.follow(reply)
    return visit


@pytest.fixture
def promised(heard, council):
    """The same with a promise, on its page."""
    at = f"{PAGE}/taxis-come-late/promise"
    heard.get(at)
    reply = heard.post(at, {**PROMISED, "organisation": str(council)})
    assert reply.status_code == 303
    heard.follow(reply)
    return heard


def test_what_was_heard_is_kept_and_only_staff_see_it(heard, client, look):
    assert "Only staff can read this so far." in plain(heard)
    assert "We are listening" in plain(heard)
    assert "It rests on nothing yet." in plain(heard)
    assert client.get("/you-said/taxis-come-late").status_code == 404


def test_a_heading_is_needed_and_nothing_typed_is_lost(sign_in, officer):
    visit = sign_in(officer)
    visit.get(f"{PAGE}/new")
    reply = visit.post(f"{PAGE}/new", {**HEARD, "title_en": "", "heard_on": "2031-01-01"})
    assert reply.status_code == 422
    assert "Write a heading in a few words" in visit.text
    assert "This day is still to come" in visit.text
    assert HEARD["said_en"] in visit.text and HEARD["title_en_easy"] in visit.text


def test_easy_words_never_stand_alone(sign_in, officer):
    visit = sign_in(officer)
    visit.get(f"{PAGE}/new")
    reply = visit.post(f"{PAGE}/new", {**HEARD, "title_pl_easy": "Spóźnione taksówki"})
    assert reply.status_code == 422
    assert "Write it as most people read it too." in visit.text
    assert "Spóźnione taksówki" in visit.text


def test_a_draft_without_easy_words_does_not_become_public(sign_in, officer, look):
    visit = sign_in(officer)
    visit.get(f"{PAGE}/new")
    visit.follow(visit.post(f"{PAGE}/new", {**HEARD, "said_en_easy": ""}))
    reply = visit.post(f"{PAGE}/taxis-come-late/publish", {"version": "1"})
    assert reply.status_code == 409
    assert "This cannot be public yet" in visit.text
    assert look(select(Insight.published_at)) == [(None,)]


def test_everybody_reads_it_once_it_is_public(heard, client):
    heard.post(f"{PAGE}/taxis-come-late/publish", {"version": "1"})
    reply = client.get("/you-said/taxis-come-late")
    assert reply.status_code == 200
    assert "Taxis come late" in reply.text


def test_what_is_taken_back_says_why(heard, client):
    heard.post(f"{PAGE}/taxis-come-late/publish", {"version": "1"})
    at = f"{PAGE}/taxis-come-late/take-back"
    heard.get(at)
    assert heard.post(at, {"because": " "}).status_code == 422
    assert heard.post(at, {"because": "It was about buses."}).status_code == 303
    reply = client.get("/you-said/taxis-come-late")
    assert reply.status_code == 410
    assert "It was about buses." in reply.text


def test_only_a_draft_is_deleted_and_not_without_asking(heard, look):
    at = f"{PAGE}/taxis-come-late/remove"
    heard.get(at)
    assert "Delete this draft?" in heard.text and len(look(select(Insight.id))) == 1
    heard.post(at, {})
    assert look(select(Insight.id)) == []


def test_a_public_one_is_never_deleted(heard, look):
    heard.post(f"{PAGE}/taxis-come-late/publish", {"version": "1"})
    assert heard.get(f"{PAGE}/taxis-come-late/remove").status_code == 404
    assert len(look(select(Insight.id))) == 1


def test_whoever_saves_second_keeps_what_they_wrote(heard, look):
    at = f"{PAGE}/taxis-come-late/change"
    heard.get(at)
    heard.post(at, {**HEARD, "said_en": "First words.", "version": "1"})
    heard.get(at)
    reply = heard.post(at, {**HEARD, "said_en": "Second words.", "version": "1"})
    assert reply.status_code == 409
    assert "Somebody else changed this while you were writing" in heard.text
    assert "Second words." in heard.text
    assert heard.post(at, {**HEARD, "said_en": "Second words.", "version": "2"}).status_code == 303
    assert look(select(Insight.said))[0][0]["en"]["standard"] == "Second words."


def test_a_due_day_in_the_past_is_refused(heard, council, look):
    at = f"{PAGE}/taxis-come-late/promise"
    heard.get(at)
    fields = {**PROMISED, "organisation": str(council), "due_on": "2026-11-01"}
    assert heard.post(at, fields).status_code == 422
    assert "This day is over." in heard.text and PROMISED["what_en"] in heard.text
    assert look(select(Commitment.id)) == []


def test_a_promise_says_how_families_will_notice(heard, council):
    at = f"{PAGE}/taxis-come-late/promise"
    heard.get(at)
    fields = {**PROMISED, "organisation": str(council), "notice_en": "", "notice_en_easy": ""}
    assert heard.post(at, fields).status_code == 422
    assert "Write how families will notice." in heard.text


def test_the_day_that_people_were_told_stays(promised, council, look):
    number = _number(look)
    promised.get(f"{PAGE}/taxis-come-late")
    promised.post(f"{PAGE}/taxis-come-late/publish", {"version": "1"})
    at = f"{PAGE}/commitment/{number}/change"
    promised.get(at)
    changed = {**PROMISED, "organisation": str(council), "due_on": "2027-02-01", "version": "1"}
    assert promised.post(at, changed).status_code == 422
    assert "People were told another day, and it stays." in promised.text
    assert promised.post(at, {**changed, "due_on": PROMISED["due_on"]}).status_code == 303


def test_cannot_has_its_reason_and_done_says_what_was_done(promised, look):
    at = f"{PAGE}/commitment/{_number(look)}/update"
    for state, wanted in (("cannot", "Write why it cannot be done"), ("done", "Write what was")):
        promised.get(at)
        reply = promised.post(at, {"state": state, "happened_on": "2026-11-02", "version": "1"})
        assert reply.status_code == 422
        assert wanted in promised.text
    assert len(look(select(Update.id))) == 1


def test_nobody_checks_their_own_done(promised, look):
    number = _number(look)
    at = f"{PAGE}/commitment/{number}"
    promised.get(f"{at}/update")
    done = {"state": "done", "happened_on": "2026-11-02", "words_en": "Texts go out."}
    assert promised.post(f"{at}/update", {**done, "version": "1"}).status_code == 303
    promised.get(at)
    assert "That cannot be you." in plain(promised)
    promised.get(f"{at}/check")
    reply = promised.post(f"{at}/check", {"agrees": "yes", "version": "2"})
    assert reply.status_code == 403
    assert "Somebody else has to look" in promised.text
    assert look(select(Commitment.state)) == [(CommitmentState.DOING,)]


def test_the_forum_checks_what_the_council_says_is_done(promised, look, staff, sign_in, client):
    at = f"{PAGE}/commitment/{_number(look)}"
    promised.get(f"{at}/update")
    done = {"state": "done", "happened_on": "2026-11-02", "words_en": "Texts go out."}
    promised.post(f"{at}/update", {**done, "version": "1"})
    forum = sign_in(staff(Role.PARTNER))
    forum.get(f"{PAGE}?show=check")
    assert "One waits for a second person to look." in plain(forum)
    forum.get(f"{at}/check")
    assert forum.post(f"{at}/check", {"agrees": "no", "version": "2"}).status_code == 422
    assert "Write what is still missing" in forum.text
    assert forum.post(f"{at}/check", {"agrees": "yes", "version": "2"}).status_code == 303
    assert look(select(Commitment.state)) == [(CommitmentState.DONE,)]


def test_the_list_can_be_cut_to_what_is_late(promised, sign_in, officer, clock):
    clock.now += timedelta(days=60)
    visit = sign_in(officer)
    visit.get(f"{PAGE}?show=late")
    assert "One of them is late." in plain(visit)
    assert "Taxis come late" in plain(visit)
    visit.get(f"{PAGE}?show=done")
    assert "There is none like this." in plain(visit)
    visit.get(f"{PAGE}?show=nonsense")
    assert "Taxis come late" in plain(visit)


def test_without_any_the_page_says_what_to_do(sign_in, viewer):
    visit = sign_in(viewer)
    visit.get(PAGE)
    assert "Nothing is written down yet" in plain(visit)
    assert "Write down what you heard" not in plain(visit)


@pytest.fixture
def quotable(database, answered, open_collection, officer, now):
    """Twelve comments; the last two may be quoted, and one of them is cleared."""
    write(database, answered, open_collection, *[TRANSPORT] * 9, NOTHING)
    numbers = write(database, answered, open_collection, TRANSPORT, NOTHING, may_be_quoted=True)
    read_all(database, officer, now)
    with database.writing() as writing, writing.begin():
        key = _key(writing, numbers[0])
        quoting.clear(writing, key, TRANSPORT, enough=5, by=officer.id, now=now)
    return key


def test_a_quote_becomes_public_after_a_second_look_and_goes_with_its_writer(
    sign_in, officer, quotable, look, database, codes, now
):
    theme = _theme(look, "transport")
    visit = sign_in(officer)
    visit.get(f"{PAGE}/new?theme={theme}")
    visit.follow(visit.post(f"{PAGE}/new", {**HEARD, "theme": str(theme)}))
    at = f"{PAGE}/taxis-come-late/quotes"
    visit.get(at)
    assert TRANSPORT in visit.text and "other comments are like it" in plain(visit)
    key = {"response_id": str(quotable[0]), "question_id": str(quotable[1])}
    assert visit.post(at, key).status_code == 422
    assert "Tick this only if you are sure." in visit.text
    assert look(select(InsightQuote.insight_id)) == []
    assert visit.post(at, {**key, "nobody_told": "y"}).status_code == 303
    assert len(look(select(InsightQuote.insight_id))) == 1

    with database.writing() as writing, writing.begin():
        submission = writing.get_one(Response, quotable[0]).submission_id
        found = responses.visit(writing, submission)
        responding.withdraw(writing, found, codes, reason="taken back", now=now)
    assert look(select(InsightQuote.insight_id)) == []


def test_words_whose_writer_said_no_are_never_approved(sign_in, officer, quotable, look):
    visit = sign_in(officer)
    visit.get(f"{PAGE}/new")
    visit.follow(visit.post(f"{PAGE}/new", {**HEARD, "theme": str(_theme(look, "transport"))}))
    at = f"{PAGE}/taxis-come-late/quotes"
    visit.get(at)
    for response_id in ("1", "99999", "x", ""):
        sent = {"response_id": response_id, "question_id": str(quotable[1]), "nobody_told": "y"}
        assert visit.post(at, sent).status_code in (404, 409, 422), response_id
    assert look(select(InsightQuote.insight_id)) == []


def _theme(look, code):
    return look(select(Theme.id).where(Theme.code == code))[0][0]


def _number(look):
    return look(select(Commitment.id))[0][0]


def _key(session, number):
    return number, session.scalar(
        select(Reading.question_id).where(Reading.response_id == number).limit(1)
    )
