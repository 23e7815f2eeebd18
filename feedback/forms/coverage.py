"""Forms of training coverage: a count, a provider's figure, a table out of a file."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField
from wtforms.validators import ValidationError

from feedback.analysis.coverage import read_per_cent
from feedback.forms.account import WordsForm
from feedback.forms.fields import whole
from feedback.forms.office_fields import (
    CountField,
    DayField,
    LineField,
    LinesField,
    PickField,
    TypedField,
)
from feedback.forms.office_words import ORGANISATION_KINDS
from feedback.models.coverage import Coverage, ProviderFigure
from feedback.models.events import Series
from feedback.models.people import Organisation
from feedback.vocabulary import OrganisationKind

LONGEST_DEFINITION = 1_000  # letters
MOST = 100  # per cent
_WITHOUT_BASE = _l("Write how many there are in all. A share without it says nothing")


class PerCentField(TypedField):
    """A per cent in the digits that somebody gave it with."""

    def meaning(self, text: str) -> str:
        """The digits, if they are a per cent."""
        said = read_per_cent(text)
        if said is None:
            raise ValidationError(_("Write a number from 0 to 100, like 65 or 65.8"))
        return said


class TargetField(CountField):
    """The per cent of staff that should have a training."""

    def meaning(self, text: str) -> int:
        """A whole per cent; nobody aims at none."""
        number = whole(text.removesuffix("%").strip())
        if number is None or not 1 <= number <= MOST:
            raise ValidationError(_("Write a whole number from 1 to 100"))
        return number


class _CountedForm(WordsForm):
    """Something counted on a day, out of something, that somebody else may change meanwhile."""

    version = HiddenField()

    part_name: str  # of the field that counts
    whole_name: str  # of the field that says out of how many
    today: date  # where the host is

    @property
    def seen_version(self) -> int:
        """The version that the person saw when they began; 0 where that cannot be told."""
        return whole(self.version.data or "") or 0

    def begin(self, entry: Coverage | ProviderFigure) -> None:
        """Remember which version the person has before them, in case another comes."""
        if not self.is_submitted():
            self.version.data = str(entry.version)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the two numbers make a share, and the day has come."""
        sound = bool(super().validate(extra_validators))
        part, total = self[self.part_name], self[self.whole_name]
        wrong = {}
        if total.data == 0:
            wrong[total] = _("Write a number over 0. There is no share of nobody")
        elif part.data is not None and total.data is not None and part.data > total.data:
            wrong[part] = _("This is more than there are in all. Look at both numbers")
        day = self["counted_on"]
        if day.data and day.data > self.today:
            wrong[day] = _("This day is still to come. Write the day somebody counted")
        for field, words in wrong.items():
            if not field.errors:
                field.errors, sound = [words], False
        return sound


