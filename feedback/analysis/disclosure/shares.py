"""Shown counts as whole per cents."""

from dataclasses import dataclass

from feedback.analysis.disclosure.shown import Shown

SHARE_NEEDS = 10  # answers; under this a per cent says more than is known
ROUNDED_TO = 5  # people; as the national statistics office rounds what it rounds
LOW_BASE = 30  # answers; under this a per cent moves by more than 3 points with one person


@dataclass(frozen=True, slots=True)
class Share:
    """A shown count as a whole per cent of its base."""

    per_cent: int
    low_base: bool


def share(count: Shown, base: Shown) -> Share | None:
    """A shown count as a whole per cent (0 to 100, halves up) of a shown base of 10 or more.

    None where there is none to give. Only shown counts have a share, so that shares never give
    back what the counts hide; do not print "the rest" as a per cent either.

    Raises:
        ValueError: the count is larger than its base.
    """
    if count.count is None or base.count is None or base.count < SHARE_NEEDS:
        return None
    if count.count > base.count:
        raise ValueError("a share needs count <= base")
    whole = (200 * count.count + base.count) // (2 * base.count)
    return Share(whole, low_base=base.count < LOW_BASE)


def rounded(count: int) -> int:
    """A count to the nearest five, for pages that say "about"."""
    return ROUNDED_TO * round(count / ROUNDED_TO)
