"""The core questions of the bank: what a place follows over the years, ready to be asked."""

import pytest

from feedback.analysis.checking import check_question
from feedback.languages import OFFERED
from feedback.outputs import patterns
from feedback.outputs.exchange import read_survey
from feedback.outputs.patterns import PATTERNS
from feedback.outputs.shorthand import bank, ready_measure, ready_question
from feedback.questionnaire import Measure, Question
from feedback.settings import easy_words, picture_index
from feedback.soundness import faults
from feedback.vocabulary import Audience, Presentation, QuestionKind

CORE = bank()["core"]
every_one = pytest.mark.parametrize("name", CORE)

SURVEY = """
survey: yearly
audience: {audience}
languages: [en, pl, ar]
minutes: 3
title: Yearly
asked_by: The forum
why: To learn
read_by: The forum
afterwards: We write back
pages:
{pages}
"""


def asked_of(audience: Audience) -> str:
    """A survey file of nothing but the core questions of one group."""
    pages = "".join(
        f"  - name: {name}\n    questions:\n      - bank: {name}\n"
        for name, entry in CORE.items()
        if entry["for"] == audience
    )
    return SURVEY.format(audience=audience.value, pages=pages)


def test_parents_and_young_people_are_both_asked_for_each_index():
    def measures(audience):
        return {e["measure"]["name"] for e in CORE.values() if e["for"] == audience}

    assert measures(Audience.YOUNG_PERSON) == {
        *("young_help", "young_listened", "had_say", "valued", "visible", "included", "aware"),
    }
    assert measures(Audience.PARENT) == {
        *("satisfied", "listened", "parent_had_say"),
        *("child_valued", "child_visible", "child_included", "aware"),
    }


@every_one
@pytest.mark.parametrize("presentation", Presentation)
@pytest.mark.parametrize("language", OFFERED)
def test_the_checker_has_nothing_to_say_of_a_core_question(name, language, presentation):
    question = Question.model_validate(ready_question(name, list(OFFERED)))
    found = check_question(
        question,
        language=language,
        presentation=presentation,
        audience=Audience(CORE[name]["for"]),
        glossary=[],
        known=easy_words(),
    )
    assert found == []


@every_one
def test_a_core_question_is_complete(name):
    question = Question.model_validate(ready_question(name, list(OFFERED)))
    measure = Measure.model_validate(ready_measure(name, list(OFFERED)))

    assert set(measure.title) == set(question.ask) == set(OFFERED)
    assert all(words.standard and words.easy for words in question.ask.values())
    assert question.picture.name in picture_index()
    assert (question.measure, question.skip) == (measure.name, True)
    assert set(measure.top) < set(question.codes)
    if CORE[name]["for"] == Audience.YOUNG_PERSON:  # nothing to agree with
        assert question.kind is not QuestionKind.AGREEMENT


@pytest.mark.parametrize("audience", [Audience.PARENT, Audience.YOUNG_PERSON])
def test_a_survey_file_that_takes_core_questions_gets_their_measures(audience):
    asked = read_survey(asked_of(audience).encode())

    assert list(faults(asked, picture_index())) == []
    assert len(asked.questions) == len(asked.measures) == 7
    assert {question.measure for question in asked.questions.values()} == {
        measure.name for measure in asked.measures
    }


def test_a_measure_that_the_file_writes_itself_stays_as_it_is():
    own = 'measures:\n  - name: valued\n    top: ["yes", not_sure]\n    title: Mine\n'
    pages = "  - name: one\n    questions:\n      - bank: valued\n"
    asked = read_survey((SURVEY.format(audience="young_person", pages=pages) + own).encode())

    (measure,) = asked.measures
    assert (measure.title["en"].standard, measure.top) == ("Mine", ["yes", "not_sure"])


def test_the_ready_surveys_measure_what_the_bank_measures():
    for pattern in PATTERNS:
        asked = patterns.read(pattern.name)
        kept = {measure.name: measure for measure in asked.measures}
        for name in CORE:
            measure = Measure.model_validate(ready_measure(name, list(asked.languages)))
            assert kept.get(measure.name, measure) == measure, (pattern.name, name)
