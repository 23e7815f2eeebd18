"""Nobody in a small hidden group can be found by way of a mean or a median."""

from collections.abc import Iterator
from itertools import combinations_with_replacement
from statistics import stdev

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.analysis.disclosure import Distribution, hide_counts
from feedback.analysis.measures import paired, summarise
from feedback.analysis.revealing import Spread, mean_reveals, median_reveals, spread_reveals

THRESHOLD = 5


def table(*people: int) -> tuple[Distribution, dict[str, tuple[int, int]]]:
    """A scale from 0 with so many people on each point, as it may leave."""
    lines = {str(at): count for at, count in enumerate(people)}
    return hide_counts(lines, THRESHOLD), {key: (int(key), int(key)) for key in lines}


def mean_of(*people: int) -> float:
    return round(summarise(dict(enumerate(people))).mean, 1)


def others(shown: Distribution, people: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Every way in which the hidden people may stand."""
    hidden = [at for at in range(len(people)) if shown.cells[str(at)].hidden]

    def spread(left: int, places: list[int]) -> Iterator[dict[int, int]]:
        if len(places) == 1:
            yield {places[0]: left}
            return
        for count in range(left + 1):
            for rest in spread(left - count, places[1:]):
                yield {places[0]: count, **rest}

    for way in spread(sum(people[at] for at in hidden), hidden):
        yield tuple(way.get(at, count) for at, count in enumerate(people))


def test_two_hidden_lines_and_a_mean_would_give_both_counts():
    people = (0, 0, 0, 20, 1, 5)
    shown, bounds = (
        hide_counts({"3": 20, "4": 1, "5": 5}, THRESHOLD),
        {"3": (3, 3), "4": (4, 4), "5": (5, 5)},
    )
    assert mean_reveals(mean_of(*people), shown, bounds, THRESHOLD)


def test_a_small_group_has_its_mean_when_every_line_is_hidden():
    people = (0, 0, 0, 0, 0, 1, 2, 2, 3, 0, 0)
    shown, bounds = table(*people)
    assert not mean_reveals(mean_of(*people), shown, bounds, THRESHOLD)


def test_a_full_table_keeps_mean_and_median():
    shown, bounds = table(6, 7, 8)
    assert not mean_reveals(mean_of(6, 7, 8), shown, bounds, THRESHOLD)
    assert not median_reveals(shown, bounds)


def test_a_median_stays_when_a_reader_finds_it_in_the_table_anyway():
    shown, bounds = table(3, 4, 60, 70, 40)
    assert shown.any_hidden
    assert not median_reveals(shown, bounds)


def test_open_ranges_leave_the_sum_open():
    shown = hide_counts({"-9": 40, "10-19": 12, "20-": 2}, THRESHOLD)
    bounds = {"-9": (None, 9), "10-19": (10, 19), "20-": (20, None)}
    assert not mean_reveals(7.4, shown, bounds, THRESHOLD)


small_scales = st.lists(st.integers(0, 9), min_size=3, max_size=4).map(tuple)


@given(small_scales)
def test_no_hidden_group_can_be_told_from_what_is_left(people: tuple[int, ...]):
    shown, bounds = table(*people)
    if shown.base.hidden or not shown.any_hidden:
        return
    mean = mean_of(*people)
    with_mean = not mean_reveals(mean, shown, bounds, THRESHOLD)
    with_median = not median_reveals(shown, bounds)
    median = summarise(dict(enumerate(people))).median
    possible = [
        way
        for way in others(shown, people)
        if (not with_mean or abs(summarise(dict(enumerate(way))).mean - mean) <= 0.05 + 1e-9)
        and (not with_median or summarise(dict(enumerate(way))).median == median)
    ]
    for at in range(len(people)):
        if shown.cells[str(at)].hidden:
            counts = {way[at] for way in possible}
            assert 0 in counts or max(counts) >= THRESHOLD


# The spread of changes, beside how many rose and fell

SIGNS = {"worse": -1, "same": 0, "better": 1}


def told(changes: list[int]) -> tuple[Spread, Distribution]:
    """What a page would say of the changes of some people."""
    found = paired([0] * len(changes), changes)
    ways = {"worse": found.worse, "same": found.same, "better": found.improved}
    spread = Spread(found.pairs, round(found.change, 1), found.interval, round(found.d_z, 1))
    return spread, hide_counts(ways, THRESHOLD)


def reveals(changes: list[int]) -> bool:
    return spread_reveals(*told(changes), SIGNS, THRESHOLD, widest=10)


def test_one_who_changed_among_many_who_stayed_stands_out():
    # the changes add up to 1, and so do their squares: nobody else can have moved
    assert reveals([0] * 9 + [-1])
    assert reveals([0] * 9 + [1])


def test_changes_that_differ_as_peoples_do_hide_the_few():
    assert not reveals([1, 2, 3, 4, 5, 6, 3, 2, 4, 5, -1, 0, 3, 4, 2, 6])
    assert not reveals([3] * 6 + [0] * 6 + [-2] * 6)  # nothing is hidden


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-3, 3), min_size=10, max_size=13))
def test_what_is_told_leaves_a_way_in_which_each_small_group_is_none_or_many(changes):
    """Every way in which so many people could have changed, and the page would say the same."""
    if len(set(changes)) == 1:
        return
    spread, ways = told(changes)
    if spread_reveals(spread, ways, SIGNS, THRESHOLD, widest=3):
        return
    hidden = {key for key, cell in ways.cells.items() if cell.hidden}
    for other in combinations_with_replacement(range(-3, 4), len(changes)):
        if not hidden:
            return
        if len(set(other)) == 1 or abs(sum(other) / len(other) - spread.mean) > 0.051:
            continue
        least, most = spread.deviations()
        if not least <= stdev(other) <= most:
            continue
        counts = {key: sum(SIGNS[key] == (x > 0) - (x < 0) for x in other) for key in SIGNS}
        if any(ways.cells[key].count not in (None, counts[key]) for key in SIGNS):
            continue
        hidden -= {key for key in hidden if not 0 < counts[key] < THRESHOLD}
    assert not hidden
