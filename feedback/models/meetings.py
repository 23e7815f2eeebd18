"""Meetings: where a board or subgroup decides, with the days by which papers stand."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base


class Meeting(Base):
    """One meeting of one group.

    `cut_off_on` is the last day that counts in its papers, `papers_on` the day they go out.
    `minutes` says what was decided beside the commitments, and is for staff.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("cut_off_on <= papers_on", name="papers_after_the_cut_off"),
        CheckConstraint("papers_on <= held_on", name="papers_before_the_meeting"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[date] = mapped_column(index=True)
    papers_on: Mapped[date]
    cut_off_on: Mapped[date]
    minutes: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
