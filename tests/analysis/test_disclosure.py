"""An outsider tries to undo the hiding: by linear programming, and by replaying the method."""

import random
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from feedback.analysis.disclosure import (
    HIDDEN,
    Distribution,
    Share,
    Shown,
    Table,
    hide_choices,
    hide_counts,
    hide_summary,
    hide_table,
    share,
    suppress,
)

# Worked tables: threshold, counts, and the fewest further cells known to be enough.
WORKED = {
    "one small cell": (5, [[12, 3, 20], [18, 9, 22], [15, 11, 30]], 3),
    "no small cell": (5, [[12, 8], [9, 20]], 0),
    "two by two": (5, [[3, 20], [15, 30]], 3),
    "two small cells in a column": (10, [[24, 7, 31], [18, 4, 25], [40, 15, 30]], 2),
}


Ranges = dict[tuple, tuple[float, float]]


def ranges(table: Table, wanted: Collection[tuple] | None = None) -> Ranges:
    """What an outsider can say of hidden numbers, all or the wanted, by linear programming."""
    height, width = len(table.cells), len(table.cells[0])
    names = [("cell", at, to) for at in range(height) for to in range(width)]
    names += [("row", at) for at in range(height)] + [("column", at) for at in range(width)]
    place = {name: at for at, name in enumerate(names)}
    numbers = [cell for row in table.cells for cell in row]
    numbers += [*table.row_totals, *table.column_totals]
    bounds = [(0, None) if n.count is None else (n.count, n.count) for n in numbers]

    def balance(plus: list, minus: list, known: int = 0) -> tuple[list[float], int]:
        line = [0.0] * len(names)
        for name in plus:
            line[place[name]] = 1
        for name in minus:
            line[place[name]] = -1
        return line, known

    rows, columns = range(height), range(width)
    lines = [balance([("cell", at, to) for to in columns], [("row", at)]) for at in rows]
    lines += [balance([("cell", at, to) for at in rows], [("column", to)]) for to in columns]
    if table.total.count is not None:
        lines += [balance([("row", at) for at in rows], [], table.total.count)]
    left, right = np.array([line for line, _ in lines]), [known for _, known in lines]
    found = {}
    for at, name in enumerate(names):
        if numbers[at].hidden and (wanted is None or name in wanted):
            aim = np.zeros(len(names))
            aim[at] = 1
            low = linprog(aim, A_eq=left, b_eq=right, bounds=bounds)
            high = linprog(-aim, A_eq=left, b_eq=right, bounds=bounds)
            assert low.status == 0 and high.status in (0, 3)  # solved, or without an end
            found[name] = (low.fun, -high.fun if high.status == 0 else np.inf)
    return found


def leaks(counts: Sequence[Sequence[int]], threshold: int, table: Table) -> list[str]:
    """Small numbers that are shown, or that an outsider can narrow too far."""
    rows = [sum(row) for row in counts]
    columns = [sum(column) for column in zip(*counts, strict=True)]
    truth = {("cell", at, to): n for at, row in enumerate(counts) for to, n in enumerate(row)}
    truth |= {("row", at): n for at, n in enumerate(rows)}
    truth |= {("column", at): n for at, n in enumerate(columns)}
    small = {name: value for name, value in truth.items() if value < threshold}
    found = ranges(table, small)
    wrong = [f"{name} shows {value}" for name, value in small.items() if name not in found]
    for name, (low, high) in found.items():
        if low > 1 + 1e-6 or high < threshold - 1e-6:
            wrong.append(f"{name} = {small[name]} lies between {low} and {high}")
    return wrong


def hidden_cells(table: Table) -> set[tuple[int, int]]:
    return {
        (at, to) for at, row in enumerate(table.cells) for to, cell in enumerate(row) if cell.hidden
    }


def row_of(distribution: Distribution) -> Table:
    """A distribution as a table of one row, for the outsider's tools."""
    cells = tuple(distribution.cells.values())
    return Table((cells,), (distribution.base,), cells, distribution.base)


