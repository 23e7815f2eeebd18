"""A family answers a survey: start, one thing a page, check, send, thank you."""

import secrets
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from feedback import languages
from feedback.errors import AlreadySent, UnknownCollection
from feedback.forms.account import ButtonForm
from feedback.forms.answers import SendForm, in_words
from feedback.forms.questions import PageForm, field_name
from feedback.models.collections import Collection
from feedback.queries import collections, responses
from feedback.queries.responses import Visit
from feedback.queries.surveys import Asked
from feedback.questionnaire import Given, Words, said
from feedback.services import collecting, responding
from feedback.vocabulary import Channel, Helper, Presentation
from feedback.web.access import forget_place, keep_newest, keep_place, public, with_visit
from feedback.web.compression import compress
from feedback.web.frame import db, not_durable, now, parts, preferred_language, set_language

HELPERS = tuple(helper for helper in Helper if helper is not Helper.NOBODY)

bp = Blueprint("respond", __name__)
bp.after_request(compress)


@bp.route("/s/<code>", methods=["GET", "POST"])
@public
@not_durable
def start(code: str) -> ResponseReturnValue:
    """Who asks, why, and what you can do; agreeing begins."""
    collection = _collection(code)
    if collection.code != code and request.method == "GET":
        query = f"?{urlencode(request.args)}" if request.args else ""
        return redirect(url_for(".start", code=collection.code) + query)
    collecting.check_open(collection, now=now())
    asked = parts().editions.asked(db(), collection.edition_id)
    presentation, pictures = _chosen_display(asked)
    _choose_language(asked)
    channel = _channel(collection)
    fresh = session.get("fresh") or {}
    form = ButtonForm()
    if form.validate_on_submit() and collection.code in fresh:
        submission_id = fresh[collection.code]
        responding.begin(
            db(),
            collection,
            submission_id,
            parts().codes,
            language=g.language,
            presentation=presentation,
            pictures=pictures,
            channel=channel,
            helper=_helper(channel),
            now=now(),
        )
        keep_place(collection.code, submission_id)
        return redirect(url_for(".page", code=collection.code, position=1), code=303)

    if channel.passes_on:  # whoever opens this page now is another person
        forget_place(collection.code)
    begun = _unfinished(collection)
    # Each showing of the page is one new response; two taps on its button are the same one.
    session["fresh"] = keep_newest(fresh, collection.code, secrets.token_hex(16))
    return render_template(
        "respond/start.html",
        collection=collection,
        asked=asked.questionnaire,
        credit=parts().credits.of(db(), collection.edition_id, now=now()).survey,
        presentation=presentation,
        pictures=pictures,
        begun=begun,
        channel=channel,
        helpers=HELPERS if channel is Channel.HELPED else (),
        form=form,
        say=partial(said, language=g.language, presentation=presentation),
    )


@bp.route("/s/<code>/<int:position>", methods=["GET", "POST"])
@with_visit
@not_durable
def page(visit: Visit, position: int) -> ResponseReturnValue:
    """One page of the survey: shown, then saved and left for the next one."""
    asked = _asked(visit)
    shown = asked.page(position)
    if request.method == "POST":
        return _leave_page(visit, asked, position)
    if visit.sent_at is not None:
        return redirect(url_for(".sent", code=visit.code))
    collecting.check_open(visit, now=now())
    earlier = _earlier(visit, asked, position)
    walk = asked.questionnaire.walk(earlier)
    if shown is None or position not in walk or position > visit.furthest:
        return redirect(_place(visit, asked, walk))
    form = parts().form_of(asked, position)(
        formdata=None,
        data={
            field_name(question.name): earlier.get(question.name) for question in shown.questions
        },
    )
    return _show_page(visit, asked, position, form, walk)


def _leave_page(visit: Visit, asked: Asked, position: int) -> ResponseReturnValue:
    shown = asked.page(position)
    if shown is None:
        return redirect(url_for(".page", code=visit.code, position=visit.furthest), code=303)
    form = parts().form_of(asked, position)()
    action, _, wanted = request.form.get("do", "continue").partition(":")
    if action == "skip" and shown.can_be_skipped:
        given = PageForm.passed_by(shown)
        if len(shown.questions) > 1:  # what was chosen on the page is kept, the rest passed by
            given |= form.sound_answers()
    elif action in ("language", "read", "pictures", "stop"):
        responding.keep_answers(db(), visit, asked, form.sound_answers(), now=now())
        if action == "stop":
            return redirect(url_for(".stop", code=visit.code), code=303)
        _switch_display(visit, asked, action, wanted)
        for field in form.asked:
            field.errors = ()
        return _show_page(visit, asked, position, form, _walk(visit, asked))
    elif form.validate():
        given = form.answers()
    else:
        return _show_page(visit, asked, position, form, _walk(visit, asked)), 422

    if visit.sent_at is not None:
        return _page_after_sending(visit, asked, given)
    step = responding.save_page(db(), visit, asked, position, given, now=now())
    if request.args.get("to") == "check":
        gap = responding.first_gap(asked, responding.all_answers(db(), visit, asked))
        step = gap if gap is not None else None
    if step is None:
        return redirect(url_for(".check", code=visit.code), code=303)
    return redirect(url_for(".page", code=visit.code, position=step), code=303)


