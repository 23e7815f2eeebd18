# ruff: noqa: E501 -- one case a line
import time
from collections import Counter

import pytest
from banks import bank, findings, presentation, question, rules
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.checking import (
    Rule,
    Strength,
    badge_faults,
    check,
    check_page,
    check_question,
    check_text,
    earns_badge,
)
from feedback.analysis.checking.abbreviations import ABBREVIATIONS
from feedback.analysis.checking.everyday import EVERYDAY, NAMES
from feedback.analysis.checking.idioms import find_idioms
from feedback.analysis.checking.joining import split
from feedback.analysis.checking.plainer import EASIER
from feedback.analysis.readability import sentences, words
from feedback.outputs.exchange import read_survey
from feedback.questionnaire import Questionnaire
from feedback.settings import easy_words
from feedback.vocabulary import Audience, Presentation, QuestionKind

EASY = Presentation.EASY_READ
STANDARD = Presentation.STANDARD
LONGEST_LOOK = 0.050  # seconds; a designing page shows the advice with each turn


def spoken(text: str, **how) -> list[Rule]:  # type: ignore[no-untyped-def]
    return [finding.rule for finding in check_text(text, known=easy_words(), **how)]


def first(text: str, rule: Rule, **how):  # type: ignore[no-untyped-def]
    found = check_text(text, known=easy_words(), **how)
    return next(finding for finding in found if finding.rule is rule)


# The banks: goal A7


def missed(faulty: list[dict]) -> list[str]:
    return [entry["ask"] for entry in faulty if not rules(entry).issuperset(entry["trips"])]


def wrongly_blamed(sound: list[dict]) -> list[str]:
    # How hard a whole text is says nothing about one question.
    return [entry["ask"] for entry in sound if rules(entry) - {Rule.READABILITY}]


def test_the_bank_is_large_and_has_every_rule():
    sound, faulty = bank("questions")
    assert len(sound) >= 60 and len(faulty) >= 60
    assert {rule for entry in faulty for rule in entry["trips"]} == set(Rule)
    assert {presentation(entry) for entry in sound} == {EASY, STANDARD}
    assert len({(entry["ask"], presentation(entry)) for entry in sound}) == len(sound)


def test_95_of_100_faults_are_found_by_the_rule_that_is_named():
    _, faulty = bank("questions")
    assert len(missed(faulty)) <= 0.05 * len(faulty), missed(faulty)


def test_at_most_5_of_100_sound_questions_are_blamed():
    sound, _ = bank("questions")
    assert len(wrongly_blamed(sound)) <= 0.05 * len(sound), wrongly_blamed(sound)


def test_questions_that_it_was_not_tuned_on_fare_as_when_they_were_measured():
    sound, faulty = bank("held_out")
    assert (len(sound), len(faulty)) == (30, 30)
    assert len(missed(faulty)) <= 3, missed(faulty)
    assert len(wrongly_blamed(sound)) <= 2, wrongly_blamed(sound)


# Length


@pytest.mark.parametrize(
    ("how", "count", "strength"),
    [
        (EASY, 12, None),
        (EASY, 13, Strength.ADVICE),
        (EASY, 15, Strength.ADVICE),
        (EASY, 16, Strength.FAULT),
        (STANDARD, 20, None),
        (STANDARD, 21, Strength.ADVICE),
        (STANDARD, 25, Strength.ADVICE),
        (STANDARD, 26, Strength.FAULT),
    ],
)
@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_a_sentence_is_too_long_from_a_word_on(how, count, strength, language):
    text = " ".join(["go"] * count) + "."
    found = [
        f
        for f in check_text(text, presentation=how, language=language)
        if f.rule is Rule.LONG_SENTENCE
    ]

    assert [finding.strength for finding in found] == ([strength] if strength else [])
    assert all(finding.facts["count"] == count for finding in found)


def test_a_long_sentence_is_cut_at_a_joining_word():
    long = first(
        "When you go to see the doctor with your mum, does the doctor talk to you?",
        Rule.LONG_SENTENCE,
        presentation=EASY,
    )
    assert long.facts["first"] == "When you go to see the doctor with your mum"
    assert long.facts["second"] == "does the doctor talk to you?"


def test_a_short_text_has_no_grade():
    assert Rule.READABILITY not in spoken("Multidisciplinary interoperability?", presentation=EASY)


# Two in one


