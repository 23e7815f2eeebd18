"""The states of the staff pages about what was heard and promised."""

from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from feedback.models.improvements import Commitment, Insight
from feedback.models.people import Organisation, User
from feedback.services import improving
from feedback.services.improving import CommitmentFacts, InsightFacts, Said
from feedback.vocabulary import Audience, CommitmentState, OrganisationKind

from .site import OFFICER, VIEWER, Site, now
from .states import Place, State

AT = "/staff/promises"
CODE = "letters-that-nobody-in-the-family-can-read"


def _words(standard: str, easy: str) -> dict[str, Any]:
    return {"en": {"standard": standard, "easy": easy}, "pl": {"standard": standard, "easy": easy}}


def heard(site: Site) -> int:
    """An insight with a promise that is late and said to be done, and a draft; once.

    Returns:
        The number of the promise.
    """
    today = now().date()
    with site.database.writing() as session, session.begin():
        known = session.scalars(select(Insight.id).where(Insight.code == CODE)).first()
        if known is None:
            officer = session.scalars(select(User).where(User.email == VIEWER)).one()
            body = Organisation(
                name="Brackenshore Community Health and Care Trust",
                kind=OrganisationKind.HEALTH,
                created_at=now(),
            )
            session.add(body)
            session.flush()
            by = {"by": officer.id, "now": now()}
            facts = InsightFacts(
                title=_words("Letters that nobody in the family can read", "Hard letters"),
                said=_words("Letters about plans are long.", "The letters are too long."),
                audience=Audience.PARENT,
                heard_on=today - timedelta(days=90),
            )
            insight = improving.draft(session, facts, **by)
            promised = CommitmentFacts(
                what=_words("We write them anew with parents.", "We write new letters."),
                notice=_words("A letter is one page.", "The letter is short."),
                organisation_id=body.id,
                due_on=today,
            )
            made = improving.promise(
                session, insight, promised, Said(CommitmentState.DOING, today), today=today, **by
            )
            made.due_on = today - timedelta(days=12)
            session.flush()
            done = Said(CommitmentState.DONE, today, _words("All are new.", "They are new."))
            improving.say(session, made, done, version=1, today=today, **by)
            improving.publish(session, insight, version=1, **by)
            improving.draft(session, facts, **by)
        return session.scalars(select(Commitment.id).order_by(Commitment.id)).first() or 0


def _page(path: str, place: Place) -> None:
    number = heard(place.site)
    place.phone.sign_in(OFFICER)
    place.phone.goto(path.format(number=number))


def _sent_empty(path: str, place: Place) -> None:
    _page(path, place)
    place.press("main form button.govuk-button")


def of_promises() -> list[State]:
    """Every state of the staff pages about what was heard and promised."""
    one, promise = f"{AT}/{CODE}", f"{AT}/commitment/{{number}}"
    return [
        State("promises", partial(_page, AT)),
        State("promises, none like this", partial(_page, f"{AT}?show=cannot")),
        State("insight, new, wrong", partial(_sent_empty, f"{AT}/new"), 422, error=True),
        State("insight", partial(_page, one)),
        State("insight, draft", partial(_page, f"{one}-2")),
        State("insight, quotes", partial(_page, f"{one}/quotes")),
        State("insight, back?", partial(_sent_empty, f"{one}/take-back"), 422, error=True),
        State("insight, away?", partial(_page, f"{one}-2/remove")),
        State("promise, new, wrong", partial(_sent_empty, f"{one}/promise"), 422, error=True),
        State("promise", partial(_page, promise)),
        State("promise, change", partial(_page, f"{promise}/change")),
        State("promise, update", partial(_page, f"{promise}/update")),
        State("promise, check, wrong", partial(_sent_empty, f"{promise}/check"), 422, error=True),
    ]
