"""Tallies: which days are to be counted anew, and the counts of days that were.

Counts are raw here: they leave only through services/trending and its gate.
"""

from collections.abc import Collection as Some
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    cast,
    extract,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from feedback.models.collections import Collection
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Option, Page, Question
from feedback.models.tallies import TalliedDay, Tally
from feedback.vocabulary import ABOUT, DIMENSIONS, WHO, AnswerState, Audience, Part

DAY = 86_400  # seconds
EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Clock:
    """A stretch of time in which the clocks stand so many seconds ahead of UTC.

    `only` is the day that all of it lies in, where they change on that day.
    """

    since: datetime
    before: datetime
    ahead: int
    only: date | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many gave one answer to one question on one day, of everybody or of one group.

    `group` holds the codes that somebody chose of the question that groups; several where they
    could choose several.
    """

    day: date
    question_id: int
    grouped_by: str
    group: str
    state: AnswerState
    codes: str | None
    number: int | None
    people: int


def first_and_last_sent(session: Session) -> tuple[datetime, datetime] | None:
    """When the first and the last response was sent; None before there is any."""
    first, last = session.execute(
        select(func.min(Response.sent_at), func.max(Response.sent_at))
    ).one()
    return None if first is None or last is None else (first, last)


def days_sent(session: Session, clock: Clock) -> dict[tuple[int, date], tuple[int, str]]:
    """Collection and day → how many sent, and a mark that changes with who they are.

    The mark holds when the last of them sent, for a number can be given anew once its response was
    taken back.
    """
    day = _day(clock)
    rows = session.execute(
        select(
            Response.collection_id,
            day,
            func.count(),
            func.sum(Response.id),
            func.max(Response.sent_at),
        )
        .join(Collection, Collection.id == Response.collection_id)
        .where(*_within(clock), Collection.part == Part.WHOLE)
        .group_by(Response.collection_id, day)
    )
    return {
        (collection_id, _date(number)): (people, f"{people}.{total}.{newest:%y%m%d%H%M%S%f}")
        for collection_id, number, people, total, newest in rows
    }


def days_tallied(session: Session) -> dict[tuple[int, date], str]:
    """Collection and day → its mark when it was last counted."""
    rows = session.execute(select(TalliedDay.collection_id, TalliedDay.day, TalliedDay.mark))
    return {(collection_id, day): mark for collection_id, day, mark in rows}


@dataclass(frozen=True, slots=True)
class ToTally:
    """The questions of a collection by what is counted of them, number and name.

    Those that carry a measure are counted by `dimensions` too, those that say who took part (what
    is `about` people) by `who`.
    """

    measured: dict[int, str]
    about: dict[int, str]
    dimensions: dict[int, str]
    who: dict[int, str]


def questions_of(session: Session, collection_id: int) -> ToTally:
    """What to tally, of all editions answered in a collection."""
    editions = select(Response.edition_id).where(Response.collection_id == collection_id).distinct()
    rows = session.execute(
        select(Question.id, Question.name, Question.measure_id)
        .join(Page, Page.id == Question.page_id)
        .where(
            Page.edition_id.in_(editions),
            or_(Question.measure_id.is_not(None), Question.name.in_([*ABOUT, WHO])),
        )
    ).all()
    return ToTally(
        {number: name for number, name, measure_id in rows if measure_id is not None},
        {number: name for number, name, _ in rows if name in ABOUT},
        {number: name for number, name, _ in rows if name in DIMENSIONS},
        {number: name for number, name, _ in rows if name == WHO},
    )


def counted(
    session: Session, collection_id: int, clock: Clock, question_ids: Some[int]
) -> Iterator[Counted]:
    """How many gave each answer, day by day."""
    day = _day(clock)
    given = (Answer.question_id, Answer.state, Answer.codes, Answer.number)
    statement: Select[*tuple[Any, ...]] = (
        select(day, *given, func.count())
        .join(Response, Response.id == Answer.response_id)
        .where(
            Response.collection_id == collection_id,
            *_within(clock),
            Answer.question_id.in_(question_ids),
        )
        .group_by(day, *given)
    )
    for number, question_id, state, codes, value, people in session.execute(statement):
        yield Counted(_date(number), question_id, "", "", state, codes, value, people)


def counted_by_group(
    session: Session,
    collection_id: int,
    clock: Clock,
    question_ids: Some[int],
    groups: dict[int, str],
) -> Iterator[Counted]:
    """How many of each group gave each answer, day by day."""
    day, who = _day(clock), aliased(Answer)
    given = (Answer.question_id, Answer.state, Answer.codes, Answer.number)
    statement: Select[*tuple[Any, ...]] = (
        select(day, who.question_id, who.codes, *given, func.count())
        .select_from(Response)
        .join(Answer, Answer.response_id == Response.id)
        .join(who, who.response_id == Response.id)
        .where(
            Response.collection_id == collection_id,
            *_within(clock),
            Answer.question_id.in_(question_ids),
            who.question_id.in_(groups),
            who.state == AnswerState.GIVEN,
        )
        .group_by(day, who.question_id, who.codes, *given)
    )
    for number, by, chosen, question_id, state, codes, value, people in session.execute(statement):
        if question_id != by:
            yield Counted(
                _date(number), question_id, groups[by], chosen or "", state, codes, value, people
            )


@dataclass(frozen=True, slots=True)
class Row:
    """One tally, with whom its collection is for."""

    collection_id: int
    audience: Audience
    day: date
    question_id: int
    group: str
    counts: dict[str, int]


def rows(
    session: Session,
    question_ids: Some[int],
    *,
    grouped_by: str = "",
    first: date | None = None,
    last: date | None = None,
) -> Sequence[Row]:
    """The tallies of some questions, oldest first."""
    wanted: list[ColumnElement[bool]] = []
    if first is not None:
        wanted.append(Tally.day >= first)
    if last is not None:
        wanted.append(Tally.day <= last)
    found = session.execute(
        select(
            Tally.collection_id,
            Collection.audience,
            Tally.day,
            Tally.question_id,
            Tally.group,
            Tally.counts,
        )
        .join(Collection, Collection.id == Tally.collection_id)
        .where(Tally.question_id.in_(question_ids), Tally.grouped_by == grouped_by, *wanted)
        .order_by(Tally.day, Tally.collection_id, Tally.question_id, Tally.group)
    )
    return [Row(*each) for each in found]


def first_and_last_day(session: Session) -> tuple[date, date] | None:
    """The first and the last day that anything was tallied for."""
    first, last = session.execute(select(func.min(TalliedDay.day), func.max(TalliedDay.day))).one()
    return (first, last) if first is not None else None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that carries a measure or groups people, with its scale.

    `scale` is the same for two questions whose answers may stand in one series.
    """

    id: int
    name: str
    measure_id: int | None
    ask: dict[str, Any]
    kind: str
    scale: tuple[Any, ...]
    several: bool
    options: tuple[tuple[str, dict[str, Any]], ...]


