"""The sample surveys keep to what the question checker asks of everybody (goal A7)."""

from pathlib import Path

import pytest

from feedback import demo
from feedback.analysis.checking import Strength, badge_faults, check
from feedback.outputs import exchange
from feedback.settings import easy_words
from feedback.vocabulary import Presentation

FILES = sorted((Path(demo.__file__).parent / "surveys").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_sample_survey_earns_the_easy_read_badge(file):
    asked = exchange.read_survey(file.read_bytes(), file=file.name)

    assert badge_faults(asked, known=easy_words()) == []
    assert asked.glossary


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_usual_words_of_a_sample_survey_have_no_fault_either(file):
    asked = exchange.read_survey(file.read_bytes(), file=file.name)
    found = check(asked, known=easy_words(), presentations=[Presentation.STANDARD])

    assert [finding for finding in found if finding.strength is Strength.FAULT] == []
