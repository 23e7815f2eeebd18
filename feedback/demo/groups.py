"""Made-up groups that design questions: a meeting that was, and a room that is open."""

from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.demo.care import care
from feedback.demo.people import Maker
from feedback.demo.sign_ins import FORUM, ROOM
from feedback.demo.worded import word
from feedback.models.proposals import (
    Designer,
    Member,
    Pile,
    Proposal,
    Reply,
    Room,
    SignOff,
    SignOffOverride,
    VoiceGroup,
    Vote,
)
from feedback.models.safeguarding import SafeguardingFlag
from feedback.models.surveys import Edition, Survey
from feedback.queries import groups as stored
from feedback.services import holding, joining, signing_off
from feedback.services.codes import Codes
from feedback.services.holding import Facts
from feedback.vocabulary import Audience, GroupColour, ProposalState, ReplyFace, RoomStep

SURVEY = "young"
YOUTH = "SEND Youth Voice Group"
LAST_ROOM = "lastroom"  # the code of the meeting that was
DAYS_AGO = 6
OPEN_DAYS = 400  # of the open room: visitors come on any day
_S = ProposalState

CREDITS: dict[str, dict[str, Any]] = {
    YOUTH: {
        "en": {
            "standard": "Asked by the SEND Youth Voice Group",
            "easy": "Asked by the SEND Youth Voice Group",
        },
        "pl": {"standard": "Pytanie zadaje Młodzieżowa Grupa SEND", "easy": None},
        "ar": {"standard": "سؤال من مجموعة صوت الشباب", "easy": None},
    },
    FORUM: {
        "en": {"standard": f"Asked by {FORUM}, the parent carer forum", "easy": None},
    },
}
MEMBERS = (
    ("openmoji/fox", "Sunny"),
    ("openmoji/owl", "Calm"),
    ("openmoji/turtle", "Quick"),
    ("openmoji/kite", "Brave"),
    ("openmoji/drum", "Funny"),
    ("openmoji/cloud", "Gentle"),
)
PILES = (("Getting there", "openmoji/bus"), ("At school", "openmoji/school"))


class _Idea(NamedTuple):
    """An idea, who had it, in which pile, where it is, and the tokens on it."""

    words: str
    picture: str
    by: int | None  # number of a member; None where the scribe wrote it
    pile: int | None
    state: ProposalState
    tokens: tuple[int, ...] = ()  # of each member
    reason: str = ""
    replies: tuple[tuple[int, ReplyFace, str], ...] = ()
    question: str = ""  # of the survey for young people that it became


IDEAS = (
    _Idea(
        "Does your taxi come on time?", "openmoji/bus", 0, 0, _S.TRYING, (2, 0, 1, 1, 0, 2),
        replies=((1, ReplyFace.ME_TOO, "Mine is late a lot"), (3, ReplyFace.GOOD, "")),
    ),
    _Idea(
        "Is lunch too loud?", "openmoji/fork-and-knife", 1, 1, _S.TALKING, (1, 3, 0, 0, 1, 0),
        replies=((0, ReplyFace.ME_TOO, "I eat outside"), (4, ReplyFace.NOT_SURE, "")),
    ),
    _Idea("", "openmoji/toilet", 2, 1, _S.NEW),
    _Idea(
        "Do adults ask you first?", "own/listen", 3, 1, _S.ASKED, (0, 0, 2, 2, 1, 1),
        question="listened",
    ),
    _Idea("Can you join in?", "own/friends", None, None, _S.ANSWERED, question="included"),
    _Idea(
        "Which teacher is the best?", "openmoji/star", 4, 1, _S.NOT_ASKED, (0, 0, 0, 0, 1, 0),
        reason="It names a person. We can ask what makes a good teacher.",
    ),
)  # fmt: skip
NOW_MEMBERS = MEMBERS[:3]
NOW_IDEAS = (
    _Idea("Clubs after school", "openmoji/basketball", 0, None, _S.NEW),
    _Idea("Time to rest", "own/quiet", 1, None, _S.NEW),
)


