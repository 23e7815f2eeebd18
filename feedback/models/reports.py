"""Reports: papers for a meeting, their sections, frozen versions, and whom those went to."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Connection,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.meetings import Meeting
from feedback.models.people import User
from feedback.models.releases import Release
from feedback.vocabulary import ReportKind

JsonList = Mapped[list[Any]]
JsonDict = Mapped[dict[str, Any]]


class VersionFrozen(Exception):
    """Somebody tried to change what was frozen, or what was noted of it."""


class Report(Base):
    """A paper that is being written; what went out stands in its versions.

    `since` and `until` are the evidence window: the days whose answers, insights and promises
    count. Figures are read from `release`; without one, from the newest that ends with the window.
    """

    __tablename__ = "report"
    __table_args__ = (CheckConstraint("since <= until", name="window_has_days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ReportKind] = mapped_column(word(ReportKind))
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(20))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    meeting: Mapped[Meeting | None] = relationship(lazy="raise_on_sql")
    release: Mapped[Release | None] = relationship(lazy="raise_on_sql")
    sections: Mapped[list["ReportSection"]] = relationship(
        order_by="ReportSection.position", lazy="raise_on_sql", back_populates="report"
    )
    versions: Mapped[list["ReportVersion"]] = relationship(
        order_by="ReportVersion.number", lazy="raise_on_sql", back_populates="report"
    )


class ReportSection(Base):
    """One part of a report, with references in square brackets; `key` says which part it is.

    `tag` is a code of `frameworks` where the part is about one of its statements. `kept` holds
    words that stay although the check stops at them, each with its sentence and the reason.
    `easy` is what the easy-read paper says here; None where it writes itself.
    """

    __tablename__ = "report_section"
    __table_args__ = (UniqueConstraint("report_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    tag: Mapped[str] = mapped_column(String(40), default="")
    heading: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, default="")
    easy: Mapped[str | None] = mapped_column(Text)
    kept: JsonList = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]

    report: Mapped[Report] = relationship(lazy="raise_on_sql", back_populates="sections")


class ReportVersion(Base):
    """A report as it was frozen, never changed.

    `content` is the whole paper with every figure resolved. Quotes stand in it as references, so
    that words that were taken back are gone from it too.
    """

    __tablename__ = "report_version"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int]
    frozen_at: Mapped[datetime]
    cut_off_on: Mapped[date]
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"), index=True)
    content: JsonDict = mapped_column(JSON)
    change_note: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    report: Mapped[Report] = relationship(lazy="raise_on_sql", back_populates="versions")
    release: Mapped[Release | None] = relationship(lazy="raise_on_sql")


class ReportApproval(Base):
    """A co-owner of the partnership says that a frozen version is right."""

    __tablename__ = "report_approval"

    report_version_id: Mapped[int] = mapped_column(
        ForeignKey("report_version.id"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    approved_at: Mapped[datetime]

    user: Mapped[User] = relationship(lazy="raise_on_sql")


class ReportShare(Base):
    """A frozen version went to somebody: a body or a role, never a person's private address.

    `digest` is the SHA-256 of the very bytes that went.
    """

    __tablename__ = "report_share"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id"), index=True)
    file: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    to_whom: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(Text)
    shared_on: Mapped[date]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    noted_at: Mapped[datetime]

    user: Mapped[User | None] = relationship(lazy="raise_on_sql")


class PublicPaper(Base):
    """A frozen version that everybody may read; taken back, its page says why.

    `codes` are those of the insights that it speaks of.
    """

    __tablename__ = "public_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_version_id: Mapped[int] = mapped_column(ForeignKey("report_version.id"), unique=True)
    codes: JsonList = mapped_column(JSON)
    has_easy: Mapped[bool]
    published_at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(Text, default="")

    version: Mapped[ReportVersion] = relationship(lazy="raise_on_sql")


def _refuse(_mapper: Mapper[Any], _connection: Connection, row: Any) -> None:
    """Stop what was frozen or noted from changing or going, through whatever page."""
    raise VersionFrozen(type(row).__name__)


for _model in (ReportVersion, ReportShare, ReportApproval):
    for _moment in ("before_update", "before_delete"):
        event.listen(_model, _moment, _refuse)
