import secrets

import pytest

from feedback.services.codes import Codes, bits, easy_words

SECRET = "a-secret-for-tests-and-nothing-else"
TYPED = "apple kite drum river"


def test_a_code_is_as_hard_to_guess_as_44_coin_throws():
    assert bits() >= 44


def test_the_words_are_short_plain_and_all_different():
    words = easy_words()
    assert len(set(words)) == len(words)
    for word in words:
        assert word.isascii()
        assert word.isalpha()
        assert word.islower()
        assert 3 <= len(word) <= 8


def test_a_code_is_four_of_the_words(codes):
    said = codes.words("receipt", "a" * 32).split(" ")
    assert len(said) == 4
    assert set(said) <= set(easy_words())


def test_the_same_response_has_the_same_code_and_others_have_others(codes):
    ids = [secrets.token_hex(16) for _ in range(2000)]
    said = [codes.words("receipt", each) for each in ids]

    assert said == [codes.words("receipt", each) for each in ids]
    assert len(set(said)) == len(ids)


def test_a_code_for_another_purpose_turn_or_secret_is_another(codes):
    said = {
        codes.words("receipt", "a" * 32),
        codes.words("resume", "a" * 32),
        codes.words("receipt", "a" * 32, 1),
        Codes("another secret").words("receipt", "a" * 32),
    }
    assert len(said) == 4


def test_all_words_are_used_about_evenly(codes):
    used = [word for n in range(3000) for word in codes.words("receipt", str(n)).split()]
    assert len(set(used)) > 0.98 * len(easy_words())
    assert max(used.count(word) for word in set(used)) < 25  # 5.6 are to be expected


@pytest.mark.parametrize(
    "typed",
    [
        "Apple Kite DRUM river",
        "  apple   kite drum\triver \n",
        "apple-kite-drum-river",
        "apple, kite, drum, river.",
        "apple/kite_drum·river",
        "1. apple 2. kite 3. drum 4. river",
        "“apple kite drum river”",
        "ａｐｐｌｅ ｋｉｔｅ ｄｒｕｍ ｒｉｖｅｒ",
        "apple\u00a0kite\u200bdrum\u2013river",
    ],
    ids=ascii,
)
def test_case_blanks_hyphens_and_commas_do_not_matter(codes, typed):
    assert codes.hashed("receipt", typed) == codes.hashed("receipt", TYPED)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "apple kite drum",
        "kite apple drum river",
        "apple kite drum rivers",
        "applekite drum river",
        "apple kite drum river extra",
    ],
)
def test_other_words_are_another_code(codes, typed):
    assert codes.hashed("receipt", typed) != codes.hashed("receipt", TYPED)


def test_what_is_kept_depends_on_purpose_and_secret_and_holds_no_word(codes):
    kept = {
        codes.hashed("receipt", TYPED),
        codes.hashed("resume", TYPED),
        Codes("another secret").hashed("receipt", TYPED),
        codes.reference(TYPED),
    }
    assert len(kept) == 4
    assert all(len(each) == 64 and "apple" not in each for each in kept)


@pytest.mark.parametrize("typed", ["x" * 10_000_000, "\0", "\ud800", "😀" * 50, "ﷺ" * 200])
def test_anything_can_be_typed_for_a_code(codes, typed):
    assert len(codes.hashed("receipt", typed)) == 64
