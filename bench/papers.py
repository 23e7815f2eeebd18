"""How long a paper of twelve charts takes in every form that somebody may ask for."""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader

from bench.ground import Ground
from bench.report import Outcome, Table, at_most
from feedback.app import create_app
from feedback.outputs.papers.packs import csv_pack, inspection_pack
from feedback.outputs.papers.pdf import one_page, to_pdf
from feedback.outputs.papers.web_file import to_html
from feedback.outputs.papers.word import to_word
from feedback.settings import Settings
from feedback.web.frame import set_language

MOST_SECONDS = 20  # Word and PDF of one paper together
AGAIN = 3


def run(ground: Ground) -> Outcome:
    """Make every form again and again, the first time in a process that has made none."""
    sys.path.append(str(Path(__file__).parents[1] / "tests"))
    import paper_samples

    paper, easy = paper_samples.full(), paper_samples.easy()
    summary = paper_samples.summary()
    forms: dict[str, Callable[[], bytes]] = {
        "file for the browser": lambda: to_html(paper, {}),
        "Word": lambda: to_word(paper, {}),
        "PDF": lambda: to_pdf(paper, {}),
        "does a summary fit": lambda: str(one_page(summary, {})).encode(),
        "pack of tables": lambda: csv_pack(paper),
        "pack for inspectors": lambda: inspection_pack(paper, {}, beside={"easy-read": easy}),
    }
    app = create_app(Settings(database=ground.sqlite.fresh(), instance=ground.folder))
    rows, slowest = [], {}
    with app.test_request_context():
        set_language("en")
        for name, make in forms.items():
            took, made = [], b""
            for _ in range(AGAIN):
                began = time.perf_counter()
                made = make()
                took.append(time.perf_counter() - began)
            slowest[name] = max(took)
            pages = len(PdfReader(io.BytesIO(made)).pages) if name == "PDF" else ""
            rows.append((name, took[0], max(took[1:]), pages, f"{len(made) / 1e6:.2f}"))
    table = Table(
        "A paper of 12 charts and 14 tables",
        ("form", "first time, s", f"slowest of {AGAIN - 1} more, s", "pages", "MB"),
        rows,
    )
    together = slowest["Word"] + slowest["PDF"]
    return Outcome([table], [at_most("Word and PDF together", together, MOST_SECONDS, " s")])
