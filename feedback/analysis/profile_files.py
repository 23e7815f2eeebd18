"""Reads the profile of an area out of a small table: a group and a number on each line.

What is wrong, and what only looks odd, is given as a kind with its line and facts; the words for
it are chosen where it is shown.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from feedback.analysis.profiles import Group
from feedback.analysis.text import one_line
from feedback.vocabulary import LARGEST_NUMBER

LARGEST_FILE = 50_000  # bytes; the longest list of groups with its names stays under 5,000
MOST_LINES = 200
MOST_PEOPLE = LARGEST_NUMBER

_GROUPS = ("group", "code", "groups", "category", "name")
_PEOPLE = ("people", "number", "count", "persons", "pupils", "children", "n")
_SHARES = ("share", "percent", "per cent", "percentage", "share (%)", "%")
_BLANKS = re.compile(r"[\s'’\u00a0\u2009\u202f]")
_THOUSANDS = re.compile(r"\d{1,3}(?:[,.]\d{3})+")
_SPAN = re.compile(r"(\d{1,3})\s*(?:to|[-–—])\s*(\d{1,3})")
_UP_TO = re.compile(r"(?:up to|to|under)\s*(\d{1,3})")
_AND_OVER = re.compile(r"(\d{1,3})\s*(?:\+|and over|or over|and older)")
_OLDEST = 200  # years


class Wrong(StrEnum):
    """What stops a profile from being kept."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NO_HEADER = "no_header"
    TOO_SHORT = "too_short"
    FORMULA = "formula"
    UNKNOWN = "unknown"
    TWICE = "twice"
    OVERLAP = "overlap"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    TOO_MANY = "too_many"
    NOBODY = "nobody"
    NO_BASE = "no_base"
    BASE_ZERO = "base_zero"
    TO_COME = "to_come"


class Odd(StrEnum):
    """What somebody should look at before they keep a profile."""

    MISSING = "missing"
    NOT_100 = "not_100"
    NOT_BASE = "not_base"
    PARTS_OF_ONE = "parts_of_one"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to mend or to look at; `line` is 0 where it is about the whole file."""

    what: Wrong | Odd
    line: int = 0
    facts: Mapping[str, str | int | float | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says. With problems it has no groups; warnings stop nothing."""

    groups: tuple[Group, ...] = ()
    base: int = 0
    problems: tuple[Trouble, ...] = ()
    warnings: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    code: str
    number: float


def read_profile(
    content: str | bytes,
    known: Mapping[str, str],
    *,
    ages: bool = False,
    base: int | None = None,
    day: date,
    today: date,
) -> Read:
    """The groups of a profile, or all that is wrong with it.

    The first line names the columns: a group, and people or a share in per cent; further columns
    are left alone. A line without a number is left out. Commas, semicolons or tabs part the
    columns.

    Args:
        content: the table, as a file or as text.
        known: the groups there can be, by code; a line may give the code or the name.
        ages: whether groups are ages, which must not overlap.
        base: how many people the source counts in all; without it the groups' sum.
        day: the day the source speaks of.
        today: the day it is.
    """
    problems: list[Trouble] = []
    if base == 0:
        problems.append(Trouble(Wrong.BASE_ZERO))
    if day > today:
        problems.append(Trouble(Wrong.TO_COME))
    table = _table(content)
    if isinstance(table, Trouble):
        return Read(problems=(*problems, table))
    columns = _columns(table[0][1])
    if columns is None:
        return Read(problems=(*problems, Trouble(Wrong.NO_HEADER, table[0][0])))
    group_at, number_at, shares = columns
    rows, found = _rows(table[1:], known, group_at, number_at, shares=shares, ages=ages)
    problems += found
    if not rows and not found:
        problems.append(Trouble(Wrong.EMPTY))
    elif rows and not problems and not any(row.number for row in rows):
        problems.append(Trouble(Wrong.NOBODY))
    if shares and base is None:
        problems.append(Trouble(Wrong.NO_BASE))
    if problems:
        return Read(problems=tuple(problems))
    groups, base, warnings = (_of_shares if shares else _of_people)(rows, base)
    missing = tuple(name for code, name in known.items() if code not in {r.code for r in rows})
    if missing:
        warnings.insert(0, Trouble(Odd.MISSING, facts={"groups": missing}))
    return Read(groups, base, warnings=tuple(warnings))


def _of_people(
    rows: Sequence[_Row], base: int | None
) -> tuple[tuple[Group, ...], int, list[Trouble]]:
    total = sum(int(row.number) for row in rows)
    whole = base or total
    warnings = []
    if total != whole:
        facts = {"total": total, "base": whole, "by": abs(total - whole)}
        warnings.append(Trouble(Odd.NOT_BASE, facts=facts))
    groups = (Group(row.code, int(row.number), row.number / whole) for row in rows)
    return tuple(groups), whole, warnings


def _of_shares(
    rows: Sequence[_Row], base: int | None
) -> tuple[tuple[Group, ...], int, list[Trouble]]:
    total, warnings = sum(row.number for row in rows), []
    unit = 100.0
    if abs(total - 1) <= 0.02:
        unit = 1.0
        warnings.append(Trouble(Odd.PARTS_OF_ONE))
    # Each share may have been rounded by half of its last decimal.
    decimals = max(len(f"{100 / unit * row.number:.6f}".rstrip("0").split(".")[1]) for row in rows)
    off = 100 / unit * total - 100
    if abs(off) > 0.5 * 10**-decimals * len(rows) + 1e-6:
        warnings.append(Trouble(Odd.NOT_100, facts={"total": round(100 / unit * total, 2)}))
    return tuple(Group(row.code, None, row.number / unit) for row in rows), base or 0, warnings


