"""Ideas of a group, the piles they lie in, talk on them and tokens for them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.base import LARGEST_ID
from feedback.models.proposals import Member, Pile, Proposal, Reply, RoomFocus, Vote, Wording
from feedback.vocabulary import LEAST_IN_ORDER, ProposalState

STILL_OPEN = (ProposalState.NEW, ProposalState.TALKING, ProposalState.TRYING)


@dataclass(frozen=True)
class Votes:
    """The tokens of a room: how many lie on each idea, and how many people laid any."""

    tokens: dict[int, int]
    voters: int

    @property
    def in_order(self) -> bool:
        """An order of them shows nobody's own vote."""
        return self.voters >= LEAST_IN_ORDER


def one(session: Session, number: int, *, lock: bool = False) -> Proposal | None:
    """One idea with its group, writer and pile.

    Args:
        lock: keep others who change it waiting until this transaction ends.
    """
    if number > LARGEST_ID:
        return None
    found = _with_all().where(Proposal.id == number)
    if lock:
        found = found.with_for_update(of=Proposal).execution_options(populate_existing=True)
    return session.scalars(found).first()


def open_ideas(session: Session, group_id: int) -> Sequence[Proposal]:
    """What a group can still sort, talk and vote on, the newest first; nothing that is hidden."""
    return session.scalars(
        _with_all()
        .where(Proposal.group_id == group_id, _open())
        .order_by(Proposal.created_on.desc(), Proposal.id.desc())
    ).all()


def every_idea(session: Session, group_id: int) -> Sequence[Proposal]:
    """All that a group ever brought in, hidden ones too, the newest first."""
    return session.scalars(
        _with_all()
        .where(Proposal.group_id == group_id)
        .options(joinedload(Proposal.survey))
        .order_by(Proposal.created_on.desc(), Proposal.id.desc())
    ).all()


def own_ideas(session: Session, member_id: int) -> Sequence[Proposal]:
    """What one member brought in, the newest first; what is hidden too, for its writer sees why."""
    return session.scalars(
        _with_all().where(Proposal.member_id == member_id).order_by(Proposal.id.desc())
    ).all()


def waiting(session: Session, group_id: int) -> Sequence[Proposal]:
    """Ideas of a group that no worker has looked at, the oldest first."""
    return session.scalars(
        _with_all()
        .where(Proposal.group_id == group_id, Proposal.looked_at.is_(None))
        .order_by(Proposal.id)
    ).all()


def same(session: Session, room_id: int, member_id: int | None, idea: Proposal) -> Proposal | None:
    """What the same member brought in before in the same words; one that was hidden too."""
    return session.scalars(
        select(Proposal).where(
            Proposal.room_id == room_id,
            Proposal.member_id == member_id
            if member_id is not None
            else Proposal.member_id.is_(None),
            Proposal.words == idea.words,
            Proposal.picture == idea.picture,
        )
    ).first()


def is_worded(session: Session, proposal_id: int) -> bool:
    """Whether the group has begun to make a question of an idea."""
    worded = select(Wording.id).where(Wording.proposal_id == proposal_id).limit(1)
    return session.scalar(worded) is not None


def in_focus(session: Session, room_id: int) -> Proposal | None:
    """The idea that everybody in a room looks at; one that is hidden is nobody's to see."""
    return session.scalars(
        _with_all()
        .join(RoomFocus, RoomFocus.proposal_id == Proposal.id)
        .where(RoomFocus.room_id == room_id, Proposal.hidden_at.is_(None))
    ).first()


def piles(session: Session, group_id: int) -> Sequence[Pile]:
    """The piles of a group in their order."""
    return session.scalars(
        select(Pile).where(Pile.group_id == group_id).order_by(Pile.position, Pile.id)
    ).all()


def pile(session: Session, number: int, group_id: int) -> Pile | None:
    """One pile of a group."""
    if number > LARGEST_ID:
        return None
    return session.scalars(select(Pile).where(Pile.id == number, Pile.group_id == group_id)).first()


def reply(session: Session, number: int) -> Reply | None:
    """One reply with whoever wrote it."""
    if number > LARGEST_ID:
        return None
    return session.scalars(
        select(Reply).where(Reply.id == number).options(joinedload(Reply.member))
    ).first()


def replies(
    session: Session, proposal_ids: Sequence[int], *, of: int | None = None, hidden: bool = False
) -> dict[int, list[Reply]]:
    """Talk on some ideas, the oldest first.

    Args:
        of: a member who sees their own replies too where a worker hid them.
        hidden: give everything that is hidden, for the worker.
    """
    found: dict[int, list[Reply]] = defaultdict(list)
    rows = select(Reply).where(Reply.proposal_id.in_(proposal_ids))
    if not hidden:
        rows = rows.where(or_(Reply.hidden_at.is_(None), Reply.member_id == of))
    rows = rows.options(joinedload(Reply.member)).order_by(Reply.id)
    for each in session.scalars(rows):
        found[each.proposal_id].append(each)
    return found


def own_replies(session: Session, proposal_id: int, member_id: int) -> Sequence[Reply]:
    """What one member said of an idea, the oldest first."""
    return session.scalars(
        select(Reply)
        .where(Reply.proposal_id == proposal_id, Reply.member_id == member_id)
        .order_by(Reply.id)
    ).all()


def lock_member(session: Session, member_id: int) -> None:
    """Keep the same member's other requests waiting until this transaction ends."""
    session.execute(select(Member.id).where(Member.id == member_id).with_for_update())


def tokens_of(session: Session, member_id: int) -> dict[int, int]:
    """How many tokens one member has on which ideas that can still be voted on."""
    rows = session.execute(
        select(Vote.proposal_id, Vote.tokens)
        .join(Proposal, Proposal.id == Vote.proposal_id)
        .where(Vote.member_id == member_id, _open())
    )
    return {row.proposal_id: row.tokens for row in rows}


def votes(session: Session, room_id: int) -> Votes:
    """The tokens of everybody in a room, without who; raw, for what hides small numbers."""
    laid = and_(Member.room_id == room_id, Proposal.hidden_at.is_(None))
    rows = session.execute(
        select(Vote.proposal_id, func.sum(Vote.tokens))
        .join(Member, Member.id == Vote.member_id)
        .join(Proposal, Proposal.id == Vote.proposal_id)
        .where(laid)
        .group_by(Vote.proposal_id)
    )
    voters = session.scalar(
        select(func.count(Vote.member_id.distinct()))
        .join(Member, Member.id == Vote.member_id)
        .join(Proposal, Proposal.id == Vote.proposal_id)
        .where(laid)
    )
    return Votes({number: int(tokens) for number, tokens in rows}, voters or 0)


def _open() -> ColumnElement[bool]:
    return and_(Proposal.hidden_at.is_(None), Proposal.state.in_(STILL_OPEN))


def _with_all() -> Select[Proposal]:
    return select(Proposal).options(
        joinedload(Proposal.group), joinedload(Proposal.member), joinedload(Proposal.pile)
    )
