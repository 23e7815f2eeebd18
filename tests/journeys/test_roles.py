"""Somebody of each role signs in, does what the role is for, and is kept from the rest."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from feedback.models.collections import Collection
from feedback.vocabulary import Channel, Role

from .conftest import NewPhone
from .people import various
from .phone import DESK, Phone
from .site import PASSWORD, Site, new_code
from .surveys import walked
from .training import held

SURVEY = "every_kind"
CAME = 12  # people: enough for figures to show
PLACES = {
    "answers": "/staff/",
    "moved": "/staff/measures",
    "themes": "/staff/themes",
    "promises": "/staff/promises",
    "reports": "/staff/reports",
    "surveys": "/staff/surveys/",
    "events": "/staff/events/",
    "groups": "/staff/groups",
    "worries": "/staff/worries",
    "paper": "/staff/paper/",
    "people": "/staff/people",
    "record": "/staff/record",
}


@dataclass(frozen=True)
class Work:
    """What there is to do: a collection that people answered, and a session of a trainer's own."""

    collection: Collection
    trainer: str
    own_event: int
    other_event: int


@pytest.fixture(scope="module")
def work(site: Site) -> Work:
    survey = walked()[SURVEY]
    collection = site.open(survey, new_code(), channels=list(Channel))
    site.answer(collection, *various(survey, CAME))
    trainer = f"{new_code()}@brackenshore.example"
    own, _codes = held(site, CAME, trainer=trainer)
    other, _codes = held(site, CAME)
    return Work(collection, trainer, own.id, other.id)


def _results(page: Page, work: Work) -> None:
    """Reads what was answered, and finds no way to words or rows."""
    page.goto(f"{_root(page)}/staff/collection/{work.collection.id}")
    expect(page.get_by_text(f"{CAME} people have sent their answers")).to_be_visible()
    expect(page.get_by_role("link", name="Comments", exact=True)).to_have_count(0)
    expect(page.locator("#downloads")).to_have_count(0)


def _words_and_files(page: Page, work: Work) -> None:
    page.goto(f"{_root(page)}/staff/collection/{work.collection.id}")
    page.get_by_role("link", name="Comments", exact=True).click()
    expect(page.get_by_role("searchbox")).to_be_visible()
    page.get_by_role("link", name="Results", exact=True).click()
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV Answers").click()
    assert started.value.path().read_text("utf-8-sig").count("\n") == CAME + 1


def _own_session(page: Page, work: Work) -> None:
    """Sees and changes their own session; another trainer's is as if it were not there."""
    page.goto(f"{_root(page)}/staff/events/{work.own_event}/before-and-after")
    expect(page.locator("#count-matched")).to_have_text(str(CAME))
    page.goto(f"{_root(page)}/staff/events/{work.own_event}")
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_role("checkbox", name="Practitioners").check()
    page.get_by_label("How many people came?").fill(str(CAME))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Training")
    for path in ("", "/before-and-after", "/change"):
        page.goto(f"{_root(page)}/staff/events/{work.other_event}{path}")
        expect(page.get_by_role("heading", level=1)).to_have_text("We cannot find that page")


def _paper(page: Page, work: Work) -> None:
    page.get_by_role("link", name=work.collection.name, exact=True).click()
    page.get_by_role("button", name="Save and next").click()
    expect(page.locator("#count")).to_contain_text("1 typed in this sitting")
    page.goto(f"{_root(page)}/staff/collection/{work.collection.id}")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not for you")


def _people(page: Page, work: Work) -> None:
    _results(page, work)
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="Invite somebody").click()
    name = f"Robin {new_code()}"
    page.get_by_label("E-mail address").fill(f"{new_code()}@brackenshore.example")
    page.get_by_label("Their name").fill(name)
    page.get_by_role("radio", name="Viewer").check()
    page.get_by_role("button", name="Invite").click()
    page.get_by_role("link", name="Record", exact=True).click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Invited")


@dataclass(frozen=True)
class Part:
    """What a role finds at the top of its pages, in which order, and what it does."""

    ways: str
    does: Callable[[Page, Work], None]


PARTS = {
    Role.ADMINISTRATOR: Part("answers moved themes promises reports events people record", _people),
    Role.OFFICER: Part(
        "answers moved themes promises reports surveys events groups worries paper",
        _words_and_files,
    ),
    Role.FACILITATOR: Part("answers events groups paper", _own_session),
    Role.PARTNER: Part("answers moved themes promises reports events groups", _results),
    Role.VIEWER: Part("answers moved themes promises reports", _results),
    Role.DATA_ENTRY: Part("paper", _paper),
}


@pytest.mark.parametrize("role", Role)
def test_each_role_does_its_own_work_and_nothing_else(
    new: NewPhone, site: Site, work: Work, role: Role
):
    phone = new(width=DESK)
    phone.sign_in(work.trainer if role is Role.FACILITATOR else site.person(role), PASSWORD)
    ways = PARTS[role].ways.split()
    assert _ways(phone) == [PLACES[way] for way in ways]
    assert phone.path == PLACES[ways[0]]

    for way, path in PLACES.items():
        heading = phone.goto(path).get_by_role("heading", level=1)
        if way in ways:
            assert heading.inner_text() != "This page is not for you"
            assert phone.shown.status == 200
        else:
            expect(heading).to_have_text("This page is not for you")
            assert phone.shown.status == 403

    phone.goto(PLACES[ways[0]])
    PARTS[role].does(phone.page, work)


def _ways(phone: Phone) -> list[str]:
    links = phone.page.get_by_role("navigation", name="Main").get_by_role("link")
    return [link.get_attribute("href") for link in links.all()]


def _root(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])
