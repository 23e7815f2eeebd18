"""Forms of sign-off: what members say of a survey, which group it is, why it opens without."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from feedback.forms.account import WordsForm
from feedback.forms.office_fields import LinesField, PickField
from feedback.vocabulary import LONGEST_REASON_PRINTED, Verdict

VERDICTS = {
    Verdict.AGREE: (_l("Yes, that is right"), _l("Yes")),
    Verdict.NOT_QUITE: (_l("Not quite"), _l("Not quite")),
    Verdict.MISSING: (_l("Something is missing"), _l("Something is missing")),
}
PICTURES = {
    Verdict.AGREE: "own/yes",
    Verdict.NOT_QUITE: "own/not-sure",
    Verdict.MISSING: "own/words",
}


class VoiceForm(WordsForm):
    """Yes, or not yet and why, to the words that somebody has before them."""

    seen = HiddenField()
    survey = HiddenField()
    words = StringField()


class ResultForm(WordsForm):
    """What a member says of the answers to their question."""

    verdict = HiddenField()
    words = StringField()


class SeenForm(WordsForm):
    """A button that belongs to the words that somebody has before them."""

    seen = HiddenField()


class GroupForm(WordsForm):
    """Which group signs a survey off."""

    group = PickField(_l("Which group says yes to this survey?"), missing=_l("Choose a group"))

    def offer(self, groups: Iterable[tuple[object, object]]) -> None:
        """The groups to choose from."""
        self.group.offer(groups)


class OverrideForm(WordsForm):
    """Why a survey is opened without its group's yes."""

    reason = LinesField(_l("Why does it open without the group?"), longest=LONGEST_REASON_PRINTED)
