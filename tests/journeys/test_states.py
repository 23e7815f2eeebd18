"""Every state of every page, measured: axe, colours, room, targets, movement, the tab key."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser

from .checkers import COLOURS, JAR, MarkupChecker, axe, markup_checker, none_of
from .conftest import Surveys
from .coverage_states import of_coverage
from .design_states import design
from .focus import faults_of, follows, stops_of
from .idea_states import ideas, of_ideas
from .measure_states import of_measures, public_figures
from .office_states import office
from .paper_states import paper
from .phone import DESK, FRAMED, PHONE, Phone, new_phone, on_ci
from .planning_states import planning_answering
from .probes import at_400_percent, probe, sized, spaced
from .promise_states import of_promises
from .report_states import of_reports, public_papers
from .room_states import of_groups, together
from .said_states import said, sharing
from .signing_states import approving, of_signing
from .site import Site
from .states import Place, State, answering
from .telling_states import telling_states
from .theme_states import theme_office
from .validation_states import of_voices, public_voices
from .wording_states import adopting_states, wording_states

LEAST, APART = 44, 8  # px, for a thumb that trembles
NARROW = 320
FIRST_SCREEN = 120  # px from the top, before anything else
NO_CHECKER = f"no markup checker here (it needs java and {JAR}): the markup was not checked"
NO_WISH = {"color_scheme": "light", "contrast": "no-preference"}
DARK, STRONG = {"color_scheme": "dark"}, {"contrast": "more"}
WISHES = [DARK, STRONG]
BOTH = {**DARK, **STRONG}

STATES = [
    (state, language)
    for language in ("en", "ar")
    for state in [
        *answering(),
        *planning_answering(),
        *public_figures(),
        *said(),
        *public_papers(),
        *public_voices(),
        *telling_states(),
        *approving(),
        *together(),
        *ideas(),
    ]
]
STATES += [(state, "en") for state in (*office(), *design(), *paper(), *theme_office())]
STATES += [(state, "en") for state in (*of_coverage(), *of_measures(), *of_reports())]
STATES += [(state, "en") for state in (*of_promises(), *sharing(), *of_voices())]
STATES += [(state, "en") for state in (*of_groups(), *of_ideas())]
STATES += [(state, "en") for state in (*wording_states(), *adopting_states())]
STATES += [(state, "en") for state in of_signing()]


def _named(pair: tuple[State, str]) -> str:
    return f"{pair[0].name} ({pair[1]})"


@pytest.fixture(scope="session")
def checker() -> Iterator[MarkupChecker]:
    """One checker of markup for all states."""
    found = markup_checker()
    if found is None:
        pytest.fail(NO_CHECKER) if on_ci() else pytest.skip(NO_CHECKER)
    yield found
    found.close()


@pytest.fixture(scope="module")
def phone(browser: Browser, site: Site) -> Iterator[Phone]:
    """One phone for all states: it forgets between them."""
    made = new_phone(browser, site)
    made.signs_in_once = True
    yield made
    made.close()


@pytest.fixture(scope="module", params=STATES, ids=_named)
def shown(
    request: pytest.FixtureRequest, phone: Phone, site: Site, collections: Surveys
) -> Iterator[Phone]:
    """One state on the phone; tests of the same state look at the same page."""
    state, language = request.param
    phone.forget()
    sized(phone.page, PHONE)
    phone.speak(language)
    state.reach(Place(phone, site, collections, language))
    assert phone.shown is not None
    assert phone.shown.status == state.status
    yield phone
    phone.look()
    none_of(phone.faults)


def test_the_markup_is_sound(shown: Phone, checker: MarkupChecker):
    none_of(checker.faults(shown.source()))


def test_axe_finds_nothing(shown: Phone):
    sized(shown.page, PHONE)

    none_of(axe(shown.page))


def test_colours_can_be_told_apart_in_the_dark_and_at_high_contrast(shown: Phone):
    if _language(shown) == "ar":
        pytest.skip("the same colours as in English")
    found = []
    for wish in [*WISHES, *([] if _is_office(shown) else [BOTH])]:
        shown.page.emulate_media(**{**NO_WISH, **wish})
        found += [f"{wish}: {fault}" for fault in axe(shown.page, rules=COLOURS)]
    shown.page.emulate_media(**NO_WISH)

    none_of(found)


def test_nothing_scrolls_sideways_or_is_cut_off(shown: Phone):
    page = shown.page
    found = []
    for room, make in (
        ("320 px", lambda: sized(page, NARROW)),
        ("own spacing", lambda: spaced(page, True)),
        ("400 per cent", lambda: (spaced(page, False), at_400_percent(page))),
    ):
        make()
        faults = probe(page, "sideways") + probe(page, "cut")
        found += [f"{room}: {fault}" for fault in faults]

    none_of(found)


def test_every_target_is_large_and_stands_apart(shown: Phone):
    if _is_office(shown):
        pytest.skip("dense on purpose; axe looks at the 24 px of WCAG 2.5.8")
    found = set()
    for width in (NARROW, PHONE, DESK):
        sized(shown.page, width)
        found |= set(probe(shown.page, "targets", LEAST, APART))

    none_of(found)


def test_the_way_to_help_stands_where_it_always_stands(shown: Phone):
    if _is_office(shown):
        pytest.skip("for people who answer")
    if shown.path == FRAMED:
        pytest.skip("inside a page of another site, which has its own header")
    # In a room it is the way to a worker, with the help lines behind it.
    way = shown.page.locator("header a:is([href^='/help-now'], [href$='/worried'])")
    way = shown.page.locator("header a.top__help")  # in a room it leads to a worker first

    assert way.evaluate("el => el.checkVisibility() && el.getBoundingClientRect().y") < FIRST_SCREEN


def test_nothing_moves_for_those_who_wish_for_less(shown: Phone):
    shown.page.emulate_media(reduced_motion="reduce")
    found = probe(shown.page, "moving")
    shown.page.emulate_media(reduced_motion="no-preference")

    none_of(found)


def test_it_is_mirrored_when_read_from_right_to_left(shown: Phone):
    if _language(shown) != "ar":
        pytest.skip("written from left to right")
    sized(shown.page, PHONE)

    none_of(probe(shown.page, "mirrored"))


def test_every_stop_of_the_tab_key_shows_itself_in_reading_order(shown: Phone):
    sized(shown.page, DESK if _is_office(shown) else PHONE)
    stops = stops_of(shown.page)

    assert stops, "the tab key finds nothing"
    found = [fault for stop in stops for fault in faults_of(stop)]
    found += [
        f"{after['name']} stands before {before['name']}"
        for before, after in pairwise(stops)
        if not follows(before, after)
    ]
    none_of(found)


def _language(phone: Phone) -> str | None:
    return phone.page.locator("html").get_attribute("lang")


def _is_office(phone: Phone) -> bool:
    return phone.path.startswith("/staff")
