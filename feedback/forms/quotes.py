"""Words of a comment that others may read."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from feedback.analysis.quoting import own_words
from feedback.forms.account import WordsForm


class QuoteForm(WordsForm):
    """Part of one comment, and that somebody looked whether it shows who wrote it."""

    text = TextAreaField(_l("The words to show"), [InputRequired(_l("Choose words to show."))])
    nobody_told = BooleanField(
        _l("Nobody can tell who wrote this: not a teacher, not a neighbour."),
        [InputRequired(_l("Read the words again. Tick the box only if it is true."))],
    )

    def __init__(self, comment: str, **more: Any) -> None:
        super().__init__(**more)
        self.comment = comment

    def validate_text(self, field: TextAreaField) -> None:
        """Nobody puts words into somebody's mouth."""
        if not own_words(field.data or "", self.comment):
            raise ValidationError(
                _(
                    "Use only the words of the comment, in the same order. You can leave words "
                    "out. Write … in their place."
                )
            )