@pytest.mark.parametrize(
    ("stem", "one", "other"),
    [
        ("Did staff listen and explain it?", "Did staff listen?", "Did staff explain it?"),
        ("How was the food and the venue?", "How was the food?", "How was the venue?"),
        ("Is the taxi on time and is the driver kind?", "Is the taxi on time?", "Is the driver kind?"),
        ("How were the talk and the stalls?", "How was the talk?", "How were the stalls?"),
        ("Were the activities fun and the staff kind?", "Were the activities fun?", "Were the staff kind?"),
        ("How was the speed and quality of our reply?", "How was the speed of our reply?", "How was the quality of our reply?"),
        ("Do you know your rights and how to complain?", "Do you know your rights?", "Do you know how to complain?"),
        ("My child is safe at school and has friends.", "My child is safe at school.", "My child has friends."),
        ("Where and when did it begin?", "Where did it begin?", "When did it begin?"),
        ("Did you get the letter? Did you read it?", "Did you get the letter?", "Did you read it?"),
        ("Was the food tasty/healthy?", "Was the food tasty?", "Was the food healthy?"),
    ],
)  # fmt: skip
def test_two_questions_in_one_are_shown_as_two(stem, one, other):
    found = split(stem)
    assert found is not None
    assert (found.first, found.second) == (one, other)


@pytest.mark.parametrize(
    "stem",
    [
        "Did you have fish and chips?",
        "Do you know who to ask if you feel sad or worried?",
        "Do school and home work well together?",
        "How clear is the education, health and care plan?",
        "Is your child between 5 and 11?",
        "Do you want to try and see?",
        "Card lost? Go on without it.",
    ],
)
def test_two_words_for_one_thing_are_one_question(stem):
    assert split(stem) is None


def test_what_the_options_offer_may_be_joined_by_or():
    assert split("Would you like to meet or talk online?") is not None
    assert split("Would you like to meet or talk online?", offers_both=True) is None


@given(st.text(max_size=200))
def test_any_stem_can_be_looked_at(stem):
    halves = split(stem)
    assert halves is None or (halves.first.strip() and halves.second.strip())
    found = check_text(stem + "?", presentation=EASY, known=easy_words())
    assert all(isinstance(finding.rule, Rule) for finding in found)


# Words


def test_a_hard_word_comes_with_a_plain_one_in_the_same_form():
    assert first("Have you received it?", Rule.HARD_WORD, presentation=EASY).facts["plain"] == "got"
    assert first("They utilise signs.", Rule.HARD_WORD).facts["plain"] == "use"
    assert first("He is residing here.", Rule.HARD_WORD).facts["plain"] == "living"


def test_strange_words_count_in_easy_read_only_and_by_their_length():
    assert spoken("The panel is multidisciplinary.") == []
    found = check_text("The panel is multidisciplinary.", presentation=EASY, known=easy_words())
    assert {f.words: f.is_fault for f in found} == {"panel": False, "multidisciplinary": True}


def test_without_a_list_no_word_is_strange():
    assert check_text("The panel is multidisciplinary.", presentation=EASY) == []


@pytest.mark.parametrize(
    "text",
    [
        "An EHC plan (education, health and care plan) helps.",
        "A plan under the law (education, health and care plan, EHC) helps.",
        "EHC means education, health and care.",
        "An EHC plan. It says what help a child must get.",
    ],
)
def test_an_abbreviation_may_be_explained_where_it_stands(text):
    assert Rule.ABBREVIATION not in spoken(text)
    assert Rule.ABBREVIATION in spoken("An EHC plan helps.")


def test_only_what_explains_it_explains_an_abbreviation():
    assert Rule.ABBREVIATION in spoken("The SENCO is kind.")
    assert Rule.ABBREVIATION in spoken("The SENCO listens to me.")


def test_names_need_no_explaining():
    assert spoken("Did you come to Brackenshore Together in Birkenhead?", presentation=EASY) == []


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("It took three weeks.", "3"),
        ("It took twenty-five weeks.", "25"),
        ("It took a hundred and ten days.", "110"),
        ("It took two thousand days.", "2,000"),
        ("Choose one face.", "1"),
        ("It took a dozen weeks.", "12"),
    ],
)
def test_a_number_is_written_in_digits(text, digits):
    assert first(text, Rule.NUMBER_WORD, presentation=EASY).facts["digits"] == digits


@pytest.mark.parametrize(
    "text", ["No one came.", "Which one do you like?", "I like VI.", "I am OK."]
)
def test_not_every_one_is_a_number(text):
    found = spoken(text, presentation=EASY)
    assert Rule.NUMBER_WORD not in found and Rule.ROMAN_NUMERAL not in found


