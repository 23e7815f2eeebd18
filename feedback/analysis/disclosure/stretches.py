"""Which stretches of days to hide where the days of one measure are cut in several ways."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, combinations

Sides = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period by its first day and the day after its last, and whether its figure may leave."""

    first: date
    after: date
    shown: bool


def hidden_stretches(
    cuts: Sequence[Sequence[Stretch]],
    days: Mapping[date, Sides],
    threshold: int,
    *,
    across: bool = True,
) -> list[set[int]]:
    """The places in each cut that are to be hidden, so that nothing small follows from the rest.

    Two stretches that touch add up, and two that begin or end together leave a rest. So a reader
    knows every stretch whose ends are joined by shown ones. None of these may have too few people
    on a side. A cut that comes early is kept before one that comes late.

    Args:
        cuts: such as years, terms and months; the stretches of a cut follow each other.
        days: people on each side who answered on a day.
        threshold: people.
        across: whether the rest between ends of different cuts counts too; else only stretches
            that begin and end where periods of one cut do.
    """
    place = _places(cuts, days)
    ends = [
        sorted({place[day] for each in cut for day in (each.first, each.after)}) for cut in cuts
    ]
    if across:
        ends = [sorted({end for cut in ends for end in cut})]
    small = defaultdict(set)
    for each in ends:
        for one, other in combinations(each, 2):
            if any(there - here < threshold for here, there in zip(one, other, strict=True)):
                small[one].add(other)
                small[other].add(one)
    joined = _Joined(small)
    return [
        {
            at
            for at, each in enumerate(cut)
            if not (each.shown and joined.join(place[each.first], place[each.after]))
        }
        for cut in cuts
    ]


def _places(cuts: Sequence[Sequence[Stretch]], days: Mapping[date, Sides]) -> dict[date, Sides]:
    """The people on each side before a day: days with nobody between them are one place."""
    order = sorted(days)
    sums = [*accumulate((days[day] for day in order), _plus, initial=_none(days))]
    named = {day for cut in cuts for each in cut for day in (each.first, each.after)}
    return {day: sums[bisect_left(order, day)] for day in named}


def _plus(one: Sides, other: Sides) -> Sides:
    return tuple(here + there for here, there in zip(one, other, strict=True))


def _none(days: Mapping[date, Sides]) -> Sides:
    return (0,) * max((len(sides) for sides in days.values()), default=1)


class _Joined:
    """Places that shown stretches join, as far as no two that are close are joined."""

    def __init__(self, close: Mapping[Sides, set[Sides]]) -> None:
        self._close = close
        self._of: dict[Sides, set[Sides]] = {}

    def join(self, one: Sides, other: Sides) -> bool:
        """Join two places and all that is joined to them; no where that would join close ones."""
        here, there = (self._of.setdefault(each, {each}) for each in (one, other))
        if here is there:
            return True
        if any(self._close.get(each, set()) & there for each in here):
            return False
        here |= there
        for each in there:
            self._of[each] = here
        return True
