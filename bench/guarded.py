"""Made-up measures, released again and again, under the rules and under weaker ones."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from feedback.analysis.disclosure import Place, Published, Suppressed, suppress
from feedback.analysis.releasing import Counted, Raw, Snapshot, next_snapshot

RELEASES = 13
FEWEST, MOST = 60, 95  # answers in a period, before late paper
AREAS = {"north": 42, "south": 29, "east": 16, "hills": 8, "island": 2, "": 3}  # in a hundred
STAGES = {"early": 20, "primary": 45, "secondary": 33, "college": 2}
DIMENSIONS = {"area": AREAS, "stage": STAGES}


@dataclass
class Answer:
    """Of one person: which period it is for, and in which releases it is there."""

    period: int
    area: str
    stage: str
    hit: bool
    first: int
    gone: int = RELEASES + 1

    def there(self, release: int) -> bool:
        return self.first <= release < self.gone


def answers(seed: int) -> list[Answer]:
    """A measure's answers: one period a release, late paper now and then, some taken back."""
    chance = random.Random(seed)
    liked = chance.choice([0.35, 0.5, 0.65, 0.8])
    lean = {area: chance.uniform(-0.15, 0.15) for area in AREAS}
    found: list[Answer] = []

    def add(period: int, first: int) -> None:
        area = chance.choices(list(AREAS), list(AREAS.values()))[0]
        stage = chance.choices(list(STAGES), list(STAGES.values()))[0]
        found.append(Answer(period, area, stage, chance.random() < liked + lean[area], first))

    for period in range(1, RELEASES + 1):
        quiet = chance.random() < 0.08  # a period that few answered, filled by paper later
        for _ in range(chance.randint(5, 22) if quiet else chance.randint(FEWEST, MOST)):
            add(period, period)
        if chance.random() < 0.5:
            late = period + chance.randint(1, 3)
            for _ in range(chance.choice([1, 2, 3, 5, 8, 30, 60])):
                add(period, late)
    for release in range(2, RELEASES + 1):
        there = [answer for answer in found if answer.there(release - 1)]
        many = chance.random() < 0.08  # a batch that proved to be no answers of people
        for answer in chance.sample(there, min(len(there), 45 if many else chance.randint(0, 3))):
            answer.gone = release
    return found


def raw(found: list[Answer], release: int) -> Raw:
    """What a release counts, nothing hidden."""

    def counted(those: list[Answer]) -> Counted:
        return Counted(len(those), sum(answer.hit for answer in those))

    there = [answer for answer in found if answer.period <= release and answer.there(release)]
    periods = range(1, release + 1)
    return Raw(
        {key(at): counted([each for each in there if each.period == at]) for at in periods},
        {
            dimension: {
                group: {
                    key(at): counted(
                        [e for e in there if e.period == at and getattr(e, dimension) == group]
                    )
                    for at in periods
                }
                for group in groups
            }
            for dimension, groups in DIMENSIONS.items()
        },
    )


def key(period: int) -> str:
    """A period's first day."""
    return f"20{20 + (period - 1) // 12}-{(period - 1) % 12 + 1:02}-01"


Atom = tuple[str, str, str, bool]  # period, area, stage, hit
Told = list[Published]


def people(periods: tuple[str, ...], group: Mapping[str, str], hit: bool | None) -> frozenset[Atom]:
    """Who is counted: everybody of the periods, or those in a group or on a side."""
    areas = [group["area"]] if "area" in group else AREAS
    stages = [group["stage"]] if "stage" in group else STAGES
    sides = (True, False) if hit is None else (hit,)
    return frozenset(product(periods, areas, stages, sides))


def numbers(
    label: str, figure: Counted, periods: tuple[str, ...], group: Mapping[str, str]
) -> Iterator[Published]:
    """The three counts of a figure."""
    hits = figure.hits or 0
    yield Published(label, figure.base, people(periods, group, None))
    yield Published(f"{label}, yes", hits, people(periods, group, True))
    yield Published(f"{label}, no", figure.base - hits, people(periods, group, False))


def frozen(found: list[Answer], threshold: int) -> list[Snapshot]:
    """All releases under the rules."""
    releases: list[Snapshot] = []
    for number in range(1, RELEASES + 1):
        last = releases[-1] if releases else None
        now = next_snapshot(raw(found, number), last, number=number, threshold=threshold)
        releases.append(now)
    return releases


def told(snapshot: Snapshot) -> Told:
    """Every number of a release: figures, tables and what tables add up to."""
    found: Told = []
    for at, figure in snapshot.periods.items():
        if figure:
            found += numbers(at, figure, (at,), {})
    for dimension, table in snapshot.groups.items():
        found += numbers(f"all of {dimension}, {table.as_of}", table.total, table.periods, {})
        for group, cell in table.cells.items():
            if cell:
                name = f"{dimension} {group!r}, {table.as_of}"
                found += numbers(name, cell, table.periods, {dimension: group})
    return found


Hiding = Callable[[list[list[int]], int], Suppressed]  # of one table of groups


def nothing(table: list[list[int]], threshold: int) -> Suppressed:
    """Hide nothing at all."""
    return suppress(table, threshold, hide=())


def small_ones(table: list[list[int]], threshold: int) -> Suppressed:
    """Hide small numbers and nothing beside them."""
    return suppress(table, threshold, hide=suppress(table, threshold).primary)


@dataclass(frozen=True)
class Growing:
    """A release under weaker rules: all counted anew, each table over all periods so far."""

    number: int
    periods: Mapping[str, Counted]
    tables: Mapping[str, Mapping[Place, int]]  # dimension → what is shown
    truth: Mapping[str, list[list[int]]]


def growing(found: list[Answer], threshold: int, hiding: Hiding) -> list[Growing]:
    """All releases with nothing frozen."""
    releases = []
    for number in range(1, RELEASES + 1):
        now = raw(found, number)
        truth = {dimension: crossed(groups) for dimension, groups in now.groups.items()}
        shown = {dimension: hiding(table, threshold).shown for dimension, table in truth.items()}
        periods = {
            at: each
            for at, each in now.periods.items()
            if hiding is nothing or each.shows(threshold)
        }
        releases.append(Growing(number, periods, shown, truth))
    return releases


def crossed(groups: Mapping[str, Mapping[str, Counted]]) -> list[list[int]]:
    """Groups by yes and no, over all periods."""
    found = []
    for counts in groups.values():
        sides: Counter[int] = Counter()
        for each in counts.values():
            sides.update(dict(enumerate(each.sides)))
        found.append([sides[0], sides[1]])
    return found


def told_growing(release: Growing) -> Told:
    """Every number of a release under weaker rules."""
    found: Told = []
    for at, figure in release.periods.items():
        found += numbers(at, figure, (at,), {})
    periods = tuple(key(at) for at in range(1, release.number + 1))
    for dimension, shown in release.tables.items():
        names = list(DIMENSIONS[dimension])
        for (row, column), count in shown.items():
            group = {dimension: names[row - 1]} if row else {}
            hit = {0: None, 1: True, 2: False}[column]
            label = f"{dimension} {group.get(dimension, 'all')!r} {hit}, {release.number}"
            found.append(Published(label, count, people(periods, group, hit)))
    return found
