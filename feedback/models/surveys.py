"""Surveys as data: a lasting survey, its frozen editions and what each of them asks."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    event,
    inspect,
    select,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.vocabulary import Audience, Better, EditionStatus, Match, QuestionKind, Test

JsonList = Mapped[list[Any]]
JsonDict = Mapped[dict[str, Any]]


class EditionFrozen(Exception):
    """Something tried to change a published edition; corrections make a new edition."""


class Survey(Base):
    """A lasting purpose; what it asks stands in its editions."""

    __tablename__ = "survey"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    created_at: Mapped[datetime]


class Measure(Base):
    """What stays comparable across editions and places."""

    __tablename__ = "measure"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    title: JsonDict = mapped_column(JSON)
    better: Mapped[Better] = mapped_column(word(Better))
    top: JsonList = mapped_column(JSON)


class Edition(Base):
    """One version of a survey's questions; frozen once it is published."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    status: Mapped[EditionStatus] = mapped_column(word(EditionStatus), default=EditionStatus.DRAFT)
    audience: Mapped[Audience] = mapped_column(word(Audience))
    languages: JsonList = mapped_column(JSON)
    easy_first: Mapped[bool]
    minutes: Mapped[int]
    title: JsonDict = mapped_column(JSON)
    asked_by: JsonDict = mapped_column(JSON)
    why: JsonDict = mapped_column(JSON)
    read_by: JsonDict = mapped_column(JSON)
    afterwards: JsonDict = mapped_column(JSON)
    glossary: JsonList = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    survey: Mapped[Survey] = relationship(lazy="raise_on_sql")
    pages: Mapped[list["Page"]] = relationship(
        order_by="Page.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class DraftRevision(Base):
    """A draft as it stood after one change; the highest number is how it stands now.

    A draft's questions are kept here as one tree and become rows when it is published, so that
    a change is one row, an earlier state can be taken back, and two people who change one
    draft at the same moment can be told apart.
    """

    __tablename__ = "draft_revision"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    tree: JsonDict = mapped_column(JSON)
    what: Mapped[str] = mapped_column(String(60))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    saved_at: Mapped[datetime]


class Page(Base):
    """What is shown at once; its routes say when."""

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("edition_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    title: JsonDict = mapped_column(JSON)
    statements: JsonList = mapped_column(JSON)
    match: Mapped[Match] = mapped_column(word(Match), default=Match.ALL)

    questions: Mapped[list["Question"]] = relationship(
        order_by="Question.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    routes: Mapped[list["Route"]] = relationship(
        order_by="Route.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class Question(Base):
    """One thing asked on a page."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("page_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    kind: Mapped[QuestionKind] = mapped_column(word(QuestionKind))
    ask: JsonDict = mapped_column(JSON)
    help: JsonDict = mapped_column(JSON)
    reason: JsonDict = mapped_column(JSON)
    picture: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    required: Mapped[bool]
    dont_know: Mapped[bool]
    skip: Mapped[bool]
    points: Mapped[int | None]
    lowest: Mapped[int]
    highest: Mapped[int]
    low_label: JsonDict = mapped_column(JSON)
    high_label: JsonDict = mapped_column(JSON)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)

    measure: Mapped[Measure | None] = relationship(lazy="raise_on_sql")
    options: Mapped[list["Option"]] = relationship(
        order_by="Option.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class Option(Base):
    """One of the answers that a person can choose."""

    __tablename__ = "option"
    __table_args__ = (UniqueConstraint("question_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    label: JsonDict = mapped_column(JSON)
    picture: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    score: Mapped[int | None]


class Route(Base):
    """One condition under which a page is shown: a test of an earlier question's answer."""

    __tablename__ = "route"
    __table_args__ = (UniqueConstraint("page_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    position: Mapped[int]
    question: Mapped[str] = mapped_column(String(40))
    test: Mapped[Test] = mapped_column(word(Test))
    values: JsonList = mapped_column(JSON)


# A published edition never changes: whoever tries, through whatever page, is stopped here.


_PAGES = select(Edition.status).join(Page, Page.edition_id == Edition.id)
# What a part belongs to: the column, and how its edition is found from there.
_OWNERS: dict[type, tuple[str, Select[EditionStatus]]] = {
    Page: ("edition_id", select(Edition.status).where(Edition.id == bindparam("owner"))),
    Question: ("page_id", _PAGES.where(Page.id == bindparam("owner"))),
    Route: ("page_id", _PAGES.where(Page.id == bindparam("owner"))),
    Option: (
        "question_id",
        _PAGES.join(Question, Question.page_id == Page.id).where(Question.id == bindparam("owner")),
    ),
}


def _refuse_part(_mapper: Mapper[Any], connection: Connection, part: Any) -> None:
    """Stop a part of a published edition from changing, coming, going or moving away."""
    column, status_of = _OWNERS[type(part)]
    owners = inspect(part).attrs[column].history
    for owner in {*owners.added, *owners.unchanged, *owners.deleted} - {None}:
        if connection.scalar(status_of, {"owner": owner}) not in (None, EditionStatus.DRAFT):
            raise EditionFrozen(f"{type(part).__name__} of a published edition")


def _refuse_edition(_mapper: Mapper[Any], connection: Connection, edition: Edition) -> None:
    table = Edition.__table__
    before = connection.execute(select(table).where(table.c.id == edition.id)).mappings().first()
    if before is None or before["status"] is EditionStatus.DRAFT:
        return
    life = {"status", "published_at"}
    kept = all(before[key] == getattr(edition, key) for key in before.keys() - life)
    if not kept or edition.status is EditionStatus.DRAFT:
        raise EditionFrozen("a published edition")


for _part in (Page, Question, Option, Route):
    for _moment in ("before_insert", "before_update", "before_delete"):
        event.listen(_part, _moment, _refuse_part)
event.listen(Edition, "before_update", _refuse_edition)
