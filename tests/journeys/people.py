"""What made-up people answer, worked out from a survey's definition so that every page opens."""

from collections.abc import Iterator
from itertools import count

from feedback.questionnaire import Condition, Given, Page, Question, Questionnaire
from feedback.vocabulary import AnswerState, Match, QuestionKind, Test

from .fillers import FILLERS

Plan = dict[str, Given]

SKIPPED = Given(state=AnswerState.SKIPPED)
UNKNOWN = Given(state=AnswerState.UNKNOWN)


def people(asked: Questionnaire) -> Iterator[Plan]:
    """Enough people that between them every page is seen; the first sees the most.

    Every person has an answer to every question, asked or not, and no two always the same.
    """
    unseen = set(range(1, len(asked.pages) + 1))
    for number in count():
        plan = talkative(asked, number)
        if not unseen & set(asked.walk(plan)):
            closed = min(unseen)
            plan = _opened(asked, plan, asked.pages[closed - 1])
            assert closed in asked.walk(plan), f"nobody gets to page {closed} of {asked.survey}"
        yield plan
        unseen -= set(asked.walk(plan))
        if not unseen:
            return


def talkative(asked: Questionnaire, number: int = 0) -> Plan:
    """Somebody who answers everything, so that as many pages as possible open."""
    plan = {
        name: _pick(_possible(asked, question), number)
        for name, question in asked.questions.items()
    }
    for name in asked.questions:
        if name in asked.routed_by:
            candidates = _possible(asked, asked.questions[name])
            plan[name] = max(candidates, key=lambda given: len(asked.walk({**plan, name: given})))
    return plan


def various(asked: Questionnaire, number: int) -> list[Plan]:
    """So many people who between them give every answer about as often."""
    return [
        {name: _pick(FILLERS[q.kind].answers(q), at) for name, q in asked.questions.items()}
        for at in range(number)
    ]


def silent(asked: Questionnaire) -> Plan:
    """Somebody who does not know, or passes by, wherever the survey lets them."""
    return {
        name: UNKNOWN
        if question.dont_know
        else (_possible(asked, question)[0] if question.required else SKIPPED)
        for name, question in asked.questions.items()
    }


def expected(asked: Questionnaire, plan: Plan) -> Plan:
    """What is kept of a person's answers: those on the pages that they were asked."""
    return {
        question.name: plan[question.name]
        for position in asked.walk(plan)
        for question in asked.pages[position - 1].questions
    }


def _possible(asked: Questionnaire, question: Question) -> list[Given]:
    """Sound answers to a question, with those that some route waits for."""
    waited = [
        Given(number=int(value) + (condition.test is Test.GREATER_THAN))
        if question.kind.has_number
        else Given(codes=(value,))
        for condition in _conditions(asked)
        if condition.question == question.name
        for value in condition.values
    ]
    if question.kind is QuestionKind.CHOICES:
        waited.append(Given(codes=tuple(option.code for option in question.options)))
    return FILLERS[question.kind].answers(question) + waited


def _conditions(asked: Questionnaire) -> Iterator[Condition]:
    for page in asked.pages:
        yield from page.show_when.conditions if page.show_when else ()


def _pick(candidates: list[Given], number: int) -> Given:
    return candidates[number % len(candidates)]


def _opened(asked: Questionnaire, plan: Plan, page: Page) -> Plan:
    """The same person with the answers that a page waits for, and the pages before it."""
    if page.show_when is None:
        return plan
    wanted = page.show_when.conditions
    if page.show_when.match is Match.ANY:
        wanted = wanted[:1]
    for name in {condition.question for condition in wanted}:
        of_this = [condition for condition in wanted if condition.question == name]
        asking = next(p for p in asked.pages if any(q.name == name for q in p.questions))
        plan = _opened(asked, plan, asking)
        plan[name] = next(
            given
            for given in _possible(asked, asked.questions[name])
            if all(condition.holds(given) for condition in of_this)
        )
    return plan
