"""Comments, what was made of them, and the runs in which the machine read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select, tuple_
from sqlalchemy.orm import Session, aliased, joinedload

from feedback.models.responses import Answer, Response
from feedback.models.surveys import Question
from feedback.models.themes import CodebookVersion, Coding, Reading, Theme, ThemingRun
from feedback.vocabulary import AnswerState, CodingState, QuestionKind, RunState

MIXED_UP = 65_537  # a prime: numbers times MIXER, by it, fall in no order that anybody wrote in
MIXER = 48_271

Key = tuple[int, int]  # response and question: the one comment that somebody wrote there


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as staff and machine read it."""

    response_id: int
    question_id: int
    text: str
    language: str
    ask: dict[str, Any]

    @property
    def question(self) -> str:
        """What the comment answers, in English; empty where it was never asked in English."""
        return str(self.ask.get("en", {}).get("standard", ""))

    @property
    def key(self) -> Key:
        """Which comment it is."""
        return self.response_id, self.question_id


@dataclass(frozen=True, slots=True)
class Labelled:
    """A comment that a person read: the themes that they put on it, and how it feels."""

    comment: Comment
    theme_ids: frozenset[int]
    level: int | None


def is_comment() -> list[ColumnElement[bool]]:
    """What makes an answer a comment that may be read: sent, in own words, and not empty."""
    return [
        Response.sent_at.is_not(None),
        Answer.state == AnswerState.GIVEN,
        Answer.masked.is_not(None),
        Question.kind == QuestionKind.COMMENT,
    ]


def _comments(*columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .join(Response, Response.id == Answer.response_id)
        .join(Question, Question.id == Answer.question_id)
        .where(*is_comment())
    )


_WHOLE = (
    *(Answer.response_id, Answer.question_id, Answer.masked, Answer.language),
    Question.ask,
)


def comment_count(session: Session) -> int:
    """How many comments there are to read."""
    return session.scalar(_comments(func.count()).select_from(Answer)) or 0


def comments_after(session: Session, key: Key, limit: int) -> list[Comment]:
    """The next comments behind a key, in the order of keys."""
    rows = session.execute(
        _comments(*_WHOLE)
        .where(tuple_(Answer.response_id, Answer.question_id) > key)
        .order_by(Answer.response_id, Answer.question_id)
        .limit(limit)
    )
    return [Comment(*row) for row in rows]


def comment(session: Session, key: Key) -> Comment | None:
    """One comment by its key."""
    row = session.execute(
        _comments(*_WHOLE).where(Answer.response_id == key[0], Answer.question_id == key[1])
    ).first()
    return Comment(*row) if row else None


def large_enough(enough: int) -> Select[int]:
    """The collections that so many people have sent to that their words may be read."""
    sent = aliased(Response)
    return (
        select(sent.collection_id)
        .where(sent.sent_at.is_not(None))
        .group_by(sent.collection_id)
        .having(func.count() >= enough)
    )


# Runs


def run(session: Session, run_id: int) -> ThemingRun | None:
    """A run with the version of the codebook that it reads with."""
    return session.scalar(_runs().where(ThemingRun.id == run_id))


def runs(session: Session, *, limit: int = 20) -> Sequence[ThemingRun]:
    """The newest runs first."""
    return session.scalars(_runs().order_by(ThemingRun.id.desc()).limit(limit)).all()


def open_run(session: Session) -> ThemingRun | None:
    """The run that has work to do, if there is one: waiting, at work, or stopped."""
    states = [state for state in RunState if state.is_open]
    return session.scalar(
        _runs().where(ThemingRun.state.in_(states)).order_by(ThemingRun.id.desc()).limit(1)
    )


def newest_done(session: Session) -> ThemingRun | None:
    """The run that figures rest on."""
    return session.scalar(
        _runs().where(ThemingRun.state == RunState.DONE).order_by(ThemingRun.id.desc()).limit(1)
    )


def due_run(session: Session, beat_before: datetime) -> int | None:
    """A run that waits, or one whose worker has not kept anything for a while; oldest first."""
    silent = and_(ThemingRun.state == RunState.RUNNING, ThemingRun.beat_at < beat_before)
    return session.scalar(
        select(ThemingRun.id)
        .where((ThemingRun.state == RunState.QUEUED) | silent)
        .order_by(ThemingRun.id)
        .limit(1)
    )


