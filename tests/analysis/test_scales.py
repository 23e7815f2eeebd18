from math import isnan

import pytest

from feedback.analysis.measures import ordinal, wilson


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [
        (0, 1, 0.0, 0.79345069),
        (7, 10, 0.39677815, 0.89220873),
        (45, 60, 0.6276793, 0.84223477),
        (30, 30, 0.88648661, 1.0),
    ],
)
def test_a_share_has_its_interval(x, n, lower, upper):
    assert wilson(x, n) == pytest.approx((lower, upper), abs=1e-6)


@pytest.mark.parametrize(
    ("counts", "mean", "sd", "median", "top", "ends", "bottom", "net", "error", "reach"),
    [
        (
            *([2, 3, 5, 10, 20], 4.075, 1.18511062, 5),
            *(0.75, (0.59806039, 0.85812881), 0.125),
            *(0.625, 0.11004261, (0.40932046, 0.84067954)),
        ),
        (
            *([30, 5, 5, 5, 30], 3.0, 1.83803656, 3),
            *(0.46666667, (0.35815696, 0.57842463), 0.46666667),
            *(0.0, 0.11155467, (-0.21864314, 0.21864314)),
        ),
    ],
)
def test_a_scale_comes_to_more_than_its_mean(
    counts, mean, sd, median, top, ends, bottom, net, error, reach
):
    found = ordinal(counts)
    assert found.answers == sum(counts)
    assert (found.mean, found.sd, found.median) == pytest.approx((mean, sd, median), abs=1e-6)
    assert (found.top_two, found.bottom_two) == pytest.approx((top, bottom), abs=1e-6)
    assert found.top_interval == pytest.approx(ends, abs=1e-6)
    assert (found.net, found.net_error) == pytest.approx((net, error), abs=1e-6)
    assert found.net_interval == pytest.approx(reach, abs=1e-6)


def test_nobody_and_one_person():
    nothing = ordinal([0] * 5)
    assert nothing.answers == 0
    assert all(isnan(each) for each in (nothing.mean, nothing.net, nothing.top_interval.lower))
    one = ordinal([0, 0, 0, 0, 1])
    assert (one.mean, one.net, one.net_error, one.net_interval.upper) == (5, 1, 0, 1)
    assert isnan(one.sd)


@pytest.mark.parametrize("counts", [[1, 2, 3], [], [1, -1, 0, 0, 0]])
def test_what_is_no_scale_is_refused(counts):
    with pytest.raises(ValueError, match=r"points|fewer than 0"):
        ordinal(counts)
