"""Takes what was heard back to those who said it, and says what became of their replies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback.analysis import disclosure
from feedback.analysis.disclosure import Distribution
from feedback.errors import (
    ChangedMeanwhile,
    ClosesBeforeItOpens,
    NothingToValidate,
    RepliesWaitForAnswer,
    RoundHasReplies,
    RoundPutAway,
    RoundStillOpen,
)
from feedback.models.improvements import Insight
from feedback.models.validating import RoundChange, RoundFinding, RoundReply, ValidationRound
from feedback.queries import validating as stored
from feedback.questionnaire import Words
from feedback.services import audit
from feedback.services.codes import easy_words
from feedback.vocabulary import Audience

LONGEST_STEM = 6  # letters of the word in a code
MOST_FINDINGS = 12  # of a round; more is no hour's talk


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a round is: for whom, how long, in which words."""

    name: str
    group_name: str
    audience: Audience
    introduction: Words
    opens_at: datetime
    closes_at: datetime | None


@dataclass(frozen=True)
class Heard:
    """What a group said of one finding, as it may leave.

    `words` come with a verdict only where the number that gave it may be seen.
    """

    finding: RoundFinding
    people: Distribution
    words: Sequence[tuple[RoundReply, bool]]
    waits: bool


@dataclass(frozen=True)
class Standing:
    """Whether those who said it have seen a finding, and whether they wait for an answer."""

    shown: Sequence[RoundFinding]
    waiting: Sequence[RoundFinding]

    @property
    def never_shown(self) -> bool:
        """No group has looked at it."""
        return not self.shown


def state_of(each: ValidationRound, *, now: datetime) -> str:
    """Where a round is: planned, open, closed, published, or away (ended and put away)."""
    if each.published_at is not None:
        return "published"
    if each.put_away_at is not None:
        return "away"
    if now < each.opens_at:
        return "planned"
    return "open" if each.closes_at is None or now < each.closes_at else "closed"


def new_code(session: Session, chance: Random) -> str:
    """A short code that no round has: an easy word and two digits."""
    stems = [word for word in easy_words() if len(word) <= LONGEST_STEM]
    while True:
        code = f"{chance.choice(stems)}{chance.randint(10, 99)}"
        if not stored.code_taken(session, code):
            return code


def begin(
    session: Session,
    facts: Asked,
    insights: Sequence[Insight],
    *,
    chance: Random,
    by: int | None,
    now: datetime,
) -> ValidationRound:
    """Make a round of findings; each is copied, so that later changes do not touch it.

    Raises:
        NothingToValidate: no finding was chosen.
        ClosesBeforeItOpens: the last moment is not after the first.
    """
    if not insights:
        raise NothingToValidate
    _check(facts)
    made = ValidationRound(code=new_code(session, chance), user_id=by, version=0, created_at=now)
    made.findings = [
        RoundFinding(insight_id=each.id, position=at, title=each.title, said=each.said)
        for at, each in enumerate(insights[:MOST_FINDINGS], start=1)
    ]
    _take(made, facts)
    session.add(made)
    session.flush()
    if by is not None:
        audit.note(session, by, "begin validation", f"round {made.id}", now=now)
    return made


def change(
    session: Session,
    each: ValidationRound,
    facts: Asked,
    *,
    version: int,
    by: int,
    now: datetime,
) -> None:
    """Change a round's name, group, times or introduction; its findings stay.

    Args:
        each: as `queries.validating.one` locks it.
        version: the one that the person saw when they began.

    Raises:
        ChangedMeanwhile: somebody else changed it since.
        ClosesBeforeItOpens: the last moment is not after the first.
    """
    if each.version != version:
        raise ChangedMeanwhile
    _check(facts)
    _take(each, facts)
    audit.note(session, by, "change validation", f"round {each.id}", now=now)


def close(session: Session, each: ValidationRound, *, by: int, now: datetime) -> None:
    """End a round now; safe to do twice."""
    if state_of(each, now=now) != "open":
        return
    each.closes_at = now
    each.version += 1
    audit.note(session, by, "close validation", f"round {each.id}", now=now)


def remove(session: Session, each: ValidationRound, *, by: int, now: datetime) -> None:
    """Delete a round in which nobody has said anything.

    Args:
        each: as `queries.validating.one` locks it.

    Raises:
        RoundHasReplies: somebody has; it can be put away.
    """
    if stored.has_replies(session, each.id, lock=True):
        raise RoundHasReplies
    session.execute(delete(ValidationRound).where(ValidationRound.id == each.id))
    audit.note(session, by, "remove validation", f"round {each.id}", now=now)


