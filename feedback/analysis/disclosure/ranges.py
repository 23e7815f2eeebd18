"""How far an outsider can narrow hidden numbers down, by linear programming."""

from typing import Any

from feedback.analysis.disclosure.shown import Shown, Table

Place = tuple[int, int]  # row and column, from 1; 0 for a total over what it stands for
Range = tuple[int, int | None]  # None: no end


def places(table: Table) -> dict[Place, Shown]:
    """Every number of a table under its place."""
    found = {(0, 0): table.total}
    for at, (row, total) in enumerate(zip(table.cells, table.row_totals, strict=True), 1):
        found[at, 0] = total
        found |= {(at, to): cell for to, cell in enumerate(row, 1)}
    return found | {(0, to): total for to, total in enumerate(table.column_totals, 1)}


def ranges(table: Table) -> dict[Place, Range]:
    """The least and the most that each hidden number can be, from the shown numbers alone.

    Such a table is a network, so the ends that linear programming finds are whole people.

    Raises:
        ValueError: the shown numbers contradict one another.
    """
    import numpy as np  # late: web workers show tables and never judge them

    numbers = places(table)
    hidden = [place for place, number in numbers.items() if number.hidden]
    at = {place: column for column, place in enumerate(hidden)}
    height, width = len(table.cells), len(table.column_totals)
    sums = [((row, 0), [(row, to) for to in range(1, width + 1)]) for row in range(height + 1)]
    sums += [((0, to), [(row, to) for row in range(1, height + 1)]) for to in range(width + 1)]

    left, right = np.zeros((len(sums), len(hidden))), np.zeros(len(sums))
    for line, (whole, parts) in enumerate(sums):
        for place, sign in ((whole, -1), *((part, 1) for part in parts)):
            if place in at:
                left[line, at[place]] += sign
            else:
                right[line] -= sign * (numbers[place].count or 0)
    return {place: _range(left, right, at[place]) for place in hidden}


def _range(left: Any, right: Any, column: int) -> Range:
    import numpy as np
    from scipy.optimize import linprog

    aim = np.zeros(left.shape[1])
    aim[column] = 1
    least, most = (linprog(sign * aim, A_eq=left, b_eq=right) for sign in (1, -1))
    if least.status != 0 or most.status not in (0, 3):
        raise ValueError("the shown numbers contradict one another")
    return round(least.fun), None if most.status == 3 else round(-most.fun)
