"""Inviting staff, what they may do, their own account, organisations."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined] # their types are one version behind
    Field,
    Form,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from feedback.analysis.text import one_line
from feedback.forms.account import WordsForm

_PART = r"[^\s@<>()\[\],;:\\\"]+"  # of an address; nothing that means something in a header
ADDRESS = re.compile(rf"{_PART}@{_PART}\.{_PART}\Z")
_WRITE_ADDRESS = _l("Write an e-mail address such as name@example.org")
NOWHERE = "0"  # the choice of no organisation


def otherwise(words: Any) -> dict[str, Any]:
    """What is said when none of the choices came (an argument that the types do not know yet)."""
    return {"invalid_choice_message": words}


def _name(label: Any, missing: Any) -> StringField:
    return StringField(
        label,
        [DataRequired(missing), Length(max=200, message=_l("Write up to 200 letters"))],
        filters=[one_line],
    )


def _role() -> RadioField:
    """Chosen by somebody on purpose: nothing stands there beforehand."""
    return RadioField(_l("What they may do"), **otherwise(_l("Choose what they may do")))


def _organisation() -> SelectField:
    return SelectField(_l("Organisation"), **otherwise(_l("Choose an organisation from the list")))


class _Told(WordsForm):
    """A form that can be told what a service found wrong with a field."""

    def tell(self, field: Field, words: str) -> None:
        """Put a fault beside a field, and count the form as one with errors."""
        field.errors = [*field.errors, words]


class PersonForm(_Told):
    """Which role somebody has and whom they belong to."""

    role = _role()
    organisation = _organisation()

    def offer(
        self, roles: Iterable[tuple[str, str]], organisations: Iterable[tuple[int, str]], none: str
    ) -> None:
        """Fill in what can be chosen."""
        self.role.choices = [SelectChoice(value, words) for value, words in roles]
        self.organisation.choices = [
            SelectChoice(NOWHERE, none),
            *(SelectChoice(str(number), name) for number, name in organisations),
        ]

    @property
    def organisation_id(self) -> int | None:
        """The chosen organisation."""
        return int(self.organisation.data or NOWHERE) or None


class InviteForm(PersonForm):
    """Whom to invite and as what."""

    email = StringField(
        _l("E-mail address"),
        [
            DataRequired(_WRITE_ADDRESS),
            Length(max=254, message=_WRITE_ADDRESS),
            Regexp(ADDRESS, message=_WRITE_ADDRESS),
        ],
        filters=[one_line],
    )
    name = _name(_l("Their name"), _l("Write their name"))
    role = _role()  # once more, for fields stand in the order in which they are made
    organisation = _organisation()


class AcceptForm(_Told):
    """What somebody who was invited says themselves; nothing else that is sent counts."""

    name = _name(_l("Your name"), _l("Write your name"))
    password = PasswordField(
        _l("Choose a password"), [InputRequired(_l("Choose a password")), Length(max=1000)]
    )


class PasswordForm(_Told):
    """Somebody's own new password."""

    old = PasswordField(
        _l("The password you have now"),
        [InputRequired(_l("Write the password you have now")), Length(max=1000)],
    )
    new = PasswordField(
        _l("New password"), [InputRequired(_l("Choose a new password")), Length(max=1000)]
    )


class NameForm(_Told):
    """What somebody is called."""

    name = _name(_l("Your name"), _l("Write your name"))


class ConfirmForm(_Told):
    """One's password, asked again before something that lasts."""

    password = PasswordField(
        _l("Your password"), [InputRequired(_l("Write your password")), Length(max=1000)]
    )


class NumberForm(_Told):
    """The six digits of the second step."""

    number = StringField(
        _l("The six digits"),
        [InputRequired(_l("Write the six digits from your app")), Length(max=40)],
    )


class OrganisationForm(_Told):
    """An organisation's name and kind."""

    name = _name(_l("Name"), _l("Write the organisation’s name"))
    kind = SelectField(_l("Kind"), **otherwise(_l("Choose a kind")))

    def offer(self, kinds: Iterable[tuple[str, str]]) -> None:
        """Fill in what can be chosen."""
        self.kind.choices = [SelectChoice(value, words) for value, words in kinds]


def faults(form: Form) -> list[tuple[str, str]]:
    """Each field's first fault with the id to go to, in the order of the page."""
    return [(field.id, field.errors[0]) for field in form if field.errors]
