"""XmR control charts: single numbers, and how far they moved from one to the next.

Source:
    Wheeler (1993), Understanding Variation; NHS England, Making Data Count (convention "nhs");
    the R package NHSRplotthedots 0.2.2 (convention "r"). They differ in whether large moving
    ranges are screened, in trends across a rebase, in which of several signals wins, and in what
    a target on a limit means.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import isfinite, isnan
from typing import Literal

from feedback.analysis.trends import rules
from feedback.errors import N_

Improvement = Literal["increase", "decrease", "neither"]
Convention = Literal["nhs", "r"]

LIMIT = 2.66  # of the mean moving range from mean to limit: 3 / 1.128
NEAR = LIMIT * 2 / 3
SCREEN = 3.267  # of the mean moving range: a larger one is no usual step
FEWEST_TO_FLAG = 15  # points: fewer have limits that say more than is known
FEWEST_IN_PART = 12  # points of a part
FEWEST_IN_BASELINE = 12  # points, in either convention
FEWEST_RANGES = 5  # that are not zero: of fewer no limit is made


class State(StrEnum):
    """What a point says: a usual up and down, better, worse, or a signal that is neither."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEITHER = "neither"


class Assurance(StrEnum):
    """Whether a target will be met: always, never, or by luck."""

    PASS = "pass"  # noqa: S105 -- no password
    FAIL = "fail"
    HIT_OR_MISS = "hit_or_miss"


class Refusal(StrEnum):
    """Why a chart's signals must not be shown."""

    TOO_SHORT = "too_short"
    CONSTANT = "constant"
    NEARLY_CONSTANT = "nearly_constant"

    @property
    def words(self) -> str:
        """What to say in place of a signal, to be translated."""
        return _WORDS[self]


