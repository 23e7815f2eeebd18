"""What a collection says, with small groups hidden: the one way from answers to numbers.

Every count goes through `analysis/disclosure`. That somebody left a question out is not an
answer, so bases are shown as they are; how many began is rounded, so that the few who stopped
on the way cannot be worked out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.analysis import disclosure
from feedback.analysis.disclosure import Shown
from feedback.errors import CollectionClosed, CollectionWithdrawn, NotYetOpen
from feedback.models.collections import Collection
from feedback.queries import collections, responses
from feedback.queries.responses import Said
from feedback.queries.surveys import Asked, Editions
from feedback.questionnaire import Page, Question
from feedback.services import collecting
from feedback.services.counting import Measured, StateCounts, gated, question_counted
from feedback.vocabulary import QuestionKind

ROUNDED_TO = 5  # people; as the national statistics office rounds what it rounds


@dataclass(frozen=True)
class Overview:
    """A collection in the list: its state, and how many sent."""

    collection: Collection
    state: str
    sent: Shown
    rate: int | None
    newest_at: datetime | None


@dataclass(frozen=True)
class Left:
    """How many of those who began and did not send stopped at a page.

    The page is None for the last one, where people check their answers before they send.
    """

    page: Page | None
    position: int
    count: Shown


@dataclass(frozen=True)
class Part:
    """The answers to one edition."""

    asked: Asked
    measured: Sequence[Measured]


@dataclass(frozen=True)
class Report:
    """A collection's results: how many began and sent, who left where, each question."""

    sent: Shown
    began_about: int | None
    left: Sequence[Left]
    rate: int | None
    parts: Sequence[Part] = field(default=())


@dataclass(frozen=True)
class FoundComments:
    """A page of comments, or none at all where the group is too small."""

    comments: Sequence[Said]
    count: Shown
    hidden: bool
    questions: Sequence[Question]
    more: bool


def overview(session: Session, *, threshold: int, now: datetime) -> list[Overview]:
    """All collections with their state and how many sent, newest first."""
    return [
        Overview(
            collection=listed.collection,
            state=state_of(listed.collection, now=now),
            sent=gated(listed.sent, threshold),
            rate=_rate(listed.sent, listed.collection.expected, threshold),
            newest_at=None if listed.sent < threshold else listed.newest_at,
        )
        for listed in collections.listed(session)
    ]


def state_of(collection: Collection, *, now: datetime) -> str:
    """ "open", "planned", "closed" or "withdrawn"."""
    try:
        collecting.check_open(collection, now=now)
    except NotYetOpen:
        return "planned"
    except CollectionClosed:
        return "closed"
    except CollectionWithdrawn:
        return "withdrawn"
    return "open"


def report(
    session: Session, collection: Collection, editions: Editions, *, threshold: int
) -> Report:
    """Everything a collection's results page shows.

    Args:
        threshold: people; a smaller group is hidden.
    """
    sent = responses.sent_count(session, collection.id)
    unsent = responses.furthest_of_unsent(session, collection.id)
    began = sent + sum(unsent.values())
    current = editions.asked(session, collection.edition_id)
    shown = Report(
        sent=gated(sent, threshold),
        began_about=None if began < threshold else _rounded(began),
        left=_left(current, unsent, threshold),
        rate=_rate(sent, collection.expected, threshold),
    )
    if sent < threshold:
        return shown
    codes = responses.code_counts(session, collection.id)
    numbers = responses.number_counts(session, collection.id)
    answered = responses.edition_ids(session, collection.id)
    return Report(
        **{key: getattr(shown, key) for key in ("sent", "began_about", "left", "rate")},
        parts=[
            _part(editions.asked(session, number), codes, numbers, threshold)
            for number in reversed(answered)
        ],
    )


def comments(
    session: Session,
    collection: Collection,
    editions: Editions,
    *,
    search: str,
    question: str,
    page: int,
    page_size: int,
    threshold: int,
) -> FoundComments:
    """A page of comments, newest first; none while fewer than the threshold have sent.

    A search may find a single comment: it is the words that are read, and nothing about the
    person stands beside them.
    """
    numbers = [collection.edition_id, *responses.edition_ids(session, collection.id)]
    asked = {
        name: each
        for number in reversed(numbers)  # the words as they are asked now come last and win
        for name, each in editions.asked(session, number).questionnaire.questions.items()
        if each.kind is QuestionKind.COMMENT
    }
    questions = list(asked.values())
    if disclosure.hide_summary(responses.sent_count(session, collection.id), threshold):
        return FoundComments((), disclosure.HIDDEN, hidden=True, questions=questions, more=False)
    count = responses.comment_count(session, collection.id, search=search, question=question)
    found = responses.comments(
        session,
        collection.id,
        search=search,
        question=question,
        limit=page_size,
        offset=(page - 1) * page_size,
    )
    return FoundComments(
        found, Shown(count), hidden=False, questions=questions, more=page * page_size < count
    )


def _part(
    asked: Asked,
    codes: Mapping[int, StateCounts],
    numbers: Mapping[int, Mapping[int, int]],
    threshold: int,
) -> Part:
    measured = []
    for position, page in enumerate(asked.questionnaire.pages, start=1):
        for question in page.questions:
            number = asked.question_ids[question.name]
            counts, given = codes.get(number, {}), numbers.get(number, {})
            measured.append(
                question_counted(asked, question, position, counts, given, threshold=threshold)
            )
    return Part(asked, measured)


def _left(asked: Asked, unsent: Mapping[int, int], threshold: int) -> list[Left]:
    """Pages where enough people stopped.

    How many stopped in all nearly follows from how many began, so it counts as known.
    """
    pages: list[Page | None] = [*asked.questionnaire.pages, None]
    counts = {str(at): unsent.get(at, 0) for at in range(1, len(pages) + 1)}
    shown = disclosure.hide_counts(counts, threshold)
    return [
        Left(pages[int(at) - 1], int(at), count)
        for at, count in shown.cells.items()
        if not count.hidden
    ]


def _rate(sent: int, expected: int | None, threshold: int) -> int | None:
    """Sent as a whole per cent of how many were there."""
    if not expected or sent < threshold or expected < threshold:
        return None
    return round(100 * sent / expected)


def _rounded(count: int) -> int:
    return ROUNDED_TO * round(count / ROUNDED_TO)
