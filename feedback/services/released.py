"""Releases as everybody may read them: series and tables of groups, out of what was frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from feedback.analysis.disclosure import HIDDEN, Shown
from feedback.analysis.periods import CYCLE_DAYS, Period
from feedback.analysis.releasing import Counted, GroupTable, from_json
from feedback.models.releases import Release, ReleasedMeasure
from feedback.models.surveys import Measure
from feedback.outputs.measured import MOST_POINTS
from feedback.queries import releases
from feedback.queries.tallies import Asked
from feedback.services.gating import Cell
from feedback.services.series import Series, read_series
from feedback.services.tallied import Count, Frame
from feedback.vocabulary import Audience, NoteKind


@dataclass(frozen=True)
class FrozenNote:
    """A note as it stood on a chart when it was released, without who wrote it."""

    kind: NoteKind
    starts_on: date
    ends_on: date | None
    words: str


@dataclass(frozen=True)
class FrozenTarget:
    """A target as it stood when it was released."""

    value: float
    words: str


@dataclass(frozen=True)
class Released:
    """One measure as everybody may read it, with the words for its groups."""

    measure: Measure
    series: Series
    groups: Mapping[str, GroupTable]
    names: Mapping[str, Mapping[str, Any]]  # dimension → code → words by language


def read(session: Session, release: Release, *, until: date | None = None) -> list[Released]:
    """All measures of a release, as everybody may read them.

    Args:
        until: the last day that counts; later periods are as if they were not there yet.
    """
    last = until or release.until
    return [_released(each, release, last) for each in releases.measures(session, release.id)]


def one(
    session: Session, release: Release, measure_id: int, *, also: Sequence[FrozenNote] = ()
) -> Released | None:
    """One measure of a release, as everybody may read it; None where it is not in there.

    Args:
        also: what the chart marks beside the notes that were frozen with it.
    """
    row = releases.measure(session, release.id, measure_id)
    return None if row is None else _released(row, release, release.until, also)


def _released(
    row: ReleasedMeasure, release: Release, until: date, also: Sequence[FrozenNote] = ()
) -> Released:
    kept: Mapping[str, Any] = row.figures
    snapshot = from_json(kept["snapshot"]).public()
    measure, target = row.measure, kept["target"]
    newest = [each for each in snapshot.periods.items() if _cycle(each[0]).last <= until]
    older, newest = len(newest) > MOST_POINTS, newest[-MOST_POINTS:]
    spans = [_cycle(key) for key, _ in newest]
    cells = [_cell(each) for _, each in newest]
    counts = [_count(each) for _, each in newest]
    series = read_series(
        measure,
        Asked(
            0,
            measure.name,
            measure.id,
            kept["ask"],
            kept["kind"],
            (),
            several=False,
            options=tuple((code, label) for code, label in kept["options"]),
        ),
        cells,
        counts,
        Frame(spans),
        [at for at, span in enumerate(spans, start=1) if span.key in kept["broken"] and at > 1],
        sorted([*map(_note, kept["notes"]), *also], key=lambda note: note.starts_on),
        FrozenTarget(**target) if target else None,
        kept["spread"],
        release.until + timedelta(days=1),
    )
    audiences = frozenset(map(Audience, kept["audiences"]))
    return Released(
        measure,
        replace(series, audiences=audiences, rounded=True, older=older),
        snapshot.groups,
        kept["groups"],
    )


def _cycle(key: str) -> Period:
    first = date.fromisoformat(key)
    return Period(first, first + timedelta(days=CYCLE_DAYS - 1))


def _cell(figure: Counted | None) -> Cell:
    if figure is None:
        return Cell(HIDDEN, HIDDEN)
    return Cell(Shown(figure.base), Shown(figure.base if figure.hits is None else figure.hits))


def _count(figure: Counted | None) -> Count:
    if figure is None:
        return Count()
    return Count(figure.base, figure.hits if figure.hits is not None else figure.total or 0)


def _note(kept: Mapping[str, Any]) -> FrozenNote:
    return FrozenNote(
        NoteKind(kept["kind"]),
        date.fromisoformat(kept["starts_on"]),
        date.fromisoformat(kept["ends_on"]) if kept["ends_on"] else None,
        kept["words"],
    )
