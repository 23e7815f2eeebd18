"""Looks over a text, a question, a page or a whole survey, and says what could be said better.

It speaks while somebody writes: advice, and never a wall. Only the easy-read badge asks for more
(`earns_badge`). Nothing here replaces people with learning disabilities who read it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from feedback.analysis.checking import asking, joining, lengths, looks, numbers, wording
from feedback.analysis.checking.findings import Finding, Path, Reading, Rule
from feedback.analysis.readability import sentences, words
from feedback.languages import DEFAULT
from feedback.questionnaire import Page, Question, Questionnaire, Term, Words
from feedback.vocabulary import Audience, Presentation, QuestionKind

START = ("title", "asked_by", "why", "read_by", "afterwards")
BOTH = (Presentation.STANDARD, Presentation.EASY_READ)
# Texts are looked at once and remembered: a page of the office shows the same ones again and
# again. About 2 KB each.
_KEPT = 4000
# A text in a language of which only the length can be judged.
_SHORT_ENOUGH = lengths.LONGEST_EASY[0]


def check_text(
    text: str,
    *,
    language: str = DEFAULT,
    presentation: Presentation = Presentation.STANDARD,
    audience: Audience = Audience.EVERYONE,
    glossary: Iterable[Term] = (),
    known: frozenset[str] = frozenset(),
    kind: QuestionKind | None = None,
) -> list[Finding]:
    """What could be said better in a single text.

    Args:
        text: the words; where they end with a question mark they are looked at as a question.
        language: its tag; English gets all rules, others only those about length and signs.
        presentation: the usual words or easy read.
        audience: whom it is for.
        glossary: what the survey explains.
        known: easy words in small letters; none leaves strange words unnoticed.
        kind: of the question that it asks, where that is known.
    """
    reading = _reading(language, presentation, audience, glossary, known)
    found = [*_text(text, text, reading)]
    if kind is not None or text.rstrip().endswith("?"):
        found += _stem(text, reading, _Scale.of_kind(kind))
    return found


def check_question(
    question: Question,
    *,
    language: str = DEFAULT,
    presentation: Presentation = Presentation.STANDARD,
    audience: Audience = Audience.EVERYONE,
    glossary: Iterable[Term] = (),
    known: frozenset[str] = frozenset(),
    path: Path = (),
) -> list[Finding]:
    """What could be said better in a question: its words, options, scale and pictures.

    Args:
        path: where the question stands; put before the path of each finding.
    """
    reading = _reading(language, presentation, audience, glossary, known)
    texts = _texts(question, reading)
    found = [
        *_question(question, reading, structure=True),
        *lengths.many_sentences(texts, reading),
        *lengths.hard_to_read(texts, reading),
    ]
    return [finding.at((*path, *finding.path)) for finding in found]


def check_page(
    page: Page,
    *,
    language: str = DEFAULT,
    presentation: Presentation = Presentation.STANDARD,
    audience: Audience = Audience.EVERYONE,
    glossary: Iterable[Term] = (),
    known: frozenset[str] = frozenset(),
    path: Path = (),
) -> list[Finding]:
    """What could be said better on a page, its questions included."""
    reading = _reading(language, presentation, audience, glossary, known)
    texts = _page_texts(page, reading)
    found = _page(page, texts, reading, structure=True)
    return [finding.at((*path, *finding.path)) for finding in found]


def check(
    questionnaire: Questionnaire,
    *,
    known: frozenset[str] = frozenset(),
    languages: Sequence[str] | None = None,
    presentations: Sequence[Presentation] = BOTH,
) -> list[Finding]:
    """What could be said better in a whole survey, each finding with the path to its piece.

    Args:
        questionnaire: the tree to look at.
        known: easy words in small letters (`feedback.settings.easy_words`).
        languages: those to look at; None for all of the survey's.
        presentations: those to look at.

    Returns:
        Findings by presentation and language in the order of the tree. Options and pictures are
        the same in all languages and are looked at once, in the first.
    """
    first = questionnaire.languages[0]
    names = _names(questionnaire)
    found: list[Finding] = []
    for presentation in presentations:
        for language in languages or questionnaire.languages:
            reading = _reading(
                language,
                presentation,
                questionnaire.audience,
                questionnaire.glossary,
                known,
                names=names,
            )
            if reading.easy and not questionnaire.has_easy_read:
                title = questionnaire.title.get(language)
                said = title.standard if title else questionnaire.survey
                found.append(reading.finding(Rule.NO_EASY, said, fault=True))
                continue
            found += _survey(questionnaire, reading, structure=language == first)
    return found


def badge_faults(
    questionnaire: Questionnaire,
    *,
    known: frozenset[str] = frozenset(),
    languages: Sequence[str] | None = None,
) -> list[Finding]:
    """What keeps the easy-read badge away: the faults in the easy-read wording."""
    easy = check(
        questionnaire, known=known, languages=languages, presentations=(Presentation.EASY_READ,)
    )
    return [finding for finding in easy if finding.is_fault]


def earns_badge(
    questionnaire: Questionnaire,
    *,
    known: frozenset[str] = frozenset(),
    languages: Sequence[str] | None = None,
) -> bool:
    """Whether the easy-read wording has no fault that a machine can see.

    The badge says that much and no more: people with learning disabilities still have to read it.
    """
    return not badge_faults(questionnaire, known=known, languages=languages)


# Who reads.


def _reading(
    language: str,
    presentation: Presentation,
    audience: Audience,
    glossary: Iterable[Term],
    known: frozenset[str],
    *,
    names: frozenset[str] = frozenset(),
) -> Reading:
    explained = {
        word.lower()
        for term in glossary
        if language in term.word
        for text in (term.word[language].standard, term.word[language].easy)
        for word in words(text or "")
    }
    return Reading(language, presentation, audience, frozenset(explained), known, names)


def _names(questionnaire: Questionnaire) -> frozenset[str]:
    """Words with a capital that begin no sentence: names, also where they do begin one."""
    wordings = [each[DEFAULT] for each in questionnaire.all_words() if DEFAULT in each]
    return frozenset().union(
        *(_names_in(wording.standard) for wording in wordings),
        *(_names_in(wording.easy) for wording in wordings if wording.easy),
    )


@lru_cache(maxsize=_KEPT)
def _names_in(text: str) -> frozenset[str]:
    return frozenset(
        word.lower()
        for sentence in sentences(text)
        for word in words(sentence)[1:]
        if word[0].isupper() and word[1:].islower()
    )


# The tree.


def _survey(asked: Questionnaire, reading: Reading, *, structure: bool) -> Iterator[Finding]:
    read: list[str] = []
    for key in START:
        text = _said(getattr(asked, key), reading)
        read.append(text)
        for finding in (
            *_worded(getattr(asked, key), text, reading),
            *lengths.many_sentences([text], reading),
        ):
            yield finding.at((key,))
    for at, page in enumerate(asked.pages):
        texts = _page_texts(page, reading)
        for finding in _page(page, texts, reading, structure=structure):
            yield finding.at(("pages", at, *finding.path))
        read += texts
    for at, term in enumerate(asked.glossary):
        around = f"{_said(term.word, reading)}: {_said(term.meaning, reading)}"
        for finding in _worded(term.meaning, around, reading):
            yield finding.at(("glossary", at, "meaning"))
    yield from lengths.hard_to_read(read, reading, whole=True)


def _page(page: Page, texts: list[str], reading: Reading, *, structure: bool) -> Iterator[Finding]:
    around = " ".join(texts)
    for finding in _worded(page.title, around, reading):
        yield finding.at(("title",))
    for at, statement in enumerate(page.statements):
        for finding in _worded(statement.say, around, reading):
            yield finding.at(("statements", at, "say"))
        for finding in looks.untold(statement.picture, _said(statement.say, reading), reading):
            yield finding.at(("statements", at, "picture"))
    if structure and reading.easy:
        for at in looks.undrawn(page):
            said = _said(page.statements[at].say, reading)
            yield reading.finding(Rule.NO_PICTURE, said, fault=True).at(("statements", at))
    for at, question in enumerate(page.questions):
        for finding in (
            *_question(question, reading, structure=structure),
            *lengths.many_sentences(_texts(question, reading), reading),
        ):
            yield finding.at(("questions", at, *finding.path))
    informing = [_said(statement.say, reading) for statement in page.statements]
    yield from lengths.many_sentences(informing, reading)
    yield from lengths.hard_to_read(texts, reading)


def _page_texts(page: Page, reading: Reading) -> list[str]:
    texts = [_said(page.title, reading)]
    texts += [_said(statement.say, reading) for statement in page.statements]
    for question in page.questions:
        texts += _texts(question, reading)
    return [text for text in texts if text]


def _texts(question: Question, reading: Reading) -> list[str]:
    """What is read of a question, its options aside."""
    texts = (_said(each, reading) for each in (question.ask, question.help, question.reason))
    return [text for text in texts if text]


def _question(question: Question, reading: Reading, *, structure: bool) -> Iterator[Finding]:
    labels = [_said(option.label, reading) for option in question.options]
    around = " ".join([*_texts(question, reading), *labels])
    for finding in _worded(question.ask, around, reading, scale=_Scale.of(question, reading)):
        yield finding.at(("ask",))
    for key in ("help", "reason", "low_label", "high_label"):
        for finding in _worded(getattr(question, key), around, reading):
            yield finding.at((key,))
    asked = _said(question.ask, reading)
    for finding in looks.untold(question.picture, asked, reading):
        yield finding.at(("picture",))
    for at, option in enumerate(question.options):
        for finding in _worded(option.label, around, reading):
            yield finding.at(("options", at, "label"))
        for finding in looks.untold(option.picture, labels[at], reading):
            yield finding.at(("options", at, "picture"))
    if not structure:
        return
    for finding in looks.options(question, reading):
        yield finding.at(("options",))
    yield from looks.agreeing(question, reading)
    for at, finding in looks.same_pictures(question, reading):
        yield finding.at(("options", at, "picture"))
    if reading.easy and not looks.is_drawn(question):
        yield reading.finding(Rule.NO_PICTURE, asked, fault=True)


# Texts.


def _said(each: Words, reading: Reading) -> str:
    """A text as it is read; empty where it is not written in this language."""
    wording = each.get(reading.language)
    return wording.text(reading.presentation) if wording else ""


class _Scale(frozenset[str]):
    """What the answer's kind means for how the question may be asked."""

    OPEN, BOTH_ENDS, OFFERS_BOTH = "open", "both_ends", "offers_both"

    @classmethod
    def of_kind(cls, kind: QuestionKind | None) -> "_Scale":
        """As far as the kind alone tells."""
        facts = set()
        if kind is not None and kind.is_written:
            facts.add(cls.OPEN)
        if kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
            facts.add(cls.OFFERS_BOTH)
        return cls(facts)

    @classmethod
    def of(cls, question: Question, reading: Reading) -> "_Scale":
        """With the names of the ends."""
        facts = set(cls.of_kind(question.kind))
        if question.kind is QuestionKind.RATING:
            ends = [_said(question.low_label, reading)]
        elif question.kind in (QuestionKind.FACES, QuestionKind.YES_NO):
            ends = []  # faces are degrees of good, and "no" is no end of "how good"
        else:
            ends = [_said(option.label, reading) for option in question.options]
        if any(map(_BAD_END.search, ends)):
            facts.add(cls.BOTH_ENDS)
        return cls(facts)


