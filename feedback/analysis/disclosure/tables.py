"""Hiding small counts of two questions crossed."""

from collections.abc import Sequence

from feedback.analysis.disclosure.counts import hidden_parts
from feedback.analysis.disclosure.network import Network
from feedback.analysis.disclosure.shown import HIDDEN, Shown, Table, as_shown, check_counts


def hide_table(counts: Sequence[Sequence[int]], threshold: int) -> Table:
    """A two-way table whose totals are known, such as the answers of each audience.

    Totals are hidden first, as `hide_counts` would hide them, so that the totals shown here agree
    with those shown alone. Then cells are hidden until the range of each small count is wide
    enough, fewest cells first, totals only where nothing else helps. A last pass shows again
    every cell that turned out not to be needed.

    The ranges are exact against a reader of the numbers. They are not proven against one who
    also replays this method; publish few and fixed breakdowns.

    Args:
        counts: people; shape (rows, columns), at least one of each.
        threshold: people; a cell or total under it is hidden, zero like the rest.

    Raises:
        ValueError: the rows differ in length or are empty, a count is not a whole number of 0 or
            more, or the threshold is under 2.
    """
    check_table(counts, threshold)
    rows = [sum(row) for row in counts]
    columns = [sum(column) for column in zip(*counts, strict=True)]
    total, width = sum(rows), len(columns)
    if total < threshold:
        nothing = (HIDDEN,) * width
        return Table((nothing,) * len(rows), (HIDDEN,) * len(rows), nothing, HIDDEN)

    net = Network(counts, rows, columns)
    needed = {net.row_edge(at) for at in hidden_parts(rows, threshold)}
    needed |= {net.column_edge(at) for at in hidden_parts(columns, threshold)}
    hide = net.protect(needed, threshold)
    shown = [as_shown(value, edge in hide) for edge, value in enumerate(net.values)]
    return Table(
        tuple(tuple(shown[at * width : (at + 1) * width]) for at in range(len(rows))),
        tuple(shown[net.row_edge(at)] for at in range(len(rows))),
        tuple(shown[net.column_edge(at)] for at in range(width)),
        Shown(total),
    )


def check_table(counts: Sequence[Sequence[int]], threshold: int) -> None:
    """Refuses what is no table of people, and a threshold that hides nobody."""
    if not counts or not counts[0] or any(len(row) != len(counts[0]) for row in counts):
        raise ValueError("a table needs rows of one length")
    check_counts([value for row in counts for value in row], threshold)
