"""A worker signs a survey with a group; an officer names the group, or opens without it."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.errors import ChangedWhileReading, NobodySaidYes, ReasonTooShort
from feedback.forms.account import ButtonForm
from feedback.forms.signing import GroupForm, OverrideForm, SeenForm
from feedback.models.proposals import Room, VoiceGroup
from feedback.models.surveys import Edition
from feedback.queries import groups as known
from feedback.queries import signing_off as stored
from feedback.queries import surveys
from feedback.services import agreeing, holding, signing_off
from feedback.vocabulary import Permission, Presentation, RoomStep
from feedback.web import signed
from feedback.web.access import needs
from feedback.web.frame import db, now, parts
from feedback.web.groups.door import GROUP, bp, on_group_page, on_room_page, the_group

SIGNING = "/signing/<name>"


@bp.get(SIGNING)
@needs(Permission.HOLD_ROOMS)
def signing(name: str) -> ResponseReturnValue:
    """The exact words to read with the group, what changed since its yes, and its new yes."""
    return _page(name)


@bp.post(f"{SIGNING}/yes")
@needs(Permission.HOLD_ROOMS)
def confirm(name: str) -> ResponseReturnValue:
    """Keep the yes of the group's open room."""
    edition, form = _edition(name), SeenForm()
    room = _room(edition)
    if room is None or not form.validate_on_submit():
        return redirect(url_for(".signing", name=name), code=303)
    try:
        agreeing.confirm(
            db(),
            edition,
            room,
            _members(room),
            seen=form.seen.data or "",
            user_id=current_user.user_id,
            now=now(),
        )
    except ChangedWhileReading:
        return _page(name, problem=gettext("It changed while you read. Here is what is new.")), 409
    except NobodySaidYes as refusal:
        return _page(name, problem=gettext(refusal.message)), 409
    signing_off.told(db(), stored.untold(db(), room.group_id), now=now())
    holding.touch(db(), room)
    flash(gettext("The group said yes. It is kept for exactly these words."))
    return redirect(url_for(".signing", name=name), code=303)


@bp.post(f"{SIGNING}/group")
@needs(Permission.DESIGN)
def name_group(name: str) -> ResponseReturnValue:
    """Say which group signs a survey off."""
    edition, form = _edition(name), _group_form()
    if form.validate_on_submit():
        group = known.one(db(), form.group.number or 0)
        if group is not None:
            by = {"user_id": current_user.user_id, "now": now()}
            signing_off.name_group(db(), edition.survey, group, **by)
    return redirect(url_for(".signing", name=name), code=303)


