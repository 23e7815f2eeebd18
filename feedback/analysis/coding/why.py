"""Which words of a comment spoke for a theme, and how much of all that did each one was."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from feedback.analysis.coding.counts import Counts
from feedback.analysis.coding.reading import Span
from feedback.analysis.coding.seeds import Seeds
from feedback.analysis.coding.words import MOST_LETTERS, places

Floats = NDArray[np.float64]

MOST_WORDS = 400  # of a comment are explained
MOST_SPANS = 5
LEAST_PULL = 0.12  # of all that spoke for the theme; less is chance
_PIECE = re.compile(r"\S+")


@dataclass(frozen=True)
class Movers:
    """What adds to the log-odds of themes, and how much.

    `seed_worth` has what one seed of a theme (rows) adds to every theme; shape (themes, themes).
    `weights` has what each column of `counts` adds; shape (columns, themes).
    `runs` has the columns of pieces that were looked at, for most come again and again.
    """

    seeds: Seeds
    seed_worth: Floats
    counts: Counts | None
    weights: Floats
    runs: dict[str, list[int]] = field(default_factory=dict)


def explain(
    movers: Movers,
    text: str,
    stemmed: Sequence[str],
    counted: Mapping[int, float],
    themes: Sequence[int],
) -> dict[int, tuple[Span, ...]]:
    """For each theme, by its place in the codebook, the words that moved it most, in order.

    A word's part is what its stem, its pairs and its runs of letters add to the log-odds, and
    what the seeds that it belongs to add. Words side by side are one span.

    Args:
        movers: what the themes were put by.
        text: the comment.
        stemmed: its stems, as `stems` gives them.
        counted: the columns in its row of `Counts.of`, with their weights.
        themes: places in the codebook.
    """
    stemmed = stemmed[:MOST_WORDS]
    if not stemmed or not themes:
        return dict.fromkeys(themes, ())
    stood = places(text, MOST_WORDS)
    parts = _by_seeds(movers, stemmed, themes)
    if movers.counts:
        parts += _by_line(movers, movers.counts, text, stood, stemmed, counted, themes)
    return {theme: _spans(parts[:, at], stood) for at, theme in enumerate(themes)}


def _by_seeds(movers: Movers, stemmed: Sequence[str], themes: Sequence[int]) -> Floats:
    """What each word adds as part of a seed; shape (words, themes)."""
    # Lists, for arrays as small as these cost more than they save.
    parts = [[0.0] * len(themes) for _ in stemmed]
    worth = movers.seed_worth[:, list(themes)].tolist()
    for hit in movers.seeds.hits(stemmed):
        share = hit.worth / (hit.after - hit.first)
        for part in parts[hit.first : hit.after]:
            for at, each in enumerate(worth[hit.theme]):
                part[at] += each * share
    return np.array(parts)


def _by_line(
    movers: Movers,
    counts: Counts,
    text: str,
    stood: Sequence[tuple[int, int]],
    stemmed: Sequence[str],
    counted: Mapping[int, float],
    themes: Sequence[int],
) -> Floats:
    """What each word adds in the learned line; shape (words, themes)."""
    # Each column as often as it comes, and the word that it stands in.
    columns: list[int] = []
    owners: list[int] = []
    for at, one in enumerate(stemmed):
        for column in counts.columns_of_word(one):
            columns.append(column)
            owners.append(at)
        if at:
            for column in counts.columns_of_word(f"{stemmed[at - 1]} {one}"):
                columns += [column, column]
                owners += [at - 1, at]
    for piece, members in _pieces(text, stood):
        if piece not in movers.runs:
            movers.runs[piece] = counts.columns_of_runs(piece)
        for at in members:
            columns += movers.runs[piece]
            owners += [at] * len(movers.runs[piece])
    kept = [column for column in dict.fromkeys(columns) if column in counted]
    if not kept:
        return np.zeros((len(stood), len(themes)))
    place = {column: at for at, column in enumerate(kept)}
    at_place = np.array([place.get(column, -1) for column in columns])
    cells = (np.array(owners) * len(kept) + at_place)[at_place >= 0]
    own = np.bincount(cells, minlength=len(stood) * len(kept)).astype(float)
    own = own.reshape(len(stood), len(kept))  # how often each word stands for each column
    worth = np.array([counted[column] for column in kept]) / own.sum(axis=0)
    values = movers.weights[np.ix_(kept, list(themes))] * worth[:, None]
    parts: Floats = own @ values
    return parts


def _pieces(text: str, stood: Sequence[tuple[int, int]]) -> Iterator[tuple[str, list[int]]]:
    """Pieces between blanks, each with the words inside, for runs of letters end at blanks."""
    inside: dict[int, list[int]] = defaultdict(list)
    pieces = list(_PIECE.finditer(text, 0, MOST_LETTERS))
    at_piece = 0
    for at, (start, _) in enumerate(stood):
        while pieces[at_piece].end() <= start:
            at_piece += 1
        inside[at_piece].append(at)
    for number, members in inside.items():
        yield pieces[number].group(), members


def _spans(pulls: Floats, stood: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    for_it = np.maximum(pulls, 0)
    total = for_it.sum()
    if not total:
        return ()
    shares = (for_it / total).tolist()
    telling = [at for at, share in enumerate(shares) if share >= LEAST_PULL]
    best = sorted(telling, key=lambda at: -shares[at])[:MOST_SPANS]
    spans: list[Span] = []
    last = -2
    for at in sorted(best or [shares.index(max(shares))]):
        start, end = stood[at]
        if at == last + 1:
            before = spans.pop()
            spans.append(Span(before.start, end, before.pull + shares[at]))
        else:
            spans.append(Span(start, end, shares[at]))
        last = at
    return tuple(spans)
