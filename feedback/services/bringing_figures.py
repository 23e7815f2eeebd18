"""Brings in tables of coverage and of providers' figures: first looked at, then kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from feedback.errors import N_, CountedAlready
from feedback.models.events import Series
from feedback.models.people import Organisation
from feedback.outputs.figure_files import CoverageRow, FigureRow, read_table
from feedback.outputs.table_rows import Problem, WrongTable
from feedback.queries import coverage as stored
from feedback.queries import events
from feedback.services import covering
from feedback.services.covering import Covered, Figured, Line

_TWICE = N_("The same people, or the same figure, stand on line %(other)s with the same day.")
_THERE = N_(
    "There is a count of that day already, and it says something else. Change it on the page, or "
    "take this line out."
)


@dataclass(frozen=True)
class Look:
    """What a file would bring: each line with whether it is kept already."""

    coverage: Sequence[tuple[Covered, bool]] = ()
    figures: Sequence[tuple[Figured, bool]] = ()

    @property
    def new(self) -> int:
        """How many lines are not kept yet."""
        return sum(not known for _, known in (*self.coverage, *self.figures))

    @property
    def known(self) -> int:
        """How many lines are kept already."""
        return len(self.coverage) + len(self.figures) - self.new


def look(session: Session, content: bytes, *, today: date) -> Look:
    """Read a file and say what it would bring; nothing is changed.

    Raises:
        WrongTable: with every problem that was found.
    """
    rows = read_table(content, today=today)
    problems: list[Problem] = []
    coverage: list[tuple[Covered, bool]] = []
    figures: list[tuple[Figured, bool]] = []
    lists = _Lists(session)
    seen: dict[tuple[Line, date], int] = {}
    entries = covering.kept(stored.entries(session))
    known_figures = covering.kept(stored.figures(session))
    for row in rows:
        try:
            facts = lists.covered(row) if isinstance(row, CoverageRow) else _figured(row)
            if isinstance(facts, Covered):
                line = covering.line_of(facts)
                coverage.append((facts, covering.met(facts, entries) is not None))
            else:
                line = covering.line_of_figure(facts)
                figures.append((facts, covering.met_figure(facts, known_figures) is not None))
            other = seen.setdefault((line, facts.counted_on), row.line)
            if other != row.line:
                problems.append(Problem(row.line, _TWICE, {"other": other}))
        except CountedAlready:
            problems.append(Problem(row.line, _THERE))
        except WrongTable as wrong:
            problems += wrong.problems
    if problems:
        raise WrongTable(problems)
    return Look(coverage, figures)


def bring_in(session: Session, content: bytes, *, today: date, by: int, now: datetime) -> Look:
    """Keep every line of a file that is not kept yet; the same file twice does no harm.

    Raises:
        WrongTable: nothing was changed.
    """
    found = look(session, content, today=today)  # has compared each line with what is kept
    for facts, known in found.coverage:
        if not known:
            covering.add(session, facts, among={}, today=today, by=by, now=now)
    for figure, known in found.figures:
        if not known:
            covering.add_figure(session, figure, among={}, today=today, by=by, now=now)
    return found


class _Lists:
    """The lists that a file may name things of."""

    def __init__(self, session: Session) -> None:
        self.series: dict[str, Series] = {
            each.name.casefold(): each for each in events.series(session)
        }
        self.organisations: dict[str, Organisation] = {
            each.name.casefold(): each for each in events.organisations(session)
        }

    def covered(self, row: CoverageRow) -> Covered:
        """A line with what it names found in the lists.

        Raises:
            WrongTable: an organisation that is not in the list, or is of another kind.
        """
        organisation = self.organisations.get(row.organisation.casefold())
        if row.organisation and organisation is None:
            words = N_("“%(name)s” is not in the list of organisations. Leave it out, or add it.")
            raise WrongTable([Problem(row.line, words, {"name": row.organisation})])
        kind = organisation.kind if organisation else row.kind
        if kind is None or (row.kind and row.kind is not kind):
            words = N_("“%(name)s” is of another kind. Leave the kind out.")
            raise WrongTable([Problem(row.line, words, {"name": row.organisation})])
        series = self.series.get(row.training.casefold())
        return Covered(
            training=series.name if series else row.training,
            series=series,
            organisation=organisation,
            kind=kind,
            staff_group=row.staff_group,
            trained=row.trained,
            staff=row.staff,
            counted_on=row.counted_on,
            target=row.target,
            source=row.source,
        )


def _figured(row: FigureRow) -> Figured:
    return Figured(
        programme=row.programme,
        title=row.title,
        counted=row.counted,
        among=row.among,
        numerator=row.numerator,
        denominator=row.denominator,
        said=row.said,
        counted_on=row.counted_on,
        source=row.source,
    )
