"""The demonstration's question on its way."""

from sqlalchemy import select

from feedback.demo.worded import ON_TIME
from feedback.models.proposals import Proposal
from feedback.queries import wordings
from feedback.questionnaire import said
from feedback.services.wording import question_of


def test_the_past_meeting_shows_how_its_question_came_about(loaded):
    with loaded.database.reading() as session:
        idea = session.scalars(select(Proposal).where(Proposal.words == ON_TIME)).one()
        told = wordings.every(session, idea.id)
        assert said(question_of(told[-1]).ask, "en") == ON_TIME
        assert [each.number for each in told] == [1, 2, 3, 4]
        assert told[1].why and told[3].why
        assert wordings.hard_words(session, told[2].id) == [("transport", 3)]
        assert idea in wordings.waiting(session)
