"""Three stars each: laid down, taken back, and what the group chose with them."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from feedback.forms.account import ButtonForm
from feedback.forms.proposals import tokens_sent
from feedback.models.proposals import Member, Room
from feedback.queries import proposals as stored
from feedback.services import voting as service
from feedback.vocabulary import MOST_TOKENS
from feedback.web.frame import db
from feedback.web.together.door import bp, shown, with_member
from feedback.web.together.ideas import open_idea


@bp.get("/<code>/voting")
@with_member
def voting(room: Room, member: Member) -> ResponseReturnValue:
    """The ideas with one's own stars on them; nobody else's."""
    tokens = stored.tokens_of(db(), member.id)
    return shown(
        "voting",
        room,
        member,
        ideas=stored.open_ideas(db(), room.group_id),
        tokens=tokens,
        left=MOST_TOKENS - sum(tokens.values()),
        most=MOST_TOKENS,
    )


@bp.post("/<code>/voting/<int:proposal_id>")
@with_member
def lay(room: Room, member: Member, proposal_id: int) -> ResponseReturnValue:
    """Have so many stars on an idea; the same press sent twice counts once."""
    ButtonForm().validate()
    tokens = tokens_sent(request.form.get("tokens"))
    if tokens is None:
        abort(404)
    service.lay(db(), room, member, open_idea(room, proposal_id), tokens)
    return redirect(url_for(".voting", code=room.code, _anchor=f"idea-{proposal_id}"), code=303)


@bp.get("/<code>/voting/order")
@with_member
def order(room: Room, member: Member) -> ResponseReturnValue:
    """What the group wants to ask first; numbers only where enough people voted."""
    return shown("order", room, member, order=service.order(db(), room))
