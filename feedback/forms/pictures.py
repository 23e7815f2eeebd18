"""Bringing in a picture."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from feedback.analysis.text import one_line


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
