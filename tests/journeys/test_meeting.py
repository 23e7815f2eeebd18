"""One meeting of a group: from the first idea to a question that is asked, and to its answers."""

import re
from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Page, expect
from signing_ground import LIGHTHOUSE

from feedback.questionnaire import Given

from .checkers import axe, none_of
from .conftest import NewPhone
from .people import various
from .phone import DESK, Phone
from .site import OFFICER, Site
from .surveys import walked

SURVEY = "young"
PICTURES = ("Fox", "Owl", "Kite", "Boat", "Cloud")
TITLE = "Young people: how are things for you?"
IDEA = "The school bus is too loud"
ASKS = "Is your bus too loud?"
EDITED = "Is the bus too loud for you?"
SOON = 4000  # milliseconds until a screen has followed, beside other tests
MOST_TAPS = 25  # of the whole group together, from the idea to the approved question


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own: the meeting leaves a draft behind that other tests would trip over."""
    opened = Site(tmp_path_factory.mktemp("meeting"))
    yield opened
    opened.close()
    none_of(opened.troubles())


class Taps:
    """What fingers do in the room; keys that are typed are not counted."""

    def __init__(self) -> None:
        self.number = 0

    def tap(self, page: Page, name: str, role: str = "button") -> None:
        """Press a button or a link by its words."""
        self.number += 1
        page.get_by_role(role, name=name, exact=True).first.click()

    def on(self, page: Page, selector: str) -> None:
        """Press what a selector finds first."""
        self.number += 1
        page.locator(selector).first.click()


def test_a_meeting_makes_a_question_that_young_people_are_asked(new: NewPhone, site: Site):
    site.open(walked()[SURVEY], "before1")  # the group signed off what is asked today
    worker = new(width=DESK)
    code = _opened(worker)
    members = [_come_in(new(), code, picture) for picture in PICTURES]

    taps = Taps()
    _ideas(worker, members, taps)
    _chosen(worker, members, taps)
    _worded_and_tried(worker, members, taps)
    _into_the_survey(worker, taps)
    _approved(worker, members, taps)
    assert taps.number <= MOST_TAPS, f"the group needed {taps.number} taps"

    _looked_over(worker)
    _edited(worker)
    _published(worker)
    _refused(worker)
    _approved_again(worker, members, code)
    collection = _open_collection(worker)
    assert collection == "after1"

    _answered(site, collection, 10)
    _few_answers(members[0], code)
    _answered(site, collection, 5)
    _enough_answers(members[0], code)
    none_of(axe(members[0].page))


def _press(page: Page, name: str, role: str = "link") -> None:
    with page.expect_navigation():
        page.get_by_role(role, name=name).first.click()
    page.wait_for_load_state()


def _step(worker: Phone, step: str, taps: Taps) -> None:
    """The worker moves everybody on."""
    taps.on(worker.page, f'.hold__step[value="{step}"]')
    expect(worker.page.locator(f'.hold__step[value="{step}"][aria-current=step]')).to_be_visible()


def _follows(members: Sequence[Phone], step: str) -> None:
    """Every screen has come along without anybody's doing."""
    for each in members:
        expect(each.page).to_have_url(re.compile(f"/{step}"), timeout=SOON)


def _opened(worker: Phone) -> str:
    """The worker opens the room on the big screen."""
    worker.sign_in(OFFICER)
    worker.goto("/staff/groups")
    _press(worker.page, LIGHTHOUSE)
    _press(worker.page, "Open a room", "button")
    return worker.page.locator(".hold__letters").inner_text()


def _come_in(phone: Phone, code: str, picture: str) -> Phone:
    page = phone.goto("/together")
    page.get_by_label("The code").fill(code)
    _press(page, "Go in", "button")
    page.get_by_role("button", name=picture, exact=True).click()
    with page.expect_navigation():
        page.locator(".word-grid button").first.click()
    expect(page.locator(".room-step")).to_contain_text("Part 1 of 7")
    return phone


def _ideas(worker: Phone, members: Sequence[Phone], taps: Taps) -> None:
    """One is written, one is a picture; both go on a pile by buttons."""
    fox, owl, kite = (each.page for each in members[:3])
    fox.get_by_label("Write it").fill(IDEA)
    taps.on(fox, 'button[name="do"][value="send"]')
    expect(fox.get_by_role("status").first).to_contain_text("Thank you")
    owl.locator(".picture-grid .picture-card").first.click()  # another idea: not counted
    expect(owl.get_by_role("status").first).to_contain_text("Thank you")
    _step(worker, "sorting", taps)
    _follows(members, "sorting")
    kite.locator("#q_name").fill("Getting there")
    taps.tap(kite, "Make the pile")
    card = kite.locator(".idea").filter(has_text=IDEA)
    taps.number += 1
    card.get_by_role("button", name="Getting there").click()
    expect(kite.locator('.pile[data-name="Getting there"]')).to_contain_text(IDEA)


def _chosen(worker: Phone, members: Sequence[Phone], taps: Taps) -> None:
    """Talk, then a star each; five voters are enough for numbers."""
    _step(worker, "voting", taps)
    _follows(members, "voting")
    for each in members:
        taps.tap(each.page, f"Put a star on: {IDEA}")
        expect(each.page.get_by_role("status").first).to_contain_text("2 stars left")


