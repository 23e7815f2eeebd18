"""The states of the pages where a group words its question, tries it, and an officer takes it."""

from collections.abc import Callable, Iterable
from functools import partial

from rooms_ground import group_of
from sqlalchemy import select
from wording_ground import idea_of, worded

from feedback.models.proposals import Member, Proposal, Room
from feedback.questionnaire import Picture, Question
from feedback.services import holding, wording
from feedback.services.wording import By
from feedback.vocabulary import QuestionKind, RoomStep

from .office_states import _as_staff
from .site import OFFICER, Site, new_code, now
from .states import Place, State

Edit = Callable[[Question], Question]
TWO = "Did staff listen and explain things?"
HARD = "How satisfied are you with the transport to school?"


def room_of(site: Site, words: Iterable[str], edits: Iterable[Edit] = ()) -> tuple[str, int]:
    """The code of a room whose idea is worded so far, and the idea's number."""
    from random import Random

    moment, code = now(), new_code()
    with site.database.writing() as session, session.begin():
        group = group_of(session, moment, name=f"Group {code}")
        room = holding.open_room(session, group, 60, chance=Random(code), by=None, now=moment)
        room.code, room.step = code, RoomStep.WORDING
        idea = idea_of(session, room, "Going to school by taxi", moment)
        by = By(room, None, moment.date(), moment)
        for at, text in enumerate(words):
            if at == 0:
                worded(session, idea, by, text)
                continue
            _change(session, idea, by, partial(_said, text), why="It was hard to read")
        for edit in edits:
            _change(session, idea, by, edit)
        return code, idea.id


def _said(words: str, question: Question) -> Question:
    return wording.with_words(question, words, "en", easy=False)


def _change(session, idea: Proposal, by: By, edit: Edit, why: str = "") -> None:
    number = len(wording.wordings.every(session, idea.id))
    by = By(by.room, by.member, by.today, by.now, why)
    wording.change(session, idea, edit, by, seen=number, part=lambda question: question)


def come_in(place: Place, code: str) -> None:
    """Go into a room as the first there."""
    place.phone.goto(f"/together/{code}/join/word?picture=openmoji/fox")
    place.press('button[value="Sunny"]')


def _page(
    path: str,
    place: Place,
    *,
    words: Iterable[str] = (),
    edits: Iterable[Edit] = (),
) -> str:
    code, _idea = room_of(place.site, words, edits)
    come_in(place, code)
    place.phone.goto(f"/together/{code}/{path}")
    return code


def _own_answers(question: Question) -> Question:
    made = wording.with_answers(question, ["By bus", "By taxi", "I walk"], "en")
    for code, picture in (("by_bus", "bus"), ("by_taxi", "taxi")):
        shown = Picture(name=f"openmoji/{picture}", decorative=True)
        made = wording.with_picture(made, code, shown)
    return made


def _drawn(question: Question) -> Question:
    return wording.with_picture(question, "", Picture(name="openmoji/taxi", decorative=True))


def _tapped(place: Place) -> None:
    code = _page("trying/words", place, words=[HARD])
    with place.site.database.writing() as session, session.begin():
        room = session.scalars(select(Room).where(Room.code == code)).one()
        member = session.scalars(select(Member).where(Member.room_id == room.id)).one()
        idea = session.scalars(select(Proposal).where(Proposal.room_id == room.id)).one()
        latest = wording.wordings.latest(session, idea.id)
        wording.say_hard(session, room, latest, member, ["satisfied", "transport"])
    place.phone.goto(f"/together/{code}/trying/words?said=yes")


def _both(place: Place) -> None:
    """Somebody else has saved other words while this page was open."""
    code = _page("wording/words", place, words=["How is the taxi?"])
    with place.site.database.writing() as session, session.begin():
        room = session.scalars(select(Room).where(Room.code == code)).one()
        idea = session.scalars(select(Proposal).where(Proposal.room_id == room.id)).one()
        by = By(room, None, now().date(), now())
        _change(session, idea, by, partial(_said, "Is the taxi late?"))
    place.phone.page.locator("#words").fill("Do you like the taxi?")
    place.press("main form .govuk-button")


def _adopting(place: Place) -> None:
    _code, idea = room_of(place.site, ["How is the taxi?"], [_drawn, _own_answers])
    _as_staff(OFFICER, f"/staff/groups/ideas/{idea}/survey", place)


def wording_states() -> list[State]:
    """Pages of members."""
    return [
        State("a tip with two ways", partial(_page, "wording", words=[TWO])),
        State("ways to answer", partial(_page, "wording/answers", words=[HARD])),
        State(
            "pictures for an answer",
            partial(
                _page,
                "wording/picture?answer=i_walk",
                words=["How do you go?"],
                edits=[_own_answers],
            ),
        ),
        State("two wordings of one moment", _both, 409),
        State(
            "how a question came about",
            partial(
                _page,
                "wording/changes",
                words=[HARD, "How is the transport?"],
                edits=[_drawn, lambda q: wording.answered_with(q, QuestionKind.YES_NO, 3)],
            ),
        ),
        State(
            "trying a question",
            partial(_page, "trying", words=["How is the taxi?"], edits=[_drawn]),
        ),
        State("hard words", _tapped),
    ]


def adopting_states() -> list[State]:
    """Pages of officers."""
    return [State("a group's question for a survey", _adopting)]
