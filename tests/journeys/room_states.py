"""The states of the pages of groups and their rooms: members' in every language, workers' too."""

from datetime import timedelta
from functools import partial
from random import Random

from sqlalchemy.orm import Session

from feedback.forms.groups import PICTURES
from feedback.models.proposals import Proposal, VoiceGroup
from feedback.queries import groups
from feedback.services import holding, joining
from feedback.services.holding import Facts
from feedback.vocabulary import Audience, GroupColour, ProposalState, RoomStep

from .site import OFFICER, Site, now
from .states import Place, State

OPEN, OVER = "plum4821", "kite7315"
YOUTH = "SEND Youth Voice Group"
CREDIT = {"en": {"standard": f"Asked by the {YOUTH}", "easy": None}}
LONG = "Ask about the place where you wait for a taxi, because some of us are there for an hour"
WORDS = ("Wonderfully slowly!", "Calm", "Kind", "Brave", "Sunny")  # the longest there is
IDEAS = (
    ("openmoji/bus", LONG, ProposalState.TRYING, ""),
    ("openmoji/toilet", "", ProposalState.NEW, ""),
    ("openmoji/star", "Which teacher is best?", ProposalState.NOT_ASKED, "It names a person."),
)


def rooms(site: Site) -> dict[str, int]:
    """An open room and one that closed yesterday, with ideas and members; made once a site."""
    with site.database.writing() as session, session.begin():
        youth = groups.named(session, YOUTH)
        if youth is None:
            facts = Facts(
                name=YOUTH, audience=Audience.YOUNG_PERSON, colour=GroupColour.PLUM, credit=CREDIT
            )
            youth = holding.add_group(session, facts, by=None, now=now())
            _room(session, site, youth, OVER, closed=True)
            _room(session, site, youth, OPEN, closed=False)
        opened = groups.by_code(session, OPEN)
        assert opened is not None
        opened.closes_at = now() + timedelta(hours=2)  # tests may take long
        over = groups.by_code(session, OVER)
        return {"group": youth.id, "room": opened.id, "over": over.id if over else 0}


def _room(session: Session, site: Site, group: VoiceGroup, code: str, *, closed: bool) -> None:
    moment = now() - timedelta(days=1) if closed else now()
    made = holding.open_room(session, group, 60, chance=Random(code), by=None, now=moment)
    made.code = code
    for number, picture in enumerate(list(PICTURES)[: len(WORDS)]):
        joining.join(
            session, made, picture, WORDS[number], f"{code}{number}", site.codes,
            today=moment.date(), now=moment,
        )  # fmt: skip
    session.add_all(
        Proposal(
            group_id=group.id,
            room_id=made.id,
            words=words,
            picture=picture,
            state=state,
            reason=reason,
            looked_at=moment,
            created_on=moment.date(),
        )
        for picture, words, state, reason in IDEAS
    )
    made.step = RoomStep.TALKING
    if closed:
        made.closed_at = moment + timedelta(hours=1)
    session.flush()


def _open(path: str, place: Place) -> None:
    rooms(place.site)
    place.phone.goto(path)


def _wrong_code(place: Place) -> None:
    _open("/together", place)
    place.press("main form .govuk-button")


def come_in(place: Place, picture: str = "openmoji/drum") -> None:
    """Go into the open room under a word that nobody has yet."""
    _open(f"/together/{OPEN}/join", place)
    place.press(f'button[value="{picture}"]')
    with place.site.database.reading() as reading:
        room = groups.by_code(reading, OPEN)
        assert room is not None
        number = groups.member_number(reading, room.id)
    place.phone.page.locator("#word").fill(f"Brave {number}")
    place.press(".own-word .govuk-button")


def _real_name(place: Place) -> None:
    _open(f"/together/{OPEN}/join", place)
    place.press('button[value="openmoji/fox"]')
    place.phone.page.locator("#word").fill("Jayden Smith")
    place.press(".own-word .govuk-button")


def _two_on_a_screen(place: Place) -> None:
    come_in(place)
    come_in(place, "openmoji/key")
    place.phone.goto(f"/together/{OPEN}/who")


def _staff(path: str, place: Place) -> None:
    numbers = rooms(place.site)
    place.phone.sign_in(OFFICER)
    place.phone.goto(path.format(**numbers))


def _staff_sent(path: str, place: Place) -> None:
    _staff(path, place)
    place.press("main form .govuk-button:not(a)")


def together() -> list[State]:
    """The pages that members open."""
    over = f"/together/{OVER}/afterwards"
    return [
        State("room, no code", _wrong_code, 422, error=True),
        State("room, picture", partial(_open, f"/together/{OPEN}/join")),
        State("room, a real name", _real_name, 422, error=True),
        State("room, who is it?", _two_on_a_screen),
        State("room over, ideas", partial(_open, over)),
        State("room over, next", partial(_open, f"{over}?part=next")),
    ]


def of_groups() -> list[State]:
    """The pages that workers open."""
    at = "/staff/groups"
    return [
        State("groups", partial(_staff, at)),
        State("group, wrong", partial(_staff_sent, f"{at}/new"), 422, error=True),
        State("group", partial(_staff, f"{at}/{{group}}")),
        State("room held", partial(_staff, f"{at}/rooms/{{room}}")),
        State("room that closed", partial(_staff, f"{at}/rooms/{{over}}")),
    ]
