"""Freezes figures for the public: numbered snapshots that no two of can be subtracted.

Whoever asks leaves a row; a worker makes the figures of each measure from the tallies and from the
release before, by the rules of `analysis.releasing`. Everybody reads what stands in a release and
nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from feedback.analysis.disclosure import Shown
from feedback.analysis.periods import CYCLE_DAYS
from feedback.analysis.releasing import (
    Counted,
    Raw,
    Snapshot,
    from_json,
    next_snapshot,
    to_json,
)
from feedback.errors import ReleaseUnderWay
from feedback.models.releases import Release, ReleasedMeasure
from feedback.models.surveys import Measure
from feedback.models.trends import ChartNote, MeasureTarget
from feedback.queries import releases, tallies
from feedback.queries import trends as stored
from feedback.queries.tallies import Asked
from feedback.services import audit, releasing_themes, trending
from feedback.services.gating import Cell
from feedback.services.series import spread_of
from feedback.services.tallied import (
    UNSAID,
    Count,
    Frame,
    Scales,
    breaks,
    counted,
    frame_of,
)
from feedback.vocabulary import DIMENSIONS, PeriodKind, RunState


def ask(session: Session, note: str, *, until: date, by: int | None, now: datetime) -> Release:
    """Ask for a release of all periods that have ended; a worker makes it.

    Args:
        until: the last day that counts.
        by: who asks, for the record; None for the program itself, which leaves no line.

    Raises:
        ReleaseUnderWay: another one is being made.
    """
    if releases.open_one(session) is not None:
        raise ReleaseUnderWay
    release = Release(
        number=releases.highest_number(session) + 1,
        state=RunState.QUEUED,
        until=until,
        note=note,
        user_id=by,
        asked_at=now,
    )
    session.add(release)
    session.flush()
    if by is not None:
        audit.note(session, by, "ask for release", f"release {release.number}", now=now)
    return release


def make(
    session: Session, release: Release, *, threshold: int, zone: ZoneInfo, now: datetime
) -> None:
    """Make the figures of a release and say that it is done; safe to do twice.

    Args:
        threshold: people, for the public.
        zone: of the host, whose days count.
    """
    if release.state is RunState.DONE:
        return
    newest = releases.newest(session)
    there = releases.measures(session, newest.id) if newest else ()
    before = {each.measure_id: each for each in there}
    year = trending.reporting_year(session)
    notes, targets = stored.all_notes(session), stored.targets(session)
    for measure in stored.measures(session):
        asked = tallies.asked(session, [measure.id])
        rows = tallies.rows(session, [each.id for each in asked], last=release.until)
        if not rows:
            continue
        earlier = before.pop(measure.id, None)
        frame = frame_of(PeriodKind.CYCLE, rows, year, None)
        known = from_json(earlier.figures["snapshot"]) if earlier else None
        counts, scales = counted(measure, asked, rows, frame)
        own = _Counts(session, measure, asked, frame, counts, scales)
        dimensions = _dimensions(session, asked)
        snapshot = next_snapshot(
            own.raw(_places(frame, release.until, known), dimensions),
            known,
            number=release.number,
            threshold=threshold,
        )
        figures = {
            "snapshot": to_json(snapshot),
            "broken": _broken(earlier, known, [frame.spans[at - 1].key for at in breaks(scales)]),
            "audiences": sorted({row.audience.value for row in rows}),
            "ask": asked[-1].ask,
            "kind": asked[-1].kind,
            "options": [list(each) for each in asked[-1].options],
            "groups": {
                dimension: _names_kept(earlier, dimension) | names
                for dimension, names in dimensions.items()
            },
            "spread": None if measure.top else own.spread(),
            **_said(measure, notes, targets),
        }
        session.add(ReleasedMeasure(release_id=release.id, measure_id=measure.id, figures=figures))
    for gone in before.values():  # nobody is counted any more: what was published stays
        session.add(
            ReleasedMeasure(release_id=release.id, measure_id=gone.measure_id, figures=gone.figures)
        )
    releasing_themes.make(session, release, newest, threshold=threshold, zone=zone)
    release.state, release.made_at = RunState.DONE, now
    session.flush()


def fail(session: Session, release_id: int) -> None:
    """Say that a release could not be made; another one can be asked for."""
    release = session.get(Release, release_id)
    if release is not None and release.state is not RunState.DONE:
        release.state = RunState.FAILED


def _said(
    measure: Measure, notes: Sequence[ChartNote], targets: Mapping[int, MeasureTarget]
) -> dict[str, Any]:
    """What is said of a measure, frozen with its figures."""
    target = targets.get(measure.id)
    return {
        "notes": [
            {
                "kind": each.kind.value,
                "starts_on": each.starts_on.isoformat(),
                "ends_on": each.ends_on.isoformat() if each.ends_on else None,
                "words": each.words,
            }
            for each in notes
            if each.measure_id in (None, measure.id)
        ],
        "target": {"value": target.value, "words": target.words} if target else None,
    }


def _dimensions(session: Session, asked: Sequence[Asked]) -> dict[str, dict[str, Any]]:
    """The dimensions that part people, with their groups' codes and words.

    Where one person may be in several groups, no group can be parted from the others.
    """
    found = {name: tallies.grouping(session, name, asked) for name in DIMENSIONS}
    return {
        name: {code: label for each in questions for code, label in each.options}
        for name, questions in found.items()
        if questions and not any(each.several for each in questions)
    }


def _broken(
    earlier: ReleasedMeasure | None, known: Snapshot | None, now: Sequence[str]
) -> list[str]:
    """The periods with which another scale begins; those of published periods never change."""
    if earlier is None or known is None:
        return list(now)
    return sorted({*earlier.figures["broken"], *(key for key in now if key not in known.periods)})


def _names_kept(earlier: ReleasedMeasure | None, dimension: str) -> dict[str, Any]:
    """What groups were called in the release before: some are not asked about any more."""
    return dict(earlier.figures["groups"].get(dimension, {})) if earlier else {}


def _places(frame: Frame, until: date, known: Snapshot | None) -> list[int]:
    """The periods that have ended.

    Those that lie across published ones, because cycles begin on other days since, are left out.
    """
    published = known.periods.keys() if known else set[str]()
    last = max(map(date.fromisoformat, published), default=None)
    free = last + timedelta(days=CYCLE_DAYS) if last else date.min
    return [
        at
        for at, period in enumerate(frame.spans)
        if period.last <= until and (period.first >= free or period.key in published)
    ]


@dataclass(frozen=True)
class _Counts:
    """One measure's raw counts, and where its groups' come from."""

    session: Session
    measure: Measure
    asked: Sequence[Asked]
    frame: Frame
    counts: Sequence[Count]
    scales: Scales

    def raw(self, places: Sequence[int], dimensions: Mapping[str, Iterable[str]]) -> Raw:
        """Some periods and their groups. Groups that do not part a period are left out."""
        keys = {at: self.frame.spans[at].key for at in places}
        periods = {key: self._counted(self.counts[at]) for at, key in keys.items()}
        groups: dict[str, dict[str, dict[str, Counted]]] = {}
        for dimension, codes in dimensions.items():
            parted = {
                group: {key: self._counted(own[at]) for at, key in keys.items()}
                for group, own in self._groups(dimension, codes).items()
            }
            rest = {
                key: _less(periods[key], [of[key] for of in parted.values()])
                for key in keys.values()
            }
            if None not in rest.values():
                unsaid = {key: each for key, each in rest.items() if each is not None}
                groups[dimension] = {**parted, UNSAID: unsaid}
        return Raw(periods, groups)

    def spread(self) -> float | None:
        """Standard deviation of single numbers."""
        return spread_of(self.counts, [Cell(*[Shown(each.people)] * 2) for each in self.counts])

    def _groups(self, dimension: str, codes: Iterable[str]) -> dict[str, Sequence[Count]]:
        ids = [each.id for each in self.asked]
        rows = tallies.rows(self.session, ids, grouped_by=dimension)
        return {
            code: counted(
                self.measure,
                self.asked,
                [row for row in rows if row.group == code],
                self.frame,
                self.scales,
            )[0]
            for code in codes
        }

    def _counted(self, count: Count) -> Counted:
        if self.measure.top:
            return Counted(count.people, hits=int(count.total))
        return Counted(count.people, total=int(count.total))


def _less(whole: Counted, parts: Sequence[Counted]) -> Counted | None:
    """Those of a period who are in none of its groups; None where the parts are more than it."""
    base = whole.base - sum(part.base for part in parts)
    if whole.hits is not None:
        hits = whole.hits - sum(part.hits or 0 for part in parts)
        return Counted(base, hits=hits) if 0 <= hits <= base else None
    total = (whole.total or 0) - sum(part.total or 0 for part in parts)
    return Counted(base, total=total) if base >= 0 and total >= 0 else None
