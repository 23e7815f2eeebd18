"""The steps of the designer: each takes a draft and gives the changed one and where to look."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel import gettext

from feedback import redrafting
from feedback.forms import authoring as forms
from feedback.languages import DEFAULT, OFFERED
from feedback.questionnaire import (
    Condition,
    Measure,
    Option,
    Page,
    Question,
    Questionnaire,
    Route,
    Statement,
    said,
)
from feedback.redrafting import NoSuchPart, changed
from feedback.soundness import WANTED, faults
from feedback.vocabulary import Match, Presentation, Test
from feedback.web.authoring import ready

Sent = Mapping[str, str]
Step = Callable[[Questionnaire, str, Sent], tuple[Questionnaire, str]]

UNNAMED = "question_"  # what a question's name begins with until it has words


def _page_step(work: Callable[[Questionnaire, str], Questionnaire]) -> Step:
    return lambda tree, part, _sent: (work(tree, part), f"page-{part}")


def _question_step(work: Callable[[Questionnaire, str], Questionnaire]) -> Step:
    return lambda tree, part, _sent: (work(tree, part), f"question-{part}")


def _copied(kind: str, work: Callable[..., tuple[Questionnaire, str]]) -> Step:
    def step(tree: Questionnaire, part: str, _sent: Sent) -> tuple[Questionnaire, str]:
        made, fresh = work(tree, part)
        return made, f"{kind}-{fresh}"

    return step


def _add_question(tree: Questionnaire, part: str, sent: Sent) -> tuple[Questionnaire, str]:
    """A new question at the end of a page, or on a page of its own."""
    kind = sent.get(f"kind-{part}") or sent.get("kind", "")
    if kind.startswith("bank:"):
        return _add_ready(tree, part, kind.removeprefix("bank:"))
    if kind not in forms.KINDS:
        raise NoSuchPart(kind)
    of, points = forms.kind_of(kind)
    name = redrafting.free_name(f"{UNNAMED}{len(tree.questions) + 1}", tree.questions)
    scale = [Option.model_validate(o) for o in ready.options(of, points, tree)]
    blank = Question(name=name, kind=of, ask={})
    question = redrafting.of_kind(blank, of, points, scale)
    if question.kind.has_options and not scale:
        question = redrafting.add_option(redrafting.add_option(question))
    return _placed(tree, part, question), f"question-{name}"


def _add_ready(tree: Questionnaire, part: str, name: str) -> tuple[Questionnaire, str]:
    """A question of the bank; one whose answers open further ones brings those along."""
    if name in ready.core():
        return _add_core(tree, part, name)
    if name not in ready.about() or name in tree.questions:
        raise NoSuchPart(name)
    asked = ready.question(name, tree)
    tree = _placed(tree, part, asked)
    for other in ready.about() if name == ready.FOLLOWED_UP else ():
        code = other.removeprefix(f"{name}_")
        if code != other and code in asked.codes:
            rule = Condition(question=name, test=Test.EQUALS, values=[code])
            page = Page(
                name=redrafting.free_name(other, {page.name for page in tree.pages}),
                questions=[ready.question(other, tree)],
                show_when=Route(match=Match.ALL, conditions=[rule]),
            )
            tree = redrafting.add_page(tree, page)
    return tree, f"question-{name}"


def _add_core(tree: Questionnaire, part: str, name: str) -> tuple[Questionnaire, str]:
    """A core question with its measure, and the others of its index, each on a page of its own."""
    if not ready.lacks(tree, name):
        raise NoSuchPart(name)
    for each in (name, *ready.core()[name].get("brings", ())):
        if ready.lacks(tree, each):
            tree = _placed(tree, part if each == name else "", ready.question(each, tree))
            tree = redrafting.with_measure(tree, each, ready.measure(each, tree))
    return tree, f"question-{name}"


def _placed(tree: Questionnaire, part: str, question: Question) -> Questionnaire:
    """A question on a page; without one, on the first empty page or on a new one at the end."""
    if part:
        return redrafting.add_question(tree, question, page=part)
    empty = next((p for p in tree.pages if not p.questions and not p.statements), None)
    if empty is not None:
        return redrafting.add_question(tree, question, page=empty.name)
    name = redrafting.free_name(question.name, {page.name for page in tree.pages})
    return redrafting.add_page(tree, Page(name=name, questions=[question]))


def _add_page(tree: Questionnaire, part: str, _sent: Sent) -> tuple[Questionnaire, str]:
    """A page of sentences, after another or at the end."""
    name = redrafting.free_name(f"page_{len(tree.pages) + 1}", {page.name for page in tree.pages})
    page = Page(name=name, statements=[Statement(say={})])
    return redrafting.add_page(tree, page, after=part or None), f"page-{name}"


STEPS: dict[str, Step] = {
    "page-add": _add_page,
    "page-up": _page_step(lambda tree, part: redrafting.move_page(tree, part, -1)),
    "page-down": _page_step(lambda tree, part: redrafting.move_page(tree, part, 1)),
    "page-copy": _copied("page", redrafting.copy_page),
    "page-remove": lambda tree, part, _sent: (redrafting.remove_page(tree, part), "outline"),
    "question-add": _add_question,
    "question-up": _question_step(lambda tree, part: redrafting.move_question(tree, part, -1)),
    "question-down": _question_step(lambda tree, part: redrafting.move_question(tree, part, 1)),
    "question-copy": _copied("question", redrafting.copy_question),
    "question-alone": _copied("page", redrafting.split_question),
    "question-remove": lambda tree, part, _sent: (
        redrafting.remove_question(tree, part),
        "outline",
    ),
}
ADDING = frozenset({"question-add"})
TAKING_OUT = frozenset({"page-remove", "question-remove"})


def needing(tree: Questionnaire, action: str, part: str) -> list[Page]:
    """Pages that are shown by the answers to what would be taken out."""
    if action == "question-remove":
        return redrafting.routed_pages(tree, [part])
    gone = redrafting.page_of(tree, part)
    names = [question.name for question in gone.questions]
    return [page for page in redrafting.routed_pages(tree, names) if page.name != part]


def page_step(page: Page, action: str, part: str, tree: Questionnaire) -> dict[str, Any]:
    """What changes of a page when one of its buttons is pressed, on top of what was written."""
    statements, route = list(page.statements), page.show_when
    number = int(part) if part.isdecimal() and len(part) < 4 else -1
    if action == "say-add":
        statements.append(Statement(say={}))
    elif action == "say-remove" and 0 <= number < len(statements):
        del statements[number]
    elif action in ("say-up", "say-down") and 0 <= number < len(statements):
        moved = statements.pop(number)
        statements.insert(max(0, number + (1 if action == "say-down" else -1)), moved)
    elif action == "when-add":
        route = _with_condition(route, part, tree)
    elif action == "when-remove" and route and 0 <= number < len(route.conditions):
        kept = [each for at, each in enumerate(route.conditions) if at != number]
        route = changed(route, conditions=kept) if kept else None
    return {"title": page.title, "statements": statements, "show_when": route}


def _with_condition(route: Route | None, name: str, tree: Questionnaire) -> Route | None:
    asked = tree.questions.get(name)
    if asked is None:
        return route
    first = Condition(question=name, test=Test.ANSWERED)
    if asked.options:
        first = Condition(question=name, test=Test.EQUALS, values=[asked.options[0].code])
    if route is None:
        return Route(conditions=[first])
    return changed(route, conditions=[*route.conditions, first])


def question_step(
    tree: Questionnaire,
    before: Question,
    form: Any,
    action: str,
    part: str,
    known: Iterable[Measure],
) -> tuple[Questionnaire, str]:
    """The draft with a question as its form says and one of its buttons carried out; its name.

    A question gets its name from its first words, so that downloads can be read.
    """
    made = forms.apply_question(form, before)
    if form.kind.data != forms.choice_of(before):
        kind, points = forms.kind_of(form.kind.data)
        scale = [Option.model_validate(o) for o in ready.options(kind, points, tree)]
        made = redrafting.of_kind(made, kind, points, scale)
    if action == "option-add":
        made = redrafting.add_option(made)
    elif action in ("option-up", "option-down") and part in made.codes:
        made = redrafting.move_option(made, part, 1 if action == "option-down" else -1)
    elif action == "option-remove" and part in made.codes:
        made = redrafting.remove_option(made, part)
    tree = redrafting.set_question(tree, before.name, made)
    tree = redrafting.with_measure(tree, before.name, _measure(tree, made, form, known))
    if not before.ask and made.ask and before.name.startswith(UNNAMED):
        return redrafting.rename_question(tree, before.name, said(made.ask, DEFAULT))
    return tree, before.name


def _measure(
    tree: Questionnaire, question: Question, form: Any, known: Iterable[Measure]
) -> Measure | None:
    found = {measure.name: measure for measure in (*tree.measures, *known)}
    title = (form.new_measure.data or "").strip()
    if form.measure.data == "+" and title:
        return forms.new_measure(title, redrafting.free_name(title, found), question)
    return found.get(form.measure.data)


def asked_before(tree: Questionnaire, page: str) -> list[Question]:
    """The questions that a page's rule can look at."""
    pages = tree.pages[: redrafting.page_index(tree, page)]
    return [question for page in pages for question in page.questions]


