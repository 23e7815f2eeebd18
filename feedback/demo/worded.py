"""A made-up question on its way: how a group found its words, and which of them were hard."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import questionnaire as q
from feedback.models.proposals import Member, Proposal, Room
from feedback.services import holding, wording
from feedback.services.wording import By, Edit

ON_TIME = "Does your taxi come on time?"
FIRST = "Is your transport on time and is the driver nice?"
ALONE = "Is your transport on time?"
PICTURE = "openmoji/taxi"


def word(session: Session, past: Room) -> None:
    """Let the meeting that was have worded its first idea, step by step, and tried it."""
    idea = session.scalars(
        select(Proposal).where(Proposal.room_id == past.id, Proposal.words == ON_TIME)
    ).one()
    members = session.scalars(select(Member).where(Member.room_id == past.id)).all()
    by_word = {each.word: each for each in members}
    steps: list[tuple[str, Edit, str]] = [
        ("Sunny", lambda _none: wording.begun(FIRST, "en"), ""),
        ("Calm", _words(ALONE), "It asked 2 things."),
        ("Quick", _drawn, ""),
        ("Brave", _words(ON_TIME), "“transport” is a hard word."),
    ]
    for seen, (name, edit, why) in enumerate(steps):
        by = By(past, by_word[name], past.opens_at.date(), past.opens_at, why)
        made = wording.change(session, idea, edit, by, seen=seen, part=_whole)
        if made.number == len(steps) - 1:
            for tapped in ("Gentle", "Brave", "Calm"):
                wording.say_hard(session, past, made, by_word[tapped], ["transport"])
    holding.look_at(session, past, idea, now=past.opens_at)


def _words(words: str) -> Edit:
    return lambda question: wording.with_words(_there(question), words, "en", easy=False)


def _drawn(question: q.Question | None) -> q.Question:
    return wording.with_picture(_there(question), "", q.Picture(name=PICTURE, decorative=True))


def _there(question: q.Question | None) -> q.Question:
    assert question is not None  # noqa: S101 -- the first step makes it
    return question


def _whole(question: q.Question) -> object:
    return question
