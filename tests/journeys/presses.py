"""How many presses and pages lie between 300 new comments and a draft paper.

`python -m tests.journeys.presses` walks the way in a browser as an officer would, through the links
and buttons of the pages, and prints a table. Whatever is pressed, ticked, chosen or unfolded is a
press; a text typed is counted beside them.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from playwright.sync_api import Locator, Page, expect, sync_playwright
from sqlalchemy import select

from bench.report import Table
from feedback.demo.written import Comment, hand_written, supply
from feedback.models.releases import Release
from feedback.models.themes import Theme, ThemingRun
from feedback.questionnaire import Given
from feedback.vocabulary import RunState

from .people import talkative
from .phone import ARGUMENTS, DESK, chromium, new_phone
from .site import OFFICER, Site

NEW_COMMENTS = 300
FILES = ("live", "parents", "young", "listening")  # hand-written comments with their themes
CHECKED = 10  # suggestions of a theme that a person looks at before its number may be public
# The words of a comment without the small numbers that show what the machine saw.
WITHOUT_NUMBERS = """element => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".why__number").forEach(number => number.remove());
  return copy.textContent;
}"""
PATIENT = 300  # seconds for the machine to read, or to make a release


@dataclass
class Counted:
    """What one stretch of the way took."""

    name: str
    pages: int = 0
    presses: int = 0
    typed: int = 0


@dataclass
class Officer:
    """Somebody at a desk who counts what they do."""

    page: Page
    steps: list[Counted] = field(default_factory=list)
    unknown: int = 0  # comments looked at of which nobody wrote down what they are about

    def begin(self, name: str) -> None:
        """What follows belongs to another stretch."""
        self.steps.append(Counted(name))

    def press(self, name: str, role: str = "link") -> None:
        """Follow a link or press a button of the page."""
        self._go(self.page.get_by_role(role, name=name).first)

    def follow(self, wanted: str) -> None:
        """Follow a link that is found by where it leads."""
        self._go(self.page.locator(wanted).first)

    def tick(self, wanted: str, to: bool = True) -> None:
        """Tick, untick or choose something."""
        self.steps[-1].presses += 1
        self.page.locator(wanted).first.set_checked(to)

    def choose(self, wanted: str, **what: object) -> None:
        """Choose from a list: it is opened, and something in it is pressed."""
        self.steps[-1].presses += 2
        self.page.locator(wanted).first.select_option(**what)

    def unfold(self, wanted: str) -> None:
        """Open something folded."""
        self.steps[-1].presses += 1
        self.page.locator(wanted).first.click()

    def write(self, **fields: str) -> None:
        """Type into fields; stepping from one to the next is the keyboard's."""
        for name, words in fields.items():
            self.steps[-1].typed += 1
            self.page.locator(f"[name={name}]").fill(words)

    def save(self) -> None:
        """Press the button of the form."""
        self._go(self.page.locator("main form button.govuk-button").last)

    def _go(self, link: Locator) -> None:
        """Press something that opens a page."""
        self.steps[-1].presses += 1
        self.steps[-1].pages += 1
        with self.page.expect_navigation():
            link.click()
        self.page.wait_for_load_state()


def walk() -> Table:
    """The way, on a site of its own."""
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        site = Site(Path(place), demonstration=True)
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        truth = _people_write(site)
        phone = new_phone(browser, site, width=DESK)
        phone.sign_in(OFFICER)
        officer = Officer(phone.page)
        phone.goto("/staff/")
        _machine_reads(officer, site)
        theme = _most_raised(officer, truth)
        _checks_a_theme(officer, site, truth, theme)
        _releases(officer, site)
        _writes_it_down(officer, theme)
        _promises(officer)
        _begins_a_paper(officer)
        browser.close()
        site.close()
    rows = [(each.name, each.pages, each.presses, each.typed) for each in officer.steps]
    whole = [sum(row[at] for row in rows) for at in (1, 2, 3)]
    return Table(
        f"From {NEW_COMMENTS} new comments at `live` to a draft paper, one theme",
        ("stretch", "pages", "presses", "texts typed"),
        [*rows, ("in all", *whole)],
        notes=[f"Of the {CHECKED} looked at, {officer.unknown} were taken as they stood."],
    )


