"""The files that a frozen paper can be had as, and its easy-read paper beside it."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from flask_babel import lazy_gettext as _l

from feedback.models.reports import ReportVersion
from feedback.outputs.papers.packs import csv_pack, inspection_pack
from feedback.outputs.papers.paper import Paper
from feedback.outputs.papers.pdf import to_pdf
from feedback.outputs.papers.web_file import to_html
from feedback.outputs.papers.word import to_word
from feedback.web import paper_today
from feedback.web.frame import public_address
from feedback.web.paper_parts import in_language

MOST_KEPT = 24  # files in memory, about 0.5 MB each: those that many people ask for on one day
_HTML = "text/html; charset=utf-8"
_PDF = "application/pdf"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ZIP = "application/zip"

# Ending, what it is called, its kind.
PAPER: dict[str, tuple[object, str]] = {
    "html": (_l("Web page in one file"), _HTML),
    "pdf": (_l("PDF to print"), _PDF),
    "docx": (_l("Word"), _WORD),
}
EASY: dict[str, tuple[object, str]] = {
    "easy.html": (_l("Easy read: web page in one file"), _HTML),
    "easy.pdf": (_l("Easy read: PDF to print"), _PDF),
    "easy.docx": (_l("Easy read: Word"), _WORD),
}
FOR_STAFF: dict[str, tuple[object, str]] = {
    "zip": (_l("Tables as CSV"), _ZIP),
    "evidence.zip": (_l("Everything with its evidence, for inspectors"), _ZIP),
}

_MAKERS: dict[str, Callable[[Paper], bytes]] = {
    "html": lambda paper: to_html(paper, {}),
    "pdf": lambda paper: to_pdf(paper, {}),
    "docx": lambda paper: to_word(paper, {}),
    "zip": csv_pack,
}


def files_of(version: ReportVersion) -> dict[str, tuple[object, str]]:
    """What a version can be had as; one from before there was easy read has none."""
    return {ending: file for some in in_sorts(version) for ending, file in some.items()}


def in_sorts(version: ReportVersion) -> list[dict[str, tuple[object, str]]]:
    """The same in sorts: of the paper, of its easy-read paper, and for staff."""
    return [PAPER, *([EASY] if version.content.get("easy") else []), FOR_STAFF]


def for_everybody(version: ReportVersion) -> dict[str, tuple[object, str]]:
    """What everybody can have of a version that is public."""
    return {**PAPER, **(EASY if version.content.get("easy") else {})}


def made(version: ReportVersion, ending: str, *, public: bool = False) -> bytes:
    """A frozen version as a file: the same bytes each time, until something is taken back.

    Args:
        public: for everybody, so that it leads nowhere that only staff may go.
    """
    paper = paper_today.frozen(version)
    if public:
        paper = paper_today.for_everybody(paper)
    easy = paper_today.easy(version) if ending.startswith(("easy.", "evidence.")) else None
    with in_language(paper.language):
        if ending == "evidence.zip":
            return inspection_pack(
                _reachable(paper), {}, beside={"easy-read": _reachable(easy)} if easy else {}
            )
        of = easy if ending.startswith("easy.") and easy else paper
        return _made(_reachable(of), ending.removeprefix("easy."))


def _reachable(paper: Paper) -> Paper:
    """A paper whose addresses can be followed from a file, or typed from a printed page."""
    return paper if paper.site else replace(paper, site=public_address(""))


@lru_cache(maxsize=MOST_KEPT)
def _made(paper: Paper, ending: str) -> bytes:
    return _MAKERS[ending](paper)
