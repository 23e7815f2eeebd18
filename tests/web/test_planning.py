"""The calendar in the browser: what is shown and refused, and what two may do at once."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from feedback.models.events import Event, EventFacilitator, Place, Series
from feedback.models.oversight import AuditEvent
from feedback.models.people import Organisation
from feedback.services import planning
from feedback.vocabulary import (
    Audience,
    EventKind,
    EventStatus,
    OrganisationKind,
    PlaceKind,
    Role,
)

NEW = {
    "name": "SEND Live",
    "kind": "event",
    "starts_on": "2026-11-14",
    "status": "planned",
    "audiences": ["parent", "young_person"],
    "planned": "800",
}
TODAY = date(2026, 11, 2)


@pytest.fixture
def visit(sign_in, officer):
    """An officer who is signed in and holds a safety key."""
    visit = sign_in(officer)
    visit.get("/staff/events/new")
    return visit


@pytest.fixture
def kept(look):
    """The events as they are kept."""
    return lambda *columns: look(select(*columns or (Event.name,)).order_by(Event.id))


def hidden(visit) -> dict[str, str]:
    """What a form carries for the day that somebody else changes the same event."""
    found = dict(re.findall(r'name="(version|seen)" type="hidden" value="([^"]*)"', visit.text))
    found |= dict(re.findall(r'name="(seen)" type="hidden" value="([^>]*)">', visit.text))
    return {name: value.replace('\\"', '"') for name, value in found.items()}


def problems(visit) -> list[str]:
    return re.findall(r'<li><a href="#([^"]+)">', visit.text)


# Adding and changing


def test_an_officer_adds_an_event_with_all_that_is_known(visit, kept, look, database, now):
    with database.writing() as session, session.begin():
        forum = Organisation(name="Forum", kind=OrganisationKind.PARENTS, created_at=now)
        session.add(forum)
        place = planning.add_place(session, "Hub", PlaceKind.HUB, now=now)
    sent = {
        **NEW,
        "ends_on": "15/11/2026",
        "place": place.id,
        "organisation": forum.id,
        "new_series": "Festivals",
        "about": "One day for\r\nall families",
        "tags": ["lundy-2", "area-2"],
    }
    reply = visit.post("/staff/events/new", sent)
    assert reply.status_code == 303
    shown = visit.follow(reply)
    for words in ("SEND Live", "Hub", "Forum", "Festivals", "800 expected", "Voice"):
        assert words in visit.text
    assert shown.status_code == 200
    [row] = kept(Event.starts_on, Event.ends_on, Event.audiences, Event.tags, Event.about)
    assert row == (
        date(2026, 11, 14),
        date(2026, 11, 15),
        ["parent", "young_person"],
        ["area-2", "lundy-2"],
        "One day for\nall families",
    )
    assert look(select(AuditEvent.action)) == [("plan event",)]


def test_what_took_place_without_us_is_put_into_the_register(visit, kept):
    outcome = "Parents wrote the page about short breaks themselves."
    sent = {**NEW, "starts_on": "1/10/2026", "status": "done", "attended": "60", "outcome": outcome}
    visit.follow(visit.post("/staff/events/new", sent))
    assert outcome in visit.text
    assert "Nothing is asked at this event" in visit.text
    assert kept(Event.status, Event.attended) == [(EventStatus.DONE, 60)]


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"name": ""}, "name", "Write a name"),
        ({"name": "x" * 201}, "name", "1 letter too long"),
        ({"kind": "wedding"}, "kind", "Choose one from the list"),
        ({"kind": ""}, "kind", "Choose what sort"),
        ({"starts_on": ""}, "starts_on", "Write the day"),
        ({"starts_on": "soon"}, "starts_on", "like 14/11/2026"),
        ({"starts_on": "2026-02-30"}, "starts_on", "no such day"),
        ({"starts_on": "0001-01-01"}, "starts_on", "from 2000 to 2100"),
        ({"starts_on": "9999-12-31"}, "starts_on", "from 2000 to 2100"),
        ({"starts_on": "1/1/0001"}, "starts_on", "from 2000 to 2100"),
        ({"starts_on": "2026-11-14\0" * 50}, "starts_on", "like 14/11/2026"),
        ({"ends_on": "2026-11-13"}, "ends_on", "before the first day"),
        ({"ends_on": "32/1/2027"}, "ends_on", "no such day"),
        ({"status": ""}, "status", "Choose whether"),
        ({"status": "cancelled"}, "status", "Choose one from the list"),
        ({"status": "done"}, "status", "still to come"),
        ({"attended": "5"}, "attended", "still to come"),
        ({"place": "999999"}, "place", "Choose a place from the list"),
        ({"place": "hub"}, "place", "Choose a place from the list"),
        ({"series": "1"}, "series", "Choose a series from the list"),
        ({"organisation": "-1"}, "organisation", "Choose an organisation"),
        ({"audiences": []}, "audiences", "Choose for whom"),
        ({"audiences": ["parent", "dogs"]}, "audiences", "Choose from the list"),
        ({"facilitators": ["999"]}, "facilitators", "Choose from the list"),
        ({"tags": ["area-11"]}, "tags", "Choose from the list"),
        ({"planned": "-5"}, "planned", "from 0 to 1,000,000"),
        ({"planned": str(10**9)}, "planned", "from 0 to 1,000,000"),
        ({"planned": "9" * 5000}, "planned", "from 0 to 1,000,000"),
        ({"planned": "many"}, "planned", "from 0 to 1,000,000"),
        ({"new_series": "s" * 300}, "new_series", "100 letters too long"),
        ({"new_place": "p" * 300, "new_place_kind": "hub"}, "new_place", "100 letters too long"),
        ({"new_place": "Hub"}, "new_place_kind", "Choose what sort of place"),
        ({"about": "x" * 4001}, "about", "1 letter too long"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_is_wrong_is_said_and_nothing_is_half_done(visit, look, changed, field, words):
    reply = visit.post("/staff/events/new", {**NEW, **changed})
    assert reply.status_code == 422
    assert problems(visit) == [field]
    assert words in visit.text
    assert f'id="{field}"' in visit.text
    assert "<title>Error: " in visit.text
    for table in (Event, Place, Series, AuditEvent):
        assert look(select(func.count()).select_from(table)) == [(0,)]


def test_what_was_typed_is_given_back_with_what_is_wrong(visit):
    typed = {**NEW, "planned": "-5", "about": "Words & <more>", "tags": ["lundy-2"], "name": "N"}
    visit.post("/staff/events/new", {**typed, "ends_on": "3/12/2026"})
    assert 'value="-5"' in visit.text
    assert "Words & <more></textarea>" in visit.text
    assert 'value="2026-12-03"' in visit.text  # as a browser shows it
    assert re.search(r'value="lundy-2" checked', visit.text)
    assert re.search(r'value="young_person" checked', visit.text)


def test_a_place_is_chosen_or_written_but_not_both(visit, database, now):
    with database.writing() as session, session.begin():
        place = planning.add_place(session, "Hub", PlaceKind.HUB, now=now)
    both = {**NEW, "place": place.id, "new_place": "School", "new_place_kind": "school"}
    assert visit.post("/staff/events/new", both).status_code == 422
    assert problems(visit) == ["new_place"]


def test_fields_that_nobody_asked_for_change_nothing(visit, plan, kept):
    event = plan()
    visit.get(f"/staff/events/{event.id}/change")
    sent = {**NEW, **hidden(visit), "id": "77", "code": "mine", "status": "done", "created_at": ""}
    assert visit.post(f"/staff/events/{event.id}/change", sent).status_code == 303
    assert kept(Event.id, Event.code, Event.status) == [(event.id, event.code, EventStatus.PLANNED)]


# Two officers


def test_the_second_of_two_sees_what_the_first_changed_and_loses_nothing(
    visit, sign_in, officer, plan, kept
):
    event = plan("Drop-in", planned=20, about="Tea and talk")
    other, path = sign_in(officer), f"/staff/events/{event.id}/change"
    for each in (visit, other):
        each.get(path)
    form = {**NEW, "name": "Drop-in", "audiences": ["parent"], "starts_on": "2026-11-02"}
    first = {**form, "planned": "35", "about": "Coffee and talk", **hidden(other)}
    assert other.post(path, first).status_code == 303

    second = {**form, "planned": "20", "about": "Cake and talk", "outcome": "", **hidden(visit)}
    assert visit.post(path, second).status_code == 409
    shown = visit.text
    assert "Somebody else changed this event while you were writing" in shown
    assert '<q dir="auto">35</q>' in shown
    assert "Coffee and talk" in shown  # theirs is said
    assert "Cake and talk</textarea>" in shown  # mine stands in the form
    assert re.search(r'id="planned"[^>]* value="35"', shown)  # I had not touched this
    assert kept(Event.about, Event.version) == [("Coffee and talk", 2)]

    again = {**form, "planned": "35", "about": "Cake and talk", **hidden(visit)}
    assert visit.post(path, again).status_code == 303
    assert kept(Event.planned, Event.about, Event.version) == [(35, "Cake and talk", 3)]


def test_the_second_of_two_is_told_that_the_event_was_cancelled(visit, sign_in, officer, plan):
    event = plan(planned=20)
    other, path = sign_in(officer), f"/staff/events/{event.id}"
    visit.get(f"{path}/done")
    mine = hidden(visit)
    other.get(f"{path}/cancel")
    assert other.post(f"{path}/cancel", {"reason": "Flooded", **hidden(other)}).status_code == 303

    sent = {"attended": "12", "outcome": "They want a ramp", **mine}
    assert visit.post(f"{path}/done", sent).status_code == 409
    assert "Cancelled" in visit.text
    assert 'value="12"' in visit.text
    assert "They want a ramp</textarea>" in visit.text


@pytest.mark.parametrize("seen", ["", "{", "[1]", '{"about": 7}', "null", "x" * 50_000])
def test_a_form_that_forgot_what_it_saw_is_told_everything(visit, plan, seen, kept):
    event = plan(about="Tea")
    path = f"/staff/events/{event.id}/change"
    visit.get(path)
    sent = {**NEW, "about": "Mine", "version": "7", "seen": seen}
    assert visit.post(path, sent).status_code == 409
    assert "Tea" in visit.text
    assert "Mine</textarea>" in visit.text
    assert kept(Event.about) == [("Tea",)]


@pytest.mark.parametrize("version", ["", "-1", "9" * 30, "one"])
def test_a_version_that_is_none_is_an_old_one(visit, plan, version):
    path = f"/staff/events/{plan().id}/change"
    assert visit.post(path, {**NEW, "version": version, "seen": ""}).status_code == 409


# Cancelled and done


def test_a_cancelled_event_stays_with_its_reason_until_it_is_planned_again(visit, plan, kept):
    event = plan()
    path = f"/staff/events/{event.id}"
    visit.get(f"{path}/cancel")
    assert visit.post(f"{path}/cancel", hidden(visit)).status_code == 422  # no reason
    assert problems(visit) == ["reason"]
    visit.follow(visit.post(f"{path}/cancel", {"reason": "The hall was flooded.", **hidden(visit)}))
    assert "The hall was flooded." in visit.text
    assert "Cancelled" in visit.get("/staff/events/").get_data(as_text=True)

    visit.get(path)
    visit.follow(visit.post(f"{path}/again", hidden(visit)))
    assert "flooded" not in visit.text
    assert kept(Event.status, Event.version) == [(EventStatus.PLANNED, 3)]


def test_an_event_is_done_on_its_day_with_what_came_of_it(sign_in, officer, plan, kept, clock):
    event = plan(starts_on=TODAY + timedelta(days=1), planned=60)
    path = f"/staff/events/{event.id}"
    visit = sign_in(officer)
    visit.get(path)
    assert f"{path}/done" not in visit.text
    visit.get(f"{path}/done")
    assert visit.post(f"{path}/done", {"attended": "5", **hidden(visit)}).status_code == 422
    assert "still to come" in visit.text
    assert kept(Event.status, Event.attended) == [(EventStatus.PLANNED, None)]

    clock.forward(days=1)
    visit = sign_in(officer)
    visit.get(path)
    assert f"{path}/done" in visit.text
    visit.get(f"{path}/done")
    assert visit.post(f"{path}/done", {"attended": "-1", **hidden(visit)}).status_code == 422
    sent = {"attended": "41", "outcome": "They want a ramp.", **hidden(visit)}
    visit.follow(visit.post(f"{path}/done", sent))
    assert "They want a ramp." in visit.text
    assert "41 came, of 60 expected" in visit.text
    assert kept(Event.status, Event.attended) == [(EventStatus.DONE, 41)]


def test_the_day_is_the_one_where_the_host_is(visit, plan, clock, sign_in, officer):
    """In summer a new day begins an hour earlier in London than in Greenwich."""
    event = plan(starts_on=date(2027, 7, 2))
    clock.now = clock.now.replace(2027, 7, 1, 23, 30)  # half past midnight on the 2nd in London
    late = sign_in(officer)
    assert "It has taken place" in late.get(f"/staff/events/{event.id}").get_data(as_text=True)


# The calendar


def test_an_empty_calendar_says_what_to_do(visit):
    visit.get("/staff/events/")
    assert "Nothing stands in the calendar" in visit.text
    assert 'href="/staff/events/new"' in visit.text


def test_months_with_nothing_planned_for_young_people_are_named(visit, plan):
    young = {"audiences": [Audience.YOUNG_PERSON]}
    for month in (12, 1, 2, 4, 5, 7, 9):
        plan(f"Month {month}", date(2026 if month > 10 else 2027, month, 5), **young)
    plan("All of us", date(2027, 6, 1), audiences=[Audience.EVERYONE])
    plan("Long", date(2027, 9, 30), ends_on=date(2027, 10, 2), **young)
    plan("Parents", date(2027, 3, 3))
    plan("Past", date(2026, 9, 9), **young)
    plan("Off", date(2027, 8, 8), status=EventStatus.CANCELLED, **young)

    visit.get("/staff/events/")
    found = re.search(r"nothing planned for young people:\s*<strong>([^<]*)</strong>", visit.text)
    assert found[1] == "November, March, August"
    assert "Past months" not in visit.text

    visit.get("/staff/events/?from=2026-08")
    found = re.search(r"nothing planned for young people:\s*<strong>([^<]*)</strong>", visit.text)
    assert found[1] == "November, March, August"  # the coming ones, whatever is shown
    past = re.search(r"Past months with nothing for young people: ([^<]*)<", visit.text)
    assert past[1].strip() == "August 2026, October 2026"


def test_a_full_year_for_young_people_is_said_too(visit, plan):
    plan("Long", date(2026, 11, 1), ends_on=date(2027, 11, 1), audiences=[Audience.YOUNG_PERSON])
    visit.get("/staff/events/")
    assert "planned for young people in each of the next 12 months" in visit.text


def names(visit) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*><bdi class="wraps">([^<]*)<', visit.text)


def test_the_calendar_is_narrowed_by_what_is_chosen(visit, plan, database, now):
    with database.writing() as session, session.begin():
        hub = planning.add_place(session, "Hub", PlaceKind.HUB, now=now)
    plan("Here", date(2026, 12, 1), place=hub, kind=EventKind.PANEL)
    plan("Young", date(2027, 1, 1), audiences=[Audience.YOUNG_PERSON])
    plan("Done", date(2026, 11, 2), status=EventStatus.DONE)
    plan("Before", date(2026, 10, 31))
    plan("After", date(2027, 11, 1))

    for query, found in (
        ("", ["Done", "Here", "Young"]),
        (f"?place={hub.id}", ["Here"]),
        ("?audience=young_person", ["Young"]),
        ("?kind=panel&state=planned", ["Here"]),
        ("?state=done", ["Done"]),
        ("?state=cancelled", []),
        ("?from=2026-10", ["Before", "Done", "Here", "Young"]),
        ("?from=2027-11", ["After"]),
    ):
        assert visit.get(f"/staff/events/{query}").status_code == 200
        assert names(visit) == found, query


def test_the_year_can_be_a_school_year_or_a_financial_one(visit):
    visit.get("/staff/events/?from=2026-09")
    assert re.search(
        r'value="2026-09" selected>School year: September 2026 to August 2027<', visit.text
    )
    assert "Financial year: April 2026 to March 2027" in visit.text


@pytest.mark.parametrize(
    "query",
    [
        "from=0001-01",
        "from=9999-12",
        "from=2026-13",
        "from=2026-00",
        "from=x",
        "from=-1--1",
        f"from={10**30}-1",
        "from=%D9%A2-1",
        "place=999999999999",
        "place=-1",
        "place=x",
        "place=%00",
        "series=0",
        "audience=dogs",
        "kind=%00",
        "state=%ff",
    ],
)
def test_anything_can_be_asked_of_the_calendar(visit, plan, query):
    plan()
    assert visit.get(f"/staff/events/?{query}").status_code == 200
    assert visit.get(f"/staff/events/register.csv?{query}").status_code == 200


def test_events_that_are_over_and_still_called_planned_are_asked_about(visit, plan):
    plan("Forgotten", date(2026, 10, 5))
    plan("Today")
    visit.get("/staff/events/")
    late = visit.text.split("Did these take place?")[1].split("</section>")[0]
    assert "Forgotten" in late
    assert "Today" not in late


def test_a_partner_reads_the_calendar_and_changes_nothing(sign_in, viewer, plan, database):
    with database.writing() as session, session.begin():
        session.merge(viewer).role = Role.PARTNER
    event = plan()
    visit = sign_in(viewer)
    assert visit.get("/staff/events/").status_code == 200
    assert "Add an event" not in visit.text
    assert visit.get(f"/staff/events/{event.id}").status_code == 200
    assert f"/staff/events/{event.id}/change" not in visit.text
    for path in ("new", f"{event.id}/change", f"{event.id}/cancel", "places"):
        assert visit.get(f"/staff/events/{path}").status_code == 403


# The register as a file


def rows(reply) -> list[list[str]]:
    return list(csv.reader(io.StringIO(reply.get_data(as_text=True).removeprefix("\ufeff"))))


def test_the_register_is_a_file_with_a_line_for_each_event(visit, plan):
    plan(
        "=HYPERLINK(1)",
        date(2026, 10, 1),
        audiences=[Audience.PARENT, Audience.EVERYONE],
        tags=["lundy-2"],
        planned=60,
        attended=41,
        status=EventStatus.DONE,
        outcome="+they said",
    )
    plan("Later", date(2027, 12, 1))
    reply = visit.get("/staff/events/register.csv")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="events.csv"'
    headings, *found = rows(reply)
    assert [line[0] for line in found] == ["'=HYPERLINK(1)", "Later"]
    line = dict(zip(headings, found[0], strict=True))
    assert line == {
        **{"Name": "'=HYPERLINK(1)", "Sort": "Event", "Place": "", "Course or series": ""},
        **{"First day": "2026-10-01", "Last day": "2026-10-01", "Organisation": ""},
        **{"For whom": "Parents and carers; Everyone", "Expected": "60", "Came": "41"},
        **{"State": "Done", "Frameworks": "Voice", "About": "", "Outcome": "'+they said"},
    }
    twelve = rows(visit.get("/staff/events/register.csv?from=2026-09"))
    assert [line[0] for line in twelve[1:]] == ["'=HYPERLINK(1)"]
    assert len(rows(visit.get("/staff/events/register.csv?state=cancelled"))) == 1


# Places and series


@pytest.mark.parametrize("entries", ["places", "series"])
def test_the_lists_are_added_to_renamed_and_cleared(visit, entries, look):
    model = Place if entries == "places" else Series
    path, kind = f"/staff/events/{entries}", {"kind": "hub"}
    visit.get(path)
    assert "is in the list yet" in visit.text
    assert visit.post(path, {"name": " Birkwood  Hub ", **kind}).status_code == 303
    assert visit.post(path, {"name": "BIRKWOOD hub", **kind}).status_code == 422
    assert "“Birkwood Hub” is there" in visit.text
    assert visit.post(path, {"name": "x" * 201, **kind}).status_code == 422
    assert visit.post(path, {"name": "", **kind}).status_code == 422
    [(number, name)] = look(select(model.id, model.name))
    assert name == "Birkwood Hub"

    one = f"{path}/{number}"
    assert visit.get(one).status_code == 200
    assert visit.post(one, {"name": "Foxfield", "do": "save", **kind}).status_code == 303
    assert look(select(model.name)) == [("Foxfield",)]
    assert visit.post(one, {"do": "remove"}).status_code == 303
    assert look(select(func.count()).select_from(model)) == [(0,)]
    assert visit.get(one).status_code == 404
    assert [action for (action,) in look(select(AuditEvent.action))] == [
        f"{act} {'place' if entries == 'places' else 'series'}"
        for act in ("add", "change", "remove")
    ]


def test_a_place_that_events_use_is_not_taken_out_of_the_list(visit, plan, database, now):
    with database.writing() as session, session.begin():
        place = planning.add_place(session, "Hub", PlaceKind.HUB, now=now)
    plan(place=place)
    path = f"/staff/events/places/{place.id}"
    visit.get(path)
    assert 'value="remove"' not in visit.text
    assert visit.post(path, {"do": "remove"}).status_code == 409
    assert "“Hub” stands at events" in visit.text


@pytest.mark.parametrize("number", [0, 999_999, 2**31, 2**63, "one"])
def test_what_is_not_there_is_not_found(visit, number):
    for path in (f"places/{number}", f"series/{number}", f"{number}", f"{number}/change"):
        assert visit.get(f"/staff/events/{path}").status_code == 404


# Facilitators


def test_a_facilitator_runs_the_event_that_they_add_and_keeps_others_in_charge(
    sign_in, facilitator, officer, look, database
):
    visit = sign_in(facilitator)
    visit.get("/staff/events/new")
    for word in ("new_place", "facilitators"):
        assert f'name="{word}"' not in visit.text
    sent = {**NEW, "facilitators": [officer.id], "new_place": "X", "new_place_kind": "hub"}
    visit.follow(visit.post("/staff/events/new", sent))
    assert visit.page.status_code == 200
    path = visit.page.request.path
    running = select(EventFacilitator.user_id)
    assert look(running) == [(facilitator.id,)]
    assert look(select(func.count()).select_from(Place)) == [(0,)]

    visit.get(f"{path}/change")
    sent = {**NEW, "name": "Renamed", **hidden(visit)}
    assert visit.post(f"{path}/change", sent).status_code == 303
    assert look(running) == [(facilitator.id,)]


def test_a_facilitator_is_told_nothing_about_everybodys_calendar(sign_in, facilitator, plan):
    plan("Not mine", planned=5)
    plan("Not mine, late", date(2026, 10, 1))
    plan("Mine", facilitators=[facilitator])
    visit = sign_in(facilitator)
    visit.get("/staff/events/")
    assert names(visit) == ["Mine"]
    assert "young people:" not in visit.text
    assert "Not mine" not in visit.text
    assert [line[0] for line in rows(visit.get("/staff/events/register.csv"))[1:]] == ["Mine"]
