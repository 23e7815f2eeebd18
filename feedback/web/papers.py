"""Papers for everybody: the list, each as a page and as files, and that one was taken back."""

from flask import Blueprint, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from feedback.models.reports import PublicPaper
from feedback.outputs.papers.web_file import shown
from feedback.queries import published
from feedback.queries import reports as stored
from feedback.web import paper_files, paper_today, report_words
from feedback.web.access import public
from feedback.web.frame import db
from feedback.web.paper_parts import in_language

bp = Blueprint("papers", __name__, url_prefix="/papers")

_NUMBER = "<int(max=2147483647):number>"
EASY = "easy"


@bp.get("")
@public
def every() -> ResponseReturnValue:
    """All papers that everybody may read, the newest first."""
    return render_template(
        "public/papers.html", papers=published.papers(db()), kinds=report_words.KINDS
    )


@bp.get(f"/{_NUMBER}")
@public
def paper(number: int) -> ResponseReturnValue:
    """One paper as it is read today, in its own words or in easy read."""
    found = _paper(number)
    version = found.version
    if found.withdrawn_at is not None:
        page = render_template("public/paper_withdrawn.html", found=found, report=version.report)
        return page, 410
    easy = paper_today.easy(version) if request.args.get("read") == EASY else None
    read = easy or paper_today.for_everybody(paper_today.frozen(version))
    with in_language(read.language):
        told = shown(read, {})
    newer = [
        each
        for each in published.papers(db())
        if each.version.report_id == version.report_id and each.version.number > version.number
    ]
    return render_template(
        "public/paper.html",
        found=found,
        title=read.title,
        told=told,
        easy=easy is not None,
        has_easy="easy" in version.content,
        newer=newer[0].id if newer else None,
        files=[
            (ending, words)
            for ending, (words, _) in paper_files.for_everybody(version).items()
            if ending.startswith("easy.") == (easy is not None)
        ],
    )


@bp.get(f"/{_NUMBER}/paper.<ending>")
@public
def file(number: int, ending: str) -> ResponseReturnValue:
    """A paper as a file to keep."""
    found = _paper(number)
    files = paper_files.for_everybody(found.version)
    if ending not in files or found.withdrawn_at is not None:
        abort(404)
    reply = make_response(paper_files.made(found.version, ending, public=True))
    reply.headers["Content-Type"] = files[ending][1]
    reply.headers["Content-Disposition"] = f'attachment; filename="paper-{number}.{ending}"'
    return reply


def _paper(number: int) -> PublicPaper:
    found = stored.public_paper(db(), number)
    if found is None:
        abort(404)
    return found
