"""`feedback themes`: themes on comments in a file, for an analyst with data of their own."""

import csv
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback.analysis.codebook import Codebook, Theme
from feedback.cli_files import (
    A_FILE,
    NEW_FILE,
    Table,
    asked_option,
    cache_option,
    folds_of,
    folds_option,
    group_option,
    id_option,
    share,
    stop,
    streamed,
    text_option,
    vectors_of,
    vectors_option,
    whole_or_nothing,
    writers,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from feedback.analysis.coding import ThemeCoder
    from feedback.analysis.vectors import Vectors

BATCH = 2_000  # comments
TOLD = 50 * BATCH  # how often it is said how far it is
LAST = ("unsure", "sentiment")
STARTER = "starter"  # the name of the codebook that travels with the program
_labels = click.option(
    "--label", "labels", multiple=True, required=True, help="A column of 0 and 1; once a theme."
)
_codebook = click.option(
    "--codebook",
    help="A codebook file whose codes the labels are, or `starter`; default: the columns' names.",
)


@click.group()
def themes() -> None:
    """Learn, put, try and find themes in files of comments (CSV)."""


@themes.command()
@click.argument("file", type=A_FILE)
@click.argument("model", type=NEW_FILE)
@text_option
@_labels
@_codebook
@group_option
@vectors_option
@cache_option
def learn(
    file: Path,
    model: Path,
    text: str,
    labels: tuple[str, ...],
    codebook: str | None,
    group: str | None,
    folder: Path | None,
    cache: Path | None,
) -> None:
    """Learn themes from FILE's labels and keep what was learned as MODEL."""
    from feedback.analysis.coding import to_bytes

    table = Table(file, [text, *labels, *([group] if group else [])])
    texts = table.column(text)
    book = _book_of(labels, codebook)
    by = writers(table, texts, group)
    coder = _learned(texts, table.truth(labels), by, book, vectors_of(folder, cache))
    model.write_bytes(to_bytes(coder))
    counts = ", ".join(
        f"{label} {count:,}" for label, count in zip(labels, coder.training.themes, strict=True)
    )
    click.echo(f"Learned from {coder.training.comments:,} comments: {counts}.")


@themes.command()
@click.argument("model")
@click.argument("file", type=A_FILE)
@click.argument("out", type=NEW_FILE)
@text_option
@id_option
@asked_option
@click.option("--workers", default=1, show_default=True, help="Processes.")
@vectors_option
@cache_option
def apply(
    model: str,
    file: Path,
    out: Path,
    text: str,
    own_id: str,
    question: str | None,
    workers: int,
    folder: Path | None,
    cache: Path | None,
) -> None:
    """Put themes on the comments of FILE and write them to OUT.

    MODEL is what `learn` kept; or a codebook file (.yaml), or `starter`, while nobody has coded
    anything. OUT has for each comment its id, a score for each theme, `pred:` and the theme with 1
    where it was put, in `unsure` why a person should look, and in `sentiment` 1 (very positive) to
    5 (very negative). FILE may be larger than the memory.
    """
    from feedback.analysis import engine
    from feedback.analysis.vectors import UnusableVectors

    coder = _coder(model, vectors_of(folder, cache))
    if folder and not coder.meaning:
        click.echo(f"{model} knows no sentence vectors, so {folder} is not used.", err=True)
    comments = streamed(file, [own_id, text, *([question] if question else [])])
    count = 0
    try:
        with whole_or_nothing(out) as opened:
            rows = csv.writer(opened)
            rows.writerow([own_id, *coder.codes, *(f"pred:{code}" for code in coder.codes), *LAST])
            work: Callable[[list[tuple[str, ...]]], list[list[object]]] = partial(_rows, coder)
            for done in engine.map(work, engine.batched(comments, BATCH), workers=workers):
                rows.writerows(done)
                count += len(done)
                if count % TOLD == 0:
                    click.echo(f"{count:,} comments …", err=True)
    except UnusableVectors as wrong:
        stop(str(wrong))
    click.echo(f"Wrote {out}.")


@themes.command()
@click.argument("file", type=A_FILE)
@text_option
@_labels
@_codebook
@group_option
@folds_option
@vectors_option
@cache_option
def evaluate(
    file: Path,
    text: str,
    labels: tuple[str, ...],
    codebook: str | None,
    group: str | None,
    folds: int,
    folder: Path | None,
    cache: Path | None,
) -> None:
    """Say how well themes are learned from FILE, on comments of writers it did not learn from."""
    import numpy as np
    from sklearn.metrics import f1_score, roc_auc_score

    table = Table(file, [text, *labels, *([group] if group else [])])
    texts, truth = table.column(text), table.truth(labels)
    book, groups = _book_of(labels, codebook), writers(table, texts, group)
    fold, vectors = folds_of(groups, folds), vectors_of(folder, cache)
    scores, made = np.zeros(truth.shape), np.zeros(truth.shape, dtype=int)
    for each in range(folds):
        out = np.flatnonzero(fold == each)
        left = np.flatnonzero(fold != each)
        if not len(out) or not len(left):
            stop(f"There are too few writers for {folds} folds.")
        known, by = [texts[at] for at in left], [groups[at] for at in left]
        coder = _learned(known, truth[left], by, book, vectors)
        scores[out] = coder.predict_scores([texts[at] for at in out])
        made[out] = scores[out] >= coder.calibration.threshold
    trivial = np.zeros(truth.shape, dtype=int)
    trivial[:, truth.sum(axis=0).argmax()] = 1  # the commonest theme for every comment
    click.echo(f"{'theme':40}{'comments':>10}{'precision':>11}{'recall':>8}{'F1':>7}{'AUC':>7}")
    areas = []
    for j, label in enumerate(labels):
        right = int((made[:, j] * truth[:, j]).sum())
        put, there = int(made[:, j].sum()), int(truth[:, j].sum())
        area = roc_auc_score(truth[:, j], scores[:, j]) if 0 < there < len(truth) else float("nan")
        areas.append(area)
        click.echo(
            f"{label[:39]:40}{there:>10,}{share(right, put):>11}{share(right, there):>8}"
            f"{share(2 * right, put + there):>7}{area:>7.3f}"
        )
    for name, answer in (("measured", made), ("the commonest theme always", trivial)):
        micro, macro = (
            f1_score(truth, answer, average=how, zero_division=0) for how in ("micro", "macro")
        )
        exact = (truth == answer).all(axis=1).mean()
        area = np.nanmean(areas) if answer is made else 0.5
        click.echo(
            f"{name}: micro F1 {micro:.3f}, macro F1 {macro:.3f}, macro AUC {area:.3f}, "
            f"exact {exact:.3f}"
        )
    click.echo(f"{len(texts):,} comments of {len(set(groups)):,} writers in {folds} folds.")


@themes.command()
@click.argument("file", type=A_FILE)
@text_option
@click.option("--topics", type=click.IntRange(min=2), help="How many; default: by the comments.")
@click.option("--seed", default=0, show_default=True, help="The same seed finds the same.")
def discover(file: Path, text: str, topics: int | None, seed: int) -> None:
    """Suggest what the comments of FILE are about; a person names it, or throws it away."""
    from feedback.analysis.topics import TooFewComments
    from feedback.analysis.topics import discover as look

    comments = Table(file, [text]).column(text)
    try:
        found = look(comments, seed=seed, topics=topics)
    except TooFewComments as few:
        stop(f"{file}: {few}.")
    for topic in found:
        doubt = "" if topic.stable else "; it changes when comments are left out"
        click.echo(f"{len(topic.comments):,} comments: {', '.join(topic.words)}")
        click.echo(f"  holds {topic.stability:.2f} of its words{doubt}")
        for at in topic.typical:
            click.echo(f"  - {' '.join(comments[at].split())[:200]}")


def _book_of(labels: Sequence[str], wanted: str | None) -> Codebook:
    """The themes of the labels: those of a codebook, or no more than the columns' names."""
    if wanted is None:
        return Codebook("columns of a file", 1, tuple(Theme(each, each) for each in labels))
    book = _codebook_at(wanted)
    themes = {theme.code: theme for theme in book.themes}
    if strangers := [label for label in labels if label not in themes]:
        stop(f"{wanted} has no theme {', '.join(strangers)}.")
    return Codebook(book.name, book.version, tuple(themes[label] for label in labels))


def _codebook_at(wanted: str) -> Codebook:
    from feedback.outputs.codebooks import read_codebook, starter
    from feedback.outputs.lined import WrongFile

    if wanted == STARTER:
        return starter()
    if not Path(wanted).exists():
        stop(f"There is no file {wanted}.")
    try:
        return read_codebook(Path(wanted).read_bytes(), file=wanted)
    except WrongFile as wrong:
        stop("\n".join(wrong.problems))


def _coder(model: str, vectors: "Vectors | None") -> "ThemeCoder":
    """A coder that has learned, or one that has only a codebook's words."""
    from feedback.analysis.coding import ThemeCoder, UnusableCodebook, UnusableModel, from_bytes

    try:
        if model == STARTER or model.endswith((".yaml", ".yml")):
            return ThemeCoder(_codebook_at(model))
        if not Path(model).exists():
            stop(f"There is no file {model}.")
        return from_bytes(Path(model).read_bytes(), vectors=vectors)
    except (UnusableModel, UnusableCodebook) as wrong:
        stop(f"{model}: {wrong}")


def _learned(
    texts: Sequence[str],
    truth: "NDArray[np.int_]",
    groups: Sequence[str],
    book: Codebook,
    vectors: "Vectors | None",
) -> "ThemeCoder":
    from feedback.analysis.coding import ThemeCoder, UnusableCodebook
    from feedback.analysis.vectors import UnusableVectors

    try:
        return ThemeCoder(book, vectors=vectors).fit(texts, truth, groups=groups)
    except UnusableCodebook as wrong:
        stop(f"{wrong}.")
    except UnusableVectors as wrong:
        stop(str(wrong))


def _rows(coder: "ThemeCoder", asked: list[tuple[str, ...]]) -> list[list[object]]:
    """The lines of OUT for ids, comments, and questions where those are known."""
    from feedback.analysis import sentiment
    from feedback.outputs.tables import formula_safe

    comments = [each[1] for each in asked]
    questions = [each[2] for each in asked] if len(asked[0]) > 2 else None
    levels = [feeling.level for feeling in sentiment.read(comments, questions)]
    scores = coder.predict_scores(comments)
    made = (scores >= coder.calibration.threshold).astype(int)
    return [
        [formula_safe(own), *(f"{score:.4f}" for score in row), *put, " ".join(doubts), level]
        for (own, *_), row, put, doubts, level in zip(
            asked,
            scores.tolist(),
            made.tolist(),
            coder.unsure(comments, scores),
            levels,
            strict=True,
        )
    ]
