"""Cards matched and changes worked out: by hand, by goldens, by another programme, by property."""

from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from feedback.analysis.pairing import Filled, Side, change, match, t_quantile, together

WORDS = ("apple river", "fern moon", "kite drum", "lamp stone", "sun boat")


def filled(*forms: tuple[str | None, int | None]) -> list[Filled]:
    return [Filled(*form) for form in forms]


# Matching


def test_a_session_worked_out_by_hand():
    before = filled(
        ("apple river", 4),  # a pair
        ("Fern-Moon", 6),  # a pair, typed in two ways
        ("kite drum", None),  # matched, but passed the question by
        ("sun boat", 5),  # mistyped afterwards
        ("lamp stone", 3),  # two people wrote this card down before
        ("lamp stone", 8),
        (None, 7),  # no card
    )
    after = filled(
        ("apple river", 9),
        ("  FERN, moon", 10),
        ("kite drum", 9),
        ("ssun boat", 9),
        ("lamp stone", 9),
        (None, 8),
        ("only one two three", 8),  # not two words: no card
    )
    later = filled(("apple river", 8), ("fern moon", None), ("grass wall", 7), (None, 7))
    found = match(before, after, later)

    assert found.before == Side(forms=7, without_card=1, repeated=2, unmatched=1)
    assert found.after == Side(forms=7, without_card=2, repeated=1, unmatched=1)
    assert found.later == Side(forms=4, without_card=1, repeated=0, unmatched=1)
    assert (found.matched, found.later_matched, found.duplicates) == (3, 2, 1)
    assert found.pairs == ((4, 9), (6, 10))
    assert found.threes == ((4, 9, 8),)


def test_the_worked_example_of_the_statistics_goals():
    # golden/stats.json, code_matching; its codes have digits, which are no letters of a card
    before = ["AB-03-L", "cd07m", "EF11S", "GH02T", "GH02T", "JK09P", ""]
    after = ["ab03l", "CD 07 M", "EF11Z", "GH02T", "LM05R", "jk-09-p"]
    found = match([Filled(card) for card in before], [Filled(card) for card in after])

    assert (found.matched, found.duplicates) == (3, 1)
    assert found.before == Side(forms=7, without_card=1, repeated=2, unmatched=1)
    assert found.after == Side(forms=6, without_card=0, repeated=1, unmatched=2)


def test_a_card_that_comes_twice_later_does_not_undo_its_pair():
    card = ("apple river", 4)
    found = match(filled(card), filled(card), filled(card, card))

    assert (found.pairs, found.threes, found.duplicates) == (((4, 4),), (), 1)
    assert found.later == Side(forms=2, repeated=2)


def test_the_same_words_in_two_sessions_are_two_peoples_cards():
    first = match(filled(("apple river", 2)), [])
    second = match([], filled(("apple river", 9)))

    assert together([first, second]).pairs == ()
    assert together([first, second]).before == Side(forms=1, unmatched=1)
    assert together([]) == match([], [])


typed = st.one_of(
    st.none(),
    st.sampled_from(WORDS).flatmap(
        lambda card: st.sampled_from([card, card.upper(), card.replace(" ", "-"), f" {card}, "])
    ),
)
forms = st.lists(st.builds(Filled, typed, st.one_of(st.none(), st.integers(0, 10))), max_size=12)


@given(forms, forms, forms, st.randoms(use_true_random=False))
def test_every_form_is_counted_once_and_order_does_not_matter(before, after, later, chance):
    found = match(before, after, later)
    for side, part, matched in (
        (found.before, before, found.matched),
        (found.after, after, found.matched),
        (found.later, later, found.later_matched),
    ):
        assert side.forms == len(part)
        assert side.without_card + side.repeated + side.unmatched + matched == len(part)
        assert side.unmatched >= 0
    assert len(found.threes) <= len(found.pairs) <= found.matched <= min(len(before), len(after))

    mixed = [chance.sample(part, len(part)) for part in (before, after, later)]
    again = match(*mixed)
    assert sorted(again.pairs) == sorted(found.pairs)
    assert (again.before, again.after, again.later) == (found.before, found.after, found.later)

    back = match(after, before)
    assert sorted(back.pairs) == sorted((b, a) for a, b in match(before, after).pairs)


