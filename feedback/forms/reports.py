"""Forms of papers: beginning one, writing a section, freezing, noting whom it went to."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import ValidationError

from feedback.forms.account import WordsForm
from feedback.forms.fields import whole
from feedback.forms.office_fields import (
    DayField,
    LineField,
    LinesField,
    PickField,
    SeveralField,
)
from feedback.forms.office_words import tag_choices

LONGEST_SECTION = 12_000  # letters; about four pages
LONGEST_REASON = 500  # letters


class SeenForm(WordsForm):
    """Something that somebody else may change at the same time; it carries what was seen."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the person saw when they began; 0 where that cannot be told."""
        return whole(self.version.data or "") or 0


class AboutForm(SeenForm):
    """For which meeting a paper is, and which days it is about."""

    title = LineField(_l("Title"), missing=_l("Write a title for the paper"))
    meeting = PickField(
        _l("For which meeting is it?"),
        empty=_l("No meeting"),
        unknown=_l("Choose a meeting from the list"),
    )
    since = DayField(_l("First day of the evidence"))
    until = DayField(_l("Last day of the evidence"))

    def offer_meetings(self, meetings: Iterable[tuple[int, str]]) -> None:
        """The meetings there are."""
        self.meeting.offer(meetings)

    def validate_until(self, field: DayField) -> None:
        """The window has days."""
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(_("The last day is before the first day"))


class ReportForm(AboutForm):
    """A new paper."""

    kind = PickField(_l("What sort of paper is it?"), missing=_l("Choose what sort of paper it is"))
    language = PickField(_l("In which language is it written?"))
    tags = SeveralField(_l("Which statements is it about?"))

    def offer(
        self, kinds: Iterable[tuple[object, object]], languages: Iterable[tuple[str, str]]
    ) -> None:
        """The sorts of papers, the languages, and the parts of frameworks."""
        self.kind.offer(kinds)
        self.language.offer(languages)
        self.tags.offer(choice for _framework, choices in tag_choices() for choice in choices)


class SectionForm(SeenForm):
    """The words of one section."""

    body = LinesField(_l("Words"), longest=LONGEST_SECTION)
    easy = LinesField(_l("Easy-read words"), longest=LONGEST_SECTION)


class KeepForm(WordsForm):
    """Why some words stay although the check stops at them."""

    words = HiddenField()
    sentence = HiddenField()
    reason = LinesField(
        _l("Why do these words stay?"),
        missing=_l("Write why these words stay. The reason is printed"),
        longest=LONGEST_REASON,
    )


class FreezeForm(WordsForm):
    """What is new in a version."""

    after = HiddenField()
    note = LinesField(_l("What is different from the version before?"), longest=LONGEST_REASON)
    needs_note = False

    @property
    def seen(self) -> int:
        """The newest version that the person saw; 0 where there was none."""
        return whole(self.after.data or "") or 0

    def validate_note(self, field: LinesField) -> None:
        """Every version but the first says what is new."""
        if self.needs_note and not field.data:
            raise ValidationError(_("Write what is different from the version before"))


class ShareForm(WordsForm):
    """Whom a frozen version went to."""

    file = PickField(_l("Which file went out?"), missing=_l("Choose which file went out"))
    to_whom = LineField(
        _l("To whom? A body or a role, such as “SEND partnership board”"),
        missing=_l("Write to whom it went"),
    )
    why = LinesField(_l("Why?"), missing=_l("Write why it went there"), longest=LONGEST_REASON)
    shared_on = DayField(_l("On which day?"), missing=_l("Write the day on which it went"))

    def validate_to_whom(self, field: LineField) -> None:
        """A person's address has no place in the log."""
        if "@" in field.data:
            raise ValidationError(_("Write the body or the role, without an e-mail address"))


class TakeBackForm(WordsForm):
    """Why a paper that everybody could read is taken back."""

    because = LinesField(
        _l("Why do you take it back?"),
        longest=LONGEST_REASON,
        missing=_l("Write why, in a sentence. It stands on the page from then on"),
    )
