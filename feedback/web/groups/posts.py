"""What a group wrote, for the worker: looked over, hidden with a reason, and where each idea is."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.errors import ChangedMeanwhile
from feedback.forms.account import ButtonForm
from feedback.forms.fields import whole
from feedback.forms.proposals import FACES, STATES, HideForm, StateForm
from feedback.models.proposals import Proposal, Reply, Room
from feedback.queries import proposals as stored
from feedback.queries import safeguarding as worries
from feedback.services import proposing, voting
from feedback.vocabulary import FlagState, Permission, ProposalState
from feedback.web.access import needs
from feedback.web.frame import db, now
from feedback.web.groups.door import ROOM, bp, on_room_page, the_room

POST = "<any('idea', 'reply'):what>/<int(max=2147483647):number>"


@on_room_page
def look_at_posts(room: Room) -> str:
    """The way there from the page on the big screen, which everybody in the room can read.

    So it says that something waits, and nothing of what or whose it is.
    """
    waiting = len(stored.waiting(db(), room.group_id))
    raised = [each for each in worries.of_room(db(), room.id) if each.state is FlagState.RAISED]
    return render_template("office/groups/posts_part.html", room=room, waits=waiting + len(raised))


@bp.get(f"{ROOM}/posts")
@needs(Permission.HOLD_ROOMS)
def posts(room_id: int) -> ResponseReturnValue:
    """Everything that the group brought in: what waits to be looked at comes first."""
    room = the_room(room_id)
    ideas = stored.every_idea(db(), room.group_id)
    replies = stored.replies(db(), [each.id for each in ideas], hidden=True)
    return render_template(
        "office/groups/posts.html",
        room=room,
        group=room.group,
        waiting=[each for each in ideas if each.looked_at is None],
        looked=[each for each in ideas if each.looked_at is not None],
        talk={number: [one for one in said if one.words] for number, said in replies.items()},
        order=voting.order(db(), room),
        worried=worries.of_room(db(), room.id),
        states=STATES,
        form=ButtonForm(),
    )


@bp.post(f"{ROOM}/posts/look")
@needs(Permission.HOLD_ROOMS)
def look(room_id: int) -> ResponseReturnValue:
    """Say that one idea, or all that the page showed, are fine."""
    ButtonForm().validate()
    room = the_room(room_id)
    wanted = {whole(each) for each in request.form.getlist("idea")}
    waiting = [each for each in stored.waiting(db(), room.group_id) if each.id in wanted]
    proposing.look_over(db(), waiting, room=room, by=current_user.user_id, now=now())
    flash(gettext("Thank you. You have looked at them."))
    return _back(room)


@bp.route(f"{ROOM}/posts/{POST}/hide", methods=["GET", "POST"])
@needs(Permission.HOLD_ROOMS)
def hide(room_id: int, what: str, number: int) -> ResponseReturnValue:
    """Hide an idea or a reply, with a reason that its writer reads."""
    room = the_room(room_id)
    post = _post(room, what, number)
    form = HideForm()
    if form.validate_on_submit():
        by = {"by": current_user.user_id, "now": now()}
        proposing.hide(db(), post, form.words, room=room, **by)
        flash(gettext("It is hidden. Its writer sees why."))
        return _back(room)
    page = render_template(
        "office/groups/hide.html", room=room, group=room.group, post=post, what=what, form=form
    )
    return page, 422 if form.is_submitted() else 200


@bp.post(f"{ROOM}/posts/{POST}/show")
@needs(Permission.HOLD_ROOMS)
def show_again(room_id: int, what: str, number: int) -> ResponseReturnValue:
    """Let the room see again what was hidden."""
    ButtonForm().validate()
    room = the_room(room_id)
    post = _post(room, what, number)
    proposing.show_again(db(), post, room=room, by=current_user.user_id, now=now())
    flash(gettext("Everybody in the room can see it again."))
    return _back(room)


@bp.route(f"{ROOM}/ideas/<int(max=2147483647):number>", methods=["GET", "POST"])
@needs(Permission.HOLD_ROOMS)
def state(room_id: int, number: int) -> ResponseReturnValue:
    """Where an idea is now; if it is not asked, why, in plain words."""
    room = the_room(room_id)
    found = _idea(room, number)
    form = StateForm(data={"state": found.state, "reason": found.reason, "version": found.version})
    meanwhile = False
    if form.validate_on_submit():
        try:
            proposing.set_state(
                db(),
                found,
                ProposalState(form.state.data),
                form.reason.data or "",
                version=form.seen_version,
                room=room,
                by=current_user.user_id,
                now=now(),
            )
        except ChangedMeanwhile:
            meanwhile = True
            form.version.data = str(found.version)
        else:
            flash(gettext("The group can see where the idea is."))
            return _back(room)
    page = render_template(
        "office/groups/idea.html",
        room=room,
        group=room.group,
        idea=found,
        talk=stored.replies(db(), [found.id], hidden=True)[found.id],
        faces=FACES,
        states=STATES,
        meanwhile=meanwhile,
        form=form,
    )
    return page, 409 if meanwhile else 422 if form.is_submitted() else 200


def _idea(room: Room, number: int) -> Proposal:
    found = stored.one(db(), number, lock=request.method == "POST")
    if found is None or found.group_id != room.group_id:
        abort(404)
    return found


def _post(room: Room, what: str, number: int) -> Proposal | Reply:
    """An idea or a reply of the room's group."""
    if what == "idea":
        return _idea(room, number)
    reply = stored.reply(db(), number)
    if reply is None:
        abort(404)
    _idea(room, reply.proposal_id)
    return reply


def _back(room: Room) -> ResponseReturnValue:
    return redirect(url_for(".posts", room_id=room.id), code=303)
