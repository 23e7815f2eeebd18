"""What sentence vectors add to themes, where FEEDBACK_VECTORS names a folder with a model."""

import os
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bench.ground import Ground
from bench.report import MB, Outcome, Table, at_least, not_measured
from bench.theme_words import codebook
from feedback.analysis.coding import ThemeCoder, to_bytes
from feedback.analysis.vectors import CachedVectors, SentenceVectors, kept_vectors

if TYPE_CHECKING:
    from bench.themes import Labelled

Places = NDArray[np.int64]
Choose = Callable[["Labelled", Places, int, int], Places]
Quality = Callable[[NDArray[np.int8], NDArray[np.float64], ThemeCoder], tuple[float, ...]]
FEW = (("random", 50), ("random", 300), ("random", 1_000), ("balanced", 300))


def vectors(
    data: "Labelled", quality: Quality, choose: dict[str, Choose], ground: Ground, outcome: Outcome
) -> None:
    """Quality by folds, few labels and organisations, with words alone beside; then time."""
    folder = os.environ.get("FEEDBACK_VECTORS")
    if not folder:
        why = "no folder: FEEDBACK_VECTORS is empty"
        outcome.verdicts += [
            not_measured("micro F1, all labels, with sentence vectors", why, "≥ 0.755"),
            not_measured("macro F1, all labels, with sentence vectors", why, "≥ 0.63"),
        ]
        return
    model = SentenceVectors(Path(folder))
    kept = kept_vectors(model, secret="bench", path=ground.folder / "vectors.sqlite")
    speeds = _speeds(data, kept)
    micro, macro = _folds(data, quality, kept, outcome)
    _elsewhere(data, quality, choose, ground, kept, outcome)
    rows = [("through the model", speeds[0]), ("from the cache", speeds[1])]
    outcome.tables.append(Table("Vectors, comments a second of CPU", ("how", ""), rows))
    outcome.verdicts += [
        at_least("micro F1, all labels, with sentence vectors", micro, 0.755),
        at_least("macro F1, all labels, with sentence vectors", macro, 0.63),
    ]


def _speeds(data: "Labelled", kept: CachedVectors) -> list[float]:
    """How fast all comments get their vectors, first and again."""
    rates = []
    for _ in range(2):
        began = process_time()
        kept.of(data.texts)
        rates.append(len(data.texts) / (process_time() - began))
    return rates


def _folds(
    data: "Labelled", quality: Quality, kept: CachedVectors, outcome: Outcome
) -> tuple[float, float]:
    book = codebook(data.names)
    rows: list[tuple[object, ...]] = []
    means: NDArray[np.float64] = np.zeros(0)
    for title, given in (("words alone", None), ("words and vectors", kept)):
        found = []
        for fold in np.unique(data.folds):
            train, test = np.flatnonzero(data.folds != fold), np.flatnonzero(data.folds == fold)
            began = process_time()
            coder = data.learn(book, train, given)
            seconds = process_time() - began
            began = process_time()
            scores = data.scores(coder, test)
            rate = len(test) / (process_time() - began)
            size = len(to_bytes(coder)) / MB
            found.append((*quality(data.themes[test], scores, coder), seconds, rate, size))
        means = np.mean(found, axis=0)
        rows.append((title, *map(float, means)))
    headings = (
        *("evidence", "micro", "macro", "AUC", "exact", "top", "Brier"),
        *("fit, s of CPU", "comments a second", "kept, MB"),
    )
    notes = ["mean of four folds; vectors from the cache"]
    outcome.tables.append(Table("Themes with sentence vectors", headings, rows, notes))
    return float(means[0]), float(means[1])


def _elsewhere(
    data: "Labelled",
    quality: Quality,
    choose: dict[str, Choose],
    ground: Ground,
    kept: CachedVectors,
    outcome: Outcome,
) -> None:
    """Where labels are few, or another organisation's."""
    book = codebook(data.names)
    rows: list[tuple[object, ...]] = []
    parts = [
        (np.flatnonzero(data.folds != fold), np.flatnonzero(data.folds == fold))
        for fold in np.unique(data.folds)
    ]
    tries = [
        (
            f"{size:,} {how}",
            [
                (choose[how](data, train, size, seed), test)
                for train, test in parts
                for seed in range(ground.pick(2, 1))
            ],
        )
        for how, size in FEW
    ]
    tries += [
        (f"all of {trust}", [(np.flatnonzero(data.trusts == trust), np.flatnonzero(others))])
        for trust in np.unique(data.trusts)
        for others in [data.trusts != trust]
    ]
    for title, pairs in tries:
        means = []
        for given in (None, kept):
            found = []
            for train, test in pairs:
                coder = data.learn(book, train, given)
                found.append(quality(data.themes[test], data.scores(coder, test), coder)[:2])
            means.append(np.mean(found, axis=0))
        rows.append((title, *map(float, means[0]), *map(float, means[1])))
    headings = ("labels", "micro, words", "macro, words", "micro, vectors", "macro, vectors")
    outcome.tables.append(Table("Few labels, and another organisation's", headings, rows))
