"""Fields of staff forms: a line, some lines, a day, a time, a count, one or several of a list.

Each keeps what was typed, right or wrong, and says in words what to mend.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import ValidationError

from feedback.analysis.text import one_line, tidy
from feedback.forms.fields import whole
from feedback.vocabulary import LARGEST_NUMBER, LONGEST_COMMENT, LONGEST_SHORT_TEXT

FIRST_YEAR, LAST_YEAR = 2000, 2100  # of anything that is planned or was done
LONGEST_TYPED = 100  # characters of a day, a time or a number that are looked at

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[ ./-](\d{1,2})[ ./-](\d{4})")
_TIME = re.compile(r"(\d{1,2})(?:[:.h ](\d{2}))?(?::\d{2})?")


class TypedField(Field):
    """Something typed into one box; what such fields share.

    `text` is what was typed, `data` what it means, or None where the box is empty.

    Args:
        missing: what to say when the box is empty; without it the box may stay empty.
    """

    def __init__(self, label: Any = None, *, missing: Any = None, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.missing = missing
        self.text = ""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what is kept, or what was just sent."""
        self.process_errors: list[str] = []
        self.object_data = data = None if data is unset_value else data
        if formdata is None:
            self.data, self.text = data, "" if data is None else self.written(data)
        else:
            self.data, self.text = None, self.cleaned(formdata.get(self.name))

    def pre_validate(self, form: Any) -> None:
        """Read what was typed, or raise the words that say what to mend."""
        if not self.text:
            if self.missing:
                raise ValidationError(self.missing)
            self.data = None
            return
        self.data = self.meaning(self.text)

    def cleaned(self, sent: str | None) -> str:
        """What is kept of what was sent."""
        return one_line(sent)[:LONGEST_TYPED]

    def written(self, data: Any) -> str:
        """How a value stands in the box."""
        return str(data)

    def meaning(self, text: str) -> Any:
        """The value that was typed.

        Raises:
            ValidationError: in words for the person.
        """
        raise NotImplementedError

    def _value(self) -> str:
        return self.text