@given(forms, forms, forms)
def test_a_pair_is_one_card_once_on_either_side(before, after, later):
    pairs = [
        (one.number, other.number)
        for one in before
        for other in after
        if plain(one) is not None
        and plain(one) == plain(other)
        and [plain(form) for form in before].count(plain(one)) == 1
        and [plain(form) for form in after].count(plain(one)) == 1
        and one.number is not None
        and other.number is not None
    ]

    assert sorted(match(before, after, later).pairs) == sorted(pairs)


def plain(form: Filled) -> str | None:
    return form.card and " ".join(form.card.lower().replace("-", " ").replace(",", " ").split())


# Change

# golden/stats.json, paired
FACES = (
    (2, 3, 2, 4, 3, 1, 3, 2, 4, 3, 2, 3),
    (3, 4, 2, 5, 4, 3, 3, 4, 4, 5, 3, 3),
)
SMALL = ((3, 4, 3, 5, 4, 4), (3, 4, 2, 5, 3, 4))


@pytest.mark.parametrize(
    ("before", "after", "middle", "sd", "interval", "counts"),
    [
        (*FACES, 0.91666667, 0.79296146, (0.41284299, 1.42049034), (0, 4, 8)),
        (*SMALL, -0.33333333, 0.51639778, (-0.87525957, 0.20859290), (2, 4, 0)),
    ],
)
def test_change_agrees_with_the_goldens(before, after, middle, sd, interval, counts):
    found = change(list(zip(before, after, strict=True)), best=5, worst=1)

    assert (found.change, found.sd) == pytest.approx((middle, sd), abs=1e-6)
    assert (found.worse, found.same, found.better) == counts
    assert found.interval == pytest.approx(interval, abs=1e-6)


points = st.integers(0, 10)


@given(st.lists(st.tuples(points, points), min_size=2, max_size=60))
def test_change_agrees_with_another_programme(pairs):
    found = change(pairs)
    before, after = zip(*pairs, strict=True)

    assert found.change == pytest.approx(found.after - found.before)
    assert found.worse + found.same + found.better == found.pairs == len(pairs)
    assert found.ceiling == pytest.approx(before.count(10) / len(pairs))
    if found.sd > 0:
        low, high = stats.ttest_rel(after, before).confidence_interval()
        assert found.interval == pytest.approx((low, high), abs=1e-8)
    back = change([(b, a) for a, b in pairs])
    assert (back.change, back.better, back.worse) == (-found.change, found.worse, found.better)


def test_where_less_is_better_the_ends_change_places():
    found = change([(7, 3), (0, 0), (2, 4), (5, 0)], best=0, worst=10)

    assert (found.better, found.same, found.worse) == (2, 1, 1)
    assert (found.best_before, found.best_after, found.ceiling) == (1, 2, 0.25)


def test_one_pair_has_no_spread_and_none_has_nothing():
    one, none = change([(4, 9)]), change([])

    assert (one.change, one.better) == (5, 1)
    assert isnan(one.sd) and isnan(one.interval.lower)
    assert none.pairs == none.better == 0
    assert isnan(none.change) and isnan(none.ceiling)


@pytest.mark.parametrize("pairs", [[(1, float("nan"))], [(float("inf"), 2)]])
def test_numbers_must_be_numbers(pairs):
    with pytest.raises(ValueError, match="finite"):
        change(pairs)


def test_a_scale_has_two_ends():
    with pytest.raises(ValueError, match="two ends"):
        change([(1, 2)], best=3, worst=3)


@pytest.mark.parametrize("probability", [0.6, 0.9, 0.975, 0.995])
def test_the_quantile_of_t_agrees_with_another_programme(probability):
    degrees = [*range(1, 260), 544, 1000, 100_000]
    found = [t_quantile(probability, each) for each in degrees]

    assert found == pytest.approx(list(stats.t.ppf(probability, degrees)), rel=1e-9)


@pytest.mark.parametrize("wrong", [(0.5, 3), (1.0, 3), (0.9, 0)])
def test_a_quantile_needs_sense(wrong):
    with pytest.raises(ValueError, match="quantile"):
        t_quantile(*wrong)
