"""Ideas on phones: dragged onto piles by hand and by keyboard, and by a button without scripts."""

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import select

from feedback.models.proposals import Pile, Proposal

from .conftest import NewPhone
from .idea_states import AT, spoken
from .phone import Phone
from .room_states import come_in
from .site import Site
from .states import Place

SCHOOL = "School"


@pytest.fixture
def numbers(site: Site) -> dict[str, int]:
    """The open room; its first idea lies on no pile."""
    found = spoken(site)
    with site.database.writing() as session, session.begin():
        session.get_one(Proposal, found["idea"]).pile_id = None
    return found


@pytest.fixture
def phone(new: NewPhone) -> Phone:
    return new()


def pile_of(site: Site, idea: int) -> str:
    """The name of the pile that an idea lies on."""
    with site.database.reading() as session:
        on = select(Pile.name).join(Proposal, Proposal.pile_id == Pile.id)
        return session.scalar(on.where(Proposal.id == idea)) or ""


def sorting(phone: Phone, site: Site) -> None:
    come_in(Place(phone, site, {}))
    phone.goto(f"{AT}/sorting")


def handle(phone: Phone, idea: int) -> Locator:
    return phone.page.locator(f"#handle-{idea}")


def school(phone: Phone) -> Locator:
    return phone.page.locator(f'.pile[data-name="{SCHOOL}"]')


def test_an_idea_is_dragged_onto_a_pile(phone: Phone, site: Site, numbers: dict[str, int]):
    idea = numbers["idea"]
    sorting(phone, site)
    phone.page.set_viewport_size({"width": 800, "height": 2400})
    start, goal = handle(phone, idea).bounding_box(), school(phone).bounding_box()
    assert start and goal
    mouse = phone.page.mouse
    mouse.move(start["x"] + 20, start["y"] + 20)
    mouse.down()
    mouse.move(goal["x"] + 60, goal["y"] + 20, steps=6)
    with phone.page.expect_response(lambda reply: reply.url.endswith("/move")):
        mouse.up()
    expect(school(phone).locator(f"#idea-{idea}")).to_be_visible()
    assert pile_of(site, idea) == SCHOOL


def test_an_idea_is_dragged_by_keyboard_alone(phone: Phone, site: Site, numbers: dict[str, int]):
    idea = numbers["idea"]
    sorting(phone, site)
    said = phone.page.locator("#sorting-said")
    handle(phone, idea).focus()
    keys = phone.page.keyboard
    keys.press("Space")
    expect(said).to_contain_text("You hold it")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(said).to_contain_text(SCHOOL)
    keys.press("Escape")
    expect(said).to_contain_text("It stays where it was")
    assert pile_of(site, idea) == ""

    keys.press("Enter")
    keys.press("ArrowUp")
    with phone.page.expect_response(lambda reply: reply.url.endswith("/move")):
        keys.press("Enter")
    assert pile_of(site, idea) == SCHOOL
    expect(handle(phone, idea)).to_be_focused()


def test_an_idea_goes_back_where_the_network_is_away(
    phone: Phone, site: Site, numbers: dict[str, int]
):
    idea = numbers["idea"]
    sorting(phone, site)
    phone.page.route("**/move", lambda route: route.abort())
    handle(phone, idea).focus()
    for key in ("Space", "ArrowUp", "Space"):
        phone.page.keyboard.press(key)
    expect(phone.page.locator("#sorting-said")).to_contain_text("It stays where it was")
    expect(phone.page.locator(f".pile--none #idea-{idea}")).to_be_visible()
    assert pile_of(site, idea) == ""
    phone.faults.clear()  # the browser notes the request that was cut off


def test_without_scripts_a_button_moves_it(new: NewPhone, site: Site, numbers: dict[str, int]):
    idea = numbers["idea"]
    phone = new(scripts=False)
    sorting(phone, site)
    expect(phone.page.locator(".handle")).to_have_count(0)
    phone.page.locator(f"#move-{idea} summary").click()
    phone.page.locator(f"#move-{idea}").get_by_role("button", name=SCHOOL).click()
    expect(school(phone).locator(f"#idea-{idea}")).to_be_visible()
    assert pile_of(site, idea) == SCHOOL
