"""The states of a group's yes and of the answers to its questions."""

from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from signing_ground import LIGHTHOUSE, sign_off, voice_group
from sqlalchemy import select

from feedback.models.proposals import Proposal, VoiceGroup
from feedback.models.surveys import Edition
from feedback.queries import groups, surveys
from feedback.questionnaire import Questionnaire, Wording
from feedback.redrafting import changed, set_question
from feedback.services import authoring, holding
from feedback.vocabulary import ProposalState, RoomStep

from .people import various
from .site import OFFICER, Site, now
from .states import Place, State
from .surveys import walked

CODE, SURVEY, QUESTION = "lamp6027", "signed", "listened"
REASON = "It names a person. We can ask what makes a good teacher."


def signed(site: Site) -> dict[str, Any]:
    """A room whose words changed after its group's yes, and some answers; made once a site."""
    with site.database.reading() as session:
        there = session.scalars(select(VoiceGroup.id).where(VoiceGroup.name == LIGHTHOUSE)).first()
        theirs = groups.by_code(session, CODE)
    if there is None or theirs is None:
        asked = walked()["young"].model_copy(update={"survey": SURVEY})
        _answered(site, asked)
        _changed(site, asked)
    with site.database.writing() as session, session.begin():
        room = groups.by_code(session, CODE)
        assert room is not None
        room.closes_at = now() + timedelta(hours=2)  # tests may take long
        idea = session.scalars(
            select(Proposal.id).where(Proposal.room_id == room.id, Proposal.question == QUESTION)
        ).one()
        return {"group": room.group_id, "idea": idea, "name": SURVEY, "code": CODE}


def _answered(site: Site, asked: Questionnaire) -> None:
    collection = site.open(asked, "lamp")
    site.answer(collection, *various(asked, 30))


def _changed(site: Site, asked: Questionnaire) -> None:
    """One word is another since the group said yes to the next edition."""
    moment = now()
    with site.database.writing() as session, session.begin():
        group = voice_group(session, moment)
        room = holding.open_room(session, group, 60, chance=Random(2), by=None, now=moment)
        room.code, room.step = CODE, RoomStep.APPROVING
        draft: Edition = authoring.keep_draft(session, asked, now=moment)
        sign_off(session, draft, moment)
        question = asked.questions[QUESTION]
        words = Wording(standard="Do adults hear what you say?", easy="Do adults hear you?")
        edited = set_question(asked, QUESTION, changed(question, ask={**question.ask, "en": words}))
        assert surveys.newest_edition(session, SURVEY) is draft
        authoring.keep_draft(session, edited, now=moment)
        facts = {"group_id": group.id, "room_id": room.id, "looked_at": moment}
        facts["created_on"] = moment.date()
        session.add_all(
            [
                Proposal(
                    words="Do adults ask you first?",
                    picture="own/listen",
                    state=ProposalState.ASKED,
                    survey_id=draft.survey_id,
                    question=QUESTION,
                    **facts,
                ),
                Proposal(
                    words="Which teacher is best?",
                    state=ProposalState.NOT_ASKED,
                    reason=REASON,
                    **facts,
                ),
            ]
        )


def _member(path: str, place: Place) -> None:
    """Go into the room under a word that nobody has yet, and on to a page of it."""
    numbers = signed(place.site)
    with place.site.database.reading() as reading:
        room = groups.by_code(reading, CODE)
        assert room is not None
        number = groups.member_number(reading, room.id)
    place.phone.goto(f"/together/{CODE}/join/word?picture=openmoji/drum")
    place.phone.page.locator("#word").fill(f"Brave {number}")
    place.press(".own-word .govuk-button")
    place.phone.goto(path.format(**numbers))


def _staff(path: str, place: Place) -> None:
    numbers = signed(place.site)
    place.phone.sign_in(OFFICER)
    place.phone.goto(path.format(**numbers))


def _too_short(place: Place) -> None:
    _staff("/staff/groups/signing/{name}/without", place)
    place.phone.page.locator("#reason").fill("in a hurry")
    place.press("main form .govuk-button")


def approving() -> list[State]:
    """The pages of members."""
    return [
        State("approving, changed", partial(_member, "/together/{code}/approving")),
        State("our ideas", partial(_member, "/together/{code}/answers")),
        State("our answers", partial(_member, "/together/{code}/answers/{idea}")),
    ]


def of_signing() -> list[State]:
    """The pages of workers."""
    return [
        State("sign with the group", partial(_staff, "/staff/groups/signing/{name}")),
        State("without the group, wrong", _too_short, 422, error=True),
        State("surveys of a group", partial(_staff, "/staff/groups/{group}/surveys")),
    ]
