"""What the designer says of a draft, in words: its steps, its rules, its parts."""

from typing import Any

from flask_babel import gettext

from feedback import redrafting
from feedback.forms import routes
from feedback.models.surveys import Edition
from feedback.questionnaire import Questionnaire, Route, Wording, Words
from feedback.vocabulary import Match, Test
from feedback.web.authoring.door import bp
from feedback.web.deeds import step_words
from feedback.web.findings import page_name, spoken


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"step_words": step_words, "spoken_text": spoken}


def rules(tree: Questionnaire) -> dict[str, str]:
    """Each page's rule in a sentence, by the page's name."""
    return {page.name: _rule(page.show_when, tree) for page in tree.pages if page.show_when}


def _rule(route: Route, tree: Questionnaire) -> str:
    told = []
    for condition in route.conditions:
        question = tree.questions.get(condition.question)
        asked = _said(question.ask, condition.question) if question else condition.question
        test = routes.TESTS[condition.test]
        values = condition.values
        if question is not None and question.options:
            labels = {option.code: _said(option.label, option.code) for option in question.options}
            values = [labels.get(value, value) for value in values]
            test = routes.TESTS[Test.ONE_OF if values else Test.ANSWERED]
        told.append(f"“{asked}”: {test} {', '.join(values)}".strip())
    joined = gettext(" and ") if route.match is Match.ALL else gettext(" or ")
    return gettext("Shown only when: %(rules)s", rules=joined.join(told))


def _said(words: Words, otherwise: str) -> str:
    return spoken(words) or otherwise


def title_of(edition: Edition) -> str:
    """An edition's title in the page's language."""
    return spoken({tag: Wording(**text) for tag, text in edition.title.items()}) or gettext(
        "A survey without a title"
    )


def numbers(tree: Questionnaire) -> dict[str, int]:
    """Each question's number, as they are asked."""
    return {name: number for number, name in enumerate(tree.questions, start=1)}


def place_words(tree: Questionnaire) -> dict[str, str]:
    """What each part of a draft is called, by its place."""
    told = {"start": gettext("Start and end")}
    for at, page in enumerate(tree.pages, start=1):
        named = page_name(page)
        plain = gettext("Page %(number)s", number=at)
        told[f"page:{page.name}"] = plain if named == page.name else f"{plain}: {named}"
    for name, number in numbers(tree).items():
        plain = gettext("Question %(number)s", number=number)
        ask = spoken(redrafting.question_of(tree, name).ask)
        told[f"question:{name}"] = f"{plain}: {ask}" if ask else plain
    return told
