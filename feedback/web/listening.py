"""An officer reads what people said: collections, results, comments, downloads."""

import re
from collections.abc import Callable
from typing import Literal

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup, escape

from feedback.analysis.text import one_line
from feedback.errors import ReadWithItsSession
from feedback.forms import office_words
from feedback.forms.account import ButtonForm
from feedback.models.collections import Collection
from feedback.models.events import Series
from feedback.outputs import tables
from feedback.queries import collections as stored
from feedback.queries import events
from feedback.services import audit, exporting, measuring
from feedback.vocabulary import Permission
from feedback.web import findings, reasons
from feedback.web.access import needs
from feedback.web.frame import db, now, parts

bp = Blueprint("listening", __name__, url_prefix="/staff")

COMMENTS_A_PAGE = 25
MOST_PAGES = 1_000_000  # beyond any collection, and within what a database counts


@bp.get("/")
@needs(Permission.READ_RESULTS)
def collections() -> ResponseReturnValue:
    """Every collection, the newest first, with how many answered; those of a series as one line."""
    threshold = parts().settings.threshold_staff
    rows, series = measuring.all_together(
        db(), threshold=threshold, now=now(), only_of=current_user.only_of
    )
    return render_template(
        "office/collections.html",
        rows=rows,
        series=series,
        counted=findings.counted_together,
        titled=findings.titled,
        words=office_words,
        threshold=threshold,
        form=ButtonForm(),
    )


@bp.get("/collections/series/<int:series_id>")
@needs(Permission.READ_RESULTS)
def collections_of_series(series_id: int) -> ResponseReturnValue:
    """The collections of one course or series, session by session."""
    series = events.entry(db(), Series, series_id)
    if series is None:
        abort(404)
    threshold = parts().settings.threshold_staff
    rows = measuring.overview(
        db(), threshold=threshold, now=now(), only_of=current_user.only_of, series_id=series_id
    )
    if not rows:  # none at all, or none that this person may see
        abort(404)
    return render_template(
        "office/collections_of_series.html",
        series=series,
        rows=rows,
        titled=findings.titled,
        words=office_words,
        threshold=threshold,
        form=ButtonForm(),
    )


@bp.get("/collection/<int:collection_id>")
@needs(Permission.READ_RESULTS)
def results(collection_id: int) -> ResponseReturnValue:
    """How many began, sent and left where; each question counted."""
    collection = _collection(collection_id)
    if collection.of_session:
        return redirect(url_for("sessions.event", event_id=collection.event_id))
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
    if collection.of_session:
        return redirect(url_for("sessions.event", event_id=collection.event_id))
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
        hard=reasons.hard,
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
    if collection.of_session:
        raise ReadWithItsSession
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
    collection = stored.with_edition(db(), collection_id, only_of=current_user.only_of)
    if collection is None:
        abort(404)
    return collection


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
