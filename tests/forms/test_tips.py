"""What the helper in a room says: something for every rule, in words that a child reads."""

import pytest

from feedback.analysis.checking import Rule
from feedback.analysis.readability import flesch_kincaid_grade, words
from feedback.forms import tips
from feedback.forms.tips import PRESS, THINK, WHY
from feedback.questionnaire import Picture
from feedback.services import wording
from feedback.vocabulary import Audience, QuestionKind

LONGEST = 12  # words of a sentence
HARDEST = 3.0  # school grade of all that the helper says


def said():
    return [
        str(each) % {"words": "it", "means": "to do more"}
        for part in (PRESS, THINK, WHY)
        for each in part.values()
    ]


def test_there_are_words_for_every_rule():
    assert PRESS.keys() | THINK.keys() | tips._NOT_SAID == set(Rule)
    assert PRESS.keys() - {Rule.TWO_IN_ONE} <= WHY.keys()


def test_the_helper_speaks_in_easy_words():
    assert flesch_kincaid_grade("\n".join(said())) <= HARDEST
    long = [each for text in said() for each in text.split(". ") if len(words(each)) > LONGEST]
    assert long == []


def looked_at(text, easy=""):
    question = wording.begun(text, "en")
    if easy:
        question = wording.with_words(question, easy, "en", easy=True)
    drawn = wording.with_picture(question, "", Picture(name="openmoji/bus", decorative=True))
    return tips.tips(drawn, Audience.YOUNG_PERSON)


@pytest.mark.parametrize("text", ["How is the bus?", "Do you feel safe at school?"])
def test_a_sound_question_is_left_alone(app, text):
    with app.test_request_context():
        assert looked_at(text) == []


def test_what_matters_most_comes_first_and_a_picture_last(app):
    with app.test_request_context():
        begun = wording.begun("Did staff explain the transport and listen?", "en")
        plain = wording.answered_with(begun, QuestionKind.COMMENT, None)
        found = [tip.rule for tip in tips.tips(plain, Audience.YOUNG_PERSON)]
    assert found[0] is Rule.TWO_IN_ONE
    assert found[-1] is Rule.NO_PICTURE


def test_easy_words_are_looked_at_where_there_are_some(app):
    with app.test_request_context():
        hard = "How satisfied are you with the transport?"
        assert {tip.rule for tip in looked_at(hard)} >= {Rule.HARD_WORD}
        eased = looked_at(hard, easy="How is the bus?")
    assert Rule.HARD_WORD not in {tip.rule for tip in eased}
    assert Rule.LEADING in {tip.rule for tip in eased}
