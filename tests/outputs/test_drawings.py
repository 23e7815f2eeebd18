"""A drawing that somebody brings keeps its shapes and colours, and nothing else."""

from time import perf_counter
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.errors import (
    DrawingTooIntricate,
    DrawingUnsafe,
    NotAPicture,
    PictureBroken,
    PictureRefused,
)
from feedback.outputs.drawings import LARGEST_KEPT, LARGEST_SENT, clean_drawing
from feedback.settings import place

SVG = 'xmlns="http://www.w3.org/2000/svg"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
LONGEST = 2.0  # seconds, on a machine that is busy


def drawing(inside: str, more: str = 'viewBox="0 0 72 72"', before: str = "") -> bytes:
    return f"{before}<svg {SVG} {XLINK} {more}>{inside}</svg>".encode()


def cleaned(inside: str, more: str = 'viewBox="0 0 72 72"') -> str:
    return clean_drawing(drawing(inside, more)).content.decode()


# What stays


def test_shapes_and_colours_stay():
    shapes = (
        '<g fill="none" stroke="#332a3f" stroke-width="3.5"><circle cx="36" cy="36" r="30"/>'
        '<path d="M19 29l8-3" transform="rotate(90 36 36)"/></g>'
    )
    kept = clean_drawing(drawing(shapes)).content
    assert _drawn(kept) == _drawn(drawing(shapes))
    assert kept.startswith(b"<svg ")


def test_our_own_pictures_stay_as_they_are():
    for file in sorted((place("static/pictures")).glob("*.svg")):
        before, after = file.read_bytes(), clean_drawing(file.read_bytes()).content
        assert _drawn(after) == _drawn(before), file.name


def test_a_part_that_is_used_again_stays():
    kept = cleaned('<defs><circle id="a" r="3"/></defs><use xlink:href="#a" x="4"/>')
    assert 'href="#a"' in kept
    assert 'id="a"' in kept


def test_a_colour_that_flows_stays():
    flowing = (
        '<linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient>'
        '<rect width="9" height="9" fill="url(#g)"/>'
    )
    kept = cleaned(flowing)
    assert "url(#g)" in kept
    assert "linearGradient" in kept


def test_a_style_is_kept_as_what_it_says():
    kept = cleaned('<path d="M0 0h9" fill="blue" style="fill:#f00; -inkscape-x:y;stroke:none"/>')
    assert 'fill="#f00"' in kept
    assert "style" not in kept
    assert "inkscape" not in kept


def test_styles_that_shapes_share_stay():
    kept = cleaned(
        "<style>/* made by hand */.a, .b > path { fill : #f00; behavior: x } .c{}</style>"
        '<path class="a" d="M0 0h9"/>'
    )
    assert "<style>.a, .b &gt; path{fill:#f00}</style>" in kept
    assert 'class="a"' in kept


@pytest.mark.parametrize(
    ("more", "frame", "size"),
    [
        ('viewBox="0 0 850.394 850.394"', "0 0 850.394 850.394", (850, 850)),
        ('viewBox="0,0,30,10" width="300mm"', "0 0 30 10", (30, 10)),
        ('width="40px" height="20"', "0 0 40 20", (40, 20)),
        ('viewBox="0 0 0.5 0.5"', "0 0 0.5 0.5", (1, 1)),
        ('viewBox="0 0 90000000 9000000"', "0 0 90000000 9000000", (10_000, 1_000)),
    ],
)
def test_a_drawing_has_one_frame_whatever_size_it_says(more, frame, size):
    made = clean_drawing(drawing("", more))
    assert f'viewBox="{frame}"' in made.content.decode()
    assert (made.width, made.height) == size


@pytest.mark.parametrize(
    "more", ["", 'width="100%" height="100%"', 'viewBox="0 0 nan 9"', 'viewBox="0 0 0 9"',
             'viewBox="0 0 9"', 'viewBox="0 0 1e999 9"', 'width="9"'],
)  # fmt: skip
def test_a_drawing_without_a_size_is_refused(more):
    with pytest.raises(PictureBroken):
        clean_drawing(drawing("", more))


# What goes without a word


