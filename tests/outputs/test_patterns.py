import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import feedback
from feedback.errors import N_
from feedback.languages import OFFERED
from feedback.models.surveys import Edition, Measure
from feedback.outputs import patterns
from feedback.outputs.exchange import read_survey, write_survey
from feedback.outputs.patterns import FOLDER, PATTERNS
from feedback.outputs.shorthand import bank
from feedback.queries import surveys
from feedback.questionnaire import Question, Questionnaire, Words
from feedback.services import authoring
from feedback.settings import picture_index
from feedback.soundness import faults
from feedback.vocabulary import Audience, EditionStatus, Presentation, QuestionKind

NAMES = [pattern.name for pattern in PATTERNS]
DEMONSTRATION = Path(feedback.__file__).parent / "demo" / "surveys"
EASY = Presentation.EASY_READ
AREAS = ("offer", "duty", "safeguarding", "diversity", "inclusion")

every_pattern = pytest.mark.parametrize("name", NAMES)
for_young_people = pytest.mark.parametrize(
    "name", [pattern.name for pattern in PATTERNS if pattern.audience is Audience.YOUNG_PERSON]
)


def demonstration() -> list[Questionnaire]:
    return [read_survey(file.read_bytes()) for file in sorted(DEMONSTRATION.glob("*.yaml"))]


def own_questions(asked: Questionnaire) -> list[Question]:
    """Those that are written in the pattern itself, not taken from the bank."""
    return [q for q in asked.questions.values() if q.name not in bank()["questions"]]


def own_words(asked: Questionnaire) -> Iterator[Words]:
    """Every text of the pattern but those of the bank."""
    start = (asked.title, asked.asked_by, asked.why, asked.read_by, asked.afterwards)
    yield from start
    for term in asked.glossary:
        yield from (term.word, term.meaning)
    for page in asked.pages:
        yield from (page.title, *(statement.say for statement in page.statements))
    for question in own_questions(asked):
        yield from (question.ask, question.help, question.reason)
        yield from (question.low_label, question.high_label)
        if question.kind is QuestionKind.CHOICE:
            yield from (option.label for option in question.options)


def easy_texts(asked: Questionnaire, language: str) -> list[str]:
    return [words[language].text(EASY) for words in asked.all_words() if words]


# What stands in the files


def test_each_file_is_offered_and_each_offer_has_a_file():
    assert sorted(NAMES) == sorted(file.stem for file in FOLDER.glob("*.yaml"))


@every_pattern
def test_a_pattern_is_read_without_a_fault(name):
    asked = patterns.read(name)
    assert asked.survey == name
    assert picture_index(), "build the pictures first: make assets"
    assert list(faults(asked, picture_index())) == []
    assert patterns.read(name) is asked


def test_a_pattern_that_is_none_is_not_looked_for_in_the_folder():
    with pytest.raises(KeyError):
        patterns.read("../bank")


@every_pattern
def test_a_pattern_is_complete_in_each_language_and_both_presentations(name):
    asked = patterns.read(name)
    assert asked.complete_languages == list(OFFERED)
    for words in asked.all_words():
        for language, wording in words.items():
            assert wording.easy, f"{language}: no easy read for {wording.standard!r}"


@every_pattern
def test_a_pattern_is_written_and_read_back_as_the_same(name):
    asked = patterns.read(name)
    assert read_survey(write_survey(asked)) == asked


@every_pattern
def test_a_pattern_is_for_whom_the_list_says(name):
    (pattern,) = [each for each in PATTERNS if each.name == name]
    assert patterns.read(name).audience is pattern.audience
    assert patterns.read(name).easy_first is (pattern.audience is Audience.YOUNG_PERSON)


def test_titles_and_lines_tell_the_patterns_apart():
    assert len({N_(pattern.title) for pattern in PATTERNS}) == len(PATTERNS)
    assert len({N_(pattern.line) for pattern in PATTERNS}) == len(PATTERNS)


@every_pattern
def test_a_pattern_names_no_place_and_no_group(name):
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    assert not re.search(r"Brackenshore|Wirral|براكنشور|SENDLO|Youth Voice|Together\b", text)
    assert not re.search(r"[\[<{]{1,2}\s*(?:your|name|council|place)\b", text, re.IGNORECASE)


