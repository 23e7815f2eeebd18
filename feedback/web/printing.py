"""Posters, slips, cards and paper surveys to print."""

from collections.abc import Sequence
from typing import Literal

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from feedback.forms.account import ButtonForm
from feedback.forms.printing import MOST_CARDS, CardsForm, DocumentForm
from feedback.models.collections import Collection
from feedback.models.events import Event
from feedback.outputs import documents, paper
from feedback.outputs.documents import Handed, Reader
from feedback.outputs.illustrating import uploads
from feedback.queries import documents as stored
from feedback.queries import events as planned
from feedback.questionnaire import Questionnaire
from feedback.vocabulary import Channel, Permission, Presentation
from feedback.web.access import needs
from feedback.web.frame import db, now, parts, public_address, set_language

bp = Blueprint("printing", __name__, url_prefix="/staff")

USUAL_NUMBER = 15  # cards, where nobody said how many people are to come
MOST_IN_FILE = 3000  # cards; 300 sheets, made in some seconds


@bp.get("/collection/<int:collection_id>/print")
@needs(Permission.PRINT)
def choices(collection_id: int) -> ResponseReturnValue:
    """All that can be printed for a collection, and the links for other ways to answer."""
    collection, asked = _collection(collection_id)
    event = collection.event
    sessions = len(_series(event.series_id)) if event and event.series_id else 0
    return render_template(
        "office/print.html",
        collection=collection,
        event=event,
        sessions=sessions,
        document=_document_form(asked),
        cards=_cards_form(event),
        address=documents.spoken(_address_of(collection)),
        links=_links(collection),
        form=ButtonForm(),
    )


@bp.get("/collection/<int:collection_id>/<any(poster, slips, paper):what>.pdf")
@needs(Permission.PRINT)
def document(collection_id: int, what: Literal["poster", "slips", "paper"]) -> ResponseReturnValue:
    """A poster, a sheet of slips or a paper survey, in one language and wording."""
    collection, asked = _collection(collection_id)
    chosen = _document_form(asked)
    reader = _reader(chosen.lang.data, Presentation(chosen.read.data))
    size = request.args.get("size", "")
    uploaded = stored.pictures(db(), uploads(asked.pictures))
    if what == "paper":
        large = size == "large"
        made = paper.paper(
            asked,
            _form_of(collection, chosen.give.data or ""),
            reader,
            "large" if large else "normal",
            uploaded,
            now=now(),
        )
        kind = "paper-large" if large else "paper"
    else:
        asking = documents.of_collection(collection, asked, _address_of(collection), reader)
        if what == "slips":
            made, kind = documents.slips(asking, reader, now=now()), "slips"
        else:
            sheet: documents.PosterSize = "a3" if size == "a3" else "a4"
            made = documents.posters([asking], reader, sheet, uploaded, now=now())
            kind = f"poster-{sheet}"
    easy = ["easy"] if reader.presentation is Presentation.EASY_READ else []
    return _pdf(made, collection.code, kind, reader.language, *easy)


@bp.get("/events/<int:event_id>/cards.pdf")
@needs(Permission.PRINT)
def event_cards(event_id: int) -> ResponseReturnValue:
    """Cards with two words for the people of one event; the same each time they are printed."""
    event = planned.one(db(), event_id, only_of=current_user.only_of)
    if event is None:
        abort(404)
    chosen = _cards_form(event)
    made = _cards([event], chosen)
    return _pdf(made, event.code, "cards", chosen.lang.data)


@bp.get("/series/<int:series_id>/<any(cards, posters):what>.pdf")
@needs(Permission.PRINT)
def series(series_id: int, what: Literal["cards", "posters"]) -> ResponseReturnValue:
    """The cards or the posters of all events of a series in one file."""
    events = _series(series_id)
    if not events:
        abort(404)
    chosen = _cards_form(None)
    if what == "cards":
        made = _cards(events, chosen)
    else:
        reader = _reader(chosen.lang.data, Presentation.STANDARD)
        asking = [documents.of_event(event, _address_of_event(event)) for event in events]
        made = documents.posters(asking, reader, "a4", {}, now=now())
    return _pdf(made, f"series-{series_id}", what, chosen.lang.data)


def _cards(events: Sequence[Event], chosen: CardsForm) -> bytes:
    wished = chosen.number.data if "number" in request.args else None
    most = min(MOST_CARDS, max(1, MOST_IN_FILE // len(events)))

    def handed(event: Event) -> Handed:
        number = min(wished or event.planned or USUAL_NUMBER, most)
        return Handed(event, _address_of_event(event), parts().codes.cards(event.code, number))

    reader = _reader(chosen.lang.data, Presentation.STANDARD)
    return documents.cards([handed(event) for event in events], reader, now=now())


def _collection(collection_id: int) -> tuple[Collection, Questionnaire]:
    collection = stored.collection(db(), collection_id, only_of=current_user.only_of)
    if collection is None:
        abort(404)
    return collection, parts().editions.asked(db(), collection.edition_id).questionnaire


def _series(series_id: int) -> Sequence[Event]:
    return stored.events_of_series(db(), series_id, only_of=current_user.only_of)


def _document_form(asked: Questionnaire) -> DocumentForm:
    form = DocumentForm(request.args)
    form.offer(asked.complete_languages, easy=asked.has_easy_read, easy_first=asked.easy_first)
    return form


def _cards_form(event: Event | None) -> CardsForm:
    form = CardsForm(request.args)
    form.offer(usual=(event.planned if event else None) or USUAL_NUMBER)
    return form


def _reader(language: str, presentation: Presentation) -> Reader:
    """Whom the document is for; its words come in their language, and only on this one page."""
    set_language(language)
    return Reader(language, presentation, parts().settings.host_name)


def _form_of(collection: Collection, return_to: str) -> paper.Form:
    settings = parts().settings
    return paper.Form(
        code=collection.code,
        edition=collection.edition.number,
        return_to=return_to,
        help_line=settings.help_line,
        help_number=settings.help_number,
        emergency_number=settings.emergency_number,
    )


def _address_of(collection: Collection, by: str | None = None) -> str:
    return public_address(url_for("respond.start", code=collection.code, by=by))


def _address_of_event(event: Event) -> str:
    return public_address(f"/e/{event.code}")


def _links(collection: Collection) -> list[tuple[Channel, str]]:
    """Each further way to answer that a collection allows, with the address that begins it."""
    return [
        (channel, _address_of(collection, by=channel.by))
        for channel in Channel
        if channel.by and channel in collection.channels
    ]


def _pdf(content: bytes, *name: str) -> ResponseReturnValue:
    reply = make_response(content)
    reply.headers["Content-Type"] = "application/pdf"
    reply.headers["Content-Disposition"] = f'attachment; filename="{"-".join(name)}.pdf"'
    return reply
