"""What families answered stands on the pages of the team, and not before there are enough."""

import re
from collections import Counter

import pytest
from playwright.sync_api import Page

from feedback.analysis.privacy import mask
from feedback.models.collections import Collection
from feedback.questionnaire import Question, Questionnaire
from feedback.vocabulary import QuestionKind

from .conftest import NewPhone, Surveys
from .hands import Thumb
from .people import Plan, expected, talkative, various
from .phone import DESK, Phone
from .site import OFFICER, Site, new_code
from .surveys import walked
from .walk import Walk

MANY = 30  # people: five options with five or more each, so that nothing is held back
FEW = 3
THRESHOLD, HIDDEN = 5, "hidden, small group"
SURVEYS = [
    pytest.param(walked()[name], id=name)
    for name in ("live", "parents", "young", "before", "every_kind")
]


@pytest.fixture
def officer(new: NewPhone) -> Phone:
    """Somebody who has signed in and may read everything."""
    phone = new(width=DESK)
    phone.sign_in(OFFICER)
    phone.page.wait_for_url("**/staff/")
    return phone


def _answered(new: NewPhone, site: Site, survey: Questionnaire, plans: list[Plan]) -> Collection:
    """A collection that several people answered, the last of them in a browser."""
    collection = site.open(survey, new_code())
    site.answer(collection, *plans[:-1])
    phone = new(scripts=False)
    walk = Walk(phone, collection.code, survey, plans[-1], Thumb(phone.page))
    walk.start()
    walk.to_check()
    walk.send()
    return collection


@pytest.mark.parametrize("survey", SURVEYS)
def test_the_team_finds_what_families_answered(
    new: NewPhone, site: Site, officer: Phone, survey: Questionnaire
):
    plans = [*various(survey, MANY - 1), talkative(survey)]
    collection = _answered(new, site, survey, plans)

    page = officer.goto(f"/staff/collection/{collection.id}")
    for question in survey.questions.values():
        counted = _chosen(survey, question, plans)
        shown = {code: _count(page, question, code) for code in counted}
        assert all(shown[code] in (str(counted[code]), HIDDEN) for code in counted), question.name
        if counted and min(counted.values()) >= THRESHOLD and not question.dont_know:
            assert HIDDEN not in shown.values(), question.name

    said = officer.goto(f"/staff/collection/{collection.id}/comments").locator("main").inner_text()
    for name, given in expected(survey, plans[-1]).items():
        if survey.questions[name].kind is QuestionKind.COMMENT and given.text:
            assert mask(given.text).text in said  # a name in it is read by nobody


def test_few_answers_are_shown_to_nobody(new: NewPhone, site: Site, officer: Phone):
    survey = walked()["every_kind"]
    plan = talkative(survey)
    collection = _answered(new, site, survey, [plan] * FEW)

    for path in ("", "/comments"):
        page = officer.goto(f"/staff/collection/{collection.id}{path}")
        assert "Fewer than 5" in page.inner_text("main")
        assert plan["more"].text not in page.content()
        assert page.locator("td", has_text=re.compile(rf"^\s*{FEW}\s*$")).count() == 0


def test_an_officer_comes_from_the_list_to_the_comments_and_out_again(
    new: NewPhone, site: Site, collections: Surveys, officer: Phone
):
    survey = walked()["every_kind"]
    collection = _answered(new, site, survey, [talkative(survey)] * MANY)
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


def _chosen(survey: Questionnaire, question: Question, plans: list[Plan]) -> Counter[str]:
    """How many people chose each of a question's options; nothing where it has none."""
    counted = Counter({option.code: 0 for option in question.options})
    for plan in plans:
        given = expected(survey, plan).get(question.name)
        counted.update(given.codes if given else ())
    return counted


def _count(page: Page, question: Question, code: str) -> str:
    """The number beside an answer in its question's table."""
    label = question.option(code).label["en"].standard
    row = page.locator(f"section[id$='-{question.name}'] tbody tr").filter(
        has=page.get_by_role("rowheader", name=label, exact=True)
    )
    if page.locator(f"section[id$='-{question.name}'] table").count() == 0:
        return HIDDEN  # all of it, for too few were asked
    assert row.count() == 1, f"{question.name}: {label}"
    return row.locator("td").first.inner_text()
