"""Meetings: when a group meets, by when its papers stand, and what was decided there."""

from datetime import date

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.errors import ChangedMeanwhile
from feedback.forms.account import ButtonForm
from feedback.forms.meetings import MeetingForm
from feedback.models.improvements import Commitment
from feedback.models.meetings import Meeting
from feedback.outputs import tables
from feedback.queries import events
from feedback.queries import meetings as stored
from feedback.services import convening
from feedback.services.convening import Facts
from feedback.vocabulary import Permission
from feedback.web import report_words
from feedback.web.access import needs
from feedback.web.findings import kept
from feedback.web.frame import db, now, today
from feedback.web.promise_words import STATE_WORDS

bp = Blueprint("meetings", __name__, url_prefix="/staff/meetings")

_MEETING = "/<int(max=2147483647):meeting_id>"


@bp.get("")
@needs(Permission.SEE_PROMISES)
def every() -> ResponseReturnValue:
    """All meetings: what is due for those to come, what was decided at those that were."""
    found = stored.every(db())
    papers, moment = stored.reports(db()), today()
    return render_template(
        "office/meetings/every.html",
        coming=[each for each in reversed(found) if each.held_on >= moment],
        past=[each for each in found if each.held_on < moment],
        papers=papers,
        missing={
            each.id
            for each in found
            if each.papers_on < moment <= each.held_on and each.id not in papers
        },
        decided=stored.decided(db()),
        today=moment,
        form=ButtonForm(),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.WRITE_REPORTS)
def new() -> ResponseReturnValue:
    """Put a meeting into the calendar."""
    form = MeetingForm()
    if form.validate_on_submit():
        meeting = convening.call(db(), _facts(form), by=current_user.user_id, now=now())
        flash(gettext("The meeting is in the calendar."))
        return redirect(url_for(".meeting", meeting_id=meeting.id), code=303)
    page = render_template("office/meetings/form.html", form=form, meeting=None, moved=False)
    return page, 422 if form.is_submitted() else 200


@bp.get(_MEETING)
@needs(Permission.SEE_PROMISES)
def meeting(meeting_id: int) -> ResponseReturnValue:
    """The action log of one meeting; of one body only, where one is chosen."""
    found = _found(meeting_id)
    body = request.args.get("body", type=int)
    actions = stored.commitments(db(), found.id, body)
    return render_template(
        "office/meetings/meeting.html",
        meeting=found,
        actions=[_action(each, today()) for each in actions],
        papers=stored.reports(db()).get(found.id, []),
        bodies=events.organisations(db()),
        body=body,
        kinds=report_words.KINDS,
        form=ButtonForm(),
    )


@bp.get(f"{_MEETING}/actions.csv")
@needs(Permission.SEE_PROMISES)
def actions(meeting_id: int) -> ResponseReturnValue:
    """The action log of one meeting as a file."""
    found = _found(meeting_id)
    headers = [
        *("meeting", "day", "heard", "action", "owner_body", "owner", "due", "state"),
        *("how_families_will_notice", "outcome", "checked"),
    ]
    rows = [
        [
            found.name,
            found.held_on,
            kept(each.insight.title).words,
            kept(each.what).words,
            each.organisation.name if each.organisation else "",
            each.owner.name if each.owner else "",
            each.due_on,
            each.state.value,
            kept(each.notice).words,
            report_words.outcome_words(each),
            "yes" if each.checked_by_id else "no",
        ]
        for each in stored.commitments(db(), found.id)
    ]
    reply = make_response(tables.csv_bytes(headers, rows))
    reply.headers["Content-Type"] = "text/csv; charset=utf-8"
    name = f"actions-{found.held_on.isoformat()}.csv"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


@bp.route(f"{_MEETING}/change", methods=["GET", "POST"])
@needs(Permission.WRITE_REPORTS)
def change(meeting_id: int) -> ResponseReturnValue:
    """Say something else about a meeting; whoever comes second is told."""
    found = _found(meeting_id)
    form = MeetingForm(
        data={
            **{name: getattr(found, name) for name in ("name", "held_on", "papers_on")},
            "cut_off_on": found.cut_off_on,
            "minutes": found.minutes,
            "version": str(found.version),
        }
    )
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            convening.change(
                db(), found, _facts(form), version=form.seen, by=current_user.user_id, now=now()
            )
        except ChangedMeanwhile:
            db().refresh(found)
            form.version.data, status = str(found.version), 409
        else:
            return redirect(url_for(".meeting", meeting_id=found.id), code=303)
    page = render_template(
        "office/meetings/form.html", form=form, meeting=found, moved=status == 409
    )
    return page, status


@bp.route(f"{_MEETING}/remove", methods=["GET", "POST"])
@needs(Permission.WRITE_REPORTS)
def remove(meeting_id: int) -> ResponseReturnValue:
    """Take a meeting out of the calendar, after asking once more."""
    found = _found(meeting_id)
    form = ButtonForm()
    if form.validate_on_submit():
        convening.remove(db(), found, by=current_user.user_id, now=now())
        flash(gettext("The meeting is not in the calendar any more."))
        return redirect(url_for(".every"), code=303)
    return render_template("office/meetings/remove.html", meeting=found, form=form)


def _action(promise: Commitment, moment: date) -> dict[str, object]:
    """One line of the action log."""
    return {
        "heard": kept(promise.insight.title),
        "code": promise.insight.code,
        "what": kept(promise.what),
        "notice": kept(promise.notice),
        "owner": report_words.owner_words(promise),
        "person": promise.owner.name if promise.owner else "",
        "due": report_words.due_words(promise, moment),
        "late": promise.state.is_open and promise.due_on is not None and promise.due_on < moment,
        "state": STATE_WORDS[promise.state],
        "outcome": report_words.outcome_words(promise),
    }


def _facts(form: MeetingForm) -> Facts:
    return Facts(
        form.name.data,
        form.held_on.data,
        form.papers_on.data,
        form.cut_off_on.data,
        form.minutes.data,
    )


def _found(meeting_id: int) -> Meeting:
    found = stored.one(db(), meeting_id)
    if found is None:
        abort(404)
    return found
