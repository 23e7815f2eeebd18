"""One draft in the making: its outline, its start, each page, each question, each picture."""

from collections.abc import Callable
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback import comparison, redrafting
from feedback.comparison import Detail
from feedback.forms import authoring as forms
from feedback.forms import routes as route_forms
from feedback.languages import OFFERED
from feedback.queries import pictures
from feedback.queries import surveys as stored
from feedback.questionnaire import Page, Question, Questionnaire
from feedback.services.authoring import PartChanged
from feedback.vocabulary import Permission
from feedback.web import signed
from feedback.web.access import needs
from feedback.web.authoring import advising, ready, steps, told
from feedback.web.authoring.door import (
    Draft,
    bp,
    button_form,
    change,
    draft_of,
    outline,
    survey_of,
)
from feedback.web.frame import allow, db, now


@bp.get("/<name>/")
@needs(Permission.DESIGN)
def survey(name: str) -> ResponseReturnValue:
    """The draft's outline; where nothing is being written, the edition that is live."""
    found = survey_of(name)
    if found.draft is None:
        newest = found.live or found.editions[0]
        return render_template(
            "office/design/live.html",
            found=found,
            edition=newest,
            title=told.title_of(newest),
            open_address=_open_address(newest.id) if found.live else None,
            signing=signed.card(db(), newest),
            asked=stored.read_edition(db(), newest.id).questionnaire,
            running=stored.open_collections(db(), newest.id, now=now()),
            form=button_form(),
        )
    draft = draft_of(name)
    last = stored.changes(db(), draft.edition.id, limit=1)[0]
    advised = advising.of_survey(draft.tree)
    return render_template(
        "office/design/outline.html",
        draft=draft,
        live=found.live,
        last=last,
        mend=steps.to_mend(draft.tree, pictures.names(db())),
        place_address=steps.place_address,
        place_words=told.place_words(draft.tree),
        numbers=told.numbers(draft.tree),
        rules=told.rules(draft.tree),
        missing=steps.missing(draft.tree),
        signing=signed.card(db(), draft.edition),
        advice=advising.counted(advised),
        badge_faults=sum(each.fault for each in advised),
        kinds=forms.KINDS,
        choice_of=forms.choice_of,
        bank=ready.about_names(draft.tree),
        core=ready.core_names(draft.tree),
        form=button_form(),
    )


@bp.post("/<name>/change")
@needs(Permission.DESIGN)
def change_outline(name: str) -> ResponseReturnValue:
    """Add, move, copy or take out a page or a question."""
    button_form().validate()
    draft = draft_of(name)
    action, _, part = request.form.get("do", "").partition(":")
    step = steps.STEPS.get(action)
    if step is None:
        abort(400)
    if action in steps.TAKING_OUT and not request.form.get("sure"):
        needing = steps.needing(draft.tree, action, part)
        if needing:
            return render_template(
                "office/design/needed.html",
                draft=draft,
                do=f"{action}:{part}",
                pages=needing,
                form=button_form(),
            )
    place: list[str] = []

    def edit(tree: Questionnaire) -> Questionnaire:
        made, at = step(tree, part, request.form)
        place[:] = [at]
        return made

    change(draft, edit, action)
    at = place[0] if place else ""
    if action in steps.ADDING and at.startswith("question-"):
        return redirect(
            url_for(".question", name=name, question=at.removeprefix("question-")), code=303
        )
    return outline(name, at=at)


