"""Notes of the listening evening: cards that somebody took on a tablet while families spoke."""

from datetime import timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.demo.people import Maker
from feedback.demo.sign_ins import COUNCIL, HEALTH
from feedback.models.events import Event
from feedback.models.people import User
from feedback.queries import people as stored
from feedback.services import capturing, codebooks
from feedback.services.capturing import Noted
from feedback.vocabulary import CardState, Role

BEGINS, EVERY = 1110, 7  # minutes after midnight, and between two cards
_S = CardState
# Words, theme, whether it is a question, what became of it, what was said back, whom it is about,
# and days after the evening by which somebody owes an answer.
CARDS = (
    ("We waited two years for the assessment and nobody rang us once.", "waiting", False,
     _S.FOLLOW_UP, "", HEALTH, 60),
    ("How long is the waiting list now? Is it written down anywhere?", "waiting", True,
     _S.FOLLOW_UP, "", HEALTH, None),
    ("The plan came without a name to ring.", "ehcp", False,
     _S.ANSWERED_LATER, "Every plan now carries the name and number of its case officer.",
     COUNCIL, None),
    ("Who decides whether my child gets a taxi?", "transport", True,
     _S.ANSWERED_TODAY, "The transport panel. It meets on the first Monday of each month.",
     COUNCIL, None),
    ("The taxi was late three times last week, and he missed his breakfast club.", "transport",
     False, _S.PASSED_ON, "Passed on to the transport team.", COUNCIL, 20),
    ("Thank you for staying until the end and for not defending yourselves.", "thanks", False,
     _S.ANSWERED_TODAY, "", COUNCIL, None),
    ("Why do we tell our story to every new person?", "joined_up", True,
     _S.FOLLOW_UP, "", COUNCIL, None),
    ("Three caseworkers in one year. Each time we begin again.", "turnover", False,
     _S.FOLLOW_UP, "", COUNCIL, 45),
    ("Speech therapy stopped when she moved to secondary school.", "slt", False,
     _S.PASSED_ON, "Passed on to the therapy service.", HEALTH, 30),
    ("Could the next evening begin later? Some of us work until seven.", "organisation", True,
     _S.ANSWERED_TODAY, "Yes. The next one begins at half past seven.", COUNCIL, None),
    ("Can the council make the school take him back?", "places", True,
     _S.NO_ANSWER, "We may not speak about one child in a meeting. We offered a call the next day.",
     COUNCIL, None),
    ("The hall was too loud for my daughter. She waited in the car.", "sensory", False,
     _S.ANSWERED_LATER, "There is a quiet room with a helper at every evening from now on.",
     COUNCIL, None),
)  # fmt: skip


def take_notes(session: Session, event: Event, maker: Maker) -> None:
    """Keep the cards of the listening evening, as if they had come from a tablet."""
    chance = maker.chance("notes")
    themes = codebooks.ready(session, by=None, now=event.created_at).ids
    officer = session.scalars(
        select(User).where(User.demonstration, User.role == Role.OFFICER).order_by(User.email)
    ).first()
    if officer is None:
        return
    for number, (words, theme, question, state, answer, body, days) in enumerate(CARDS):
        taken_at = maker.at(event.starts_on, BEGINS + EVERY * number + 3 * chance.random())
        organisation = stored.organisation_called(session, body)
        answered_after = 4 + 9 * chance.random() if state is _S.ANSWERED_LATER else 0
        capturing.keep(
            session,
            event,
            _key(chance),
            Noted(
                words=words,
                state=state,
                question=question,
                answer=answer,
                theme_id=themes[theme],
                organisation_id=organisation.id if organisation else None,
                owner_id=officer.id if state.is_open else None,
                due_on=event.starts_on + timedelta(days=days) if days else None,
            ),
            taken_at=taken_at,
            by=officer.id,
            noted=False,
            now=taken_at + timedelta(days=answered_after, minutes=2),
        )


def _key(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
