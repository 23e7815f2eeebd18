"""Paper answers are typed in by the keyboard alone, with the script and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from feedback.questionnaire import Given, Question, Questionnaire
from feedback.vocabulary import AnswerState, QuestionKind

from .conftest import NewPhone
from .paper_states import on_paper
from .people import Plan, expected, talkative
from .phone import DESK
from .site import OFFICER, Site
from .surveys import walked


def _type(page: Page, question: Question, given: Given, *, digits: bool) -> None:
    """Answer the question that the focus stands on, and go on to the next one."""
    keys = page.keyboard
    wanted = [at for at, option in enumerate(question.options) if option.code in given.codes]
    if question.kind is QuestionKind.CHOICES:
        for at, _option in enumerate(question.options):
            if at in wanted:
                keys.press(str(at + 1) if digits else "Space")
            if not digits:
                keys.press("Tab")
        if digits:
            for _ in question.options[max(wanted, default=0) :]:
                keys.press("Tab")
        if question.dont_know:
            keys.press("Tab")
        return
    if question.kind.has_options:
        if digits:
            keys.press(str(wanted[0] + 1))
        else:
            keys.press("Space")
            for _ in range(wanted[0]):
                keys.press("ArrowDown")
        keys.press("Tab")
        return
    if question.kind is QuestionKind.MONTH and given.number:
        keys.type(str(given.number % 100))
        keys.press("Tab")
        keys.type(str(given.number // 100))
    else:
        keys.type(str(given.number) if given.number is not None else given.text or "")
    keys.press("Tab")
    if question.dont_know:
        keys.press("Tab")


def _typed(survey: Questionnaire) -> Plan:
    """What stands on the paper: every question that was for this person is answered."""
    plan = expected(survey, talkative(survey))
    assert all(given.state is AnswerState.GIVEN for given in plan.values())
    return plan


@pytest.mark.parametrize("scripts", [True, False], ids=["digits", "no script"])
def test_paper_is_typed_in_by_the_keyboard_alone_and_the_count_goes_up(
    new: NewPhone, site: Site, scripts: bool
):
    survey = walked()["every_kind"]
    collection = on_paper(site)
    phone = new(width=DESK, scripts=scripts)
    phone.sign_in(OFFICER)
    page = phone.goto(f"/staff/paper/{collection.id}")
    plan = _typed(survey)

    for number in (1, 2):
        expect(page.locator("#q_who-1")).to_be_focused()
        for name, question in survey.questions.items():
            focused = page.evaluate("document.activeElement.name")
            assert re.fullmatch(rf"q_{name}(-month)?", focused), f"{focused}, not {name}"
            if name in plan:
                _type(page, question, plan[name], digits=scripts)
            else:
                keys = len(question.options) if question.kind is QuestionKind.CHOICES else 1
                for _ in range(keys + question.dont_know):
                    page.keyboard.press("Tab")
        expect(page.locator("#may_be_quoted")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "save"
        with page.expect_navigation():
            page.keyboard.press("Enter")
        count = page.locator("#count").inner_text()
        assert count == f"{number} typed in this sitting, {number} in all"

    words = page.locator("#receipt-code").inner_text()
    assert site.stored(words) == plan
    assert site.sent(collection) == 2


def test_the_delete_key_empties_an_answer(new: NewPhone, site: Site):
    collection = on_paper(site)
    phone = new(width=DESK)
    phone.sign_in(OFFICER)
    page = phone.goto(f"/staff/paper/{collection.id}")
    chosen = page.locator("input[name=q_who]:checked")

    expect(page.locator("#q_who-1")).to_be_focused()  # a moment after the page has come
    page.keyboard.press("2")
    expect(chosen).to_have_count(1)
    page.keyboard.press("Delete")
    expect(chosen).to_have_count(0)
