"""Each ready pattern, answered on a phone to its receipt; the browser walks the demonstration's."""

import pytest
from visiting import Visit

from feedback.outputs import patterns
from feedback.questionnaire import Question
from feedback.vocabulary import QuestionKind


def answer_to(question: Question) -> str:
    match question.kind:
        case QuestionKind.COMMENT:
            return "A new ramp, please."
        case QuestionKind.CARD:
            return "apple river"
        case QuestionKind.RATING:
            return "7"
        case _:
            return question.options[-1].code  # "yes" opens the page about a move


@pytest.mark.parametrize("name", [pattern.name for pattern in patterns.PATTERNS])
def test_a_pattern_is_walked_to_its_receipt(client, open_survey, stored, name):
    asked = patterns.read(name)
    open_survey(asked)
    visit = Visit(client, "fern42")
    visit.start()
    visit.sent(**{question.name: answer_to(question) for question in asked.questions.values()})

    assert len(visit.receipt.split()) == 4
    assert all(reply.status_code < 400 for reply in visit.seen)
    assert stored().keys() == asked.questions.keys()
    assert "skipped" not in stored().values()
