"""Training coverage: how many staff are trained, how many are missing, what providers report."""

from collections.abc import Sequence
from typing import Any, Literal

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

from feedback.analysis.coverage import disagrees
from feedback.errors import CountedAlready
from feedback.forms import office_words as words
from feedback.forms.account import ButtonForm
from feedback.forms.coverage import (
    CoverageForm,
    FigureForm,
    TableForm,
    coverage_data,
    figure_data,
)
from feedback.models.coverage import Coverage, ProviderFigure
from feedback.outputs import figure_files, table_rows
from feedback.outputs.table_rows import Problem, WrongTable
from feedback.queries import coverage as stored
from feedback.queries import events
from feedback.services import bringing_figures, coverage_figures, covering
from feedback.services.coverage_figures import Figure, Training
from feedback.services.covering import Covered, Figured
from feedback.vocabulary import Permission
from feedback.web import covered, windows
from feedback.web.access import needs
from feedback.web.frame import db, now, parts, today

bp = Blueprint("coverage", __name__, url_prefix="/staff/coverage")


@bp.get("")
@needs(Permission.READ_MEASURES)
def coverage() -> ResponseReturnValue:
    """Who is trained, against the target; below, what providers report of their programmes."""
    choice, threshold = windows.choice(), parts().settings.threshold_staff
    found, figures = list[Training](), list[Figure]()
    if choice.window is not None:
        found = coverage_figures.trainings(db(), threshold, choice.window)
        figures = coverage_figures.figures(db(), threshold, choice.window)
    page = render_template(
        "office/coverage.html",
        choice=choice,
        headline=covered.headline(found) if found else "",
        trainings=covered.said(found),
        figures=covered.figures_said(figures),
        said_per_cent=covered.said_per_cent,
        kinds=words.ORGANISATION_KINDS,
        threshold=threshold,
        form=ButtonForm(),
    )
    return page, 200 if choice.window else 422


# Counts of coverage


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def new() -> ResponseReturnValue:
    """Add a count; one that follows another begins with what both have in common."""
    before = stored.entry(db(), request.args.get("after", 0, type=int))
    data = coverage_data(before) if before else {}
    for name in ("trained", "staff", "counted_on", "source"):
        data.pop(name, None)
    form = _coverage_form(data)
    if form.validate_on_submit():
        try:
            covering.add(db(), _covered(form), today=today(), **_by())
        except CountedAlready as there:
            form.counted_on.errors = [gettext(there.message)]
        else:
            flash(gettext("The count is kept."))
            return _back()
    return _show_form(form, None)


