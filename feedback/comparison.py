"""What differs between two states of a questionnaire, part by part, in the order of the newer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from feedback.questionnaire import Page, Picture, Question, Questionnaire, Route, Words
from feedback.vocabulary import Presentation

START_TEXTS = ("title", "why", "asked_by", "read_by", "afterwards")
START_CHOICES = ("audience", "languages", "minutes", "easy_first")
QUESTION_TEXTS = ("ask", "help", "reason", "low_label", "high_label")
QUESTION_CHOICES = (
    *("kind", "points", "required", "dont_know", "skip"),
    *("lowest", "highest", "measure"),
)


class How(StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Detail:
    """One text or choice that differs.

    `what` is the key of the questionnaire ("ask", "option", "picture" …); `tag` and
    `presentation` say which wording of a text, and are None for choices.
    """

    what: str
    tag: str | None
    presentation: Presentation | None
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """A part that differs: where it is (`start`, `page:NAME`, `question:NAME`) and its words."""

    how: How
    place: str
    words: Words
    details: Sequence[Detail] = ()


Facts = dict[tuple[str, str | None, Presentation | None, str], str]


def differences(old: Questionnaire, new: Questionnaire) -> list[Difference]:
    """Everything that differs, the start first, then pages and questions as the new one asks."""
    found = [*_changed("start", new.title, _start(old), _start(new))]
    old_pages, new_pages = ({page.name: page for page in each.pages} for each in (old, new))
    found += _parts("page", old_pages, new_pages, _page_words, _page)
    found += _parts("question", old.questions, new.questions, lambda each: each.ask, _question)
    return found


def question_details(old: Question, new: Question) -> list[Detail]:
    """What differs between two states of one question."""
    return _details(_question(old), _question(new))


def page_details(old: Page, new: Page) -> list[Detail]:
    """What differs between two states of one page, without its questions."""
    return _details(_page(old), _page(new))


def start_details(old: Questionnaire, new: Questionnaire) -> list[Detail]:
    """What differs between two states of the words and choices of the start."""
    return _details(_start(old), _start(new))


def _parts(kind, old, new, words_of, facts_of) -> Iterator[Difference]:  # type: ignore[no-untyped-def]
    moved = _moved(list(old), list(new))
    for name, part in new.items():
        place = f"{kind}:{name}"
        if name not in old:
            yield Difference(How.ADDED, place, words_of(part))
            continue
        if name in moved:
            yield Difference(How.MOVED, place, words_of(part))
        yield from _changed(place, words_of(part), facts_of(old[name]), facts_of(part))
    for name, part in old.items():
        if name not in new:
            yield Difference(How.REMOVED, f"{kind}:{name}", words_of(part))


def _changed(place: str, words: Words, old: Facts, new: Facts) -> Iterator[Difference]:
    details = _details(old, new)
    if details:
        yield Difference(How.CHANGED, place, words, details)


def _details(old: Facts, new: Facts) -> list[Detail]:
    keys = [*new, *(key for key in old if key not in new)]
    return [
        Detail(what, tag, presentation, old.get(key, ""), new.get(key, ""))
        for key in keys
        for what, tag, presentation, _part in [key]
        if old.get(key, "") != new.get(key, "")
    ]


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest names whose moving makes one order out of the other."""
    before = [name for name in old if name in new]
    after = [name for name in new if name in old]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {name for block in blocks for name in after[block.b : block.b + block.size]}
    return set(after) - stayed


def _start(draft: Questionnaire) -> Facts:
    facts = _texts({key: getattr(draft, key) for key in START_TEXTS})
    facts |= _choices({key: getattr(draft, key) for key in START_CHOICES})
    for term in draft.glossary:
        part = next((wording.standard for wording in term.word.values()), "")
        facts |= _texts({"term": term.word, "meaning": term.meaning}, part)
    return facts


def _page(page: Page) -> Facts:
    facts = _texts({"title": page.title})
    for number, statement in enumerate(page.statements):
        facts |= _texts({"say": statement.say}, str(number))
        facts |= _picture(statement.picture, f"say {number}")
    return facts | _choices({"show_when": _route(page.show_when)})


def _question(question: Question) -> Facts:
    facts = _texts({key: getattr(question, key) for key in QUESTION_TEXTS})
    facts |= _choices({key: getattr(question, key) for key in QUESTION_CHOICES})
    facts |= _picture(question.picture, "")
    for option in question.options:
        facts |= _texts({"option": option.label}, option.code)
        facts |= _picture(option.picture, option.code)
    order = " ".join(option.code for option in question.options)
    return facts | {("options", None, None, ""): order}


def _texts(texts: Mapping[str, Words], part: str = "") -> Facts:
    return {
        (key, tag, presentation, part): text
        for key, words in texts.items()
        for tag, wording in words.items()
        for presentation, text in (
            (Presentation.STANDARD, wording.standard),
            (Presentation.EASY_READ, wording.easy or ""),
        )
    }


def _choices(choices: Mapping[str, object]) -> Facts:
    return {(key, None, None, ""): _plain(value) for key, value in choices.items()}


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _picture(picture: Picture | None, part: str) -> Facts:
    if picture is None:
        return {}
    return {("picture", None, None, part): picture.name} | _texts({"alt": picture.alt}, part)


def _route(route: Route | None) -> str:
    if route is None:
        return ""
    tests = (f"{c.question} {c.test} {', '.join(c.values)}".strip() for c in route.conditions)
    return f"{route.match}: {'; '.join(tests)}"


def _page_words(page: Page) -> Words:
    said: Iterable[Words] = (
        page.title,
        *(question.ask for question in page.questions),
        *(statement.say for statement in page.statements),
    )
    return next((words for words in said if words), {})


@dataclass(frozen=True)
class Piece:
    """Some words that a newer text keeps, has besides (`added`), or has lost (`removed`)."""

    how: How | None
    words: str


def pieces(before: str, after: str) -> list[Piece]:
    """Two texts as one, word by word: what stayed, what went, and what came in its place."""
    old, new = before.split(), after.split()
    found = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, first, last, new_first, new_last in matcher.get_opcodes():
        if what == "equal":
            found.append(Piece(None, " ".join(old[first:last])))
            continue
        if last > first:
            found.append(Piece(How.REMOVED, " ".join(old[first:last])))
        if new_last > new_first:
            found.append(Piece(How.ADDED, " ".join(new[new_first:new_last])))
    return found
