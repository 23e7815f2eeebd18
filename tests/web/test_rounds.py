"""Rounds for staff: made of findings, read through the gate, answered, told to the group."""

import re
from datetime import timedelta

import pytest
from rounds_ground import insight, round_of
from sqlalchemy import select

from feedback.models.validating import RoundChange, RoundFinding, ValidationRound
from feedback.services import replying
from feedback.services.replying import Said
from feedback.vocabulary import Role, Verdict

pytestmark = pytest.mark.any_database
PAGE = "/staff/rounds"


@pytest.fixture
def made(database, now):
    with database.writing() as writing, writing.begin():
        return round_of(writing, now).id


@pytest.fixture
def said(database, made, codes, now):
    """Seven agree, five say "not quite" with hard words, to the first finding."""
    with database.writing() as writing, writing.begin():
        whole = writing.get_one(ValidationRound, made)
        first = writing.scalars(select(RoundFinding).order_by(RoundFinding.position)).first()
        for screen, verdict, words, people in (
            ("a", Verdict.AGREE, "Yes it is", 7),
            ("b", Verdict.NOT_QUITE, "I want to kill myself", 5),
        ):
            replying.keep(
                writing,
                whole,
                first,
                screen,
                Said(verdict, words, people, "en"),
                codes,
                today=now.date(),
                now=now,
            )
        return first.id


def plain(visit) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", visit.text).split())


def test_an_officer_makes_a_round_and_gets_its_link(sign_in, officer, database, now, look):
    with database.writing() as writing, writing.begin():
        found = [insight("Waiting", now), insight("Noise", now, published_at=now)]
        writing.add_all([*found, insight("Gone", now, withdrawn_at=now)])
    visit = sign_in(officer)
    visit.get(PAGE)
    assert "No group has looked at anything yet" in visit.text
    visit.get(f"{PAGE}/new")
    assert "Waiting (draft)" in visit.text and "Noise" in visit.text and "Gone" not in visit.text
    facts = {
        "name": "Autumn",
        "group_name": "SEND Youth Voice Group",
        "audience": "young_person",
        "insights": [str(each.id) for each in found],
        "opens_on": "2026-11-02",
        "closes_on": "9/11/2026",
        "introduction-en-standard": "Hello all",
    }
    reply = visit.post(f"{PAGE}/new", {**facts, "closes_on": "1/11/2026", "insights": []})
    assert reply.status_code == 422
    assert "The last day is before the first day" in visit.text and "Hello all" in visit.text
    assert "Choose what the group should look at" in visit.text
    visit.follow(visit.post(f"{PAGE}/new", facts))
    assert "Give the group its link" in visit.text
    (code,) = look(select(ValidationRound.code))[0]
    assert f"/v/<wbr>{code}" in visit.text or f"/v/{code}" in visit.text
    visit.get(PAGE)
    assert "Open until 9 Nov 2026" in plain(visit)


def test_only_officers_read_the_words_and_hard_ones_come_first(sign_in, officer, staff, said):
    visit = sign_in(officer)
    visit.get(f"{PAGE}/1")
    assert "12 people" in plain(visit)
    assert "1 finding waits for your answer" in plain(visit)
    assert visit.text.index("I want to kill myself") < visit.text.index("Yes it is")
    assert "This comment speaks of" in visit.text
    for role in (Role.VIEWER, Role.PARTNER, Role.ADMINISTRATOR):
        other = sign_in(staff(role))
        other.get(f"{PAGE}/1")
        assert other.page.status_code == 200 and "12 people" in plain(other)
        assert "kill" not in other.text and "Yes it is" not in other.text


def test_few_people_are_no_number(sign_in, viewer, database, made, codes, now):
    with database.writing() as writing, writing.begin():
        whole = writing.get_one(ValidationRound, made)
        first = writing.scalars(select(RoundFinding).order_by(RoundFinding.position)).first()
        said = Said(Verdict.AGREE, "", 4, "en")
        replying.keep(writing, whole, first, "a", said, codes, today=now.date(), now=now)
    visit = sign_in(viewer)
    visit.get(f"{PAGE}/{made}")
    assert "Fewer than 5 people have replied" in visit.text
    assert "4 people" not in plain(visit)


