"""The subgroup opens one page of the demonstration and sees what moved; an officer says more."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from .checkers import axe, none_of
from .conftest import NewPhone
from .phone import DESK
from .site import OFFICER, VIEWER, Site

PATIENT = 60_000  # ms for a release to be made beside other tests


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own that holds the demonstration, with the process that does long work."""
    opened = Site(tmp_path_factory.mktemp("moved"), demonstration=True)
    yield opened
    opened.close()
    none_of(opened.troubles())


def section(page: Page, name: str) -> str:
    """The words of one section of a page, under the heading of that id."""
    return page.locator(f"section[aria-labelledby={name}]").inner_text()


def test_the_subgroup_sees_what_moved_what_did_not_and_who_was_not_heard(new: NewPhone):
    member = new()
    member.sign_in(VIEWER)
    page = member.goto("/staff/")
    page.get_by_role("link", name="What moved").click()
    page.wait_for_load_state()

    assert "The help for the child is good" in section(page, "moved")
    assert re.search(
        r"It fell, and came back: from .* until .* it was 4\d%", section(page, "moved")
    )
    assert "Kept informed" in section(page, "still")
    not_heard = section(page, "not-heard")
    assert "We heard from nobody, or from fewer than 5 people" in not_heard
    assert "Not in education: we heard from" in not_heard
    none_of(axe(page))

    page.get_by_role("link", name="The help for the child is good").click()
    expect(page.locator(".trend__chart > svg")).to_be_visible()
    rows = page.locator(".trend table tbody tr")
    assert [("Worse than usual" in row.inner_text()) for row in rows.all()] == [
        *[False] * 6, *[True] * 3, *[False] * 4,
    ]  # fmt: skip
    page.get_by_role("link", name="Area", exact=True).click()
    page.wait_for_load_state()
    assert page.locator(".moved--many > li").count() >= 4
    page.locator("#how-to-read summary").click()
    expect(page.locator("#how-to-read")).to_contain_text("does not know what: ask")
    none_of(axe(page))


def test_an_officer_notes_a_change_and_makes_figures_public_by_keyboard(new: NewPhone):
    officer = new(width=DESK)
    officer.sign_in(OFFICER)
    page = officer.goto("/staff/measures/satisfied/note")
    page.locator("#kind").select_option("change")
    page.locator("#starts_on").fill("2026-06-15")
    page.locator("#words").focus()
    page.keyboard.type("A parent sits in every panel now.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".chart-notes")).to_contain_text("A parent sits in every panel now.")

    officer.goto("/staff/releases")
    page.locator("#note").fill("All that has ended.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    done = page.get_by_role("link", name="Release 2", exact=True)
    for _ in range(PATIENT // 1_000):
        if done.count():
            break
        page.wait_for_timeout(1_000)
        officer.goto("/staff/releases")
        page.wait_for_load_state()
    done.click()
    expect(page.locator("main")).to_contain_text("All that has ended.")
    page.get_by_role("link", name="The help for the child is good").click()
    expect(page.locator("main")).to_contain_text("about")
    none_of(axe(page))
