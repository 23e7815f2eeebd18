"""What was promised: a commitment, what happened with it, and a second person's look."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext
from flask_login import current_user

from feedback.errors import ChangedMeanwhile
from feedback.forms.improving import CheckForm, CommitmentForm, NewCommitmentForm, SaidForm
from feedback.forms.public_words import words_data
from feedback.models.improvements import Commitment, Insight
from feedback.queries import events, people, trends
from feedback.queries import improvements as stored
from feedback.services import improving
from feedback.services.improving import CommitmentFacts, Said
from feedback.vocabulary import CommitmentState, Permission
from feedback.web import findings, promises
from feedback.web.access import needs
from feedback.web.frame import db, now, today
from feedback.web.promise_words import STATE_WORDS

bp = Blueprint("commitments", __name__, url_prefix="/staff/promises")

_NUMBER = "<int(max=2147483647):number>"
LOOK_AGAIN = timedelta(weeks=12)  # three cycles: a measure seldom shows anything sooner
BEGINS = tuple(state for state in CommitmentState if state is not CommitmentState.DONE)


@bp.route("/<code>/promise", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def new(code: str) -> ResponseReturnValue:
    """Promise something about an insight, or say that it is being thought about."""
    insight = stored.by_code(db(), code)
    if insight is None:
        abort(404)
    form = NewCommitmentForm(
        data={
            "happened_on": today(),
            "measure": insight.measure_id,
            "measure_again_on": today() + LOOK_AGAIN if insight.measure_id else None,
            "state": CommitmentState.DECIDING.value,
        }
    )
    _offer(form)
    form.state.offer((state.value, STATE_WORDS[state]) for state in BEGINS)
    if form.validate_on_submit():
        made = improving.promise(
            db(),
            insight,
            _facts(form),
            _said(form),
            by=current_user.user_id,
            now=now(),
            today=today(),
        )
        flash(gettext("Kept."))
        return redirect(url_for(".one", number=made.id), code=303)
    return _show_form(form, insight, None)


@bp.get(f"/commitment/{_NUMBER}")
@needs(Permission.SEE_PROMISES)
def one(number: int) -> ResponseReturnValue:
    """One commitment: what, who, by when, what happened since."""
    found = _found(number)
    may_check = (
        found.done_by_id is not None
        and found.state is not CommitmentState.DONE
        and found.done_by_id != current_user.user_id
    )
    return render_template(
        "office/promises/commitment.html",
        commitment=found,
        promise=promises.promised(found, found.insight.heard_on, today=today()),
        may_check=may_check,
        names=people.names(db()),
        kept=findings.kept,
        states=STATE_WORDS,
        form=CheckForm(),
    )


@bp.route(f"/commitment/{_NUMBER}/change", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def change(number: int) -> ResponseReturnValue:
    """Change the words or who is in charge; a day that people were told stays."""
    found = _found(number)
    form = CommitmentForm(data=_data(found))
    _offer(form)
    if found.insight.published_at is not None:
        form.due_stands = found.due_on
    if not form.validate_on_submit():
        return _show_form(form, found.insight, found)
    try:
        improving.change_promise(
            db(),
            found,
            _facts(form),
            version=form.seen_version,
            by=current_user.user_id,
            now=now(),
            today=today(),
        )
    except ChangedMeanwhile:
        db().rollback()
        found = _found(number)
        form.version.data = str(found.version)
        return _show_form(form, found.insight, found, changed=True)
    flash(gettext("Kept."))
    return redirect(url_for(".one", number=number), code=303)


@bp.route(f"/commitment/{_NUMBER}/update", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def say(number: int) -> ResponseReturnValue:
    """Say what happened: a new state, or why it is late."""
    found = _found(number)
    form = SaidForm(
        data={"state": found.state.value, "happened_on": today(), "version": found.version}
    )
    form.today = today()
    form.state.offer((state.value, words) for state, words in STATE_WORDS.items())
    if not form.validate_on_submit():
        return _show_said(form, found)
    try:
        improving.say(
            db(),
            found,
            _said(form),
            version=form.seen_version,
            by=current_user.user_id,
            now=now(),
            today=today(),
        )
    except ChangedMeanwhile:
        db().rollback()
        found = _found(number)
        form.version.data = str(found.version)
        return _show_said(form, found, changed=True)
    if form.state.data == CommitmentState.DONE.value:
        flash(gettext("Kept. A second person has to look before it counts as done."))
    else:
        flash(gettext("Kept."))
    return redirect(url_for(".one", number=number), code=303)


@bp.route(f"/commitment/{_NUMBER}/check", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def check(number: int) -> ResponseReturnValue:
    """Look, as the second person, whether it is really done."""
    found = _found(number)
    form = CheckForm(data={"version": found.version})
    form.agrees.offer((("yes", gettext("Yes, it is done")), ("no", gettext("No, not yet"))))
    if form.validate_on_submit():
        improving.check(
            db(),
            found,
            agrees=form.agrees.data == "yes",
            words=form.words("words"),
            version=form.seen_version,
            by=current_user.user_id,
            now=now(),
            today=today(),
        )
        flash(gettext("Kept."))
        return redirect(url_for(".one", number=number), code=303)
    page = render_template(
        "office/promises/check.html",
        commitment=found,
        promise=promises.promised(found, found.insight.heard_on, today=today()),
        names=people.names(db()),
        kept=findings.kept,
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


def _found(number: int) -> Commitment:
    found = stored.commitment(db(), number)
    if found is None:
        abort(404)
    return found


def _offer(form: CommitmentForm) -> None:
    form.today = today()
    form.organisation.offer((each.id, each.name) for each in events.organisations(db()))
    form.owner.offer(people.names(db()).items())
    form.meeting.offer(
        (
            each.id,
            gettext("%(name)s, %(day)s", name=each.name, day=format_date(each.held_on, "d MMMM y")),
        )
        for each in stored.meetings(db())
    )
    form.measure.offer((each.id, findings.kept(each.title).words) for each in trends.measures(db()))


def _facts(form: CommitmentForm) -> CommitmentFacts:
    return CommitmentFacts(
        what=form.words("what"),
        notice=form.words("notice"),
        organisation_id=form.organisation.number,
        owner_id=form.owner.number,
        meeting_id=form.meeting.number,
        due_on=form.due_on.data,
        measure_id=form.measure.number,
        measure_again_on=form.measure_again_on.data,
    )


def _said(form: SaidForm) -> Said:
    state, words = CommitmentState(form.state.data), form.words("words")
    return Said(
        state=state,
        happened_on=form.happened_on.data or today(),
        words=words,
        reason=words if state is CommitmentState.CANNOT else {},
        hoped_on=form.hoped_on.data,
    )


def _data(found: Commitment) -> dict[str, Any]:
    return {
        **words_data(what=found.what, notice=found.notice),
        "organisation": found.organisation_id,
        "owner": found.owner_id,
        "meeting": found.meeting_id,
        "due_on": found.due_on,
        "measure": found.measure_id,
        "measure_again_on": found.measure_again_on,
        "version": found.version,
    }


def _show_form(
    form: CommitmentForm, insight: Insight, found: Commitment | None, *, changed: bool = False
) -> ResponseReturnValue:
    page = render_template(
        "office/promises/commitment_form.html",
        form=form,
        insight=insight,
        commitment=found,
        changed=changed,
        kept=findings.kept,
    )
    return page, 409 if changed else 422 if form.is_submitted() else 200


def _show_said(form: SaidForm, found: Commitment, *, changed: bool = False) -> ResponseReturnValue:
    page = render_template(
        "office/promises/update.html",
        form=form,
        commitment=found,
        promise=promises.promised(found, found.insight.heard_on, today=today()),
        changed=changed,
        kept=findings.kept,
    )
    return page, 409 if changed else 422 if form.is_submitted() else 200
