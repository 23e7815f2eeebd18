"""Forms of who was heard: which answers, which weights; a profile out of a file or pasted."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from babel.lists import format_list
from flask_babel import format_decimal, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField
from wtforms.validators import ValidationError

from feedback.analysis.profile_files import LARGEST_FILE, Odd, Trouble, Wrong
from feedback.forms.account import WordsForm
from feedback.forms.office_fields import (
    CountField,
    DayField,
    LineField,
    LinesField,
    PickField,
    SeveralField,
)
from feedback.forms.office_words import AUDIENCES
from feedback.vocabulary import Audience

DIMENSION_WORDS = {
    "stage": _l("Help that a child has now"),
    "need": _l("What a child needs help with"),
    "age_band": _l("Age"),
    "setting": _l("Where a child learns"),
    "area": _l("Area"),
    "language": _l("Language at home"),
    "ethnicity": _l("Ethnic group"),
    "role": _l("Where people work"),
}


class HeardForm(WordsForm):
    """Whose answers count: of all the time, or of one school year."""

    class Meta(WordsForm.Meta):
        """How the form reads a request: out of the address, so that a page can be sent on."""

        csrf = False

    audience = PickField(_l("Who answered"), unknown=_l("Choose one from the list"))
    year = PickField(_l("School year"), empty=_l("All the time"))

    def offer(self, years: Mapping[int, str]) -> None:
        """Whom and when there is to choose from; a year that is not there is all the time."""
        self.audience.offer(AUDIENCES.items())
        self.audience.data = self.audience.data or Audience.PARENT.value
        self.year.offer(years.items())
        self.asked_year = self.year.data
        if self.audience.data == Audience.EVERYONE or self.year.data not in self.year.offered:
            self.year.data = ""

    @property
    def year_left_out(self) -> bool:
        """Whether a year was asked for that there is, but not of everybody."""
        return bool(self.asked_year) and self.asked_year in self.year.offered and not self.year.data


class WeightsForm(WordsForm):
    """Which profiles those who were heard should look like."""

    class Meta(HeardForm.Meta):
        """How the form reads a request."""

    by = SeveralField(_l("Which profiles should count?"))

    def offer(self, names: Iterable[str]) -> None:
        """The questions that have a profile that weights can use."""
        self.by.offer((name, DIMENSION_WORDS[name]) for name in names)

    def validate_by(self, field: SeveralField) -> None:
        """One profile, or two together."""
        if len(field.data) > 2:
            raise ValidationError(_("Choose one profile or two"))


class ProfileForm(WordsForm):
    """A profile: where it is from, and its groups as a file or pasted."""

    class Meta(WordsForm.Meta):
        """How the form reads a request."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The words and the file."""
            return super(WordsForm.Meta, self).wrap_formdata(form, formdata)

    source = LineField(_l("Where are the figures from?"), missing=_l("Write where they are from"))
    day = DayField(_l("Which day do they speak of?"), missing=_l("Write the day they speak of"))
    base = CountField(_l("How many people are counted in all?"))
    file = FileField(_l("A file with the groups"))
    pasted = LinesField(_l("Or paste the groups here"), longest=LARGEST_FILE)
    today: date  # where the host is

    def validate_day(self, field: DayField) -> None:
        """Nobody has counted on a day that is still to come."""
        if field.data and field.data > self.today:
            raise ValidationError(_words(Trouble(Wrong.TO_COME)))

    def validate_base(self, field: CountField) -> None:
        """Nobody at all is no profile."""
        if field.data == 0:
            raise ValidationError(_words(Trouble(Wrong.BASE_ZERO)))


_WORDS = {
    Wrong.EMPTY: _l("There are no groups with numbers. Choose a file or paste the lines"),
    Wrong.TOO_LARGE: _l("This is too long. A profile has at most 200 lines"),
    Wrong.NOT_TEXT: _l("This cannot be read as a table. Save it as CSV (UTF-8)"),
    Wrong.NO_HEADER: _l("The first line must name the columns: group,people or group,share"),
    Wrong.TOO_SHORT: _l("There is no number here. Write a group and a number on each line"),
    Wrong.FORMULA: _l("This looks like a formula. Write a plain word and a plain number"),
    Wrong.UNKNOWN: _l("No survey has the group “%(group)s”. Use the codes of the template"),
    Wrong.TWICE: _l("“%(group)s” stands here a second time. It is in line %(first)s already"),
    Wrong.OVERLAP: _l(
        "The ages of “%(group)s” and “%(other)s” overlap. Each age goes in one group"
    ),
    Wrong.NEGATIVE: _l("A number is 0 or more"),
    Wrong.TOO_MANY: _l("This number is too large. The most is %(most)s"),
    Wrong.NOBODY: _l("All numbers are 0, so there is nobody to compare with"),
    Wrong.NO_BASE: _l("The file has shares. Write above how many people they are shares of"),
    Wrong.BASE_ZERO: _l("Write how many people are counted in all: 1 or more"),
    Wrong.TO_COME: _l("This day is still to come. Write the day on which people were counted"),
    Odd.MISSING: _l("These groups have no number and will not be compared: %(groups)s."),
    Odd.NOT_100: _l("The shares add up to %(total)s%%, not to 100%%."),
    Odd.PARTS_OF_ONE: _l("The shares add up to 1, so 0.375 is read as 37.5%%."),
}


def trouble_words(trouble: Trouble) -> str:
    """What to mend or to look at, with its line."""
    if trouble.line:
        return _("Line %(line)s: %(words)s.", line=trouble.line, words=_words(trouble))
    words = _words(trouble)
    return words if words.endswith(".") else f"{words}."


def _words(trouble: Trouble) -> str:
    facts = {name: _fact(value) for name, value in trouble.facts.items()}
    match trouble.what:
        case Wrong.NOT_A_NUMBER if facts["kind"] == "share":
            return _("“%(said)s” is not a share. Write per cents, like 37.5", said=facts["said"])
        case Wrong.NOT_A_NUMBER:
            said = facts["said"]
            return _("“%(said)s” is not a number of people. Write a whole number", said=said)
        case Odd.NOT_BASE:
            more = int(str(trouble.facts["total"])) > int(str(trouble.facts["base"]))
            by = int(str(trouble.facts["by"]))
            if more:
                return ngettext(
                    "The groups add up to %(total)s: %(by)s person more than all, %(base)s.",
                    "The groups add up to %(total)s: %(by)s people more than all, %(base)s.",
                    by,
                    **facts,
                )
            return ngettext(
                "The groups add up to %(total)s: %(by)s person fewer than all, %(base)s.",
                "The groups add up to %(total)s: %(by)s people fewer than all, %(base)s.",
                by,
                **facts,
            )
    return str(_WORDS[trouble.what]) % facts


def _fact(value: object) -> str:
    if isinstance(value, tuple):
        return str(format_list([str(each) for each in value], locale=get_locale()))
    return str(format_decimal(value)) if isinstance(value, int | float) else str(value)
