"""What tests of rooms stand on: a group, an open room, somebody in it."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session
from visiting import Visit

from feedback import demo, questionnaire
from feedback.models.proposals import (
    HardWord,
    Member,
    Pile,
    Proposal,
    Reply,
    Room,
    VoiceGroup,
    Vote,
    Wording,
)
from feedback.models.surveys import Survey
from feedback.outputs import exchange
from feedback.redrafting import changed, set_question
from feedback.services import authoring, holding, joining, signing_off
from feedback.services.codes import Codes
from feedback.services.holding import Facts
from feedback.vocabulary import Audience, GroupColour, ProposalState, ReplyFace

CODE = "plum4821"
AT = f"/together/{CODE}"
CREDIT = {
    "en": {
        "standard": "Asked by the SEND Youth Voice Group",
        "easy": "Asked by our youth group",
    }
}

QUESTION = {
    "name": "lunch",
    "kind": "yes_no",
    "ask": {"en": {"standard": "Is lunch at school too loud?", "easy": "Is lunch too loud?"}},
    "skip": True,
    "dont_know": True,
}


def group_of(session: Session, now: datetime, **changed: Any) -> VoiceGroup:
    """The youth voice group."""
    facts: dict[str, Any] = {
        "name": "SEND Youth Voice Group",
        "audience": Audience.YOUNG_PERSON,
        "colour": GroupColour.PLUM,
        "credit": CREDIT,
        **changed,
    }
    return holding.add_group(session, Facts(**facts), by=None, now=now)


def room_of(
    session: Session, now: datetime, *, group: VoiceGroup | None = None, minutes: int = 60
) -> Room:
    """An open room of the youth voice group, with the code `CODE`."""
    group = group or group_of(session, now)
    made = holding.open_room(session, group, minutes, chance=Random(1), by=None, now=now)
    made.code = CODE
    session.flush()
    return made


def member_of(
    session: Session,
    room: Room,
    codes: Codes,
    now: datetime,
    *,
    picture: str = "openmoji/fox",
    word: str = "Sunny",
) -> Member:
    """Somebody in a room, without a browser."""
    day = now.date()
    token = f"{picture} {word}"
    return joining.join(session, room, picture, word, token, codes, today=day, now=now)


def come_in(visit: Visit, *, picture: str = "openmoji/fox", word: str = "Sunny") -> Visit:
    """A browser that goes in and stands on the page of what everybody does now."""
    visit.get(f"{AT}/join/word?picture={picture}")
    visit.follow(visit.post(f"{AT}/join/word", {"picture": picture, "word": word}))
    return visit


def closed_since(room: Room, now: datetime, days: int) -> None:
    """Let a room have closed some days ago."""
    room.opens_at = now - timedelta(days=days, hours=1)
    room.closes_at = room.closed_at = now - timedelta(days=days)


def survey_that_changed(session: Session, room: Room, now: datetime) -> int:
    """A survey whose words changed after the room's group said yes to them."""
    file = Path(demo.__file__).parent / "surveys" / "young.yaml"
    asked = exchange.read_survey(file.read_bytes(), file=file.name)
    draft = authoring.keep_draft(session, asked, now=now)
    survey = session.get_one(Survey, draft.survey_id)
    group = session.get_one(VoiceGroup, room.group_id)
    signing_off.name_group(session, survey, group, user_id=None, now=now)
    seen = signing_off.standing(session, draft).fingerprint
    signing_off.approve(session, draft, group, seen=seen, members=3, now=now)
    listened = asked.questions["listened"]
    easy = questionnaire.Wording(standard="Do adults hear you?", easy="Do they hear you?")
    ask = {**listened.ask, "en": easy}
    edited = set_question(asked, "listened", changed(listened, ask=ask))
    authoring.keep_draft(session, edited, now=now)
    return survey.id


def full_room(session: Session, codes: Codes, now: datetime) -> dict[str, Any]:
    """An open room with something of everything; what addresses of its pages may name."""
    room = room_of(session, now)
    owl = member_of(session, room, codes, now, picture="openmoji/owl", word="Calm")
    pile = Pile(group_id=room.group_id, position=1, name="At school", picture="openmoji/school")
    session.add(pile)
    session.flush()
    facts = {"room_id": room.id, "group_id": room.group_id, "created_on": now.date()}
    lunch = Proposal(
        words="Is lunch too loud?",
        picture="openmoji/fork-and-knife",
        pile_id=pile.id,
        member_id=owl.id,
        state=ProposalState.TRYING,
        looked_at=now,
        **facts,
    )
    session.add_all([lunch, Proposal(picture="openmoji/bus", state=ProposalState.NEW, **facts)])
    session.flush()
    reply = Reply(
        proposal_id=lunch.id,
        member_id=owl.id,
        face=ReplyFace.GOOD,
        words="I eat outside",
        created_on=now.date(),
    )
    session.add_all([reply, Vote(proposal_id=lunch.id, member_id=owl.id, tokens=2)])
    again = {**QUESTION, "ask": {"en": {"standard": "Do staff listen and explain transport?"}}}
    for number, question in enumerate((QUESTION, again), start=1):
        worded = Wording(
            proposal_id=lunch.id, number=number, question=question, created_on=now.date()
        )
        session.add(worded)
        session.flush()
    session.add(HardWord(wording_id=worded.id, member_id=owl.id, said="transport"))
    holding.look_at(session, room, lunch, now=now)
    lunch.survey_id, lunch.question = survey_that_changed(session, room, now), "listened"
    session.flush()
    return {
        "proposal_id": lunch.id,
        "idea_id": lunch.id,
        "pile_id": pile.id,
        "reply_id": reply.id,
        "member_id": owl.id,
        "number": 1,
        "read": "easy_read",
    }
