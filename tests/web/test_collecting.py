"""Collections are opened, closed and shared in the browser, and nobody sees more than is theirs."""

import re
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from sqlalchemy import func, select

from feedback.models.collections import Collection
from feedback.models.events import Event
from feedback.models.oversight import AuditEvent
from feedback.models.surveys import Edition
from feedback.services import collecting, planning
from feedback.vocabulary import Audience, Channel, EventKind, EventStatus, Part, Permission

from .test_access import OTHER_PARTS, PARTS, permission

NEW = {"name": "Autumn", "audience": "parent", "channels": ["own_phone", "paper"], "code": "oak26"}


@pytest.fixture
def visit(sign_in, officer, open_collection):
    """An officer who is signed in; one collection is open already, as fern42."""
    visit = sign_in(officer)
    visit.get("/staff/collections/new")
    return visit


@pytest.fixture
def new(open_collection):
    """What is sent to open another collection of the same survey."""
    return {**NEW, "edition": str(open_collection.edition_id)}


@pytest.fixture
def ask(database, open_collection, now):
    """Opens a collection at an event."""

    def asked(event, code, part=Part.WHOLE, **times):
        with database.writing() as session, session.begin():
            return collecting.open_collection(
                session,
                session.get_one(Edition, open_collection.edition_id),
                code,
                f"{event.name} {code}",
                audience=Audience.PARENT,
                event=session.get_one(Event, event.id),
                part=part,
                now=now,
                **{"opens_at": now, **times},
            )

    return asked


def problems(visit) -> list[str]:
    return re.findall(r'<li><a href="#([^"]+)">', visit.text)


def made(look, *columns):
    newest = select(*columns or (Collection.code,)).order_by(Collection.id.desc()).limit(1)
    return look(newest)[0]


# Opening one


def test_an_officer_opens_a_collection_and_gets_its_link_and_square(visit, new, look, now):
    visit.follow(visit.post("/staff/collections/new", new))
    assert "http://localhost<wbr>/s/oak26</bdi>" in visit.text
    [square] = re.findall(r'<img [^>]*src="(data:image/svg\+xml,[^"]+)" alt="([^"]+)"', visit.text)
    assert unquote(square[0]).startswith("data:image/svg+xml,<svg ")
    assert square[1].endswith("http://localhost/s/oak26")
    row = made(look, Collection.opens_at, Collection.closes_at, Collection.channels)
    assert row == (now, None, ["own_phone", "paper"])
    assert look(select(AuditEvent.action, AuditEvent.subject)) == [("open collection", "oak26")]


def test_it_opens_and_closes_at_the_times_of_the_host(visit, new, look, clock, client):
    times = {
        **{"opens_on": "2027-07-01", "opens_time": "09:30"},
        **{"closes_on": "1/8/2027", "closes_time": ""},
    }
    visit.follow(visit.post("/staff/collections/new", {**new, **times}))
    assert "It opens by itself on 1 July 2027 at 09:30." in visit.text
    assert "It closes by itself on 1 August 2027 at 23:59." in visit.text
    opens_at, closes_at = made(look, Collection.opens_at, Collection.closes_at)
    assert f"{opens_at:%m-%d %H:%M} {closes_at:%m-%d %H:%M}" == "07-01 08:30 08-01 22:59"

    seen = []
    for moment in (
        opens_at - timedelta(seconds=1),
        opens_at,
        closes_at - timedelta(seconds=1),
        closes_at,
    ):
        clock.now = moment
        seen.append(client.get("/s/oak26").status_code)
    assert seen == [403, 200, 200, 410]


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"edition": ""}, "edition", "Choose a survey"),
        ({"edition": "999"}, "edition", "Choose one from the list"),
        ({"name": ""}, "name", "Write a name"),
        ({"name": "x" * 300}, "name", "100 letters too long"),
        ({"audience": "dogs"}, "audience", "Choose one from the list"),
        ({"channels": []}, "channels", "Choose one way or more"),
        ({"channels": ["pigeon"]}, "channels", "Choose from the list"),
        ({"expected": "-1"}, "expected", "from 0 to 1,000,000"),
        ({"expected": "1000001"}, "expected", "from 0 to 1,000,000"),
        ({"code": ""}, "code", "Write a short code"),
        ({"code": "x" * 21}, "code", "at most 20"),
        ({"code": "żółw"}, "code", "from a to z"),
        ({"code": "a/b"}, "code", "from a to z"),
        ({"code": "staff"}, "code", "one of our own addresses"),
        ({"code": "Help-Now"}, "code", "one of our own addresses"),
        ({"code": "static"}, "code", "one of our own addresses"),
        ({"code": "FERN 42"}, "code", "“fern42” is taken"),
        ({"opens_time": "10:00"}, "opens_on", "Write the day too"),
        ({"opens_on": "9999-12-31"}, "opens_on", "from 2000 to 2100"),
        ({"opens_on": "2027-01-01", "opens_time": "25:00"}, "opens_time", "from 00:00 to 23:59"),
        ({"closes_on": "2026-11-01"}, "closes_on", "close before it opens"),
        (
            {"opens_on": "2026-10-01", "closes_on": "2026-11-01"},
            "closes_on",
            "This moment is over already",
        ),
        (
            {"opens_on": "2027-01-02", "closes_on": "2027-01-02", "closes_time": "00:00"},
            "closes_on",
            "close before it opens",
        ),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_is_wrong_is_said_and_nothing_is_opened(visit, new, look, changed, field, words):
    sent = {**new, **changed}
    assert visit.post("/staff/collections/new", sent).status_code == 422
    assert problems(visit) == [field]
    assert words in visit.text
    assert look(select(func.count()).select_from(Collection)) == [(1,)]