def _page_after_sending(visit: Visit, asked: Asked, given: dict[str, Given]) -> ResponseReturnValue:
    """The same words again do no harm; other words are given back, not added."""
    kept = responding.all_answers(db(), visit, asked)
    if any(kept.get(name) != answer for name, answer in given.items()):
        raise AlreadySent
    return redirect(url_for(".sent", code=visit.code), code=303)


def _show_page(visit: Visit, asked: Asked, position: int, form: PageForm, walk: list[int]) -> str:
    at = walk.index(position) if position in walk else 0
    back = url_for(".page", code=visit.code, position=walk[at - 1]) if at else _before(visit)
    fields = form.asked
    unsure = bool(asked.routed_ids) and asked.questionnaire.may_follow(position, walk)
    return render_template(
        "respond/page.html",
        visit=visit,
        asked=asked.questionnaire,
        page=asked.page(position),
        credits=parts().credits.of(db(), asked.edition_id, now=now()).questions,
        form=form,
        fields=fields,
        problems=[(field.first_id, field.errors[0]) for field in fields if field.errors],
        warns=any(field.question.kind.has_text for field in fields),
        number=at + 1,
        total=len(walk) + unsure,
        unsure=unsure,
        back=url_for(".check", code=visit.code) if request.args.get("to") == "check" else back,
        say=_say(visit),
    )


@bp.route("/s/<code>/check", methods=["GET", "POST"])
@with_visit
@not_durable
def check(visit: Visit) -> ResponseReturnValue:
    """Everything answered, each with a way to change it, before anything is sent."""
    asked = _asked(visit)
    if visit.sent_at is not None:
        return redirect(url_for(".sent", code=visit.code), code=303)
    collecting.check_open(visit, now=now())
    if request.method == "POST":
        action, _, wanted = request.form.get("do", "").partition(":")
        if action == "stop":
            return redirect(url_for(".stop", code=visit.code), code=303)
        _switch_display(visit, asked, action, wanted)
    return _show_check(visit, asked)


def _show_check(visit: Visit, asked: Asked, *, changed: bool = False) -> ResponseReturnValue:
    answers = responding.all_answers(db(), visit, asked)
    gap = responding.first_gap(asked, answers)
    if gap is not None:
        return redirect(url_for(".page", code=visit.code, position=gap), code=303)
    walk = asked.questionnaire.walk(answers)
    status = 409 if changed else 200
    return (
        render_template(
            "respond/check.html",
            visit=visit,
            asked=asked.questionnaire,
            rows=_rows(visit, asked, walk, answers),
            fingerprint=responding.fingerprint(asked, answers),
            changed=changed,
            wrote=asked.questionnaire.commented(answers),
            form=SendForm(),
            back=url_for(".page", code=visit.code, position=walk[-1]),
            say=_say(visit),
        ),
        status,
    )


@bp.post("/s/<code>/send")
@with_visit
def send(visit: Visit) -> ResponseReturnValue:
    """Send once and for all; the thank-you page follows when it is on the disk."""
    asked = _asked(visit)
    answers = responding.all_answers(db(), visit, asked)
    seen = request.form.get("fingerprint", "")
    if visit.sent_at is not None:
        if seen not in ("", visit.fingerprint):
            raise AlreadySent
        return redirect(url_for(".sent", code=visit.code), code=303)
    collecting.check_open(visit, now=now())
    if responding.first_gap(asked, answers) is not None:
        return redirect(url_for(".check", code=visit.code), code=303)
    if seen not in ("", responding.fingerprint(asked, answers)):
        return _show_check(visit, asked, changed=True)
    yes = bool(SendForm().may_be_quoted.data)
    responding.send(db(), visit, asked, answers, parts().codes, may_be_quoted=yes, now=now())
    return redirect(url_for(".sent", code=visit.code), code=303)


@bp.get("/s/<code>/sent")
@with_visit
def sent(visit: Visit) -> ResponseReturnValue:
    """Thank you, your receipt, and what happens next."""
    if visit.sent_at is None:
        return redirect(url_for(".page", code=visit.code, position=visit.furthest))
    asked = _asked(visit)
    return render_template(
        "respond/sent.html",
        visit=visit,
        asked=asked.questionnaire,
        receipt=responding.receipt(visit, parts().codes),
        form=ButtonForm(),
        say=_say(visit),
    )


@bp.post("/s/<code>/finish")
@with_visit
@not_durable
def finish(visit: Visit) -> ResponseReturnValue:
    """Clear this phone for the next person."""
    forget_place(visit.code)
    if visit.channel.passes_on:  # nor in which language, or how, the one before was reading
        for name in ("language", "read", "pictures"):
            session.pop(name, None)
    return redirect(_start_of(visit), code=303)


