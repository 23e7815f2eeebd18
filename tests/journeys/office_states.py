"""The states of the pages for staff."""

from functools import partial

from feedback.models.collections import Collection

from .people import silent, various
from .phone import Phone
from .site import OFFICER, VIEWER, Site, new_code
from .states import Place, State
from .surveys import walked

MANY, FEW = 30, 3  # people: enough to show every number to staff, and too few to show any


def _sign_in(place: Place, email: str = "", password: str = "") -> None:
    phone: Phone = place.phone
    phone.goto("/staff/sign-in")
    phone.page.locator("input[name=email]").fill(email)
    phone.page.locator("input[name=password]").fill(password)
    place.press("main button")


def answered(site: Site, survey: str, number: int, *, wordless: bool = False) -> Collection:
    """A collection that people of all sorts have answered, or passed by all that they could."""
    asked = walked()[survey]
    collection = site.open(asked, new_code())
    site.answer(collection, *([silent(asked)] * number if wordless else various(asked, number)))
    return collection


def _as_staff(email: str, path: str, place: Place, **answers: object) -> None:
    place.phone.sign_in(email)
    collection = answered(place.site, **answers) if answers else None
    place.phone.goto(path.format(id=collection.id if collection else ""))


def office() -> list[State]:
    """Every state of the pages for staff."""
    officer = partial(_as_staff, OFFICER)
    many = {"survey": "every_kind", "number": MANY}
    few = {"survey": "every_kind", "number": FEW}
    wordless = {"survey": "live", "number": MANY, "wordless": True}
    results, comments = "/staff/collection/{id}", "/staff/collection/{id}/comments"
    return [
        State("sign in", lambda place: place.phone.goto("/staff/sign-in")),
        State("sign in, nothing written", _sign_in, 422, error=True),
        State("sign in, wrong", lambda place: _sign_in(place, OFFICER, "wrong"), 422, error=True),
        State("collections", lambda place: officer("/staff/", place, **many)),
        State("results", lambda place: officer(results, place, **many)),
        State("results, few", lambda place: officer(results, place, **few)),
        State("results, as a viewer", lambda place: _as_staff(VIEWER, results, place, **many)),
        State("comments", lambda place: officer(comments, place, **many)),
        State("comments, found", lambda place: officer(f"{comments}?search=door", place, **many)),
        State(
            "comments, none found", lambda place: officer(f"{comments}?search=zebra", place, **many)
        ),
        State("comments, none written", lambda place: officer(comments, place, **wordless)),
        State("comments, few", lambda place: officer(comments, place, **few)),
        State("not for a viewer", lambda place: _as_staff(VIEWER, comments, place, **few), 403),
    ]
