"""Forms of what was heard and what was promised: insights, quotes, commitments, updates."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, ValidationError

from feedback.forms.account import WordsForm
from feedback.forms.fields import whole
from feedback.forms.office_fields import DayField, LinesField, PickField, SeveralField
from feedback.forms.public_words import PublicWordsForm, with_text
from feedback.vocabulary import CommitmentState

LONGEST_TITLE = 120  # letters; two lines on a phone
LONGEST_SAID = 1_000
LONGEST_REASON = 500
NO_CHOICE = _l("None chosen")


class TurnForm(WordsForm):
    """Something done to a row that somebody else may change at the same time."""

    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version that the person saw when they began; 0 where that cannot be told."""
        return whole(self.version.data or "") or 0


@with_text(
    "title", longest=LONGEST_TITLE, lines=False, missing=_l("Write a heading in a few words")
)
@with_text("said", longest=LONGEST_SAID, missing=_l("Write what people told you"))
class InsightForm(PublicWordsForm, TurnForm):
    """What was heard, from whom, and what it rests on."""

    audience = PickField(_l("Who said it?"), missing=_l("Choose who said it"))
    heard_on = DayField(_l("When was it heard?"), missing=_l("Write the day it was heard"))
    theme = PickField(_l("Theme"), empty=NO_CHOICE)
    measure = PickField(_l("Measure"), empty=NO_CHOICE)
    release = PickField(_l("Numbers from"), empty=_l("No numbers"))
    question = PickField(_l("Question that people were asked"), empty=NO_CHOICE)
    event = PickField(_l("Event"), empty=NO_CHOICE)
    place = PickField(_l("Place"), empty=NO_CHOICE)
    tags = SeveralField(_l("Which frameworks does it speak to?"))
    today: date  # where the host is

    def validate_heard_on(self, field: DayField) -> None:
        """Nothing is heard before it is said."""
        if field.data is not None and field.data > self.today:
            raise ValidationError(_("This day is still to come. Write the day it was heard"))

    def validate_release(self, field: PickField) -> None:
        """Numbers are of something."""
        if field.data and not self.theme.data and not self.measure.data:
            raise ValidationError(
                _("Choose a theme or a measure too, so that it is clear which numbers are meant")
            )


class ReasonForm(TurnForm):
    """Why something that everybody could read is taken back."""

    because = LinesField(
        _l("Why do you take it back?"),
        longest=LONGEST_REASON,
        missing=_l("Write why, in a sentence. It stands on the page from then on"),
    )


class ApproveForm(WordsForm):
    """A quote for everybody: somebody has looked whether it shows who wrote it."""

    response_id = HiddenField()
    question_id = HiddenField()
    nobody_told = BooleanField(
        _l("A teacher, a neighbour or the family next door could not tell who wrote this"),
        [InputRequired(_l("Tick this only if you are sure. If you are not, leave the quote out"))],
    )


class _Dated(TurnForm):
    """A day that has come."""

    happened_on = DayField(_l("On which day?"), missing=_l("Write the day"))
    today: date

    def validate_happened_on(self, field: DayField) -> None:
        """What is still to come has not happened."""
        if field.data is not None and field.data > self.today:
            raise ValidationError(
                _("This day is still to come. Write the day on which it happened")
            )


def _lies_ahead(form: Any, field: DayField) -> None:
    if field.data is not None and field.data < form.today:
        raise ValidationError(_("This day is over. Write a day that is still to come"))


@with_text("what", longest=LONGEST_SAID, missing=_l("Write what will be done"))
@with_text(
    "notice",
    longest=LONGEST_SAID,
    missing=_l("Write how families will notice. If they will not, why do it?"),
)
class CommitmentForm(PublicWordsForm, TurnForm):
    """What somebody promises, for when, and how families will notice."""

    organisation = PickField(_l("Who is in charge?"), missing=_l("Choose who is in charge"))
    owner = PickField(_l("Which person?"), empty=NO_CHOICE)
    meeting = PickField(_l("Decided at"), empty=NO_CHOICE)
    due_on = DayField(_l("By when?"))
    measure = PickField(_l("Measured again with"), empty=NO_CHOICE)
    measure_again_on = DayField(_l("Measured again on"))
    today: date
    due_stands: date | None = None  # everybody was told this day

    def validate_due_on(self, field: DayField) -> None:
        """A promise lies ahead, and a day that people were told stays."""
        if field.data == self.due_stands and field.data is not None:
            return
        if self.due_stands is not None:
            raise ValidationError(
                _("People were told another day, and it stays. Write an update if it will be late")
            )
        _lies_ahead(self, field)

    def validate_measure_again_on(self, field: DayField) -> None:
        """What is measured again is named."""
        if field.data and not self.measure.data:
            raise ValidationError(_("Choose what will be measured again"))
        if self.measure.data and not field.data:
            raise ValidationError(_("Write when it will be measured again"))


@with_text("words", longest=LONGEST_SAID)
class SaidForm(PublicWordsForm, _Dated):
    """What happened with a commitment: the state it is in, and words that say more."""

    state = PickField(_l("How does it stand?"), missing=_l("Choose how it stands"))
    hoped_on = DayField(_l("By when do you hope for it now?"))

    def validate_hoped_on(self, field: DayField) -> None:
        """Hope lies ahead."""
        _lies_ahead(self, field)

    def validate_state(self, field: PickField) -> None:
        """Who says that something cannot be done says why; who says that it is done, what was."""
        if self.words("words"):
            return
        if field.data == CommitmentState.CANNOT.value:
            raise ValidationError(
                _("Write why it cannot be done, in plain words. The people who asked read it")
            )
        if field.data == CommitmentState.DONE.value:
            raise ValidationError(
                _("Write what was done, so that people and whoever checks it can see it")
            )


class NewCommitmentForm(CommitmentForm, SaidForm):
    """A commitment with the state that it begins with."""

    texts = ("what", "notice", "words")


@with_text("words", longest=LONGEST_SAID)
class CheckForm(PublicWordsForm, TurnForm):
    """A second person looks whether something is done."""

    agrees = PickField(_l("Is it done?"), missing=_l("Choose whether it is done"))

    def validate_agrees(self, field: PickField) -> None:
        """Who does not agree says why."""
        if field.data == "no" and not self.words("words"):
            raise ValidationError(_("Write what is still missing, so that people can do it"))
