"""Lays tokens on ideas and says in what order a group wants them; never who laid which."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, delete
from sqlalchemy.orm import Session

from feedback.errors import IdeaNotOpen, TokensSpent
from feedback.models.proposals import Member, Proposal, Room, Vote
from feedback.queries import proposals as stored
from feedback.queries.upserts import dialect_of, insert_into
from feedback.services import holding
from feedback.vocabulary import LEAST_VOTERS, MOST_TOKENS

_vote = cast(Table, Vote.__table__)


@dataclass(frozen=True)
class Place:
    """An idea in the group's order; ideas with as many tokens share a place.

    `place` is none where nobody laid a token, or only one member did. `tokens` is none where so
    few people voted that a number could tell what one of them did.
    """

    idea: Proposal
    place: int | None
    tokens: int | None


@dataclass(frozen=True)
class Order:
    """What a group wants to ask first, and whether enough people voted to show numbers."""

    places: Sequence[Place]
    counted: bool

    @property
    def begun(self) -> bool:
        """There is an order."""
        return any(each.place for each in self.places)


def lay(session: Session, room: Room, member: Member, idea: Proposal, tokens: int) -> int:
    """Have so many of a member's tokens on an idea; sent twice, it counts once.

    Args:
        tokens: how many shall lie there, not how many more.

    Returns:
        How many the member has left.

    Raises:
        IdeaNotOpen: it is not the group's, hidden, or asked already.
        TokensSpent: the member has not that many.
    """
    stored.lock_member(session, member.id)
    if (
        idea.group_id != room.group_id
        or idea.hidden_at is not None
        or idea.state not in stored.STILL_OPEN
    ):
        raise IdeaNotOpen
    own = stored.tokens_of(session, member.id)
    before = own.pop(idea.id, 0)
    tokens = max(tokens, 0)
    left = MOST_TOKENS - sum(own.values())
    if tokens > left:
        raise TokensSpent
    if tokens != before:
        _put(session, member, idea, tokens)
        holding.touch(session, room)
    return left - tokens


def order(session: Session, room: Room) -> Order:
    """The ideas of a room in the order of their tokens, numbers hidden where few people voted.

    One voter makes no order: it would show what that one chose.
    """
    found = stored.votes(session, room.id)
    ideas = list(stored.open_ideas(session, room.group_id))
    ideas.sort(key=lambda idea: (-found.tokens.get(idea.id, 0), idea.id))
    counted = found.voters >= LEAST_VOTERS
    every = [found.tokens.get(idea.id, 0) for idea in ideas]
    places = [
        Place(
            idea,
            1 + sum(other > tokens for other in every) if tokens and found.in_order else None,
            tokens if counted else None,
        )
        for idea, tokens in zip(ideas, every, strict=True)
    ]
    return Order(places, counted)


def _put(session: Session, member: Member, idea: Proposal, tokens: int) -> None:
    key = {"proposal_id": idea.id, "member_id": member.id}
    if tokens:
        session.execute(_upsert(dialect_of(session)), {**key, "tokens": tokens})
    else:
        session.execute(
            delete(Vote).where(Vote.proposal_id == idea.id, Vote.member_id == member.id)
        )


@cache
def _upsert(dialect: str) -> Any:
    statement = insert_into(dialect, _vote)
    return statement.on_conflict_do_update(
        index_elements=("proposal_id", "member_id"), set_={"tokens": statement.excluded.tokens}
    )
