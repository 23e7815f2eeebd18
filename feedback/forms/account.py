"""Signing in, and the small forms that carry only a code or a button."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):
    """E-mail and password of a member of staff."""

    email = StringField(
        _l("E-mail address"),
        [InputRequired(_l("Write your e-mail address")), Length(max=254)],
    )
    password = PasswordField(
        _l("Password"), [InputRequired(_l("Write your password")), Length(max=1000)]
    )


class CodeForm(FlaskForm):
    """A code of four words, or the short code of a survey."""

    code = StringField(_l("Your code"), [InputRequired(_l("Write your code")), Length(max=200)])


class ButtonForm(FlaskForm):
    """A page with nothing to fill in, only buttons."""
