"""p-charts: shares whose bases differ, so that each has limits of its own.

Source:
    Montgomery (2013), Introduction to Statistical Quality Control, 7.2; Laney (2002), Improved
    control charts for attributes, Quality Engineering 14:531-537.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Literal

SIGMAS = 3.0
STEP = 1.128  # mean distance of two neighbours of a normal series, in standard deviations
NONE = 1e-12  # a difference of two shares that is none
OVERDISPERSED, LARGE = 1.2, 500  # from both on the shares vary more than chance lets them


@dataclass(frozen=True, slots=True)
class ProportionChart:
    """Shares with limits, 0 to 1; positions from 1. A base of 0 has no share and no limits.

    `sigma_z` is how many times as far the shares jump as chance lets them; None where that cannot
    be told. `raw` are the limits before they were cut to 0 and 1, by which points are flagged.
    """

    centre: float
    shares: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    outside: tuple[int, ...]
    sigma_z: float | None
    method: Literal["p", "p_prime"]
    cannot_signal_up: bool
    cannot_signal_down: bool


def p_chart(
    counts: Sequence[int],
    bases: Sequence[int],
    *,
    method: Literal["auto", "p", "p_prime"] = "auto",
) -> ProportionChart:
    """Centre, limits and points outside, of shares x / n.

    The centre is p = Σx / Σn, the limits p ± 3 √(p (1 - p) / n). p-prime widens them by σz, the
    mean distance of neighbouring z-scores over 1.128.

    Args:
        counts: people who count; shape (points,).
        bases: all people; the same shape.
        method: "auto" takes p-prime where σz is over 1.2 and the mean base over 500.

    Raises:
        ValueError: the shapes differ, a count is negative or over its base, no base at all, or an
            unknown method.
    """
    if len(counts) != len(bases):
        raise ValueError(f"{len(counts)} counts do not fit {len(bases)} bases")
    if any(not 0 <= x <= n for x, n in zip(counts, bases, strict=True)):
        raise ValueError("each count needs 0 <= count <= base")
    if method not in ("auto", "p", "p_prime"):
        raise ValueError(f"the method is auto, p or p_prime, not {method!r}")
    asked = [n for n in bases if n]
    if not asked:
        raise ValueError("a share needs a base")
    centre = sum(counts) / sum(bases)
    shares = [x / n if n else None for x, n in zip(counts, bases, strict=True)]
    sigmas = [sqrt(centre * (1 - centre) / n) if n else 0.0 for n in bases]
    sigma_z = _sigma_z(shares, sigmas, centre)
    if method == "auto":
        wide = sigma_z is not None and sigma_z > OVERDISPERSED
        method = "p_prime" if wide and sum(asked) / len(asked) > LARGE else "p"
    reach = SIGMAS * ((sigma_z or 0.0) if method == "p_prime" else 1.0)
    raw = [
        (centre - reach * s, centre + reach * s) if n else None
        for s, n in zip(sigmas, bases, strict=True)
    ]
    outside = [
        at
        for at, (share, ends) in enumerate(zip(shares, raw, strict=True), start=1)
        if share is not None and ends is not None and _beyond(share, ends)
    ]
    return ProportionChart(
        centre=centre,
        shares=tuple(shares),
        lower=tuple(None if ends is None else max(0.0, ends[0]) for ends in raw),
        upper=tuple(None if ends is None else min(1.0, ends[1]) for ends in raw),
        outside=tuple(outside),
        sigma_z=sigma_z,
        method=method,
        cannot_signal_up=all(ends is None or ends[1] >= 1 for ends in raw),
        cannot_signal_down=all(ends is None or ends[0] <= 0 for ends in raw),
    )


def _beyond(share: float, ends: tuple[float, float]) -> bool:
    return share < ends[0] - NONE or share > ends[1] + NONE


def _sigma_z(
    shares: Sequence[float | None], sigmas: Sequence[float], centre: float
) -> float | None:
    scores = [
        (share - centre) / sigma
        for share, sigma in zip(shares, sigmas, strict=True)
        if share is not None and sigma > 0
    ]
    steps = [abs(after - before) for before, after in pairwise(scores)]
    return sum(steps) / len(steps) / STEP if steps else None
