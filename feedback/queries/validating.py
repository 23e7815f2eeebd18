"""Validation rounds, what groups said of findings, and what was changed."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from feedback.models.base import LARGEST_ID
from feedback.models.improvements import Insight
from feedback.models.validating import RoundChange, RoundFinding, RoundReply, ValidationRound
from feedback.queries.collections import LONGEST_TYPED, plain_code
from feedback.vocabulary import Verdict

Counts = dict[int, dict[Verdict, int]]  # by finding


def rounds(session: Session, *, put_away: bool = False) -> Sequence[ValidationRound]:
    """Rounds with their findings, the newest first: those in use, or those that were put away."""
    return session.scalars(
        select(ValidationRound)
        .where(ValidationRound.put_away_at.is_not(None) == put_away)
        .options(selectinload(ValidationRound.findings))
        .order_by(ValidationRound.opens_at.desc(), ValidationRound.id.desc())
    ).all()


def one(session: Session, number: int, *, lock: bool = False) -> ValidationRound | None:
    """One round with its findings and what was changed.

    Args:
        lock: keep others who change it waiting until this transaction ends.
    """
    if number > LARGEST_ID:
        return None
    found = select(ValidationRound).where(ValidationRound.id == number)
    found = found.options(
        selectinload(ValidationRound.findings).joinedload(RoundFinding.change),
        selectinload(ValidationRound.findings).joinedload(RoundFinding.insight),
        joinedload(ValidationRound.maker),
    )
    if lock:
        found = found.with_for_update(of=ValidationRound)
        found = found.execution_options(populate_existing=True)
    return session.scalars(found).first()


def by_code(session: Session, typed: str) -> ValidationRound | None:
    """The round at a short address, however its code was typed, with findings and changes."""
    code = plain_code(typed)
    if not code or len(code) > LONGEST_TYPED:
        return None
    return session.scalars(
        select(ValidationRound)
        .where(ValidationRound.code == code)
        .options(selectinload(ValidationRound.findings).joinedload(RoundFinding.change))
    ).first()


def finding(session: Session, number: int, *, lock: bool = False) -> RoundFinding | None:
    """One finding with its round and what was changed; `lock` as for `one`."""
    if number > LARGEST_ID:
        return None
    found = (
        select(RoundFinding)
        .where(RoundFinding.id == number)
        .options(joinedload(RoundFinding.round), joinedload(RoundFinding.change))
    )
    if lock:
        found = found.with_for_update(of=RoundFinding)
        found = found.execution_options(populate_existing=True)
    return session.scalars(found).first()


def code_taken(session: Session, code: str) -> bool:
    """Whether a round has a code; those of collections stand under another address."""
    taken = select(ValidationRound.id).where(ValidationRound.code == code)
    return session.scalar(taken) is not None


def insights(session: Session) -> Sequence[Insight]:
    """Findings that a round can be made of: all that nobody took back, drafts first."""
    return session.scalars(
        select(Insight)
        .where(Insight.withdrawn_at.is_(None))
        .order_by(Insight.published_at.is_not(None), Insight.heard_on.desc(), Insight.id.desc())
    ).all()


def reply(session: Session, finding_id: int, screen_hash: str) -> RoundReply | None:
    """What one screen said of one finding."""
    return session.scalars(
        select(RoundReply).where(
            RoundReply.finding_id == finding_id, RoundReply.screen_hash == screen_hash
        )
    ).first()


def has_replies(session: Session, round_id: int, *, lock: bool = False) -> bool:
    """Whether anybody said anything in a round.

    Args:
        lock: keep new replies waiting until this transaction ends, and wait for those on the way.
    """
    if lock:
        session.execute(
            select(RoundFinding.id).where(RoundFinding.round_id == round_id).with_for_update()
        )
    said = (
        select(RoundReply.id)
        .join(RoundFinding, RoundFinding.id == RoundReply.finding_id)
        .where(RoundFinding.round_id == round_id)
    )
    return bool(session.scalar(select(said.exists())))


def verdict_counts(session: Session, finding_ids: Sequence[int]) -> Counts:
    """How many people said what of each finding; raw, for the gate."""
    counts: Counts = {number: dict.fromkeys(Verdict, 0) for number in finding_ids}
    rows = session.execute(
        select(RoundReply.finding_id, RoundReply.verdict, func.sum(RoundReply.people))
        .where(RoundReply.finding_id.in_(finding_ids))
        .group_by(RoundReply.finding_id, RoundReply.verdict)
    )
    for number, verdict, people in rows:
        counts[number][verdict] = int(people)
    return counts


def with_words(session: Session, finding_ids: Sequence[int]) -> dict[int, list[RoundReply]]:
    """Replies with words by finding, in an order that says nothing of when they came."""
    found: dict[int, list[RoundReply]] = defaultdict(list)
    rows = session.scalars(
        select(RoundReply)
        .where(RoundReply.finding_id.in_(finding_ids), RoundReply.words != "")
        .order_by(RoundReply.screen_hash)
    )
    for each in rows:
        found[each.finding_id].append(each)
    return found


def unanswered(session: Session, round_id: int) -> Sequence[RoundFinding]:
    """Findings of a round of which somebody wants an answer and has none yet, in their order."""
    return session.scalars(
        select(RoundFinding)
        .where(RoundFinding.round_id == round_id, _wants_answer())
        .order_by(RoundFinding.position)
    ).all()


def shown_in(session: Session, insight_id: int) -> Sequence[tuple[RoundFinding, bool]]:
    """Where an insight was shown, the newest round first, and whether an answer is missing.

    Rounds that were put away say nothing of it.
    """
    rows = session.execute(
        select(RoundFinding, _wants_answer())
        .join(ValidationRound, ValidationRound.id == RoundFinding.round_id)
        .where(RoundFinding.insight_id == insight_id, ValidationRound.put_away_at.is_(None))
        .options(joinedload(RoundFinding.round), joinedload(RoundFinding.change))
        .order_by(ValidationRound.opens_at.desc(), ValidationRound.id.desc())
    )
    return [(row[0], bool(row[1])) for row in rows]


def _wants_answer() -> ColumnElement[bool]:
    asked = select(RoundReply.id).where(
        RoundReply.finding_id == RoundFinding.id,
        RoundReply.verdict.in_([each for each in Verdict if each.wants_answer]),
    )
    answered = select(RoundChange.id).where(RoundChange.finding_id == RoundFinding.id)
    return asked.exists() & ~answered.exists()
