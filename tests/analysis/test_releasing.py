"""Figures frozen for the public, release after release, and an outsider who keeps all of them."""

import json
import random
from collections.abc import Collection

import pytest

from bench import attacker, guarded
from feedback.analysis.disclosure import Published, differencing
from feedback.analysis.releasing import (
    ROOM,
    RULES,
    Counted,
    Raw,
    Snapshot,
    from_json,
    next_snapshot,
    to_json,
)

THRESHOLD = 10
MAY, JUNE, JULY = "2026-05-01", "2026-06-01", "2026-07-01"


def figures(**periods: tuple[int, int]) -> Raw:
    """May, June … as (people, hits), with no groups."""
    days = {"may": MAY, "june": JUNE, "july": JULY}
    return Raw({days[name]: Counted(*counts) for name, counts in periods.items()}, {})


def of_areas(**periods: dict[str, tuple[int, int]]) -> Raw:
    """Periods parted in areas, each as (people, hits)."""
    days = {"may": MAY, "june": JUNE, "july": JULY}
    names = list(dict.fromkeys(name for areas in periods.values() for name in areas))
    return Raw(
        {
            days[name]: Counted(*(sum(each) for each in zip(*areas.values(), strict=True)))
            for name, areas in periods.items()
        },
        {
            "area": {
                area: {days[p]: Counted(*areas[area]) for p, areas in periods.items()}
                for area in names
            }
        },
    )


def release(*raws: Raw) -> list[Snapshot]:
    snapshots: list[Snapshot] = []
    for number, raw in enumerate(raws, 1):
        earlier = snapshots[-1] if snapshots else None
        snapshots.append(next_snapshot(raw, earlier, number=number, threshold=THRESHOLD))
    return snapshots


# Periods


@pytest.mark.parametrize(
    ("people", "hits", "shown"),
    [(20, 10, True), (60, 9, False), (60, 51, False), (19, 10, False), (0, 0, False)],
)
def test_a_figure_is_shown_when_enough_people_stand_on_each_side(people, hits, shown):
    (only,) = release(figures(may=(people, hits)))

    assert only.periods == {MAY: Counted(people, hits) if shown else None}


def test_a_mean_is_shown_of_enough_people():
    raw = Raw({MAY: Counted(10, total=37), JUNE: Counted(9, total=30)}, {})

    assert release(raw)[0].periods == {MAY: Counted(10, total=37), JUNE: None}


@pytest.mark.parametrize("later", [(61, 31), (59, 30), (90, 45), (20, 10), (0, 0)])
def test_a_shown_figure_stays_whatever_comes_late_or_is_taken_back(later):
    _, last = release(figures(may=(60, 30)), figures(may=later))

    assert last.periods[MAY] == Counted(60, 30)


def test_a_figure_outlives_the_answers_that_it_counted():
    _, last = release(figures(may=(60, 30)), figures(june=(40, 20)))

    assert last.periods == {MAY: Counted(60, 30), JUNE: Counted(40, 20)}


def test_a_hidden_period_is_shown_once_late_paper_fills_it():
    first, second, third = release(
        figures(may=(15, 9)), figures(may=(24, 13)), figures(may=(25, 14))
    )

    assert first.periods[MAY] is None
    assert second.periods[MAY] == third.periods[MAY] == Counted(24, 13)


# Tables of groups

EVEN = {"north": (45, 25), "south": (45, 20), "": (30, 15)}  # people enough for a table


def test_a_table_waits_until_there_are_people_enough():
    less = {**EVEN, "": (29, 15)}
    assert sum(people for people, _ in EVEN.values()) == ROOM * THRESHOLD * len(EVEN)
    first, second = release(of_areas(may=less), of_areas(may=less, june=EVEN))

    assert first.groups == {}
    table = second.groups["area"]
    assert (table.periods, table.as_of) == ((MAY, JUNE), 2)
    assert table.cells["north"] == Counted(90, 50)
    assert table.total == Counted(239, 120)


def test_nobody_is_counted_in_two_tables_of_a_dimension():
    first, second, third = release(
        of_areas(may=EVEN),
        of_areas(may={**EVEN, "north": (80, 40)}),
        of_areas(may=EVEN, june=EVEN),
    )

    assert first.groups == second.groups
    assert first.groups["area"].periods == (MAY,)
    assert third.groups["area"].periods == (JUNE,)


def test_a_table_adds_up_to_the_shown_figures_though_answers_came_late_or_went():
    some = {"north": (30, 15), "south": (31, 16), "": (20, 10)}
    later = {"north": (33, 15), "south": (30, 16), "": (20, 10)}
    _, last = release(of_areas(may=some), of_areas(may=later, june=some))
    table = last.groups["area"]

    assert table.periods == (MAY, JUNE)
    assert table.total.base == sum(last.periods[key].base for key in table.periods)
    assert table.cells["north"] == Counted(60, 30)


def test_a_small_group_is_left_out_with_another():
    areas = {"north": (60, 30), "south": (65, 40), "island": (6, 3), "": (40, 20)}
    (only,) = release(of_areas(may=areas))
    cells = only.groups["area"].cells

    assert [name for name, cell in cells.items() if cell is None] == ["island", ""]


def test_people_go_on_waiting_where_no_group_could_be_shown():
    lopsided = {"north": (60, 54), "south": (60, 55)}
    first, second = release(of_areas(may=lopsided), of_areas(may=lopsided, june=lopsided))

    assert first.groups == {}
    assert second.groups["area"].periods == (MAY, JUNE)
    assert second.groups["area"].cells["north"] == Counted(120, 108)


