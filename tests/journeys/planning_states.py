"""The states of the pages about events and collections."""

import secrets
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from feedback.models.collections import Collection
from feedback.models.events import Event, Place, Series
from feedback.queries import surveys
from feedback.services import authoring, collecting, planning
from feedback.vocabulary import Audience, Channel, EventKind, EventStatus, Part, PlaceKind

from .people import various
from .site import OFFICER, Site, new_code
from .states import Place as Reached
from .states import State
from .surveys import walked

MANY = 30  # people: enough to show how many sent
TRAINING = "Family Hub SEND training"


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is."""
    return now().date()


def year_of_events(site: Site) -> Event:
    """Some months of a calendar, once; gives the training with its collections before and after."""
    with site.database.writing() as session, session.begin():
        known = session.scalars(select(Event).where(Event.name == TRAINING)).first()
        if known is not None:
            return known
        chance, moment = Random(1), now()
        hub = planning.add_place(session, "Birkwood Family Hub", PlaceKind.HUB, now=moment)
        school = planning.add_place(session, "Foxfield School", PlaceKind.SCHOOL, now=moment)
        series = planning.add_series(
            session, TRAINING, designed_with="the parent carer forum", now=moment
        )

        def plan(name: str, kind: EventKind, in_days: int, **more: object) -> Event:
            day = today() + timedelta(days=in_days)
            return planning.plan(session, name, kind, day, chance=chance, now=moment, **more)

        everyone = [Audience.PARENT, Audience.YOUNG_PERSON, Audience.PRACTITIONER]
        training = plan(
            TRAINING,
            EventKind.TRAINING,
            0,
            place=hub,
            series=series,
            audiences=[Audience.PRACTITIONER],
            planned=40,
            attended=36,
            tags=["area-10", "lundy-2"],
            about="What SEND support is, and how a plan comes about.",
        )
        plan("SEND Live", EventKind.EVENT, 20, place=school, audiences=everyone, planned=800)
        late = {"audiences": [Audience.PARENT], "planned": 60}
        plan("Listening evening", EventKind.LISTENING_SESSION, -20, place=hub, **late)
        plan(
            "Young inspectors’ visit",
            EventKind.VISIT,
            45,
            ends_on=today() + timedelta(days=47),
            place=school,
            audiences=[Audience.YOUNG_PERSON],
        )
        cancelled = plan("Summer panel", EventKind.PANEL, 80, audiences=[Audience.PARENT])
        planning.cancel(session, cancelled, "The hall was flooded.", version=1, now=moment)
        plan(
            "Transport walkabout",
            EventKind.VISIT,
            2,
            audiences=[Audience.EVERYONE],
            status=EventStatus.PLANNED,
        )
        for part, survey in ((Part.BEFORE, "before"), (Part.AFTER, "after")):
            opens = moment - timedelta(days=1) + (part is Part.AFTER) * timedelta(days=2)
            _open(session, survey, training, part, opens)
        _open(session, "live", training, Part.WHOLE, moment - timedelta(days=1))
    return training


def _open(session, survey: str, event: Event, part: Part, opens_at) -> None:
    edition = surveys.newest_edition(session, survey)
    if edition is None:
        edition = authoring.keep_draft(session, walked()[survey], now=now())
        authoring.publish(session, edition, now=now())
    collecting.open_collection(
        session,
        edition,
        new_code(),
        f"{event.name}: {part.value}",
        audience=Audience.PRACTITIONER,
        opens_at=opens_at,
        event=event,
        part=part,
        channels=[Channel.OWN_PHONE, Channel.PAPER],
        now=now(),
    )


def _as_officer(path: str, place: Reached) -> None:
    event = year_of_events(place.site)
    place.phone.sign_in(OFFICER)
    place.phone.goto(path.format(event=event.id))


def _sent_empty(path: str, place: Reached) -> None:
    _as_officer(path, place)
    place.press("main form.office-form button.govuk-button:not(.govuk-button--secondary)")


def _wrong_event(place: Reached) -> None:
    _as_officer("/staff/events/new", place)
    page = place.phone.page
    page.locator("#starts_on").fill("2026-11-14")
    page.locator("#ends_on").fill("2026-11-13")
    page.locator("#planned").fill("-5")
    page.locator("details summary", has_text="course or series").click()
    page.locator("#new_series").fill("Long " * 60)
    place.press("main form.office-form > .govuk-button-group button")


def _changed_meanwhile(place: Reached) -> None:
    _as_officer("/staff/events/{event}/change", place)
    page = place.phone.page
    other = place.phone.context.new_page()
    other.goto(page.url)
    other.locator("#planned").fill(str(secrets.randbelow(900) + 50))
    other.locator("#about").fill(f"Changed by somebody else {secrets.token_hex(3)}.")
    with other.expect_navigation():
        other.locator("main form.office-form > .govuk-button-group button").click()
    other.close()
    page.locator("#about").fill("My own words about it.")
    place.press("main form.office-form > .govuk-button-group button")


def _collection(path: str, place: Reached) -> None:
    event = year_of_events(place.site)
    with place.site.database.reading() as session:
        whole = Collection.event_id == event.id, Collection.part == Part.WHOLE
        collection = session.scalars(select(Collection).where(*whole)).one()
    if place.site.sent(collection) == 0:
        place.site.answer(collection, *various(walked()["live"], MANY))
    place.phone.sign_in(OFFICER)
    place.phone.goto(path.format(id=collection.id))


def _extended(place: Reached) -> None:
    _collection("/staff/collection/{id}/settings", place)
    page = place.phone.page
    page.locator("#extend summary").click()
    page.locator("#closes_on").fill("2099-12-01")
    page.locator("#reason").fill("Families asked for more time.")
    place.press("#extend button")


def _extended_wrongly(place: Reached) -> None:
    _collection("/staff/collection/{id}/settings", place)
    place.phone.page.locator("#extend summary").click()
    place.press("#extend button")


def _taken_code(place: Reached) -> None:
    event = year_of_events(place.site)
    _as_officer(f"/staff/collections/new?event={event.id}", place)
    page = place.phone.page
    page.locator("#edition").check()
    page.locator("#audience").check()
    page.locator("#code").fill(event.code)
    place.press("main form.office-form > .govuk-button-group button")


def _event_page(place: Reached) -> None:
    place.phone.goto(f"/e/{year_of_events(place.site).code}")


def _cancelled_event(place: Reached) -> None:
    year_of_events(place.site)
    with place.site.database.reading() as session:
        cancelled = select(Event).where(Event.status == EventStatus.CANCELLED)
        event = session.scalars(cancelled).first()
    place.phone.goto(f"/e/{event.code}")


def _first_of(entries: str, kind: type[Place] | type[Series], place: Reached) -> None:
    year_of_events(place.site)
    with place.site.database.reading() as session:
        entry = session.scalars(select(kind).order_by(kind.id)).first()
    _as_officer(f"/staff/events/{entries}/{entry.id}", place)


def planning_office() -> list[State]:
    """Every state of the pages about events and collections, for staff."""
    event, lists = "/staff/events/{event}", "/staff/events"
    settings = "/staff/collection/{id}/settings"
    return [
        State("calendar", partial(_as_officer, "/staff/events/")),
        State("calendar, empty", partial(_as_officer, "/staff/events/?from=2090-01")),
        State("calendar, none found", partial(_as_officer, "/staff/events/?kind=survey_round")),
        State("event", partial(_as_officer, event)),
        State("event, new", partial(_as_officer, "/staff/events/new")),
        State("event, new, errors", _wrong_event, 422, error=True),
        State("event, change", partial(_as_officer, f"{event}/change")),
        State("event, changed by two", _changed_meanwhile, 409),
        State("event, cancel", partial(_as_officer, f"{event}/cancel")),
        State("event, cancel, no reason", partial(_sent_empty, f"{event}/cancel"), 422, error=True),
        State("event, done", partial(_as_officer, f"{event}/done")),
        State("places", partial(_as_officer, f"{lists}/places")),
        State("places, no name", partial(_sent_empty, f"{lists}/places"), 422, error=True),
        State("place", partial(_first_of, "places", Place)),
        State("list of series", partial(_as_officer, f"{lists}/series")),
        State("one series", partial(_first_of, "series", Series)),
        State("collection, new", partial(_as_officer, "/staff/collections/new?event={event}")),
        State("collection, new, errors", _taken_code, 422, error=True),
        State("collection, settings", partial(_collection, settings)),
        State("collection, extended", _extended),
        State("collection, extended wrongly", _extended_wrongly, 422, error=True),
        State("collection, change", partial(_collection, "/staff/collection/{id}/change")),
        State("collection, take away?", partial(_collection, "/staff/collection/{id}/withdraw")),
    ]


def planning_answering() -> list[State]:
    """Every state of an event's own page."""
    return [
        State("event page", _event_page),
        State("event page, cancelled", _cancelled_event),
        State("event page, unknown", lambda place: place.phone.goto("/e/nothing"), 404),
    ]
