"""One measure before and after: the same people, and everybody; what would find a few is hidden.

Decision 0018 says why each figure stands or falls beside the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from feedback.analysis import disclosure
from feedback.analysis.disclosure import Distribution, Share, Shown
from feedback.analysis.measures import Interval, Paired, mean, paired, unpaired
from feedback.analysis.pairing import Matched, together
from feedback.analysis.revealing import Spread, mean_reveals, spread_reveals
from feedback.questionnaire import Measure, Question
from feedback.services.counting import gated
from feedback.services.matching import POINTS, Forms
from feedback.vocabulary import Better, Part

INTERVAL_NEEDS = 10  # pairs; with fewer, words only (statistics goals, D.3)


@dataclass(frozen=True)
class Everybody:
    """The means of all who gave a number, matched or not, as of two groups of strangers.

    `interval` and `chance` are None for a group that is too small for them.
    """

    people_before: int
    people_after: int
    before: float  # points, like after and change
    after: float
    interval: Interval | None = None  # 95%, Welch
    chance: float | None = None  # p of Mann and Whitney

    @property
    def change(self) -> float:
        """After minus before: of two groups that are only partly the same people."""
        return self.after - self.before


@dataclass(frozen=True)
class Afterwards:
    """The means of those who gave a number before, after and three months later."""

    people: int
    before: float  # points, like after and later
    after: float
    later: float


@dataclass(frozen=True)
class AtBest:
    """How many stood at the best end of the scale."""

    count: int
    share: Share


@dataclass(frozen=True)
class Compared:
    """One measure before and after; whatever is None may not be shown.

    `points` holds the pairs' numbers before and after, `ways` how many fell, stayed and rose.
    """

    measure: Measure
    question: Question
    pairs: Shown
    before: float | None = None  # mean of the pairs, points, like after and change
    after: float | None = None
    change: float | None = None
    interval: Interval | None = None
    size: float | None = None  # d_z: the change over the sd of single changes
    everybody: Everybody | None = None
    points: tuple[Distribution, Distribution] | None = None
    ways: Distribution | None = None
    best_before: AtBest | None = None
    best_after: AtBest | None = None
    afterwards: Afterwards | None = None

    @property
    def agree(self) -> bool | None:
        """Whether the same people and strangers point one way; None where one is not told."""
        if self.interval is None or self.everybody is None or self.everybody.interval is None:
            return None
        return _way(self.interval) == _way(self.everybody.interval)


def compare(read: Forms, measure: Measure, question: Question, threshold: int) -> Compared:
    """What a measure says of all sessions together.

    Args:
        threshold: people; a smaller group is hidden.
    """
    found = together(read.matched(each, measure.name) for each in read.events)
    pairs = gated(len(found.pairs), threshold)
    everybody = _everybody(read, measure, len(found.pairs), threshold)
    if pairs.hidden:
        return Compared(measure, question, pairs, everybody=everybody)
    befores, afters = zip(*found.pairs, strict=True)
    changed = paired(befores, afters)
    before = _points(befores, mean(befores), threshold)
    after = _points(afters, mean(afters), threshold)
    best, _worst = _ends(measure)
    higher, lower = changed.improved, changed.worse
    if measure.better is Better.LOWER:
        higher, lower = lower, higher
    ways = disclosure.hide_counts(
        {"worse": lower, "same": changed.same, "better": higher}, threshold
    )
    told = _may_tell_spread(changed, measure, ways, threshold)
    return Compared(
        measure,
        question,
        pairs,
        before=mean(befores),
        after=mean(afters),
        change=changed.change,
        interval=changed.interval if told else None,
        size=changed.d_z if told else None,
        everybody=everybody,
        points=(before, after) if before and after else None,
        ways=ways,
        best_before=_at_best(before, best),
        best_after=_at_best(after, best),
        afterwards=_afterwards(found, threshold),
    )


def _may_tell_spread(changed: Paired, measure: Measure, ways: Distribution, threshold: int) -> bool:
    """Whether the interval and the size of a change may stand beside how many rose and fell."""
    if changed.pairs < INTERVAL_NEEDS or not changed.sd:
        return False
    up, down = ("worse", "better") if measure.better is Better.LOWER else ("better", "worse")
    spread = Spread(
        changed.pairs, round(changed.change, 1), changed.interval, round(changed.d_z, 1)
    )
    return not spread_reveals(
        spread, ways, {up: 1, "same": 0, down: -1}, threshold, widest=POINTS[-1] - POINTS[0]
    )


def _way(interval: Interval) -> int:
    """1 for more, -1 for less, 0 where chance alone could be all of it."""
    return (interval.lower > 0) - (interval.upper < 0)


def _points(numbers: Iterable[int], middle: float, threshold: int) -> Distribution | None:
    """How many gave each number; None where the mean beside it would give a small count back."""
    counts = dict.fromkeys(map(str, POINTS), 0)
    for number in numbers:
        counts[str(number)] += 1
    shown = disclosure.hide_counts(counts, threshold)
    bounds = {str(point): (point, point) for point in POINTS}
    return None if mean_reveals(round(middle, 1), shown, bounds, threshold) else shown


def _at_best(points: Distribution | None, best: int) -> AtBest | None:
    cell = points.cells[str(best)] if points else disclosure.HIDDEN
    share = disclosure.share(cell, points.base) if points else None
    return None if cell.count is None or share is None else AtBest(cell.count, share)


def _everybody(read: Forms, measure: Measure, pairs: int, threshold: int) -> Everybody | None:
    before = read.numbers(Part.BEFORE, measure.name)
    after = read.numbers(Part.AFTER, measure.name)
    if min(len(before), len(after)) < threshold:
        return None
    beside_pairs = pairs >= threshold  # whose means are shown as well
    if beside_pairs and not (
        _apart(len(before) - pairs, threshold) and _apart(len(after) - pairs, threshold)
    ):
        return None
    found = unpaired(before, after)
    enough = min(found.before, found.after) >= INTERVAL_NEEDS and found.p == found.p
    return Everybody(
        found.before,
        found.after,
        mean(before),
        mean(after),
        interval=found.interval if enough else None,
        chance=found.mann_whitney_p if enough else None,
    )


def _afterwards(found: Matched, threshold: int) -> Afterwards | None:
    people = len(found.threes)
    if people < threshold or not _apart(len(found.pairs) - people, threshold):
        return None
    return Afterwards(people, *(mean(three[at] for three in found.threes) for at in range(3)))


def _ends(measure: Measure) -> tuple[int, int]:
    """The best and the worst point."""
    ends = POINTS[0], POINTS[-1]
    return ends if measure.better is Better.LOWER else ends[::-1]


def _apart(people: int, threshold: int) -> bool:
    """Whether two groups that differ by some people may both have a mean."""
    return people == 0 or people >= threshold
