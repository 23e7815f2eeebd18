"""Notes taken at events: on a tablet, with or without a network; read, followed up, taken along."""

from base64 import b64encode
from functools import cache
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from feedback.errors import ChangedMeanwhile
from feedback.forms.account import ButtonForm
from feedback.forms.issue_cards import CardForm, card_data, differences
from feedback.forms.planning import Difference
from feedback.models.events import Event
from feedback.models.issue_cards import IssueCard
from feedback.outputs import tables
from feedback.queries import events
from feedback.queries import issue_cards as stored
from feedback.services import audit, capturing, following_up
from feedback.services.capturing import Noted
from feedback.settings import manifest, place
from feedback.vocabulary import (
    DAYS_TO_PUT_BACK,
    MONTHS_OF_CARDS,
    WORKING_DAYS_TO_ANSWER,
    CardState,
    Permission,
)
from feedback.web import carded
from feedback.web.access import needs, public
from feedback.web.frame import allow, db, now, parts, today, zone

bp = Blueprint("issue_cards", __name__, url_prefix="/staff/cards")

_EVENT = "/event/<int(max=2147483647):event_id>"
_CARD = "/<int(max=2147483647):card_id>"


@bp.get("/")
@needs(Permission.TAKE_NOTES)
def waiting() -> ResponseReturnValue:
    """What was said at all events and still waits for an answer, what is late first."""
    cards = carded.shown(stored.waiting(db(), only_of=current_user.only_of))
    cards.sort(key=lambda each: not each.late)
    return render_template("office/cards_waiting.html", cards=cards, **_shared())


@bp.get(_EVENT)
@needs(Permission.TAKE_NOTES)
def event(event_id: int) -> ResponseReturnValue:
    """What was said at an event, with what became of each."""
    found = _event(event_id)
    cards = stored.of_event(db(), found.id)
    numbers = following_up.overview(cards, today=today(), zone=zone())
    wanted = request.args.get("show", "")
    allow("connect-src")  # what waits on this tablet is sent from here too
    return render_template(
        "office/cards.html",
        event=found,
        cards=carded.matching(carded.shown(cards), wanted),
        numbers=numbers,
        filters=carded.filters(numbers),
        wanted=wanted,
        bin=carded.shown(stored.in_bin(db(), found.id)),
        days_to_put_back=DAYS_TO_PUT_BACK,
        **_shared(),
    )


@bp.post(f"{_EVENT}/cards.csv")
@needs(Permission.TAKE_NOTES)
def export(event_id: int) -> ResponseReturnValue:
    """The cards of an event as a file, for the meeting that follows them up."""
    found = _event(event_id)
    ButtonForm().validate()
    cards = carded.shown(stored.of_event(db(), found.id))
    subject = f"event {found.code}"
    audit.note(db(), current_user.user_id, "export issue cards csv", subject, now=now())
    reply = make_response(tables.csv_bytes(carded.COLUMNS, map(carded.row, cards)))
    reply.headers["Content-Type"] = "text/csv; charset=utf-8"
    reply.headers["Content-Disposition"] = f'attachment; filename="notes-{found.code}.csv"'
    return reply


# Taking notes


@bp.route(f"{_EVENT}/take", methods=["GET", "POST"])
@needs(Permission.TAKE_NOTES)
def take(event_id: int) -> ResponseReturnValue:
    """Take notes: one box, a theme, and whether it is answered; the cards so far stand below.

    With `device` it is the copy that a tablet keeps for when there is no network: it holds no
    card, and nobody is signed in on it.
    """
    found, form = _event(event_id), _form()
    if form.validate_on_submit():
        if (key := form.sound_key) is None:
            abort(400)
        card = _keep(found, key, form)
        flash(gettext("The card is kept."))
        return redirect(url_for(".take", event_id=found.id, _anchor=f"card-{card.id}"), code=303)
    device = "device" in request.args and not form.is_submitted()
    if not form.is_submitted():
        form.begin()
    allow("connect-src")
    allow("worker-src")
    page = render_template(
        "office/cards_take.html",
        event=found,
        cards=[] if device else carded.shown(stored.of_event(db(), found.id)),
        device=device,
        **_shared(form=form),
    )
    return page, 422 if form.is_submitted() else 200


@bp.post(f"{_EVENT}/send")
@needs(Permission.TAKE_NOTES)
def send(event_id: int) -> ResponseReturnValue:
    """Keep a card that waited on a device, and say how it reads now."""
    found, form = _event(event_id), _form()
    form.forgive()
    key = form.sound_key
    if not form.validate_on_submit() or key is None:
        return jsonify(kept=False), 422
    card = _keep(found, key, form)
    seen = stored.one(db(), card.id, lock=True)
    page = render_template("office/card_item.html", cards=carded.shown([seen] if seen else []))
    return jsonify(kept=True, number=card.id, html=page)


