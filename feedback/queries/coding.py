"""What the coding desk shows: whose turn it is, what the machine suggests, what people said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from feedback.models.people import User
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Question
from feedback.models.themes import Coding, Reading
from feedback.queries.themes import (
    Key,
    first_readings,
    has_word_of_a_person,
    in_no_order,
    is_comment,
    large_enough,
)
from feedback.vocabulary import CodingState

CHECKED = 10  # one in so many of the comments that people read is read by a second person


@dataclass(frozen=True, slots=True)
class Words:
    """A comment with what it answers."""

    key: Key
    text: str
    language: str
    ask: dict[str, Any]
    edition_id: int
    collection_id: int
    sent_at: datetime
    may_be_quoted: bool


@dataclass(frozen=True, slots=True)
class Put:
    """A theme on a comment: by the machine with its reasons, or by a person."""

    theme_id: int
    state: CodingState
    suggested: bool
    score: float | None
    level: int | None
    spans: Sequence[tuple[int, int, float]]


def words(session: Session, key: Key, *, enough: int) -> Words | None:
    """A comment by its key; None where it is gone or too few have sent to its collection."""
    row = session.execute(
        _worded().where(
            Answer.response_id == key[0],
            Answer.question_id == key[1],
            Response.collection_id.in_(large_enough(enough)),
        )
    ).first()
    return _words(row) if row else None


def _worded() -> Select[*tuple[Any, ...]]:
    found: Select[*tuple[Any, ...]] = (
        select(
            Answer.response_id,
            Answer.question_id,
            Answer.masked,
            Answer.language,
            Question.ask,
            Response.edition_id,
            Response.collection_id,
            Response.sent_at,
            Response.may_be_quoted,
        )
        .join(Response, Response.id == Answer.response_id)
        .join(Question, Question.id == Answer.question_id)
        .where(*is_comment())
    )
    return found


def _words(row: Any) -> Words:
    return Words((row[0], row[1]), row[2] or "", *row[3:])


def hold(session: Session, key: Key) -> None:
    """Let others who want to say something of a comment wait until this transaction ends."""
    session.execute(
        select(Answer.response_id)
        .where(Answer.response_id == key[0], Answer.question_id == key[1])
        .with_for_update()
    )


def raw(session: Session, key: Key) -> str | None:
    """A comment as it was written: only for whoever has the right, and noted."""
    return session.scalar(
        select(Answer.text)
        .join(Response, Response.id == Answer.response_id)
        .join(Question, Question.id == Answer.question_id)
        .where(*is_comment(), Answer.response_id == key[0], Answer.question_id == key[1])
    )


def machine_reading(session: Session, run_id: int, key: Key) -> Reading | None:
    """What a run made of a comment."""
    return session.scalar(
        select(Reading).where(
            Reading.run_id == run_id, Reading.response_id == key[0], Reading.question_id == key[1]
        )
    )


def readings_of_people(session: Session, key: Key) -> Sequence[tuple[Reading, str]]:
    """Who read a comment, the first one first, with their names."""
    rows = session.execute(
        select(Reading, User.name)
        .join(User, User.id == Reading.user_id)
        .where(Reading.response_id == key[0], Reading.question_id == key[1])
        .order_by(Reading.second, Reading.id)
    )
    return [(reading, name) for reading, name in rows]


def puts(session: Session, reading_ids: Iterable[int]) -> dict[int, list[Put]]:
    """The themes of some readings, the surest first."""
    found: dict[int, list[Put]] = {}
    rows = session.scalars(
        select(Coding)
        .where(Coding.reading_id.in_(list(reading_ids)))
        .order_by(Coding.reading_id, Coding.score.desc(), Coding.theme_id)
    )
    for row in rows:
        spans = [(int(a), int(b), float(pull)) for a, b, pull in row.spans]
        found.setdefault(row.reading_id, []).append(
            Put(row.theme_id, row.state, row.suggested, row.score, row.level, spans)
        )
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """A comment in a theme's list: its words, the letters that moved the theme, who says so."""

    words: Words
    spans: Sequence[tuple[int, int, float]]
    by_person: bool


def listed(
    session: Session, run_id: int, keys: Sequence[Key], theme_ids: Sequence[int]
) -> list[Listed]:
    """Some comments in the order of their keys, with why a theme is on each."""
    if not keys:
        return []
    wanted = tuple_(Answer.response_id, Answer.question_id).in_(keys)
    by_key = {each.key: each for each in map(_words, session.execute(_worded().where(wanted)))}
    spans: dict[Key, list[tuple[int, int, float]]] = {}
    by_person: set[Key] = set()
    rows = session.execute(
        select(
            Reading.response_id, Reading.question_id, Reading.user_id, Coding.state, Coding.spans
        )
        .join(Coding, Coding.reading_id == Reading.id)
        .where(
            tuple_(Reading.response_id, Reading.question_id).in_(keys),
            Coding.theme_id.in_(theme_ids),
            (Reading.run_id == run_id) | (Reading.user_id.is_not(None) & ~Reading.second),
        )
    )
    for response_id, question_id, user_id, state, why in rows:
        key = (response_id, question_id)
        if user_id is None:
            spans[key] = [(int(a), int(b), float(pull)) for a, b, pull in why]
        elif state is CodingState.CONFIRMED:
            by_person.add(key)
    return [
        Listed(by_key[key], spans.get(key, ()), key in by_person) for key in keys if key in by_key
    ]


