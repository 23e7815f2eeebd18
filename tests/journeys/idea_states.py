"""The states of the pages of ideas in a room, of what a worker does with them, and of worries."""

from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models.proposals import Member, Room
from feedback.models.safeguarding import SafeguardingFlag
from feedback.queries import groups, people
from feedback.queries import proposals as stored
from feedback.services import proposing, safeguarding
from feedback.services.proposing import Here
from feedback.vocabulary import ReplyFace

from .room_states import OPEN, come_in, rooms
from .site import OFFICER, Site, now
from .states import Place, State

AT = f"/together/{OPEN}"
LONG_PILE = "Getting to the places where we would like to be, and back"
SAYS = "Nobody tells us when it comes, so I sit there and I do not know what to do or whom to ask."


def spoken(site: Site) -> dict[str, int]:
    """Ideas on piles, talk, something hidden and worries in the open room; made once a site."""
    numbers = rooms(site)
    with site.database.writing() as session, session.begin():
        room = groups.by_code(session, OPEN)
        assert room is not None
        if session.scalars(select(SafeguardingFlag.id)).first() is None:
            _speak(session, room)
        idea = stored.open_ideas(session, room.group_id)[-1]
        flag = session.scalars(select(SafeguardingFlag.id)).first()
        return {**numbers, "idea": idea.id, "flag": flag or 0}


def _speak(session: Session, room: Room) -> None:
    first, second, *_others = groups.members(session, room.id)
    ideas = stored.open_ideas(session, room.group_id)
    there = _here(room, first)
    travel = proposing.add_pile(session, there, LONG_PILE, "openmoji/bus")
    proposing.add_pile(session, there, "School", "openmoji/school")
    proposing.move(session, ideas[-1], travel, there)
    proposing.propose(session, there, "Clubs", "openmoji/soccer-ball")
    for member, face in ((first, ReplyFace.ME_TOO), (second, ReplyFace.NOT_SURE)):
        proposing.show_face(session, ideas[-1], _here(room, member), face)
    proposing.say(session, ideas[-1], _here(room, second), SAYS)
    rude = proposing.say(session, ideas[-1], there, "Silly")
    officer = people.by_email(session, OFFICER)
    assert officer is not None
    proposing.hide(session, rude, "Let us be kind.", room=room, by=officer.id, now=now())
    for member in (first, second):
        safeguarding.worried(session, SAYS, room=room, member=member, now=now())


def _here(room: Room, member: Member) -> Here:
    return Here(room, member, now().date(), now())


def _member(path: str, place: Place) -> None:
    numbers = spoken(place.site)
    come_in(place)
    place.phone.goto(f"{AT}/{path}".format(**numbers))


def _own_ideas(place: Place) -> None:
    """Somebody who has brought in one idea, and sends nothing the next time."""
    _member("ideas", place)
    place.press('button[value="own/noise"]')
    place.press('main form .govuk-button[value="send"]')


def _change(place: Place) -> None:
    _own_ideas(place)
    place.press(".idea__way")


def _voted(place: Place) -> None:
    _member("voting", place)
    place.press("button.round")


def _told(place: Place) -> None:
    _member("worried", place)
    place.press("main form .govuk-button")


def _staff(path: str, place: Place) -> None:
    numbers = spoken(place.site)
    place.phone.sign_in(OFFICER)
    place.phone.goto(path.format(**numbers))


def _closed_without(place: Place) -> None:
    _staff("/staff/worries/{flag}", place)
    place.press('button[value="close"]')


def ideas() -> list[State]:
    """The pages that members open."""
    return [
        State("ideas, empty", _own_ideas, 422, error=True),
        State("piles", partial(_member, "sorting")),
        State("talk", partial(_member, "talking/{idea}")),
        State("stars", _voted),
        State("worried", partial(_member, "worried")),
    ]


def of_ideas() -> list[State]:
    """The pages that workers open."""
    at = "/staff/groups/rooms/{room}"
    return [
        State("what the group wrote", partial(_staff, f"{at}/posts")),
        State("where an idea is", partial(_staff, f"{at}/ideas/{{idea}}")),
        State("worries", partial(_staff, "/staff/worries")),
        State("worry, nothing done", _closed_without, 422, error=True),
    ]
