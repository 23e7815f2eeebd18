"""How well and how fast comments get themes, on real hospital comments labelled by hand."""

import csv
from collections import Counter
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from numpy.typing import NDArray

from bench.ground import Ground
from bench.report import Outcome, Table, at_least, at_most, not_measured
from bench.theme_vectors import vectors
from bench.theme_words import bare, codebook
from feedback.analysis import engine
from feedback.analysis.codebook import Codebook
from feedback.analysis.coding import ThemeCoder
from feedback.analysis.topics import discover
from feedback.analysis.vectors import Vectors

COMMENTS = Path(__file__).parents[2] / "shared" / "data" / "nhs_fft_comments.csv"
KEPT = ("id trust service date question_kind rating sentiment text group fold").split()
PLANTED = (
    "Food & drink provision & facilities",
    "Transport to/ from services",
    "Contacting services",
    "Activities & access to fresh air",
    "Timeliness of care",
)
SURE_SHARE = 0.7
SIZES = (50, 100, 300, 1_000)
MANY = 100_000  # comments
BATCH = 2_000
WORKERS = 2

Table01 = NDArray[np.int8]
Scores = NDArray[np.float64]


class Labelled:
    """The comments, their themes, and the parts that they are tried in."""

    def __init__(self) -> None:
        with COMMENTS.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.names = [name for name in rows[0] if name not in KEPT]
        self.texts = [row["text"] for row in rows]
        self.groups = [row["group"] for row in rows]
        self.trusts = np.array([row["trust"] for row in rows])
        self.folds = np.array([int(row["fold"]) for row in rows])
        self.themes: Table01 = np.array(
            [[int(row[name]) for name in self.names] for row in rows], dtype=np.int8
        )

    def learn(
        self, book: Codebook, chosen: NDArray[np.int64], vectors: Vectors | None = None
    ) -> ThemeCoder:
        """A coder that knows these comments and no other."""
        return ThemeCoder(book, vectors=vectors).fit(
            [self.texts[at] for at in chosen],
            self.themes[chosen],
            groups=[self.groups[at] for at in chosen],
        )

    def scores(self, coder: ThemeCoder, chosen: NDArray[np.int64]) -> Scores:
        """What a coder makes of these comments."""
        return coder.predict_scores([self.texts[at] for at in chosen])


def run(ground: Ground) -> Outcome:
    """Quality by four folds, by few labels, across organisations; then the time it takes."""
    if not COMMENTS.exists():
        return Outcome([], [not_measured("themes", f"{COMMENTS} is not there")])
    data = Labelled()
    outcome = Outcome()
    for part in (_folds, _few, _other_organisation, _planted, _time):
        part(data, ground, outcome)
    vectors(data, _quality, {"random": _random, "balanced": _balanced}, ground, outcome)
    return outcome


def _folds(data: Labelled, ground: Ground, outcome: Outcome) -> None:
    rows: list[tuple[object, ...]] = []
    said: dict[str, tuple[list[Scores], list[Table01]]] = {}
    for title, book in (
        ("codebook's words", codebook(data.names)),
        ("names only", bare(data.names)),
    ):
        for labels in (False, True):
            found = []
            for fold in np.unique(data.folds):
                train, test = np.flatnonzero(data.folds != fold), np.flatnonzero(data.folds == fold)
                began = process_time()
                coder = data.learn(book, train) if labels else ThemeCoder(book)
                seconds = process_time() - began
                scores = data.scores(coder, test)
                found.append((*_quality(data.themes[test], scores, coder), seconds))
                kept = said.setdefault(f"{title}, labels: {'yes' if labels else 'none'}", ([], []))
                kept[0].append(scores)
                kept[1].append(data.themes[test])
            mean = np.mean(found, axis=0)
            rows.append((title, "yes" if labels else "none", *map(float, mean)))
    headings = (
        "seeds",
        "labels",
        "micro",
        "macro",
        "AUC",
        "exact",
        "top",
        "Brier",
        "fit, s of CPU",
    )
    notes = [
        "micro and macro F1; AUC macro; exact: all themes right;",
        "top: likeliest theme right among the 70% most sure",
    ]
    outcome.tables.append(Table("Themes, mean of four folds", headings, rows, notes))
    outcome.tables.append(_come_true(said))
    (_, _, micro, macro, *_), (_, _, full, full_macro, _, _, top, _, fit) = rows[0], rows[1]
    outcome.verdicts += [
        at_least("micro F1, all labels", full, 0.735),
        at_least("macro F1, all labels", full_macro, 0.59),
        at_least("micro F1, no labels", micro, 0.50),
        at_least("macro F1, no labels", macro, 0.44),
        at_least("top theme right, 70% most sure", top, 0.93),
        at_most("fit", fit, 15, " s"),
    ]


