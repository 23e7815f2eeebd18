"""Changes to a questionnaire while it is written, each giving a new one.

A draft may be unfinished: words may be missing and a route may look at a question that is not
there any more. `soundness` says so, and publishing waits for it. Parts are found by their
names, so that a change fits whatever somebody else has changed meanwhile.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast

from feedback.questionnaire import (
    Condition,
    Measure,
    Option,
    Page,
    Part,
    Picture,
    Question,
    Questionnaire,
    Route,
    Statement,
    Words,
)
from feedback.vocabulary import LARGEST_NUMBER, QuestionKind

LONGEST_NAME = 40
_INSIDE = ("pages", "measures")  # what the words and choices of the start are not
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")

T = TypeVar("T")
P = TypeVar("P", bound=Part)


class NoSuchPart(Exception):
    """The page, question or option is not in the questionnaire (any more)."""


def changed(part: P, **changes: Any) -> P:
    """A piece with some values changed, and nothing kept of what was worked out from the old."""
    values = {key: getattr(part, key) for key in type(part).model_fields}
    fields_set = part.model_fields_set | changes.keys()
    return cast(P, type(part).model_construct(_fields_set=fields_set, **(values | changes)))


# Finding


def page_of(draft: Questionnaire, name: str) -> Page:
    """The page with this name."""
    return draft.pages[page_index(draft, name)]


def page_index(draft: Questionnaire, name: str) -> int:
    """Where a page stands, from 0."""
    return _index(draft.pages, lambda page: page.name == name)


def question_of(draft: Questionnaire, name: str) -> Question:
    """The question with this name."""
    if name not in draft.questions:
        raise NoSuchPart(name)
    return draft.questions[name]


def home_of(draft: Questionnaire, name: str) -> Page:
    """The page on which a question stands."""
    return draft.pages[_home(draft, name)[0]]


def routed_pages(draft: Questionnaire, names: Iterable[str]) -> list[Page]:
    """Pages whose routes look at one of these questions."""
    looked_at = set(names)
    return [
        page
        for page in draft.pages
        if page.show_when and any(c.question in looked_at for c in page.show_when.conditions)
    ]


def part_at(draft: Questionnaire, place: str) -> object:
    """What one page of the designer changes, to compare: `start`, `page:NAME`, `question:NAME`.

    None where the part is not there (any more).
    """
    kind, _, name = place.partition(":")
    if kind == "question":
        return draft.questions.get(name)
    if kind == "page":
        page = next((page for page in draft.pages if page.name == name), None)
        return page and (page.title, page.statements, page.show_when)
    return [getattr(draft, key) for key in Questionnaire.model_fields if key not in _INSIDE]


# Pages


def add_page(draft: Questionnaire, page: Page, *, after: str | None = None) -> Questionnaire:
    """The draft with one more page, at the end or after another."""
    at = len(draft.pages) if after is None else page_index(draft, after) + 1
    return _with_pages(draft, [*draft.pages[:at], page, *draft.pages[at:]])


def move_page(draft: Questionnaire, name: str, steps: int) -> Questionnaire:
    """The draft with a page further down (or up, with steps below 0); at an end it stays."""
    return _with_pages(draft, _moved(draft.pages, page_index(draft, name), steps))


def copy_page(draft: Questionnaire, name: str) -> tuple[Questionnaire, str]:
    """The draft with a page twice, and the name of the second; its questions get new names."""
    page = page_of(draft, name)
    taken = set(draft.questions)
    questions = []
    for question in page.questions:
        fresh = free_name(question.name, taken)
        taken.add(fresh)
        questions.append(changed(question, name=fresh))
    fresh = free_name(name, {each.name for each in draft.pages})
    twin = changed(page, name=fresh, questions=questions)
    return add_page(draft, twin, after=name), fresh


def remove_page(draft: Questionnaire, name: str) -> Questionnaire:
    """The draft without a page; conditions that looked at its questions go with it."""
    at = page_index(draft, name)
    gone = [question.name for question in draft.pages[at].questions]
    return _without_conditions(
        _with_pages(draft, [*draft.pages[:at], *draft.pages[at + 1 :]]), gone
    )


def set_page(draft: Questionnaire, name: str, **changes: Any) -> Questionnaire:
    """The draft with some of a page's own parts changed (title, statements, show_when)."""
    at = page_index(draft, name)
    page = changed(draft.pages[at], **changes)
    return _with_pages(draft, _replaced(draft.pages, at, page))


