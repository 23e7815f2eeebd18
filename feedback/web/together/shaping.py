"""A group chooses how its question is answered, and the pictures beside the words."""

from typing import NamedTuple

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from feedback.analysis.text import one_line
from feedback.forms.account import ButtonForm
from feedback.forms.wording import AnswersForm
from feedback.languages import DEFAULT
from feedback.models.proposals import Member, Room
from feedback.queries import pictures
from feedback.questionnaire import Option, Picture, Question, said
from feedback.services import wording as service
from feedback.vocabulary import QuestionKind
from feedback.web.frame import db, language
from feedback.web.together.asking import changed, in_hand, page
from feedback.web.together.door import bp, with_member

LONGEST_SEARCH = 60  # letters
PICTURES_SHOWN = 12


class Way(NamedTuple):
    """One way to answer, as a button: its words, and pictures that show it."""

    kind: QuestionKind
    points: int | None
    words: object
    pictures: tuple[str, ...]


WAYS = {
    "faces:3": Way(
        QuestionKind.FACES, 3, _l("3 faces"), ("own/face-bad", "own/face-ok", "own/face-good")
    ),
    "faces:5": Way(
        QuestionKind.FACES, 5, _l("5 faces"), tuple(f"own/face-{at}" for at in range(1, 6))
    ),
    "yes_no:3": Way(QuestionKind.YES_NO, 3, _l("Yes or no"), ("own/yes", "own/no", "own/not-sure")),
    "comment:": Way(QuestionKind.COMMENT, None, _l("People write or say it"), ("own/words",)),
}


def _answers(question: Question) -> object:
    return question.kind, question.points, question.options


def _pictured(question: Question) -> object:
    return question.picture, [option.picture for option in question.options]


@bp.route("/<code>/wording/answers", methods=["GET", "POST"])
@with_member
def wording_answers(room: Room, member: Member) -> ResponseReturnValue:
    """Choose how people answer: faces, yes or no, their own words."""
    hand = in_hand(room)
    if hand is None or hand.question is None:
        return redirect(url_for(".wording", code=room.code), code=303)
    if request.method == "POST":
        ButtonForm().validate()
        way = WAYS.get(request.form.get("do", ""))
        if way is not None:
            to = "together.wording" if hand.question.picture else "together.wording_picture"
            return changed(
                room,
                member,
                hand,
                lambda question: service.answered_with(question, way.kind, way.points),
                part=_answers,
                to=to,
            )
    question = hand.question
    stands = f"{question.kind}:{question.points or ''}"
    return page("wording_answers", room, member, hand=hand, ways=WAYS, stands=stands)


@bp.route("/<code>/wording/answers/own", methods=["GET", "POST"])
@with_member
def wording_own(room: Room, member: Member) -> ResponseReturnValue:
    """Write up to 5 answers to choose from."""
    hand = in_hand(room)
    if hand is None or hand.question is None:
        return redirect(url_for(".wording", code=room.code), code=303)
    own = hand.question.options if hand.question.kind is QuestionKind.CHOICE else []
    form = AnswersForm(data={"answers": [said(option.label, language()) for option in own]})
    if not form.validate_on_submit():
        # Of the answers together; what is wrong with one of them is a list beside it.
        trouble = "".join(str(each) for each in form.answers.errors if not isinstance(each, list))
        own_troubles = [(each.id, each.errors[0]) for each in form.answers if each.errors]
        shown = page(
            "wording_own",
            room,
            member,
            hand=hand,
            fields=form,
            trouble=trouble,
            problems=[("answers-0", trouble)] if trouble else own_troubles,
        )
        return shown, 422 if form.is_submitted() else 200
    written = [each.data or "" for each in form.answers]

    def edit(question: Question) -> Question:
        return service.with_answers(question, written, service.language_of(question))

    return changed(room, member, hand, edit, part=_answers, to="together.wording_picture")


@bp.route("/<code>/wording/picture", methods=["GET", "POST"])
@with_member
def wording_picture(room: Room, member: Member) -> ResponseReturnValue:
    """Choose the picture of the question, or of one of the group's own answers."""
    hand = in_hand(room)
    if hand is None or hand.question is None:
        return redirect(url_for(".wording", code=room.code), code=303)
    answer = hand.question.option(request.values.get("answer", ""))
    if request.method == "POST":
        ButtonForm().validate()
        known = pictures.known(db(), request.form.get("picture", ""))
        if known is not None or request.form.get("picture") == "none":
            # It only repeats the words beside it: nobody needs to hear it too.
            chosen = Picture(name=known.name, decorative=True) if known else None
            code = answer.code if answer else ""
            following = _following(hand.question, code)
            return changed(
                room,
                member,
                hand,
                lambda question: service.with_picture(question, code, chosen),
                part=_pictured,
                to="together.wording_picture" if following else "together.wording",
                answer=following or None,
            )
    words = answer.label if answer else hand.question.ask
    search = one_line(request.args.get("words", ""))[:LONGEST_SEARCH]
    found = (
        pictures.find(db(), search, PICTURES_SHOWN)
        if search
        else pictures.propose(db(), said(words, DEFAULT), without=_others(hand.question, answer))
    )
    kept = answer.picture if answer else hand.question.picture
    return page(
        "wording_picture",
        room,
        member,
        hand=hand,
        answer=answer,
        words=words,
        search=search,
        found=found,
        kept=kept,
    )


def _following(question: Question, code: str) -> str:
    """The next of the group's own answers that has no picture; none for ready scales."""
    if question.kind is not QuestionKind.CHOICE:
        return ""
    without = [each.code for each in question.options if not each.picture and each.code != code]
    return without[0] if without else ""


def _others(question: Question, answer: Option | None) -> list[str]:
    """Pictures that other answers have already: no two answers share one."""
    if answer is None:
        return []
    others = (each for each in question.options if each.code != answer.code)
    return [each.picture.name for each in others if each.picture]
