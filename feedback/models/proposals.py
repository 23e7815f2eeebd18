"""Groups that design the questions, their rooms, and an idea's way to a question that is asked."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.models.base import Base, word
from feedback.models.people import User
from feedback.models.surveys import Survey
from feedback.vocabulary import (
    MOST_TOKENS,
    Audience,
    GroupColour,
    ProposalState,
    ReplyFace,
    RoomStep,
    Verdict,
)

JsonDict = Mapped[dict[str, Any]]


class VoiceGroup(Base):
    """People who design questions together: a youth voice group, a parent carer forum.

    `credit` are `questionnaire.Words` in the group's own choice: "Asked by the Lighthouse Group".
    """

    __tablename__ = "voice_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    audience: Mapped[Audience] = mapped_column(word(Audience))
    colour: Mapped[GroupColour] = mapped_column(word(GroupColour))
    credit: JsonDict = mapped_column(JSON)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Room(Base):
    """One meeting of a group, behind a short code.

    It is open from `opens_at` until `closes_at`, or until a worker closes it (`closed_at`).
    `step` is what everybody does now. `changes` rises with everything that its pages show, so that
    a screen can ask for one number.
    """

    __tablename__ = "room"
    __table_args__ = (CheckConstraint("closes_at > opens_at", name="room_opens_first"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("voice_group.id"), index=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    step: Mapped[RoomStep] = mapped_column(word(RoomStep))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    changes: Mapped[int] = mapped_column(default=0)

    group: Mapped[VoiceGroup] = relationship(lazy="raise_on_sql")


class Member(Base):
    """Somebody in a room: a picture and a word of their own choosing, and nothing else.

    Who it is, nobody can tell afterwards; the browser alone keeps the token.
    """

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("room_id", "picture", "word"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    picture: Mapped[str] = mapped_column(String(80))
    word: Mapped[str] = mapped_column(String(20))
    joined_on: Mapped[date]


class Pile(Base):
    """Ideas that belong together, under a name and a picture."""

    __tablename__ = "pile"
    __table_args__ = (UniqueConstraint("group_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("voice_group.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    picture: Mapped[str] = mapped_column(String(80), default="")


class Proposal(Base):
    """An idea: what somebody wants to ask about, and what became of it.

    `words` are masked before they are kept; a picture may stand in their place. Without a member
    the scribe wrote it for somebody. Nothing is public before a worker has looked (`looked_at`),
    and what is hidden says why to whoever wrote it. `reason` says in plain words why it is not
    asked. Once it is asked, it is a question of a survey: `survey_id` and `question`.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("state <> 'not_asked' or reason <> ''", name="not_asked_says_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("voice_group.id"), index=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    words: Mapped[str] = mapped_column(Text, default="")
    picture: Mapped[str] = mapped_column(String(80), default="")
    pile_id: Mapped[int | None] = mapped_column(ForeignKey("pile.id", ondelete="SET NULL"))
    state: Mapped[ProposalState] = mapped_column(word(ProposalState))
    reason: Mapped[str] = mapped_column(Text, default="")
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("survey.id"), index=True)
    question: Mapped[str] = mapped_column(String(40), default="")
    looked_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_because: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    created_on: Mapped[date]

    group: Mapped[VoiceGroup] = relationship(lazy="raise_on_sql")
    member: Mapped[Member | None] = relationship(lazy="raise_on_sql")
    pile: Mapped[Pile | None] = relationship(lazy="raise_on_sql")
    survey: Mapped[Survey | None] = relationship(lazy="raise_on_sql")


class RoomFocus(Base):
    """The idea that everybody in a room looks at; none where there is no line."""

    __tablename__ = "room_focus"

    room_id: Mapped[int] = mapped_column(
        ForeignKey("room.id", ondelete="CASCADE"), primary_key=True
    )
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), index=True
    )

    proposal: Mapped[Proposal] = relationship(lazy="raise_on_sql")


