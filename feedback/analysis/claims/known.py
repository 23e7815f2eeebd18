"""What the check is told of a reference, and what it says of a text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

CHECKED = frozenset({"en"})  # languages whose words are known well enough to be judged


class Way(StrEnum):
    """Where a series went, by more than chance."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Known:
    """What a reference stands for, as far as a claim beside it can be judged.

    Args:
        share: the proportion that the reference shows, 0 to 1; None where it shows none.
        lower, upper: its 95% interval, proportions.
        based: it says of how many people.
        went: where its series went by more than chance; empty where it did not move, None where
            that cannot be said or there is no series.
        series: it belongs to figures over time.
        higher_is_better: which way is an improvement.
        spread: it says in how many periods, with how many answers, from where to where.
        about: what it is about, so that a base elsewhere in the paragraph can be found.
    """

    share: float | None = None
    lower: float | None = None
    upper: float | None = None
    based: bool = False
    went: frozenset[Way] | None = None
    series: bool = False
    higher_is_better: bool = True
    spread: bool = False
    about: str = ""


class Kind(StrEnum):
    """What is wrong with some words."""

    UNKNOWN = "unknown"  # a reference to nothing
    UNPROVED = "unproved"  # a sentence about impact that leads to no evidence
    TYPED = "typed"  # a number that is traced to nothing
    QUOTED = "quoted"  # somebody's words that are traced to nothing
    AGAINST = "against"  # the figures do not carry it
    BARE = "bare"  # no figure stands beside it

    @property
    def stops(self) -> bool:
        """A paper is not frozen with it, unless a reason is given where one may be."""
        return self is not Kind.BARE

    @property
    def may_be_kept(self) -> bool:
        """It may stay with a reason, which is printed."""
        return self not in (Kind.UNKNOWN, Kind.UNPROVED)


@dataclass(frozen=True, slots=True)
class Finding:
    """Some words, why they do not stand, and what to write instead.

    `why` and `instead` are marked for translation and filled with `facts`; `start` is where the
    words begin in the text.
    """

    kind: Kind
    words: str
    sentence: str
    start: int
    why: str
    instead: str
    facts: Mapping[str, str] = field(default_factory=dict)
