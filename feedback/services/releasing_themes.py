"""Freezes how many people raised each theme, audience by audience, as part of a release.

Only themes that the machine was shown to be right about are counted (`theme_figures.Checked`), by
the rules of `analysis.raised`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from feedback.analysis.periods import Period, periods
from feedback.analysis.raised import Stretch, from_json, next_stretches, stretches, to_json
from feedback.models.releases import Release, ReleasedTheme
from feedback.models.themes import ThemingRun
from feedback.queries import codebooks as books
from feedback.queries import releases, theme_counts
from feedback.queries import themes as runs
from feedback.queries.theme_counts import Scope
from feedback.services import trending
from feedback.services.theme_figures import checked_of
from feedback.vocabulary import Audience, PeriodKind

Key = tuple[int, Audience]
Counts = Mapping[Audience, int]


@dataclass(frozen=True)
class _Cycle:
    """One cycle's people who wrote, and who of them raised each theme."""

    span: Period
    wrote: Counts
    raised: Mapping[int, Counts]


def make(
    session: Session, release: Release, earlier: Release | None, *, threshold: int, zone: ZoneInfo
) -> None:
    """Make the themes of a release; nothing where the machine has read no comment yet.

    Args:
        earlier: the release before.
        threshold: people, for the public.
        zone: of the host, whose days count.
    """
    known: dict[Key, list[Stretch]] = {
        (each.theme_id, each.audience): from_json(each.figures)
        for each in (releases.themes(session, earlier.id) if earlier else ())
    }
    run = runs.newest_done(session)
    fresh = _new(session, run, known, release.until, zone, threshold) if run else {}
    for key in dict.fromkeys([*known, *fresh]):
        found = next_stretches(known.get(key, []), fresh.get(key, []), threshold)
        theme_id, audience = key
        session.add(
            ReleasedTheme(
                release_id=release.id, theme_id=theme_id, audience=audience, figures=to_json(found)
            )
        )


def _new(
    session: Session,
    run: ThemingRun,
    known: Mapping[Key, Sequence[Stretch]],
    until: date,
    zone: ZoneInfo,
    threshold: int,
) -> dict[Key, list[Stretch]]:
    """What has ended since the release before, for each theme that may be shown."""
    themes = [
        each.theme_id
        for each in books.wordings(session, run.version_id)
        if checked_of(run, each.theme.code).precise
    ]
    last: dict[Audience, str] = {}
    for (_, audience), of in known.items():
        last[audience] = max([last.get(audience, ""), *(each.last for each in of)])
    # Nobody is counted again: an audience that was never counted begins with the first comment.
    after = min(last.values()) if len(last) == len(Audience) else ""
    every = _cycles(session, run, after, until, zone)
    found: dict[Key, list[Stretch]] = {}
    for audience in Audience:
        cycles = [each for each in every if each.span.key > last.get(audience, "")]
        together = stretches([each.wrote.get(audience, 0) for each in cycles], threshold)
        for theme in themes:
            new = [_stretch([cycles[at] for at in some], theme, audience) for some in together]
            if new:
                found[theme, audience] = new
    return found


def _cycles(
    session: Session, run: ThemingRun, after: str, until: date, zone: ZoneInfo
) -> list[_Cycle]:
    """The cycles that have ended, counted, oldest first."""
    first = theme_counts.first_sent(session)
    year = trending.reporting_year(session)
    if first is None:
        return []
    return [
        _counted(session, run, span, zone)
        for span in periods(PeriodKind.CYCLE, first.astimezone(zone).date(), until, year)
        if span.key > after and span.last <= until
    ]


def _counted(session: Session, run: ThemingRun, span: Period, zone: ZoneInfo) -> _Cycle:
    since, before = (
        datetime.combine(day, time(), zone) for day in (span.first, span.last + timedelta(days=1))
    )
    scope = Scope(run.id, since=since, before=before)
    return _Cycle(
        span,
        theme_counts.people(session, scope),
        {
            theme: {audience: sum(sides.values()) for audience, sides in of.items()}
            for theme, of in theme_counts.raised(session, scope).items()
        },
    )


def _stretch(cycles: Sequence[_Cycle], theme: int, audience: Audience) -> Stretch:
    return Stretch(
        cycles[0].span.key,
        cycles[-1].span.last.isoformat(),
        sum(each.wrote.get(audience, 0) for each in cycles),
        sum(each.raised.get(theme, {}).get(audience, 0) for each in cycles),
    )
