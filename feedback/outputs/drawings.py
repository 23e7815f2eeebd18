"""Takes in an SVG drawing and writes it anew: shapes and colours stay, nothing else can.

What is dangerous in a drawing (a script, an address, a page inside it) is refused, for whoever
sent it should know. What is only superfluous (an editor's notes, animation) is left out.
"""

import math
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from feedback.errors import DrawingTooIntricate, DrawingUnsafe, NotAPicture, PictureBroken

LARGEST_SENT = 1_000_000  # bytes as an editor writes it
LARGEST_KEPT = 100_000  # bytes; a phone with a poor signal fetches it
MOST_ELEMENTS = 20_000  # with an editor's notes
MOST_SHAPES = 5_000  # counting each time that one is used; beyond any symbol
DEEPEST = 30  # levels of groups in groups
LARGEST_SIDE = 10_000  # units, only to give width and height of a picture as numbers

SVG = "http://www.w3.org/2000/svg"
_DEFINED = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_PAGE = re.compile(r"<!\s*DOCTYPE\s+html|<\s*html[\s>]", re.IGNORECASE)

_ELEMENTS = frozenset(
    """svg g defs symbol use path rect circle ellipse line polyline polygon text tspan
    linearGradient radialGradient stop clipPath mask style""".split()
)
_SPOKEN = frozenset({"text", "tspan"})
_DANGEROUS = frozenset(
    """script handler listener foreignobject iframe object embed audio video image feimage a
    link meta base html""".split()
)
_LOOKS = frozenset(
    """fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity opacity color display
    visibility overflow clip-path clip-rule mask font-family font-size font-weight font-style
    text-anchor letter-spacing stop-color stop-opacity paint-order vector-effect
    dominant-baseline""".split()
)
# A style that many shapes share may not point to a part, so that what is used can be counted.
_SHARED_LOOKS = _LOOKS - {"clip-path", "mask"}
_PLACES = frozenset(
    """id class d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height points transform viewBox
    preserveAspectRatio offset gradientUnits gradientTransform spreadMethod clipPathUnits
    maskUnits maskContentUnits dx dy rotate""".split()
)
_VALUE = re.compile(r"[\w\s#%.,()+\-:'\"]*", re.ASCII)
_POINTS_OUT = re.compile(r"url\s*\(|(java|vb)script:|data:|\bimage(-set)?\s*\(", re.IGNORECASE)
_OWN_PART = re.compile(r"url\(\s*['\"]?#([\w.:-]+)['\"]?\s*\)", re.ASCII)
_SELECTOR = re.compile(r"[\w\s.#,>*-]+", re.ASCII)
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*", re.ASCII)


class Drawing(NamedTuple):
    """A drawing as we wrote it, and how large it says it is."""

    content: bytes
    width: int
    height: int


def clean_drawing(content: bytes) -> Drawing:
    """A drawing of shapes and colours alone.

    Raises:
        NotAPicture: it is a page or something else.
        PictureBroken: it cannot be read.
        DrawingUnsafe: it holds something that could do harm.
        DrawingTooIntricate: it is too large, too deep, or has too many parts.
    """
    if len(content) > LARGEST_SENT:
        raise DrawingTooIntricate
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAPicture from None
    if "<svg" not in text or _PAGE.search(text):
        raise NotAPicture
    if _DEFINED.search(text):  # before anything reads it: a definition can grow without end
        raise DrawingUnsafe
    try:
        sent = ElementTree.fromstring(text)  # noqa: S314 -- without definitions nothing grows
    except ElementTree.ParseError:
        raise PictureBroken from None
    if _local(sent.tag) != "svg":
        raise NotAPicture
    for number, element in enumerate(sent.iter()):
        if number == MOST_ELEMENTS:
            raise DrawingTooIntricate
        _refuse_harm(element)
    drawing = _cleaned(sent, DEEPEST)
    width, height = _sized(drawing, sent)
    if _shapes(drawing) > MOST_SHAPES:
        raise DrawingTooIntricate
    written = ElementTree.tostring(drawing, encoding="unicode").encode()
    if len(written) > LARGEST_KEPT:
        raise DrawingTooIntricate
    return Drawing(written, width, height)


