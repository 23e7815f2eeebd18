"""The one gate through which every count leaves: small groups are hidden, and stay hidden.

What a reader is taken to know: every shown number, every total that is shown, the threshold, and
that a count of 0 to threshold - 1 is always hidden. From all that, a small count must remain
possibly 1 or fewer and possibly the threshold or more; so further cells are hidden beside it.
Nothing here tells the two kinds of hidden cell apart, for whoever could tell them apart could
narrow the ranges. The words for a hidden cell are chosen where it is shown, the same for all.

Source:
    Hundepool et al. (2012), Statistical Disclosure Control, chapter 4 (primary and secondary
    suppression, the range an outsider can compute); Castro (2007), Comput. Oper. Res. 34:1668-1681
    (shortest paths for two-way tables).
"""

import heapq
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

SHARE_NEEDS = 10  # answers; under this a per cent says more than is known
LOW_BASE = 30  # answers; under this a per cent moves by more than 3 points with one person


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as it may leave: a number, or hidden; a hidden one carries no number at all."""

    count: int | None

    @property
    def hidden(self) -> bool:
        return self.count is None

    def said(self, when_hidden: str) -> str:
        """The digits, or the given words; use the same words for every hidden cell."""
        return when_hidden if self.count is None else str(self.count)


HIDDEN = Shown(None)


@dataclass(frozen=True, slots=True)
class Distribution:
    """The counts of one question as they may leave, in the order they came, and their base."""

    cells: Mapping[str, Shown]
    base: Shown

    @property
    def any_hidden(self) -> bool:
        return any(cell.hidden for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Table:
    """A two-way table as it may leave: rows of cells, and the totals beside and below them."""

    cells: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown

    @property
    def any_hidden(self) -> bool:
        parts = (*self.cells, self.row_totals, self.column_totals)
        return any(cell.hidden for part in parts for cell in part)


@dataclass(frozen=True, slots=True)
class Share:
    """A shown count as a whole per cent of its base."""

    per_cent: int
    low_base: bool


def hide_counts(
    counts: Mapping[str, int], threshold: int, *, total_known: bool = True
) -> Distribution:
    """The counts of a question where each person chose exactly one option.

    The smallest further cell goes with a lonely small one. Where somebody who replays this method
    on every possible answer could then say that a hidden count is small, the largest goes too:
    at most two further cells. So the largest shown count need not be the largest of all. With a
    base under the threshold everything is hidden, the base too.

    Args:
        counts: people per option, every offered option with its zero; they add up to the base.
        threshold: people; a count under it is hidden, zero like the rest.
        total_known: whether a reader knows the base from anywhere. Say no only when it is shown
            nowhere: then the small cells alone are hidden, and the base with them.

    Returns:
        The cells under the names they came with, and the base.

    Raises:
        ValueError: a count is not a whole number of 0 or more, or the threshold is under 2.
    """
    values = list(counts.values())
    _check(values, threshold)
    base = sum(values)
    if not total_known:
        hide: Collection[int] = {at for at, value in enumerate(values) if value < threshold}
    elif base < threshold:
        hide = range(len(values))
    else:
        hide = _hidden_parts(values, threshold)
    return Distribution(
        {name: _shown(value, at in hide) for at, (name, value) in enumerate(counts.items())},
        _shown(base, base < threshold or not total_known),
    )


def hide_choices(counts: Mapping[str, int], base: int, threshold: int) -> Distribution:
    """The counts of a question where each person may choose several options.

    An option is hidden when those who chose it, or those who did not, are fewer than the
    threshold. As everybody in the base chose something, the shown options can betray how many at
    the least chose the only hidden one: then the smallest shown option is hidden too.

    Args:
        counts: people per option; each between 0 and the base.
        base: people who chose at least one option.
        threshold: people.

    Raises:
        ValueError: a count is not a whole number from 0 to the base, or the threshold is under 2.
    """
    _check([*counts.values(), base], threshold)
    if any(count > base for count in counts.values()):
        raise ValueError("an option cannot be chosen by more people than the base")
    if base < threshold:
        return Distribution(dict.fromkeys(counts, HIDDEN), HIDDEN)

    hide = {name for name, count in counts.items() if min(count, base - count) < threshold}
    shown = [name for name in counts if name not in hide]
    if len(hide) == 1 and shown and base - sum(counts[name] for name in shown) > 1:
        hide.add(min(shown, key=lambda name: counts[name]))
    return Distribution(
        {name: _shown(count, name in hide) for name, count in counts.items()}, Shown(base)
    )


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
    if not counts or not counts[0] or any(len(row) != len(counts[0]) for row in counts):
        raise ValueError("a table needs rows of one length")
    _check([value for row in counts for value in row], threshold)
    rows = [sum(row) for row in counts]
    columns = [sum(column) for column in zip(*counts, strict=True)]
    total, width = sum(rows), len(columns)
    if total < threshold:
        nothing = (HIDDEN,) * width
        return Table((nothing,) * len(rows), (HIDDEN,) * len(rows), nothing, HIDDEN)

    net = _Net(counts, rows, columns)
    needed = {net.row_edge(at) for at in _hidden_parts(rows, threshold)}
    needed |= {net.column_edge(at) for at in _hidden_parts(columns, threshold)}
    hide = net.protect(needed, threshold)
    shown = [_shown(value, edge in hide) for edge, value in enumerate(net.values)]
    return Table(
        tuple(tuple(shown[at * width : (at + 1) * width]) for at in range(len(rows))),
        tuple(shown[net.row_edge(at)] for at in range(len(rows))),
        tuple(shown[net.column_edge(at)] for at in range(width)),
        Shown(total),
    )


def hide_summary(n: int, threshold: int, *, beside: Distribution | None = None) -> bool:
    """Whether a mean, median, theme share or quote of n people must stay hidden.

    Args:
        n: people summed up.
        threshold: people.
        beside: the counts shown with it, which it sums up. Where any of them is hidden a summary
            stays hidden too: from the sum and the mean of two hidden counts both can be solved.

    Raises:
        ValueError: n is not a whole number of 0 or more, or the threshold is under 2.
    """
    _check([n], threshold)
    return n < threshold or (beside is not None and beside.any_hidden)


def share(count: Shown, base: Shown) -> Share | None:
    """A shown count as a whole per cent (0 to 100, halves up) of a shown base of 10 or more.

    None where there is none to give. Only shown counts have a share, so that shares never give
    back what the counts hide; do not print "the rest" as a per cent either.

    Raises:
        ValueError: the count is larger than its base.
    """
    if count.count is None or base.count is None or base.count < SHARE_NEEDS:
        return None
    if count.count > base.count:
        raise ValueError("a share needs count <= base")
    whole = (200 * count.count + base.count) // (2 * base.count)
    return Share(whole, low_base=base.count < LOW_BASE)


def _check(values: Iterable[int], threshold: int) -> None:
    if threshold < 2:
        raise ValueError("a threshold under 2 hides nobody")
    if any(not isinstance(value, int) or value < 0 for value in values):
        raise ValueError("counts are whole numbers of 0 or more")


def _shown(value: int, hidden: bool) -> Shown:
    return HIDDEN if hidden else Shown(value)


def _hidden_parts(values: Sequence[int], threshold: int) -> set[int]:
    """Places to hide among parts of a known total of at least the threshold."""
    order = sorted(range(len(values)), key=lambda at: (values[at], at))
    small = sum(value < threshold for value in values)
    if not small:
        return set()
    # Hidden parts are known as a sum: each could be anything from nothing to all of it.
    least = small
    if least < 2 or sum(values[at] for at in order[:least]) < threshold:
        least += 1
    hide = set(order[:least])
    if least < len(values):
        together, following = sum(values[at] for at in hide), values[order[least]]
        # Whoever replays this knows that no hidden part exceeds the smallest shown one. That says
        # nothing while the hidden sum stays under it, or a little over when many share the sum.
        slack = threshold - 2 if least > 2 else 0
        quiet = together < following or (threshold < following and together <= following + slack)
        if not quiet:
            hide.add(order[-1])
    return hide


class _Net:
    """A table with its totals as a network in which only what balances everywhere can move.

    Each row and column is a node, and so are the two sums of totals. Each number is an edge:
    cell, from row to column; row total, into its row; column total, out of its column. The numbers
    a reader cannot rule out are those reached by moving people round along hidden edges, never
    below zero; so the range of a hidden number is a largest flow, exact and in whole people.
    """

    def __init__(
        self, counts: Sequence[Sequence[int]], rows: Sequence[int], columns: Sequence[int]
    ) -> None:
        self.cells = len(rows) * len(columns)
        self.height = len(rows)
        first_column, row_sum = len(rows), len(rows) + len(columns)
        self.values = [value for row in counts for value in row] + [*rows, *columns]
        self.ends = [
            (at, first_column + to) for at in range(len(rows)) for to in range(len(columns))
        ]
        self.ends += [(row_sum, at) for at in range(len(rows))]
        self.ends += [(first_column + at, row_sum + 1) for at in range(len(columns))]
        self.at: list[list[tuple[int, int, bool]]] = [[] for _ in range(row_sum + 2)]
        for edge, (tail, head) in enumerate(self.ends):
            self.at[tail].append((edge, head, True))  # along an edge: its number grows
            self.at[head].append((edge, tail, False))  # against it: its number shrinks

    def row_edge(self, row: int) -> int:
        return self.cells + row

    def column_edge(self, column: int) -> int:
        return self.cells + self.height + column

    def protect(self, needed: Collection[int], threshold: int) -> set[int]:
        """Edges to hide so that every small number keeps a wide range, `needed` among them."""
        small = [edge for edge, value in enumerate(self.values) if value < threshold]
        hide = {*needed, *small}
        # What each small number must be able to do: reach the threshold, come down to 1.
        moves = [(edge, True, threshold - self.values[edge]) for edge in small]
        moves += [(edge, False, self.values[edge] - 1) for edge in small if self.values[edge] > 1]
        moves.sort(key=lambda move: (-move[2], move))

        proofs: dict[tuple[int, bool, int], set[int]] = {}
        for move in moves:
            proof = self._moved(move, hide)
            while isinstance(proof, _Stuck):
                hide |= proof.way_out(self, hide)
                proof = self._moved(move, hide)
            proofs[move] = proof

        spare = hide.difference(needed, small)
        for edge in sorted(spare, key=lambda edge: (edge < self.cells, -self.values[edge], edge)):
            without = hide - {edge}
            again: dict[tuple[int, bool, int], set[int]] = {}
            for move in (move for move in moves if edge in proofs[move]):
                proof = self._moved(move, without)
                if isinstance(proof, _Stuck):
                    break
                again[move] = proof
            else:
                hide = without
                proofs |= again
        return hide

    def _moved(self, move: tuple[int, bool, int], hide: Collection[int]) -> "set[int] | _Stuck":
        """The edges that let a number move as far as wanted, or where it got stuck."""
        edge, up, wanted = move
        tail, head = self.ends[edge]
        start, goal = (head, tail) if up else (tail, head)
        values, used = list(self.values), set[int]()
        while wanted > 0:
            way = self._way(start, goal, edge, values, hide)
            if not way:
                return _Stuck(start, goal, edge, wanted, values)
            step = min([wanted, *(values[through] for through, along in way if not along)])
            for through, along in way:
                values[through] += step if along else -step
                used.add(through)
            wanted -= step
        return used

    def _way(
        self, start: int, goal: int, but: int, values: Sequence[int], hide: Collection[int]
    ) -> list[tuple[int, bool]]:
        """A shortest way along hidden edges that can still move; empty where there is none."""
        came: dict[int, tuple[int, int, bool]] = {start: (start, -1, True)}
        queue = deque([start])
        while queue:
            node = queue.popleft()
            for edge, to, along in self.at[node]:
                if to in came or edge == but or edge not in hide or not (along or values[edge]):
                    continue
                came[to] = node, edge, along
                if to == goal:
                    return list(_back(came, start, goal))
                queue.append(to)
        return []


@dataclass(frozen=True, slots=True)
class _Stuck:
    """A number that cannot move as far as wanted while only the hidden edges move."""

    start: int
    goal: int
    edge: int
    wanted: int
    values: Sequence[int]

    def way_out(self, net: _Net, hide: Collection[int]) -> set[int]:
        """Edges of the cheapest way that hides more: cells before totals, few before many.

        With every edge hidden but the grand total, all people can be moved anywhere; so there is
        a way whenever the grand total reaches the threshold.
        """
        return self._cheapest(net, hide, self.wanted) or self._cheapest(net, hide, 1)

    def _cheapest(self, net: _Net, hide: Collection[int], room: int) -> set[int]:
        came: dict[int, tuple[int, int, bool]] = {}
        queue: list[tuple[tuple[int, int, int], int, tuple[int, int, bool]]] = [
            ((0, 0, 0), self.start, (self.start, -1, True))
        ]
        while queue:
            (totals, cells, people), node, arrival = heapq.heappop(queue)
            if node in came:
                continue
            came[node] = arrival
            if node == self.goal:
                return {edge for edge, _ in _back(came, self.start, node)}
            for edge, to, along in net.at[node]:
                if to in came or edge == self.edge or not (along or self.values[edge] >= room):
                    continue
                cost = (totals, cells, people)
                if edge not in hide:
                    a_cell = edge < net.cells
                    cost = (totals + (not a_cell), cells + a_cell, people + net.values[edge])
                heapq.heappush(queue, (cost, to, (node, edge, along)))
        return set()


def _back(
    came: Mapping[int, tuple[int, int, bool]], start: int, goal: int
) -> Iterator[tuple[int, bool]]:
    """The steps that led to the goal, last first."""
    node = goal
    while node != start:
        node, edge, along = came[node]
        yield edge, along