def _table(content: str | bytes) -> list[tuple[int, list[str]]] | Trouble:
    """The lines that hold anything, each with its number; or why there are none."""
    if len(content) > LARGEST_FILE:
        return Trouble(Wrong.TOO_LARGE, facts={"most": LARGEST_FILE})
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    except UnicodeDecodeError:
        return Trouble(Wrong.NOT_TEXT)
    if "\0" in text:
        return Trouble(Wrong.NOT_TEXT)
    text = text.removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    part = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=part, strict=True)
    found = []
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                found.append((lines.line_num, [one_line(cell) for cell in cells]))
    except csv.Error:
        return Trouble(Wrong.NOT_TEXT, lines.line_num)
    if not found:
        return Trouble(Wrong.EMPTY)
    if len(found) > MOST_LINES:
        return Trouble(Wrong.TOO_LARGE, facts={"most": LARGEST_FILE})
    return found


def _columns(heads: Sequence[str]) -> tuple[int, int, bool] | None:
    """Where the group and the number stand, and whether it is a share; None where none is."""
    names = [head.casefold() for head in heads]

    def place(of: Sequence[str]) -> int | None:
        return next((names.index(name) for name in of if name in names), None)

    group, people, part = place(_GROUPS), place(_PEOPLE), place(_SHARES)
    if group is None or (people is None and part is None):
        return None
    return (group, people, False) if people is not None else (group, part or 0, True)


def _rows(
    lines: Sequence[tuple[int, list[str]]],
    known: Mapping[str, str],
    group_at: int,
    number_at: int,
    *,
    shares: bool,
    ages: bool,
) -> tuple[list[_Row], list[Trouble]]:
    codes = _codes(known)
    rows: list[_Row] = []
    problems: list[Trouble] = []
    bands: list[tuple[str, tuple[int, int]]] = []
    seen: dict[str, int] = {}
    for line, cells in lines:
        if len(cells) <= max(group_at, number_at):
            problems.append(Trouble(Wrong.TOO_SHORT, line))
            continue
        said, number = cells[group_at], cells[number_at]
        if not number and said:
            continue
        if any(_is_formula(cell) for cell in cells):
            problems.append(Trouble(Wrong.FORMULA, line))
            continue
        code = codes.get(said.casefold())
        band = _band(known.get(code or "", said)) if ages else None
        other = next((name for name, own in bands if band and _overlap(own, band)), None)
        if band:
            bands.append((said, band))
        if code is not None and code in seen:
            problems.append(Trouble(Wrong.TWICE, line, {"group": said, "first": seen[code]}))
        elif other is not None:
            problems.append(Trouble(Wrong.OVERLAP, line, {"group": said, "other": other}))
        elif code is None:
            problems.append(Trouble(Wrong.UNKNOWN, line, {"group": said}))
        seen.setdefault(code or said, line)
        value = _number(number, line, share=shares)
        if isinstance(value, Trouble):
            problems.append(value)
        elif code is not None:
            rows.append(_Row(line, code, value))
    return rows, problems


def _codes(known: Mapping[str, str]) -> dict[str, str]:
    """How a group may be written: its code, or its name where only one group has it."""
    names = Counter(one_line(name).casefold() for name in known.values())
    alone = {one_line(name).casefold(): code for code, name in known.items()}
    found = {name: code for name, code in alone.items() if names[name] == 1}
    return {**found, **{code.casefold(): code for code in known}}


def _is_formula(cell: str) -> bool:
    """A table program would work such a cell out, so that it never is what it seems."""
    return cell[:1] in ("=", "@", "+") or (cell[:1] == "-" and not _plain(cell[1:])[:1].isdigit())


def _number(cell: str, line: int, *, share: bool) -> float | Trouble:
    plain = _plain(cell)
    below = plain.startswith(("-", "−"))
    plain = plain.lstrip("-−")
    try:
        value = _share(plain) if share else _people(plain)
    except ValueError:
        what = Wrong.NOT_A_NUMBER
        return Trouble(what, line, {"said": cell[:40], "kind": "share" if share else "people"})
    if below and value:
        return Trouble(Wrong.NEGATIVE, line)
    most = 100 if share else MOST_PEOPLE
    return Trouble(Wrong.TOO_MANY, line, {"most": most}) if value > most else value


def _plain(cell: str) -> str:
    return _BLANKS.sub("", cell)


def _people(plain: str) -> float:
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "").replace(".", "")
    if not plain.isdecimal() or len(plain) > 12:
        raise ValueError(plain)
    return float(int(plain))


def _share(plain: str) -> float:
    whole, _, part = plain.removesuffix("%").replace(",", ".").partition(".")
    if not (whole or "0").isdecimal() or not (part or "0").isdecimal() or not (whole or part):
        raise ValueError(plain)
    if len(whole) + len(part) > 20:
        raise ValueError(plain)
    return float(f"{int(whole or 0)}.{part or 0}")


def _band(said: str) -> tuple[int, int] | None:
    """The years that a group of ages spans, as somebody wrote it; None where that is not told."""
    plain = said.casefold().replace("_", " ")
    if found := _SPAN.search(plain):
        return int(found[1]), int(found[2])
    if found := _UP_TO.fullmatch(plain):
        return 0, int(found[1])
    if found := _AND_OVER.search(plain):
        return int(found[1]), _OLDEST
    return (int(plain), int(plain)) if plain.isdecimal() and len(plain) < 4 else None


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
