"""Weights that make those who answered look like those who were asked about, by raking.

Only where somebody asked for it, and never without base, effective number and weights beside it.

Source:
    Deming and Stephan (1940), Ann. Math. Stat. 11:427-444 (iterative proportional fitting); Kish
    (1965), Survey Sampling, for the design effect.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SMALLEST, LARGEST = 0.3, 3.0  # a weight that is further out is cut
HARD = 5.0  # a weight that would have been larger than this: no weighting at all
FEWEST = 30.0  # effective answers
TOLERANCE = 1e-10
MOST_ROUNDS = 1_000


class CannotWeigh(ValueError):
    """Why no weights are given; `reasons` are codes, in the order in which they were found."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = tuple(reasons)


NOBODY, NO_SUM, TOO_FEW, TOO_LARGE = "nobody", "no_sum", "too_few", "too_large"


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each cell of a sample, and what weighting costs.

    `off` is the largest distance between a weighted share and its target: over 0 where weights
    were cut.
    """

    weights: Any  # numpy, shape of the sample; 0 where a cell is empty
    counts: Any  # weighted counts, the same shape; they add up to the sample
    smallest: float
    largest: float
    capped: bool
    off: float  # proportion, 0 to 1
    design_effect: float
    effective: float  # answers


def rake(
    sample: Sequence[Sequence[int]],
    row_targets: Sequence[float],
    column_targets: Sequence[float],
) -> Weights:
    """Weights of a two-way sample whose rows and columns are to have given shares.

    Args:
        sample: people; shape (rows, columns).
        row_targets, column_targets: shares, 0 to 1, each adding up to 1.

    Raises:
        ValueError, CannotWeigh: as `rake_all`.
    """
    return rake_all(sample, (row_targets, column_targets))


def rake_all(
    sample: Any,
    targets: Sequence[Sequence[float]],
    *,
    smallest: float = SMALLEST,
    largest: float = LARGEST,
    hard: float = HARD,
    fewest: float = FEWEST,
) -> Weights:
    """Weights of a sample in as many directions as there are targets.

    Args:
        sample: people; an array with one axis for each target.
        targets: for each axis the share of each of its groups, adding up to 1.
        smallest, largest: weights are cut to these.
        hard: weights that would be larger than this are refused.
        fewest: effective answers that must remain.

    Raises:
        ValueError: the shapes do not fit, or a count or a share is negative.
        CannotWeigh: nobody answered from a group that has a target ("nobody"), targets do not add
            up to 1 ("no_sum"), too few effective answers ("too_few"), a weight too large
            ("too_large").
    """
    import numpy as np

    counts = np.asarray(sample, dtype=float)
    shares = [np.asarray(each, dtype=float) for each in targets]
    if counts.ndim != len(shares) or any(
        counts.shape[axis] != len(each) for axis, each in enumerate(shares)
    ):
        raise ValueError("each side of the sample needs a target for each of its groups")
    if (counts < 0).any() or any((each < 0).any() for each in shares):
        raise ValueError("people and shares are 0 or more")
    reasons = []
    if any(((_margin(counts, axis) == 0) & (each > 0)).any() for axis, each in enumerate(shares)):
        reasons.append(NOBODY)
    if any(abs(each.sum() - 1) > 1e-6 for each in shares):
        reasons.append(NO_SUM)
    if reasons:
        raise CannotWeigh(reasons)

    total = counts.sum()
    there = counts > 0
    free = _fitted(np.ones_like(counts), counts, shares, None)
    weights = free
    capped = bool(((free < smallest) | (free > largest))[there].any())
    if capped:
        weights = _fitted(np.ones_like(counts), counts, shares, (smallest, largest))
    weights = np.where(there, weights * total / (weights * counts).sum(), 0.0)
    effect = total * (counts * weights**2).sum() / (counts * weights).sum() ** 2
    if total / effect < fewest:
        reasons.append(TOO_FEW)
    if free[there].max() > (largest if reasons else hard):
        reasons.append(TOO_LARGE)
    if reasons:
        raise CannotWeigh(reasons)
    weighted = counts * weights
    return Weights(
        weights=weights,
        counts=weighted,
        smallest=float(weights[there].min()),
        largest=float(weights[there].max()),
        capped=capped,
        off=max(
            float(np.abs(_margin(weighted, axis) / total - each).max())
            for axis, each in enumerate(shares)
        ),
        design_effect=float(effect),
        effective=float(total / effect),
    )


def _margin(counts: Any, axis: int) -> Any:
    return counts.sum(axis=tuple(other for other in range(counts.ndim) if other != axis))


def _fitted(weights: Any, counts: Any, shares: Sequence[Any], ends: Any) -> Any:
    """Weights that fit each target in turn, cut to both ends after each round, until all stay."""
    import numpy as np

    total = counts.sum()
    for _ in range(MOST_ROUNDS):
        before = weights
        for axis, each in enumerate(shares):
            margin = _margin(weights * counts, axis)
            factor = np.divide(each * total, margin, out=np.zeros_like(margin), where=margin > 0)
            shape = [1] * counts.ndim
            shape[axis] = -1
            weights = weights * factor.reshape(shape)
        if ends:
            weights = _cut(weights, counts, ends)
        if np.abs(weights - before).max() < TOLERANCE:
            break
    return weights


def _cut(weights: Any, counts: Any, ends: Any) -> Any:
    """Weights within both ends; what is cut off one cell goes to those that are not cut."""
    import numpy as np

    total = counts.sum()
    for _ in range(counts.size):
        weights = np.clip(weights, *ends)
        free = (weights > ends[0]) & (weights < ends[1]) & (counts > 0)
        inside = (weights * counts)[free].sum()
        if not inside:
            break
        weights = np.where(
            free, weights * (total - (weights * counts)[~free].sum()) / inside, weights
        )
        if ((weights >= ends[0]) & (weights <= ends[1]))[counts > 0].all():
            break
    return np.clip(weights, *ends)
