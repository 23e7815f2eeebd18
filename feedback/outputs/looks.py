"""Shapes that say whether a number has moved, for points of a chart and beside words.

Each look has a shape of its own, so that nothing rests on colour alone. None points up or down:
fewer can be better.
"""

from enum import StrEnum

from feedback.outputs.svg import safe, short


class Look(StrEnum):
    """What a point says, and two reasons to say nothing yet."""

    COMMON = "common"  # a usual up and down
    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"  # changed, with no better side
    TOO_EARLY = "too-early"
    NOTHING = "nothing"


# Round 0, 0; about 20 across.
_STAR = "M0-10.4L2.9-3.4L10.5-2.8L4.8 2.1L6.5 9.5L0 5.6L-6.5 9.5L-4.8 2.1L-10.5-2.8L-2.9-3.4z"
_SQUARE = "M-7.5-7.5h15v15h-15z"
_DIAMOND = "M0-10L10 0L0 10L-10 0z"
_DISC = "M-9.5 0a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0-19 0z"
_WAVE = "M-6 0c2-5.3 4-5.3 6 0s4 5.3 6 0"
_GLASS = "M-6.5-9.5h13M-6.5 9.5h13M-5-9.5v3L0 0L-5 6.5v3M5-9.5v3L0 0L5 6.5v3"
_SAND = "M-3.2 8.2v-1.4L0 3.6L3.2 6.8v1.4zM-2.6-4.6h5.2L0-1.2z"
_DASH = "M-4 0h8"

_SHAPES = {Look.BETTER: _STAR, Look.WORSE: _SQUARE, Look.NEITHER: _DIAMOND}


def point_shape(look: Look, across: str, down: float, size: float) -> str:
    """The shape of a point that stands out, its middle at a place of the chart; `size` in em."""
    width = f"{short(size)}em"
    return (
        f'<svg class="chart__point chart__point--{look}" x="{across}" y="{short(down)}em"'
        f' width="{width}" height="{width}" viewBox="0 0 20 20" overflow="visible">'
        f'<path d="{_SHAPES[look]}"/></svg>'
    )


def state_icon(look: Look, *, words: str) -> str:
    """A small picture of what a number says, to stand beside those words and never alone."""
    if look in _SHAPES:
        parts = f'<path d="{_SHAPES[look]}"/>'
    elif look is Look.COMMON:
        parts = f'<path d="{_DISC}"/>{_drawn(_WAVE, "state-icon__cut")}'
    elif look is Look.TOO_EARLY:
        parts = f'{_drawn(_GLASS)}<path d="{_SAND}"/>'
    else:
        parts = _drawn(_DISC, dashes=' stroke-dasharray="3.2 2.77"') + _drawn(_DASH)
    return (
        f'<svg class="state-icon state-icon--{look}" xmlns="http://www.w3.org/2000/svg" role="img"'
        ' width="1.5em" height="1.5em" viewBox="-12 -12 24 24" fill="currentColor">'
        f"<title>{safe(words)}</title>{parts}</svg>"
    )


def _drawn(path: str, look: str = "state-icon__line", dashes: str = "") -> str:
    colour = "#fff" if look == "state-icon__cut" else "currentColor"
    return (
        f'<path class="{look}" d="{path}" fill="none" stroke="{colour}" stroke-width="2.2"'
        f' stroke-linecap="round" stroke-linejoin="round"{dashes}/>'
    )