@bp.route("/<int:coverage_id>", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def change(coverage_id: int) -> ResponseReturnValue:
    """Mend a count that was written wrongly."""
    entry = _entry(coverage_id)
    form = _coverage_form(coverage_data(entry))
    form.begin(entry)
    if form.validate_on_submit():
        try:
            facts, seen = _covered(form), form.seen_version
            covering.change(db(), entry, facts, version=seen, today=today(), **_by())
        except CountedAlready as there:
            form.counted_on.errors = [gettext(there.message)]
        else:
            flash(gettext("The count is changed."))
            return _back()
    return _show_form(form, entry)


@bp.route("/<int:coverage_id>/remove", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def remove(coverage_id: int) -> ResponseReturnValue:
    """Take a count away, once somebody has said yes to that."""
    entry = _entry(coverage_id)
    form = ButtonForm()
    if form.validate_on_submit():
        covering.remove(db(), entry, **_by())
        flash(gettext("The count is taken away."))
        return _back()
    name = f"{covering.title_of(entry)}: {covered.organisation_words(entry)}, {entry.staff_group}"
    return render_template("office/coverage_remove.html", entry=entry, name=name, form=form)


# Figures of providers


@bp.route("/figures/new", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def new_figure() -> ResponseReturnValue:
    """Add a provider's figure with what it means."""
    form = _figure_form({})
    if form.validate_on_submit():
        try:
            covering.add_figure(db(), Figured(**form.facts), today=today(), **_by())
        except CountedAlready as there:
            form.counted_on.errors = [gettext(there.message)]
        else:
            flash(gettext("The figure is kept."))
            return _back("figures")
    return _show_figure(form, None)


@bp.route("/figures/<int:figure_id>", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def change_figure(figure_id: int) -> ResponseReturnValue:
    """Mend a provider's figure."""
    figure = _provider_figure(figure_id)
    form = _figure_form(figure_data(figure))
    form.begin(figure)
    if form.validate_on_submit():
        try:
            covering.change_figure(
                db(),
                figure,
                Figured(**form.facts),
                version=form.seen_version,
                today=today(),
                **_by(),
            )
        except CountedAlready as there:
            form.counted_on.errors = [gettext(there.message)]
        else:
            flash(gettext("The figure is changed."))
            return _back("figures")
    return _show_figure(form, figure)


@bp.route("/figures/<int:figure_id>/remove", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def remove_figure(figure_id: int) -> ResponseReturnValue:
    """Take a provider's figure away, once somebody has said yes to that."""
    figure = _provider_figure(figure_id)
    form = ButtonForm()
    if form.validate_on_submit():
        covering.remove_figure(db(), figure, **_by())
        flash(gettext("The figure is taken away."))
        return _back("figures")
    name = f"{figure.programme}: {figure.title}"
    return render_template("office/coverage_remove.html", entry=figure, name=name, form=form)


# Tables


@bp.route("/from-file", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def from_file() -> ResponseReturnValue:
    """Look at what a table would bring, then bring it in; a wrong one changes nothing."""
    form, look = TableForm(), None
    problems: Sequence[Problem] = []
    if form.validate_on_submit():
        content = _sent(form)
        try:
            if not form.file.data and form.content.data:
                brought = bringing_figures.bring_in(db(), content, today=today(), **_by())
                new = brought.new
                flash(ngettext("%(num)d line was kept.", "%(num)d lines were kept.", new))
                return _back("figures" if brought.figures else None)
            look = bringing_figures.look(db(), content, today=today())
            form.content.data = content.decode("utf-8-sig")
        except WrongTable as wrong:
            problems = wrong.problems
    page = render_template(
        "office/coverage_file.html",
        form=form,
        problems=problems,
        look=look,
        columns=figure_files.COLUMNS,
        most=table_rows.MOST_LINES,
        title_of=covering.title_of,
        organisation_words=covered.organisation_words,
        share_words=covered.share_words,
        said_per_cent=covered.said_per_cent,
        disagrees=disagrees,
    )
    return page, 422 if problems else 200


@bp.get("/empty/<any(coverage, figures):table>.csv")
@needs(Permission.KEEP_FIGURES)
def empty(table: Literal["coverage", "figures"]) -> ResponseReturnValue:
    """A table with the right columns, to fill in."""
    reply = make_response(figure_files.empty_table(table))
    reply.headers["Content-Type"] = "text/csv; charset=utf-8"
    reply.headers["Content-Disposition"] = f'attachment; filename="{table}.csv"'
    return reply


# What the views share


def _entry(number: int) -> Coverage:
    found = stored.entry(db(), number, lock=request.method == "POST")
    if found is None:
        abort(404)
    return found


def _provider_figure(number: int) -> ProviderFigure:
    found = stored.figure(db(), number, lock=request.method == "POST")
    if found is None:
        abort(404)
    return found


def _by() -> dict[str, Any]:
    """Who does something, and when, for the record."""
    return {"by": current_user.user_id, "now": now()}


def _back(anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for(".coverage", _anchor=anchor), code=303)


def _coverage_form(data: dict[str, Any]) -> CoverageForm:
    form = CoverageForm(data=data)
    form.offer(series=events.series(db()), organisations=events.organisations(db()), today=today())
    return form


def _covered(form: CoverageForm) -> Covered:
    series = {each.id: each for each in events.series(db())}.get(form.series.number or 0)
    organisations = {each.id: each for each in events.organisations(db())}
    return Covered(
        training=series.name if series else form.training.data,
        series=series,
        organisation=organisations.get(form.organisation.number or 0),
        kind=form.whose,
        staff_group=form.staff_group.data,
        trained=form.trained.data,
        staff=form.staff.data,
        counted_on=form.counted_on.data,
        target=form.target.data,
        source=form.source.data,
    )


def _figure_form(data: dict[str, Any]) -> FigureForm:
    form = FigureForm(data=data)
    form.today = today()
    return form


def _show_form(form: CoverageForm, entry: Coverage | None) -> ResponseReturnValue:
    page = render_template("office/coverage_form.html", form=form, entry=entry)
    return page, 422 if form.is_submitted() else 200


def _show_figure(form: FigureForm, figure: ProviderFigure | None) -> ResponseReturnValue:
    page = render_template("office/coverage_figure.html", form=form, figure=figure)
    return page, 422 if form.is_submitted() else 200


def _sent(form: TableForm) -> bytes:
    """The file that was just sent, or the content of the one that was looked at."""
    if not (file := form.file.data):
        return (form.content.data or "").encode()
    content: bytes = file.read(table_rows.LARGEST_FILE + 1)
    file.close()
    return content
