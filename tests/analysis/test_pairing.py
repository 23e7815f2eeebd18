"""Cards matched: by hand, by goldens, by property."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.pairing import Filled, Side, match, together

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
