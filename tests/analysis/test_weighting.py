"""Raking, against figures worked out elsewhere, and when it is refused."""

import numpy as np
import pytest

from feedback.analysis.measures import CannotWeigh, rake, rake_all

SAMPLE = [[20, 30, 10], [10, 20, 10]]
ROWS, COLUMNS = [0.5, 0.5], [0.3, 0.4, 0.3]


def test_rows_and_columns_come_to_their_targets():
    found = rake(SAMPLE, ROWS, COLUMNS)
    assert found.weights == pytest.approx(
        np.array([[0.86993454, 0.67830288, 1.22522227], [1.26013091, 0.98254568, 1.77477773]]),
        abs=1e-6,
    )
    assert found.counts.sum(axis=1) == pytest.approx([50, 50])
    assert found.counts.sum(axis=0) == pytest.approx([30, 40, 30])
    assert (found.smallest, found.largest) == pytest.approx((0.67830288, 1.77477773), abs=1e-6)
    assert (found.design_effect, found.effective) == pytest.approx(
        (1.10635842, 90.38662209), abs=1e-6
    )
    assert not found.capped
    assert found.off < 1e-8


def test_a_sample_that_fits_keeps_its_weight():
    found = rake([[10] * 3] * 2, [0.5, 0.5], [1 / 3] * 3)
    assert found.weights == pytest.approx(np.ones((2, 3)))
    assert found.effective == pytest.approx(60)


def test_three_directions_come_to_their_targets_too():
    sample = np.arange(10, 34).reshape(2, 3, 4)
    targets = ([0.6, 0.4], [0.2, 0.3, 0.5], [0.25] * 4)
    found = rake_all(sample, targets)
    for axis, due in enumerate(targets):
        others = tuple(other for other in range(3) if other != axis)
        assert found.counts.sum(axis=others) / sample.sum() == pytest.approx(due, abs=1e-6)


def test_a_weight_far_out_is_cut_and_says_how_far_the_targets_are_missed():
    found = rake([[90, 90], [10, 10]], [0.6, 0.4], [0.5, 0.5])
    assert found.capped
    assert found.largest == pytest.approx(3)
    assert 0.01 < found.off < 0.2
    assert found.counts.sum() == pytest.approx(200)


@pytest.mark.parametrize(
    ("sample", "rows", "columns", "reasons"),
    [
        ([[20, 30, 0], [10, 20, 0]], ROWS, COLUMNS, ("nobody",)),
        ([[3, 1, 0], [0, 2, 1]], ROWS, [0.2, 0.3, 0.5], ("too_few", "too_large")),
        (SAMPLE, [0.5, 0.6], COLUMNS, ("no_sum",)),
        ([[500, 500], [2, 2]], [0.5, 0.5], [0.5, 0.5], ("too_large",)),
        ([[0, 0], [0, 0]], [0.5, 0.5], [0.5, 0.5], ("nobody",)),
    ],
)
def test_where_weights_would_mislead_they_are_refused_with_reasons(sample, rows, columns, reasons):
    with pytest.raises(CannotWeigh) as refused:
        rake(sample, rows, columns)
    assert refused.value.reasons == reasons


@pytest.mark.parametrize(
    ("sample", "rows", "columns"),
    [(SAMPLE, [1.0], COLUMNS), ([[1, -1]], [1.0], [0.5, 0.5]), (SAMPLE, [1.5, -0.5], COLUMNS)],
)
def test_what_is_no_sample_is_refused(sample, rows, columns):
    with pytest.raises(ValueError, match=r"target|0 or more"):
        rake(sample, rows, columns)
