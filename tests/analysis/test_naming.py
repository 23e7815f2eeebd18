"""Which words somebody may go by: none that names, leads to or hurts anybody."""

import pytest

from feedback.analysis.naming import Trouble, trouble_of
from feedback.forms.groups import KIND_WORDS, PICTURES

FAMILIAR = frozenset("calm brave night owl pizza fox sunny".split())


@pytest.mark.parametrize(
    ("word", "trouble"),
    [
        *((word, None) for word in ("Calm", "braver", "Night Owl", "Pizza 7")),
        *((word, Trouble.NAME) for word in ("Jayden", "aisha", "Mohammed", "Tom Smith", "Jo Khan")),
        *((word, Trouble.UNKNOWN) for word in ("Zbigniewka", "Rose", "Thandeka", "Sunny Fox")),
        *((word, Trouble.CONTACT) for word in ("a@b.example", "07700 900123", "@sunny", "4567")),
        ("12 Mill Lane", Trouble.CONTACT),
        *(
            (word, Trouble.RUDE)
            for word in ("shit", "Sh1t", "f.u.c.k", "Wankers", "spaz", "r3tard")
        ),
        *((word, Trouble.NOTHING) for word in ("", "x", "!!!", "🦊")),
    ],
)
def test_what_is_wrong_with_a_word(word, trouble):
    assert trouble_of(word, FAMILIAR) is trouble


def test_whoever_says_that_it_is_no_name_goes_in_but_no_real_name_does():
    assert trouble_of("Zoomba", sure=True) is None
    assert trouble_of("Jayden", sure=True) is Trouble.NAME
    assert trouble_of("wanker", sure=True) is Trouble.RUDE


@pytest.mark.parametrize(
    "word",
    ["Ｊａｃｋ", "J a c k", "J.a.c.k", "Zoë", "Siân", "J\u0430ck", "Ja\u200bck", "Ja\u00adck"],
)
def test_a_real_name_does_not_pass_in_other_letters_or_one_by_one(word):
    assert trouble_of(word, FAMILIAR, sure=True) is Trouble.NAME


@pytest.mark.parametrize("word", ["ｆｕｃｋ", "fück", "fu\u0441k", "sh\u00adit", "Ｆat"])
def test_a_rude_word_does_not_pass_in_other_letters(word):
    assert trouble_of(word, FAMILIAR, sure=True) is Trouble.RUDE


def test_words_in_other_alphabets_pass():
    assert trouble_of("هادئ") is None
    assert trouble_of("Łagodny") is None


def test_no_word_or_picture_that_we_offer_is_refused():
    offered = [str(each) for each in (*KIND_WORDS, *PICTURES.values())]
    assert [word for word in offered if trouble_of(word) in (Trouble.RUDE, Trouble.CONTACT)] == []
