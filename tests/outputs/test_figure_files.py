"""Tables of coverage and of providers' figures, and what is said of wrong ones."""

import csv
import io
from datetime import date

import pytest

from feedback.outputs.figure_files import (
    COLUMNS,
    CoverageRow,
    FigureRow,
    empty_table,
    read_table,
)
from feedback.outputs.table_rows import LARGEST_FILE, MOST_LINES, WrongTable
from feedback.vocabulary import OrganisationKind

TODAY = date(2026, 11, 2)
COUNT = {
    "training": "Co-production",
    "organisation": "",
    "kind": "early years",
    "staff group": "All staff",
    "trained": "45",
    "staff": "100",
    "counted on": "1/10/2026",
    "target": "95%",
    "source": "Return",
}
FIGURE = {
    "programme": "Sleep",
    "title": "Sleeps better",
    "what counts": "Said yes",
    "out of whom": "All who answered",
    "number": "73",
    "base": "111",
    "per cent": "65 %",
    "counted on": "2026-10-01",
    "source": "Report",
}


def table(*rows: dict[str, str], parted_by: str = ",") -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0], delimiter=parted_by)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def problems(content: bytes) -> list[tuple[int, str]]:
    with pytest.raises(WrongTable) as wrong:
        read_table(content, today=TODAY)
    return [(each.line, each.words % each.facts) for each in wrong.value.problems]


@pytest.mark.parametrize("parted_by", [",", ";", "\t"])
def test_a_count_is_read(parted_by):
    [row] = read_table(table(COUNT, parted_by=parted_by), today=TODAY)
    assert row == CoverageRow(
        line=2,
        training="Co-production",
        organisation="",
        kind=OrganisationKind.EARLY_YEARS,
        staff_group="All staff",
        trained=45,
        staff=100,
        counted_on=date(2026, 10, 1),
        target=95,
        source="Return",
    )


def test_a_figure_is_read_with_the_digits_its_provider_gave():
    [row] = read_table(table(FIGURE), today=TODAY)
    assert row == FigureRow(
        line=2,
        programme="Sleep",
        title="Sleeps better",
        counted="Said yes",
        among="All who answered",
        numerator=73,
        denominator=111,
        said="65",
        counted_on=date(2026, 10, 1),
        source="Report",
    )


def test_columns_may_stand_in_any_order_and_blank_lines_do_not_matter():
    turned = dict(reversed(COUNT.items()))
    content = b"\xef\xbb\xbf" + table(turned).replace(b"\r\n", b"\r\n\r\n") + b",,,,,,,,\n"
    [row] = read_table(content.replace(b"staff group", b"Staff_Group"), today=TODAY)
    assert (row.staff_group, row.line) == ("All staff", 3)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"staff": ""}, "“staff” is empty. A share says nothing without what it is out of."),
        ({"staff": "", "trained": "45%"}, "“staff” is empty. A share says nothing"),
        ({"staff": "0", "trained": "0"}, "“staff” is 0. There is no share of nobody."),
        ({"trained": "101"}, "“trained” is larger than “staff”."),
        ({"trained": ""}, "“trained” is not a whole number from 0 to 1000000."),
        ({"trained": "45%"}, "“trained” is not a whole number"),
        ({"trained": "4.5"}, "“trained” is not a whole number"),
        ({"trained": "²"}, "“trained” is not a whole number"),
        ({"staff": "9" * 5000}, "“staff” is not a whole number"),
        ({"kind": "nhs"}, "“nhs” is no kind of organisation. Write one of: council, health,"),
        ({"kind": ""}, "Write an organisation of your list, or the kind"),
        ({"training": ""}, "“training” is empty."),
        ({"staff group": " "}, "“staff group” is empty."),
        ({"source": ""}, "“source” is empty."),
        ({"source": "x" * 201}, "“source” may have up to 200 letters."),
        ({"target": "0"}, "“target” is not a whole number from 1 to 100."),
        ({"target": "101"}, "“target” is not a whole number from 1 to 100."),
        ({"counted on": ""}, "“counted on” is not a day."),
        ({"counted on": "31/2/2026"}, "“counted on” is not a day."),
        ({"counted on": "3/11/2026"}, "“counted on” is a day still to come."),
        ({"counted on": "31/12/1999"}, "“counted on” is before 2000."),
        ({"training": "=1+1"}, "“training” begins with a sign that spreadsheets run."),
        ({"source": "@SUM(A1)"}, "“source” begins with a sign that spreadsheets run."),
        ({"staff group": "＝1+1"}, "“staff group” begins with a sign that spreadsheets run."),
        ({"trained": "-5"}, "“trained” begins with a sign that spreadsheets run."),
        ({"training": '\u200b"=1'}, "“training” begins with a sign that spreadsheets run."),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_wrong_count_is_told_by_line(changed, words):
    found = problems(table(COUNT, {**COUNT, **changed}))
    assert {line for line, _ in found} == {3}
    assert any(said.startswith(words) for _, said in found), found


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"base": ""}, "“base” is empty. A share says nothing without what it is out of."),
        ({"base": "", "number": ""}, "“base” is empty. A share says nothing"),
        ({"base": "0", "number": "0"}, "“base” is 0. There is no share of nobody."),
        ({"number": "112"}, "“number” is larger than “base”."),
        ({"per cent": "most"}, "“per cent” is not a number from 0 to 100."),
        ({"per cent": "101"}, "“per cent” is not a number from 0 to 100."),
        ({"what counts": ""}, "“what counts” is empty."),
        ({"out of whom": ""}, "“out of whom” is empty."),
        ({"what counts": "x" * 1001}, "“what counts” may have up to 1000 letters."),
        ({"programme": "+44"}, "“programme” begins with a sign"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_wrong_figure_is_told_by_line(changed, words):
    found = problems(table({**FIGURE, **changed}))
    assert any(line == 2 and said.startswith(words) for line, said in found), found


def test_every_problem_of_a_file_is_told_at_once():
    found = problems(table({**COUNT, "staff": ""}, COUNT, {**COUNT, "kind": "nhs", "source": ""}))
    assert [line for line, _ in found] == [2, 4, 4]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "The file is empty."),
        (b"\xef\xbb\xbf\r\n ,\r\n", 1, "The file is empty."),
        (empty_table("coverage"), 2, "There is nothing below"),
        (b"training,share\nx,45%\n", 1, "The first line must name these columns"),
        (table({**COUNT, "extra": "1"}), 1, "The first line must name these columns"),
        (b"source," + table(COUNT), 1, "The first line must name these columns"),
        (b"programme,title\nx,y\n", 1, "The first line must name these columns, each once: prog"),
        (b"PK\x03\x04\xff\xfe", 1, "This is not a CSV file in UTF-8."),
        ("trainé".encode("latin-1"), 1, "This is not a CSV file in UTF-8."),
        (b"x" * (LARGEST_FILE + 1), 1, "The file is larger than 60000 bytes."),
        (table(COUNT) + b'"open,1\n', 3, "From here on this does not read as a table."),
        (table(COUNT) + b"a,,care,b,1,2,1/1/2026,,s,more\n", 3, "There are more cells here"),
        (table(*[COUNT] * (MOST_LINES + 1)), MOST_LINES + 2, "A file may have up to 500 lines."),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_a_file_that_is_no_such_table_is_told(content, line, words):
    found = problems(content)
    assert found[0][0] == line
    assert found[0][1].startswith(words)


@pytest.mark.parametrize("name", COLUMNS)
def test_an_empty_table_names_the_columns(name):
    assert empty_table(name).decode("utf-8-sig").strip().split(",") == list(COLUMNS[name])