def all_ways(parts: int, total: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in all_ways(parts - 1, total - first):
            yield (first, *rest)


def shown(values: Sequence[int], threshold: int) -> list[int | None]:
    counts = {str(at): value for at, value in enumerate(values)}
    return [cell.count for cell in hide_counts(counts, threshold).cells.values()]


# One number


def test_a_hidden_count_carries_no_number_and_all_hidden_counts_are_alike():
    told = hide_counts({"yes": 40, "sometimes": 12, "no": 3, "never": 0}, 5)

    assert told.cells["sometimes"] == told.cells["no"] == told.cells["never"] == HIDDEN
    assert repr(told.cells["no"]) == repr(told.cells["never"]) == "Shown(count=None)"
    assert told.cells["no"].said("hidden (small group)") == "hidden (small group)"
    assert told.cells["yes"].said("hidden (small group)") == "40"


def test_a_summary_of_a_small_group_is_hidden():
    assert hide_summary(9, 10)
    assert not hide_summary(10, 10)


def test_a_summary_beside_hidden_counts_is_hidden_as_it_would_give_them_back():
    # Of 55 people, 40 said 3; the 15 others said 1 or 2: a mean of 2.673 leaves only 3 and 12.
    assert hide_summary(55, 5, beside=hide_counts({"1": 3, "2": 12, "3": 40}, 5))
    assert not hide_summary(55, 5, beside=hide_counts({"1": 5, "2": 10, "3": 40}, 5))


def test_a_per_cent_is_whole_and_marked_where_the_base_is_low():
    assert share(Shown(45), Shown(60)) == Share(75, low_base=False)
    assert share(Shown(15), Shown(29)) == Share(52, low_base=True)
    assert share(Shown(25), Shown(200)) == Share(13, low_base=False)


@pytest.mark.parametrize(
    ("count", "base"), [(HIDDEN, Shown(60)), (Shown(5), HIDDEN), (Shown(9), Shown(9))]
)
def test_there_is_no_per_cent_of_a_hidden_count_or_of_a_base_under_ten(count, base):
    assert share(count, base) is None


def test_a_count_larger_than_its_base_has_no_share():
    with pytest.raises(ValueError, match="count <= base"):
        share(Shown(61), Shown(60))


# One question, one option each


def test_nothing_is_hidden_where_nothing_is_small():
    told = hide_counts({"yes": 40, "no": 12}, 10)

    assert not told.any_hidden
    assert told.base == Shown(52)


def test_a_lonely_small_count_takes_the_smallest_other_with_it():
    assert shown([40, 12, 3], 5) == [40, None, None]


def test_a_zero_is_hidden_like_a_low_count():
    assert shown([40, 12, 0], 5) == shown([40, 11, 1], 5) == [40, None, None]


def test_small_counts_that_reach_the_threshold_together_hide_nothing_more():
    assert shown([40, 3, 4], 5) == [40, None, None]


def test_a_unanimous_answer_hides_as_much_as_a_nearly_unanimous_one():
    assert shown([30, 0], 5) == shown([28, 2], 5) == [None, None]


def test_a_base_under_the_threshold_hides_everything_with_the_base():
    told = hide_counts({"yes": 8, "no": 1}, 10)

    assert set(told.cells.values()) == {HIDDEN}
    assert told.base == HIDDEN


def test_a_total_that_nobody_knows_needs_no_further_hiding_and_is_not_told():
    told = hide_counts({"yes": 40, "sometimes": 12, "no": 3}, 5, total_known=False)

    assert [cell.count for cell in told.cells.values()] == [40, 12, None]
    assert told.base == HIDDEN


def test_options_keep_the_order_they_were_offered_in():
    assert list(hide_counts({"z": 30, "a": 2, "m": 11}, 5).cells) == ["z", "a", "m"]


def test_small_counts_that_reading_the_code_would_betray_take_the_largest_with_them():
    # Hidden by themselves they add up to 12, and none could be 5 or more without having left the
    # shown 5 as the larger one: so each would have to be exactly 4.
    assert shown([4, 4, 4, 5, 30], 5) == [None, None, None, 5, None]


@pytest.mark.parametrize("counts", [{"a": -1, "b": 9}, {"a": 1.5, "b": 9}])
def test_counts_that_cannot_be_people_are_refused(counts):
    with pytest.raises(ValueError, match="whole numbers"):
        hide_counts(counts, 5)
    with pytest.raises(ValueError, match="whole numbers"):
        hide_choices(counts, 10, 5)
    with pytest.raises(ValueError, match="whole numbers"):
        hide_table([list(counts.values())], 5)


def test_a_threshold_that_hides_nobody_is_refused():
    with pytest.raises(ValueError, match="hides nobody"):
        hide_counts({"yes": 40}, 1)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=9), st.sampled_from([5, 10]))
