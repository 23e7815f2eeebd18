"""Tallies: answers counted day by day, so that a chart of years need not read every answer.

Nothing here is told apart by person, and nothing here may leave but through the gate: small counts
stand as they are. A tally can be thrown away and made anew from the answers at any time.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base


class TalliedDay(Base):
    """A day of a collection as it was last counted.

    `people` sent an answer on it. `mark` is another one once any of them came or went.
    """

    __tablename__ = "tallied_day"

    collection_id: Mapped[int] = mapped_column(
        ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    people: Mapped[int]
    mark: Mapped[str] = mapped_column(String(60))


class Tally(Base):
    """The answers to one question on one day: of everybody, or of one group.

    `grouped_by` names the question that says who is in the group, `group` its code; both are
    empty for everybody. `counts` holds people by what they answered: codes, a number, or why not.
    """

    __tablename__ = "tally"
    __table_args__ = (Index("ix_tally_question", "question_id", "grouped_by", "day"),)

    collection_id: Mapped[int] = mapped_column(
        ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("question.id", ondelete="CASCADE"), primary_key=True
    )
    grouped_by: Mapped[str] = mapped_column(String(40), primary_key=True)
    group: Mapped[str] = mapped_column(String(40), primary_key=True)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
