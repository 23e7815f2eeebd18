import pytest
from pydantic import ValidationError

from feedback.questionnaire import Given, Question, Questionnaire, Wording, said
from feedback.vocabulary import AnswerState, Presentation

WORDS = {"en": {"standard": "Words"}}
UNKNOWN, SKIPPED = Given(state=AnswerState.UNKNOWN), Given(state=AnswerState.SKIPPED)


def survey(*conditions: dict, match: str = "all") -> Questionnaire:
    """Four questions, and a last page that the conditions open."""
    options = [{"code": code, "label": WORDS} for code in ("a", "b", "c")]
    kinds = {"one": "choice", "some": "choices", "many": "number", "said": "comment"}
    pages = [
        {
            "name": name,
            "questions": [
                {
                    "name": name,
                    "kind": kind,
                    "ask": WORDS,
                    "options": options if kind.startswith("choice") else [],
                }
            ],
        }
        for name, kind in kinds.items()
    ]
    last = {
        "name": "last",
        "statements": [{"say": WORDS}],
        "show_when": {"match": match, "conditions": list(conditions)},
    }
    start = dict.fromkeys(("title", "asked_by", "why", "read_by", "afterwards"), WORDS)
    return Questionnaire.model_validate({"survey": "small", **start, "pages": [*pages, last]})


def when(question: str, how: str, *values: str) -> dict:
    return {"question": question, "test": how, "values": list(values)}


def opens(asked: Questionnaire, **answers: Given) -> bool:
    return 5 in asked.walk(answers)


@pytest.mark.parametrize(
    ("condition", "answer", "open_"),
    [
        (when("one", "equals", "a"), Given(codes=("a",)), True),
        (when("one", "equals", "a"), Given(codes=("b",)), False),
        (when("some", "equals", "b"), Given(codes=("a", "b")), True),
        (when("some", "equals", "c"), Given(codes=("a", "b")), False),
        (when("many", "equals", "7"), Given(number=7), True),
        (when("many", "equals", "7"), Given(number=70), False),
        (when("one", "one_of", "a", "c"), Given(codes=("c",)), True),
        (when("one", "one_of", "a", "c"), Given(codes=("b",)), False),
        (when("some", "one_of", "a", "c"), Given(codes=("b", "c")), True),
        (when("many", "one_of", "1", "2"), Given(number=2), True),
        (when("many", "greater_than", "5"), Given(number=6), True),
        (when("many", "greater_than", "5"), Given(number=5), False),
        (when("many", "greater_than", "-3"), Given(number=0), True),
        (when("many", "greater_than", "9"), Given(number=10), True),  # as numbers, not as words
        (when("said", "answered"), Given(text="We waited"), True),
        (when("one", "answered"), Given(codes=("b",)), True),
        (when("many", "answered"), Given(number=0), True),
        (when("one", "answered"), UNKNOWN, False),
        (when("said", "answered"), SKIPPED, False),
        (when("one", "equals", "a"), SKIPPED, False),
        (when("many", "greater_than", "-1"), UNKNOWN, False),
    ],
)
def test_a_condition_opens_a_page(condition, answer, open_):
    assert opens(survey(condition), **{condition["question"]: answer}) is open_
    assert not opens(survey(condition))


A, SEVEN = Given(codes=("a",)), Given(number=7)


@pytest.mark.parametrize(
    ("answers", "all_", "any_"),
    [
        ({"one": A, "many": SEVEN}, True, True),
        ({"one": A}, False, True),
        ({"many": SEVEN}, False, True),
        ({}, False, False),
    ],
    ids=["both", "first", "second", "none"],
)
def test_all_conditions_must_hold_or_any_of_them(answers, all_, any_):
    conditions = (when("one", "equals", "a"), when("many", "greater_than", "5"))

    assert opens(survey(*conditions, match="all"), **answers) is all_
    assert opens(survey(*conditions, match="any"), **answers) is any_


def test_without_routes_every_page_is_asked(every_kind):
    plain = every_kind.model_copy(
        update={"pages": [p.model_copy(update={"show_when": None}) for p in every_kind.pages]}
    )
    assert plain.walk({}) == list(range(1, len(plain.pages) + 1))


def names(asked: Questionnaire, **answers: Given) -> list[str]:
    return [asked.pages[at - 1].name for at in asked.walk(answers)]


def test_an_answer_on_a_page_that_is_not_asked_any_more_opens_nothing(every_kind):
    answers = {"needs": Given(codes=("speech",)), "weeks": Given(number=20)}

    assert {"weeks", "since"} <= set(names(every_kind, who=Given(codes=("parent",)), **answers))
    assert {"weeks", "since"}.isdisjoint(names(every_kind, who=Given(codes=("child",)), **answers))


def test_words_fall_back_to_the_language_they_were_first_written_in():
    words = {"en": Wording(standard="Help", easy="Aid"), "pl": Wording(standard="Pomoc")}

    assert said(words, "pl") == "Pomoc"
    assert said(words, "ar") == "Help"
    assert said(words, "en", Presentation.EASY_READ) == "Aid"
    assert said(words, "pl", Presentation.EASY_READ) == "Pomoc"
    assert said({"pl": Wording(standard="Pomoc")}, "ar") == "Pomoc"
    assert said({}, "en") == ""


def test_a_language_is_offered_when_every_text_is_written_in_it(every_kind):
    assert every_kind.complete_languages == ["en", "pl", "ar"]


@pytest.mark.parametrize(
    "place",
    [
        ("title",),
        ("pages", 0, "statements", 0, "say"),
        ("pages", 1, "questions", 0, "ask"),
        ("pages", 1, "questions", 0, "reason"),
        ("pages", 1, "questions", 0, "options", 2, "label"),
        ("pages", 4, "questions", 0, "picture", "alt"),
        ("pages", 6, "questions", 0, "high_label"),
        ("pages", 9, "title"),
    ],
    ids=lambda place: " ".join(str(step) for step in place),
)
def test_one_text_left_out_takes_a_language_away(every_kind, place):
    tree = every_kind.model_dump()
    part = tree
    for step in place:
        part = part[step]
    del part["pl"]

    assert Questionnaire.model_validate(tree).complete_languages == ["en", "ar"]


def test_a_page_can_be_skipped_when_each_of_its_questions_can(every_kind):
    assert [page.name for page in every_kind.pages if page.can_be_skipped] == [
        "needs", "safe", "face", "heard", "overall", "weeks", "since", "again",
    ]  # fmt: skip


def test_a_questionnaire_cannot_be_changed(every_kind):
    with pytest.raises(ValidationError, match="frozen"):
        every_kind.pages[1].questions[0].required = False


def test_a_key_that_nobody_knows_is_refused():
    with pytest.raises(ValidationError, match="weight"):
        Question.model_validate({"name": "a", "kind": "number", "ask": WORDS, "weight": 2})
