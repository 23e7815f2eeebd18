"""Where a promise is, in plain words."""

from flask_babel import lazy_gettext as _l

from feedback.vocabulary import CommitmentState

STATE_WORDS = {
    CommitmentState.HEARING: _l("We are listening"),
    CommitmentState.DECIDING: _l("We are deciding"),
    CommitmentState.DOING: _l("We are doing it"),
    CommitmentState.DONE: _l("Done"),
    CommitmentState.CANNOT: _l("We cannot do this"),
}
