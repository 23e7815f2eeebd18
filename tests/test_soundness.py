# ruff: noqa: E501 -- one case a line
import pytest

from feedback.questionnaire import Questionnaire
from feedback.soundness import faults

PICTURES = {"own/words", "own/helper", "own/listen", "own/face-ok"}
WORDS = {"en": {"standard": "A"}, "pl": {"standard": "B"}, "ar": {"standard": "C"}}
# Where the questions of the survey of every kind stand.
WHO, NEEDS, FACE, OVERALL, WEEKS, MORE = (
    ("pages", at, "questions", number)
    for at, number in ((1, 0), (2, 0), (4, 0), (6, 0), (7, 0), (9, 1))
)
ROUTE = ("pages", 7, "show_when", "conditions")
ROUTE_IN_FILE = ("pages", 7, "show_when", "all")


@pytest.fixture
def tree(every_kind):
    tree = every_kind.model_dump(mode="json")
    # The ready scales bring pictures that are not in PICTURES; what they are does not matter here.
    for page in tree["pages"]:
        for question in page["questions"]:
            if question["points"]:
                for option in question["options"]:
                    option["picture"] = None
    return tree


def found(tree) -> list:
    return list(faults(Questionnaire.model_validate(tree), PICTURES))


def put(tree, path, value):
    """Write a value at a path; a list grows where the path ends in its length."""
    *way, last = path
    for step in way:
        tree = tree[step]
    if isinstance(tree, list) and last == len(tree):
        tree.append(value)
    else:
        tree[last] = value


def test_the_survey_of_every_kind_is_sound(tree):
    assert found(tree) == []


