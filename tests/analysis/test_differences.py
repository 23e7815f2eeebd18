"""Before and after, against figures worked out elsewhere."""

import random
import subprocess
import sys
from math import inf, isnan

import pytest

from feedback.analysis.measures import mcnemar, paired, unpaired

BEFORE = [2, 3, 2, 4, 3, 1, 3, 2, 4, 3, 2, 3]
AFTER = [3, 4, 2, 5, 4, 3, 3, 4, 4, 5, 3, 3]
FEW_BEFORE, FEW_AFTER = [3, 4, 3, 5, 4, 4], [3, 4, 2, 5, 3, 4]


def near(*figures):
    return pytest.approx(figures, abs=1e-6)


def test_the_same_people_are_compared_with_themselves():
    found = paired(BEFORE, AFTER)
    assert (found.pairs, found.df, found.improved, found.same, found.worse) == (12, 11, 8, 4, 0)
    assert (found.change, found.sd, *found.interval) == near(
        0.91666667, 0.79296146, 0.41284299, 1.42049034
    )
    assert (found.t, found.p) == near(4.00451552, 0.00207015)
    assert (found.d_z, found.d_av, found.hedges) == near(1.15600406, 1.02535009, 0.93023256)
    assert (found.sign_p, found.wilcoxon, found.wilcoxon_p) == near(0.0078125, 0, 0.00937477)
    assert found.rank_biserial == 1
    assert not found.exact


def test_few_people_who_hardly_changed():
    found = paired(FEW_BEFORE, FEW_AFTER)
    assert (found.change, *found.interval) == near(-0.33333333, -0.87525957, 0.2085929)
    assert (found.t, found.p, found.wilcoxon_p) == near(-1.58113883, 0.17468781, 0.15729921)
    assert (found.d_z, found.d_av, found.hedges) == near(-0.64549722, -0.36514837, 0.84210526)
    assert (found.sign_p, found.rank_biserial) == (0.5, -1)


def test_changes_that_are_all_different_are_ranked_exactly():
    found = paired([0, 0, 0, 0, 0], [1, 2, 3, 4, 5])
    assert found.exact
    assert found.wilcoxon_p == pytest.approx(2 / 32)


@pytest.mark.parametrize(
    ("before", "after", "welch", "ranks"),
    [
        (
            *(BEFORE, AFTER),
            (2.51158453, 21.99555356, 0.01985963, 0.15974506, 1.67358827),
            (108.5, 0.02880515),
        ),
        (
            *(FEW_BEFORE, FEW_AFTER),
            (-0.63245553, 9.07111756, 0.54270038, -1.5241715, 0.85750483),
            (14.5, 0.61092956),
        ),
    ],
)
def test_strangers_are_compared_as_strangers(before, after, welch, ranks):
    found = unpaired(before, after)
    assert (found.t, found.df, found.p, *found.interval) == near(*welch)
    assert (found.mann_whitney, found.mann_whitney_p) == near(*ranks)


@pytest.mark.parametrize(
    ("only_before", "only_after", "p"),
    [(2, 9, 0.06542969), (1, 6, 0.125), (12, 25, 0.04703103), (0, 0, 1.0), (5, 5, 1.0)],
)
def test_a_change_of_mind_is_told_from_chance(only_before, only_after, p):
    assert mcnemar(only_before, only_after) == pytest.approx(p, abs=1e-6)
    assert mcnemar(only_after, only_before) == pytest.approx(p, abs=1e-6)


def test_where_there_is_nothing_to_tell_nothing_is_told():
    alike = paired([2, 3, 4], [3, 4, 5])
    assert (alike.change, alike.sd) == (1, 0)
    assert isnan(alike.t)
    assert isnan(alike.p)
    one = paired([2], [4])
    assert one.change == 2
    assert all(isnan(each) for each in (one.sd, one.t, one.interval.lower, one.hedges))
    still = paired([2, 3], [2, 3])
    assert (still.change, still.sign_p, still.wilcoxon) == (0, 1, 0)
    assert isnan(still.wilcoxon_p)
    same = unpaired([3, 3, 3], [3, 3])
    assert (same.difference, same.mann_whitney_p) == (0, 1)
    assert isnan(same.p)


def test_chance_alone_seldom_looks_like_a_change():
    chance = random.Random(3)
    found = [
        paired([chance.gauss(0, 1) for _ in range(20)], [chance.gauss(0, 1) for _ in range(20)]).p
        for _ in range(1_000)
    ]
    assert 30 <= sum(p < 0.05 for p in found) <= 70


@pytest.mark.parametrize(
    ("before", "after"), [([], []), ([1], [1, 2]), ([1, inf], [1, 2]), ([1, 2], [1, float("nan")])]
)
def test_what_cannot_be_compared_is_refused(before, after):
    with pytest.raises(ValueError, match=r"both sides|do not fit|finite"):
        paired(before, after)


@pytest.mark.parametrize(("before", "after"), [([], [1]), ([1], []), ([inf], [1])])
def test_strangers_that_are_nobody_are_refused(before, after):
    with pytest.raises(ValueError, match=r"both sides|finite"):
        unpaired(before, after)


def test_fewer_than_nobody_is_refused():
    with pytest.raises(ValueError, match="fewer than 0"):
        mcnemar(-1, 2)


def test_a_page_that_compares_brings_no_large_library_into_memory():
    worked = (
        "import sys; from feedback.analysis.measures import paired, unpaired;"
        "paired([1, 2, 5], [2, 4, 4]); unpaired([1, 2, 4], [2, 9]);"
        "sys.exit(bool({'scipy', 'numpy'} & sys.modules.keys()))"
    )
    subprocess.run([sys.executable, "-c", worked], check=True)
