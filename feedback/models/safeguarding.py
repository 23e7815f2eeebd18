"""What a trained person must look at today."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.people import User
from feedback.models.proposals import Room
from feedback.vocabulary import FlagCause, FlagState


class SafeguardingFlag(Base):
    """Somebody may need help: raised, seen, referred, closed.

    `words` are what was written, unmasked, for the trained person alone; they go when the flag is
    long closed. `kinds` are those of `analysis.distress`, parted by blanks. `who` is the picture
    and the word by which the room knows the member. `outcome` says what was done.
    """

    __tablename__ = "safeguarding_flag"
    __table_args__ = (
        CheckConstraint("state <> 'closed' or outcome <> ''", name="closed_says_what_was_done"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("room.id", ondelete="SET NULL"), index=True
    )
    cause: Mapped[FlagCause] = mapped_column(word(FlagCause))
    kinds: Mapped[str] = mapped_column(String(200), default="")
    who: Mapped[str] = mapped_column(String(120), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[FlagState] = mapped_column(word(FlagState))
    outcome: Mapped[str] = mapped_column(Text, default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    raised_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    room: Mapped[Room | None] = relationship(lazy="raise_on_sql")
    keeper: Mapped[User | None] = relationship(lazy="raise_on_sql")
