"""Totals from elsewhere that stand beside what people said: complaints, tribunals, advice calls."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.people import User
from feedback.models.themes import Theme
from feedback.vocabulary import SourceKind


class SourceCount(Base):
    """How many of one kind there were between two days, on one theme or on everything.

    A total that names nobody. `base` says what it is counted out of or what counts, `source` where
    it is written. Two counts of the same kind and theme never overlap in time.
    """

    __tablename__ = "source_count"
    __table_args__ = (
        CheckConstraint("first_on <= last_on", name="source_period_begins_first"),
        CheckConstraint("number >= 0", name="source_number_is_a_count"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[SourceKind] = mapped_column(word(SourceKind))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(index=True)
    number: Mapped[int]
    base: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    kept_at: Mapped[datetime]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")
    keeper: Mapped[User | None] = relationship(lazy="raise_on_sql")
