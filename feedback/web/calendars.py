"""The calendar in the page's language: which months and events it shows, filters, gaps, rows."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask import request
from flask_babel import format_date, gettext

from feedback.analysis import months
from feedback.forms import office_words as words
from feedback.forms.fields import whole
from feedback.forms.office_fields import FIRST_YEAR, LAST_YEAR
from feedback.models.events import Event, Place, Series
from feedback.queries import events as stored
from feedback.queries.events import Wanted
from feedback.vocabulary import Audience, EventKind, EventStatus
from feedback.web.frame import db, today

Word = TypeVar("Word", bound=StrEnum)

FILTERS = ("audience", "place", "kind", "state", "series")


@dataclass(frozen=True)
class Filter:
    """One drop-down above the calendar."""

    name: str
    label: str
    chosen: str
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Gaps:
    """Months without anything for young people: of the coming twelve, and past ones shown."""

    coming: Sequence[date]
    past: Sequence[date]


def first_month() -> date:
    """The month that the address names, or this one."""
    named = request.args.get("from", "")
    year, _, month = named.partition("-")
    if year.isdecimal() and month.isdecimal() and len(named) <= len("2026-11"):
        with suppress(ValueError):
            begins = date(int(year), int(month), 1)
            if FIRST_YEAR <= begins.year < LAST_YEAR:
                return begins
    return months.month_of(today())


def shown(begins: date) -> list[date]:
    """The twelve months of the page."""
    return months.months_from(begins)


def wanted(shown: Sequence[date]) -> Wanted:
    """Which events the address asks for; what it does not say rightly does not matter.

    Args:
        shown: the months that count; none for all there ever were.
    """
    args = request.args
    return Wanted(
        since=min(shown, default=None),
        until=months.last_day(max(shown)) if shown else None,
        audience=_one_of(Audience, args.get("audience")),
        kind=_one_of(EventKind, args.get("kind")),
        status=_one_of(EventStatus, args.get("state")),
        place_id=_number(args.get("place")),
        series_id=_number(args.get("series")),
    )


def _one_of(words_of: type[Word], said: str | None) -> Word | None:
    return next((word for word in words_of if word.value == said), None)


def _number(said: str | None) -> int | None:
    number = whole(said or "")
    return number if number and number > 0 else None


def same_filters(begins: date | None) -> dict[str, str]:
    """The filters of this page for another address, beginning with another month."""
    kept = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return {**kept, "from": f"{begins:%Y-%m}"} if begins else kept


def filters(begins: date, places: Sequence[Place], series: Sequence[Series]) -> list[Filter]:
    """What the calendar can be narrowed by; what there is none of is left out."""
    everything = ("", gettext("All"))
    choices: dict[str, tuple[str, list[tuple[str, str]]]] = {
        "audience": (gettext("For whom"), _worded(words.AUDIENCES)),
        "place": (gettext("Place"), [(str(each.id), each.name) for each in places]),
        "kind": (gettext("Sort"), _worded(words.KINDS)),
        "state": (gettext("State"), _worded(words.STATES)),
        "series": (
            gettext("Course or series"),
            [(str(each.id), each.name) for each in series],
        ),
    }
    return [
        Filter("from", gettext("Which 12 months"), f"{begins:%Y-%m}", _years(begins)),
        *(
            Filter(name, label, request.args.get(name, ""), [everything, *offered])
            for name, (label, offered) in choices.items()
            if offered
        ),
    ]


def _worded(vocabulary: Mapping[Any, Any]) -> list[tuple[str, str]]:
    return [(str(code), str(said)) for code, said in vocabulary.items()]


def _years(begins: date) -> list[tuple[str, str]]:
    """Twelve months from now on, school years and financial years, and those shown."""
    this_month = months.month_of(today())
    offered = {this_month: gettext("From this month")}
    for first, name in (
        (months.SCHOOL, gettext("School year")),
        (months.FINANCIAL, gettext("Financial year")),
    ):
        current = months.year_around(today(), first)
        for month in (current, months.later(current, -months.A_YEAR)):
            offered.setdefault(month, name)
    offered.setdefault(begins, gettext("From then on"))
    return [(f"{month:%Y-%m}", f"{name}: {_span(month)}") for month, name in offered.items()]


def _span(begins: date) -> str:
    last = months.later(begins, months.A_YEAR - 1)
    first = format_date(begins, "MMMM y")
    return str(gettext("%(first)s to %(last)s", first=first, last=format_date(last, "MMMM y")))


def by_month(found: Sequence[Event], shown: Sequence[date]) -> list[tuple[date, list[Event]]]:
    """Months with what begins in each; what began earlier stands in the first."""
    sorted_in: dict[date, list[Event]] = {month: [] for month in shown}
    for event in found:
        sorted_in[max(months.month_of(event.starts_on), shown[0])].append(event)
    return list(sorted_in.items())


def gaps(shown: Sequence[date]) -> Gaps:
    """Months in which nothing is planned, or was done, for young people."""
    this_month = months.month_of(today())
    coming = months.months_from(this_month)
    past = [month for month in shown if month < this_month]
    every = [*past, *coming]
    spans = stored.spans_for(
        db(), Audience.YOUNG_PERSON, since=min(every), until=months.last_day(max(every))
    )
    return Gaps(coming=months.empty(coming, spans), past=months.empty(past, spans))


def columns() -> list[str]:
    """The headings of the register."""
    return [
        *(gettext("Name"), gettext("Sort"), gettext("First day"), gettext("Last day")),
        *(gettext("Place"), gettext("Course or series"), gettext("Organisation")),
        *(gettext("For whom"), gettext("Expected"), gettext("Came"), gettext("State")),
        *(gettext("Frameworks"), gettext("About"), gettext("Outcome")),
    ]


def row(each: Event) -> list[str | int | date | None]:
    """An event as a line of the register."""
    return [
        *(each.name, str(words.KINDS[each.kind]), each.starts_on, each.ends_on),
        each.place.name if each.place else None,
        each.series.name if each.series else None,
        each.organisation.name if each.organisation else None,
        "; ".join(words.in_words(each.audiences, words.AUDIENCES)),
        *(each.planned, each.attended, str(words.STATES[each.status])),
        "; ".join(words.tag_words(code) for code in each.tags),
        *(each.about, each.outcome),
    ]
