"""The form that puts two measures side by side."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from feedback.forms.account import WordsForm
from feedback.forms.office_fields import PickField


class TwinsForm(WordsForm):
    """A measure of young people and one of parents."""

    young = PickField(
        _l("What young people are asked"),
        empty=_l("Choose one"),
        missing=_l("Choose what young people are asked"),
        unknown=_l("Choose one from the list of young people"),
    )
    parent = PickField(
        _l("What parents are asked"),
        empty=_l("Choose one"),
        missing=_l("Choose what parents are asked"),
        unknown=_l("Choose one from the list of parents"),
    )

    def offer(self, measures: Sequence[tuple[int, str]]) -> None:
        """The measures there are, with their titles."""
        self.young.offer(measures)
        self.parent.offer(measures)
