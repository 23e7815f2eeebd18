"""Raises a flag where somebody may need help, and sees it through until it is closed.

Nobody is told on a page that words were looked at, and no words are refused for it: a flag brings
a trained person, and nothing else changes for whoever wrote.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from feedback.analysis.distress import distressing
from feedback.analysis.text import tidy
from feedback.errors import ChangedMeanwhile, FlagClosed, OutcomeMissing
from feedback.models.proposals import Member, Room
from feedback.models.safeguarding import SafeguardingFlag
from feedback.queries import safeguarding as stored
from feedback.services import audit
from feedback.vocabulary import LONGEST_COMMENT, FlagCause, FlagState


def look(
    session: Session, words: str, *, room: Room | None, member: Member | None, now: datetime
) -> SafeguardingFlag | None:
    """Raise a flag where words are of concern; the same words again raise no second one.

    Args:
        words: as they were written, before anything in them is masked.

    Returns:
        The flag; None for most words.
    """
    kinds = distressing(words)
    if not kinds:
        return None
    return _raised(session, FlagCause.WORDS, words, " ".join(kinds), room, member, now)


def worried(
    session: Session, words: str, *, room: Room | None, member: Member | None, now: datetime
) -> SafeguardingFlag:
    """Raise a flag because somebody pressed "I am worried about something".

    Pressed twice with the same words, it stays one flag until somebody has seen it.

    Args:
        words: what they want to say of it; mostly nothing.
    """
    kinds = " ".join(distressing(words))
    return _raised(session, FlagCause.PRESSED, words, kinds, room, member, now)


def read(session: Session, flag: SafeguardingFlag, *, by: int, now: datetime) -> str:
    """The words of a flag; that somebody read them is noted, and who sees it first keeps it.

    Args:
        flag: as `queries.safeguarding.one` locks it.
    """
    if flag.state is FlagState.RAISED:
        flag.state, flag.seen_at, flag.user_id = FlagState.SEEN, now, by
        flag.version += 1
    audit.note(session, by, "read worry", f"worry {flag.id}", now=now)
    return flag.words


def refer(
    session: Session, flag: SafeguardingFlag, outcome: str, *, version: int, by: int, now: datetime
) -> None:
    """Say that it went to somebody else, and to whom; it stays in the queue.

    Args:
        flag: as `queries.safeguarding.one` locks it.
        version: the one that the person saw.

    Raises:
        ChangedMeanwhile: somebody else changed it since.
        FlagClosed: it is closed.
        OutcomeMissing: nothing says what was done.
    """
    _check(flag, outcome, version)
    flag.state = FlagState.REFERRED
    _done(flag, outcome, by, now)
    audit.note(session, by, "refer worry", f"worry {flag.id}", now=now)


def close(
    session: Session, flag: SafeguardingFlag, outcome: str, *, version: int, by: int, now: datetime
) -> None:
    """Say what was done, and that nothing more is to do; raises as `refer` does."""
    _check(flag, outcome, version)
    flag.state, flag.closed_at = FlagState.CLOSED, now
    _done(flag, outcome, by, now)
    audit.note(session, by, "close worry", f"worry {flag.id}", now=now)


def _check(flag: SafeguardingFlag, outcome: str, version: int) -> None:
    if flag.state is FlagState.CLOSED:
        raise FlagClosed
    if flag.version != version:
        raise ChangedMeanwhile
    if not tidy(outcome):
        raise OutcomeMissing


def _done(flag: SafeguardingFlag, outcome: str, by: int, now: datetime) -> None:
    flag.outcome, flag.user_id = tidy(outcome), by
    flag.seen_at = flag.seen_at or now
    flag.version += 1


def _raised(
    session: Session,
    cause: FlagCause,
    words: str,
    kinds: str,
    room: Room | None,
    member: Member | None,
    now: datetime,
) -> SafeguardingFlag:
    words = tidy(words)[:LONGEST_COMMENT]
    who = f"{member.picture} {member.word}" if member else ""
    number = room.id if room else None
    before = stored.same(session, number, who, words, cause)
    if before is not None:
        return before
    flag = SafeguardingFlag(
        room_id=number,
        cause=cause,
        kinds=kinds,
        who=who,
        words=words,
        state=FlagState.RAISED,
        raised_at=now,
    )
    session.add(flag)
    session.flush()
    return flag
