"""Making figures public: the list of releases, and asking for a new one."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.errors import ReleaseUnderWay
from feedback.forms.releases import ReleaseForm
from feedback.queries import releases as stored
from feedback.services import releasing
from feedback.vocabulary import Permission, RunState
from feedback.web.access import needs
from feedback.web.frame import db, now, parts, today

bp = Blueprint("releases", __name__, url_prefix="/staff")


@bp.get("/releases")
@needs(Permission.READ_MEASURES)
def every() -> ResponseReturnValue:
    """All releases, the newest first, and the way to a new one."""
    return _page(ReleaseForm())


@bp.post("/releases")
@needs(Permission.RELEASE)
def ask() -> ResponseReturnValue:
    """Ask for a release of all cycles that have ended."""
    form = ReleaseForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        releasing.ask(
            db(),
            form.note.data,
            until=today() - timedelta(days=1),
            by=current_user.user_id,
            now=now(),
        )
    except ReleaseUnderWay:
        form.note.errors = [
            gettext(
                "Another release is being made, so this one was not asked for. What you wrote is "
                "kept here. Wait a minute, then press the button again"
            )
        ]
        return _page(form), ReleaseUnderWay.status
    flash(gettext("The figures are being made. Come back in a minute."))
    return redirect(url_for(".every"), code=303)


def _page(form: ReleaseForm) -> str:
    return render_template(
        "office/releases.html",
        releases=stored.every(db()),
        open_one=stored.open_one(db()),
        states=RunState,
        threshold=parts().settings.threshold_public,
        form=form,
    )
