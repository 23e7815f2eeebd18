"""What a collection says, with small groups hidden: the one way from answers to numbers.

Every count goes through `analysis/disclosure`. That somebody left a question out is not an
answer, so bases are shown as they are; how many began is rounded, so that the few who stopped
on the way cannot be worked out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.analysis import disclosure, measures
from feedback.analysis.disclosure import Share, Shown
from feedback.errors import CollectionClosed, CollectionWithdrawn, NotYetOpen
from feedback.models.collections import Collection
from feedback.queries import collections, responses
from feedback.queries.responses import Said
from feedback.queries.surveys import Asked, Editions
from feedback.questionnaire import Page, Question, Words
from feedback.services import collecting
from feedback.vocabulary import AnswerState, QuestionKind

ROUNDED_TO = 5  # people; as the national statistics office rounds what it rounds
BINS = 6  # ranges that whole numbers are sorted into
UNKNOWN = "-unknown"

StateCounts = Mapping[tuple[AnswerState, str], int]


@dataclass(frozen=True)
class Overview:
    """A collection in the list: its state, and how many sent."""

    collection: Collection
    state: str
    sent: Shown
    rate: int | None
    newest_at: datetime | None


@dataclass(frozen=True)
class Row:
    """One line of a question's table: an option or a range, its count and its share.

    `label` is the option's words; None for ranges, whose bounds are `low` and `high`.
    """

    key: str
    label: Words | None
    count: Shown
    share: Share | None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Measured:
    """One question counted.

    `top` is the measure's share with its Wilson interval, as proportions (0 to 1).
    """

    question: Question
    position: int
    base: Shown
    rows: Sequence[Row] = ()
    most: Row | None = None
    mean: float | None = None
    median: float | None = None
    top: tuple[float, float, float] | None = None

    @property
    def any_hidden(self) -> bool:
        """Something in the table is hidden."""
        return any(row.count.hidden for row in self.rows)


@dataclass(frozen=True)
class Left:
    """How many of those who began and did not send stopped at a page."""

    page: Page
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
            sent=_gate(listed.sent, threshold),
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
        sent=_gate(sent, threshold),
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
    asked = [
        each
        for each in editions.asked(session, collection.edition_id).questionnaire.questions.values()
        if each.kind is QuestionKind.COMMENT
    ]
    if disclosure.hide_summary(responses.sent_count(session, collection.id), threshold):
        return FoundComments((), disclosure.HIDDEN, hidden=True, questions=asked, more=False)
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
        found, Shown(count), hidden=False, questions=asked, more=page * page_size < count
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
            counts = codes.get(number, {})
            if question.kind.has_number:
                found = _numbers(question, position, counts, numbers.get(number, {}), threshold)
            elif question.kind is QuestionKind.CHOICES:
                found = _choices(question, position, counts, threshold)
            elif question.kind.has_options:
                found = _options(asked, question, position, counts, threshold)
            else:
                found = Measured(question, position, _gate(_given(counts), threshold))
            measured.append(found)
    return Part(asked, measured)


def _options(
    asked: Asked, question: Question, position: int, counts: StateCounts, threshold: int
) -> Measured:
    cells = {
        option.code: counts.get((AnswerState.GIVEN, option.code), 0) for option in question.options
    }
    given = sum(cells.values())
    raw = dict(cells)
    if question.dont_know:
        cells[UNKNOWN] = _in_state(counts, AnswerState.UNKNOWN)
    shown = disclosure.hide_counts(cells, threshold)
    labels: dict[str, Words | None] = {option.code: option.label for option in question.options}
    rows = [
        Row(code, labels.get(code), cell, disclosure.share(cell, shown.base))
        for code, cell in shown.cells.items()
    ]
    measure = next((m for m in asked.questionnaire.measures if m.name == question.measure), None)
    top = None
    if (
        measure
        and measure.top
        and not shown.any_hidden
        and given >= max(threshold, disclosure.SHARE_NEEDS)
    ):
        hits = sum(raw.get(code, 0) for code in measure.top)
        low, high = measures.wilson_interval(hits, given)
        top = (hits / given, low, high)
    return Measured(question, position, shown.base, rows, most=_most(rows), top=top)


def _choices(question: Question, position: int, counts: StateCounts, threshold: int) -> Measured:
    cells = {option.code: 0 for option in question.options}
    for (state, chosen), count in counts.items():
        if state is AnswerState.GIVEN:
            for code in chosen.split():
                if code in cells:
                    cells[code] += count
    shown = disclosure.hide_choices(cells, _given(counts), threshold)
    rows = [
        Row(
            option.code,
            option.label,
            shown.cells[option.code],
            disclosure.share(shown.cells[option.code], shown.base),
        )
        for option in question.options
    ]
    return Measured(question, position, shown.base, rows, most=_most(rows))


def _numbers(
    question: Question,
    position: int,
    counts: StateCounts,
    numbers: Mapping[int, int],
    threshold: int,
) -> Measured:
    ranges = _ranges(question, numbers)
    cells = {
        f"{low}-{high}": sum(count for number, count in numbers.items() if low <= number <= high)
        for low, high in ranges
    }
    unknown = _in_state(counts, AnswerState.UNKNOWN)
    shown = disclosure.hide_counts(
        {**cells, UNKNOWN: unknown} if question.dont_know else cells, threshold
    )
    rows = [
        Row(
            f"{low}-{high}",
            None,
            cell := shown.cells[f"{low}-{high}"],
            disclosure.share(cell, shown.base),
            low,
            high,
        )
        for low, high in ranges
    ]
    if question.dont_know:
        cell = shown.cells[UNKNOWN]
        rows.append(Row(UNKNOWN, None, cell, disclosure.share(cell, shown.base)))
    given = sum(cells.values())
    mean = median = None
    if question.kind is not QuestionKind.MONTH and not disclosure.hide_summary(given, threshold):
        summary = measures.summarise(numbers)
        mean, median = summary.mean, summary.median
    return Measured(
        question, position, shown.base, rows, most=_most(rows), mean=mean, median=median
    )


def _ranges(question: Question, numbers: Mapping[int, int]) -> list[tuple[int, int]]:
    """Ranges to count in: each number of a rating, each year of months, or up to six even steps."""
    if question.kind is QuestionKind.RATING:
        return [(number, number) for number in range(11)]
    if not numbers:
        return []
    low, high = min(numbers), max(numbers)
    if question.kind is QuestionKind.MONTH:
        return [(year * 100, year * 100 + 99) for year in range(low // 100, high // 100 + 1)][-20:]
    start = 0 if low >= 0 else low
    step = _even_step((high - start + 1) / BINS)
    return [(at, at + step - 1) for at in range(start, high + 1, step)]


def _even_step(width: float) -> int:
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step >= width:
                return step
        size *= 10


def _left(asked: Asked, unsent: Mapping[int, int], threshold: int) -> list[Left]:
    if sum(unsent.values()) < threshold:
        return []
    pages = asked.questionnaire.pages
    counts = {str(at): unsent.get(at, 0) for at in range(1, len(pages) + 1)}
    shown = disclosure.hide_counts(counts, threshold, total_known=False)
    return [
        Left(pages[int(at) - 1], int(at), count)
        for at, count in shown.cells.items()
        if not count.hidden
    ]


def _most(rows: Sequence[Row]) -> Row | None:
    """The line with the most answers, where it is known that none has more."""
    if any(row.count.hidden for row in rows):
        hidden = True
    else:
        hidden = False
    shown = [row for row in rows if row.count.count is not None]
    if not shown:
        return None
    best = max(shown, key=lambda row: row.count.count or 0)
    ties = [row for row in shown if row.count.count == best.count.count]
    return None if len(ties) > 1 or (hidden and len(shown) < 2) else best


def _gate(count: int, threshold: int) -> Shown:
    return disclosure.HIDDEN if disclosure.hide_summary(count, threshold) else Shown(count)


def _rate(sent: int, expected: int | None, threshold: int) -> int | None:
    """Sent as a whole per cent of how many were there."""
    if not expected or sent < threshold or expected < threshold:
        return None
    return round(100 * sent / expected)


def _rounded(count: int) -> int:
    return ROUNDED_TO * round(count / ROUNDED_TO)


def _given(counts: StateCounts) -> int:
    return _in_state(counts, AnswerState.GIVEN)


def _in_state(counts: StateCounts, wanted: AnswerState) -> int:
    return sum(count for (state, _codes), count in counts.items() if state is wanted)
