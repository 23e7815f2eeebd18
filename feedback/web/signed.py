"""A group's yes in words: where it stands, what changed since, and the answers to its questions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from flask_babel import format_decimal, gettext
from sqlalchemy.orm import Session

from feedback import questionnaire as q
from feedback.comparison import How
from feedback.models.proposals import Proposal, SignOff
from feedback.models.surveys import Edition
from feedback.queries import signing_off as stored
from feedback.queries import surveys
from feedback.queries.surveys import Editions
from feedback.questionnaire import Questionnaire, Wording, Words
from feedback.services import measuring, signing_off
from feedback.services.counting import UNKNOWN, Measured
from feedback.services.signing_off import Standing
from feedback.vocabulary import Audience, CommitmentState, Presentation
from feedback.web.findings import page_name, spoken
from feedback.web.frame import language

_SEVERAL = ("option", "say", "alt", "term", "meaning")  # a place has more than one of these

Say = Callable[[Words], str]


@dataclass(frozen=True)
class Changed:
    """One thing that differs, as people read it; `before` and `after` are texts or pictures."""

    where: str
    what: str
    tag: str
    presentation: str
    before: str
    after: str

    @property
    def easy(self) -> bool:
        """It is the easy wording."""
        return self.presentation == Presentation.EASY_READ

    @property
    def pictured(self) -> bool:
        """The two are names of pictures."""
        return self.what == "picture"


@dataclass(frozen=True)
class Sheet:
    """An edition's words for reading them from beginning to end.

    `new` names the places (`start`, `page:NAME`, `question:NAME`) that differ from what was
    approved.
    """

    edition: Edition
    asked: Questionnaire
    standing: Standing
    changes: Sequence[Changed]
    new: frozenset[str]


@dataclass(frozen=True)
class Card:
    """Where an edition stands, in a few words for staff."""

    standing: Standing
    changes: Sequence[Changed]


@dataclass(frozen=True)
class Line:
    """One answer and how many gave it; without a number it is kept safe."""

    label: str
    count: int | None
    picture: str


@dataclass(frozen=True)
class Result:
    """The answers to one question in one collection; no line is shown of too few people."""

    name: str
    base: int | None
    lines: Sequence[Line]
    leading: str
    by_most: bool = False  # more than half of them gave the leading answer

    @property
    def shown(self) -> bool:
        """Something of it may be seen."""
        return self.base is not None and any(each.count is not None for each in self.lines)


@dataclass(frozen=True)
class Promised:
    """What was promised for what people said, and where that is."""

    said: str
    what: str
    state: CommitmentState
    reason: str


@dataclass(frozen=True)
class Trail:
    """An idea's way: the question it became, its answers, what was promised and done."""

    idea: Proposal
    question: q.Question | None
    results: Sequence[Result]
    heard: Sequence[str]
    promises: Sequence[Promised]

    @property
    def answered(self) -> bool:
        """Some answers may be seen."""
        return any(each.shown for each in self.results)


class Usual:
    """How staff read what a group reads in its room: in the usual words, without pictures."""

    easy = False
    pictures = False

    def say(self, usual: str, _easy: str) -> str:
        """The usual one of two wordings."""
        return usual


def in_words(presentation: Presentation) -> Say:
    """How a survey's words are said on a page."""
    return partial(q.said, language=language(), presentation=presentation)


def sheet(session: Session, edition: Edition) -> Sheet:
    """An edition as a group reads it before it says yes."""
    stands = signing_off.standing(session, edition)
    asked = surveys.read_edition(session, edition.id).questionnaire
    return Sheet(
        edition=edition,
        asked=asked,
        standing=stands,
        changes=changed(stands.changes, asked),
        new=frozenset(each["where"] for each in _once(stands.changes, asked)),
    )


def card(session: Session, edition: Edition, audience: Audience | None = None) -> Card:
    """Where an edition stands; its words are read only where something in them changed.

    Args:
        audience: of the collection that asks it.
    """
    stands = signing_off.standing(session, edition, audience)
    if not stands.changes:
        return Card(stands, ())
    asked = surveys.read_edition(session, edition.id).questionnaire
    return Card(stands, changed(stands.changes, asked))


def changed(changes: Sequence[Mapping[str, str]], asked: Questionnaire) -> list[Changed]:
    """What differs, each with the place where it stands."""
    places = _places(asked)
    return [
        Changed(
            places.get(each["where"], gettext("Something that is no longer there")),
            each["what"],
            each.get("tag", ""),
            each.get("presentation", ""),
            each["before"],
            each["after"],
        )
        for each in _once(changes, asked)
    ]


