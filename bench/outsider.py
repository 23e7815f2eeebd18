"""What somebody who holds every released number can say of hidden ones, by linear programming."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array

Terms = Mapping[Hashable, float]


@dataclass
class Outsider:
    """Unknown counts of people, each 0 or more, and the sums of them that are known."""

    at: dict[Hashable, int] = field(default_factory=dict)
    sums: list[tuple[dict[int, float], float]] = field(default_factory=list)
    lines: tuple[csr_array, list[float]] | None = None

    def knows(self, terms: Terms, total: float) -> None:
        """That counts, times what is given, add up to a number."""
        self.sums.append(
            ({self.at.setdefault(each, len(self.at)): by for each, by in terms.items()}, total)
        )

    def range_of(self, terms: Terms) -> tuple[float, float] | None:
        """The least and the most that a sum of counts can be; None where what is known clashes."""
        aim = np.zeros(len(self.at))
        for each, by in terms.items():
            if each not in self.at:
                return 0, inf
            aim[self.at[each]] = by
        left, right = self._lines()
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * aim, A_eq=left, b_eq=right)
            if solved.status == 2:
                return None
            if solved.status not in (0, 3):
                raise RuntimeError(solved.message)
            ends.append(inf if solved.status == 3 else sign * solved.fun)
        return ends[0], ends[1]

    def _lines(self) -> tuple[csr_array, list[float]]:
        """What is known as lines of a linear programme."""
        if self.lines is None or len(self.lines[1]) < len(self.sums):
            rows, columns, values = [], [], []
            for row, (known, _) in enumerate(self.sums):
                rows += [row] * len(known)
                columns += known.keys()
                values += known.values()
            shape = (len(self.sums), len(self.at))
            left = coo_array((values, (rows, columns)), shape=shape).tocsr()
            self.lines = left, [total for _, total in self.sums]
        return self.lines


def pinned(ends: tuple[float, float], threshold: int) -> bool:
    """Whether a count must be 2 or more and must be under the threshold."""
    return ends[0] > 1 + 1e-6 and ends[1] < threshold - 1e-6


def narrowed(ends: tuple[float, float], threshold: int) -> bool:
    """Whether a count must be 2 or more, or must be under the threshold: the stricter measure."""
    return ends[0] > 1 + 1e-6 or ends[1] < threshold - 1e-6


def of_table(shown: Mapping[tuple[int, int], int], height: int, width: int) -> Outsider:
    """An outsider of one table; places as in `disclosure.suppress`."""
    outsider = Outsider()
    for (row, column), count in shown.items():
        outsider.knows(place_terms(row, column, height, width), count)
    return outsider


def place_terms(row: int, column: int, height: int, width: int) -> dict[Hashable, float]:
    """The cells that a place adds up, itself or those of its row, column or all."""
    rows: Sequence[int] = [row] if row else range(1, height + 1)
    columns: Sequence[int] = [column] if column else range(1, width + 1)
    return {(at, to): 1.0 for at in rows for to in columns}
