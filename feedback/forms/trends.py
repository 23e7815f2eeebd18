"""Forms of the pages about measures: which answers, notes on charts, targets, how a year is cut."""

from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms.validators import ValidationError

from feedback.forms.account import WordsForm
from feedback.forms.office_fields import DayField, LineField, LinesField, PickField, TypedField
from feedback.vocabulary import LARGEST_NUMBER, NoteKind

LONGEST_REASON = 500  # letters
MONTHS = 12


class WindowForm(WordsForm):
    """Which answers count, and how they are cut: asked for in the address."""

    class Meta(WordsForm.Meta):
        """How the form reads a request."""

        csrf = False  # it changes nothing

        def wrap_formdata(self, form: Any, formdata: object) -> object:
            """What stands in the address, if anything of this form does."""
            asked = MultiDict(request.args)
            asked.setdefault("kind", "cycle")
            return asked

    kind = PickField(_l("Look at"), missing=_l("Choose what to look at"))
    audience = PickField(_l("Who answered"), empty=_l("Everybody"))
    first = DayField(_l("From"))
    last = DayField(_l("Until"))

    def validate_last(self, field: DayField) -> None:
        """A window has its first day first."""
        first = self.first.data
        if isinstance(first, date) and isinstance(field.data, date) and field.data < first:
            raise ValidationError(
                _("The last day is before the first. Nothing is shown. Change one of the two days")
            )


class NoteForm(WordsForm):
    """A note on a chart: what it says, from when, and why."""

    kind = PickField(_l("What do you want to say?"), missing=_l("Choose what you want to say"))
    starts_on = DayField(_l("Day, or the first day"), missing=_l("Write the day"))
    ends_on = DayField(_l("Last day"))
    words = LinesField(
        _l("In a few words"),
        longest=LONGEST_REASON,
        missing=_l("Write what changed, or the reason. It stands under the chart"),
    )
    everywhere = PickField(_l("On which charts?"))

    def validate_ends_on(self, field: DayField) -> None:
        """Only days that do not count have a last one, and it is not before the first."""
        if field.data and self.kind.data in (NoteKind.CHANGE.value, NoteKind.NEW_START.value):
            raise ValidationError(_("Only days that do not count have a last day. Leave it empty"))
        first = self.starts_on.data
        if isinstance(first, date) and isinstance(field.data, date) and field.data < first:
            raise ValidationError(_("The last day is before the first. Change one of the two days"))

    def validate_everywhere(self, field: PickField) -> None:
        """Limits belong to one chart."""
        if field.data == "all" and self.kind.data not in ("", NoteKind.CHANGE.value):
            raise ValidationError(
                _("This can be said of one chart at a time. Choose “this chart only”")
            )


class NumberField(TypedField):
    """A number with at most one decimal, with a point or a comma."""

    def written(self, data: Any) -> str:
        """As it was typed."""
        return f"{data:g}"

    def meaning(self, text: str) -> float:
        """The number."""
        try:
            number = float(text.replace(",", ".").rstrip("% "))
        except ValueError:
            number = -1.0
        if not 0 <= number <= LARGEST_NUMBER:
            raise ValidationError(_("Write a number, like 70 or 7.5"))
        return round(number, 1)


class TargetForm(WordsForm):
    """What a measure is to reach, and who says so."""

    value = NumberField(_l("The target"), missing=_l("Write the target, like 70"))
    words = LinesField(
        _l("Who set it, and why?"),
        longest=LONGEST_REASON,
        missing=_l("Write who set the target, and why. It stands under the chart"),
    )

    def __init__(self, most: float, **more: Any) -> None:
        super().__init__(**more)
        self.most = most

    def validate_value(self, field: NumberField) -> None:
        """It can be reached."""
        if isinstance(field.data, float) and field.data > self.most:
            raise ValidationError(
                _("Nobody can reach more than %(most)s. Write less", most=f"{self.most:g}")
            )


class ReportingYearForm(WordsForm):
    """The first day of a cycle, and on which days terms begin."""

    cycles_from = DayField(
        _l("First day of any one cycle"), missing=_l("Write the first day of a cycle")
    )
    terms = LineField(_l("Terms begin on"), missing=_l("Write the days on which terms begin"))

    def validate_terms(self, field: LineField) -> None:
        """Each part is a day of the year."""
        self.days = _days_of_year(field.data)
        if not self.days or len(set(self.days)) < len(self.days):
            raise ValidationError(
                _("Write each day as day and month with a comma between: 1/9, 1/1, 16/4")
            )

    days: list[tuple[int, int]]


def _days_of_year(text: str) -> list[tuple[int, int]]:
    """Month and day of each "day/month"; nothing where one of them is no day."""
    found = []
    for part in text.split(","):
        pieces = part.strip().split("/")
        try:
            day, month = (int(piece) for piece in pieces)
            date(2023, month, day)  # no leap year: each year has it
        except ValueError:
            return []
        found.append((month, day))
    return found
