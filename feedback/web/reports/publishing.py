"""Letting everybody read a frozen version, after asking once more, and taking it back."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.forms.account import ButtonForm
from feedback.forms.reports import TakeBackForm
from feedback.queries import reports as stored
from feedback.services import paper_publishing
from feedback.vocabulary import Permission
from feedback.web import findings
from feedback.web.access import needs
from feedback.web.frame import db, now
from feedback.web.reports.door import VERSION, bp, version_of


@bp.route(f"{VERSION}/publish", methods=["GET", "POST"])
@needs(Permission.WRITE_REPORTS)
def publish(report_id: int, number: int) -> ResponseReturnValue:
    """Let everybody read a version; what is missing is listed with the way there."""
    found, form = version_of(report_id, number), ButtonForm()
    agreed = bool(stored.approvals(db(), [found.id]))
    drafts = paper_publishing.not_public(db(), found)
    if form.validate_on_submit():
        paper_publishing.publish(db(), found, by=current_user.user_id, now=now())
        flash(gettext("Everybody can read this version now."))
        return redirect(url_for(".version", report_id=report_id, number=number), code=303)
    return render_template(
        "office/reports/publish.html",
        report=found.report,
        version=found,
        agreed=agreed,
        drafts=[(each.code, findings.kept(each.title)) for each in drafts],
        form=form,
    )


@bp.route(f"{VERSION}/take-back", methods=["GET", "POST"])
@needs(Permission.WRITE_REPORTS)
def take_back(report_id: int, number: int) -> ResponseReturnValue:
    """Take a version away from everybody, with a reason that its page then says."""
    found, form = version_of(report_id, number), TakeBackForm()
    public = stored.opened(db(), found.id)
    if public is None or public.withdrawn_at is not None:
        abort(404)
    if form.validate_on_submit():
        whole = stored.public_paper(db(), public.id)
        assert whole is not None  # noqa: S101 -- it was there a moment ago
        paper_publishing.take_back(
            db(), whole, form.because.data, by=current_user.user_id, now=now()
        )
        flash(gettext("Taken back. Its page says why."))
        return redirect(url_for(".version", report_id=report_id, number=number), code=303)
    page = render_template(
        "office/reports/take_back.html", report=found.report, version=found, form=form
    )
    return page, 422 if form.is_submitted() else 200
