"""Looking at a paper as it would go out, and freezing it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from feedback.forms.account import ButtonForm
from feedback.forms.reports import FreezeForm
from feedback.outputs.papers.pdf import OnePage, one_page
from feedback.outputs.papers.web_file import shown
from feedback.services import reporting
from feedback.vocabulary import Permission, ReportKind
from feedback.web import paper_blocks, paper_today, report_words
from feedback.web.access import needs
from feedback.web.frame import db, now, today
from feedback.web.paper_blocks import Written
from feedback.web.paper_parts import in_language
from feedback.web.reports.door import REPORT, bp, parts_of, report_of, sources_of


@bp.get(f"{REPORT}/preview")
@needs(Permission.SEE_PROMISES)
def preview(report_id: int) -> ResponseReturnValue:
    """The paper as it would go out now, and whether a summary fits its page."""
    found = report_of(report_id)
    sources = sources_of(found)
    draft = paper_blocks.written(
        found, sources, number=reporting.highest(found) + 1, note="", draft=True
    )
    easy = request.args.get("read") == "easy"
    paper = paper_today.with_quotes(draft.easy if easy else draft.paper)
    with in_language(found.language):
        told = shown(paper, {})
    is_summary = found.kind is ReportKind.SUMMARY and not easy
    return render_template(
        "office/reports/preview.html",
        report=found,
        told=told,
        easy=easy,
        length=_length(draft) if is_summary else None,
        form=ButtonForm(),
    )


@bp.route(f"{REPORT}/freeze", methods=["GET", "POST"])
@needs(Permission.WRITE_REPORTS)
def freeze(report_id: int) -> ResponseReturnValue:
    """Freeze a paper as it stands; what stops it is listed with the way there."""
    found = report_of(report_id)
    sources = sources_of(found)
    highest = reporting.highest(found)
    form = FreezeForm(data={"after": str(highest)})
    form.needs_note = highest > 0
    parts = parts_of(found, sources)
    stops = [each for each in parts if each.stops]
    if not stops and form.validate_on_submit():
        paper = paper_blocks.written(
            found, sources, number=form.seen + 1, note=form.note.data, draft=False
        )
        version = reporting.freeze(
            db(),
            found,
            sources,
            paper.content(),
            cut_off_on=min(found.until, today()),
            change_note=form.note.data,
            after=form.seen,
            by=current_user.user_id,
            now=now(),
        )
        return redirect(url_for(".version", report_id=found.id, number=version.number), code=303)
    page = render_template(
        "office/reports/freeze.html",
        report=found,
        release=sources.release,
        number=highest + 1,
        stops=stops,
        looks=[each for each in parts if each.looks and not each.stops],
        kinds=report_words.KINDS,
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


def _length(draft: Written) -> OnePage:
    """Whether a summary fits one side of A4, and how it reads."""
    with in_language(draft.paper.language):
        return one_page(paper_today.with_quotes(draft.paper), {})