def test_a_taken_code_comes_with_three_free_ones_that_work(visit, new):
    visit.post("/staff/collections/new", {**new, "code": "fern42"})
    [free] = re.findall(r"These are free: ([\w, ]+)</a>", visit.text)
    assert len(free.split(", ")) == 3
    for code in free.split(", "):
        visit.get("/staff/collections/new")
        assert visit.post("/staff/collections/new", {**new, "code": code}).status_code == 303


def test_a_free_code_is_proposed(visit, new):
    codes = set()
    for _ in range(3):
        visit.get("/staff/collections/new")
        [code] = re.findall(r'id="code"[^>]* value="([a-z0-9]+)"', visit.text)
        codes.add(code)
        assert visit.post("/staff/collections/new", {**new, "code": code}).status_code == 303
    assert len(codes) == 3


def test_where_no_survey_is_published_the_page_says_so(sign_in, officer):
    visit = sign_in(officer)
    assert visit.get("/staff/collections/new").status_code == 200
    assert "No survey is published yet" in visit.text
    assert '<button class="govuk-button">Open' not in visit.text
    assert visit.post("/staff/collections/new", NEW).status_code == 422


def test_a_part_is_asked_for_only_at_an_event(visit, new, plan, look):
    event = plan("Training", kind=EventKind.TRAINING)
    assert 'name="part"' not in visit.text
    visit.post("/staff/collections/new", {**new, "part": "before"})
    assert made(look, Collection.part, Collection.event_id) == (Part.WHOLE, None)

    address = f"/staff/collections/new?event={event.id}"
    visit.get(address)
    assert 'name="part"' in visit.text
    assert 'value="Training"' in visit.text
    assert visit.post(address, {**new, "code": "two", "part": "middle"}).status_code == 422
    assert problems(visit) == ["part"]
    assert visit.post(address, {**new, "code": "two", "part": "before"}).status_code == 303
    assert made(look, Collection.part, Collection.event_id) == (Part.BEFORE, event.id)


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "999", str(2**31), str(2**63), "%00"])
def test_an_event_that_is_not_there_is_not_found(visit, number):
    assert visit.get(f"/staff/collections/new?event={number}").status_code == 404


# Opening and closing by hand, and giving it another end


@pytest.fixture
def settings_of(open_collection):
    return f"/staff/collection/{open_collection.id}/settings"


def test_it_is_closed_opened_again_and_every_step_is_noted(
    visit, settings_of, client, officer, clock
):
    visit.get(settings_of)
    visit.follow(visit.post(settings_of, {"do": "close"}))
    assert "It closed on 2 November 2026 at 10:00." in visit.text
    assert client.get("/s/fern42").status_code == 410

    sent = {"do": "extend", "closes_on": "2026-11-30", "reason": "Families asked for more time"}
    visit.follow(visit.post(settings_of, sent))
    assert "It closes by itself on 30 November 2026 at 23:59." in visit.text
    log = visit.text.split('class="collection-log"')[1]
    assert ": 30 November 2026 at 23:59." in log
    assert "Families asked for more time" in log
    assert log.count(officer.name) == 2
    assert client.get("/s/fern42").status_code == 200

    visit.follow(visit.post(settings_of, {"do": "extend", "no_end": "y", "reason": "For good"}))
    assert "stays open until somebody closes it." in visit.text


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({}, ["closes_on", "reason"]),
        ({"closes_on": "2026-11-30"}, ["reason"]),
        ({"closes_on": "2026-11-30", "reason": "x" * 81}, ["reason"]),
        ({"closes_on": "2026-11-01", "reason": "Why"}, ["closes_on"]),
        ({"closes_on": "0001-01-01", "reason": "Why"}, ["closes_on"]),
        ({"closes_on": "2026-11-30", "no_end": "y", "reason": "Why"}, ["closes_on"]),
        ({"closes_time": "10:00", "reason": "Why"}, ["closes_on"]),
    ],
    ids=ascii,
)
def test_a_new_end_needs_a_day_to_come_and_a_reason(visit, settings_of, look, sent, fields):
    visit.get(settings_of)
    assert visit.post(settings_of, {"do": "extend", **sent}).status_code == 422
    assert problems(visit) == fields
    assert look(select(Collection.closes_at)) == [(None,)]
    assert look(select(func.count()).select_from(AuditEvent)) == [(0,)]


