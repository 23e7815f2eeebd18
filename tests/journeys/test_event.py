"""An event from its first idea to one table of answers, on a screen, on a phone and on paper."""

import csv
from io import StringIO

import pytest
from playwright.sync_api import Download, Page, expect

from feedback.questionnaire import Given, Questionnaire

from .conftest import NewPhone
from .people import Plan
from .phone import DESK, Phone
from .site import OFFICER, Site, new_code, now

START = {
    "Why you ask": "We want the next fun day to be better.",
    "Who is asking": "The Harbour hub team",
    "Who reads the answers, and when": "The hub team, within a week.",
    "What happens next, and where people can read it": "We tell you on our notice board.",
}
OTHERS = 5  # people who are alike, of two sorts: then the gate hides nothing
SHADE, MUSIC = "More shade, please.", "Louder music."


def _words(page: Page, group: str, words: str) -> None:
    boxes = page.get_by_role("group", name=group, exact=True).locator("textarea")
    boxes.first.wait_for()
    page.wait_for_load_state()  # or a count may be of half a page
    for at in range(boxes.count()):
        boxes.nth(at).fill(words)


def _add(page: Page, kind: str, ask: str) -> None:
    page.get_by_label("A question on a page of its own").select_option(label=kind)
    page.get_by_role("button", name="Add the question").click()
    _words(page, "The question", ask)


def _picture(page: Page, part: str, search: str, alt: str) -> None:
    page.get_by_role("button", name=f"Picture … {part}").click()
    page.get_by_label("Search for a picture").fill(search)
    page.get_by_role("button", name="Search", exact=True).click()
    page.locator("label.picture").first.click()
    page.get_by_role("button", name="Take the chosen one").click()
    _words(page, "What the picture shows, for people who cannot see it", alt)
    page.get_by_role("button", name="Use this picture").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")


def _design(page: Page, title: str) -> None:
    """Three questions with three pictures, from nothing to published."""
    page.get_by_role("link", name="Surveys", exact=True).click()
    page.get_by_role("link", name="New survey").click()
    page.get_by_label("What is the survey called?").fill(title)
    page.get_by_role("button", name="Begin the survey").click()
    page.get_by_role("link", name="Words, languages, for whom").click()
    for group, words in {"Title": title, **START}.items():
        _words(page, group, words)
    page.get_by_role("button", name="Save", exact=True).click()

    _add(page, "Faces: 3, with a word under each", "How was the fun day?")
    _picture(page, "for the question", "party", "A party")
    page.get_by_role("button", name="Save", exact=True).click()
    _add(page, "One answer out of several", "How did you come here?")
    _words(page, "Answer 1", "On foot")
    _words(page, "Answer 2", "By bus")
    _picture(page, "for answer 1", "walking", "A person walking")
    _picture(page, "for answer 2", "bus", "A bus")
    page.get_by_role("button", name="Save", exact=True).click()
    _add(page, "Their own words, as long as they like", "What should we do next time?")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".outline__question")).to_have_count(3)

    page.get_by_role("link", name="Publish …").click()
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_role("status")).to_have_text("Published. You can now open it to people.")


def _plan(page: Page, title: str) -> None:
    page.get_by_role("link", name="Events", exact=True).click()
    page.get_by_role("link", name="Add an event").click()
    page.get_by_label("Name", exact=True).fill(title)
    page.get_by_role("radio", name="Event", exact=True).check()
    page.get_by_label("First day").fill(now().date().isoformat())
    page.get_by_role("radio", name="No, it is planned").check()
    page.get_by_role("checkbox", name="Parents and carers").check()
    page.get_by_label("How many people are expected?").fill("40")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def _open(page: Page, title: str) -> str:
    """Open the survey at the event, on phones and on paper; gives its short code."""
    page.get_by_role("link", name="Add a collection").click()
    page.get_by_role("radio", name=title).check()
    page.get_by_label("Name, for your team").fill(title)
    page.get_by_role("radio", name="Everyone").check()
    page.get_by_role("checkbox", name="Paper").check()
    code = page.get_by_label("Short code").input_value()
    page.get_by_role("button", name="Open the collection").click()
    expect(page.locator(".collection-link__code")).to_have_text(code)
    return code


def _downloaded(page: Page, button: str) -> Download:
    with page.expect_download() as started:
        page.get_by_role("button", name=button).click()
    return started.value


def _answer(phone: Phone, code: str) -> None:
    page = phone.goto(f"/s/{code}")
    page.get_by_role("button", name="Yes, start").tap()
    expect(page.get_by_role("img", name="A party")).to_be_visible()
    page.get_by_text("Good", exact=True).tap()
    page.get_by_role("button", name="Continue").tap()
    page.get_by_text("By bus", exact=True).tap()
    page.get_by_role("button", name="Continue").tap()
    page.locator("textarea").fill(SHADE)
    page.get_by_role("button", name="Continue").tap()
    page.get_by_role("button", name="Send my answers").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def _type_in(page: Page, title: str) -> None:
    page.get_by_role("link", name="Paper", exact=True).click()
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("radio", name="Good", exact=True).check()
    page.get_by_role("radio", name="By bus").check()
    page.locator("textarea").fill(MUSIC)
    page.get_by_role("button", name="Save and next").click()
    expect(page.locator("#count")).to_have_text("1 typed in this sitting, 1 in all")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_event_is_designed_printed_answered_in_two_ways_and_read_as_one(
    new: NewPhone, site: Site, scripts: bool
):
    title = f"Fun day {new_code()}"
    officer = new(width=DESK, scripts=scripts)
    officer.sign_in(OFFICER)
    page = officer.page
    _design(page, title)
    _plan(page, title)
    code = _open(page, title)

    page.get_by_role("link", name="Print posters, slips, cards or a paper form").click()
    for button in ("Poster, A4", "Usual print"):
        assert _downloaded(page, button).path().read_bytes().startswith(b"%PDF-")

    _answer(new(scripts=scripts), code)
    collection = site.collection(code)
    asked = site.asked(collection).questionnaire
    site.answer(collection, *_others(asked))
    _type_in(page, title)

    page.get_by_role("link", name="Answers", exact=True).click()
    page.get_by_role("link", name=title).first.click()
    count = page.get_by_role("row", name="By bus").get_by_role("cell").first
    assert count.inner_text() == str(OTHERS + 2)
    page.get_by_role("link", name="Comments", exact=True).click()
    for words in (SHADE, MUSIC):
        expect(page.locator("main")).to_contain_text(words)

    page.get_by_role("link", name="Results", exact=True).click()
    rows = _rows(_downloaded(page, "CSV Answers"))
    channels = [row.pop("channel") for row in rows]
    assert sorted(channels) == ["own_phone"] * (2 * OTHERS + 1) + ["paper"]
    on_paper = rows.pop(channels.index("paper"))
    assert on_paper in rows  # as on the phone, to the letter


def _rows(file: Download) -> list[dict[str, str]]:
    """A file's rows without their own random names."""
    found = list(csv.DictReader(StringIO(file.path().read_text("utf-8-sig"))))
    return [{key: value for key, value in row.items() if key != "row"} for row in found]


def _others(asked: Questionnaire) -> list[Plan]:
    first, second, third = asked.questions.values()
    return [
        {
            first.name: Given(codes=(first.options[at].code,)),
            second.name: Given(codes=(second.options[at].code,)),
            third.name: Given(text="Nice."),
        }
        for at in (0, -1)
        for _ in range(OTHERS)
    ]
