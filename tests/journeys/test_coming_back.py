"""Stopping, coming back, changing one's mind, taking answers back, sharing a phone."""

import re

import pytest
from playwright.sync_api import expect

from feedback.questionnaire import Given, Questionnaire
from feedback.vocabulary import AnswerState

from .conftest import NewPhone, Surveys
from .fillers import LONG, option
from .hands import Mouse, Thumb
from .people import expected, talkative
from .phone import Phone
from .site import Site, new_code
from .surveys import walked
from .walk import Walk

TOGETHER = "every_kind"
MOST_TAPS = 8  # journey J1: a family at a stall, one hand free


@pytest.fixture
def survey() -> Questionnaire:
    return walked()[TOGETHER]


def _walk(phone: Phone, code: str, survey: Questionnaire) -> Walk:
    walk = Walk(phone, code, survey, talkative(survey), Thumb(phone.page))
    walk.start()
    return walk


def _words_page(survey: Questionnaire) -> int:
    return next(
        at
        for at, page in enumerate(survey.pages, 1)
        if any(q.name == "more" for q in page.questions)
    )


def test_a_family_at_a_stall_is_done_with_eight_taps(
    new: NewPhone, site: Site, collections: Surveys
):
    live = walked()["live"]
    plan = talkative(live)
    chosen = {n: plan[n] for p in live.pages[:1] for n in (q.name for q in p.questions)}
    phone = new(scripts=False)
    thumb = Thumb(phone.page)
    walk = Walk(phone, collections["live"].code, live, plan, thumb)

    walk.start()
    walk.fill()
    walk.do("continue")
    walk.do("continue")  # no words today
    walk.do("skip")  # and nothing about oneself
    receipt = walk.send()

    assert thumb.taps <= MOST_TAPS
    kept = site.stored(receipt)
    assert {n: given for n, given in kept.items() if given.state is AnswerState.GIVEN} == chosen


def test_somebody_stops_and_carries_on_on_another_phone(
    new: NewPhone, site: Site, collections: Surveys, survey: Questionnaire
):
    first = new(scripts=False)
    walk = _walk(first, collections[TOGETHER].code, survey)
    walk.to_page(_words_page(survey))
    walk.fill()
    walk.do("stop")
    words = first.page.locator("#resume-code").inner_text()

    second = new(scripts=False)
    second.goto("/come-back")
    second.page.locator("#code").fill(f"  {words.upper().replace(' ', '-')} ")
    again = Walk(second, walk.code, survey, walk.plan, Thumb(second.page))
    again.follow("main form button")
    assert again.position == _words_page(survey)
    assert second.page.locator("textarea").input_value() == LONG
    again.to_check()
    receipt = again.send()

    assert site.stored(receipt) == expected(survey, again.plan)


def test_a_code_to_come_back_is_over_once_the_answers_are_sent(
    new: NewPhone, collections: Surveys, survey: Questionnaire
):
    phone = new()
    walk = _walk(phone, collections[TOGETHER].code, survey)
    walk.do("stop")
    words = phone.page.locator("#resume-code").inner_text()
    walk.follow("main a.govuk-button")
    walk.to_check()
    walk.send()

    phone.goto("/come-back")
    phone.page.locator("#code").fill(words)
    walk.follow("main form button")
    assert phone.shown is not None
    assert phone.shown.status == 404


def test_answers_are_taken_back_with_the_receipt(new: NewPhone, site: Site, survey: Questionnaire):
    collection = site.open(survey, new_code())
    phone = new(scripts=False)
    walk = _walk(phone, collection.code, survey)
    walk.to_check()
    receipt = walk.send()

    for target in ("main form button", 'button[value="ask"]', 'button[value="withdraw"]'):
        if "value" not in target:
            phone.goto("/receipt")
            phone.page.locator("#code").fill(receipt)
        walk.follow(target)

    assert site.begun(collection) == 0
    phone.goto("/receipt")
    phone.page.locator("#code").fill(receipt)
    walk.follow("main form button")
    assert phone.shown is not None
    assert phone.shown.status == 404


def test_words_stay_when_the_language_changes_in_the_middle(
    new: NewPhone, site: Site, collections: Surveys, survey: Questionnaire
):
    phone = new()
    walk = _walk(phone, collections[TOGETHER].code, survey)
    walk.to_page(_words_page(survey))
    walk.fill()
    phone.page.locator("details summary").click()
    walk.do("language:ar")

    page = phone.page
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert survey.pages[_words_page(survey) - 1].title["ar"].standard in page.inner_text("main")
    assert page.locator("textarea").input_value() == LONG
    walk.do("continue")
    walk.to_check()
    receipt = walk.send()

    assert site.stored(receipt) == expected(survey, walk.plan)


