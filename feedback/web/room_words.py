"""What the parts of a meeting are called, on the screens of members and of workers."""

from flask_babel import lazy_gettext as _l

from feedback.vocabulary import ProposalState, RoomStep

# What everybody does in a step: as most people read it, and in easy words.
STEPS = {
    RoomStep.IDEAS: (_l("Ideas"), _l("Ideas")),
    RoomStep.SORTING: (_l("Sorting ideas"), _l("Make piles")),
    RoomStep.TALKING: (_l("Talking about an idea"), _l("Talk")),
    RoomStep.VOTING: (_l("Voting"), _l("Vote")),
    RoomStep.WORDING: (_l("Wording the question"), _l("Find the words")),
    RoomStep.TRYING: (_l("Trying the question"), _l("Try it")),
    RoomStep.APPROVING: (_l("Approving the survey"), _l("Say yes")),
}

# Where an idea is, as most people read it and in easy words, with a picture.
STATES = {
    ProposalState.NEW: (_l("New"), _l("New"), "openmoji/seedling"),
    ProposalState.TALKING: (
        _l("The group talks about it"),
        _l("We talk about it"),
        "own/friends",
    ),
    ProposalState.TRYING: (
        _l("The group tries it as a question"),
        _l("We try it as a question"),
        "own/words",
    ),
    ProposalState.ASKED: (
        _l("It is asked in a survey now"),
        _l("We ask it now"),
        "openmoji/megaphone",
    ),
    ProposalState.ANSWERED: (_l("People answered it"), _l("People told us"), "own/listen"),
    ProposalState.NOT_ASKED: (_l("It is not asked"), _l("We do not ask it"), "own/no"),
}
