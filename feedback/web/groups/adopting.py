"""An officer puts a group's question into a survey."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.forms.account import ButtonForm
from feedback.forms.fields import whole
from feedback.forms.wording import adopt_form, survey_form
from feedback.models.proposals import Proposal, Room, VoiceGroup
from feedback.models.surveys import Edition
from feedback.queries import groups, signing_off, surveys, wordings
from feedback.questionnaire import Page, Question, Questionnaire
from feedback.redrafting import NoSuchPart
from feedback.services import audit
from feedback.services import wording as service
from feedback.vocabulary import EditionStatus, Permission
from feedback.web.access import needs
from feedback.web.findings import page_name, spoken, titled
from feedback.web.frame import db, now
from feedback.web.groups.door import bp, on_group_page, on_room_page

IDEA = "/ideas/<int(max=2147483647):proposal_id>"


@bp.get("/questions")
@needs(Permission.HOLD_ROOMS)
def waiting() -> ResponseReturnValue:
    """Questions that groups have worded and that no survey asks yet."""
    worded = [(each, _worded(each)) for each in wordings.waiting(db())]
    ideas = [(each, question, service.is_ready(question)) for each, question in worded]
    return render_template("office/groups/waiting.html", ideas=ideas, say=spoken, form=ButtonForm())


@on_group_page
def _of_group(group: VoiceGroup) -> str:
    """Which of a group's questions wait, on its page."""
    waits = [each for each in wordings.waiting(db()) if each.group_id == group.id]
    return render_template("office/groups/waiting_here.html", waits=len(waits))


@on_room_page
def _of_room(room: Room) -> str:
    """The way from the question that everybody looks at into a survey, for who may go it."""
    focus = groups.focus(db(), room.id)
    latest = wordings.latest(db(), focus.proposal_id) if focus else None
    if focus is None or latest is None or not current_user.may(Permission.DESIGN):
        return ""
    ready = service.is_ready(service.question_of(latest)) and focus.proposal.hidden_at is None
    idea = focus.proposal if ready else None
    own = signing_off.newest_editions(db(), room.group_id)
    survey = (own[0].survey.name, _title(own[0])) if len(own) == 1 else None
    return render_template("office/groups/waiting_here.html", waits=0, idea=idea, survey=survey)


@bp.route(f"{IDEA}/survey", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def adopt(proposal_id: int) -> ResponseReturnValue:
    """Choose the survey that a question goes into."""
    idea = _idea(proposal_id)
    # Those for the group's own people come first.
    every = surveys.listed(db())
    every.sort(key=lambda each: each.editions[0].audience != idea.group.audience)
    listed = [(each.name, _title(each.editions[0])) for each in every]
    form = survey_form(listed)(data={"survey": idea.survey.name if idea.survey else None})
    if form.validate_on_submit():
        return redirect(
            url_for(".adopt_into", proposal_id=idea.id, name=form.survey.data), code=303
        )
    page = render_template(
        "office/groups/adopt.html",
        idea=idea,
        question=_ready(idea),
        form=form,
        surveys=listed,
        say=spoken,
    )
    return page, 422 if form.is_submitted() else 200


@bp.route(f"{IDEA}/survey/<name>", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def adopt_into(proposal_id: int, name: str) -> ResponseReturnValue:
    """Choose its place there, and put it in; a survey without a draft gets one."""
    idea = _idea(proposal_id)
    question = _ready(idea)
    found = surveys.survey(db(), name)
    if found is None:
        abort(404)
    newest = found.draft or found.live or found.editions[0]
    tree = surveys.read_edition(db(), newest.id).questionnaire
    there = _there(idea, newest, tree)
    places = [(page.name, _place(at, page)) for at, page in enumerate(tree.pages, start=1)]
    form = adopt_form(places)()
    if form.validate_on_submit():
        draft = service.draft_of(db(), name, user_id=current_user.user_id, now=now())
        if draft is None:
            abort(404)
        try:
            named = service.adopt(
                db(),
                idea,
                draft,
                seen=_seen(),
                after=form.after.data or None,
                user_id=current_user.user_id,
                now=now(),
            )
        except NoSuchPart:
            form.after.errors = [
                gettext("Somebody took this page out meanwhile. Choose another place.")
            ]
        else:
            audit.note(db(), current_user.user_id, "adopt question", f"idea {idea.id}", now=now())
            flash(gettext("The question is in the survey now."))
            to = url_for("authoring.survey", name=name, _anchor=f"question-{named}")
            return redirect(to, code=303)
    page = render_template(
        "office/groups/adopt_into.html",
        idea=idea,
        question=question,
        name=name,
        title=_title(newest),
        is_draft=newest.status is EditionStatus.DRAFT,
        there=there,
        differs=there is not None and service.differs(there, question),
        missing=[tag for tag in tree.languages if tag not in question.ask],
        number=surveys.revision(db(), newest.id),
        form=form,
        say=spoken,
    )
    return page, 422 if form.is_submitted() else 200


def _idea(proposal_id: int) -> Proposal:
    found = wordings.idea(db(), proposal_id)
    if found is None or found.hidden_at is not None:
        abort(404)
    return found


def _worded(idea: Proposal) -> Question:
    latest = wordings.latest(db(), idea.id)
    if latest is None:
        abort(404)
    return service.question_of(latest)


def _ready(idea: Proposal) -> Question:
    """The question, once the group has finished it; its page says so until then."""
    question = _worded(idea)
    if not service.is_ready(question):
        abort(redirect(url_for(".waiting"), code=303))
    return question


def _there(idea: Proposal, edition: Edition, tree: Questionnaire) -> Question | None:
    """The question as it stands in the survey already."""
    return tree.questions.get(idea.question) if idea.survey_id == edition.survey_id else None


def _place(at: int, page: Page) -> str:
    return gettext("After page %(number)s: %(words)s", number=at, words=page_name(page))


def _title(edition: Edition) -> str:
    return titled(edition).words or gettext("A survey without a title")


def _seen() -> int:
    return max(whole(request.form.get("seen", "")) or 0, 0)
