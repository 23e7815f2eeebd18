"""A theme has grown, has fallen, or there is not enough to tell: no more than the numbers say."""

import random
import subprocess
import sys
from math import isnan, sqrt
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from feedback.analysis import measures
from feedback.analysis.measures import (
    Verdict,
    benjamini_hochberg,
    corrected_share,
    newcombe_interval,
    theme_change,
)
from feedback.analysis.theme_change import fisher_exact

ROOT = Path(__file__).parent.parent.parent
# theme, people before of 85 and after of 120, difference, p, q, lower, upper, verdict
ROUNDS = [
    ("transport", 12, 44, 0.2254902, 0.00041141, 0.00329128, 0.10483975, 0.33210481, "grown"),
    ("waiting", 30, 44, 0.01372549, 0.88332091, 0.88332091, -0.11952857, 0.14268174, ""),
    ("talk", 31, 20, -0.19803922, 0.00172486, 0.00689944, -0.31807207, -0.07634341, "fallen"),
    ("staff", 40, 52, -0.0372549, 0.6693426, 0.76496297, -0.17254767, 0.09875331, ""),
    ("toilets", 2, 9, 0.05147059, 0.12727016, 0.25454032, -0.01651434, 0.11520353, ""),
    ("food", 5, 4, -0.0254902, 0.49365721, 0.72405803, -0.09990235, 0.0340362, ""),
    ("cost", 10, 18, 0.03235294, 0.54304352, 0.72405803, -0.06825459, 0.12362104, ""),
    ("fun", 22, 51, 0.16617647, 0.01776005, 0.04736013, 0.03347328, 0.28699339, "grown"),
]
# the same, of 14 and of 16
SMALL = [
    ("transport", 2, 7, 0.29464286, 0.11844078, 0.45517242, -0.03470366, 0.54720855, ""),
    ("waiting", 5, 6, 0.01785714, 1.0, 1.0, -0.30042729, 0.32517287, ""),
    ("staff", 9, 8, -0.14285714, 0.48365186, 0.64486915, -0.43597808, 0.19409323, ""),
    ("toilets", 0, 3, 0.1875, 0.22758621, 0.45517242, -0.0597679, 0.43008881, ""),
]


@pytest.mark.parametrize(("rows", "of_before", "of_after"), [(ROUNDS, 85, 120), (SMALL, 14, 16)])
def test_changes_agree_with_another_programme(rows, of_before, of_after):  # goal E1
    before = {row[0]: row[1] for row in rows}
    after = {row[0]: row[2] for row in rows}
    found = theme_change(before, of_before, after, of_after)

    assert list(found) == [row[0] for row in rows]
    for theme, first, second, difference, p, q, lower, upper, verdict in rows:
        change = found[theme]
        assert (change.before, change.after) == (first, second)
        assert (change.difference, change.p, change.q) == pytest.approx(
            (difference, p, q), abs=1e-6
        )
        assert change.interval == pytest.approx((lower, upper), abs=1e-6)
        assert change.verdict == (verdict or "not enough to tell")


def test_the_interval_of_a_difference_agrees_with_the_published_one():
    # 56 of 70 less 48 of 80: Newcombe (1998), table II, method 10
    assert newcombe_interval(48, 80, 56, 70) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_nine_people_are_too_few_to_speak_of_and_ten_are_not():
    assert theme_change({"toilets": 0}, 100, {"toilets": 9}, 100)["toilets"].q <= 0.05
    for people, grown, fallen in (
        (9, Verdict.NOT_ENOUGH, Verdict.NOT_ENOUGH),
        (10, Verdict.GROWN, Verdict.FALLEN),
    ):
        assert theme_change({"t": 0}, 100, {"t": people}, 100)["t"].verdict is grown
        assert theme_change({"t": people}, 100, {"t": 0}, 100)["t"].verdict is fallen


@given(st.integers(0, 60), st.integers(0, 60), st.integers(60, 90), st.integers(60, 90))
def test_a_rise_seen_from_the_other_side_is_a_fall(before, after, of_before, of_after):
    there = theme_change({"t": before}, of_before, {"t": after}, of_after)["t"]
    back = theme_change({"t": after}, of_after, {"t": before}, of_before)["t"]
    turned = {Verdict.GROWN: Verdict.FALLEN, Verdict.FALLEN: Verdict.GROWN}
    assert back.verdict is turned.get(there.verdict, Verdict.NOT_ENOUGH)
    assert back.p == pytest.approx(there.p, rel=1e-9)


def test_more_looks_need_more_to_be_sure():
    alone = theme_change({"fun": 22}, 85, {"fun": 51}, 120)["fun"]
    quiet = {f"theme {at}": 20 for at in range(20)}
    among = theme_change({**quiet, "fun": 22}, 85, {**quiet, "fun": 51}, 120)["fun"]
    assert alone.verdict is Verdict.GROWN
    assert among.p == alone.p and among.q > 0.05
    assert among.verdict is Verdict.NOT_ENOUGH


def test_a_round_that_nobody_answered_tells_nothing():
    change = theme_change({"t": 0}, 0, {"t": 12}, 30)["t"]
    assert isnan(change.difference) and isnan(change.interval.lower)
    assert (change.p, change.verdict) == (1, Verdict.NOT_ENOUGH)
    assert theme_change({}, 5, {}, 5) == {}


