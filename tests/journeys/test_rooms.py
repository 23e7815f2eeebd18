"""A meeting in a browser: coming in by keyboard, following the worker, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewPhone
from .phone import DESK, Phone
from .room_states import OPEN, rooms
from .site import OFFICER, Site

AT = f"/together/{OPEN}"
SOON = 2000  # milliseconds in which a screen shows what is new
FOCUSED = "document.activeElement.innerText.trim()"


@pytest.fixture
def worker(new: NewPhone, site: Site) -> Phone:
    """The page that a worker holds the room from."""
    numbers = rooms(site)
    phone = new(width=DESK)
    phone.sign_in(OFFICER)
    phone.goto(f"/staff/groups/rooms/{numbers['room']}")
    _lead(phone.page, "Ideas")
    return phone


def _lead(page: Page, step: str) -> None:
    """Move everybody on."""
    page.locator(".hold__step").filter(has_text=re.compile(rf"^\d {step}$")).click()
    expect(page.locator(".hold__step[aria-current=step]")).to_contain_text(step)


def _come_in(phone: Phone, picture: str) -> Page:
    page = phone.goto(f"{AT}/join")
    page.get_by_role("button", name=picture, exact=True).click()
    for word in ("Jolly", "Cosy", "Bold", "Lucky", "Bright"):
        page.get_by_role("button", name=word, exact=True).click()
        if phone.path != f"{AT}/join/word":
            return page
        page.goto(f"{phone.site.address}{AT}/join")
        page.get_by_role("button", name=picture, exact=True).click()
    raise AssertionError("no word was free")


def _press_by_keyboard(page: Page, name: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_screens_follow_the_worker_by_themselves(worker: Phone, new: NewPhone):
    page = _come_in(new(), "Kite")
    step = page.locator(".room-step")
    expect(step).to_contain_text("Part 1 of 7")
    _lead(worker.page, "Voting")
    expect(step).to_contain_text("Part 4 of 7", timeout=SOON + 1000)
    expect(page.get_by_text("Look again")).to_be_hidden()  # it looks again by itself


def test_without_scripts_a_link_looks_again(worker: Phone, new: NewPhone):
    page = _come_in(new(scripts=False), "Boat")
    expect(page.locator(".room-step")).to_contain_text("Part 1 of 7")
    _lead(worker.page, "Sorting ideas")
    page.get_by_role("link", name="SEND partnership").click()  # home is what everybody does now
    expect(page.locator(".room-step")).to_contain_text("Part 2 of 7")
    expect(page.get_by_role("link", name="Look again")).to_be_visible()


def test_the_big_screen_shows_who_comes_in(worker: Phone, new: NewPhone):
    before = worker.page.locator(".hold__names li").count()
    _come_in(new(), "Cloud")
    expect(worker.page.locator(".hold__names li")).to_have_count(before + 1, timeout=SOON + 1000)


def test_the_keyboard_alone_leads_into_the_room_and_out_of_it(worker: Phone, new: NewPhone):
    phone = new(scripts=False)
    page = phone.goto(f"{AT}/join")
    _press_by_keyboard(page, "Snow")
    _press_by_keyboard(page, "Quiet")
    expect(page.locator(".room-bar")).to_contain_text("Quiet")
    _press_by_keyboard(page, "Leave")
    _press_by_keyboard(page, "Stay")
    _press_by_keyboard(page, "Leave")
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Leave").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Goodbye")


def test_the_big_screen_says_that_the_network_is_away_and_carries_on(worker: Phone, new: NewPhone):
    member = _come_in(new(), "Mushroom")
    notice = worker.page.locator(".room-new__words")
    worker.context.set_offline(True)
    expect(notice).to_contain_text("The network is away", timeout=10_000)
    worker.page.locator(".hold__step").nth(2).click()
    expect(notice).to_be_visible()  # the page stays, and nothing is sent into nowhere
    member.reload()
    expect(member.locator(".room-step")).to_contain_text("Part 1 of 7")  # members go on
    worker.context.set_offline(False)
    expect(notice).to_have_count(0, timeout=15_000)
    _lead(worker.page, "Talking about an idea")
    worker.faults[:] = [each for each in worker.faults if "ERR_INTERNET_DISCONNECTED" not in each]
