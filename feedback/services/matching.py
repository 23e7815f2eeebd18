"""Reads the forms of events and matches them card by card, ready for whoever reports."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from feedback.analysis.pairing import Filled, Matched, match, together
from feedback.queries import pairing
from feedback.queries.pairing import Scope, Sent
from feedback.queries.surveys import Asked, Editions
from feedback.questionnaire import Measure, Question
from feedback.vocabulary import Part, QuestionKind

POINTS = range(11)  # of every rating


@dataclass(frozen=True)
class Form:
    """A sent form: the words of its card, and its number for each measure."""

    card: str | None
    numbers: Mapping[str, int]


class Forms:
    """The forms of some events, by event and part, and the measures that can be compared."""

    def __init__(
        self,
        measures: Mapping[str, tuple[Measure, Question]],
        forms: Mapping[int, Mapping[Part, Sequence[Form]]],
        asked: Mapping[Part, Sequence[Asked]],
    ) -> None:
        self.measures, self.forms, self.asked = measures, forms, asked
        self._matched: dict[tuple[int, str], Matched] = {}

    @property
    def events(self) -> list[int]:
        """Those where anybody answered before or after."""
        return [at for at, parts in self.forms.items() if parts[Part.BEFORE] or parts[Part.AFTER]]

    def matched(self, event_id: int, measure: str = "") -> Matched:
        """One event's forms matched, with the numbers of a measure."""
        key = (event_id, measure)
        if key not in self._matched:
            parts = self.forms.get(event_id, {})
            self._matched[key] = match(
                *(
                    [Filled(form.card, form.numbers.get(measure)) for form in parts.get(part, ())]
                    for part in pairing.MATCHED
                )
            )
        return self._matched[key]

    def pairs(self, measure: str) -> tuple[tuple[int, int], ...]:
        """The numbers before and after of all who were matched and gave both."""
        return together(self.matched(each, measure) for each in self.events).pairs

    def pairs_by_event(self, measure: str) -> dict[int, int]:
        """How many of those there are at each event."""
        return {each: len(self.matched(each, measure).pairs) for each in self.events}

    def people(self, event_id: int) -> int:
        """How many came at the least: nobody answers twice before, or twice after."""
        parts = self.forms[event_id]
        return max(len(parts[Part.BEFORE]), len(parts[Part.AFTER]))

    def numbers(self, part: Part, measure: str) -> list[int]:
        """All numbers given in one part, by whomever."""
        return [
            form.numbers[measure]
            for event_id in self.events
            for form in self.forms[event_id][part]
            if measure in form.numbers
        ]


def read_forms(session: Session, scope: Scope, editions: Editions) -> Forms:
    """The sent forms of some events, in two statements and the editions they answered."""
    sent = pairing.sent(session, scope)
    asked = {
        number: editions.asked(session, number)
        for number in sorted({form.edition_id for form in sent}, reverse=True)
    }
    rated = {number: _rated(each) for number, each in asked.items()}
    cards = {number: _first_id(each, QuestionKind.CARD) for number, each in asked.items()}
    by_part = {part: _newest_first(sent, part, asked) for part in pairing.MATCHED}
    before = {name for each in by_part[Part.BEFORE] for name in rated[each.edition_id]}
    measures = {
        name: _measured(each, name)
        for each in reversed(by_part[Part.AFTER])  # the words as they are asked now win
        for name in rated[each.edition_id]
        if name in before
    }
    wanted = {ids[name] for ids in rated.values() for name in ids.keys() & measures.keys()}
    wanted |= {number for number in cards.values() if number is not None}
    given = pairing.given(session, scope, wanted)

    forms: dict[int, dict[Part, list[Form]]] = {}
    for each in sent:
        answers = given.get(each.id, {})
        card = answers.get(cards[each.edition_id] or 0)
        numbers = {
            name: number
            for name, question_id in rated[each.edition_id].items()
            if isinstance(number := answers.get(question_id), int)
        }
        parts = forms.setdefault(each.event_id, {part: [] for part in pairing.MATCHED})
        parts[each.part].append(Form(card if isinstance(card, str) else None, numbers))
    return Forms(measures, forms, by_part)


def _newest_first(sent: Iterable[Sent], part: Part, asked: Mapping[int, Asked]) -> list[Asked]:
    answered = {form.edition_id for form in sent if form.part is part}
    return [each for number, each in asked.items() if number in answered]


def _rated(asked: Asked) -> dict[str, int]:
    """Measure → the question from 0 to 10 that carries it: only such are set side by side."""
    return {
        question.measure: asked.question_ids[question.name]
        for question in asked.questionnaire.questions.values()
        if question.kind is QuestionKind.RATING and question.measure
    }


def _measured(asked: Asked, name: str) -> tuple[Measure, Question]:
    measure = next(each for each in asked.questionnaire.measures if each.name == name)
    questions = asked.questionnaire.questions.values()
    return measure, next(
        each for each in questions if each.measure == name and each.kind is QuestionKind.RATING
    )


def _first_id(asked: Asked, kind: QuestionKind) -> int | None:
    questions = asked.questionnaire.questions.values()
    return next((asked.question_ids[each.name] for each in questions if each.kind is kind), None)
