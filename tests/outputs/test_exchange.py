# ruff: noqa: E501 -- one case a line
import random
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from feedback.cli import main
from feedback.languages import OFFERED
from feedback.models.surveys import Edition, Survey
from feedback.outputs.exchange import LARGEST_FILE, WrongFile, read_survey, write_survey
from feedback.queries import surveys
from feedback.questionnaire import Questionnaire, Wording
from feedback.soundness import faults
from feedback.vocabulary import QuestionKind

EVERY_KIND = Path(__file__).parents[1] / "surveys" / "every_kind.yaml"

SMALL = """\
survey: small
title: Small
asked_by: We
why: To learn
read_by: We
afterwards: We say
minutes: 2
pages:
  - name: mood
    questions:
      - name: mood
        kind: choice
        ask: How are you?
        options:
          - {code: good, label: Good}
          - {code: bad, label: Bad}
  - name: weeks
    show_when:
      all:
        - {question: mood, equals: bad}
    questions:
      - name: weeks
        kind: number
        ask: How many weeks?
        highest: 99
"""


def problems(text: str | bytes) -> list[str]:
    with pytest.raises(WrongFile) as wrong:
        read_survey(text, file="small.yaml")
    return wrong.value.problems


def test_the_survey_of_every_kind_is_read(every_kind):
    assert {question.kind for question in every_kind.questions.values()} == set(QuestionKind)
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


# The command line


@pytest.fixture
def run(address):
    def command(*words: object) -> Result:
        environment = {"FEEDBACK_DATABASE": address}
        return CliRunner().invoke(main, [str(word) for word in words], env=environment)

    return command


@pytest.fixture
def small(tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def test_checking_a_sound_file_says_what_is_in_it(run, small):
    said = run("survey", "check", small)

    assert said.exit_code == 0
    assert "2 questions on 2 pages. Complete in: en." in said.output


def test_checking_a_wrong_file_names_each_line_and_ends_with_1(run, small):
    small.write_text(SMALL.replace("minutes:", "minuts:"), encoding="utf-8")
    said = run("survey", "check", small)

    assert said.exit_code == 1
    assert f"{small}:7: " in said.stderr
    assert "Did you mean `minutes`?" in said.stderr
    assert "Traceback" not in said.output


def test_importing_a_wrong_file_stores_nothing(run, small, look):
    small.write_text(SMALL.replace("equals: bad", "equals: worse"), encoding="utf-8")
    said = run("survey", "import", small, "--publish")

    assert said.exit_code == 1
    assert "Nothing was stored." in said.stderr
    assert look(select(func.count()).select_from(Survey)) == [(0,)]


def test_an_import_is_a_draft_until_it_is_published(run, small, look):
    statuses = select(Edition.number, Edition.status).order_by(Edition.number)

    assert run("survey", "import", small).exit_code == 0
    assert run("survey", "import", small).exit_code == 0
    assert look(statuses) == [(1, "draft")]

    run("survey", "import", small, "--publish")
    assert look(statuses) == [(1, "published")]

    run("survey", "import", small)
    assert look(statuses) == [(1, "published"), (2, "draft")]


def test_a_survey_is_exported_as_it_was_imported(run, tmp_path, every_kind):
    run("survey", "import", EVERY_KIND)
    file = tmp_path / "out.yaml"

    assert run("survey", "export", "every_kind", file).exit_code == 0
    assert read_survey(file.read_bytes()) == every_kind
    assert read_survey(run("survey", "export", "every_kind").stdout) == every_kind


def test_a_survey_that_is_not_there_cannot_be_exported(run):
    said = run("survey", "export", "nobody")

    assert said.exit_code == 1
    assert "There is no survey called 'nobody'." in said.stderr


# Any questionnaire, and any file


@cache
def _scale(kind: str, points: int) -> list[dict]:
    """The ready options of a scale, as a file that says only kind and points gets them."""
    lines = SMALL.replace("kind: number", f"kind: {kind}").replace(
        "highest: 99", f"points: {points}"
    )
    return read_survey(lines).model_dump(mode="json")["pages"][1]["questions"][0]["options"]


letters = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff"),
    min_size=1,
    max_size=20,
).filter(str.strip)  # fmt: skip
languages = st.lists(st.sampled_from(list(OFFERED)), min_size=1, max_size=3, unique=True)
codes = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)


