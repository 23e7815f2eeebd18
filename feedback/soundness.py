"""What is wrong with a questionnaire though every piece of it is well formed.

Each fault carries the path to the piece, so that a survey file can name the line, and says
what to do about it.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from feedback.languages import OFFERED
from feedback.questionnaire import Condition, Page, Picture, Question, Questionnaire, Words
from feedback.vocabulary import QuestionKind, Test

# Texts that a survey cannot do without.
WANTED = frozenset({"title", "asked_by", "why", "read_by", "afterwards", "ask", "say", "label"})

Path = tuple[str | int, ...]
Fault = tuple[Path, str]

POINTS = {QuestionKind.FACES: (2, 3, 5), QuestionKind.AGREEMENT: (3, 5), QuestionKind.YES_NO: (3,)}


def faults(
    questionnaire: Questionnaire, pictures: Collection[str] | None = None
) -> Iterator[Fault]:
    """Everything that keeps the questionnaire from being stored.

    Args:
        questionnaire: the tree to look at.
        pictures: names of the pictures that there are; None leaves them unchecked.

    Yields:
        The path to the piece, as keys and positions from 0, and what to do, in plain words.
    """
    yield from _languages(questionnaire)
    yield from _names(questionnaire)
    measures = {measure.name for measure in questionnaire.measures}
    yield from _measures(questionnaire)
    earlier: dict[str, Question] = {}
    for at, page in enumerate(questionnaire.pages):
        path: Path = ("pages", at)
        yield from _page(page, path, earlier)
        for number, question in enumerate(page.questions):
            yield from _question(question, (*path, "questions", number), measures)
            earlier[question.name] = question
    yield from _words(questionnaire)
    yield from _pictures(questionnaire, pictures)


def _languages(questionnaire: Questionnaire) -> Iterator[Fault]:
    for at, tag in enumerate(questionnaire.languages):
        if tag not in OFFERED:
            yield ("languages", at), f"{tag!r} is not offered. Choose from: {', '.join(OFFERED)}."


def _names(questionnaire: Questionnaire) -> Iterator[Fault]:
    pages = Counter(page.name for page in questionnaire.pages)
    questions = Counter(
        question.name for page in questionnaire.pages for question in page.questions
    )
    measures = Counter(measure.name for measure in questionnaire.measures)
    for at, page in enumerate(questionnaire.pages):
        if pages[page.name] > 1:
            yield (
                ("pages", at, "name"),
                f"Two pages are called {page.name!r}. Give one another name.",
            )
        for number, question in enumerate(page.questions):
            if questions[question.name] > 1:
                yield (
                    ("pages", at, "questions", number, "name"),
                    f"Two questions are called {question.name!r}. Give one another name.",
                )
    for at, measure in enumerate(questionnaire.measures):
        if measures[measure.name] > 1:
            yield ("measures", at, "name"), f"Two measures are called {measure.name!r}."


def _measures(questionnaire: Questionnaire) -> Iterator[Fault]:
    for at, measure in enumerate(questionnaire.measures):
        path: Path = ("measures", at)
        carriers = [q for q in questionnaire.questions.values() if q.measure == measure.name]
        if not carriers:
            yield (
                path,
                f"No question carries {measure.name!r}. Give one `measure:`, or take this out.",
            )
        if len({(question.kind, question.points) for question in carriers}) > 1:
            yield path, "A measure belongs to questions of one kind and one number of points."
        for code in measure.top:
            if any(code not in question.codes for question in carriers):
                yield (*path, "top"), f"{code!r} is not an option of the question that is measured."


def _page(page: Page, path: Path, earlier: dict[str, Question]) -> Iterator[Fault]:
    if not page.questions and not page.statements:
        yield path, "This page is empty. Give it `questions`, or `statements` that inform."
    if page.show_when is None:
        return
    for at, condition in enumerate(page.show_when.conditions):
        where = (*path, "show_when", page.show_when.match.value, at)
        asked = earlier.get(condition.question)
        if asked is None:
            yield (
                where,
                f"No earlier page asks {condition.question!r}. "
                "A page can only look back: name a question from a page before this one.",
            )
        else:
            yield from _condition(condition, asked, where)


def _condition(condition: Condition, asked: Question, where: Path) -> Iterator[Fault]:
    wanted = {Test.ANSWERED: (0, 0), Test.ONE_OF: (1, 100)}.get(condition.test, (1, 1))
    if not wanted[0] <= len(condition.values) <= wanted[1]:
        yield where, f"Write one value after `{condition.test}:` (several only after `one_of:`)."
        return
    match condition.test:
        case Test.ANSWERED:
            return
        case Test.GREATER_THAN:
            if not asked.kind.has_number:
                yield where, f"{asked.name!r} has no number to compare. Use `equals` or `one_of`."
            elif not _whole(condition.values[0]):
                yield where, "`greater_than` needs a whole number."
        case Test.EQUALS | Test.ONE_OF:
            if asked.kind.is_written:
                yield where, f"{asked.name!r} is answered in free words. Use `answered: true`."
            for value in condition.values:
                if asked.kind.has_number and not _whole(value):
                    yield where, f"{asked.name!r} is answered with a whole number, not {value!r}."
                elif asked.kind.has_options and value not in asked.codes:
                    codes = ", ".join(option.code for option in asked.options)
                    yield where, f"{asked.name!r} has no option {value!r}. It has: {codes}."


def _question(question: Question, path: Path, measures: Collection[str]) -> Iterator[Fault]:
    kind = question.kind
    codes = Counter(option.code for option in question.options)
    for at, option in enumerate(question.options):
        if codes[option.code] > 1:
            yield (*path, "options", at, "code"), f"Two options have the code {option.code!r}."
    if kind in POINTS:
        if question.points not in POINTS[kind]:
            allowed = " or ".join(str(points) for points in POINTS[kind])
            yield path, f"A question of kind `{kind}` needs `points:` {allowed}."
        elif len(question.options) != question.points:
            yield (
                path,
                f"`points` is {question.points} but there are {len(question.options)} options. "
                "Make them the same, or leave the options out to get the ready ones.",
            )
    elif question.points is not None:
        yield (*path, "points"), f"`points` is for scales. Take it out of this `{kind}` question."
    if kind.has_options and len(question.options) < 2:
        yield path, "This question needs at least two options."
    if not kind.has_options and question.options:
        yield (*path, "options"), f"A `{kind}` question has no options. Take them out."
    if question.required and question.skip:
        yield path, "A question cannot be both `required` and `skip`. Keep one of them."
    if question.lowest >= question.highest:
        yield (*path, "lowest"), "`lowest` must be smaller than `highest`."
    if kind is QuestionKind.RATING and (question.lowest, question.highest) != (0, 10):
        yield path, "A rating goes from 0 to 10. Take `lowest` and `highest` out."
    if question.measure is not None and question.measure not in measures:
        yield (
            (*path, "measure"),
            f"There is no measure {question.measure!r}. Add it to `measures:` at the top.",
        )


def _words(questionnaire: Questionnaire) -> Iterator[Fault]:
    first = questionnaire.languages[0]
    for path, words in _texts(questionnaire):
        if not words:
            page_title = path[0] == "pages" and path[-1] == "title"
            if path[-1] in WANTED and not page_title:
                yield path, f"Words are missing here. Write them at least in {first!r}."
            continue
        if first not in words:
            yield (
                path,
                f"The words in {first!r} are missing. They are the ones all others come from.",
            )
        for tag in words:
            if tag not in questionnaire.languages:
                yield (
                    path,
                    f"{tag!r} is not in `languages:` at the top. Add it there or take it out.",
                )


def _texts(questionnaire: Questionnaire) -> Iterator[tuple[Path, Words]]:
    for key in ("title", "asked_by", "why", "read_by", "afterwards"):
        yield (key,), getattr(questionnaire, key)
    for at, term in enumerate(questionnaire.glossary):
        yield ("glossary", at, "word"), term.word
        yield ("glossary", at, "meaning"), term.meaning
    for at, measure in enumerate(questionnaire.measures):
        yield ("measures", at, "title"), measure.title
    for at, page in enumerate(questionnaire.pages):
        path: Path = ("pages", at)
        yield (*path, "title"), page.title
        for number, statement in enumerate(page.statements):
            yield (*path, "statements", number, "say"), statement.say
            yield from _alt(statement.picture, (*path, "statements", number))
        for number, question in enumerate(page.questions):
            here = (*path, "questions", number)
            for key in ("ask", "help", "reason", "low_label", "high_label"):
                yield (*here, key), getattr(question, key)
            yield from _alt(question.picture, here)
            for order, option in enumerate(question.options):
                yield (*here, "options", order, "label"), option.label
                yield from _alt(option.picture, (*here, "options", order))


def _alt(picture: Picture | None, path: Path) -> Iterator[tuple[Path, Words]]:
    if picture is not None:
        yield (*path, "picture", "alt"), picture.alt


def _pictures(questionnaire: Questionnaire, known: Collection[str] | None) -> Iterator[Fault]:
    for at, page in enumerate(questionnaire.pages):
        path: Path = ("pages", at)
        for number, statement in enumerate(page.statements):
            yield from _picture(statement.picture, (*path, "statements", number, "picture"), known)
        for number, question in enumerate(page.questions):
            here = (*path, "questions", number)
            yield from _picture(question.picture, (*here, "picture"), known)
            seen: set[str] = set()
            for order, option in enumerate(question.options):
                where = (*here, "options", order, "picture")
                yield from _picture(option.picture, where, known)
                if option.picture and option.picture.name in seen:
                    yield where, "Two options share a picture. Choose another so that they differ."
                if option.picture:
                    seen.add(option.picture.name)


def _picture(picture: Picture | None, path: Path, known: Collection[str] | None) -> Iterator[Fault]:
    if picture is None:
        return
    if known is not None and picture.name not in known:
        yield (
            path,
            f"There is no picture {picture.name!r}. Look it up with `feedback pictures WORD`.",
        )
    if picture.decorative and picture.alt:
        yield path, "A decorative picture says nothing. Take out `decorative` or the `alt` words."
    if not picture.decorative and not picture.alt:
        yield path, "Say in `alt` what the picture shows, or mark it `decorative: true`."


def _whole(value: str) -> bool:
    return value.removeprefix("-").isdecimal()
