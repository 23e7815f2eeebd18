"""The calendar: events, places and courses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Any, Literal

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.analysis import months
from feedback.errors import ChangedMeanwhile, InListAlready
from feedback.forms import office_words as words
from feedback.forms.account import ButtonForm
from feedback.forms.planning import (
    CancelForm,
    Difference,
    DoneForm,
    EventButtonForm,
    EventForm,
    PlaceForm,
    SeriesForm,
    event_data,
)
from feedback.models.events import Event, Place, Series
from feedback.models.people import Organisation, User
from feedback.outputs import tables
from feedback.queries import events as stored
from feedback.services import measuring, planning
from feedback.services.planning import Facts
from feedback.vocabulary import Audience, EventKind, EventStatus, Permission, PlaceKind
from feedback.web import calendars, carded, findings
from feedback.web.access import needs
from feedback.web.frame import db, now, parts, public_url, today

bp = Blueprint("planning", __name__, url_prefix="/staff/events")


@bp.get("/")
@needs(Permission.SEE_CALENDAR)
def calendar() -> ResponseReturnValue:
    """A year at a glance: what is planned, done and cancelled, and where nothing is."""
    only_of = current_user.only_of
    begins = calendars.first_month()
    shown = calendars.shown(begins)
    found = stored.listed(db(), calendars.wanted(shown), only_of=only_of)
    return render_template(
        "office/calendar.html",
        months=calendars.by_month(found, shown),
        events=found,
        this_month=months.month_of(today()),
        earlier=months.later(begins, -months.A_YEAR),
        later=months.later(begins, months.A_YEAR),
        filters=calendars.filters(begins, stored.places(db()), stored.series(db())),
        same_filters=calendars.same_filters,
        # Whoever sees only their own events cannot be told what everybody does.
        gaps=calendars.gaps(shown) if only_of is None else None,
        late_cards=carded.late_everywhere(),
        overdue=stored.overdue(db(), today(), only_of=only_of),
        words=words,
        form=ButtonForm(),
    )


@bp.get("/register.csv")
@needs(Permission.SEE_CALENDAR)
def register() -> ResponseReturnValue:
    """The calendar as a file: twelve months, or everything where no month is named."""
    shown = calendars.shown(calendars.first_month()) if request.args.get("from") else []
    found = stored.listed(db(), calendars.wanted(shown), only_of=current_user.only_of)
    reply = make_response(tables.csv_bytes(calendars.columns(), map(calendars.row, found)))
    reply.headers["Content-Type"] = "text/csv; charset=utf-8"
    reply.headers["Content-Disposition"] = 'attachment; filename="events.csv"'
    return reply


# One event


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.PLAN)
def new() -> ResponseReturnValue:
    """Put an event into the calendar."""
    choices = _choices(None)
    form = _event_form(None, choices)
    if not form.validate_on_submit():
        return _show_form(form, None, 422 if form.is_submitted() else 200)
    event = planning.plan(
        db(),
        **vars(_facts(form, None, choices)),
        status=EventStatus(form.status.data),
        chance=SystemRandom(),
        **_who(),
    )
    return redirect(url_for(".event", event_id=event.id), code=303)


@bp.get("/<int:event_id>")
@needs(Permission.SEE_CALENDAR)
def event(event_id: int) -> ResponseReturnValue:
    """What is known of an event, and the collections that ask about it."""
    found = _event(event_id)
    form = EventButtonForm()
    form.begin(found)
    threshold = parts().settings.threshold_staff
    return render_template(
        "office/event.html",
        event=found,
        address=public_url("public.event", code=found.code),
        has_begun=found.starts_on <= today(),
        cards=carded.numbers(found.id),
        rows=measuring.overview(db(), threshold=threshold, now=now(), event_id=found.id),
        threshold=threshold,
        titled=findings.titled,
        words=words,
        form=form,
    )


@bp.route("/<int:event_id>/change", methods=["GET", "POST"])
@needs(Permission.PLAN)
def change(event_id: int) -> ResponseReturnValue:
    """Say something else about an event; whoever comes second sees what the first one changed."""
    found = _event(event_id)
    choices = _choices(found)
    form = _event_form(found, choices)
    if not form.validate_on_submit():
        return _show_form(form, found, 422 if form.is_submitted() else 200)
    try:
        planning.change(db(), found, _facts(form, found, choices), **_by(form))
    except ChangedMeanwhile:
        current = _event_form(found, choices, sent=False)
        return _show_form(form, found, 409, differences=form.meet(current, found))
    return redirect(url_for(".event", event_id=found.id), code=303)


@bp.route("/<int:event_id>/cancel", methods=["GET", "POST"])
@needs(Permission.PLAN)
def cancel(event_id: int) -> ResponseReturnValue:
    """Say that an event does not take place, and why."""
    found = _event(event_id)
    form = CancelForm()

    def act() -> None:
        planning.cancel(db(), found, form.reason.data, **_by(form))

    return _act(found, form, act, "office/event_cancel.html")


@bp.route("/<int:event_id>/done", methods=["GET", "POST"])
@needs(Permission.PLAN)
def done(event_id: int) -> ResponseReturnValue:
    """Say that an event has taken place, how many came and what came of it."""
    found = _event(event_id)
    form = DoneForm(data=event_data(found))

    def act() -> None:
        planning.done(
            db(), found, form.attended.data, form.outcome.data, today=today(), **_by(form)
        )

    return _act(found, form, act, "office/event_done.html")


@bp.post("/<int:event_id>/again")
@needs(Permission.PLAN)
def again(event_id: int) -> ResponseReturnValue:
    """Take back that an event was cancelled, or that it has taken place."""
    found = _event(event_id)
    form = EventButtonForm()
    if form.validate_on_submit():
        planning.plan_again(db(), found, **_by(form))
    return redirect(url_for(".event", event_id=found.id), code=303)


# Places and series


@bp.route("/<any(places, series):entries>", methods=["GET", "POST"])
@needs(Permission.KEEP_LISTS)
def entries(entries: Literal["places", "series"]) -> ResponseReturnValue:
    """The list of places, or of courses and series, with a form to add one."""
    form = _entry_form(entries)
    if form.validate_on_submit() and _entry_kept(form, None):
        return redirect(url_for(".entries", entries=entries), code=303)
    used = stored.places_used(db()) if entries == "places" else stored.series_used(db())
    page = render_template(
        "office/event_lists.html", entries=entries, rows=used, words=words, form=form
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/<any(places, series):entries>/<int:entry_id>", methods=["GET", "POST"])
@needs(Permission.KEEP_LISTS)
def entry(entries: Literal["places", "series"], entry_id: int) -> ResponseReturnValue:
    """One place or series: change it, or take it out of the list while no event uses it."""
    found: Place | Series | None
    if entries == "places":
        found = stored.entry(db(), Place, entry_id)
    else:
        found = stored.entry(db(), Series, entry_id)
    if found is None:
        abort(404)
    form = _entry_form(entries, found)
    removes = request.form.get("do") == "remove"
    if removes and ButtonForm().validate_on_submit():
        planning.remove(db(), found, **_who())
    if removes or (form.validate_on_submit() and _entry_kept(form, found)):
        return redirect(url_for(".entries", entries=entries), code=303)
    page = render_template(
        "office/event_list_entry.html",
        entries=entries,
        entry=found,
        used=stored.is_used(db(), found),
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


def _entry_form(entries: str, found: Place | Series | None = None) -> PlaceForm | SeriesForm:
    if entries == "series":
        return SeriesForm(obj=found)
    form = PlaceForm(obj=found)
    form.offer()
    return form


def _entry_kept(form: PlaceForm | SeriesForm, found: Place | Series | None) -> bool:
    """Keep what a form says of a new or a known entry, unless another one has its name."""
    name = form.name.data
    try:
        match form, found:
            case PlaceForm(), Place():
                planning.change_place(db(), found, name, PlaceKind(form.kind.data), **_who())
            case PlaceForm(), _:
                planning.add_place(db(), name, PlaceKind(form.kind.data), **_who())
            case SeriesForm(), Series():
                planning.change_series(db(), found, name, **_of_series(form), **_who())
            case SeriesForm(), _:
                planning.add_series(db(), name, **_of_series(form), **_who())
    except InListAlready as taken:
        form.name.errors = [gettext(taken.message, **taken.facts)]
        return False
    return True


def _of_series(form: SeriesForm) -> dict[str, Any]:
    return {"about": form.about.data, "designed_with": form.designed_with.data}


# What the views share


def _event(event_id: int) -> Event:
    lock = request.method == "POST"
    found = stored.one(db(), event_id, only_of=current_user.only_of, lock=lock)
    if found is None:
        abort(404)
    return found


def _who() -> dict[str, Any]:
    """Who does something, and when, for the record."""
    return {"user_id": current_user.user_id, "now": now()}


def _by(form: EventButtonForm) -> dict[str, Any]:
    """Who changes an event, when, and which version they saw."""
    return {"version": form.seen_version, **_who()}


@dataclass(frozen=True)
class Choices:
    """What the form of an event has to choose from, by number."""

    places: Mapping[int | None, Place]
    series: Mapping[int | None, Series]
    organisations: Mapping[int | None, Organisation]
    people: Mapping[int | None, User]


def _choices(found: Event | None) -> Choices:
    running = [] if found is None else found.facilitators
    return Choices(
        places={each.id: each for each in stored.places(db())},
        series={each.id: each for each in stored.series(db())},
        organisations={each.id: each for each in stored.organisations(db())},
        people={each.id: each for each in (*stored.who_may_run(db()), *running)},
    )


def _event_form(found: Event | None, choices: Choices, *, sent: bool = True) -> EventForm:
    """The form of an event, or of a new one; without what this person may not say.

    Args:
        sent: read what was just sent, if anything was.
    """
    given: dict[str, Any] = {} if sent else {"formdata": None}
    form = EventForm(data=event_data(found) if found else None, **given)
    if found is not None:
        del form.status
    if current_user.only_of is not None:
        del form.facilitators
    if not current_user.may(Permission.KEEP_LISTS):
        del form.new_place, form.new_place_kind, form.new_series
    form.offer(
        places=choices.places.values(),
        series=choices.series.values(),
        organisations=choices.organisations.values(),
        people=choices.people.values(),
        today=today(),
    )
    if found is not None and not (sent and form.is_submitted()):
        form.begin(found)
    return form


def _show_form(
    form: EventForm, found: Event | None, status: int, differences: Sequence[Difference] = ()
) -> ResponseReturnValue:
    page = render_template(
        "office/event_form.html",
        form=form,
        event=found,
        differences=differences,
        changed=differences or status == 409,
        frameworks=words.tag_choices(),
        words=words,
    )
    return page, status


def _facts(form: EventForm, found: Event | None, choices: Choices) -> Facts:
    """What was said of an event. Who runs it is said only by those who may say it."""
    if "facilitators" in form:
        running = [choices.people[number] for number in form.facilitators.numbers]
    elif found is not None:
        running = list(found.facilitators)
    else:
        running = [choices.people[current_user.user_id]]
    new_place = form.new_place.data if "new_place" in form else ""
    return Facts(
        name=form.name.data,
        kind=EventKind(form.kind.data),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        place=choices.places.get(form.place.number),
        series=choices.series.get(form.series.number),
        organisation=choices.organisations.get(form.organisation.number),
        audiences=[Audience(each) for each in form.audiences.data],
        tags=form.tags.data,
        planned=form.planned.data,
        attended=form.attended.data,
        about=form.about.data,
        outcome=form.outcome.data,
        facilitators=running,
        new_place=(new_place, PlaceKind(form.new_place_kind.data)) if new_place else None,
        new_series=form.new_series.data if "new_series" in form else "",
    )


def _act(
    found: Event, form: EventButtonForm, act: Callable[[], None], template: str
) -> ResponseReturnValue:
    """Show a form about an event and do what it says; who comes second is told."""
    differences: list[Difference] = []
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            act()
        except ChangedMeanwhile:
            current = type(form)(formdata=None, data=event_data(found))
            current.begin(found)
            differences, status = form.meet(current, found), 409
        else:
            return redirect(url_for(".event", event_id=found.id), code=303)
    elif not form.is_submitted():
        form.begin(found)
    page = render_template(
        template, form=form, event=found, differences=differences, changed=status == 409
    )
    return page, status