class Reply(Base):
    """Talk on an idea: a face, a few words, or both."""

    __tablename__ = "proposal_reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), index=True
    )
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    face: Mapped[ReplyFace | None] = mapped_column(word(ReplyFace))
    words: Mapped[str] = mapped_column(Text, default="")
    hidden_at: Mapped[datetime | None]
    hidden_because: Mapped[str] = mapped_column(Text, default="")
    created_on: Mapped[date]

    member: Mapped[Member | None] = relationship(lazy="raise_on_sql")


class Vote(Base):
    """How many of their tokens a member laid on an idea; no more than they have in all."""

    __tablename__ = "proposal_vote"
    __table_args__ = (CheckConstraint(f"tokens between 1 and {MOST_TOKENS}", name="few_tokens"),)

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    tokens: Mapped[int]


class Wording(Base):
    """A question as the group worded it once: what changed and why. The last one stands.

    `question` is a `questionnaire.Question` as data.
    """

    __tablename__ = "wording"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"))
    number: Mapped[int]
    question: JsonDict = mapped_column(JSON)
    why: Mapped[str] = mapped_column(Text, default="")
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    created_on: Mapped[date]

    member: Mapped[Member | None] = relationship(lazy="raise_on_sql")


class HardWord(Base):
    """A word of a wording that a member tapped because it is hard."""

    __tablename__ = "hard_word"

    wording_id: Mapped[int] = mapped_column(
        ForeignKey("wording.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    said: Mapped[str] = mapped_column("word", String(60), primary_key=True)


class SignOff(Base):
    """A group approved exactly these words of a survey, until somebody changed them.

    `fingerprint` is that of the whole questionnaire, and `tree` the questionnaire itself as the
    group saw it. Who says yes for the group is a worker with the members beside them (`user_id`),
    in a room. `cleared_at` says when an edit took it back; the words of the change stand in
    `changes`, a list of `{"where", "what", "before", "after"}`. Where a draft is thrown away, what
    the group said stays without its edition.
    """

    __tablename__ = "sign_off"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("voice_group.id"), index=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    edition_id: Mapped[int | None] = mapped_column(
        ForeignKey("edition.id", ondelete="SET NULL"), index=True
    )
    fingerprint: Mapped[str] = mapped_column(String(64))
    tree: JsonDict = mapped_column(JSON)
    members: Mapped[int]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]
    changes: Mapped[list[Any]] = mapped_column(JSON)
    told_at: Mapped[datetime | None]

    group: Mapped[VoiceGroup] = relationship(lazy="raise_on_sql")


class SignOffVoice(Base):
    """What a member says of a survey that waits for the group's yes; of these words alone.

    `words` say why it is not a yes; they are masked before they are kept.
    """

    __tablename__ = "sign_off_voice"

    survey_id: Mapped[int] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    fingerprint: Mapped[str] = mapped_column(String(64))
    yes: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="")
    said_on: Mapped[date]

    member: Mapped[Member] = relationship(lazy="raise_on_sql")


class ResultReply(Base):
    """What a member says of the answers to the group's question; `words` are masked."""

    __tablename__ = "result_reply"

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), primary_key=True
    )
    verdict: Mapped[Verdict] = mapped_column(word(Verdict))
    words: Mapped[str] = mapped_column(Text, default="")
    said_on: Mapped[date]


class Designer(Base):
    """Which group signs off a survey; nothing else says so."""

    __tablename__ = "survey_designer"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("voice_group.id"), index=True)

    group: Mapped[VoiceGroup] = relationship(lazy="raise_on_sql")


class SignOffOverride(Base):
    """An officer opened a survey that its group had not approved; the reason is printed.

    It holds for this edition alone.
    """

    __tablename__ = "sign_off_override"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    happened_at: Mapped[datetime]

    maker: Mapped[User] = relationship(lazy="raise_on_sql")