def last_read(session: Session, run_id: int) -> Key:
    """The last comment that a run has read; (0, 0) before the first."""
    row = session.execute(
        select(Reading.response_id, Reading.question_id)
        .where(Reading.run_id == run_id)
        .order_by(Reading.response_id.desc(), Reading.question_id.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else (0, 0)


def _runs() -> Select[ThemingRun]:
    return select(ThemingRun).options(
        joinedload(ThemingRun.version).joinedload(CodebookVersion.codebook)
    )


# What people said


def first_readings() -> Select[int]:
    """The readings that count as people's word: the first of each comment, checks left out."""
    return (
        select(func.min(Reading.id))
        .where(Reading.user_id.is_not(None), ~Reading.second)
        .group_by(Reading.response_id, Reading.question_id)
    )


def labelled(session: Session) -> list[Labelled]:
    """Every comment that people read, with the themes that they put on it, in order of keys."""
    rows = session.execute(
        _comments(*_WHOLE, Reading.id, Reading.level)
        .join(
            Reading,
            and_(
                Reading.response_id == Answer.response_id,
                Reading.question_id == Answer.question_id,
            ),
        )
        .where(Reading.id.in_(first_readings()))
        .order_by(Answer.response_id, Answer.question_id)
    ).all()
    themes: dict[int, set[int]] = {}
    confirmed = session.execute(
        select(Coding.reading_id, Coding.theme_id).where(
            Coding.reading_id.in_(first_readings()), Coding.state == CodingState.CONFIRMED
        )
    )
    for reading_id, theme_id in confirmed:
        themes.setdefault(reading_id, set()).add(theme_id)
    return [
        Labelled(Comment(*whole), frozenset(themes.get(reading_id, ())), level)
        for *whole, reading_id, level in rows
    ]


def in_no_order(reading: type[Reading]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """An order that is always the same and has nothing to do with who wrote when."""
    return (reading.id * MIXER) % MIXED_UP, reading.id.expression


def has_word_of_a_person(reading: type[Reading]) -> ColumnElement[bool]:
    """Whether a person has read the comment of a reading."""
    other = aliased(Reading)
    return exists().where(
        other.response_id == reading.response_id,
        other.question_id == reading.question_id,
        other.user_id.is_not(None),
        ~other.second,
    )


# What the machine said in a run


def read_comments(run_id: int) -> Select[*tuple[Any, ...]]:
    """The readings of a run with the words that were read: id, response_id, question_id, masked."""
    found: Select[*tuple[Any, ...]] = (
        select(Reading.id, Reading.response_id, Reading.question_id, Answer.masked)
        .join(
            Answer,
            and_(
                Answer.response_id == Reading.response_id, Answer.question_id == Reading.question_id
            ),
        )
        .where(Reading.run_id == run_id)
    )
    return found


def codes_of(session: Session, run_id: int, reading_ids: Sequence[int]) -> dict[int, list[str]]:
    """The codes that a run put on each of some readings."""
    wanted = set(reading_ids)
    found: dict[int, list[str]] = {}
    rows = session.execute(
        select(Coding.reading_id, Theme.code)
        .join(Reading, Reading.id == Coding.reading_id)
        .join(Theme, Theme.id == Coding.theme_id)
        .where(Reading.run_id == run_id)
    )
    for reading_id, code in rows:
        if reading_id in wanted:
            found.setdefault(reading_id, []).append(code)
    return found


def readings_with_themes(session: Session, run_id: int) -> set[int]:
    """The readings of a run that something fits."""
    return set(
        session.scalars(
            select(Coding.reading_id)
            .join(Reading, Reading.id == Coding.reading_id)
            .where(Reading.run_id == run_id)
            .distinct()
        )
    )


def surprising(session: Session, run_id: int, *, share: float, fewest: int) -> set[int]:
    """The readings that feel otherwise about a theme than most of its comments do.

    Args:
        share: of a theme's comments on one side from which the other side is a surprise.
        fewest: comments of a theme before it has a side.
    """
    side = case((Coding.level < 3, -1), (Coding.level > 3, 1), else_=0)
    rows = session.execute(
        select(Coding.theme_id, side, func.count())
        .join(Reading, Reading.id == Coding.reading_id)
        .where(Reading.run_id == run_id)
        .group_by(Coding.theme_id, side)
    )
    counts: dict[int, dict[int, int]] = {}
    for theme_id, which, count in rows:
        counts.setdefault(theme_id, {})[which] = count
    found: set[int] = set()
    for which in (-1, 1):
        one_sided = [
            theme_id
            for theme_id, sides in counts.items()
            if sum(sides.values()) >= fewest and sides.get(which, 0) >= share * sum(sides.values())
        ]
        found.update(
            session.scalars(
                select(Coding.reading_id)
                .join(Reading, Reading.id == Coding.reading_id)
                .where(Reading.run_id == run_id, Coding.theme_id.in_(one_sided), side == -which)
            )
        )
    return found
