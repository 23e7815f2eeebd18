"""Takes in a picture that somebody brought, and writes it anew so that nothing hides in it.

What a file is shows in its content, never in its name. A photograph loses the place and the
time at which it was taken, and the name of the phone; it stands upright afterwards.
"""

import re
from contextlib import suppress
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from feedback.errors import (
    NotAPicture,
    PhonePicture,
    PictureBroken,
    PictureTooHeavy,
    PictureTooWide,
)

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 5_000_000  # bytes
MOST_PIXELS = 20_000_000  # what a good phone takes
MOST_SCANS = 50  # passes over a JPEG; cameras make 10, and each takes time
LONGEST_SIDE = 800  # pixels; shown at 96, printed at 400
HEAVIEST = 60_000  # bytes on the way to a phone with a poor signal
# Tried one after the other until a picture is light enough: longest side, quality.
_TRIALS = ((LONGEST_SIDE, 80), (LONGEST_SIDE, 65), (640, 65), (480, 60))
WEBP, SVG = "image/webp", "image/svg+xml"

_BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
}
_PHONE_KINDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif", b"avis"})
_DRAWING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_MARK = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")  # of a JPEG, with a length behind it
_ONE_AT_A_TIME = Lock()  # a large picture takes a hundred megabytes while it is read


class CleanPicture(NamedTuple):
    """A picture as we wrote it."""

    media: str
    content: bytes
    width: int
    height: int


def clean(content: bytes, *, largest: int = LARGEST_FILE) -> CleanPicture:
    """A picture that holds what is seen and nothing else.

    Args:
        content: a file as somebody sent it.
        largest: bytes that a file may have.

    Raises:
        PictureRefused: one class a cause, with words for whoever sent it.
    """
    if len(content) > largest:
        raise PictureTooHeavy(most=largest // 1_000_000)
    kind = _kind(content)
    if kind == "SVG":
        from feedback.outputs.drawings import clean_drawing  # with a reader of XML

        drawing = clean_drawing(content)
        return CleanPicture(SVG, *drawing)
    if kind == "JPEG" and _scans(content) > MOST_SCANS:
        raise PictureBroken
    with _ONE_AT_A_TIME:
        return _redrawn(content, kind)


def _kind(content: bytes) -> str:
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in _PHONE_KINDS:
        raise PhonePicture
    if _DRAWING.match(content):
        return "SVG"
    raise NotAPicture


def _scans(content: bytes) -> int:
    """How many passes a JPEG is drawn in: each costs as much as the whole picture."""
    at, scans = 2, 0
    while (mark := _MARK.search(content, at)) and mark[0] != b"\xff\xd9":
        scans += mark[0] == b"\xff\xda"
        at = mark.end() + int.from_bytes(content[mark.end() : mark.end() + 2])
    return scans


def _redrawn(content: bytes, kind: str) -> CleanPicture:
    # Only whoever brings a picture waits for these, and only their worker has them in memory.
    from PIL import Image, ImageOps, WebPImagePlugin  # noqa: F401 -- else all kinds are loaded

    try:
        opened = Image.open(BytesIO(content), formats=[kind])  # reads the beginning alone
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooWide(most=MOST_PIXELS // 1_000_000) from None
    except Exception as broken:  # each kind breaks in its own ways
        raise PictureBroken from broken
    with opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise PictureTooWide(most=MOST_PIXELS // 1_000_000)
        try:
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            plain = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
            plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=3.0)
        except Exception as broken:
            raise PictureBroken from broken
    with suppress(Exception):  # a note that cannot be read leaves the picture as it lies
        plain = ImageOps.exif_transpose(plain)
    return _written(plain, photograph=kind == "JPEG")


def _written(picture: "Image", *, photograph: bool) -> CleanPicture:
    if not photograph:  # a drawing keeps its clean edges where that is light enough
        kept = _webp(picture, lossless=True, quality=80)
        if len(kept.content) <= HEAVIEST // 2:
            return kept
    for side, quality in _TRIALS:
        picture.thumbnail((side, side))
        kept = _webp(picture, quality=quality)
        if len(kept.content) <= HEAVIEST:
            break
    return kept


def _webp(picture: "Image", *, quality: int, lossless: bool = False) -> CleanPicture:
    written = BytesIO()
    # Said one by one: what is not said is taken over from the file that was sent.
    picture.save(
        written, "WEBP", quality=quality, lossless=lossless, exif=b"", xmp=b"", icc_profile=b""
    )
    return CleanPicture(WEBP, written.getvalue(), picture.width, picture.height)