@pytest.mark.parametrize("change", ["read:easy_read", "pictures:off", "language:pl"])
def test_what_was_chosen_stays_when_the_page_looks_different(
    new: NewPhone, collections: Surveys, survey: Questionnaire, change: str
):
    phone = new(scripts=False)
    walk = _walk(phone, collections[TOGETHER].code, survey)
    walk.to_page(2)
    walk.fill()
    phone.page.locator("details summary").tap()
    walk.do(change)

    assert walk.position == 2
    assert phone.page.locator("input:checked").get_attribute("value") == walk.plan["who"].codes[0]


def test_an_answer_is_changed_from_the_check_page_and_the_rest_is_still_there(
    new: NewPhone, site: Site, collections: Surveys, survey: Questionnaire
):
    phone = new(scripts=False)
    walk = _walk(phone, collections[TOGETHER].code, survey)
    walk.to_check()
    other = Given(codes=("sight",))
    walk.plan = {**walk.plan, "needs": other}

    walk.follow('a[href*="/3?to=check"]')
    while phone.page.locator("label:has(input:checked)").count():
        phone.page.locator("label:has(input:checked)").first.tap()
    walk.fill()
    walk.leave()
    assert phone.path.endswith("/check")
    receipt = walk.send()

    assert site.stored(receipt) == expected(survey, walk.plan)


def test_going_back_and_forth_shows_what_was_answered(
    new: NewPhone, collections: Surveys, survey: Questionnaire
):
    phone = new(scripts=False)
    walk = _walk(phone, collections[TOGETHER].code, survey)
    walk.to_page(4)

    walk.follow(".govuk-back-link")
    assert walk.position == 3
    chosen = [box.get_attribute("value") for box in phone.page.locator("input:checked").all()]
    assert chosen == list(walk.plan["needs"].codes)
    walk.leave()
    assert walk.position == 4


def test_after_sending_the_back_button_shows_no_answers(
    new: NewPhone, collections: Surveys, survey: Questionnaire
):
    phone = new()
    walk = _walk(phone, collections[TOGETHER].code, survey)
    pages = len(walk.to_check())
    walk.send()

    seen = set()
    for _ in range(pages + 2):
        phone.page.go_back()
        _shows_nothing(phone)
        seen.add(phone.path)
    assert {f"/s/{walk.code}", f"/s/{walk.code}/sent"} <= seen  # all the way back, page by page


def test_a_shared_phone_that_was_cleared_shows_no_answers(
    new: NewPhone, collections: Surveys, survey: Questionnaire
):
    phone = new()
    walk = _walk(phone, collections[TOGETHER].code, survey)
    pages = len(walk.to_check())
    receipt = walk.send()
    walk.follow('form[action$="/finish"] button')
    assert phone.path == f"/s/{walk.code}"

    for _ in range(pages + 3):
        phone.page.go_back()
        _shows_nothing(phone)
        assert receipt not in phone.page.content()


def _shows_nothing(phone: Phone) -> None:
    page = phone.page
    assert LONG.split("\n")[0] not in page.content()
    assert page.locator("input:checked").count() == 0
    for box in page.locator("textarea, input[type=text]").all():
        assert box.input_value() == ""


@pytest.mark.parametrize("scripts", [False, True])
def test_a_double_click_sends_once(new: NewPhone, site: Site, survey: Questionnaire, scripts: bool):
    collection = site.open(survey, new_code())
    phone = new(width=1280, scripts=scripts)
    walk = Walk(phone, collection.code, survey, talkative(survey), Mouse(phone.page))
    walk.start()
    walk.to_check()

    phone.page.locator('form[action$="/send"] .govuk-button').dblclick()
    # Asked of the address, not of a journey to it: the second tap breaks off the first one's.
    expect(phone.page).to_have_url(re.compile("/sent$"))

    assert site.sent(collection) == site.begun(collection) == 1
    assert site.stored(walk.receipt()) == expected(survey, walk.plan)


def test_the_second_child_of_a_family_answers_at_once(
    new: NewPhone, site: Site, survey: Questionnaire
):
    collection = site.open(survey, new_code())
    phone = new()
    for number in (1, 2):
        walk = _walk(phone, collection.code, survey)
        expect(phone.page.locator("input:checked")).to_have_count(0)
        walk.to_check()
        walk.send()
        assert site.sent(collection) == number


def test_an_option_can_be_found_by_its_words(
    new: NewPhone, collections: Surveys, survey: Questionnaire
):
    phone = new()
    walk = _walk(phone, collections[TOGETHER].code, survey)
    walk.to_page(2)
    question = survey.questions["who"]

    group = phone.page.get_by_role("group", name=question.ask["en"].standard)
    for each in question.options:
        found = group.get_by_role("radio", name=each.label["en"].standard, exact=True)
        expect(found).to_have_count(1)
        expect(phone.page.locator(option(phone.page, question, each.code))).to_have_count(1)
