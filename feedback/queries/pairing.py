"""Sent forms of before, after and later: of one event, or of all events of a series.

Everything is raw here: it leaves only through services/pairing and its gate.
"""

from collections.abc import Collection as Some
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.collections import Collection
from feedback.models.events import Event, Series
from feedback.models.responses import Answer, Response
from feedback.vocabulary import AnswerState, Part

MATCHED = (Part.BEFORE, Part.AFTER, Part.LATER)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which events' forms are wanted: those of one event, or of all events of a series."""

    event_id: int | None = None
    series_id: int | None = None

    def holds(self) -> ColumnElement[bool]:
        """That a collection belongs to one of the events."""
        if self.series_id is None:
            return Collection.event_id == self.event_id
        of_series = select(Event.id).where(Event.series_id == self.series_id)
        return Collection.event_id.in_(of_series)


@dataclass(frozen=True, slots=True)
class Sent:
    """One sent form: the event and the part it belongs to, and what was asked."""

    id: int
    event_id: int
    part: Part
    edition_id: int


@dataclass(frozen=True, slots=True)
class Written:
    """What one person wrote to one question."""

    question_id: int
    text: str
    language: str


def series(session: Session, series_id: int) -> Series | None:
    """A series."""
    return session.get(Series, series_id)


def events(session: Session, event_ids: Some[int]) -> Sequence[Event]:
    """Events with their places, the newest first."""
    return session.scalars(
        select(Event)
        .where(Event.id.in_(event_ids))
        .options(joinedload(Event.place))
        .order_by(Event.starts_on.desc(), Event.id.desc())
    ).all()


def asks(session: Session, scope: Scope) -> set[Part]:
    """The parts that anything was opened for."""
    parts = select(Collection.part).where(scope.holds(), Collection.part.in_(MATCHED)).distinct()
    return set(session.scalars(parts))


def sent(session: Session, scope: Scope) -> list[Sent]:
    """Every sent form, oldest first."""
    rows = session.execute(
        select(Response.id, Collection.event_id, Collection.part, Response.edition_id)
        .join(Collection, Collection.id == Response.collection_id)
        .where(scope.holds(), Collection.part.in_(MATCHED), Response.sent_at.is_not(None))
        .order_by(Response.id)
    )
    return [
        Sent(response_id, event_id, part, edition_id)
        for response_id, event_id, part, edition_id in rows
        if event_id is not None
    ]


def given(
    session: Session, scope: Scope, question_ids: Some[int]
) -> dict[int, dict[int, int | str]]:
    """Response id → question id → the number or the words given, of sent forms."""
    found: dict[int, dict[int, int | str]] = {}
    rows = session.execute(
        select(Answer.response_id, Answer.question_id, Answer.number, Answer.text)
        .join(Response, Response.id == Answer.response_id)
        .join(Collection, Collection.id == Response.collection_id)
        .where(
            scope.holds(),
            Collection.part.in_(MATCHED),
            Response.sent_at.is_not(None),
            Answer.question_id.in_(question_ids),
            Answer.state == AnswerState.GIVEN,
        )
    )
    for response_id, question_id, number, text in rows:
        value = text if number is None else number
        if value is not None:
            found.setdefault(response_id, {})[question_id] = value
    return found


def written(session: Session, scope: Scope, part: Part, question_ids: Some[int]) -> list[Written]:
    """What people wrote to some questions of one part, in the order of the questions."""
    rows = session.execute(
        select(Answer.question_id, Answer.masked, Answer.language)
        .join(Response, Response.id == Answer.response_id)
        .join(Collection, Collection.id == Response.collection_id)
        .where(
            scope.holds(),
            Collection.part == part,
            Response.sent_at.is_not(None),
            Answer.question_id.in_(question_ids),
            Answer.state == AnswerState.GIVEN,
            Answer.masked.is_not(None),
        )
        .order_by(Answer.question_id, Answer.response_id)
    )
    return [Written(question_id, text or "", language) for question_id, text, language in rows]


def code_counts(
    session: Session, scope: Scope, part: Part, question_ids: Some[int]
) -> dict[int, dict[tuple[AnswerState, str], int]]:
    """Question id → (state, codes chosen) → how many sent forms of one part, all events as one."""
    found: dict[int, dict[tuple[AnswerState, str], int]] = {}
    rows = session.execute(
        select(Answer.question_id, Answer.state, Answer.codes, func.count())
        .join(Response, Response.id == Answer.response_id)
        .join(Collection, Collection.id == Response.collection_id)
        .where(
            scope.holds(),
            Collection.part == part,
            Response.sent_at.is_not(None),
            Answer.question_id.in_(question_ids),
        )
        .group_by(Answer.question_id, Answer.state, Answer.codes)
    )
    for question_id, state, codes, count in rows:
        found.setdefault(question_id, {})[state, codes or ""] = count
    return found
