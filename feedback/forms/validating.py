"""Forms of validation: what a group says of a finding, and how staff make and answer a round."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import ValidationError

from feedback.forms.account import WordsForm
from feedback.forms.fields import whole
from feedback.forms.office_fields import (
    CountField,
    DayField,
    LineField,
    LinesField,
    PickField,
    SeveralField,
)
from feedback.forms.office_words import AUDIENCES
from feedback.forms.wordings import WordsField
from feedback.languages import OFFERED
from feedback.models.validating import RoundChange, ValidationRound
from feedback.questionnaire import Words
from feedback.vocabulary import MOST_TOGETHER, Audience, Verdict

LONGEST_REASON = 500
DAY_ENDS = time(23, 59)

VERDICTS = {
    Verdict.AGREE: _l("Yes, that is right"),
    Verdict.NOT_QUITE: _l("Not quite"),
    Verdict.MISSING: _l("Something is missing"),
}
PICTURES = {
    Verdict.AGREE: "own/yes",
    Verdict.NOT_QUITE: "own/not-sure",
    Verdict.MISSING: "own/words",
}


class ReplyForm(WordsForm):
    """What somebody says of one finding."""

    verdict = PickField(_l("Did we get it right?"), missing=_l("Choose one of the three answers"))
    q_words = LinesField(_l("Do you want to tell us more?"))

    def __init__(self, **kept: Any) -> None:
        super().__init__(**kept)
        self.verdict.offer(VERDICTS.items())


class ScreenForm(WordsForm):
    """Whether one person or a group sits before the screen."""

    people = CountField(_l("How many of you are looking at this together?"))

    def validate_people(self, field: CountField) -> None:
        """At least whoever reads this."""
        if field.data is not None and not 1 <= field.data <= MOST_TOGETHER:
            raise ValidationError(_("Write a number from 1 to %(most)s", most=MOST_TOGETHER))


class RoundForm(WordsForm):
    """A round: for whom, which findings, how long, with which words."""

    version = HiddenField()
    name = LineField(_l("Name for your team"), missing=_l("Write a name for the round"))
    group_name = LineField(_l("Which group?"), missing=_l("Write which group it is for"))
    audience = PickField(_l("Who they are"), missing=_l("Choose who they are"))
    insights = SeveralField(_l("What they look at"))
    opens_on = DayField(_l("Opens on"), missing=_l("Write the day it opens"))
    closes_on = DayField(_l("Last day"), missing=_l("Write the last day"))
    introduction = WordsField(
        _l("Your own words at the start (if you want any)"), languages=list(OFFERED), rows=3
    )

    zone: ZoneInfo

    def offer(self, insights: Iterable[tuple[int, str]], zone: ZoneInfo) -> None:
        """What there is to choose from."""
        self.audience.offer(AUDIENCES.items())
        self.insights.offer(insights)
        self.zone = zone

    def begin(self, each: ValidationRound) -> None:
        """Remember which version the person has before them, in case another comes."""
        if not self.is_submitted():
            self.version.data = str(each.version)

    @property
    def seen_version(self) -> int:
        """The version that the person saw when they began; 0 where that cannot be told."""
        return whole(self.version.data or "") or 0

    def validate_closes_on(self, field: DayField) -> None:
        """The last day is not before the first."""
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(_("The last day is before the first day"))

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, by the names that a round has for it."""
        return {
            "name": self.name.data,
            "group_name": self.group_name.data,
            "audience": Audience(self.audience.data),
            "introduction": self.introduction.words,
            "opens_at": datetime.combine(self.opens_on.data, time.min, self.zone),
            "closes_at": datetime.combine(self.closes_on.data, DAY_ENDS, self.zone),
        }


class PutAwayForm(WordsForm):
    """Why a round is ended and put away."""

    because = LinesField(
        _l("Why do you end it?"),
        longest=LONGEST_REASON,
        missing=_l("Write why, in a sentence"),
    )


class AnswerForm(WordsForm):
    """What became of the replies to one finding."""

    version = HiddenField()
    stays = BooleanField(_l("The words stay as they were"))
    after: WordsField
    why: WordsField

    def begin(self, change: RoundChange | None) -> None:
        """Remember which version the person has before them, in case another comes."""
        if not self.is_submitted():
            self.version.data = str(change.version if change else 0)
            self.stays.data = change is not None and not change.after

    @property
    def seen_version(self) -> int:
        """The version that the person saw when they began; 0 where there was no answer."""
        return whole(self.version.data or "") or 0

    @property
    def changed(self) -> Words:
        """The new words; none where the old ones stay."""
        return {} if self.stays.data else self.after.words

    def validate_after(self, field: WordsField) -> None:
        """New words, unless the old ones stay."""
        if not self.stays.data and not field.words:
            raise ValidationError(
                _("Write the new words, or tick that the words stay as they were")
            )

    def validate_why(self, field: WordsField) -> None:
        """The group is always told why."""
        if not field.words:
            raise ValidationError(_("Write why, in words that the group understands"))


def answer_form(languages: Sequence[str]) -> type[AnswerForm]:
    """The form in the languages that the group reads the finding in."""

    class InLanguages(AnswerForm):
        after = WordsField(_l("The new words"), languages=languages, rows=4)
        why = WordsField(_l("Why"), languages=languages, wanted=True, rows=3)

    return InLanguages
