"""Keeps comments on the local offer, answers them, and publishes what was said and done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.orm import Session

from feedback.analysis import disclosure
from feedback.analysis.disclosure import Distribution
from feedback.analysis.privacy import mask
from feedback.analysis.working_days import working_days
from feedback.errors import ChangedMeanwhile, NotReadyToPublish, NoYesToQuote
from feedback.models.improvements import Commitment
from feedback.models.local_offer import LocalOfferComment
from feedback.queries import local_offer as stored
from feedback.queries.upserts import dialect_of, insert_into
from feedback.questionnaire import Words
from feedback.services import audit, masking
from feedback.services.codes import Codes
from feedback.vocabulary import Audience, OfferChannel, OfferKind

ANSWER_WITHIN = 20  # working days
_comment = cast(Table, LocalOfferComment.__table__)


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What somebody said, and how it came in."""

    words: str
    about: str
    kind: OfferKind
    audience: Audience
    channel: OfferChannel
    language: str
    received_on: date
    may_be_quoted: bool = False


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What staff write about a comment."""

    about: str
    kind: OfferKind
    summary: Words
    response: Words
    commitment: Commitment | None = None
    show_words: bool = False


@dataclass(frozen=True)
class Year:
    """What everybody may read of a year: the comments, and how many came in of each kind."""

    year: int
    comments: Sequence[LocalOfferComment]
    counts: Distribution


def keep(
    session: Session, comment: Comment, key: str, codes: Codes, *, by: int | None, now: datetime
) -> None:
    """Keep a comment, masked; the same words with the same key are kept once.

    Args:
        key: what the form carried; with other words it is another comment.
        by: who typed it in; None for somebody who wrote it themselves.
    """
    stay = masking.names_that_stay(session)
    values = {
        "key": codes.reference(f"offer:{key}:{comment.about}:{comment.words}"),
        "received_on": comment.received_on,
        "channel": comment.channel,
        "kind": comment.kind,
        "about": mask(comment.about, stay).text,
        "audience": comment.audience,
        "words": mask(comment.words, stay).text,
        "language": comment.language,
        "may_be_quoted": comment.may_be_quoted,
        "words_shown": False,
        "summary": {},
        "response": {},
        "year": comment.received_on.year,
        "user_id": by,
        "version": 1,
    }
    statement = insert_into(dialect_of(session), _comment).on_conflict_do_nothing()
    number = session.scalar(statement.returning(_comment.c.id), values)
    if by is not None and number is not None:
        audit.note(session, by, "add offer comment", f"comment {number}", now=now)


def answer(
    session: Session,
    comment: LocalOfferComment,
    facts: Answered,
    *,
    version: int,
    today: date,
    by: int | None,
    now: datetime,
) -> None:
    """Say what a comment is about, and respond; what is published follows.

    Args:
        comment: as `queries.local_offer.one` locks it.
        version: the one that the person saw when they began.

    Raises:
        ChangedMeanwhile: somebody else changed it since.
        NoYesToQuote: the writer's own words are to be shown without their yes.
        NotReadyToPublish: it is published, and would lose its summary or response.
    """
    if comment.version != version:
        raise ChangedMeanwhile
    if facts.show_words and not comment.may_be_quoted:
        raise NoYesToQuote
    if comment.published_at is not None and not (facts.summary and facts.response):
        raise NotReadyToPublish
    comment.about, comment.kind = facts.about, facts.kind
    comment.summary, comment.response = _plain(facts.summary), _plain(facts.response)
    comment.words_shown = facts.show_words
    comment.commitment_id = facts.commitment.id if facts.commitment else None
    if not facts.response:
        comment.responded_on = None
    elif comment.responded_on is None:
        comment.responded_on = today
    comment.version += 1
    session.flush()
    if by is not None:
        audit.note(session, by, "answer offer comment", f"comment {comment.id}", now=now)


def publish(session: Session, comment: LocalOfferComment, *, by: int | None, now: datetime) -> None:
    """Let everybody read the summary and the response; safe to do twice.

    Raises:
        NotReadyToPublish: one of the two is missing.
    """
    if comment.published_at is not None:
        return
    if not comment.summary or not comment.response:
        raise NotReadyToPublish
    comment.published_at = now
    comment.version += 1
    session.flush()
    if by is not None:
        audit.note(session, by, "publish offer comment", f"comment {comment.id}", now=now)


def take_back(session: Session, comment: LocalOfferComment, *, by: int, now: datetime) -> None:
    """Let nobody read it any more; safe to do twice."""
    if comment.published_at is None:
        return
    comment.published_at = None
    comment.version += 1
    audit.note(session, by, "take back offer comment", f"comment {comment.id}", now=now)


def remove(session: Session, comment: LocalOfferComment, *, by: int, now: datetime) -> None:
    """Delete what is no comment: advertising, a test, something sent to the wrong place."""
    number = comment.id
    session.delete(comment)
    audit.note(session, by, "remove offer comment", f"comment {number}", now=now)


def waits_long(comment: LocalOfferComment, *, today: date) -> bool:
    """Nobody has responded within the working days that we promise."""
    if comment.responded_on is not None:
        return False
    return working_days(comment.received_on, today) > ANSWER_WITHIN


def promised(comment: LocalOfferComment) -> Commitment | None:
    """What was promised because of a comment, where everybody may read of it."""
    found = comment.commitment
    if found is None or found.insight.published_at is None or found.insight.withdrawn_at:
        return None
    return found


def year(session: Session, number: int, *, threshold: int) -> Year:
    """What everybody may read of a year.

    Args:
        threshold: comments of a kind under which no number is shown.
    """
    counts = {kind.value: many for kind, many in stored.kinds_counted(session, number).items()}
    return Year(
        number, stored.published(session, number), disclosure.hide_counts(counts, threshold)
    )


def _plain(words: Words) -> dict[str, Any]:
    return {tag: each.model_dump(exclude_none=True) for tag, each in words.items()}