def test_other_languages_are_looked_at_for_length_and_signs_only():
    polish = "Czy dziecko dostaje 50% pomocy i czy SENCO BARDZO pomaga, bo to jest ważne dla nas?"
    assert set(spoken(polish, language="pl", presentation=EASY)) == {
        Rule.LONG_SENTENCE,
        Rule.PERCENTAGE,
    }


# The lists


def test_the_lists_are_as_long_as_promised():
    assert len(EASIER) >= 150
    assert len(ABBREVIATIONS) >= 40


def test_no_plain_word_is_itself_hard():
    hard = {plain: spoken(f"{plain}.", presentation=EASY) for plain in EASIER.values()}
    assert not {plain for plain, found in hard.items() if Rule.HARD_WORD in found}


def test_every_meaning_of_an_abbreviation_begins_in_easy_read():
    for word, meaning in ABBREVIATIONS.items():
        plain = meaning.partition(" In full:")[0]
        found = check_text(plain, presentation=EASY, known=easy_words())
        assert not [f for f in found if f.is_fault], (word, found)
        assert all(len(words(sentence)) <= 15 for sentence in sentences(plain))


def test_every_figure_of_speech_is_found_and_said_in_plain_words():
    from feedback.analysis.checking import idioms

    rows = [[part.strip() for part in row.split("|")] for row in idioms._LIST.split("\n") if row]
    assert len({row[0] for row in rows}) >= 60
    for phrase, means, literally in rows:
        plain = phrase.replace("{one's}", "their").replace("{one}", "them")
        text = f"Did it {plain.replace('<', '').replace('>', '')} today?"
        assert find_idioms(text), phrase
        assert literally and not find_idioms(means)


def test_no_figure_of_speech_is_seen_in_plain_words():
    sound, _ = bank("questions")
    assert not [entry["ask"] for entry in sound if find_idioms(entry["ask"])]


def test_the_lists_are_in_small_letters():
    assert all(word == word.lower() for word in EVERYDAY | NAMES | set(EASIER))


# The tree

SURVEY = """\
survey: visit
audience: young_person
languages: [en, pl]
title: {en: {standard: "Your visit", easy: "Your visit"}, pl: "Wizyta"}
asked_by: {en: {standard: "The hub", easy: "The hub"}, pl: "Klub"}
why: {en: {standard: "To learn", easy: "To learn"}, pl: "By wiedzieć"}
read_by: {en: {standard: "We do", easy: "We do"}, pl: "My"}
afterwards: {en: {standard: "We tell you", easy: "We tell you"}, pl: "Powiemy"}
pages:
  - name: visit
    statements:
      - say: {en: {standard: "You can stop.", easy: "You can stop."}, pl: "Stop."}
    questions:
      - name: visit
        kind: yes_no
        ask:
          en: {standard: "Was the room quiet and clean?", easy: "Was the room quiet?"}
          pl: "Czy było cicho?"
"""


@pytest.fixture
def visit() -> Questionnaire:
    return read_survey(SURVEY)


def test_each_finding_says_where_it_belongs(visit):
    found = {(f.rule, f.path, f.language, f.presentation) for f in check(visit, known=easy_words())}
    ask = ("pages", 0, "questions", 0, "ask")
    assert found == {
        (Rule.TWO_IN_ONE, ask, "en", STANDARD),
        (Rule.NO_PICTURE, ("pages", 0, "statements", 0), "en", EASY),
        (Rule.NO_PICTURE, ("pages", 0, "questions", 0), "en", EASY),
        (Rule.NO_EASY, ask, "pl", EASY),
    }


def test_a_question_a_page_and_a_survey_say_the_same(visit):
    whole = [f for f in check(visit, languages=["en"]) if f.presentation is STANDARD]
    page = check_page(visit.pages[0], audience=visit.audience, path=("pages", 0))
    asked = check_question(
        visit.pages[0].questions[0],
        audience=visit.audience,
        path=("pages", 0, "questions", 0),
    )
    assert whole == page == asked


def test_the_badge_is_earned_by_easy_read_without_faults(visit):
    assert not earns_badge(visit, known=easy_words())
    assert {f.rule for f in badge_faults(visit)} == {Rule.NO_PICTURE, Rule.NO_EASY}

    mended = SURVEY.replace("say: {en", "picture: own/stop\n        say: {en").replace(
        "kind: yes_no", "kind: yes_no\n        picture: own/quiet"
    )
    asked = read_survey(mended)
    # What is wrong in the usual words, or in a language not looked at, does not matter here.
    assert earns_badge(asked, known=easy_words(), languages=["en"])
    assert not earns_badge(asked, known=easy_words())


