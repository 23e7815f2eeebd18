"""Own phone, shared device, with a helper, peer interview: one survey, the same rows."""

import re

import pytest
from sqlalchemy import event as events
from sqlalchemy import select, update
from visiting import ANSWERS, Visit

from feedback.models.collections import Collection
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Question
from feedback.vocabulary import Channel, Helper

ONLINE = [channel for channel in Channel if channel is not Channel.PAPER]
PASSED_ON = [channel for channel in Channel if channel.passes_on]
KEPT = select(Response.channel, Response.helper).order_by(Response.id)
# What is of one response alone: its numbers, its codes, its moments.
OF_ONE = {"id", "submission_id", "receipt_hash", "receipt_turn", "assent_at", "saved_at", "sent_at"}


@pytest.fixture
def every_way(open_collection, database):
    """The survey may be answered in every way."""
    with database.writing() as writing, writing.begin():
        writing.execute(
            update(Collection)
            .where(Collection.id == open_collection.id)
            .values(channels=[channel.value for channel in Channel])
        )
    return open_collection


@pytest.fixture
def started(app, every_way):
    """Somebody who began in some way, on a new device unless one is given."""

    def begun(channel: Channel, client=None, **fields) -> Visit:
        visit = Visit(client or app.test_client(), every_way.code)
        visit.get(at(channel.by))
        visit.follow(visit.post("", {**hidden(visit), **fields}))
        return visit

    return begun


def at(by: str) -> str:
    """The start page's address for a way to answer."""
    return f"/s/fern42?by={by}" if by else "/s/fern42"


def hidden(visit: Visit) -> dict[str, str]:
    """What the start page's form carries besides its key."""
    return dict(re.findall(r'<input type="hidden" name="(by)" value="(\w+)"', visit.text))


@pytest.mark.parametrize("channel", ONLINE)
def test_the_way_somebody_answers_is_kept(started, look, channel):
    started(channel)
    assert look(KEPT) == [(channel, None)]


@pytest.mark.parametrize("by", ["", "nothing", "paper", "own_phone", "shared_device", "x" * 500])
def test_a_link_that_says_nothing_we_know_is_an_own_phone(app, every_way, look, by):
    visit = Visit(app.test_client(), every_way.code)
    visit.get(at(by))
    visit.post("", {"by": by})
    assert look(KEPT) == [(Channel.OWN_PHONE, None)]


@pytest.mark.parametrize("channel", ONLINE[1:])
def test_a_way_that_the_collection_does_not_allow_is_an_own_phone(
    app, open_collection, look, channel
):
    visit = Visit(app.test_client(), open_collection.code)
    visit.get(at(channel.by))
    assert 'name="by"' not in visit.text
    visit.post("", {"by": channel.by, "helper": "worker"})
    assert look(KEPT) == [(Channel.OWN_PHONE, None)]


def test_the_way_stays_when_the_start_page_is_shown_in_another_language_or_words(app, every_way):
    visit = Visit(app.test_client(), every_way.code)
    visit.get(at("peer"))
    links = re.findall(r'href="(\?[^"]+)"', visit.text)
    assert links
    for link in links:
        visit.get(f"/s/fern42{link}")
        assert hidden(visit) == {"by": "peer"}


def test_the_way_stays_when_the_code_was_written_in_other_letters(app, every_way, look):
    visit = Visit(app.test_client(), every_way.code)
    visit.follow(visit.get("/s/FERN-42?by=shared"))
    assert hidden(visit) == {"by": "shared"}


# Consent with somebody beside you


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        (Channel.HELPED, "Somebody is writing for you."),
        (Channel.PEER_INTERVIEW, "A young person asks you and writes down what you say."),
    ],
)
def test_with_somebody_beside_them_people_are_told_that_they_are_in_charge(
    app, every_way, channel, words
):
    visit = Visit(app.test_client(), every_way.code)
    visit.get(at(channel.by))
    assert words in visit.text
    assert "You choose what they write. You can stop at any time." in visit.text
    assert ("Who is helping?" in visit.text) is (channel is Channel.HELPED)


@pytest.mark.parametrize("helper", ["family", "friend", "worker", "young_person"])
def test_who_helped_is_kept(started, look, helper):
    visit = started(Channel.HELPED, helper=helper)
    assert look(KEPT) == [(Channel.HELPED, Helper(helper))]
    assert visit.page.request.path.endswith("/1")


@pytest.mark.parametrize("helper", ["", "nobody", "me", "x" * 300])
def test_who_helped_need_not_be_said(started, look, helper):
    started(Channel.HELPED, helper=helper)
    assert look(KEPT) == [(Channel.HELPED, None)]


