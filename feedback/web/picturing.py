"""Pictures: the library of all sets, bringing one in, and serving what was brought in.

Choosing a picture for a question belongs to the door that writes questions: it shows
`macros/pictures.html` with what `queries.pictures` finds.
"""

from typing import Any

from flask import (
    Blueprint,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from feedback.analysis.text import one_line
from feedback.errors import PictureRefused, PictureTooHeavy, TooMuch
from feedback.forms.pictures import UploadForm
from feedback.outputs.images import WEBP
from feedback.queries import pictures
from feedback.questionnaire import UPLOADED
from feedback.services import picturing
from feedback.vocabulary import Permission
from feedback.web.access import needs, public
from feedback.web.frame import db, now, parts, refusal_page

bp = Blueprint("picturing", __name__)

SHOWN_AT_ONCE = 24
ROOM = 4  # times the largest picture: what is read, so that a page can say that it is too large
ONE_YEAR = 31_536_000  # seconds
# A drawing that somebody opens by itself is cut off from everything, and draws.
SEALED = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@bp.get("/pictures/<string(length=64):digest>")
@public
def picture(digest: str) -> ResponseReturnValue:
    """A picture that was brought in. Its address is its content's, so it never changes."""
    found = pictures.by_name(db(), f"{UPLOADED}{digest}")
    if found is None:
        abort(404)
    reply = make_response(found.content)
    reply.headers["Content-Type"] = found.media
    reply.headers["Content-Security-Policy"] = SEALED
    reply.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    as_page = found.media == WEBP
    reply.headers["Content-Disposition"] = (
        "inline" if as_page else 'attachment; filename="drawing.svg"'
    )
    return reply


@bp.get("/staff/pictures/")
@needs(Permission.DESIGN)
def library() -> ResponseReturnValue:
    """All pictures that there are, with a search."""
    return _library(UploadForm(data={"back": _back(request.args.get("back"))}))


@bp.post("/staff/pictures/")
@needs(Permission.DESIGN)
def bring_in() -> ResponseReturnValue:
    """Take a picture into the library, or say why not."""
    form = UploadForm()
    largest = parts().settings.largest_picture
    if not form.validate_on_submit():
        return _library(form, status=422)
    content = form.file.data.stream.read(largest + 1)
    db().commit()  # who it is has been asked; nobody waits while the picture is read
    try:
        kept = picturing.keep(
            db(),
            content,
            form.all_words,
            form.credit.data or "",
            current_user.user_id,
            largest=largest,
            now=now(),
        )
    except PictureRefused as refusal:
        form.file.errors = [_said(refusal)]
        return _library(form, status=refusal.status)
    back = _back(form.back.data)
    if back:
        return redirect(f"{back}{'&' if '?' in back else '?'}picture={kept.name}", code=303)
    return redirect(url_for(".library", kept=kept.name), code=303)


@bp.url_value_preprocessor
def _make_room(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A picture is larger than any other request; only somebody who has signed in may send one."""
    if endpoint == "picturing.bring_in" and "_user_id" in session:
        request.max_content_length = ROOM * parts().settings.largest_picture


@bp.errorhandler(RequestEntityTooLarge)
def _too_much(_trouble: RequestEntityTooLarge) -> ResponseReturnValue:
    """So much larger that it was not read: what was typed beside it is lost too."""
    if not (current_user.is_authenticated and current_user.may(Permission.DESIGN)):
        return refusal_page(TooMuch())
    form = UploadForm(formdata=None)
    refusal = PictureTooHeavy(most=parts().settings.largest_picture // 1_000_000)
    form.file.errors = [_said(refusal)]
    return _library(form, status=refusal.status)


def _library(form: UploadForm, *, status: int = 200) -> ResponseReturnValue:
    words = one_line(request.args.get("words", ""))[:200]
    of = request.args.get("set", "")
    of = of if of in pictures.SETS else ""
    shown = max(SHOWN_AT_ONCE, request.args.get("shown", 0, type=int))
    found = pictures.find(db(), words, of=of)
    kept = request.args.get("kept", "")
    page = render_template(
        "office/pictures.html",
        form=form,
        words=words,
        of=of,
        counts=pictures.counts(db()),
        found=found[:shown],
        total=len(found),
        shown=shown,
        step=SHOWN_AT_ONCE,
        kept=pictures.known(db(), kept) if kept.startswith(UPLOADED) else None,
        most=parts().settings.largest_picture // 1_000_000,
    )
    return page, status


def _said(refusal: PictureRefused) -> str:
    return f"{gettext(refusal.title)}. {gettext(refusal.message, **refusal.facts)}"


def _back(wanted: str | None) -> str:
    """Where somebody came from to bring in a picture, if that is a page of ours."""
    plain = one_line(wanted).partition("#")[0]
    return plain if plain.startswith("/staff/") and "\\" not in plain else ""
