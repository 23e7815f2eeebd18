"""Profiles of an area: how many of whom there are, to set beside those who took part."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.vocabulary import Audience


class Profile(Base):
    """What a source says of one question for one audience; a new one takes an old one's place.

    `dimension` is the name of the question. `base` is how many people the source counts in all,
    on the day `counted_on`.
    """

    __tablename__ = "profile"
    __table_args__ = (UniqueConstraint("dimension", "audience"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dimension: Mapped[str] = mapped_column(String(40))
    audience: Mapped[Audience] = mapped_column(word(Audience))
    source: Mapped[str] = mapped_column(String(200))
    counted_on: Mapped[date]
    base: Mapped[int]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    kept_at: Mapped[datetime]

    rows: Mapped[list["ProfileRow"]] = relationship(
        order_by="ProfileRow.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class ProfileRow(Base):
    """One group of a profile: people where the source gives them, and their share (0 to 1)."""

    __tablename__ = "profile_row"

    profile_id: Mapped[int] = mapped_column(
        ForeignKey("profile.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    people: Mapped[int | None]
    share: Mapped[float]
