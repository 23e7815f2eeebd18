"""Answers in words, as a person reads them back before sending, and what they say yes to."""

from collections.abc import Callable
from datetime import date

from flask_babel import format_date, format_decimal, gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from feedback.forms.account import WordsForm
from feedback.questionnaire import Given, Question, Words
from feedback.vocabulary import AnswerState, QuestionKind


class SendForm(WordsForm):
    """Sending, with a yes or no to being quoted; no is what an empty box means."""

    may_be_quoted = BooleanField(_l("Other people may read my words"))


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
