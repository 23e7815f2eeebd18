"""Can an outsider who holds every released number find a small group? With the rules, and without.

Single tables are tried first, then thirteen releases of made-up measures. Beside the rules stand
weaker ones, to show that this outsider finds what there is to be found.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product

from bench.ground import Ground
from bench.guarded import (
    AREAS,
    DIMENSIONS,
    STAGES,
    Growing,
    Hiding,
    Told,
    answers,
    frozen,
    growing,
    nothing,
    small_ones,
    told,
    told_growing,
)
from bench.outsider import Outsider, narrowed, of_table, pinned, place_terms
from bench.report import Outcome, Table, none_of
from feedback.analysis.disclosure import Finding, Suppressed, differencing, suppress
from feedback.analysis.releasing import GroupTable, Snapshot

THRESHOLD = 10  # people, in public
Counts = list[list[int]]

# Worked out elsewhere; each small number follows at once where nothing is hidden beside it.
WORKED: dict[str, tuple[int, Counts]] = {
    "one small cell": (5, [[12, 3, 20], [18, 9, 22], [15, 11, 30]]),
    "no small cell": (5, [[12, 8], [9, 20]]),
    "two by two": (5, [[3, 20], [15, 30]]),
    "two small cells in a column": (10, [[24, 7, 31], [18, 4, 25], [40, 15, 30]]),
}


def run(ground: Ground) -> Outcome:
    """Tables made at random and worked by hand, then releases."""
    outcome = Outcome()
    _single_tables(ground, outcome)
    _releases(ground, outcome)
    return outcome


# One table


def random_table(seed: int) -> tuple[int, Counts]:
    """A threshold and a table of up to six by six, many with zeros and small numbers."""
    chance = random.Random(seed)
    height, width = chance.randint(2, 6), chance.randint(2, 6)
    most, empty = chance.choice([8, 15, 40, 90]), chance.choice([0, 0.1, 0.4])
    return chance.choice([5, 10]), [
        [0 if chance.random() < empty else chance.randint(0, most) for _ in range(width)]
        for _ in range(height)
    ]


def betrayed(hidden: Suppressed) -> int:
    """How many small numbers of a table are narrowed too far, by the stricter measure."""
    height, width = len(hidden.table.cells), len(hidden.table.column_totals)
    if (0, 0) in hidden.primary:
        return 0  # nothing is shown
    outsider, found = of_table(hidden.shown, height, width), 0
    for row, column in hidden.primary:
        ends = outsider.range_of(place_terms(row, column, height, width))
        found += ends is None or narrowed(ends, hidden.threshold)
    return found


def _single_tables(ground: Ground, outcome: Outcome) -> None:
    kinds: dict[str, list[tuple[int, Counts]]] = {
        "at random": [random_table(seed) for seed in range(ground.pick(500, 100))],
        "worked": list(WORKED.values()),
    }
    rows: list[tuple[object, ...]] = []
    for kind, tables in kinds.items():
        for way, hiding in (("only small ones hidden", small_ones), ("suppress", suppress)):
            told_of = [hiding(table, threshold) for threshold, table in tables]
            leaks = [betrayed(each) for each in told_of]
            small = sum(len(each.primary) for each in told_of)
            beside = sum(len(each.secondary) for each in told_of)
            rows.append((f"{kind}, {way}", len(tables), small, beside, sum(leaks)))
            if hiding is suppress:
                outcome.verdicts.append(none_of(f"small numbers given away, {kind}", sum(leaks)))
    heads = ("tables", "how many", "small numbers", "hidden beside", "given away")
    notes = ["Given away: it could not be 1 or fewer, or not the threshold or more."]
    outcome.tables.append(Table("One table and its totals", heads, rows, notes))


# Thirteen releases


def subtracted(releases: Sequence[Told]) -> Counter[str]:
    """Small groups that follow from released numbers, by how."""
    return Counter(_kind(finding) for finding in differencing(releases, THRESHOLD))


def _kind(finding: Finding) -> str:
    if not finding.people:
        return "not all checked"
    return ("shown", "from two numbers", "from several")[min(len(finding.parts), 2)]


def outsider_of(releases: Sequence[Snapshot]) -> Outsider:
    """Everything that frozen releases tell, of people by period, area, stage and side."""
    outsider = Outsider()
    for period, figure in releases[-1].periods.items():
        for side, people in enumerate(figure.sides if figure else ()):
            outsider.knows(_terms((period,), side), people)
    for dimension, table in tables_of(releases):
        for group, cell in table.cells.items():
            for side, people in enumerate(cell.sides if cell else ()):
                outsider.knows(_terms(table.periods, side, **{dimension: group}), people)
    return outsider


def tables_of(releases: Sequence[Snapshot]) -> Iterator[tuple[str, GroupTable]]:
    """Every table once."""
    for release in releases:
        for dimension, table in release.groups.items():
            if table.as_of == release.number:
                yield dimension, table


def _terms(
    periods: Sequence[str], side: int | None, area: str | None = None, stage: str | None = None
) -> dict[object, float]:
    areas = list(AREAS) if area is None else [area]
    stages = list(STAGES) if stage is None else [stage]
    sides = (0, 1) if side is None else (side,)
    return dict.fromkeys(product(periods, areas, stages, sides), 1.0)


def given_away(releases: Sequence[Snapshot]) -> tuple[int, int, int]:
    """Hidden counts looked at, those narrowed too far, and those pinned, in frozen releases."""
    outsider, looked, narrow, pins = outsider_of(releases), 0, 0, 0
    for dimension, table in tables_of(releases):
        for group, cell in table.cells.items():
            for side in (0, 1, None) if cell is None else ():
                ends = outsider.range_of(_terms(table.periods, side, **{dimension: group}))
                looked, narrow = looked + 1, narrow + (ends is None or narrowed(ends, THRESHOLD))
            for period, side in product(table.periods, (0, 1)):
                ends = outsider.range_of(_terms((period,), side, **{dimension: group}))
                looked, pins = looked + 1, pins + (ends is None or pinned(ends, THRESHOLD))
    return looked, narrow, pins


def given_away_growing(releases: Sequence[Growing]) -> tuple[int, int]:
    """Small counts looked at and those pinned, where tables grow: of each table and the next.

    The outsider takes it that nobody was taken back in between; where the numbers contradict
    that, nothing is counted as found.
    """
    looked, pins = 0, 0
    for before, after in pairwise(releases):
        for dimension in DIMENSIONS:
            height, outsider = len(DIMENSIONS[dimension]), Outsider()
            for (row, column), people in before.tables[dimension].items():
                outsider.knows(place_terms(row, column, height, 2), people)
            for (row, column), people in after.tables[dimension].items():
                cells = place_terms(row, column, height, 2)
                outsider.knows(cells | {("new", cell): 1.0 for cell in cells}, people)
            for row, column in product(range(height), (0, 1)):
                was, now = (each.truth[dimension][row][column] for each in (before, after))
                place = (row + 1, column + 1)
                for terms, true in (({place: 1.0}, was), ({("new", place): 1.0}, now - was)):
                    if not 0 < true < THRESHOLD:
                        continue
                    looked += 1
                    ends = outsider.range_of(terms)
                    if (
                        ends
                        and pinned(ends, THRESHOLD)
                        and ends[0] - 1e-6 <= true <= ends[1] + 1e-6
                    ):
                        pins += 1
    return looked, pins


def _releases(ground: Ground, outcome: Outcome) -> None:
    seeds = range(ground.pick(10, 3))
    measures = [answers(seed) for seed in seeds]
    rows: list[tuple[object, ...]] = []
    weaker: tuple[tuple[str, Hiding], ...] = (
        ("nothing hidden", nothing),
        ("only small ones hidden", small_ones),
        ("each table hidden well", suppress),
    )
    for way, hiding in weaker:
        grown = [growing(found, THRESHOLD, hiding) for found in measures]
        kinds = _total(
            subtracted, [[told_growing(each) for each in releases] for releases in grown]
        )
        ends = [given_away_growing(releases) for releases in grown]
        looked, pins = (sum(each) for each in zip(*ends, strict=True))
        rows.append((f"{way}, nothing frozen", *_counts(kinds), looked, pins))
    ours = [frozen(found, THRESHOLD) for found in measures]
    kinds = _total(subtracted, [[told(each) for each in releases] for releases in ours])
    narrow_ends = [given_away(releases) for releases in ours]
    looked, narrow, pins = (sum(each) for each in zip(*narrow_ends, strict=True))
    rows.append(("the rules", *_counts(kinds), looked, narrow + pins))
    heads = ("rules", *KINDS, "counts looked at", "pinned")
    ways = [
        "The first columns count ways to a group of under ten, not groups.",
        "Pinned: it must be 2 or more and under ten. Under the rules, also what could not be 1 or",
        "fewer, or not ten or more, of groups left out.",
    ]
    outcome.tables += [
        Table(f"Thirteen releases of {len(seeds)} measures: small groups found", heads, rows, ways),
        _told_table(ours),
    ]
    outcome.verdicts += [
        none_of("small groups by subtraction", kinds.total()),
        none_of("hidden counts narrowed or pinned", narrow + pins),
    ]


KINDS = ("shown", "from two numbers", "from several", "not all checked")


def _counts(kinds: Counter[str]) -> tuple[int, ...]:
    return tuple(kinds[kind] for kind in KINDS)


def _total(
    count: Callable[[Sequence[Told]], Counter[str]], measures: Sequence[Sequence[Told]]
) -> Counter[str]:
    found: Counter[str] = Counter()
    for releases in measures:
        found += count(releases)
    return found


def _told_table(measures: Sequence[Sequence[Snapshot]]) -> Table:
    """What readers still get under the rules."""
    rows: list[tuple[object, ...]] = []
    periods = [figure for releases in measures for figure in releases[-1].periods.values()]
    rows.append(("periods", len(periods), sum(each is not None for each in periods)))
    for dimension in DIMENSIONS:
        tables = [
            t for releases in measures for name, t in tables_of(releases) if name == dimension
        ]
        cells = [cell for table in tables for cell in table.cells.values()]
        shown = sum(cell is not None for cell in cells)
        rows.append((f"groups of {dimension}, in {len(tables)} tables", len(cells), shown))
    return Table("What is shown under the rules", ("", "in all", "shown"), rows)
