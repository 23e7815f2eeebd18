"""One edition's questions as plain data: what is asked, in which words, and when.

The same tree is read from a survey file, kept in the database, shown to a family and written
back to a file. It is frozen, so that one copy serves all requests of a process.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Annotated, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from feedback.languages import DEFAULT, OFFERED
from feedback.vocabulary import (
    LARGEST_NUMBER,
    AnswerState,
    Audience,
    Better,
    Match,
    Presentation,
    QuestionKind,
    Test,
)

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
# Marks that nobody sees and that a file could not carry; a line break within a line is a blank.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
LONGEST_TEXT = 2000  # letters; more than anybody reads on a phone
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT),
    BeforeValidator(lambda text: _UNSEEN.sub(" ", text) if isinstance(text, str) else text),
]
LARGEST = 1_000_000_000  # every database keeps it as a whole number
Whole = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
PictureName = Annotated[
    str, StringConstraints(pattern=r"^(openmoji|healthicons|own|upload)/[a-z0-9][a-z0-9_-]{0,79}$")
]


class Part(BaseModel):
    """A frozen piece of a questionnaire that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Wording(Part):
    """One text in one language: as most people read it, and in easy read."""

    standard: Text
    easy: Text | None = None

    def text(self, presentation: Presentation) -> str:
        """The words for a presentation; the standard ones where no easy read is written."""
        if presentation is Presentation.EASY_READ and self.easy:
            return self.easy
        return self.standard


Words = dict[str, Wording]


def said(words: Words, language: str, presentation: Presentation = Presentation.STANDARD) -> str:
    """A text in the language asked for, or in the one it was first written in."""
    wording = words.get(language) or words.get(DEFAULT) or next(iter(words.values()), None)
    return wording.text(presentation) if wording else ""


UPLOADED = "upload/"  # how the name of a picture begins that is kept in the database


class Picture(Part):
    """A picture from one of the sets, with what it says to a person who cannot see it.

    A picture that only repeats the words beside it is declared `decorative`.
    """

    name: PictureName
    alt: Words = {}
    decorative: bool = False

    @property
    def brought_in(self) -> bool:
        """The host's own people brought it in; it does not travel with the program."""
        return self.name.startswith(UPLOADED)


class Option(Part):
    """One of the answers that a person can choose."""

    code: Code
    label: Words
    picture: Picture | None = None
    score: Whole | None = None


class Measure(Part):
    """What stays comparable across editions and places, with the way that is better.

    `top` names the option codes that count as "yes" for the share; without it the mean counts.
    """

    name: Name
    title: Words
    better: Better = Better.HIGHER
    top: list[Code] = []


class Statement(Part):
    """A sentence on an information page, with its picture."""

    say: Words
    picture: Picture | None = None


class Term(Part):
    """A hard word or an abbreviation that this survey explains where it is read."""

    word: Words
    meaning: Words


class Condition(Part):
    """A test of one earlier answer."""

    question: Name
    test: Test
    values: list[str] = []

    def holds(self, given: "Given | None") -> bool:
        """Whether the answer passes; nothing but "answered" can pass on an answer not given."""
        if given is None or given.state is not AnswerState.GIVEN:
            return False
        match self.test:
            case Test.ANSWERED:
                return True
            case Test.GREATER_THAN:
                return given.number is not None and given.number > int(self.values[0])
            case Test.EQUALS | Test.ONE_OF:
                return any(value in given.as_values() for value in self.values)


class Route(Part):
    """When a page is shown: all of its conditions hold, or any of them."""

    match: Match = Match.ALL
    conditions: list[Condition] = Field(min_length=1)

    def holds(self, answers: Mapping[str, "Given"]) -> bool:
        """Whether the earlier answers open the page."""
        results = (
            condition.holds(answers.get(condition.question)) for condition in self.conditions
        )
        return all(results) if self.match is Match.ALL else any(results)


class Question(Part):
    """One thing asked.

    `points` is the length of a faces or agreement scale and belongs to the question's
    identity: a trend never joins two lengths.
    """

    name: Name
    kind: QuestionKind
    ask: Words
    help: Words = {}
    reason: Words = {}
    picture: Picture | None = None
    required: bool = False
    dont_know: bool = False
    skip: bool = False
    points: int | None = None
    lowest: Whole = 0
    highest: Whole = LARGEST_NUMBER
    low_label: Words = {}
    high_label: Words = {}
    options: list[Option] = []
    measure: Name | None = None

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes that an answer may carry."""
        return frozenset(option.code for option in self.options)

    def option(self, code: str) -> Option | None:
        """The option with this code."""
        return next((option for option in self.options if option.code == code), None)


class Page(Part):
    """What is shown at once: one question as a rule, or sentences that inform."""

    name: Name
    title: Words = {}
    statements: list[Statement] = []
    questions: list[Question] = []
    show_when: Route | None = None

    @property
    def can_be_skipped(self) -> bool:
        """Every question on it offers to be passed by."""
        return bool(self.questions) and all(question.skip for question in self.questions)

    def all_words(self) -> Iterator[Words]:
        """Every text that is read on the page."""
        yield self.title
        yield from (statement.say for statement in self.statements)
        for question in self.questions:
            yield from (question.ask, question.help, question.reason)
            yield from (question.low_label, question.high_label)
            yield from (option.label for option in question.options)


class Given(NamedTuple):
    """What a person answered to one question, whatever its kind; light, for a page reads many."""

    state: AnswerState = AnswerState.GIVEN
    codes: tuple[str, ...] = ()
    number: int | None = None
    text: str | None = None

    def as_values(self) -> tuple[str, ...]:
        """The answer as words to compare with a route's values."""
        return self.codes if self.number is None else (str(self.number),)


