"""Any questionnaire survives its file, and any file is read or told kindly."""

import random
import re
from functools import cache

import pytest
import yaml
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from survey_files import EVERY_KIND, SMALL

from feedback.languages import OFFERED
from feedback.outputs.exchange import WrongFile, read_survey, write_survey
from feedback.questionnaire import Questionnaire
from feedback.soundness import faults
from feedback.vocabulary import QuestionKind


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
    terms = [{"word": words(), "meaning": words()} for _ in range(draw(st.integers(0, 2)))]
    return Questionnaire.model_validate(
        {
            "survey": "any",
            "languages": spoken,
            "easy_first": draw(st.booleans()),
            **start,
            "glossary": terms,
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
    told, read = [], None
    try:
        read = read_survey(yaml.safe_dump(tree, allow_unicode=True))
    except WrongFile as wrong:
        told = wrong.problems
    assert told if read is None else list(faults(read)) == []
