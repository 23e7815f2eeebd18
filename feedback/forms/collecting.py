"""Forms of a collection: opening one, changing it, giving it another end."""

from collections.abc import Collection as Some
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import ValidationError

from feedback.forms.account import WordsForm
from feedback.forms.office_fields import (
    CountField,
    DayField,
    LineField,
    PickField,
    SeveralField,
    TimeField,
)
from feedback.forms.office_words import AUDIENCES, CHANNELS, PARTS
from feedback.vocabulary import Audience, Channel, Part

DAY_ENDS = time(23, 59)


class ClockForm(WordsForm):
    """A form with moments, which are typed as it is where the host is."""

    zone: ZoneInfo
    now: datetime

    def at(self, day: DayField, clock: TimeField, otherwise: time) -> datetime | None:
        """The moment in two boxes; None where there is no day."""
        if not day.data:
            return None
        return datetime.combine(day.data, clock.data or otherwise, self.zone).astimezone(UTC)

    def check_day(self, day: DayField, clock: TimeField) -> None:
        """A time alone says nothing."""
        if clock.text and not day.text:
            raise ValidationError(_("Write the day too, or take the time away"))


class CollectionFactsForm(ClockForm):
    """What can be said about a collection at any time."""

    name = LineField(_l("Name, for your team"), missing=_l("Write a name for the collection"))
    audience = PickField(_l("For whom is it?"), missing=_l("Choose for whom it is"))
    channels = SeveralField(
        _l("How do answers come in?"), missing=_l("Choose one way or more for answers to come in")
    )
    expected = CountField(_l("About how many people could answer?"))
    part = PickField(_l("Which part of the event?"), missing=_l("Choose which part of the event"))

    def offer(self, *, zone: ZoneInfo, now: datetime) -> None:
        """What there is to choose from, and the moment it is."""
        self.audience.offer(AUDIENCES.items())
        self.channels.offer(CHANNELS.items())
        self.part.offer(PARTS.items())
        self.zone, self.now = zone, now

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, for a service."""
        return {
            "name": self.name.data,
            "audience": Audience(self.audience.data),
            "channels": [Channel(each) for each in self.channels.data],
            "expected": self.expected.data,
            "part": Part(self.part.data) if "part" in self else Part.WHOLE,
        }


class CollectionForm(CollectionFactsForm):
    """A collection to be opened."""

    edition = PickField(_l("Which survey?"), missing=_l("Choose a survey"))
    code = LineField(_l("Short code"), missing=_l("Write a short code"))
    # Times first: a day is looked at together with its time.
    opens_time = TimeField(_l("at"))
    opens_on = DayField(_l("Opens on"))
    closes_time = TimeField(_l("at"))
    closes_on = DayField(_l("Closes on"))

    longest_code: int
    reserved: Some[str] = ()

    def offer_surveys(self, surveys: Iterable[tuple[int, str]]) -> None:
        """The published editions with their titles."""
        self.edition.offer(surveys)

    @property
    def opens_at(self) -> datetime:
        """When it opens: now, where nothing else was said."""
        return self.at(self.opens_on, self.opens_time, time.min) or self.now

    @property
    def closes_at(self) -> datetime | None:
        """When it closes; None for no end."""
        return self.at(self.closes_on, self.closes_time, DAY_ENDS)

    def validate_code(self, field: LineField) -> None:
        """Letters and digits that every telephone can type, and no word of our own addresses."""
        plain = "".join(field.text.casefold().replace("-", "").split())
        if not (plain.isascii() and plain.isalnum()):
            raise ValidationError(_("Use only letters from a to z and digits, like fern42"))
        if len(plain) > self.longest_code:
            most = self.longest_code
            raise ValidationError(_("Use at most %(most)s letters and digits", most=most))
        if plain in self.reserved:
            raise ValidationError(
                _("“%(code)s” is one of our own addresses. Choose another one", code=plain)
            )

    def validate_opens_on(self, field: DayField) -> None:
        """A time needs its day."""
        self.check_day(field, self.opens_time)

    def validate_closes_on(self, field: DayField) -> None:
        """A time needs its day, and the end comes after the beginning and after now."""
        self.check_day(field, self.closes_time)
        closes_at = self.closes_at
        if closes_at is not None and closes_at <= self.opens_at:
            raise ValidationError(_("It would close before it opens"))
        if closes_at is not None and closes_at <= self.now:
            raise ValidationError(_("This moment is over already"))


class ExtendForm(ClockForm):
    """Another end for a collection, and why."""

    no_end = BooleanField(_l("No end: it stays open until somebody closes it"))
    closes_time = TimeField(_l("at"))
    closes_on = DayField(_l("New last day"))
    reason = LineField(_l("Why?"), missing=_l("Write why the end changes"))

    def offer(self, *, zone: ZoneInfo, now: datetime, longest_reason: int) -> None:
        """The moment it is, and how long a reason may be."""
        self.zone, self.now = zone, now
        self.reason.longest = longest_reason

    @property
    def closes_at(self) -> datetime | None:
        """When it closes; None for no end."""
        return None if self.no_end.data else self.at(self.closes_on, self.closes_time, DAY_ENDS)

    def validate_closes_on(self, field: DayField) -> None:
        """A day that is still to come, or no end, but not both."""
        if self.no_end.data:
            if field.text:
                raise ValidationError(_("Write a day or tick “No end”, not both"))
            return
        self.check_day(field, self.closes_time)
        if not field.text:
            raise ValidationError(_("Write the day on which it closes, or tick “No end”"))
        closes_at = self.closes_at
        if closes_at is not None and closes_at <= self.now:
            raise ValidationError(_("This moment is over already"))
