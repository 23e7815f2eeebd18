# ruff: noqa: E501 -- one case a line
import re

import pytest
from survey_files import SMALL

from feedback.languages import OFFERED
from feedback.outputs.exchange import LARGEST_FILE, WrongFile, read_survey, write_survey
from feedback.queries import surveys
from feedback.questionnaire import Wording
from feedback.vocabulary import QuestionKind


def problems(text: str | bytes) -> list[str]:
    with pytest.raises(WrongFile) as wrong:
        read_survey(text, file="small.yaml")
    return wrong.value.problems


def test_the_survey_of_every_kind_is_read(every_kind):
    kinds = {question.kind for question in every_kind.questions.values()}
    assert kinds == set(QuestionKind) - {QuestionKind.CARD}  # cards are in the training surveys
    assert every_kind.complete_languages == list(OFFERED)
    assert every_kind.has_easy_read
    assert every_kind.has_pictures


def test_a_small_survey_needs_few_words():
    asked = read_survey(SMALL)
    assert asked.complete_languages == ["en"]
    assert list(asked.questions) == ["mood", "weeks"]


def test_ready_scales_come_in_the_languages_of_the_survey(every_kind):
    safe = every_kind.questions["safe"]
    assert len(safe.options) == 3
    assert all(set(option.label) == {"en", "pl", "ar"} for option in safe.options)


def test_yes_and_no_are_words_and_not_truth_values():
    options = "          - {code: yes, label: Yes}\n          - {code: no, label: No}\n"
    old = "          - {code: good, label: Good}\n          - {code: bad, label: Bad}\n"
    asked = read_survey(SMALL.replace(old, options).replace("equals: bad", "equals: no"))

    assert asked.questions["mood"].codes == {"yes", "no"}
    assert asked.pages[1].show_when.conditions[0].values == ["no"]


GLOSSARY = """\
glossary:
  - {word: SENCO, meaning: The teacher who plans extra help}
  - word: {en: EHC plan}
    meaning: {en: {standard: "A legal plan", easy: "It says what help you get."}}
"""


def test_the_word_list_may_be_written_in_plain_words():
    asked = read_survey(SMALL.replace("pages:\n", f"{GLOSSARY}pages:\n"))
    senco, plan = asked.glossary

    assert senco.word["en"].standard == "SENCO"
    assert senco.meaning["en"].standard == "The teacher who plans extra help"
    assert plan.meaning["en"].easy == "It says what help you get."
    assert read_survey(write_survey(asked)) == asked
    assert "word:\n      en: SENCO\n" in write_survey(asked)


def test_a_word_list_in_another_language_only_is_told_by_line():
    only = "glossary:\n  - {word: {pl: Plan}, meaning: A plan}\n"
    said = problems(SMALL.replace("pages:\n", f"languages: [en, pl]\n{only}pages:\n"))

    assert said == [
        "small.yaml:10: glossary › 1 › word: The words in 'en' are missing. "
        "They are the ones all others come from."
    ]


def test_a_term_without_its_meaning_is_told_by_line():
    said = problems(SMALL.replace("pages:\n", "glossary:\n  - {word: SENCO}\npages:\n"))
    assert said == ["small.yaml:9: glossary › 1 › meaning: Add `meaning`."]


def test_what_is_written_reads_back_as_the_same(every_kind):
    assert read_survey(write_survey(every_kind)) == every_kind
    assert write_survey(read_survey(write_survey(every_kind))) == write_survey(every_kind)


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029"], ids=ascii)
def test_a_character_that_yaml_takes_for_a_line_break_is_written_and_read(every_kind, mark):
    odd = every_kind.model_copy(update={"why": {"en": Wording(standard=f"One{mark}two")}})

    assert read_survey(write_survey(odd)) == odd


def test_a_survey_comes_back_from_the_database_as_it_was(every_kind, open_collection, database):
    with database.reading() as session:
        asked = surveys.read_edition(session, open_collection.edition_id)
    assert asked.questionnaire == every_kind


