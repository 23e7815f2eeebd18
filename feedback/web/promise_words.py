"""Where a promise is, in plain words."""

from flask_babel import lazy_gettext as _l

from feedback.vocabulary import CommitmentState

# "It is done" and not "Done": that word is taken by events, and other languages say it otherwise.
STATE_WORDS = {
    CommitmentState.HEARING: _l("We are listening"),
    CommitmentState.DECIDING: _l("We are deciding"),
    CommitmentState.DOING: _l("We are doing it"),
    CommitmentState.DONE: _l("It is done"),
    CommitmentState.CANNOT: _l("We cannot do this"),
}
