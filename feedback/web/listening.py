"""An officer reads what people said: collections, results, comments, downloads."""

import re
from collections.abc import Callable
from typing import Literal

from flask import Blueprint, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup, escape

from feedback.analysis.text import one_line
from feedback.forms.account import ButtonForm
from feedback.models.collections import Collection
from feedback.models.surveys import Edition
from feedback.outputs import tables
from feedback.queries import collections as stored
from feedback.questionnaire import Wording, Words
from feedback.services import audit, exporting, measuring
from feedback.vocabulary import Permission
from feedback.web import findings
from feedback.web.access import needs
from feedback.web.frame import db, now, parts

bp = Blueprint("listening", __name__, url_prefix="/staff")

COMMENTS_A_PAGE = 25
LARGEST_ID = 2**31 - 1  # that every database can look for
MOST_PAGES = 1_000_000  # beyond any collection, and within what a database counts


@bp.get("/")
@needs(Permission.READ_RESULTS)
def collections() -> ResponseReturnValue:
    """Every collection, the newest first, with how many answered."""
    threshold = parts().settings.threshold_staff
    return render_template(
        "office/collections.html",
        rows=measuring.overview(db(), threshold=threshold, now=now()),
        survey_title=_survey_title,
        spoken=findings.spoken,
        tag_of=findings.tag_of,
        threshold=threshold,
        form=ButtonForm(),
    )


@bp.get("/collection/<int:collection_id>")
@needs(Permission.READ_RESULTS)
def results(collection_id: int) -> ResponseReturnValue:
    """How many began, sent and left where; each question counted."""
    collection = _collection(collection_id)
    threshold = parts().settings.threshold_staff
    report = measuring.report(db(), collection, parts().editions, threshold=threshold)
    return render_template(
        "office/results.html",
        collection=collection,
        state=measuring.state_of(collection, now=now()),
        report=report,
        editions=[
            findings.findings(part, number, threshold=threshold)
            for number, part in enumerate(report.parts, start=1)
        ],
        page_name=findings.page_name,
        threshold=threshold,
        form=ButtonForm(),
    )


@bp.get("/collection/<int:collection_id>/comments")
@needs(Permission.READ_COMMENTS)
def comments(collection_id: int) -> ResponseReturnValue:
    """What people wrote, newest first, with a search."""
    collection = _collection(collection_id)
    search = one_line(request.args.get("search", ""))[:200].strip()
    question = one_line(request.args.get("question", ""))[:40]
    page = min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    found = measuring.comments(
        db(),
        collection,
        parts().editions,
        search=search,
        question=question,
        page=page,
        page_size=COMMENTS_A_PAGE,
        threshold=parts().settings.threshold_staff,
    )
    if page > 1 and not found.comments:
        abort(404)
    return render_template(
        "office/comments.html",
        collection=collection,
        found=found,
        questions={each.name: findings.spoken(each.ask) for each in found.questions},
        marked=_marked(search),
        search=search,
        question=question,
        page=page,
        pages=-(-(found.count.count or 0) // COMMENTS_A_PAGE),
        threshold=parts().settings.threshold_staff,
        form=ButtonForm(),
    )


@bp.post("/collection/<int:collection_id>/<any(answers, comments):what>.<any(csv, xlsx):kind>")
@needs(Permission.EXPORT)
def export(
    collection_id: int, what: Literal["answers", "comments"], kind: str
) -> ResponseReturnValue:
    """A file of answers, or of comments: never both in one file."""
    collection = _collection(collection_id)
    ButtonForm().validate()
    threshold = parts().settings.threshold_staff
    headers, rows = exporting.table(db(), collection, what, parts().editions, threshold=threshold)
    audit.note(db(), current_user.user_id, f"export {what} {kind}", collection.code, now=now())
    if kind == "csv":
        content, media = tables.csv_bytes(headers, rows), "text/csv; charset=utf-8"
    else:
        content = tables.xlsx_bytes(what, headers, rows)
        media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    reply = make_response(content)
    reply.headers["Content-Type"] = media
    reply.headers["Content-Disposition"] = f'attachment; filename="{collection.code}-{what}.{kind}"'
    return reply


def _collection(collection_id: int) -> Collection:
    known = collection_id <= LARGEST_ID
    collection = stored.with_edition(db(), collection_id) if known else None
    if collection is None:
        abort(404)
    return collection


def _survey_title(edition: Edition) -> Words:
    return {tag: Wording(**words) for tag, words in edition.title.items()}


def _marked(search: str) -> Callable[[str], Markup]:
    """Writes a comment with the words that were looked for marked in it."""
    words = sorted(set(search.split()), key=len, reverse=True)
    if not words:
        return escape
    pattern = re.compile(f"({'|'.join(map(re.escape, words))})", re.IGNORECASE)

    def marked(text: str) -> Markup:
        pieces = [escape(piece) for piece in pattern.split(text)]  # every second one was found
        pieces[1::2] = [Markup("<mark>{}</mark>").format(piece) for piece in pieces[1::2]]
        return Markup("").join(pieces)

    return marked
