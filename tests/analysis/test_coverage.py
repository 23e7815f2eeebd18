"""Shares out of two counts, and per cents that somebody gave."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.coverage import disagrees, per_cent, read_per_cent, still_missing


def test_a_share_is_worked_out_from_its_counts():
    assert per_cent(73, 111) == Decimal("65.8")
    assert per_cent(15, 18) == Decimal("83.3")
    assert per_cent(1, 8) == Decimal("12.5")
    assert per_cent(1, 2000) == Decimal("0.1")  # 0.05: halves go up
    assert per_cent(0, 5) == 0
    assert per_cent(5, 5) == 100


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (0, 0), (6, 5), (-1, 5)])
def test_no_share_of_nobody_nor_of_more_than_all(part, whole):
    with pytest.raises(ValueError, match="0 <= part <= whole"):
        per_cent(part, whole)
    with pytest.raises(ValueError, match="0 <= part <= whole"):
        disagrees("50", part, whole)


@pytest.mark.parametrize(
    ("said", "part", "whole", "wrong"),
    [
        ("65", 73, 111, True),  # 65.77: the row T8
        ("66", 73, 111, False),
        ("65.8", 73, 111, False),
        ("65.7", 73, 111, True),
        ("65.77", 73, 111, False),
        ("66.0", 73, 111, True),  # given to one decimal, so held to one decimal
        ("12", 1, 8, False),  # 12.5 is rounded either way
        ("13", 1, 8, False),
        ("11", 1, 8, True),
        ("0", 1, 201, False),  # 0.4975
        ("0", 1, 199, True),  # 0.5025
        ("100", 199, 200, False),
        ("100", 198, 200, True),
    ],
)
def test_a_given_per_cent_may_be_rounded_and_no_more(said, part, whole, wrong):
    assert disagrees(said, part, whole) is wrong


@given(st.integers(0, 2000), st.integers(1, 2000))
def test_our_own_share_never_disagrees_with_its_counts(part, whole):
    part = min(part, whole)
    assert not disagrees(str(per_cent(part, whole)), part, whole)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("65", "65"),
        ("65.80", "65.80"),
        (" 65,8 % ", "65.8"),
        ("007", "7"),
        ("100", "100"),
        ("0.0", "0.0"),
        ("100.1", None),
        ("101", None),
        ("-5", None),
        ("65.", None),
        (".5", None),
        ("1e2", None),
        ("nan", None),
        ("", None),
        ("65 of 100", None),
        ("9" * 5000, None),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_a_per_cent_keeps_the_digits_it_was_given_with(typed, kept):
    assert read_per_cent(typed) == kept


@pytest.mark.parametrize(
    ("trained", "staff", "target", "missing"),
    [(45, 100, 95, 50), (392, 870, 95, 435), (19, 20, 95, 0), (18, 20, 95, 1), (20, 20, 50, 0)],
)
def test_how_many_are_missing_to_a_target(trained, staff, target, missing):
    assert still_missing(trained, staff, target) == missing


@given(st.integers(0, 500), st.integers(1, 500), st.integers(1, 100))
def test_with_those_who_are_missing_the_target_is_reached_and_not_before(trained, staff, target):
    trained = min(trained, staff)
    missing = still_missing(trained, staff, target)
    assert trained + missing <= staff or not missing
    assert 100 * (trained + missing) >= target * staff
    if missing:
        assert 100 * (trained + missing - 1) < target * staff
