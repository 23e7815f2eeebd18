"""A survey that waits for the group's yes: read it, say yes, or not yet and why."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.errors import ChangedWhileReading
from feedback.forms.fields import whole
from feedback.forms.signing import VoiceForm
from feedback.models.proposals import Member, Room
from feedback.models.surveys import Edition
from feedback.queries import groups
from feedback.queries import signing_off as stored
from feedback.services import agreeing, holding, signing_off
from feedback.vocabulary import LONGEST_VOICE
from feedback.web import signed
from feedback.web.frame import db, now, today
from feedback.web.together.door import bp, display_of, shown, with_member


@bp.context_processor
def _news() -> dict[str, Any]:
    return {"taken_back": taken_back}


def taken_back(room: Room) -> list[str]:
    """Surveys whose words changed after the group said yes, and that it does not know of yet."""
    names = [signed.approved_title(each) for each in stored.untold(db(), room.group_id)]
    return list(dict.fromkeys(names))


@bp.get("/<code>/approving")
@with_member
def approving(room: Room, member: Member) -> ResponseReturnValue:
    """The whole survey to read, and the two buttons."""
    return _page(room, member)


@bp.post("/<code>/approving")
@with_member
def say_yes(room: Room, member: Member) -> ResponseReturnValue:
    """Keep what somebody says; if the words changed meanwhile, show what is new instead."""
    form = VoiceForm()
    edition = _chosen(room, stored.newest_editions(db(), room.group_id))
    if not form.validate_on_submit() or edition is None:
        return redirect(url_for(".approving", code=room.code), code=303)
    holding.check_open(room, now=now())
    yes = request.form.get("do") == "yes"
    words = (form.words.data or "").strip()[:LONGEST_VOICE]
    try:
        agreeing.say(
            db(),
            edition,
            room,
            member,
            seen=form.seen.data or "",
            yes=yes,
            words=words,
            today=today(),
            now=now(),
        )
    except ChangedWhileReading:
        return _page(room, member, moved=True), 409
    holding.touch(db(), room)
    flash(gettext("Thank you. You said yes.") if yes else gettext("Thank you. We talk about it."))
    return redirect(url_for(".approving", code=room.code, survey=edition.survey_id), code=303)


def _page(room: Room, member: Member, *, moved: bool = False) -> str:
    editions = stored.newest_editions(db(), room.group_id)
    edition = _chosen(room, editions)
    if edition is None:
        return shown("approving_none", room, member)
    sheet = signed.sheet(db(), edition)
    ids = [each.id for each in groups.members(db(), room.id)]
    said = agreeing.heard(db(), edition.survey_id, sheet.standing.fingerprint, ids)
    mine = stored.voices(db(), edition.survey_id, sheet.standing.fingerprint, [member.id])
    presentation = display_of(room.group.audience).presentation
    return shown(
        "approving",
        room,
        member,
        changes=signed.as_read(sheet.changes, presentation),
        whole=sheet,
        say=signed.in_words(presentation),
        said=said,
        everybody=len(ids),
        mine=mine[0] if mine else None,
        moved=moved,
        others=[
            (each.survey_id, signed.title_of(each)) for each in editions if each.id != edition.id
        ],
        longest=LONGEST_VOICE,
        form=VoiceForm(formdata=None),
    )


def _chosen(room: Room, editions: Sequence[Edition]) -> Edition | None:
    """The survey that the address or the form names; else the first that waits for a yes."""
    named = whole(request.values.get("survey", ""))
    for each in editions:
        if each.survey_id == named:
            return each
    for each in editions:
        if not signing_off.standing(db(), each).approved:
            return each
    return editions[0] if editions else None
