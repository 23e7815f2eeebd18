"""Bringing in a picture, and choosing one for a question."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from feedback.analysis.text import one_line
from feedback.forms.account import WordsForm


def _tidied(text: str | None) -> str:
    return one_line(text)


class UploadForm(FlaskForm):
    """A file with what it shows; the one form of ours that takes a file."""

    class Meta(FlaskForm.Meta):
        """How the form reads a request."""

        def wrap_formdata(self, form: FlaskForm, formdata: object) -> object:
            """The sent words, and a file only where one belongs."""
            wrapped = super().wrap_formdata(form, formdata)
            if not isinstance(wrapped, CombinedMultiDict):
                return wrapped
            file: Any = MultiDict([("file", sent) for sent in request.files.getlist("file")])
            return CombinedMultiDict([file, request.form])

    file = FileField(_l("Picture"), [FileRequired(_l("Choose a file"))])
    shows = StringField(
        _l("What does it show?"),
        [DataRequired(_l("Say in a few words what the picture shows")), Length(max=80)],
        filters=[_tidied],
    )
    more = StringField(
        _l("More words to find it by"),
        [Length(max=400)],
        filters=[_tidied],
    )
    credit = StringField(_l("Who made it"), [Length(max=200)], filters=[_tidied])
    agreed = BooleanField(
        _l("We may use this picture, and nobody in it can be harmed by being seen"),
        [InputRequired(_l("Tick the box, or choose a picture that you may use"))],
    )
    back = HiddenField()

    @property
    def all_words(self) -> list[str]:
        """What the picture shows, then the words beside it."""
        others = (self.more.data or "").replace(";", ",").split(",")
        return [self.shows.data or "", *others]


class ChosenPictureForm(WordsForm):
    """A picture that somebody chose, and what it says to a person who cannot see it.

    Whether there is such a picture is for the door to ask: `queries.pictures.known`.
    """

    picture = HiddenField()
    alt = StringField(_l("What it says to a person who cannot see it"), filters=[_tidied])
    decorative = BooleanField(_l("It only repeats the words beside it"))

    def validate_alt(self, field: Any) -> None:
        """Words are needed unless the picture is passed over."""
        if self.decorative.data:
            field.data = ""
        elif not field.data:
            raise ValidationError(
                _l("Say what the picture shows, or tick that it only repeats the words")
            )
        elif len(field.data) > 200:
            raise ValidationError(_l("Say it in 200 letters or fewer"))
