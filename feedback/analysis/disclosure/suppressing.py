"""What was hidden in a table and why, and what an outsider can still say of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from feedback.analysis.disclosure.ranges import Place, Range, places, ranges
from feedback.analysis.disclosure.shown import Table, as_shown
from feedback.analysis.disclosure.tables import check_table, hide_table


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A table as it may leave, and which of its numbers were hidden for themselves.

    For checks inside. A page is given `table` alone: whoever can tell the two kinds of hidden
    number apart knows which of them are small.
    """

    threshold: int
    primary: tuple[Place, ...]  # under the threshold
    secondary: tuple[Place, ...]  # hidden so that those cannot be worked out
    table: Table

    @property
    def shown(self) -> Mapping[Place, int]:
        """The numbers that may leave."""
        return {
            place: number.count
            for place, number in places(self.table).items()
            if number.count is not None
        }

    def ranges(self) -> dict[Place, Range]:
        """The least and the most that an outsider must allow for each hidden number.

        None where the shown numbers set no end.
        """
        return ranges(self.table)

    def leaks(self) -> dict[Place, Range]:
        """The small numbers that could not be 1 or fewer, or not the threshold or more.

        Where the grand total is under the threshold there is none, for nothing is shown.
        """
        told = self.ranges()
        return {
            place: told[place]
            for place in self.primary
            if told[place][0] > 1
            or (told[place][1] is not None and (told[place][1] or 0) < self.threshold)
        }


def suppress(
    table: Sequence[Sequence[int]], threshold: int, *, hide: Collection[Place] | None = None
) -> Suppressed:
    """A two-way table of people with known totals, and what may leave of it.

    Args:
        table: people; shape (rows, columns). Places are named by row and column from 1; a total
            has 0 in place of what it sums over, so (2, 0) is the total of the second row.
        threshold: people; a count under it is hidden, zero like the rest.
        hide: the places to hide in place of those that `hide_table` would choose, to see what
            an outsider makes of another pattern.

    Raises:
        ValueError: as `hide_table`.
    """
    check_table(table, threshold)
    counts = _counts(table)
    if hide is None:
        told = hide_table(table, threshold)
    else:
        told = _with_hidden(counts, frozenset(hide), len(table), len(table[0]))
    hidden = [place for place, number in places(told).items() if number.hidden]
    return Suppressed(
        threshold,
        primary=tuple(place for place in hidden if counts[place] < threshold),
        secondary=tuple(place for place in hidden if counts[place] >= threshold),
        table=told,
    )


def _counts(table: Sequence[Sequence[int]]) -> dict[Place, int]:
    counts = {(0, 0): sum(map(sum, table))}
    for at, row in enumerate(table, 1):
        counts[at, 0] = sum(row)
        counts |= {(at, to): count for to, count in enumerate(row, 1)}
    return counts | {(0, to): sum(column) for to, column in enumerate(zip(*table, strict=True), 1)}


def _with_hidden(
    counts: Mapping[Place, int], hide: Collection[Place], height: int, width: int
) -> Table:
    told = {place: as_shown(count, place in hide) for place, count in counts.items()}
    rows, columns = range(1, height + 1), range(1, width + 1)
    return Table(
        tuple(tuple(told[row, column] for column in columns) for row in rows),
        tuple(told[row, 0] for row in rows),
        tuple(told[0, column] for column in columns),
        told[0, 0],
    )