@pytest.mark.parametrize("channel", [each for each in ONLINE if each is not Channel.HELPED])
def test_who_helps_is_kept_only_where_it_is_asked(started, look, channel):
    started(channel, helper="worker")
    assert look(KEPT) == [(channel, None)]


# A device that goes from person to person


@pytest.mark.parametrize("channel", PASSED_ON)
def test_the_next_person_finds_nothing_of_the_one_before(started, channel):
    visit = started(channel)
    visit.client.get(f"/?language=pl&by={channel.by}")
    visit.sent(more="My own words")
    receipt = visit.receipt
    assert "Następna osoba" in visit.text or "Next person" in visit.text
    seen = [reply.request.path for reply in visit.seen if reply.request.method == "GET"]

    visit.follow(visit.post("finish"))
    assert visit.page.request.path == "/s/fern42"
    assert hidden(visit) == {"by": channel.by}
    assert '<html lang="en"' in visit.text  # nor the language of the one before
    for path in dict.fromkeys(seen):  # the back button, all the way
        reply = visit.get(path)
        assert reply.headers["Cache-Control"] == "no-store"
        assert "My own words" not in visit.text
        assert receipt not in visit.text


@pytest.mark.parametrize("channel", PASSED_ON)
def test_who_walks_away_in_the_middle_leaves_nothing_to_the_next(app, started, channel):
    visit = started(channel)
    visit.leave(1)
    visit.leave(2, who="parent")
    visit.get("3")
    assert visit.page.status_code == 200

    visit.get(at(channel.by))
    assert "You have already begun" not in visit.text
    assert visit.get("3").status_code == 403


@pytest.mark.parametrize("channel", PASSED_ON)
def test_stopping_on_a_shared_device_hands_it_on_with_a_code_to_come_back(app, started, channel):
    visit = started(channel)
    visit.leave(1)
    visit.follow(visit.leave(2, "stop", who="parent"))
    words = visit.resume
    visit.follow(visit.post("finish"))
    assert visit.get("stop").status_code == 403

    again = Visit(app.test_client(), visit.code)
    again.get("/come-back")
    again.follow(again.post("/come-back", {"code": words}))
    assert again.page.status_code == 200


def test_the_first_page_of_a_shared_device_leads_back_to_nobody_else(started):
    assert "govuk-back-link" not in started(Channel.SHARED_DEVICE).text
    assert "govuk-back-link" in started(Channel.OWN_PHONE).text


def test_an_own_phone_still_carries_on(started):
    visit = started(Channel.OWN_PHONE)
    visit.get()
    assert "You have already begun" in visit.text


# The same answers, the same rows


def type_in(typist: Visit, collection: Collection) -> None:
    """The answers of `ANSWERS`, as on paper."""
    typist.get(f"/staff/paper/{collection.id}")
    answers = {name: value for name, value in ANSWERS.items() if name != "heard"}
    fields = {f"q_{name}": value for name, value in answers.items()}
    submission = re.search(r'name="submission"[^>]* value="(\w+)"', typist.text)[1]
    form = {**fields, "submission": submission, "language": "en", "read": "standard", "helper": ""}
    assert typist.post(f"/staff/paper/{collection.id}", form).status_code == 303


def rows(look, response_id: int) -> list:
    return look(
        select(*(column for column in Answer.__table__.c if column.name != "response_id"))
        .where(Answer.response_id == response_id)
        .order_by(Answer.question_id)
    )


def test_the_same_answers_give_the_same_rows_whichever_way_they_come(
    started, sign_in, typist, every_way, look
):
    for channel in ONLINE:
        started(channel).sent()
    type_in(sign_in(typist), every_way)

    shared = [c for c in Response.__table__.c if c.name not in {*OF_ONE, "channel"}]
    kept = look(select(*shared).order_by(Response.id))
    assert len(kept) == len(Channel)
    assert len(set(kept)) == 1
    ids = look(select(Response.id, Response.channel).order_by(Response.id))
    assert {channel for _, channel in ids} == set(Channel)
    answers = [rows(look, number) for number, _ in ids]
    assert answers[0]
    assert all(other == answers[0] for other in answers[1:])
    names = look(select(Question.name).join(Answer, Answer.question_id == Question.id))
    assert ("heard",) not in names


def test_no_way_asks_the_database_more_than_another(started, database):
    """Counted where statements leave, reading and writing."""
    started(Channel.OWN_PHONE)  # the edition is read once a process
    counts: dict[Channel, int] = {}
    asked: list[str] = []
    for engine in database._engines:
        events.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    for channel in ONLINE:
        asked.clear()
        visit = started(channel)
        visit.leave(1)
        visit.get("2")
        counts[channel] = len(asked)
    assert counts[Channel.OWN_PHONE]
    assert max(counts.values()) == counts[Channel.OWN_PHONE]
