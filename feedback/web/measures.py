"""What moved: measures over time, their notes and targets, and how the year is cut."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from feedback.forms.account import ButtonForm
from feedback.forms.office_words import AUDIENCES
from feedback.forms.trends import NoteForm, ReportingYearForm, TargetForm
from feedback.models.base import LARGEST_ID
from feedback.models.surveys import Measure
from feedback.models.trends import ChartNote
from feedback.queries import tallies
from feedback.queries import trends as stored
from feedback.services import indexing, noting, profiling, taking_part, trending
from feedback.services.trending import Series, Window
from feedback.vocabulary import DIMENSIONS, INDICES, Audience, NoteKind, PeriodKind, Permission
from feedback.web import (
    diffs,
    findings,
    hearing,
    metric_card,
    trend_charts,
    trend_words,
    windows,
)
from feedback.web.access import needs
from feedback.web.frame import db, now, parts, today
from feedback.web.trend_words import Told

bp = Blueprint("measures", __name__, url_prefix="/staff")

NOTE_WORDS = {
    NoteKind.CHANGE: _l("There was a change for families. It gets a letter on the chart"),
    NoteKind.NEW_START: _l("Things are different from now on. What is usual is worked out anew"),
    NoteKind.SET_ASIDE: _l("These days do not count. They stay in sight"),
}


@bp.get("/measures")
@needs(Permission.READ_MEASURES)
def what_moved() -> ResponseReturnValue:
    """All measures: what moved, what did not, and what it is too early to say of."""
    choice, threshold = windows.choice(), parts().settings.threshold_staff
    series: list[Series] = []
    if choice.window is not None:
        series = trending.all_series(db(), choice.window, threshold=threshold, today=today())
    together = indexing.indices(series)
    told = [_index_told(each, choice.kind, small=True) for each in together]
    told += [trend_words.told(each, choice.kind, small=True) for each in series]
    wanted = taking_part.Window(_whom(choice.window)) if choice.window else None
    heard = profiling.heard(db(), wanted, threshold) if wanted else None
    page = render_template(
        "office/measures.html",
        choice=choice,
        told=_sorted(told),
        indices=INDICES,
        diff=diffs.paragraph(series, choice.kind) if series else "",
        heard=hearing.opening(heard, wanted, threshold) if heard and wanted else None,
        left_out=hearing.not_in_education(heard.not_in_education, threshold) if heard else "",
        heard_of=AUDIENCES[wanted.audience] if wanted else "",
        by_chance=trend_words.by_chance_words([*together, *series]),
        counted_until=tallies.first_and_last_day(db()),
        threshold=threshold,
        form=ButtonForm(),
    )
    return page, 200 if choice.window else 422


@bp.get("/indices/<name>")
@needs(Permission.READ_MEASURES)
def index(name: str) -> ResponseReturnValue:
    """Several measures as one figure: its chart, its table, and what it is made of."""
    if name not in INDICES:
        abort(404)
    choice, threshold = windows.choice(), parts().settings.threshold_staff
    series: list[Series] = []
    if choice.window is not None:
        series = trending.all_series(db(), choice.window, threshold=threshold, today=today())
    found = next((each for each in indexing.indices(series) if each.measure.name == name), None)
    titles = {each.measure.name: findings.kept(each.measure.title).words for each in series}
    page = render_template(
        "office/index.html",
        name=name,
        title=str(trend_words.INDEX_WORDS[name]),
        choice=choice,
        told=_index_told(found, choice.kind) if found else None,
        parts=[(part, titles[part]) for part in INDICES[name] if part in titles],
        threshold=threshold,
        form=ButtonForm(),
    )
    return page, 200 if choice.window else 422


@bp.get("/measures/<name>")
@needs(Permission.READ_MEASURES)
def one(name: str) -> ResponseReturnValue:
    """One measure: its chart, its table, its notes, and group by group."""
    measure, choice = _measure(name), windows.choice()
    threshold, by = parts().settings.threshold_staff, request.args.get("by", "")
    by = by if by in DIMENSIONS else ""
    series, groups = None, list[Series]()
    if choice.window is not None:
        series = trending.one_series(
            db(), measure, choice.window, threshold=threshold, today=today()
        )
        if by:
            # One audience's groups beside everybody's would give small groups of others back.
            everybody = replace(choice.window, audience=None)
            groups = trending.by_group(
                db(), measure, everybody, by, threshold=threshold, today=today()
            )
    names = _group_names(by, measure) if by else {}
    page = render_template(
        "office/measure.html",
        measure=measure,
        title=findings.kept(measure.title).words,
        choice=choice,
        series=series,
        told=trend_words.told(series, choice.kind) if series else None,
        card=metric_card.card(series) if series else [],
        by=by,
        dimensions=trend_words.DIMENSION_WORDS,
        groups=[
            trend_words.told(
                each,
                choice.kind,
                small=True,
                group=names.get(each.group, each.group),
                axis=trend_charts.common_axis(groups),
            )
            for each in groups
        ],
        by_chance=trend_words.by_chance_words(groups),
        unmarked=_without_letter(stored.notes(db(), measure.id), series),
        note_kinds=NoteKind,
        target=trend_words.target_words(series) if series else "",
        threshold=threshold,
        form=ButtonForm(),
    )
    return page, 200 if choice.window else 422


@bp.route("/measures/<name>/note", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def write_note(name: str) -> ResponseReturnValue:
    """Write a note on a chart, or on all of them."""
    measure = _measure(name)
    form = NoteForm(data={"everywhere": "one"})
    form.kind.offer([("", gettext("Choose")), *((k.value, w) for k, w in NOTE_WORDS.items())])
    form.everywhere.offer([("one", gettext("This chart only")), ("all", gettext("All charts"))])
    if form.validate_on_submit():
        note = noting.write(
            db(),
            NoteKind(form.kind.data),
            form.starts_on.data,
            form.words.data,
            measure=None if form.everywhere.data == "all" else measure,
            ends_on=form.ends_on.data,
            by=current_user.user_id,
            now=now(),
        )
        flash(_where_it_stands(note, measure))
        return redirect(url_for(".one", name=name), code=303)
    page = render_template(
        "office/chart_note.html",
        measure=measure,
        title=findings.kept(measure.title).words,
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/measures/notes/<int:note_id>/take-back", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def take_note_back(note_id: int) -> ResponseReturnValue:
    """Take a note off its charts, after a second look."""
    again = request.method == "POST"  # of a button pressed twice the second press is no mistake
    note = stored.note(db(), note_id, taken_back=again) if note_id <= LARGEST_ID else None
    if note is None:
        abort(404)
    form = ButtonForm()
    if form.validate_on_submit():
        noting.take_back(db(), note, by=current_user.user_id, now=now())
        flash(gettext("The note is gone from the chart."))
        name = note.measure.name if note.measure else None
        return redirect(url_for(".one", name=name) if name else url_for(".what_moved"), code=303)
    return render_template(
        "office/chart_note_back.html", note=note, words=NOTE_WORDS[note.kind], form=form
    )


@bp.route("/measures/<name>/target", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def target(name: str) -> ResponseReturnValue:
    """Say what a measure is to reach, or that it has no target."""
    measure = _measure(name)
    kept = stored.targets(db()).get(measure.id)
    form = TargetForm(
        _most(measure), data={"value": kept.value, "words": kept.words} if kept else {}
    )
    away = request.form.get("away") == "yes"
    if away and ButtonForm().validate_on_submit():
        noting.set_target(db(), measure, None, "", by=current_user.user_id, now=now())
        flash(gettext("The target is gone."))
        return redirect(url_for(".one", name=name), code=303)
    if not away and form.validate_on_submit():
        noting.set_target(
            db(), measure, form.value.data, form.words.data, by=current_user.user_id, now=now()
        )
        flash(gettext("The target stands on the chart now."))
        return redirect(url_for(".one", name=name), code=303)
    page = render_template(
        "office/target.html",
        measure=measure,
        title=findings.kept(measure.title).words,
        kept=kept,
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/reporting-year", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def reporting_year() -> ResponseReturnValue:
    """Say when cycles and terms begin; all charts follow."""
    year = trending.reporting_year(db())
    terms = ", ".join(f"{day}/{month}" for month, day in year.terms)
    form = ReportingYearForm(data={"cycles_from": year.cycles_from, "terms": terms})
    if form.validate_on_submit():
        noting.say_year(db(), form.cycles_from.data, form.days, by=current_user.user_id, now=now())
        flash(gettext("Saved. All charts follow it from now on."))
        return redirect(url_for(".what_moved"), code=303)
    page = render_template("office/reporting_year.html", form=form)
    return page, 422 if form.is_submitted() else 200


def _without_letter(notes: Sequence[ChartNote], series: Series | None) -> list[ChartNote]:
    """Days that do not count, and notes on days that the chart does not show."""
    lettered = {mark.note for mark in series.marks} if series else set()
    return [note for note in notes if note not in lettered]


def _where_it_stands(note: ChartNote, measure: Measure) -> str:
    """That a note is on the chart, or when it will be: a chart goes as far as people answered."""
    if note.starts_on > today():
        threshold = parts().settings.threshold_staff
        series = trending.one_series(db(), measure, Window(), threshold=threshold, today=today())
        if note in _without_letter([note], series):
            return gettext(
                "Your note is kept, with your name. It goes on the chart when people have answered "
                "on %(day)s or after it.",
                day=format_date(note.starts_on, "d MMMM y"),
            )
    return gettext("Your note stands on the chart now, with your name.")


def _whom(window: Window) -> Audience:
    """Whose taking part is looked at: parents, where nobody else was chosen."""
    return window.audience or Audience.PARENT


def _index_told(series: Series, kind: PeriodKind, *, small: bool = False) -> Told:
    words = str(trend_words.INDEX_WORDS[series.measure.name])
    return trend_words.told(series, kind, small=small, group=words)


def _measure(name: str) -> Measure:
    found = stored.measure(db(), name[:40]) if name.isprintable() else None
    if found is None:
        abort(404)
    return found


def _sorted(told: Sequence[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {"moved": [], "still": [], "early": [], "hidden": []}
    for each in told:
        found[each.standing].append(each)
    return found


def _group_names(dimension: str, measure: Measure) -> dict[str, Any]:
    """What each group is called, as it was last asked."""
    return {
        code: findings.kept(label).words
        for each in tallies.grouping(db(), dimension, tallies.asked(db(), [measure.id]))
        for code, label in each.options
    }


def _most(measure: Measure) -> float:
    """The most that a measure can come to."""
    if measure.top:
        return 100.0
    asked = tallies.asked(db(), [measure.id])
    return max(
        (10.0 if each.kind == "rating" else float(each.scale[2]) for each in asked), default=10.0
    )