def test_a_hidden_period_is_in_no_table():
    hidden = {"north": (9, 5), "south": (2, 1), "": (0, 0)}
    _, last = release(of_areas(may=hidden), of_areas(may=hidden, june=EVEN))

    assert last.groups["area"].periods == (JUNE,)


def test_a_mean_of_a_small_group_cannot_be_had_from_the_others():
    parts = {"north": (70, 210), "south": (60, 200), "island": (4, 11), "": (30, 80)}
    raw = Raw(
        {MAY: Counted(164, total=501)},
        {"area": {name: {MAY: Counted(n, total=total)} for name, (n, total) in parts.items()}},
    )
    cells = release(raw)[0].groups["area"].cells

    assert cells["island"] is cells[""] is None
    assert cells["north"] == Counted(70, total=210)


# What goes in and comes out


def test_a_snapshot_survives_being_kept_as_json():
    lots = of_areas(may=EVEN, june={"north": (9, 5), "south": (2, 1), "": (0, 0)})
    means = Raw(
        {MAY: Counted(30, total=-4)}, {"stage": {"early": {MAY: Counted(30, total=-4)}, "": {}}}
    )
    for snapshot in (*release(lots), *release(means)):
        assert from_json(json.loads(json.dumps(to_json(snapshot)))) == snapshot


def test_what_waits_is_kept_and_is_not_public():
    (only,) = release(of_areas(may={"north": (30, 15), "island": (3, 2)}))

    assert only.waiting["area"][MAY]["island"] == Counted(3, 2)
    assert only.public().waiting == {}
    assert "waiting" not in repr(only)


def test_groups_that_do_not_add_up_are_refused():
    raw = Raw({MAY: Counted(40, 20)}, {"area": {"north": {MAY: Counted(39, 20)}}})

    with pytest.raises(ValueError, match="do not add up"):
        release(raw)


def test_a_release_is_numbered_on():
    (only,) = release(figures(may=(60, 30)))

    with pytest.raises(ValueError, match="higher number"):
        next_snapshot(figures(may=(60, 30)), only, number=1, threshold=THRESHOLD)


@pytest.mark.parametrize("wrong", [{"hits": 11}, {"hits": -1}, {}, {"hits": 1, "total": 2}])
def test_a_figure_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="a figure"):
        Counted(10, **wrong)


def test_the_rules_are_two_sentences():
    assert (RULES % {"threshold": 10}).count(".") == 2


# An outsider who keeps everything


AREAS = {"north": 50, "south": 40, "island": 4, "": 6}  # in a hundred


def of_people(now: dict[str, list[tuple[str, bool]]]) -> Raw:
    """Periods of people, each with an area and a side."""

    def counted(day: str, area: str | None = None) -> Counted:
        sides = [hit for where, hit in now[day] if area in (None, where)]
        return Counted(len(sides), sum(sides))

    groups = {area: {day: counted(day, area) for day in now} for area in AREAS}
    return Raw({day: counted(day) for day in now}, {"area": groups})


@pytest.mark.parametrize("seed", range(25))
def test_no_small_group_follows_from_any_releases(seed):
    chance = random.Random(seed)
    raws, now = [], {}
    for day in (MAY, JUNE, JULY, "2026-08-01", "2026-09-01"):
        now[day] = []
        for people in now.values():
            come = chance.choices(list(AREAS), AREAS.values(), k=chance.choice([0, 1, 5, 60, 120]))
            people += [(area, chance.random() < 0.6) for area in come]
            chance.shuffle(people)
            del people[: chance.choice([0, 0, 1, 3, 30])]
        raws.append(of_people(now))

    assert differencing([numbers_of(snapshot) for snapshot in release(*raws)], THRESHOLD) == []


def numbers_of(snapshot: Snapshot) -> guarded.Told:
    """Every number of a release and whom it counts, people by period, area and side."""
    found: guarded.Told = []

    def say(label: str, figure: Counted, periods: tuple[str, ...], where: Collection[str]) -> None:
        for side, count in enumerate((*figure.sides, figure.base)):
            sides = (0, 1) if side == 2 else (side,)
            people = frozenset((p, a, s) for p in periods for a in where for s in sides)
            found.append(Published(f"{label} {side}", count, people))

    for day, figure in snapshot.periods.items():
        if figure:
            say(day, figure, (day,), AREAS)
    for table in snapshot.groups.values():
        say(f"all {table.as_of}", table.total, table.periods, AREAS)
        for area, cell in table.cells.items():
            if cell:
                say(f"{area} {table.as_of}", cell, table.periods, [area])
    return found


@pytest.mark.parametrize("seed", range(3))
def test_an_outsider_finds_nothing_in_thirteen_releases_under_the_rules(seed):
    releases = guarded.frozen(guarded.answers(seed), THRESHOLD)
    looked, narrowed, pinned = attacker.given_away(releases)

    assert attacker.subtracted([guarded.told(each) for each in releases]).total() == 0
    assert looked > 100
    assert (narrowed, pinned) == (0, 0)


def test_the_same_outsider_finds_small_groups_where_nothing_is_frozen():
    found = guarded.answers(1)
    for hiding in (guarded.nothing, guarded.small_ones, attacker.suppress):
        releases = guarded.growing(found, THRESHOLD, hiding)[:5]

        assert attacker.subtracted([guarded.told_growing(each) for each in releases]).total() > 20
        assert attacker.given_away_growing(releases)[1] > 0


def test_an_outsider_of_single_tables_wins_only_where_small_ones_alone_are_hidden():
    tables = [attacker.random_table(seed) for seed in range(100)]

    assert sum(attacker.betrayed(guarded.small_ones(t, least)) for least, t in tables) > 100
    assert sum(attacker.betrayed(attacker.suppress(t, least)) for least, t in tables) == 0
