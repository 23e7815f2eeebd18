"""One thread from a comment to proof: heard, checked, promised, done, told, measured again."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from feedback.models.improvements import Commitment, Insight, Update
from feedback.models.themes import ThemingRun
from feedback.postman import Postman
from feedback.questionnaire import Given
from feedback.settings import Settings
from feedback.vocabulary import Role, RunState

from .checkers import axe, none_of
from .conftest import NewPhone
from .hands import Thumb
from .people import talkative
from .phone import Phone
from .site import OFFICER, SECRET, Site
from .surveys import walked
from .walk import Walk

COMMENT = "We are still on the waiting list for an assessment."
ADDRESS = "a.parent@families.example"
CODE = "the-wait-for-help"
TWO_CYCLES = timedelta(days=56)
PATIENT = 120  # seconds for the machine to read all comments beside other tests


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("loop")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    """A site of its own that holds the demonstration, with the process that does long work."""
    opened = Site(folder, demonstration=True)
    yield opened
    opened.close()
    none_of(opened.troubles())


Rounds = Callable[[int], None]


@pytest.fixture
def letters_go_round(site: Site, folder: Path) -> Rounds:
    """A postman's round so many hours from now, for news is told a while after it is published."""
    settings = Settings(
        database=str(site.database.url),
        instance=folder,
        secret=SECRET,
        public_address=site.address,
        **site.postbox.settings,
    )

    def go(hours: int) -> None:
        later = timedelta(hours=hours)
        clock = partial(_later, later)
        Postman(settings, site.database, site.addresses, clock=clock).go_round()

    return go


def _later(by: timedelta) -> datetime:
    return datetime.now(UTC) + by


def press(page: Page, name: str, role: str = "link") -> None:
    """One press, waited for."""
    with page.expect_navigation():
        page.get_by_role(role, name=name).first.click()
    page.wait_for_load_state()


def fill(page: Page, **fields: str) -> None:
    for name, words in fields.items():
        page.locator(f"[name={name}]").fill(words)


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button.govuk-button").last.click()
    page.wait_for_load_state()


def test_one_thread_runs_the_whole_way(new: NewPhone, site: Site, letters_go_round: Rounds):
    family, officer, group, forum = new(), new(), new(), new()
    receipt = _says_something(family)
    _wants_to_be_told(family, site, letters_go_round)

    officer.sign_in(OFFICER)
    _machine_reads(officer, site)
    _writes_it_down(officer)
    _group_says_not_quite(officer, group)
    _promises_and_publishes(officer)
    _paper_says_so(officer)
    _is_done_by_two(officer, forum, site)

    _everybody_reads(family)
    _receipt_says(family, receipt)
    letters_go_round(3)
    letters_go_round(5)
    _was_told(site)
    _is_measured_again(family, site)


def _says_something(family: Phone) -> str:
    live = walked()["live"]
    comment = next(q.name for q in live.questions.values() if q.kind.value == "comment")
    plan = {**talkative(live), comment: Given(text=COMMENT)}
    walk = Walk(family, "live", live, plan, Thumb(family.page))
    walk.start()
    walk.to_check()
    family.page.locator("#quote").check()
    return walk.send()


def _wants_to_be_told(family: Phone, site: Site, letters_go_round: Rounds) -> None:
    page = family.page
    press(page, "Tell me what happened")
    fill(page, email=ADDRESS)
    save(page)
    letters_go_round(2)
    letter = site.postbox.to(ADDRESS)[-1].get_content()
    found = re.search(r"/tell-me/yes/\S+", letter)
    assert found is not None
    family.goto(found[0])
    save(page)


def _machine_reads(officer: Phone, site: Site) -> None:
    page = officer.goto("/staff/themes")
    page.get_by_role("button", name="Read all comments").first.click()
    last = time.monotonic() + PATIENT
    while time.monotonic() < last:
        with site.database.reading() as session:
            states = session.scalars(select(ThemingRun.state)).all()
        if RunState.DONE in states:
            return
        time.sleep(0.5)
    raise AssertionError(f"the machine did not finish: {states}")


def _writes_it_down(officer: Phone) -> None:
    page = officer.goto("/staff/theme/waiting")
    press(page, "Write it down as")
    fill(
        page,
        title_en="The wait for help",
        title_en_easy="You wait too long",
        said_en="People wait a long time and hear nothing.",
        said_en_easy="You wait a long time. No one tells you why.",
    )
    page.locator("[name=audience][value=everyone]").check()
    save(page)
    assert officer.path.endswith(CODE)
    expect(page.locator("main")).to_contain_text("people said this, of")
    none_of(axe(page))


