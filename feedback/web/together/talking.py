"""Talk on one idea: a face, a few words; first of all on the one that everybody looks at."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from feedback.forms.account import ButtonForm
from feedback.forms.proposals import FACE_PICTURES, FACES, ReplyForm
from feedback.models.proposals import Member, Proposal, Room
from feedback.queries import proposals as stored
from feedback.services import proposing
from feedback.vocabulary import ReplyFace
from feedback.web.frame import db
from feedback.web.together.door import bp, shown, with_member
from feedback.web.together.ideas import here, open_idea


@bp.get("/<code>/talking")
@bp.get("/<code>/talking/<int:proposal_id>")
@with_member
def talking(room: Room, member: Member, proposal_id: int = 0) -> ResponseReturnValue:
    """The idea that everybody looks at, or another one that somebody picked."""
    focus = stored.in_focus(db(), room.id)
    if proposal_id and focus is not None and focus.id == proposal_id:
        return redirect(url_for(".talking", code=room.code))
    return _shown(room, member, open_idea(room, proposal_id) if proposal_id else focus, ReplyForm())


@bp.post("/<code>/talking/<int:proposal_id>/say")
@with_member
def say(room: Room, member: Member, proposal_id: int) -> ResponseReturnValue:
    """Say something short."""
    idea = open_idea(room, proposal_id, lock=True)
    form = ReplyForm()
    if not form.validate_on_submit():
        return _shown(room, member, idea, form), 422
    proposing.say(db(), idea, here(room, member), form.q_words.data or "")
    return _back(room, idea)


@bp.post("/<code>/talking/<int:proposal_id>/face")
@with_member
def face(room: Room, member: Member, proposal_id: int) -> ResponseReturnValue:
    """Show a face, another one, or none any more."""
    ButtonForm().validate()
    idea = open_idea(room, proposal_id, lock=True)
    wanted = request.form.get("face", "")
    if wanted and wanted not in list(ReplyFace):
        abort(404)
    chosen = ReplyFace(wanted) if wanted else None
    proposing.show_face(db(), idea, here(room, member), chosen)
    return _back(room, idea)


@bp.post("/<code>/talking/unsay/<int:reply_id>")
@with_member
def unsay(room: Room, member: Member, reply_id: int) -> ResponseReturnValue:
    """Take an own reply back."""
    ButtonForm().validate()
    reply = stored.reply(db(), reply_id)
    if reply is None or reply.member_id != member.id:
        abort(404)
    idea = open_idea(room, reply.proposal_id)
    proposing.take_back_reply(db(), reply, here(room, member))
    return _back(room, idea)


def _back(room: Room, idea: Proposal) -> ResponseReturnValue:
    return redirect(url_for(".talking", code=room.code, proposal_id=idea.id), code=303)


def _shown(room: Room, member: Member, idea: Proposal | None, form: ReplyForm) -> str:
    said = stored.replies(db(), [idea.id], of=member.id)[idea.id] if idea else []
    shown_faces = sorted(each.face for each in said if each.face and not each.hidden_at)
    return shown(
        "talking",
        room,
        member,
        idea=idea,
        form=form,
        faces=FACES,
        face_pictures=FACE_PICTURES,
        own_face=next(
            (each.face for each in said if each.face and each.member_id == member.id), None
        ),
        shown_faces=sorted(shown_faces, key=list(ReplyFace).index),
        replies=[each for each in said if each.words],
        others=[
            each
            for each in stored.open_ideas(db(), room.group_id)
            if idea is None or each.id != idea.id
        ],
    )
