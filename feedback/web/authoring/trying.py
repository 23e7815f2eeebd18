"""A survey as the person will see it, in a frame the size of a phone; nothing is kept."""

from functools import partial
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.forms.account import ButtonForm
from feedback.forms.questions import page_form
from feedback.languages import OFFERED
from feedback.queries import surveys as stored
from feedback.questionnaire import Questionnaire, said
from feedback.vocabulary import Channel, Permission, Presentation
from feedback.web.access import needs
from feedback.web.authoring.door import bp, button_form, survey_of
from feedback.web.findings import page_name
from feedback.web.frame import allow, db, set_language

SIZES = ("phone", "tablet")


@bp.get("/<name>/try")
@needs(Permission.DESIGN)
def try_out(name: str) -> ResponseReturnValue:
    """The frame, with switches for language, wording and pictures beside it."""
    tree = _tree(name)
    look = _look(tree)
    position = min(max(0, request.args.get("position", 0, type=int)), len(tree.pages))
    allow("frame-src")
    return render_template(
        "office/design/try.html",
        name=name,
        tree=tree,
        look=look,
        position=position,
        size="tablet" if request.args.get("size") == "tablet" else "phone",
        languages=[(tag, OFFERED[tag].own_name) for tag in tree.languages if tag in OFFERED],
        pages=[(at, page_name(page)) for at, page in enumerate(tree.pages, start=1)],
        form=button_form(),
    )


@bp.route("/<name>/try/<int:position>", methods=["GET", "POST"])
@needs(Permission.DESIGN)
def framed(name: str, position: int) -> ResponseReturnValue:
    """One page inside the frame; its buttons lead on and store nothing."""
    tree = _tree(name)
    look = _look(tree)
    allow("frame-ancestors")
    if request.method == "POST":
        ButtonForm().validate()
        return redirect(url_for(".framed", name=name, position=position + 1, **look), code=303)
    presentation = Presentation(look["read"])
    set_language(look["tag"])
    say = partial(said, language=look["tag"], presentation=presentation)
    if position < 1 or position > len(tree.pages):
        return render_template(
            "respond/start.html",
            collection=None,
            start_address=url_for(".framed", name=name, position=0, **look),
            looked_at=f"&{urlencode(look)}",
            asked=tree,
            presentation=presentation,
            pictures=look["pictures"] == "on",
            begun=None,
            channel=Channel.OWN_PHONE,
            form=ButtonForm(),
            say=say,
        )
    page = tree.pages[position - 1]
    form = page_form(page)(formdata=None)
    return render_template(
        "respond/page.html",
        visit=SimpleNamespace(
            language=look["tag"],
            presentation=presentation,
            pictures=look["pictures"] == "on",
            code=None,
        ),
        asked=tree,
        page=page,
        form=form,
        fields=form.asked,
        problems=[],
        warns=any(field.question.kind.has_text for field in form.asked),
        number=position,
        total=len(tree.pages),
        unsure=False,
        back=url_for(".framed", name=name, position=position - 1, **look),
        say=say,
    )


def _tree(name: str) -> Questionnaire:
    found = survey_of(name)
    return stored.read_edition(db(), found.editions[0].id).questionnaire


def _look(tree: Questionnaire) -> dict[str, Any]:
    """In which language, wording and with which pictures to look."""
    wanted = request.args
    usual = Presentation.EASY_READ if tree.easy_first else Presentation.STANDARD
    read = wanted.get("read", "")
    tag = wanted.get("tag", "")  # not `language`, which is that of whoever is trying
    return {
        "tag": tag if tag in tree.languages else tree.languages[0],
        "read": read if read in list(Presentation) else usual.value,
        "pictures": "off" if wanted.get("pictures") == "off" else "on",
    }
