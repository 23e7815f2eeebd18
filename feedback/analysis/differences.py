"""Before and after: the same people, strangers, and yes or no.

Source:
    Student (1908), Biometrika 6:1-25; Welch (1947); Kerby (2014) for the rank-biserial; Lakens
    (2013), Front. Psychol. 4:863 for d_z, d_av and Hedges's factor; McNemar (1947), exact. The
    tests by rank are in `ranks`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, isfinite, nan, sqrt
from statistics import fmean, stdev

from feedback.analysis.intervals import Interval
from feedback.analysis.ranks import rank_sum, signed_ranks
from feedback.analysis.student import t_chance, t_quantile


@dataclass(frozen=True, slots=True)
class Paired:
    """What changed for the same people, in the unit of the answers; higher is better.

    Where there is nothing to tell (one pair, or all changed alike) what cannot be computed is nan.
    """

    pairs: int
    change: float  # mean of after less before
    sd: float  # of the single changes
    interval: Interval  # 95%, of the mean change
    t: float
    df: int
    p: float
    d_z: float  # change over the sd of changes
    d_av: float  # change over the sd of both, as the root of the mean square
    hedges: float  # factor for few pairs
    improved: int
    same: int
    worse: int
    sign_p: float
    wilcoxon: float  # the smaller sum of ranks
    wilcoxon_p: float
    exact: bool  # of wilcoxon_p: without ties it is
    rank_biserial: float  # 1: all improved, -1: all got worse


@dataclass(frozen=True, slots=True)
class Unpaired:
    """What differs between two groups of strangers."""

    before: int  # people
    after: int
    difference: float  # mean of after less mean of before
    interval: Interval  # 95%, Welch
    t: float
    df: float
    p: float
    mann_whitney: float  # pairs of strangers in which the later one is higher; ties are half
    mann_whitney_p: float


def paired(before: Sequence[float], after: Sequence[float]) -> Paired:
    """How the same people changed.

    Args:
        before, after: one number for each person, in the same order; shape (pairs,).

    Raises:
        ValueError: the shapes differ, no pair, or a value that is not finite.
    """
    if len(before) != len(after):
        raise ValueError(f"{len(before)} before do not fit {len(after)} after")
    _check(before, after)
    changes = [late - early for early, late in zip(before, after, strict=True)]
    n, mean = len(changes), fmean(changes)
    sd = stdev(changes) if n > 1 else nan
    error = sd / sqrt(n)
    t = mean / error if n > 1 and error else nan
    reach = t_quantile(0.975, n - 1) * error if n > 1 else nan
    improved, worse = sum(each > 0 for each in changes), sum(each < 0 for each in changes)
    both = sqrt((stdev(before) ** 2 + stdev(after) ** 2) / 2) if n > 1 else nan
    rising, falling, p, exact = signed_ranks(changes)
    return Paired(
        pairs=n,
        change=mean,
        sd=sd,
        interval=Interval(mean - reach, mean + reach),
        t=t,
        df=n - 1,
        p=t_chance(t, n - 1),
        d_z=mean / sd if n > 1 and sd else nan,
        d_av=mean / both if n > 1 and both else nan,
        hedges=1 - 3 / (4 * (n - 1) - 1) if n > 1 else nan,
        improved=improved,
        same=n - improved - worse,
        worse=worse,
        sign_p=mcnemar(worse, improved),
        wilcoxon=min(rising, falling),
        wilcoxon_p=p,
        exact=exact,
        rank_biserial=(rising - falling) / (rising + falling) if rising + falling else nan,
    )


def unpaired(before: Sequence[float], after: Sequence[float]) -> Unpaired:
    """How two groups of strangers differ.

    Args:
        before, after: one number for each person; of any two lengths.

    Raises:
        ValueError: a group of nobody, or a value that is not finite.
    """
    _check(before, after)
    m, n = len(before), len(after)
    difference = fmean(after) - fmean(before)
    first = stdev(before) ** 2 / m if m > 1 else nan
    second = stdev(after) ** 2 / n if n > 1 else nan
    error = sqrt(first + second) if first + second >= 0 else nan
    t, df, p, reach = nan, nan, nan, nan
    if error > 0:
        t = difference / error
        df = (first + second) ** 2 / (first**2 / (m - 1) + second**2 / (n - 1))
        p, reach = t_chance(t, df), t_quantile(0.975, df) * error
    ranked = rank_sum(before, after)
    return Unpaired(
        before=m,
        after=n,
        difference=difference,
        interval=Interval(difference - reach, difference + reach),
        t=t,
        df=df,
        p=p,
        mann_whitney=ranked.u,
        mann_whitney_p=ranked.p,
    )


def mcnemar(only_before: int, only_after: int) -> float:
    """How likely chance alone makes so uneven a change of mind, exact and two-sided, 0 to 1.

    Args:
        only_before: people who said yes before and no after.
        only_after: the other way round.

    Raises:
        ValueError: a negative count.
    """
    if min(only_before, only_after) < 0:
        raise ValueError("no answer is given by fewer than 0 people")
    changed = only_before + only_after
    tail = sum(comb(changed, at) for at in range(min(only_before, only_after) + 1))
    return min(1.0, 2 * tail / 2**changed)


def _check(before: Sequence[float], after: Sequence[float]) -> None:
    if not len(before) or not len(after):
        raise ValueError("a comparison needs people on both sides")
    if not all(isfinite(value) for value in (*before, *after)):
        raise ValueError("only finite values can be compared")
