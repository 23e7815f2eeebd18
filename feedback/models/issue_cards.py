"""Issue cards: what people said at an event, one thing a card, and what became of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.events import Event
from feedback.models.improvements import Insight
from feedback.models.people import Organisation, User
from feedback.models.themes import Theme
from feedback.vocabulary import CardState


class IssueCard(Base):
    """One thing that somebody said at an event, as whoever took notes wrote it down.

    `key` is made by the device that the card was taken on, so that a card sent twice is kept
    once. `words` and `answer` are kept masked only. The service that it is about is an
    organisation of the list or, where the list has none, `service` in words. `answered_at` is when
    people first got an answer. `removed_at` marks a card that is in the bin and may be put back;
    `forgotten_at` one whose words are past their time and gone.
    """

    __tablename__ = "issue_card"
    __table_args__ = (
        Index("ix_issue_card_event_taken", "event_id", "taken_at"),
        CheckConstraint(
            "state in ('follow_up', 'passed_on') or answered_at is not null",
            name="answered_has_its_moment",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(36), unique=True)
    words: Mapped[str] = mapped_column(Text)
    question: Mapped[bool] = mapped_column(default=False)
    state: Mapped[CardState] = mapped_column(word(CardState))
    answer: Mapped[str] = mapped_column(Text, default="")
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    service: Mapped[str] = mapped_column(String(200), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    owner_organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id"), index=True
    )
    due_on: Mapped[date | None]
    insight_id: Mapped[int | None] = mapped_column(
        ForeignKey("insight.id", ondelete="SET NULL"), index=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    taken_at: Mapped[datetime]
    received_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None] = mapped_column(index=True)
    forgotten_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(
        foreign_keys=[organisation_id], lazy="raise_on_sql"
    )
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id], lazy="raise_on_sql")
    owner_organisation: Mapped[Organisation | None] = relationship(
        foreign_keys=[owner_organisation_id], lazy="raise_on_sql"
    )
    insight: Mapped[Insight | None] = relationship(lazy="raise_on_sql")
    taker: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise_on_sql")
