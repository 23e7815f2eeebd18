"""Asking for a release."""

from flask_babel import lazy_gettext as _l

from feedback.forms.account import WordsForm
from feedback.forms.office_fields import LineField

LONGEST_NOTE = 200  # letters


class ReleaseForm(WordsForm):
    """What stands beside a release, for everybody to read."""

    note = LineField(_l("A few words to go with it"), longest=LONGEST_NOTE)