# Questions


def add_question(draft: Questionnaire, question: Question, *, page: str) -> Questionnaire:
    """The draft with one more question at the end of a page."""
    return set_page(draft, page, questions=[*page_of(draft, page).questions, question])


def move_question(draft: Questionnaire, name: str, steps: int) -> Questionnaire:
    """The draft with a question one place further (or back); past an end it changes its page.

    A page that is left with nothing on it goes away.
    """
    at, number = _home(draft, name)
    page = draft.pages[at]
    if 0 <= number + steps < len(page.questions):
        return set_page(draft, page.name, questions=_moved(page.questions, number, steps))
    other = at + (1 if steps > 0 else -1)
    if not 0 <= other < len(draft.pages):
        return draft
    question, target = page.questions[number], draft.pages[other]
    kept = [each for each in page.questions if each.name != name]
    joined = [question, *target.questions] if steps > 0 else [*target.questions, question]
    pages = _replaced(draft.pages, at, changed(page, questions=kept))
    pages = _replaced(pages, other, changed(target, questions=joined))
    if not kept and not page.statements:
        pages = [each for each in pages if each.name != page.name]
    return _with_pages(draft, pages)


def split_question(draft: Questionnaire, name: str) -> tuple[Questionnaire, str]:
    """The draft with a question on a page of its own, right after the one where it stood."""
    page = home_of(draft, name)
    if len(page.questions) == 1:
        return draft, page.name
    fresh = free_name(name, {each.name for each in draft.pages})
    alone = Page(name=fresh, questions=[question_of(draft, name)])
    kept = [each for each in page.questions if each.name != name]
    return add_page(set_page(draft, page.name, questions=kept), alone, after=page.name), fresh


def copy_question(draft: Questionnaire, name: str) -> tuple[Questionnaire, str]:
    """The draft with a question twice, and the name of the second."""
    page = home_of(draft, name)
    fresh = free_name(name, draft.questions)
    at = _index(page.questions, lambda each: each.name == name) + 1
    twin = changed(page.questions[at - 1], name=fresh)
    questions = [*page.questions[:at], twin, *page.questions[at:]]
    return set_page(draft, page.name, questions=questions), fresh


def remove_question(draft: Questionnaire, name: str) -> Questionnaire:
    """The draft without a question, its page if nothing is left on it, and routes that need it."""
    page = home_of(draft, name)
    kept = [each for each in page.questions if each.name != name]
    if not kept and not page.statements and len(draft.pages) > 1:
        return remove_page(draft, page.name)
    return _without_conditions(set_page(draft, page.name, questions=kept), [name])


def set_question(draft: Questionnaire, name: str, question: Question) -> Questionnaire:
    """The draft with a question in another shape; its name stays, for answers hang on it."""
    at, number = _home(draft, name)
    page = draft.pages[at]
    questions = _replaced(page.questions, number, changed(question, name=name))
    return _with_pages(draft, _replaced(draft.pages, at, changed(page, questions=questions)))


def rename_question(draft: Questionnaire, name: str, wish: str) -> tuple[Questionnaire, str]:
    """The draft with a question under a name like the one wished for, and that name.

    Only for a question that nobody has answered yet: its answers would not find it again.
    """
    others = [each for each in draft.questions if each != name]
    fresh = free_name(wish, others)
    at, number = _home(draft, name)
    page = draft.pages[at]
    questions = _replaced(page.questions, number, changed(page.questions[number], name=fresh))
    made = _with_pages(draft, _replaced(draft.pages, at, changed(page, questions=questions)))
    pages = [
        changed(each, show_when=_route_renamed(each.show_when, name, fresh)) for each in made.pages
    ]
    return _with_pages(made, pages), fresh