def _people_write(site: Site) -> dict[str, Comment]:
    """New people answer one question at `live`; gives what each comment is about in truth."""
    live = site.collection("live")
    asked = site.asked(live).questionnaire
    question = next(name for name, each in asked.questions.items() if each.kind.value == "comment")
    written = [each for each in hand_written("live") if each.question == question]
    chosen = supply(written, NEW_COMMENTS, Random(1))[:NEW_COMMENTS]
    usual = talkative(asked)
    site.answer(live, *({**usual, question: Given(text=each.text)} for each in chosen))
    return {each.text: each for each in (*chosen, *chain.from_iterable(map(hand_written, FILES)))}


def _machine_reads(officer: Officer, site: Site) -> None:
    officer.begin("the machine reads")
    officer.press("Themes")
    officer.press("Read all comments", "button")
    _wait(site, select(ThemingRun.state), RunState.DONE)
    themes = officer.page.get_by_role("link", name="See the themes")
    expect(themes).to_be_visible(timeout=PATIENT * 1000)  # the page looks again by itself
    officer.press("See the themes")


def _most_raised(officer: Officer, truth: dict[str, Comment]) -> str:
    """The theme that most of the new comments are about, of those on the page."""
    of_live = (each for each in truth.values() if each.source.startswith("live"))
    counted = Counter(code for each in of_live for code in each.themes)
    return next(
        code for code, _ in counted.most_common() if officer.page.locator(_theme(code)).count()
    )


def _theme(code: str) -> str:
    return f"main a[href^='/staff/theme/{code}']"


def _checks_a_theme(officer: Officer, site: Site, truth: dict[str, Comment], theme: str) -> None:
    """Look at suggestions of a theme, and mend those that are wrong."""
    officer.begin(f"{CHECKED} suggestions of a theme looked at")
    with site.database.reading() as session:
        codes = {each.id: each.code for each in session.scalars(select(Theme))}
    officer.follow(_theme(theme))
    officer.press("Read comments on this theme")
    for _ in range(CHECKED):
        _mends(officer, codes, truth)
        officer.press("Save and go on", "button")


def _mends(officer: Officer, codes: dict[int, str], truth: dict[str, Comment]) -> None:
    text = officer.page.locator(".desk__words").evaluate(WITHOUT_NUMBERS)
    said = truth.get(str(text).strip())
    if said is None:
        officer.unknown += 1  # a variation of a written one, from before: taken as it is
        return
    for box in officer.page.locator("[name=themes]").all():
        number = box.get_attribute("value")
        right = codes[int(number or 0)] in said.themes
        if box.is_checked() != right:
            if not box.is_visible():
                officer.unfold("#others > summary")
            officer.tick(f"[name=themes][value='{number}']", right)


def _releases(officer: Officer, site: Site) -> None:
    officer.begin("figures made public")
    officer.press("What moved")
    officer.press("Public figures")
    officer.press("Make figures public", "button")
    _wait(site, select(Release.state).order_by(Release.number.desc()).limit(1), RunState.DONE)


def _writes_it_down(officer: Officer, theme: str) -> None:
    officer.begin("an insight written down")
    officer.press("Themes")
    officer.follow(_theme(theme))
    officer.press("Write it down as")
    officer.write(
        title_en="The wait for help",
        title_en_easy="You wait too long",
        said_en="People wait a long time and hear nothing.",
        said_en_easy="You wait a long time. No one tells you why.",
    )
    officer.tick("[name=audience][value=everyone]")
    officer.save()


def _promises(officer: Officer) -> None:
    officer.begin("a promise made and public")
    officer.press("Add a promise")
    officer.write(
        what_en="Everybody who waits gets a letter each month.",
        what_en_easy="You get a letter each month.",
        notice_en="A letter comes in the first week of the month.",
        notice_en_easy="You get a letter.",
        due_on=str(datetime.now(UTC).date() + timedelta(days=30)),
    )
    officer.choose("[name=organisation]", index=1)
    officer.tick("[name=state][value=doing]")
    officer.save()
    if not officer.page.get_by_role("button", name="Make it public").count():
        officer.press("The wait for help")
    officer.press("Make it public", "button")


def _begins_a_paper(officer: Officer) -> None:
    officer.begin("a paper begun from what is known")
    officer.press("Reports")
    officer.press("Begin a paper")
    officer.write(title="What families told us this autumn")
    officer.press("Begin the paper", "button")


def _wait(site: Site, wanted: object, state: RunState) -> None:
    last = time.monotonic() + PATIENT
    while time.monotonic() < last:
        with site.database.reading() as session:
            found = session.scalars(wanted).all()  # type: ignore[call-overload]
        if found and all(each is state for each in found):
            return
        time.sleep(0.5)
    raise AssertionError(f"it did not finish: {found}")


if __name__ == "__main__":
    print(walk())
