"""Tables and verdicts as text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

MB = 1_000_000  # bytes
KB = 1_000  # bytes


@dataclass(frozen=True)
class Table:
    """Rows under headings, with a line above that says what they are."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    notes: Sequence[str] = ()

    def __str__(self) -> str:
        cells = [[_cell(value) for value in row] for row in (self.headings, *self.rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = [_line(row, widths) for row in cells]
        ruled = [lines[0], "-" * len(lines[0]), *lines[1:]]
        return "\n".join([self.title, *(f"  {line}".rstrip() for line in (*ruled, *self.notes))])


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(row, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)])


@dataclass(frozen=True)
class Verdict:
    """One figure against its target; `met` is None where it could not be measured."""

    figure: str
    measured: str
    target: str
    met: bool | None

    @property
    def word(self) -> str:
        """The verdict in words."""
        return {True: "met", False: "NOT MET", None: "NOT MEASURED"}[self.met]


def at_most(figure: str, measured: float, most: float, unit: str = "") -> Verdict:
    """A verdict on a figure that should be small."""
    return Verdict(figure, f"{measured:.3g}{unit}", f"≤ {most:g}{unit}", measured <= most)


def at_least(figure: str, measured: float, least: float, unit: str = "") -> Verdict:
    """A verdict on a figure that should be large."""
    return Verdict(figure, f"{measured:.3g}{unit}", f"≥ {least:g}{unit}", measured >= least)


def none_of(figure: str, found: int) -> Verdict:
    """A verdict on something that should never happen."""
    return Verdict(figure, f"{found:,}", "0", found == 0)


def not_measured(figure: str, why: str, target: str = "") -> Verdict:
    """A figure that this machine cannot give; said loudly."""
    return Verdict(figure, why, target, None)


@dataclass
class Outcome:
    """What one benchmark found."""

    tables: list[Table] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


def spread(values: Sequence[float]) -> str:
    """The middle of repeated measurements, with the least and the most of them."""
    return f"{median(values):.3g} ({min(values):.3g}–{max(values):.3g})"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed; nan for no values."""
    if not values:
        return float("nan")
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