@st.composite
def questionnaires(draw) -> Questionnaire:
    """Any questionnaire without faults: all kinds, routes, languages, wordings."""
    spoken = draw(languages)

    def words(*, needed: bool = True) -> dict:
        if not needed and draw(st.booleans()):
            return {}
        own = {"standard": draw(letters), "easy": draw(st.none() | letters)}
        return {tag: own if tag == spoken[0] else {"standard": draw(letters)} for tag in spoken}

    def question(name: str) -> dict:
        kind = draw(st.sampled_from(list(QuestionKind)))
        made = {"name": name, "kind": kind, "ask": words(), "help": words(needed=False)}
        made[draw(st.sampled_from(["required", "skip", "dont_know"]))] = True
        if kind in ("choice", "choices"):
            given = draw(st.lists(codes, min_size=2, max_size=4, unique=True))
            made["options"] = [{"code": code, "label": words()} for code in given]
        elif kind in ("faces", "agreement", "yes_no"):
            made["points"] = 3
            made["options"] = [{**o, "label": words(), "picture": None} for o in _scale(kind, 3)]
        elif kind == "rating":
            made["highest"] = 10
            if draw(st.booleans()):
                made |= {"low_label": words(), "high_label": words()}
        elif kind == "number":
            low = draw(st.integers(-1000, 1000))
            made |= {"lowest": low, "highest": low + draw(st.integers(1, 1000))}
        return made

    def condition(earlier: list[dict]) -> dict:
        asked = draw(st.sampled_from(earlier))
        kind = QuestionKind(asked["kind"])
        how, values = "answered", []
        if kind.has_number and draw(st.booleans()):
            how, values = "greater_than", [str(draw(st.integers(-5, 500)))]
        elif kind.has_options:
            given = [option["code"] for option in asked["options"]]
            values = draw(st.lists(st.sampled_from(given), min_size=1, max_size=2, unique=True))
            how = "equals" if len(values) == 1 else "one_of"
        return {"question": asked["name"], "test": how, "values": values}

    pages: list[dict] = []
    earlier: list[dict] = []
    for at in range(draw(st.integers(1, 3))):
        asked = [question(f"q{at}_{n}") for n in range(draw(st.integers(0, 2)))]
        page = {"name": f"p{at}", "title": words(needed=False), "questions": asked}
        if not asked or draw(st.booleans()):
            page["statements"] = [{"say": words()}]
        if earlier and draw(st.booleans()):
            conditions = [condition(earlier) for _ in range(draw(st.integers(1, 2)))]
            match = draw(st.sampled_from(["all", "any"]))
            page["show_when"] = {"match": match, "conditions": conditions}
        pages.append(page)
        earlier += asked
    start = {key: words() for key in ("title", "asked_by", "why", "read_by", "afterwards")}
    return Questionnaire.model_validate(
        {
            "survey": "any",
            "languages": spoken,
            "easy_first": draw(st.booleans()),
            **start,
            "pages": pages,
        }
    )


@given(questionnaires())
def test_any_sound_questionnaire_survives_being_written_and_read(asked):
    assert list(faults(asked)) == []
    assert read_survey(write_survey(asked)) == asked


SCALARS = [
    "", "~", "yes", "true", "-1", "0", "0b_", "0x", "1:60", "1e999", ".nan", ".inf", "9" * 5000,
    "2026-02-30", "[]", "{}", "[[]]", "{a: {b: c}}", "{? [x] : y}", "<<", "=", "|", ">", "-", "? x",
    "'", '"', '"\\ud800"', '"\\0"', "\t", "\x07", "\ufeff", "\U0001f600", "&a b", "*a", "!!set {}",
    "@", "`", "%TAG ! x", "---", "...", "name: x", "bank: age", "{bank: [x]}", "show_when: 5",
    "measures: 5", "all: 5", "points: 3", "pages: {}", "languages: {}", "languages: [[en]]",
]  # fmt: skip
PIECES = EVERY_KIND.read_text(encoding="utf-8").splitlines()


def garbled(chance: random.Random) -> str:
    """The survey of every kind, or a small one, with a few pieces of its text spoilt."""
    lines = list(PIECES if chance.random() < 0.1 else SMALL.splitlines())
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        line, value = lines[at], chance.choice(SCALARS)
        match chance.randrange(7):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, chance.choice(lines))
            case 2:
                lines[at] = line[: chance.randrange(len(line) + 1)]
            case 3:
                lines[at] = f"{line.partition(':')[0]}: {value}"
            case 4:
                lines[at] = " " * chance.randrange(12) + line.lstrip()
            case 5:
                cut = chance.randrange(len(line) + 1)
                lines[at] = line[:cut] + value + line[cut:]
            case _:
                lines.insert(at, " " * chance.randrange(12) + value)
        lines = lines or [""]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_a_garbled_file_is_never_worse_than_a_wrong_file(seed):
    chance = random.Random(seed)
    for _ in range(60):
        text = garbled(chance)
        try:
            assert read_survey(text, file="x.yaml")
        except WrongFile as wrong:
            told = wrong.problems
            if not told or not all(re.match(r"x\.yaml:\d+: ", problem) for problem in told):
                pytest.fail(f"{told} for {text}")


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | letters
    | st.sampled_from(["en", "1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(letters, inner, max_size=3),
    max_leaves=5,
)


@hypothesis_settings(max_examples=200)
@given(st.data())
def test_anything_in_any_place_of_a_file_is_never_worse_than_a_wrong_file(data):
    tree = yaml.safe_load(SMALL)
    part = tree
    while True:
        key = data.draw(
            st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part)))
        )
        if not isinstance(part[key], dict | list) or not part[key] or data.draw(st.booleans()):
            break
        part = part[key]
    part[key] = data.draw(anything)
    try:
        read_survey(yaml.safe_dump(tree, allow_unicode=True))
    except WrongFile as wrong:
        if not wrong.problems:
            pytest.fail("a wrong file says nothing")
