"""What the pages of the designer share: the draft they show, and the one way to change it."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.forms.account import ButtonForm
from feedback.models.surveys import Edition
from feedback.queries import surveys as stored
from feedback.questionnaire import Questionnaire
from feedback.redrafting import NoSuchPart
from feedback.services import audit, authoring
from feedback.web.frame import db, now

bp = Blueprint("authoring", __name__, url_prefix="/staff/surveys")

LARGEST_REVISION = 10**9


@dataclass(frozen=True)
class Draft:
    """A survey's draft as this page shows it."""

    name: str
    edition: Edition
    tree: Questionnaire
    number: int


def survey_of(name: str) -> stored.Listed:
    """The survey with this name; no page without one."""
    found = stored.survey(db(), name)
    if found is None:
        abort(404)
    return found


def draft_of(name: str) -> Draft:
    """The survey's draft; without one the survey's own page says how to begin one."""
    found = survey_of(name)
    if found.draft is None:
        abort(redirect(url_for("authoring.survey", name=name), code=303))
    edition = found.draft
    return Draft(
        name, edition, stored.read_draft(db(), edition.id), stored.revision(db(), edition.id)
    )


def seen() -> int:
    """The revision that the person had before them when they pressed the button."""
    number = request.form.get("seen", "")
    return int(number) if number.isdecimal() and int(number) < LARGEST_REVISION else 0


def change(
    draft: Draft,
    edit: Callable[[Questionnaire], Questionnaire],
    what: str,
    *,
    place: str | None = None,
) -> Questionnaire:
    """Change the draft, note it, and say when somebody else was at work too."""
    changed = authoring.change(
        db(),
        draft.edition,
        edit,
        seen=seen(),
        place=place,
        user_id=current_user.user_id,
        what=what,
        now=now(),
    )
    if changed != draft.tree:
        note(f"design {what}", draft.name)
    if seen() != draft.number and changed != draft.tree:
        flash(
            gettext(
                "Somebody else changed another part of this draft meanwhile. Both changes are kept."
            )
        )
    return changed


def note(action: str, name: str) -> None:
    """Add a line to the record of who did what."""
    audit.note(db(), current_user.user_id, action, name, now=now())


def outline(name: str, *, at: str = "") -> ResponseReturnValue:
    """On to the draft's outline, at the part that was changed."""
    return redirect(url_for("authoring.survey", name=name, _anchor=at or None), code=303)


def button_form() -> ButtonForm:
    """The form behind a page's buttons."""
    return ButtonForm()


@bp.errorhandler(NoSuchPart)
def _gone(_gone: NoSuchPart) -> ResponseReturnValue:
    """The part was taken out meanwhile (what was written is given back), or never was there."""
    written = [text for text in request.form.values() if len(text.split()) > 1]
    return render_template("errors/plain.html", status=404, kept=written), 404