def _route_renamed(route: Route | None, name: str, fresh: str) -> Route | None:
    if route is None:
        return None
    conditions = [
        changed(each, question=fresh) if each.question == name else each
        for each in route.conditions
    ]
    return changed(route, conditions=conditions)


def of_kind(
    question: Question, kind: QuestionKind, points: int | None, ready: Sequence[Option]
) -> Question:
    """A question as another kind; what the kind does not have falls away.

    Args:
        ready: the options of the scale, for kinds that come with some.
    """
    options = list(ready) if ready else question.options if kind.has_options else []
    rating, number = kind is QuestionKind.RATING, kind is QuestionKind.NUMBER
    return changed(
        question,
        kind=kind,
        points=points,
        options=options,
        lowest=question.lowest if number else 0,
        highest=10 if rating else question.highest if number else LARGEST_NUMBER,
        low_label=question.low_label if rating else {},
        high_label=question.high_label if rating else {},
        measure=question.measure if kind is question.kind else None,
    )


def add_option(question: Question, label: Words | None = None) -> Question:
    """A question with one more option, its code free of the others'."""
    taken = {option.code for option in question.options}
    code = free_name(f"option_{len(question.options) + 1}", taken)
    return changed(question, options=[*question.options, Option(code=code, label=label or {})])


def move_option(question: Question, code: str, steps: int) -> Question:
    """A question with an option further down (or up)."""
    at = _index(question.options, lambda option: option.code == code)
    return changed(question, options=_moved(question.options, at, steps))


def remove_option(question: Question, code: str) -> Question:
    """A question without an option."""
    at = _index(question.options, lambda option: option.code == code)
    kept = [*question.options[:at], *question.options[at + 1 :]]
    return changed(question, options=kept)


# Pictures: every part that can carry one has a place, written as one line of text.


def picture_at(draft: Questionnaire, place: str) -> Picture | None:
    """The picture at a place: `question:NAME`, `option:NAME:CODE` or `statement:PAGE:NUMBER`."""
    return _pictured(draft, place).picture


def words_at(draft: Questionnaire, place: str) -> Words:
    """The words that the picture at a place goes with."""
    part = _pictured(draft, place)
    if isinstance(part, Question):
        return part.ask
    return part.label if isinstance(part, Option) else part.say


def set_picture(draft: Questionnaire, place: str, picture: Picture | None) -> Questionnaire:
    """The draft with another picture at a place, or none."""
    part = changed(_pictured(draft, place), picture=picture)
    _kind, name, *rest = place.split(":")
    if isinstance(part, Question):
        return set_question(draft, name, part)
    if isinstance(part, Option):
        question = question_of(draft, name)
        at = _index(question.options, lambda option: option.code == rest[0])
        options = _replaced(question.options, at, part)
        return set_question(draft, name, changed(question, options=options))
    statements = page_of(draft, name).statements
    return set_page(draft, name, statements=_replaced(statements, int(rest[0]), part))


def _pictured(draft: Questionnaire, place: str) -> Question | Option | Statement:
    match place.split(":"):
        case ["question", name]:
            return question_of(draft, name)
        case ["option", name, code]:
            option = question_of(draft, name).option(code)
            if option is not None:
                return option
        case ["statement", name, number] if number.isdecimal() and len(number) < 4:
            statements = page_of(draft, name).statements
            if int(number) < len(statements):
                return statements[int(number)]
    raise NoSuchPart(place)


# Names


def free_name(wish: str, taken: Iterable[str]) -> str:
    """A name like the one wished for that nothing has yet: `how_was_it`, `how_was_it_2`."""
    others = set(taken)
    plain = unicodedata.normalize("NFKD", wish).casefold()
    plain = _NOT_IN_NAMES.sub("_", plain.encode("ascii", "ignore").decode()).strip("_")
    if not plain or not plain[0].isalpha():
        plain = f"q_{plain}".strip("_")
    plain = _shortened(plain, LONGEST_NAME)
    number, name = 1, plain
    while name in others:
        number += 1
        ending = f"_{number}"
        name = _shortened(plain, LONGEST_NAME - len(ending)) + ending
    return name