def test_a_survey_without_any_easy_read_is_told_so_once(visit):
    tree = visit.model_dump(mode="json")
    plain = Questionnaire.model_validate(_without_easy(tree))
    found = check(plain, known=easy_words(), languages=["en"], presentations=[EASY])

    assert [(f.rule, f.path) for f in found] == [(Rule.NO_EASY, ())]
    assert not earns_badge(plain, known=easy_words())


def _without_easy(part):  # type: ignore[no-untyped-def]
    if isinstance(part, list):
        return [_without_easy(item) for item in part]
    if isinstance(part, dict):
        return {key: _without_easy(value) for key, value in part.items() if key != "easy"}
    return part


def test_easy_words_need_no_second_wording():
    asked = {"as": "easy", "written": "no", "picture": None}
    assert rules({**asked, "ask": "Do you like your school?"}) == set()
    assert rules({**asked, "ask": "Is the environment accessible?"}) == {Rule.NO_EASY}


def test_the_glossary_explains_for_the_whole_survey():
    asked = {"as": "easy", "ask": "Did CAMHS call you?"}
    assert rules(asked) == {Rule.ABBREVIATION}
    assert rules({**asked, "explains": {"CAMHS": "Help for sad children."}}) == set()


def test_the_glossary_is_looked_at_too(visit):
    term = {
        "word": {"en": {"standard": "hub"}},
        "meaning": {"en": {"standard": "A multidisciplinary establishment."}},
    }
    with_word = Questionnaire.model_validate({**visit.model_dump(mode="json"), "glossary": [term]})
    found = check(with_word, languages=["en"], presentations=[EASY], known=easy_words())
    assert (Rule.NO_EASY, ("glossary", 0, "meaning")) in {(f.rule, f.path) for f in found}


def test_a_scale_that_names_its_bad_end_leads_nobody():
    asked = {"kind": "rating", "ask": "How useful was it?", "high_label": "Very useful"}
    assert rules({**asked, "low_label": "Not useful at all"}) == set()
    assert rules({**asked, "low_label": "A bit useful"}) == {Rule.LEADING}


def test_i_dont_know_is_no_option_too_many():
    five = ["Red", "Blue", "Green", "Black", "White"]
    asked = {"kind": "choice", "ask": "Which is best?"}
    assert rules({**asked, "options": [*five, "I don't know"]}) == set()
    assert rules({**asked, "options": [*five, "Brown"]}) == {Rule.MANY_OPTIONS}


def test_findings_cannot_be_changed_by_who_reads_them():
    (finding,) = findings({"ask": "Was the room quiet and clean?"})
    with pytest.raises(TypeError):
        finding.facts["first"] = "else"  # type: ignore[index]


def test_a_kind_answered_in_own_words_may_ask_what_is_not_good():
    asked = "What is not good?"
    assert check_text(asked, kind=QuestionKind.COMMENT) == []
    assert [f.rule for f in check_text(asked, kind=QuestionKind.CHOICE)] == [Rule.NEGATIVE]


def test_only_young_people_are_spared_scales_of_agreement():
    asked = question({"kind": "agreement", "points": 5, "ask": "I feel safe."})
    spoke = Counter(f.rule for f in check_question(asked, audience=Audience.YOUNG_PERSON))
    assert spoke == {Rule.AGREE_SCALE: 1}
    assert check_question(asked, audience=Audience.PARENT) == []


def test_a_survey_of_60_questions_is_looked_over_while_a_page_is_made():
    sound, faulty = bank("questions")
    entries = [e for e in (*faulty, *sound) if e.get("language", "en") == "en"][:60]
    pages = [
        {"name": f"p{at}", "questions": [{**question(e).model_dump(mode="json"), "name": f"q{at}"}]}
        for at, e in enumerate(entries)
    ]
    tree = read_survey(SURVEY).model_dump(mode="json")
    asked = Questionnaire.model_validate({**tree, "languages": ["en"], "pages": pages})
    assert len(asked.questions) == 60
    check(asked, known=easy_words())

    def look() -> float:
        began = time.process_time()
        check(asked, known=easy_words())
        return time.process_time() - began

    assert min(look() for _ in range(5)) < LONGEST_LOOK