def asked(session: Session, measure_ids: Some[int]) -> list[Asked]:
    """The questions that carry some measures, in all editions; the newest edition last."""
    return _with_options(session, Question.measure_id.in_(measure_ids))


def grouping(session: Session, name: str, beside: Sequence[Asked]) -> list[Asked]:
    """The questions of a name that stand in an edition beside some others; the newest last."""
    there = (
        select(Page.edition_id)
        .join(Question, Question.page_id == Page.id)
        .where(Question.id.in_([each.id for each in beside]))
    )
    return _with_options(session, (Question.name == name) & Page.edition_id.in_(there))


def _with_options(session: Session, which: ColumnElement[bool]) -> list[Asked]:
    questions = session.scalars(
        select(Question)
        .join(Page, Page.id == Question.page_id)
        .where(which)
        .order_by(Page.edition_id, Question.id)
    ).all()
    options: dict[int, list[tuple[str, dict[str, Any]]]] = {}
    for number, code, label in session.execute(
        select(Option.question_id, Option.code, Option.label)
        .where(Option.question_id.in_([each.id for each in questions]))
        .order_by(Option.question_id, Option.position)
    ):
        options.setdefault(number, []).append((code, label))
    return [
        Asked(
            each.id,
            each.name,
            each.measure_id,
            each.ask,
            each.kind.value,
            _scale(each, options.get(each.id, [])),
            each.kind.value == "choices",
            tuple(options.get(each.id, [])),
        )
        for each in questions
    ]


def _scale(question: Question, options: Sequence[tuple[str, Any]]) -> tuple[Any, ...]:
    codes = tuple(sorted(code for code, _ in options))
    if question.kind.has_number:
        return (question.kind.value, question.lowest, question.highest)
    return (question.kind.value, question.points, codes)


def _within(clock: Clock) -> list[ColumnElement[bool]]:
    return [Response.sent_at >= clock.since, Response.sent_at < clock.before]


def _day(clock: Clock) -> ColumnElement[int]:
    """The day of sending where the clocks stand as they did, counted from 1970."""
    if clock.only is not None:
        return literal_column(f"(0 + {clock.only.toordinal() - EPOCH})", Integer)
    # Up to the minute: PostgreSQL would round parts of a second up, into the next day at midnight.
    minutes = extract("epoch", Response.sent_at) - extract("second", Response.sent_at)
    seconds = cast(minutes, Integer)
    # Written into the statement: grouped by a parameter, PostgreSQL takes it for another one.
    return (seconds + literal_column(str(int(clock.ahead)))) // literal_column(str(DAY))


def _date(number: Any) -> date:
    return date.fromordinal(EPOCH + int(number))
