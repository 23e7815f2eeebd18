"""Pictures and square codes for documents to print."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from feedback.questionnaire import Picture
from feedback.settings import place

BORDER = 4  # modules of quiet round a square code, as its standard asks for
OVERLAP = 0.02  # of a module, so that no hairline shows between two rows


class Pictures:
    """The pictures of one document: content by file, and what the document is told of each.

    Those of the sets come from the built files; `uploaded` holds the host's own. One that is not
    there, or that cannot be read, is left out: the words stand without it.
    """

    def __init__(self, uploaded: Mapping[str, bytes]) -> None:
        self.files: dict[str, bytes] = {}
        self._uploaded = uploaded

    def shown(self, name: str | None, alt: str = "") -> dict[str, str] | None:
        """What a document is told of a picture; without `alt` it only decorates."""
        file = name and (self._of_set(name) or self._of_host(name))
        return {"file": file, "alt": alt} if file else None

    def _of_set(self, name: str) -> str | None:
        kept = place("static/dist") / "pictures" / f"{name}.svg"
        file = f"pictures/{name}.svg"
        if file not in self.files:
            if not kept.is_file():
                return None
            self.files[file] = kept.read_bytes()
        return file

    def _of_host(self, name: str) -> str | None:
        content = self._uploaded.get(name)
        ending = _ending(content) if content else None
        if not content or not ending:
            return None
        file = f"pictures/{name}.{ending}"
        self.files[file] = content
        return file


def uploads(pictures: list[Picture]) -> set[str]:
    """Names of the pictures that the host's own people brought in."""
    return {picture.name for picture in pictures if picture.brought_in}


def square(address: str) -> dict[str, Any]:
    """A square code (QR) that opens an address: the drawing, and its words for who sees none."""
    import segno  # a megabyte that a worker takes only when it prints

    rows = segno.make(address, error="m", micro=False).matrix
    side = len(rows) + 2 * BORDER
    dark = "".join(
        f"M{x + BORDER} {y + BORDER}h{long}v{1 + OVERLAP}h-{long}z"
        for y, row in enumerate(rows)
        for x, long in _runs(row)
    )
    return {
        "address": address,
        "alt": _("A square code that opens %(address)s", address=address),
        "svg": f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{dark}"/></svg>',
    }


def _runs(row: bytearray) -> Iterator[tuple[int, int]]:
    """Where dark modules begin in a row, and how many stand side by side."""
    at = 0
    for dark, run in groupby(row):
        long = len(list(run))
        if dark:
            yield at, long
        at += long


def _ending(content: bytes) -> str | None:
    """How a file with a picture is called, or None where it is none that can be printed."""
    from PIL import Image, UnidentifiedImageError  # some megabytes that few documents need

    try:
        with Image.open(BytesIO(content)) as image:
            image.verify()
            kind = image.format or ""
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None
    return {"WEBP": "webp", "PNG": "png", "JPEG": "jpg", "GIF": "gif"}.get(kind)
