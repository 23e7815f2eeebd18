"""A paper as plain data: what stands in it, whatever form it leaves in.

It is frozen and travels as JSON, so that a paper kept today is the same paper in five years. No
words of ours are in it: each form adds its own in the paper's language.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from feedback.languages import DEFAULT, direction

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Text:
    """Words of a sentence; `language` where it is another than the paper's."""

    words: str
    bold: bool = False
    language: str = ""
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Number:
    """A figure that was looked up, as it is read.

    `reference` is the id of the `Evidence` it leads to; `source` says in a few words what it is,
    such as "Felt listened to, parents, release 3".
    """

    words: str
    reference: str = ""
    source: str = ""
    kind: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `address` is whole, or a path of the paper's `site`."""

    words: str
    address: str
    kind: Literal["link"] = "link"


Run = Annotated[Text | Number | Link, Field(discriminator="kind")]
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title, which alone is of level 1."""

    text: str
    level: Literal[2, 3, 4] = 2
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    runs: Runs
    kind: Literal["para"] = "para"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, numbered where the order says something."""

    items: tuple[Runs, ...]
    numbered: bool = False
    kind: Literal["listing"] = "listing"


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names its rows.

    `name` is used once in a paper and names its file: letters, digits and hyphens. `rows` are as
    they are read; `plain` are the same rows for files, numbers as numbers (where there are none,
    the files have `rows`). `base` says out of how many, `source` where it is from.
    """

    name: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    plain: tuple[tuple[Cell, ...], ...] = ()
    base: str = ""
    source: str = ""
    release: int | None = None
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its table.

    `svg` is as `outputs.charts` and `outputs.line_charts` draw it; `alt` is what it shows for
    whoever does not see it; `caption` is the sentence that stands before it.
    """

    caption: str
    svg: str
    alt: str
    table: Table
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said and let us pass on; `by` is as wide as "a parent"."""

    text: str
    language: str = ""
    by: str = ""
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Note:
    """A box beside the text, such as "What we are less sure of"."""

    title: str
    paragraphs: tuple[Runs, ...]
    kind: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea of an easy-read paper: a few words, and the name of the picture beside them."""

    runs: Runs
    picture: str = ""
    alt: str = ""
    kind: Literal["idea"] = "idea"


Block = Annotated[
    Heading | Para | Listing | Table | Chart | Quote | Note | Idea, Field(discriminator="kind")
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where figures come from: listed at the end, and what `Number.reference` leads to."""

    id: str
    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Traced:
    """A sentence followed back to whoever was asked, for an inspector."""

    sentence: str
    claim: str = ""
    evidence: str = ""  # id of an Evidence
    release: int | None = None
    measure: str = ""
    question: str = ""
    asked: str = ""  # who: audience, and how many answered
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of a paper.

    `facts` stand under the title, each with its label ("Meeting", "14 November 2026").
    `easy_read` is a paper of its own, in large letters, made of `Idea`s above all. `site` is the
    address that paths begin with. A draft says on every page that it is none to hand on.
    """

    title: str
    host: str
    frozen_on: date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    version: int = 1
    change_note: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    language: str = DEFAULT
    licence: str = ""
    licence_address: str = ""
    site: str = ""
    evidence: tuple[Evidence, ...] = ()
    trail: tuple[Traced, ...] = ()
    easy_read: bool = False
    draft: bool = False

    @property
    def direction(self) -> str:
        """Which way it is written: "ltr" or "rtl"."""
        return direction(self.language)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Its charts, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Chart))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, those of charts among them, in order."""
        both = (b.table if isinstance(b, Chart) else b for b in self.blocks)
        return tuple(block for block in both if isinstance(block, Table))

    def whole(self, address: str) -> str:
        """An address that can be followed from a file."""
        return self.site.rstrip("/") + address if address.startswith("/") else address


def to_json(paper: Paper) -> str:
    """A paper as it is kept."""
    return _adapter().dump_json(paper).decode()


def from_json(kept: str | bytes) -> Paper:
    """A paper as it was kept.

    Raises:
        ValueError: it is none.
    """
    return _adapter().validate_json(kept)


@cache
def _adapter() -> TypeAdapter[Paper]:
    return TypeAdapter(Paper)
