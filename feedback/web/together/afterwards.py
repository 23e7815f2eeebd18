"""A room that has closed: what the group did, read in a few minutes by somebody who was away."""

from typing import Any, NamedTuple

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from feedback.forms.groups import idea_words
from feedback.forms.wordings import words_of
from feedback.models.proposals import Proposal, Wording
from feedback.queries import catching_up
from feedback.questionnaire import said
from feedback.services import holding
from feedback.web.access import public
from feedback.web.frame import db, language, now
from feedback.web.room_words import STATES
from feedback.web.together.door import (
    Display,
    bp,
    check_not_over,
    display_of,
    find_room,
    shown,
)

PARTS = ("ideas", "chosen", "next")  # one screen each
MOST_IDEAS = 12  # on a screen; more is no five minutes' reading
MOST_CHOSEN = 3


class Idea(NamedTuple):
    """An idea as the catch-up shows it."""

    words: str
    picture: str
    state: str
    state_picture: str
    reason: str
    question: str


@bp.get("/<code>/afterwards")
@public
def afterwards(code: str) -> ResponseReturnValue:
    """What a group did in a room that has closed; nothing new can be written."""
    room = find_room(code)
    if holding.state_of(room, now=now()) == "open":
        return redirect(url_for(".now_here", code=room.code))
    check_not_over(room)
    meeting = catching_up.of_room(db(), room.id)
    display = display_of(room.group.audience)
    part = request.args.get("part", "")
    at = PARTS.index(part) if part in PARTS else 0
    worked_on = list(meeting.chosen[:MOST_CHOSEN]) or [
        each for each in meeting.ideas if each.id in meeting.worked_on
    ]

    def ideas(found: Any) -> list[Idea]:
        return [_idea(each, meeting.worded.get(each.id), display) for each in found]

    return shown(
        "afterwards",
        room,
        None,
        part=PARTS[at],
        at=at,
        parts=PARTS,
        ideas=ideas(meeting.ideas[:MOST_IDEAS]),
        more=max(0, len(meeting.ideas) - MOST_IDEAS),
        waiting=meeting.waiting,
        chosen=ideas(worked_on),
        approved=len(meeting.approved),
        follows=False,
    )


def _idea(each: Proposal, worded: Wording | None, display: Display) -> Idea:
    usual, easy, picture = STATES[each.state]
    asks = words_of(worded.question.get("ask") or {}) if worded else {}
    return Idea(
        words=idea_words(each),
        picture=each.picture,
        state=str(display.say(usual, easy)),
        state_picture=picture,
        reason=each.reason,
        question=said(asks, language(), display.presentation),
    )
