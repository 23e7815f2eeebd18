"""Validation rounds for staff: made of findings, read, answered, closed, told to the group."""

from random import SystemRandom
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback import languages
from feedback.errors import ChangedMeanwhile, ClosesBeforeItOpens
from feedback.forms.account import ButtonForm
from feedback.forms.office_words import AUDIENCES
from feedback.forms.validating import VERDICTS, PutAwayForm, RoundForm, answer_form
from feedback.forms.wordings import words_of
from feedback.models.improvements import Insight
from feedback.models.validating import RoundFinding, ValidationRound
from feedback.queries import validating as stored
from feedback.services import validating
from feedback.services.validating import Asked
from feedback.vocabulary import Permission
from feedback.web import findings, reasons
from feedback.web.access import needs
from feedback.web.frame import db, now, parts, public_url, today, zone
from feedback.web.squares import square

bp = Blueprint("rounds", __name__, url_prefix="/staff/rounds")


@bp.get("")
@needs(Permission.SEE_PROMISES)
def rounds() -> ResponseReturnValue:
    """Every round, the newest first; those that were put away on a list of their own."""
    away = stored.rounds(db(), put_away=True)
    shown = away if request.args.get("show") == "away" else stored.rounds(db())
    return render_template(
        "office/rounds.html",
        rounds=[(each, _state(each)) for each in shown],
        away=len(away),
        shows_away=request.args.get("show") == "away",
        audiences=AUDIENCES,
        form=ButtonForm(),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def new() -> ResponseReturnValue:
    """Choose findings, a group and the days."""
    offered = stored.insights(db())
    wished = [int(each) for each in request.args.getlist("insight") if each.isdecimal()]
    form = RoundForm(data={"opens_on": today(), "insights": wished})
    form.offer([(each.id, _called(each)) for each in offered], zone())
    form.insights.missing = gettext("Choose what the group should look at")
    if form.validate_on_submit():
        chosen = [each for each in offered if each.id in form.insights.numbers]
        by = {"chance": SystemRandom(), **_by()}
        made = validating.begin(db(), Asked(**form.facts), chosen, **by)
        flash(gettext("The round is made. Give the group its link."))
        return redirect(url_for(".one", round_id=made.id), code=303)
    return _show_form(form, None)


@bp.route("/<int:round_id>", methods=["GET", "POST"])
@needs(Permission.SEE_PROMISES)
def one(round_id: int) -> ResponseReturnValue:
    """What the group said, what was answered; the buttons close it and tell the group."""
    each = _round(round_id)
    form = ButtonForm()
    if form.validate_on_submit():
        return _press(each)
    threshold = parts().settings.threshold_staff
    reads = current_user.may(Permission.READ_COMMENTS)
    heard = validating.heard(db(), each, threshold=threshold)
    address = public_url("validating.start", code=each.code)
    return render_template(
        "office/round.html",
        round=each,
        state=_state(each),
        replied=stored.has_replies(db(), each.id),
        heard=[(said, _words(said) if reads else []) for said in heard],
        waiting=sum(said.waits for said in heard),
        verdicts=VERDICTS,
        audiences=AUDIENCES,
        kept=findings.kept,
        threshold=threshold,
        address=address,
        square=square(address),
        form=form,
    )


@bp.route("/<int:round_id>/change", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def change(round_id: int) -> ResponseReturnValue:
    """Change the name, the group, the days or the words at the start."""
    each = _round(round_id)
    form = RoundForm(
        data={
            "name": each.name,
            "group_name": each.group_name,
            "audience": each.audience.value,
            "opens_on": each.opens_at.astimezone(zone()).date(),
            "closes_on": each.closes_at.astimezone(zone()).date() if each.closes_at else None,
            "introduction": words_of(each.introduction),
        }
    )
    form.offer([], zone())
    del form.insights
    form.begin(each)
    if form.validate_on_submit():
        try:
            validating.change(db(), each, Asked(**form.facts), version=form.seen_version, **_by())
        except ClosesBeforeItOpens as wrong:
            form.closes_on.errors = [gettext(wrong.title)]
        else:
            flash(gettext("The round is changed."))
            return redirect(url_for(".one", round_id=each.id), code=303)
    return _show_form(form, each)


@bp.route("/<int:round_id>/end", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def end(round_id: int) -> ResponseReturnValue:
    """Delete a round that nobody replied to; end one with replies and put it away, and say why."""
    each = _round(round_id)
    if each.put_away_at is not None:
        return redirect(url_for(".one", round_id=each.id), code=303)
    replied = stored.has_replies(db(), each.id)
    form = PutAwayForm() if replied else ButtonForm()
    if form.validate_on_submit():
        if isinstance(form, PutAwayForm):
            validating.put_away(db(), each, form.because.data or "", **_by())
            flash(gettext("Ended and put away. What the group said is kept."))
            return redirect(url_for(".one", round_id=each.id), code=303)
        validating.remove(db(), each, **_by())
        flash(gettext("Deleted. The findings themselves stay."))
        return redirect(url_for(".rounds"), code=303)
    page = render_template(
        "office/round_end.html", round=each, replied=replied, state=_state(each), form=form
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/findings/<int:finding_id>", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def answer(finding_id: int) -> ResponseReturnValue:
    """Say what became of the replies to one finding, and why."""
    found = stored.finding(db(), finding_id, lock=request.method == "POST")
    if found is None:
        abort(404)
    kept = found.change
    tags = [tag for tag in languages.OFFERED if tag in found.said] or [languages.DEFAULT]
    form = answer_form(tags)(
        data={
            "after": words_of(kept.after if kept and kept.after else found.said),
            "why": words_of(kept.why) if kept else {},
        }
    )
    form.begin(kept)
    meanwhile = False
    if form.validate_on_submit():
        after, why, seen = form.changed, form.why.words, form.seen_version
        try:
            validating.answer(db(), found, after=after, why=why, version=seen, **_by())
        except ChangedMeanwhile:
            meanwhile = True
            form.version.data = str(kept.version if kept else 0)
        else:
            flash(gettext("Your answer is kept. The group reads it once you publish."))
            address = url_for(".one", round_id=found.round_id, _anchor=f"finding-{found.position}")
            return redirect(address, code=303)
    page = render_template(
        "office/round_answer.html",
        finding=found,
        words=_words_of(found) if current_user.may(Permission.READ_COMMENTS) else [],
        kept=findings.kept,
        theirs=kept if meanwhile else None,
        form=form,
    )
    return page, 409 if meanwhile else 422 if form.is_submitted() else 200


def _press(each: ValidationRound) -> ResponseReturnValue:
    """Do what a button says."""
    if not current_user.may(Permission.PROMISE):
        abort(403)
    match request.form.get("do"):
        case "close":
            validating.close(db(), each, **_by())
            flash(gettext("The round is closed. Nobody can reply any more."))
        case "publish":
            validating.publish(db(), each, **_by())
            flash(gettext("The group can read what you changed, at the same link."))
        case "bring back":
            validating.bring_back(db(), each, **_by())
            flash(gettext("The round stands in the list again, as it was."))
    return redirect(url_for(".one", round_id=each.id), code=303)


def _words(said: validating.Heard) -> list[dict[str, Any]]:
    """What the group wrote of a finding; words that are hard to read come first, folded."""
    listed = [
        {
            "text": reply.words,
            "language": reply.language,
            "verdict": VERDICTS[reply.verdict] if shown else None,
            "warnings": reasons.hard(reply.words),
        }
        for reply, shown in said.words
    ]
    return sorted(listed, key=lambda each: not each["warnings"])


def _words_of(found: RoundFinding) -> list[dict[str, Any]]:
    whole = stored.one(db(), found.round_id)
    if whole is None:
        return []
    heard = validating.heard(db(), whole, threshold=parts().settings.threshold_staff)
    return next(_words(each) for each in heard if each.finding.id == found.id)


def _round(number: int) -> ValidationRound:
    found = stored.one(db(), number, lock=request.method == "POST")
    if found is None:
        abort(404)
    return found


def _state(each: ValidationRound) -> str:
    return validating.state_of(each, now=now())


def _called(each: Insight) -> str:
    """A finding as it stands in the list to choose from."""
    title = findings.kept(each.title).words
    return title if each.published_at else gettext("%(title)s (draft)", title=title)


def _by() -> dict[str, Any]:
    """Who does something, and when, for the record."""
    return {"by": current_user.user_id, "now": now()}


def _show_form(form: RoundForm, each: ValidationRound | None) -> ResponseReturnValue:
    page = render_template("office/round_form.html", form=form, round=each)
    return page, 422 if form.is_submitted() else 200