def test_what_is_not_open_yet_can_be_opened_now(visit, new, client):
    visit.follow(visit.post("/staff/collections/new", {**new, "opens_on": "2027-01-01"}))
    path = visit.page.request.path
    assert client.get("/s/oak26").status_code == 403
    visit.post(path, {"do": "close"})  # there is nothing to close yet
    visit.follow(visit.post(path, {"do": "open"}))
    assert client.get("/s/oak26").status_code == 200
    assert "Close it now" in visit.text


def test_taking_away_asks_once_more_and_can_be_undone(visit, settings_of, client, look):
    path = settings_of.replace("settings", "withdraw")
    visit.get(path)
    assert client.get("/s/fern42").status_code == 200
    visit.follow(visit.post(path))
    assert "It was taken away" in visit.text
    assert client.get("/s/fern42").status_code == 410
    visit.follow(visit.post(settings_of, {"do": "put_back"}))
    assert client.get("/s/fern42").status_code == 200
    assert look(select(AuditEvent.action).order_by(AuditEvent.id)) == [
        ("withdraw collection",),
        ("put back collection",),
    ]


@pytest.mark.parametrize("do", ["", "erase", "open", "put_back", "\0"])
def test_a_button_that_is_not_there_does_nothing(visit, settings_of, look, do):
    before = look(select(Collection.__table__))
    visit.get(settings_of)
    assert visit.post(settings_of, {"do": do}).status_code == 303
    assert look(select(Collection.__table__)) == before


def test_its_facts_can_be_changed_but_not_its_code(visit, settings_of, look):
    path = settings_of.replace("settings", "change")
    visit.get(path)
    assert 'value="Autumn"' in visit.text
    sent = {"name": "Winter", "audience": "parent", "channels": "paper", "expected": "800"}
    assert visit.post(path, {**sent, "name": ""}).status_code == 422
    visit.follow(visit.post(path, {**sent, "code": "mine", "edition": "9", "opens_at": "x"}))
    assert "Winter" in visit.text
    row = made(look, Collection.name, Collection.code, Collection.expected, Collection.channels)
    assert row == ("Winter", "fern42", 800, ["paper"])


def test_two_hundred_of_about_eight_hundred_are_a_quarter(
    visit, ask, plan, answered, database, settings_of
):
    """The event says how many came; the collection needs no number of its own."""
    event = plan("SEND Live", attended=80, status=EventStatus.DONE)
    collection = ask(event, "live1")
    with database.writing() as session, session.begin():
        for _ in range(20):
            answered(session, collection, {})
    for path in (
        f"/staff/events/{event.id}",
        f"/staff/collection/{collection.id}/settings",
        "/staff/",
    ):
        visit.get(path)
        assert "20 of about 80, 25%" in visit.text, path
    visit.get(f"/staff/collection/{collection.id}")
    assert "20 people have sent their answers, of about 80 (25%)." in visit.text


# The event's own page


def test_an_events_page_shows_what_is_open_now_and_what_comes_later(
    client, plan, ask, now, clock, database
):
    event = plan("Training", about="Secret words", outcome="More secret words")
    ask(event, "b1", Part.BEFORE, closes_at=now + timedelta(hours=2))
    ask(event, "a1", Part.AFTER, opens_at=now + timedelta(hours=2))
    ask(event, "l1", Part.LATER, opens_at=now + timedelta(days=90))
    gone = ask(event, "g1")
    with database.writing() as session, session.begin():
        collecting.withdraw(session, session.get_one(Collection, gone.id), now=now)

    def shown() -> tuple[list[str], str]:
        page = client.get(f"/e/{event.code}").get_data(as_text=True)
        return re.findall(r'class="govuk-button[^>]*href="/s/(\w+)"[^>]*>([^<]+)<', page), page

    doors, page = shown()
    assert doors == [("b1", "Before the session")]
    assert "After the session: opens on 2 November 2026" in page
    assert "Three months later: opens on 31 January 2027" in page
    assert "secret" not in page.casefold()
    assert "g1" not in page
    clock.forward(hours=2)
    assert shown()[0] == [("a1", "After the session")]
    assert len(f"/e/{event.code}") < 30


