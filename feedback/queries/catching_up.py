"""What a group did in one room, for members who were away."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.proposals import Member, Proposal, SignOff, Vote, Wording
from feedback.models.surveys import Survey


@dataclass(frozen=True)
class Meeting:
    """What came of a room, as far as a worker has looked at it.

    `waiting` ideas were not looked at yet. `chosen` stand in the order of the votes that were given
    in this room; how many votes, nobody sees here. `worded` is each idea's newest question.
    """

    ideas: Sequence[Proposal]
    waiting: int
    chosen: Sequence[Proposal]
    worded: dict[int, Wording]
    approved: Sequence[str]


def of_room(session: Session, room_id: int) -> Meeting:
    """What came of a room."""
    ideas = session.scalars(
        select(Proposal)
        .where(Proposal.room_id == room_id, Proposal.hidden_at.is_(None))
        .options(joinedload(Proposal.pile))
        .order_by(Proposal.id)
    ).all()
    looked_at = [each for each in ideas if each.looked_at is not None]
    chosen = _chosen(session, room_id)
    worked_on = {each.id for each in (*looked_at, *chosen)} | _worded_in(session, room_id)
    return Meeting(
        ideas=looked_at,
        waiting=len(ideas) - len(looked_at),
        chosen=chosen,
        worded=_worded(session, worked_on),
        approved=_approved(session, room_id),
    )


def _chosen(session: Session, room_id: int) -> Sequence[Proposal]:
    """Ideas that members of a room voted for, most votes first; equal ones as they came."""
    return session.scalars(
        select(Proposal)
        .join(Vote, Vote.proposal_id == Proposal.id)
        .join(Member, Member.id == Vote.member_id)
        .where(
            Member.room_id == room_id,
            Proposal.hidden_at.is_(None),
            Proposal.looked_at.is_not(None),
        )
        .group_by(Proposal.id)
        .order_by(func.sum(Vote.tokens).desc(), Proposal.id)
    ).all()


def _worded_in(session: Session, room_id: int) -> set[int]:
    """Ideas that somebody of a room worded, those of earlier meetings too."""
    found = (
        select(Wording.proposal_id)
        .join(Member, Member.id == Wording.member_id)
        .join(Proposal, Proposal.id == Wording.proposal_id)
        .where(
            Member.room_id == room_id,
            Proposal.hidden_at.is_(None),
            Proposal.looked_at.is_not(None),
        )
    )
    return set(session.scalars(found))


def _worded(session: Session, proposal_ids: set[int]) -> dict[int, Wording]:
    """The newest wording of each idea."""
    rows = session.scalars(
        select(Wording).where(Wording.proposal_id.in_(proposal_ids)).order_by(Wording.number)
    )
    return {each.proposal_id: each for each in rows}


def _approved(session: Session, room_id: int) -> Sequence[str]:
    """Names of surveys that the group said yes to in a room, and that nobody changed since."""
    return session.scalars(
        select(Survey.name)
        .join(SignOff, SignOff.survey_id == Survey.id)
        .where(SignOff.room_id == room_id, SignOff.cleared_at.is_(None))
        .order_by(Survey.name)
    ).all()
