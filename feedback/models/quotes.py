"""Quotes: words of a person that somebody has cleared for others to read."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base


class Quote(Base):
    """Part of a comment that others may read, for its writer said yes and somebody looked.

    `text` is never anything but the comment's own masked words; "…" stands for what was left out.
    It goes when the comment goes.
    """

    __tablename__ = "quote"
    __table_args__ = (
        ForeignKeyConstraint(
            ["response_id", "question_id"],
            ["answer.response_id", "answer.question_id"],
            ondelete="CASCADE",
        ),
    )

    response_id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    cleared_at: Mapped[datetime]
