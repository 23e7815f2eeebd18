"""Charts taken off the page: drawn with colours and letters of their own, as wide as paper.

On a page a chart takes its width, colours and letters from what stands round it. A PDF or a Word
file has none of that, so it is told here, and what only browsers know is written another way.
"""

import re
from collections.abc import Mapping

from feedback.outputs.typesetting import drawings

WIDE = 720  # units of the drawing; a letter is 16 high, so about 11 points on a page
LETTER = 16
SPARE = 8  # units round it: shapes and letters may reach over the edge
DOTS = 288  # an inch of a drawing that is 480 points wide: sharp at twice its size in Word

_ID = re.compile(r'aria-labelledby="([A-Za-z][\w-]*)-title')
_OPENED = re.compile(r'<svg class="(chart[^"]*)"([^>]*?) width="100%" height="([\d.]+)em"([^>]*)>')
_TEXT = re.compile(r"<text\b[^>]*>")
# The colours of the page for everybody, in daylight: static/css/_theme.scss, _office_lines.scss.
_INK, _SOFT, _LINE, _EDGE, _WHITE = "#221c15", "#4d4438", "#d9cdb9", "#6b5f4e", "#ffffff"
_ACCENT, _PALE, _BETTER, _WORSE = "#0a4d4a", "#dcece7", "#0a5c55", "#962016"
_EDGED = f"stroke:{_WHITE};stroke-linejoin:round;paint-order:stroke"
_STYLE = "".join(
    f".chart__{name}{{{look}}}"
    for name, look in {
        "bar": f"fill:{_ACCENT}",
        "label": f"fill:{_INK}",
        "value": f"fill:{_INK};font-weight:700",
        "hidden": f"color:{_SOFT};stroke:{_SOFT}",
        "axis": f"stroke:{_EDGE}",
        "grid": f"stroke:{_LINE}",
        "tick": f"fill:{_SOFT}",
        "band": f"fill:{_PALE};fill-opacity:1;shape-rendering:crispEdges",
        "limit": f"stroke:{_EDGE}",
        "middle": f"stroke:{_EDGE};stroke-width:1.25",
        "break": f"stroke:{_EDGE}",
        "stem": f"stroke:{_EDGE}",
        "target": f"stroke:{_INK};stroke-width:2.5;stroke-linecap:round",
        "line": f"stroke:{_ACCENT};stroke-width:2.5;stroke-linecap:round",
        "aside": f"stroke:{_EDGE};stroke-width:1.5",
        "point": f"fill:{_ACCENT}",
        "point--better": f"fill:{_BETTER};{_EDGED};stroke-width:3",
        "point--worse": f"fill:{_WORSE};{_EDGED};stroke-width:3",
        "point--neither": f"fill:{_INK};{_EDGED};stroke-width:3",
        "point--aside": f"fill:{_WHITE};stroke:{_EDGE};stroke-width:1.5",
        "mark": f"fill:{_WHITE};stroke:{_EDGE};stroke-width:1.5",
        "said": f"fill:{_INK};{_EDGED};stroke-width:4",
        "value--last": f"fill:{_INK};{_EDGED};stroke-width:4",
    }.items()
)


def named(svg: str, chart_id: str) -> str:
    """A chart under another id, so that two in one paper never share one."""
    found = _ID.search(svg)
    if not found or found[1] == chart_id:
        return svg
    old = re.escape(found[1])
    return re.sub(rf'(?<=["#( ]){old}(?=-(?:title|desc|hatch)["\s)])', chart_id, svg)


def on_paper(svg: str, *, right_to_left: bool) -> str:
    """A chart that needs no page round it.

    A drawing that is none of `outputs.charts` or `outputs.line_charts` is left as it is.
    """
    opened = _OPENED.search(svg)
    if not opened:
        return svg
    look, before, height, after = opened.groups()
    high = round(float(height) * LETTER, 2)
    attributes = f"{before}{after}".replace(' direction="rtl"', "").replace(
        ' fill="currentColor"', ""
    )
    inner = svg[opened.end() :]
    if right_to_left:
        inner = _TEXT.sub(_turned, inner)
    room = f"{-SPARE} {-SPARE} {WIDE + 2 * SPARE} {high + 2 * SPARE:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{room}"'
        f' width="{WIDE + 2 * SPARE}" height="{high + 2 * SPARE:g}">'
        f"<style>{_STYLE}</style>"
        f'<svg class="{look}"{attributes} width="{WIDE}" height="{high:g}" overflow="visible"'
        f' color="{_INK}" fill="{_INK}" font-size="{LETTER}"'
        f' font-family="Atkinson Hyperlegible Next, Vazirmatn">{inner}</svg>'
    )


def _turned(found: re.Match[str]) -> str:
    """Where words begin, said as left and right: what draws on paper does not know the way."""
    tag = found[0]
    if 'text-anchor="end"' in tag:
        return tag.replace(' text-anchor="end"', "")
    if "text-anchor=" in tag:
        return tag
    return tag[:-1] + ' text-anchor="end">'


def as_pixels(files: Mapping[str, bytes], widths: Mapping[str, float]) -> dict[str, bytes]:
    """Drawings as PNG for Word, each by the name of its file.

    Args:
        files: drawings and pictures.
        widths: how wide each is shown, in points.

    Raises:
        DocumentNotMade: one could not be drawn.
    """
    if not files:
        return {}
    names = sorted(files)
    told = {"drawings": [{"file": name, "width": widths[name]} for name in names]}
    made = drawings("drawings", told, files, dots=DOTS)
    return dict(zip(names, made, strict=True))
