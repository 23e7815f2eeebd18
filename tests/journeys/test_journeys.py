"""Every survey from its first page to the receipt: by touch, mouse, keyboard, scripts or none."""

from collections.abc import Callable

import pytest

from feedback.questionnaire import Questionnaire
from feedback.vocabulary import QuestionKind

from .checkers import none_of
from .conftest import NewPhone, Surveys
from .fillers import FILLERS
from .focus import faults_of
from .hands import Hand, Keys, Mouse, Thumb
from .people import Plan, expected, people, silent, talkative
from .phone import DESK, PHONE
from .site import Site
from .surveys import walked
from .walk import Walk

HANDS: dict[str, tuple[Callable[..., Hand], int]] = {
    "thumb": (Thumb, PHONE),
    "mouse": (Mouse, DESK),
    "keys": (Keys, DESK),
}
WAYS = [("thumb", False), ("mouse", True), ("keys", True)]
OTHERS = [
    pytest.param(survey, plan, id=f"{name}-{number}")
    for name, survey in walked().items()
    for number, plan in enumerate(people(survey))
    if number  # the first is the one who walks in every way
]
SURVEYS = [pytest.param(survey, id=name) for name, survey in walked().items()]
FEW = [pytest.param(walked()[name], id=name) for name in ("live", "every_kind")]


def test_every_kind_of_question_can_be_filled_in():
    assert set(FILLERS) == set(QuestionKind)


def test_every_kind_of_question_is_walked():
    asked = {q.kind for survey in walked().values() for q in survey.questions.values()}
    assert asked == set(QuestionKind)


@pytest.mark.parametrize(("hand", "scripts"), WAYS)
@pytest.mark.parametrize("survey", SURVEYS)
def test_a_survey_comes_to_its_receipt(
    new: NewPhone, site: Site, collections: Surveys, survey: Questionnaire, hand: str, scripts: bool
):
    plan = talkative(survey)
    walk = _walk(new, collections, survey, plan, hand, scripts=scripts)

    assert walk.to_check() == survey.walk(plan)
    receipt = walk.send()

    assert site.stored(receipt) == expected(survey, plan)
    if isinstance(walk.hand, Keys):
        none_of(fault for stop in walk.hand.stops for fault in faults_of(stop))


@pytest.mark.parametrize("survey", FEW)
def test_the_keyboard_alone_is_enough_without_scripts(
    new: NewPhone, site: Site, collections: Surveys, survey: Questionnaire
):
    plan = talkative(survey)
    walk = _walk(new, collections, survey, plan, "keys", scripts=False)

    walk.to_check()
    receipt = walk.send()

    assert site.stored(receipt) == expected(survey, plan)


@pytest.mark.parametrize(("survey", "plan"), OTHERS)
def test_every_page_opens_for_somebody(
    new: NewPhone, site: Site, collections: Surveys, survey: Questionnaire, plan: Plan
):
    walk = _walk(new, collections, survey, plan, "thumb", scripts=False)

    assert walk.to_check() == survey.walk(plan)
    receipt = walk.send()

    assert site.stored(receipt) == expected(survey, plan)


@pytest.mark.parametrize("survey", SURVEYS)
def test_somebody_who_passes_by_whatever_they_can_comes_to_the_receipt(
    new: NewPhone, site: Site, collections: Surveys, survey: Questionnaire
):
    plan = silent(survey)
    walk = _walk(new, collections, survey, plan, "thumb", scripts=False)

    walk.to_check()
    receipt = walk.send()

    assert site.stored(receipt) == expected(survey, plan)


@pytest.mark.parametrize("survey", FEW)
def test_without_styles_the_same_answers_are_kept(
    new: NewPhone, site: Site, collections: Surveys, survey: Questionnaire
):
    plan = talkative(survey)
    walk = _walk(new, collections, survey, plan, "mouse", scripts=False, styles=False)

    walk.to_check()
    receipt = walk.send()

    assert site.stored(receipt) == expected(survey, plan)


def _walk(
    new: NewPhone,
    collections: Surveys,
    survey: Questionnaire,
    plan: Plan,
    hand: str,
    **wishes: bool,
) -> Walk:
    make, width = HANDS[hand]
    phone = new(width=width, **wishes)
    walk = Walk(phone, collections[survey.survey].code, survey, plan, make(phone.page))
    walk.start()
    return walk
