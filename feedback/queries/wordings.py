"""How a group worded its questions: the latest words, how they came about, which were hard."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.proposals import Designer, HardWord, Proposal, VoiceGroup, Wording
from feedback.vocabulary import ProposalState

_IN_HAND = (ProposalState.NEW, ProposalState.TALKING, ProposalState.TRYING)


def latest(session: Session, proposal_id: int) -> Wording | None:
    """The words that stand; None before anybody wrote some."""
    wordings = select(Wording).where(Wording.proposal_id == proposal_id)
    return session.scalars(wordings.order_by(Wording.number.desc()).limit(1)).first()


def numbered(session: Session, proposal_id: int, number: int) -> Wording | None:
    """The words as they stood once."""
    of = (Wording.proposal_id == proposal_id, Wording.number == number)
    return session.scalars(select(Wording).where(*of)).first()


def every(session: Session, proposal_id: int) -> Sequence[Wording]:
    """All that a question has been, the first first, each with who wrote it."""
    return session.scalars(
        select(Wording)
        .where(Wording.proposal_id == proposal_id)
        .options(joinedload(Wording.member))
        .order_by(Wording.number)
    ).all()


class Hard(NamedTuple):
    """A word of a wording, and how many of the room tapped it."""

    word: str
    people: int


def hard_words(session: Session, wording_id: int) -> list[Hard]:
    """Words that somebody found hard, those of most people first."""
    many = func.count()
    rows = session.execute(
        select(HardWord.said, many)
        .where(HardWord.wording_id == wording_id)
        .group_by(HardWord.said)
        .order_by(many.desc(), HardWord.said)
    )
    return [Hard(*row) for row in rows]


def tapped(session: Session, wording_id: int, member_id: int) -> frozenset[str]:
    """The words that one member tapped."""
    of = (HardWord.wording_id == wording_id, HardWord.member_id == member_id)
    return frozenset(session.scalars(select(HardWord.said).where(*of)))


def _waits() -> tuple[ColumnElement[bool], ...]:
    worded = select(Wording.id).where(Wording.proposal_id == Proposal.id).exists()
    return (
        worded,
        Proposal.survey_id.is_(None),
        Proposal.hidden_at.is_(None),
        Proposal.state.in_(_IN_HAND),
    )


def waiting(session: Session) -> Sequence[Proposal]:
    """Questions that a group has worded and that no survey asks yet, by group, oldest first."""
    return session.scalars(
        select(Proposal)
        .join(VoiceGroup)
        .where(*_waits())
        .options(joinedload(Proposal.group))
        .order_by(VoiceGroup.name, Proposal.id)
    ).all()


def count_waiting(session: Session) -> int:
    """How many questions of groups wait for a survey."""
    return session.scalar(select(func.count(Proposal.id)).where(*_waits())) or 0


def idea(session: Session, proposal_id: int) -> Proposal | None:
    """One idea with its group and the survey that it went into."""
    return session.scalars(
        select(Proposal)
        .where(Proposal.id == proposal_id)
        .options(joinedload(Proposal.group), joinedload(Proposal.survey))
    ).first()


def designer(session: Session, survey_id: int) -> Designer | None:
    """Which group signs off a survey."""
    return session.scalars(
        select(Designer).where(Designer.survey_id == survey_id).options(joinedload(Designer.group))
    ).first()
