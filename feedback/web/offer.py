"""Comments on the local offer for staff: listed, typed in, answered, published."""

import secrets
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.errors import ChangedMeanwhile, NotReadyToPublish
from feedback.forms.account import ButtonForm
from feedback.forms.local_offer import (
    CHANNELS,
    KINDS,
    ResponseForm,
    TypedInForm,
    response_data,
)
from feedback.forms.office_words import AUDIENCES
from feedback.models.local_offer import LocalOfferComment
from feedback.queries import local_offer as stored
from feedback.services import local_offer
from feedback.services.local_offer import ANSWER_WITHIN, Answered, Comment
from feedback.vocabulary import Audience, OfferChannel, OfferKind, Permission
from feedback.web import findings, reasons
from feedback.web.access import needs
from feedback.web.frame import db, language, now, parts, public_url, today

bp = Blueprint("offer", __name__, url_prefix="/staff/local-offer")


@bp.get("")
@needs(Permission.SEE_PROMISES)
def comments() -> ResponseReturnValue:
    """Those that wait, the longest first; then what was answered, and what is published."""
    reads = current_user.may(Permission.READ_COMMENTS)
    # Without reading what people wrote, one sees what staff have said about it.
    listed = [each for each in stored.every(db()) if reads or each.response]
    return render_template(
        "office/offer.html",
        waiting=sorted(
            (_listed(each) for each in listed if each.responded_on is None),
            key=lambda each: not each["warnings"],
        ),
        answered=[_listed(each) for each in listed if each.responded_on and not each.published_at],
        published=[_listed(each) for each in listed if each.published_at],
        reads=reads,
        within=ANSWER_WITHIN,
        kinds=KINDS,
        channels=CHANNELS,
        audiences=AUDIENCES,
        address=public_url("local_offer.tell_us"),
        form=ButtonForm(),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def new() -> ResponseReturnValue:
    """Type in a comment that came by e-mail, on the telephone, in a meeting."""
    form = TypedInForm(data={"received_on": today(), "key": secrets.token_hex(16)})
    form.offer(today())
    if form.validate_on_submit():
        comment = Comment(
            words=form.words.data,
            about=form.about.data,
            kind=OfferKind(form.kind.data),
            audience=Audience(form.audience.data),
            channel=OfferChannel(form.channel.data),
            language=language(),
            received_on=form.received_on.data,
            may_be_quoted=bool(form.may_be_quoted.data),
        )
        key = (form.key.data or "")[:64]
        local_offer.keep(db(), comment, key, parts().codes, by=current_user.user_id, now=now())
        flash(gettext("The comment is kept."))
        return redirect(url_for(".comments"), code=303)
    page = render_template("office/offer_new.html", form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:comment_id>", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def comment(comment_id: int) -> ResponseReturnValue:
    """One comment: what it says in our words, the response, what was promised."""
    found = _comment(comment_id)
    form = ResponseForm(data=response_data(found))
    form.offer((each.id, findings.kept(each.what).words) for each in stored.commitments(db()))
    form.begin(found)
    if not found.may_be_quoted or not current_user.may(Permission.CLEAR_QUOTES):
        del form.show_words
    meanwhile = False
    if form.validate_on_submit():
        facts, by = _answered(form, found), _by()
        try:
            local_offer.answer(db(), found, facts, version=form.seen_version, today=today(), **by)
        except ChangedMeanwhile:
            meanwhile = True
            form.version.data = str(found.version)
        except NotReadyToPublish:
            form.response.errors = [
                gettext("It is published, so it needs a summary and a response")
            ]
        else:
            flash(gettext("What you wrote is kept."))
            return redirect(url_for(".comments"), code=303)
    page = render_template(
        "office/offer_comment.html",
        comment=found,
        said=_listed(found),
        reads=current_user.may(Permission.READ_COMMENTS),
        kinds=KINDS,
        channels=CHANNELS,
        audiences=AUDIENCES,
        kept=findings.kept,
        meanwhile=meanwhile,
        form=form,
    )
    return page, 409 if meanwhile else 422 if form.is_submitted() else 200


@bp.post("/<int:comment_id>/<any('publish', 'take-back'):what>")
@needs(Permission.PROMISE)
def publish(comment_id: int, what: str) -> ResponseReturnValue:
    """Let everybody read it, or nobody any more."""
    ButtonForm().validate()
    found = _comment(comment_id)
    if what == "publish":
        local_offer.publish(db(), found, **_by())
        flash(gettext("Everybody can read it now."))
    else:
        local_offer.take_back(db(), found, **_by())
        flash(gettext("Nobody can read it any more."))
    return redirect(url_for(".comments"), code=303)


@bp.route("/<int:comment_id>/remove", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def remove(comment_id: int) -> ResponseReturnValue:
    """Delete what is no comment, once somebody has said yes to that."""
    found = _comment(comment_id)
    form = ButtonForm()
    if form.validate_on_submit():
        local_offer.remove(db(), found, **_by())
        flash(gettext("It is deleted."))
        return redirect(url_for(".comments"), code=303)
    return render_template("office/offer_remove.html", comment=found, form=form)


def _comment(number: int) -> LocalOfferComment:
    found = stored.one(db(), number, lock=request.method == "POST")
    hidden = found and not found.response and not current_user.may(Permission.READ_COMMENTS)
    if found is None or hidden:
        abort(404)
    return found


def _answered(form: ResponseForm, found: LocalOfferComment) -> Answered:
    number = form.commitment.number
    return Answered(
        about=form.about.data,
        kind=OfferKind(form.kind.data),
        summary=form.summary.words,
        response=form.response.words,
        commitment=stored.commitment(db(), number) if number else None,
        show_words=bool(form.show_words.data) if "show_words" in form else found.words_shown,
    )


def _listed(each: LocalOfferComment) -> dict[str, Any]:
    """A comment as the list shows it; what is hard to read stays folded."""
    return {
        "comment": each,
        "summary": findings.kept(each.summary) if each.summary else None,
        "warnings": reasons.hard(each.words),
        "late": local_offer.waits_long(each, today=today()),
    }


def _by() -> dict[str, Any]:
    """Who does something, and when, for the record."""
    return {"by": current_user.user_id, "now": now()}
