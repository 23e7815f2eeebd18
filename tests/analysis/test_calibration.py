"""Scores mean what they say: of comments with 0.7 about seven in ten carry the theme."""

import numpy as np
import pytest

from feedback.analysis.coding.calibration import (
    FIRST_THRESHOLD,
    START,
    before_labels,
    best_threshold,
    calibrate,
    logistic,
)

TRUE = np.array([1.5, 2.0, -2.5])  # seed strength, margin, constant


def made_up(count: int, themes: int = 4, seed: int = 0):
    """Evidence, and themes drawn by the curve that it should be weighed with."""
    chance = np.random.default_rng(seed)
    seeds = chance.choice([0.0, 1.0, 2.0], size=(count, themes), p=[0.7, 0.2, 0.1])
    margins = np.abs(chance.normal(0, 1, size=(count, themes)))
    chances = logistic(seeds * TRUE[0] + margins * TRUE[1] + TRUE[2])
    return seeds, margins, (chance.random((count, themes)) < chances).astype(float)


def test_with_many_labels_the_true_weights_are_found():
    found = calibrate(*made_up(20_000)).coefficients
    np.testing.assert_allclose(found, np.tile(TRUE, (4, 1)), atol=0.25)


def test_scores_come_true():
    learned = calibrate(*made_up(2_000))
    seeds, margins, truth = made_up(20_000, seed=1)
    scores = learned.scores(seeds, margins)
    for low in np.arange(0, 1, 0.2):
        inside = (scores >= low) & (scores < low + 0.2)
        assert truth[inside].mean() == pytest.approx(scores[inside].mean(), abs=0.03)


def test_without_labels_it_is_the_start_and_few_labels_move_it_little():
    np.testing.assert_array_equal(before_labels(3).coefficients, np.tile(START, (3, 1)))
    far = [
        np.abs(calibrate(*made_up(count)).coefficients - START).max() for count in (0, 2, 20, 2_000)
    ]
    assert far[0] == 0
    assert far[1] < far[2] < far[3]


def test_a_theme_that_nobody_confirmed_keeps_the_worth_of_its_seeds():
    seeds, margins, truth = made_up(40)
    margins[:, 0], truth[:, 0] = 0, 0
    seeds[:, 0] = 0
    learned = calibrate(seeds, margins, truth)
    one_seed = np.array([[1.0, 0, 0, 0]])
    assert learned.scores(one_seed, np.zeros((1, 4)))[0, 0] == pytest.approx(
        before_labels(4).scores(one_seed, np.zeros((1, 4)))[0, 0], abs=0.12
    )


def test_the_threshold_is_where_f1_is_best():
    scores = np.array([[0.9], [0.5], [0.45], [0.2], [0.15]])
    truth = np.array([[1.0], [1.0], [1.0], [0.0], [0.0]])
    assert 0.2 < best_threshold(scores, truth) <= 0.45


def test_no_labels_at_all_keep_the_first_threshold():
    none = np.zeros((0, 2))
    assert calibrate(none, none, none).threshold == FIRST_THRESHOLD


@pytest.mark.parametrize("truth", [0.0, 1.0])
def test_themes_on_all_comments_or_on_none_do_no_harm(truth):
    seeds, margins, themes = made_up(50)
    learned = calibrate(seeds, margins, np.full(themes.shape, truth))
    assert np.isfinite(learned.coefficients).all()
