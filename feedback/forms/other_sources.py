"""The form of a total from another source."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import ValidationError

from feedback.forms.account import WordsForm
from feedback.forms.fields import whole
from feedback.forms.office_fields import CountField, DayField, LineField, LinesField, PickField
from feedback.models.other_sources import SourceCount
from feedback.vocabulary import SourceKind

LONGEST_NOTE = 1_000  # letters

SOURCE_KINDS = {
    SourceKind.COMPLAINTS: _l("Complaints"),
    SourceKind.MEDIATION: _l("Mediation cases"),
    SourceKind.TRIBUNALS: _l("Tribunal appeals"),
    SourceKind.ADVICE_CALLS: _l("Calls to the advice service (SENDIASS)"),
    SourceKind.OTHER: _l("Something else"),
}


class SourceForm(WordsForm):
    """How many there were, of what, in which time."""

    version = HiddenField()
    kind = PickField(_l("What was counted?"), missing=_l("Choose what was counted"))
    theme = PickField(
        _l("On which theme?"), empty=_l("All of them"), unknown=_l("Choose a theme from the list")
    )
    first_on = DayField(_l("First day"), missing=_l("Write the first day that counts"))
    last_on = DayField(_l("Last day"), missing=_l("Write the last day that counts"))
    number = CountField(_l("How many?"), missing=_l("Write how many there were"))
    base = LineField(_l("What counts?"), missing=_l("Write what counts as one"))
    source = LineField(_l("Where is this from?"), missing=_l("Write where the number is from"))
    note = LinesField(_l("What else to know"), longest=LONGEST_NOTE)

    today: date

    def offer(self, themes: Iterable[tuple[int, str]], today: date) -> None:
        """What there is to choose from, and the day it is."""
        self.kind.offer(SOURCE_KINDS.items())
        self.theme.offer(themes)
        self.today = today

    def begin(self, entry: SourceCount) -> None:
        """Remember which version the person has before them, in case another comes."""
        if not self.is_submitted():
            self.version.data = str(entry.version)

    @property
    def seen_version(self) -> int:
        """The version that the person saw when they began; 0 where that cannot be told."""
        return whole(self.version.data or "") or 0

    def validate_last_on(self, field: DayField) -> None:
        """The time is over, and does not end before it begins."""
        if field.data and self.first_on.data and field.data < self.first_on.data:
            raise ValidationError(_("The last day is before the first day"))
        if field.data and field.data > self.today:
            raise ValidationError(_("This day is still to come. Write the last day that counts"))

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, by the names that a total has for it."""
        names = ("first_on", "last_on", "number", "base", "source", "note")
        facts = {name: self[name].data for name in names}
        return {**facts, "kind": SourceKind(self.kind.data), "theme_id": self.theme.number}


def source_data(entry: SourceCount) -> dict[str, Any]:
    """What a total says, for the fields of a form."""
    names = ("first_on", "last_on", "number", "base", "source", "note")
    facts = {name: getattr(entry, name) for name in names}
    return {**facts, "kind": entry.kind.value, "theme": entry.theme_id}
