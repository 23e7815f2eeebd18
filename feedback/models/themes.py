"""Codebooks and their themes, and what people and machine make of each comment."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.vocabulary import CodingState, RunState

JsonList = Mapped[list[Any]]
JsonDict = Mapped[dict[str, Any]]


class Codebook(Base):
    """A list of themes that comments are coded with; the one in use is read with."""

    __tablename__ = "codebook"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    in_use: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class CodebookVersion(Base):
    """A codebook as it stood after one change; the highest number is how it stands now."""

    __tablename__ = "codebook_version"
    __table_args__ = (UniqueConstraint("codebook_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    codebook_id: Mapped[int] = mapped_column(ForeignKey("codebook.id"))
    number: Mapped[int]
    what: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]

    codebook: Mapped[Codebook] = relationship(lazy="raise_on_sql")


class Theme(Base):
    """One theme for as long as its codebook lasts; its words stand in each version.

    A theme that was merged into another is read as that one: codings are never moved. Of one that
    was split, the parts say what they came from, and people look at its comments again.
    """

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("codebook_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    codebook_id: Mapped[int] = mapped_column(ForeignKey("codebook.id"))
    code: Mapped[str] = mapped_column(String(40))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)


class ThemeWording(Base):
    """A theme as it reads in one version of its codebook; one that is not there is retired."""

    __tablename__ = "theme_wording"

    version_id: Mapped[int] = mapped_column(
        ForeignKey("codebook_version.id", ondelete="CASCADE"), primary_key=True
    )
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    definition: Mapped[str] = mapped_column(Text)
    seeds: JsonList = mapped_column(JSON)
    examples: JsonList = mapped_column(JSON)
    tags: JsonList = mapped_column(JSON)

    theme: Mapped[Theme] = relationship(lazy="raise_on_sql")


class ThemingRun(Base):
    """One reading of all comments by the machine: with which codebook, how, and how well.

    `model` is what was learned, kept only until the run is finished, so that a run that was
    stopped goes on with the same. `beat_at` is when the run last kept something.
    """

    __tablename__ = "theming_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("codebook_version.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    state: Mapped[RunState] = mapped_column(word(RunState), index=True)
    learned_from: Mapped[int] = mapped_column(default=0)
    parameters: JsonDict = mapped_column(JSON)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    quality: JsonDict = mapped_column(JSON)
    model: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    version: Mapped[CodebookVersion] = relationship(lazy="raise_on_sql")


class Reading(Base):
    """One comment read once: by the machine in a run, or by a person.

    `level` is how the comment feels, 1 (very good) to 5 (very bad), and `sure` how sure that is.
    `unsure` says in words of `analysis.coding.Unsure` why a person should look; `turn` when, the
    lowest first. A `second` reading is a check: it was made without seeing the first.
    """

    __tablename__ = "reading"
    __table_args__ = (
        ForeignKeyConstraint(
            ["response_id", "question_id"],
            ["answer.response_id", "answer.question_id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("run_id", "response_id", "question_id"),
        UniqueConstraint(
            "user_id", "response_id", "question_id", name="uq_reading_user_id_response_id"
        ),
        Index("ix_reading_response_id_question_id", "response_id", "question_id"),
        Index("ix_reading_run_id_turn", "run_id", "turn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int]
    question_id: Mapped[int]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("theming_run.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("codebook_version.id"))
    second: Mapped[bool] = mapped_column(default=False)
    level: Mapped[int | None]
    sure: Mapped[float | None]
    unsure: Mapped[str] = mapped_column(String(60), default="")
    turn: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[datetime]


class Coding(Base):
    """A theme put on a comment, or refused for it.

    The machine's are suggested, with a `score` (probability) and the letters that moved it
    (`spans`: from, to, share). A person's are confirmed or refused; `suggested` says whether the
    machine had put the theme there before they looked.
    """

    __tablename__ = "coding"

    reading_id: Mapped[int] = mapped_column(
        ForeignKey("reading.id", ondelete="CASCADE"), primary_key=True
    )
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)
    state: Mapped[CodingState] = mapped_column(word(CodingState))
    suggested: Mapped[bool] = mapped_column(default=False)
    score: Mapped[float | None]
    level: Mapped[int | None]
    spans: JsonList = mapped_column(JSON)