def _worded_and_tried(worker: Phone, members: Sequence[Phone], taps: Taps) -> None:
    """One writes, one chooses answers and picture, one tries it; all see each step."""
    _step(worker, "wording", taps)
    _follows(members, "wording")
    fox, owl = members[0].page, members[1].page
    fox.get_by_label("How do we ask it?").fill(ASKS)
    taps.tap(fox, "Save")
    taps.tap(fox, "Yes or no")
    expect(fox.locator(".picture-card").first).to_be_visible()
    taps.on(fox, ".picture-card")
    expect(owl.locator(".asked-card__ask")).to_have_text(ASKS, timeout=SOON)
    taps.tap(owl, "Try it", "link")
    taps.on(owl, ".tried label")
    taps.tap(owl, "Continue")
    taps.tap(owl, "I am done")
    expect(owl.get_by_role("status").first).to_have_text("Thank you. That helps.")


def _into_the_survey(worker: Phone, taps: Taps) -> None:
    """The worker, who designs surveys, puts it into the one that the group signs off."""
    page = worker.page
    room = page.url
    taps.tap(page, f"Put the question into “{TITLE}”", "link")
    page.wait_for_url("**/survey/*")
    taps.number += 1
    _press(page, "Put it in", "button")
    expect(page.locator("main")).to_contain_text(ASKS)
    worker.goto(room)


def _approved(worker: Phone, members: Sequence[Phone], taps: Taps) -> None:
    """Everybody reads and says yes; the worker keeps it."""
    _step(worker, "approving", taps)
    _follows(members, "approving")
    for each in members[:3]:
        expect(each.page.locator("main")).to_contain_text(ASKS)
        taps.tap(each.page, "Yes")
        expect(each.page.locator("main")).to_contain_text("You said yes.")
    keep = "section[aria-labelledby=waits-for-yes] button"
    expect(worker.page.locator(keep)).to_be_visible(timeout=SOON)
    taps.on(worker.page, keep)
    expect(worker.page.locator("main")).to_contain_text("said yes to exactly these words")
    expect(members[4].page.get_by_role("heading", level=1)).to_have_text(
        "Your group said yes", timeout=SOON
    )


def _looked_over(worker: Phone) -> None:
    """Nothing is read outside the room before a worker has looked."""
    worker.goto("/staff/groups")
    _press(worker.page, "Go to the open room")
    _press(worker.page, "What the group wrote")
    _press(worker.page, "They are all fine", "button")


def _edited(worker: Phone) -> None:
    """An officer changes the words of the group's question: the yes is gone, and they say why."""
    page = worker.goto(f"/staff/surveys/{SURVEY}/")
    page.locator("a", has_text=ASKS).first.click()
    page.wait_for_load_state()
    page.locator("[name=ask-en-standard]").fill(EDITED)
    _press(page, "Save", "button")
    page = worker.goto(f"/staff/groups/signing/{SURVEY}")
    expect(page.locator("main")).to_contain_text("What changed since the group said yes")


def _published(worker: Phone) -> None:
    page = worker.goto(f"/staff/surveys/{SURVEY}/publish")
    _press(page, "Publish it", "button")


def _fill_collection(worker: Phone) -> None:
    page = worker.goto("/staff/collections/new")
    page.locator("input[name=edition]").first.check()
    page.locator("[name=name]").fill("After the meeting")
    page.locator("input[name=audience][value=young_person]").check()
    page.locator("input[name=channels][value=own_phone]").check()
    page.locator("[name=code]").fill("after1")
    _press(page, "Open the collection", "button")


def _refused(worker: Phone) -> None:
    _fill_collection(worker)
    assert worker.shown is not None and worker.shown.status == 409
    expect(worker.page.locator("main")).to_contain_text(LIGHTHOUSE)


def _approved_again(worker: Phone, members: Sequence[Phone], code: str) -> None:
    for each in members[:3]:
        each.goto(f"/together/{code}/approving")
        expect(each.page.locator("main")).to_contain_text("The words changed")
        expect(each.page.locator("main")).to_contain_text(EDITED)
        each.page.get_by_role("button", name="Yes", exact=True).click()
        expect(each.page.locator("main")).to_contain_text("You said yes.")
    page = worker.goto(f"/staff/groups/signing/{SURVEY}")
    _press(page, "Keep the group’s yes", "button")
    expect(page.locator("main")).to_contain_text("said yes to exactly these words")


def _open_collection(worker: Phone) -> str:
    _fill_collection(worker)
    assert worker.path.startswith("/staff/collection/"), worker.page.inner_text("main")
    return "after1"


def _answered(site: Site, code: str, number: int) -> None:
    collection = site.collection(code)
    questionnaire = site.asked(collection).questionnaire
    [name] = [each for each, q in questionnaire.questions.items() if q.ask["en"].standard == EDITED]
    plans = various(questionnaire, number)
    for at, plan in enumerate(plans):
        plan[name] = Given(codes=("yes",) if at % 3 else ("no",))
    site.answer(collection, *plans)


def _few_answers(member: Phone, code: str) -> None:
    member.goto(f"/together/{code}/answers")
    expect(member.page.locator("main")).to_contain_text("People are asked")
    _press(member.page, "See the answers")
    expect(member.page.locator("main")).to_contain_text("Not enough people yet")
    expect(member.page.locator(".result__count")).to_have_count(0)


def _enough_answers(member: Phone, code: str) -> None:
    member.page.reload()
    expect(member.page.locator(".result")).to_contain_text("15 people answered")
    yes = member.page.locator(".result__lines li").filter(has_text="Yes")
    expect(yes.locator(".result__count")).to_have_text("9")
    with member.page.expect_navigation():
        member.page.locator(".verdict").first.click()
    expect(member.page.locator("main")).to_contain_text("You said:")
    member.goto(f"/together/{code}/answers")
    expect(member.page.locator("main")).to_contain_text("People have answered")
