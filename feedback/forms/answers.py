"""An answer in words, as a person reads it back before sending."""

from collections.abc import Callable
from datetime import date

from flask_babel import format_date, format_decimal, gettext

from feedback.questionnaire import Given, Question, Words
from feedback.vocabulary import AnswerState, QuestionKind


def in_words(question: Question, given: Given, say: Callable[[Words], str]) -> list[str]:
    """An answer as lines to read; none where nothing was answered."""
    if given.state is AnswerState.SKIPPED:
        return []
    if given.state is AnswerState.UNKNOWN:
        return [gettext("I don’t know")]
    if question.kind is QuestionKind.MONTH and given.number:
        return [format_date(date(given.number // 100, given.number % 100, 1), "MMMM y")]
    if given.number is not None:
        return [format_decimal(given.number)]
    if given.text is not None:
        return given.text.split("\n")
    return [say(option.label) for option in question.options if option.code in given.codes]
