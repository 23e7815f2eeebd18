"""What people say about series of figures: how the year is cut, and notes on charts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.people import User
from feedback.models.surveys import Measure
from feedback.vocabulary import NoteKind


class ReportingYearSaid(Base):
    """How the partnership cuts its year; the newest row holds.

    `terms` holds the month and day on which each term begins.
    """

    __tablename__ = "reporting_year"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycles_from: Mapped[date]
    terms: Mapped[list[Any]] = mapped_column(JSON)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    said_at: Mapped[datetime]


class ChartNote(Base):
    """A note on charts: a service changed, limits begin anew, or a span of days does not count.

    Without a measure it stands on all charts, as only a change of a service does. Whoever wrote
    it stands beside it; one that was taken back stays, with who did it and when.
    """

    __tablename__ = "chart_note"
    __table_args__ = (
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="ends_after_it_begins"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)
    kind: Mapped[NoteKind] = mapped_column(word(NoteKind))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise_on_sql")
    measure: Mapped[Measure | None] = relationship(lazy="raise_on_sql")


class MeasureTarget(Base):
    """What a partnership wants a measure to reach: a per cent, or a number on its scale."""

    __tablename__ = "measure_target"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    value: Mapped[float]
    words: Mapped[str] = mapped_column(Text)  # who set it, and why this and no other
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[datetime]
