"""Tables that a person fills in, read line by line: what is wrong is said with its line, in words
for translators."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from feedback.analysis.text import one_line
from feedback.errors import N_
from feedback.outputs.tables import formula_safe
from feedback.vocabulary import LARGEST_NUMBER, LONGEST_SHORT_TEXT

LARGEST_FILE = 60_000  # bytes; it travels once more inside the page that asks for a yes
MOST_LINES = 500
FIRST_YEAR = 2000
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


def lines_of(content: bytes) -> list[tuple[int, list[str]]]:
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


def header_of(cells: Sequence[str]) -> list[str]:
    """The names of the columns, however they were written."""
    return [" ".join(one_line(cell).replace("_", " ").casefold().split()) for cell in cells]


class Row:
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

    def words(self, column: str, *, needed: bool = True, longest: int = LONGEST_SHORT_TEXT) -> str:
        text = self.cells[column]
        if needed and not text:
            self.say(N_("“%(column)s” is empty."), column=column)
        if len(text) > longest:
            words = N_("“%(column)s” may have up to %(most)s letters.")
            self.say(words, column=column, most=longest)
        return text

    def count(self, column: str) -> int | None:
        return self.number_of(column, 0, LARGEST_NUMBER)

    def number_of(self, column: str, least: int, most: int) -> int | None:
        text = self.cells[column].replace(",", "")
        if text.isdecimal() and len(text) <= 9 and least <= int(text) <= most:
            return int(text)
        words = N_("“%(column)s” is not a whole number from %(least)s to %(most)s.")
        self.say(words, column=column, least=least, most=most)
        return None

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
