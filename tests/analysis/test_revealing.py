"""Nobody in a small hidden group can be found by way of a mean or a median."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.disclosure import Distribution, hide_counts
from feedback.analysis.measures import summarise
from feedback.analysis.revealing import mean_reveals, median_reveals

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
