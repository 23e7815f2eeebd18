"""Reads a measure over periods: takes the chart that fits, and says what the last point means.

    points      of shares whose bases are alike    of shares whose bases differ    of means
    15 or more  XmR chart                          p or p′ chart                   XmR chart
    6 to 14     run chart, and a stretch that differs from the rest by more than chance
    fewer       run chart, too early to say

Bases differ where one is more than a quarter away from their mean. Seven in a row on one side of
the middle are a signal on every chart with limits, for limits alone miss a small lasting change. A
change of scale breaks a series: what came before stands in the picture and counts for nothing
after. After a new start it is too early again until there are 6 points. Where all numbers are the
same nothing is said.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import sqrt
from statistics import median
from typing import Literal

from feedback.analysis.trends.control import (
    FEWEST_TO_FLAG,
    Assurance,
    Improvement,
    Refusal,
    State,
    control_chart,
)
from feedback.analysis.trends.proportions import p_chart
from feedback.analysis.trends.rules import alike, runs, sides
from feedback.analysis.trends.runs import run_chart
from feedback.analysis.trends.stretches import FEWEST, Stretch, stretch

UNEVEN = 0.25  # of the mean base


class Chart(StrEnum):
    """Which chart a series is drawn as."""

    CONTROL = "control"
    PROPORTION = "proportion"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Taken:
    """One period's answers: people, and how many of them count, or the sum of their numbers."""

    people: int
    total: float

    @property
    def value(self) -> float:
        """The share (0 to 1) or the mean."""
        return self.total / self.people


