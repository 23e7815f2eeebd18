"""Documents to print: data and one of our own sources in, a tagged PDF out.

The sources stand in templates/documents/ and are written for Typst. Nothing that anybody wrote
is ever part of a source: it is handed over as data. See docs/decisions/0015-typst.md.
"""

import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from feedback.errors import DocumentNotMade
from feedback.settings import place

LONGEST = 40  # seconds; what takes 10 on an idle machine may wait for those who answer
HOUSE = "house.typ"  # what all documents share

log = structlog.get_logger("feedback")
_PRESS = Path(__file__).with_name("press.py")


def typeset(
    source: str, data: Mapping[str, Any], pictures: Mapping[str, bytes], *, now: datetime
) -> bytes:
    """A PDF that a screen reader can read (PDF/UA-1), made in a process of its own.

    Args:
        source: name of a file in templates/documents/, without its ending.
        data: what the document says; the source finds it as `data.json`.
        pictures: content of each picture, by the file name that `data` calls it.
        now: the moment that the document carries as its own.

    Raises:
        DocumentNotMade: it took too long, or something in it could not be set.
    """
    return _pressed({"moment": int(now.timestamp())}, source, data, pictures)


def drawings(
    source: str, data: Mapping[str, Any], pictures: Mapping[str, bytes], *, dots: int
) -> list[bytes]:
    """Each page of a document as a PNG, `dots` an inch, for what cannot show a drawing.

    Raises:
        DocumentNotMade: as for `typeset`.
    """
    asked = {"form": "drawings", "dots": dots}
    return [b64decode(page) for page in json.loads(_pressed(asked, source, data, pictures))]


def room(source: str, data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> dict[str, float]:
    """How much room a document takes once it is set, as its source says under <room>.

    Raises:
        DocumentNotMade: as for `typeset`.
    """
    found: dict[str, float] = json.loads(_pressed({"form": "room"}, source, data, pictures))
    return found


def _pressed(
    asked: Mapping[str, Any], source: str, data: Mapping[str, Any], pictures: Mapping[str, bytes]
) -> bytes:
    told = {
        **asked,
        "files": {
            name: b64encode(content).decode() for name, content in sources(source, pictures).items()
        },
        "data": json.dumps(data, ensure_ascii=False),
        "fonts": str(place("static/dist") / "fonts"),
    }
    try:
        made = subprocess.run(  # noqa: S603 -- our own file, and nothing from outside in the command
            [sys.executable, "-I", str(_PRESS)],
            input=json.dumps(told).encode(),
            capture_output=True,
            timeout=LONGEST,
            env={name: value for name, value in os.environ.items() if _harmless(name)},
            check=True,
        )
    except subprocess.TimeoutExpired:
        log.error("document_not_made", document=source, fault="took too long")
        raise DocumentNotMade from None
    except subprocess.CalledProcessError as failed:
        said = failed.stderr.decode(errors="replace").strip().splitlines()
        log.error("document_not_made", document=source, fault=said[-1][:200] if said else "")
        raise DocumentNotMade from None
    return made.stdout


def sources(source: str, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """All that a document is made of, but what it says."""
    folder = place("templates") / "documents"
    files = {"main.typ": f"{source}.typ", HOUSE: HOUSE}
    return {**{name: (folder / file).read_bytes() for name, file in files.items()}, **pictures}


def _harmless(name: str) -> bool:
    """Whether the press may know a setting: it has no use for our secret."""
    return not name.startswith("FEEDBACK_")