@bp.route(f"{SIGNING}/without", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def without(name: str) -> ResponseReturnValue:
    """Open a survey without its group's yes, for a reason that everybody will read."""
    edition, form = _edition(name), OverrideForm()
    if form.validate_on_submit():
        try:
            signing_off.override(
                db(), edition, form.reason.data or "", user_id=current_user.user_id, now=now()
            )
        except ReasonTooShort as refusal:
            form.reason.errors = [
                gettext("Write at least %(count)s letters about why", **refusal.facts)
            ]
        else:
            flash(gettext("The survey can be opened. Your reason is printed in every report."))
            return redirect(url_for(".signing", name=name), code=303)
    page = render_template(
        "office/groups/without.html",
        form=form,
        whole=signed.sheet(db(), edition),
        title=signed.title_of(edition),
        name=name,
    )
    return page, 422 if form.is_submitted() else 200


@bp.post(f"{GROUP}/told")
@needs(Permission.HOLD_ROOMS)
def told(group_id: int) -> ResponseReturnValue:
    """The group knows now that its yes was taken back, and why."""
    group = the_group(group_id)
    if ButtonForm().validate_on_submit():
        signing_off.told(db(), stored.untold(db(), group.id), now=now())
        for room in known.rooms(db(), group.id):
            if holding.state_of(room, now=now()) == "open":
                holding.touch(db(), room)
    return redirect(url_for(".signed_off", group_id=group.id), code=303)


@bp.get(f"{GROUP}/surveys")
@needs(Permission.HOLD_ROOMS)
def signed_off(group_id: int) -> ResponseReturnValue:
    """A group's surveys: what it said yes to, what changed since; and the answers it got."""
    group = the_group(group_id)
    news = stored.untold(db(), group.id)
    sheets = [signed.sheet(db(), each) for each in stored.newest_editions(db(), group.id)]
    say = signed.in_words(Presentation.STANDARD)
    limit = {"threshold": parts().settings.threshold_staff}
    return render_template(
        "office/groups/surveys.html",
        group=group,
        sheets=sheets,
        titles=[signed.title_of(each.edition) for each in sheets],
        news=[(each, signed.approved_title(each)) for each in news],
        trails=[
            (
                signed.trail(db(), idea, parts().editions, say, **limit),
                stored.verdicts(db(), idea.id),
                stored.words_of_result(db(), idea.id),
            )
            for idea in stored.ideas(db(), group.id)
        ],
        usual=signed.Usual(),
        form=ButtonForm(),
    )


@on_group_page
def _beside_group(group: VoiceGroup) -> str:
    """What the group signs off, what it does not know yet, and the way to its answers."""
    return render_template(
        "office/groups/signing_part.html",
        group=group,
        news=len(stored.untold(db(), group.id)),
        cards=_cards(group.id),
        waiting=(),
    )


@on_room_page
def _beside_room(room: Room) -> str:
    """The surveys that wait for the yes of this room, once it is asked for it."""
    if room.step is not RoomStep.APPROVING:
        return ""
    ids = _members(room)
    waiting = [
        (
            name,
            title,
            agreeing.heard(db(), survey_id, card.standing.fingerprint, ids),
            _seen(card.standing.fingerprint),
        )
        for name, title, survey_id, card in _cards(room.group_id)
        if card.standing.approved is None
    ]
    return render_template(
        "office/groups/signing_part.html",
        group=None,
        cards=(),
        waiting=waiting,
        everybody=len(ids),
    )


def _cards(group_id: int) -> list[tuple[str, str, int, signed.Card]]:
    """A group's surveys: name, title, number, where each stands."""
    return [
        (each.survey.name, signed.title_of(each), each.survey_id, signed.card(db(), each))
        for each in stored.newest_editions(db(), group_id)
    ]


def _page(name: str, *, problem: str = "") -> str:
    edition = _edition(name)
    sheet = signed.sheet(db(), edition)
    room = _room(edition)
    mark = sheet.standing.fingerprint
    ids = _members(room) if room else []
    group_form = _group_form()
    more: dict[str, Any] = {}
    if sheet.standing.overridden is not None:
        more["reason"] = sheet.standing.overridden
    return render_template(
        "office/groups/signing.html",
        name=name,
        title=signed.title_of(edition),
        whole=sheet,
        easy=signed.in_words(Presentation.EASY_READ),
        say=signed.in_words(Presentation.EASY_READ),
        room=room,
        said=agreeing.heard(db(), edition.survey_id, mark, ids) if room else None,
        everybody=len(ids),
        problem=problem,
        group_form=group_form if current_user.may(Permission.DESIGN) else None,
        form=_seen(mark),
        **more,
    )


def _edition(name: str) -> Edition:
    found = surveys.survey(db(), name)
    if found is None:
        abort(404)
    return found.editions[0]


def _room(edition: Edition) -> Room | None:
    """The open room of the group that signs a survey off, if this worker may see it."""
    named = stored.designer(db(), edition.survey_id)
    if named is None:
        return None
    rooms = known.rooms(db(), named.group_id, only_of=current_user.only_of)
    return next((each for each in rooms if holding.state_of(each, now=now()) == "open"), None)


def _members(room: Room) -> list[int]:
    return [each.id for each in known.members(db(), room.id)]


def _seen(mark: str) -> SeenForm:
    """The button that keeps a yes, for exactly the words that were shown."""
    return SeenForm(formdata=None, data={"seen": mark})


def _group_form() -> GroupForm:
    form = GroupForm()
    form.offer((each.id, each.name) for each in stored.groups(db()))
    return form
