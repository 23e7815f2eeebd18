"""Worries for whoever is trained to look at them: the queue, one of them, what was done."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta, gettext
from flask_login import current_user

from feedback.analysis.distress import Kind
from feedback.errors import ChangedMeanwhile
from feedback.forms.account import ButtonForm
from feedback.forms.proposals import OutcomeForm
from feedback.models.safeguarding import SafeguardingFlag
from feedback.queries import safeguarding as stored
from feedback.services import safeguarding
from feedback.vocabulary import DAYS_OF_WORRIES, FlagState, Permission
from feedback.web import reasons
from feedback.web.access import needs
from feedback.web.frame import db, now

bp = Blueprint("worries", __name__, url_prefix="/staff/worries")

LONG = timedelta(hours=1)  # that somebody waits unseen; the meeting is over by then


@dataclass(frozen=True)
class Listed:
    """A flag as the queue shows it: who, since when, never the words."""

    flag: SafeguardingFlag
    picture: str
    word: str
    waits: str
    late: bool
    about: list[str]


@bp.get("")
@needs(Permission.SAFEGUARD)
def queue() -> ResponseReturnValue:
    """Everybody who waits: unseen ones first, the longest wait before the rest."""
    flags = [_listed(each) for each in stored.open_ones(db())]
    return render_template(
        "office/worries.html",
        unseen=[each for each in flags if each.flag.state is FlagState.RAISED],
        seen=[each for each in flags if each.flag.state is not FlagState.RAISED],
        closed=[
            _listed(each)
            for each in stored.closed_since(db(), now() - timedelta(days=DAYS_OF_WORRIES))
        ],
        days=DAYS_OF_WORRIES,
        form=ButtonForm(),
    )


@bp.route("/<int:flag_id>", methods=["GET", "POST"])
@needs(Permission.SAFEGUARD)
def worry(flag_id: int) -> ResponseReturnValue:
    """One worry, and what was done about it."""
    flag = _flag(flag_id)
    form = OutcomeForm(data={"outcome": flag.outcome, "version": flag.version})
    meanwhile = False
    if form.validate_on_submit():
        done = safeguarding.close if request.form.get("do") == "close" else safeguarding.refer
        by = {"by": current_user.user_id, "now": now()}
        try:
            done(db(), flag, form.outcome.data or "", version=form.seen_version, **by)
        except ChangedMeanwhile:
            meanwhile = True
            form.version.data = str(flag.version)
        else:
            closed = flag.state is FlagState.CLOSED
            flash(gettext("This worry is closed.") if closed else gettext("What was done is kept."))
            return redirect(url_for(".queue"), code=303)
    page = _shown(flag, form, meanwhile=meanwhile)
    return page, 409 if meanwhile else 422 if form.is_submitted() else 200


@bp.post("/<int:flag_id>/read")
@needs(Permission.SAFEGUARD)
def read(flag_id: int) -> ResponseReturnValue:
    """What was written; the look is noted before it is given."""
    ButtonForm().validate()
    flag = _flag(flag_id)
    words = safeguarding.read(db(), flag, by=current_user.user_id, now=now())
    form = OutcomeForm(formdata=None, data={"outcome": flag.outcome, "version": flag.version})
    return _shown(stored.one(db(), flag_id) or flag, form, words=words)


def _shown(
    flag: SafeguardingFlag, form: OutcomeForm, *, words: str | None = None, meanwhile: bool = False
) -> str:
    return render_template(
        "office/worry.html",
        listed=_listed(flag),
        flag=flag,
        words=words,
        form=form,
        meanwhile=meanwhile,
        days=DAYS_OF_WORRIES,
    )


def _flag(number: int) -> SafeguardingFlag:
    found = stored.one(db(), number, lock=request.method == "POST")
    if found is None:
        abort(404)
    return found


def _listed(flag: SafeguardingFlag) -> Listed:
    picture, _blank, word = flag.who.partition(" ")
    waited = now() - flag.raised_at
    return Listed(
        flag,
        picture,
        word,
        format_timedelta(waited),
        flag.state is FlagState.RAISED and waited > LONG,
        [reasons.warning(Kind(each)) for each in flag.kinds.split() if each in list(Kind)],
    )
