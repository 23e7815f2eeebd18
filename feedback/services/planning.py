"""Plans events: what happens when, where, for whom, who runs it, and what came of it."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback.errors import (
    ChangedMeanwhile,
    EndsBeforeItBegins,
    InListAlready,
    NotPlannedAnyMore,
    StillToCome,
    StillUsed,
)
from feedback.models.events import Event, Place, Series
from feedback.models.people import Organisation, User
from feedback.queries import events
from feedback.services import audit
from feedback.vocabulary import Audience, EventKind, EventStatus, PlaceKind

CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another in print
CODE_LENGTH = 5

T = TypeVar("T", Place, Series)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is said about an event.

    `new_place` and `new_series` are put into their lists, or found there by their names; then
    `place` and `series` do not count.
    """

    name: str
    kind: EventKind
    starts_on: date
    ends_on: date | None = None
    series: Series | None = None
    place: Place | None = None
    organisation: Organisation | None = None
    audiences: Collection[Audience] = ()
    tags: Collection[str] = ()
    planned: int | None = None
    attended: int | None = None
    about: str = ""
    outcome: str = ""
    facilitators: Sequence[User] = ()
    new_series: str = ""
    new_place: tuple[str, PlaceKind] | None = None


def plan(
    session: Session,
    name: str,
    kind: EventKind,
    starts_on: date,
    *,
    status: EventStatus = EventStatus.PLANNED,
    user_id: int | None = None,
    chance: Random,
    now: datetime,
    **more: Any,
) -> Event:
    """Put an event into the calendar; it gets a short code of its own.

    Args:
        status: done, for what has taken place already, perhaps without this program.
        user_id: who does it, for the record; None for the program itself, which leaves no line.
        more: the other `Facts`.

    Raises:
        EndsBeforeItBegins: the last day is before the first.
    """
    event = Event(code=_code(session, chance), status=status, version=1, created_at=now)
    _keep(session, event, Facts(name=name, kind=kind, starts_on=starts_on, **more), now=now)
    session.add(event)
    session.flush()
    _note(session, user_id, "plan event", event.code, now=now)
    return event


def change(
    session: Session,
    event: Event,
    facts: Facts,
    *,
    version: int,
    user_id: int | None = None,
    now: datetime,
) -> None:
    """Say something else about an event.

    Args:
        event: as `queries.events.one` locks it.
        version: the one that the person saw when they began.

    Raises:
        ChangedMeanwhile: somebody else changed the event since.
        EndsBeforeItBegins: the last day is before the first.
    """
    _expect(event, version)
    _keep(session, event, facts, now=now)
    _changed(session, user_id, "change event", event, now=now)


def cancel(
    session: Session,
    event: Event,
    reason: str,
    *,
    version: int,
    user_id: int | None = None,
    now: datetime,
) -> None:
    """Say that a planned event does not take place; it stays in the calendar with the reason.

    Raises:
        ChangedMeanwhile: somebody else changed the event since.
        NotPlannedAnyMore: it is cancelled or done already.
    """
    _expect(event, version)
    _expect_planned(event)
    event.status, event.outcome = EventStatus.CANCELLED, reason
    _changed(session, user_id, "cancel event", event, now=now)


def done(
    session: Session,
    event: Event,
    attended: int | None,
    outcome: str = "",
    *,
    today: date,
    version: int,
    user_id: int | None = None,
    now: datetime,
) -> None:
    """Say that an event has taken place, how many came and what came of it.

    Args:
        today: the day it is where the host is.

    Raises:
        ChangedMeanwhile: somebody else changed the event since.
        NotPlannedAnyMore: it is cancelled or done already.
        StillToCome: its first day has not come.
    """
    _expect(event, version)
    _expect_planned(event)
    if event.starts_on > today:
        raise StillToCome
    event.status, event.attended, event.outcome = EventStatus.DONE, attended, outcome
    _changed(session, user_id, "event done", event, now=now)


def plan_again(
    session: Session, event: Event, *, version: int, user_id: int | None = None, now: datetime
) -> None:
    """Take back that an event was cancelled, or that it has taken place.

    The reason of a cancelled one goes; how many came and what came of it stays.

    Raises:
        ChangedMeanwhile: somebody else changed the event since.
    """
    _expect(event, version)
    if event.status is EventStatus.CANCELLED:
        event.outcome = ""
    event.status = EventStatus.PLANNED
    _changed(session, user_id, "plan event again", event, now=now)


# Lists that events choose from


def add_place(
    session: Session, name: str, kind: PlaceKind, *, user_id: int | None = None, now: datetime
) -> Place:
    """Add a place to the list.

    Raises:
        InListAlready: a place of this name is there.
    """
    _free(name, events.places(session))
    place = _added(session, Place(name=name, kind=kind, created_at=now))
    _note(session, user_id, "add place", f"place {place.id}", now=now)
    return place


