"""Every state of every page, measured: axe, colours, room, targets, movement, the tab key."""

from collections.abc import Iterator
from itertools import chain, pairwise

import pytest
from playwright.sync_api import Browser

from .checkers import COLOURS, axe
from .conftest import Surveys
from .focus import faults_of, follows, stops_of
from .office_states import office
from .phone import DESK, PHONE, Phone, new_phone
from .probes import at_400_percent, probe, sized, spaced
from .site import Site
from .states import Place, State, answering

LEAST, APART = 44, 8  # px, for a thumb that trembles
NARROW = 320
NO_WISH = {"color_scheme": "light", "contrast": "no-preference"}
DARK, STRONG = {"color_scheme": "dark"}, {"contrast": "more"}
WISHES = [DARK, STRONG, {**DARK, **STRONG}]

STATES = [(state, language) for language in ("en", "ar") for state in answering()]
OFFICE = [(state, "en") for state in office()]


def _named(pair: tuple[State, str]) -> str:
    return f"{pair[0].name} ({pair[1]})"


@pytest.fixture(scope="module", params=STATES + OFFICE, ids=_named)
def shown(
    request: pytest.FixtureRequest, browser: Browser, site: Site, collections: Surveys
) -> Iterator[Phone]:
    """One state, on a phone of its own; tests of the same state look at the same page."""
    state, language = request.param
    phone = new_phone(browser, site)
    phone.speak(language)
    state.reach(Place(phone, site, collections, language))
    assert phone.shown is not None
    assert phone.shown.status == state.status
    yield phone
    phone.close()
    assert phone.faults == []


def test_axe_finds_nothing(shown: Phone):
    sized(shown.page, PHONE)

    assert axe(shown.page) == []


def test_colours_can_be_told_apart_in_the_dark_and_at_high_contrast(shown: Phone):
    found = []
    for wish in WISHES:
        shown.page.emulate_media(**{**NO_WISH, **wish})  # type: ignore[arg-type]
        found += [f"{wish}: {fault}" for fault in axe(shown.page, rules=COLOURS)]
    shown.page.emulate_media(**NO_WISH)  # type: ignore[arg-type]

    assert found == []


@pytest.mark.parametrize("room", ["320 px", "400 per cent", "own spacing"])
def test_nothing_scrolls_sideways_or_is_cut_off(shown: Phone, room: str):
    if room == "400 per cent":
        at_400_percent(shown.page, DESK)
    else:
        sized(shown.page, NARROW)
    spaced(shown.page, room == "own spacing")
    found = probe(shown.page, "sideways") + probe(shown.page, "cut")
    spaced(shown.page, False)

    assert found == []


def test_every_target_is_large_and_stands_apart(shown: Phone):
    if _is_office(shown):
        pytest.skip("dense on purpose; axe looks at the 24 px of WCAG 2.5.8")
    found = set()
    for width in (NARROW, PHONE, DESK):
        sized(shown.page, width)
        found |= set(probe(shown.page, "targets", LEAST, APART))

    assert found == set()


def test_nothing_moves_for_those_who_wish_for_less(shown: Phone):
    shown.page.emulate_media(reduced_motion="reduce")
    found = probe(shown.page, "moving")
    shown.page.emulate_media(reduced_motion="no-preference")

    assert found == []


def test_it_is_mirrored_when_read_from_right_to_left(shown: Phone):
    if shown.page.locator("html").get_attribute("lang") != "ar":
        pytest.skip("written from left to right")
    sized(shown.page, PHONE)

    assert probe(shown.page, "mirrored") == []


def test_every_stop_of_the_tab_key_shows_itself_in_reading_order(shown: Phone):
    sized(shown.page, DESK if _is_office(shown) else PHONE)
    stops = stops_of(shown.page)

    assert stops, "the tab key finds nothing"
    assert list(chain.from_iterable(map(faults_of, stops))) == []
    assert [
        f"{after['name']} stands before {before['name']}"
        for before, after in pairwise(stops)
        if not follows(before, after)
    ] == []


def _is_office(phone: Phone) -> bool:
    return phone.path.startswith("/staff")
