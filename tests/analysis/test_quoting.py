import pytest

from feedback.analysis.quoting import own_words, tidied

SAID = "We were not happy. The taxi (again!) was late,\nand [name] cried. Not good."


@pytest.mark.parametrize(
    "quote",
    [
        SAID,
        "  We were   not happy. ",
        "The taxi (again!) was late, and [name] cried.",
        "We were not happy. … [name] cried",
        "We were not happy ... Not good.",
        "… The taxi …",
    ],
)
def test_words_that_were_said_in_their_order_are_their_own(quote):
    assert own_words(quote, SAID)


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "…",
        "We were happy.",
        "Not good. … We were not happy.",  # another order
        "The taxi … The taxi",  # said once
        "we were not happy",  # another spelling
        "he taxi",
        "happ",  # half a word may say the contrary
        "The taxi was late",
        "[name] was late",
    ],
)
def test_words_that_were_not_said_are_not(quote):
    assert not own_words(quote, SAID)


def test_a_comment_with_dots_of_its_own_can_be_quoted():
    assert own_words("Well... it is fine", "Well... it is fine, I think")
    assert own_words("Well … it is fine", "Well...it is fine")


def test_a_quote_is_kept_with_single_spaces_and_one_sign_where_words_are_left_out():
    assert tidied(" We  were\nnot happy...and ….[name] cried… ") == (
        "We were not happy … and … .[name] cried"
    )
