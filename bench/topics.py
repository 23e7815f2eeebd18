"""Does discovery find what comments are about where no theme covers it, and is that more than luck?

Planted are two topics of the demonstration that its codebook has no theme for, and themes of
hospital comments that the codebook is robbed of. Discovery sees no label. Beside each figure
stands what groups of the same sizes reach when comments are dealt to them at random.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.demonstration import Demonstration
from bench.ground import Ground
from bench.report import Outcome, Table, not_measured
from bench.theme_words import codebook
from bench.themes import COMMENTS, Labelled
from feedback.analysis.codebook import Codebook
from feedback.analysis.coding import ThemeCoder
from feedback.analysis.topics import Topic, discover

PLANTED = ("portal", "photos")
LEFT_OUT = (
    "Food & drink provision & facilities",
    "Transport to/ from services",
    "Activities & access to fresh air",
    "Contacting services",
    "Feeling safe",
    "Supplying & understanding medication",
)
DEALS = 500  # at random
FEWEST_UNFITTED = 30  # comments; discovery refuses fewer

Which = NDArray[np.bool_]
Row = tuple[object, ...]


@dataclass(frozen=True)
class Match:
    """The topic that fits a planted one best: shares of both that they have in common."""

    f1: float
    holds: float  # of the planted comments
    pure: float  # of the topic's comments
    topic: Topic | None


def run(ground: Ground) -> Outcome:
    """The demonstration's topics, then hospital themes left out one by one."""
    outcome = Outcome()
    _demonstration(outcome)
    if COMMENTS.exists():
        _hospital(ground, outcome)
    else:
        outcome.verdicts.append(
            not_measured("topics in hospital comments", f"{COMMENTS} is missing")
        )
    return outcome


def _demonstration(outcome: Outcome) -> None:
    data = Demonstration()
    about = np.array([comment.topic for comment in data.said])
    unfitted = ~ThemeCoder(data.book).predict(data.texts).any(axis=1)
    rows: list[Row] = []
    for name, which in (
        ("all comments", np.ones(len(about), dtype=bool)),
        ("comments that nothing fits", unfitted),
        ("comments that people put no theme on", ~data.themes.any(axis=1)),
    ):
        chosen = np.flatnonzero(which)
        topics = discover([data.texts[at] for at in chosen])
        for planted in PLANTED:
            rows.append((planted, name, *_row(topics, about[chosen] == planted)))
    outcome.tables.append(_table("Planted topics of the demonstration, no labels", rows))


def _hospital(ground: Ground, outcome: Outcome) -> None:
    """The coder learns all themes but one; discovery looks at everything, and at what is left."""
    data = Labelled()
    train, test = np.flatnonzero(data.folds != 1), np.flatnonzero(data.folds == 1)
    book = codebook(data.names)
    rows: list[Row] = []
    for name in ground.pick(LEFT_OUT, LEFT_OUT[:2]):
        gone = data.names.index(name)
        left = [at for at in range(len(data.names)) if at != gone]
        coder = ThemeCoder(Codebook(book.name, 1, tuple(book.themes[at] for at in left))).fit(
            [data.texts[at] for at in train],
            data.themes[train][:, left],
            groups=[data.groups[at] for at in train],
        )
        texts = [data.texts[at] for at in test]
        truth = data.themes[test, gone] == 1
        unfitted = ~coder.predict(texts).any(axis=1)
        for what, which in (
            ("all", np.ones(len(test), dtype=bool)),
            ("that nothing fits", unfitted),
        ):
            chosen = np.flatnonzero(which)
            if len(chosen) < FEWEST_UNFITTED or not truth[chosen].any():
                continue
            topics = discover([texts[at] for at in chosen])
            rows.append((name, what, *_row(topics, truth[chosen])))
    outcome.tables.append(_table("Hospital comments, one theme taken out (one fold)", rows))


def _row(topics: Sequence[Topic], planted: Which) -> Row:
    best = _best(_groups(topics, len(planted)), planted, topics)
    chance = np.random.default_rng(0)
    groups = _groups(topics, len(planted))
    dealt = [_best(groups, chance.permutation(planted), topics) for _ in range(DEALS)]
    usual = float(np.quantile([each.f1 for each in dealt], 0.95))
    return (
        len(planted),
        int(planted.sum()),
        best.holds,
        best.pure,
        float(np.mean([each.pure for each in dealt])),
        best.f1,
        float(np.mean([each.f1 for each in dealt])),
        usual,
        "yes" if best.f1 > usual else "no",
        best.topic.stability if best.topic else float("nan"),
        ", ".join(best.topic.words[:4]) if best.topic else "",
    )


def _groups(topics: Sequence[Topic], count: int) -> list[Which]:
    groups = []
    for topic in topics:
        group = np.zeros(count, dtype=bool)
        group[list(topic.comments)] = True
        groups.append(group)
    return groups


def _best(groups: Sequence[Which], planted: Which, topics: Sequence[Topic]) -> Match:
    best = Match(0.0, 0.0, 0.0, None)
    for group, topic in zip(groups, topics, strict=True):
        both = int((group & planted).sum())
        f1 = 2 * both / max(1, int(group.sum() + planted.sum()))
        if f1 > best.f1:
            best = Match(f1, both / int(planted.sum()), both / int(group.sum()), topic)
    return best


def _table(title: str, rows: list[Row]) -> Table:
    headings = (
        "planted",
        "looked for in",
        "comments",
        "of it",
        "holds",
        "pure",
        "by luck",
        "F1",
        "by luck",
        "luck up to",
        "more than luck",
        "stable",
        "words",
    )
    notes = [
        "holds: share of the planted comments that stand in the best topic; pure: share of that",
        "topic that is planted; by luck: the best of groups of the same sizes, the mean of "
        f"{DEALS} deals",
        "and the 95th of 100; stable: share of its words that come again when a fifth is left out",
    ]
    return Table(title, headings, rows, notes)
