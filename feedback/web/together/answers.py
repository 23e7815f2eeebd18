"""The answers to the group's own questions, to the group first, and what became of each idea."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.forms.signing import PICTURES, VERDICTS, ResultForm
from feedback.models.proposals import Member, Proposal, Room
from feedback.queries import signing_off as stored
from feedback.services import agreeing, holding
from feedback.vocabulary import LONGEST_VOICE, Verdict
from feedback.web import signed
from feedback.web.frame import db, now, parts, today
from feedback.web.signed import Trail
from feedback.web.together.door import bp, display_of, shown, with_member

IDEA = "/<code>/answers/<int(max=2147483647):proposal_id>"


@bp.get("/<code>/answers")
@with_member
def answers(room: Room, member: Member) -> ResponseReturnValue:
    """Each idea of the group and what became of it."""
    found = stored.ideas(db(), room.group_id)
    answered = {each.id for each in found if each.question and _trail(room, each).answered}
    return shown("answers", room, member, ideas=found, answered=answered, follows=False)


@bp.get(IDEA)
@with_member
def answer(room: Room, member: Member, proposal_id: int) -> ResponseReturnValue:
    """What people said to one question, and what was promised and done."""
    idea = _idea(room, proposal_id)
    return shown(
        "answer",
        room,
        member,
        trail=_trail(room, idea),
        mine=stored.said_of_result(db(), idea.id, member.id),
        verdicts=VERDICTS,
        pictures=PICTURES,
        longest=LONGEST_VOICE,
        form=ResultForm(formdata=None),
        follows=False,
    )


@bp.post(IDEA)
@with_member
def say_of_answer(room: Room, member: Member, proposal_id: int) -> ResponseReturnValue:
    """Keep whether somebody agrees with the answers, and what is missing."""
    idea, form = _idea(room, proposal_id), ResultForm()
    verdict = request.form.get("verdict", "")
    if form.validate_on_submit() and verdict in set(Verdict):
        holding.check_open(room, now=now())
        words = (form.words.data or "").strip()[:LONGEST_VOICE]
        agreeing.say_of_result(
            db(), idea, room, member, Verdict(verdict), words, today=today(), now=now()
        )
        flash(gettext("Thank you. A worker reads it."))
    return redirect(url_for(".answer", code=room.code, proposal_id=idea.id), code=303)


def _idea(room: Room, number: int) -> Proposal:
    found = stored.idea(db(), room.group_id, number)
    if found is None:
        abort(404)
    return found


def _trail(room: Room, idea: Proposal) -> Trail:
    """As staff see it: the group works on what it asked, before everybody reads it."""
    display = display_of(room.group.audience)
    return signed.trail(
        db(),
        idea,
        parts().editions,
        signed.in_words(display.presentation),
        threshold=parts().settings.threshold_staff,
    )
