"""Periods in the page's language: how each is called in a sentence, and under a point."""

from collections.abc import Sequence
from datetime import date

from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _l

from feedback.analysis.periods import Period
from feedback.services.trending import Spot
from feedback.vocabulary import PeriodKind

KIND_WORDS = {
    PeriodKind.CYCLE: _l("Cycles of four weeks"),
    PeriodKind.MONTH: _l("Months"),
    PeriodKind.QUARTER: _l("Quarters of a year"),
    PeriodKind.TERM: _l("School terms"),
    PeriodKind.SCHOOL_YEAR: _l("School years"),
    PeriodKind.ROUND: _l("Rounds: each collection by itself"),
}


def called(kind: PeriodKind, spot: Spot) -> str:
    """A period's full name, as it stands in a table or begins a sentence."""
    period = spot.period
    match kind:
        case PeriodKind.ROUND:
            return spot.round
        case PeriodKind.MONTH:
            return str(format_date(period.first, "LLLL y"))
        case PeriodKind.SCHOOL_YEAR:
            return years(period)
        case PeriodKind.TERM:
            return gettext("Term from %(day)s", day=_day(period.first))
        case PeriodKind.QUARTER:
            return gettext(
                "%(first)s to %(last)s",
                first=format_date(period.first, "LLLL"),
                last=format_date(period.last, "LLLL y"),
            )
    return gettext("%(first)s to %(last)s", first=_short(period.first), last=_day(period.last))


def years(period: Period) -> str:
    """A school year's full name."""
    return gettext(
        "School year %(first)s to %(last)s", first=period.first.year, last=period.last.year
    )


def begins(kind: PeriodKind, spot: Spot) -> str:
    """When a period begins: its first day, or the name of a round."""
    return spot.round if kind is PeriodKind.ROUND else _day(spot.period.first)


def ends(kind: PeriodKind, spot: Spot) -> str:
    """When a period ends: its last day, or the name of a round."""
    return spot.round if kind is PeriodKind.ROUND else _day(spot.period.last)


def labels(kind: PeriodKind, spots: Sequence[Spot]) -> list[str]:
    """What stands under each point: short, for a phone has room for few."""
    if kind is PeriodKind.ROUND:
        return [str(at) for at in range(1, len(spots) + 1)]
    if kind is PeriodKind.SCHOOL_YEAR:
        return [_years(spot.period) for spot in spots]
    form = "LLL yy" if kind in (PeriodKind.MONTH, PeriodKind.QUARTER) else "d LLL"
    return [str(format_date(spot.period.first, form)) for spot in spots]


def _years(period: Period) -> str:
    return f"{period.first.year % 100:02}/{period.last.year % 100:02}"


def _day(day: date) -> str:
    return str(format_date(day, "d MMM y"))


def _short(day: date) -> str:
    return str(format_date(day, "d MMM"))