@every_pattern
def test_an_abbreviation_is_in_the_glossary(name):
    asked = patterns.read(name)
    known = {w for t in asked.glossary for w in re.findall(r"[A-Z]{2,}", t.word["en"].standard)}
    used = {
        word
        for words in asked.all_words()
        for wording in words.values()
        for text in (wording.standard, wording.easy or "")
        for word in re.findall(r"\b[A-Z]{3,}\b", text)
        if word not in ("SMS", "ADHD")
    }
    assert used <= known | {"SEN"}


# How it is asked


@every_pattern
def test_nobody_has_to_answer(name):
    for question in patterns.read(name).questions.values():
        assert question.skip and not question.required, question.name


@every_pattern
def test_every_question_and_sentence_has_a_picture(name):
    asked = patterns.read(name)
    assert all(question.picture for question in asked.questions.values())
    assert all(said.picture for page in asked.pages for said in page.statements)


@every_pattern
def test_who_reads_stands_beside_every_box_for_words(name):
    reads = {"en": "read", "pl": "czyta", "ar": "يقر"}
    for question in patterns.read(name).questions.values():
        if question.kind is QuestionKind.COMMENT:
            for language, word in reads.items():
                for presentation in Presentation:
                    said = question.help[language].text(presentation)
                    assert word in said.lower(), question.name


@every_pattern
def test_questions_about_the_person_come_last(name):
    asked = patterns.read(name)
    about = [question.name in bank()["questions"] for question in asked.questions.values()]
    assert about == sorted(about)
    assert about[-1]


@every_pattern
def test_an_easy_thing_is_asked_first(name):
    first = next(iter(patterns.read(name).questions.values()))
    assert first.kind is not QuestionKind.COMMENT


@for_young_people
def test_young_people_try_the_faces_on_something_easy(name):
    faces = [q for q in patterns.read(name).questions.values() if q.kind is QuestionKind.FACES]
    assert faces[0].name == "practice" and faces[0].measure is None


@for_young_people
def test_young_people_are_given_nothing_to_agree_with(name):
    asked = own_questions(patterns.read(name))
    assert all(question.kind is not QuestionKind.AGREEMENT for question in asked)
    assert all(len(question.options) <= 5 for question in asked)


# Easy read


def too_long(text: str) -> list[str]:
    sentences = re.split(r"[.!?؟:]+(?:\s|$)", text)
    return [sentence for sentence in sentences if len(sentence.split()) > 15]


@pytest.mark.parametrize("language", OFFERED)
@every_pattern
def test_easy_sentences_have_at_most_15_words(name, language):
    assert [s for text in easy_texts(patterns.read(name), language) for s in too_long(text)] == []


@every_pattern
def test_easy_read_writes_numbers_as_digits(name):
    numbers = "one two three four five six seven eight nine ten eleven twelve".split()
    written = re.compile(rf"\b(?:{'|'.join(numbers)})\b", re.IGNORECASE)
    texts = [words["en"].text(EASY) for words in own_words(patterns.read(name)) if words]
    assert [text for text in texts if written.search(text)] == []


@every_pattern
def test_easy_read_says_no_no_and_no_per_cent(name):
    fixed = {"I don't know", "Not sure at all"}  # an answer of the NHS, the end of a scale
    not_easy = re.compile(r"\b(?:not|never|no|nobody|cannot|without)\b|n['’]t\b|%|per cent", re.I)
    texts = [words["en"].text(EASY) for words in own_words(patterns.read(name)) if words]
    assert [text for text in texts if not_easy.search(text) and text not in fixed] == []


@every_pattern
def test_an_easy_question_is_one_sentence(name):
    for question in own_questions(patterns.read(name)):
        if question.name != "practice":
            asked = question.ask["en"].text(EASY)
            assert len(re.findall(r"[.?!](?:\s|$)", asked)) <= 1, asked
            assert len(asked.split()) <= 12, asked


# The fixed ones


def test_the_exit_card_has_its_three_fixed_items():
    card = patterns.read("listening").pages[0].questions
    assert [question.ask["en"].standard for question in card] == [
        "I am glad I came.",
        "I felt listened to.",
        "I understand things better now.",
    ]


