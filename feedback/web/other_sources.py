"""Totals from other sources: complaints, mediation, tribunals, advice calls."""

from collections.abc import Sequence
from typing import Any

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
from flask_babel import gettext, ngettext
from flask_login import current_user

from feedback.errors import CountsOverlap
from feedback.forms.account import ButtonForm
from feedback.forms.coverage import TableForm
from feedback.forms.other_sources import SOURCE_KINDS, SourceForm, source_data
from feedback.models.other_sources import SourceCount
from feedback.outputs import source_files, table_rows
from feedback.outputs.table_rows import Problem, WrongTable
from feedback.queries import other_sources as stored
from feedback.services import bringing_sources, other_sources
from feedback.services.other_sources import Counted
from feedback.vocabulary import Permission
from feedback.web.access import needs
from feedback.web.frame import db, now, parts, today

bp = Blueprint("other_sources", __name__, url_prefix="/staff/other-sources")


@bp.get("")
@needs(Permission.SEE_PROMISES)
def counts() -> ResponseReturnValue:
    """Every total, the newest first, small numbers hidden."""
    threshold = parts().settings.threshold_staff
    return render_template(
        "office/sources.html",
        rows=other_sources.lines(db(), threshold=threshold),
        kinds=SOURCE_KINDS,
        threshold=threshold,
        form=ButtonForm(),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def new() -> ResponseReturnValue:
    """Add a total."""
    form = _form({})
    if form.validate_on_submit():
        try:
            other_sources.add(db(), Counted(**form.facts), today=today(), **_by())
        except CountsOverlap as there:
            form.first_on.errors = [gettext(there.message)]
        else:
            flash(gettext("The count is kept."))
            return redirect(url_for(".counts"), code=303)
    return _show_form(form, None)


@bp.route("/<int:source_id>", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def change(source_id: int) -> ResponseReturnValue:
    """Mend a total that was written wrongly."""
    entry = _entry(source_id)
    form = _form(source_data(entry), entry)
    form.begin(entry)
    if form.validate_on_submit():
        try:
            facts, seen = Counted(**form.facts), form.seen_version
            other_sources.change(db(), entry, facts, version=seen, today=today(), **_by())
        except CountsOverlap as there:
            form.first_on.errors = [gettext(there.message)]
        else:
            flash(gettext("The count is changed."))
            return redirect(url_for(".counts"), code=303)
    return _show_form(form, entry)


@bp.route("/<int:source_id>/remove", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def remove(source_id: int) -> ResponseReturnValue:
    """Take a total away, once somebody has said yes to that."""
    entry = _entry(source_id)
    form = ButtonForm()
    if form.validate_on_submit():
        other_sources.remove(db(), entry, **_by())
        flash(gettext("The count is taken away."))
        return redirect(url_for(".counts"), code=303)
    return render_template("office/source_remove.html", entry=entry, kinds=SOURCE_KINDS, form=form)


@bp.route("/from-file", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def from_file() -> ResponseReturnValue:
    """Look at what a table would bring, then bring it in; a wrong one changes nothing."""
    form, look = TableForm(), None
    problems: Sequence[Problem] = []
    if form.validate_on_submit():
        content = _sent(form)
        try:
            if not form.file.data and form.content.data:
                new = bringing_sources.bring_in(db(), content, today=today(), **_by()).new
                flash(ngettext("%(num)d line was kept.", "%(num)d lines were kept.", new))
                return redirect(url_for(".counts"), code=303)
            look = bringing_sources.look(db(), content, today=today())
            form.content.data = content.decode("utf-8-sig")
        except WrongTable as wrong:
            problems = wrong.problems
    page = render_template(
        "office/source_file.html",
        form=form,
        problems=problems,
        look=look,
        columns=source_files.COLUMNS,
        most=table_rows.MOST_LINES,
        kinds=SOURCE_KINDS,
    )
    return page, 422 if problems else 200


@bp.get("/empty.csv")
@needs(Permission.PROMISE)
def empty() -> ResponseReturnValue:
    """A table with the right columns, to fill in."""
    reply = make_response(source_files.empty_table())
    reply.headers["Content-Type"] = "text/csv; charset=utf-8"
    reply.headers["Content-Disposition"] = 'attachment; filename="other-sources.csv"'
    return reply


def _entry(number: int) -> SourceCount:
    found = stored.one(db(), number, lock=request.method == "POST")
    if found is None:
        abort(404)
    return found


def _by() -> dict[str, Any]:
    """Who does something, and when, for the record."""
    return {"by": current_user.user_id, "now": now()}


def _form(data: dict[str, Any], entry: SourceCount | None = None) -> SourceForm:
    form = SourceForm(data=data)
    themes = dict(other_sources.themes_in_use(db()))
    if entry is not None and entry.theme_id is not None:  # a theme that was retired since
        themes = {**stored.theme_names(db(), [entry.theme_id]), **themes}
    form.offer(themes.items(), today())
    return form


def _show_form(form: SourceForm, entry: SourceCount | None) -> ResponseReturnValue:
    page = render_template("office/source_form.html", form=form, entry=entry)
    return page, 422 if form.is_submitted() else 200


def _sent(form: TableForm) -> bytes:
    """The file that was just sent, or the content of the one that was looked at."""
    if not (file := form.file.data):
        return (form.content.data or "").encode()
    content: bytes = file.read(table_rows.LARGEST_FILE + 1)
    file.close()
    return content