class Questionnaire(Part):
    """All of one edition: the words of its start and end, its pages and its measures."""

    survey: Name
    audience: Audience = Audience.EVERYONE
    languages: list[str] = Field(default=[DEFAULT], min_length=1)
    easy_first: bool = False
    minutes: int = Field(default=3, ge=1, le=60)
    title: Words
    asked_by: Words
    why: Words
    read_by: Words
    afterwards: Words
    glossary: list[Term] = []
    measures: list[Measure] = []
    pages: list[Page] = Field(min_length=1, max_length=100)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its name, in the order asked."""
        return {question.name: question for page in self.pages for question in page.questions}

    def terms_on(self, page: Page, language: str, presentation: Presentation) -> list[Term]:
        """The survey's hard words that are read on a page."""
        if not self.glossary:
            return []
        read = " ".join(said(words, language, presentation) for words in page.all_words())
        return [
            term
            for term in self.glossary
            if re.search(rf"(?<!\w){re.escape(said(term.word, language))}(?!\w)", read, re.I)
        ]

    @cached_property
    def routed_by(self) -> frozenset[str]:
        """Names of the questions that some route looks at."""
        return frozenset(
            condition.question
            for page in self.pages
            if page.show_when
            for condition in page.show_when.conditions
        )

    @cached_property
    def has_pictures(self) -> bool:
        """There is a picture to switch off."""
        return any(picture is not None for picture in self._pictures())

    @cached_property
    def has_easy_read(self) -> bool:
        """There is an easy-read wording to switch to."""
        return any(wording.easy for words in self.all_words() for wording in words.values())

    @property
    def has_comments(self) -> bool:
        """Somebody may write in their own words, as long as they like."""
        return any(each.kind is QuestionKind.COMMENT for each in self.questions.values())

    def commented(self, answers: Mapping[str, Given]) -> bool:
        """Whether somebody wrote in their own words on a page that they were asked."""
        return any(
            question.kind is QuestionKind.COMMENT
            and question.name in answers
            and bool(answers[question.name].text)
            for position in self.walk(answers)
            for question in self.pages[position - 1].questions
        )

    def _pictures(self) -> Iterator[Picture]:
        for page in self.pages:
            yield from (each.picture for each in page.statements if each.picture)
            for question in page.questions:
                if question.picture:
                    yield question.picture
                yield from (option.picture for option in question.options if option.picture)

    @property
    def pictures(self) -> list[Picture]:
        """Every picture used, in the order met."""
        return list(self._pictures())

    def all_words(self) -> Iterator[Words]:
        """Every text that a person may read."""
        yield from (self.title, self.asked_by, self.why, self.read_by, self.afterwards)
        for page in self.pages:
            yield from page.all_words()
        for term in self.glossary:
            yield from (term.word, term.meaning)
        yield from (picture.alt for picture in self._pictures() if not picture.decorative)

    @cached_property
    def complete_languages(self) -> list[str]:
        """The offered languages in which every text of this survey is written."""
        written = [set(words) for words in self.all_words() if words]
        return [
            tag
            for tag in OFFERED
            if tag in self.languages and all(tag in languages for languages in written)
        ]

    def walk(self, answers: Mapping[str, Given]) -> list[int]:
        """Positions (from 1) of the pages asked, in order, given what is answered so far.

        `answers` holds at least the answers that routes look at. An answer on a page that is
        not asked any more opens no other page.
        """
        if not self.routed_by:
            return list(range(1, len(self.pages) + 1))
        asked: list[int] = []
        counting: dict[str, Given] = {}
        for position, page in enumerate(self.pages, start=1):
            if page.show_when is None or page.show_when.holds(counting):
                asked.append(position)
                for question in page.questions:
                    if question.name in answers:
                        counting[question.name] = answers[question.name]
        return asked

    def may_follow(self, position: int, walked: Collection[int]) -> bool:
        """Whether a page that is not asked so far may yet be, by answers from this page on."""
        ahead = {q.name for page in self.pages[position - 1 :] for q in page.questions}
        return any(
            page.show_when is not None
            and number not in walked
            and any(condition.question in ahead for condition in page.show_when.conditions)
            for number, page in enumerate(self.pages[position:], start=position + 1)
        )
