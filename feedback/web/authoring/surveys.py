"""All surveys; one begun, taken from a file, compared, published, retired, taken back."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.comparison import differences
from feedback.forms import authoring as forms
from feedback.languages import DEFAULT
from feedback.queries import pictures
from feedback.queries import surveys as stored
from feedback.questionnaire import Page, Questionnaire, Wording
from feedback.redrafting import changed, free_name
from feedback.services import authoring
from feedback.vocabulary import Audience, Permission
from feedback.web.access import needs
from feedback.web.authoring import advising, steps, told
from feedback.web.authoring.door import (
    LARGEST_REVISION,
    bp,
    button_form,
    draft_of,
    note,
    outline,
    seen,
    survey_of,
)
from feedback.web.frame import db, now

SHOWN_CHANGES = 50


@bp.get("/")
@needs(Permission.DESIGN)
def surveys() -> ResponseReturnValue:
    """Every survey, with what is live and what is being written."""
    return render_template(
        "office/design/surveys.html",
        rows=stored.listed(db()),
        title_of=told.title_of,
        form=button_form(),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def new() -> ResponseReturnValue:
    """Begin a survey: from nothing, from a ready pattern, or from another survey."""
    beginnings = _beginnings()
    form = forms.new_survey_form(beginnings)()
    if form.validate_on_submit():
        taken = {row.name for row in stored.listed(db())}
        name = free_name(form.title.data, taken)
        tree = _begun(form.begin.data, name, form.title.data)
        authoring.keep_draft(db(), tree, user_id=current_user.user_id, what="begin", now=now())
        note("survey begin", name)
        return outline(name)
    status = 422 if form.is_submitted() else 200
    hints = {value: hint for value, _label, hint in beginnings if hint}
    return render_template("office/design/new.html", form=form, hints=hints), status


@bp.route("/from-file", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def from_file() -> ResponseReturnValue:
    """Bring a survey in from a file; a wrong file changes nothing and is told line by line."""
    from feedback.outputs import exchange  # reads files, which no other page does

    request.max_content_length = exchange.LARGEST_FILE + 10_000
    request.max_form_memory_size = None
    form = forms.FromFileForm()
    problems: list[str] = []
    if form.validate_on_submit():
        sent = form.file.data
        content = sent.read(exchange.LARGEST_FILE + 1) if sent else b""
        try:
            tree = exchange.read_survey(
                content, file=gettext("your file"), pictures=pictures.names(db())
            )
        except exchange.WrongFile as wrong:
            problems = wrong.problems
        else:
            found = stored.survey(db(), tree.survey)
            if found is not None and found.draft is not None:
                draft = draft_of(tree.survey)
                if draft.number != seen():
                    return _file_again(form, tree, draft.number)
            authoring.keep_draft(db(), tree, user_id=current_user.user_id, now=now())
            note("survey import", tree.survey)
            return outline(tree.survey)
    status = 422 if form.is_submitted() else 200
    return render_template("office/design/from_file.html", form=form, problems=problems), status


def _file_again(form: object, tree: Questionnaire, number: int) -> ResponseReturnValue:
    """There is a draft that the file would take the place of: ask first."""
    return render_template(
        "office/design/from_file.html", form=form, problems=[], replaces=tree, number=number
    ), 409


@bp.post("/<name>/draft")
@needs(Permission.DESIGN)
def start_draft(name: str) -> ResponseReturnValue:
    """Begin a draft from the edition that is live; safe to do twice."""
    button_form().validate()
    found = survey_of(name)
    newest = found.editions[0]
    if found.draft is None:
        asked = stored.read_edition(db(), (found.live or newest).id)
        user_id = current_user.user_id
        authoring.keep_draft(db(), asked.questionnaire, user_id=user_id, what="begin", now=now())
        note("survey draft", name)
    return outline(name)


@bp.get("/<name>/file")
@needs(Permission.DESIGN)
def file(name: str) -> ResponseReturnValue:
    """The survey as a file to keep, send or change elsewhere."""
    found = survey_of(name)
    asked = stored.read_edition(db(), found.editions[0].id)
    from feedback.outputs import exchange

    reply = make_response(exchange.write_survey(asked.questionnaire))
    reply.headers["Content-Type"] = "application/yaml; charset=utf-8"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return reply


@bp.get("/<name>/compare")
@needs(Permission.DESIGN)
def compare(name: str) -> ResponseReturnValue:
    """What the draft changes against the edition that is live."""
    draft = draft_of(name)
    live = survey_of(name).live
    old = stored.read_edition(db(), live.id).questionnaire if live else None
    return render_template(
        "office/design/compare.html",
        draft=draft,
        live=live,
        changes=differences(old, draft.tree) if old else [],
        form=button_form(),
    )


@bp.route("/<name>/publish", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def publish(name: str) -> ResponseReturnValue:
    """Freeze the draft, once nothing is missing and somebody has said yes."""
    form = button_form()
    if request.method == "POST" and survey_of(name).draft is None:
        return outline(name)  # somebody else was quicker, or the button was pressed twice
    draft = draft_of(name)
    if form.validate_on_submit():
        authoring.publish(
            db(), draft.edition, seen=seen(), pictures=pictures.names(db()), now=now()
        )
        note("survey publish", f"{name} {draft.edition.number}")
        flash(gettext("Published. You can now open it to people."))
        return outline(name)
    live = survey_of(name).live
    old = stored.read_edition(db(), live.id).questionnaire if live else None
    return render_template(
        "office/design/publish.html",
        draft=draft,
        live=live,
        mend=steps.to_mend(draft.tree, pictures.names(db())),
        place_address=steps.place_address,
        place_words=told.place_words(draft.tree),
        changes=differences(old, draft.tree) if old else [],
        badge_faults=advising.badge_faults(draft.tree),
        form=form,
    )


@bp.route("/<name>/retire", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def retire(name: str) -> ResponseReturnValue:
    """Take the live edition out of use; what was answered stays."""
    form = button_form()
    live = survey_of(name).live
    if live is None:
        return outline(name)
    if form.validate_on_submit():
        authoring.retire(db(), live)
        note("survey retire", f"{name} {live.number}")
        flash(gettext("Taken out of use. The answers stay."))
        return outline(name)
    return render_template(
        "office/design/retire.html",
        name=name,
        live=live,
        title=told.title_of(live),
        running=stored.open_collections(db(), live.id, now=now()),
        form=form,
    )


@bp.route("/<name>/discard", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def discard(name: str) -> ResponseReturnValue:
    """Throw the draft away, after asking."""
    form = button_form()
    draft = draft_of(name)
    if form.validate_on_submit():
        alone = len(survey_of(name).editions) == 1
        authoring.discard(db(), draft.edition)
        note("survey discard", name)
        flash(gettext("The draft was thrown away."))
        return redirect(url_for(".surveys"), code=303) if alone else outline(name)
    return render_template("office/design/discard.html", draft=draft, form=form)


@bp.get("/<name>/history")
@needs(Permission.DESIGN)
def history(name: str) -> ResponseReturnValue:
    """Who changed what in the draft, each with a way back."""
    draft = draft_of(name)
    return render_template(
        "office/design/history.html",
        draft=draft,
        changes=stored.changes(db(), draft.edition.id, limit=SHOWN_CHANGES),
        form=button_form(),
    )


@bp.post("/<name>/restore/<int:number>")
@needs(Permission.DESIGN)
def restore(name: str, number: int) -> ResponseReturnValue:
    """Take the draft back to an earlier state; the way there is kept as well."""
    button_form().validate()
    draft = draft_of(name)
    authoring.restore(
        db(),
        draft.edition,
        min(number, LARGEST_REVISION),
        user_id=current_user.user_id,
        now=now(),
    )
    note("design restore", name)
    flash(gettext("The draft is back as it was."))
    return outline(name)


def _beginnings() -> list[tuple[str, str, str]]:
    """What a survey can begin with: value, name, hint."""
    from feedback.outputs import patterns

    found = [("nothing", gettext("Nothing: an empty survey"), "")]
    found += [
        (f"pattern:{pattern.name}", gettext(pattern.title), gettext(pattern.line))
        for pattern in patterns.PATTERNS
    ]
    return found + [
        (
            f"survey:{row.name}",
            gettext("A copy of “%(title)s”", title=told.title_of(row.editions[0])),
            "",
        )
        for row in stored.listed(db())
    ]


def _begun(begin: str, name: str, title: str) -> Questionnaire:
    """A survey's first draft, under its own name and title."""
    from feedback.outputs import patterns

    kind, _, source = begin.partition(":")
    heading = {DEFAULT: Wording(standard=title)}
    if kind == "nothing":
        first = Page(name="first")
        empty: dict[str, dict[str, Wording]] = {}
        return Questionnaire(
            survey=name,
            audience=Audience.EVERYONE,
            title=heading,
            asked_by=empty,
            why=empty,
            read_by=empty,
            afterwards=empty,
            pages=[first],
        )
    if kind == "pattern":
        ready = patterns.read(source)
    else:
        ready = stored.read_edition(db(), survey_of(source).editions[0].id).questionnaire
    return changed(ready, survey=name, title=heading)
