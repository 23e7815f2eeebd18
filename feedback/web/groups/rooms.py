"""A worker holds a room: its code for all to see, what everybody does now, closing it."""

from random import SystemRandom

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.errors import RoomClosed
from feedback.forms.account import ButtonForm
from feedback.forms.fields import whole
from feedback.forms.groups import KIND_WORDS, OpenRoomForm, idea_words
from feedback.models.proposals import Room
from feedback.queries import groups as stored
from feedback.services import holding, joining
from feedback.vocabulary import Permission, RoomStep
from feedback.web.access import needs
from feedback.web.frame import allow, db, now, parts, public_url, quiet
from feedback.web.groups.door import BESIDE_ROOM, ROOM, beside, bp, the_room
from feedback.web.room_words import STEPS
from feedback.web.squares import square

LOOKED_AT = (RoomStep.TALKING, RoomStep.WORDING, RoomStep.TRYING)  # one idea for everybody


@bp.route(ROOM, methods=["GET", "POST"])
@needs(Permission.HOLD_ROOMS)
def room(room_id: int) -> ResponseReturnValue:
    """The page on the big screen; its buttons say what everybody does now."""
    form = ButtonForm()
    if form.validate_on_submit():
        return _press(the_room(room_id, lock=True))
    found = the_room(room_id)
    state = holding.state_of(found, now=now())
    if state == "open":
        allow("connect-src")  # the page asks whether there is something new
    key = parts().codes.room_key(found.code)
    address = public_url("together.join", code=found.code, key=key)
    focus = stored.focus(db(), found.id)
    return render_template(
        "office/groups/room.html",
        room=found,
        group=found.group,
        state=state,
        members=stored.members(db(), found.id),
        steps=[(each.value, *map(str, STEPS[each])) for each in RoomStep],
        step_at=list(RoomStep).index(found.step),
        one_idea=found.step in LOOKED_AT,
        ideas=[(each.id, idea_words(each)) for each in stored.ideas(db(), found.group_id)],
        focus=(focus.proposal_id, idea_words(focus.proposal)) if focus else None,
        address=public_url("together.code"),
        square=square(address) if state == "open" else "",
        parts=beside(BESIDE_ROOM, found),
        again=OpenRoomForm(data={"minutes": 60}),
        form=form,
    )


@bp.get(f"{ROOM}/changes")
@quiet
@needs(Permission.HOLD_ROOMS)
def room_changes(room_id: int) -> ResponseReturnValue:
    """One number that rises with everything new, for the page on the big screen."""
    found = the_room(room_id)
    state = holding.state_of(found, now=now())
    words = f"{found.changes} {found.step if state == 'open' else state}"
    return words, {"Content-Type": "text/plain"}


@bp.route(f"{ROOM}/members", methods=["GET", "POST"])
@needs(Permission.HOLD_ROOMS)
def members(room_id: int) -> ResponseReturnValue:
    """Who is in a room; a word that will not do is changed for another."""
    form = ButtonForm()
    chosen = whole(request.form.get("member", ""))
    if form.validate_on_submit() and chosen is not None:
        there, words = the_room(room_id), [str(each) for each in KIND_WORDS]
        if joining.give_another_word(db(), there, chosen, words, chance=SystemRandom(), now=now()):
            flash(gettext("They have another word now. Their screen shows it."))
        return redirect(url_for(".members", room_id=room_id), code=303)
    found = the_room(room_id)
    return render_template(
        "office/groups/members.html",
        room=found,
        group=found.group,
        members=stored.members(db(), found.id),
        form=form,
    )


@bp.route(f"{ROOM}/close", methods=["GET", "POST"])
@needs(Permission.HOLD_ROOMS)
def close(room_id: int) -> ResponseReturnValue:
    """Close a room, after asking whether everybody is done."""
    form = ButtonForm()
    if form.validate_on_submit():
        found = the_room(room_id, lock=True)
        holding.close_room(db(), found, by=current_user.user_id, now=now())
        flash(gettext("The room is closed. Members can read what the group did for 14 days."))
        return redirect(url_for(".room", room_id=room_id), code=303)
    found = the_room(room_id)
    return render_template("office/groups/close.html", room=found, group=found.group, form=form)


@bp.post(f"{ROOM}/open-again")
@needs(Permission.HOLD_ROOMS)
def open_again(room_id: int) -> ResponseReturnValue:
    """Open a closed room again, with the same code."""
    form = OpenRoomForm()
    minutes = int(form.minutes.data) if form.validate_on_submit() else 60
    found = the_room(room_id, lock=True)
    holding.open_again(db(), found, minutes, by=current_user.user_id, now=now())
    return redirect(url_for(".room", room_id=room_id), code=303)


def _press(found: Room) -> ResponseReturnValue:
    """What a button of the page on the big screen says."""
    if holding.state_of(found, now=now()) != "open":
        raise RoomClosed
    step = request.form.get("step", "")
    if step in list(RoomStep):
        holding.move(db(), found, RoomStep(step), now=now())
    elif "idea" in request.form:
        wish = request.form["idea"]
        ideas = {str(each.id): each for each in stored.ideas(db(), found.group_id)}
        holding.look_at(db(), found, ideas.get(wish), now=now())
    return redirect(url_for(".room", room_id=found.id), code=303)
