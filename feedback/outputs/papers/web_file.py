"""A paper as one file that any browser opens, and what a page of ours shows of it.

The file carries its style, its charts and its pictures, runs nothing and fetches nothing.
"""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from feedback.outputs.illustrating import Pictures
from feedback.outputs.papers.paper import Paper
from feedback.outputs.papers.told import told
from feedback.settings import manifest, place

_KINDS = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}


def to_html(paper: Paper, uploaded: Mapping[str, bytes]) -> bytes:
    """A paper as a file by itself, the same bytes each time."""
    shown, pictures = told(paper, uploaded)
    page = _templates().get_template("documents/paper_file.html")
    written: str = page.render(told=shown, source=_inside(pictures), style=_style())
    return written.encode()


def shown(paper: Paper, uploaded: Mapping[str, bytes]) -> dict[str, Any]:
    """What `paper()` in documents/paper_blocks.html shows of a paper on a page of ours.

    The page links papers.css, has no other heading of level 1, and tells `paper()` the address of
    a picture by its file, such as "pictures/own/words.svg".
    """
    return told(paper, uploaded)[0]


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(place("templates")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def _style() -> str:
    name = manifest().get("papers.css")
    return (place("static/dist") / name).read_text(encoding="utf-8") if name else ""


def _inside(pictures: Pictures) -> Any:
    """A picture's address that holds all of it."""

    def source(file: str) -> str:
        kind = _KINDS.get(file.rpartition(".")[2], "image/webp")
        return f"data:{kind};base64,{b64encode(pictures.files[file]).decode()}"

    return source
