"""The states of the pages for staff."""

from functools import partial

from feedback.models.collections import Collection
from feedback.vocabulary import Role

from .codebook_states import of_codebooks
from .notes_states import of_notes
from .people import silent, various
from .phone import Phone
from .planning_states import planning_office
from .site import ADMINISTRATOR, OFFICER, VIEWER, Site, new_code
from .states import Place, State
from .surveys import walked
from .training import held

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


def _as_administrator(path: str, place: Place) -> None:
    _as_staff(ADMINISTRATOR, path, place)


def _nothing_filled_in(path: str, place: Place) -> None:
    """A form for administrators, sent as it stands."""
    _as_administrator(path, place)
    place.press("main form.card button")


def _person(path: str, place: Place, *, ended: bool = False) -> None:
    """A page about somebody new; `path` has a place for their number."""
    number = place.site.number_of(place.site.person(Role.OFFICER))
    _as_administrator(path.format(id=number), place)
    if ended:
        place.phone.goto(f"/staff/people/{number}/end")
        place.press("main form button")
        place.phone.goto(f"/staff/people/{number}")


def _people(place: Place) -> None:
    """Somebody is invited, somebody has just been."""
    place.site.invitation(Role.PARTNER)
    _person("/staff/people/{id}", place, ended=True)
    place.phone.goto("/staff/people")


def _invited(place: Place) -> None:
    """What the administrator sees when the e-mail has left."""
    _as_administrator("/staff/people/invite", place)
    page = place.phone.page
    page.locator("#email").fill(f"{new_code()}@brackenshore.example")
    page.locator("#name").fill("Sam Newcomer")
    page.locator("#role").check()
    place.press("main form.card button")


def _invitation(place: Place, password: str | None = None) -> None:
    place.phone.goto(place.site.invitation(Role.OFFICER))
    if password is not None:
        place.phone.page.locator("#password").fill(password)
        place.press("main form button")


def _second_step(place: Place, *, set_up: bool, typed: str = "") -> None:
    place.phone.password(place.site.person(Role.OFFICER, set_up=set_up))
    if typed:
        place.phone.page.locator("#number").fill(typed)
        place.press("main form button")


def _own_page(place: Place, *, typed: bool = False) -> None:
    _as_staff(place.site.person(Role.OFFICER), "/staff/account", place)
    if typed:
        place.phone.page.locator("#old").fill("wrong")
        place.phone.page.locator("#new").fill("short")
        place.press("form[action$=password] button")


def people() -> list[State]:
    """Every state of the pages about staff."""
    admin = partial(partial, _as_administrator)
    return [
        State("second step, first time", partial(_second_step, set_up=False)),
        State("second step", partial(_second_step, set_up=True)),
        State("second step, wrong", partial(_second_step, set_up=True, typed="1"), 422, error=True),
        State("invitation", _invitation),
        State("invitation, weak password", partial(_invitation, password="x"), 422, error=True),
        State("invitation, not known", lambda p: p.phone.goto("/staff/invitation/no"), 404),
        State("own page", _own_page),
        State("own page, wrong password", partial(_own_page, typed=True), 422, error=True),
        State("people", _people),
        State("person", partial(_person, "/staff/people/{id}")),
        State("person, ended", partial(_person, "/staff/people/{id}", ended=True)),
        State("end access?", partial(_person, "/staff/people/{id}/end")),
        State("reset second step?", partial(_person, "/staff/people/{id}/second-step")),
        State("invite", admin("/staff/people/invite")),
        State(
            "invite, nothing written",
            partial(_nothing_filled_in, "/staff/people/invite"),
            422,
            error=True,
        ),
        State("invited", _invited),
        State(
            "organisations, nothing written",
            partial(_nothing_filled_in, "/staff/organisations"),
            422,
            error=True,
        ),
        State("record", admin("/staff/record")),
        State("record, checked", admin("/staff/record?check=yes")),
        State("record, nothing found", admin("/staff/record?since=2199-01-01")),
    ]


def _session(email: str, people: int, place: Place) -> None:
    """The page of a session that so many came to."""
    place.phone.sign_in(email)
    event, _codes = held(place.site, people)
    place.phone.goto(f"/staff/events/{event.id}/before-and-after")


def _series(path: str, place: Place, *sizes: int) -> None:
    """A page of a series of sessions that so many came to."""
    place.phone.sign_in(OFFICER)
    series = place.site.series(f"Series {new_code()}")
    for people in sizes:
        held(place.site, people, series=series)
    place.phone.goto(f"/staff/series/{series.id}{path}")


PROGRAM = {"name": "tree.png", "mimeType": "image/png", "buffer": b"MZ is how a program begins"}


def _bring_in(place: Place) -> None:
    place.phone.sign_in(OFFICER)
    page = place.phone.goto("/staff/pictures/?words=quiet+room")
    page.locator("#file").set_input_files(PROGRAM)
    page.locator("#shows").fill("The quiet room at the hub")
    page.locator("#agreed").check()
    place.press("#bring button")


def office() -> list[State]:
    """Every state of the pages for staff."""
    return [*reading(), *people()]


def reading() -> list[State]:
    """Every state of the pages of those who read answers."""
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
        State("before and after", lambda place: _session(OFFICER, MANY, place)),
        State("before and after, few", lambda place: _session(OFFICER, FEW, place)),
        State("series", lambda place: _series("", place, MANY, MANY, FEW)),
        State("series, few", lambda place: _series("", place, FEW)),
        State("series, words", lambda place: _series("/words", place, MANY)),
        State("pictures, found", lambda place: officer("/staff/pictures/?words=help", place)),
        State("picture refused", _bring_in, 422, error=True),
        State("not for a viewer", lambda place: _as_staff(VIEWER, comments, place, **few), 403),
        *planning_office(),
        *of_codebooks(),
        *of_notes(),
    ]
