"""A paper as a Word file, written part by part from templates of ours.

Headings, lists, rows that repeat, words for pictures and the language are said in the file, so that
a screen reader finds them. See docs/decisions/0034-papers.md.
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, groupby
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from feedback.outputs.papers.drawing import as_pixels, on_paper
from feedback.outputs.papers.paper import Paper
from feedback.outputs.papers.pdf import moment
from feedback.outputs.papers.told import told
from feedback.outputs.papers.zipped import zipped
from feedback.settings import place

ACROSS = 9638  # twentieths of a point: A4 without its margins of 20 mm
POINT = 12700  # of Word's own units of length
CHART_WIDE, CHART_HIGH, PICTURE_WIDE = 480.0, 600.0, 85.0  # points
LONG_TITLE = 90  # letters; a longer one is set smaller
TAGS = {"en": "en-GB", "pl": "pl-PL", "ar": "ar-SA"}
_PARTS = {  # in the file: its template
    "[Content_Types].xml": "types.xml",
    "_rels/.rels": "package.rels",
    "docProps/core.xml": "core.xml",
    "docProps/app.xml": "app.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document.rels",
    "word/styles.xml": "styles.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
    "word/footer.xml": "footer.xml",
}


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in the file: how it is called there, and its size in Word's units."""

    id: str
    name: str
    target: str
    wide: int
    high: int


def to_word(paper: Paper, uploaded: Mapping[str, bytes]) -> bytes:
    """A paper as a Word file, the same bytes each time, dated on the day it was frozen.

    Raises:
        DocumentNotMade: a chart or a picture of it could not be drawn.
    """
    said, pictures = told(paper, uploaded)
    right_to_left = paper.direction == "rtl"
    files, widths = dict(pictures.files), dict.fromkeys(pictures.files, PICTURE_WIDE)
    numbered = 0
    for block in said["blocks"]:
        if block["kind"] == "chart":
            drawn = on_paper(block["svg"], right_to_left=right_to_left)
            files[block["file"]] = drawn.encode()
            widths[block["file"]] = CHART_WIDE
        elif block["kind"] == "listing":
            numbered += block["numbered"]
            block["list"] = 1 + numbered if block["numbered"] else 1
    pixels = as_pixels(files, widths)
    images = {
        file: _image(number, file, content, widths[file])
        for number, (file, content) in enumerate(pixels.items(), start=1)
    }
    tag = TAGS.get(paper.language, paper.language)
    facts = {
        "told": said,
        "groups": _groups(said["blocks"]),
        "images": images,
        "links": {to: f"link{number}" for number, to in enumerate(_addresses(said), start=1)},
        "numbered": numbered,
        "tag": tag,
        "latin": TAGS["en"] if right_to_left else tag,
        "rtl": right_to_left,
        "long": len(paper.title) > LONG_TITLE,
        "made": moment(paper.frozen_on).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "columns": columns,
        "next_number": _counter(),
        "is_turned": _is_turned(right_to_left=right_to_left),
        "tag_of": lambda language: TAGS.get(language, language),
    }
    parts = {
        name: _templates().get_template(f"documents/word/{source}").render(facts).encode()
        for name, source in _PARTS.items()
    }
    drawings = {f"word/{image.target}": pixels[file] for file, image in images.items()}
    return zipped({**parts, **drawings}, paper.frozen_on)


def columns(widths: Sequence[int]) -> list[int]:
    """How wide each column is, in twentieths of a point, all together as wide as the page."""
    whole = sum(widths)
    made = [ACROSS * width // whole for width in widths]
    made[-1] += ACROSS - sum(made)
    return made


def _image(number: int, file: str, content: bytes, width: float) -> Image:
    across, down = struct.unpack(">II", content[16:24])  # where a PNG says how large it is
    high = width * down / across
    fit = min(1.0, CHART_HIGH / high)
    return Image(
        id=f"image{number}",
        name=file.rpartition("/")[2].rpartition(".")[0],
        target=f"media/image{number}.png",
        wide=round(width * fit * POINT),
        high=round(high * fit * POINT),
    )


def _groups(blocks: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Blocks one by one, but ideas that follow each other together: they share one grid."""
    found: list[list[Mapping[str, Any]]] = []
    for of_ideas, group in groupby(blocks, key=lambda block: block["kind"] == "idea"):
        together = list(group)
        found += [together] if of_ideas else [[block] for block in together]
    return found


def _addresses(said: Mapping[str, Any]) -> list[str]:
    """Every address outside of the paper, each once."""
    return list(dict.fromkeys(to for to in _leads(said) if to and not to.startswith("#")))


def _leads(said: Any) -> Iterator[str]:
    if isinstance(said, Mapping):
        for name, value in said.items():
            if name in ("to", "address"):
                yield value
            else:
                yield from _leads(value)
    elif isinstance(said, list):
        for each in said:
            yield from _leads(each)


def _counter() -> Callable[[], int]:
    numbers = count(1)
    return lambda: next(numbers)


def _is_turned(*, right_to_left: bool) -> Callable[[str], bool]:
    """Whether words run from the right: by their letters, and without any as the paper does."""
    import unicodedata

    def turned(text: str) -> bool:
        for letter in text:
            match unicodedata.bidirectional(letter):
                case "R" | "AL":
                    return True
                case "L":
                    return False
        return right_to_left

    return turned


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(place("templates")),
        autoescape=True,
        undefined=StrictUndefined,
    )
