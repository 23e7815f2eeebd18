"""Parts that charts are drawn of: one picture with a name, its words, lines and hatched boxes.

Across in parts of the width, down in the size of the text, and no style attribute anywhere.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from markupsafe import escape

from feedback.outputs.tables import xml_text

LETTER = 3  # per cent of the width, on a phone of 320 px

_ID = re.compile(r"[A-Za-z][\w-]*", re.ASCII)


def picture(
    parts: Iterable[str],
    *,
    chart_id: str,
    title: str,
    description: str,
    height: float,
    right_to_left: bool,
    look: str = "chart",
) -> str:
    """All parts of a chart as one inline SVG, `height` em high.

    Raises:
        ValueError: the id is none.
    """
    if not _ID.fullmatch(chart_id):
        raise ValueError(f"{chart_id!r} cannot be an id")
    direction = "rtl" if right_to_left else "ltr"
    return (
        f'<svg class="{look}" xmlns="http://www.w3.org/2000/svg" role="img"'
        f' aria-labelledby="{chart_id}-title {chart_id}-desc" direction="{direction}"'
        f' width="100%" height="{short(height)}em" fill="currentColor">'
        f'<title id="{chart_id}-title">{safe(title)}</title>'
        f'<desc id="{chart_id}-desc">{safe(description)}</desc>'
        f'<defs><pattern id="{chart_id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<path d="M-1 1l2-2M0 6l6-6M5 7l2-2" stroke="currentColor"/></pattern></defs>'
        f"{''.join(parts)}</svg>"
    )


def text(
    look: str,
    left: str,
    base: float,
    words: str,
    away: float = 0,
    *,
    anchor: Literal["start", "middle", "end"] = "start",
) -> str:
    """Words at a place; `away` em to the side, and start and end as the page reads."""
    aside = f' dx="{short(away)}em"' if away else ""
    aside += f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text class="{look}" x="{left}" y="{short(base)}em"{aside}>{safe(words)}</text>'


def stroke(look: str, left: str, right: str, top: float, bottom: float, dashes: str = "") -> str:
    """A straight line, dashed where asked."""
    broken = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line class="{look}" stroke="currentColor"{broken} x1="{left}" x2="{right}"'
        f' y1="{short(top)}em" y2="{short(bottom)}em"/>'
    )


def box(look: str, left: str, top: float, width: str, height: float) -> str:
    """A filled box."""
    return (
        f'<rect {look} x="{left}" y="{short(top)}em" width="{width}" height="{short(height)}em"/>'
    )


def circle(look: str, across: str, down: float, radius: float) -> str:
    """A circle round a place."""
    return f'<circle {look} cx="{across}" cy="{short(down)}em" r="{short(radius)}em"/>'


def hatched(chart_id: str) -> str:
    """How a box looks whose value is hidden."""
    return f'class="chart__hidden" fill="url(#{chart_id}-hatch)" stroke="currentColor"'


def short(number: float) -> str:
    """A number as short as an eye can tell: two decimals, no zeros behind."""
    written = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def safe(words: str) -> str:
    """Words that stay words between tags and in an attribute."""
    return str(escape(xml_text(words)))


def letters(words: str) -> int:
    """How many letters wide words are; the wide letters of East Asia are two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)
