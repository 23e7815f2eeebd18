"""Events, places and series."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from feedback.models.base import LARGEST_ID
from feedback.models.collections import Collection
from feedback.models.events import Event, Place, Series
from feedback.models.people import Organisation, User
from feedback.queries.collections import LONGEST_TYPED, plain_code
from feedback.queries.reach import run_by
from feedback.vocabulary import PERMISSIONS_OF, Audience, EventKind, EventStatus, Permission

T = TypeVar("T", Place, Series)


@dataclass(frozen=True)
class Wanted:
    """Which events a list shows; what is None does not matter."""

    since: date | None = None
    until: date | None = None
    audience: Audience | None = None
    place_id: int | None = None
    kind: EventKind | None = None
    status: EventStatus | None = None
    series_id: int | None = None


@dataclass(frozen=True)
class Used:
    """A place or a series with how many events refer to it."""

    entry: Place | Series
    events: int


def code_taken(session: Session, code: str) -> bool:
    """Whether an event or a collection has a short code, for both stand in printed addresses."""
    return bool(taken_of(session, [code]))


def taken_of(session: Session, codes: Sequence[str]) -> set[str]:
    """Those of some short codes that an event or a collection has."""
    either = union_all(
        select(Event.code).where(Event.code.in_(codes)),
        select(Collection.code).where(Collection.code.in_(codes)),
    )
    return set(session.scalars(either))


def by_code(session: Session, typed: str) -> Event | None:
    """The event, with its place, that answers to a short code, however it was typed."""
    code = plain_code(typed)
    if not code or len(code) > LONGEST_TYPED:
        return None
    found = select(Event).where(Event.code == code).options(joinedload(Event.place))
    return session.scalars(found).first()


def one(
    session: Session, event_id: int, *, only_of: int | None = None, lock: bool = False
) -> Event | None:
    """An event with all that it refers to.

    Args:
        only_of: whose events alone may be seen; None where all may.
        lock: keep others who change it waiting until this transaction ends.
    """
    if event_id > LARGEST_ID:
        return None
    found = _whole(select(Event).where(Event.id == event_id, *run_by(Event.id, only_of)))
    found = found.options(selectinload(Event.facilitators))
    if lock:
        found = found.with_for_update(of=Event).execution_options(populate_existing=True)
    return session.scalars(found).first()


def listed(session: Session, wanted: Wanted, *, only_of: int | None = None) -> Sequence[Event]:
    """Events in the order of their days."""
    found = _whole(select(Event).where(*_matching(wanted), *run_by(Event.id, only_of)))
    return session.scalars(found.order_by(Event.starts_on, Event.name, Event.id)).all()


def spans_for(
    session: Session, audience: Audience, *, since: date, until: date
) -> Sequence[tuple[date, date]]:
    """First and last days of what is planned or done for an audience, or for everyone."""
    return [
        (row.starts_on, row.ends_on)
        for row in session.execute(
            select(Event.starts_on, Event.ends_on)
            .where(*_matching(Wanted(since=since, until=until, audience=audience)))
            .where(Event.status != EventStatus.CANCELLED)
            .order_by(Event.starts_on)
        )
    ]


def overdue(session: Session, before: date, *, only_of: int | None = None) -> Sequence[Event]:
    """Events whose last day is over and that are still called planned, oldest first."""
    late = (Event.status == EventStatus.PLANNED, Event.ends_on < before)
    found = _whole(select(Event).where(*late, *run_by(Event.id, only_of)))
    return session.scalars(found.order_by(Event.ends_on, Event.id)).all()


def places(session: Session) -> Sequence[Place]:
    """All places by name."""
    return session.scalars(select(Place).order_by(func.lower(Place.name), Place.id)).all()


def series(session: Session) -> Sequence[Series]:
    """All series by name."""
    return session.scalars(select(Series).order_by(func.lower(Series.name), Series.id)).all()


def places_used(session: Session) -> Sequence[Used]:
    """All places by name, with how many events are at each."""
    return _used(session, Place, Event.place_id)


def series_used(session: Session) -> Sequence[Used]:
    """All series by name, with how many events belong to each."""
    return _used(session, Series, Event.series_id)


def entry(session: Session, kind: type[T], entry_id: int) -> T | None:
    """One place or series."""
    return session.get(kind, entry_id) if entry_id <= LARGEST_ID else None


def is_used(session: Session, entry: Place | Series) -> bool:
    """Whether an event refers to a place or a series."""
    column = Event.place_id if isinstance(entry, Place) else Event.series_id
    return bool(session.scalar(select(exists().where(column == entry.id))))


def organisations(session: Session) -> Sequence[Organisation]:
    """All organisations by name."""
    found = select(Organisation).order_by(func.lower(Organisation.name), Organisation.id)
    return session.scalars(found).all()


def who_may_run(session: Session) -> Sequence[User]:
    """Staff who may be put in charge of an event, by name."""
    roles = [role for role, granted in PERMISSIONS_OF.items() if Permission.PLAN in granted]
    found = select(User).where(User.role.in_(roles), User.ended_at.is_(None))
    return session.scalars(found.order_by(func.lower(User.name), User.id)).all()


def _used(
    session: Session,
    entry: type[Place] | type[Series],
    column: InstrumentedAttribute[int | None],
) -> list[Used]:
    counts = select(column.label("of"), func.count().label("events")).group_by(column).subquery()
    rows = session.execute(
        select(entry, counts.c.events)
        .outerjoin(counts, counts.c.of == entry.id)
        .order_by(func.lower(entry.name), entry.id)
    )
    return [Used(row[0], row[1] or 0) for row in rows]


def _whole(found: Select[Event]) -> Select[Event]:
    return found.options(
        joinedload(Event.place), joinedload(Event.series), joinedload(Event.organisation)
    )


def _matching(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(Event.ends_on >= wanted.since)
    if wanted.until is not None:
        found.append(Event.starts_on <= wanted.until)
    if wanted.audience is not None:
        found.append(_reaches(wanted.audience))
    for column, value in (
        (Event.place_id, wanted.place_id),
        (Event.kind, wanted.kind),
        (Event.status, wanted.status),
        (Event.series_id, wanted.series_id),
    ):
        if value is not None:
            found.append(column == value)
    return found


def _reaches(audience: Audience) -> ColumnElement[bool]:
    """For an audience, by name or because it is for everyone."""
    words = cast(Event.audiences, String)  # the list as it is written down, in every database
    return or_(
        *(
            words.contains(f'"{each.value}"', autoescape=True)
            for each in {audience, Audience.EVERYONE}
        )
    )
