"""How figures of one measure are frozen for the public, so that no two of them can be subtracted.

A period's figure is shown when the threshold of people stands on each side of it. Once shown it
stays, whatever comes late or is taken back.

People enter a table of groups once. What a period's groups were when its figure was shown is
kept until enough periods wait for a table that is worth making; that depends on shown figures
alone. So the tables of a dimension have nobody in common, and each adds up to the shown figures.

Why, and what was left: `docs/decisions/0027-frozen-releases.md`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from feedback.analysis.disclosure import hidden_groups
from feedback.errors import N_

ROOM = 4  # times the threshold, in people for each group: so that most groups can be shown

RULES = N_(
    "We show a number only when at least %(threshold)s people stand on each side of it. "
    "Then it stays as it is, and each person is counted in one table only, "
    "so that nobody can be found by taking one number from another."
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The people behind a figure: those of them who count (a share), or their sum (a mean)."""

    base: int
    hits: int | None = None
    total: int | None = None

    def __post_init__(self) -> None:
        if (self.hits is None) == (self.total is None):
            raise ValueError("a figure has either hits or a total")
        if self.base < 0 or not 0 <= (self.hits or 0) <= self.base:
            raise ValueError("a figure needs 0 <= hits <= base")

    @property
    def sides(self) -> tuple[int, ...]:
        """People by where they stand; a mean has one side."""
        return (self.base,) if self.hits is None else (self.hits, self.base - self.hits)

    def shows(self, threshold: int) -> bool:
        """Whether there are enough people on each side."""
        return min(self.sides) >= threshold


@dataclass(frozen=True, slots=True)
class Raw:
    """What there is now, nothing hidden.

    `periods` has every finished period under its first day. `groups` has for each dimension (area,
    stage …) every group that could be named, empty ones too, and "" for those who did not say;
    the groups part each period's people.
    """

    periods: Mapping[str, Counted]
    groups: Mapping[str, Mapping[str, Mapping[str, Counted]]]


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The groups of one dimension over some periods; None for a group that is left out."""

    periods: tuple[str, ...]
    total: Counted
    cells: Mapping[str, Counted | None]
    as_of: int  # the release that it is from


Waiting = Mapping[str, Mapping[str, Mapping[str, Counted]]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One numbered release of a measure.

    All may be seen but `waiting`: the groups (dimension, period, group) of shown periods that are
    in no table yet, as they were when the period was shown. `public` leaves it out.
    """

    number: int
    periods: Mapping[str, Counted | None]
    groups: Mapping[str, GroupTable]
    waiting: Waiting = field(default_factory=dict, repr=False)

    def public(self) -> "Snapshot":
        """The same without what nobody may see."""
        return replace(self, waiting={})


def next_snapshot(raw: Raw, earlier: Snapshot | None, *, number: int, threshold: int) -> Snapshot:
    """The next release: what may be shown now, given all that was shown before.

    A period that is no longer counted, because its answers were deleted in time, keeps its figure.

    Raises:
        ValueError: the number does not follow, or groups do not add up to their period.
    """
    earlier = earlier or Snapshot(0, {}, {})
    if number <= earlier.number:
        raise ValueError("a release needs a higher number than the one before")
    _check_parts(raw)

    periods = dict(earlier.periods)
    fresh = [
        key for key, now in raw.periods.items() if periods.get(key) is None and now.shows(threshold)
    ]
    periods |= dict.fromkeys(raw.periods.keys() - periods.keys())
    periods |= {key: raw.periods[key] for key in fresh}

    waiting: dict[str, dict[str, Mapping[str, Counted]]]
    waiting = {dimension: dict(kept) for dimension, kept in earlier.waiting.items()}
    for dimension, groups in raw.groups.items():
        waiting.setdefault(dimension, {}).update(_of_periods(groups, fresh))
    tables = dict(earlier.groups)
    for dimension, kept in waiting.items():
        if table := _table(kept, number, threshold):
            tables[dimension] = table
            waiting[dimension] = {}
    return Snapshot(
        number,
        dict(sorted(periods.items())),
        tables,
        {dimension: kept for dimension, kept in waiting.items() if kept},
    )


