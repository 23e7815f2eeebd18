"""Where things stand on a chart over time, and which words of it have room on a phone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from feedback.outputs.svg import LETTER, letters, short

BESIDE = 0.7  # em from a point to its value; about 4 per cent of the width of a phone
GAP = 3  # per cent of the width between two labels
WIDE_LETTER = 3.8  # per cent of the width, of a bold one
LABEL_LETTER = 3.5  # per cent of the width, where a phone shows the chart inside a card
MOST_LABELS = 20  # a phone has room for no more, whatever they say
HALF_LETTER = 0.35  # em, from the foot of a letter to its middle
FREE = 0.9  # em from the middle of a letter to what no longer touches it

Written = Callable[[float], str]
Place = tuple[float, float]  # how far along, and how far down


@dataclass(frozen=True, slots=True)
class Plot:
    """The place of the points: per cents of the width across, em down.

    Places count from 1, halves lie between two of them; all is mirrored where the page runs from
    the right.
    """

    count: int
    left: float
    right: float
    top: float
    tall: float
    low: float
    high: float
    right_to_left: bool

    @property
    def step(self) -> float:
        """From one point to the next."""
        return (100 - self.left - self.right) / self.count

    @property
    def floor(self) -> float:
        """The line that points stand over, from above."""
        return self.top + self.tall

    def along(self, place: float) -> float:
        """How far a place is from where reading begins."""
        return self.left + self.step * (place - 0.5)

    def turned(self, along: float) -> str:
        """The same as an x."""
        return f"{short(100 - along if self.right_to_left else along)}%"

    def across(self, place: float) -> str:
        """The x of a place."""
        return self.turned(self.along(place))

    def down(self, value: float) -> float:
        """The y of a value."""
        return self.top + self.tall * (self.high - value) / (self.high - self.low)

    def away(self, far: float) -> float:
        """So far on in reading."""
        return -far if self.right_to_left else far


def room_behind(words: str, left: float, count: int = 0) -> float:
    """How much of the width to keep free so that words fit behind the last point.

    Args:
        left: how much is kept free on the other side.
        count: of points, half a step of which may lie under the words; 0: none may, so that charts
            side by side end alike.
    """
    wanted = 4.0 + WIDE_LETTER * letters(words) if words else 0.0
    if count:
        part = 1 / (2 * count)
        wanted = (wanted - part * (100 - left)) / (1 - part)
    return min(60.0, max(0.5, wanted))


def span(plot: Plot, along: float, words: str) -> tuple[float, float]:
    """From where to where words reach that have their middle there, kept inside the chart."""
    wide = LABEL_LETTER * letters(words)
    begin = max(0.0, min(along - wide / 2, 100 - wide))
    return begin, begin + wide


def labelled(plot: Plot, labels: Sequence[str]) -> list[int]:
    """Places whose labels fit side by side: the last, the first, and as many between as may be."""
    count = len(labels)
    for many in range(min(count, MOST_LABELS), 1, -1):
        places = [1 + round(at * (count - 1) / (many - 1)) for at in range(many)]
        spans = [span(plot, plot.along(place), labels[place - 1]) for place in places]
        if all(end + GAP <= begin for (_, end), (begin, _) in pairwise(spans)):
            return places
    return [count]


def clearest(
    plot: Plot, points: Sequence[Place], lines: Sequence[Place], down: float, words: str
) -> tuple[bool, float]:
    """Where words on a level line are least in the way: of points first, then of other lines.

    Returns:
        Whether they stand at its end, and how far down.
    """
    wide = LETTER * letters(words)

    def free(choice: tuple[bool, float]) -> tuple[float, ...]:
        at_end, base = choice
        begin = 100 - plot.right - wide if at_end else plot.left
        room = []
        for taken in (points, lines):
            near = [y for x, y in taken if begin - plot.step <= x <= begin + wide + plot.step]
            room.append(min((abs(y - base + HALF_LETTER) for y in near), default=FREE))
        return min(room[0], FREE), room[1]

    bases = [base for base in (down - 0.4, down + 1.1) if plot.top <= base < plot.floor]
    choices = [(at_end, base) for at_end in (False, True) for base in bases or [down - 0.4]]
    return max(choices, key=free)


def rows(alongs: Sequence[float], apart: float) -> list[int]:
    """For marks in the order of reading, the first row in which each has room."""
    ends: list[float] = []
    taken = []
    for along in alongs:
        row = next((at for at, end in enumerate(ends) if along - end >= apart), len(ends))
        ends[row:] = [along, *ends[row + 1 :]]
        taken.append(row)
    return taken


def plainly(number: float) -> str:
    """A number without words of its own, in figures."""
    written = f"{number:.0f}" if number == int(number) else f"{number:.1f}"
    return written.replace("-", "\N{LEFT-TO-RIGHT MARK}\N{MINUS SIGN}")
