"""Pages for everybody: home, help, receipt and coming back, built files and health."""

from contextlib import AbstractContextManager
from functools import partial

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from feedback.errors import CodeNotKnown, Refusal, TooManyCodes, UnknownCollection
from feedback.forms.account import CodeForm
from feedback.queries import collections, events, published
from feedback.queries.responses import Visit
from feedback.questionnaire import said
from feedback.services import becoming, collecting, guessing, measuring, responding
from feedback.services.guessing import Guess
from feedback.vocabulary import DAYS_TO_COME_BACK
from feedback.web import findings, promises
from feedback.web.access import keep_place, public
from feedback.web.frame import db, language, not_durable, now, parts, today, zone

bp = Blueprint("public", __name__)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Where a person with a short code, or only a question, begins."""
    typed = collections.plain_code(request.args.get("code", "")[:200])
    if typed:
        if events.by_code(db(), typed) is not None:
            return redirect(url_for(".event", code=typed))
        return redirect(url_for("respond.start", code=typed))
    return render_template("public/home.html")


@bp.get("/e/<code>")
@public
def event(code: str) -> ResponseReturnValue:
    """What an event asks now, and what it will ask later: where the square on a card leads."""
    found = events.by_code(db(), code)
    if found is None:
        raise UnknownCollection
    if found.code != code:
        return redirect(url_for(".event", code=found.code))
    states = [
        (measuring.state_of(each, now=now()), each) for each in collections.of_event(db(), found.id)
    ]
    return render_template(
        "public/event.html",
        event=found,
        open=[each for state, each in states if state == "open"],
        later=[each for state, each in states if state == "planned"],
        titled=findings.titled,
        heard=[
            promises.heard(each, None, today=today(), short=True)
            for each in published.of_event(db(), found.id)
        ],
    )


@bp.get("/help-now")
@public
def help_now() -> ResponseReturnValue:
    """Numbers to ring for somebody who is hurt or scared; needs nothing else to work."""
    back = request.args.get("from", "")
    ours = back.startswith(("/s/", "/v/", "/local-offer/")) and not set(back) & {"\\", ":"}
    return render_template("public/help_now.html", back=back if ours else None)


@bp.route("/come-back", methods=["GET", "POST"])
@public
@not_durable
def come_back() -> ResponseReturnValue:
    """Carry on with a code of four words, on this or another device."""
    form = CodeForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("public/come_back.html", form=form, days=DAYS_TO_COME_BACK), status
    with _guess():
        visit = responding.come_back(db(), form.code.data or "", parts().codes, now=now())
    keep_place(visit.code, visit.submission_id)
    return redirect(url_for("respond.page", code=visit.code, position=visit.furthest), code=303)


@bp.route("/receipt", methods=["GET", "POST"])
@public
def receipt() -> ResponseReturnValue:
    """What became of your answers, and taking them back."""
    form = CodeForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("public/receipt.html", form=form), status
    codes = parts().codes
    with _guess():
        visit = responding.by_receipt(db(), form.code.data or "", codes)
    match request.form.get("do"):
        case "withdraw":
            responding.withdraw(db(), visit, codes, reason="taken back", now=now())
            return render_template("public/withdrawn.html", code=visit.code)
        case "ask":
            return render_template("public/withdraw.html", form=form, visit=visit)
        case "became":
            return _became(form, visit)
        case do:
            changed = do == "no_quotes" and visit.may_be_quoted
            if changed:
                responding.take_back_yes(db(), visit)
            asked = parts().editions.asked(db(), visit.edition_id).questionnaire
            say = partial(said, language=language())
            return render_template(
                "public/status.html",
                form=form,
                visit=visit,
                asked=asked,
                changed=changed,
                say=say,
            )


def _became(form: CodeForm, visit: Visit) -> ResponseReturnValue:
    """What was promised about the themes of somebody's words, for whoever asks with the code."""
    found = becoming.became(db(), visit, threshold=parts().settings.threshold_public, zone=zone())
    try:
        collecting.check_open(visit, now=now())
        more = url_for("respond.start", code=visit.code)
    except Refusal:
        more = url_for(".home")
    return render_template(
        "public/became.html",
        form=form,
        more=more,
        became=[
            (each, promises.heard(each.insight, each.raised, today=today(), presentation=reading))
            for reading in [visit.presentation]
            for each in found
        ],
        theme_names=published.theme_names(
            db(), {each.insight.theme_id for each in found if each.insight.theme_id}
        ),
    )


def _guess() -> AbstractContextManager[None]:
    """A code that somebody typed; everybody's wrong ones are counted together."""
    guess = Guess(
        "codes",
        most=parts().settings.wrong_codes_a_minute,
        wrong=CodeNotKnown,
        refusal=TooManyCodes,
    )
    return guessing.slowed(db(), parts().codes, guess, now=now())


@bp.get("/health")
@public
def health() -> ResponseReturnValue:
    """Whether the program and its database are there, for the host's monitor."""
    db().execute(text("SELECT 1"))
    return make_response({"status": "ok"})
