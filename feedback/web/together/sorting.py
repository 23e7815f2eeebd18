"""Ideas that belong together, on piles: by a button, or dragged where there are scripts."""

from collections import defaultdict

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.forms.account import ButtonForm
from feedback.forms.fields import whole
from feedback.forms.proposals import PileForm
from feedback.models.proposals import Member, Pile, Proposal, Room
from feedback.queries import pictures
from feedback.queries import proposals as stored
from feedback.services import proposing
from feedback.web.frame import db
from feedback.web.together.door import bp, shown, with_member
from feedback.web.together.ideas import here, open_idea, pictures_for


@bp.route("/<code>/sorting", methods=["GET", "POST"])
@with_member
def sorting(room: Room, member: Member) -> ResponseReturnValue:
    """All ideas on their piles; a new pile."""
    form = PileForm()
    if form.validate_on_submit():
        name = form.q_name.data or ""
        proposed = pictures.propose(db(), name, count=1)
        picture = proposed[0].name if proposed else ""
        proposing.add_pile(db(), here(room, member), name, picture)
        return redirect(url_for(".sorting", code=room.code), code=303)
    by_pile: dict[int | None, list[Proposal]] = defaultdict(list)
    for each in stored.open_ideas(db(), room.group_id):
        by_pile[each.pile_id].append(each)
    page = shown(
        "sorting",
        room,
        member,
        form=form,
        piles=stored.piles(db(), room.group_id),
        by_pile=by_pile,
        loose=by_pile[None],
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/<code>/move")
@with_member
def move(room: Room, member: Member) -> ResponseReturnValue:
    """Put an idea on a pile, or on none: what buttons and dragging both send."""
    ButtonForm().validate()
    idea = open_idea(room, whole(request.form.get("idea", "")) or 0, lock=True)
    wanted = request.form.get("pile", "")
    pile = _pile(room, whole(wanted) or 0) if wanted else None
    proposing.move(db(), idea, pile, here(room, member))
    return redirect(url_for(".sorting", code=room.code, _anchor=f"idea-{idea.id}"), code=303)


@bp.route("/<code>/sorting/<int:pile_id>", methods=["GET", "POST"])
@with_member
def pile(room: Room, member: Member, pile_id: int) -> ResponseReturnValue:
    """Another name or picture for a pile; or away with it."""
    found = _pile(room, pile_id)
    form = PileForm(data={"q_name": found.name})
    back = redirect(url_for(".sorting", code=room.code), code=303)
    if request.form.get("do") == "remove" and ButtonForm().validate_on_submit():
        proposing.remove_pile(db(), found, here(room, member))
        flash(gettext("The pile is gone. What was on it is still here."))
        return back
    if form.validate_on_submit():
        known = pictures.known(db(), form.picture.data or "")
        picture = known.name if known else ""
        proposing.rename_pile(db(), found, here(room, member), form.q_name.data or "", picture)
        return back
    page = shown(
        "pile",
        room,
        member,
        form=form,
        pile=found,
        found=pictures_for(found.name),
        follows=False,
    )
    return page, 422 if form.is_submitted() else 200


def _pile(room: Room, number: int) -> Pile:
    found = stored.pile(db(), number, room.group_id)
    if found is None:
        abort(404)
    return found
