"""A group looks at what was heard before it is published: right, not quite, something missing."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from feedback import languages
from feedback.errors import UnknownRound
from feedback.forms.account import ButtonForm
from feedback.forms.validating import PICTURES, VERDICTS, ReplyForm, ScreenForm
from feedback.forms.wordings import words_of
from feedback.models.validating import RoundFinding, ValidationRound
from feedback.queries import validating as stored
from feedback.questionnaire import said
from feedback.services import replying, validating
from feedback.services.replying import Said
from feedback.vocabulary import Presentation, Verdict
from feedback.web.access import keep_newest, public
from feedback.web.compression import compress
from feedback.web.frame import db, language, now, parts, preferred_language, set_language, today

bp = Blueprint("validating", __name__, url_prefix="/v")
bp.after_request(compress)


@dataclass(frozen=True)
class Display:
    """How this page is read, and what else there is to choose: what the answering pages ask for."""

    language: str
    presentation: Presentation
    pictures: bool
    complete_languages: list[str]
    has_easy_read: bool = True
    has_pictures: bool = True

    def say(self, kept: dict[str, Any]) -> str:
        """Words as a table keeps them, as they are read here."""
        return said(words_of(kept), self.language, self.presentation)


@bp.route("/<code>", methods=["GET", "POST"])
@public
def start(code: str) -> ResponseReturnValue:
    """Who asks and why; once it is over, what was changed because of the replies."""
    found = _round(code)
    if found.code != code and request.method == "GET":
        return redirect(url_for(".start", code=found.code))
    state = validating.state_of(found, now=now())
    display = _display(found)
    if state == "published":
        return _shown("changes", found, display, form=ButtonForm())
    replying.check_open(found, now=now())
    form = ScreenForm(data={"people": _screen(found.code)[1]})
    if form.validate_on_submit():
        _remember(found.code, form.people.data or 1)
        return redirect(url_for(".finding", code=found.code, position=1), code=303)
    page = _shown("start", found, display, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<code>/<int:position>", methods=["GET", "POST"])
@public
def finding(code: str, position: int) -> ResponseReturnValue:
    """One finding: is it right, not quite, or is something missing?"""
    found = _round(code)
    replying.check_open(found, now=now())
    screen, people = _screen(found.code)
    if not screen:
        return redirect(url_for(".start", code=found.code), code=303)
    asked = _at(found, position)
    before = replying.kept(db(), asked, screen, parts().codes)
    form = ReplyForm(
        data={"verdict": before.verdict.value, "q_words": before.words} if before else {}
    )
    action, _, wanted = request.form.get("do", "continue").partition(":")
    if form.is_submitted() and action == "skip":
        return _next(found, position)
    if form.is_submitted() and action in ("language", "read", "pictures"):
        _switch(found, action, wanted)
        return _shown_finding(found, asked, form)
    if form.validate_on_submit():
        replying.keep(
            db(),
            found,
            asked,
            screen,
            Said(Verdict(form.verdict.data), form.q_words.data or "", people, language()),
            parts().codes,
            today=today(),
            now=now(),
        )
        return _next(found, position)
    return _shown_finding(found, asked, form), 422 if form.is_submitted() else 200


@bp.get("/<code>/thank-you")
@public
def thanks(code: str) -> ResponseReturnValue:
    """What happens next, and when to come back."""
    found = _round(code)
    return _shown("thanks", found, _display(found), form=ButtonForm())


@bp.post("/<code>/next")
@public
def next_person(code: str) -> ResponseReturnValue:
    """Let a shared screen forget who was before it."""
    found = _round(code)
    screens = dict(session.get("screens") or {})
    screens.pop(found.code, None)
    session["screens"] = screens
    return redirect(url_for(".start", code=found.code), code=303)


def _round(code: str) -> ValidationRound:
    found = stored.by_code(db(), code)
    if found is None:
        raise UnknownRound
    return found


def _at(found: ValidationRound, position: int) -> RoundFinding:
    for each in found.findings:
        if each.position == position:
            return each
    abort(404)


def _next(found: ValidationRound, position: int) -> ResponseReturnValue:
    """On to the next finding, or to the thanks after the last."""
    if position < len(found.findings):
        return redirect(url_for(".finding", code=found.code, position=position + 1), code=303)
    return redirect(url_for(".thanks", code=found.code), code=303)


def _shown_finding(found: ValidationRound, asked: RoundFinding, form: ReplyForm) -> str:
    at = asked.position
    back = url_for(".finding", code=found.code, position=at - 1) if at > 1 else None
    return _shown(
        "finding",
        found,
        _display(found),
        finding=asked,
        form=form,
        verdicts=VERDICTS,
        pictures=PICTURES,
        back=back or url_for(".start", code=found.code),
    )


def _shown(page: str, found: ValidationRound, display: Display, **more: Any) -> str:
    return render_template(
        f"validate/{page}.html", round=found, visit=display, say=display.say, **more
    )


def _display(found: ValidationRound) -> Display:
    """As somebody chose it, in easy read at first, in a language that all the words are in."""
    for name, known in (("read", list(Presentation)), ("pictures", ["on", "off"])):
        if request.args.get(name) in known:
            session[name] = request.args[name]
    texts = [words for each in found.findings for words in (each.title, each.said)]
    complete = [tag for tag in languages.OFFERED if all(tag in words for words in texts)]
    complete = complete or [languages.DEFAULT]
    chosen = session.get("language")
    set_language(chosen if chosen in complete else preferred_language(complete))
    read = session.get("read")
    return Display(
        language(),
        Presentation(read) if read in list(Presentation) else Presentation.EASY_READ,
        session.get("pictures", "on") == "on",
        complete,
    )


def _switch(found: ValidationRound, action: str, wanted: str) -> None:
    if action == "language" and wanted in _display(found).complete_languages:
        set_language(wanted, lasting=True)
    elif action == "read" and wanted in list(Presentation):
        session["read"] = wanted
    elif action == "pictures" and wanted in ("on", "off"):
        session["pictures"] = wanted


def _screen(code: str) -> tuple[str, int]:
    """What this browser remembers of itself in a round, and how many sit before it."""
    kept, _, people = str((session.get("screens") or {}).get(code, "")).partition(":")
    return kept, int(people) if people.isdecimal() else 1


def _remember(code: str, people: int) -> None:
    """Let this browser reply; beginning again changes only how many there are."""
    screen = _screen(code)[0] or secrets.token_hex(16)
    kept = keep_newest(session.get("screens") or {}, code, f"{screen}:{people}")
    session["screens"] = kept
