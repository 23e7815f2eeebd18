"""Forty cards on a tablet without a network: all are there once, and nobody else reads them."""

import re
import secrets

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from feedback.models.events import Event
from feedback.models.issue_cards import IssueCard
from feedback.queries import people
from feedback.services import codebooks
from feedback.vocabulary import CardState, Role

from .conftest import NewPhone
from .phone import Phone
from .site import OFFICER, Site, new_code, now

WIDTH, HEIGHT = 820, 1180  # of a tablet
CARDS = 40
RELOADS = (10, 25)  # after so many cards
MOST_TAPS = 4  # beside the words
EXPECTED = re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|403 for \S+/send$")


@pytest.fixture
def event(site: Site) -> Event:
    with site.database.writing() as session, session.begin():
        officer = people.by_email(session, OFFICER)
        codebooks.ready(session, by=officer.id, now=now())
    return site.plan(f"Listening evening {new_code()}")


@pytest.fixture
def tablet(new: NewPhone) -> Phone:
    phone = new(width=WIDTH)
    phone.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    phone.sign_in(OFFICER)
    return phone


def notes(phone: Phone, event: Event) -> Page:
    """The page for notes, ready for a time without a network."""
    page = phone.goto(f"/staff/cards/event/{event.id}/take")
    expect(page.locator("#device[data-ready]")).to_be_visible()
    return page


def write(page: Page, words: str, *, theme: str = "", state: str = "follow up") -> int:
    """One card by finger; how many taps it took beside the words."""
    page.locator("#words").fill(words)
    taps = 0
    if theme:
        page.get_by_role("radio", name=theme).first.check()
        taps += 1
    page.get_by_role("button", name=re.compile(state)).click()
    expect(page.locator("#words")).to_have_value("")
    return taps + 1


def kept(site: Site, event: Event) -> list[IssueCard]:
    found = select(IssueCard).where(IssueCard.event_id == event.id).order_by(IssueCard.taken_at)
    with site.database.reading() as session:
        return list(session.scalars(found))


def excuse(phone: Phone) -> None:
    """That there was no network, or no sign-in, is no fault of the page."""
    phone.faults[:] = [fault for fault in phone.faults if not EXPECTED.search(fault)]


def on_disk(page: Page) -> str:
    """Everything that the tablet keeps, as somebody with the right tools would read it."""
    return page.evaluate(
        """async () => {
          const base = await new Promise((good) => {
            const request = indexedDB.open("issue-cards");
            request.onsuccess = () => good(request.result);
          });
          const read = (name) => new Promise((good) => {
            const request = base.transaction(name).objectStore(name).getAll();
            request.onsuccess = () => good(request.result);
          });
          const plain = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
            ? new TextDecoder().decode(value) : value;
          const cards = await read("cards");
          const pages = await caches.open("issue-cards");
          const texts = await Promise.all((await pages.keys()).map(
            async (key) => (await pages.match(key)).text()));
          return JSON.stringify(cards, (_, value) => plain(value)) + texts.join(" ")
            + JSON.stringify({...localStorage, ...sessionStorage});
        }"""
    )


def test_forty_cards_without_a_network_are_there_once_when_it_is_back(
    site: Site, tablet: Phone, event: Event
):
    page, taps = notes(tablet, event), []
    tablet.context.set_offline(True)
    for number in range(CARDS):
        theme = "Waiting" if number % 2 else ""
        state = "answered" if number % 3 else "follow up"
        taps.append(write(page, f"We asked twice, number {number}", theme=theme, state=state))
        if number in RELOADS:
            page.reload()
            expect(page.get_by_text("There is no network. Cards that wait")).to_be_visible()
    expect(page.locator("#waiting .issue")).to_have_count(CARDS)
    assert kept(site, event) == []
    assert "We asked" not in on_disk(page)

    tablet.context.set_offline(False)
    expect(page.locator("[data-says=online]")).to_be_visible(timeout=60_000)
    page.reload()

    cards = kept(site, event)
    assert [card.words for card in cards] == [f"We asked twice, number {n}" for n in range(CARDS)]
    assert sum(card.state is CardState.FOLLOW_UP for card in cards) == len(range(0, CARDS, 3))
    assert sum(card.theme_id is not None for card in cards) == CARDS // 2
    expect(page.locator("#cards .issue")).to_have_count(CARDS)
    assert max(taps) <= MOST_TAPS
    excuse(tablet)


def test_a_card_can_be_written_by_keyboard_alone(site: Site, tablet: Phone, event: Event):
    page = notes(tablet, event)
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.type("The bus is late every day")
    page.keyboard.press("Tab")
    page.keyboard.type("transp")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    expect(page.locator("#cards .issue")).to_have_count(1)
    expect(page.locator("#words")).to_be_focused()
    [card] = kept(site, event)
    assert card.theme_id is not None and card.state is CardState.ANSWERED_TODAY


def test_cards_outlive_the_sign_in_and_nobody_else_reads_them(
    site: Site, tablet: Phone, event: Event
):
    secret = f"A word that only I heard {secrets.token_hex(3)}"
    page = notes(tablet, event)
    tablet.context.set_offline(True)
    write(page, secret)
    tablet.context.clear_cookies()  # the sign-in is over
    tablet.context.set_offline(False)
    expect(page.get_by_text("You are signed out. Cards that wait")).to_be_visible(timeout=30_000)

    tablet.sign_in(site.person(Role.OFFICER))
    notes(tablet, event)
    expect(page.get_by_text("Cards of somebody else that wait on this tablet: 1")).to_be_visible()
    assert secret not in page.content() + on_disk(page)
    assert kept(site, event) == []

    tablet.context.clear_cookies()
    tablet.sign_in(OFFICER)
    notes(tablet, event)
    expect(page.locator("[data-says=ready]")).to_be_visible()
    [card] = kept(site, event)
    assert card.words == secret
    excuse(tablet)


def test_a_card_whose_reply_was_lost_is_kept_once(site: Site, tablet: Phone, event: Event):
    page = notes(tablet, event)

    def lose(route) -> None:
        route.fetch()
        route.abort()

    page.route("**/send", lose, times=1)
    write(page, "The lift is broken")
    expect(page.get_by_text("Cards that wait on this tablet: 1").first).to_be_visible()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#cards .issue")).to_have_count(1)

    assert [card.words for card in kept(site, event)] == ["The lift is broken"]
    excuse(tablet)


def test_a_waiting_card_can_be_changed_deleted_and_put_back(
    site: Site, tablet: Phone, event: Event
):
    page = notes(tablet, event)
    tablet.context.set_offline(True)
    write(page, "Frist words")
    page.get_by_role("button", name="Change").click()
    assert page.locator("#words").input_value() == "Frist words"
    write(page, "First words")
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#waiting .issue")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#waiting .issue")).to_have_count(1)
    tablet.context.set_offline(False)

    expect(page.locator("#cards .issue")).to_have_count(1, timeout=30_000)
    assert [card.words for card in kept(site, event)] == ["First words"]
    excuse(tablet)


def test_without_scripts_the_form_keeps_a_card(site: Site, new: NewPhone, event: Event):
    phone = new(scripts=False, width=WIDTH)
    phone.sign_in(OFFICER)
    page = phone.goto(f"/staff/cards/event/{event.id}/take")
    page.locator("#words").fill("No script here")
    with page.expect_navigation():
        page.get_by_role("button", name="follow up").click()

    expect(page.locator("#cards .issue")).to_have_count(1)
    assert [card.words for card in kept(site, event)] == ["No script here"]