def meet(session: Session, maker: Maker, codes: Codes) -> None:
    """Add the two groups, the meeting that was and the room that is open."""
    before = maker.now - timedelta(days=DAYS_AGO)
    youth = youth_group(session, now=before)
    _group(session, FORUM, Audience.PARENT, GroupColour.SEA, before)
    chance = maker.chance("groups")
    past = _room(session, youth, LAST_ROOM, chance, before)
    _fill(session, past, MEMBERS, IDEAS, codes, before)
    word(session, past)
    past.step = RoomStep.TRYING
    past.closed_at = before + timedelta(hours=1)
    session.flush()
    open_now = _room(session, youth, ROOM, chance, maker.now)
    _fill(session, open_now, NOW_MEMBERS, NOW_IDEAS, codes, maker.now)
    open_now.closes_at = maker.now + timedelta(days=OPEN_DAYS)
    care(session, past, open_now)
    session.flush()


def youth_group(session: Session, *, now: datetime) -> VoiceGroup:
    """The youth voice group, which met before everything else that is made up."""
    found = stored.named(session, YOUTH)
    return found or _group(session, YOUTH, Audience.YOUNG_PERSON, GroupColour.PLUM, now)


def sign_off(session: Session, edition: Edition, *, now: datetime) -> None:
    """Let the youth voice group say yes to a survey for young people; safe to do twice."""
    if edition.audience != Audience.YOUNG_PERSON:
        return
    group = youth_group(session, now=now)
    survey = session.get_one(Survey, edition.survey_id)
    signing_off.name_group(session, survey, group, user_id=None, now=now)
    seen = signing_off.standing(session, edition).fingerprint
    signing_off.approve(session, edition, group, seen=seen, members=len(MEMBERS), now=now)


def take_away(session: Session) -> None:
    """Take all groups away, with all that they and visitors said."""
    for model in (SafeguardingFlag, SignOffOverride, SignOff, Designer, Proposal, Pile, Member):
        session.execute(delete(model))
    session.execute(delete(Room))
    session.execute(delete(VoiceGroup))


def _group(
    session: Session, name: str, audience: Audience, colour: GroupColour, now: datetime
) -> VoiceGroup:
    facts = Facts(name=name, audience=audience, colour=colour, credit=CREDITS[name])
    return holding.add_group(session, facts, by=None, now=now)


def _room(session: Session, group: VoiceGroup, code: str, chance: Random, now: datetime) -> Room:
    made = holding.open_room(session, group, 60, chance=chance, by=None, now=now)
    made.code = code
    session.flush()
    return made


def _fill(
    session: Session,
    room: Room,
    members: tuple[tuple[str, str], ...],
    ideas: tuple[_Idea, ...],
    codes: Codes,
    now: datetime,
) -> None:
    """Let members come in and say what they say; a worker has looked at all of it."""
    day = now.date()
    survey_id = session.scalar(select(Survey.id).where(Survey.name == SURVEY))
    here = [
        joining.join(session, room, picture, word, f"{room.code}:{word}", codes, today=day, now=now)
        for picture, word in members
    ]
    piles = [
        Pile(group_id=room.group_id, position=at, name=name, picture=picture)
        for at, (name, picture) in enumerate(PILES, start=1)
        if any(each.pile == at - 1 for each in ideas)
    ]
    session.add_all(piles)
    session.flush()
    for each in ideas:
        made = Proposal(
            group_id=room.group_id,
            room_id=room.id,
            member_id=None if each.by is None else here[each.by].id,
            words=each.words,
            picture=each.picture,
            pile_id=None if each.pile is None else piles[each.pile].id,
            state=each.state,
            reason=each.reason,
            survey_id=survey_id if each.question else None,
            question=each.question,
            looked_at=now,
            created_on=day,
        )
        session.add(made)
        session.flush()
        session.add_all(
            Vote(proposal_id=made.id, member_id=member.id, tokens=tokens)
            for member, tokens in zip(here, each.tokens, strict=False)
            if tokens
        )
        session.add_all(
            Reply(
                proposal_id=made.id, member_id=here[who].id, face=face, words=words, created_on=day
            )
            for who, face, words in each.replies
        )
    session.flush()
