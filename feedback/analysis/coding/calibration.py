"""Turns evidence into probabilities, starting from what is known before any label is there.

Each theme has a logistic curve over its evidence (how strongly seed words point at it, how far
the learned line puts it from the others, and whatever more was learned). Its coefficients are
drawn towards those of all themes together, and those towards `START`; the more labels, the less
that matters. So seed evidence and learned evidence are weighed in one model, from the first label
on.

Source:
    Platt (1999), Probabilistic outputs for support vector machines; the drawing together is the
    ridge form of a hierarchical normal prior (Gelman and others, Bayesian Data Analysis, 5.1).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Seed strength, learned margin, constant. Without labels one seed phrase gives 0.4: so often was
# one right in comments of another kind. The constant goes with the first threshold.
START = np.array([2.4, 0.7, -2.8])
FIRST_THRESHOLD = 0.3  # before labels
# How many times surer than one comment the start is, and all themes together are for each.
FIRM_START = np.array([100.0, 10.0, 30.0])
FIRM_TOGETHER = np.array([3.0, 3.0, 6.0])
# Comments of a theme from which on other themes say as much about it as the start does: where
# nobody has confirmed one, the line has not learned the theme, and its words are all there is.
SEEN = 5.0
# Where more was learned than the line (`meaning`), that starts as the line does.
MORE_START, FIRM_MORE_START, FIRM_MORE_TOGETHER = 0.7, 10.0, 3.0
MOST_STEPS = 40
SMALL = 1e-7
FIRM_THRESHOLD = 200.0  # comments that the first threshold is worth
THRESHOLDS = np.arange(0.1, 0.61, 0.02)


@dataclass(frozen=True)
class Calibration:
    """What evidence is worth, and one threshold for all themes.

    `coefficients` has for each theme those of seeds, of margins, a constant, and those of each
    further kind of evidence; shape (themes, 3 and more).
    """

    coefficients: Floats
    threshold: float

    def logits(self, seeds: Floats, margins: Floats, more: Sequence[Floats] = ()) -> Floats:
        """Log-odds of each theme; evidence and result of shape (comments, themes)."""
        a, b, c, *others = self.coefficients.T
        logits: Floats = seeds * a + margins * b + c
        for worth, evidence in zip(others, more, strict=True):
            logits += evidence * worth
        return logits

    def scores(self, seeds: Floats, margins: Floats, more: Sequence[Floats] = ()) -> Floats:
        """Probabilities of each theme; shape (comments, themes)."""
        return logistic(self.logits(seeds, margins, more))


def logistic(logits: Floats) -> Floats:
    """Probabilities from log-odds."""
    shown: Floats = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return shown


def before_labels(themes: int) -> Calibration:
    """What seeds are worth while nobody has coded anything."""
    return Calibration(np.tile(START, (themes, 1)), FIRST_THRESHOLD)


def calibrate(
    seeds: Floats, margins: Floats, themes: Floats, more: Sequence[Floats] = ()
) -> Calibration:
    """Weigh evidence by labels that the margins were not learned from.

    Args:
        seeds, margins, and each of more: evidence; shape (comments, themes).
        themes: 0 or 1; the same shape.
    """
    count, k = themes.shape
    if count == 0:
        return before_labels(k)
    start = np.append(START, [MORE_START] * len(more))
    evidence = (seeds, margins, np.ones(seeds.shape), *more)
    together = _curve(
        np.column_stack([each.ravel() for each in evidence]),
        themes.ravel(),
        start,
        np.append(FIRM_START, [FIRM_MORE_START] * len(more)),
    )
    seen = themes.sum(axis=0)
    centres = start + (seen / (seen + SEEN))[:, None] * (together - start)
    firm = np.append(FIRM_TOGETHER, [FIRM_MORE_TOGETHER] * len(more))
    coefficients = np.array(
        [
            _curve(
                np.column_stack([each[:, j] for each in evidence]), themes[:, j], centres[j], firm
            )
            for j in range(k)
        ]
    )
    first = Calibration(coefficients, FIRST_THRESHOLD)
    best = best_threshold(first.scores(seeds, margins, more), themes)
    share = count / (count + FIRM_THRESHOLD)
    return Calibration(coefficients, float(share * best + (1 - share) * FIRST_THRESHOLD))


def best_threshold(scores: Floats, themes: Floats) -> float:
    """The one threshold for all themes at which micro F1 is best."""
    wanted = themes.sum()
    f1 = [
        2 * themes[scores >= each].sum() / max(1.0, (scores >= each).sum() + wanted)
        for each in THRESHOLDS
    ]
    return float(THRESHOLDS[int(np.argmax(f1))])


def _curve(evidence: Floats, truth: Floats, centre: Floats, firm: Floats) -> Floats:
    """Ridge logistic regression drawn towards `centre`, by Newton's method with halved steps."""
    at = centre.copy()

    def loss(where: Floats) -> float:
        z = evidence @ where
        far = where - centre
        return float((np.logaddexp(0, z) - truth * z).sum() + (firm * far * far).sum() / 2)

    now = loss(at)
    for _ in range(MOST_STEPS):
        p = logistic(evidence @ at)
        slope = evidence.T @ (p - truth) + firm * (at - centre)
        bend = (evidence * (p * (1 - p))[:, None]).T @ evidence + np.diag(firm)
        step = np.linalg.solve(bend, slope)
        size = 1.0
        while (then := loss(at - size * step)) > now and size > SMALL:
            size /= 2
        if now - then < SMALL * abs(now):
            break
        at, now = at - size * step, then
    return at
