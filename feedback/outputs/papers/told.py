"""A paper as every form is told of it: numbered, with our own words, all of them plain data.

The caller has set the language; these are its words. Web page, file, PDF and Word say the same
because all of them are made of this.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from feedback.languages import direction
from feedback.outputs.illustrating import Pictures
from feedback.outputs.papers.drawing import named
from feedback.outputs.papers.paper import (
    Block,
    Chart,
    Heading,
    Idea,
    Link,
    Listing,
    Note,
    Number,
    Paper,
    Para,
    Quote,
    Run,
    Runs,
    Table,
)
from feedback.outputs.tables import xml_text

LINE = 85  # letters of a table's size that a page is wide
WIDEST, LONGEST_WORD = 42, 16  # letters in a column: more takes from the others, or is broken
EDGES = 4  # letters, about as wide as what stays free on both sides
LISTED = 6  # main headings; a paper of fewer is looked through faster than its contents are
_FIGURE = re.compile(r"[\d.,:%\s+−–-]+")


def told(paper: Paper, uploaded: Mapping[str, bytes]) -> tuple[dict[str, Any], Pictures]:
    """What a form is told of a paper, and the pictures that stand in it.

    Args:
        uploaded: content of the host's own pictures, by name.
    """
    pictures = Pictures(uploaded)
    blocks = _Numbering(paper, pictures).blocks()
    whole = {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "host": paper.host,
        "language": paper.language,
        "direction": paper.direction,
        "easy": paper.easy_read,
        "facts": [{"label": label, "words": words} for label, words in paper.facts],
        "version": _version(paper),
        "draft": _("This is a draft. Please do not pass it on.") if paper.draft else "",
        "change": {"title": _("What is new in this version"), "words": paper.change_note}
        if paper.change_note
        else None,
        "contents": _contents(blocks),
        "blocks": blocks,
        "evidence": _evidence(paper),
        "licence": {"words": paper.licence, "address": paper.licence_address},
        # The form fills in which page of how many.
        "page": _("Page %(page)s of %(pages)s", page="\0", pages="\0").split("\0"),
    }
    return _readable(whole), pictures


def day_written(day: date) -> str:
    """A day as a paper says it."""
    return str(format_date(day, "d MMMM y"))


def _readable(said: Any) -> Any:
    """All of it without the characters that nobody sees and that some form may not hold."""
    match said:
        case str():
            return xml_text(said).replace("\ufeff", "")
        case dict():
            return {name: _readable(value) for name, value in said.items()}
        case list():
            return [_readable(value) for value in said]
        case _:
            return said


def _numbers(paper: Paper) -> dict[str, int]:
    return {each.id: number for number, each in enumerate(paper.evidence, start=1)}


def _version(paper: Paper) -> str:
    words = {"number": paper.version, "day": day_written(paper.frozen_on)}
    if paper.draft:
        return _("Draft of version %(number)s, %(day)s", **words)
    return _("Version %(number)s, %(day)s. It does not change any more.", **words)


def _contents(blocks: list[dict[str, Any]]) -> dict[str, Any] | None:
    found = [each for each in blocks if each["kind"] == "heading" and each["level"] == 2]
    if len(found) < LISTED:
        return None
    return {"title": _("What is in this paper"), "items": found}


def _evidence(paper: Paper) -> dict[str, Any] | None:
    if not paper.evidence:
        return None
    return {
        "title": _("Where the numbers come from"),
        "items": [
            {
                "anchor": f"evidence-{number}",
                "mark": str(number),
                "words": each.words,
                "address": paper.whole(each.address),
            }
            for number, each in enumerate(paper.evidence, start=1)
        ],
    }


class _Numbering:
    """The blocks of one paper on their way; charts, tables and headings are counted."""

    def __init__(self, paper: Paper, pictures: Pictures) -> None:
        self.paper, self.pictures = paper, pictures
        self.references = _numbers(paper)
        self.charts = self.tables = self.headings = 0
        self.level = 1

    def blocks(self) -> list[dict[str, Any]]:
        """Every block in order."""
        return [{"kind": block.kind, **self.block(block)} for block in self.paper.blocks]

    def block(self, block: Block) -> dict[str, Any]:
        """One block, whatever it is."""
        match block:
            case Heading():
                self.headings += 1
                # Whoever listens goes from heading to heading: no level is ever left out.
                self.level = min(block.level, self.level + 1)
                part = f"part-{self.headings}"
                return {"level": self.level, "text": block.text, "anchor": part}
            case Para():
                return {"runs": self.runs(block.runs)}
            case Listing():
                items = [self.runs(each) for each in block.items]
                return {"items": items, "numbered": block.numbered}
            case Table():
                return self.table(block)
            case Chart():
                return self.chart(block)
            case Quote():
                return {"text": block.text, "by": block.by, **self.spoken(block.language)}
            case Note():
                paragraphs = [self.runs(each) for each in block.paragraphs]
                return {"title": block.title, "paragraphs": paragraphs}
            case Idea():
                shown = self.pictures.shown(block.picture, block.alt)
                return {"runs": self.runs(block.runs), "picture": shown}

    def table(self, table: Table) -> dict[str, Any]:
        """A table with what it is out of and where it is from."""
        self.tables += 1
        caption = _("Table %(number)s. %(words)s", number=self.tables, words=table.caption)
        return {
            "caption": caption,
            "header": list(table.header),
            "rows": [list(row) for row in table.rows],
            "widths": _widths(table),
            "figures": [_of_figures(table, at) for at in range(len(table.header))],
            "nothing": "" if table.rows else _("There is nothing to show here yet."),
            "below": list(filter(None, [table.base, table.source, _released(table)])),
        }

    def chart(self, chart: Chart) -> dict[str, Any]:
        """A chart, its drawing under a name of its own in this paper, and its table."""
        self.charts += 1
        caption = _("Chart %(number)s. %(words)s", number=self.charts, words=chart.caption)
        return {
            "caption": caption,
            "alt": chart.alt or caption,
            "file": f"chart-{self.charts}.svg",
            "svg": named(chart.svg, f"chart-{self.charts}"),
            "table": self.table(chart.table),
        }

    def runs(self, runs: Runs) -> list[dict[str, Any]]:
        """The pieces of a sentence."""
        return [self.run(each) for each in runs]

    def run(self, run: Run) -> dict[str, Any]:
        """One piece: words, where they lead, and the mark of what they rest on."""
        said = {"words": run.words, "bold": False, "to": "", "mark": "", "why": ""}
        match run:
            case Number():
                number = self.references.get(run.reference)
                if number:
                    said |= {"to": f"#evidence-{number}", "mark": str(number), "why": run.source}
                return {**said, **self.spoken("")}
            case Link():
                return {**said, "to": self.paper.whole(run.address), **self.spoken("")}
            case _:
                return {**said, "bold": run.bold, **self.spoken(run.language)}

    def spoken(self, language: str) -> dict[str, str]:
        """The language of words and their direction, where it is not the paper's."""
        if not language or language == self.paper.language:
            return {"language": "", "direction": ""}
        return {"language": language, "direction": direction(language)}