@bp.route("/<name>/start", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def start(name: str) -> ResponseReturnValue:
    """The words before and after the questions, whom the survey is for, how long it takes."""
    draft = draft_of(name)
    keys = ("audience", "minutes", "easy_first", *forms.START_TEXTS)
    form = forms.start_form(draft.tree)(data={key: getattr(draft.tree, key) for key in keys})
    if form.validate_on_submit():
        try:
            change(draft, lambda tree: forms.apply_start(form, tree), "start", place="start")
        except PartChanged as meanwhile:
            return _start_page(draft, form, meanwhile), 409
        flash(gettext("Saved."))
        return outline(name)
    status = 422 if form.is_submitted() else 200
    return _start_page(draft, form), status


def _start_page(draft: Draft, form: object, meanwhile: PartChanged | None = None) -> str:
    return render_template(
        "office/design/start.html",
        draft=draft,
        form=form,
        texts=forms.START_TEXTS,
        languages=forms.languages_form(draft.tree),
        **_meanwhile(draft, meanwhile, comparison.start_details),
    )


@bp.post("/<name>/languages")
@needs(Permission.DESIGN)
def languages(name: str) -> ResponseReturnValue:
    """Choose the languages that the survey is written in; ask before words are lost."""
    button_form().validate()
    draft = draft_of(name)
    first = draft.tree.languages[0]
    wanted = [tag for tag in OFFERED if tag == first or tag in request.form.getlist("language")]
    lost = [tag for tag in draft.tree.languages if tag not in wanted]
    counts = {tag: steps.written(draft.tree, tag) for tag in lost}
    if any(counts.values()) and not request.form.get("sure"):
        return render_template(
            "office/design/fewer_languages.html",
            draft=draft,
            wanted=wanted,
            lost={OFFERED[tag].own_name: count for tag, count in counts.items() if count},
            form=button_form(),
        )
    change(draft, lambda tree: redrafting.in_languages(tree, wanted), "languages")
    return redirect(url_for(".start", name=name), code=303)


@bp.route("/<name>/hard-words", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def glossary(name: str) -> ResponseReturnValue:
    """Hard words and abbreviations, explained wherever they are read."""
    draft = draft_of(name)
    kept = forms.glossary_data(draft.tree)
    form = forms.glossary_form(draft.tree)(data=kept)
    if form.validate_on_submit():
        try:
            change(draft, lambda tree: forms.apply_glossary(form, tree), "glossary", place="start")
        except PartChanged as meanwhile:
            return _glossary_page(draft, form, meanwhile), 409
        flash(gettext("Saved."))
        if request.form.get("do") == "more":
            return redirect(url_for(".glossary", name=name), code=303)
        return outline(name)
    status = 422 if form.is_submitted() else 200
    return _glossary_page(draft, form), status


def _glossary_page(draft: Draft, form: object, meanwhile: PartChanged | None = None) -> str:
    return render_template(
        "office/design/glossary.html",
        draft=draft,
        form=form,
        **_meanwhile(draft, meanwhile, comparison.start_details),
    )


@bp.route("/<name>/pages/<page>", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def page(name: str, page: str) -> ResponseReturnValue:
    """A page's heading, sentences and route."""
    draft = draft_of(name)
    shown = redrafting.page_of(draft.tree, page)
    earlier = steps.asked_before(draft.tree, page)
    form = route_forms.page_form(shown, draft.tree, earlier)(data=route_forms.page_data(shown))
    if form.validate_on_submit():
        action, _, part = request.form.get("do", "save").partition(":")
        if action == "when-add":
            part = request.form.get("when-question", "")

        def edit(tree: Questionnaire) -> Questionnaire:
            made = route_forms.apply_page(form, redrafting.page_of(tree, page))
            return redrafting.set_page(tree, page, **steps.page_step(made, action, part, tree))

        try:
            change(draft, edit, "page", place=f"page:{page}")
        except PartChanged as meanwhile:
            return _page_page(draft, shown, form, earlier, meanwhile), 409
        return _after(name, action, part, "page", page)
    status = 422 if form.is_submitted() else 200
    return _page_page(draft, shown, form, earlier), status


def _page_page(
    draft: Draft,
    shown: Page,
    form: object,
    earlier: list[Question],
    meanwhile: PartChanged | None = None,
) -> str:
    def differs(old: Questionnaire, new: Questionnaire) -> list[Detail]:
        before, after = (redrafting.page_of(tree, shown.name) for tree in (old, new))
        return comparison.page_details(before, after)

    return render_template(
        "office/design/page.html",
        draft=draft,
        page=shown,
        form=form,
        earlier=earlier,
        tests=route_forms.TESTS,
        **_meanwhile(draft, meanwhile, differs),
    )


@bp.route("/<name>/questions/<question>", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def question(name: str, question: str) -> ResponseReturnValue:
    """Everything about one question, with how it looks and what to think about beside it."""
    draft = draft_of(name)
    shown = redrafting.question_of(draft.tree, question)
    known = stored.measures(db())
    form = forms.question_form(shown, draft.tree, known)(data=forms.question_data(shown))
    if form.validate_on_submit():
        action, _, part = request.form.get("do", "save").partition(":")
        named = [question]

        def edit(tree: Questionnaire) -> Questionnaire:
            before = redrafting.question_of(tree, question)
            made, named[0] = steps.question_step(tree, before, form, action, part, known)
            return made

        try:
            change(draft, edit, "question", place=f"question:{question}")
        except PartChanged as meanwhile:
            return _question_page(draft, shown, form, meanwhile), 409
        return _after(name, action, part, "question", named[0])
    status = 422 if form.is_submitted() else 200
    return _question_page(draft, shown, form), status


def _question_page(
    draft: Draft, shown: Question, form: object, meanwhile: PartChanged | None = None
) -> str:
    def differs(old: Questionnaire, new: Questionnaire) -> list[Detail]:
        before, after = (redrafting.question_of(tree, shown.name) for tree in (old, new))
        return comparison.question_details(before, after)

    allow("frame-src")
    allow("connect-src")
    position = redrafting.page_index(draft.tree, redrafting.home_of(draft.tree, shown.name).name)
    return render_template(
        "office/design/question.html",
        draft=draft,
        question=shown,
        number_of=told.numbers(draft.tree)[shown.name],
        advice=advising.of_question(shown, draft.tree),
        position=position + 1,
        form=form,
        **_meanwhile(draft, meanwhile, differs),
    )


def _meanwhile(
    draft: Draft,
    meanwhile: PartChanged | None,
    differs: Callable[[Questionnaire, Questionnaire], list[Detail]],
) -> dict[str, Any]:
    """What somebody else changed since this page was shown, and the revision to save on top of."""
    if meanwhile is None:
        return {"theirs": None, "number": draft.number}
    base = meanwhile.base or draft.tree
    return {"theirs": differs(base, meanwhile.latest), "number": meanwhile.number}


def _after(name: str, action: str, part: str, kind: str, own: str) -> ResponseReturnValue:
    """Where a saved page leads: on, to the picture that was asked for, or back to itself."""
    if action == "picture":
        pieces = part.split(":")
        pieces[1:2] = [own]  # a question may just have got its name
        return redirect(url_for(".picture", name=name, at=":".join(pieces)), code=303)
    if action == "save":
        flash(gettext("Saved."))
        return outline(name, at=f"{kind}-{own}")
    if action == "next":
        following = steps.following(name, draft_of(name).tree, kind, own)
        if following:
            return redirect(following, code=303)
        return outline(name, at=f"{kind}-{own}")
    own_page: dict[str, Any] = {kind: own}
    return redirect(url_for(f".{kind}", name=name, **own_page), code=303)


@bp.post("/<name>/questions/<question>/advice")
@needs(Permission.DESIGN)
def question_advice(name: str, question: str) -> ResponseReturnValue:
    """Advice on what stands in the form at this moment, for the page to show; keeps nothing."""
    draft = draft_of(name)
    shown = redrafting.question_of(draft.tree, question)
    form = forms.question_form(shown, draft.tree, ())()
    form.validate()
    written = forms.apply_question(form, shown)
    advice = advising.of_question(written, draft.tree)
    return render_template("office/design/advice_list.html", advice=advice)


@bp.get("/<name>/advice")
@needs(Permission.DESIGN)
def advice(name: str) -> ResponseReturnValue:
    """Everything that the question checker has to say of the draft, place by place."""
    draft = draft_of(name)
    found: dict[str, list[advising.Advised]] = {}
    for each in advising.of_survey(draft.tree):
        found.setdefault(each.place, []).append(each)
    return render_template(
        "office/design/advice.html",
        draft=draft,
        advised=list(found.items()),
        place_address=steps.place_address,
        place_words=told.place_words(draft.tree),
        form=button_form(),
    )


def _open_address(edition_id: int) -> str | None:
    """Where an edition is opened to people."""
    endpoint = "collecting.new"
    known = endpoint in current_app.view_functions and current_user.may(Permission.PLAN)
    return url_for(endpoint, edition=edition_id) if known else None
