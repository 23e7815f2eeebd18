"""Starts, saves, sends and takes back a response."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from feedback.errors import AlreadySent, CodeNotKnown, ResponseWithdrawn
from feedback.models.collections import Collection
from feedback.models.oversight import Deletion
from feedback.models.quotes import Quote
from feedback.models.responses import Answer, Response
from feedback.queries import responses
from feedback.queries.responses import Visit
from feedback.queries.surveys import Asked
from feedback.queries.upserts import dialect_of, insert_into
from feedback.questionnaire import Given
from feedback.services import masking, theming
from feedback.services.codes import Codes
from feedback.services.collecting import check_open
from feedback.vocabulary import (
    ASSENT_VERSION,
    DAYS_TO_COME_BACK,
    Channel,
    Helper,
    Presentation,
)

# The tables themselves: what is written on each page needs no objects, and the statements are
# built once, so that they are compiled once.
_response, _answer = (cast(Table, model.__table__) for model in (Response, Answer))
_SAVED = (
    update(_response)
    .where(_response.c.id == bindparam("response"))
    .values(saved_at=bindparam("saved"), furthest=bindparam("reached"))
)


@cache
def _begin(dialect: str) -> Any:
    """Adds a response unless it is there, in one database's own words.

    No column is named: of two at once, PostgreSQL may notice the code to come back first.
    """
    return insert_into(dialect, _response).on_conflict_do_nothing()


@cache
def _keep(dialect: str) -> Any:
    """Adds an answer or puts it in the place of the one before."""
    statement = insert_into(dialect, _answer)
    key = ("response_id", "question_id")
    changed = {c.name: statement.excluded[c.name] for c in _answer.c if c.name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=changed)


def begin(
    session: Session,
    collection: Collection,
    submission_id: str,
    codes: Codes,
    *,
    language: str,
    presentation: Presentation,
    pictures: bool,
    channel: Channel = Channel.OWN_PHONE,
    helper: Helper | None = None,
    after: timedelta = timedelta(),
    now: datetime,
) -> None:
    """Start a response after the person has agreed; the same id starts only once.

    Args:
        helper: who helps to answer, where that is known.
        after: how long after its end a collection takes answers, as in `check_open`.

    Raises:
        CollectionWithdrawn, NotYetOpen, CollectionClosed: the collection takes no answers now.
    """
    check_open(collection, now=now, after=after)
    values = {
        "submission_id": submission_id,
        "collection_id": collection.id,
        "edition_id": collection.edition_id,
        "language": language,
        "presentation": presentation,
        "pictures": pictures,
        "channel": channel,
        "helper": helper,
        "assent_version": ASSENT_VERSION,
        "assent_at": now,
        "saved_at": now,
        "furthest": 1,
        "receipt_turn": 0,
        "resume_hash": codes.hashed("resume", codes.words("resume", submission_id)),
        "made_up": False,
    }
    session.execute(_begin(dialect_of(session)), values)


def save_page(
    session: Session,
    visit: Visit,
    asked: Asked,
    position: int,
    given: Mapping[str, Given],
    *,
    now: datetime,
) -> int | None:
    """Keep the answers of one page and say which page comes next.

    Saving the same page again replaces its answers, so a repeated submit does no harm.

    Args:
        given: the page's answers by question name.

    Returns:
        Position of the next page, or None when the check page is next.

    Raises:
        AlreadySent: the response was sent before this page arrived.
        CollectionClosed, CollectionWithdrawn: the collection ended before this page arrived.
    """
    looked_at = route_answers(session, visit, asked, besides=given)
    following = [at for at in asked.questionnaire.walk(looked_at) if at > position]
    step = following[0] if following else len(asked.questionnaire.pages) + 1
    visit.furthest = max(visit.furthest, step)
    keep_answers(session, visit, asked, given, now=now)
    return following[0] if following else None


def keep_answers(
    session: Session,
    visit: Visit,
    asked: Asked,
    given: Mapping[str, Given],
    *,
    after: timedelta = timedelta(),
    now: datetime,
) -> None:
    """Keep answers without moving on; used when a person changes language or stops for now.

    Args:
        after: how long after its end a collection takes answers, as in `check_open`.

    Raises:
        AlreadySent, CollectionClosed, CollectionWithdrawn: nothing more can be kept.
    """
    if visit.sent_at is not None:
        raise AlreadySent
    check_open(visit, now=now, after=after)
    connection = session.connection()
    connection.execute(_SAVED, {"response": visit.id, "saved": now, "reached": visit.furthest})
    if given:
        has_words = any(answer.text for answer in given.values())
        stay = masking.names_that_stay(session) if has_words else ()
        masked = masking.masked_words(asked, given, stay)
        connection.execute(
            _keep(dialect_of(session)),
            [
                {
                    "response_id": visit.id,
                    "question_id": asked.question_ids[name],
                    "state": answer.state,
                    "codes": " ".join(answer.codes) or None,
                    "number": answer.number,
                    "text": answer.text,
                    "masked": masked.get(name),
                    "language": visit.language,
                    "presentation": visit.presentation,
                    "pictures": visit.pictures,
                }
                for name, answer in given.items()
            ],
        )


def route_answers(
    session: Session, visit: Visit, asked: Asked, *, besides: Mapping[str, Given] | None = None
) -> dict[str, Given]:
    """The answers that routes look at, with those in `besides` taking their place."""
    if not asked.routed_ids:
        return dict(besides or {})
    kept = responses.answers(session, visit.id, asked.routed_ids)
    return {**{asked.names[number]: answer for number, answer in kept.items()}, **(besides or {})}


def set_display(
    session: Session,
    visit: Visit,
    *,
    language: str | None = None,
    presentation: Presentation | None = None,
    pictures: bool | None = None,
) -> Visit:
    """Change how the survey is read from here on; answers and place stay."""
    changes: dict[str, object] = {
        key: value
        for key, value in (
            ("language", language),
            ("presentation", presentation),
            ("pictures", pictures),
        )
        if value is not None
    }
    if changes:
        session.execute(update(Response).where(Response.id == visit.id).values(changes))
        for key, value in changes.items():
            setattr(visit, key, value)
    return visit


def all_answers(session: Session, visit: Visit, asked: Asked) -> dict[str, Given]:
    """Everything answered so far by question name; answers of a page no longer asked included."""
    kept = responses.answers(session, visit.id)
    return {asked.names[number]: given for number, given in kept.items() if number in asked.names}


def first_gap(asked: Asked, answers: Mapping[str, Given]) -> int | None:
    """Position of the first page that is asked and has a question nobody has been through."""
    for position in asked.questionnaire.walk(answers):
        page = asked.questionnaire.pages[position - 1]
        if any(question.name not in answers for question in page.questions):
            return position
    return None


def fingerprint(asked: Asked, answers: Mapping[str, Given]) -> str:
    """A short text that is the same for the same answers, so that other words can be told."""
    walked = asked.questionnaire.walk(answers)
    counted = [
        [name, answer.state, answer.codes, answer.number, answer.text]
        for position in walked
        for question in asked.questionnaire.pages[position - 1].questions
        if (answer := answers.get(name := question.name)) is not None
    ]
    return hashlib.sha256(json.dumps([asked.edition_id, counted]).encode()).hexdigest()


def send(
    session: Session,
    visit: Visit,
    asked: Asked,
    answers: Mapping[str, Given],
    codes: Codes,
    *,
    may_be_quoted: bool = False,
    after: timedelta = timedelta(),
    now: datetime,
) -> str:
    """Send the response once and for all and give its receipt.

    Sending again, at the same time or later, stores nothing more and gives the same receipt.
    Answers on pages that are not asked any more are left out.

    Args:
        may_be_quoted: the person said yes to others reading their words; without a comment there
            is nothing to say yes to.
        after: how long after its end a collection takes answers, as in `check_open`.

    Raises:
        ResponseWithdrawn: the response is not there any more.
        CollectionClosed, CollectionWithdrawn: the collection takes no answers now.
    """
    if visit.sent_at is None:
        check_open(visit, now=now, after=after)
        turn = visit.receipt_turn
        while _taken(
            session, codes.hashed("receipt", codes.words("receipt", visit.submission_id, turn))
        ):
            turn += 1
        words = codes.words("receipt", visit.submission_id, turn)
        sent = session.execute(
            update(Response)
            .where(Response.id == visit.id, Response.sent_at.is_(None))
            .values(
                sent_at=now,
                saved_at=now,
                fingerprint=fingerprint(asked, answers),
                receipt_hash=codes.hashed("receipt", words),
                receipt_turn=turn,
                resume_hash=None,
                may_be_quoted=may_be_quoted and asked.questionnaire.commented(answers),
            )
        )
        if sent.rowcount == 1:  # type: ignore[attr-defined] # an UPDATE always has one
            _leave_out_unasked(session, visit, asked, answers)
            return words
        again = responses.visit(session, visit.submission_id)
        if again is None:
            raise ResponseWithdrawn
        visit = again
    return receipt(visit, codes)


def receipt(visit: Visit, codes: Codes) -> str:
    """The receipt of a sent response, the same whenever it is asked for."""
    return codes.words("receipt", visit.submission_id, visit.receipt_turn)


def code_to_come_back(visit: Visit, codes: Codes) -> tuple[str, datetime]:
    """The code to come back with, on this or another device, and its last moment.

    Raises:
        AlreadySent: there is nothing to come back to.
    """
    if visit.sent_at is not None:
        raise AlreadySent
    until = visit.saved_at + timedelta(days=DAYS_TO_COME_BACK)
    return codes.words("resume", visit.submission_id), until


def come_back(session: Session, typed: str, codes: Codes, *, now: datetime) -> Visit:
    """The place that a code leads back to.

    Raises:
        CodeNotKnown: no such code, or 14 days have passed; the two are not told apart.
    """
    since = now - timedelta(days=DAYS_TO_COME_BACK)
    visit = responses.visit_to_resume(session, codes.hashed("resume", typed), since)
    if visit is None:
        raise CodeNotKnown
    return visit


def by_receipt(session: Session, typed: str, codes: Codes) -> Visit:
    """The sent response that a receipt code belongs to.

    Raises:
        CodeNotKnown: no such code, or the response was taken back or deleted.
    """
    visit = responses.visit_by_receipt(session, codes.hashed("receipt", typed))
    if visit is None:
        raise CodeNotKnown
    return visit


def take_back_yes(session: Session, visit: Visit) -> None:
    """Let nobody quote a response any more; what was cleared of it goes. Safe to do twice."""
    session.execute(update(Response).where(Response.id == visit.id).values(may_be_quoted=False))
    session.execute(delete(Quote).where(Quote.response_id == visit.id))
    visit.may_be_quoted = False


def withdraw(session: Session, visit: Visit, codes: Codes, *, reason: str, now: datetime) -> None:
    """Delete a response and everything derived from it; only that it happened is kept."""
    session.execute(delete(Answer).where(Answer.response_id == visit.id))
    gone = session.execute(delete(Response).where(Response.id == visit.id))
    if gone.rowcount:  # type: ignore[attr-defined] # a DELETE always has one
        theming.forget_models(session)
        session.execute(
            insert(Deletion).values(
                what="response",
                reference_hash=codes.reference(visit.submission_id),
                reason=reason,
                erased_at=now,
            )
        )


def _taken(session: Session, receipt_hash: str) -> bool:
    return (
        session.scalar(select(Response.id).where(Response.receipt_hash == receipt_hash)) is not None
    )


def _leave_out_unasked(
    session: Session, visit: Visit, asked: Asked, answers: Mapping[str, Given]
) -> None:
    walked = asked.questionnaire.walk(answers)
    keep = frozenset().union(*(asked.page_ids[position - 1] for position in walked))
    surplus = [asked.question_ids[name] for name in answers if asked.question_ids[name] not in keep]
    if surplus:
        session.execute(
            delete(Answer).where(Answer.response_id == visit.id, Answer.question_id.in_(surplus))
        )
