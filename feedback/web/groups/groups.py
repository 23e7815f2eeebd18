"""Groups that design questions, for workers: all of them, one of them, adding and changing."""

from random import SystemRandom

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.errors import RoomStillOpen
from feedback.forms.account import ButtonForm
from feedback.forms.groups import COLOURS, GroupForm, OpenRoomForm
from feedback.forms.office_words import AUDIENCES
from feedback.forms.public_words import words_data
from feedback.forms.wordings import words_of
from feedback.models.proposals import Room, VoiceGroup
from feedback.queries import groups as stored
from feedback.queries import wordings
from feedback.questionnaire import said
from feedback.services import holding
from feedback.services.holding import Facts
from feedback.vocabulary import Audience, GroupColour, Permission
from feedback.web.access import needs
from feedback.web.frame import db, language, now
from feedback.web.groups.door import BESIDE_GROUP, GROUP, beside, bp, the_group


@bp.get("")
@needs(Permission.HOLD_ROOMS)
def every() -> ResponseReturnValue:
    """All groups, with the room that each has open now."""
    opened: dict[int, Room] = {}
    last: dict[int, Room] = {}
    for room in stored.rooms(db(), only_of=current_user.only_of):
        last.setdefault(room.group_id, room)
        if holding.state_of(room, now=now()) == "open":
            opened[room.group_id] = room
    return render_template(
        "office/groups/every.html",
        groups=stored.every(db()),
        opened=opened,
        last=last,
        audiences=AUDIENCES,
        credit=_credit,
        waiting=wordings.count_waiting(db()),
        form=ButtonForm(),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.HOLD_ROOMS)
def new() -> ResponseReturnValue:
    """Add a group."""
    form = GroupForm(data={"colour": GroupColour.PLUM, "audience": Audience.YOUNG_PERSON})
    if form.validate_on_submit() and _free(form, None):
        group = holding.add_group(db(), _facts(form), by=current_user.user_id, now=now())
        flash(gettext("The group is here. Now you can open a room for it."))
        return redirect(url_for(".group", group_id=group.id), code=303)
    page = render_template("office/groups/form.html", form=form, group=None)
    return page, 422 if form.is_submitted() else 200


@bp.get(GROUP)
@needs(Permission.HOLD_ROOMS)
def group(group_id: int) -> ResponseReturnValue:
    """One group: its room, the meetings it had, and what waits for it."""
    return _page_of(the_group(group_id), OpenRoomForm(data={"minutes": 60})), 200


@bp.post(f"{GROUP}/open")
@needs(Permission.HOLD_ROOMS)
def open_room(group_id: int) -> ResponseReturnValue:
    """Open a room for a meeting of a group."""
    found = the_group(group_id)
    form = OpenRoomForm()
    if not form.validate_on_submit():
        return _page_of(found, form), 422
    facts = {"chance": SystemRandom(), "by": current_user.user_id, "now": now()}
    room = holding.open_room(db(), found, int(form.minutes.data), **facts)
    return redirect(url_for(".room", room_id=room.id), code=303)


@bp.route(f"{GROUP}/change", methods=["GET", "POST"])
@needs(Permission.HOLD_ROOMS)
def change(group_id: int) -> ResponseReturnValue:
    """Change what is known of a group."""
    found = the_group(group_id)
    kept = {"name": found.name, "audience": found.audience, "colour": found.colour}
    form = GroupForm(data={**kept, **words_data(credit=found.credit)})
    if form.validate_on_submit() and _free(form, found):
        holding.change_group(db(), found, _facts(form), by=current_user.user_id, now=now())
        flash(gettext("The changes are saved."))
        return redirect(url_for(".group", group_id=found.id), code=303)
    page = render_template("office/groups/form.html", form=form, group=found)
    return page, 422 if form.is_submitted() else 200


@bp.route(f"{GROUP}/end", methods=["GET", "POST"])
@needs(Permission.HOLD_ROOMS)
def end(group_id: int) -> ResponseReturnValue:
    """End a group, or bring it back; what it did stays."""
    found = the_group(group_id)
    form = ButtonForm()
    if form.validate_on_submit():
        facts = {"by": current_user.user_id, "now": now()}
        if found.ended_at is None:
            _check_own(found)
            holding.end_group(db(), found, **facts)
            flash(gettext("The group has ended. What it did is kept."))
        else:
            holding.bring_back_group(db(), found, **facts)
            flash(gettext("The group is back."))
        return redirect(url_for(".group", group_id=found.id), code=303)
    return render_template("office/groups/end.html", group=found, form=form)


def _check_own(found: VoiceGroup) -> None:
    """Whoever sees only their own rooms closes nobody else's by ending the group.

    Raises:
        RoomStillOpen: somebody else's room is open.
    """
    own = {each.id for each in stored.rooms(db(), found.id, only_of=current_user.only_of)}
    for room in stored.rooms(db(), found.id):
        if room.id not in own and holding.state_of(room, now=now()) == "open":
            raise RoomStillOpen


def _page_of(found: VoiceGroup, form: OpenRoomForm) -> str:
    rooms = stored.rooms(db(), found.id, only_of=current_user.only_of)
    states = {each.id: holding.state_of(each, now=now()) for each in rooms}
    return render_template(
        "office/groups/group.html",
        group=found,
        opened=[each for each in rooms if states[each.id] == "open"],
        past=[each for each in rooms if states[each.id] != "open"],
        states=states,
        numbers=stored.member_numbers(db(), [each.id for each in rooms]),
        audiences=AUDIENCES,
        colours=COLOURS,
        credit=_credit(found),
        parts=beside(BESIDE_GROUP, found),
        form=form,
    )


def _credit(found: VoiceGroup) -> str:
    """The credit line in the page's language."""
    return said(words_of(found.credit), language())


def _free(form: GroupForm, own: VoiceGroup | None) -> bool:
    """Whether no other group has the name."""
    other = stored.named(db(), form.name.data or "")
    if other is None or other is own:
        return True
    form.name.errors = [gettext("Another group has this name. Write a different one")]
    return False


def _facts(form: GroupForm) -> Facts:
    return Facts(
        name=form.name.data or "",
        audience=Audience(form.audience.data),
        colour=GroupColour(form.colour.data),
        credit=form.words("credit"),
    )
