"""Tables of totals from other sources, read line by line; nothing is taken from a wrong one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
from feedback.vocabulary import SourceKind

COLUMNS = ("kind", "theme", "first day", "last day", "number", "what counts", "source", "note")
LONGEST_NOTE = 1_000  # letters


@dataclass(frozen=True)
class SourceRow:
    """One line: `theme` is a theme's name, empty for everything."""

    line: int
    kind: SourceKind
    theme: str
    first_on: date
    last_on: date
    number: int
    base: str
    source: str
    note: str


def empty_table() -> bytes:
    """A file with the right columns and nothing else."""
    return csv_bytes(COLUMNS, [])


def read_table(content: bytes, *, today: date) -> list[SourceRow]:
    """The rows of a table.

    Args:
        content: a CSV file in UTF-8, parted by commas, semicolons or tabs.
        today: no day may be later.

    Raises:
        WrongTable: with every problem that was found.
    """
    found = lines_of(content)
    header = header_of(found[0][1])
    if sorted(header) != sorted(COLUMNS):
        words = N_("The first line must name these columns, each once: %(columns)s.")
        raise WrongTable([Problem(1, words, {"columns": ", ".join(COLUMNS)})])
    if len(found) == 1:
        raise WrongTable([Problem(2, N_("There is nothing below the names of the columns."))])
    if len(found) > MOST_LINES + 1:
        too_many = N_("A file may have up to %(most)s lines. Make two files of it.")
        raise WrongTable([Problem(MOST_LINES + 2, too_many, {"most": MOST_LINES})])
    rows: list[SourceRow] = []
    problems: list[Problem] = []
    for number, cells in found[1:]:
        row = _Row(number, cells, header, today)
        made = row.total()
        problems += row.problems
        if made is not None:
            rows.append(made)
    if problems:
        raise WrongTable(problems)
    return rows


class _Row(Row):
    """One line, and what is wrong with it."""

    def total(self) -> SourceRow | None:
        """The line as a total, if it is one."""
        kind, first, last = self.kind(), self.day("first day"), self.day("last day")
        number = self.count("number")
        base, source = self.words("what counts"), self.words("source")
        theme = self.words("theme", needed=False)
        note = self.words("note", needed=False, longest=LONGEST_NOTE)
        if first and last and first > last:
            self.say(N_("The last day is before the first day."))
        if self.problems or kind is None or first is None or last is None or number is None:
            return None
        return SourceRow(self.number, kind, theme, first, last, number, base, source, note)

    def kind(self) -> SourceKind | None:
        """What was counted."""
        text = self.cells["kind"].casefold().replace(" ", "_")
        known: Sequence[SourceKind] = list(SourceKind)
        if text in known:
            return SourceKind(text)
        listed = ", ".join(each.value.replace("_", " ") for each in known)
        words = N_("“%(kind)s” is no kind of source. Write one of: %(known)s.")
        self.say(words, kind=self.cells["kind"][:40], known=listed)
        return None