_WORDS = {
    Refusal.TOO_SHORT: N_("It is too early to say whether this is moving."),
    Refusal.CONSTANT: N_("All numbers are the same so far. There is no up and down to judge by."),
    Refusal.NEARLY_CONSTANT: N_(
        "Nearly all numbers are the same. There is too little up and down to judge by."
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch between rebases: its first and last point (from 1), mean and limits.

    Limits are None where no range between points was left to make them of.
    """

    first: int
    last: int
    mean: float
    lower: float | None
    upper: float | None
    warned: bool  # so few points that limits are rough


@dataclass(frozen=True, slots=True)
class ControlChart:
    """What a control chart shows. Positions count from 1, in order; left-out points keep theirs.

    `states` has one entry for each value, None where it was left out. `refusal` says why no signal
    may be shown; the signals are there all the same, for whoever checks them.
    """

    parts: tuple[Part, ...]
    outside_high: tuple[int, ...]
    outside_low: tuple[int, ...]
    near_high: tuple[int, ...]
    near_low: tuple[int, ...]
    shift_high: tuple[int, ...]
    shift_low: tuple[int, ...]
    trend_up: tuple[int, ...]
    trend_down: tuple[int, ...]
    two_of_three_high: tuple[int, ...]
    two_of_three_low: tuple[int, ...]
    states: tuple[State | None, ...]
    assurance: Assurance | None
    refusal: Refusal | None

    @property
    def last_state(self) -> State | None:
        """The state of the last point that counts."""
        return next((state for state in reversed(self.states) if state is not None), None)

    @property
    def shown_state(self) -> State | None:
        """The state that may be shown: none where the chart refuses."""
        return None if self.refusal else self.last_state


def control_chart(
    values: Sequence[float | None],
    *,
    improvement: Improvement,
    target: float | None = None,
    convention: Convention = "nhs",
    baseline: int | None = None,
    rebase_before: Collection[int] = (),
    ghosted: Collection[int] = (),
    screen_moving_ranges: bool | None = None,
    conflict: Literal["concern", "improvement"] = "concern",
) -> ControlChart:
    """Mean, limits and signals of a series.

    Of a part with mean m and mean moving range R the limits are m ± 2.66 R; a point is near one
    beyond two thirds of the way. Signals: outside a limit, seven or more in a row on one side,
    seven or more in a row each above (below) the one before, and two of three near one limit.

    Args:
        values: in their order, in any unit; None or nan where there is none.
        improvement: which way is better.
        target: in the same unit.
        convention: "nhs" or "r".
        baseline: of each part, how many points mean and limits rest on; None: all.
        rebase_before: positions from 1 at which a new part begins.
        ghosted: positions that are drawn and do not count; their neighbours stand side by side.
        screen_moving_ranges: leave large moving ranges out of R, once. None: as the convention
            has it, "r" does and "nhs" does not.
        conflict: what a point is that is both better and worse (in "nhs").

    Raises:
        ValueError: an unknown word, a baseline under 12 points, a position outside the series, a
            value that is not finite, no value at all, or a part without any.
    """
    _check(improvement, convention, conflict)
    if baseline is not None and baseline < FEWEST_IN_BASELINE:
        raise ValueError(f"a baseline needs {FEWEST_IN_BASELINE} points or more, not {baseline}")
    kept = _kept(values, ghosted)
    screen = convention == "r" if screen_moving_ranges is None else screen_moving_ranges
    groups = _groups(len(values), kept, rebase_before)
    none = rules.alike(kept.values())
    found: dict[str, set[int]] = {name: set() for name in _SIGNALS}
    parts, refusals = [], []
    for first, last, places in groups:
        own = [kept[place] for place in places]
        base = own[:baseline] if baseline else own
        mean, reach, moved = _spread(base, screen=screen, drop=convention == "nhs")
        refusals.append(_refusal(len(own), moved, reach, none))
        short = len(own) < FEWEST_IN_PART + (convention == "r")
        parts.append(_part(first, last, mean, reach, short))
        _signals(found, places, own, parts[-1], none)
        if convention == "r":
            _trends(found, places, own, none)
    if convention == "nhs":
        _trends(found, list(kept), list(kept.values()), none)
    states = _states(len(values), kept, found, improvement, convention, conflict)
    return ControlChart(
        parts=tuple(parts),
        **{name: tuple(sorted(found[name])) for name in _SIGNALS},
        states=states,
        assurance=_assurance(parts[-1], target, improvement, convention),
        refusal=_worst(refusals, len(kept)),
    )


_SIGNALS = (
    "outside_high",
    "outside_low",
    "near_high",
    "near_low",
    "shift_high",
    "shift_low",
    "trend_up",
    "trend_down",
    "two_of_three_high",
    "two_of_three_low",
)
_HIGH = ("outside_high", "trend_up", "two_of_three_high", "shift_high")
_LOW = ("outside_low", "trend_down", "two_of_three_low", "shift_low")


def _check(improvement: str, convention: str, conflict: str) -> None:
    if improvement not in ("increase", "decrease", "neither"):
        raise ValueError(f"improvement is increase, decrease or neither, not {improvement!r}")
    if convention not in ("nhs", "r"):
        raise ValueError(f"the convention is nhs or r, not {convention!r}")
    if conflict not in ("concern", "improvement"):
        raise ValueError(f"a conflict is concern or improvement, not {conflict!r}")


def _kept(values: Sequence[float | None], ghosted: Collection[int]) -> dict[int, float]:
    """The values that count, by position."""
    if any(not 1 <= place <= len(values) for place in ghosted):
        raise ValueError("a ghosted point is not in the series")
    kept = {}
    for place, value in enumerate(values, start=1):
        if value is None or isnan(value) or place in ghosted:
            continue
        if not isfinite(value):
            raise ValueError("only finite values can be drawn")
        kept[place] = float(value)
    if not kept:
        raise ValueError("a chart needs a value")
    return kept


def _groups(
    count: int, kept: dict[int, float], rebase_before: Collection[int]
) -> list[tuple[int, int, list[int]]]:
    """Of each part its first and last position, and those in it that count."""
    if any(not 1 < place <= count for place in rebase_before):
        raise ValueError("a part cannot begin outside the series, nor at its first point")
    starts = [1, *sorted(set(rebase_before)), count + 1]
    groups = []
    for first, after in pairwise(starts):
        places = [place for place in kept if first <= place < after]
        if not places:
            raise ValueError(f"the part from point {first} on has no value")
        groups.append((first, after - 1, places))
    return groups


def _spread(
    base: Sequence[float], *, screen: bool, drop: bool
) -> tuple[float, float | None, list[float]]:
    """Mean, distance to the limits (None: of nothing), and the ranges that it was made of.

    Args:
        drop: leave points whose range is screened out of the mean too, and keep a range that is
            just as large as the screen.
    """
    ranges = [abs(after - before) for before, after in pairwise(base)]
    mean = sum(base) / len(base)
    if not ranges:
        return mean, None, []
    average = sum(ranges) / len(ranges)
    if screen:
        most = SCREEN * average
        within = [each <= most if drop else each < most for each in ranges]
        if drop:
            left = [base[0], *(value for value, fits in zip(base[1:], within, strict=True) if fits)]
            mean = sum(left) / len(left)
        ranges = [each for each, fits in zip(ranges, within, strict=True) if fits]
        if not ranges:
            return mean, None, []
        average = sum(ranges) / len(ranges)
    return mean, LIMIT * average, ranges


def _part(first: int, last: int, mean: float, reach: float | None, short: bool) -> Part:
    if reach is None:
        return Part(first, last, mean, None, None, short)
    return Part(first, last, mean, mean - reach, mean + reach, short)


def _refusal(
    points: int, ranges: Sequence[float], reach: float | None, none: float
) -> Refusal | None:
    moved = sum(each > none for each in ranges)
    if points > 1 and not moved and (reach is None or reach <= none):
        return Refusal.CONSTANT
    if points <= FEWEST_RANGES:  # a part that is just beginning
        return Refusal.TOO_SHORT
    return Refusal.NEARLY_CONSTANT if moved < FEWEST_RANGES else None


def _worst(refusals: Sequence[Refusal | None], points: int) -> Refusal | None:
    """Why the whole chart must not be flagged; its last part has the last word."""
    if points < FEWEST_TO_FLAG:
        return Refusal.TOO_SHORT
    return refusals[-1]


def _signals(
    found: dict[str, set[int]],
    places: Sequence[int],
    own: Sequence[float],
    part: Part,
    none: float,
) -> None:
    """Add what one part shows, but for trends."""
    signs = rules.sides(own, part.mean, none)
    for high, sign in (("high", 1), ("low", -1)):
        shift = rules.runs(signs, sign)
        found[f"shift_{high}"] |= {places[at] for at in shift}
        limit = part.upper if sign > 0 else part.lower
        if limit is None:
            continue
        beyond = [sign * each > 0 for each in rules.sides(own, limit, none)]
        line = part.mean + (limit - part.mean) * NEAR / LIMIT
        near = [
            sign * each > 0 and not out
            for each, out in zip(rules.sides(own, line, none), beyond, strict=True)
        ]
        found[f"outside_{high}"] |= {places[at] for at, out in enumerate(beyond) if out}
        found[f"near_{high}"] |= {places[at] for at, close in enumerate(near) if close}
        found[f"two_of_three_{high}"] |= {
            places[at] for at in rules.two_of_three(signs, near, sign)
        }


def _trends(
    found: dict[str, set[int]], places: Sequence[int], own: Sequence[float], none: float
) -> None:
    for name, sign in (("trend_up", 1), ("trend_down", -1)):
        found[name] |= {places[at] for at in rules.trends(own, sign, none)}


def _states(
    count: int,
    kept: dict[int, float],
    found: dict[str, set[int]],
    improvement: str,
    convention: str,
    conflict: str,
) -> tuple[State | None, ...]:
    states: list[State | None] = [None] * count
    for place in kept:
        if convention == "r":
            high, low = _first_rule(place, found)
        else:
            high = any(place in found[name] for name in _HIGH)
            low = any(place in found[name] for name in _LOW)
        if not high and not low:
            states[place - 1] = State.COMMON
        elif improvement == "neither":
            states[place - 1] = State.NEITHER
        elif high and low:
            states[place - 1] = State(conflict)
        else:
            better = high == (improvement == "increase")
            states[place - 1] = State.IMPROVEMENT if better else State.CONCERN
    return tuple(states)


def _first_rule(place: int, found: dict[str, set[int]]) -> tuple[bool, bool]:
    """Which way the first rule that a point breaks points; rules in the order of R."""
    for upward, downward in zip(_HIGH, _LOW, strict=True):
        up, down = place in found[upward], place in found[downward]
        if up and down:  # the turn between two trends belongs to the later one
            up = place + 1 in found[upward]
            return up, not up
        if up or down:
            return up, down
    return False, False


def _assurance(
    part: Part, target: float | None, improvement: str, convention: str
) -> Assurance | None:
    if target is None or improvement == "neither" or part.lower is None or part.upper is None:
        return None
    none = rules.alike([part.upper, part.lower, target])
    above_lower = rules.sides([part.lower], target, none)[0]
    above_upper = rules.sides([part.upper], target, none)[0]
    on_limit = convention == "nhs"
    always_over = above_lower > 0 or (on_limit and above_lower == 0)
    always_under = above_upper < 0 or (on_limit and above_upper == 0)
    if always_over == always_under:
        return Assurance.HIT_OR_MISS
    passes = always_over == (improvement == "increase")
    return Assurance.PASS if passes else Assurance.FAIL
