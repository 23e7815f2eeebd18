"""When something needs another look: the summary, its links, the words; all without a script."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import NewPhone, Surveys
from .design_states import design
from .office_states import office
from .paper_states import paper
from .phone import Phone
from .site import Site
from .states import Place, State, answering

STATES = (*answering(), *office(), *design(), *paper())
ERRORS = [pytest.param(state, id=state.name) for state in STATES if state.error]
NUMBERED = re.compile(r"^Question \d+: ")  # on paper forms, the link says which one
NAMES_ITS_MESSAGE = """field => {
  const described = field.closest("[aria-describedby]");
  return (described?.getAttribute("aria-describedby") ?? "").split(" ")
    .map(id => document.getElementById(id)?.innerText ?? `nothing is called ${id}`);
}"""


@pytest.fixture
def phone(new: NewPhone, site: Site, collections: Surveys, state: State) -> Phone:
    """Somebody without scripts in front of an error."""
    opened = new(scripts=False)
    state.reach(Place(opened, site, collections))
    expect(opened.page.locator("#error-summary")).to_be_focused()
    return opened


@pytest.mark.parametrize("state", ERRORS)
def test_the_summary_has_the_focus_and_leads_by_keyboard_to_each_field(phone: Phone):
    page = phone.page
    summary = page.locator("#error-summary")

    assert page.title().startswith("Error:")
    assert summary.get_attribute("role") == "alert"

    links = summary.locator("a")
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    for at in range(links.count()):
        message, target = links.nth(at).inner_text(), links.nth(at).get_attribute("href") or ""
        links.nth(at).focus()
        page.keyboard.press("Enter")
        field = page.locator(target)

        expect(field).to_be_focused()
        told = NUMBERED.sub("", message)
        assert any(told in words for words in field.evaluate(NAMES_ITS_MESSAGE))