def following(name: str, tree: Questionnaire, kind: str, own: str) -> str | None:
    """The address of the question after this one (or the first after a page)."""
    names = list(tree.questions)
    if kind == "question":
        rest = names[names.index(own) + 1 :] if own in names else []
    else:
        rest = [question.name for question in redrafting.page_of(tree, own).questions]
    return url_for("authoring.question", name=name, question=rest[0]) if rest else None


# What is still to do


@dataclass
class Missing:
    """The texts that one language or presentation still lacks."""

    tag: str
    presentation: Presentation
    places: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What is missing, in words."""
        own = OFFERED[self.tag].own_name
        if self.presentation is Presentation.EASY_READ:
            return gettext("%(language)s, easy read", language=own)
        return gettext("%(language)s, usual words", language=own)


def missing(tree: Questionnaire) -> list[Missing]:
    """Each language's and presentation's missing texts; only those that miss any."""
    found = {
        (tag, presentation): Missing(tag, presentation)
        for tag in tree.languages
        for presentation in Presentation
    }
    for place, key, words in redrafting.texts(tree):
        if not words and (key not in WANTED | {"option"} or place.startswith("page:")):
            continue
        for (tag, presentation), gap in found.items():
            wording = words.get(tag)
            easy = presentation is Presentation.EASY_READ
            if wording is None or (easy and not wording.easy):
                gap.places.append(place)
    return [gap for gap in found.values() if gap.places]


def written(tree: Questionnaire, tag: str) -> int:
    """How many texts are written in a language."""
    return sum(tag in words for _place, _key, words in redrafting.texts(tree))


def place_address(name: str, place: str) -> str:
    """The page of the designer where a part is written."""
    kind, _, part = place.partition(":")
    if kind == "question":
        return url_for("authoring.question", name=name, question=part)
    if kind == "page":
        return url_for("authoring.page", name=name, page=part)
    return url_for("authoring.start", name=name)


@dataclass(frozen=True)
class ToMend:
    """Something that keeps a draft from being published: where, and what to do."""

    place: str
    words: str


def to_mend(tree: Questionnaire, pictures: Collection[str] | None) -> list[ToMend]:
    """Everything that keeps a draft from being published, each thing once."""
    found = {_place(tree, path): _mended(path) for path, _words in faults(tree, pictures)}
    return [ToMend(place, words) for place, words in found.items()]


def _place(tree: Questionnaire, path: tuple[Any, ...]) -> str:
    if path[0] == "pages" and len(path) > 1:
        page = tree.pages[path[1]]
        if len(path) > 3 and path[2] == "questions":
            return f"question:{page.questions[path[3]].name}"
        return f"page:{page.name}"
    if path[0] == "measures":
        name = tree.measures[path[1]].name
        carrier = next((q.name for q in tree.questions.values() if q.measure == name), None)
        return f"question:{carrier}" if carrier else "start"
    return "start"


def _mended(path: tuple[Any, ...]) -> str:
    if "show_when" in path:
        return gettext(
            "The rule that shows this page does not fit any more. "
            "Look at which earlier question and answer it asks for."
        )
    if "picture" in path:
        return gettext("A picture needs another look: it is missing, used twice, or says nothing.")
    if path[-1] in WANTED:
        return gettext("Words are missing here.")
    if path[0] == "measures" or path[-1] == "measure":
        return gettext("What this question measures does not fit its kind of answer.")
    if path[-1] == "lowest":
        return gettext("The smallest number must be less than the largest.")
    if len(path) == 2:
        return gettext("This page is empty. Add a question or a sentence, or take it out.")
    return gettext("The answers need another look: their number does not fit the kind.")