def _local(tag: object) -> str:
    """An element's or attribute's name without its namespace; nothing for a comment."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


# What is refused


def _refuse_harm(element: Element) -> None:
    name = _local(element.tag).casefold()
    if name in _DANGEROUS:
        raise DrawingUnsafe
    if name == "style":
        _refuse_outward("".join(element.itertext()))
    for key, value in element.items():
        plain = _local(key).casefold()
        if plain.startswith("on"):
            raise DrawingUnsafe
        if plain in ("href", "src") and not value.strip().startswith("#"):
            raise DrawingUnsafe
        if plain in _LOOKS or plain == "style":
            _refuse_outward(value)


def _refuse_outward(style: str) -> None:
    """Refuse a style that names anything but a part of its own drawing."""
    if "\\" in style or "@" in style or _POINTS_OUT.search(_OWN_PART.sub("", style)):
        raise DrawingUnsafe


# What is kept


def _cleaned(sent: Element, depth: int) -> Element:
    if depth == 0:
        raise DrawingTooIntricate
    name = _local(sent.tag)
    kept = Element(name, dict(_attributes(sent)))
    if name == "style":
        kept.text = "".join(_rules("".join(sent.itertext())))
        return kept
    if name in _SPOKEN:
        kept.text = sent.text
    for part in sent:
        if _local(part.tag) not in _ELEMENTS or _space(part.tag) not in ("", SVG):
            continue
        child = _cleaned(part, depth - 1)
        if name in _SPOKEN:
            child.tail = part.tail
        kept.append(child)
    return kept


def _space(tag: object) -> str:
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def _attributes(sent: Element) -> Iterator[tuple[str, str]]:
    for key, value in sent.items():
        name = _local(key)
        if name == "href" and _space(key) in ("", "http://www.w3.org/1999/xlink"):
            yield "href", value.strip()
        elif key in _PLACES | _LOOKS and _fits(value):
            yield key, value
    yield from _declared(sent.get("style", ""), _LOOKS)  # a style outranks an attribute


def _declared(style: str, allowed: frozenset[str]) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().casefold(), value.replace("!important", "").strip()
        if name in allowed and value and _fits(value):
            yield name, value


def _fits(value: str) -> bool:
    return bool(_VALUE.fullmatch(value))


def _rules(sheet: str) -> Iterator[str]:
    # Taken apart step by step: a pattern for all of it could look for its end again and again.
    before, *commented = sheet.split("/*")
    plain = before + "".join(piece.partition("*/")[2] for piece in commented)
    for rule in plain.split("}"):
        selector, _, declarations = rule.partition("{")
        looks = ";".join(
            f"{name}:{value}" for name, value in _declared(declarations, _SHARED_LOOKS)
        )
        if looks and _SELECTOR.fullmatch(selector):
            yield f"{' '.join(selector.split())}{{{looks}}}"


def _sized(drawing: Element, sent: Element) -> tuple[int, int]:
    """Give the drawing one frame, whatever size it said it has.

    Raises:
        PictureBroken: it does not say how large it is.
    """
    frame = sent.get("viewBox", "").replace(",", " ").split()
    if not frame:
        sides = [_NUMBER.fullmatch(sent.get(side, "")) for side in ("width", "height")]
        frame = ["0", "0", *(side[1] for side in sides if side)]
    try:
        x, y, width, height = map(float, frame)
    except ValueError:
        raise PictureBroken from None
    if not all(map(math.isfinite, (x, y, width, height))) or width <= 0 or height <= 0:
        raise PictureBroken
    for key in ("x", "y", "width", "height"):
        drawing.attrib.pop(key, None)
    drawing.set("xmlns", SVG)
    drawing.set("viewBox", " ".join(f"{number:.9g}" for number in (x, y, width, height)))
    scale = LARGEST_SIDE / max(width, height, LARGEST_SIDE)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _shapes(drawing: Element) -> int:
    """How many shapes are drawn, counting each time that one is used.

    Raises:
        DrawingTooIntricate: a part uses itself.
    """
    parts: dict[str, Element] = {}
    for part in drawing.iter():
        parts.setdefault(part.get("id", ""), part)  # a browser takes the first of a name
    counted: dict[Element, int] = {}
    open_: set[Element] = set()

    def count(part: Element) -> int:
        if part in open_:
            raise DrawingTooIntricate
        if part not in counted:
            open_.add(part)
            used = [parts[name] for name in _used(part) if name in parts]
            counted[part] = 1 + sum(map(count, [*part, *used]))
            open_.discard(part)
        return counted[part]

    try:
        return count(drawing)
    except RecursionError:
        raise DrawingTooIntricate from None


def _used(part: Element) -> Iterator[str]:
    for key, value in part.items():
        if key == "href":
            yield value[1:]
        elif key in _LOOKS:
            yield from (found[1] for found in _OWN_PART.finditer(value))