def _come_true(said: dict[str, tuple[list[Scores], list[Table01]]]) -> Table:
    """How often a score of so much was right."""
    edges = np.linspace(0, 1, 6)
    rows: list[tuple[object, ...]] = []
    for title, (scores, truth) in said.items():
        every, right = np.concatenate(scores).ravel(), np.concatenate(truth).ravel()
        inside = [(every >= low) & (every < low + 0.2) for low in edges[:-1]]
        rows.append((title, *(float(right[each].mean()) if each.any() else "-" for each in inside)))
    headings = ("scores that come true", *(f"{low:.1f}–{low + 0.2:.1f}" for low in edges[:-1]))
    return Table("How often a score was right", headings, rows)


def _few(data: Labelled, ground: Ground, outcome: Outcome) -> None:
    book = codebook(data.names)
    rows: list[tuple[object, ...]] = []
    means = {}
    for how, choose in (("random", _random), ("balanced", _balanced)):
        for size in SIZES:
            found = []
            for fold in np.unique(data.folds):
                train, test = np.flatnonzero(data.folds != fold), np.flatnonzero(data.folds == fold)
                for seed in range(ground.pick(2, 1)):
                    coder = data.learn(book, choose(data, train, size, seed))
                    found.append(_quality(data.themes[test], data.scores(coder, test), coder)[:2])
            means[how, size] = np.mean(found, axis=0)
            rows.append((how, size, *map(float, means[how, size])))
    outcome.tables.append(
        Table("Few labels, mean of four folds", ("chosen", "labels", "micro", "macro"), rows)
    )
    for key, micro, macro in ((("balanced", 300), 0.58, 0.48), (("random", 1_000), 0.70, 0.52)):
        what = f"{key[1]:,} {key[0]} labels"
        outcome.verdicts += [
            at_least(f"micro F1, {what}", float(means[key][0]), micro),
            at_least(f"macro F1, {what}", float(means[key][1]), macro),
        ]


def _other_organisation(data: Labelled, ground: Ground, outcome: Outcome) -> None:
    book = codebook(data.names)
    rows: list[tuple[object, ...]] = []
    micros = []
    for trust in np.unique(data.trusts):
        train, test = np.flatnonzero(data.trusts == trust), np.flatnonzero(data.trusts != trust)
        coder = data.learn(book, train)
        quality = _quality(data.themes[test], data.scores(coder, test), coder)
        rows.append((f"{trust} ({len(train):,})", f"{len(test):,} others", *quality[:2]))
        micros.append(quality[0])
    outcome.tables.append(
        Table("Other organisation", ("learned from", "tried on", "micro", "macro"), rows)
    )
    outcome.verdicts += [
        at_least("micro F1, other organisation, the worse", min(micros), 0.54),
        at_least("micro F1, other organisation, the better", max(micros), 0.62),
    ]


def _planted(data: Labelled, ground: Ground, outcome: Outcome) -> None:
    """Comments of five themes that nobody tells discovery about: does it find them again?"""
    from sklearn.metrics import adjusted_rand_score

    single = data.themes.sum(axis=1) == 1
    places = [data.names.index(name) for name in PLANTED]
    chosen = np.flatnonzero(single & (data.themes[:, places].sum(axis=1) == 1))
    truth = data.themes[chosen][:, places].argmax(axis=1)
    topics = discover([data.texts[at] for at in chosen])
    made = np.full(len(chosen), -1)
    for number, topic in enumerate(topics):
        made[list(topic.comments)] = number
    rows = []
    for at, name in enumerate(PLANTED):
        there = made[truth == at]
        best = Counter(there[there >= 0].tolist()).most_common(1)
        number, found = best[0] if best else (-1, 0)
        rows.append(
            (
                name,
                len(there),
                found / max(1, len(there)),
                found / max(1, int((made == number).sum())),
                topics[number].stability if number >= 0 else float("nan"),
                ", ".join(topics[number].words[:4]) if number >= 0 else "",
            )
        )
    chance = np.random.default_rng(0)
    by_chance = [adjusted_rand_score(truth, chance.permutation(made)) for _ in range(100)]
    notes = [
        f"{len(topics)} topics, as many as discovery looks for by itself;",
        f"agreement with people (adjusted Rand): {adjusted_rand_score(truth, made):.2f}; "
        f"by chance {np.mean(by_chance):.2f}, at most {max(by_chance):.2f} of 100 times",
    ]
    headings = ("planted theme", "comments", "in one topic", "of that topic", "holds", "words")
    outcome.tables.append(
        Table("Topics that no theme covers, found by discovery", headings, rows, notes)
    )


