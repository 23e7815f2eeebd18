"""What was erased and who did what: kept without the content."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base


class Deletion(Base):
    """Something was erased, and why; the hash lets a restored backup erase it again."""

    __tablename__ = "deletion"

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(40))
    reference_hash: Mapped[str] = mapped_column(String(64), index=True)
    reason: Mapped[str] = mapped_column(String(40))
    erased_at: Mapped[datetime]


class WrongGuesses(Base):
    """How often something that opens with a code or a password was guessed wrongly of late."""

    __tablename__ = "wrong_guesses"

    what_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(index=True)
    number: Mapped[int]


class AuditEvent(Base):
    """Who did what and when; only ever added to.

    `chained` is a hash over this line and the one before it, so that a line that was changed,
    taken out or put in shows. The database itself refuses to change or delete a line.
    """

    __tablename__ = "audit_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120))
    happened_at: Mapped[datetime]
    chained: Mapped[str] = mapped_column(String(64), unique=True)