def test_no_outsider_can_narrow_a_small_count_of_a_question(values, threshold):
    told = hide_counts({str(at): value for at, value in enumerate(values)}, threshold)

    assert leaks([values], threshold, row_of(told)) == []


@given(st.lists(st.integers(0, 60), min_size=2, max_size=9), st.sampled_from([5, 10]))
def test_at_most_two_further_counts_of_a_question_are_hidden(values, threshold):
    hidden = shown(values, threshold).count(None)
    small = sum(value < threshold for value in values)

    assert sum(values) < threshold or hidden <= (small + 2 if small else 0)


@pytest.mark.parametrize(("parts", "threshold", "most"), [(3, 4, 24), (4, 5, 22), (5, 3, 16)])
def test_replaying_the_method_on_every_possible_answer_never_shows_a_count_to_be_small(
    parts, threshold, most
):
    possible = defaultdict(list)
    for total in range(threshold, most + 1):
        for values in all_ways(parts, total):
            possible[total, tuple(shown(values, threshold))].append(values)

    for (_, told), worlds in possible.items():
        for at in (at for at, value in enumerate(told) if value is None):
            could_be = {world[at] for world in worlds}
            assert min(could_be) <= 1 or max(could_be) >= threshold


# One question, several options each


def test_an_option_is_hidden_when_too_few_chose_it_or_too_few_did_not():
    told = hide_choices({"bus": 20, "taxi": 3, "walk": 38, "car": 15}, 40, 5)

    assert [cell.count for cell in told.cells.values()] == [20, None, None, 15]
    assert told.base == Shown(40)


def test_a_single_small_option_may_stand_alone_where_the_others_cover_everybody():
    told = hide_choices({"bus": 30, "taxi": 3, "walk": 25}, 40, 5)

    assert [cell.count for cell in told.cells.values()] == [30, None, 25]


def test_an_option_that_everybody_else_left_over_takes_another_with_it():
    # 42 people chose something; bus and walk cover 40 at most, so at least 2 chose taxi.
    told = hide_choices({"bus": 30, "taxi": 3, "walk": 10}, 42, 5)

    assert [cell.count for cell in told.cells.values()] == [30, None, None]


def test_choices_of_a_small_base_are_all_hidden():
    told = hide_choices({"bus": 8, "taxi": 0}, 8, 10)

    assert told.any_hidden
    assert {*told.cells.values(), told.base} == {HIDDEN}


def test_an_option_cannot_be_chosen_by_more_people_than_answered():
    with pytest.raises(ValueError, match="more people than the base"):
        hide_choices({"bus": 9}, 8, 5)


@settings(max_examples=200)
@given(
    st.lists(st.sets(st.integers(0, 4), min_size=1), min_size=1, max_size=60),
    st.sampled_from([5, 10]),
)
def test_nobody_can_work_out_the_least_number_that_chose_a_hidden_option(people, threshold):
    counts = {str(at): sum(at in person for person in people) for at in range(5)}
    told = hide_choices(counts, len(people), threshold)

    hidden = [name for name, cell in told.cells.items() if cell.hidden]
    known = sum(cell.count or 0 for cell in told.cells.values())
    base = told.base.count
    for name in hidden:
        if base is not None:
            others = base * (len(hidden) - 1)
            assert counts[name] >= threshold or base - known - others <= 1
    for name in set(counts) - set(hidden):
        assert threshold <= counts[name] <= len(people) - threshold


