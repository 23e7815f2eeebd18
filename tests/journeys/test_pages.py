"""Every page of every survey in every language has room on a small phone, however it is read."""

import pytest

from feedback.questionnaire import Questionnaire
from feedback.vocabulary import Presentation

from .checkers import none_of
from .conftest import NewPhone, Surveys
from .people import talkative
from .probes import probe, sized, spaced
from .site import Site
from .states import Place
from .surveys import walked
from .test_states import APART, LEAST, NARROW

READ = [
    pytest.param(survey, language, presentation, id=f"{name}-{language}-{presentation}")
    for name, survey in walked().items()
    for presentation in Presentation
    for language in survey.complete_languages
    if presentation is Presentation.EASY_READ or language == "en"
]


@pytest.mark.parametrize(("survey", "language", "presentation"), READ)
def test_every_page_has_room(
    new: NewPhone,
    site: Site,
    collections: Surveys,
    survey: Questionnaire,
    language: str,
    presentation: Presentation,
):
    phone, plan = new(), talkative(survey)
    place = Place(phone, site, collections, language)
    walk = place.somebody(survey, plan, presentation=presentation)
    sized(phone.page, NARROW)

    found = []
    for position in [*survey.walk(plan), "check"]:
        phone.goto(f"/s/{walk.code}/{position}")
        faults = probe(phone.page, "cramped", LEAST, APART)
        spaced(phone.page, True)
        faults += probe(phone.page, "cramped", LEAST, APART)
        found += [f"page {position}: {fault}" for fault in faults]

    none_of(found)
