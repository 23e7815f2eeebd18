"""What counts of coverage and figures of providers come to, as they may be shown."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from feedback.analysis import coverage, disclosure
from feedback.analysis.disclosure import HIDDEN, Share, Shown
from feedback.analysis.measures import Interval, wilson
from feedback.models.coverage import Coverage, ProviderFigure
from feedback.models.events import Series
from feedback.queries import coverage as stored
from feedback.services import covering
from feedback.services.cutting import Window
from feedback.vocabulary import OrganisationKind

T = TypeVar("T", Coverage, ProviderFigure)


@dataclass(frozen=True)
class Counted:
    """One count as it may be shown; of a small staff group nothing is.

    `missing` is how many more people the target needs, None without a target.
    """

    entry: Coverage
    trained: Shown
    staff: Shown
    share: Share | None
    missing: int | None


@dataclass(frozen=True)
class Line:
    """A staff group: its newest count, and those before it, the newest first.

    `moved` is by how many points its share differs from the count before, as both are shown.
    """

    now: Counted
    earlier: Sequence[Counted]
    moved: int | None

    @property
    def reached(self) -> bool:
        """It has a target, and nobody is missing to it."""
        return self.now.missing == 0


@dataclass(frozen=True)
class Training:
    """One training: its staff groups, and the sum of those that are shown.

    Hidden groups are in no sum, so that none can be worked out from it.
    """

    title: str
    series: Series | None
    lines: Sequence[Line]
    trained: Shown
    staff: Shown
    share: Share | None
    hidden: int
    missing: int | None


@dataclass(frozen=True)
class Figure:
    """A provider's figure as it may be shown; `disagrees` where the given per cent does not fit.

    `interval` is the range of the share, proportions; None where no share is shown.
    """

    figure: ProviderFigure
    numerator: Shown
    denominator: Shown
    has_share: bool
    low_base: bool
    interval: Interval | None
    disagrees: bool


def trainings(session: Session, threshold: int, window: Window | None = None) -> list[Training]:
    """Every training by name, its staff groups by organisation and name.

    Args:
        threshold: staff; of a smaller group nothing is shown.
        window: only counts of its days; what came before it is then no earlier count.
    """
    found: dict[str, dict[covering.Line, list[Coverage]]] = defaultdict(lambda: defaultdict(list))
    for entry in _within(stored.entries(session), window):
        line = covering.line_of(entry)
        found[line[0]][line].append(entry)
    return [_training(list(lines.values()), threshold) for _, lines in sorted(found.items())]


def figures(session: Session, threshold: int, window: Window | None = None) -> list[Figure]:
    """Every figure of a provider, by programme, with a check of the per cent that they gave.

    Args:
        window: only figures of its days.
    """
    return [_figure(each, threshold) for each in _within(stored.figures(session), window)]


def _within(kept: Sequence[T], window: Window | None) -> list[T]:
    """What was counted on the days of a window; these are no answers, so each day is its own."""
    return [
        each for each in kept if window is None or window.touches(each.counted_on, each.counted_on)
    ]


def _training(lines: Sequence[Sequence[Coverage]], threshold: int) -> Training:
    rows = sorted((_line(entries, threshold) for entries in lines), key=_place)
    shown = [row.now for row in rows if not row.now.staff.hidden]
    trained, staff = (
        Shown(sum(each.entry.trained for each in shown)) if shown else HIDDEN,
        Shown(sum(each.entry.staff for each in shown)) if shown else HIDDEN,
    )
    missing = [each.missing for each in shown if each.missing is not None]
    newest = max((row.now.entry for row in rows), key=lambda entry: (entry.counted_on, entry.id))
    return Training(
        title=covering.title_of(newest),
        series=newest.series,
        lines=rows,
        trained=trained,
        staff=staff,
        share=disclosure.share(trained, staff),
        hidden=len(rows) - len(shown),
        missing=sum(missing) if missing else None,
    )


def _line(entries: Sequence[Coverage], threshold: int) -> Line:
    """A staff group out of its counts, oldest first."""
    *earlier, newest = (_counted(entry, threshold) for entry in entries)
    before = earlier[-1].share if earlier else None
    moved = newest.share.per_cent - before.per_cent if newest.share and before else None
    return Line(newest, earlier[::-1], moved)


def _counted(entry: Coverage, threshold: int) -> Counted:
    if disclosure.hide_summary(entry.staff, threshold):
        return Counted(entry, HIDDEN, HIDDEN, None, None)
    trained, staff = Shown(entry.trained), Shown(entry.staff)
    missing = None
    if entry.target is not None:
        missing = coverage.still_missing(entry.trained, entry.staff, entry.target)
    return Counted(entry, trained, staff, disclosure.share(trained, staff), missing)


def _place(line: Line) -> tuple[int, str, str]:
    entry = line.now.entry
    organisation = entry.organisation.name.casefold() if entry.organisation else ""
    return list(OrganisationKind).index(entry.kind), organisation, entry.staff_group.casefold()


def _figure(figure: ProviderFigure, threshold: int) -> Figure:
    if disclosure.hide_summary(figure.denominator, threshold):
        return Figure(figure, HIDDEN, HIDDEN, False, False, None, False)
    numerator, denominator = Shown(figure.numerator), Shown(figure.denominator)
    share = disclosure.share(numerator, denominator)
    return Figure(
        figure,
        numerator,
        denominator,
        has_share=share is not None,
        low_base=share is not None and share.low_base,
        interval=wilson(figure.numerator, figure.denominator) if share else None,
        disagrees=bool(figure.said)
        and coverage.disagrees(figure.said, figure.numerator, figure.denominator),
    )
