"""Signing in, and the small forms that carry only a code or a button."""

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length


class WordsForm(FlaskForm):
    """A form that takes words only: a file sent in their place is as if nothing was sent."""

    class Meta(FlaskForm.Meta):
        """How the form reads a request."""

        def wrap_formdata(self, form: FlaskForm, formdata: object) -> object:
            """The sent words, without files."""
            wrapped = super().wrap_formdata(form, formdata)
            return request.form if isinstance(wrapped, CombinedMultiDict) else wrapped


class SignInForm(WordsForm):
    """E-mail and password of a member of staff."""

    email = StringField(
        _l("E-mail address"),
        [InputRequired(_l("Write your e-mail address")), Length(max=254)],
    )
    password = PasswordField(
        _l("Password"), [InputRequired(_l("Write your password")), Length(max=1000)]
    )


class CodeForm(WordsForm):
    """A code of four words, or the short code of a survey."""

    code = StringField(_l("Your code"), [InputRequired(_l("Write your code")), Length(max=200)])


class ButtonForm(WordsForm):
    """A page with nothing to fill in, only buttons."""
