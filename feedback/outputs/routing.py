"""When a page is asked, in words: on paper nobody turns the pages for a person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from babel.lists import format_list
from flask_babel import format_date, format_decimal, get_locale
from flask_babel import gettext as _

from feedback.questionnaire import Condition, Page, Question, Questionnaire, Words
from feedback.vocabulary import Match, QuestionKind, Test

Say = Callable[[Words], str]


@dataclass(frozen=True)
class OnlyIf:
    """For whom a page is: a sentence, its conditions where there are several, and where to go on.

    With one condition the sentence holds it and `conditions` is empty.
    """

    sentence: str
    conditions: list[str]
    otherwise: str

    @property
    def line(self) -> str:
        """All of it but where to go on, as one line."""
        return f"{self.sentence} {'; '.join(self.conditions)}".strip()


def numbers(asked: Questionnaire) -> dict[str, int]:
    """The number that each question has on paper, from 1, by its name."""
    return {name: number for number, name in enumerate(asked.questions, start=1)}


def only_if(asked: Questionnaire, page: Page, say: Say) -> OnlyIf | None:
    """When a page is to be answered, or None where everybody answers it."""
    if page.show_when is None:
        return None
    conditions = [_condition(asked, each, say) for each in page.show_when.conditions]
    if len(conditions) == 1:
        sentence = _("Answer this part only if %(condition)s.", condition=conditions.pop())
    elif page.show_when.match is Match.ALL:
        sentence = _("Answer this part only if all of this is true:")
    else:
        sentence = _("Answer this part only if one of these is true:")
    return OnlyIf(sentence, conditions, _otherwise(asked, page))


def _condition(asked: Questionnaire, condition: Condition, say: Say) -> str:
    question = asked.questions[condition.question]
    number = format_decimal(numbers(asked)[question.name])
    values = [_value(question, value, say) for value in condition.values]
    match condition.test:
        case Test.ANSWERED:
            return _("you answered question %(number)s", number=number)
        case Test.GREATER_THAN:
            return _(
                "your answer to question %(number)s is more than %(answer)s",
                number=number,
                answer=values[0],
            )
        case Test.EQUALS | Test.ONE_OF:
            return _(
                "your answer to question %(number)s is %(answer)s",
                number=number,
                answer=format_list(values, style="or", locale=get_locale()),
            )


def _value(question: Question, value: str, say: Say) -> str:
    option = question.option(value)
    if option is not None:
        return _("“%(answer)s”", answer=say(option.label))
    if question.kind is QuestionKind.MONTH:
        return str(format_date(date(int(value) // 100, int(value) % 100, 1), "MMMM y"))
    return str(format_decimal(int(value)))


def _otherwise(asked: Questionnaire, page: Page) -> str:
    after = asked.pages[asked.pages.index(page) + 1 :]
    question = next((question for each in after for question in each.questions), None)
    if question is None:
        return _("If not, you have finished.")
    number = format_decimal(numbers(asked)[question.name])
    return _("If not, go on to question %(number)s.", number=number)
