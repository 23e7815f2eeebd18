"""A survey on paper: the same edition, words and pictures as on a phone, to be filled in by hand.

Each question carries its number and its name, each answer a digit, so that whoever types it in
finds the same on the screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Literal

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from feedback.outputs.documents import Reader
from feedback.outputs.illustrating import Pictures
from feedback.outputs.routing import Say, numbers, only_if
from feedback.outputs.typesetting import typeset
from feedback.questionnaire import Page, Picture, Question, Questionnaire, said
from feedback.vocabulary import Presentation, QuestionKind

PrintSize = Literal["normal", "large"]
LARGE = 18  # points; nothing on a large print form is smaller
USUAL, EASY = 12, 14  # points
COMMENT_LINES = 6
LAST_DIGIT = 9
DONT_KNOW_DIGIT = 0


@dataclass(frozen=True)
class Form:
    """What one printed form belongs to, and whom somebody rings who needs help now."""

    code: str
    edition: int
    return_to: str  # how the form is given back; a line to fill in where it is empty
    help_line: str
    help_number: str
    emergency_number: str


def paper(
    asked: Questionnaire,
    form: Form,
    reader: Reader,
    size: PrintSize,
    uploaded: Mapping[str, bytes],
    *,
    now: datetime,
) -> bytes:
    """The form as a PDF."""
    say = partial(said, language=reader.language, presentation=reader.presentation)
    easy = reader.presentation is Presentation.EASY_READ
    pictures = Pictures(uploaded)
    data = {
        "title": say(asked.title),
        "language": reader.language,
        "host": reader.host,
        "points": LARGE if size == "large" else EASY if easy else USUAL,
        "large": size == "large",
        "easy": easy,
        "why": say(asked.why),
        "start": _start(asked, say, pictures),
        "agree": _("If you give this form back, you are saying yes to all of this."),
        "help": _help(form),
        "how": [
            _("Put a tick in the box beside your answer."),
            _("You can leave out any question."),
            _("Please do not write your name."),
        ],
        "foot": " · ".join(
            [form.code, _("edition %(number)s", number=format_decimal(form.edition))]
        ),
        # The document knows the numbers; these are the words round them.
        "page": _("Page %(number)s of %(total)s", number="\n", total="\n").split("\n"),
        "pages": [_page(asked, page, say, pictures) for page in asked.pages],
        "hard": [{"word": say(t.word), "meaning": say(t.meaning)} for t in asked.glossary],
        "hard_title": _("What some words mean"),
        "quote": {
            "title": _("Your own words"),
            "box": _("Other people may read my words"),
            "hint": _(
                "You can leave this empty. If you tick it, we may show some of your words to "
                "others, so that more people understand. Never with your name."
            ),
        }
        if asked.has_comments
        else None,
        "end": {
            "title": _("Thank you"),
            "next": {"label": _("What happens next"), "text": say(asked.afterwards)},
            "back": {"label": _("Give this form back to:"), "text": form.return_to},
        },
    }
    return typeset("paper", data, pictures.files, now=now)


def digits(question: Question) -> dict[str, int]:
    """The digit that stands before each of a question's answers, by code; the first nine."""
    return {o.code: at for at, o in enumerate(question.options[:LAST_DIGIT], start=1)}


def _start(asked: Questionnaire, say: Say, pictures: Pictures) -> list[dict[str, Any]]:
    lasting = ngettext(
        "About %(num)d minute. There is no time limit.",
        "About %(num)d minutes. There is no time limit.",
        asked.minutes,
    )
    facts = [
        ("own/words", _("Who is asking"), say(asked.asked_by)),
        ("own/listen", _("Who reads it, and when"), say(asked.read_by)),
        ("own/waiting", _("How long it takes"), lasting),
        (
            "own/stop",
            _("You are in charge"),
            _("You do not have to answer. You can stop at any time."),
        ),
        (
            "own/quiet",
            _("Your name"),
            _("We do not ask for it. We will not know it is you, unless you tell us."),
        ),
    ]
    return [
        {"picture": pictures.shown(name), "label": label, "text": text}
        for name, label, text in facts
    ]


def _help(form: Form) -> dict[str, Any]:
    return {
        "title": _("Nobody reads your answers straight away."),
        "text": _("If someone is hurting you, or you are scared, please do one of these things."),
        "ways": [
            [_("Tell an adult you trust"), ""],
            [_("Ring %(name)s", name=form.help_line), form.help_number],
            [_("In danger right now? Ring this number:"), form.emergency_number],
        ],
    }


def _page(asked: Questionnaire, page: Page, say: Say, pictures: Pictures) -> dict[str, Any]:
    route = only_if(asked, page, say)
    return {
        "title": say(page.title),
        "route": vars(route) if route else None,
        "statements": [
            {"text": say(each.say), "picture": _picture(each.picture, say, pictures)}
            for each in page.statements
        ],
        "questions": [_question(asked, each, say, pictures) for each in page.questions],
    }


def _question(
    asked: Questionnaire, question: Question, say: Say, pictures: Pictures
) -> dict[str, Any]:
    digit = digits(question)
    return {
        "number": format_decimal(numbers(asked)[question.name]),
        "name": question.name,
        "kind": question.kind.value,
        "ask": say(question.ask),
        "help": say(question.help),
        "reason": f"{_('Why we ask:')} {say(question.reason)}" if question.reason else "",
        "picture": _picture(question.picture, say, pictures),
        "note": _note(question),
        "options": [
            {
                "digit": format_decimal(digit[o.code]) if o.code in digit else "",
                "label": say(o.label),
                "picture": _picture(o.picture, say, pictures),
            }
            for o in question.options
        ],
        "unknown": [format_decimal(DONT_KNOW_DIGIT), _("I don’t know")]
        if question.dont_know
        else None,
        "ends": [
            _("0 is: %(words)s", words=say(question.low_label)),
            _("10 is: %(words)s", words=say(question.high_label)),
        ]
        if question.low_label
        else [],
        "boxes": {
            QuestionKind.MONTH: [_("Month"), _("Year")],
            QuestionKind.CARD: [_("First word"), _("Second word")],
        }.get(question.kind, []),
        "lines": {QuestionKind.COMMENT: COMMENT_LINES, QuestionKind.SHORT_TEXT: 1}.get(
            question.kind, 0
        ),
    }


def _note(question: Question) -> str:
    """How many boxes to tick, where that can be asked."""
    if question.kind is QuestionKind.CHOICES:
        return _("Choose all that fit.")
    if question.kind.has_options or question.kind is QuestionKind.RATING:
        return _("Tick one box.")
    return ""


def _picture(shown: Picture | None, say: Say, pictures: Pictures) -> dict[str, str] | None:
    if shown is None:
        return None
    return pictures.shown(shown.name, "" if shown.decorative else say(shown.alt))
