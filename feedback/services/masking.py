"""Masks what people write before anybody reads it; what a host names itself stays."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select, tuple_, union
from sqlalchemy.orm import Session

from feedback.analysis.privacy import MOST_KEPT, mask
from feedback.models.events import Place, Series
from feedback.models.people import Organisation
from feedback.models.quotes import Quote
from feedback.models.responses import Answer
from feedback.models.surveys import Question
from feedback.queries.surveys import Asked
from feedback.questionnaire import Given
from feedback.vocabulary import QuestionKind

AT_A_TIME = 500  # answers masked again in one short transaction

_NAMES = union(*(select(each.name) for each in (Place, Organisation, Series)))


def names_that_stay(session: Session) -> tuple[str, ...]:
    """Places, organisations and courses of the host's own lists: they name nobody."""
    return tuple(session.scalars(_NAMES))[:MOST_KEPT]


def masked_words(asked: Asked, given: Mapping[str, Given], stay: Collection[str]) -> dict[str, str]:
    """What staff read of the words in some answers, by question name; no entry without words."""
    return {
        name: mask(answer.text, stay).text
        for name, answer in given.items()
        if answer.text and asked.questionnaire.questions[name].kind.has_text
    }


@dataclass(frozen=True)
class Again:
    """Some answers masked again: how many read differently, and which one was the last."""

    changed: int
    last: tuple[int, int]


def mask_again(session: Session, after: tuple[int, int]) -> Again | None:
    """Mask the words of the next answers behind one anew; None where there is none left.

    A quote from words that read differently now is taken back: somebody looks at it again.

    Args:
        after: response and question of the last answer that was looked at.
    """
    rows = session.scalars(
        select(Answer)
        .join(Question, Question.id == Answer.question_id)
        .where(
            Answer.text.is_not(None),
            Question.kind.in_([kind for kind in QuestionKind if kind.has_text]),
            tuple_(Answer.response_id, Answer.question_id) > after,
        )
        .order_by(Answer.response_id, Answer.question_id)
        .limit(AT_A_TIME)
    ).all()
    if not rows:
        return None
    stay = names_that_stay(session)
    changed: list[tuple[int, int]] = []
    for answer in rows:
        words = mask(answer.text or "", stay).text
        if words != answer.masked:
            answer.masked = words
            changed.append((answer.response_id, answer.question_id))
    session.execute(delete(Quote).where(tuple_(Quote.response_id, Quote.question_id).in_(changed)))
    session.flush()
    return Again(len(changed), (rows[-1].response_id, rows[-1].question_id))
