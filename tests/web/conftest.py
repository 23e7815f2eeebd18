"""What is kept of the answers, for all tests of pages."""

import pytest
from sqlalchemy import select

from feedback.models.responses import Answer
from feedback.models.surveys import Question

STORED = (
    select(Question.name, Answer.state, Answer.codes, Answer.number, Answer.text)
    .join(Question, Question.id == Answer.question_id)
    .order_by(Question.id)
)


@pytest.fixture
def stored(look):
    """Question name → what is kept of its answer, of all responses together."""

    def kept() -> dict:
        return {
            row.name: next(
                (value for value in (row.codes, row.number, row.text) if value is not None),
                str(row.state),
            )
            for row in look(STORED)
        }

    return kept
