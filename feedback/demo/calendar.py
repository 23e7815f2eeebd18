"""The calendar of the demonstration: places, series, what happened and what is to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from feedback.demo.people import Maker, planted
from feedback.demo.training import Sitting, talkative
from feedback.models.collections import Collection
from feedback.models.events import Event, EventFacilitator, Place, Series
from feedback.models.people import Organisation, User
from feedback.services import planning
from feedback.vocabulary import (
    Audience,
    EventKind,
    EventStatus,
    OrganisationKind,
    Part,
    PlaceKind,
    Role,
)

SEATS = 12  # of a training session
ONE_IN = 6  # of the training sessions is run by each facilitator
_ON_WORKING_DAYS = {EventKind.TRAINING, EventKind.VISIT, EventKind.PANEL}

Named = TypeVar("Named", Place, Series, Organisation)


@dataclass(frozen=True)
class Calendar:
    """All events that were planned: by their names in planted.yaml, and the training sessions.

    `talkative` is the session where enough people wrote.
    """

    events: Mapping[str, Event]
    sessions: Sequence[Event]
    talkative: Event


def plan(session: Session, maker: Maker, sittings: Sequence[Sitting], *, now: datetime) -> Calendar:
    """Put everything into the calendar, with places, series and organisations where they lack."""
    rules = planted()
    places = {
        name: _named(session, Place, name, kind=PlaceKind(kind), created_at=now)
        for kind, names in rules["places"].items()
        for name in names
    }
    series = {
        key: _named(
            session,
            Series,
            each["name"],
            about=each["about"],
            designed_with=each["designed_with"],
            created_at=now,
        )
        for key, each in rules["series"].items()
    }
    bodies = {
        key: _named(
            session,
            Organisation,
            each["name"],
            kind=OrganisationKind(each["kind"]),
            created_at=now,
        )
        for key, each in rules["organisations"].items()
    }
    session.flush()
    chance = maker.chance("calendar")
    events = {
        key: planning.plan(
            session,
            each["name"],
            EventKind(each["kind"]),
            (day := _day(maker, each)),
            ends_on=_end(maker, each),
            series=series.get(each.get("series", "")),
            place=places.get(each.get("place", "")),
            organisation=bodies[each["by"]],
            audiences=[Audience(word) for word in each["for"]],
            planned=each.get("planned"),
            attended=each.get("attended"),
            about=each.get("about", ""),
            status=_status(maker, each, _end(maker, each) or day),
            chance=chance,
            now=now,
        )
        for key, each in rules["events"].items()
    }
    sessions = [
        planning.plan(
            session,
            f"SEND training, {sitting.hub}",
            EventKind.TRAINING,
            sitting.day,
            series=series["training"],
            place=places[sitting.hub],
            organisation=bodies["council"],
            audiences=[Audience.PRACTITIONER],
            planned=SEATS,
            attended=sitting.size,
            status=EventStatus.DONE,
            chance=chance,
            now=now,
        )
        for sitting in sittings
    ]
    return Calendar(events, sessions, sessions[talkative(sittings).number])


def hand_over(session: Session, calendar: Calendar, chance: Random) -> None:
    """Let the demonstration's facilitators run some training sessions, the next one too."""
    found = select(User).where(User.demonstration, User.role == Role.FACILITATOR)
    theirs = [calendar.events["next_session"], calendar.talkative]
    others = [event for event in calendar.sessions if event is not calendar.talkative]
    for user in session.scalars(found.order_by(User.email)):
        for event in [*theirs, *chance.sample(others, len(others) // ONE_IN)]:
            session.add(EventFacilitator(event_id=event.id, user_id=user.id))
    session.flush()


def take_away(session: Session, moments: Sequence[datetime]) -> None:
    """Take the demonstration's events away: those put in at the moments of its loading.

    Collections that a visitor opened for one of them stay, on their own. Places and series go
    where nothing else refers to them; organisations stay, for staff belong to them.
    """
    ours = select(Event.id).where(Event.created_at.in_(moments))
    session.execute(
        update(Collection)
        .where(Collection.event_id.in_(ours))
        .values(event_id=None, part=Part.WHOLE)
        .execution_options(synchronize_session=False)
    )
    whole = {"synchronize_session": False}
    session.execute(delete(Event).where(Event.created_at.in_(moments)), execution_options=whole)
    rules = planted()
    places = [name for names in rules["places"].values() for name in names]
    series = [each["name"] for each in rules["series"].values()]
    for model, names, column in (
        (Place, places, Event.place_id),
        (Series, series, Event.series_id),
    ):
        used = exists().where(column == model.id)
        unused = delete(model).where(model.name.in_(names), ~used)
        session.execute(unused, execution_options=whole)
    session.expire_all()


def _named(session: Session, model: type[Named], name: str, **facts: Any) -> Named:
    """The one of this name, put into the list where it is not there."""
    found = session.scalars(select(model).where(model.name == name)).first()
    if found is None:
        found = model(name=name, **facts)
        session.add(found)
    return found


def _day(maker: Maker, each: Mapping[str, Any]) -> date:
    if "last" in each:
        weekday, days_ago = each["last"]
        return maker.last(weekday, days_ago=days_ago)
    day = maker.today + timedelta(days=each["days"])
    if EventKind(each["kind"]) in _ON_WORKING_DAYS:
        day -= timedelta(days=max(day.weekday() - 4, 0))
    return day


def _end(maker: Maker, each: Mapping[str, Any]) -> date | None:
    days = each.get("ends_in_days")
    return None if days is None else maker.today + timedelta(days=days)


def _status(maker: Maker, each: Mapping[str, Any], last_day: date) -> EventStatus:
    if "status" in each:
        return EventStatus(each["status"])
    return EventStatus.DONE if last_day < maker.today else EventStatus.PLANNED
