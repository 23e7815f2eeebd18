"""The learned line of each theme: a balanced linear support vector machine on word counts."""

import warnings
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]

SLACK = 0.2  # C; tried 0.1, 0.2, 0.4: a tie
CLOSE_ENOUGH = 1e-2
FOLDS = 5


def fit(counts: csr_matrix | Floats, themes: Floats) -> tuple[Floats, Floats]:
    """Weights of shape (columns, themes) and constants of shape (themes,).

    They give margins: 0 where plain comments without the theme stand, 2 where those with it do.
    A theme that no comment carries has a margin of 0 everywhere, one that all carry 2.
    """
    from sklearn.svm import LinearSVC

    weights = np.zeros((counts.shape[1], themes.shape[1]))
    constants = np.where(themes.all(axis=0), 2.0, 0.0)
    for j, truth in enumerate(themes.T):
        if 0 < truth.sum() < len(truth):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # not converged to the last digit is close enough
                line = LinearSVC(
                    C=SLACK, class_weight="balanced", tol=CLOSE_ENOUGH, random_state=0
                ).fit(counts, truth)
            weights[:, j], constants[j] = line.coef_[0], line.intercept_[0] + 1
    return weights, constants


def unseen_margins(counts: csr_matrix | Floats, themes: Floats, groups: Sequence[str]) -> Floats:
    """For each comment the margins of lines that it and its group took no part in.

    With a single group all margins are nought.
    """
    margins = np.zeros(themes.shape)
    for out in turns(groups):
        weights, constants = fit(counts[~out], themes[~out])
        margins[out] = counts[out] @ weights + constants
    return margins


def turns(groups: Sequence[str]) -> Iterator[NDArray[np.bool_]]:
    """Which comments to leave out in each turn; each is left out once, with all of its group.

    Groups go to turns in the order of their first comment, so the same comments always give the
    same turns. With a single group there is none.
    """
    number: dict[str, int] = {}
    group = np.array([number.setdefault(each, len(number)) for each in groups], dtype=int)
    if len(number) < 2:
        return
    turn = np.random.default_rng(0).permutation(len(number)) % min(FOLDS, len(number))
    fold = turn[group]
    for each in range(fold.max() + 1):
        yield fold == each
