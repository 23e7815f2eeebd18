"""Tables that a person fills in: training coverage and figures of providers, read line by line.

What is wrong is said with its line and in words for translators; nothing is taken from a file
that has anything wrong in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from feedback.analysis.coverage import read_per_cent
from feedback.errors import N_
from feedback.outputs.table_rows import (
    MOST_LINES,
    Problem,
    Row,
    WrongTable,
    header_of,
    lines_of,
)
from feedback.outputs.tables import csv_bytes
from feedback.vocabulary import OrganisationKind

LONGEST_DEFINITION = 1_000  # letters
COLUMNS = {
    "coverage": (
        *("training", "organisation", "kind", "staff group", "trained", "staff"),
        *("counted on", "target", "source"),
    ),
    "figures": (
        *("programme", "title", "what counts", "out of whom", "number", "base"),
        *("per cent", "counted on", "source"),
    ),
}


@dataclass(frozen=True)
class CoverageRow:
    """One line of a table of coverage; `kind` may be left out where an organisation is named."""

    line: int
    training: str
    organisation: str
    kind: OrganisationKind | None
    staff_group: str
    trained: int
    staff: int
    counted_on: date
    target: int | None
    source: str


@dataclass(frozen=True)
class FigureRow:
    """One line of a table of providers' figures."""

    line: int
    programme: str
    title: str
    counted: str
    among: str
    numerator: int
    denominator: int
    said: str
    counted_on: date
    source: str


def empty_table(table: str) -> bytes:
    """A file with the right columns and nothing else."""
    return csv_bytes(COLUMNS[table], [])


def read_table(content: bytes, *, today: date) -> list[CoverageRow] | list[FigureRow]:
    """The rows of a table of either sort; its columns say which it is.

    Args:
        content: a CSV file in UTF-8, parted by commas, semicolons or tabs.
        today: no day may be later.

    Raises:
        WrongTable: with every problem that was found.
    """
    lines = lines_of(content)
    header = header_of(lines[0][1])
    table = next((name for name, columns in COLUMNS.items() if set(columns) == set(header)), None)
    if table is None or len(header) != len(set(header)):
        raise WrongTable([_wrong_header(header)])
    if len(lines) == 1:
        raise WrongTable([Problem(2, N_("There is nothing below the names of the columns."))])
    if len(lines) > MOST_LINES + 1:
        too_many = N_("A file may have up to %(most)s lines. Make two files of it.")
        raise WrongTable([Problem(MOST_LINES + 2, too_many, {"most": MOST_LINES})])
    problems: list[Problem] = []
    rows: list[Any] = []
    for number, cells in lines[1:]:
        row = _Row(number, cells, header, today)
        made = row.coverage() if table == "coverage" else row.figure()
        problems += row.problems
        rows.append(made)
    if problems:
        raise WrongTable(problems)
    return rows


def _wrong_header(header: Sequence[str]) -> Problem:
    likely = max(COLUMNS, key=lambda name: len(set(COLUMNS[name]) & set(header)))
    words = N_("The first line must name these columns, each once: %(columns)s.")
    return Problem(1, words, {"columns": ", ".join(COLUMNS[likely])})


class _Row(Row):
    """One line of a table, and what is wrong with it."""

    def coverage(self) -> CoverageRow | None:
        """The line as a count of coverage, if it is one."""
        if not self.cells["organisation"] and not self.cells["kind"]:
            self.say(N_("Write an organisation of your list, or the kind of organisation."))
        trained, staff = self.counts("trained", "staff")
        row = {
            "training": self.words("training"),
            "organisation": self.words("organisation", needed=False),
            "kind": self.kind(),
            "staff_group": self.words("staff group"),
            "target": self.target(),
            **self.day_and_source(),
        }
        return (
            None if self.problems else CoverageRow(self.number, trained=trained, staff=staff, **row)
        )

    def figure(self) -> FigureRow | None:
        """The line as a figure of a provider, if it is one."""
        numerator, denominator = self.counts("number", "base")
        row = {
            "programme": self.words("programme"),
            "title": self.words("title"),
            "counted": self.words("what counts", longest=LONGEST_DEFINITION),
            "among": self.words("out of whom", longest=LONGEST_DEFINITION),
            "said": self.per_cent(),
            **self.day_and_source(),
        }
        if self.problems:
            return None
        return FigureRow(self.number, numerator=numerator, denominator=denominator, **row)

    def counts(self, part: str, whole: str) -> tuple[int, int]:
        """Two counts that make a share; a share without its base is none."""
        if not self.cells[whole]:
            words = N_("“%(column)s” is empty. A share says nothing without what it is out of.")
            self.say(words, column=whole)
            return 0, 0
        counted, base = self.count(part), self.count(whole)
        if counted is None or base is None:
            return 0, 0
        if base == 0:
            self.say(N_("“%(column)s” is 0. There is no share of nobody."), column=whole)
        elif counted > base:
            self.say(N_("“%(part)s” is larger than “%(whole)s”."), part=part, whole=whole)
        return counted, base

    def kind(self) -> OrganisationKind | None:
        text = self.cells["kind"].casefold().replace(" ", "_")
        if not text:
            return None
        try:
            return OrganisationKind(text)
        except ValueError:
            known = ", ".join(each.value.replace("_", " ") for each in OrganisationKind)
            words = N_("“%(kind)s” is no kind of organisation. Write one of: %(known)s.")
            self.say(words, kind=self.cells["kind"][:40], known=known)
            return None

    def target(self) -> int | None:
        self.cells["target"] = self.cells["target"].removesuffix("%").strip()
        return self.number_of("target", 1, 100) if self.cells["target"] else None

    def per_cent(self) -> str:
        text = self.cells["per cent"]
        said = read_per_cent(text) if text else ""
        if said is None:
            self.say(N_("“%(column)s” is not a number from 0 to 100."), column="per cent")
        return said or ""

    def day_and_source(self) -> dict[str, Any]:
        return {"counted_on": self.day("counted on"), "source": self.words("source")}
