"""The form of a meeting."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from feedback.forms.office_fields import DayField, LineField, LinesField
from feedback.forms.reports import SeenForm


class MeetingForm(SeenForm):
    """When a group meets, and by when its papers stand."""

    name = LineField(_l("Name of the group"), missing=_l("Write which group meets"))
    held_on = DayField(_l("Day of the meeting"), missing=_l("Write the day of the meeting"))
    papers_on = DayField(
        _l("Day on which the papers go out"), missing=_l("Write the day on which the papers go out")
    )
    cut_off_on = DayField(
        _l("Last day that counts in the papers"),
        missing=_l("Write the last day that counts in the papers"),
    )
    minutes = LinesField(_l("What was decided beside the promises"))

    def validate_papers_on(self, field: DayField) -> None:
        """Papers go out before the meeting, or on its day."""
        if field.data and self.held_on.data and field.data > self.held_on.data:
            raise ValidationError(_("The papers go out before the meeting, or on its day"))

    def validate_cut_off_on(self, field: DayField) -> None:
        """What comes after the papers went out cannot be in them."""
        if field.data and self.papers_on.data and field.data > self.papers_on.data:
            raise ValidationError(_("This day is before the papers go out, or the same day"))
