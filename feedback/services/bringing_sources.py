"""Brings in tables of totals from other sources: first looked at, then kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from feedback.errors import N_, CountsOverlap
from feedback.outputs.source_files import SourceRow, read_table
from feedback.outputs.table_rows import Problem, WrongTable
from feedback.services import other_sources
from feedback.services.other_sources import Counted

_NO_THEME = N_("“%(name)s” is no theme of the codebook. Write its name, or leave it empty.")
_TWICE = N_("Line %(other)s is of the same kind and theme, and shares some of these days.")
_THERE = N_(
    "Some of these days are counted already, with another number or other words. Change that count "
    "on the page, or take this line out."
)


@dataclass(frozen=True)
class Look:
    """What a file would bring: each line with its theme's name and whether it is kept already."""

    rows: Sequence[tuple[Counted, str, bool]]

    @property
    def new(self) -> int:
        """How many lines are not kept yet."""
        return sum(not known for *_, known in self.rows)


def look(session: Session, content: bytes, *, today: date) -> Look:
    """Read a file and say what it would bring; nothing is changed.

    Raises:
        WrongTable: with every problem that was found.
    """
    offered = other_sources.themes_in_use(session)
    themes = {name.casefold(): (number, name) for number, name in offered}
    problems: list[Problem] = []
    found: list[tuple[Counted, str, bool]] = []
    seen: list[tuple[int, Counted]] = []
    for row in read_table(content, today=today):
        theme_id, name = themes.get(row.theme.casefold(), (None, ""))
        if row.theme and theme_id is None:
            problems.append(Problem(row.line, _NO_THEME, {"name": row.theme}))
            continue
        facts = _counted(row, theme_id)
        other = next((line for line, each in seen if _share_days(each, facts)), None)
        if other is not None:
            problems.append(Problem(row.line, _TWICE, {"other": other}))
        seen.append((row.line, facts))
        try:
            found.append((facts, name, other_sources.met(session, facts) is not None))
        except CountsOverlap:
            problems.append(Problem(row.line, _THERE))
    if problems:
        raise WrongTable(problems)
    return Look(found)


def bring_in(session: Session, content: bytes, *, today: date, by: int, now: datetime) -> Look:
    """Keep every line of a file that is not kept yet; the same file twice does no harm.

    Raises:
        WrongTable: nothing was changed.
    """
    found = look(session, content, today=today)
    for facts, _name, known in found.rows:
        if not known:
            other_sources.add(session, facts, today=today, by=by, now=now)
    return found


def _counted(row: SourceRow, theme_id: int | None) -> Counted:
    return Counted(
        kind=row.kind,
        theme_id=theme_id,
        first_on=row.first_on,
        last_on=row.last_on,
        number=row.number,
        base=row.base,
        source=row.source,
        note=row.note,
    )


def _share_days(one: Counted, other: Counted) -> bool:
    same = (one.kind, one.theme_id) == (other.kind, other.theme_id)
    return same and one.first_on <= other.last_on and other.first_on <= one.last_on