@bp.get("/s/<code>/stop")
@with_visit
def stop(visit: Visit) -> ResponseReturnValue:
    """Stop for now: a code that works on this or another device for 14 days."""
    words, until = responding.code_to_come_back(visit, parts().codes)
    return render_template(
        "respond/stop.html", visit=visit, words=words, until=until, form=ButtonForm()
    )


def _start_of(visit: Visit) -> str:
    """The start page for the next person who answers in the same way."""
    return url_for(".start", code=visit.code, by=visit.channel.by or None)


def _before(visit: Visit) -> str | None:
    """What comes before the first page: nothing where the start page is for another person."""
    return None if visit.channel.passes_on else _start_of(visit)


def _channel(collection: Collection) -> Channel:
    """How somebody answers, as their link says, if the collection allows that."""
    by = (request.form if request.method == "POST" else request.args).get("by")
    allowed = (channel for channel in Channel if channel.by and channel in collection.channels)
    return next((channel for channel in allowed if channel.by == by), Channel.OWN_PHONE)


def _helper(channel: Channel) -> Helper | None:
    """Who helps, where that was asked and answered."""
    told = request.form.get("helper")
    return Helper(told) if channel is Channel.HELPED and told in HELPERS else None


def _say(visit: Visit) -> Callable[[Words], str]:
    """The survey's words as this person reads them."""
    return partial(said, language=visit.language, presentation=visit.presentation)


def _rows(
    visit: Visit, asked: Asked, walk: list[int], answers: Mapping[str, Given]
) -> list[dict[str, object]]:
    """What the check page lists: each question, the answer in words, and where to change it."""
    say = _say(visit)
    return [
        {
            "asked": say(question.ask),
            "lines": in_words(question, answers[question.name], say),
            "change": url_for(".page", code=visit.code, position=position, to="check"),
        }
        for position in walk
        for question in asked.questionnaire.pages[position - 1].questions
    ]


def _collection(code: str) -> Collection:
    collection = collections.by_code(db(), code)
    if collection is None:
        raise UnknownCollection
    return collection


def _asked(visit: Visit) -> Asked:
    return parts().editions.asked(db(), visit.edition_id)


def _earlier(visit: Visit, asked: Asked, position: int) -> dict[str, Given]:
    """The answers that this page and the routes need, and no others."""
    on_page = asked.page_ids[position - 1] if asked.page(position) else frozenset()
    kept = responses.answers(db(), visit.id, on_page | asked.routed_ids)
    return {asked.names[number]: given for number, given in kept.items()}


def _walk(visit: Visit, asked: Asked) -> list[int]:
    return asked.questionnaire.walk(responding.route_answers(db(), visit, asked))


def _place(visit: Visit, asked: Asked, walk: list[int]) -> str:
    """Where somebody is: the furthest page they came to, or the check page after the last."""
    ahead = [at for at in walk if at >= visit.furthest]
    if not ahead:
        return url_for(".check", code=visit.code)
    return url_for(".page", code=visit.code, position=ahead[0])


def _unfinished(collection: Collection) -> str | None:
    """The address of this browser's unfinished response in a collection, if it has one."""
    submission_id = (session.get("answering") or {}).get(collection.code)
    if not submission_id:
        return None
    visit = responses.visit(db(), submission_id)
    if visit is None or visit.sent_at is not None:
        return None
    asked = _asked(visit)
    return _place(visit, asked, _walk(visit, asked))


def _chosen_display(asked: Asked) -> tuple[Presentation, bool]:
    """How somebody wants to read, as chosen on the start page or by the survey."""
    easy = asked.questionnaire.easy_first
    read = request.args.get("read") or session.get("read")
    if request.args.get("read") in list(Presentation):
        session["read"] = request.args["read"]
    if request.args.get("pictures") in ("on", "off"):
        session["pictures"] = request.args["pictures"]
    usual = Presentation.EASY_READ if easy else Presentation.STANDARD
    presentation = Presentation(read) if read in list(Presentation) else usual
    pictures = session.get("pictures", "on") == "on"
    return presentation, pictures


def _choose_language(asked: Asked) -> None:
    """Show the survey in a language that it is complete in."""
    complete = asked.questionnaire.complete_languages or [languages.DEFAULT]
    kept = session.get("language")
    if kept not in complete:
        kept = preferred_language(complete)
    set_language(kept)


def _switch_display(visit: Visit, asked: Asked, action: str, wanted: str) -> None:
    if action == "language" and wanted in asked.questionnaire.complete_languages:
        responding.set_display(db(), visit, language=wanted)
        set_language(wanted, lasting=True)
    elif action == "read" and wanted in list(Presentation):
        responding.set_display(db(), visit, presentation=Presentation(wanted))
        session["read"] = wanted
    elif action == "pictures" and wanted in ("on", "off"):
        responding.set_display(db(), visit, pictures=wanted == "on")
        session["pictures"] = wanted
