"""What somebody says of a comment at the coding desk."""

from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined] # their types are one version behind
    RadioField,
    SelectChoice,
    SelectMultipleField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from feedback.forms.account import WordsForm

LEVELS = (
    (1, _l("Very good")),
    (2, _l("Good")),
    (3, _l("Mixed, or neither")),
    (4, _l("Bad")),
    (5, _l("Very bad")),
)


class CodingForm(WordsForm):
    """The themes that a comment is about, and how it feels."""

    themes = SelectMultipleField(
        _l("What is it about?"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    level = RadioField(
        _l("How does it feel?"),
        [Optional()],
        coerce=lambda value: int(value) if value not in (None, "", "None") else None,
        choices=[SelectChoice(value, words) for value, words in LEVELS],
    )
