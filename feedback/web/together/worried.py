"""I am worried about something: reached from every page, and a worker comes."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from feedback.forms.proposals import WorryForm
from feedback.models.proposals import Member, Room
from feedback.services import holding, safeguarding
from feedback.web.frame import db, now
from feedback.web.together.door import bp, shown, with_member


@bp.route("/<code>/worried", methods=["GET", "POST"])
@with_member
def worried(room: Room, member: Member) -> ResponseReturnValue:
    """Tell a worker, in words or without; what happens now, and who else is there to help."""
    form = WorryForm()
    if form.validate_on_submit():
        words = form.q_words.data or ""
        safeguarding.worried(db(), words, room=room, member=member, now=now())
        holding.touch(db(), room)
        return redirect(url_for(".worried", code=room.code, told="yes"), code=303)
    told = request.args.get("told") == "yes" and not form.is_submitted()
    page = shown("worried", room, member, form=form, told=told, follows=False)
    return page, 422 if form.is_submitted() else 200