# Whose turn it is


def next_in_turn(
    session: Session, run_id: int, after: int, *, enough: int
) -> tuple[Key, int] | None:
    """The next comment that no person has read, and its turn; those that need a person first."""
    row = session.execute(
        select(Reading.response_id, Reading.question_id, Reading.turn)
        .join(Response, Response.id == Reading.response_id)
        .where(
            Response.collection_id.in_(large_enough(enough)),
            Reading.run_id == run_id,
            Reading.turn > after,
            ~has_word_of_a_person(Reading),
        )
        .order_by(Reading.turn)
        .limit(1)
    ).first()
    return ((row[0], row[1]), row[2]) if row else None


def next_of_theme(
    session: Session, run_id: int, theme_ids: Sequence[int], after: int, *, enough: int
) -> tuple[Key, int] | None:
    """The next comment that the machine put a theme on and that no person has read."""
    row = session.execute(
        select(Reading.response_id, Reading.question_id, Reading.turn)
        .join(Response, Response.id == Reading.response_id)
        .join(Coding, Coding.reading_id == Reading.id)
        .where(
            Response.collection_id.in_(large_enough(enough)),
            Reading.run_id == run_id,
            Coding.theme_id.in_(theme_ids),
            Reading.turn > after,
            ~has_word_of_a_person(Reading),
        )
        .order_by(Reading.turn)
        .limit(1)
    ).first()
    return ((row[0], row[1]), row[2]) if row else None


def next_to_check(
    session: Session, user_id: int, after: int, *, enough: int
) -> tuple[Key, int] | None:
    """The next comment of the sample that somebody else read and nobody has checked."""
    other = aliased(Reading)
    row = session.execute(
        select(Reading.response_id, Reading.question_id, Reading.id)
        .join(Response, Response.id == Reading.response_id)
        .where(
            Response.collection_id.in_(large_enough(enough)),
            Reading.id.in_(first_readings()),
            Reading.user_id != user_id,
            Reading.id > after,
            in_no_order(Reading)[0] % CHECKED == 0,
            ~exists().where(
                other.response_id == Reading.response_id,
                other.question_id == Reading.question_id,
                other.second,
            ),
        )
        .order_by(Reading.id)
        .limit(1)
    ).first()
    return ((row[0], row[1]), row[2]) if row else None


def next_of_split(
    session: Session, theme_ids: Sequence[int], after: int, *, enough: int
) -> tuple[Key, int] | None:
    """The next comment whose word of a person is on a theme that was split since."""
    row = session.execute(
        select(Reading.response_id, Reading.question_id, Reading.id)
        .join(Response, Response.id == Reading.response_id)
        .where(
            Response.collection_id.in_(large_enough(enough)),
            Reading.id > after,
            *_on_split(theme_ids),
        )
        .order_by(Reading.id)
        .limit(1)
    ).first()
    return ((row[0], row[1]), row[2]) if row else None


def split_count(session: Session, theme_ids: Sequence[int]) -> int:
    """How many comments wait to be looked at again because their theme was split."""
    return (
        session.scalar(select(func.count()).select_from(Reading).where(*_on_split(theme_ids))) or 0
    )


def _on_split(theme_ids: Sequence[int]) -> list[ColumnElement[bool]]:
    put = select(Coding.reading_id).where(
        Coding.theme_id.in_(theme_ids), Coding.state == CodingState.CONFIRMED
    )
    return [Reading.id.in_(first_readings()), Reading.id.in_(put)]


# How far


def read_since(session: Session, user_id: int, since: datetime) -> int:
    """How many comments somebody has read since a moment."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Reading)
            .where(Reading.user_id == user_id, Reading.read_at >= since)
        )
        or 0
    )


def suggestions_judged(session: Session) -> tuple[int, int]:
    """How many suggestions people looked at, and how many of them were right."""
    statement = (
        select(Coding.state, func.count())
        .join(Reading, Reading.id == Coding.reading_id)
        .where(Reading.id.in_(first_readings()), Coding.suggested)
        .group_by(Coding.state)
    )
    counts: dict[CodingState, int] = dict(session.execute(statement).all())
    return sum(counts.values()), counts.get(CodingState.CONFIRMED, 0)


def read_twice(session: Session) -> list[tuple[frozenset[int], frozenset[int]]]:
    """The themes that the first and the second person put on each comment that both read."""
    second = aliased(Reading)
    pairs = session.execute(
        select(Reading.id, func.min(second.id))
        .join(
            second,
            and_(
                second.response_id == Reading.response_id,
                second.question_id == Reading.question_id,
                second.second,
            ),
        )
        .where(Reading.id.in_(first_readings()))
        .group_by(Reading.id)
    ).all()
    found = puts(session, [number for pair in pairs for number in pair])
    return [(_confirmed(found.get(one, ())), _confirmed(found.get(two, ()))) for one, two in pairs]


def _confirmed(some: Iterable[Put]) -> frozenset[int]:
    return frozenset(put.theme_id for put in some if put.state is CodingState.CONFIRMED)
