"""Papers with all that they rest on, as one file: tables to reckon with, and proof to inspect."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from flask_babel import gettext as _

from feedback.outputs.papers.paper import (
    Block,
    Evidence,
    Heading,
    Listing,
    Paper,
    Para,
    Text,
    to_json,
)
from feedback.outputs.papers.pdf import to_pdf
from feedback.outputs.papers.web_file import to_html
from feedback.outputs.papers.word import to_word
from feedback.outputs.papers.zipped import zipped
from feedback.outputs.tables import csv_bytes

SUMS = "SHA256SUMS.txt"  # as `sha256sum --check` and its like read it
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def csv_pack(paper: Paper) -> bytes:
    """Every table and chart of a paper as CSV, and one more that says what each of them is."""
    return zipped(_tables(paper), paper.frozen_on)


def inspection_pack(
    paper: Paper, uploaded: Mapping[str, bytes], *, beside: Mapping[str, Paper]
) -> bytes:
    """A frozen paper in every form with its evidence, and sums that show if one is changed later.

    Args:
        uploaded: content of the host's own pictures, by name.
        beside: papers that belong to it by the name of their files, such as "easy-read".

    Raises:
        DocumentNotMade: as for `typeset`.
    """
    files: dict[str, bytes] = {}
    for name, each in {"paper": paper, **beside}.items():
        files[f"{name}.html"] = to_html(each, uploaded)
        files[f"{name}.pdf"] = to_pdf(each, uploaded)
        files[f"{name}.docx"] = to_word(each, uploaded)
        files[f"{name}.json"] = to_json(each).encode()
    files["evidence.csv"] = _evidence(paper)
    files["trail.html"] = to_html(_trail(paper), {})
    files |= {f"tables/{name}": content for name, content in _tables(paper).items()}
    files[SUMS] = "".join(
        f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items()
    ).encode()
    return zipped(files, paper.frozen_on)


def _tables(paper: Paper) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    about: list[Sequence[object]] = []
    charts = {id(chart.table): chart for chart in paper.charts}
    for number, table in enumerate(paper.tables, start=1):
        name = f"{number:02}-{_file_name(table.name)}.csv"
        files[name] = csv_bytes(table.header, table.plain or table.rows)
        chart = charts.get(id(table))
        about.append(
            (
                *(name, table.caption, chart.caption if chart else "", table.base, table.source),
                *(table.release, paper.title, paper.version, paper.frozen_on, paper.host),
                *(paper.licence, paper.licence_address),
            )
        )
    columns = (
        *(_("File"), _("Title"), _("Chart"), _("Out of how many"), _("Where it is from")),
        *(_("Release"), _("Paper"), _("Version"), _("Day of the version"), _("Who made it")),
        *(_("Licence"), _("Address of the licence")),
    )
    return {"metadata.csv": csv_bytes(columns, about), **files}


def _file_name(name: str) -> str:
    return _NOT_IN_NAMES.sub("-", name.lower()).strip("-")[:60] or "table"


def _evidence(paper: Paper) -> bytes:
    """From each sentence to whoever was asked, one a line."""
    known = {each.id: each for each in paper.evidence}
    nothing = Evidence("", "")
    columns = (
        *(_("Sentence"), _("What it claims"), _("Release"), _("Measure"), _("Question")),
        *(_("Who was asked"), _("What it rests on"), _("Address"), _("Note")),
    )
    rows = []
    for each in paper.trail:
        found = known.get(each.evidence, nothing)
        rows.append(
            (
                *(each.sentence, each.claim, each.release, each.measure, each.question),
                *(each.asked, found.words, paper.whole(found.address), each.note),
            )
        )
    return csv_bytes(columns, rows)


def _trail(paper: Paper) -> Paper:
    """The same to read, as a paper of its own."""
    known = {each.id: each.words for each in paper.evidence}
    blocks: list[Block] = []
    for each in paper.trail:
        facts = (
            (_("What it claims"), each.claim),
            (_("What it rests on"), known.get(each.evidence, "")),
            (_("Release"), "" if each.release is None else str(each.release)),
            (_("Measure"), each.measure),
            (_("Question"), each.question),
            (_("Who was asked"), each.asked),
            (_("Note"), each.note),
        )
        blocks += [
            Heading(each.sentence, level=3),
            Listing(
                tuple(
                    (Text(f"{label}: "), Text(words, bold=True)) for label, words in facts if words
                )
            ),
        ]
    if not blocks:
        blocks.append(Para((Text(_("No sentence of this paper has a trail.")),)))
    start = Heading(_("Each sentence, and how we know"))
    return replace(
        paper, blocks=(start, *blocks), evidence=(), trail=(), change_note="", easy_read=False
    )