_BAD_END = re.compile(
    r"\b(?:not|no|never|none|nothing|bad|badly|poor|poorly|hard|difficult|worse|worst|unhappy|slow"
    r"|low|least|little|un\w+|dis\w+)\b",
    re.I,
)


def _worded(
    each: Words, around: str, reading: Reading, *, scale: _Scale | None = None
) -> Iterator[Finding]:
    """All findings about one text, or that its easy-read wording is missing."""
    wording = each.get(reading.language)
    if wording is None:
        return
    text = wording.text(reading.presentation)
    found = _text(text, around, reading)
    if scale is not None:
        found += _stem(text, reading, scale)
    if not reading.easy or wording.easy:
        yield from found
    elif reading.english:
        # Words that are easy as they are need no second wording.
        if any(finding.is_fault for finding in found):
            yield reading.finding(Rule.NO_EASY, text, fault=True)
        else:
            yield from found
    elif _is_written_twice(each) or len(words(text)) > _SHORT_ENOUGH:
        yield reading.finding(Rule.NO_EASY, text, fault=True)
    else:
        yield from found


def _is_written_twice(each: Words) -> bool:
    return any(other.easy and other.easy != other.standard for other in each.values())


def _text(text: str, around: str, reading: Reading) -> tuple[Finding, ...]:
    # Other languages are judged in less time than it takes to remember them.
    return _english(text, around, reading) if reading.english else _any_language(text, reading)


def _any_language(text: str, reading: Reading) -> tuple[Finding, ...]:
    return (*lengths.long_sentences(text, reading), *numbers.percentages(text, reading))


@lru_cache(maxsize=_KEPT)
def _english(text: str, around: str, reading: Reading) -> tuple[Finding, ...]:
    return (
        *_any_language(text, reading),
        *asking.double_negatives(text, reading),
        *wording.about_words(text, around, reading),
    )


def _stem(text: str, reading: Reading, scale: _Scale) -> tuple[Finding, ...]:
    return _english_stem(text, reading, scale) if reading.english else ()


@lru_cache(maxsize=_KEPT)
def _english_stem(text: str, reading: Reading, scale: _Scale) -> tuple[Finding, ...]:
    found = [*joining.two_in_one(text, reading, offers_both=_Scale.OFFERS_BOTH in scale)]
    leads = [*asking.leading(text, reading, both_ends=_Scale.BOTH_ENDS in scale)]
    twice = any(asking.double_negatives(text, reading))
    tagged = any(text.rstrip(" ?").endswith(finding.words) for finding in leads)  # "…, isn't it?"
    if not twice and not tagged:
        found += asking.negatives(text, reading, is_open=_Scale.OPEN in scale)
    return (*found, *leads)
