"""An officer opens a collection; before and after; how many answered."""

from random import SystemRandom

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext
from flask_login import current_user

from feedback.errors import ClosesBeforeItOpens, CodeTaken, NotSignedOff
from feedback.forms import office_words as words
from feedback.forms.account import ButtonForm
from feedback.forms.collecting import CollectionFactsForm, CollectionForm, ExtendForm
from feedback.forms.fields import whole
from feedback.models.collections import Collection
from feedback.models.events import Event
from feedback.models.surveys import Edition
from feedback.queries import collections as stored
from feedback.queries import events
from feedback.queries.collections import plain_code
from feedback.services import collecting, measuring
from feedback.services.collecting import LONGEST_CODE, LONGEST_REASON
from feedback.vocabulary import Audience, Channel, Part, Permission
from feedback.web import deeds, findings, signed
from feedback.web.access import needs
from feedback.web.frame import db, now, parts, public_url, zone
from feedback.web.squares import square

bp = Blueprint("collecting", __name__, url_prefix="/staff")


@bp.route("/collections/new", methods=["GET", "POST"])
@needs(Permission.PLAN)
def new() -> ResponseReturnValue:
    """Open a published survey to an audience for a time, under a short code."""
    event = _event_asked_about()
    editions = {each.id: each for each in stored.may_be_asked(db())}
    form = CollectionForm(data=_proposed(event))
    form.longest_code, form.reserved = LONGEST_CODE, _our_addresses()
    form.offer(zone=zone(), now=now())
    form.offer_surveys((each.id, _called(each)) for each in editions.values())
    if event is None:
        del form.part
    if form.validate_on_submit():
        try:
            made = collecting.open_collection(
                db(),
                editions[int(form.edition.data)],
                form.code.data,
                **form.facts,
                opens_at=form.opens_at,
                closes_at=form.closes_at,
                event=event,
                user_id=current_user.user_id,
                now=now(),
            )
        except NotSignedOff:
            asked = editions[int(form.edition.data)]
            return _not_signed_off(asked, form.facts["audience"]), 409
        except CodeTaken:
            free = collecting.free_codes(db(), form.code.data, chance=SystemRandom(), now=now())
            form.code.errors = [
                gettext(
                    "“%(code)s” is taken. These are free: %(codes)s",
                    code=plain_code(form.code.data),
                    codes=", ".join(free),
                )
            ]
        else:
            return redirect(url_for(".settings", collection_id=made.id), code=303)
    page = render_template(
        "office/collection_new.html",
        form=form,
        event=event,
        editions=editions,
        hints=words.CHANNEL_HINTS,
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/collection/<int:collection_id>/settings", methods=["GET", "POST"])
@needs(Permission.PLAN)
def settings(collection_id: int) -> ResponseReturnValue:
    """A collection's link, square and times; opening and closing it by hand."""
    collection = _collection(collection_id)
    form = ExtendForm()
    form.offer(zone=zone(), now=now(), longest_reason=LONGEST_REASON)
    extends = request.form.get("do") == "extend"
    if extends and form.validate_on_submit() and _extended(collection, form):
        return redirect(url_for(".settings", collection_id=collection.id), code=303)
    if request.method == "POST" and not extends:
        if ButtonForm().validate_on_submit():
            _press(collection, request.form.get("do", ""))
        return redirect(url_for(".settings", collection_id=collection.id), code=303)
    threshold = parts().settings.threshold_staff
    [row] = measuring.overview(db(), threshold=threshold, now=now(), collection_id=collection.id)
    address = public_url("respond.start", code=collection.code)
    page = render_template(
        "office/collection_settings.html",
        collection=collection,
        row=row,
        titled=findings.titled(collection.edition),
        signing=signed.card(db(), collection.edition, collection.audience),
        threshold=threshold,
        address=address,
        square=square(address),
        log=collecting.log(db(), collection),
        action_words=deeds.action_words,
        extends=extends,
        words=words,
        form=form,
    )
    return page, 422 if extends else 200


@bp.route("/collection/<int:collection_id>/change", methods=["GET", "POST"])
@needs(Permission.PLAN)
def change(collection_id: int) -> ResponseReturnValue:
    """Say something else about a collection; its code and its questions stay."""
    collection = _collection(collection_id)
    form = CollectionFactsForm(obj=collection)
    form.offer(zone=zone(), now=now())
    if collection.event_id is None:
        del form.part
    if form.validate_on_submit():
        by = {"user_id": current_user.user_id, "now": now()}
        try:
            collecting.change(db(), collection, **form.facts, **by)
        except NotSignedOff:
            return _not_signed_off(collection.edition, form.facts["audience"]), 409
        return redirect(url_for(".settings", collection_id=collection.id), code=303)
    page = render_template(
        "office/collection_change.html",
        collection=collection,
        hints=words.CHANNEL_HINTS,
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/collection/<int:collection_id>/withdraw", methods=["GET", "POST"])
@needs(Permission.PLAN)
def withdraw(collection_id: int) -> ResponseReturnValue:
    """Take a collection back, after asking once more."""
    collection = _collection(collection_id)
    form = ButtonForm()
    if form.validate_on_submit():
        collecting.withdraw(db(), collection, user_id=current_user.user_id, now=now())
        return redirect(url_for(".settings", collection_id=collection.id), code=303)
    return render_template("office/collection_withdraw.html", collection=collection, form=form)


def _not_signed_off(edition: Edition, audience: Audience) -> str:
    """Who has not said yes, what changed since, and what to do: nothing was opened."""
    return render_template(
        "office/collection_unsigned.html",
        whole=signed.card(db(), edition, audience),
        title=signed.title_of(edition),
        name=edition.survey.name,
        form=ButtonForm(),
    )


def _event_asked_about() -> Event | None:
    """The event that the address names; somebody who sees only their own must name one."""
    named, only_of = request.args.get("event"), current_user.only_of
    if named is None and only_of is None:
        return None
    number = whole(named or "")
    event = events.one(db(), number, only_of=only_of) if number else None
    if event is None:
        abort(404)
    return event


def _proposed(event: Event | None) -> dict[str, object]:
    """What stands in the form at first."""
    audiences = event.audiences if event else []
    return {
        "edition": request.args.get("edition"),
        "name": event.name if event else "",
        "audience": audiences[0] if len(audiences) == 1 else None,
        "channels": [Channel.OWN_PHONE],
        "part": Part.WHOLE,
        "code": collecting.new_code(db(), SystemRandom()),
    }


def _called(edition: Edition) -> str:
    """A survey as it stands in the list to choose from."""
    return gettext(
        "%(title)s (edition %(number)s, published on %(day)s)",
        title=findings.titled(edition).words,
        number=edition.number,
        day=format_date(edition.published_at, "d MMMM y"),
    )


def _our_addresses() -> set[str]:
    """What our own addresses begin with; a code like one of them would be taken for a page."""
    rules = current_app.url_map.iter_rules()
    return {plain_code(rule.rule.split("/")[1]) for rule in rules} | {"static"}


def _collection(collection_id: int) -> Collection:
    collection = stored.with_edition(db(), collection_id, only_of=current_user.only_of)
    if collection is None:
        abort(404)
    return collection


def _press(collection: Collection, button: str) -> None:
    """Do what a button says, where the collection's state allows it."""
    state = measuring.state_of(collection, now=now())
    acts = {
        ("open", "planned"): collecting.open_now,
        ("close", "open"): collecting.close,
        ("put_back", "withdrawn"): collecting.put_back,
    }
    act = acts.get((button, state))
    if act is not None:
        act(db(), collection, user_id=current_user.user_id, now=now())


def _extended(collection: Collection, form: ExtendForm) -> bool:
    """Give a collection another end, unless it would close before it opens."""
    by = {"user_id": current_user.user_id, "now": now()}
    try:
        collecting.extend(db(), collection, form.closes_at, form.reason.data, **by)
    except ClosesBeforeItOpens as refusal:
        form.closes_on.errors = [gettext(refusal.title)]
        return False
    return True