@pytest.mark.parametrize(
    "extra",
    [
        "<title>Anna’s school</title>",
        "<desc>51.5072, -0.1276</desc>",
        "<metadata><rdf:li xmlns:rdf='r'>Anna</rdf:li></metadata>",
        "<!-- Anna, 3 Mill Lane -->",
        "<?editor Anna?>",
        '<sodipodi:namedview xmlns:sodipodi="s" name="Anna"/>',
        '<animate attributeName="x" values="1;2"/>',
        '<set attributeName="href" to="javascript:Anna()"/>',
        '<filter id="f"><feFlood flood-color="Anna"/></filter>',
        '<pattern id="p"><rect/></pattern>',
        "<marker/>",
        "Anna",
        '<g data-who="Anna" aria-label="Anna" inkscape:label="Anna" xmlns:inkscape="i"/>',
        '<g fill="Anna{}"/>',
    ],
)
def test_what_is_superfluous_is_left_out(extra):
    kept = cleaned(f'{extra}<path d="M0 0h9"/>')
    assert "Anna" not in kept
    assert {tag.rpartition("}")[2] for tag, _ in _drawn(kept.encode())} <= {"svg", "path", "g"}


# What is refused


DANGEROUS = {
    "a script": "<script>alert(1)</script>",
    "a script of another name": '<x:script xmlns:x="http://www.w3.org/2000/svg">1</x:script>',
    "a script in small caps": "<SCRIPT>1</SCRIPT>",
    "a script of a page": '<h:script xmlns:h="http://www.w3.org/1999/xhtml">1</h:script>',
    "a page inside": "<foreignObject><b>hello</b></foreignObject>",
    "a page in a frame": '<iframe src="#a"/>',
    "something that happens": '<path onload="alert(1)"/>',
    "something that happens in capitals": '<path ONCLICK="alert(1)"/>',
    "something that happens to all": '<g><g><g onmouseover="x"/></g></g>',
    "a way out": '<use href="https://elsewhere.example/a.svg#a"/>',
    "an old way out": '<use xlink:href="//elsewhere.example/a.svg#a"/>',
    "a way out in a blank": '<use href=" https://elsewhere.example#a"/>',
    "a script as an address": '<use href="javascript:alert(1)"/>',
    "a picture as an address": '<use href="data:image/svg+xml;base64,PHN2Zy8+"/>',
    "a picture inside": '<image href="data:image/png;base64,AAAA"/>',
    "a picture from elsewhere": '<image xlink:href="https://elsewhere.example/track.png"/>',
    "a picture in a filter": '<filter><feImage href="#a"/></filter>',
    "a link": '<a href="#a"><path/></a>',
    "a colour from elsewhere": '<path fill="url(https://elsewhere.example/#a)"/>',
    "a colour from elsewhere in a style": '<path style="fill:url(//elsewhere.example)"/>',
    "a colour in capitals": "<path style=\"fill:URL( 'https://elsewhere.example' )\"/>",
    "a colour behind one of ours": '<path fill="url(#a) url(https://elsewhere.example)"/>',
    "a style from elsewhere": '<style>@import "https://elsewhere.example/a.css";</style>',
    "letters from elsewhere": "<style>@font-face{src:url(https://elsewhere.example)}</style>",
    "a style in disguise": r"<style>a{fill:u\72l(https://elsewhere.example)}</style>",
    "a style in pieces": "<style>a{fill:url(https://<!-- -->elsewhere.example)}</style>",
    "a style of images": '<style>a{fill:image-set("https://elsewhere.example" 1x)}</style>',
}


@pytest.mark.parametrize("inside", DANGEROUS.values(), ids=DANGEROUS)
def test_what_could_do_harm_is_refused_and_said(inside):
    with pytest.raises(DrawingUnsafe):
        clean_drawing(drawing(inside))


LAUGHS = """<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>"""
FILE = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
DTD = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "https://elsewhere.example/svg11.dtd">'
DEFINED = {"one that grows": (LAUGHS, "&d;"), "a file": (FILE, "&x;"), "an address": (DTD, "")}


@pytest.mark.parametrize(("before", "inside"), DEFINED.values(), ids=DEFINED)
@pytest.mark.parametrize("head", ["", '<?xml version="1.0"?>\n', "<!-- a -->", "\ufeff"])
def test_definitions_are_refused_before_anything_reads_them(before, inside, head):
    began = perf_counter()
    with pytest.raises(DrawingUnsafe):
        clean_drawing(drawing(f"<text>{inside}</text>", before=head + before))
    assert perf_counter() - began < LONGEST


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>",
        b"<!doctype HTML><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>",
        b"<html><svg viewBox='0 0 1 1'></svg></html>",
        b"<p>Hello</p>",
        b"<math><svg viewBox='0 0 1 1'/></math>",
        "<svg viewBox='0 0 1 1'/>".encode("utf-16"),
        b"<svg viewBox='0 0 1 1'>\xff\xfe</svg>",
    ],
)
def test_what_is_no_drawing_is_refused(content):
    with pytest.raises(NotAPicture):
        clean_drawing(content)


