"""Forms of the local offer: a comment by anybody, one that staff type in, and the response."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import ValidationError

from feedback.forms.account import WordsForm
from feedback.forms.fields import whole
from feedback.forms.office_fields import DayField, LineField, LinesField, PickField
from feedback.forms.office_words import AUDIENCES
from feedback.forms.wordings import WordsField, words_of
from feedback.languages import OFFERED
from feedback.models.local_offer import LocalOfferComment
from feedback.vocabulary import Audience, CommitmentState, OfferChannel, OfferKind

LONGEST_KEY = 64  # characters

KINDS = {
    OfferKind.COMMENT: _l("Comment"),
    OfferKind.SUGGESTION: _l("Idea"),
    OfferKind.COMPLAINT: _l("Complaint passed on"),
}
CHANNELS = {
    OfferChannel.ONLINE: _l("Online form"),
    OfferChannel.EMAIL: _l("E-mail"),
    OfferChannel.PHONE: _l("Telephone"),
    OfferChannel.LETTER: _l("Letter"),
    OfferChannel.MEETING: _l("In a meeting"),
    OfferChannel.PASSED_ON: _l("Passed on by another team"),
}
STATES = {
    CommitmentState.HEARING: _l("we are still listening"),
    CommitmentState.DECIDING: _l("we are deciding"),
    CommitmentState.DOING: _l("we are doing it"),
    CommitmentState.DONE: _l("done"),
    CommitmentState.CANNOT: _l("we cannot do it"),
}
ASKED_KINDS = {
    OfferKind.COMMENT: _l("I want to tell you how it is"),
    OfferKind.SUGGESTION: _l("I have an idea"),
}
ASKED_WHO = {
    Audience.PARENT: _l("I am a parent or carer"),
    Audience.YOUNG_PERSON: _l("I am a child or young person"),
    Audience.PRACTITIONER: _l("I work with children and families"),
    Audience.EVERYONE: _l("I do not want to say"),
}


class TellUsForm(WordsForm):
    """A comment by anybody. `website` is a box that people do not see and robots fill in."""

    key = HiddenField()
    kind = PickField(_l("What is it?"), missing=_l("Choose what it is"))
    about = LineField(
        _l("Which page or service is it about?"),
        missing=_l("Write which page or service it is about"),
    )
    q_words = LinesField(_l("What do you want to tell us?"), missing=_l("Write a few words"))
    who = PickField(_l("Who are you?"))
    may_be_quoted = BooleanField(_l("Yes, you may show my words to others, without my name."))
    website = LineField(_l("Leave this box empty"))

    def __init__(self, **kept: Any) -> None:
        super().__init__(**kept)
        self.kind.offer(ASKED_KINDS.items())
        self.who.offer(ASKED_WHO.items())

    def validate_website(self, field: LineField) -> None:
        """A person who fills it in by mistake loses nothing: the box is shown and named."""
        if field.text:
            raise ValidationError(_("Please empty this box. It is there to stop robots"))

    @property
    def sent_key(self) -> str:
        """What this showing of the form carries, so that two taps are one comment."""
        return (self.key.data or "")[:LONGEST_KEY]


class TypedInForm(WordsForm):
    """A comment that came in another way, typed in by staff."""

    key = HiddenField()
    received_on = DayField(_l("Day it came in"), missing=_l("Write the day it came in"))
    channel = PickField(_l("How it came in"), missing=_l("Choose how it came in"))
    kind = PickField(_l("What it is"), missing=_l("Choose what it is"))
    about = LineField(
        _l("Page or service it is about"), missing=_l("Write which page or service it is about")
    )
    audience = PickField(_l("Who said it"), missing=_l("Choose who said it"))
    words = LinesField(_l("What they said"), missing=_l("Write what they said"))
    may_be_quoted = BooleanField(_l("They said that others may read their words"))

    today: date

    def offer(self, today: date) -> None:
        """What there is to choose from, and the day it is."""
        self.kind.offer(KINDS.items())
        self.channel.offer(
            (each, words) for each, words in CHANNELS.items() if each is not OfferChannel.ONLINE
        )
        self.audience.offer(AUDIENCES.items())
        self.today = today

    def validate_received_on(self, field: DayField) -> None:
        """Nothing comes in tomorrow."""
        if field.data and field.data > self.today:
            raise ValidationError(_("This day is still to come. Write the day it came in"))


class ResponseForm(WordsForm):
    """What staff say about a comment, and the response to it."""

    version = HiddenField()
    about = LineField(
        _l("Page or service it is about"), missing=_l("Write which page or service it is about")
    )
    kind = PickField(_l("What it is"), missing=_l("Choose what it is"))
    summary = WordsField(_l("What it says, in your own words"), languages=list(OFFERED), rows=3)
    response = WordsField(_l("Your response"), languages=list(OFFERED), rows=4)
    commitment = PickField(
        _l("What was promised because of it"),
        empty=_l("Nothing is promised"),
        unknown=_l("Choose a promise from the list"),
    )
    show_words = BooleanField(_l("Show the person’s own words to everybody"))

    def offer(self, commitments: Iterable[tuple[int, str]]) -> None:
        """What there is to choose from."""
        self.kind.offer(KINDS.items())
        self.commitment.offer(commitments)

    def begin(self, comment: LocalOfferComment) -> None:
        """Remember which version the person has before them, in case another comes."""
        if not self.is_submitted():
            self.version.data = str(comment.version)

    @property
    def seen_version(self) -> int:
        """The version that the person saw when they began; 0 where that cannot be told."""
        return whole(self.version.data or "") or 0


def response_data(comment: LocalOfferComment) -> dict[str, Any]:
    """What a comment says, for the fields of a form."""
    return {
        "about": comment.about,
        "kind": comment.kind.value,
        "summary": words_of(comment.summary),
        "response": words_of(comment.response),
        "commitment": comment.commitment_id,
        "show_words": comment.words_shown,
    }