@dataclass(frozen=True, slots=True)
class Span:
    """Points from one new start to the next, positions from 1, with what they are held against.

    `joined` is no where another scale begins: nothing before it counts.
    """

    first: int
    last: int
    middle: float | None
    lower: float | None = None
    upper: float | None = None
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What a series says. Positions run from 1.

    `now` is the state of the last point that counts; None where it is too early or the maths does
    not carry, and then `refusal` says why. `since` is where what `now` says began. `moved` is a
    stretch of a short series that differs from the rest. `rough` says that the newest limits rest
    on few points.
    """

    chart: Chart
    spans: tuple[Span, ...]
    states: tuple[State | None, ...]
    now: State | None
    since: int | None
    moved: Stretch | None
    refusal: Refusal | None
    assurance: Assurance | None
    limits: tuple[tuple[float, float] | None, ...]
    cannot_signal_up: bool = False
    cannot_signal_down: bool = False
    rough: bool = False


def read(
    taken: Sequence[Taken | None],
    *,
    shares: bool,
    spread: float | None = None,
    improvement: Improvement,
    target: float | None = None,
    rebase_before: Collection[int] = (),
    broken_before: Collection[int] = (),
    ghosted: Collection[int] = (),
    convention: Literal["nhs", "r"] = "nhs",
) -> Reading:
    """Take the chart that fits, and read its last point.

    Args:
        taken: oldest first; None where a period has no figure.
        shares: the totals are counts of people; else sums of numbers.
        spread: standard deviation of single numbers; shares need none.
        target: in the unit of the values.
        rebase_before: points at which limits are worked out anew.
        broken_before: points at which another scale begins.
        ghosted: points that do not count.

    Raises:
        ValueError: no figure at all, a period without people, or what `control_chart` refuses.
    """
    if any(each is not None and each.people < 1 for each in taken):
        raise ValueError("a figure stands on somebody")
    if not any(taken):
        raise ValueError("a chart needs a figure")
    starts = sorted({1, *broken_before})
    ends = [*(each - 1 for each in starts[1:]), len(taken)]
    earlier = [
        _plain(taken, first, last, first > 1)
        for first, last in zip(starts[:-1], ends[:-1], strict=True)
    ]
    first = starts[-1]
    part = _Part(
        first,
        taken[first - 1 :],
        shares,
        spread,
        frozenset(each - first + 1 for each in rebase_before if each > first),
        frozenset(each - first + 1 for each in ghosted if each >= first),
    )
    found = part.read(improvement, target, convention)
    before = (None,) * (first - 1)
    return Reading(
        chart=found.chart,
        spans=(
            *(span for each in earlier for span in each),
            *(
                part.placed(span, joined=at > 0 or first == 1)
                for at, span in enumerate(found.spans)
            ),
        ),
        states=before + found.states,
        now=found.now,
        since=None if found.since is None else found.since + first - 1,
        moved=part.stretch_placed(found.moved),
        refusal=found.refusal,
        assurance=found.assurance,
        limits=before + found.limits,
        cannot_signal_up=found.cannot_signal_up,
        cannot_signal_down=found.cannot_signal_down,
        rough=found.rough,
    )


def _plain(taken: Sequence[Taken | None], first: int, last: int, broken: bool) -> list[Span]:
    own = [each.value for each in taken[first - 1 : last] if each]
    return [Span(first, last, median(own) if own else None, joined=not broken)]


@dataclass(frozen=True)
class _Part:
    """The series from the last change of scale on; positions from 1 in here."""

    at: int
    taken: Sequence[Taken | None]
    shares: bool
    spread: float | None
    rebases: frozenset[int]
    ghosted: frozenset[int]

    def read(
        self, improvement: Improvement, target: float | None, convention: Literal["nhs", "r"]
    ) -> Reading:
        count = len(self._kept())
        if not count:
            return self._nothing()
        if count < FEWEST_TO_FLAG:
            return self._short(improvement)
        if self.shares and self._uneven():
            return self._proportions(improvement)
        return self._control(improvement, target, convention)

    def placed(self, span: Span, *, joined: bool) -> Span:
        """A span as the whole series counts its points."""
        ahead = self.at - 1
        return Span(
            span.first + ahead, span.last + ahead, span.middle, span.lower, span.upper, joined
        )

    def stretch_placed(self, found: Stretch | None) -> Stretch | None:
        """A stretch as the whole series counts its points."""
        if found is None:
            return None
        ahead = self.at - 1
        return Stretch(
            found.first + ahead, found.last + ahead, found.inside, found.outside, found.score
        )

    def _kept(self) -> dict[int, Taken]:
        return {
            place: each
            for place, each in enumerate(self.taken, start=1)
            if each is not None and place not in self.ghosted
        }

    def _uneven(self) -> bool:
        bases = [each.people for each in self._kept().values()]
        middle = sum(bases) / len(bases)
        return any(abs(base / middle - 1) > UNEVEN for base in bases)

    def _rebases(self) -> list[int]:
        """The new starts that have a figure before them and one after."""
        kept, edges = self._kept(), [1]
        for each in sorted(self.rebases):
            behind = any(edges[-1] <= place < each for place in kept)
            if behind and any(place >= each for place in kept):
                edges.append(each)
        return edges[1:]

    def _starts(self) -> list[tuple[int, int]]:
        edges = [1, *self._rebases(), len(self.taken) + 1]
        return [(first, after - 1) for first, after in pairwise(edges)]

    def _nothing(self) -> Reading:
        count = len(self.taken)
        return Reading(
            Chart.RUN,
            (Span(1, count, None),),
            (None,) * count,
            *(None, None, None, Refusal.TOO_SHORT, None),
            limits=(None,) * count,
        )

    def _short(self, improvement: Improvement) -> Reading:
        kept, count = self._kept(), len(self.taken)
        last_start = self._starts()[-1][0]
        lately = {place: each for place, each in kept.items() if place >= last_start}
        spans = []
        for first, last in self._starts():
            own = [each.value for place, each in kept.items() if first <= place <= last]
            spans.append(Span(first, last, run_chart(own).median if own else None))
        refusal = _unjudged(lately.values()) or self._spreadless(lately)
        moved = None if refusal else self._moved(lately)
        states: list[State | None] = [None] * count
        now, since = None, None
        if refusal is None:
            for place in lately:
                states[place - 1] = State.COMMON
            now = State.COMMON
        if moved is not None:
            look = _look(moved.inside > moved.outside, improvement)
            for place in lately:
                if moved.first <= place <= moved.last:
                    states[place - 1] = look
            if moved.last == max(lately):
                now, since = look, moved.first
        return Reading(
            Chart.RUN,
            tuple(spans),
            tuple(states),
            now,
            since,
            moved,
            refusal,
            None,
            limits=(None,) * count,
        )

    def _spread(self, kept: dict[int, Taken]) -> float:
        people = sum(each.people for each in kept.values())
        middle = sum(each.total for each in kept.values()) / people
        return sqrt(middle * (1 - middle)) if self.shares else self.spread or 0.0

    def _spreadless(self, kept: dict[int, Taken]) -> Refusal | None:
        """Nobody differs from the others of their period, so there is no chance to judge by."""
        return None if self._spread(kept) > 0 else Refusal.NEARLY_CONSTANT

    def _moved(self, kept: dict[int, Taken]) -> Stretch | None:
        last = max(kept)
        values = [kept[at].value if at in kept else None for at in range(1, last + 1)]
        bases = [kept[at].people if at in kept else 0 for at in range(1, last + 1)]
        return stretch(values, bases, self._spread(kept))

    def _control(
        self, improvement: Improvement, target: float | None, convention: Literal["nhs", "r"]
    ) -> Reading:
        values = [each.value if each else None for each in self.taken]
        chart = control_chart(
            values,
            improvement=improvement,
            target=target,
            convention=convention,
            rebase_before=self._rebases(),
            ghosted=sorted(self.ghosted),
        )
        last = max(self._kept())
        refused = chart.refusal is not None
        now = None if refused else chart.states[last - 1]
        states = tuple(None if refused else each for each in chart.states)
        ends = chart.parts[-1]
        return Reading(
            Chart.CONTROL,
            tuple(
                Span(part.first, part.last, part.mean, self._cut(part.lower), self._cut(part.upper))
                for part in chart.parts
            ),
            states,
            now,
            _run_of(chart.states, last, ends.first) if now not in (None, State.COMMON) else None,
            None,
            chart.refusal,
            None if refused else chart.assurance,
            limits=(None,) * len(self.taken),
            cannot_signal_up=self.shares and ends.upper is not None and ends.upper >= 1,
            cannot_signal_down=self.shares and ends.lower is not None and ends.lower <= 0,
            rough=ends.warned,
        )

    def _cut(self, limit: float | None) -> float | None:
        return min(max(limit, 0.0), 1.0) if self.shares and limit is not None else limit

    def _proportions(self, improvement: Improvement) -> Reading:
        count, kept = len(self.taken), self._kept()
        spans, states = list[Span](), list[State | None]([None] * count)
        limits = list[tuple[float, float] | None]([None] * count)
        up = down = False
        for first, last in self._starts():
            own = [place for place in kept if first <= place <= last]
            if not own:
                spans.append(Span(first, last, None))
                continue
            chart = p_chart(
                [round(kept[place].total) for place in own], [kept[place].people for place in own]
            )
            spans.append(Span(first, last, chart.centre))
            up, down = chart.cannot_signal_up, chart.cannot_signal_down
            values = [kept[place].value for place in own]
            side = sides(values, chart.centre, alike(values))
            shifted = runs(side, 1) | runs(side, -1)
            for at, place in enumerate(own):
                lower, upper = chart.lower[at], chart.upper[at]
                if lower is not None and upper is not None:
                    limits[place - 1] = lower, upper
                out = at + 1 in chart.outside or at in shifted
                higher = kept[place].value > chart.centre
                states[place - 1] = _look(higher, improvement) if out else State.COMMON
        last, start = max(kept), spans[-1].first
        refusal = _unjudged([each for place, each in kept.items() if place >= start])
        if refusal:
            states = [None] * count
        now = states[last - 1]
        return Reading(
            Chart.PROPORTION,
            tuple(spans),
            tuple(states),
            now,
            _run_of(states, last, start) if now not in (None, State.COMMON) else None,
            None,
            refusal,
            None,
            limits=tuple(limits),
            cannot_signal_up=up,
            cannot_signal_down=down,
        )


def _look(higher: bool, improvement: Improvement) -> State:
    if improvement == "neither":
        return State.NEITHER
    return State.IMPROVEMENT if higher == (improvement == "increase") else State.CONCERN


def _unjudged(lately: Collection[Taken]) -> Refusal | None:
    """Why nothing can be said of the points since the last new start."""
    if len(lately) < FEWEST:
        return Refusal.TOO_SHORT
    values = [each.value for each in lately]
    return Refusal.CONSTANT if max(values) - min(values) <= alike(values) else None


def _run_of(states: Sequence[State | None], last: int, first: int) -> int:
    """Where the run of signals that the last point belongs to began, within its part."""
    since = last
    for place in range(last, first - 1, -1):
        if states[place - 1] is None:
            continue
        if states[place - 1] is not states[last - 1]:
            break
        since = place
    return since
