"""The surveys that are walked: those that ship, the one with every kind, and one made of them."""

from functools import cache
from itertools import chain
from pathlib import Path

import feedback
from feedback.outputs import exchange
from feedback.questionnaire import Page, Question, Questionnaire
from feedback.vocabulary import QuestionKind

SHIPPED = Path(feedback.__file__).parent / "demo" / "surveys"
OURS = Path(__file__).parent.parent / "surveys"
GALLERY = "gallery"


@cache
def walked() -> dict[str, Questionnaire]:
    """Every survey by name: those that ship with the program, and ours for tests."""
    files = sorted(chain(SHIPPED.glob("*.yaml"), OURS.glob("every_kind.yaml")))
    read = (exchange.read_survey(file.read_bytes(), file=file.name) for file in files)
    return {survey.survey: survey for survey in read}


@cache
def gallery() -> Questionnaire:
    """One page for each kind of question, each insisting on an answer and opening in easy read.

    Of each kind the question with the most around it is taken: help, reason, picture, ends.
    """
    pages = [_page(kind) for kind in QuestionKind if kind in _found()]
    # The words of a survey in all languages around pages of our own.
    like = {name: getattr(walked()["live"], name) for name in Questionnaire.model_fields}
    return Questionnaire(**{**like, "survey": GALLERY, "measures": [], "pages": pages})


def page_of(kind: QuestionKind) -> int:
    """Where the gallery asks a question of this kind."""
    return [page.name for page in gallery().pages].index(f"of_{kind}") + 1


@cache
def _found() -> dict[QuestionKind, Question]:
    found: dict[QuestionKind, Question] = {}
    for survey in walked().values():
        for question in survey.questions.values():
            best = found.get(question.kind)
            if "ar" in question.ask and (best is None or _furniture(question) > _furniture(best)):
                found[question.kind] = question
    return found


def _furniture(question: Question) -> int:
    parts = (
        question.help,
        question.reason,
        question.picture,
        question.low_label,
        question.dont_know,
    )
    return 10 * sum(map(bool, parts)) + len(question.options)


def _page(kind: QuestionKind) -> Page:
    asked = {
        "required": True,
        "skip": False,
        "dont_know": True,
        "measure": None,
        "name": f"one_{kind}",
    }
    return Page(name=f"of_{kind}", questions=[_found()[kind].model_copy(update=asked)])
