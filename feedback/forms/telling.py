"""Asking to be told what happened: an address, a language, and how it is to be read."""

from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined] # their types are one version behind
    RadioField,
    SelectChoice,
    StringField,
)
from wtforms.validators import DataRequired, Length, Regexp

from feedback import languages
from feedback.analysis.text import one_line
from feedback.forms.account import WordsForm
from feedback.forms.people import ADDRESS, otherwise
from feedback.vocabulary import Presentation

WRITE_ADDRESS = _l("Write an e-mail address, such as name@example.org")
LONGEST = 254  # letters that an address can have


class TellForm(WordsForm):
    """Where letters go; the page's own language stands there beforehand."""

    class Meta(WordsForm.Meta):
        """It reads no cookie, so no safety key can be in one: the page looks who sent it."""

        csrf = False

    email = StringField(
        _l("Your e-mail address"),
        [
            DataRequired(WRITE_ADDRESS),
            Length(max=LONGEST, message=WRITE_ADDRESS),
            Regexp(ADDRESS, message=WRITE_ADDRESS),
        ],
        filters=[one_line],
    )
    words = RadioField(
        _l("Which words do you like to read?"),
        choices=[
            SelectChoice(Presentation.STANDARD.value, _l("Usual words")),
            SelectChoice(Presentation.EASY_READ.value, _l("Easy read: shorter words")),
        ],
        default=Presentation.STANDARD.value,
        **otherwise(_l("Choose which words you like to read")),
    )
    tongue = RadioField(
        _l("In which language?"),
        choices=[SelectChoice(each.tag, each.own_name) for each in languages.OFFERED.values()],
        **otherwise(_l("Choose a language from the list")),
    )
