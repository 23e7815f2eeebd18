"""How many people raised each theme. Counts are raw here: they leave only through the gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, select, union_all
from sqlalchemy.orm import Session, aliased

from feedback.models.collections import Collection
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Question
from feedback.models.themes import Coding, Reading, Theme, ThemeWording
from feedback.queries.themes import Key, first_readings, is_comment, large_enough
from feedback.vocabulary import Audience, CodingState, Part

GOOD, MIXED, BAD = "good", "mixed", "bad"
SIDES = (GOOD, MIXED, BAD)


@dataclass(frozen=True)
class Scope:
    """Whose comments count: of one collection or all, to one question or all, from when to when."""

    run_id: int
    collection_id: int | None = None
    question: str | None = None
    since: datetime | None = None
    before: datetime | None = None

    def of_question(self) -> list[ColumnElement[bool]]:
        """What a comment's question must be."""
        return [Question.name == self.question] if self.question is not None else []

    def of_response(self) -> list[ColumnElement[bool]]:
        """What a comment's response and collection must be."""
        # Sessions of a course are read with their own event, where few people are together.
        wanted: list[ColumnElement[bool]] = [Collection.part == Part.WHOLE]
        if self.collection_id is not None:
            wanted.append(Response.collection_id == self.collection_id)
        if self.since is not None:
            wanted.append(Response.sent_at >= self.since)
        if self.before is not None:
            wanted.append(Response.sent_at < self.before)
        return wanted


Edges = Sequence[datetime]  # where rounds begin and end, oldest first


def people_by_round(session: Session, scope: Scope, edges: Edges) -> list[int]:
    """How many people wrote a comment that was read, round by round."""
    at = _round(edges)
    within = replace(scope, since=edges[0], before=edges[-1])
    rows = session.execute(_who_wrote(select(at, func.count()), within).group_by(at))
    return _in_order(dict(rows.all()), edges)


def raised_by_round(
    session: Session, scope: Scope, edges: Edges, theme_ids: Sequence[int] | None = None
) -> dict[int, list[int]]:
    """Theme → how many people raised it, round by round.

    Args:
        theme_ids: only of some themes, and those that are read as them; None: of all.
    """
    put = _word_on_each(scope.run_id, theme_ids)
    at, theme = _round(edges), func.coalesce(Theme.merged_into_id, Theme.id)
    rows = session.execute(
        _in_scope(
            select(theme, at, func.count(Response.id.distinct()))
            .select_from(put)
            .join(Theme, Theme.id == put.c.theme_id),
            put.c,
            replace(scope, since=edges[0], before=edges[-1]),
        ).group_by(theme, at)
    )
    counts: dict[int, dict[int, int]] = {}
    for number, place, count in rows:
        counts.setdefault(number, {})[place] = count
    return {number: _in_order(found, edges) for number, found in counts.items()}


def _who_wrote(statement: Select[*tuple[Any, ...]], scope: Scope) -> Select[*tuple[Any, ...]]:
    """People whose comment was read: by the machine in the run, or by a person before the next.

    Two lists and no "or", for which no index serves.
    """
    by_machine, by_person = (
        select(Reading.response_id)
        .join(Question, Question.id == Reading.question_id)
        .where(read, *scope.of_question())
        for read in (
            Reading.run_id == scope.run_id,
            Reading.user_id.is_not(None) & ~Reading.second,
        )
    )
    return (
        statement.select_from(Response)
        .join(Collection, Collection.id == Response.collection_id)
        .where(Response.id.in_(union_all(by_machine, by_person)), *scope.of_response())
    )


def _round(edges: Edges) -> ColumnElement[int]:
    """Which round a response belongs to, from 0."""
    later = [(Response.sent_at >= edge, number) for number, edge in enumerate(edges[:-1])]
    return case(*reversed(later), else_=-1)


def _in_order(counts: Mapping[int, int], edges: Edges) -> list[int]:
    return [counts.get(number, 0) for number in range(len(edges) - 1)]


def first_sent(session: Session) -> datetime | None:
    """When the first response was sent."""
    return session.scalar(select(func.min(Response.sent_at)))


def people(session: Session, scope: Scope) -> dict[Audience, int]:
    """How many people wrote a comment that was read, by audience."""
    counted: Select[*tuple[Any, ...]] = select(Collection.audience, func.count())
    rows = session.execute(_who_wrote(counted, scope).group_by(Collection.audience))
    found: dict[Audience, int] = dict(rows.all())
    return found


def raised(
    session: Session, scope: Scope, theme_ids: Sequence[int] | None = None
) -> dict[int, dict[Audience, dict[str, int]]]:
    """Theme → audience → side → how many people raised it.

    The side is that of all a person said of the theme, taken together.

    Args:
        theme_ids: only of some themes, and those that are read as them; None: of all.
    """
    put = _word_on_each(scope.run_id, theme_ids)
    theme = func.coalesce(Theme.merged_into_id, Theme.id)
    each = (
        _in_scope(
            select(
                theme.label("theme"),
                Collection.audience.label("audience"),
                func.avg(put.c.level).label("level"),
            )
            .select_from(put)
            .join(Theme, Theme.id == put.c.theme_id),
            put.c,
            scope,
        )
        .group_by(theme, Collection.audience, Response.id)
        .subquery()
    )
    side = case((each.c.level < 3, GOOD), (each.c.level > 3, BAD), else_=MIXED)
    found: dict[int, dict[Audience, dict[str, int]]] = {}
    for number, audience, which, count in session.execute(
        select(each.c.theme, each.c.audience, side, func.count()).group_by(
            each.c.theme, each.c.audience, side
        )
    ):
        found.setdefault(number, {}).setdefault(audience, dict.fromkeys(SIDES, 0))[which] = count
    return found


