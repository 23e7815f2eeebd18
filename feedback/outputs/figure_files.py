"""Tables that a person fills in: training coverage and figures of providers, read line by line.

What is wrong is said with its line and in words for translators; nothing is taken from a file
that has anything wrong in it.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from feedback.analysis.coverage import read_per_cent
from feedback.analysis.text import one_line
from feedback.errors import N_
from feedback.outputs.tables import csv_bytes, formula_safe
from feedback.vocabulary import LARGEST_NUMBER, LONGEST_SHORT_TEXT, OrganisationKind

LARGEST_FILE = 60_000  # bytes; it travels once more inside the page that asks for a yes
MOST_LINES = 500
LONGEST_DEFINITION = 1_000  # letters
FIRST_YEAR = 2000
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
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


class Problem(NamedTuple):
    """What is wrong on one line of a file; the words are filled in and translated on the page."""

    line: int
    words: str
    facts: Mapping[str, object] = {}


class WrongTable(Exception):
    """A table that cannot be used."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


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
    lines = _lines(content)
    header = [" ".join(one_line(cell).replace("_", " ").casefold().split()) for cell in lines[0][1]]
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


def _lines(content: bytes) -> list[tuple[int, list[str]]]:
    """The lines that are not empty, with their numbers; the first names the columns."""
    if len(content) > LARGEST_FILE:
        facts = {"most": LARGEST_FILE}
        raise WrongTable(
            [Problem(1, N_("The file is larger than %(most)s bytes. Make two of it."), facts)]
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        wrong = N_("This is not a CSV file in UTF-8. In a spreadsheet, save it as “CSV UTF-8”.")
        raise WrongTable([Problem(1, wrong)]) from None
    head = text.lstrip().partition("\n")[0]
    parted_by = max(",;\t", key=head.count)
    found: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=parted_by, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        wrong = N_("From here on this does not read as a table. Look for a stray quotation mark.")
        raise WrongTable([Problem(begins, wrong)]) from None
    if not found:
        raise WrongTable([Problem(1, N_("The file is empty."))])
    return found


def _wrong_header(header: Sequence[str]) -> Problem:
    likely = max(COLUMNS, key=lambda name: len(set(COLUMNS[name]) & set(header)))
    words = N_("The first line must name these columns, each once: %(columns)s.")
    return Problem(1, words, {"columns": ", ".join(COLUMNS[likely])})


class _Row:
    """One line of a table, and what is wrong with it."""

    def __init__(
        self, number: int, cells: Sequence[str], header: Sequence[str], today: date
    ) -> None:
        self.number, self.today = number, today
        self.problems: list[Problem] = []
        plain = [one_line(cell) for cell in cells]
        self.cells = dict(zip(header, [*plain, *[""] * len(header)], strict=False))
        if any(plain[len(header) :]):
            self.say(N_("There are more cells here than columns. Put quotation marks round words."))
        for name, text in self.cells.items():
            if formula_safe(text) != text:
                words = N_("“%(column)s” begins with a sign that spreadsheets run. Take it out.")
                self.say(words, column=name)

    def say(self, words: str, **facts: object) -> None:
        if not any(each.words == words and each.facts == facts for each in self.problems):
            self.problems.append(Problem(self.number, words, facts))

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

    def words(self, column: str, *, needed: bool = True, longest: int = LONGEST_SHORT_TEXT) -> str:
        text = self.cells[column]
        if needed and not text:
            self.say(N_("“%(column)s” is empty."), column=column)
        if len(text) > longest:
            words = N_("“%(column)s” may have up to %(most)s letters.")
            self.say(words, column=column, most=longest)
        return text

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

    def count(self, column: str) -> int | None:
        return self.number_of(column, 0, LARGEST_NUMBER)

    def number_of(self, column: str, least: int, most: int) -> int | None:
        text = self.cells[column].replace(",", "")
        if text.isdecimal() and len(text) <= 9 and least <= int(text) <= most:
            return int(text)
        words = N_("“%(column)s” is not a whole number from %(least)s to %(most)s.")
        self.say(words, column=column, least=least, most=most)
        return None

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

    def day(self, column: str) -> date | None:
        text = self.cells[column]
        try:
            found = _DAY_FIRST.fullmatch(text)
            if found:
                text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
            day = date.fromisoformat(text)
        except ValueError:
            self.say(N_("“%(column)s” is not a day. Write it like 14/11/2026."), column=column)
            return None
        if day > self.today:
            self.say(N_("“%(column)s” is a day still to come."), column=column)
        elif day.year < FIRST_YEAR:
            self.say(N_("“%(column)s” is before %(year)s."), column=column, year=FIRST_YEAR)
        return day
