"""What a group did in one room, for members who were away."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.models.proposals import Member, Proposal, SignOff, Vote, Wording
from feedback.models.surveys import Survey
from feedback.queries import proposals


@dataclass(frozen=True)
class Meeting:
    """What came of a room, as far as a worker has looked at it.

    `waiting` ideas were not looked at yet. `chosen` stand in the order of the votes that were given
    in this room; how many votes, nobody sees here. `worked_on` are those that became questions,
    and `worded` the questions that an officer has put into a survey, by idea.
    """

    ideas: Sequence[Proposal]
    waiting: int
    chosen: Sequence[Proposal]
    worked_on: set[int]
    worded: dict[int, Wording]
    approved: Sequence[str]


def of_room(session: Session, room_id: int) -> Meeting:
    """What came of a room."""
    ideas = session.scalars(
        select(Proposal)
        .where(Proposal.room_id == room_id, Proposal.hidden_at.is_(None))
        .order_by(Proposal.id)
    ).all()
    looked_at = [each for each in ideas if each.looked_at is not None]
    chosen = _chosen(session, room_id)
    worked_on = _worded_in(session, room_id)
    adopted = {each.id for each in (*looked_at, *chosen) if each.survey_id is not None}
    return Meeting(
        ideas=looked_at,
        waiting=len(ideas) - len(looked_at),
        chosen=chosen,
        worked_on=worked_on,
        worded=_worded(session, adopted),
        approved=_approved(session, room_id),
    )


def _chosen(session: Session, room_id: int) -> Sequence[Proposal]:
    """Ideas that members of a room voted for, most votes first; none where one alone voted."""
    if not proposals.votes(session, room_id).in_order:
        return ()
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