# Two questions crossed


@pytest.mark.parametrize("name", WORKED)
def test_worked_tables_are_safe_with_as_few_further_cells_as_are_known_to_do(name):
    threshold, counts, fewest = WORKED[name]
    told = hide_table(counts, threshold)

    small = {(at, to) for at, row in enumerate(counts) for to, n in enumerate(row) if n < threshold}
    assert leaks(counts, threshold, told) == []
    assert len(hidden_cells(told) - small) == fewest
    assert not any(total.hidden for total in (*told.row_totals, *told.column_totals))


def test_the_outsider_of_these_tests_finds_what_only_hiding_small_cells_leaves_open():
    # The ranges of the worked tables, computed elsewhere by another programme.
    def only_small(threshold, counts):
        cells = [[HIDDEN if n < threshold else Shown(n) for n in row] for row in counts]
        columns = zip(*counts, strict=True)
        return Table(
            tuple(map(tuple, cells)),
            tuple(Shown(sum(row)) for row in counts),
            tuple(Shown(sum(column)) for column in columns),
            Shown(sum(map(sum, counts))),
        )

    one = ranges(only_small(5, WORKED["one small cell"][1]))
    assert one == {("cell", 0, 1): pytest.approx((3, 3))}
    two = ranges(only_small(10, WORKED["two small cells in a column"][1]))
    assert two == {
        ("cell", 0, 1): pytest.approx((7, 7)),
        ("cell", 1, 1): pytest.approx((4, 4)),
    }


def test_the_safe_pattern_of_the_worked_table_gives_the_ranges_computed_elsewhere():
    told = hide_table(WORKED["two by two"][1], 5)

    assert ranges(told) == {
        ("cell", 0, 0): pytest.approx((0, 18)),
        ("cell", 0, 1): pytest.approx((5, 23)),
        ("cell", 1, 0): pytest.approx((0, 18)),
        ("cell", 1, 1): pytest.approx((27, 45)),
    }


def test_a_small_table_is_hidden_whole_with_its_total():
    told = hide_table([[2, 1], [3, 2]], 10)

    assert {cell for row in told.cells for cell in row} == {HIDDEN}
    assert {*told.row_totals, *told.column_totals, told.total} == {HIDDEN}


def test_a_small_audience_is_hidden_with_its_total_and_cannot_be_subtracted():
    counts = [[20, 25], [1, 2], [30, 20]]
    told = hide_table(counts, 5)

    assert told.row_totals[1].hidden
    assert sum(total.hidden for total in told.row_totals) == 2
    assert told.total == Shown(98)
    assert leaks(counts, 5, told) == []


def test_totals_are_hidden_where_all_cells_together_are_not_enough():
    # With the totals shown and every cell hidden the first cell would lie between 4 and 9.
    counts = [[4, 5], [5, 0]]
    told = hide_table(counts, 5)

    assert leaks(counts, 5, told) == []


def test_totals_of_a_table_are_hidden_as_they_are_hidden_alone():
    counts = [[20, 25], [1, 2], [30, 18], [9, 8]]
    alone = hide_counts({str(at): sum(row) for at, row in enumerate(counts)}, 5)

    assert list(alone.cells.values()) == list(hide_table(counts, 5).row_totals)


@pytest.mark.parametrize("counts", [[], [[]], [[1, 2], [3]]])
def test_a_table_that_is_not_one_is_refused(counts):
    with pytest.raises(ValueError, match="rows of one length"):
        hide_table(counts, 5)


def random_table(seed: int) -> tuple[int, list[list[int]]]:
    chance = random.Random(seed)
    height, width = chance.randint(1, 6), chance.randint(1, 6)
    most = chance.choice([4, 8, 15, 40, 90])
    empty = chance.choice([0, 0.1, 0.4])
    threshold = chance.choice([5, 10])
    return threshold, [
        [0 if chance.random() < empty else chance.randint(0, most) for _ in range(width)]
        for _ in range(height)
    ]


