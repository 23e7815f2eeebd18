"""From a cycle that has closed to a draft paper, counted in presses; then to a frozen one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from .checkers import axe, none_of
from .conftest import NewPhone
from .site import OFFICER, Site

MOST_PRESSES = 5  # from the first page of staff to a draft with all that is known in it


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own that holds the demonstration."""
    opened = Site(tmp_path_factory.mktemp("reporting"), demonstration=True)
    yield opened
    opened.close()
    none_of(opened.troubles())


def press(page: Page, role: str, name: str) -> int:
    """One press, waited for."""
    page.get_by_role(role, name=name).first.click()
    page.wait_for_load_state()
    return 1


def test_an_officer_comes_from_a_closed_cycle_to_a_frozen_paper(new: NewPhone):
    officer = new()
    officer.sign_in(OFFICER)
    page = officer.goto("/staff/")
    presses = press(page, "link", "Reports") + press(page, "link", "Begin a paper")
    page.get_by_label("Title").fill("What families told us")
    presses += press(page, "button", "Begin the paper")

    expect(page.get_by_role("heading", level=1)).to_have_text("What families told us")
    assert presses <= MOST_PRESSES
    none_of(axe(page))

    page.get_by_role("link", name="What changed for children and families").click()
    page.wait_for_load_state()
    expect(page.get_by_text("This part is empty.")).to_be_visible()
    box = page.get_by_label("Words", exact=True)
    box.fill("Most families feel that services work together:")
    page.get_by_text("Insert a figure, something heard or a quote").click()
    page.get_by_label("Find").fill("joined_up")
    page.get_by_role("button", name="[joined_up]").click()
    assert box.input_value().endswith("together: [joined_up]")
    press(page, "button", "Save and check")
    flag = page.locator(".flag").first
    expect(flag).to_contain_text("is not more than half, so it is not “Most”")
    none_of(axe(page))

    box.fill("How many families feel that services work together: [joined_up].")
    press(page, "button", "Save and check")
    expect(page.locator(".writing__flags")).to_contain_text("Every number is traced")
    page.get_by_role("link", name="What families told us").click()
    page.wait_for_load_state()
    press(page, "link", "Freeze a version")
    press(page, "button", "Freeze version 1")
    expect(page.locator(".leaf")).to_contain_text("of about")
    none_of(axe(page))
