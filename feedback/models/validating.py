"""Validation rounds: what was heard goes back to those who said it, before it is published."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.improvements import Insight
from feedback.models.people import User
from feedback.vocabulary import Audience, Verdict

JsonDict = Mapped[dict[str, Any]]


class ValidationRound(Base):
    """One group looks at some findings: youth voice, parent carer forum.

    `code` is the end of its address, `/v/<code>`. `introduction` are `questionnaire.Words`; where
    it is empty the page says our own. Once `published_at` is set, the same address shows what
    became of the replies. `put_away_at` ends it and takes it out of the lists, with a reason that
    the group reads at its address.
    """

    __tablename__ = "validation_round"
    __table_args__ = (
        CheckConstraint("closes_at is null or closes_at > opens_at", name="round_opens_first"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    group_name: Mapped[str] = mapped_column(String(200))
    audience: Mapped[Audience] = mapped_column(word(Audience))
    code: Mapped[str] = mapped_column(String(40), unique=True)
    introduction: JsonDict = mapped_column(JSON)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    put_away_at: Mapped[datetime | None]
    put_away_because: Mapped[str] = mapped_column(Text, default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    findings: Mapped[list["RoundFinding"]] = relationship(
        order_by="RoundFinding.position", lazy="raise_on_sql", back_populates="round"
    )
    maker: Mapped[User | None] = relationship(lazy="raise_on_sql")


class RoundFinding(Base):
    """One finding as the group saw it: `title` and `said` are copies that never change.

    Where its insight is deleted, what the group said of it stays.
    """

    __tablename__ = "round_finding"
    __table_args__ = (
        UniqueConstraint("round_id", "position"),
        UniqueConstraint("round_id", "insight_id", name="uq_round_finding_insight"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("validation_round.id", ondelete="CASCADE"))
    insight_id: Mapped[int | None] = mapped_column(
        ForeignKey("insight.id", ondelete="SET NULL"), index=True
    )
    position: Mapped[int]
    title: JsonDict = mapped_column(JSON)
    said: JsonDict = mapped_column(JSON)

    round: Mapped[ValidationRound] = relationship(lazy="raise_on_sql", back_populates="findings")
    insight: Mapped[Insight | None] = relationship(lazy="raise_on_sql")
    change: Mapped["RoundChange | None"] = relationship(
        lazy="raise_on_sql", back_populates="finding"
    )


class RoundReply(Base):
    """What one screen said of one finding. No name, no time finer than the day.

    `screen_hash` lets a screen change its reply; it differs from finding to finding, so that
    nobody can put the replies of one screen side by side. `words` are masked before they are kept.
    `people` is more than one where a group shares a screen.
    """

    __tablename__ = "round_reply"
    __table_args__ = (
        UniqueConstraint("finding_id", "screen_hash"),
        CheckConstraint("people >= 1", name="reply_of_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("round_finding.id", ondelete="CASCADE"))
    screen_hash: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[Verdict] = mapped_column(word(Verdict))
    words: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12))
    people: Mapped[int] = mapped_column(default=1)
    said_on: Mapped[date]


class RoundChange(Base):
    """What became of the replies to one finding: the new wording, or none, and why.

    `after` and `why` are `questionnaire.Words`; without `after` the finding stayed as it was.
    """

    __tablename__ = "round_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(
        ForeignKey("round_finding.id", ondelete="CASCADE"), unique=True
    )
    after: JsonDict = mapped_column(JSON)
    why: JsonDict = mapped_column(JSON)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime]

    finding: Mapped[RoundFinding] = relationship(lazy="raise_on_sql", back_populates="change")
