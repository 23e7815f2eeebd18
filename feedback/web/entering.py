"""Answers that came on paper are typed in."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_login import current_user

from feedback.errors import AlreadySent
from feedback.forms.account import ButtonForm
from feedback.forms.entering import PaperForm, paper_form
from feedback.forms.questions import field_name
from feedback.models.collections import Collection
from feedback.outputs.paper import digits
from feedback.outputs.routing import numbers, only_if
from feedback.queries import documents, paper, responses
from feedback.queries.surveys import Asked
from feedback.questionnaire import Questionnaire, said
from feedback.services import collecting, entering, responding
from feedback.services.entering import AFTER
from feedback.vocabulary import DAYS_FOR_PAPER, Channel, Helper, Permission, Presentation
from feedback.web.access import MOST_PLACES, needs
from feedback.web.frame import db, language, now, parts

bp = Blueprint("entering", __name__, url_prefix="/staff/paper")


@bp.get("/")
@needs(Permission.ENTER_PAPER)
def collections() -> ResponseReturnValue:
    """Collections whose paper forms can be typed in, with how many were."""
    moment = now()
    rows = paper.collections(
        db(), closed_since=moment - AFTER, now=moment, only_of=current_user.only_of
    )
    return render_template(
        "office/paper.html",
        rows=rows,
        typed=paper.typed(db(), [row.id for row in rows], since=_midnight(moment)),
        nothing=paper.Typed(),
        closed=[row.id for row in rows if row.closes_at and row.closes_at <= moment],
        after=AFTER,
        days=DAYS_FOR_PAPER,
        form=ButtonForm(),
    )


@bp.route("/<int:collection_id>", methods=["GET", "POST"])
@needs(Permission.ENTER_PAPER)
def entry(collection_id: int) -> ResponseReturnValue:
    """All questions on one page, typed in form after form."""
    collection = _collection(collection_id)
    collecting.check_open(collection, now=now(), after=AFTER)
    asked = parts().editions.asked(db(), collection.edition_id)
    form = _form(asked)
    if not form.is_submitted():
        return _show(collection, asked, form)
    sound = form.validate()
    given = form.answers()
    surplus = entering.not_asked(asked.questionnaire, given)
    if not sound:
        return _show(collection, asked, form), 422
    if surplus and form.left_out.data != " ".join(surplus):
        _warn(asked.questionnaire, form, surplus)
        return _show(collection, asked, form), 422
    session["typing"] = {"language": form.language.data, "read": form.read.data}
    try:
        visit = entering.type_in(
            db(),
            collection,
            asked,
            form.submission.data or "",
            given,
            parts().codes,
            language=form.language.data,
            presentation=Presentation(form.read.data),
            helper=Helper(form.helper.data) if form.helper.data else None,
            may_be_quoted=bool(form.may_be_quoted.data),
            user_id=current_user.user_id,
            now=now(),
        )
    except AlreadySent:
        db().rollback()
        form.submission.data = secrets.token_hex(16)
        return _show(collection, asked, form, again=True), 409
    _remember(collection.code, visit.submission_id)
    return redirect(url_for(".entry", collection_id=collection.id), code=303)


@bp.post("/<int:collection_id>/undo")
@needs(Permission.ENTER_PAPER)
def undo(collection_id: int) -> ResponseReturnValue:
    """Take back the form that was typed in last, while its typist is still here."""
    collection = _collection(collection_id)
    number, last = _sitting(collection.code)
    if ButtonForm().validate_on_submit() and last:
        entering.undo(
            db(), collection, last, parts().codes, user_id=current_user.user_id, now=now()
        )
        _keep_sitting(collection.code, number - 1, "")
    return redirect(url_for(".entry", collection_id=collection.id, undone=1), code=303)


def _collection(collection_id: int) -> Collection:
    collection = documents.collection(db(), collection_id, only_of=current_user.only_of)
    if collection is None or Channel.PAPER not in collection.channels:
        abort(404)
    return collection


def _form(asked: Asked) -> PaperForm:
    kept = session.get("typing") or {}
    form = paper_form(asked.questionnaire)(data={**kept, "submission": secrets.token_hex(16)})
    form.offer(asked.questionnaire, _helpers())
    return form


def _show(collection: Collection, asked: Asked, form: PaperForm, *, again: bool = False) -> str:
    number, last = _sitting(collection.code)
    visit = responses.visit(db(), last) if last else None
    typed = paper.typed(db(), [collection.id], since=_midnight(now()))
    questionnaire = asked.questionnaire
    say = partial(said, language=language())
    count = numbers(questionnaire)
    return render_template(
        "office/paper_entry.html",
        collection=collection,
        asked=questionnaire,
        form=form,
        pages=[
            (only_if(questionnaire, page, say), [_field(form, q.name) for q in page.questions])
            for page in questionnaire.pages
            if page.questions
        ],
        first=next(iter(form.asked), None),
        count=count,
        digits=digits,
        problems=[
            (
                field.first_id,
                _(
                    "Question %(number)s: %(problem)s",
                    number=format_decimal(count[field.question.name]),
                    problem=field.errors[0],
                ),
            )
            for field in form.asked
            if field.errors
        ],
        again=again,
        undone="undone" in request.args and not last,
        receipt=responding.receipt(visit, parts().codes) if visit else None,
        sitting=number,
        in_all=typed.get(collection.id, paper.Typed()).in_all,
        say=say,
    )


def _field(form: PaperForm, name: str) -> Any:
    return form[field_name(name)]


def _warn(asked: Questionnaire, form: PaperForm, surplus: list[str]) -> None:
    """Say of each answer that will be left out why, and let the next save leave it out."""
    say = partial(said, language=language())
    pages = {question.name: page for page in asked.pages for question in page.questions}
    for name in surplus:
        only = only_if(asked, pages[name], say)
        _field(form, name).errors = [
            _(
                "It was answered, but it was not for this person, so it will be left out. "
                "%(only)s Mend what was typed wrongly, or save again.",
                only=only.line if only else "",
            )
        ]
    form.left_out.data = " ".join(surplus)


def _helpers() -> dict[Helper, str]:
    return {
        Helper.NOBODY: _("Nobody"),
        Helper.FAMILY: _("Somebody in the family"),
        Helper.FRIEND: _("A friend"),
        Helper.WORKER: _("Somebody who works with them"),
        Helper.YOUNG_PERSON: _("A young person"),
    }


def _midnight(moment: datetime) -> datetime:
    """When today began, where the host is."""
    here = moment.astimezone(ZoneInfo(parts().settings.time_zone))
    return here.replace(hour=0, minute=0, second=0, microsecond=0)


# One sitting: from signing in to signing out, in one browser


def _sitting(code: str) -> tuple[int, str]:
    """How many forms of a collection were typed in this sitting, and the id of the last."""
    kept: Mapping[str, Any] = session.get("typed") or {}
    number, last = kept.get(code) or (0, "")
    return number, last


def _remember(code: str, submission_id: str) -> None:
    number, last = _sitting(code)
    if submission_id != last:
        _keep_sitting(code, number + 1, submission_id)


def _keep_sitting(code: str, number: int, last: str) -> None:
    kept: Mapping[str, Any] = session.get("typed") or {}
    others = [(other, held) for other, held in kept.items() if other != code]
    session["typed"] = dict([*others, (code, (number, last))][-MOST_PLACES:])