@pytest.mark.parametrize("start", range(0, 500, 50))
def test_no_outsider_can_narrow_a_small_number_of_a_random_table(start):
    for seed in range(start, start + 50):
        threshold, counts = random_table(seed)
        assert leaks(counts, threshold, hide_table(counts, threshold)) == [], (seed, counts)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 14), min_size=width, max_size=width), min_size=2, max_size=4
        )
    ),
    st.sampled_from([5, 10]),
)
def test_no_outsider_can_narrow_a_small_number_of_any_table(counts, threshold):
    assert leaks(counts, threshold, hide_table(counts, threshold)) == []


def test_a_table_is_hidden_the_same_way_every_time():
    for seed in range(40):
        threshold, counts = random_table(seed)
        assert hide_table(counts, threshold) == hide_table(counts, threshold)


@pytest.mark.parametrize("most", [12, 25, 60, 200])
def test_a_table_of_twelve_by_twelve_is_safe_and_takes_under_two_seconds(most):
    chance = random.Random(most)
    counts = [[chance.randint(0, most) for _ in range(12)] for _ in range(12)]
    began = time.process_time()
    told = hide_table(counts, 10)

    assert time.process_time() - began < 2
    assert leaks(counts, 10, told) == []


# What was hidden and why


@pytest.mark.parametrize("name", WORKED)
def test_a_suppressed_worked_table_leaves_every_small_number_a_wide_range(name):
    threshold, counts, fewest = WORKED[name]
    told = suppress(counts, threshold)

    assert told.leaks() == {}
    assert told.table == hide_table(counts, threshold)
    assert len(told.secondary) == fewest
    assert set(told.ranges()) == {*told.primary, *told.secondary}


def test_hiding_only_small_numbers_gives_them_away_in_the_worked_tables():
    # The ranges of the worked tables, computed elsewhere by another programme.
    _, counts, _ = WORKED["two small cells in a column"]
    told = suppress(counts, 10, hide=suppress(counts, 10).primary)

    assert told.primary == ((1, 2), (2, 2))
    assert told.ranges() == told.leaks() == {(1, 2): (7, 7), (2, 2): (4, 4)}


def test_another_safe_pattern_has_the_ranges_computed_elsewhere():
    _, counts, _ = WORKED["one small cell"]
    told = suppress(counts, 5, hide=[(1, 2), (1, 1), (3, 1), (3, 2)])

    assert told.ranges() == {(1, 2): (0, 14), (1, 1): (1, 15), (3, 1): (12, 26), (3, 2): (0, 14)}
    assert told.leaks() == {}


def test_a_zero_is_small_and_is_never_among_the_shown_numbers():
    told = suppress([[0, 20, 30], [25, 15, 40], [30, 20, 10]], 5)

    assert (1, 1) in told.primary
    assert 0 not in told.shown.values()


def test_totals_are_named_with_a_nought():
    told = suppress([[20, 25], [1, 2], [30, 20]], 5)

    assert (2, 0) in told.primary
    assert told.shown[0, 0] == 98
    assert told.shown[0, 1] == 51


def test_a_table_that_shows_nothing_sets_no_end():
    assert suppress([[2, 1], [3, 2]], 10).ranges()[1, 1] == (0, None)


@pytest.mark.parametrize("seed", range(12))
def test_ranges_are_those_of_all_tables_that_fit_the_shown_numbers(seed):
    chance = random.Random(seed)
    counts = [[chance.randint(0, 3) for _ in range(3)] for _ in range(2)]
    told = suppress(counts, 2)
    ends: dict[tuple[int, int], list[int]] = defaultdict(list)
    for values in all_ways(6, told.shown[0, 0]):
        world = suppress([values[:3], values[3:]], 2, hide=()).shown
        if all(world[place] == count for place, count in told.shown.items()):
            for place in (*told.primary, *told.secondary):
                ends[place].append(world[place])

    assert told.ranges() == {place: (min(seen), max(seen)) for place, seen in ends.items()}
