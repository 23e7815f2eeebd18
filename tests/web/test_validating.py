"""A group's pages: easy read, one finding a page, no sign-in; what it sees afterwards."""

import re

import pytest
from rounds_ground import round_of
from sqlalchemy import select
from visiting import Visit

from feedback.models.validating import RoundChange, RoundFinding, RoundReply, ValidationRound

pytestmark = pytest.mark.any_database  # services' tests put the statements to both
AT = "/v/fern42"


@pytest.fixture
def made(database, now):
    with database.writing() as writing, writing.begin():
        return round_of(writing, now).id


@pytest.fixture
def group(made, client):
    return Visit(client, "")


@pytest.fixture
def begun(group):
    group.get(AT)
    group.follow(group.post(AT, {"people": "6"}))
    return group


@pytest.fixture
def replies(look):
    columns = (RoundReply.verdict, RoundReply.words, RoundReply.people)
    return lambda: [tuple(row) for row in look(select(*columns).order_by(RoundReply.id))]


def test_a_group_goes_through_the_findings_one_by_one(begun, replies):
    assert begun.page.request.path == f"{AT}/1"
    assert "Waiting is hard." in begun.text  # easy read, without being asked
    begun.follow(begun.post(f"{AT}/1", {"verdict": "not_quite", "q_words": "Days change too"}))
    assert begun.page.request.path == f"{AT}/2"
    begun.follow(begun.post(f"{AT}/2", {"do": "skip"}))
    begun.follow(begun.post(f"{AT}/3", {"verdict": "agree"}))
    assert begun.page.request.path == f"{AT}/thank-you"
    assert "Thank you. We have what you told us." in begun.text
    assert replies() == [("not_quite", "Days change too", 6), ("agree", "", 6)]


def test_going_back_shows_what_was_said_and_changes_it(begun, replies):
    begun.post(f"{AT}/1", {"verdict": "not_quite", "q_words": "Days change too"})
    begun.get(f"{AT}/1")
    assert "Days change too" in begun.text
    assert re.search(r'value="not_quite" checked', begun.text)
    begun.post(f"{AT}/1", {"verdict": "agree"})
    assert replies() == [("agree", "", 6)]


def test_a_wrong_reply_says_what_to_mend_and_loses_nothing(begun, replies):
    reply = begun.post(f"{AT}/1", {"q_words": "These words stay"})
    assert reply.status_code == 422
    assert "Choose one of the three answers" in begun.text and "These words stay" in begun.text
    assert begun.text.startswith("<!doctype html>") and "<title>Error:" in begun.text
    assert begun.post(f"{AT}/1", {"verdict": "perhaps"}).status_code == 422
    assert replies() == []


@pytest.mark.parametrize("people", ["", "0", "61", "many", "-3"])
def test_how_many_there_are_is_asked_again_where_it_cannot_be(group, people):
    group.get(AT)
    reply = group.post(AT, {"people": people})
    assert reply.status_code == (303 if people == "" else 422)


def test_switching_words_language_or_pictures_keeps_what_is_typed(begun, replies):
    typed = {"verdict": "missing", "q_words": "Half a senten"}
    begun.post(f"{AT}/1", {**typed, "do": "read:standard"})
    assert "People said that Waiting is hard." in begun.text
    assert "Half a senten" in begun.text and 'value="missing" checked' in begun.text
    begun.post(f"{AT}/1", {**typed, "do": "pictures:off"})
    assert "<img" not in begun.text
    begun.post(f"{AT}/1", {**typed, "do": "language:ar"})
    assert 'dir="rtl"' in begun.text and "Half a senten" in begun.text
    assert "صعب" in begun.text
    assert replies() == []


def test_the_way_to_help_leads_back_to_the_finding(begun):
    found = re.search(r'href="(/help-now\?from=[^"]+)"', begun.text)
    begun.get(found[1])
    assert f'href="{AT}/1"' in begun.text


def test_a_shared_screen_forgets_who_was_before_it(begun, replies):
    begun.post(f"{AT}/1", {"verdict": "agree", "q_words": "Ours"})
    begun.follow(begun.post(f"{AT}/next"))
    assert begun.page.request.path == AT
    begun.follow(begun.post(AT, {"people": "1"}))
    assert "Ours" not in begun.text
    begun.post(f"{AT}/1", {"verdict": "missing"})
    assert replies() == [("agree", "Ours", 6), ("missing", "", 1)]


def test_without_the_first_page_one_begins_there(group):
    group.get("/")
    assert group.get(f"{AT}/2").location == AT
    assert group.get("/v/Fern-42").location == AT
    assert group.get("/v/nothing").status_code == 404
    assert "We cannot find that page" in group.text


def test_there_is_no_finding_behind_the_last(begun):
    assert begun.get(f"{AT}/4").status_code == 404
    assert begun.get(f"{AT}/0").status_code == 404


def test_before_and_after_its_time_a_round_says_when(begun, clock, replies):
    clock.forward(days=8)
    reply = begun.post(f"{AT}/1", {"verdict": "agree", "q_words": "These words were late"})
    assert reply.status_code == 410
    assert "This has closed" in begun.text and "These words were late" in begun.text
    clock.forward(days=-10)
    assert begun.get(AT).status_code == 403
    assert replies() == []


def test_once_published_the_same_link_shows_what_changed(begun, database, now, made, clock):
    with database.writing() as writing, writing.begin():
        whole = writing.get_one(ValidationRound, made)
        whole.closes_at, whole.published_at = now, now
        found = dict(writing.execute(select(RoundFinding.position, RoundFinding.id)).all())
        for at, after in zip((1, 2), ({"en": {"standard": "Days change too."}}, {}), strict=True):
            why = {"en": {"standard": f"Why {at}"}}
            change = RoundChange(finding_id=found[at], after=after, why=why, written_at=now)
            writing.add(change)
    clock.forward(minutes=1)
    assert begun.get(AT).status_code == 200
    words = " ".join(re.sub(r"<[^>]+>", " ", begun.text).split())
    assert "Before Waiting is hard. Now Days change too. Why: Why 1" in words
    assert "This stays as it was. The words Noise is hard. Why: Why 2" in words
    assert "This stays as it was. The words Talk to us is hard." in words
    assert begun.post(f"{AT}/1", {"verdict": "agree"}).status_code == 410
