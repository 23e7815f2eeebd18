"""Releases: numbered snapshots of figures for the public, frozen once they are made."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.surveys import Measure
from feedback.models.themes import Theme
from feedback.vocabulary import Audience, RunState


class Release(Base):
    """One numbered snapshot, by cycles. Whoever asks for it leaves this row; a worker makes it."""

    __tablename__ = "release"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    state: Mapped[RunState] = mapped_column(word(RunState))
    until: Mapped[date]  # the last day that counts
    note: Mapped[str] = mapped_column(String(500))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]


class ReleasedMeasure(Base):
    """One measure in a release: what everybody may read, and what waits for a later one."""

    __tablename__ = "released_measure"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)

    measure: Mapped[Measure] = relationship(lazy="raise_on_sql")


class ReleasedTheme(Base):
    """How many people of one audience raised a theme, in a release: what everybody may read."""

    __tablename__ = "released_theme"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    audience: Mapped[Audience] = mapped_column(word(Audience), primary_key=True)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)

    theme: Mapped[Theme] = relationship(lazy="raise_on_sql")
