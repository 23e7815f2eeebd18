"""Training coverage and figures of providers: each count with what it is counted out of."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.events import Series
from feedback.models.people import Organisation, User
from feedback.vocabulary import OrganisationKind


class Coverage(Base):
    """How many of a staff group had a training, on the day that somebody counted.

    Each count is an entry of its own, so that a row over time stays. `training` is the title as it
    was when kept; it stays where the series goes. `created_at` is when the entry was made,
    `kept_at` and `user_id` say who wrote it as it stands. `version` goes up with each change.
    """

    __tablename__ = "coverage"
    __table_args__ = (
        CheckConstraint("staff > 0", name="coverage_of_somebody"),
        CheckConstraint("trained >= 0 AND trained <= staff", name="coverage_of_all_at_most"),
        CheckConstraint("target >= 1 AND target <= 100", name="coverage_target_is_a_share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    training: Mapped[str] = mapped_column(String(200))
    series_id: Mapped[int | None] = mapped_column(
        ForeignKey("series.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[OrganisationKind] = mapped_column(word(OrganisationKind))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    staff_group: Mapped[str] = mapped_column(String(200))
    trained: Mapped[int]
    staff: Mapped[int]
    counted_on: Mapped[date]
    target: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    kept_at: Mapped[datetime]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    series: Mapped[Series | None] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    keeper: Mapped[User | None] = relationship(lazy="raise_on_sql")


class ProviderFigure(Base):
    """A figure of a programme as its provider gave it, with what it means.

    `counted` says what counts, `among` out of whom. `said` is the per cent in the provider's own
    digits, empty where they gave none; what pages show is worked out from the two counts.
    """

    __tablename__ = "provider_figure"
    __table_args__ = (
        CheckConstraint("denominator > 0", name="figure_of_somebody"),
        CheckConstraint(
            "numerator >= 0 AND numerator <= denominator", name="figure_of_all_at_most"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200))
    counted: Mapped[str] = mapped_column(Text)
    among: Mapped[str] = mapped_column(Text)
    numerator: Mapped[int]
    denominator: Mapped[int]
    said: Mapped[str] = mapped_column(String(20), default="")
    counted_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    kept_at: Mapped[datetime]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    keeper: Mapped[User | None] = relationship(lazy="raise_on_sql")
