"""A group tries its question as those who answer will meet it; nothing is kept as an answer."""

from types import SimpleNamespace
from typing import Any, NamedTuple

from flask import abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from feedback.analysis.checking.mending import with_word
from feedback.analysis.checking.plainer import EASIER
from feedback.analysis.readability import words as words_of
from feedback.forms.account import ButtonForm
from feedback.forms.questions import page_form
from feedback.forms.tips import hard_word_why
from feedback.languages import DEFAULT
from feedback.models.proposals import Member, Room
from feedback.outputs import speech
from feedback.queries import wordings
from feedback.questionnaire import Page, Question, said
from feedback.services import wording as service
from feedback.vocabulary import Presentation, QuestionKind
from feedback.web.frame import allow, db, language
from feedback.web.together.asking import InHand, changed, in_hand, nothing_yet, page, spoken
from feedback.web.together.door import bp, display_of, with_member


class Look(NamedTuple):
    """How the question is tried: in which words, with pictures or without."""

    presentation: Presentation
    pictures: bool

    def address(self, **other: str) -> dict[str, Any]:
        """The same as an address has it, with something else."""
        shown = "on" if self.pictures else "off"
        return {"words": self.presentation.value, "show": shown, **other}


class Tapped(NamedTuple):
    """A word that some found hard, how many, and an easier one if the checker knows it."""

    word: str
    people: int
    easier: str


@bp.route("/<code>/trying", methods=["GET", "POST"])
@with_member
def trying(room: Room, member: Member) -> ResponseReturnValue:
    """The question as somebody who answers meets it, with switches for words and pictures."""
    hand = in_hand(room)
    if hand is None or hand.question is None:
        return nothing_yet(room, member)
    look = _look(room)
    asked = Page(name="tried", questions=[hand.question])
    form = page_form(asked)(formdata=request.form if request.method == "POST" else None)
    if request.method == "POST" and (request.form.get("do") == "skip" or form.validate()):
        return redirect(_words_address(room, look), code=303)
    allow("media-src")
    return page(
        "trying",
        room,
        member,
        hand=hand,
        question=hand.question,
        field=form.asked[0],
        tried=form,
        problems=[(each.first_id, each.errors[0]) for each in form.asked if each.errors],
        look=look,
        visit=SimpleNamespace(
            language=language(), presentation=look.presentation, pictures=look.pictures
        ),
        ask_words=spoken(look.presentation),
        can_hear=speech.can_read(service.language_of(hand.question)),
    ), 422 if request.method == "POST" else 200


@bp.get("/<code>/trying/<int(max=1000000):number>/<any(standard, easy_read):read>.wav")
@with_member
def trying_heard(room: Room, _member: Member, number: int, read: str) -> ResponseReturnValue:
    """The question read aloud, with its answers."""
    hand = in_hand(room)
    worded = wordings.numbered(db(), hand.idea.id, number) if hand else None
    if worded is None:
        abort(404)
    question = service.question_of(worded)
    tag = service.language_of(question)
    presentation = Presentation(read)
    texts = [question.ask, *(option.label for option in question.options)]
    sound = speech.read_aloud(". ".join(said(each, tag, presentation) for each in texts), tag)
    if sound is None:
        abort(404)
    reply = make_response(sound)
    reply.headers["Content-Type"] = "audio/wav"
    return reply


@bp.route("/<code>/trying/words", methods=["GET", "POST"])
@with_member
def trying_words(room: Room, member: Member) -> ResponseReturnValue:
    """Tap the words that were hard, and see which the group tapped."""
    hand = in_hand(room)
    if hand is None or hand.latest is None or hand.question is None:
        return nothing_yet(room, member)
    look = _look(room)
    if request.method == "POST":
        ButtonForm().validate()
        service.say_hard(db(), room, hand.latest, member, request.form.getlist("hard"))
        return redirect(_words_address(room, look, said="yes"), code=303)
    return page(
        "trying_words",
        room,
        member,
        hand=hand,
        look=look,
        texts=_to_tap(hand.question, look),
        mine=wordings.tapped(db(), hand.latest.id, member.id),
        found=_tapped(hand),
        said=request.args.get("said") == "yes",
    )


@bp.post("/<code>/trying/easier")
@with_member
def trying_easier(room: Room, member: Member) -> ResponseReturnValue:
    """Write an easier word in the place of one that somebody tapped."""
    ButtonForm().validate()
    hand = in_hand(room)
    word = request.form.get("word", "")
    better = EASIER.get(word)
    if hand is None or hand.question is None or better is None:
        return redirect(url_for(".trying", code=room.code), code=303)

    return changed(
        room,
        member,
        hand,
        lambda question: _reworded(question, word, better),
        part=lambda question: (question.ask, question.options),
        why=hard_word_why(word),
        to="together.trying",
    )


def _reworded(question: Question, word: str, better: str) -> Question:
    tag = service.language_of(question)
    asked = question.ask[tag]
    made = service.put(question, ("ask",), with_word(asked.standard, word, better), easy=False)
    if asked.easy:
        easy = with_word(asked.easy, word, better)
        made = service.put(made, ("ask",), easy, easy=True)
    if question.kind is QuestionKind.CHOICE:
        for at, option in enumerate(question.options):
            label = with_word(said(option.label, tag), word, better)
            made = service.put(made, ("options", at, "label"), label, easy=False)
    return made


def _words_address(room: Room, look: Look, **more: Any) -> str:
    return url_for(".trying_words", code=room.code, **more, **look.address())


def _look(room: Room) -> Look:
    display = display_of(room.group.audience)
    words = request.args.get("words")
    presentation = Presentation(words) if words in list(Presentation) else display.presentation
    shown = request.args.get("show")
    return Look(presentation, shown == "on" if shown in ("on", "off") else display.pictures)


def _to_tap(question: Question, look: Look) -> list[list[tuple[str, str]]]:
    """Each text as its words, as they are written and as they are kept."""
    own = question.options if question.kind is QuestionKind.CHOICE else []
    say = spoken(look.presentation)
    known = set(service.words_to_tap(question))
    texts = [say(question.ask), *(say(option.label) for option in own)]
    return [
        [(word, word.casefold()) for word in words_of(text) if word.casefold() in known]
        for text in texts
    ]


def _tapped(hand: InHand) -> list[Tapped]:
    """What the group found hard, with easier words; only English ones are known."""
    if hand.latest is None or hand.question is None:
        return []
    english = service.language_of(hand.question) == DEFAULT
    return [
        Tapped(each.word, each.people, EASIER.get(each.word, "") if english else "")
        for each in wordings.hard_words(db(), hand.latest.id)
    ]
