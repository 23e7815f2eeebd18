"""What a reader of a table's shown numbers cannot rule out, and hiding more until it is enough."""

import heapq
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass


class Network:
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

    def way_out(self, net: Network, hide: Collection[int]) -> set[int]:
        """Edges of the cheapest way that hides more: cells before totals, few before many.

        With every edge hidden but the grand total, all people can be moved anywhere; so there is
        a way whenever the grand total reaches the threshold.
        """
        return self._cheapest(net, hide, self.wanted) or self._cheapest(net, hide, 1)

    def _cheapest(self, net: Network, hide: Collection[int], room: int) -> set[int]:
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
