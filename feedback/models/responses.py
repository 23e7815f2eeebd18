"""Responses: what one person answered. Nothing here says who they are."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base, word
from feedback.vocabulary import AnswerState, Channel, Helper, Presentation


class Response(Base):
    """One person's filled edition; sent once, or still on the way.

    Codes are kept only as keyed hashes. `fingerprint` tells a repeated sending of the same
    answers from one with other words. `may_be_quoted` is the person's own yes, given when they
    sent; where nobody asked them it is no.
    """

    __tablename__ = "response"
    __table_args__ = (Index("ix_response_collection_sent", "collection_id", "sent_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[str] = mapped_column(String(32), unique=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    language: Mapped[str] = mapped_column(String(12))
    presentation: Mapped[Presentation] = mapped_column(word(Presentation))
    pictures: Mapped[bool]
    assent_version: Mapped[str] = mapped_column(String(20))
    assent_at: Mapped[datetime]
    furthest: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    receipt_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    receipt_turn: Mapped[int] = mapped_column(default=0)
    resume_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    channel: Mapped[Channel] = mapped_column(word(Channel), default=Channel.OWN_PHONE)
    helper: Mapped[Helper | None] = mapped_column(word(Helper))
    made_up: Mapped[bool] = mapped_column(default=False)
    may_be_quoted: Mapped[bool] = mapped_column(default=False)


class Answer(Base):
    """One question's answer: codes chosen, a whole number, or the person's own words.

    `masked` is the text without what would show who wrote it: all that staff read.
    """

    __tablename__ = "answer"
    __table_args__ = (Index("ix_answer_question", "question_id", "response_id"),)

    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    state: Mapped[AnswerState] = mapped_column(word(AnswerState))
    codes: Mapped[str | None] = mapped_column(Text)
    number: Mapped[int | None]
    text: Mapped[str | None] = mapped_column(Text)
    masked: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12))
    presentation: Mapped[Presentation] = mapped_column(word(Presentation))
    pictures: Mapped[bool]
