"""What documents to print tell of: collections, events, pictures that people brought in.

`only_of` is the number of somebody who reaches only the events that they run.
"""

from collections.abc import Collection as Some
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from feedback.models.base import LARGEST_ID
from feedback.models.collections import Collection
from feedback.models.events import Event
from feedback.models.pictures import UploadedPicture
from feedback.models.surveys import Edition
from feedback.queries.reach import run_by
from feedback.vocabulary import EventStatus


def collection(
    session: Session, collection_id: int, *, only_of: int | None = None
) -> Collection | None:
    """A collection with its edition and its event, place and series."""
    if collection_id > LARGEST_ID:
        return None
    return session.scalars(
        select(Collection)
        .where(Collection.id == collection_id, *run_by(Collection.event_id, only_of))
        .options(
            joinedload(Collection.edition).joinedload(Edition.survey),
            joinedload(Collection.event).options(joinedload(Event.place), joinedload(Event.series)),
        )
    ).first()


def events_of_series(
    session: Session, series_id: int, *, only_of: int | None = None
) -> Sequence[Event]:
    """The events of a series with their places, but not those cancelled, in order of their days."""
    if series_id > LARGEST_ID:
        return []
    return session.scalars(
        select(Event)
        .where(
            Event.series_id == series_id,
            Event.status != EventStatus.CANCELLED,
            *run_by(Event.id, only_of),
        )
        .options(joinedload(Event.place))
        .order_by(Event.starts_on, Event.id)
    ).all()


def pictures(session: Session, names: Some[str]) -> dict[str, bytes]:
    """The content of pictures that people brought in, by name; one that is gone is missing."""
    if not names:
        return {}
    rows = session.execute(
        select(UploadedPicture.name, UploadedPicture.content).where(UploadedPicture.name.in_(names))
    )
    return dict(rows.tuples().all())