@pytest.mark.parametrize(
    "content", [b"<svg", b"<svg viewBox='0 0 1 1'><g></svg>", b"<svg viewBox='0 0 1 1'>\0</svg>"]
)
def test_a_drawing_that_ends_in_the_middle_is_refused(content):
    with pytest.raises(PictureBroken):
        clean_drawing(content)


# What a phone would draw for ever


def nested(tag: str, link: str, levels: int = 12, times: int = 10) -> str:
    """Parts that each use the one before several times."""
    inner = [link.format(level - 1) * times for level in range(1, levels)]
    return "".join(
        f'<{tag} id="a{level}">{part}</{tag}>' for level, part in enumerate(inner, start=1)
    )


INTRICATE = {
    "parts of parts of parts": '<path id="a0"/>'
    + nested("g", '<use href="#a{}"/>')
    + '<use href="#a11"/>',
    "a part that is itself": '<g id="a"><use href="#a"/></g>',
    "two parts that are each other": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    "a cut in a cut in a cut": nested("clipPath", '<path clip-path="url(#a{})"/>'),
    "a cut in a style in a cut": nested("mask", '<path style="mask:url(#a{})"/>'),
    "a name that two parts have": '<g id="a">' + "<path/>" * 200 + '</g><path id="a"/>'
    + '<use href="#a"/>' * 200,
    "groups in groups": "<g>" * 100 + "</g>" * 100,
    "groups without end": "<g>" * 70_000 + "</g>" * 70_000,
    "many shapes": "<path/>" * 6_000,
    "many more shapes": "<g/>" * 200_000,
    "a long chain": '<path id="a0"/>'
    + "".join(f'<use id="a{n}" href="#a{n - 1}"/>' for n in range(1, 3000)),
    "a long line": f'<path d="M0 0{"h1" * LARGEST_KEPT}"/>',
    "a long file": " " * LARGEST_SENT,
}  # fmt: skip


@pytest.mark.parametrize("inside", INTRICATE.values(), ids=INTRICATE)
def test_a_drawing_that_takes_too_long_to_draw_is_refused_at_once(inside):
    content = drawing(inside)
    began = perf_counter()
    with pytest.raises(DrawingTooIntricate):
        clean_drawing(content)
    assert perf_counter() - began < LONGEST


STUBBORN = {
    "a long style": f"<style>{'a' * 900_000}</style>",
    "comments without end": f"<style>{'/*' * 450_000}</style>",
    "many rules": f"<style>{'a{fill:red}' * 80_000}</style>",
    "brackets": f"<style>{'{' * 900_000}</style>",
    "addresses": f'<path fill="{"url( " * 180_000}"/>',
    "addresses of ours": f'<path fill="{"url(#a" * 150_000}"/>',
    "blanks": f'<path fill="url(#a){" " * 900_000}"/>',
    "half definitions": f"<!-- {'<! ' * 300_000}-->",
}


@pytest.mark.parametrize("inside", STUBBORN.values(), ids=STUBBORN)
def test_no_drawing_keeps_us_busy(inside):
    content = drawing(inside)
    began = perf_counter()
    try:
        kept = clean_drawing(content)
    except PictureRefused:
        kept = None
    assert perf_counter() - began < LONGEST
    assert kept is None or len(kept.content) <= LARGEST_KEPT


# Whatever comes

PIECES = st.sampled_from(
    ["<g>", "</g>", "<path/>", "<use href='#a'/>", "<a>", "<!--", "-->", "<![CDATA[", "]]>",
     "&amp;", "&#x3c;script&#x3e;", "<style>", "</style>", "url(", "x", "\0", "<?p?>", "<svg>",
     "</svg>", "<text>&lt;script&gt;</text>", '"', "'",
     "<path fill='url(#a)' style='fill:&#117;rl(//b)'/>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=20))
def test_whatever_is_sent_only_a_drawing_comes_out(pieces):
    try:
        kept = clean_drawing(drawing("".join(pieces))).content
    except PictureRefused:
        return
    assert b"<script" not in kept
    assert b"//b" not in kept
    assert clean_drawing(kept).content == kept  # a second time changes nothing
    ElementTree.fromstring(kept)


def _drawn(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """What a drawing draws: each element with its attributes."""
    return [
        (element.tag, dict(element.items()))
        for element in ElementTree.fromstring(content).iter()
        if not element.tag.endswith(("title", "desc"))
    ]
