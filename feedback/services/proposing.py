"""Takes ideas from "I want to ask about …" into piles and talk; a worker looks over and hides.

What is written is masked before it is kept, and words of concern bring a trained person. Whatever
arrives twice is kept once: a phone in a hall sends again what it is not sure of.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.analysis.privacy import mask
from feedback.analysis.text import one_line, tidy
from feedback.errors import (
    ChangedMeanwhile,
    IdeaInUse,
    NothingSaid,
    NotYourIdea,
    ReasonMissing,
    TooManyPiles,
    TooMuchTalk,
)
from feedback.models.proposals import Member, Pile, Proposal, Reply, Room, VoiceGroup, Vote
from feedback.queries import proposals as stored
from feedback.services import audit, holding, masking, safeguarding
from feedback.vocabulary import (
    LONGEST_IDEA,
    LONGEST_PILE,
    LONGEST_REPLY,
    MOST_PILES,
    ProposalState,
    ReplyFace,
)

MOST_REPLIES = 12  # of one member on one idea; more is no talk
CAN_CHANGE = (ProposalState.NEW, ProposalState.TALKING)


@dataclass(frozen=True)
class Here:
    """Where and when somebody in a room does something.

    `today` is the day it is where the host is: of what members write, nothing finer is kept.
    """

    room: Room
    member: Member | None
    today: date
    now: datetime


# Ideas


def propose(session: Session, here: Here, words: str, picture: str) -> Proposal:
    """Bring in an idea, in words, as a picture, or both.

    Raises:
        NothingSaid: there is neither.
    """
    holding.touch(session, here.room)  # one after the other, so that what comes twice is seen
    made = Proposal(
        group_id=here.room.group_id,
        room_id=here.room.id,
        member_id=here.member.id if here.member else None,
        words=_masked(session, tidy(words)[:LONGEST_IDEA]),
        picture=picture,
        state=ProposalState.NEW,
        created_on=here.today,
    )
    if not made.words and not made.picture:
        raise NothingSaid
    before = stored.same(session, here.room.id, made.member_id, made)
    if before is not None:
        return before
    session.add(made)
    session.flush()
    _look(session, words, here)
    return made


def may_change(session: Session, idea: Proposal, here: Here) -> bool:
    """Whether a member may change an idea or take it back: it is theirs, and no question yet."""
    own = here.member is not None and idea.member_id == here.member.id
    return own and idea.state in CAN_CHANGE and not stored.is_worded(session, idea.id)


def change(session: Session, idea: Proposal, here: Here, words: str, picture: str) -> None:
    """Say an own idea in other words; a worker looks at them anew.

    Args:
        idea: as `queries.proposals.one` locks it.

    Raises:
        NotYourIdea: somebody else brought it in.
        IdeaInUse: the group makes a question of it already.
        NothingSaid: no words and no picture are left.
    """
    _check_own(session, idea, here)
    holding.touch(session, here.room)
    masked = _masked(session, tidy(words)[:LONGEST_IDEA])
    if not masked and not picture:
        raise NothingSaid
    if (idea.words, idea.picture) == (masked, picture):
        return
    idea.words, idea.picture, idea.looked_at = masked, picture, None
    idea.version += 1
    session.flush()
    _look(session, words, here)


def take_back(session: Session, idea: Proposal, here: Here) -> None:
    """Take an own idea out again, with the talk on it; raises as `change` does."""
    _check_own(session, idea, here)
    holding.touch(session, here.room)
    session.delete(idea)
    session.flush()


# Piles


def add_pile(session: Session, here: Here, name: str, picture: str) -> Pile:
    """Begin a pile; one of the same name is that one.

    Raises:
        NothingSaid: it has no name.
        TooManyPiles: nobody could see them all.
    """
    masked = _masked(session, one_line(name))[:LONGEST_PILE]
    if not masked:
        raise NothingSaid
    _lock_group(session, here.room.group_id)
    piles = stored.piles(session, here.room.group_id)
    for each in piles:
        if each.name.casefold() == masked.casefold():
            return each
    if len(piles) >= MOST_PILES:
        raise TooManyPiles
    position = max((each.position for each in piles), default=0) + 1
    made = Pile(group_id=here.room.group_id, position=position, name=masked, picture=picture)
    session.add(made)
    session.flush()
    holding.touch(session, here.room)
    _look(session, name, here)
    return made


def rename_pile(session: Session, pile: Pile, here: Here, name: str, picture: str) -> None:
    """Give a pile another name or picture.

    Raises:
        NothingSaid: it would have no name.
    """
    masked = _masked(session, one_line(name))[:LONGEST_PILE]
    if not masked:
        raise NothingSaid
    pile.name, pile.picture = masked, picture
    session.flush()
    holding.touch(session, here.room)
    _look(session, name, here)


def remove_pile(session: Session, pile: Pile, here: Here) -> None:
    """Take a pile away; its ideas lie in none then."""
    session.delete(pile)
    session.flush()
    holding.touch(session, here.room)


def move(session: Session, idea: Proposal, pile: Pile | None, here: Here) -> None:
    """Put an idea on a pile, or on none; safe to do twice."""
    if idea.pile_id == (pile.id if pile else None):
        return
    idea.pile = pile
    session.flush()
    holding.touch(session, here.room)


# Talk


def show_face(session: Session, idea: Proposal, here: Here, face: ReplyFace | None) -> None:
    """Say by a face what one thinks of an idea; another face takes its place, none takes it off.

    Args:
        idea: as `queries.proposals.one` locks it.
    """
    member_id = _member_id(here)
    own = stored.own_replies(session, idea.id, member_id)
    before = next((each for each in own if each.face is not None), None)
    if before is not None:
        if before.face is face:
            return
        if face is None:
            session.delete(before)
        else:
            before.face = face
    elif face is None:
        return
    else:
        session.add(
            Reply(proposal_id=idea.id, member_id=member_id, face=face, created_on=here.today)
        )
    _talked(idea)
    session.flush()
    holding.touch(session, here.room)


def say(session: Session, idea: Proposal, here: Here, words: str) -> Reply:
    """Say something short of an idea; the same words twice are one reply.

    Args:
        idea: as `queries.proposals.one` locks it.

    Raises:
        NothingSaid: there are no words.
        TooMuchTalk: this member said a dozen things of it already.
    """
    member_id = _member_id(here)
    masked = _masked(session, one_line(words)[:LONGEST_REPLY])
    if not masked:
        raise NothingSaid
    own = [each for each in stored.own_replies(session, idea.id, member_id) if each.words]
    for each in own:
        if each.words == masked:
            return each
    if len(own) >= MOST_REPLIES:
        raise TooMuchTalk
    made = Reply(proposal_id=idea.id, member_id=member_id, words=masked, created_on=here.today)
    session.add(made)
    _talked(idea)
    session.flush()
    holding.touch(session, here.room)
    _look(session, words, here)
    return made


def take_back_reply(session: Session, reply: Reply, here: Here) -> None:
    """Take an own reply out again.

    Raises:
        NotYourIdea: somebody else said it.
    """
    if reply.member_id != _member_id(here):
        raise NotYourIdea
    session.delete(reply)
    session.flush()
    holding.touch(session, here.room)


# What a worker does


def look_over(
    session: Session, ideas: Iterable[Proposal], *, room: Room, by: int, now: datetime
) -> None:
    """Say that a worker has read these ideas; only then may they leave the room."""
    fresh = [idea for idea in ideas if idea.looked_at is None]
    for idea in fresh:
        idea.looked_at = now
    session.flush()
    if fresh:
        holding.touch(session, room)
        for idea in fresh:
            audit.note(session, by, "look over idea", f"idea {idea.id}", now=now)


def hide(
    session: Session, post: Proposal | Reply, reason: str, *, room: Room, by: int, now: datetime
) -> None:
    """Let nobody but its writer see an idea or a reply, and tell the writer why; safe to do twice.

    Tokens that lay on an idea go back to those who laid them.

    Raises:
        ReasonMissing: nothing tells the writer why.
    """
    if not tidy(reason):
        raise ReasonMissing
    what = "idea" if isinstance(post, Proposal) else "reply"
    post.hidden_at, post.hidden_because = post.hidden_at or now, tidy(reason)
    if isinstance(post, Proposal):
        post.looked_at = now
        session.execute(delete(Vote).where(Vote.proposal_id == post.id))
    session.flush()
    holding.touch(session, room)
    audit.note(session, by, f"hide {what}", f"{what} {post.id}", now=now)


def show_again(
    session: Session, post: Proposal | Reply, *, room: Room, by: int, now: datetime
) -> None:
    """Let the room see what was hidden; safe to do twice."""
    if post.hidden_at is None:
        return
    what = "idea" if isinstance(post, Proposal) else "reply"
    post.hidden_at, post.hidden_because = None, ""
    if isinstance(post, Proposal):
        post.looked_at = now
    session.flush()
    holding.touch(session, room)
    audit.note(session, by, f"show {what} again", f"{what} {post.id}", now=now)


def set_state(
    session: Session,
    idea: Proposal,
    state: ProposalState,
    reason: str,
    *,
    version: int,
    room: Room,
    by: int,
    now: datetime,
) -> None:
    """Say where an idea is; for one that is not asked, why.

    Args:
        idea: as `queries.proposals.one` locks it.
        version: the one that the worker saw.

    Raises:
        ChangedMeanwhile: somebody else changed it since.
        ReasonMissing: it is not asked, and nothing says why.
    """
    if idea.version != version:
        raise ChangedMeanwhile
    why = tidy(reason) if state is ProposalState.NOT_ASKED else ""
    if state is ProposalState.NOT_ASKED and not why:
        raise ReasonMissing
    if state in stored.STILL_OPEN and idea.state not in stored.STILL_OPEN:
        # Those who laid tokens on it have had them back since, and may have spent them.
        session.execute(delete(Vote).where(Vote.proposal_id == idea.id))
    idea.state, idea.reason = state, why
    idea.version += 1
    session.flush()
    holding.touch(session, room)
    audit.note(session, by, "say state of idea", f"idea {idea.id}", now=now)


def _check_own(session: Session, idea: Proposal, here: Here) -> None:
    if here.member is None or idea.member_id != here.member.id:
        raise NotYourIdea
    if not may_change(session, idea, here):
        raise IdeaInUse


def _member_id(here: Here) -> int:
    if here.member is None:
        raise NotYourIdea
    return here.member.id


def _talked(idea: Proposal) -> None:
    if idea.state is ProposalState.NEW:
        idea.state = ProposalState.TALKING


def _masked(session: Session, words: str) -> str:
    return mask(words, masking.names_that_stay(session)).text if words else ""


def _look(session: Session, words: str, here: Here) -> None:
    safeguarding.look(session, words, room=here.room, member=here.member, now=here.now)


def _lock_group(session: Session, group_id: int) -> None:
    session.execute(select(VoiceGroup.id).where(VoiceGroup.id == group_id).with_for_update())
