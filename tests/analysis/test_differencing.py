"""Small groups that follow when one published number is taken from another."""

from collections import defaultdict
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.analysis.disclosure import Published, differencing, hidden_groups


def counted(label: str, count: int, *people: str) -> Published:
    return Published(label, count, frozenset(people))


def sizes(*releases) -> set[int]:
    return {finding.people for finding in differencing(releases)}


# Cases worked elsewhere, and the group that each gives away.
REFUSED = {
    "whole minus part": ([("all families", 23), ("school Oak", 19)], 4),
    "overlapping filters": ([("age 5-10", 14), ("age 5-11", 16), ("age 11-15", 9)], 2),
    "withdrawal": ([("round 3 today", 10), ("round 3 tomorrow", 9)], 1),
}


@pytest.mark.parametrize("name", REFUSED)
def test_numbers_that_give_a_group_away_are_refused(name):
    numbers, leak = REFUSED[name]

    assert leak in sizes(numbers)
    assert leak in sizes(*([number] for number in numbers))


def test_areas_that_have_nobody_in_common_may_differ_by_few():
    areas = [counted("north", 45, "n"), counted("south", 43, "s")]

    assert differencing([areas]) == []
    assert sizes([("north", 45), ("south", 43)]) == {2}  # for nobody told that they are apart


def test_a_whole_that_is_larger_by_the_threshold_may_stand_beside_its_part():
    whole, part = counted("all", 55, "n", "s"), counted("north", 45, "n")

    assert differencing([[whole, part]]) == []
    assert sizes([whole, counted("north", 46, "n")]) == {9}


def test_the_same_number_told_twice_gives_nothing_away():
    assert differencing([[counted("May", 40, "m")], [counted("May", 40, "m")]]) == []
    assert differencing([[("May", 40)], [("May", 40)]]) == []


def test_a_number_before_and_after_an_answer_was_taken_back_is_refused():
    found = differencing([[counted("May", 40, "m")], [counted("May, again", 39, "m")]])

    assert [each.people for each in found] == [1]
    assert "at two times" in found[0].message % found[0].values


@pytest.mark.parametrize("told", [True, False])
def test_several_parts_taken_from_a_whole_are_found(told):
    people = {"all": "abcd", "Oak": "a", "Elm": "b", "Ash": "c"}
    counts = {"all": 105, "Oak": 45, "Elm": 32, "Ash": 20}
    numbers = [
        Published(label, count, frozenset(people[label]) if told else None)
        for label, count in counts.items()
    ]

    assert sizes(numbers) == {8}
    found = differencing([numbers])[0]
    assert (found.whole, set(found.parts)) == ("all", {"Oak", "Elm", "Ash"})


def test_parts_that_leave_enough_people_are_fine():
    parts = [counted("Oak", 45, "a"), counted("Elm", 32, "b"), counted("Ash", 18, "c")]

    assert differencing([[counted("all", 105, *"abcd"), *parts]]) == []


def test_two_overlapping_bands_and_their_whole_give_the_middle_away():
    bands = [counted("5 to 11", 40, *"ab"), counted("11 to 15", 30, *"bc")]

    assert differencing([bands]) == []
    assert sizes([*bands, counted("5 to 15", 67, *"abc")]) == {3}


def test_a_small_number_is_found_where_it_stands_alone():
    assert sizes([("Oak", 9), ("Elm", 40)]) == {9}
    assert sizes([("Oak", 10), ("Elm", 40)]) == set()


def test_another_threshold_may_be_asked_for():
    numbers = [counted("all", 45, "a", "b"), counted("north", 38, "a")]

    assert differencing([numbers], threshold=5) == []
    assert differencing([numbers], threshold=8) != []


def test_numbers_too_tangled_to_check_are_refused_and_not_passed(monkeypatch):
    monkeypatch.setattr("feedback.analysis.disclosure.subtracting.MOST_STEPS", 20)
    people = "abcdefghij"
    pairs = [counted("".join(pair), 30, *pair) for pair in combinations(people, 2)]
    found = differencing([[counted("all", 150, *people), *pairs]])

    assert any("Too many" in each.message for each in found)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(0, 40), min_size=4, max_size=4),
    st.lists(st.sets(st.integers(0, 3), min_size=1), min_size=2, max_size=6),
)
def test_every_small_rest_of_a_whole_and_its_parts_is_found_whatever_is_published(atoms, groups):
    told = [
        Published(str(sorted(group)), sum(atoms[at] for at in group), frozenset(group))
        for group in groups
    ]
    rests = set()
    for whole in told:
        for many in range(len(told)):
            for parts in combinations({p.people for p in told if p.people < whole.people}, many):
                together = frozenset().union(*parts)
                if sum(map(len, parts)) == len(together):
                    rests.add(sum(atoms[at] for at in whole.people - together))
    small = {rest for rest in rests if 0 < rest < 10}

    # Of several small rests one inside the other is enough: each is a reason to refuse.
    assert bool(small) == bool(
        {f.people for f in differencing([told]) if "overlap" not in f.message}
    )


# Groups on two sides, with everybody together known


def test_a_group_with_few_on_a_side_goes_with_the_smallest_other():
    groups = {"north": (40, 30), "south": (30, 20), "hills": (25, 4), "": (20, 15)}

    assert hidden_groups(groups, 10) == {"hills", ""}


def test_hidden_groups_hold_the_threshold_on_both_sides():
    groups = {"north": (80, 60), "south": (30, 14), "hills": (12, 1), "island": (0, 2)}

    assert hidden_groups(groups, 10) == {"hills", "island", "south"}


def test_no_group_is_left_out_where_all_are_large():
    assert hidden_groups({"north": (40, 30), "south": (10, 10)}, 10) == set()


def test_all_groups_are_left_out_where_all_together_have_few_on_a_side():
    assert hidden_groups({"north": (40, 4), "south": (10, 5)}, 10) == {"north", "south"}


def test_groups_of_different_sides_are_refused():
    with pytest.raises(ValueError, match="same sides"):
        hidden_groups({"north": (40, 4), "south": (10,)}, 10)


@pytest.mark.parametrize(("many", "most", "threshold"), [(3, 5, 2), (4, 3, 2), (3, 5, 3)])
def test_replaying_the_rule_on_every_possible_table_never_shows_a_side_to_be_small(
    many, most, threshold
):
    worlds = defaultdict(list)
    for flat in product(range(most + 1), repeat=2 * many):
        groups = {str(at): flat[2 * at : 2 * at + 2] for at in range(many)}
        together = tuple(sum(side) for side in zip(*groups.values(), strict=True))
        if min(together) < threshold:
            continue
        hide = hidden_groups(groups, threshold)
        shown = tuple(None if name in hide else sides for name, sides in groups.items())
        worlds[together, shown].append(flat)

    for (together, shown), possible in worlds.items():
        left = [
            whole - sum(sides[at] for sides in shown if sides) for at, whole in enumerate(together)
        ]
        if max(left) > most:
            continue  # not all of its worlds were gone through
        for at in (at for at, sides in enumerate(shown) if sides is None):
            for side in (0, 1):
                could_be = {flat[2 * at + side] for flat in possible}
                assert min(could_be) == 0 and max(could_be) >= threshold
            assert max(flat[2 * at] + flat[2 * at + 1] for flat in possible) >= threshold