def test_a_collection_of_the_whole_event_is_called_as_its_survey(client, plan, ask, every_kind):
    event = plan()
    ask(event, "w1")
    page = client.get(f"/e/{event.code}").get_data(as_text=True)
    assert f">{every_kind.title['en'].standard}</a>" in page


def test_an_events_page_is_found_however_its_code_is_typed(client, plan):
    event = plan()
    typed = "-".join(event.code.upper())
    assert client.get(f"/e/{typed}").location == f"/e/{event.code}"
    assert client.get(f"/?code={typed}").location.endswith(event.code)
    assert client.get(client.get(f"/?code={event.code}").location).status_code == 200
    assert "nothing to answer here just now" in client.get(f"/e/{event.code}").text
    assert client.get("/?code=fern42").location == "/s/fern42"


@pytest.mark.parametrize("code", ["nothing", "x" * 300, "%00", "-", "%F0%9F%98%80"])
def test_an_unknown_event_is_said_to_be_unknown(client, code):
    reply = client.get(f"/e/{code}")
    assert reply.status_code == 404
    assert "We cannot find that survey" in reply.text


@pytest.mark.parametrize("language", ["pl", "ar"])
def test_an_events_page_is_read_in_other_languages(client, plan, ask, language):
    event = plan()
    ask(event, "b1", Part.BEFORE)
    page = client.get(f"/e/{event.code}?language={language}").text
    assert f'<html lang="{language}"' in page
    assert "Before the session" not in page
    assert "You can answer now" not in page


def test_a_cancelled_event_asks_nothing_and_keeps_its_reason_to_itself(
    client, plan, ask, database, now
):
    event = plan()
    ask(event, "b1", Part.BEFORE)
    with database.writing() as session, session.begin():
        planning.cancel(
            session, session.get_one(Event, event.id), "A parent is ill", version=1, now=now
        )
    page = client.get(f"/e/{event.code}").text
    assert "cancelled" in page
    assert "/s/b1" not in page
    assert "ill" not in page.split("<main")[1]


# The list of collections


def test_the_collections_of_a_series_stand_on_one_line(visit, ask, plan, answered, database, now):
    with database.writing() as session, session.begin():
        series = planning.add_series(session, "Family Hub SEND training", now=now)
    for number in range(3):
        event = plan(f"Session {number}", series=series, kind=EventKind.TRAINING)
        before, after = ask(event, f"b{number}", Part.BEFORE), ask(event, f"a{number}", Part.AFTER)
        with database.writing() as session, session.begin():
            for part, size in ((before, 9), (after, 7)):
                for _ in range(size):
                    answered(session, part, {})
    visit.get("/staff/")
    line = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", visit.text))
    assert "Family Hub SEND training: 3 sessions, 27 before, 21 after" in line
    assert "Session 1" not in line
    assert "Autumn" in line  # of no series

    each = f"/staff/collections/series/{series.id}"
    assert each in visit.text
    visit.get(each)
    assert visit.text.count("Session 1") == 2


def test_a_trainer_gets_no_total_of_their_sessions(
    sign_in, facilitator, ask, plan, answered, database, now
):
    """Decision 18: from a total and all sessions but one, that one can be worked out."""
    with database.writing() as session, session.begin():
        series = planning.add_series(session, "Course", now=now)
    for number, size in enumerate((9, 3)):
        event = plan(f"Session {number}", series=series, facilitators=[facilitator])
        collection = ask(event, f"b{number}", Part.BEFORE)
        with database.writing() as session, session.begin():
            for _ in range(size):
                answered(session, collection, {})
    visit = sign_in(facilitator)
    visit.get("/staff/")
    line = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", visit.text))
    assert "Course: 2 sessions 2 collections are open now" in line
    assert "12" not in line.split("Course:")[1].split("Write to")[0]


