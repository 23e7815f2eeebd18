"""What tests of validation rounds stand on: insights, and a round that groups can answer."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from feedback.models.improvements import Insight
from feedback.models.validating import ValidationRound
from feedback.services import validating
from feedback.services.validating import Asked
from feedback.vocabulary import Audience

TITLES = ("Waiting", "Noise", "Talk to us")


def insight(code: str, now: datetime, **changed: Any) -> Insight:
    """A draft that says two things: as usual, and in easy read; in Arabic too."""
    facts = {
        "title": {"en": {"standard": code}, "ar": {"standard": f"{code} ع"}},
        "said": {
            "en": {"standard": f"People said that {code} is hard.", "easy": f"{code} is hard."},
            "ar": {"standard": f"قال الناس إن {code} صعب.", "easy": f"{code} صعب."},
        },
        "audience": Audience.YOUNG_PERSON,
        "tags": [],
        "heard_on": now.date(),
        "created_at": now,
    }
    return Insight(code=code.lower().replace(" ", "-"), **{**facts, **changed})


def round_of(session: Session, now: datetime, **changed: Any) -> ValidationRound:
    """A round of three findings for the youth group, open since yesterday for a week."""
    insights = [insight(title, now) for title in TITLES]
    session.add_all(insights)
    session.flush()
    facts = {
        "name": "Autumn",
        "group_name": "SEND Youth Voice Group",
        "audience": Audience.YOUNG_PERSON,
        "introduction": {},
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=7),
        **changed,
    }
    made = validating.begin(session, Asked(**facts), insights, chance=Random(1), by=None, now=now)
    made.code = "fern42"
    session.flush()
    return made
