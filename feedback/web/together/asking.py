"""The question that a room words together: which one it is, and the one way to change it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from feedback.forms.fields import whole
from feedback.models.proposals import Member, Proposal, Room, Wording
from feedback.queries import groups, wordings
from feedback.questionnaire import Question, Words, said
from feedback.services import wording as service
from feedback.services.wording import By, WordingMoved
from feedback.vocabulary import Presentation
from feedback.web.frame import db, language, now, today
from feedback.web.together.door import display_of, shown

LARGEST = 10**6  # wordings of one question; what is sent may be anything
_NOT_OF_THE_CHANGE = frozenset({"csrf_token", "seen", "which"})

Edit = Callable[[Question], Question]


@dataclass(frozen=True)
class InHand:
    """The idea that everybody looks at, with the words that stand for it; none at first."""

    idea: Proposal
    latest: Wording | None
    question: Question | None

    @property
    def standing(self) -> Question:
        """The question, where there is one."""
        if self.question is None:
            raise LookupError("nobody has worded this idea yet")
        return self.question

    @property
    def number(self) -> int:
        """Which of its wordings this page shows."""
        return self.latest.number if self.latest else 0


def in_hand(room: Room) -> InHand | None:
    """What a room words now; None before a worker has chosen an idea."""
    focus = groups.focus(db(), room.id)
    if focus is None or focus.proposal.hidden_at is not None:
        return None
    latest = wordings.latest(db(), focus.proposal_id)
    return InHand(focus.proposal, latest, service.question_of(latest) if latest else None)


def spoken(presentation: Presentation) -> Callable[[Words], str]:
    """Words as they are read: in the page's language where a group wrote in it."""
    return partial(said, language=language(), presentation=presentation)


def page(name: str, room: Room, member: Member, **more: Any) -> str:
    """A page about the question, with what all of them show."""
    display = display_of(room.group.audience)
    return shown(name, room, member, say=spoken(display.presentation), **more)


def nothing_yet(room: Room, member: Member) -> str:
    """What stands where a question will be."""
    return page("wording_none", room, member)


def changed(
    room: Room,
    member: Member,
    hand: InHand,
    edit: Edit,
    *,
    part: Callable[[Question], object],
    begin: Callable[[], Question] | None = None,
    why: str = "",
    to: str = "together.wording",
    **values: Any,
) -> ResponseReturnValue:
    """Word the question anew and go on; or show both wordings where two people were at it.

    Args:
        begin: gives the question where there is none yet.
        part: what of it is changed, to compare.
    """
    by = By(room, member, today(), now(), why)

    def made(question: Question | None) -> Question:
        if question is None and hand.question is None and begin is not None:
            return begin()
        return edit(question or hand.standing)

    try:
        if request.form.get("which") == "theirs":
            service.keep_aside(db(), hand.idea, made, by, seen=seen())
            to, values = "together.wording", {}
        else:
            service.change(db(), hand.idea, made, by, seen=seen(), part=part)
    except WordingMoved as moved:
        return _both(room, member, moved), 409
    return redirect(url_for(to, code=room.code, **values), code=303)


def seen() -> int:
    """The number of the wording that the person had before them."""
    number = whole(request.form.get("seen", "")) or 0
    return number if 0 < number < LARGEST else 0


def _both(room: Room, member: Member, moved: WordingMoved) -> str:
    """Two wordings of one moment, side by side; what was sent is sent again with the choice."""
    sent = [
        (name, value)
        for name, values in request.form.lists()
        if name not in _NOT_OF_THE_CHANGE
        for value in values
    ]
    return page(
        "wording_both",
        room,
        member,
        theirs=service.question_of(moved.theirs),
        number=moved.theirs.number,
        mine=moved.mine,
        sent=sent,
    )
