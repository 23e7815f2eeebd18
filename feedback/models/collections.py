"""Collections: an edition opened to an audience for a time."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.surveys import Edition
from feedback.vocabulary import Audience


class Collection(Base):
    """Where answers come in: a short code, an audience, a first and a last moment."""

    __tablename__ = "collection"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    audience: Mapped[Audience] = mapped_column(word(Audience))
    expected: Mapped[int | None]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    edition: Mapped[Edition] = relationship(lazy="raise_on_sql")
