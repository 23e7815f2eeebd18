"""From what was heard to what was done: insights, commitments, and what happened since."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.events import Event, Place
from feedback.models.meetings import Meeting
from feedback.models.people import Organisation, User
from feedback.models.releases import Release
from feedback.models.surveys import Measure, Question
from feedback.models.themes import Theme
from feedback.vocabulary import Audience, CommitmentState

JsonList = Mapped[list[Any]]
JsonDict = Mapped[dict[str, Any]]


class Insight(Base):
    """What was heard ("you said"): a few plain words, and the figures and words they rest on.

    `said` and `title` are `questionnaire.Words`: language → standard and easy wording. `tags` are
    codes of `frameworks`. `question` is what people were asked when they said it. Figures are
    read from `release`; without one there are none. Everybody may read it from `published_at` on;
    `withdrawn_at` takes it back, with the reason.
    """

    __tablename__ = "insight"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    title: JsonDict = mapped_column(JSON)
    said: JsonDict = mapped_column(JSON)
    audience: Mapped[Audience] = mapped_column(word(Audience))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"), index=True)
    tags: JsonList = mapped_column(JSON)
    heard_on: Mapped[date]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(Text, default="")
    changed_on: Mapped[date | None]  # since everybody may read it
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")
    measure: Mapped[Measure | None] = relationship(lazy="raise_on_sql")
    question: Mapped[Question | None] = relationship(lazy="raise_on_sql")
    event: Mapped[Event | None] = relationship(lazy="raise_on_sql")
    place: Mapped[Place | None] = relationship(lazy="raise_on_sql")
    release: Mapped[Release | None] = relationship(lazy="raise_on_sql")
    commitments: Mapped[list["Commitment"]] = relationship(
        order_by="Commitment.position",
        lazy="raise_on_sql",
        back_populates="insight",
        passive_deletes="all",
    )


class InsightQuote(Base):
    """A cleared quote that somebody approved for the public, on one insight.

    It goes with the quote, and so with the comment, the yes, and the response.
    """

    __tablename__ = "insight_quote"
    __table_args__ = (
        ForeignKeyConstraint(
            ["response_id", "question_id"],
            ["quote.response_id", "quote.question_id"],
            ondelete="CASCADE",
        ),
    )

    insight_id: Mapped[int] = mapped_column(
        ForeignKey("insight.id", ondelete="CASCADE"), primary_key=True
    )
    response_id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime]


class Commitment(Base):
    """What somebody answers for ("we did"): action, owner, day, and how families will notice.

    `due_on` stays as it is once everybody may read it: what is late can only be explained. `what`,
    `notice` and `reason` are `questionnaire.Words`. The state is that of its newest update. Who
    says that it is done stands in `done_by_id` until a second person, `checked_by_id`, agrees;
    then it is done.
    """

    __tablename__ = "commitment"
    __table_args__ = (
        CheckConstraint(
            "checked_by_id is null or checked_by_id <> done_by_id", name="checked_by_another"
        ),
        CheckConstraint("state <> 'done' or checked_by_id is not null", name="done_was_checked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    insight_id: Mapped[int] = mapped_column(
        ForeignKey("insight.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    what: JsonDict = mapped_column(JSON)
    notice: JsonDict = mapped_column(JSON)
    reason: JsonDict = mapped_column(JSON, default=dict)
    state: Mapped[CommitmentState] = mapped_column(word(CommitmentState), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    due_on: Mapped[date | None] = mapped_column(index=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), index=True)
    measure_again_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    insight: Mapped[Insight] = relationship(lazy="raise_on_sql", back_populates="commitments")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id], lazy="raise_on_sql")
    meeting: Mapped[Meeting | None] = relationship(lazy="raise_on_sql")
    measure: Mapped[Measure | None] = relationship(lazy="raise_on_sql")
    updates: Mapped[list["Update"]] = relationship(
        order_by="Update.id",
        lazy="raise_on_sql",
        back_populates="commitment",
        passive_deletes="all",
    )


class Update(Base):
    """What happened with a commitment on a day: a new state, or words that explain; never changed.

    `words` are `questionnaire.Words` that everybody may read. `hoped_on` is the day by which it is
    now hoped for; the day that was promised stays as it is.
    """

    __tablename__ = "commitment_update"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("commitment.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[CommitmentState] = mapped_column(word(CommitmentState))
    words: JsonDict = mapped_column(JSON)
    happened_on: Mapped[date]
    hoped_on: Mapped[date | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime]

    commitment: Mapped[Commitment] = relationship(lazy="raise_on_sql", back_populates="updates")
