"""Collections: an edition opened to an audience for a time."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.events import Event
from feedback.models.surveys import Edition
from feedback.vocabulary import Audience, Channel, Part


class Collection(Base):
    """Where answers come in: a short code, an audience, a first and a last moment.

    `channels` holds words of `vocabulary.Channel`. Collections of one event whose `part` is
    before, after and later are matched by the words on a card.
    """

    __tablename__ = "collection"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    audience: Mapped[Audience] = mapped_column(word(Audience))
    expected: Mapped[int | None]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    part: Mapped[Part] = mapped_column(word(Part), default=Part.WHOLE)
    channels: Mapped[list[Any]] = mapped_column(JSON, default=lambda: [Channel.OWN_PHONE.value])
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    edition: Mapped[Edition] = relationship(lazy="raise_on_sql")
    event: Mapped[Event | None] = relationship(lazy="raise_on_sql")

    @property
    def of_session(self) -> bool:
        """Whether it is one part of a session, read on that session's page and nowhere else."""
        return self.event_id is not None and self.part is not Part.WHOLE