class CoverageForm(_CountedForm):
    """A count of how many staff had a training."""

    series = PickField(
        _l("Training out of our list"),
        empty=_l("Another training"),
        unknown=_l("Choose a training from the list"),
    )
    training = LineField(_l("Name of another training"))
    organisation = PickField(
        _l("Organisation"),
        empty=_l("All of one kind"),
        unknown=_l("Choose an organisation from the list"),
    )
    kind = PickField(_l("Kind of organisation"), empty=_l("None chosen"))
    staff_group = LineField(_l("Which staff?"), missing=_l("Write which staff were counted"))
    trained = CountField(
        _l("How many of them have had it?"), missing=_l("Write how many have had the training")
    )
    staff = CountField(_l("How many staff are there in all?"), missing=_WITHOUT_BASE)
    target = TargetField(_l("Target, per cent of staff"))
    counted_on = DayField(_l("Day it was counted on"), missing=_l("Write the day somebody counted"))
    source = LineField(_l("Where is this from?"), missing=_l("Write where the numbers are from"))

    part_name, whole_name = "trained", "staff"

    def offer(
        self, *, series: Iterable[Series], organisations: Iterable[Organisation], today: date
    ) -> None:
        """What there is to choose from, and the day it is."""
        known = list(organisations)
        self._kinds = {each.id: each.kind for each in known}
        self.series.offer((each.id, each.name) for each in series)
        self.organisation.offer((each.id, each.name) for each in known)
        self.kind.offer(ORGANISATION_KINDS.items())
        self.today = today

    def validate_training(self, field: LineField) -> None:
        """One training: out of the list, or another."""
        if field.data and self.series.data:
            raise ValidationError(_("Choose a training or write another one, not both"))
        if not field.data and not self.series.data:
            raise ValidationError(_("Choose a training from the list, or write its name"))

    def validate_kind(self, field: PickField) -> None:
        """A kind is needed where no organisation is named, and agrees with one that is."""
        chosen = self.organisation.data
        if not chosen and not field.data:
            raise ValidationError(_("Choose an organisation, or which kind it is"))
        if chosen in self.organisation.offered and chosen and field.data:
            theirs = self._kinds[int(chosen)]
            if field.data != theirs.value:
                kind = ORGANISATION_KINDS[theirs]
                raise ValidationError(
                    _("The organisation is of the kind “%(kind)s”. Choose that", kind=kind)
                )

    @property
    def whose(self) -> OrganisationKind:
        """The kind of the chosen organisation, or the chosen kind."""
        chosen = self.organisation.number
        return self._kinds[chosen] if chosen else OrganisationKind(self.kind.data)


class FigureForm(_CountedForm):
    """A figure of a programme, as its provider gave it, with what it means."""

    programme = LineField(_l("Programme"), missing=_l("Write which programme it is about"))
    title = LineField(_l("What the figure is called"), missing=_l("Write a name for the figure"))
    counted = LinesField(
        _l("Who or what counts?"),
        missing=_l("Write what was counted. Nobody can read a figure without it"),
        longest=LONGEST_DEFINITION,
    )
    among = LinesField(
        _l("Out of whom?"),
        missing=_l("Write who all were that it is counted out of"),
        longest=LONGEST_DEFINITION,
    )
    numerator = CountField(_l("How many count?"), missing=_l("Write how many count"))
    denominator = CountField(_l("Out of how many?"), missing=_WITHOUT_BASE)
    said = PerCentField(_l("Per cent that the provider gave"))
    counted_on = DayField(_l("Day it was counted on"), missing=_l("Write the day somebody counted"))
    source = LineField(_l("Where is this from?"), missing=_l("Write where the numbers are from"))

    part_name, whole_name = "numerator", "denominator"

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, by the names that a figure has for it."""
        names = ("programme", "title", "counted", "among", "numerator", "denominator")
        facts = {name: self[name].data for name in (*names, "counted_on", "source")}
        return {**facts, "said": self.said.data or ""}


class TableForm(WordsForm):
    """A table out of a file, or the content of one that was looked at before."""

    class Meta(WordsForm.Meta):
        """How the form reads a request."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The words and the file."""
            return super(WordsForm.Meta, self).wrap_formdata(form, formdata)

    file = FileField(_l("CSV file"))
    content = HiddenField()


def coverage_data(entry: Coverage) -> dict[str, Any]:
    """What a count says, for the fields of a form."""
    names = ("staff_group", "trained", "staff", "target", "counted_on", "source")
    return {
        **{name: getattr(entry, name) for name in names},
        "series": entry.series_id,
        "training": "" if entry.series_id else entry.training,
        "organisation": entry.organisation_id,
        "kind": entry.kind.value,
    }


def figure_data(figure: ProviderFigure) -> dict[str, Any]:
    """What a figure says, for the fields of a form."""
    names = (
        *("programme", "title", "counted", "among", "numerator", "denominator"),
        *("said", "counted_on", "source"),
    )
    return {name: getattr(figure, name) for name in names}