def test_inspectors_report_on_five_named_areas_with_prompts_a_rating_and_words():
    asked = patterns.read("inspectors")
    pages = [page for page in asked.pages if page.name in AREAS]
    assert [page.name for page in pages] == list(AREAS)
    for page in pages:
        for presentation in Presentation:
            assert page.title["en"].text(presentation).startswith(f"{page.name.capitalize()}: ")
        assert len(page.statements) == 2 and all(said.picture for said in page.statements)
        rating, words = page.questions
        assert (rating.kind, rating.measure) == (QuestionKind.FACES, f"visit_{page.name}")
        assert words.kind is QuestionKind.COMMENT


def test_the_friends_and_family_test_is_word_for_word():
    experience = next(iter(patterns.read("fft").questions.values()))
    assert experience.ask["en"].standard == "Overall, how was your experience of our service?"
    assert [option.label["en"].standard for option in experience.options] == [
        "Very good",
        "Good",
        "Neither good nor poor",
        "Poor",
        "Very poor",
        "Don't know",
    ]


def test_children_get_faces_and_words_of_their_own_for_the_friends_and_family_test():
    experience, *then = patterns.read("fft").questions.values()
    assert experience.ask["en"].easy == "How was our help?"
    faces = [option.picture.name for option in experience.options[:5]]
    assert all(name.startswith("own/face-") for name in faces) and len(set(faces)) == 5
    assert then[0].kind is QuestionKind.COMMENT


def test_the_two_ratings_of_training_never_change():
    before, after, later = (
        [
            patterns.read(f"training_{when}").questions[name]
            for name in ("card", "knowledge", "confidence")
        ]
        for when in ("before", "after", "later")
    )
    assert [question.kind for question in before[:1]] == [QuestionKind.CARD]
    assert before[1:] == after[1:] == later[1:]


def test_a_move_is_asked_about_with_exactly_three_verbs():
    asked = patterns.read("parents")
    (move,) = [page for page in asked.pages if page.name == "move"]
    assert [question.measure for question in move.questions] == [
        "move_planned",
        "move_communicated",
        "move_managed",
    ]
    assert move.show_when is not None


@pytest.mark.parametrize("name", ["event", "parents", "young"])
def test_whether_people_know_the_local_offer_is_asked(name):
    assert patterns.read(name).questions["aware"].measure == "aware"


# Measures


def test_a_measure_is_asked_in_one_way_everywhere():
    asked = [patterns.read(name) for name in NAMES] + demonstration()
    ways: dict[str, set[object]] = {}
    for questionnaire in asked:
        kept = {measure.name: measure for measure in questionnaire.measures}
        for question in questionnaire.questions.values():
            if question.measure:
                measure = kept[question.measure]
                title = measure.title["en"].standard
                scale = tuple((option.code, option.score) for option in question.options)
                ways.setdefault(measure.name, set()).add(
                    (question.kind, question.points, scale, measure.better, *measure.top, title)
                )
    assert [name for name, found in ways.items() if len(found) > 1] == []
    assert ways.keys() >= {
        *("satisfied", "listened", "had_say", "valued", "visible", "included"),
        *("aware", "knowledge", "confidence"),
    }


@pytest.mark.parametrize("first", ["patterns", "demonstration"])
def test_all_can_be_published_in_one_database(session, now, first):
    ready, made_up = [patterns.read(name) for name in NAMES], demonstration()
    for asked in ready + made_up if first == "patterns" else made_up + ready:
        authoring.publish(session, authoring.keep_draft(session, asked, now=now), now=now)

    statuses = session.scalars(select(Edition.status)).all()
    assert statuses == [EditionStatus.PUBLISHED] * (len(ready) + len(made_up))
    names = session.scalars(select(Measure.name)).all()
    assert len(names) == len(set(names))


def test_a_pattern_comes_back_from_the_database_as_it_was(session, now):
    for name in NAMES:
        edition = authoring.keep_draft(session, patterns.read(name), now=now)
        authoring.publish(session, edition, now=now)
        assert surveys.read_edition(session, edition.id).questionnaire == patterns.read(name)
