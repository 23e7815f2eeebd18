"""A paper as a tagged PDF, and whether a summary fits the one page that it is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from math import ceil
from typing import Any

from feedback.analysis import readability
from feedback.outputs.papers.drawing import on_paper
from feedback.outputs.papers.paper import (
    Chart,
    Heading,
    Idea,
    Listing,
    Note,
    Paper,
    Para,
    Quote,
    Runs,
    Table,
)
from feedback.outputs.papers.told import told
from feedback.outputs.typesetting import room, typeset

MOST_GRADE = 8.0  # American school years; above it a summary is not plain any more
MOST_WORDS = 20.0  # in a sentence, on average, in any language


def to_pdf(paper: Paper, uploaded: Mapping[str, bytes]) -> bytes:
    """A paper as PDF/UA-1: the same bytes each time, dated on the day it was frozen.

    Raises:
        DocumentNotMade: as for `typeset`.
    """
    return typeset("papers", *_set(paper, uploaded), now=moment(paper.frozen_on))


@dataclass(frozen=True)
class OnePage:
    """How a summary stands to its one page of A4, and how hard it is to read.

    `too_long` is in millimetres and `words_over` about as many words; both 0 where it fits.
    `grade` is None where the language has no measure that we trust, or the text is short.
    """

    pages: int
    too_long: float
    words: int
    words_over: int
    words_a_sentence: float
    grade: float | None

    @property
    def fits(self) -> bool:
        """It is one page."""
        return self.pages == 1

    @property
    def plain(self) -> bool:
        """It passes the reading check."""
        short = self.words_a_sentence <= MOST_WORDS
        return short and (self.grade is None or self.grade <= MOST_GRADE)


def one_page(paper: Paper, uploaded: Mapping[str, bytes]) -> OnePage:
    """Whether a summary fits one side of A4 as it is printed, by how much not, and how it reads.

    Raises:
        DocumentNotMade: as for `typeset`.
    """
    taken = room("papers", *_set(paper, uploaded))
    over = max(0.0, taken["all"] - taken["most"]) if taken["pages"] > 1 else 0.0
    text = prose(paper)
    many = len(readability.words(text))
    english = paper.language == "en" and many > 0
    return OnePage(
        pages=int(taken["pages"]),
        too_long=round(over, 1),
        words=many,
        words_over=ceil(many * over / taken["text"]) if over else 0,
        words_a_sentence=round(readability.words_per_sentence(text), 1),
        grade=round(readability.flesch_kincaid_grade(text), 1) if english else None,
    )


def prose(paper: Paper) -> str:
    """The sentences of a paper, for whoever measures how it reads: no tables, no evidence."""
    found: list[str] = []
    for block in paper.blocks:
        match block:
            case Para() | Idea():
                found.append(_said(block.runs))
            case Listing():
                found += map(_said, block.items)
            case Note():
                found += map(_said, block.paragraphs)
            case Quote():
                found.append(block.text)
            case Chart():
                found.append(block.caption)
            case Heading() | Table():
                pass
    return "\n".join(found)


def moment(day: date) -> datetime:
    """What a file says of itself when it was made: noon of the day that its paper was frozen."""
    return datetime.combine(day, time(12), UTC)


def _said(runs: Runs) -> str:
    return "".join(each.words for each in runs)


def _set(paper: Paper, uploaded: Mapping[str, bytes]) -> tuple[dict[str, Any], dict[str, bytes]]:
    data, pictures = told(paper, uploaded)
    drawn = {
        block["file"]: on_paper(block.pop("svg"), right_to_left=paper.direction == "rtl").encode()
        for block in data["blocks"]
        if block["kind"] == "chart"
    }
    return data, {**pictures.files, **drawn}
