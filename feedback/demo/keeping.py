"""Made-up people become rows, the same as if each had answered page by page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from feedback.demo.people import SKIPPED, UNKNOWN, Maker, Person, code, number, step
from feedback.models.base import Base
from feedback.models.collections import Collection
from feedback.models.responses import Answer, Response
from feedback.queries.surveys import Asked
from feedback.questionnaire import Given, Question
from feedback.services import masking, responding
from feedback.services.codes import Codes
from feedback.vocabulary import ASSENT_VERSION, AnswerState, QuestionKind

SECONDS_A_PAGE = 22  # a middling reader; comments take longer
SAY_YES = 0.5  # of those who wrote something let others read it
NOT_KNOWN = 0.05  # where a question offers "I don't know" and nothing else was planted


@dataclass(frozen=True)
class Place:
    """Where answers go: a collection and what its edition asks."""

    collection: Collection
    asked: Asked


@dataclass(frozen=True)
class Kept:
    """A person with the id that their response got."""

    person: Person
    submission_id: str


def keep(
    session: Session,
    people: Iterable[Person],
    places: Mapping[str, Place],
    codes: Codes,
    maker: Maker,
) -> list[Kept]:
    """Write everybody's response and answers, in the order in which they were sent."""
    chance, asked_to_quote = maker.chance("keeping"), maker.chance("quoting")
    taken: set[str] = set()
    kept, rows, answers = [], [], []
    for person in sorted(people, key=lambda each: (each.sent_at, each.door)):
        place = places[person.door]
        given = answers_of(person, place.asked, chance)
        response = _response(person, place, given, codes, taken, chance)
        if person.leaves_at is None and place.asked.questionnaire.commented(given):
            response["may_be_quoted"] = asked_to_quote.random() < SAY_YES
        rows.append(response)
        answers.append(given)
        kept.append(Kept(person, response["submission_id"]))
    session.execute(insert(_table(Response)), rows)
    numbers = select(Response.submission_id, Response.id).where(Response.made_up)
    ids = {row.submission_id: row.id for row in session.execute(numbers)}
    stay = masking.names_that_stay(session)
    session.execute(
        insert(_table(Answer)),
        [
            row
            for each, given in zip(kept, answers, strict=True)
            for row in _answers(each, given, places[each.person.door].asked, ids, stay)
        ],
    )
    return kept


def answers_of(person: Person, asked: Asked, chance: Random) -> dict[str, Given]:
    """What a person answers on the pages that they are asked, and no other page."""
    questions = asked.questionnaire.questions
    mind = {name: _answer(person, question, chance) for name, question in questions.items()}
    pages = asked.questionnaire.pages
    return {
        question.name: mind[question.name]
        for position in asked.questionnaire.walk(mind)
        if person.leaves_at is None or position < person.leaves_at
        for question in pages[position - 1].questions
    }


def _answer(person: Person, question: Question, chance: Random) -> Given:
    if question.name in person.said:
        return Given(text=person.said[question.name].text)
    thought = person.mind.get(question.name)
    if thought is None and question.dont_know and chance.random() < NOT_KNOWN:
        thought = UNKNOWN
    if thought is None or not _can_be(thought, question):
        thought = _guess(person, question, chance)
    if len(thought.codes) > 1:  # in the order of the question, as a form gives them
        thought = code(*(o.code for o in question.options if o.code in thought.codes))
    return thought


def _can_be(given: Given, question: Question) -> bool:
    if given.state is AnswerState.SKIPPED:
        return question.skip
    if given.state is AnswerState.UNKNOWN:
        return question.dont_know
    return question.codes.issuperset(given.codes)


def _guess(person: Person, question: Question, chance: Random) -> Given:
    """An answer to a question that this demonstration has no plan for."""
    codes = [option.code for option in question.options]
    match question.kind:
        case QuestionKind.FACES | QuestionKind.AGREEMENT | QuestionKind.YES_NO:
            return step(codes, person.mood, chance)
        case QuestionKind.CHOICE:
            return code(chance.choice(codes))
        case QuestionKind.CHOICES:
            return code(*chance.sample(codes, min(2, len(codes))))
        case QuestionKind.RATING:
            return number(person.mood, chance)
        case QuestionKind.NUMBER if not question.skip:
            return Given(number=question.lowest)
        case QuestionKind.MONTH if not question.skip:
            return Given(number=person.sent_at.year * 100 + person.sent_at.month)
        case QuestionKind.SHORT_TEXT | QuestionKind.COMMENT if question.required:
            return Given(text="-")
        case QuestionKind.CARD if question.required:
            return Given(text="apple river")
    return SKIPPED


def _response(
    person: Person,
    place: Place,
    given: Mapping[str, Given],
    codes: Codes,
    taken: set[str],
    chance: Random,
) -> dict[str, Any]:
    submission_id = f"{chance.getrandbits(128):032x}"
    pages = len(place.asked.questionnaire.pages)
    seconds = SECONDS_A_PAGE * chance.lognormvariate(0, 0.4) * max(len(given), 1)
    began_at = person.sent_at - timedelta(seconds=round(seconds) + 45 * len(person.said))
    row: dict[str, Any] = {
        "submission_id": submission_id,
        "collection_id": place.collection.id,
        "edition_id": place.asked.edition_id,
        "language": person.language,
        "presentation": person.presentation,
        "pictures": person.pictures,
        "assent_version": ASSENT_VERSION,
        "assent_at": began_at,
        "furthest": pages + 1 if person.leaves_at is None else person.leaves_at,
        "saved_at": person.sent_at,
        "sent_at": None,
        "fingerprint": None,
        "receipt_hash": None,
        "receipt_turn": 0,
        "resume_hash": None,
        "made_up": True,
        "may_be_quoted": False,
    }
    if person.leaves_at is not None:
        row["resume_hash"] = codes.hashed("resume", codes.words("resume", submission_id))
        return row
    receipt, turn = _receipt(submission_id, codes, taken)
    row |= {
        "sent_at": person.sent_at,
        "fingerprint": responding.fingerprint(place.asked, given),
        "receipt_hash": receipt,
        "receipt_turn": turn,
    }
    return row


def _receipt(submission_id: str, codes: Codes, taken: set[str]) -> tuple[str, int]:
    turn = 0
    while (found := codes.hashed("receipt", codes.words("receipt", submission_id, turn))) in taken:
        turn += 1
    taken.add(found)
    return found, turn


def _answers(
    kept: Kept,
    given: Mapping[str, Given],
    asked: Asked,
    ids: Mapping[str, int],
    stay: Sequence[str],
) -> list[dict[str, Any]]:
    person = kept.person
    masked = masking.masked_words(asked, given, stay)
    return [
        {
            "response_id": ids[kept.submission_id],
            "question_id": asked.question_ids[name],
            "state": answer.state,
            "codes": " ".join(answer.codes) or None,
            "number": answer.number,
            "text": answer.text,
            "masked": masked.get(name),
            "language": person.language,
            "presentation": person.presentation,
            "pictures": person.pictures,
        }
        for name, answer in given.items()
    ]


def _table(model: type[Base]) -> Table:
    """The table itself: thousands of rows in one statement."""
    return model.metadata.tables[model.__tablename__]
