"""Whether pages for everybody are clear: counts a day, and nobody behind them."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, word
from feedback.vocabulary import Presentation


class ClearVotes(Base):
    """How many found a page clear on one day, as they read it, and how many did not quite."""

    __tablename__ = "clear_votes"
    __table_args__ = (CheckConstraint("yes >= 0 and no >= 0", name="no_fewer_than_none"),)

    page: Mapped[str] = mapped_column(String(80), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    presentation: Mapped[Presentation] = mapped_column(word(Presentation), primary_key=True)
    yes: Mapped[int] = mapped_column(default=0)
    no: Mapped[int] = mapped_column(default=0)
