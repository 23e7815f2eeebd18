"""The states of the designer's pages."""

import secrets
from functools import partial

from feedback import redrafting
from feedback.questionnaire import Questionnaire
from feedback.redrafting import changed
from feedback.services import authoring

from .site import OFFICER, now
from .states import Place, State
from .surveys import walked

TREE = "every_kind"


def _draft(place: Place, path: str, *, live: bool = False, broken: bool = False) -> str:
    """An officer on a page of a draft that nobody else works at; gives its survey's name."""
    name = f"draft_{secrets.token_hex(4)}"
    tree = changed(walked()[TREE], survey=name)
    with place.site.database.writing() as session, session.begin():
        edition = authoring.keep_draft(session, tree, now=now())
        if live:
            authoring.publish(session, edition, now=now())
            authoring.keep_draft(session, _other(tree), now=now())
        elif broken:
            authoring.keep_draft(session, redrafting.move_page(tree, "since", -7), now=now())
    place.phone.sign_in(OFFICER)
    place.phone.goto(f"/staff/surveys/{name}/{path}")
    return name


def _other(tree: Questionnaire) -> Questionnaire:
    turned = redrafting.move_page(redrafting.remove_question(tree, "again"), "face", 2)
    return redrafting.set_picture(turned, "statement:hello:0", None)


def _new(place: Place, title: str = "") -> None:
    place.phone.sign_in(OFFICER)
    place.phone.goto("/staff/surveys/new")
    place.phone.page.locator("#title").fill(title)
    place.press("main form button")


def _list(place: Place) -> None:
    _draft(place, "")
    place.phone.goto("/staff/surveys/")


def _changed_meanwhile(place: Place) -> None:
    name = _draft(place, "questions/town")
    with place.site.database.writing() as session, session.begin():
        tree = changed(walked()[TREE], survey=name)
        town = tree.questions["town"]
        other = redrafting.set_question(tree, "town", changed(town, ask=tree.questions["more"].ask))
        authoring.keep_draft(session, other, now=now())
    place.phone.page.locator("#ask-en-standard").fill("Which city do you live in?")
    place.press('main button[value="save"]')


def _too_long(place: Place) -> None:
    _draft(place, "questions/town")
    place.phone.page.locator("#ask-en-standard").fill("word " * 500)
    place.press('main button[value="save"]')


def design() -> list[State]:
    """Every state of the designer's pages."""

    def draft(path: str, **kind: bool) -> partial[str]:
        return partial(_draft, path=path, **kind)

    return [
        State("surveys", _list),
        State("new survey, no name", _new, 422, error=True),
        State("a draft", draft("", broken=True)),
        State("a question", draft("questions/who")),
        State("a question, too long", _too_long, 422, error=True),
        State("a question, changed meanwhile", _changed_meanwhile, 409),
        State("a page with a rule", draft("pages/since")),
        State("start and end", draft("start")),
        State("a picture to choose", draft("picture?at=question:town&words=bus")),
        State("publish", draft("publish", live=True)),
        State("try it", draft("try?position=2")),
        State("history", draft("history", live=True)),
    ]