# One fault a file: what is put in place of what, the line it stands on, and what is said.
WRONG = {
    "a key left out": ("why: To learn\n", "", 1, "Add `why`"),
    "a key left out deep down": ("        ask: How are you?\n", "", 11, "Add `ask`"),
    "a key misspelt": ("highest:", "higest:", 25, "`higest` is not a key that we know. Did you mean `highest`?"),
    "a key misspelt at the top": ("minutes:", "minuts:", 7, "Did you mean `minutes`?"),
    "a key from elsewhere": ("minutes:", "colour:", 7, "`colour` is not a key that we know. Take it out."),
    "a key twice": ("why: To learn\n", "why: To learn\nwhy: To know\n", 5, "`why` stands here twice. Keep one."),
    "a key twice deep down": ("kind: number\n", "kind: number\n        kind: month\n", 24, "`kind` stands here twice"),
    "a kind that is none": ("kind: choice", "kind: pick", 12, "Write one of: 'choice', 'choices'"),
    "an audience that is none": ("minutes: 2", "audience: aunts", 7, "Write one of: 'parent'"),
    "capitals in a name": ("survey: small", "survey: Small", 1, "Use small letters, digits and _ only"),
    "a blank in a code": ("{code: bad,", "{code: 'very bad',", 16, "Use small letters, digits"),
    "a number for words": ("title: Small", "title: 7", 2, "Write keys here"),
    "a list for words": ("title: Small", "title: [Small]", 2, "Write keys here"),
    "words for a number": ("highest: 99", "highest: many", 25, "Write a whole number"),
    "half a number": ("highest: 99", "highest: 9.5", 25, "Write a whole number"),
    "too large a number": ("minutes: 2", "minutes: 90", 7, "Write a number of 60 or less"),
    "too small a number": ("minutes: 2", "minutes: 0", 7, "Write a number of 1 or more"),
    "a number that no database keeps": ("highest: 99", "highest: 99999999999999999999", 25, "Write a number"),
    "words for true or false": ("kind: number", "kind: number\n        required: perhaps", 24, "Write true or false"),
    "no words at all": ("title: Small", "title: ''", 2, "Something is missing here"),
    "too many words": ("title: Small", f"title: {'x' * 2001}", 2, "This is too long. At most 2000"),
    "no pages": ("pages:", "pages: []\nothers:", 8, "Something is missing here"),
    "pages that are no list": ("pages:", "pages: {}\nothers:", 8, "Write a list below `pages:`"),
    "options that are no list": ("highest: 99", "options: none", 25, "Write a list below `options:`"),
    "words in a language that is not announced": ("title: Small", "title: {en: A, pl: B}", 2, "'pl' is not in `languages:`"),
    "a language that is not offered": ("minutes: 2", "languages: [en, so]", 7, "'so' is not offered. Choose from: en, pl, ar"),
    "a bank question that is not there": ("- name: weeks\n        kind", "- bank: shoe_size\n        kind", 22, "The bank has no 'shoe_size'. It has: "),
    "a route without all or any": ("      all:\n", "      some:\n", 18, "Write `all:` or `any:`"),
    "a route with both": ("      all:\n", "      any: []\n      all:\n", 18, "Write `all:` or `any:` (one of them)"),
    "a route with no list": ("      all:\n        - {question: mood, equals: bad}", "      all: mood", 18, "each beginning with a dash"),
    "a route with nothing in it": ("      all:\n        - {question: mood, equals: bad}", "      all: []", 19, "Something is missing here"),
    "a condition without a test": (", equals: bad}", "}", 20, "Write `question: NAME` and one of: equals"),
    "a test that is none": ("equals: bad", "is: bad", 20, "`is` is not a test"),
    "a test of nothing": ("equals: bad", "one_of: []", 20, "Write one value after `one_of:`"),
    "answered: false": ("equals: bad", "answered: false", 20, "Write `answered: true`"),
    "a route to an option that is not there": ("equals: bad", "equals: worse", 20, "'mood' has no option 'worse'. It has: good, bad"),
    "a picture of no set": ("highest: 99", "picture: cats/tom", 25, "(a picture: set/name)"),
    "a tab": ("  - name: mood\n    q", "\t- name: mood\n    q", 9, "Check the indents and the colons here"),
    "a colon too many": ("title: Small", "title: Small: and neat", 2, "Check the indents and the colons here"),
    "a bracket left open": ("{code: bad, label: Bad}", "{code: bad, label: Bad", 17, "Check the indents and the colons here"),
    "an anchor": ("title: Small", "title: &t Small", 2, "Anchors, aliases and tags (& * !) are not used"),
    "an alias": ("title: Small", "title: *t", 2, "Anchors, aliases and tags"),
    "a tag": ("title: Small", "title: !!python/object/apply:os.getcwd []", 2, "Anchors, aliases and tags"),
    "two documents": ("pages:", "---\npages:", 8, "Check the indents"),
    "nested too deep": ("title: Small", f"title: {'[' * 30}{']' * 30}", 2, "nested too deep"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_told_by_line_and_what_to_do(old, new, line, words):
    assert SMALL.count(old) == 1
    said = problems(SMALL.replace(old, new))

    assert all(re.match(r"small\.yaml:\d+: \S", problem) for problem in said)
    assert [p for p in said if p.startswith(f"small.yaml:{line}: ") and words in p], said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"survey: caf\xe9", "not UTF-8 text. Save it as UTF-8"),
        (SMALL.encode("utf-16"), "not UTF-8 text. Save it as UTF-8"),
        (b"\xff\xfe\x00", "not UTF-8 text. Save it as UTF-8"),
        (SMALL.replace("Small", "S\0mall"), ""),
        ("# only a note\n", "Write `survey:`, `title:`"),
        ("", "Write `survey:`, `title:`"),
        ("- survey: small\n", "Write `survey:`, `title:`"),
        ("just words", "Write `survey:`, `title:`"),
        ("[" * 300_000, "nested too deep"),
        ("a: " + "[" * 500 + "]" * 500, "nested too deep"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "Anchors, aliases and tags"),
        (SMALL + "#" * LARGEST_FILE, "larger than 1,000,000 bytes. Make it shorter"),
        (f"{SMALL}# {'ą' * (LARGEST_FILE // 2)}".encode(), "larger than 1,000,000 bytes"),
    ],
    ids=[
        "latin 1",
        "utf 16",
        "no text",
        "a nul",
        "a note",
        "nothing",
        "a list",
        "words",
        "brackets",
        "deep",
        "billion laughs",
        "huge",
        "huge in bytes",
    ],
)  # fmt: skip
def test_what_is_no_survey_file_at_all_is_told_kindly(text, words):
    (said,) = problems(text)
    assert re.match(r"small\.yaml:\d+: ", said)
    assert words in said


def test_a_mark_at_the_start_as_some_editors_write_it_does_no_harm():
    assert read_survey(b"\xef\xbb\xbf" + SMALL.encode()) == read_survey(SMALL)


def test_every_fault_is_told_at_once():
    said = problems(SMALL.replace("minutes: 2", "minuts: 2").replace("kind: choice", "kind: pick"))
    assert len(said) == 2
