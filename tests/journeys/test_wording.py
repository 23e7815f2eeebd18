"""Two members find the words of a question on two phones, and nobody presses reload."""

import pytest
from playwright.sync_api import expect

from feedback.outputs import speech

from .conftest import NewPhone
from .phone import Phone
from .site import Site
from .wording_states import TWO, room_of

AT_ONCE = 2000  # milliseconds until another screen shows what changed
MOST_PRESSES = 9  # from an idea to a question that somebody has tried


class Hand:
    """Somebody's finger, which counts."""

    def __init__(self, phone: Phone) -> None:
        self.page, self.presses = phone.page, 0

    def press(self, name: str, role: str = "button") -> None:
        """Press a button or a link."""
        self.presses += 1
        self.page.get_by_role(role, name=name, exact=True).first.click()


def _in(phone: Phone, code: str, word: str) -> Phone:
    phone.goto(f"/together/{code}/join/word?picture=openmoji/fox")
    phone.page.locator(f'button[value="{word}"]').click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Make a question")
    return phone


def test_an_idea_becomes_a_question_in_nine_presses_and_all_see_it(new: NewPhone, site: Site):
    code, _idea = room_of(site, [])
    one, two = _in(new(), code, "Sunny"), _in(new(), code, "Calm")
    hand = Hand(one)

    one.page.get_by_label("How do we ask it?").fill(TWO)
    hand.press("Save")
    hand.press("3 faces")
    expect(one.page.locator(".picture-card")).to_have_count(6)
    hand.presses += 1
    one.page.locator(".picture-card").first.click()
    hand.press("Did staff listen?")
    card = two.page.locator(".asked-card__ask")
    expect(card).to_have_text("Did staff listen?", timeout=AT_ONCE)

    hand.press("Try it", "link")
    hand.presses += 1
    one.page.get_by_text("Good", exact=True).click()
    hand.press("Continue")
    hand.presses += 1
    one.page.get_by_text("staff", exact=True).click()
    hand.press("I am done")
    expect(one.page.get_by_role("status").first).to_have_text("Thank you. That helps.")
    expect(one.page.locator(".hard-list li")).to_contain_text("1 of us")
    assert hand.presses <= MOST_PRESSES


def test_whoever_types_is_asked_and_not_overrun(new: NewPhone, site: Site):
    code, _idea = room_of(site, ["How is the taxi?"])
    one, two = new(), new()
    for phone, word in ((one, "Sunny"), (two, "Calm")):
        phone.goto(f"/together/{code}/join/word?picture=openmoji/fox")
        phone.page.locator(f'button[value="{word}"]').click()
        phone.page.get_by_role("link", name="The words").click()
    two.page.get_by_label("How do we ask it?").fill("Is your taxi late?")
    one.page.get_by_label("How do we ask it?").fill("Do you like the taxi?")
    one.page.get_by_role("button", name="Save").click()
    expect(two.page.get_by_role("button", name="New things are here")).to_be_visible()
    expect(two.page.get_by_label("How do we ask it?")).to_have_value("Is your taxi late?")
    two.page.get_by_role("button", name="Save").click()
    expect(two.page.get_by_role("heading", level=1)).to_have_text("2 of you changed it")
    two.page.get_by_role("button", name="Use yours").click()
    expect(one.page.locator(".asked-card__ask")).to_have_text("Is your taxi late?", timeout=AT_ONCE)
    two.faults.clear()  # that both were at it is no fault of the page


@pytest.mark.skipif(not speech.can_read("en"), reason="espeak-ng is not on this machine")
def test_the_question_is_heard(new: NewPhone, site: Site):
    code, _idea = room_of(site, ["How is the taxi?"])
    phone = new()
    phone.goto(f"/together/{code}/join/word?picture=openmoji/fox")
    phone.page.locator('button[value="Sunny"]').click()
    phone.goto(f"/together/{code}/trying")
    seconds = phone.page.locator("audio").evaluate(
        "(sound) => new Promise((done) => {"
        " sound.addEventListener('loadedmetadata', () => done(sound.duration)); sound.load();"
        " sound.preload = 'auto'; sound.load(); })"
    )
    assert 1 < seconds < 10
