"""Comments on the local offer, what was answered, and what of it everybody may read."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.improvements import Commitment
from feedback.models.people import User
from feedback.vocabulary import Audience, OfferChannel, OfferKind

JsonDict = Mapped[dict[str, Any]]


class LocalOfferComment(Base):
    """One comment on the local offer. Nothing here says who wrote it, nor when but for the day.

    `key` is a keyed hash of one sending, so that two taps keep one comment. `words` are masked
    before they are kept. `summary` and `response` are `questionnaire.Words` by staff; everybody
    may read them, and `action_said`, from `published_at` on, under the year `year`. The person's
    own words stand there only where `may_be_quoted` is their yes and `words_shown` an officer's.
    """

    __tablename__ = "local_offer_comment"
    __table_args__ = (
        CheckConstraint("not words_shown or may_be_quoted", name="words_shown_with_a_yes"),
        CheckConstraint(
            "published_at is null or responded_on is not null", name="published_with_a_response"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    received_on: Mapped[date] = mapped_column(index=True)
    channel: Mapped[OfferChannel] = mapped_column(word(OfferChannel))
    kind: Mapped[OfferKind] = mapped_column(word(OfferKind))
    about: Mapped[str] = mapped_column(String(200))
    audience: Mapped[Audience] = mapped_column(word(Audience))
    words: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12))
    may_be_quoted: Mapped[bool] = mapped_column(default=False)
    words_shown: Mapped[bool] = mapped_column(default=False)
    summary: JsonDict = mapped_column(JSON, default=dict)
    response: JsonDict = mapped_column(JSON, default=dict)
    responded_on: Mapped[date | None]
    commitment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commitment.id", ondelete="SET NULL"), index=True
    )
    published_at: Mapped[datetime | None]
    year: Mapped[int] = mapped_column(index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=1)

    commitment: Mapped[Commitment | None] = relationship(lazy="raise_on_sql")
    keeper: Mapped[User | None] = relationship(lazy="raise_on_sql")