def test_a_list_of_250_collections_takes_few_statements(
    visit, database, plan, open_collection, now, statements
):
    event = plan()
    with database.writing() as session, session.begin():
        for number in range(250):
            session.add(
                Collection(
                    edition_id=open_collection.edition_id,
                    code=f"many{number}",
                    name=f"Many {number}",
                    audience=Audience.PARENT,
                    event_id=event.id,
                    channels=[Channel.PAPER.value],
                    opens_at=now,
                    created_at=now,
                )
            )
    with statements() as seen:
        visit.get("/staff/")
    assert visit.text.count("Many ") == 250
    # Who is here, the collections, what they ask, how many worries wait.
    assert len([each for each in seen if each.startswith("SELECT")]) <= 4


def test_without_collections_the_page_says_how_to_begin_in_the_browser(sign_in, officer):
    visit = sign_in(officer)
    visit.get("/staff/")
    assert "Nothing has been asked yet" in visit.text
    assert 'href="/staff/events/new"' in visit.text
    assert 'href="/staff/collections/new"' in visit.text
    assert visit.text.count("<code") == 1  # one line on files


# Facilitators see and do only what is theirs


@pytest.fixture
def theirs(plan, ask, facilitator, database, now, answered):
    """An event and a collection of a facilitator's own, and of somebody else."""
    with database.writing() as session, session.begin():
        series = planning.add_series(session, "Course", now=now)
    mine = plan("Mine", facilitators=[facilitator], series=series)
    other = plan("Not theirs", date(2026, 10, 1), series=series)
    asked = {event.name: ask(event, code) for event, code in ((mine, "mine1"), (other, "other1"))}
    with database.writing() as session, session.begin():
        for collection in asked.values():
            for _ in range(6):
                answered(session, collection, {})
    return mine, other, asked["Mine"], asked["Not theirs"]


def test_no_page_shows_a_facilitator_what_is_not_theirs(app, sign_in, facilitator, theirs):
    mine, other, own, foreign = theirs
    visit = sign_in(facilitator)
    walked = set()
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            asked = permission(app.view_functions[rule.endpoint])
            if asked in (Permission.EVERYONE, Permission.ANSWERING, Permission.SIGNED_IN):
                continue
            if not {"event_id", "collection_id"} & rule.arguments:
                continue
            parts = {**PARTS, **OTHER_PARTS.get(rule.endpoint, {})}
            values = {name: parts.get(name, 1) for name in rule.arguments}
            values |= {"event_id": other.id, "collection_id": foreign.id}
            path = adapter.build(rule.endpoint, {n: values[n] for n in rule.arguments})
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                visit.get("/staff/")
                reply = visit.get(path) if method == "GET" else visit.post(path)
                assert reply.status_code in (403, 404), f"{method} {path}"
                walked.add(rule.endpoint)
    assert {"planning.event", "planning.cancel", "listening.results"} <= walked
    assert {"collecting.settings", "collecting.withdraw", "listening.comments"} <= walked
    assert {"printing.choices", "entering.entry", "sessions.event"} <= walked

    for path in (
        "/staff/",
        "/staff/events/",
        "/staff/events/?from=2026-01",
        "/staff/events/register.csv",
        f"/staff/collections/series/{mine.series_id}",
        f"/staff/events/{mine.id}",
        f"/staff/collection/{own.id}",
        f"/staff/collection/{own.id}/settings",
    ):
        assert visit.get(path).status_code == 200, path
        assert "Not theirs" not in visit.text, path
        assert "other1" not in visit.text, path
    assert visit.get("/staff/collections/new").status_code == 404
    assert visit.get(f"/staff/collections/new?event={other.id}").status_code == 404


def test_a_facilitator_opens_and_closes_at_their_own_events(
    sign_in, facilitator, theirs, new, look, client
):
    mine, other, own, _foreign = theirs
    visit = sign_in(facilitator)
    address = f"/staff/collections/new?event={mine.id}"
    visit.get(address)
    sent = {**new, "part": "after"}
    assert visit.post(f"/staff/collections/new?event={other.id}", sent).status_code == 404
    assert visit.post("/staff/collections/new", sent).status_code == 404
    visit.follow(visit.post(address, sent))
    assert visit.page.status_code == 200
    assert made(look, Collection.code, Collection.event_id) == ("oak26", mine.id)

    visit.post(f"/staff/collection/{own.id}/settings", {"do": "close"})
    assert client.get("/s/mine1").status_code == 410
    assert visit.get(f"/staff/collection/{own.id}/comments").status_code == 403


def test_a_facilitator_without_events_is_told_what_they_would_see(
    sign_in, facilitator, open_collection
):
    visit = sign_in(facilitator)
    visit.get("/staff/")
    assert "Nothing has been asked at your events yet" in visit.text
    assert "Autumn" not in visit.text
