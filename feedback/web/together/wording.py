"""A group finds the words of its question, with the question checker as a kind helper."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from feedback.forms.account import ButtonForm
from feedback.forms.fields import whole
from feedback.forms.tips import Tip, tips
from feedback.forms.wording import AskForm, EasyForm
from feedback.models.proposals import Member, Room
from feedback.questionnaire import Question, said
from feedback.services import wording as service
from feedback.services.wording import By
from feedback.vocabulary import Presentation
from feedback.web.frame import db, language, now, today
from feedback.web.together.asking import InHand, changed, in_hand, nothing_yet, page, seen
from feedback.web.together.door import bp, with_member

# What is pressed where the group has to think itself.
_WAYS = {
    "words": _l("Change the words"),
    "easy": _l("Change the words"),
    "answers": _l("Change the answers"),
    "picture": _l("Pick a picture"),
}


def _asked(question: Question) -> object:
    return question.ask


def _whole(question: Question) -> object:
    return question


@bp.get("/<code>/wording")
@with_member
def wording(room: Room, member: Member) -> ResponseReturnValue:
    """The question as it stands, one thing to look at, and what can be changed."""
    hand = in_hand(room)
    if hand is None:
        return nothing_yet(room, member)
    if hand.question is None:
        return _words_page(room, member, hand, AskForm(data={"words": hand.idea.words}))
    found = tips(hand.question, room.group.audience)
    at = min(max(0, request.args.get("tip", 0, type=int)), len(found))
    tip = found[at] if at < len(found) else None
    return page(
        "wording",
        room,
        member,
        hand=hand,
        question=hand.question,
        tip=tip,
        tip_at=at,
        tip_words=str(_WAYS[tip.place]) if tip else "",
        tip_address=_way(room, tip) if tip else "",
        ready=service.is_ready(hand.question),
    )


@bp.route("/<code>/wording/words", methods=["GET", "POST"])
@with_member
def wording_words(room: Room, member: Member) -> ResponseReturnValue:
    """Write how to ask it."""
    hand = in_hand(room)
    if hand is None:
        return nothing_yet(room, member)
    begins = hand.question is None
    stands = said(hand.question.ask, language()) if hand.question else hand.idea.words
    form = AskForm(data={"words": stands})
    if not form.validate_on_submit():
        return _words_page(room, member, hand, form), 422 if form.is_submitted() else 200
    written = form.words.data or ""

    def edit(question: Question) -> Question:
        tag = service.language_of(question)
        return service.with_words(question, written, tag, easy=False)

    return changed(
        room,
        member,
        hand,
        edit,
        part=_asked,
        begin=lambda: service.begun(written, language()),
        why=form.why.data or "",
        to="together.wording_answers" if begins else "together.wording",
    )


def _words_page(room: Room, member: Member, hand: InHand, form: AskForm) -> str:
    return page("wording_words", room, member, hand=hand, fields=form)


@bp.route("/<code>/wording/easy", methods=["GET", "POST"])
@with_member
def wording_easy(room: Room, member: Member) -> ResponseReturnValue:
    """Write the question once more in easy words."""
    hand = in_hand(room)
    if hand is None or hand.question is None:
        return redirect(url_for(".wording", code=room.code), code=303)
    stands = said(hand.question.ask, language(), Presentation.EASY_READ)
    form = EasyForm(data={"words": stands})
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        usual = said(hand.question.ask, language())
        return page("wording_easy", room, member, hand=hand, usual=usual, fields=form), status

    def edit(question: Question) -> Question:
        tag = service.language_of(question)
        return service.with_words(question, form.words.data or "", tag, easy=True)

    return changed(room, member, hand, edit, part=_asked, why=form.why.data or "")


@bp.post("/<code>/wording/tip")
@with_member
def wording_tip(room: Room, member: Member) -> ResponseReturnValue:
    """Take what the helper proposes; of two questions in one, the other becomes an own idea."""
    ButtonForm().validate()
    hand = in_hand(room)
    wanted = _pressed(room, hand)
    if hand is None or wanted is None:
        return redirect(url_for(".wording", code=room.code), code=303)
    pressed, at = wanted

    def edit(question: Question) -> Question:
        return service.put(question, pressed.path, pressed.choices[at], easy=pressed.easy)

    reply = changed(room, member, hand, edit, part=_whole, why=pressed.why)
    if pressed.parts_two:
        by = By(room, member, today(), now())
        service.apart(db(), hand.idea, pressed.choices[1 - at], by)
    return reply


def _way(room: Room, tip: Tip) -> str:
    """Where somebody thinks of another way: the words, the answers or a picture."""
    if tip.place == "answers" or (tip.place == "words" and tip.code):
        return url_for(".wording_own", code=room.code)
    answer = tip.code if tip.place == "picture" and tip.code else None
    return url_for(f".wording_{tip.place}", code=room.code, answer=answer)


def _pressed(room: Room, hand: InHand | None) -> tuple[Tip, int] | None:
    """The tip and which of its ways; None where the question has changed since it was shown."""
    if hand is None or hand.question is None or seen() != hand.number:
        return None
    at, _, choice = request.form.get("do", "").partition(":")
    found = tips(hand.question, room.group.audience)
    tip, way = whole(at), whole(choice)
    if tip is None or way is None or not 0 <= tip < len(found):
        return None
    wanted = found[tip]
    return (wanted, way) if 0 <= way < len(wanted.choices) else None
