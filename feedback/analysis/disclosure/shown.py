"""Numbers as they may leave: shown, or hidden with nothing left of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


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


def check_counts(values: Iterable[int], threshold: int) -> None:
    """Refuses what cannot be counts of people, and a threshold that hides nobody."""
    if threshold < 2:
        raise ValueError("a threshold under 2 hides nobody")
    if any(not isinstance(value, int) or value < 0 for value in values):
        raise ValueError("counts are whole numbers of 0 or more")


def as_shown(value: int, hidden: bool) -> Shown:
    """A count as it may leave."""
    return HIDDEN if hidden else Shown(value)
