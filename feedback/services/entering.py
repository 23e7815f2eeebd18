"""Types in what came on paper: the same rows as if the person had answered on a phone."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from feedback.errors import AlreadySent, FormExpired
from feedback.models.collections import Collection
from feedback.queries import responses
from feedback.queries.responses import Visit
from feedback.queries.surveys import Asked
from feedback.questionnaire import Given, Questionnaire
from feedback.services import audit, responding
from feedback.services.codes import Codes
from feedback.vocabulary import DAYS_FOR_PAPER, AnswerState, Channel, Helper, Presentation

AFTER = timedelta(days=DAYS_FOR_PAPER)  # a collection ends, and its paper may still be typed in
TYPED_IN, UNDONE = "type in paper", "undo paper"  # as the record calls them


def type_in(
    session: Session,
    collection: Collection,
    asked: Asked,
    submission_id: str,
    given: Mapping[str, Given],
    codes: Codes,
    *,
    language: str,
    presentation: Presentation,
    helper: Helper | None,
    may_be_quoted: bool = False,
    user_id: int,
    now: datetime,
) -> Visit:
    """Keep one form and send it; the same form sent twice is kept once.

    Answers on pages that the person was not to answer are left out, as on a phone.

    Args:
        given: an answer to every question; one left blank is passed by.
        may_be_quoted: the box for it at the end is ticked.

    Raises:
        AlreadySent: this form was kept already, with other answers.
        FormExpired: the id belongs to something else.
        CollectionWithdrawn, NotYetOpen, CollectionClosed: the collection takes no paper now.
    """
    responding.begin(
        session,
        collection,
        submission_id,
        codes,
        language=language,
        presentation=presentation,
        pictures=True,
        channel=Channel.PAPER,
        helper=helper,
        after=AFTER,
        now=now,
    )
    visit = _typed(session, collection, submission_id)
    if visit is None:
        raise FormExpired
    pages = asked.questionnaire.pages
    walked = [pages[position - 1] for position in asked.questionnaire.walk(given)]
    kept = {q.name: given[q.name] for page in walked for q in page.questions}
    if visit.sent_at is not None:
        if visit.fingerprint != responding.fingerprint(asked, kept):
            raise AlreadySent
        return visit
    visit.furthest = len(pages) + 1
    responding.keep_answers(session, visit, asked, kept, after=AFTER, now=now)
    responding.send(
        session, visit, asked, kept, codes, may_be_quoted=may_be_quoted, after=AFTER, now=now
    )
    audit.note(session, user_id, TYPED_IN, collection.code, now=now)
    sent = _typed(session, collection, submission_id)
    if sent is None:
        raise FormExpired
    return sent


def undo(
    session: Session,
    collection: Collection,
    submission_id: str,
    codes: Codes,
    *,
    user_id: int,
    now: datetime,
) -> None:
    """Take a form back that was typed in just now; safe to do twice."""
    visit = _typed(session, collection, submission_id)
    if visit is not None:
        responding.withdraw(session, visit, codes, reason="typed wrongly", now=now)
        audit.note(session, user_id, UNDONE, collection.code, now=now)


def not_asked(asked: Questionnaire, given: Mapping[str, Given]) -> list[str]:
    """Questions that were answered though their page was not to be answered."""
    walked = set(asked.walk(given))
    return [
        question.name
        for position, page in enumerate(asked.pages, start=1)
        if position not in walked
        for question in page.questions
        if question.name in given and given[question.name].state is not AnswerState.SKIPPED
    ]


def _typed(session: Session, collection: Collection, submission_id: str) -> Visit | None:
    """A paper form of this collection; nothing else has this id here."""
    visit = responses.visit(session, submission_id, lock=True)
    ours = visit and visit.collection_id == collection.id and visit.channel is Channel.PAPER
    return visit if ours else None
