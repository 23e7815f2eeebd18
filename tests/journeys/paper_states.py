"""The states of the pages for paper: to print, and to type in."""

from functools import partial

from feedback.models.collections import Collection
from feedback.vocabulary import Channel

from .site import OFFICER, Site, new_code
from .states import TYPED, Place, State
from .surveys import walked


def on_paper(site: Site, **more: object) -> Collection:
    """A collection that takes answers in every way."""
    return site.open(walked()["every_kind"], new_code(), channels=list(Channel), **more)


def _paper(path: str, place: Place, **more: object) -> None:
    place.phone.sign_in(OFFICER)
    place.phone.goto(path.format(id=on_paper(place.site, **more).id))


def _paper_saved(place: Place) -> None:
    _paper("/staff/paper/{id}", place)
    place.press("#save")


def _paper_with_errors(place: Place) -> None:
    _paper("/staff/paper/{id}", place)
    page = place.phone.page
    page.locator("#q_overall").fill("eleven")
    page.locator("#q_since-month").fill("13")
    page.locator("#q_more").fill(TYPED)
    place.press("#save")


def _paper_not_asked(place: Place) -> None:
    _paper("/staff/paper/{id}", place)
    place.phone.page.locator("#q_weeks").fill("20")
    place.press("#save")


def _print_before_and_after(place: Place) -> None:
    _paper("/staff/collection/{id}/print", place, event=place.site.event())


def paper() -> list[State]:
    """Every state of the pages for paper."""
    return [
        State("print", partial(_paper, "/staff/collection/{id}/print")),
        State("print, before and after", _print_before_and_after),
        State("paper", partial(_paper, "/staff/paper/")),
        State("paper, typing in", partial(_paper, "/staff/paper/{id}")),
        State("paper, saved", _paper_saved),
        State("paper, errors", _paper_with_errors, 422, error=True),
        State("paper, not asked", _paper_not_asked, 422, error=True),
    ]
