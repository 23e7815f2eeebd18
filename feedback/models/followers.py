"""Who wants to be told what happened: a store of its own, with no key to the answers.

These tables never stand in the database that holds the answers, so they have a base of their own.
Nothing in them says when somebody came: keys are random, and what a row is sorted by, counted by or
deleted by is the same for many people. See decision 32.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from feedback.models.base import Base

# SQLite keeps such a table in the order of its key, and numbers no rows beside it.
BY_KEY: dict[str, Any] = {"sqlite_with_rowid": False}


class AddressBase(DeclarativeBase):
    """Where the tables of the address store are declared."""

    metadata = MetaData(naming_convention=Base.metadata.naming_convention)
    type_annotation_map = Base.type_annotation_map


class Follower(AddressBase):
    """Somebody who wants to be told what happens after a survey, or who was asked whether they do.

    `sealed` holds the address, the language and the presentation, unreadable without the host's
    secret; `mark` finds the same address again for the same survey and nowhere else. `asked` is
    how often they were asked; `bounces` how often a mail server knew no such person. What is past
    `delete_on` is deleted: until somebody says yes that is a Sunday, then the end of a half-year.
    """

    __tablename__ = "follower"
    __table_args__ = BY_KEY

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    sealed: Mapped[bytes]
    survey: Mapped[str] = mapped_column(String(40), index=True)
    confirmed: Mapped[bool] = mapped_column(default=False)
    asked: Mapped[int] = mapped_column(default=1)
    bounces: Mapped[int] = mapped_column(default=0)
    delete_on: Mapped[date] = mapped_column(index=True)


class Letter(AddressBase):
    """A message on its way to somebody; gone once a mail server has it.

    How many messages somebody had would tell when they came, so none is kept of those handed over.
    Whoever takes a letter counts a try and sets the moment of the next one first: so of two
    workers one has it, and it is tried again where that worker was killed.
    """

    __tablename__ = "letter"
    __table_args__ = BY_KEY

    follower_id: Mapped[str] = mapped_column(
        ForeignKey("follower.id", ondelete="CASCADE"), primary_key=True
    )
    about: Mapped[str] = mapped_column(String(80), primary_key=True)
    tries: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(index=True)


class Told(AddressBase):
    """One piece of news that letters were written about, so that nobody is told of it twice.

    Also one letter that came back late, under its keyed name, so that it is counted once: such a
    note goes when nobody is asked about that letter any more.
    """

    __tablename__ = "told"
    __table_args__ = BY_KEY

    about: Mapped[str] = mapped_column(String(80), primary_key=True)