class LineField(TypedField):
    """One line of words; empty is an empty text."""

    def __init__(
        self, label: Any = None, *, longest: int = LONGEST_SHORT_TEXT, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.longest = longest

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what is kept, or what was just sent; right or wrong, it is given back."""
        super().process(formdata, data, extra_filters)
        self.data = self.text

    def cleaned(self, sent: str | None) -> str:
        """The words on one line, without what nobody can see."""
        return one_line(sent)

    def pre_validate(self, form: Any) -> None:
        """The words, or an empty text."""
        super().pre_validate(form)
        self.data = self.data or ""

    def meaning(self, text: str) -> str:
        """The words, if they are not too many."""
        surplus = len(text) - self.longest
        if surplus > 0:
            raise ValidationError(
                ngettext(
                    "This is %(num)d letter too long. It is still here. Make it shorter",
                    "This is %(num)d letters too long. It is still here. Make it shorter",
                    surplus,
                )
            )
        return text


class LinesField(LineField):
    """Several lines of words."""

    def __init__(self, label: Any = None, *, longest: int = LONGEST_COMMENT, **kwargs: Any) -> None:
        super().__init__(label, longest=longest, **kwargs)

    def cleaned(self, sent: str | None) -> str:
        """The words with their line breaks, without what nobody can see."""
        return tidy(sent)


class CountField(TypedField):
    """How many people: a whole number, in any script's digits."""

    def meaning(self, text: str) -> int:
        """The number, if people can be that many."""
        number = whole(text)
        if number is None or not 0 <= number <= LARGEST_NUMBER:
            most = f"{LARGEST_NUMBER:,}"
            raise ValidationError(_("Write a whole number from 0 to %(most)s", most=most))
        return number


class DayField(TypedField):
    """A day, as browsers send it (2026-11-14) or as people write it (14/11/2026)."""

    def written(self, data: Any) -> str:
        """As a browser wants it."""
        return data.isoformat() if isinstance(data, date) else ""

    def meaning(self, text: str) -> date:
        """The day, if there is such a day and it is not ages away."""
        if found := _ISO.fullmatch(text):
            year, month, day = map(int, found.groups())
        elif found := _DAY_FIRST.fullmatch(text):
            day, month, year = map(int, found.groups())
        else:
            raise ValidationError(_("Write a day, month and year, like 14/11/2026"))
        if not FIRST_YEAR <= year <= LAST_YEAR:
            bounds = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise ValidationError(_("Write a year from %(first)s to %(last)s", **bounds))
        try:
            meant = date(year, month, day)
        except ValueError:
            raise ValidationError(
                _("There is no such day. Look at the day and the month")
            ) from None
        self.text = meant.isoformat()  # a browser shows no other writing of it
        return meant


class TimeField(TypedField):
    """A time of day: 9:30, 09.30 or 9."""

    def written(self, data: Any) -> str:
        """As a browser wants it."""
        return f"{data:%H:%M}" if isinstance(data, time | datetime) else ""

    def meaning(self, text: str) -> time:
        """The time, if a day has it."""
        found = _TIME.fullmatch(text)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if hour > 23 or minute > 59:
            raise ValidationError(_("Write a time from 00:00 to 23:59, like 9:30"))
        self.text = f"{hour:02}:{minute:02}"
        return time(hour, minute)


class Choice(NamedTuple):
    """One thing to choose."""

    value: str
    label: str
    selected: bool


class PickField(Field):
    """One of a list.

    Args:
        empty: the words for choosing nothing; they stand first.
        missing: what to say when nothing is chosen; without it nothing needs to be.
        unknown: what to say when something is sent that the list does not have.
    """

    data: str

    def __init__(
        self,
        label: Any = None,
        *,
        empty: Any = None,
        missing: Any = None,
        unknown: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.empty, self.missing, self.unknown = empty, missing, unknown
        self.offered: dict[str, str] = {}

    def offer(self, choices: Iterable[tuple[object, object]]) -> None:
        """What there is to choose from: a value and its words each."""
        nothing = {} if self.empty is None else {"": str(self.empty)}
        self.offered = {**nothing, **{str(value): str(words) for value, words in choices}}

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what is kept, or what was just sent."""
        self.process_errors: list[str] = []
        self.object_data = data = None if data is unset_value else data
        kept = "" if data is None else str(data)
        self.data = kept if formdata is None else formdata.get(self.name, "")

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not in the list, and nothing where something is needed."""
        if not self.data and self.missing:
            raise ValidationError(self.missing)
        if self.data and self.data not in self.offered:
            raise ValidationError(self.unknown or _("Choose one from the list"))

    def iter_choices(self) -> Iterator[Choice]:
        """What there is to choose from, in its order."""
        for value, words in self.offered.items():
            yield Choice(value, words, value == self.data)

    @property
    def number(self) -> int | None:
        """The chosen one's number, where the list is one of numbers."""
        return int(self.data) if self.data else None


class SeveralField(Field):
    """As many of a list as apply.

    Args:
        missing: what to say when nothing is chosen; without it nothing needs to be.
    """

    data: list[str]

    def __init__(self, label: Any = None, *, missing: Any = None, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.missing = missing
        self.offered: dict[str, str] = {}

    def offer(self, choices: Iterable[tuple[object, object]]) -> None:
        """What there is to choose from: a value and its words each."""
        self.offered = {str(value): str(words) for value, words in choices}

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what is kept, or what was just sent."""
        self.process_errors: list[str] = []
        self.object_data = data = None if data is unset_value else data
        kept = [str(each) for each in data or ()]
        self.data = kept if formdata is None else formdata.getlist(self.name)

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not in the list; what is chosen stands in the list's order, each once."""
        if not set(self.data) <= self.offered.keys():
            raise ValidationError(_("Choose from the list"))
        if not self.data and self.missing:
            raise ValidationError(self.missing)
        self.data = [value for value in self.offered if value in self.data]

    def iter_choices(self) -> Iterator[Choice]:
        """What there is to choose from, in its order."""
        for value, words in self.offered.items():
            yield Choice(value, words, value in self.data)

    @property
    def numbers(self) -> list[int]:
        """The chosen ones' numbers, where the list is one of numbers."""
        return [int(value) for value in self.data]
