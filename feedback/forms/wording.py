"""What a group fills in to word a question, and a worker to put it into a survey."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from feedback.analysis.text import one_line
from feedback.forms.account import WordsForm

LONGEST_ASK = 300  # letters
LONGEST_ANSWER = 80
LONGEST_WHY = 140
MOST_ANSWERS = 5
FEWEST_ANSWERS = 2


class AskForm(WordsForm):
    """The words of a question, and why they changed."""

    words = TextAreaField(
        _l("How do we ask it?"),
        [
            DataRequired(_l("Write some words first")),
            Length(max=LONGEST_ASK, message=_l("This is too long. Make it short")),
        ],
        filters=[one_line],
    )
    why = StringField(
        _l("Why did you change it?"),
        [Length(max=LONGEST_WHY, message=_l("This is too long. Make it short"))],
        filters=[one_line],
    )


class EasyForm(AskForm):
    """The words of a question in easy read; none where the usual words are easy."""

    words = TextAreaField(
        _l("How do we say it in easy words?"),
        [Length(max=LONGEST_ASK, message=_l("This is too long. Make it short"))],
        filters=[one_line],
    )


class AnswersForm(WordsForm):
    """Answers of the group's own."""

    answers = FieldList(
        StringField(
            _l("Answer"),
            [Length(max=LONGEST_ANSWER, message=_l("This is too long. Make it short"))],
            filters=[one_line],
        ),
        min_entries=MOST_ANSWERS,
        max_entries=MOST_ANSWERS,
    )

    def validate_answers(self, field: Any) -> None:
        """Two different answers, or there is nothing to choose."""
        if len({each.data.casefold() for each in field if each.data}) < FEWEST_ANSWERS:
            raise ValidationError(_l("Write 2 answers or more. No two can be the same"))


def adopt_form(pages: list[tuple[str, str]]) -> type[WordsForm]:
    """Where in a survey a question goes: at the end, or after one of the pages."""

    class AdoptForm(WordsForm):
        after = SelectField(
            _l("Where does it go?"),
            choices=[
                SelectChoice("", _l("At the end")),
                *(SelectChoice(name, words) for name, words in pages),
            ],
        )

    return AdoptForm


def survey_form(surveys: list[tuple[str, str]]) -> type[WordsForm]:
    """Which survey a question goes into."""

    class SurveyForm(WordsForm):
        survey = RadioField(
            _l("Which survey does it go into?"),
            [InputRequired(_l("Choose a survey"))],
            choices=[SelectChoice(name, words) for name, words in surveys],
        )

    return SurveyForm
