"""The bank in the designer: which ready questions a draft can take, and what they bring along."""

from typing import Any

from flask_babel import gettext

from feedback.forms import authoring as forms
from feedback.languages import DEFAULT
from feedback.questionnaire import Measure, Question, Questionnaire, said
from feedback.vocabulary import Audience

FOLLOWED_UP = "ethnicity"  # the bank's one question whose answers open further ones


def _reader() -> Any:
    """The bank's reader, which brings a reader of files that no other page needs."""
    from feedback.outputs import shorthand

    return shorthand


def core() -> dict[str, Any]:
    """The core questions by name."""
    found: dict[str, Any] = _reader().bank()["core"]
    return found


def about() -> dict[str, Any]:
    """The questions about a person by name."""
    found: dict[str, Any] = _reader().bank()["questions"]
    return found


def question(name: str, tree: Questionnaire) -> Question:
    """A question of the bank in a draft's languages."""
    return Question.model_validate(_reader().ready_question(name, list(tree.languages)))


def measure(name: str, tree: Questionnaire) -> Measure:
    """What a core question measures, in a draft's languages."""
    return Measure.model_validate(_reader().ready_measure(name, list(tree.languages)))


def options(kind: Any, points: int | None, tree: Questionnaire) -> list[Any]:
    """The options of a ready scale in a draft's languages."""
    return _reader().ready_options(kind, points, list(tree.languages))


def lacks(tree: Questionnaire, name: str) -> bool:
    """Whether a draft neither has a core question nor measures the same by another."""
    measured = core()[name]["measure"]["name"]
    return name not in tree.questions and measured not in {each.name for each in tree.measures}


def about_names(tree: Questionnaire) -> list[tuple[str, str]]:
    """The bank's questions about a person that a draft does not have yet: name and wording."""
    follow = f"{FOLLOWED_UP}_"
    return [
        (name, _plain_words(name))
        for name in about()
        if name not in tree.questions and not name.startswith(follow)
    ]


def core_names(tree: Questionnaire) -> list[tuple[str, str]]:
    """The core questions for a draft's people that it does not measure yet: name and wording.

    The questions of one index are one choice, until a draft has the first of them.
    """
    brought = {each: name for name, entry in core().items() for each in entry.get("brings", ())}
    found = []
    for name, entry in core().items():
        meant = tree.audience not in (Audience.PARENT, Audience.YOUNG_PERSON) or (
            entry["for"] == tree.audience
        )
        if not meant or not lacks(tree, name) or (name in brought and lacks(tree, brought[name])):
            continue
        words = _plain_words(name)
        if more := [each for each in entry.get("brings", ()) if lacks(tree, each)]:
            words = gettext("%(words)s … and %(more)s more", words=words, more=len(more))
        found.append((name, f"{forms.AUDIENCES[Audience(entry['for'])]}: {words}"))
    return found


def _plain_words(name: str) -> str:
    return said(Question.model_validate(_reader().ready_question(name, [DEFAULT])).ask, DEFAULT)