CASES = {
    "a language that is not offered": (
        ("languages", 1), "so", ("languages", 1), "'so' is not offered. Choose from: en, pl, ar"),
    "two pages of one name": (
        ("pages", 2, "name"), "who", ("pages", 2, "name"), "Two pages are called 'who'"),
    "two questions of one name": (
        (*MORE, "name"), "town", (*MORE, "name"), "Two questions are called 'town'"),
    "an empty page": (
        ("pages", 0, "statements"), [], ("pages", 0), "This page is empty"),
    "a route to nowhere": (
        (*ROUTE, 0, "question"), "whom", (*ROUTE_IN_FILE, 0), "No earlier page asks 'whom'"),
    "a route that looks ahead": (
        (*ROUTE, 0, "question"), "since", (*ROUTE_IN_FILE, 0), "No earlier page asks 'since'"),
    "a route to its own page": (
        (*ROUTE, 0, "question"), "weeks", (*ROUTE_IN_FILE, 0), "No earlier page asks 'weeks'"),
    "an option that is not there": (
        (*ROUTE, 0, "values"), ["uncle"], (*ROUTE_IN_FILE, 0),
        "'who' has no option 'uncle'. It has: child, parent, other"),
    "a size of what has no number": (
        (*ROUTE, 0), {"question": "who", "test": "greater_than", "values": ["5"]},
        (*ROUTE_IN_FILE, 0), "'who' has no number to compare"),
    "a size that is no number": (
        (*ROUTE, 0), {"question": "overall", "test": "greater_than", "values": ["a lot"]},
        (*ROUTE_IN_FILE, 0), "`greater_than` needs a whole number"),
    "a size that is not given": (
        (*ROUTE, 0), {"question": "overall", "test": "greater_than", "values": []},
        (*ROUTE_IN_FILE, 0), "Write one value after `greater_than:`"),
    "two values to equal": (
        (*ROUTE, 0, "values"), ["child", "parent"], (*ROUTE_IN_FILE, 0),
        "Write one value after `equals:`"),
    "a number that is words": (
        (*ROUTE, 0), {"question": "overall", "test": "equals", "values": ["good"]},
        (*ROUTE_IN_FILE, 0), "'overall' is answered with a whole number, not 'good'"),
    "a page that free words would open": (
        ("pages", 10, "show_when", "conditions", 0),
        {"question": "more", "test": "equals", "values": ["ramp"]},
        ("pages", 10, "show_when", "all", 0), "'more' is answered in free words"),
    "two options of one code": (
        (*WHO, "options", 1, "code"), "other", (*WHO, "options", 1, "code"),
        "Two options have the code 'other'"),
    "faces without their number": (
        (*FACE, "points"), None, FACE, "A question of kind `faces` needs `points:` 2 or 3 or 5"),
    "a number of faces that is not drawn": (
        (*FACE, "points"), 4, FACE, "A question of kind `faces` needs `points:` 2 or 3 or 5"),
    "fewer faces than said": (
        (*FACE, "points"), 5, FACE, "`points` is 5 but there are 3 options"),
    "points on a choice": (
        (*WHO, "points"), 3, (*WHO, "points"), "`points` is for scales"),
    "one option only": (
        (*NEEDS, "options"), [{"code": "speech", "label": WORDS}], NEEDS,
        "This question needs at least two options"),
    "options of a number": (
        (*WEEKS, "options"), [{"code": "a", "label": WORDS}], (*WEEKS, "options"),
        "A `number` question has no options"),
    "needed and yet passed by": (
        (*WHO, "skip"), True, WHO, "cannot be both `required` and `skip`"),
    "no room between the bounds": (
        (*WEEKS, "lowest"), 200, (*WEEKS, "lowest"), "`lowest` must be smaller than `highest`"),
    "a rating to 5": (
        (*OVERALL, "highest"), 5, OVERALL, "A rating goes from 0 to 10"),
    "a measure that is not there": (
        (*OVERALL, "measure"), "sad", (*OVERALL, "measure"), "There is no measure 'sad'"),
    "a measure that no question carries": (
        (*FACE, "measure"), None, ("measures", 0), "No question carries 'happy'"),
    "a measure over two kinds": (
        (*OVERALL, "measure"), "happy", ("measures", 0), "A measure belongs to questions of one kind"),
    "a top that is no option": (
        ("measures", 0, "top"), ["splendid"], ("measures", 0, "top"),
        "'splendid' is not an option"),
    "two measures of one name": (
        ("measures", 1), {"name": "happy", "title": WORDS, "top": ["good"]}, ("measures", 1, "name"),
        "Two measures are called 'happy'"),
    "no words in the first language": (
        (*WHO, "ask"), {"pl": {"standard": "Kto?"}}, (*WHO, "ask"), "The words in 'en' are missing"),
    "a language that is not announced": (
        ("languages",), ["en", "pl"], ("title",), "'ar' is not in `languages:`"),
    "a picture that is not there": (
        (*WHO, "options", 0, "picture", "name"), "own/nobody", (*WHO, "options", 0, "picture"),
        "There is no picture 'own/nobody'"),
    "a picture that says and does not say": (
        (*FACE, "picture", "decorative"), True, (*FACE, "picture"),
        "A decorative picture says nothing"),
    "a picture without words": (
        (*FACE, "picture", "alt"), {}, (*FACE, "picture"), "Say in `alt` what the picture shows"),
    "a picture that says it in no first language": (
        (*FACE, "picture", "alt"), {"pl": {"standard": "Twarz"}}, (*FACE, "picture", "alt"),
        "The words in 'en' are missing"),
    "one picture for two options": (
        (*WHO, "options", 1, "picture", "name"), "own/helper", (*WHO, "options", 1, "picture"),
        "Two options share a picture"),
}  # fmt: skip


@pytest.mark.parametrize(("place", "value", "where", "words"), CASES.values(), ids=CASES)
def test_a_fault_is_found_with_its_place_and_what_to_do(tree, place, value, where, words):
    put(tree, place, value)

    assert where in [path for path, said in found(tree) if words in said]


def test_a_picture_is_not_looked_for_before_the_pictures_are_built(tree):
    put(tree, (*WHO, "options", 0, "picture", "name"), "own/nobody")

    assert list(faults(Questionnaire.model_validate(tree), None)) == []