def _of_periods(
    groups: Mapping[str, Mapping[str, Counted]], periods: Iterable[str]
) -> dict[str, dict[str, Counted]]:
    """Period, group and count of the given periods; a group without a count has nobody."""
    found: dict[str, dict[str, Counted]] = {}
    for period in sorted(periods):
        some = next((counts[period] for counts in groups.values() if period in counts), None)
        if some is not None:
            found[period] = {
                group: counts.get(period, _none_like(some)) for group, counts in groups.items()
            }
    return found


def _table(
    kept: Mapping[str, Mapping[str, Counted]], number: int, threshold: int
) -> GroupTable | None:
    """A table of all that waits; None while people are few or no group could be shown."""
    groups = list(dict.fromkeys(group for counts in kept.values() for group in counts))
    if not groups:
        return None
    pooled = {
        group: _sum([counts[group] for counts in kept.values() if group in counts])
        for group in groups
    }
    total = _sum(list(pooled.values()))
    if total.base < ROOM * threshold * len(groups):
        return None
    hide = hidden_groups({group: each.sides for group, each in pooled.items()}, threshold)
    if len(hide) == len(groups):
        return None
    cells = {group: None if group in hide else each for group, each in pooled.items()}
    return GroupTable(tuple(sorted(kept)), total, cells, number)


def _sum(figures: Sequence[Counted]) -> Counted:
    base = sum(each.base for each in figures)
    if figures[0].hits is None:
        return Counted(base, total=sum(each.total or 0 for each in figures))
    return Counted(base, sum(each.hits or 0 for each in figures))


def _none_like(figure: Counted) -> Counted:
    return Counted(0, total=0) if figure.hits is None else Counted(0, 0)


def _check_parts(raw: Raw) -> None:
    for dimension, groups in raw.groups.items():
        for key, whole in raw.periods.items():
            parts = [counts[key] for counts in groups.values() if key in counts]
            if parts and _sum(parts) != whole:
                raise ValueError(f"the groups of {dimension} do not add up to {key}")


def to_json(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot as plain lists, numbers and words."""
    return {
        "number": snapshot.number,
        "periods": _counts_out(snapshot.periods),
        "groups": {
            dimension: {
                "periods": list(table.periods),
                "total": _out(table.total),
                "cells": _counts_out(table.cells),
                "as_of": table.as_of,
            }
            for dimension, table in snapshot.groups.items()
        },
        "waiting": {
            dimension: {period: _counts_out(counts) for period, counts in kept.items()}
            for dimension, kept in snapshot.waiting.items()
        },
    }


def from_json(kept: Mapping[str, Any]) -> Snapshot:
    """The snapshot that `to_json` made this of."""
    return Snapshot(
        kept["number"],
        _counts_in(kept["periods"]),
        {
            dimension: GroupTable(
                tuple(table["periods"]),
                Counted(**table["total"]),
                _counts_in(table["cells"]),
                table["as_of"],
            )
            for dimension, table in kept["groups"].items()
        },
        {
            dimension: {
                period: {group: Counted(**each) for group, each in counts.items()}
                for period, counts in periods.items()
            }
            for dimension, periods in kept["waiting"].items()
        },
    )


def _out(figure: Counted) -> dict[str, int]:
    if figure.hits is None:
        return {"base": figure.base, "total": figure.total or 0}
    return {"base": figure.base, "hits": figure.hits}


def _counts_out(counts: Mapping[str, Counted | None]) -> dict[str, dict[str, int] | None]:
    return {key: None if each is None else _out(each) for key, each in counts.items()}


def _counts_in(counts: Mapping[str, Any]) -> dict[str, Counted | None]:
    return {key: None if each is None else Counted(**each) for key, each in counts.items()}
