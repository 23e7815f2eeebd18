"""The picture of a question, an answer or a sentence: searched, chosen, taken away."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback import redrafting
from feedback.analysis.text import one_line
from feedback.forms import authoring as forms
from feedback.forms.pictures import UploadForm
from feedback.languages import DEFAULT
from feedback.queries import pictures as stored
from feedback.queries.pictures import FoundPicture
from feedback.questionnaire import Picture, Questionnaire, Wording, said
from feedback.vocabulary import Permission
from feedback.web.access import needs
from feedback.web.authoring.door import bp, change, draft_of
from feedback.web.frame import db, parts

LONGEST_SEARCH = 200  # letters
PICTURES_SHOWN = 48


@bp.route("/<name>/picture", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def picture(name: str) -> ResponseReturnValue:
    """Choose the picture of a question, an answer or a sentence, and say what it shows."""
    draft = draft_of(name)
    place = request.args.get("at", "")
    kept = redrafting.picture_at(draft.tree, place)
    words = redrafting.words_at(draft.tree, place)
    search = one_line(request.args.get("words", ""))[:LONGEST_SEARCH]
    chosen = stored.known(db(), request.values.get("name") or request.args.get("picture", ""))
    form = forms.picture_form(draft.tree)(data=_picture_data(draft.tree, kept, chosen))
    if form.validate_on_submit():
        made = None
        if request.form.get("do") != "none":
            known = stored.known(db(), form.name.data or "")
            if known is None:
                abort(404)
            made = forms.apply_picture(form)
        change(draft, lambda tree: redrafting.set_picture(tree, place, made), "picture")
        return _back_from_picture(name, place)
    found = (
        stored.find(db(), search, PICTURES_SHOWN)
        if search
        else stored.propose(db(), said(words, DEFAULT))
    )
    return render_template(
        "office/design/picture.html",
        draft=draft,
        place=place,
        words=words,
        search=search,
        kept=kept,
        chosen=chosen,
        found=found,
        form=form,
        back=_address_of(name, place),
        upload=_upload(name, place),
        most=parts().settings.largest_picture // 1_000_000,
    ), 422 if form.is_submitted() else 200


def _upload(name: str, place: str) -> UploadForm:
    """To bring in a picture and come back with it."""
    return UploadForm(formdata=None, data={"back": url_for(".picture", name=name, at=place)})


def _picture_data(
    tree: Questionnaire, kept: Picture | None, chosen: FoundPicture | None
) -> dict[str, Any]:
    """A picture's form as it begins: what was said of it, or what its set says it shows."""
    if chosen is None:
        return {}
    if kept is not None and kept.name == chosen.name:
        return {"name": kept.name, "alt": kept.alt, "decorative": kept.decorative}
    shows = chosen.shows[:1].upper() + chosen.shows[1:]
    english = {DEFAULT: Wording(standard=shows)} if shows and DEFAULT in tree.languages else {}
    return {"name": chosen.name, "alt": english, "decorative": False}


def _address_of(name: str, place: str) -> str:
    """The page that a picture's place belongs to."""
    kind, part, *_rest = place.split(":")
    if kind == "statement":
        return url_for(".page", name=name, page=part)
    return url_for(".question", name=name, question=part)


def _back_from_picture(name: str, place: str) -> ResponseReturnValue:
    anchor = f"#option-{place.rpartition(':')[2]}" if place.startswith("option:") else ""
    flash(gettext("Saved."))
    return redirect(_address_of(name, place) + anchor, code=303)
