"""An officer of the demonstration lets the machine read, teaches it by keyboard, and reads on.

What is said of each comment is what its writer's labels say: `demonstration_comments.csv`.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from feedback.analysis.privacy import mask
from feedback.demo import COMMENTS
from feedback.outputs.codebooks import starter

from .checkers import none_of
from .conftest import NewPhone
from .phone import DESK
from .site import OFFICER, Site

READ = 12  # comments; the desk is the same for the fiftieth
PATIENT = 60_000  # ms for the machine to read all comments beside other tests
NAMES = {theme.code: theme.name for theme in starter().themes}
FEELINGS = {"1": "g", "2": "g", "3": "m", "4": "b", "5": "b"}

Labels = dict[str, tuple[list[str], str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("theming")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    """A site of its own that holds the demonstration, with the process that does long work."""
    opened = Site(folder, demonstration=True)
    yield opened
    opened.close()
    none_of(opened.troubles())


@pytest.fixture(scope="module")
def labels(folder: Path, site: Site) -> Labels:
    """What each comment is about and how it feels, by its masked words."""
    with (folder / COMMENTS).open(encoding="utf-8", newline="") as file:
        return {
            plain(mask(row["text"]).text): (row["themes"].split(), row["sentiment"])
            for row in csv.DictReader(file)
        }


def plain(words: str) -> str:
    """The letters of a comment, without what masking or marking puts between them."""
    return re.sub(r"\[\w+\]|\W|\d", "", words).casefold()


def read_one(page: Page, labels: Labels) -> None:
    """Say by keyboard alone what the comment on the desk is about, and go on."""
    words = page.locator(".desk__words").evaluate(
        "el => { const copy = el.cloneNode(true);"
        " copy.querySelectorAll('sup').forEach(one => one.remove()); return copy.textContent }"
    )
    wanted, feeling = labels[plain(words)]
    names = {NAMES[code] for code in wanted}
    suggested = page.locator("input[name=themes][data-key]")
    for number in range(suggested.count()):
        label = suggested.nth(number).locator("xpath=following-sibling::label/bdi").inner_text()
        if label not in names:
            page.keyboard.press(str(number + 1))
        names.discard(label)
    for name in sorted(names):
        page.keyboard.press("/")
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    if names:
        page.keyboard.press("Escape")
    page.keyboard.press(FEELINGS[feeling])
    with page.expect_navigation():
        page.keyboard.press("Enter")


def run(page: Page, button: str) -> None:
    """Let the machine read, and watch it until it has read everything."""
    page.get_by_role("button", name=button).click()
    expect(page.locator("#far")).to_contain_text("of")
    done = page.get_by_role("heading", name="The machine has read all comments")
    expect(done).to_be_visible(timeout=PATIENT)


def test_an_officer_lets_the_machine_read_teaches_it_and_follows_a_figure_to_words(
    new: NewPhone, labels: Labels
):
    officer = new(width=DESK)
    officer.sign_in(OFFICER)
    page = officer.goto("/staff/themes")
    run(page, "Read all comments")

    page.get_by_role("link", name="Read comments").click()
    for number in range(READ):
        page.wait_for_load_state()
        expect(page.locator(".deskhead__far")).to_contain_text(f"You have read {number} today.")
        read_one(page, labels)
    expect(page.locator(".notice").first).to_contain_text("Saved.")
    assert re.search(r"suggestions, \d+ of \d+ were right", page.locator("main").inner_text())

    officer.goto("/staff/themes/runs")
    run(page, "Read all comments again")
    told = page.locator("section[aria-labelledby=good] tbody tr")
    expect(told).to_have_count(2)  # by words alone, and having learned
    expect(page.locator(".facts")).to_contain_text(f"{READ} comments that people read")

    page.get_by_role("link", name="See the themes").click()
    first = page.locator(".rows--themes tbody tr").first
    people = re.search(r"(\d+) people", first.inner_text())
    first.get_by_role("link").click()
    assert people is not None
    expect(page.locator("main")).to_contain_text(f"{people[1]} people raised this")
    first_theme = page.url
    page.get_by_role("link", name="Read what they wrote").click()
    heading = page.get_by_role("heading", level=2).inner_text()
    assert int(re.sub(r"\D", "", heading)) >= int(people[1])  # some wrote more than one
    page.get_by_role("link", name="More").first.click()
    expect(page.get_by_role("heading", name="What the machine suggests")).to_be_visible()
    _quote(page, first_theme)


def _quote(page: Page, theme: str) -> None:
    """Clear the newest words that may be shown, and find them on the theme's page."""
    page.goto(theme)
    page.get_by_role("link", name="Look for words to show").click()
    expect(page.locator(".comment").first).to_contain_text("may be quoted")
    page.get_by_role("link", name="More").first.click()
    page.get_by_role("link", name="Clear words of it as a quote").click()
    words = page.get_by_label("The words to show").input_value()
    page.get_by_label("Nobody can tell who wrote this").check()
    page.get_by_role("button", name="Clear this quote").click()
    expect(page.locator(".notice").first).to_contain_text("Cleared.")
    page.goto(theme)
    expect(page.locator(".quotes")).to_contain_text(" ".join(words.split()))
