"""Frozen versions: reading one, what differs, its files, who agreed, whom it went to."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.forms.account import ButtonForm
from feedback.forms.reports import ShareForm
from feedback.outputs import tables
from feedback.outputs.papers.web_file import shown
from feedback.queries import reports as stored
from feedback.services import reporting
from feedback.services.reporting import Sent
from feedback.vocabulary import Permission
from feedback.web import paper_blocks, paper_files, paper_today
from feedback.web.access import needs
from feedback.web.frame import db, now, today
from feedback.web.paper_parts import in_language
from feedback.web.reports.door import VERSION, bp, report_of, sources_of, version_of


@dataclass(frozen=True)
class Line:
    """A line of a comparison: "same", "gone" or "new"."""

    what: str
    words: str


@bp.get(VERSION)
@needs(Permission.SEE_PROMISES)
def version(report_id: int, number: int) -> ResponseReturnValue:
    """One frozen version as it is read today, or the easy-read paper beside it."""
    found = version_of(report_id, number)
    whole = report_of(report_id)
    newest = reporting.highest(whole)
    newer = reporting.superseded_by(db(), found, whole.until) if number == newest else None
    differs = []
    if newer:
        now_said = paper_blocks.figures_now(found, sources_of(whole))
        differs = [
            (key, paper_today.said_then(found, then), there)
            for key, then, there in paper_blocks.differing(found, now_said)
        ]
    easy = paper_today.easy(found) if request.args.get("read") == "easy" else None
    paper = easy or paper_today.frozen(found)
    with in_language(paper.language):
        told = shown(paper, {})
    approvals = stored.approvals(db(), [found.id])
    return render_template(
        "office/reports/version.html",
        report=whole,
        version=found,
        told=told,
        easy=easy is not None,
        has_easy="easy" in found.content,
        newest=newest,
        newer=newer,
        differs=differs,
        files=[
            [(ending, words) for ending, (words, _) in some.items()]
            for some in paper_files.in_sorts(found)
        ],
        shares=stored.shares(db(), [found.id]),
        approvals=approvals,
        agreed=any(each.user_id == current_user.user_id for each in approvals),
        public=stored.opened(db(), found.id),
        form=ButtonForm(),
    )


@bp.get(f"{VERSION}/differences")
@needs(Permission.SEE_PROMISES)
def differences(report_id: int, number: int) -> ResponseReturnValue:
    """What is different from the version before."""
    if number < 2:
        abort(404)
    found, before = version_of(report_id, number), version_of(report_id, number - 1)
    then, there = (paper_blocks.lines(paper_today.frozen(each)) for each in (before, found))
    return render_template(
        "office/reports/differences.html", report=found.report, version=found,
        lines=list(_compared(then, there)), form=ButtonForm(),
    )  # fmt: skip


@bp.get(f"{VERSION}/paper.<ending>")
@needs(Permission.SEE_PROMISES)
def file(report_id: int, number: int, ending: str) -> ResponseReturnValue:
    """A frozen version as a file; the same bytes each time, while its quotes may be read."""
    found = version_of(report_id, number)
    files = paper_files.files_of(found)
    if ending not in files:
        abort(404)
    reply = make_response(paper_files.made(found, ending))
    reply.headers["Content-Type"] = files[ending][1]
    name = f"paper-{found.report_id}-version-{found.number}.{ending}"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


@bp.route(f"{VERSION}/share", methods=["GET", "POST"])
@needs(Permission.WRITE_REPORTS)
def share(report_id: int, number: int) -> ResponseReturnValue:
    """Note that a version went to somebody; the log keeps what the bytes were."""
    found = version_of(report_id, number)
    form = ShareForm(data={"shared_on": today()})
    files = paper_files.files_of(found)
    form.file.offer((ending, words) for ending, (words, _) in files.items())
    if form.validate_on_submit():
        digest = sha256(paper_files.made(found, form.file.data)).hexdigest()
        sent = Sent(form.file.data, digest, form.to_whom.data, form.why.data, form.shared_on.data)
        reporting.note_share(db(), found, sent, by=current_user.user_id, now=now())
        flash(gettext("Noted. The log keeps a fingerprint of the file that went out."))
        return redirect(url_for(".version", report_id=report_id, number=number), code=303)
    page = render_template(
        "office/reports/share.html", report=found.report, version=found, form=form
    )
    return page, 422 if form.is_submitted() else 200


@bp.post(f"{VERSION}/approve")
@needs(Permission.APPROVE_REPORTS)
def approve(report_id: int, number: int) -> ResponseReturnValue:
    """Say, as a co-owner, that a frozen version is right."""
    ButtonForm().validate()
    found = version_of(report_id, number)
    reporting.approve(db(), found, by=current_user.user_id, now=now())
    flash(gettext("Noted: you agree with this version."))
    return redirect(url_for(".version", report_id=report_id, number=number), code=303)


@bp.get("/shares.csv")
@needs(Permission.SEE_PROMISES)
def shares() -> ResponseReturnValue:
    """The log of whom papers went to, as a file."""
    versions = [each for report in stored.every(db()) for each in report.versions]
    by_id = {each.id: each for each in versions}
    titles = {report.id: report.title for report in stored.every(db())}
    rows = [
        [
            titles[by_id[each.report_version_id].report_id],
            by_id[each.report_version_id].number,
            each.file,
            each.to_whom,
            each.why,
            each.shared_on,
            each.user.name if each.user else "",
            each.digest,
        ]
        for each in stored.shares(db(), list(by_id))
    ]
    headers = ["paper", "version", "file", "to_whom", "why", "day", "noted_by", "sha256"]
    reply = make_response(tables.csv_bytes(headers, rows))
    reply.headers["Content-Type"] = "text/csv; charset=utf-8"
    reply.headers["Content-Disposition"] = 'attachment; filename="papers-shared.csv"'
    return reply


def _compared(then: list[str], there: list[str]) -> list[Line]:
    found: list[Line] = []
    matcher = SequenceMatcher(None, then, there, autojunk=False)
    for what, first, last, new_first, new_last in matcher.get_opcodes():
        if what == "equal":
            found += [Line("same", words) for words in then[first:last]]
            continue
        found += [Line("gone", words) for words in then[first:last]]
        found += [Line("new", words) for words in there[new_first:new_last]]
    return found
