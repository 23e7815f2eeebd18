"""What a question would say after one press."""

import pytest

from feedback.analysis.checking import Rule, check_text
from feedback.analysis.checking.mending import mended, with_word
from feedback.settings import easy_words
from feedback.vocabulary import Audience, Presentation, QuestionKind


def ways(text, rule):
    found = check_text(
        text,
        presentation=Presentation.EASY_READ,
        audience=Audience.YOUNG_PERSON,
        known=easy_words(),
        kind=QuestionKind.FACES,
    )
    return next(mended(text, finding) for finding in found if finding.rule is rule)


@pytest.mark.parametrize(
    ("text", "rule", "better"),
    [
        (
            "Did staff listen and explain things?",
            Rule.TWO_IN_ONE,
            ("Did staff listen?", "Did staff explain things?"),
        ),
        (
            "You come by taxi. Did staff listen and explain things?",
            Rule.TWO_IN_ONE,
            ("You come by taxi. Did staff listen?", "You come by taxi. Did staff explain things?"),
        ),
        (
            "What do you like? What do you want?",
            Rule.TWO_IN_ONE,
            ("What do you like?", "What do you want?"),
        ),
        ("Is it not hard to wait?", Rule.NEGATIVE, ("Is it hard to wait?",)),
        ("Is the transport good?", Rule.HARD_WORD, ("Is the travel good?",)),
        ("Do staff help in two ways?", Rule.NUMBER_WORD, ("Do staff help in 2 ways?",)),
        ("Did 50% of people help?", Rule.PERCENTAGE, ("Did half of people help?",)),
        ("Did staff go the extra mile?", Rule.IDIOM, ()),
    ],
)
def test_one_press_says_it_better(text, rule, better):
    assert ways(text, rule) == better


def test_a_mended_text_does_not_set_the_same_rule_off_again():
    first, second = ways("Did staff listen and explain things?", Rule.TWO_IN_ONE)
    for text in (first, second):
        found = check_text(text, presentation=Presentation.EASY_READ, kind=QuestionKind.FACES)
        assert Rule.TWO_IN_ONE not in {finding.rule for finding in found}


def test_only_whole_words_change():
    assert with_word("A bus and busy buses", "bus", "taxi") == "A taxi and busy buses"
