"""What tests of a group's question stand on: an idea that everybody in a room looks at."""

from datetime import datetime

from sqlalchemy.orm import Session

from feedback import questionnaire as q
from feedback.models.proposals import Proposal, Room, RoomFocus, Wording
from feedback.services import wording
from feedback.services.wording import By
from feedback.vocabulary import Audience, ProposalState

ASKED = "How is the bus to school?"


def idea_of(session: Session, room: Room, words: str, now: datetime) -> Proposal:
    """An idea, in the middle of the room."""
    made = Proposal(
        group_id=room.group_id,
        room_id=room.id,
        words=words,
        state=ProposalState.TALKING,
        created_on=now.date(),
    )
    session.add(made)
    session.flush()
    session.add(RoomFocus(room_id=room.id, proposal_id=made.id))
    session.flush()
    return made


def worded(session: Session, idea: Proposal, by: By, words: str = ASKED) -> Wording:
    """The idea as a question, answered with three faces."""
    return wording.change(
        session, idea, lambda _none: wording.begun(words, "en"), by, seen=0, part=asked
    )


def asked(question: q.Question) -> object:
    """What a change of its words changes."""
    return question.ask


def survey_of(name: str = "buses", languages: tuple[str, ...] = ("en",)) -> q.Questionnaire:
    """A small survey for young people that lacks a question on the bus."""

    def words(text: str) -> q.Words:
        return {tag: q.Wording(standard=text, easy=text) for tag in languages}

    return q.Questionnaire(
        survey=name,
        audience=Audience.YOUNG_PERSON,
        languages=list(languages),
        title=words("Going to school"),
        asked_by=words("The council"),
        why=words("To make it better"),
        read_by=words("Two people read it"),
        afterwards=words("We tell you"),
        pages=[
            q.Page(
                name="first",
                questions=[q.Question(name="walk", kind="comment", ask=words("How do you walk?"))],
            ),
            q.Page(
                name="last",
                questions=[q.Question(name="more", kind="comment", ask=words("What else?"))],
            ),
        ],
    )
