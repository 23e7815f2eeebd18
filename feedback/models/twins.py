"""Twins: a measure of young people and one of parents that ask about the same thing."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base
from feedback.models.surveys import Measure


class Twin(Base):
    """Two measures to be read side by side; one measure that both are asked may be its own twin."""

    __tablename__ = "twin"
    __table_args__ = (UniqueConstraint("young_measure_id", "parent_measure_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    young_measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id", ondelete="CASCADE"))
    parent_measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]

    young: Mapped[Measure] = relationship(foreign_keys=[young_measure_id], lazy="raise_on_sql")
    parent: Mapped[Measure] = relationship(foreign_keys=[parent_measure_id], lazy="raise_on_sql")