@bp.get("/device")
@needs(Permission.TAKE_NOTES)
def device() -> ResponseReturnValue:
    """Who is signed in here, and the key that opens what this device keeps for them."""
    key = parts().codes.cards_key(current_user.user_id)
    return jsonify(
        user=current_user.user_id,
        name=current_user.name,
        key=b64encode(key).decode(),
        csrf_token=generate_csrf(),
    )


@bp.get("/worker.js")
@public
def worker() -> ResponseReturnValue:
    """The script that opens the page for notes where there is no network; it knows nothing."""
    reply = make_response(_worker())
    reply.headers["Content-Type"] = "text/javascript; charset=utf-8"
    reply.headers["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
    return reply


@cache
def _worker() -> bytes:
    name = manifest().get("cards_worker.js", "cards_worker.js")
    return (place("static/dist") / name).read_bytes()


# One card


@bp.route(_CARD, methods=["GET", "POST"])
@needs(Permission.TAKE_NOTES)
def card(card_id: int) -> ResponseReturnValue:
    """Change a card, or say what became of it; whoever comes second sees what stands now."""
    found = _card(card_id)
    if found.removed_at is not None or found.forgotten_at is not None:
        return render_template("office/card_gone.html", card=found, **_shared())
    form, status, differ = _form(found), 200, list[Difference]()
    if form.validate_on_submit():
        try:
            facts, seen = _noted(form), form.seen_version
            capturing.change(db(), found, facts, version=seen, **_by())
        except ChangedMeanwhile:
            current = _form(found, sent=False)
            differ, status = differences(form, current), 409
            form.version.data = str(found.version)
        else:
            flash(gettext("The card is changed."))
            return redirect(_list_of(found), code=303)
    elif form.is_submitted():
        status = 422
    else:
        form.begin(found)
    page = render_template(
        "office/card.html",
        card=found,
        differences=differ,
        changed=status == 409,
        **_shared(form=form),
    )
    return page, status


@bp.post(f"{_CARD}/remove")
@needs(Permission.TAKE_NOTES)
def remove(card_id: int) -> ResponseReturnValue:
    """Put a card in the bin, from where the next page puts it back at one press."""
    found = _card(card_id)
    ButtonForm().validate()
    capturing.remove(db(), found, **_by())
    return redirect(url_for(".event", event_id=found.event_id, bin=found.id), code=303)


@bp.post(f"{_CARD}/put-back")
@needs(Permission.TAKE_NOTES)
def put_back(card_id: int) -> ResponseReturnValue:
    """Take a card out of the bin."""
    found = _card(card_id)
    ButtonForm().validate()
    capturing.put_back(db(), found, **_by())
    flash(gettext("The card is back."))
    return redirect(_list_of(found), code=303)


# What the views share


def _event(event_id: int) -> Event:
    found = events.one(db(), event_id, only_of=current_user.only_of)
    if found is None:
        abort(404)
    return found


def _card(card_id: int) -> IssueCard:
    lock = request.method == "POST"
    found = stored.one(db(), card_id, only_of=current_user.only_of, lock=lock)
    if found is None:
        abort(404)
    return found


def _list_of(found: IssueCard) -> str:
    return url_for(".event", event_id=found.event_id, _anchor=f"card-{found.id}")


def _by() -> dict[str, Any]:
    """Who does something, and when, for the record."""
    return {"by": current_user.user_id, "now": now()}


def _keep(found: Event, key: str, form: CardForm) -> IssueCard:
    taken_at = form.taken_at or now()
    return capturing.keep(db(), found, key, _noted(form), taken_at=taken_at, **_by())


def _form(found: IssueCard | None = None, *, sent: bool = True) -> CardForm:
    """The form of a card.

    Args:
        sent: read what was just sent, if anything was.
    """
    given: dict[str, Any] = {} if sent else {"formdata": None}
    form = CardForm(data=card_data(found) if found else None, **given)
    people, themes = list(events.who_may_run(db())), carded.themes_in_use()
    if found is not None and found.owner is not None and found.owner not in people:
        people.append(found.owner)
    if found is not None and found.theme_id is not None and found.theme_id not in dict(themes):
        themes.extend(carded.theme_names([found]).items())
    form.offer(themes=themes, organisations=events.organisations(db()), people=people)
    return form


def _noted(form: CardForm) -> Noted:
    return Noted(
        words=form.words.data,
        state=CardState(form.state.data),
        question=bool(form.question.data),
        answer=form.answer.data,
        theme_id=form.theme.number,
        organisation_id=form.organisation.number,
        service=form.service.data,
        owner_id=form.owner.number,
        owner_organisation_id=form.owner_organisation.number,
        due_on=form.due_on.data,
    )


def _shared(*, form: CardForm | ButtonForm | None = None) -> dict[str, Any]:
    """What all pages of this door need."""
    return {
        "form": form or ButtonForm(),
        "states": CardState,
        "working_days": WORKING_DAYS_TO_ANSWER,
        "months": MONTHS_OF_CARDS,
        "idle_minutes": parts().settings.idle_minutes,
    }