def put_away(
    session: Session, each: ValidationRound, because: str, *, by: int, now: datetime
) -> None:
    """End a round and take it out of the lists; what was said stays. Safe to do twice.

    Args:
        because: why, as the group reads it at its address.
    """
    if each.put_away_at is not None:
        return
    each.put_away_at, each.put_away_because = now, because
    each.version += 1
    audit.note(session, by, "put away validation", f"round {each.id}", now=now)


def bring_back(session: Session, each: ValidationRound, *, by: int, now: datetime) -> None:
    """Take a round up again where it was; safe to do twice."""
    if each.put_away_at is None:
        return
    each.put_away_at, each.put_away_because = None, ""
    each.version += 1
    audit.note(session, by, "bring back validation", f"round {each.id}", now=now)


def heard(session: Session, each: ValidationRound, *, threshold: int) -> list[Heard]:
    """What the group said of each finding, small numbers hidden."""
    ids = [finding.id for finding in each.findings]
    counts = stored.verdict_counts(session, ids)
    words = stored.with_words(session, ids)
    waiting = {finding.id for finding in stored.unanswered(session, each.id)}
    found = []
    for finding in each.findings:
        own = {verdict.value: number for verdict, number in counts[finding.id].items()}
        people = disclosure.hide_counts(own, threshold)
        found.append(
            Heard(
                finding,
                people,
                [
                    (reply, not people.cells[reply.verdict.value].hidden)
                    for reply in words[finding.id]
                ],
                finding.id in waiting,
            )
        )
    return found


def answer(
    session: Session,
    finding: RoundFinding,
    *,
    after: Words,
    why: Words,
    version: int,
    by: int | None,
    now: datetime,
) -> RoundChange:
    """Say what became of the replies to a finding: its new wording, or that it stays, and why.

    The insight itself is changed on its own page: here stands what the group is told.

    Args:
        finding: as `queries.validating.finding` locks it.
        version: of the answer that the person saw when they began; 0 where there was none.

    Raises:
        ChangedMeanwhile: somebody else answered since.
    """
    kept = finding.change
    if (kept.version if kept else 0) != version:
        raise ChangedMeanwhile
    if kept is None:
        kept = RoundChange(finding_id=finding.id, version=0)
        session.add(kept)
    kept.after, kept.why = _plain(after), _plain(why)
    kept.user_id, kept.written_at = by, now
    kept.version += 1
    session.flush()
    if by is not None:
        audit.note(session, by, "answer validation", f"finding {finding.id}", now=now)
    return kept


def publish(session: Session, each: ValidationRound, *, by: int | None, now: datetime) -> None:
    """Show the group what became of its replies; safe to do twice.

    Raises:
        RoundStillOpen: replies may still come.
        RoundPutAway: it was ended; it has to be brought back first.
        RepliesWaitForAnswer: somebody said "not quite" or "missing" and has no answer.
    """
    state = state_of(each, now=now)
    if state == "published":
        return
    if state == "away":
        raise RoundPutAway(each.put_away_because)
    if state != "closed":
        raise RoundStillOpen
    if stored.unanswered(session, each.id):
        raise RepliesWaitForAnswer
    each.published_at = now
    each.version += 1
    session.flush()
    if by is not None:
        audit.note(session, by, "publish validation", f"round {each.id}", now=now)


def standing_of(session: Session, insight: Insight) -> Standing:
    """Whether an insight went back to those who said it, for the page of the insight."""
    rows = stored.shown_in(session, insight.id)
    return Standing([finding for finding, _ in rows], [finding for finding, waits in rows if waits])


def _check(facts: Asked) -> None:
    if facts.closes_at is not None and facts.closes_at <= facts.opens_at:
        raise ClosesBeforeItOpens


def _take(each: ValidationRound, facts: Asked) -> None:
    each.name, each.group_name, each.audience = facts.name, facts.group_name, facts.audience
    each.introduction = _plain(facts.introduction)
    each.opens_at, each.closes_at = facts.opens_at, facts.closes_at
    each.version += 1


def _plain(words: Words) -> dict[str, Any]:
    return {tag: each.model_dump(exclude_none=True) for tag, each in words.items()}
