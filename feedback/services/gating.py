"""The gate of measures over periods: which of their counts may leave beside all others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from feedback.analysis import disclosure
from feedback.analysis.disclosure import HIDDEN, SHARE_NEEDS, Shown, Stretch
from feedback.analysis.periods import Period
from feedback.services.tallied import UNSAID, Count

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    people: Shown
    hits: Shown

    @property
    def whole(self) -> bool:
        """Nothing of it is hidden, and enough people are behind it for a share."""
        base = self.people.count
        return base is not None and base >= SHARE_NEEDS and self.hits.count is not None


NOTHING = Cell(HIDDEN, HIDDEN)


def gate(counts: Sequence[Count], shares: bool, threshold: int) -> list[Cell]:
    """The periods of a measure as they may leave; what they come to in all is known."""
    there = [at for at, each in enumerate(counts) if each.people]
    cells = [NOTHING] * len(counts)
    if not there:
        return cells
    if shares:
        table = disclosure.hide_table(
            [[int(counts[at].total), int(counts[at].people - counts[at].total)] for at in there],
            threshold,
        )
        for at, row, total in zip(there, table.cells, table.row_totals, strict=True):
            cells[at] = Cell(total, HIDDEN if row[1].hidden else row[0])
        return cells
    bases = disclosure.hide_counts({str(at): counts[at].people for at in there}, threshold)
    for at in there:
        shown = bases.cells[str(at)]
        cells[at] = Cell(shown, shown)
    return cells


def gate_beside(
    counts: Sequence[Count], others: Sequence[Sequence[Count]], shares: bool, threshold: int
) -> list[Cell]:
    """The periods of some people as they may leave, where those of everybody are known too.

    What everybody's figures less these, or less these and some of the others', leave over must
    not be a small group either.

    Args:
        others: the periods of each of the other audiences.
    """
    alone = gate(counts, shares, threshold)
    return gate_others(alone, counts, others, shares, threshold)


def gate_others(
    cells: Sequence[Cell],
    counts: Sequence[Count],
    others: Sequence[Sequence[Count]],
    shares: bool,
    threshold: int,
) -> list[Cell]:
    """What another gate lets through, less what would give the others back."""
    beside = [
        gate([own, *rest], shares, threshold)[0] for own, *rest in zip(counts, *others, strict=True)
    ]
    return [
        Cell(
            HIDDEN if there.people.hidden else here.people,
            HIDDEN if there.hits.hidden else here.hits,
        )
        for here, there in zip(cells, beside, strict=True)
    ]


def gate_sum(
    cells: Sequence[Cell], counts: Sequence[Count], known: Count, threshold: int
) -> list[Cell]:
    """The periods of a measure that may be added up where another sum of its answers is known.

    What that sum less some of the periods leaves over, or they less it, must be no small group. The
    smallest periods are hidden first, whichever of them a window asks for. All of them together are
    not added up where none is hidden: that is the known sum.

    Args:
        counts: the periods, raw.
        known: nobody where no other sum is shown.
    """
    kept = {at for at, cell in enumerate(cells) if cell.whole}
    answered = sum(1 for each in counts if each.people)
    for at in sorted(kept, key=lambda at: (counts[at].people, at)):
        rest = _less_all(known, [counts[at] for at in kept])
        left = [rest.plus(counts[at]) for at in kept] + [rest] * (len(kept) < answered)
        if not known.people or not any(_few(each, threshold) for each in left):
            break
        kept.discard(at)
    return [cell if at in kept else NOTHING for at, cell in enumerate(cells)]


def gate_groups(
    apart: Mapping[str, Sequence[Count]],
    whole: Sequence[Count],
    everybody: Sequence[Cell],
    shares: bool,
    threshold: int,
    *,
    several: bool,
) -> dict[str, list[Cell]]:
    """Each group's periods as they may leave, beside everybody's figures.

    Args:
        whole: everybody's periods, and `everybody` what of them leaves.
    """
    shown: dict[str, list[Cell]] = {code: [] for code in apart}
    for at, total in enumerate(whole):
        own = {code: counts[at] for code, counts in apart.items()}
        if not everybody[at].whole:
            cells = dict.fromkeys(own, NOTHING)
        elif several:
            cells = {
                code: gate([each, _less(total, each)], shares, threshold)[0]
                for code, each in own.items()
            }
        else:
            rest = total
            for each in own.values():
                rest = _less(rest, each)
            cells = dict(
                zip([*own, UNSAID], gate([*own.values(), rest], shares, threshold), strict=True)
            )
        for code in shown:
            shown[code].append(cells[code])
    return shown


def gate_cuts(
    cuts: Sequence[tuple[Sequence[Period], Sequence[Cell]]],
    days: Mapping[date, Count],
    shares: bool,
    threshold: int,
) -> list[Cell]:
    """The periods of the last cut, beside those of all earlier ones: a quarter less two months."""
    people = {day: (each.people,) for day, each in days.items()}
    hidden = disclosure.hidden_stretches(
        [_stretches(spans, [cell.people for cell in cells]) for spans, cells in cuts],
        people,
        threshold,
    )[-1]
    few = set[int]()
    if shares:
        sides = {
            day: (int(each.total), int(each.people - each.total)) for day, each in days.items()
        }
        few = disclosure.hidden_stretches(
            [_stretches(spans, [cell.hits for cell in cells]) for spans, cells in cuts],
            sides,
            threshold,
            across=False,
        )[-1]
    return [
        NOTHING if at in hidden else Cell(cell.people, HIDDEN if at in few else cell.hits)
        for at, cell in enumerate(cuts[-1][1])
    ]


def _stretches(spans: Sequence[Period], shown: Sequence[Shown]) -> list[Stretch]:
    return [
        Stretch(span.first, span.last + DAY, not each.hidden)
        for span, each in zip(spans, shown, strict=True)
    ]


def _few(count: Count, threshold: int) -> bool:
    """Somebody, but not the threshold on each side."""
    sides = count.total, count.people - count.total
    return any(sides) and min(map(abs, sides)) < threshold


def _less_all(known: Count, counts: Sequence[Count]) -> Count:
    """What a sum leaves over beside some counts; less than nobody where they are more."""
    return Count(
        known.people - sum(each.people for each in counts),
        known.total - sum(each.total for each in counts),
    )


def _less(one: Count, other: Count) -> Count:
    return Count(max(0, one.people - other.people), max(0, one.total - other.total))
