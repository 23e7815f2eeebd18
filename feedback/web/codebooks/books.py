"""All codebooks; one with its themes; a file in and out; versions; frameworks."""

from typing import Any

from flask import flash, make_response, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.errors import ChangedMeanwhile
from feedback.forms import office_words as words
from feedback.forms.account import ButtonForm
from feedback.forms.codebooks import CodebookFileForm, SeenForm
from feedback.queries import codebooks as stored
from feedback.services import recoding
from feedback.services.codebooks import words_of
from feedback.vocabulary import Permission
from feedback.web import deeds
from feedback.web.access import needs
from feedback.web.codebooks.door import OF_BOOK, begun, book_of, bp, by, to_book
from feedback.web.frame import db

# bytes of a request that brings a file: twice the largest file, so that a page can say that it is
# too large
ROOM = 2_000_000


@bp.get("/")
@needs(Permission.CODE)
def books() -> ResponseReturnValue:
    """Every codebook, the one in use first."""
    rows = [book_of(each.id) for each in stored.listed(db())]
    return render_template("office/codebooks/books.html", rows=rows, form=ButtonForm())


@bp.post("/start")
@needs(Permission.CODE)
def start() -> ResponseReturnValue:
    """Start with the codebook that travels with the program; safe to do twice."""
    return to_book(recoding.begin(db(), by=by()).id)


@bp.route("/from-file", methods=["GET", "POST"])
@needs(Permission.CODE)
def from_file() -> ResponseReturnValue:
    """Bring a codebook in; a wrong file changes nothing and is told line by line."""
    from feedback.outputs import codebooks as files  # reads files, which no other page does
    from feedback.outputs.lined import LARGEST_FILE, WrongFile

    form = CodebookFileForm()
    problems: list[str] = []
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        name, content = gettext("your file"), b""
        if sent := form.file.data:
            content = sent.read(LARGEST_FILE + 1)
            sent.close()
        try:
            book = files.read_codebook(content, file=name)
            ties = files.read_ties(content, file=name)
            codebook = recoding.load(db(), book, ties, seen=form.seen_version, by=by())
        except WrongFile as wrong:
            problems = wrong.problems
        except ChangedMeanwhile:
            return _file_again(form, book.name)
        else:
            flash(gettext("The file was brought in."))
            return to_book(codebook.id)
    page = render_template("office/codebooks/from_file.html", form=form, problems=problems)
    return page, status


@bp.url_value_preprocessor
def _make_room(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A file is larger than any other request; only somebody who has signed in may send one."""
    if endpoint == "codebooks.from_file" and "_user_id" in session:
        request.max_content_length = ROOM


def _file_again(form: CodebookFileForm, name: str) -> ResponseReturnValue:
    """There is a codebook of this name that the file would change: ask first."""
    known = stored.called(db(), name)
    number = stored.newest(db(), known.id).number if known else 0
    form.seen.data = str(number)
    return render_template(
        "office/codebooks/from_file.html", form=form, problems=[], replaces=name, number=number
    ), 409


@bp.get(OF_BOOK)
@needs(Permission.CODE)
def book(codebook_id: int) -> ResponseReturnValue:
    """The themes of a codebook, and those that do not stand in it any more."""
    found = book_of(codebook_id)
    return render_template(
        "office/codebooks/book.html",
        book=found,
        gone=stored.gone(db(), found.id),
        counted=words.tags_counted,
        form=ButtonForm(),
    )


@bp.post(f"{OF_BOOK}/use")
@needs(Permission.CODE)
def use(codebook_id: int) -> ResponseReturnValue:
    """Read comments with this codebook from now on."""
    recoding.choose(db(), book_of(codebook_id).codebook, by=by())
    flash(gettext("Comments are read with this codebook from now on."))
    return to_book(codebook_id)


@bp.get(f"{OF_BOOK}/file")
@needs(Permission.CODE)
def file(codebook_id: int) -> ResponseReturnValue:
    """The codebook as a file to keep, send or change elsewhere."""
    from feedback.outputs import codebooks as files

    found = book_of(codebook_id)
    ties = {row.theme.code: tuple(row.tags) for row in found.themes}
    reply = make_response(files.write_codebook(words_of(found.version, found.themes), ties))
    reply.headers["Content-Type"] = "application/yaml; charset=utf-8"
    name = f"codebook-{codebook_id}-version-{found.number}.yaml"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


@bp.get(f"{OF_BOOK}/frameworks")
@needs(Permission.CODE)
def frameworks(codebook_id: int) -> ResponseReturnValue:
    """The themes that speak to each part of a framework; the parts and themes without any."""
    found = book_of(codebook_id)
    tied = [
        (
            framework,
            [(said, [row for row in found.themes if code in row.tags]) for code, said in tags],
        )
        for framework, tags in words.tag_choices()
    ]
    return render_template(
        "office/codebooks/frameworks.html",
        book=found,
        tied=tied,
        loose=[row for row in found.themes if not row.tags],
        form=ButtonForm(),
    )


@bp.get(f"{OF_BOOK}/history")
@needs(Permission.CODE)
def history(codebook_id: int) -> ResponseReturnValue:
    """Every version: what was changed, by whom and when, with a way back."""
    found, form = book_of(codebook_id), SeenForm()
    begun(form, found)
    last = stored.last_wordings(db(), codebook_id)
    names = {theme_id: row.name for theme_id, row in last.items()}
    changes = [
        (each, deeds.version_words(each.what, names)) for each in stored.changes(db(), codebook_id)
    ]
    return render_template("office/codebooks/history.html", book=found, changes=changes, form=form)


@bp.post(f"{OF_BOOK}/restore/<int:number>")
@needs(Permission.CODE)
def restore(codebook_id: int, number: int) -> ResponseReturnValue:
    """Go back to an earlier version; the way there is kept as well."""
    found, form = book_of(codebook_id), SeenForm()
    form.validate()
    recoding.restore(db(), found.codebook, number, seen=form.seen_version, by=by())
    flash(gettext("The codebook is as it was in version %(number)s.", number=number))
    return to_book(codebook_id)
