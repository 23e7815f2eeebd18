"""Twins: what young people and what parents say of the same thing, side by side."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.forms.account import ButtonForm
from feedback.forms.twins import TwinsForm
from feedback.models.surveys import Measure
from feedback.queries import twins as stored
from feedback.services import twinning
from feedback.services.twinning import Pair
from feedback.vocabulary import Permission
from feedback.web import alike, windows
from feedback.web.access import needs
from feedback.web.frame import db, now, parts

bp = Blueprint("twins", __name__, url_prefix="/staff/twins")


@bp.get("")
@needs(Permission.READ_MEASURES)
def side_by_side() -> ResponseReturnValue:
    """All pairs, each with its sentence, its chart and its table."""
    choice, threshold = windows.choice(), parts().settings.threshold_staff
    found = list[Pair]()
    if choice.window is not None:
        found = twinning.pairs(db(), parts().editions, threshold, choice.window)
    page = render_template(
        "office/twins.html",
        choice=choice,
        pairs=[alike.said(pair) for pair in found],
        threshold=threshold,
        form=ButtonForm(),
    )
    return page, 200 if choice.window else 422


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def new() -> ResponseReturnValue:
    """Choose two measures to be read side by side."""
    form = TwinsForm()
    form.offer([(each.id, _called(each)) for each in stored.with_share(db())])
    if form.validate_on_submit():
        made = twinning.join(
            db(), int(form.young.data), int(form.parent.data), by=current_user.user_id, now=now()
        )
        flash(gettext("They now stand side by side."))
        return redirect(url_for(".side_by_side", _anchor=f"twins-{made.id}"), code=303)
    page = render_template("office/twins_new.html", form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int(max=2147483647):twin_id>/remove", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def remove(twin_id: int) -> ResponseReturnValue:
    """Do not read two measures side by side any more, after asking once more."""
    twin = stored.one(db(), twin_id)
    if twin is None:
        abort(404)
    form = ButtonForm()
    if form.validate_on_submit():
        twinning.part(db(), twin, by=current_user.user_id, now=now())
        flash(gettext("They do not stand side by side any more. No answer was lost."))
        return redirect(url_for(".side_by_side"), code=303)
    return render_template(
        "office/twins_remove.html",
        young=alike.title(twin.young),
        parent=alike.title(twin.parent),
        form=form,
    )


def _called(measure: Measure) -> str:
    """A measure as it stands in the list; titles of two may be the same, names are not."""
    return f"{alike.title(measure).words} ({measure.name})"