def add_series(
    session: Session,
    name: str,
    *,
    about: str = "",
    designed_with: str = "",
    user_id: int | None = None,
    now: datetime,
) -> Series:
    """Add a course or another row of events to the list.

    Raises:
        InListAlready: a series of this name is there.
    """
    _free(name, events.series(session))
    series = Series(name=name, about=about, designed_with=designed_with, created_at=now)
    _added(session, series)
    _note(session, user_id, "add series", f"series {series.id}", now=now)
    return series


def change_place(
    session: Session,
    place: Place,
    name: str,
    kind: PlaceKind,
    *,
    user_id: int | None = None,
    now: datetime,
) -> None:
    """Give a place another name or kind, at all its events.

    Raises:
        InListAlready: another place has the name.
    """
    _free(name, events.places(session), but=place)
    with _unique(session, name):
        place.name, place.kind = name, kind
    _note(session, user_id, "change place", f"place {place.id}", now=now)


def change_series(
    session: Session,
    series: Series,
    name: str,
    *,
    about: str,
    designed_with: str,
    user_id: int | None = None,
    now: datetime,
) -> None:
    """Give a series another name or other words.

    Raises:
        InListAlready: another series has the name.
    """
    _free(name, events.series(session), but=series)
    with _unique(session, name):
        series.name, series.about, series.designed_with = name, about, designed_with
    _note(session, user_id, "change series", f"series {series.id}", now=now)


def remove(
    session: Session, entry: Place | Series, *, user_id: int | None = None, now: datetime
) -> None:
    """Take a place or a series that no event refers to out of its list.

    Raises:
        StillUsed: an event refers to it.
    """
    name = entry.name
    what = "place" if isinstance(entry, Place) else "series"
    subject = f"{what} {entry.id}"
    if events.is_used(session, entry):
        raise StillUsed(name=name)
    try:
        with session.begin_nested():
            session.delete(entry)
    except IntegrityError:  # an event came to refer to it in this very moment
        raise StillUsed(name=name) from None
    _note(session, user_id, f"remove {what}", subject, now=now)


def _added(session: Session, entry: T) -> T:
    with _unique(session, entry.name):
        session.add(entry)
    return entry


@contextmanager
def _unique(session: Session, name: str) -> Iterator[None]:
    """Around a change of names: another one may get the same name in this very moment."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError:
        raise InListAlready(name=name) from None


def _named(name: str, entries: Sequence[T]) -> T | None:
    plain = name.casefold()
    return next((entry for entry in entries if entry.name.casefold() == plain), None)


def _free(name: str, entries: Sequence[T], *, but: T | None = None) -> None:
    same = _named(name, [entry for entry in entries if entry is not but])
    if same is not None:
        raise InListAlready(name=same.name)


# What changes have in common


def _keep(session: Session, event: Event, facts: Facts, *, now: datetime) -> None:
    ends_on = facts.ends_on or facts.starts_on
    if ends_on < facts.starts_on:
        raise EndsBeforeItBegins
    place, series = facts.place, facts.series
    if facts.new_place is not None:
        name, kind = facts.new_place
        place = _named(name, events.places(session)) or add_place(session, name, kind, now=now)
    if facts.new_series:
        name = facts.new_series
        series = _named(name, events.series(session)) or add_series(session, name, now=now)
    event.name, event.kind = facts.name, facts.kind
    event.starts_on, event.ends_on = facts.starts_on, ends_on
    event.place, event.series, event.organisation = place, series, facts.organisation
    event.audiences = [audience.value for audience in facts.audiences]
    event.tags = list(facts.tags)
    event.planned, event.attended = facts.planned, facts.attended
    event.about, event.outcome = facts.about, facts.outcome
    event.facilitators = list(facts.facilitators)


def _expect(event: Event, version: int) -> None:
    if event.version != version:
        raise ChangedMeanwhile


def _expect_planned(event: Event) -> None:
    if event.status is not EventStatus.PLANNED:
        raise NotPlannedAnyMore


def _changed(
    session: Session, user_id: int | None, action: str, event: Event, *, now: datetime
) -> None:
    event.version += 1
    session.flush()
    _note(session, user_id, action, event.code, now=now)


def _note(
    session: Session, user_id: int | None, action: str, subject: str, *, now: datetime
) -> None:
    if user_id is not None:
        audit.note(session, user_id, action, subject, now=now)


def _code(session: Session, chance: Random) -> str:
    """A short code that no event and no collection has."""
    while True:
        code = "".join(chance.choices(CODE_LETTERS, k=CODE_LENGTH))
        if not events.code_taken(session, code):
            return code
