"""`feedback sentiment`: how people feel in comments in a file, for an analyst."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback.cli_files import (
    A_FILE,
    NEW_FILE,
    Table,
    asked_option,
    folds_of,
    folds_option,
    group_option,
    id_option,
    share,
    stop,
    streamed,
    text_option,
    whole_or_nothing,
    writers,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 2_000  # comments
SIDES = {-1: "positive", 0: "neutral or mixed", 1: "negative"}


@click.group()
def sentiment() -> None:
    """Tell feelings in files of comments (CSV), from 1 (very positive) to 5 (very negative)."""


@sentiment.command()
@click.argument("file", type=A_FILE)
@click.argument("out", type=NEW_FILE)
@text_option
@id_option
@asked_option
def apply(file: Path, out: Path, text: str, own_id: str, question: str | None) -> None:
    """Write to OUT how somebody feels in each comment of FILE.

    OUT has the id, `sentiment` 1 to 5, `sure` 0 to 1, and `unsure` 1 where a person should look.
    """
    from feedback.analysis.engine import batched
    from feedback.analysis.sentiment import read
    from feedback.outputs.tables import formula_safe

    comments = streamed(file, [own_id, text, *([question] if question else [])])
    with whole_or_nothing(out) as opened:
        rows = csv.writer(opened)
        rows.writerow([own_id, "sentiment", "sure", "unsure"])
        for some in batched(comments, BATCH):
            asked = [each[2] for each in some] if question else None
            feelings = read([each[1] for each in some], asked)
            rows.writerows(
                [formula_safe(own), each.level, f"{each.sure:.2f}", int(each.unsure)]
                for (own, *_), each in zip(some, feelings, strict=True)
            )
    click.echo(f"Wrote {out}.")


@sentiment.command()
@click.argument("file", type=A_FILE)
@text_option
@click.option("--level", default="sentiment", show_default=True, help="The column of 1 to 5.")
@click.option("--question", help="The column that says which question a comment answers.")
@group_option
@folds_option
def evaluate(
    file: Path, text: str, level: str, question: str | None, group: str | None, folds: int
) -> None:
    """Say how well feelings are told in FILE: by words alone, and learned from its labels.

    Three classes: positive, neutral or mixed, negative. What was learned is tried on comments of
    writers it did not learn from. Rows without a level are left out.
    """
    import numpy as np

    from feedback.analysis.feelings import MIXED
    from feedback.analysis.sentiment import read

    wanted = [text, level, *(each for each in (question, group) if each)]
    table = Table(file, wanted)
    given = table.column(level)
    kept = [at for at, value in enumerate(given) if value.strip()]
    if wrong := next((at for at in kept if given[at].strip() not in tuple("12345")), None):
        stop(f"{file}, row {wrong + 2}: {level} is {given[wrong]!r} and not 1 to 5.")
    texts = [table.column(text)[at] for at in kept]
    levels = np.array([int(given[at]) for at in kept])
    asked = [table.column(question)[at] for at in kept] if question else None
    groups = [writers(table, table.column(text), group)[at] for at in kept]
    truth = np.sign(levels - MIXED)
    words = np.array([feeling.side for feeling in read(texts)])
    learned = _cross_fitted(texts, levels, asked, folds_of(groups, folds), folds)
    trivial = np.full(len(truth), max(SIDES, key=lambda side: int((truth == side).sum())))
    click.echo(f"{'':34}{'macro F1':>10}{'right':>8}{'negatives found':>17}")
    for name, said in (
        ("words alone", words),
        ("learned", learned),
        ("the commonest class always", trivial),
    ):
        macro = np.mean([_f1(truth == side, said == side) for side in SIDES])
        found = share(int(((truth == 1) & (said == 1)).sum()), int((truth == 1).sum()))
        click.echo(f"{name:34}{macro:>10.3f}{(truth == said).mean():>8.3f}{found:>17}")
    counts = ", ".join(f"{int((truth == side).sum()):,} {name}" for side, name in SIDES.items())
    click.echo(f"{len(texts):,} comments ({counts}) in {folds} folds.")


def _cross_fitted(
    texts: Sequence[str],
    levels: "NDArray[np.int_]",
    asked: Sequence[str] | None,
    fold: "NDArray[np.int_]",
    folds: int,
) -> "NDArray[np.int_]":
    """The side of each comment by a coder that learned from the other folds."""
    import numpy as np

    from feedback.analysis.feeling_coder import FeelingCoder
    from feedback.analysis.feelings import MIXED

    said = np.zeros(len(texts), dtype=int)
    for each in range(folds):
        left, out = np.flatnonzero(fold != each).tolist(), np.flatnonzero(fold == each).tolist()
        try:
            coder = FeelingCoder().fit(
                _some(texts, left), levels[left].tolist(), asked and _some(asked, left)
            )
        except ValueError as few:
            stop(f"Nothing can be learned: {few}.")
        said[out] = np.sign(coder.predict(_some(texts, out), asked and _some(asked, out)) - MIXED)
    return said


def _some(values: Sequence[str], places: Sequence[int]) -> list[str]:
    return [values[at] for at in places]


def _f1(truth: "NDArray[np.bool_]", said: "NDArray[np.bool_]") -> float:
    both = int(truth.sum()) + int(said.sum())
    return 2 * int((truth & said).sum()) / both if both else 0.0