def test_an_answer_is_written_the_round_closed_and_the_group_told(
    sign_in, officer, said, client, look
):
    visit = sign_in(officer)
    visit.get(f"{PAGE}/1")
    assert "Show the group what changed" not in visit.text
    visit.post(f"{PAGE}/1", {"do": "close"})
    visit.get(f"{PAGE}/1")
    assert visit.post(f"{PAGE}/1", {"do": "publish"}).status_code == 409
    assert "Some replies have no answer yet" in visit.text

    visit.get(f"{PAGE}/findings/{said}")
    assert "The group saw" in visit.text and "Polski" not in visit.text  # no Polish was shown
    assert visit.post(f"{PAGE}/findings/{said}", {"version": "0"}).status_code == 422
    assert "Write why, in words that the group understands" in visit.text
    words = {"after-en-standard": "Days change too.", "why-en-standard": "You told us."}
    visit.follow(visit.post(f"{PAGE}/findings/{said}", {"version": "0", **words}))
    assert "Days change too." in visit.text
    visit.post(f"{PAGE}/1", {"do": "publish"})
    visit.get(f"{PAGE}/1")
    assert "Changes published on 2 November 2026" in plain(visit)
    assert "Days change too." in client.get("/v/fern42").get_data(as_text=True)


def test_whoever_answers_second_sees_both_and_loses_nothing(sign_in, officer, staff, said, look):
    first, second = sign_in(officer), sign_in(staff(Role.PARTNER))
    for visit in (first, second):
        visit.get(f"{PAGE}/findings/{said}")
    path, stays = f"{PAGE}/findings/{said}", {"version": "0", "stays": "y"}
    assert first.post(path, {**stays, "why-en-standard": "Theirs"}).status_code == 303
    assert second.post(path, {**stays, "why-en-standard": "Mine"}).status_code == 409
    assert "Theirs" in second.text and "Mine" in second.text
    assert second.post(path, {"version": "1", "stays": "y", "why-en-standard": "Mine"})
    assert look(select(RoundChange.why)) == [({"en": {"standard": "Mine"}},)]


def test_a_round_is_changed_and_its_findings_stay(sign_in, officer, made, look):
    visit = sign_in(officer)
    visit.get(f"{PAGE}/{made}/change")
    assert 'value="2026-11-01"' in visit.text and "What they look at" not in visit.text
    facts = {
        "version": "1",
        "name": "Winter",
        "group_name": "The forum",
        "audience": "parent",
        "opens_on": "2026-11-01",
        "closes_on": "2026-12-01",
    }
    assert visit.post(f"{PAGE}/{made}/change", facts).status_code == 303
    assert visit.post(f"{PAGE}/{made}/change", facts).status_code == 409
    assert "Somebody else changed this" in visit.text
    assert look(select(ValidationRound.name)) == [("Winter",)]
    assert len(look(select(RoundFinding.id))) == 3


def test_who_only_sees_promises_changes_nothing(sign_in, viewer, said, look, now):
    visit = sign_in(viewer)
    visit.get(f"{PAGE}/1")
    assert "Close it now" not in visit.text
    assert visit.post(f"{PAGE}/1", {"do": "close"}).status_code == 403
    assert visit.get(f"{PAGE}/findings/{said}").status_code == 403
    assert visit.get(f"{PAGE}/new").status_code == 403
    assert look(select(ValidationRound.closes_at)) == [(now + timedelta(days=7),)]


def test_a_round_nobody_replied_to_is_deleted_after_asking(sign_in, officer, made, look):
    visit = sign_in(officer)
    visit.get(f"{PAGE}/{made}/end")
    assert "Delete this round?" in visit.text and "This cannot be undone." in visit.text
    visit.follow(visit.post(f"{PAGE}/{made}/end", {}))
    assert "The findings themselves stay." in visit.text
    assert look(select(ValidationRound.id)) == []


def test_a_round_with_replies_is_ended_with_a_reason_and_can_come_back(
    sign_in, officer, said, made, client
):
    visit = sign_in(officer)
    visit.get(f"{PAGE}/{made}/end")
    assert visit.post(f"{PAGE}/{made}/end", {"because": " "}).status_code == 422
    assert "Write why, in a sentence" in visit.text
    visit.follow(visit.post(f"{PAGE}/{made}/end", {"because": "It went to the wrong group."}))
    assert "The group reads why: “It went to the wrong group.”" in visit.text
    visit.get(PAGE)
    assert "Autumn" not in plain(visit) and "See 1 round that was put away" in visit.text
    visit.get(f"{PAGE}?show=away")
    assert "Autumn" in plain(visit)
    gone = client.get("/v/fern42")
    assert gone.status_code == 410 and "It went to the wrong group." in gone.text
    visit.get(f"{PAGE}/{made}")
    visit.follow(visit.post(f"{PAGE}/{made}", {"do": "bring back"}))
    visit.get(PAGE)
    assert "Open until" in plain(visit)