def _group_says_not_quite(officer: Phone, group: Phone) -> None:
    page = officer.page
    press(page, "Ask a group")
    today = datetime.now().astimezone().date()
    fill(page, group_name="SEND Youth Voice Group", name="Autumn findings")
    page.locator("[name=audience]").select_option("young_person")
    fill(page, opens_on=str(today), closes_on=str(today + timedelta(days=7)))
    save(page)
    address = page.locator("a[href^='/v/']").first.get_attribute("href")
    theirs = group.goto(address or "")
    save(theirs)
    expect(theirs.locator("main")).to_contain_text("You wait a long time.")
    none_of(axe(theirs))
    theirs.locator("[name=verdict][value=not_quite]").check()
    fill(theirs, q_words="They also change the day.")
    press(theirs, "Continue", "button")

    page.reload()
    expect(page.locator("main")).to_contain_text("They also change the day.")
    press(page, "Say what you")
    page.locator("textarea[name*=why]").first.fill("You told us that days change too.")
    save(page)
    press(page, "Close it now", "button")
    press(page, "Show the group what changed", "button")
    expect(group.goto(address or "").locator("h1")).to_have_text("What we changed because of you")


def _promises_and_publishes(officer: Phone) -> None:
    page = officer.goto(f"/staff/promises/{CODE}")
    press(page, "Add a promise")
    fill(
        page,
        what_en="Everybody who waits gets a letter each month.",
        what_en_easy="You get a letter each month.",
        notice_en="A letter comes in the first week of the month.",
        notice_en_easy="You get a letter.",
        due_on=str(datetime.now().astimezone().date() + timedelta(days=30)),
    )
    page.locator("[name=organisation]").select_option(index=1)
    page.locator("[name=measure]").select_option(label="The help for the child is good")
    fill(page, measure_again_on=str(datetime.now().astimezone().date() + timedelta(days=84)))
    page.locator("[name=state][value=doing]").check()
    save(page)
    officer.goto(f"/staff/promises/{CODE}")
    press(page, "Make it public", "button")
    expect(page.locator("main")).to_contain_text("Everybody can read this since")


def _paper_says_so(officer: Phone) -> None:
    page = officer.goto("/staff/reports")
    press(page, "Begin a paper")
    fill(page, title="What families told us this autumn")
    page.locator("details:has([name=until]) > summary").click()
    fill(page, until=str(datetime.now().astimezone().date()))
    press(page, "Begin the paper", "button")
    press(page, "What changed for children and families")
    page.get_by_label("Words", exact=True).fill(
        f"We heard this and promised a letter: [insight {CODE}]."
    )
    press(page, "Save and check", "button")
    press(page, "What families told us this autumn")
    press(page, "Freeze a version")
    press(page, "Freeze version 1", "button")
    expect(page.locator(".leaf")).to_contain_text("The wait for help")


def _is_done_by_two(officer: Phone, forum: Phone, site: Site) -> None:
    with site.database.reading() as session:
        insight = session.scalars(select(Insight).where(Insight.code == CODE)).one()
        number = session.scalars(
            select(Commitment.id).where(Commitment.insight_id == insight.id)
        ).one()
    at = f"/staff/promises/commitment/{number}"
    page = officer.goto(f"{at}/update")
    page.locator("[name=state][value=done]").check()
    fill(page, words_en="The first letters went out.", words_en_easy="The letters went out.")
    save(page)
    expect(page.locator("main")).to_contain_text("That cannot be you.")
    forum.sign_in(site.person(Role.PARTNER))
    theirs = forum.goto(at)
    press(theirs, "Look whether it is done")
    theirs.locator("[name=agrees][value=yes]").check()
    save(theirs)
    expect(theirs.locator("main")).to_contain_text("It is done")


def _everybody_reads(family: Phone) -> None:
    page = family.goto(f"/you-said/{CODE}?read=standard")
    expect(page.locator("main")).to_contain_text("Everybody who waits gets a letter each month.")
    expect(page.locator("main")).to_contain_text("It is done")
    none_of(axe(page))
    page = family.goto(f"/you-said/{CODE}?read=easy")
    expect(page.locator("main")).to_contain_text("You get a letter each month.")
    expect(page.locator("main")).to_contain_text("The letters went out.")
    none_of(axe(page))


def _receipt_says(family: Phone, receipt: str) -> None:
    page = family.goto("/receipt")
    fill(page, code=receipt)
    save(page)
    press(page, "See what became of my words", "button")
    expect(page.locator("main")).to_contain_text("It is done")
    expect(page.locator("main")).not_to_contain_text(COMMENT)
    none_of(axe(page))


def _was_told(site: Site) -> None:
    letters = [each.get_content() for each in site.postbox.to(ADDRESS)]
    assert any(f"/you-said/{CODE}" in each for each in letters), letters
    assert not any(COMMENT in each for each in letters)


def _is_measured_again(family: Phone, site: Site) -> None:
    """Two cycles later, which here is: what happened, happened two cycles earlier."""
    with site.database.writing() as session, session.begin():
        insight = session.scalars(select(Insight).where(Insight.code == CODE)).one()
        insight.heard_on -= TWO_CYCLES
        wanted = select(Update).join(Commitment).where(Commitment.insight_id == insight.id)
        for each in session.scalars(wanted).all():
            each.happened_on -= TWO_CYCLES
    page = family.goto(f"/you-said/{CODE}?read=standard")
    expect(page.locator(".trend__chart").first).to_be_visible()
    expect(page.locator(".chart-notes")).to_contain_text("Everybody who waits gets a letter")
