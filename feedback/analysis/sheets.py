"""Who took part, question by question: what may leave of one audience, of a year, of everybody.

Audiences have nobody in common, so each is looked at by itself. What is said of everybody are sums
of what may be said of the audiences, and so it tells nothing new.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from feedback.analysis.disclosure import (
    HIDDEN,
    Chosen,
    Distribution,
    Shown,
    hide_choices,
    hide_counts,
    hide_years,
    people_in,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The groups of a question as they may leave, in parts, each with its own total.

    A group stands in one part of each audience. `several` says that one person may be in several
    groups; then a part's total are its people, however many of its groups they are in.
    """

    parts: tuple[Distribution, ...] = ()
    several: bool = False

    def cell(self, code: str) -> Shown:
        """The people of a group, added up over the parts that have it."""
        cells = [part.cells[code].count for part in self.parts if code in part.cells]
        shown = [count for count in cells if count is not None]
        return Shown(sum(shown)) if cells and len(shown) == len(cells) else HIDDEN

    def total(self, codes: Collection[str]) -> int | None:
        """How many are in some of the groups, where that follows from what is shown."""
        if not self.parts:
            return None
        sums = [_total(part, codes, several=self.several) for part in self.parts]
        known = [each for each in sums if each is not None]
        return sum(known) if len(known) == len(sums) else None

    def at_least(self, codes: Collection[str]) -> int:
        """How many are in some of the groups at the least, from what is shown."""
        found = 0
        for part in self.parts:
            known = _total(part, codes, several=self.several)
            shown = sum(cell.count or 0 for code, cell in part.cells.items() if code in codes)
            found += shown if known is None else known
        return found

    def seen(self, codes: Collection[str]) -> Distribution:
        """Some of the groups with the people of all of these; without a total nothing is shown."""
        total = self.total(codes)
        if total is None:
            return Distribution(dict.fromkeys(codes, HIDDEN), HIDDEN)
        return Distribution({code: self.cell(code) for code in codes}, Shown(total))


def _total(part: Distribution, codes: Collection[str], *, several: bool) -> int | None:
    inside = [cell.count for code, cell in part.cells.items() if code in codes]
    outside = [cell.count for code, cell in part.cells.items() if code not in codes]
    if not inside:
        return 0
    if several or not outside or part.base.count is None:
        return part.base.count
    if None not in inside:
        return sum(count or 0 for count in inside)
    if None not in outside:
        return part.base.count - sum(count or 0 for count in outside)
    return None


@dataclass(frozen=True, slots=True)
class Sheets:
    """One audience and one question: all the time, and each year beside it."""

    whole: Sheet
    years: tuple[Sheet, ...]


def sheets_of(
    years: Sequence[Chosen],
    listed: Collection[str],
    threshold: int,
    *,
    others: Collection[str] = (),
    apart: Collection[str] = (),
    several: bool = False,
) -> Sheets:
    """What may leave of one audience's answers to a question.

    Args:
        years: people by what they chose, each year by itself.
        listed: the groups that pages of this audience speak of; their total is shown there.
        threshold: people; a smaller group is hidden.
        others: all other groups. Years say nothing of them.
        apart: groups whose total is said besides. Where they and the rest are enough, they are
            hidden among themselves and the rest among itself, so that the total gives no small
            group back; a year says it where this is so in every year.
        several: whether one person may be in several groups.
    """
    whole = _together(years)
    if several:
        codes = dict.fromkeys([*listed, *others])
        counts = {code: people_in(whole, code) for code in codes}
        seen = hide_choices(counts, sum(whole.values()), threshold)
        of_years = hide_years(years, seen, threshold, several=True)
        return Sheets(Sheet((seen,), True), tuple(Sheet((each,), True) for each in of_years))

    parts = _parts(listed, apart)
    if any(_people(whole, part) < threshold for part in parts):
        parts = [list(listed)]
    cut: list[list[Distribution]]
    told = [_hidden(whole, part, threshold) for part in parts]
    beside = [_hidden(whole, others, threshold)] if others else []
    if len(parts) > 1 and any(_some_small(year, parts, threshold) for year in years):
        cut = [hide_years([_only(year, listed) for year in years], _joined(told), threshold)]
    else:
        cut = [
            hide_years([_only(year, part) for year in years], seen, threshold)
            for part, seen in zip(parts, told, strict=True)
        ]
    return Sheets(Sheet((*told, *beside)), tuple(map(Sheet, zip(*cut, strict=True))))


def added(sheets: Iterable[Sheet]) -> Sheet:
    """Several audiences as one. Parts of an audience without a shown total are left out of it.

    A group is shown where each of the audiences that could choose it shows it.
    """
    found = list(sheets)
    parts = [part for each in found for part in each.parts if not part.base.hidden]
    return Sheet(tuple(parts), any(each.several for each in found))


def _together(years: Iterable[Chosen]) -> Chosen:
    whole: Counter[frozenset[str]] = Counter()
    for year in years:
        whole.update(year)
    return whole


def _parts(listed: Collection[str], apart: Collection[str]) -> list[list[str]]:
    within = [code for code in listed if code in apart]
    return [within, [code for code in listed if code not in apart]] if within else [list(listed)]


def _some_small(year: Chosen, parts: Iterable[Collection[str]], threshold: int) -> bool:
    """Whether a year in which anybody answered has too few people in a part."""
    people = [_people(year, part) for part in parts]
    return any(people) and min(people) < threshold


def _only(chosen: Chosen, codes: Collection[str]) -> Chosen:
    wanted = frozenset(codes)
    return {each: people for each, people in chosen.items() if each <= wanted}


def _people(chosen: Chosen, codes: Collection[str]) -> int:
    return sum(_only(chosen, codes).values())


def _hidden(chosen: Chosen, codes: Iterable[str], threshold: int) -> Distribution:
    return hide_counts({code: people_in(chosen, code) for code in codes}, threshold)


def _joined(parts: Iterable[Distribution]) -> Distribution:
    found = list(parts)
    cells: Mapping[str, Shown] = {code: cell for part in found for code, cell in part.cells.items()}
    return Distribution(cells, Shown(sum(part.base.count or 0 for part in found)))
