"""One measure's tallies cut into periods, and what of these may leave."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from feedback.analysis.periods import ReportingYear
from feedback.models.surveys import Measure
from feedback.queries.tallies import Asked, Row
from feedback.services.gating import Cell, gate_beside, gate_cuts, gate_groups, gate_others
from feedback.services.tallied import (
    Count,
    Frame,
    Rounds,
    Scales,
    count_of,
    counted,
    frame_of,
)
from feedback.vocabulary import Audience, PeriodKind

# Everybody may look at all of them, and one less another may leave few: the first are shown first.
CUTS = (
    PeriodKind.CYCLE,
    PeriodKind.SCHOOL_YEAR,
    PeriodKind.TERM,
    PeriodKind.QUARTER,
    PeriodKind.MONTH,
)


@dataclass(frozen=True)
class Window:
    """Which answers count, and how they are cut.

    A period or a round that `first` or `last` lies in counts as a whole, for part of it is not
    what it is called, and two windows a day apart would tell what that day brought. What is
    hidden is hidden in every window.
    """

    kind: PeriodKind = PeriodKind.CYCLE
    first: date | None = None
    last: date | None = None
    audience: Audience | None = None

    def touches(self, first: date, last: date) -> bool:
        """Whether some days have one in common with it."""
        begins_in_time = self.last is None or first <= self.last
        return begins_in_time and (self.first is None or self.first <= last)


@dataclass(frozen=True)
class Cut:
    """All periods of one kind: raw counts and their scales, and what of them may leave."""

    frame: Frame
    counts: Sequence[Count]
    scales: Scales
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Cutting:
    """One measure's tallies of all days, to be cut as a window says.

    `rounds` are given where it says rounds.
    """

    measure: Measure
    asked: Sequence[Asked]
    rows: Sequence[Row]
    window: Window
    year: ReportingYear
    rounds: Rounds | None
    threshold: int

    @property
    def shares(self) -> bool:
        """Its figures are shares of people; else means."""
        return bool(self.measure.top)

    @cached_property
    def own(self) -> Sequence[Row]:
        """The tallies of the window's audience."""
        return self._split(self.rows)[0]

    @cached_property
    def cuts(self) -> Sequence[Cut]:
        """What the window asks for, after all that is shown before it."""
        own, others = self._split(self.rows)
        kinds = CUTS[: CUTS.index(self.window.kind) + 1] if self.rounds is None else [None]
        found: list[Cut] = []
        for kind in kinds:
            frame = frame_of(kind or PeriodKind.ROUND, own, self.year, self.rounds)
            counts, scales = self._counted(own, frame)
            rest = [self._counted(rows, frame, scales)[0] for rows in others]
            cells = gate_beside(counts, rest, self.shares, self.threshold)
            found.append(Cut(frame, counts, scales, self._beside(found, frame, cells, own)))
        return found

    def places(self) -> list[int]:
        """The periods of the window, from the first to the last that anybody answered in."""
        if not self.own:
            return []
        frame = self.cuts[-1].frame
        there = {frame.place(row) for row in self.own}
        within = [
            at for at, span in enumerate(frame.spans) if self.window.touches(span.first, span.last)
        ]
        answered = [at for at in within if at in there]
        return [at for at in within if answered and answered[0] <= at <= answered[-1]]

    def of_groups(
        self, rows: Sequence[Row], codes: Iterable[str], *, several: bool
    ) -> dict[str, tuple[Sequence[Count], Sequence[Cell]]]:
        """Each group's periods, raw and as they may leave, of the groups that anybody is in.

        Args:
            rows: the tallies of all groups.
            several: whether one person may be in several of them.
        """
        own, others = self._split(rows)
        of_group: dict[str, list[Row]] = defaultdict(list)
        for row in own:
            of_group[row.group].append(row)
        shown: dict[str, list[Cut]] = {code: [] for code in codes if code in of_group}
        for cut in self.cuts:
            apart = {
                code: self._counted(of_group[code], cut.frame, cut.scales)[0] for code in shown
            }
            gated = gate_groups(
                apart, cut.counts, cut.cells, self.shares, self.threshold, several=several
            )
            for code, before in shown.items():
                rest = [
                    self._counted(
                        [row for row in each if row.group == code], cut.frame, cut.scales
                    )[0]
                    for each in others
                ]
                alone = gate_others(gated[code], apart[code], rest, self.shares, self.threshold)
                cells = self._beside(before, cut.frame, alone, of_group[code])
                before.append(Cut(cut.frame, apart[code], cut.scales, cells))
        return {code: (cuts[-1].counts, cuts[-1].cells) for code, cuts in shown.items()}

    def _split(self, rows: Sequence[Row]) -> tuple[list[Row], list[list[Row]]]:
        """The tallies of the window's audience and those of each other one."""
        of: dict[Audience, list[Row]] = defaultdict(list)
        for row in rows:
            of[row.audience].append(row)
        if self.window.audience is None:
            return list(rows), []
        return of.pop(self.window.audience, []), list(of.values())

    def _counted(
        self, rows: Sequence[Row], frame: Frame, scales: Scales | None = None
    ) -> tuple[list[Count], Scales]:
        return counted(self.measure, self.asked, rows, frame, scales)

    def _beside(
        self, before: Sequence[Cut], frame: Frame, cells: Sequence[Cell], rows: Sequence[Row]
    ) -> Sequence[Cell]:
        """What may leave where all of these are shown, cut in several ways."""
        if self.rounds is not None:
            return cells
        days: dict[date, Count] = defaultdict(Count)
        for row in rows:
            days[row.day].add(count_of(self.measure, row.counts))
        cuts = [(cut.frame.spans, cut.cells) for cut in before]
        return gate_cuts([*cuts, (frame.spans, cells)], days, self.shares, self.threshold)
