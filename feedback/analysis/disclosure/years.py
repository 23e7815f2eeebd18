"""Years beside all the time: which groups of which years may be shown where both are known.

Why nothing small follows. A group is shown in all years or in none. What is left of a year are the
people of all other groups together: they are enough in each year, and each of the groups is
enough, or hidden, over all the time. A reader who knows only such sums must allow that any of the
people left stood in any of the years; so for each group of each year the threshold stays possible.
"""

from collections.abc import Collection, Mapping, Sequence

from feedback.analysis.disclosure.counts import hidden_parts
from feedback.analysis.disclosure.shown import HIDDEN, Distribution, Shown, as_shown

Chosen = Mapping[frozenset[str], int]  # the groups that people are in, together → people


def hide_years(
    years: Sequence[Chosen], whole: Distribution, threshold: int, *, several: bool = False
) -> list[Distribution]:
    """Each year's groups as they may leave beside all years together.

    A year with too few people is hidden whole, and another beside it. A group is shown in every
    year that is left, or in none; a group with nobody in a year counts as too small there.

    Args:
        years: people by what they chose, each year by itself; people elsewhere are in none.
        whole: what leaves of all years together.
        threshold: people.
        several: whether one person may be in several groups. Then those who are not in a group
            must be enough as well.
    """
    bases = [sum(year.values()) for year in years]
    nothing = Distribution(dict.fromkeys(whole.cells, HIDDEN), HIDDEN)
    there = [at for at, base in enumerate(bases) if base]
    if whole.base.hidden or not there:
        return [nothing] * len(years)
    hide = {there[at] for at in hidden_parts([bases[at] for at in there], threshold)}
    rows = [[years[at]] for at in there if at not in hide]
    if hide:
        rows.append([years[at] for at in hide])
    told = _told(rows, whole, threshold, several=several)
    return [
        nothing
        if at in hide or at not in there
        else Distribution(
            {code: as_shown(people_in(years[at], code), code not in told) for code in whole.cells},
            Shown(bases[at]),
        )
        for at in range(len(years))
    ]


def people_in(chosen: Chosen, code: str) -> int:
    """How many are in a group, whatever else they are in."""
    return sum(people for codes, people in chosen.items() if code in codes)


def _told(
    rows: Sequence[Sequence[Chosen]], whole: Distribution, threshold: int, *, several: bool
) -> set[str]:
    """The groups that are shown in every year. The smallest goes first where some must go."""
    bases = [sum(sum(year.values()) for year in row) for row in rows]
    cells = {
        code: [sum(people_in(year, code) for year in row) for row in rows]
        for code, cell in whole.cells.items()
        if not cell.hidden
    }
    told = [
        code
        for code, people in cells.items()
        if min(people) >= threshold
        and (
            not several
            or all(base - each >= threshold for base, each in zip(bases, people, strict=True))
        )
    ]
    told.sort(key=lambda code: min(cells[code]), reverse=True)
    while told and len(told) < len(whole.cells):
        left = [sum(_outside(year, told) for year in row) for row in rows]
        if min(left) >= threshold or (several and _covered(told, cells, bases)):
            break
        told.pop()
    return set(told)


def _outside(chosen: Chosen, told: Collection[str]) -> int:
    """How many are in none of the groups."""
    return sum(people for codes, people in chosen.items() if codes.isdisjoint(told))


def _covered(told: Sequence[str], cells: Mapping[str, Sequence[int]], bases: Sequence[int]) -> bool:
    """Whether, for all that a reader knows, everybody could be in a group that is told."""
    return all(sum(cells[code][at] for code in told) >= base for at, base in enumerate(bases))
