"""What families answered stands on the pages of the team that reads it, and not before there are enough."""

import pytest
from playwright.sync_api import Page

from feedback.models.collections import Collection
from feedback.questionnaire import Questionnaire
from feedback.vocabulary import QuestionKind

from .conftest import NewPhone, Surveys
from .hands import Thumb
from .people import Plan, expected, talkative
from .phone import DESK, Phone
from .site import OFFICER, Site, new_code
from .surveys import walked
from .walk import Walk

OTHERS = 11  # people besides the one with the browser; with them no share is held back
SURVEYS = [pytest.param(walked()[name], id=name) for name in ("live", "parents", "young", "before", "every_kind")]


@pytest.fixture
def officer(new: NewPhone) -> Phone:
    phone = new(width=DESK)
    phone.sign_in(OFFICER)
    phone.page.wait_for_url("**/staff/")
    return phone


def _answered(new: NewPhone, site: Site, survey: Questionnaire, plan: Plan, others: int) -> Collection:
    collection = site.open(survey, new_code())
    for _ in range(others):
        site.answer(collection, plan)
    phone = new(scripts=False)
    walk = Walk(phone, collection.code, survey, plan, Thumb(phone.page))
    walk.start()
    walk.to_check()
    walk.send()
    return collection


@pytest.mark.parametrize("survey", SURVEYS)
def test_what_families_chose_is_counted_for_the_team(
    new: NewPhone, site: Site, officer: Phone, survey: Questionnaire
):
    plan = talkative(survey)
    collection = _answered(new, site, survey, plan, OTHERS)
    page = officer.goto(f"/staff/collection/{collection.id}")

    for name, given in expected(survey, plan).items():
        question = survey.questions[name]
        for code in given.codes:
            label = question.option(code).label["en"].standard  # type: ignore[union-attr]
            assert _count(page, name, label) == str(OTHERS + 1), f"{name}: {label}"


@pytest.mark.parametrize("survey", SURVEYS)
def test_what_families_wrote_is_read_by_the_team(
    new: NewPhone, site: Site, officer: Phone, survey: Questionnaire
):
    plan = talkative(survey)
    collection = _answered(new, site, survey, plan, OTHERS)
    page = officer.goto(f"/staff/collection/{collection.id}/comments")

    said = page.locator("main").inner_text()
    for name, given in expected(survey, plan).items():
        if survey.questions[name].kind is QuestionKind.COMMENT and given.text:
            assert given.text in said


def test_few_answers_are_shown_to_nobody(new: NewPhone, site: Site, officer: Phone):
    survey = walked()["every_kind"]
    plan = talkative(survey)
    collection = _answered(new, site, survey, plan, others=3)

    for path in ("", "/comments"):
        page = officer.goto(f"/staff/collection/{collection.id}{path}")
        assert "Fewer than 5" in page.inner_text("main")
        assert plan["more"].text not in page.content()
        assert page.locator("table td", has_text="4").count() == 0


def test_an_officer_comes_from_the_list_to_the_comments_and_out_again(
    new: NewPhone, site: Site, collections: Surveys, officer: Phone
):
    survey = walked()["every_kind"]
    collection = _answered(new, site, survey, talkative(survey), OTHERS)
    officer.goto("/staff/")
    page = officer.page

    page.get_by_role("link", name=collection.name).click()
    page.wait_for_url(f"**/staff/collection/{collection.id}")
    page.get_by_role("link", name="Comments", exact=True).click()
    page.wait_for_url("**/comments")
    page.get_by_role("searchbox").fill("narrow")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**search=narrow**")
    assert "too narrow" in page.inner_text("main")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/staff/sign-in")

    officer.goto(f"/staff/collection/{collection.id}/comments")
    assert officer.path == "/staff/sign-in"


def _count(page: Page, name: str, label: str) -> str | None:
    """The number beside an answer in a question's table."""
    row = page.locator(f"section[id$='-{name}'] tbody tr").filter(
        has=page.get_by_role("rowheader", name=label, exact=True)
    )
    return row.locator("td").first.inner_text() if row.count() == 1 else None
