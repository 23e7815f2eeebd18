"""Days cut in several ways: no small stretch follows from those that are shown."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.disclosure import Stretch, hidden_stretches

FIRST = date(2026, 1, 1)


def day(number):
    return FIRST + timedelta(days=number)


def cut(*edges, hidden=()):
    """Stretches between days, given by their numbers."""
    return [
        Stretch(day(first), day(after), at not in hidden)
        for at, (first, after) in enumerate(pairwise(edges))
    ]


def people(*counts):
    """So many people on each day, from the first."""
    return {day(at): (count,) for at, count in enumerate(counts)}


def known(cuts, hidden):
    """Every two days that shown stretches join, by walking from each of them."""
    beside = defaultdict(set)
    for stretches, hide in zip(cuts, hidden, strict=True):
        for at, each in enumerate(stretches):
            if at not in hide:
                beside[each.first].add(each.after)
                beside[each.after].add(each.first)
    for start in list(beside):
        seen, wave = {start}, [start]
        while wave:
            wave = [to for each in wave for to in beside[each] if to not in seen]
            seen.update(wave)
        yield from ((start, other) for other in seen if start < other)


def test_a_quarter_and_two_of_its_months_do_not_give_the_third():
    quarter, months = cut(0, 3), cut(0, 1, 2, 3, hidden=(1,))
    assert hidden_stretches([quarter, months], people(20, 3, 20), 5) == [set(), {1, 2}]
    # What comes first is kept.
    assert hidden_stretches([months, quarter], people(20, 3, 20), 5) == [{1}, {0}]


def test_where_nothing_is_small_everything_stays():
    cuts = [cut(0, 3), cut(0, 1, 2, 3)]
    assert hidden_stretches(cuts, people(20, 5, 20), 5) == [set(), set()]


def test_what_lies_between_the_ends_of_two_cuts_is_no_few_people():
    months, cycles = cut(0, 5, 9), cut(0, 4, 9)
    few = people(9, 9, 9, 9, 2, 9, 9, 9, 9)
    assert hidden_stretches([cycles, months], few, 5) == [set(), {0, 1}]
    assert hidden_stretches([cycles, months], few, 5, across=False) == [set(), set()]
    assert hidden_stretches([cycles, months], few, 2) == [set(), set()]


def test_days_with_nobody_between_them_are_one():
    months, cycles = cut(0, 5, 9), cut(0, 4, 9)
    nobody = people(9, 9, 9, 9, 0, 9, 9, 9, 9)
    assert hidden_stretches([cycles, months], nobody, 5) == [set(), set()]


def test_each_side_is_held_against_the_threshold():
    days = {day(0): (20, 20), day(1): (20, 0), day(2): (20, 20)}
    cuts = [cut(0, 3), cut(0, 1, 2, 3, hidden=(1,))]
    assert hidden_stretches(cuts, days, 5) == [set(), {1, 2}]


def test_two_periods_that_are_few_together_stay_hidden_together():
    cuts = [cut(0, 4), cut(0, 1, 2, 3, 4, hidden=(1, 2))]
    assert hidden_stretches(cuts, people(20, 2, 2, 20), 5) == [set(), {1, 2, 3}]
    assert hidden_stretches(cuts, people(20, 3, 3, 20), 5) == [set(), {1, 2}]


def test_without_answers_nothing_is_hidden_besides():
    assert hidden_stretches([cut(0, 1, 2)], {}, 5) == [set()]


@given(
    st.lists(st.integers(0, 7), min_size=12, max_size=12),
    st.lists(st.sets(st.integers(1, 11), max_size=6), min_size=2, max_size=4),
)
def test_nobody_finds_a_small_stretch(counts, edges):
    days = people(*counts)
    cuts = [cut(0, *sorted(each), 12) for each in edges]
    hidden = hidden_stretches(cuts, days, 5)
    for first, after in known(cuts, hidden):
        found = sum(counts[(first - FIRST).days : (after - FIRST).days])
        assert found == 0 or found >= 5


@given(st.lists(st.integers(0, 7), min_size=12, max_size=12), st.sets(st.integers(1, 11)))
def test_of_one_cut_only_what_is_small_is_hidden(counts, edges):
    days, own = people(*counts), cut(0, *sorted(edges), 12)
    (hidden,) = hidden_stretches([own], days, 5)
    ends = [0, *sorted(edges), 12]
    runs = [sum(counts[a:b]) for a, b in combinations(ends, 2)]
    if all(run == 0 or run >= 5 for run in runs):
        assert hidden == set()