def _shortened(name: str, most: int) -> str:
    if len(name) <= most:
        return name
    cut = name[: most + 1].rpartition("_")[0]
    return (cut or name[:most]).strip("_")


# Small steps


def _home(draft: Questionnaire, name: str) -> tuple[int, int]:
    for at, page in enumerate(draft.pages):
        for number, question in enumerate(page.questions):
            if question.name == name:
                return at, number
    raise NoSuchPart(name)


def _index(parts: Sequence[T], fits: Callable[[T], bool]) -> int:
    found = next((at for at, part in enumerate(parts) if fits(part)), None)
    if found is None:
        raise NoSuchPart
    return found


def _moved(parts: Sequence[T], at: int, steps: int) -> list[T]:
    to = max(0, min(len(parts) - 1, at + steps))
    others = [part for number, part in enumerate(parts) if number != at]
    return [*others[:to], parts[at], *others[to:]]


def _replaced(parts: Sequence[T], at: int, part: T) -> list[T]:
    return [*parts[:at], part, *parts[at + 1 :]]


def _with_pages(draft: Questionnaire, pages: Sequence[Page]) -> Questionnaire:
    return changed(draft, pages=list(pages))


def _without_conditions(draft: Questionnaire, names: Iterable[str]) -> Questionnaire:
    """The draft without what hung on questions that are gone: conditions, and their measures."""
    gone = set(names)
    pages = [changed(page, show_when=_route_without(page.show_when, gone)) for page in draft.pages]
    return _carried(_with_pages(draft, pages))


def _route_without(route: Route | None, gone: set[str]) -> Route | None:
    if route is None:
        return None
    kept: list[Condition] = [each for each in route.conditions if each.question not in gone]
    return changed(route, conditions=kept) if kept else None


# Words and measures


def texts(draft: Questionnaire) -> Iterator[tuple[str, str, Words]]:
    """Every text with where it is written and what it is: (`question:NAME`, `ask`, words)."""
    for key in ("title", "asked_by", "why", "read_by", "afterwards"):
        yield "start", key, getattr(draft, key)
    for page in draft.pages:
        yield f"page:{page.name}", "title", page.title
        for statement in page.statements:
            yield f"page:{page.name}", "say", statement.say
        for question in page.questions:
            place = f"question:{question.name}"
            for key in ("ask", "help", "reason", "low_label", "high_label"):
                yield place, key, getattr(question, key)
            for option in question.options:
                yield place, "option", option.label


def in_languages(draft: Questionnaire, tags: Sequence[str]) -> Questionnaire:
    """The draft in these languages; what was written in others goes."""
    kept = [*(tag for tag in draft.languages if tag in tags)]
    kept += [tag for tag in tags if tag not in kept]
    tree = _only(draft.model_dump(mode="json", exclude_defaults=True), set(kept))
    return Questionnaire.model_validate({**tree, "languages": kept})


def _only(value: Any, tags: set[str]) -> Any:
    if isinstance(value, list):
        return [_only(each, tags) for each in value]
    if not isinstance(value, dict):
        return value
    words = bool(value) and all(isinstance(v, dict) and "standard" in v for v in value.values())
    return {key: _only(v, tags) for key, v in value.items() if not words or key in tags}


def with_measure(draft: Questionnaire, name: str, measure: Measure | None) -> Questionnaire:
    """The draft with a question that carries a measure, or none; measures nobody carries go."""
    question = question_of(draft, name)
    carried = measure.name if measure else None
    made = set_question(draft, name, changed(question, measure=carried))
    known = {each.name: each for each in draft.measures}
    if measure:
        known[measure.name] = measure
    return _carried(changed(made, measures=list(known.values())))


def _carried(draft: Questionnaire) -> Questionnaire:
    """The draft without measures that no question carries: such a one could not be published."""
    used = {each.measure for each in draft.questions.values()}
    return changed(draft, measures=[each for each in draft.measures if each.name in used])
