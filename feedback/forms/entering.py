"""A whole paper form as one form class: every question, and nothing needed."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined] # their types are one version behind
    BooleanField,
    HiddenField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import Regexp

from feedback.forms.fields import FIELDS, NumberField, OptionField
from feedback.forms.questions import PageForm, field_name
from feedback.languages import OFFERED
from feedback.questionnaire import Question, Questionnaire
from feedback.vocabulary import Helper, Presentation, QuestionKind


class BlankOptionField(OptionField):
    """One answer out of several, or a blank that takes a wrong one away again."""

    def read(self, sent: list[str], formdata: Any) -> None:
        """Mark the option sent."""
        super().read([value for value in sent if value], formdata)


class PaperForm(PageForm):
    """What stands round the questions: how the form was read, and who helped."""

    submission = HiddenField(validators=[Regexp(r"^[0-9a-f]{32}$")])
    left_out = HiddenField()
    language = SelectField(_l("Language of this form"))
    read = SelectField(_l("Words of this form"))
    helper = SelectField(_l("Who helped to fill it in"))
    may_be_quoted = BooleanField(_l("The box “Other people may read my words” is ticked"))

    def offer(self, asked: Questionnaire, helpers: dict[Helper, str]) -> None:
        """Offer what the survey is printed in."""
        tags = asked.complete_languages or asked.languages
        self.language.choices = [SelectChoice(tag, OFFERED[tag].own_name) for tag in tags]
        self.read.choices = [SelectChoice(Presentation.STANDARD.value, _("Usual words"))]
        if asked.has_easy_read:
            self.read.choices.append(SelectChoice(Presentation.EASY_READ.value, _("Easy read")))
        self.helper.choices = [
            SelectChoice("", _("It does not say")),
            *(SelectChoice(helper.value, words) for helper, words in helpers.items()),
        ]


def paper_form(asked: Questionnaire) -> type[PaperForm]:
    """A form class with all questions of a survey."""
    fields = {field_name(name): _field(question) for name, question in asked.questions.items()}
    return type("WholeForm", (PaperForm,), fields)


def _field(question: Question) -> Any:
    loose = question.model_copy(update={"required": False})
    if question.kind is QuestionKind.RATING:  # typed as a number: quicker than choosing one of 11
        bounded = loose.model_copy(update={"lowest": 0, "highest": 10})
        return NumberField(question.name, question=bounded)
    kind = FIELDS[question.kind]
    return (BlankOptionField if kind is OptionField else kind)(question.name, question=loose)