def _once(
    changes: Sequence[Mapping[str, str]], asked: Questionnaire
) -> Iterator[Mapping[str, str]]:
    """What differs, without a new page that is only a new question's: that says it already."""
    new = {each["where"] for each in changes if each["what"] == How.ADDED}
    of_questions = {
        f"page:{page.name}"
        for page in asked.pages
        if not page.title and any(f"question:{each.name}" in new for each in page.questions)
    }
    for each in changes:
        if each["what"] != How.ADDED or each["where"] not in of_questions:
            yield each


def as_read(changes: Sequence[Changed], presentation: Presentation) -> list[Changed]:
    """What differs for somebody who reads it so: one wording of a text that changed in several."""

    def liking(each: Changed) -> tuple[bool, bool]:
        return each.tag == language(), each.presentation == presentation

    best: dict[object, Changed] = {}
    for number, each in enumerate(changes):
        key = (each.where, each.what) if each.tag and each.what not in _SEVERAL else number
        if key not in best or liking(each) > liking(best[key]):
            best[key] = each
    return list(best.values())


def title_of(edition: Edition) -> str:
    """An edition's title, in the page's language where it is written in it."""
    words = {tag: Wording(**text) for tag, text in edition.title.items()}
    return spoken(words) or gettext("A survey without a title")


def approved_title(sign_off: SignOff) -> str:
    """What a survey was called when its group said yes."""
    words = {tag: Wording(**text) for tag, text in sign_off.tree["title"].items()}
    return spoken(words) or gettext("A survey without a title")


def _places(asked: Questionnaire) -> dict[str, str]:
    told = {"start": gettext("Start and end")}
    for number, page in enumerate(asked.pages, start=1):
        told[f"page:{page.name}"] = gettext(
            "Page %(number)s: %(words)s", number=format_decimal(number), words=page_name(page)
        )
    for number, question in enumerate(asked.questions.values(), start=1):
        told[f"question:{question.name}"] = gettext(
            "Question %(number)s: %(words)s",
            number=format_decimal(number),
            words=spoken(question.ask),
        )
    return told


# The answers to a group's questions


def trail(
    session: Session, idea: Proposal, editions: Editions, say: Say, *, threshold: int
) -> Trail:
    """An idea's way so far.

    Args:
        idea: with its survey.
        threshold: people; a smaller group is hidden.
    """
    if idea.survey_id is None or not idea.question:
        return Trail(idea, None, (), (), ())
    results, question = [], None
    for collection in stored.collections_asking(session, idea.survey_id, idea.question):
        found = measuring.report(
            session, collection, editions, threshold=threshold, of=idea.question
        )
        measured = [
            each
            for part in found.parts
            for each in part.measured
            if each.question.name == idea.question
        ]
        asked = editions.asked(session, collection.edition_id).questionnaire
        question = question or asked.questions.get(idea.question)
        results += [_result(collection.name, each, say) for each in measured] or [
            Result(collection.name, None, (), "")
        ]
    if question is None:
        question = _worded(session, idea.survey_id, idea.question)
    heard, promises = _became(session, idea, say)
    return Trail(idea, question, results, heard, promises)


def _worded(session: Session, survey_id: int, name: str) -> q.Question | None:
    edition = stored.edition(session, survey_id)
    if edition is None:
        return None
    return surveys.read_edition(session, edition.id).questionnaire.questions.get(name)


def _result(name: str, measured: Measured, say: Say) -> Result:
    pictures = {option.code: option.picture for option in measured.question.options}
    lines = []
    for row in measured.rows:
        picture = pictures.get(row.key)
        label = gettext("I don’t know") if row.key == UNKNOWN else say(row.label or {})
        lines.append(Line(label, row.count.count, picture.name if picture else ""))
    leading = measured.leading if measured.leads else ()
    most = leading[0] if len(leading) == 1 else None
    said = say(most.label) if most and most.label else ""
    base = measured.base.count
    by_most = bool(most and most.count.count and base and most.count.count * 2 > base)
    return Result(name, base, lines, said, by_most)


def _became(session: Session, idea: Proposal, say: Say) -> tuple[list[str], list[Promised]]:
    heard, promises = [], []
    for insight in stored.insights_on(session, idea.survey_id or 0, idea.question):
        said = say(_words(insight.said))
        heard.append(said)
        promises += [
            Promised(said, say(_words(each.what)), each.state, say(_words(each.reason)))
            for each in insight.commitments
        ]
    return heard, promises


def _words(kept: Mapping[str, Mapping[str, str]]) -> Words:
    return {tag: Wording(**text) for tag, text in kept.items()}
