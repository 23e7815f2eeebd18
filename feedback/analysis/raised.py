"""How the number of people who raised a theme is frozen for the public.

People who wrote a comment are counted in stretches of whole cycles. A stretch ends with the first
cycle that brings it to the threshold of people; the stretches of an audience are the same for all
themes, and what is counted in one is never counted again, whatever comes late or is taken back.

A theme's number goes on by some stretches at a time: by as many as bring at least the threshold of
people who raised it, and of people who did not. So what any two numbers differ by, of one theme in
two releases or of two themes in one, is nobody or at least the threshold of people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Stretch:
    """People who wrote a comment from one day to another, and how many of them raised a theme.

    `shown` says that they are in the theme's published number.
    """

    first: str  # ISO day
    last: str
    base: int
    hits: int
    shown: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.base:
            raise ValueError("a stretch needs 0 <= hits <= base")
        if self.first > self.last:
            raise ValueError("a stretch ends after it begins")


@dataclass(frozen=True, slots=True)
class Raised:
    """What everybody may read of a theme: people who raised it, of those who wrote a comment."""

    people: int
    of: int
    since: str
    until: str


def stretches(bases: Sequence[int], threshold: int) -> list[range]:
    """Which cycles make a stretch together; cycles that are too few people yet are left out.

    Args:
        bases: people who wrote a comment, cycle by cycle, oldest first.
    """
    found, begin, people = [], 0, 0
    for at, base in enumerate(bases):
        people += base
        if people >= threshold:
            found.append(range(begin, at + 1))
            begin, people = at + 1, 0
    return found


def next_stretches(
    earlier: Sequence[Stretch], new: Sequence[Stretch], threshold: int
) -> list[Stretch]:
    """The stretches of a theme in the next release: what was shown stays, more may be shown.

    Raises:
        ValueError: a new stretch begins before the last one ends.
    """
    every = [*earlier, *new]
    if any(one.last >= two.first for one, two in pairwise(every)):
        raise ValueError("a stretch begins after the one before it")
    done = sum(each.shown for each in every)
    hits = others = 0
    for at in range(done, len(every)):
        hits += every[at].hits
        others += every[at].base - every[at].hits
        if min(hits, others) >= threshold:
            every[done : at + 1] = [replace(each, shown=True) for each in every[done : at + 1]]
            done, hits, others = at + 1, 0, 0
    return every


def raised(of: Sequence[Stretch]) -> Raised | None:
    """What everybody may read; None while that is nothing."""
    shown = [each for each in of if each.shown]
    if not shown:
        return None
    return Raised(
        sum(each.hits for each in shown),
        sum(each.base for each in shown),
        shown[0].first,
        shown[-1].last,
    )


def to_json(of: Sequence[Stretch]) -> dict[str, Any]:
    """The stretches, not to be shown, and beside them what everybody may read."""
    public = raised(of)
    told = asdict(public) if public else dict.fromkeys(("people", "of", "since", "until"))
    return {**told, "stretches": [asdict(each) for each in of]}


def from_json(kept: Mapping[str, Any]) -> list[Stretch]:
    """The stretches that `to_json` made this of."""
    return [Stretch(**each) for each in kept["stretches"]]
