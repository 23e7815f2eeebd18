"""Forms of ideas: bringing in, sorting, talking, voting; looking over; worries."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from feedback.analysis.readability import flesch_kincaid_grade
from feedback.forms.account import WordsForm
from feedback.forms.fields import whole
from feedback.forms.office_fields import LineField, LinesField, PickField
from feedback.vocabulary import (
    LONGEST_IDEA,
    LONGEST_PILE,
    LONGEST_REPLY,
    MOST_TOKENS,
    ProposalState,
    ReplyFace,
)

MOST_OF_A_REQUEST = 1_000_000  # letters; the server takes no request that holds as many
HARDEST_REASON = 6.0  # school years, as for everything that we write
LONG_ENOUGH = 8  # words; the measure says nothing of fewer

# A face with the words under it: as most people read them, and in easy words.
FACES = {
    ReplyFace.GOOD: (_l("Good idea"), _l("Good")),
    ReplyFace.ME_TOO: (_l("Me too"), _l("Me too")),
    ReplyFace.NOT_SURE: (_l("Not sure"), _l("Not sure")),
    ReplyFace.NOT_FOR_ME: (_l("Not for me"), _l("Not for me")),
}
FACE_PICTURES = {
    ReplyFace.GOOD: "own/face-good",
    ReplyFace.ME_TOO: "own/same",
    ReplyFace.NOT_SURE: "own/not-sure",
    ReplyFace.NOT_FOR_ME: "own/face-ok",
}
# What groups often ask about: one press brings in an idea.
SUBJECTS = {
    "openmoji/school": _l("School"),
    "own/friends": _l("Friends"),
    "own/listen": _l("Do they listen?"),
    "openmoji/bus": _l("The bus"),
    "own/noise": _l("Noise"),
    "own/safe": _l("Feeling safe"),
    "own/waiting": _l("Waiting"),
    "own/support": _l("Getting help"),
    "openmoji/fork-and-knife-with-plate": _l("Food"),
    "openmoji/soccer-ball": _l("Fun and sport"),
    "openmoji/stethoscope": _l("The doctor"),
    "openmoji/briefcase": _l("Work"),
}
STATES = {
    ProposalState.NEW: _l("New"),
    ProposalState.TALKING: _l("We talk about it"),
    ProposalState.TRYING: _l("We try it out"),
    ProposalState.ASKED: _l("It is asked"),
    ProposalState.ANSWERED: _l("People gave answers"),
    ProposalState.NOT_ASKED: _l("Not asked"),
}
REASONS = {
    "hurt": _l("It could hurt somebody’s feelings."),
    "name": _l("It tells who somebody is."),
    "private": _l("It is private. A worker will talk with you about it."),
    "other": _l("Another reason"),
}


class IdeaForm(WordsForm):
    """What somebody wants to ask about: words, a picture, or both."""

    q_words = LinesField(_l("I want to ask about …"), longest=LONGEST_IDEA)
    picture = StringField()
    look = StringField()  # words that more pictures are found by


class PileForm(WordsForm):
    """What a pile is called."""

    q_name = LineField(
        _l("What is the pile called?"), longest=LONGEST_PILE, missing=_l("Write a name")
    )
    picture = StringField()


class ReplyForm(WordsForm):
    """A few words on an idea."""

    q_words = LineField(
        _l("Say something short"), longest=LONGEST_REPLY, missing=_l("Write some words first")
    )


class WorryForm(WordsForm):
    """What somebody is worried about; it may stay empty, and nothing is too long to be sent."""

    q_words = LinesField(_l("Do you want to say what it is?"), longest=MOST_OF_A_REQUEST)


class HideForm(WordsForm):
    """Why a worker hides something: its writer reads this."""

    reason = PickField(_l("Why?"), missing=_l("Choose a reason. The writer will read it"))
    own = LineField(_l("Your own words, if it is another reason"))

    def __init__(self, **kept: Any) -> None:
        super().__init__(**kept)
        self.reason.offer(REASONS.items())

    def validate_own(self, field: LineField) -> None:
        """Another reason has words, and plain ones."""
        if self.reason.data == "other":
            _check_plain(field)

    @property
    def words(self) -> str:
        """The reason as its writer reads it."""
        if self.reason.data == "other":
            return self.own.data or ""
        return str(REASONS[self.reason.data])


class StateForm(WordsForm):
    """Where an idea is; one that is not asked has a reason in plain words."""

    version = HiddenField()
    state = PickField(_l("Where is this idea now?"), missing=_l("Choose where the idea is"))
    reason = LinesField(_l("If it is not asked: why?"), longest=LONGEST_IDEA)

    def __init__(self, **kept: Any) -> None:
        super().__init__(**kept)
        self.state.offer(STATES.items())

    def validate_reason(self, field: LinesField) -> None:
        """What is not asked says why, so that those who had the idea can read it."""
        if self.state.data == ProposalState.NOT_ASKED:
            _check_plain(field)

    @property
    def seen_version(self) -> int:
        """The version that the worker saw."""
        return whole(self.version.data or "") or 0


class OutcomeForm(WordsForm):
    """What was done about a worry."""

    version = HiddenField()
    outcome = LinesField(
        _l("What was done?"), missing=_l("Write what was done, so that others can rely on it")
    )

    @property
    def seen_version(self) -> int:
        """The version that the person saw."""
        return whole(self.version.data or "") or 0


def tokens_sent(sent: str | None) -> int | None:
    """How many tokens a button asks for; None where no button does."""
    number = whole(sent or "")
    return number if number is not None and 0 <= number <= MOST_TOKENS else None


def _check_plain(field: LineField) -> None:
    words = field.text
    if not words:
        raise ValidationError(_("Write why, in plain words"))
    if len(words.split()) >= LONG_ENOUGH and flesch_kincaid_grade(words) > HARDEST_REASON:
        raise ValidationError(
            _("These words are hard to read. They are still here. Use shorter words and sentences")
        )
