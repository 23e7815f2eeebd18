"""What a group wants to ask about: bringing ideas in, changing and taking back one's own."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.analysis.text import one_line
from feedback.forms.account import ButtonForm
from feedback.forms.groups import idea_words
from feedback.forms.proposals import SUBJECTS, IdeaForm
from feedback.models.proposals import Member, Proposal, Room
from feedback.queries import pictures
from feedback.queries import proposals as stored
from feedback.services import proposing
from feedback.services.proposing import Here
from feedback.web.frame import db, now, today
from feedback.web.together.door import bp, shown, with_member

LONGEST_SEARCH = 60  # letters
PICTURES_FOUND = 12
PICTURES_PROPOSED = 6

bp.add_app_template_global(idea_words)

Card = tuple[str, str, str]  # a picture, its words, and their language where it is not the page's


def here(room: Room, member: Member) -> Here:
    """Who does something in a room, and when."""
    return Here(room, member, today(), now())


def open_idea(room: Room, proposal_id: int, *, lock: bool = False) -> Proposal:
    """An idea of the room's group that everybody may see, or no such page."""
    found = stored.one(db(), proposal_id, lock=lock)
    if found is None or found.group_id != room.group_id or found.hidden_at is not None:
        abort(404)
    return found


def pictures_for(words: str, *, look: str = "") -> list[Card]:
    """Pictures to tap: those looked for, those that fit the words, or what groups ask about."""
    if look:
        found = pictures.find(db(), look, PICTURES_FOUND)
    elif words:
        found = pictures.propose(db(), words, count=PICTURES_PROPOSED)
    else:
        return [(name, str(words), "") for name, words in SUBJECTS.items()]
    return [
        (each.name, each.shows.capitalize(), "" if each.set == "upload" else "en") for each in found
    ]


@bp.route("/<code>/ideas", methods=["GET", "POST"])
@with_member
def ideas(room: Room, member: Member) -> ResponseReturnValue:
    """I want to ask about …"""
    form = IdeaForm()
    look = _looked_for(form)
    if form.validate_on_submit() and not look:
        words, picture = _sent(form)
        if words or picture:
            proposing.propose(db(), here(room, member), words, picture)
            flash(gettext("Thank you. We have it."))
            return redirect(url_for(".ideas", code=room.code), code=303)
        form.q_words.errors = [gettext("Write some words, or tap a picture")]
    own = stored.own_ideas(db(), member.id)
    page = shown(
        "ideas",
        room,
        member,
        form=form,
        found=pictures_for("", look=look),
        own=own,
        changeable={
            each.id for each in own if proposing.may_change(db(), each, here(room, member))
        },
        others=[
            each for each in stored.open_ideas(db(), room.group_id) if each.member_id != member.id
        ],
    )
    return page, 422 if form.errors else 200


@bp.route("/<code>/ideas/<int:proposal_id>", methods=["GET", "POST"])
@with_member
def idea(room: Room, member: Member, proposal_id: int) -> ResponseReturnValue:
    """An own idea in other words, with another picture, or taken back."""
    found = stored.one(db(), proposal_id, lock=request.method == "POST")
    if found is None or found.member_id != member.id:
        abort(404)
    form = IdeaForm(data={"q_words": found.words})
    look = _looked_for(form)
    back = redirect(url_for(".ideas", code=room.code), code=303)
    if request.form.get("do") == "take-back" and ButtonForm().validate_on_submit():
        proposing.take_back(db(), found, here(room, member))
        flash(gettext("You took it back."))
        return back
    if form.validate_on_submit() and not look:
        words, picture = _sent(form)
        picture = picture or found.picture
        if words or picture:
            proposing.change(db(), found, here(room, member), words, picture)
            flash(gettext("It is changed."))
            return back
        form.q_words.errors = [gettext("Write some words, or tap a picture")]
    page = shown(
        "idea",
        room,
        member,
        form=form,
        idea=found,
        found=pictures_for(found.words, look=look),
        follows=False,
    )
    return page, 422 if form.errors else 200


def _looked_for(form: IdeaForm) -> str:
    """The words that somebody looks for pictures by, where that is what they pressed."""
    if not form.is_submitted() or request.form.get("picture"):
        return ""
    pressed = request.form.get("do")
    look = one_line(form.look.data)[:LONGEST_SEARCH]
    # The enter key presses the first button of a form, which sends.
    return look if pressed == "look" or (pressed == "send" and not form.q_words.data) else ""


def _sent(form: IdeaForm) -> tuple[str, str]:
    """Words and picture of an idea; a picture without words brings its own."""
    known = pictures.known(db(), form.picture.data or "")
    picture = known.name if known else ""
    words = form.q_words.data or ""
    if not words and known is not None:
        words = str(SUBJECTS.get(picture, known.shows.capitalize()))
    return words, picture
