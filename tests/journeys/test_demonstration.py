"""The 84 sessions of training, read and printed by an officer of the demonstration."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from .checkers import none_of
from .conftest import NewPhone
from .phone import DESK
from .site import OFFICER, Site

SESSIONS = 84
WITH_THE_NEXT = SESSIONS + 1
PATIENT = 60_000  # ms: files that are made while other tests run; `make bench` times them alone


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own that holds the demonstration."""
    opened = Site(tmp_path_factory.mktemp("demonstration"), demonstration=True)
    yield opened
    opened.close()
    none_of(opened.troubles())


def test_the_programme_says_what_84_sessions_changed(new: NewPhone):
    officer = new(width=DESK)
    officer.sign_in(OFFICER)
    page = officer.goto("/staff/")
    page.get_by_role("link", name="Family Hub SEND training", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Family Hub SEND training")
    said = page.locator("main").inner_text()
    assert f"686 people came to {SESSIONS} sessions. 545 could be matched." in said
    assert "On average they said 5.6 before and 9.1 after, out of 10: 3.5 more." in said


@pytest.mark.parametrize(
    ("button", "pages"), [("All posters", WITH_THE_NEXT), ("All cards", 2 * WITH_THE_NEXT)]
)
def test_all_posters_and_all_cards_come_as_one_file(
    new: NewPhone, site: Site, button: str, pages: int
):
    officer = new(width=DESK)
    officer.sign_in(OFFICER)
    page = officer.goto("/staff/events/")
    page.get_by_role("link", name="SEND training, next session").click()
    page.get_by_role("link", name="Print posters, slips and cards").click()
    with page.expect_download(timeout=PATIENT) as started:
        page.get_by_role("button", name=button).click(no_wait_after=True)
    made = PdfReader(started.value.path())
    assert len(made.pages) == pages
