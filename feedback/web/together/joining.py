"""Coming into a room, who it is now, leaving, and what everybody does now."""

import secrets
from functools import cache
from random import SystemRandom

from flask import (
    abort,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from feedback.analysis.naming import Trouble, trouble_of
from feedback.errors import MemberNameTaken
from feedback.forms.account import ButtonForm
from feedback.forms.fields import whole
from feedback.forms.groups import KIND_WORDS, PICTURES, CodeForm, WordForm, trouble_words
from feedback.models.proposals import Member, Room
from feedback.queries import groups as stored
from feedback.services import holding, joining
from feedback.services.codes import easy_words
from feedback.settings import easy_words as easy_list
from feedback.vocabulary import Audience, Permission
from feedback.web.access import named, public
from feedback.web.frame import db, not_durable, now, parts, quiet, today
from feedback.web.together.door import (
    bp,
    display_of,
    find_room,
    forget_current,
    holds_place,
    members_here,
    remember,
    shown,
    switch,
    with_member,
)


@bp.route("", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """Where somebody writes the code of a room."""
    form = CodeForm()
    if form.validate_on_submit():
        return redirect(url_for(".join", code=find_room(form.room.data or "").code), code=303)
    page = render_template(
        "together/code.html", form=form, display=display_of(Audience.YOUNG_PERSON)
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/<code>")
@with_member
def now_here(room: Room, member: Member) -> ResponseReturnValue:
    """On to what everybody does now."""
    display_of(room.group.audience)  # a link may say how it is read; that is kept
    return redirect(url_for(f"together.{room.step}", code=room.code))


@bp.get("/<code>/changes")
def changes(code: str) -> ResponseReturnValue:
    """One number that rises with everything new, and what everybody does: asked every second."""
    room = stored.standing(db(), code) if holds_place(code) else None
    if room is None:
        abort(404)
    state = holding.state_of(room, now=now())
    return f"{room.changes} {room.step if state == 'open' else state}", {
        "Content-Type": "text/plain"
    }


named(quiet(changes), Permission.MEMBER)


# Coming in


@bp.get("/<code>/join")
@public
def join(code: str) -> ResponseReturnValue:
    """A picture to go by."""
    room = find_room(code)
    if holding.state_of(room, now=now()) != "open":
        return redirect(url_for(".afterwards", code=room.code))
    return shown("join", room, None, pictures=PICTURES, follows=False)


@bp.route("/<code>/join/word", methods=["GET", "POST"])
@not_durable  # forty come at once; whoever is lost with the power comes in again
@public
def word(code: str) -> ResponseReturnValue:
    """A word to go by, beside the picture; a real name, an address or an insult is asked again."""
    room = find_room(code)
    if request.method == "GET" and holding.state_of(room, now=now()) != "open":
        return redirect(url_for(".afterwards", code=room.code))
    picture = request.values.get("picture", "")
    if picture not in PICTURES:
        return redirect(url_for(".join", code=room.code), code=303)
    form = WordForm(data={"picture": picture})
    trouble: Trouble | None = None
    if form.validate_on_submit():
        wish = form.word.data or ""
        kind = wish in {str(each) for each in KIND_WORDS}
        trouble = None if kind else trouble_of(wish, familiar_words(), sure="sure" in request.form)
        if trouble is None:
            try:
                return _come_in(room, picture, wish)
            except MemberNameTaken:
                trouble = Trouble.TAKEN
        form.word.errors = [trouble_words(trouble)]
    wrong = form.is_submitted()
    page = shown(
        "word",
        room,
        None,
        form=form,
        picture=picture,
        pictures=PICTURES,
        words=KIND_WORDS,
        trouble=trouble,
        instead=_instead(room, picture) if wrong else [],
        follows=False,
    )
    return page, 422 if wrong else 200


@cache
def familiar_words() -> frozenset[str]:
    """Words that everybody knows, and that so name nobody."""
    return frozenset({*easy_words(), *easy_list()})


def _come_in(room: Room, picture: str, wish: str) -> ResponseReturnValue:
    token = secrets.token_urlsafe(16)
    joining.join(db(), room, picture, wish, token, parts().codes, today=today(), now=now())
    remember(room, token)
    return redirect(url_for(".now_here", code=room.code), code=303)


def _instead(room: Room, picture: str) -> list[tuple[str, str]]:
    """Three names that nobody in the room has, the first with the picture that they chose."""
    words = [str(each) for each in KIND_WORDS]
    return joining.free_names(
        db(), room, list(PICTURES), words, first=picture, chance=SystemRandom()
    )


# Several people before one screen, and leaving


@bp.route("/<code>/who", methods=["GET", "POST"])
@with_member
def who(room: Room, member: Member) -> ResponseReturnValue:
    """Who of those that share this screen it is now."""
    form = ButtonForm()
    chosen = whole(request.form.get("member", ""))
    if form.validate_on_submit() and chosen is not None and switch(room, chosen):
        return redirect(url_for(".now_here", code=room.code), code=303)
    return shown("who", room, member, here=members_here(room), follows=False)


@bp.route("/<code>/leave", methods=["GET", "POST"])
@with_member
def leave(room: Room, member: Member) -> ResponseReturnValue:
    """Leave the room; what was said stays."""
    if ButtonForm().validate_on_submit():
        forget_current(room)
        if members_here(room):
            return redirect(url_for(".now_here", code=room.code), code=303)
        return redirect(url_for(".goodbye"), code=303)
    return shown("leave", room, member, follows=False)


@bp.get("/goodbye")
@public
def goodbye() -> ResponseReturnValue:
    """After leaving: how to come back."""
    return render_template("together/goodbye.html", display=display_of(Audience.YOUNG_PERSON))