def with_any(session: Session, scope: Scope, theme_ids: Sequence[int]) -> int:
    """How many people wrote a comment that one of some themes is on."""
    put = _word_on_each(scope.run_id)
    statement = select(func.count(Response.id.distinct())).select_from(put)
    # A sum, which no index serves: of nearly all themes each row is read once, and not looked
    # up once for each theme.
    wanted = (put.c.theme_id + 0).in_(theme_ids)
    return session.scalar(_in_scope(statement, put.c, scope).where(wanted)) or 0


def asked_with_comments(session: Session) -> Sequence[tuple[str, Mapping[str, Any]]]:
    """The questions that people wrote comments to, by name, with their newest words."""
    rows = session.execute(
        select(Question.name, Question.ask)
        .where(
            Question.id.in_(
                select(func.max(Answer.question_id))
                .join(Response, Response.id == Answer.response_id)
                .join(Question, Question.id == Answer.question_id)
                .join(Collection, Collection.id == Response.collection_id)
                .where(*is_comment(), Collection.part == Part.WHOLE)
                .group_by(Question.name)
            )
        )
        .order_by(Question.name)
    )
    return [(name, ask) for name, ask in rows]


def keys(
    session: Session,
    scope: Scope,
    theme_ids: Sequence[int],
    *,
    enough: int,
    side: str = "",
    may_be_quoted: bool = False,
    limit: int,
    offset: int,
) -> tuple[int, list[Key]]:
    """How many comments carry a theme, and some of them, newest first.

    Args:
        theme_ids: the theme and those that are read as it.
        enough: people who must have sent to a collection before its words are shown.
        side: of the comment on the theme; empty for all.
        may_be_quoted: only those whose writers said that others may read them.
    """
    found = carrying(scope, theme_ids, enough=enough, side=side)
    if may_be_quoted:
        found = found.where(Response.may_be_quoted)
    count = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.execute(
        found.order_by(
            Response.sent_at.desc(), found.selected_columns[0].desc(), found.selected_columns[1]
        )
        .limit(limit)
        .offset(offset)
    )
    return count, [(row[0], row[1]) for row in rows]


def carrying(
    scope: Scope,
    theme_ids: Sequence[int],
    *,
    enough: int,
    side: str = "",
    of: Select[int] | None = None,
) -> Select[*tuple[Any, ...]]:
    """The comments that carry a theme: response, question, and when it was sent; each once.

    Args:
        theme_ids, enough, side: as in `keys`.
        of: only comments of these responses.
    """
    put = _word_on_each(scope.run_id, theme_ids, of)
    wanted: list[ColumnElement[bool]] = [Response.collection_id.in_(large_enough(enough))]
    if side in SIDES:
        level = put.c.level
        wanted.append({GOOD: level < 3, BAD: level > 3, MIXED: level == 3}[side])
    return (
        _in_scope(
            select(put.c.response_id, put.c.question_id, Response.sent_at).select_from(put),
            put.c,
            scope,
        )
        .where(*wanted)
        .group_by(put.c.response_id, put.c.question_id, Response.sent_at)
    )


def carried_by(session: Session, run_id: int, response_id: int) -> list[tuple[int, Key]]:
    """The themes on one person's own comments, each with the comment, for that person alone."""
    own = select(Response.id).where(Response.id == response_id)
    put = _word_on_each(run_id, of=own)
    theme = func.coalesce(Theme.merged_into_id, Theme.id)
    rows = session.execute(
        select(theme, put.c.response_id, put.c.question_id)
        .distinct()
        .join(Theme, Theme.id == put.c.theme_id)
        .order_by(theme, put.c.question_id)
    )
    return [(number, (of, question)) for number, of, question in rows]


def _in_scope(
    statement: Select[*tuple[Any, ...]], at: Any, scope: Scope
) -> Select[*tuple[Any, ...]]:
    return (
        statement.join(Response, Response.id == at.response_id)
        .join(Question, Question.id == at.question_id)
        .join(Collection, Collection.id == Response.collection_id)
        .where(*scope.of_question(), *scope.of_response())
    )


def _word_on_each(
    run_id: int, theme_ids: Sequence[int] | None = None, of: Select[int] | None = None
) -> Subquery:
    """The themes on each comment: what a person said where one did, else what the machine did.

    A person has spoken on the themes of the codebook as they knew it; on a theme that came later
    the machine's word counts until they read again.
    """
    columns = (Coding.theme_id, Reading.response_id, Reading.question_id, Coding.level)
    some: list[ColumnElement[bool]] = []
    if theme_ids is not None:
        some.append(Coding.theme_id.in_(theme_ids))
    if of is not None:
        some.append(Reading.response_id.in_(of))
    said = (
        select(*columns)
        .join(Reading, Reading.id == Coding.reading_id)
        .where(Coding.state == CodingState.CONFIRMED, Reading.id.in_(first_readings()), *some)
    )
    word = aliased(Reading)
    spoken = exists().where(
        and_(
            word.response_id == Reading.response_id,
            word.question_id == Reading.question_id,
            word.user_id.is_not(None),
            ~word.second,
            ThemeWording.version_id == word.version_id,
            ThemeWording.theme_id == Coding.theme_id,
        )
    )
    # Few are read by people: whoever is none of those needs no closer look.
    of_people = select(word.response_id).where(word.user_id.is_not(None))
    suggested = (
        select(*columns)
        .join(Reading, Reading.id == Coding.reading_id)
        .where(Reading.run_id == run_id, ~(Reading.response_id.in_(of_people) & spoken), *some)
    )
    return union_all(said, suggested).subquery()
