"""The states of the pages on which somebody asks to be told what happened."""

import secrets
from datetime import UTC, datetime
from functools import partial

from feedback.queries import followers as stored
from feedback.services import telling
from feedback.services.sealing import Recipient, Seals
from feedback.vocabulary import Presentation

from .site import SECRET
from .states import Place, State

BUTTON = "main button.govuk-button"


def _go(place: Place, path: str) -> None:
    place.phone.goto(f"/tell-me/{path}?language={place.language}")


def _asked(place: Place, address: str) -> None:
    _go(place, "about/parents")
    place.phone.page.fill("#email", address)
    place.phone.page.click(BUTTON)


def _token(place: Place, purpose: str) -> str:
    """A link of somebody who asked just now."""
    seals = Seals(SECRET)
    now = datetime.now(UTC)
    to = Recipient(f"{secrets.token_hex(8)}@x.example", place.language, Presentation.STANDARD)
    with place.site.addresses.writing() as store, store.begin():
        telling.follow(store, seals, "parents", to, minutes=60, today=now.date(), now=now)
        found = stored.by_mark(store, seals.mark("parents", to.address))
        assert found is not None
        return seals.token(purpose, found.id)


def _linked(place: Place, purpose: str, *, press: bool = False) -> None:
    _go(place, f"{purpose}/{_token(place, purpose)}")
    if press:
        place.phone.page.click(BUTTON)


def telling_states() -> list[State]:
    """Asking, saying yes, stopping, and what goes wrong."""
    return [
        State("tell me", partial(_go, path="about/parents")),
        State("tell me, young people", partial(_go, path="about/young")),
        State("tell me, no address", partial(_asked, address="sam"), 422, error=True),
        State("tell me, asked", partial(_asked, address="sam@x.example")),
        State("tell me, shall we", partial(_linked, purpose="yes")),
        State("tell me, yes", partial(_linked, purpose="yes", press=True)),
        State("tell me, stop", partial(_linked, purpose="stop")),
        State("tell me, stopped", partial(_linked, purpose="stop", press=True)),
        State("tell me, link over", partial(_go, path="yes/nothing"), 404),
    ]
