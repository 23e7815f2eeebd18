"""Forms of the calendar: an event, cancelling it, saying that it is done, places and series."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from feedback.forms.account import WordsForm
from feedback.forms.fields import whole
from feedback.forms.office_fields import (
    CountField,
    DayField,
    LineField,
    LinesField,
    PickField,
    SeveralField,
    TypedField,
)
from feedback.forms.office_words import AUDIENCES, KINDS, PLACE_KINDS, STATES, tag_choices
from feedback.models.events import Event, Place, Series
from feedback.models.people import Organisation, User
from feedback.vocabulary import EventStatus

NO_CHOICE = _l("None chosen")
LONGEST_REASON = 500  # letters


@dataclass(frozen=True)
class Difference:
    """Something that somebody else changed while a person was writing.

    `yours` is what the person wrote, where that is something else again; None where the form
    took over what stands there now.
    """

    label: str
    now: str
    yours: str | None


class EventButtonForm(WordsForm):
    """Something done to an event that somebody else may change at the same time.

    `seen` carries how the `compared` fields stood when the person began.
    """

    version = HiddenField()
    seen = HiddenField()

    compared: tuple[str, ...] = ()

    @property
    def seen_version(self) -> int:
        """The version that the person saw when they began; 0 where that cannot be told."""
        return whole(self.version.data or "") or 0

    def begin(self, event: Event) -> None:
        """Remember how the event stands, for the day that somebody else changes it."""
        self.version.data = str(event.version)
        self.seen.data = json.dumps(self._standing(event), separators=(",", ":"))

    def meet(self, current: "EventButtonForm", event: Event) -> list[Difference]:
        """Take over what somebody else changed; where both did, what this person wrote stays.

        Args:
            current: the same form with the event as it stands now.
        """
        before, found = self._before(), []
        if before.get("status") != _mark(event.status):
            found.append(Difference(_("State"), str(STATES[event.status]), None))
        for name in self.compared:
            mine, now = self._fields.get(name), current._fields.get(name)
            if mine is None or now is None:
                continue
            theirs = _mark(_plain(now))
            if theirs == before.get(name) or theirs == _mark(_plain(mine)):
                continue
            untouched = before.get(name) == _mark(_plain(mine))
            if untouched:
                _take_over(mine, now)
            yours = None if untouched else _said(mine)
            found.append(Difference(str(mine.label.text), _said(now), yours))
        self.version.data, self.seen.data = current.version.data, current.seen.data
        return found

    def _standing(self, event: Event) -> dict[str, str]:
        marks = {name: _mark(_plain(self[name])) for name in self.compared if name in self}
        return {**marks, "status": _mark(event.status)}

    def _before(self) -> Mapping[str, Any]:
        try:
            kept = json.loads(self.seen.data or "")
        except ValueError:
            kept = None
        return kept if isinstance(kept, dict) else {}


class EventForm(EventButtonForm):
    """All that is said about an event."""

    name = LineField(_l("Name"), missing=_l("Write a name for the event"))
    kind = PickField(_l("What sort of event is it?"), missing=_l("Choose what sort of event it is"))
    starts_on = DayField(_l("First day"), missing=_l("Write the day of the event"))
    ends_on = DayField(_l("Last day"))
    status = PickField(_l("Has it taken place?"), missing=_l("Choose whether it has taken place"))
    place = PickField(_l("Place"), empty=NO_CHOICE, unknown=_l("Choose a place from the list"))
    new_place = LineField(_l("Name of the new place"))
    new_place_kind = PickField(_l("What sort of place is it?"), empty=NO_CHOICE)
    series = PickField(
        _l("Course or series"), empty=NO_CHOICE, unknown=_l("Choose a series from the list")
    )
    new_series = LineField(_l("Name of the new course or series"))
    organisation = PickField(
        _l("Organisation in charge"),
        empty=NO_CHOICE,
        unknown=_l("Choose an organisation from the list"),
    )
    audiences = SeveralField(_l("For whom is it?"), missing=_l("Choose for whom it is"))
    planned = CountField(_l("How many people are expected?"))
    attended = CountField(_l("How many people came?"))
    about = LinesField(_l("What is it about?"))
    outcome = LinesField(_l("What came of it?"))
    tags = SeveralField(_l("Which frameworks does it count for?"))
    facilitators = SeveralField(_l("Who runs it?"))

    compared = (
        *("name", "kind", "starts_on", "ends_on", "place", "series", "organisation"),
        *("audiences", "planned", "attended", "about", "outcome", "tags", "facilitators"),
    )
    today: date  # where the host is

    def offer(
        self,
        *,
        places: Iterable[Place],
        series: Iterable[Series],
        organisations: Iterable[Organisation],
        people: Iterable[User],
        today: date,
    ) -> None:
        """What there is to choose from, and the day it is."""
        taken_place = (
            (EventStatus.PLANNED, _("No, it is planned")),
            (EventStatus.DONE, _("Yes, it has taken place")),
        )
        offered: dict[str, Iterable[tuple[object, object]]] = {
            "kind": KINDS.items(),
            "status": taken_place,
            "place": [(each.id, each.name) for each in places],
            "new_place_kind": PLACE_KINDS.items(),
            "series": [(each.id, each.name) for each in series],
            "organisation": [(each.id, each.name) for each in organisations],
            "audiences": AUDIENCES.items(),
            "tags": [choice for _framework, choices in tag_choices() for choice in choices],
            "facilitators": [(each.id, each.name) for each in people],
        }
        for name, choices in offered.items():
            if name in self:  # some may not be said by everybody
                self[name].offer(choices)
        self.today = today

    def validate_ends_on(self, field: DayField) -> None:
        """The last day is not before the first."""
        first = self.starts_on.data
        if field.data and first and field.data < first:
            raise ValidationError(_("The last day is before the first day"))

    def validate_status(self, field: PickField) -> None:
        """What has taken place has had its day."""
        if field.data == EventStatus.DONE and self._is_to_come():
            raise ValidationError(_("The day of this event is still to come"))

    def validate_attended(self, field: CountField) -> None:
        """Nobody came to what is still to come."""
        if field.data is not None and self._is_to_come():
            raise ValidationError(_("The day of this event is still to come, so nobody has come"))

    def validate_new_place(self, field: LineField) -> None:
        """One place: out of the list, or a new one."""
        if field.data and self.place.data:
            raise ValidationError(_("Choose a place from the list or write a new one, not both"))

    def validate_new_place_kind(self, field: PickField) -> None:
        """A new place needs its sort."""
        if self.new_place.data and not field.data:
            raise ValidationError(_("Choose what sort of place the new one is"))

    def validate_new_series(self, field: LineField) -> None:
        """One series: out of the list, or a new one."""
        if field.data and self.series.data:
            raise ValidationError(_("Choose a series from the list or write a new one, not both"))

    def _is_to_come(self) -> bool:
        first = self.starts_on.data
        return first is not None and first > self.today


class CancelForm(EventButtonForm):
    """Why an event does not take place."""

    reason = LinesField(
        _l("Why does it not take place?"),
        missing=_l("Write why it does not take place"),
        longest=LONGEST_REASON,
    )


class DoneForm(EventButtonForm):
    """That an event has taken place, how many came and what came of it."""

    attended = CountField(_l("How many people came?"))
    outcome = LinesField(_l("What came of it?"))

    compared = ("attended", "outcome")


class PlaceForm(WordsForm):
    """A place of the list."""

    name = LineField(_l("Name"), missing=_l("Write a name for the place"))
    kind = PickField(
        _l("What sort of place is it?"),
        empty=NO_CHOICE,
        missing=_l("Choose what sort of place it is"),
    )

    def offer(self) -> None:
        """The sorts of places."""
        self.kind.offer(PLACE_KINDS.items())


class SeriesForm(WordsForm):
    """A course or another row of events."""

    name = LineField(_l("Name"), missing=_l("Write a name for the course or series"))
    about = LinesField(_l("What is it about?"))
    designed_with = LineField(_l("Designed with"))


def event_data(event: Event) -> dict[str, Any]:
    """What an event says, for the fields of a form."""
    return {
        **{name: getattr(event, name) for name in ("name", "starts_on", "planned", "attended")},
        **{name: getattr(event, name) for name in ("about", "outcome", "audiences", "tags")},
        "kind": event.kind.value,
        "ends_on": event.ends_on if event.ends_on != event.starts_on else None,
        "place": event.place_id,
        "series": event.series_id,
        "organisation": event.organisation_id,
        "facilitators": [each.id for each in event.facilitators],
    }


def _plain(field: Field) -> object:
    """What stands in a field, so that two of them can be compared."""
    if isinstance(field, SeveralField):
        return sorted(field.data)
    return field.text if isinstance(field, TypedField) else field.data


def _said(field: Field) -> str:
    """What stands in a field, in words."""
    if isinstance(field, PickField | SeveralField):
        return ", ".join(str(each.label) for each in field.iter_choices() if each.selected)
    return str(_plain(field))


def _take_over(mine: Field, now: Field) -> None:
    mine.data = now.data
    if isinstance(mine, TypedField) and isinstance(now, TypedField):
        mine.text = now.text


def _mark(value: object) -> str:
    return sha256(json.dumps(value or "").encode()).hexdigest()[:16]
