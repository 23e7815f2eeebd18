"""A page of questions as a form class."""

from typing import Any

from feedback.forms.account import WordsForm
from feedback.forms.fields import FIELDS, AnswerField
from feedback.questionnaire import Given, Page, Question
from feedback.vocabulary import AnswerState


class PageForm(WordsForm):
    """What every page of questions can do; its fields come from the page."""

    @property
    def asked(self) -> list[AnswerField]:
        """The questions' fields, in order."""
        return [field for field in self if isinstance(field, AnswerField)]

    def answers(self) -> dict[str, Given]:
        """Every question's answer after validation; one left blank was passed by."""
        blank = Given(state=AnswerState.SKIPPED)
        return {field.question.name: field.answer or blank for field in self.asked}

    def sound_answers(self) -> dict[str, Given]:
        """The answers that can be kept as they are, whether or not the page is complete."""
        self.validate()
        return {
            field.question.name: field.answer
            for field in self.asked
            if field.answer is not None and not field.errors
        }

    @classmethod
    def passed_by(cls, page: Page) -> dict[str, Given]:
        """Answers for a page that the person chose to skip."""
        return {question.name: Given(state=AnswerState.SKIPPED) for question in page.questions}


def field_name(question_name: str) -> str:
    """What a question's field is called in the form."""
    return f"q_{question_name}"


def page_form(page: Page) -> type[PageForm]:
    """A form class that asks one page; words come from the template, so it fits all languages."""
    fields: dict[str, Any] = {
        field_name(question.name): _field(question) for question in page.questions
    }
    return type("AskedPage", (PageForm,), fields)


def _field(question: Question) -> Any:
    return FIELDS[question.kind](question.name, question=question)
