"""From what was heard to what was done: insights, commitments, and what became of them.

Whatever everybody may read stays traceable: a day that was promised is never moved, an update is
never changed, and nobody alone can say that something is done.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback.errors import (
    ChangedMeanwhile,
    DueDayStands,
    NotReadyForEverybody,
    SecondPersonNeeded,
)
from feedback.models.improvements import Commitment, Insight, Update
from feedback.queries import improvements as stored
from feedback.services import audit
from feedback.vocabulary import Audience, CommitmentState

WordsKept = dict[str, Any]  # `questionnaire.Words` as a table keeps them
LONGEST_CODE = 50  # letters, so that a number fits behind
# What the addresses beside an insight's are called, for staff and for everybody.
PAGES = {"new", "commitment", "clear", "what-changed", "embed", "you-said"}
_NO_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class InsightFacts:
    """What an officer says of an insight."""

    title: WordsKept
    said: WordsKept
    audience: Audience
    heard_on: date
    theme_id: int | None = None
    measure_id: int | None = None
    question_id: int | None = None
    event_id: int | None = None
    place_id: int | None = None
    release_id: int | None = None
    tags: Sequence[str] = ()


@dataclass(frozen=True)
class CommitmentFacts:
    """What somebody promises."""

    what: WordsKept
    notice: WordsKept
    organisation_id: int | None = None
    owner_id: int | None = None
    meeting_id: int | None = None
    due_on: date | None = None
    measure_id: int | None = None
    measure_again_on: date | None = None


@dataclass(frozen=True)
class Said:
    """What happened with a commitment: a new state, or words that explain the old one."""

    state: CommitmentState
    happened_on: date
    words: WordsKept = field(default_factory=dict)
    reason: WordsKept = field(default_factory=dict)
    hoped_on: date | None = None


def draft(session: Session, facts: InsightFacts, *, by: int | None, now: datetime) -> Insight:
    """Write down what was heard; only staff see it until it is published."""
    insight = Insight(
        code=_free_code(session, facts.title),
        user_id=by,
        created_at=now,
        version=1,
        withdrawn_because="",
        **_columns(facts),
    )
    session.add(insight)
    session.flush()
    audit.note(session, by, "write insight", _of(insight), now=now)
    return insight


def change(
    session: Session,
    insight: Insight,
    facts: InsightFacts,
    *,
    version: int,
    by: int | None,
    now: datetime,
    today: date,
) -> None:
    """Change what an insight says; one that everybody may read says when it was changed.

    Args:
        version: the one that the person saw when they began.

    Raises:
        ChangedMeanwhile: somebody else was quicker.
        NotReadyForEverybody: everybody may read it, and words are missing now.
    """
    _take_turn(session, insight, version)
    for name, value in _columns(facts).items():
        setattr(insight, name, value)
    if insight.published_at is not None:
        _check_words(insight)
        insight.changed_on = today
    session.flush()
    audit.note(session, by, "change insight", _of(insight), now=now)


def publish(
    session: Session, insight: Insight, *, version: int, by: int | None, now: datetime
) -> None:
    """Let everybody read an insight and its commitments; safe to do twice.

    Raises:
        ChangedMeanwhile: somebody else changed it since the person looked.
        NotReadyForEverybody: words are missing, in one of the two wordings.
    """
    if insight.published_at is not None and insight.withdrawn_at is None:
        return
    _take_turn(session, insight, version)
    _check_words(insight)
    insight.published_at = insight.published_at or now
    insight.withdrawn_at, insight.withdrawn_because = None, ""
    session.flush()
    audit.note(session, by, "publish insight", _of(insight), now=now)


def take_back(
    session: Session, insight: Insight, because: str, *, by: int | None, now: datetime
) -> None:
    """Take an insight away from everybody; its page says why. Safe to do twice.

    Raises:
        ValueError: no reason, or nobody could read it.
    """
    if not because.strip() or insight.published_at is None:
        raise ValueError("only what was published is taken back, with a reason")
    if insight.withdrawn_at is None:
        insight.withdrawn_at, insight.withdrawn_because = now, because
        session.flush()
        audit.note(session, by, "take back insight", _of(insight), now=now)


def remove(session: Session, insight: Insight, *, by: int | None, now: datetime) -> None:
    """Delete an insight that nobody outside ever could read, with its commitments.

    Raises:
        ValueError: everybody could read it once.
    """
    if insight.published_at is not None:
        raise ValueError("what everybody could read is taken back, not deleted")
    audit.note(session, by, "remove insight", _of(insight), now=now)
    session.delete(insight)
    session.flush()


def promise(
    session: Session,
    insight: Insight,
    facts: CommitmentFacts,
    first: Said,
    *,
    by: int | None,
    now: datetime,
    today: date,
) -> Commitment:
    """Say what will be done about an insight, or what is being thought about.

    Args:
        first: the state that it begins with; never `done`, which takes two people.

    Raises:
        ValueError: a due day in the past, a day still to come, or no reason where one is needed.
    """
    if facts.due_on is not None and facts.due_on < today:
        raise ValueError("a due day lies ahead")
    if first.state is CommitmentState.DONE:
        raise ValueError("nothing begins as done")
    _check_said(first, today)
    commitment = Commitment(
        insight_id=insight.id,
        position=stored.next_position(session, insight.id),
        state=first.state,
        reason=first.reason,
        created_at=now,
        version=1,
        **asdict(facts),
    )
    session.add(commitment)
    session.flush()
    _log(session, commitment, first, by=by, now=now)
    audit.note(session, by, "promise", _of(commitment), now=now)
    return commitment


def change_promise(
    session: Session,
    commitment: Commitment,
    facts: CommitmentFacts,
    *,
    version: int,
    by: int | None,
    now: datetime,
    today: date,
) -> None:
    """Change the words or the owner of a commitment.

    Raises:
        ChangedMeanwhile: somebody else was quicker.
        DueDayStands: everybody was told this day; it can only be explained.
        ValueError: a new due day in the past.
    """
    if facts.due_on != commitment.due_on:
        if commitment.insight.published_at is not None and commitment.due_on is not None:
            raise DueDayStands
        if facts.due_on is not None and facts.due_on < today:
            raise ValueError("a due day lies ahead")
    _take_turn(session, commitment, version)
    for name, value in asdict(facts).items():
        setattr(commitment, name, value)
    session.flush()
    audit.note(session, by, "change promise", _of(commitment), now=now)


def say(
    session: Session,
    commitment: Commitment,
    said: Said,
    *,
    version: int,
    by: int | None,
    now: datetime,
    today: date,
) -> None:
    """Say what happened with a commitment. That it is done, a second person has to check.

    Raises:
        ChangedMeanwhile: somebody else was quicker.
        ValueError: a day still to come, or no reason where one is needed.
    """
    _check_said(said, today)
    _take_turn(session, commitment, version)
    if said.state is CommitmentState.DONE:
        commitment.done_by_id, commitment.checked_by_id = by, None
        said = Said(commitment.state, said.happened_on, said.words, hoped_on=said.hoped_on)
    else:
        commitment.state, commitment.reason = said.state, said.reason
        commitment.done_by_id = commitment.checked_by_id = None
    _log(session, commitment, said, by=by, now=now)
    if commitment.done_by_id is None:
        audit.note(session, by, "say update", _of(commitment), now=now)
    else:
        audit.note(session, by, "say done", _of(commitment), now=now)


def check(
    session: Session,
    commitment: Commitment,
    *,
    agrees: bool,
    words: WordsKept,
    version: int,
    by: int,
    now: datetime,
    today: date,
) -> None:
    """A second person says whether something is done.

    Args:
        words: why not, where they do not agree.

    Raises:
        SecondPersonNeeded: this is who said that it is done, or nobody did.
        ChangedMeanwhile: somebody else was quicker.
        ValueError: no words where they do not agree.
    """
    if commitment.done_by_id is None or commitment.done_by_id == by:
        raise SecondPersonNeeded
    if not agrees and not words:
        raise ValueError("who does not agree says why")
    _take_turn(session, commitment, version)
    if agrees:
        commitment.checked_by_id, commitment.state = by, CommitmentState.DONE
    else:
        commitment.done_by_id = None
    _log(session, commitment, Said(commitment.state, today, words), by=by, now=now)
    if agrees:
        audit.note(session, by, "check done", _of(commitment), now=now)
    else:
        audit.note(session, by, "send back done", _of(commitment), now=now)


def _of(row: Insight | Commitment) -> str:
    return f"{'insight' if isinstance(row, Insight) else 'commitment'} {row.id}"


def _columns(facts: InsightFacts) -> dict[str, Any]:
    return {**asdict(facts), "tags": list(facts.tags)}


def _free_code(session: Session, title: WordsKept) -> str:
    """The title as it can stand in an address, with a number where it is taken."""
    first: WordsKept = title.get("en") or next(iter(title.values()), {})
    words = _NO_LETTER.sub("-", str(first.get("standard", "")).casefold()).strip("-")
    plain = words[:LONGEST_CODE].strip("-") or "heard"
    taken, number = stored.codes_like(session, plain) | PAGES, 1
    code = plain
    while code in taken:
        number += 1
        code = f"{plain}-{number}"
    return code


def _check_words(insight: Insight) -> None:
    for words in (insight.title, insight.said):
        first: WordsKept = words.get("en") or next(iter(words.values()), {})
        if not first.get("standard") or not first.get("easy"):
            raise NotReadyForEverybody


def _check_said(said: Said, today: date) -> None:
    if said.happened_on > today:
        raise ValueError("an update is of a day that has come")
    if said.state is CommitmentState.CANNOT and not said.reason:
        raise ValueError("what cannot be done has its reason")


def _take_turn(session: Session, row: Insight | Commitment, version: int) -> None:
    """Take the next version, if nobody took it since the person looked."""
    kind = type(row)
    taken = session.execute(
        update(kind)
        .where(kind.id == row.id, kind.version == version)
        .values(version=version + 1)
        .execution_options(synchronize_session=False)
        .returning(kind.id)
    ).first()
    if taken is None:
        raise ChangedMeanwhile
    session.refresh(row, ["version"])


def _log(
    session: Session, commitment: Commitment, said: Said, *, by: int | None, now: datetime
) -> None:
    session.add(
        Update(
            commitment_id=commitment.id,
            state=said.state,
            words=said.words,
            happened_on=said.happened_on,
            hoped_on=said.hoped_on,
            user_id=by,
            written_at=now,
        )
    )
    session.flush()
