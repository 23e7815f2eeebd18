import re

import pytest
from banks import bank, findings
from flask import Flask
from flask_babel import Babel, force_locale

from feedback.analysis.checking import Finding, Rule, check_text
from feedback.analysis.checking.findings import Strength
from feedback.forms.advice import LONGEST, SAID, say
from feedback.settings import easy_words, place
from feedback.vocabulary import Presentation

UNFILLED = re.compile(r"%\(\w+\)|\bNone\b")


def test_every_rule_has_words():
    assert set(SAID) == set(Rule)
    assert all("" in said.better for said in SAID.values())


@pytest.mark.parametrize("name", ["questions", "held_out"])
def test_every_finding_says_what_why_and_a_better_way(name):
    for entry in bank(name)[1]:
        for finding in findings(entry):
            advice = say(finding)
            assert all(advice) and not any(UNFILLED.search(words) for words in advice), finding
            assert advice.title[-1] not in ".!"


def test_two_questions_in_one_are_named_and_split():
    (finding,) = check_text("Did staff listen and explain it?")
    assert (
        say(finding).better == "Ask two questions: “Did staff listen?” and “Did staff explain it?”"
    )


def test_a_hard_word_is_named_with_a_plain_one():
    found = check_text("Did you receive help?", presentation=Presentation.EASY_READ)
    assert [say(f).better for f in found] == ["Write “get”, or something as plain."]


def test_an_abbreviation_gets_an_entry_for_the_word_list():
    (finding,) = check_text("Did CAMHS call you?")
    assert say(finding).title == "“CAMHS” is not explained"
    assert "Help for children who feel very sad or worried." in say(finding).better


def test_a_percent_sign_in_a_question_stays_as_it_is():
    (finding,) = check_text("Is it 50% (or %s)?", presentation=Presentation.EASY_READ)[:1]
    assert say(finding).why == "Many people cannot picture “50%”."


def test_a_long_quotation_is_cut():
    finding = Finding(Rule.SHOUTING, Strength.ADVICE, "A", {"quiet": "a" * 1000})
    assert len(say(finding).better) < LONGEST + 30


def test_advice_comes_in_the_language_of_the_page():
    app = Flask("advice")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(place("translations"))
    Babel(app)
    (finding,) = check_text("Did staff listen and explain it?", known=easy_words())
    english = say(finding)
    with app.test_request_context():
        for tag in ("pl", "ar"):
            with force_locale(tag):
                assert say(finding).title != english.title
                assert "Did staff listen?" in say(finding).better
