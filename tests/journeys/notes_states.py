"""The states of the pages about notes of events."""

from functools import partial
from uuid import uuid4

from sqlalchemy import select

from feedback.models.events import Event
from feedback.models.issue_cards import IssueCard
from feedback.queries import people
from feedback.services import capturing, codebooks
from feedback.services.capturing import Noted
from feedback.vocabulary import CardState

from .planning_states import now, year_of_events
from .site import OFFICER, Site
from .states import Place, State

CARDS = (
    Noted(words="We waited two years.", state=CardState.FOLLOW_UP, question=True),
    Noted(words="The lift is broken.", state=CardState.ANSWERED_TODAY, answer="It is mended."),
    Noted(words="He hits me and I want to die.", state=CardState.PASSED_ON),
    Noted(words="Who decides?", state=CardState.NO_ANSWER, answer="Nobody here knows."),
)


def noted(site: Site) -> dict[str, int]:
    """An event with a card of most states, one of them in the bin; once a site."""
    event = year_of_events(site)
    with site.database.writing() as session, session.begin():
        known = session.scalars(select(IssueCard.id).order_by(IssueCard.id)).first()
        if known is None:
            officer = people.by_email(session, OFFICER)
            by = {"by": officer.id, "now": now()}
            codebooks.ready(session, **by)
            kept = [
                capturing.keep(
                    session, session.get(Event, event.id), str(uuid4()), facts,
                    taken_at=now(), **by,
                )
                for facts in (*CARDS, Noted(words="Not so", state=CardState.FOLLOW_UP))
            ]  # fmt: skip
            capturing.remove(session, kept[-1], **by)
            known = kept[0].id
        return {"event": event.id, "card": known, "gone": known + len(CARDS)}


def _page(path: str, place: Place) -> None:
    numbers = noted(place.site)
    place.phone.sign_in(OFFICER)
    place.phone.goto(path.format(**numbers))


def _sent_empty(path: str, place: Place) -> None:
    """A form sent with nothing in it, by a browser whose script does not hold it back."""
    _page(path, place)
    place.phone.page.locator("#words").evaluate("el => el.value = ' '")
    with place.phone.page.expect_navigation():
        place.phone.page.locator("#words").evaluate("el => el.form.submit()")


def of_notes() -> list[State]:
    """Every state of the pages about notes of events."""
    take, card = "/staff/cards/event/{event}/take", "/staff/cards/{card}"
    return [
        State("take notes", partial(_page, take)),
        State("take notes, the tablet’s copy", partial(_page, f"{take}?device=1")),
        State("take notes, nothing written", partial(_sent_empty, take), 422, error=True),
        State("notes of an event", partial(_page, "/staff/cards/event/{event}")),
        State("notes, none like that", partial(_page, "/staff/cards/event/{event}?show=late")),
        State("notes that wait", partial(_page, "/staff/cards/")),
        State("a card", partial(_page, card)),
        State("a card, nothing written", partial(_sent_empty, card), 422, error=True),
        State("a deleted card", partial(_page, "/staff/cards/{gone}")),
    ]
