"""CSV files as the commands for analysts read them, and the folds that they try things on."""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import click

from feedback.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from feedback.analysis.vectors import Vectors

FOLDS = 5
A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
text_option = click.option(
    "--text", default="text", show_default=True, help="The column of comments."
)
id_option = click.option(
    "--id", "own_id", default="id", show_default=True, help="The column kept beside."
)
group_option = click.option(
    "--group", help="The column that says who wrote; default: each comment."
)
vectors_option = click.option(
    "--vectors",
    "folder",
    envvar="FEEDBACK_VECTORS",
    type=click.Path(path_type=Path),
    help="A folder with model.onnx and tokenizer.json, whose sentence vectors count too.",
)
cache_option = click.option(
    "--cache",
    type=NEW_FILE,
    help="A file to keep vectors in, so that a comment goes through the model once.",
)
folds_option = click.option("--folds", default=FOLDS, show_default=True, type=click.IntRange(min=2))


asked_option = click.option(
    "--question", help="The column with the wording of the question; tells dry answers' side."
)


class Table:
    """A CSV file with columns that must be there."""

    def __init__(self, file: Path, columns: Iterable[str]) -> None:
        self._file = file
        try:
            with file.open(encoding="utf-8-sig", newline="") as opened:
                reader = csv.DictReader(opened)
                self._rows = list(reader)
        except (UnicodeDecodeError, csv.Error) as wrong:
            stop(f"{file} is not a CSV file in UTF-8: {wrong}.")
        there = reader.fieldnames or []
        if missing := [name for name in columns if name not in there]:
            stop(f"{file} has no column {', '.join(missing)}; it has {', '.join(there)}.")
        if not self._rows:
            stop(f"{file} has no rows.")

    def column(self, name: str) -> list[str]:
        """A column from top to bottom; what a short row lacks is empty."""
        return [row[name] or "" for row in self._rows]

    def truth(self, labels: Sequence[str]) -> "NDArray[np.int_]":
        """Labels as an array of 0 and 1; shape (rows, labels)."""
        import numpy as np

        columns = [self.column(label) for label in labels]
        for label, column in zip(labels, columns, strict=True):
            for line, value in enumerate(column, start=2):
                if value.strip() not in ("0", "1"):
                    stop(f"{self._file}, row {line}: {label} is {value!r} and not 0 or 1.")
        return np.array(columns, dtype=int).T


def streamed(file: Path, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """These columns of a CSV file, row by row, so that a file may be larger than the memory.

    What is wrong with the heading is said before the first row; what a short row lacks is empty.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            there, first = reader.fieldnames or [], next(reader, None)
    except (UnicodeDecodeError, csv.Error) as wrong:
        stop(f"{file} is not a CSV file in UTF-8: {wrong}.")
    if missing := [name for name in columns if name not in there]:
        stop(f"{file} has no column {', '.join(missing)}; it has {', '.join(there)}.")
    if first is None:
        stop(f"{file} has no rows.")
    return _rows(file, columns)


def _rows(file: Path, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened)
        try:
            for row in reader:
                yield tuple(row[name] or "" for name in columns)
        except (UnicodeDecodeError, csv.Error) as wrong:
            stop(f"{file}, near line {reader.line_num}, is not CSV in UTF-8: {wrong}.")


@contextmanager
def whole_or_nothing(out: Path) -> Iterator[TextIO]:
    """A file to write that has its name only once it is whole."""
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as opened:
            yield opened
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def writers(table: Table, texts: Sequence[str], group: str | None) -> list[str]:
    """Who wrote each comment; where nobody says, the same words are the same writer."""
    return table.column(group) if group else [text.casefold() for text in texts]


def folds_of(groups: Sequence[str], folds: int) -> "NDArray[np.int_]":
    """A fold for each comment; a group stands in one. The same groups give the same folds."""
    import numpy as np

    number: dict[str, int] = {}
    place = np.array([number.setdefault(each, len(number)) for each in groups])
    turn: NDArray[np.int_] = np.random.default_rng(0).permutation(len(number)) % folds
    return turn[place]


def vectors_of(folder: Path | None, cache: Path | None) -> "Vectors | None":
    """The vectors of a folder, each worked out once; none where no folder is named."""
    if folder is None:
        return None
    from feedback.analysis.vectors import SentenceVectors, UnusableVectors, kept_vectors

    settings: Settings = click.get_current_context().find_object(Settings) or Settings()
    secret = settings.secret.get_secret_value()
    try:
        return kept_vectors(SentenceVectors(folder), secret=secret, path=cache or ":memory:")
    except UnusableVectors as wrong:
        stop(str(wrong))


def share(part: int, whole: int) -> str:
    """A share of 1 with three digits; a dash where there is nothing to share."""
    return f"{part / whole:.3f}" if whole else "-"


def stop(why: str) -> NoReturn:
    click.echo(why, err=True)
    sys.exit(1)