def test_rounds_with_different_themes_are_refused():  # goal E3
    with pytest.raises(ValueError, match="code the earlier one again"):
        theme_change({"a": 1}, 9, {"a": 1, "b": 2}, 9)


@pytest.mark.parametrize("counts", [(5, 4, 1, 4), (-1, 4, 1, 4), (1, 4, 5, 4)])
def test_impossible_counts_are_refused(counts):
    with pytest.raises(ValueError, match="0 <= count <= base"):
        fisher_exact(*counts)


def _other(before, of_before, after, of_after):
    return stats.fisher_exact([[before, of_before - before], [after, of_after - after]])[1]


@settings(max_examples=300)
@given(
    st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)
def test_the_exact_test_equals_a_second_method(before, after):
    assert fisher_exact(*before, *after) == pytest.approx(
        _other(*before, *after), rel=1e-8, abs=1e-290
    )


@pytest.mark.parametrize(
    "counts",
    [
        (30_000, 100_000, 30_500, 100_000),
        (50_000, 100_000, 50_000, 100_000),
        (100, 100_000, 0, 100_000),
        (0, 100_000, 1, 3),
        (99_999, 100_000, 100_000, 100_000),
        (120, 100_000, 1_900, 90_000),
    ],
)
def test_large_rounds_are_exact_and_quick(counts):
    began = process_time()
    found = fisher_exact(*counts)
    assert process_time() - began < 0.1
    assert found == pytest.approx(_other(*counts), rel=1e-6)


def test_a_change_beyond_all_doubt_comes_to_nothing_and_does_no_harm():
    assert fisher_exact(10_000, 100_000, 60_000, 100_000) == 0


def test_false_discoveries_agree_with_another_programme():
    ps = [0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    ps += [0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0]
    qs = [0.0056, 0.0133, 0.04433333, 0.0688, 0.0688, 0.0688, 0.0688, 0.080325]
    qs += [0.504, 0.59668, 0.72787273, 0.7616, 0.81738462, 1.0]
    assert benjamini_hochberg(ps) == pytest.approx(qs, abs=1e-6)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_false_discoveries_equal_those_of_a_second_method_in_any_order(ps):
    assert benjamini_hochberg(ps) == pytest.approx(stats.false_discovery_control(ps), abs=1e-12)
    assert benjamini_hochberg(ps[::-1]) == pytest.approx(benjamini_hochberg(ps)[::-1])


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([0.5, p])


def test_no_themes_have_no_discoveries():
    assert benjamini_hochberg([]) == []


@pytest.mark.parametrize(
    ("observed", "sensitivity", "specificity", "corrected"),
    [(0.25, 0.8, 0.95, 0.26666667), (0.05, 0.8, 0.9, 0.0), (0.95, 0.9, 1, 1.0), (0.3, 1, 1, 0.3)],
)
def test_shares_are_corrected_for_wrong_codings(observed, sensitivity, specificity, corrected):
    found = corrected_share(observed, sensitivity, specificity)
    assert found == pytest.approx(corrected, abs=1e-6)


def test_codings_no_better_than_chance_say_nothing():
    assert isnan(corrected_share(0.3, 0.4, 0.6))
    assert isnan(corrected_share(0.3, 0.1, 0.2))
    with pytest.raises(ValueError, match="between 0 and 1"):
        corrected_share(30, 0.8, 0.9)


# Goal E2: twelve themes, 100 people a round, 1,000 pairs of rounds.

SHARES = (0.45, 0.35, 0.3, 0.25, 0.2, 0.15, 0.15, 0.1, 0.08, 0.06, 0.04, 0.02)
PAIRS, PEOPLE = 1000, 100


def _round(chance, shares):
    return {at: sum(chance.random() < s for _ in range(PEOPLE)) for at, s in enumerate(shares)}


def test_where_nothing_changed_a_change_is_seldom_named():
    chance = random.Random(1)
    named = 0
    for _ in range(PAIRS):
        found = theme_change(_round(chance, SHARES), PEOPLE, _round(chance, SHARES), PEOPLE)
        named += any(change.verdict is not Verdict.NOT_ENOUGH for change in found.values())
    assert named / PAIRS <= 0.05 + 2 * sqrt(0.05 * 0.95 / PAIRS)


def test_a_true_rise_is_found_more_often_than_not():
    chance = random.Random(2)
    later = [0.35 if at == 5 else share for at, share in enumerate(SHARES)]  # from 0.15
    found = sum(
        theme_change(_round(chance, SHARES), PEOPLE, _round(chance, later), PEOPLE)[5].verdict
        is Verdict.GROWN
        for _ in range(PAIRS)
    )
    assert found / PAIRS >= 0.55


def test_measures_answer_for_it_and_load_nothing_heavy():
    assert measures.theme_change is theme_change
    code = (
        "import sys, feedback.analysis.measures, feedback.analysis.agreement, "
        "feedback.analysis.distress; print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "feedback.analysis.distress" in loaded
    assert not {"numpy", "scipy", "sklearn", "flask", "sqlalchemy"} & {*loaded}
