"""Clearing a person's words for others to read, with their yes and a second look."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.forms.account import ButtonForm
from feedback.forms.quotes import QuoteForm
from feedback.queries import coding as stored
from feedback.queries import quotes
from feedback.queries.themes import Key
from feedback.services import quoting
from feedback.vocabulary import Permission
from feedback.web import findings, reasons
from feedback.web.access import needs
from feedback.web.frame import db, now, parts

bp = Blueprint("quoting", __name__, url_prefix="/staff/comments")


@bp.route("/<int:response_id>/<int:question_id>/quote", methods=["GET", "POST"])
@needs(Permission.CLEAR_QUOTES)
def quote(response_id: int, question_id: int) -> ResponseReturnValue:
    """Choose the words that others may read, and look whether they show who wrote them."""
    key, enough = reasons.key_of(response_id, question_id), parts().settings.threshold_staff
    words = stored.words(db(), key, enough=enough)
    if words is None:
        abort(404)
    found = quotes.of_comment(db(), key)
    form = QuoteForm(words.text, data={"text": found[0].text if found else words.text})
    if words.may_be_quoted and form.validate_on_submit():
        quoting.clear(
            db(), key, form.text.data or "", enough=enough, by=current_user.user_id, now=now()
        )
        flash(gettext("Cleared. The words now stand on the pages of their themes."))
        return redirect(_comment(key), code=303)
    page = render_template(
        "office/quote.html",
        words=words,
        ask=findings.kept(words.ask),
        warnings=reasons.hard(words.text),
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/<int:response_id>/<int:question_id>/quote/take-back")
@needs(Permission.CLEAR_QUOTES)
def take_back(response_id: int, question_id: int) -> ResponseReturnValue:
    """Let nobody read a quote any more."""
    ButtonForm().validate()
    key = reasons.key_of(response_id, question_id)
    quoting.take_back(db(), key, by=current_user.user_id, now=now())
    flash(gettext("Taken back. Nobody sees these words on a theme’s page any more."))
    return redirect(_comment(key), code=303)


def _comment(key: Key) -> str:
    return url_for("coding.whole", response_id=key[0], question_id=key[1])
