"""Codebooks, their versions and the words of their themes."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, distinct, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from feedback.models.base import LARGEST_ID
from feedback.models.people import User
from feedback.models.themes import (
    Codebook,
    CodebookVersion,
    Coding,
    Reading,
    Theme,
    ThemeWording,
    ThemingRun,
)
from feedback.vocabulary import CodingState


@dataclass(frozen=True)
class Made:
    """One version of a codebook, and who made it; nobody for the program itself."""

    number: int
    what: str
    by: str | None
    made_at: datetime


def listed(session: Session) -> Sequence[Codebook]:
    """Every codebook, the one in use first."""
    return session.scalars(select(Codebook).order_by(Codebook.in_use.desc(), Codebook.name)).all()


def one(session: Session, codebook_id: int, *, lock: bool = False) -> Codebook | None:
    """A codebook by its number.

    Args:
        lock: keep others who change it waiting until this transaction ends.
    """
    if codebook_id > LARGEST_ID:
        return None
    return session.get(Codebook, codebook_id, with_for_update=lock or None)


def called(session: Session, name: str) -> Codebook | None:
    """A codebook by its name."""
    return session.scalar(select(Codebook).where(Codebook.name == name))


def in_use(session: Session) -> Codebook | None:
    """The codebook that comments are read with."""
    return session.scalar(select(Codebook).where(Codebook.in_use).order_by(Codebook.id).limit(1))


def newest(session: Session, codebook_id: int) -> CodebookVersion:
    """A codebook as it stands now."""
    return session.scalars(
        select(CodebookVersion)
        .where(CodebookVersion.codebook_id == codebook_id)
        .order_by(CodebookVersion.number.desc())
        .limit(1)
        .options(joinedload(CodebookVersion.codebook))
    ).one()


def version(session: Session, codebook_id: int, number: int) -> CodebookVersion | None:
    """A codebook as it stood at a version, if there was one of that number."""
    if number > LARGEST_ID:
        return None
    return session.scalar(
        select(CodebookVersion)
        .where(CodebookVersion.codebook_id == codebook_id, CodebookVersion.number == number)
        .options(joinedload(CodebookVersion.codebook))
    )


def versions(session: Session, codebook_id: int) -> Sequence[CodebookVersion]:
    """Every version of a codebook, the newest first."""
    return session.scalars(
        select(CodebookVersion)
        .where(CodebookVersion.codebook_id == codebook_id)
        .order_by(CodebookVersion.number.desc())
    ).all()


def changes(session: Session, codebook_id: int) -> list[Made]:
    """Every version of a codebook with who made it, the newest first."""
    rows = session.execute(
        select(CodebookVersion.number, CodebookVersion.what, User.name, CodebookVersion.made_at)
        .outerjoin(User, User.id == CodebookVersion.user_id)
        .where(CodebookVersion.codebook_id == codebook_id)
        .order_by(CodebookVersion.number.desc())
    )
    return [Made(*row) for row in rows]


def standing(session: Session, codebook_id: int) -> dict[int, set[int]]:
    """The themes that stand in each version of a codebook: number of version → themes."""
    found: dict[int, set[int]] = defaultdict(set)
    for number, theme_id in session.execute(
        select(CodebookVersion.number, ThemeWording.theme_id)
        .join(ThemeWording, ThemeWording.version_id == CodebookVersion.id)
        .where(CodebookVersion.codebook_id == codebook_id)
    ):
        found[number].add(theme_id)
    return dict(found)


def wordings(session: Session, version_id: int) -> Sequence[ThemeWording]:
    """The themes of a version with their words, in order."""
    return session.scalars(
        select(ThemeWording)
        .where(ThemeWording.version_id == version_id)
        .order_by(ThemeWording.position)
        .options(joinedload(ThemeWording.theme))
    ).all()


def themes(session: Session, codebook_id: int) -> Sequence[Theme]:
    """Every theme that a codebook ever had, the retired and merged ones too."""
    return session.scalars(
        select(Theme).where(Theme.codebook_id == codebook_id).order_by(Theme.id)
    ).all()


def last_wordings(session: Session, codebook_id: int) -> dict[int, ThemeWording]:
    """For every theme that a codebook ever had its words in the last version that has it."""
    newest = (
        select(ThemeWording.theme_id, func.max(ThemeWording.version_id).label("version_id"))
        .join(CodebookVersion, CodebookVersion.id == ThemeWording.version_id)
        .where(CodebookVersion.codebook_id == codebook_id)
        .group_by(ThemeWording.theme_id)
        .subquery()
    )
    rows = session.scalars(
        select(ThemeWording).join(
            newest,
            (ThemeWording.theme_id == newest.c.theme_id)
            & (ThemeWording.version_id == newest.c.version_id),
        )
    )
    return {row.theme_id: row for row in rows}


def resolved(session: Session, codebook_id: int) -> dict[int, int]:
    """For every theme that a codebook ever had the one that its codings are read as.

    That is mostly itself; of one that was merged the end of its chain of merges.
    """
    return {theme.id: theme.merged_into_id or theme.id for theme in themes(session, codebook_id)}


def read_as(session: Session, codebook_id: int, theme_id: int) -> list[int]:
    """The themes whose codings are read as one theme: itself and what was merged into it."""
    return [each for each, as_ in resolved(session, codebook_id).items() if as_ == theme_id]


def split_up(session: Session, codebook_id: int) -> set[int]:
    """The themes that were split and do not stand any more: people look at their comments again."""
    here = select(ThemeWording.theme_id).where(
        ThemeWording.version_id == newest(session, codebook_id).id
    )
    part = aliased(Theme)
    return set(
        session.scalars(
            select(Theme.id)
            .distinct()
            .join(part, part.split_from_id == Theme.id)
            .where(Theme.codebook_id == codebook_id, Theme.id.not_in(here), part.id.in_(here))
        )
    )


def carried(session: Session, codebook_id: int, theme_ids: Collection[int]) -> int:
    """How many people wrote a comment that has one of these themes.

    A person's reading of a comment counts in place of the machine's; of the machine's, the
    newest.
    """
    newest_run = (
        select(func.max(ThemingRun.id))
        .join(CodebookVersion, CodebookVersion.id == ThemingRun.version_id)
        .where(CodebookVersion.codebook_id == codebook_id)
        .scalar_subquery()
    )
    person = aliased(Reading)
    read_by_person = exists().where(
        person.response_id == Reading.response_id,
        person.question_id == Reading.question_id,
        person.user_id.is_not(None),
    )
    counted = or_(Reading.user_id.is_not(None), and_(Reading.run_id == newest_run, ~read_by_person))
    return (
        session.scalar(
            select(func.count(distinct(Reading.response_id)))
            .join(Coding, Coding.reading_id == Reading.id)
            .where(Coding.theme_id.in_(theme_ids), Coding.state != CodingState.REFUSED, counted)
        )
        or 0
    )


@dataclass(frozen=True)
class Gone:
    """A theme that does not stand in its codebook any more, as it read last.

    `into` is what it was merged into, `parts` what it was split into; neither for one that was
    retired.
    """

    words: ThemeWording
    into: str | None
    parts: list[str]


def gone(session: Session, codebook_id: int) -> list[Gone]:
    """The themes that are retired, merged or split, by name."""
    here = {row.theme_id: row for row in wordings(session, newest(session, codebook_id).id)}
    last = last_wordings(session, codebook_id)
    every = themes(session, codebook_id)
    found = []
    for theme in every:
        if theme.id in here or theme.id not in last:
            continue
        into = last.get(theme.merged_into_id or 0)
        parts = [last[part.id].name for part in every if part.split_from_id == theme.id]
        standing_parts = any(part.id in here for part in every if part.split_from_id == theme.id)
        found.append(
            Gone(last[theme.id], into.name if into else None, parts if standing_parts else [])
        )
    return sorted(found, key=lambda each: each.words.name.casefold())