def _widths(table: Table) -> list[int]:
    """How wide each column is beside the others, in parts of about one letter.

    The longest word of each has its place, as far as it can; the rest goes to those with most to
    say.
    """
    cells = [[head, *(row[at] for row in table.rows)] for at, head in enumerate(table.header)]
    least = [EDGES + min(LONGEST_WORD, max(_longest_word(each) for each in one)) for one in cells]
    wanted = [EDGES + min(WIDEST, max(map(len, one))) for one in cells]
    more = [max(0, wish - need) for wish, need in zip(wanted, least, strict=True)]
    left = max(0, LINE - sum(least))
    shared, spare = min(left, sum(more)), max(0, left - sum(more)) // max(1, len(cells))
    return [
        need + shared * each // max(1, sum(more)) + spare
        for need, each in zip(least, more, strict=True)
    ]


def _longest_word(cell: str) -> int:
    return max(map(len, cell.split()), default=0)


def _of_figures(table: Table, at: int) -> bool:
    """Whether a column holds figures, which stand one under the other."""
    if at == 0 or not table.rows:
        return False
    figures = sum(bool(_FIGURE.fullmatch(row[at])) for row in table.rows)
    some = any(any(map(str.isdigit, row[at])) for row in table.rows)  # a dash alone is none
    return some and 2 * figures > len(table.rows)  # words among them say that a figure is hidden


def _released(table: Table) -> str:
    return "" if table.release is None else _("Release %(number)s", number=table.release)
