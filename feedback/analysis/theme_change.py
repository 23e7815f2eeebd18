"""Whether a theme was really raised by more people, or fewer, than in the round before.

What is counted is people who answered the question, never mentions. The counts are only
comparable where the question, the codebook's version and whoever put the themes on were the same
in both rounds; that is for the caller to see to. Nothing here hides small numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import nan

from feedback.analysis.intervals import Interval, newcombe_interval

FALSE_DISCOVERIES = 0.05  # share of the changes named that may be chance
FEWEST_PEOPLE = 10  # in the round that raised it more; fewer are too few to speak of a change
_SAME = 1 + 1e-7  # probabilities that differ by less are equal but for rounding
_NOTHING = 1e-300  # times the likeliest table; what is less likely adds nothing


class Verdict(StrEnum):
    """What may be said of a theme between two rounds. There is no "stable"."""

    GROWN = "grown"
    FALLEN = "fallen"
    NOT_ENOUGH = "not enough to tell"


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """What became of one theme from one round to the next.

    Where nobody answered in a round, `difference` and `interval` are nan and `p` is 1.
    """

    before: int  # people who raised it
    after: int
    difference: float  # of the shares, after less before, -1 to 1
    interval: Interval  # of the difference, 95%
    p: float  # for this theme alone, two-sided
    q: float  # the same with all themes that were tested taken into account
    verdict: Verdict


def theme_change(
    before: Mapping[str, int], of_before: int, after: Mapping[str, int], of_after: int
) -> dict[str, ThemeChange]:
    """Which themes have grown, which have fallen, and of which there is not enough to tell.

    A theme has grown where its q is 0.05 or less, the interval lies above 0 and 10 people or more
    raised it in the later round; fallen where the interval lies below 0 and 10 people or more
    raised it in the earlier one. Pass all themes that anybody will look at, not the striking ones:
    q allows for as many looks as there are themes.

    Args:
        before, after: people per theme who raised it; the same themes in both, 0 for nobody.
        of_before, of_after: people who answered the question.

    Returns:
        One change a theme, in the order of `after`.

    Raises:
        ValueError: the rounds have different themes, or a count is not 0 to the base.

    Source:
        Fisher's exact test; Newcombe (1998), Stat. Med. 17:873-890; Benjamini and Hochberg (1995),
        J. R. Stat. Soc. B 57:289-300.
    """
    if before.keys() != after.keys():
        raise ValueError("both rounds need the same themes: code the earlier one again")
    ps = [fisher_exact(before[theme], of_before, after[theme], of_after) for theme in after]
    found = {}
    for theme, p, q in zip(after, ps, benjamini_hochberg(ps), strict=True):
        first, second = before[theme], after[theme]
        interval = newcombe_interval(first, of_before, second, of_after)
        difference = second / of_after - first / of_before if of_before and of_after else nan
        verdict = Verdict.NOT_ENOUGH
        if q <= FALSE_DISCOVERIES and interval.lower > 0 and second >= FEWEST_PEOPLE:
            verdict = Verdict.GROWN
        elif q <= FALSE_DISCOVERIES and interval.upper < 0 and first >= FEWEST_PEOPLE:
            verdict = Verdict.FALLEN
        found[theme] = ThemeChange(first, second, difference, interval, p, q, verdict)
    return found


def fisher_exact(before: int, of_before: int, after: int, of_after: int) -> float:
    """How likely chance alone makes two shares differ as much as they do, or more: two-sided p.

    Adds up all tables with the same totals that are no likelier than this one. Their
    probabilities follow from one another, so bases of 100,000 take milliseconds; under about
    1e-300 it comes to 0.

    Args:
        before, after: answers that count in each round.
        of_before, of_after: all answers of each round.

    Raises:
        ValueError: a count is not 0 to its base.

    Source:
        Fisher (1935), J. R. Stat. Soc. 98:39-82; two-sided as Freeman and Halton (1951),
        Biometrika 38:141-149.
    """
    if not (0 <= before <= of_before and 0 <= after <= of_after):
        raise ValueError("a change needs 0 <= count <= base in each round")
    hits = before + after
    least, most = max(0, hits - of_before), min(hits, of_after)

    def step(k: int) -> float:
        """How much likelier k + 1 hits in the later round are than k."""
        return (hits - k) * (of_after - k) / ((k + 1) * (of_before - hits + k + 1))

    # From the likeliest table outwards, so that no number is too large or too small to hold.
    likeliest = min(most, max(least, (hits + 1) * (of_after + 1) // (of_before + of_after + 2)))
    weights = {likeliest: 1.0}
    weight, k = 1.0, likeliest
    while k < most and (weight := weight * step(k)) > _NOTHING:
        k += 1
        weights[k] = weight
    weight, k = 1.0, likeliest
    while k > least and (weight := weight / step(k - 1)) > _NOTHING:
        k -= 1
        weights[k] = weight
    bar = weights.get(after, 0.0) * _SAME
    return min(1.0, sum(w for w in weights.values() if w <= bar) / sum(weights.values()))


def benjamini_hochberg(ps: Sequence[float]) -> list[float]:
    """The q of each p: the share of chance finds among all that stand out at least as much.

    Args:
        ps: of all that was tested, in any order, each 0 to 1.

    Returns:
        One q each, in the order given, 0 to 1 and never under its p.

    Raises:
        ValueError: a p is not between 0 and 1.

    Source:
        Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57:289-300.
    """
    if not all(0 <= p <= 1 for p in ps):
        raise ValueError("a p lies between 0 and 1")
    found = [1.0] * len(ps)
    least = 1.0
    falling = sorted(range(len(ps)), key=lambda at: ps[at], reverse=True)
    for rank, at in zip(range(len(ps), 0, -1), falling, strict=True):
        least = min(least, ps[at] * len(ps) / rank)
        found[at] = least
    return found


def corrected_share(observed: float, sensitivity: float, specificity: float) -> float:
    """The share of people who really raised a theme, where whoever codes misses and overreads.

    Args:
        observed: share coded with the theme, 0 to 1.
        sensitivity: share of the comments with the theme that are coded with it.
        specificity: share of the others that are left without it.

    Returns:
        A proportion, 0 to 1, held at the ends; nan where the coding is no better than chance,
        for then it says nothing.

    Raises:
        ValueError: a share is not between 0 and 1.

    Source:
        Rogan and Gladen (1978), Am. J. Epidemiol. 107:71-76.
    """
    if not all(0 <= share <= 1 for share in (observed, sensitivity, specificity)):
        raise ValueError("shares lie between 0 and 1")
    better_than_chance = sensitivity + specificity - 1
    if better_than_chance <= 0:
        return nan
    return min(1.0, max(0.0, (observed + specificity - 1) / better_than_chance))
