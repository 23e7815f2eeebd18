"""How a group's question came about: what changed, word by word, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.comparison import How, Piece, pieces
from feedback.models.proposals import Member, Room, Wording
from feedback.queries import wordings
from feedback.questionnaire import Question, said
from feedback.services.wording import question_of
from feedback.vocabulary import Presentation, QuestionKind
from feedback.web.frame import db, language
from feedback.web.together.asking import in_hand, nothing_yet, page
from feedback.web.together.door import bp, with_member


@dataclass(frozen=True)
class Changed:
    """One part that reads otherwise than before: what it is, and its words, old and new in one."""

    what: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Step:
    """One wording: who brought it, on which day, why, and what it changed."""

    member: Member | None
    day: date
    why: str
    changed: Sequence[Changed]


@bp.get("/<code>/wording/changes")
@with_member
def wording_changes(room: Room, member: Member) -> ResponseReturnValue:
    """Everything that the question has been, the newest first."""
    hand = in_hand(room)
    if hand is None or hand.question is None:
        return nothing_yet(room, member)
    taken = told(wordings.every(db(), hand.idea.id))
    return page("wording_changes", room, member, hand=hand, taken=taken)


def told(wordings_kept: Sequence[Wording]) -> list[Step]:
    """The history of a question, the newest first, each step beside the one before it."""
    found: list[Step] = []
    before: Question | None = None
    for each in wordings_kept:
        after = question_of(each)
        found.append(Step(each.member, each.created_on, each.why, tuple(_changed(before, after))))
        before = after
    return found[::-1]


def _changed(before: Question | None, after: Question) -> Iterator[Changed]:
    """What differs; words are compared one by one, answers and pictures as a whole."""
    words, kept = _words(after), _kept(after)
    if before is None:
        for what, told in {**words, **kept}.items():
            if told:
                yield Changed(what, [Piece(None, told)])
        return
    for what, was in _words(before).items():
        if words[what] != was:
            yield Changed(what, pieces(was, words[what]))
    for what, was in _kept(before).items():
        if kept[what] != was:
            both = (Piece(How.REMOVED, was), Piece(How.ADDED, kept[what]))
            yield Changed(what, [piece for piece in both if piece.words])


def _words(question: Question) -> dict[str, str]:
    usual = said(question.ask, language())
    easy = said(question.ask, language(), Presentation.EASY_READ)
    return {gettext("Words"): usual, gettext("Easy words"): easy if easy != usual else ""}


def _kept(question: Question) -> dict[str, str]:
    return {gettext("Answers"): _answers(question), gettext("Picture"): _named(question)}


def _answers(question: Question) -> str:
    if question.kind is QuestionKind.COMMENT:
        return gettext("People write it")
    return " / ".join(said(option.label, language()) for option in question.options)


def _named(question: Question) -> str:
    """Which pictures it has, by what their sets call them."""
    shown = [question.picture]
    if question.kind is QuestionKind.CHOICE:
        shown += [option.picture for option in question.options]
    names = [each.name.partition("/")[2].replace("-", " ") for each in shown if each]
    return ", ".join(names)
