"""What tests stand on where a survey needs its group's yes before it opens."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models.proposals import SignOff, VoiceGroup
from feedback.models.surveys import Edition, Survey
from feedback.services import signing_off
from feedback.vocabulary import Audience, GroupColour

LIGHTHOUSE = "Lighthouse Group"


def voice_group(session: Session, now: datetime, name: str = LIGHTHOUSE) -> VoiceGroup:
    """A group of young people; made where it is not there yet."""
    kept = session.scalars(select(VoiceGroup).where(VoiceGroup.name == name)).first()
    if kept is None:
        kept = VoiceGroup(
            name=name,
            audience=Audience.YOUNG_PERSON,
            colour=GroupColour.SEA,
            credit={"en": {"standard": f"Asked by the {name}", "easy": f"The {name} asks this"}},
            created_at=now,
        )
        session.add(kept)
        session.flush()
    return kept


def sign_off(session: Session, edition: Edition, now: datetime, *, members: int = 3) -> SignOff:
    """A group's yes to an edition as it stands, so that it may be opened."""
    group = voice_group(session, now)
    survey = session.get_one(Survey, edition.survey_id)
    signing_off.name_group(session, survey, group, user_id=None, now=now)
    seen = signing_off.standing(session, edition).fingerprint
    return signing_off.approve(session, edition, group, seen=seen, members=members, now=now)


def sign_where_needed(
    session: Session, edition: Edition, now: datetime, audience: Audience | None = None
) -> None:
    """As `sign_off`, where the edition could not be opened to an audience without it."""
    if not signing_off.standing(session, edition, audience).may_open:
        sign_off(session, edition, now)
