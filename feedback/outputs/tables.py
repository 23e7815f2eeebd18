"""CSV and spreadsheets that hold what people wrote and never run any of it."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

LONGEST_CELL = 32_767  # characters in UTF-16, the limit of Excel
MOST_ROWS = 1_048_576  # the limit of Excel, its heading among them
CUT = " […]"  # stands at the end of what was too long

_RUNS = frozenset("=+-@\t\r\n\N{MINUS SIGN}")
_QUOTES = frozenset("\"'`\u00b4\u00ab\u00bb\u2039\u203a")
# Seen as nothing at all, yet letters or marks by their category.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # in a spreadsheet _x003D_ stands for =
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")


def csv_bytes(headers: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV file in UTF-8 with the mark that makes spreadsheets read it as such.

    Args:
        headers: names of the columns.
        rows: read once, so a generator will do. Numbers stay numbers, also negative ones; None,
            nan and infinities are empty; anything else is text, made safe.
    """
    file = io.BytesIO()
    # A lone half of a character pair cannot be written; it becomes a question mark.
    with io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="") as text:
        writer = csv.writer(text)
        writer.writerow([_csv_cell(header) for header in headers])
        writer.writerows([_csv_cell(value) for value in row] for row in rows)
        text.flush()
        return file.getvalue()


def xlsx_bytes(sheet_title: str, headers: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """A spreadsheet of one sheet, its heading bold and kept in view.

    Args:
        sheet_title: shortened to 31 characters, without those a sheet may not carry.
        headers: names of the columns.
        rows: as for `csv_bytes`; days and times become dates, times that know their zone text.

    Raises:
        ValueError: more rows than a sheet holds.
    """
    # Late, so that a web worker that never exports does without 26 MB of it.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_title(sheet_title))
    sheet.freeze_panes = "A2"

    def cell(value: Any) -> Any:
        made = WriteOnlyCell(sheet, _xlsx_cell(value))
        if isinstance(made.value, str):
            made.data_type = "s"  # text, whatever it was guessed to mean
        return made

    heading = [cell(header) for header in headers]
    for name in heading:
        name.font = Font(bold=True)
    sheet.append(heading)
    file = io.BytesIO()
    try:
        for number, row in enumerate(rows, start=2):
            if number > MOST_ROWS:
                raise ValueError(f"a sheet holds {MOST_ROWS} rows")
            sheet.append([cell(value) for value in row])
    finally:
        book.save(file)  # removes the working file, also when the rows break off
    return file.getvalue()


def xml_text(text: str) -> str:
    """Text without the characters that no XML may hold."""
    return _NOT_XML.sub("", text)


def formula_safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes in front where one might.

    Blanks, quotes and everything unseen in front are looked through, and full-width, small and
    raised forms count like the plain ones.
    """
    for letter in text:
        if letter in _RUNS or unicodedata.normalize("NFKC", letter) in _RUNS:
            return "'" + text
        if not _looked_through(letter):
            break
    return text


def _looked_through(letter: str) -> bool:
    category = unicodedata.category(letter)
    return (
        letter in _QUOTES
        or letter in _UNSEEN
        or category[0] in "ZC"  # blanks, control, format, unassigned
        or category in ("Pi", "Pf", "Mn", "Me")  # curly quotes; marks on nothing
        or unicodedata.normalize("NFKC", letter) in _QUOTES
    )


def _csv_cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return str(value)
        case int():
            return int(value)
        case float() | Decimal():
            return float(value) if isfinite(value) else ""
        case date():
            return value.isoformat()
        case _:
            return formula_safe(str(value))


def _xlsx_cell(value: Any) -> Any:
    match value:
        case None | bool():
            return value
        case int():
            return int(value)
        case float() | Decimal():
            return float(value) if isfinite(value) else None
        case date() if value.year < 1900 or (isinstance(value, datetime) and value.tzinfo):
            return value.isoformat()  # what no sheet can count from its first day
        case date():
            return value
        case _:
            text = xml_text(str(value)).replace("\r\n", "\n").replace("\r", "\n")
            return _cut(formula_safe(_ESCAPED.sub("_x005F_", text))) or None


def _cut(text: str) -> str:
    wide = text.encode("utf-16-le")
    if len(wide) <= 2 * LONGEST_CELL:
        return text
    room = 2 * (LONGEST_CELL - len(CUT))
    # Half of a pair at the cut goes with the rest.
    return wide[:room].decode("utf-16-le", errors="ignore") + CUT


def _title(title: str) -> str:
    plain = " ".join(_NOT_IN_TITLE.sub(" ", xml_text(title)).split())
    return plain[:31].strip(" '") or "1"
