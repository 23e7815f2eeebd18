"""What a collection says, with small groups hidden: the one way from answers to numbers.

Every count goes through `analysis/disclosure`. That somebody left a question out is not an
answer, so bases are shown as they are; how many began is rounded, so that the few who stopped
on the way cannot be worked out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.analysis import disclosure
from feedback.analysis.disclosure import Shown
from feedback.errors import CollectionClosed, CollectionWithdrawn, NotYetOpen
from feedback.models.collections import Collection
from feedback.models.events import Series
from feedback.queries import collections, responses
from feedback.queries.collections import Listed
from feedback.queries.responses import Said
from feedback.queries.surveys import Asked, Editions
from feedback.questionnaire import Page, Question
from feedback.services import collecting
from feedback.services.counting import Measured, StateCounts, gated, question_counted
from feedback.vocabulary import Part as PartOfEvent
from feedback.vocabulary import QuestionKind


@dataclass(frozen=True)
class Overview:
    """A collection in the list: its state, and how many sent, of how many (`base`)."""

    collection: Collection
    state: str
    sent: Shown
    base: int | None
    rate: int | None
    newest_at: datetime | None


@dataclass(frozen=True)
class Together:
    """The collections of one series as one line.

    `sessions` are those that somebody answered at; all of them while there is no answer. `sent`
    is empty for whoever sees only their own sessions: no total, nothing to take away from it.
    """

    series: Series
    sessions: int
    sent: Mapping[PartOfEvent, Shown]
    open: int


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
    """A collection's results: how many began, and sent of `base`; who left where; each question."""

    sent: Shown
    began_about: int | None
    left: Sequence[Left]
    base: int | None
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


def overview(
    session: Session,
    *,
    threshold: int,
    now: datetime,
    **which: int | None,
) -> list[Overview]:
    """Collections with their state and how many sent, newest first.

    Args:
        which: only some of them, as `queries.collections.listed` says.
    """
    found = collections.listed(session, **which)
    return [_overview(listed, threshold, now) for listed in found]


def all_together(
    session: Session, *, threshold: int, now: datetime, only_of: int | None = None
) -> tuple[list[Overview], list[Together]]:
    """All collections, those of one series counted together; then the series by name.

    Args:
        only_of: whose events' collections alone are shown; None for all.
    """
    found = collections.listed(session, only_of=only_of)
    of_series: dict[int | None, list[Listed]] = {}
    for listed in found:
        event = listed.collection.event
        of_series.setdefault(event.series_id if event else None, []).append(listed)
    several = {key for key, rows in of_series.items() if key is not None and len(rows) > 1}
    single = [
        _overview(listed, threshold, now)
        for listed in found
        if listed.collection.event is None or listed.collection.event.series_id not in several
    ]
    totals = only_of is None
    lines = [_together(of_series[key], threshold, now, totals=totals) for key in several]
    return single, sorted(lines, key=lambda line: (line.series.name.casefold(), line.series.id))


def base_of(collection: Collection) -> int | None:
    """How many people could have answered: as was said, or as many as came to the event."""
    if collection.expected is not None or collection.event_id is None:
        return collection.expected
    return collection.event.attended if collection.event else None


def _overview(listed: Listed, threshold: int, now: datetime) -> Overview:
    base = base_of(listed.collection)
    return Overview(
        collection=listed.collection,
        state=state_of(listed.collection, now=now),
        sent=gated(listed.sent, threshold),
        base=base,
        rate=_rate(listed.sent, base, threshold),
        newest_at=None if listed.sent < threshold else listed.newest_at,
    )


def _together(rows: Sequence[Listed], threshold: int, now: datetime, *, totals: bool) -> Together:
    events = [row.collection.event for row in rows if row.collection.event]
    series = events[0].series
    if series is None:
        raise ValueError("collections of no series are not counted together")
    answered = {row.collection.event_id for row in rows if row.sent}
    counts: dict[PartOfEvent, list[int]] = {}
    for row in rows if totals else ():
        if row.collection.opens_at <= now:
            counts.setdefault(row.collection.part, []).append(row.sent)
    return Together(
        series=series,
        sessions=len(answered or {event.id for event in events}),
        sent={part: gated(sum(counts[part]), threshold) for part in PartOfEvent if part in counts},
        open=sum(state_of(row.collection, now=now) == "open" for row in rows),
    )


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
    session: Session,
    collection: Collection,
    editions: Editions,
    *,
    threshold: int,
    of: str | None = None,
) -> Report:
    """Everything a collection's results page shows.

    Args:
        threshold: people; a smaller group is hidden.
        of: the one question that somebody reads who may know those that answer; it is counted in
            whole lots of `threshold` answers, so that nobody sees what the last one was.
    """
    sent = responses.sent_count(session, collection.id)
    unsent = responses.furthest_of_unsent(session, collection.id)
    began = sent + sum(unsent.values())
    current = editions.asked(session, collection.edition_id)
    shown = Report(
        sent=gated(sent, threshold),
        began_about=None if began < threshold else disclosure.rounded(began),
        left=_left(current, unsent, threshold),
        base=base_of(collection),
        rate=_rate(sent, base_of(collection), threshold),
    )
    if sent < threshold:
        return shown
    among = responses.first_to_answer(session, collection.id, of, threshold) if of else None
    codes = responses.code_counts(session, collection.id, among=among)
    numbers = responses.number_counts(session, collection.id, among=among)
    answered = responses.edition_ids(session, collection.id)
    return replace(
        shown,
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
