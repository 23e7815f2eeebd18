"""Events: what happens on a day, where, in which series, and who runs it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.people import Organisation, User
from feedback.vocabulary import EventKind, EventStatus, PlaceKind


class Place(Base):
    """Where things happen: a hub, a school, a clinic, an area; the same list for all events."""

    __tablename__ = "place"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[PlaceKind] = mapped_column(word(PlaceKind))
    created_at: Mapped[datetime]


class Series(Base):
    """A course or another row of events that belong together, and whom it was designed with."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    about: Mapped[str] = mapped_column(Text, default="")
    designed_with: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]


class Event(Base):
    """Something that happens on a day; collections ask about it.

    `audiences` holds words of `vocabulary.Audience`, `tags` codes of `frameworks`. `outcome` says
    what came of it, or why it was cancelled. `version` goes up with each change, so that two
    people who change it at once are told.
    """

    __tablename__ = "event"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_it_begins"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[EventKind] = mapped_column(word(EventKind))
    status: Mapped[EventStatus] = mapped_column(word(EventStatus), default=EventStatus.PLANNED)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date]
    audiences: Mapped[list[Any]] = mapped_column(JSON)
    tags: Mapped[list[Any]] = mapped_column(JSON)
    planned: Mapped[int | None]
    attended: Mapped[int | None]
    about: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    series: Mapped[Series | None] = relationship(lazy="raise_on_sql")
    place: Mapped[Place | None] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    facilitators: Mapped[list[User]] = relationship(
        secondary="event_facilitator", order_by=User.name, lazy="raise_on_sql"
    )


class EventFacilitator(Base):
    """Who runs an event and therefore sees it."""

    __tablename__ = "event_facilitator"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
