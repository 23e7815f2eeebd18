"""What differs between two states of a survey."""

from feedback import redrafting
from feedback.comparison import How, Piece, differences, pieces, question_details
from feedback.questionnaire import Wording
from feedback.redrafting import changed
from feedback.vocabulary import Presentation


def told(old, new):
    return [(each.how, each.place) for each in differences(old, new)]


def test_the_same_survey_does_not_differ(every_kind):
    assert differences(every_kind, every_kind) == []


def test_one_word_in_one_language_is_told_with_both_wordings(every_kind):
    town = every_kind.questions["town"]
    other = {**town.ask, "pl": Wording(standard="Które miasto?")}
    new = redrafting.set_question(every_kind, "town", changed(town, ask=other))

    (difference,) = differences(every_kind, new)
    assert (difference.how, difference.place) == (How.CHANGED, "question:town")
    (detail,) = difference.details
    assert (detail.what, detail.tag, detail.presentation) == ("ask", "pl", Presentation.STANDARD)
    assert (detail.before, detail.after) == ("Jakie miasto?", "Które miasto?")


def test_what_is_new_and_what_was_taken_out_is_told(every_kind):
    without = redrafting.remove_question(every_kind, "town")
    assert told(every_kind, without) == [(How.REMOVED, "question:town")]
    assert told(without, every_kind) == [(How.ADDED, "question:town")]


def test_one_moved_page_is_told_as_one(every_kind):
    moved = redrafting.move_page(every_kind, "face", 3)
    assert (How.MOVED, "page:face") in told(every_kind, moved)
    assert [place for how, place in told(every_kind, moved) if place.startswith("page:")] == [
        "page:face"
    ]


def test_a_rule_a_picture_and_an_order_of_answers_are_told(every_kind):
    without = redrafting.remove_question(every_kind, "weeks")
    assert (How.CHANGED, "page:since") in told(every_kind, without)
    plain = redrafting.set_picture(every_kind, "statement:hello:0", None)
    assert told(every_kind, plain) == [(How.CHANGED, "page:hello")]
    who = every_kind.questions["who"]
    turned = redrafting.move_option(who, who.options[0].code, 1)
    assert [detail.what for detail in question_details(who, turned)] == ["options"]


def test_two_texts_are_told_as_one_word_by_word():
    found = pieces("How is the transport to school?", "How is the bus to school?")
    assert [(piece.how, piece.words) for piece in found] == [
        (None, "How is the"),
        (How.REMOVED, "transport"),
        (How.ADDED, "bus"),
        (None, "to school?"),
    ]
    assert pieces("", "New") == [Piece(How.ADDED, "New")]
