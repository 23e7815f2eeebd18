"""Before and after: what a session changed, for its trainer; what a series changed, for all."""

from random import SystemRandom

from flask import Blueprint, abort, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from feedback.forms.account import ButtonForm
from feedback.models.events import Event, Series
from feedback.outputs import tables
from feedback.queries import events
from feedback.queries import pairing as stored
from feedback.services import audit, pairing
from feedback.vocabulary import Part, Permission
from feedback.web import changes, comparing, findings, reasons
from feedback.web.access import needs
from feedback.web.frame import db, now, parts

bp = Blueprint("sessions", __name__, url_prefix="/staff")

_EVENT = "/events/<int(max=2147483647):event_id>"
_SERIES = "/series/<int(max=2147483647):series_id>"


@bp.get(f"{_EVENT}/before-and-after")
@needs(Permission.READ_RESULTS)
def event(event_id: int) -> ResponseReturnValue:
    """What a trainer sees of a session; others see it where it gives no smaller one back."""
    found = events.one(db(), event_id, only_of=current_user.only_of)
    if found is None:
        abort(404)
    threshold, own = parts().settings.threshold_staff, current_user.only_of is not None
    report = pairing.session_report(
        db(),
        found,
        parts().editions,
        threshold,
        own=own,
        with_words=own or current_user.may(Permission.READ_COMMENTS),
        chance=SystemRandom(),
    )
    return render_template(
        "office/session.html",
        event=found,
        report=report,
        own=own,
        threshold=threshold,
        **_shared(),
    )


@bp.get(_SERIES)
@needs(Permission.READ_RESULTS)
def series(series_id: int) -> ResponseReturnValue:
    """What all sessions of a series changed together."""
    found = _series(series_id)
    threshold = parts().settings.threshold_staff
    programme = pairing.programme(db(), found, parts().editions, threshold)
    return render_template(
        "office/series.html",
        series=found,
        programme=programme,
        headline=changes.headline(programme, threshold),
        sides=[
            changes.side(each, threshold, half_matched=programme.half_matched)
            for each in programme.compared
        ],
        chances=comparing.chances(
            [(findings.spoken(each.measure.title), each) for each in programme.compared]
        ),
        counted={
            part: findings.findings(each, number, threshold=threshold)
            for number, (part, each) in enumerate(programme.counted.items(), start=1)
        },
        parts=Part,
        threshold=threshold,
        **_shared(),
    )


@bp.get(f"{_SERIES}/words")
@needs(Permission.READ_COMMENTS)
def words(series_id: int) -> ResponseReturnValue:
    """What people wrote after all sessions of a series, in no order."""
    found = _series(series_id)
    threshold = parts().settings.threshold_staff
    heard = pairing.words(db(), found, parts().editions, threshold, chance=SystemRandom())
    return render_template(
        "office/series_words.html", series=found, heard=heard, threshold=threshold, **_shared()
    )


@bp.post(f"{_SERIES}/pairs.csv")
@needs(Permission.EXPORT)
def pairs(series_id: int) -> ResponseReturnValue:
    """A file of all pairs of a series: what each person said before and after, and no more."""
    found = _series(series_id)
    ButtonForm().validate()
    headers, rows = pairing.table(
        db(), found, parts().editions, parts().settings.threshold_staff, chance=SystemRandom()
    )
    audit.note(db(), current_user.user_id, "export pairs csv", f"series {found.id}", now=now())
    reply = make_response(tables.csv_bytes(headers, rows))
    reply.headers["Content-Type"] = "text/csv; charset=utf-8"
    reply.headers["Content-Disposition"] = f'attachment; filename="series-{found.id}-pairs.csv"'
    return reply


def _series(series_id: int) -> Series:
    """A series, for somebody who may see all of its sessions."""
    if current_user.only_of is not None:
        abort(403)
    found = stored.series(db(), series_id)
    if found is None:
        abort(404)
    return found


def _shared() -> dict[str, object]:
    """What all pages of this door need."""
    return {
        "change_words": comparing.change_words,
        "people_words": changes.people_words,
        "sessions_words": changes.sessions_words,
        "hard": reasons.hard,
        "spoken": findings.spoken,
        "tag_of": findings.tag_of,
        "session_name": _session_name,
        "form": ButtonForm(),
    }


def _session_name(event: Event) -> str:
    """What a session is called in a list: its name says where only sometimes."""
    place = event.place.name if event.place else ""
    return event.name if not place or place in event.name else f"{event.name}, {place}"