def _time(data: Labelled, ground: Ground, outcome: Outcome) -> None:
    coder = data.learn(codebook(data.names), np.arange(len(data.texts)))
    count = ground.pick(MANY, MANY // 10)
    # Each text a little other than the next, so that nothing can be remembered.
    texts = [f"{data.texts[at % len(data.texts)]} {at}" for at in range(count)]
    some = texts[: ground.pick(20_000, 5_000)]
    began = process_time()
    coder.predict_scores(some)
    rate = len(some) / (process_time() - began)
    began = perf_counter()
    done = sum(
        len(scores)
        for scores in engine.map(
            partial(ThemeCoder.predict_scores, coder), engine.batched(texts, BATCH), workers=WORKERS
        )
    )
    seconds = perf_counter() - began
    began = process_time()
    coder.read(some[:2_000])
    reading = 2_000 / (process_time() - began)
    fifty, thousand = np.arange(50), np.arange(50, 1_050)
    began = process_time()
    data.scores(data.learn(codebook(data.names), fifty), thousand)
    desk = process_time() - began
    rows = [
        ("50 labels learned and 1,000 comments scored, seconds of CPU", desk),
        ("scores, comments a second of CPU", rate),
        ("with reasons, comments a second of CPU", reading),
        (f"{done:,} comments, {WORKERS} processes, seconds", seconds),
    ]
    outcome.tables.append(Table("Time", ("what", ""), rows))
    outcome.verdicts += [
        at_most("50 labels learned, 1,000 comments scored", desk, 2, " s"),
        at_least("scores on one core", rate, 4_000, " a second"),
        at_most("100,000 comments", seconds * MANY / done, 60, " s"),
    ]


def _quality(truth: Table01, scores: Scores, coder: ThemeCoder) -> tuple[float, ...]:
    """Micro and macro F1, macro AUC, exact, top right among the sure, Brier score."""
    from sklearn.metrics import f1_score, roc_auc_score

    made = (scores >= coder.calibration.threshold).astype(int)
    both = [j for j in range(truth.shape[1]) if 0 < truth[:, j].sum() < len(truth)]
    sure = np.argsort(-scores.max(axis=1), kind="stable")[: int(SURE_SHARE * len(scores))]
    return (
        float(f1_score(truth, made, average="micro", zero_division=0)),
        float(f1_score(truth, made, average="macro", zero_division=0)),
        float(roc_auc_score(truth[:, both], scores[:, both], average="macro")),
        float((truth == made).all(axis=1).mean()),
        float(truth[sure, scores[sure].argmax(axis=1)].mean()),
        float(((scores - truth) ** 2).mean()),
    )


def _random(data: Labelled, pool: NDArray[np.int64], size: int, seed: int) -> NDArray[np.int64]:
    return np.random.default_rng(seed).permutation(pool)[:size]


def _balanced(data: Labelled, pool: NDArray[np.int64], size: int, seed: int) -> NDArray[np.int64]:
    """As many comments of each theme as there are, theme by theme in turn."""
    mixed = np.random.default_rng(seed).permutation(pool)
    by_theme = [list(mixed[data.themes[mixed, j] == 1]) for j in range(len(data.names))]
    chosen: dict[int, None] = {}
    while len(chosen) < size and any(by_theme):
        for left in by_theme:
            while left:
                at = int(left.pop())
                if at not in chosen:
                    chosen[at] = None
                    break
    return np.array(list(chosen)[:size])
