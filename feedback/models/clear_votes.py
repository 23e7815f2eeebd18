"""Whether pages for everybody are clear: counts a day, and nobody behind them."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, word
from feedback.vocabulary import Presentation


class ClearTap(Base):
    """One browser said today whether one page is clear; gone when the day is over.

    `mark` is a keyed hash of the page, the day, and what the browser's cookie was drawn by chance
    for: nobody can tell from it who it was, which page, or what they said. SQLite keeps the table
    in the order of its key, so that it does not say who came first.
    """

    __tablename__ = "clear_tap"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 -- as SQLAlchemy reads it

    day: Mapped[date] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)


class ClearVotes(Base):
    """How many found a page clear on one day, as they read it, and how many did not quite."""

    __tablename__ = "clear_votes"
    __table_args__ = (CheckConstraint("yes >= 0 and no >= 0", name="no_fewer_than_none"),)

    page: Mapped[str] = mapped_column(String(80), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    presentation: Mapped[Presentation] = mapped_column(word(Presentation), primary_key=True)
    yes: Mapped[int] = mapped_column(default=0)
    no: Mapped[int] = mapped_column(default=0)
