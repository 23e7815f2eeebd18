"""Who was heard and who was not: those who took part, set beside the profile of an area.

Only counts that the gate lets through are compared, so nothing here gives a hidden one back: a
group that nobody belongs to, one with a few people and one hidden beside it all read the same.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from feedback.analysis.disclosure import (
    HIDDEN,
    Distribution,
    Share,
    Shown,
    hide_counts,
    hide_table,
    share,
)
from feedback.analysis.intervals import wilson_interval
from feedback.analysis.sheets import Sheet
from feedback.analysis.weighting import CannotWeigh, rake_all

# Codes of the ready question `setting` that say a child or young person is not in education.
NOT_IN_EDUCATION = ("home", "eotas", "unable", "waiting", "neet")


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a profile: its code, how many people it has where that is known, its share."""

    code: str
    people: int | None
    share: float  # proportion, 0 to 1, as the source gives it


@dataclass(frozen=True, slots=True)
class Profile:
    """How many of whom live in an area, as a source says on a day.

    `dimension` is the name of the question that asks for it, `audience` whom it speaks of; `base`
    is how many people the source counts in all.
    """

    dimension: str
    audience: str
    groups: tuple[Group, ...]
    source: str
    day: date
    base: int

    @property
    def whole_shares(self) -> dict[str, float]:
        """The shares with all groups of the profile as the whole, so that they add up to 1."""
        total = sum(group.share for group in self.groups)
        return {group.code: group.share / total if total else 0.0 for group in self.groups}


@dataclass(frozen=True, slots=True)
class Compared:
    """One group: how many were heard, their share, the share in the profile, the gap.

    `there` is in per cent with one decimal; `gap` in points, of the shares as they are shown.
    `clearly_less`: the heard share lies under that of the profile by more than chance explains.
    """

    group: str
    heard: Shown
    share: Share | None
    there: float
    gap: float | None
    clearly_less: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All groups of a profile; `base` is how many were heard from them altogether."""

    lines: tuple[Compared, ...]
    base: Shown
    several: bool

    @property
    def not_heard(self) -> tuple[str, ...]:
        """Groups without a number: nobody, a few, or hidden beside such a one."""
        return tuple(line.group for line in self.lines if line.heard.hidden)

    @property
    def heard_less(self) -> tuple[str, ...]:
        """Groups that were heard clearly less than their share."""
        return tuple(line.group for line in self.lines if line.clearly_less)


def compare(seen: Distribution, profile: Profile, *, several: bool = False) -> Comparison:
    """Those who were heard beside those who live there, for the groups of the profile alone.

    Shares are of the people of these groups, on both sides; where one person may be in several
    groups they are of everybody who answered, and do not add up to 100.

    Args:
        seen: the groups of the profile as they may be shown, and the people of all of them.
        several: whether one person may be in several groups.
    """
    whole = profile.whole_shares
    there = {g.code: g.share if several else whole[g.code] for g in profile.groups}
    return Comparison(
        tuple(_compared(code, seen.cells[code], seen.base, there[code]) for code in there),
        seen.base,
        several,
    )


def _compared(group: str, heard: Shown, base: Shown, there: float) -> Compared:
    said, part = round(100 * there, 1), share(heard, base)
    if part is None or heard.count is None or base.count is None:
        return Compared(group, heard, None, said, None, False)
    less = wilson_interval(heard.count, base.count).upper < there
    return Compared(group, heard, part, said, round(part.per_cent - said, 1), less)


@dataclass(frozen=True, slots=True)
class NotInEducation:
    """How many were heard who are not in education.

    `count` is their number where it can be said; else `at_least` is what the shown groups add up
    to, 0 where none is shown. `few`: nobody, or fewer than the threshold. `unsure`: it is not said
    either whether they are few.
    """

    asked: bool
    count: int | None
    at_least: int
    few: bool
    unsure: bool = False


def not_in_education(
    sheet: Sheet,
    offered: Collection[str],
    threshold: int,
    people: int | None,
) -> NotInEducation:
    """What can be said of people not in education beside the groups that are shown.

    Args:
        sheet: what is shown of the question where a child learns.
        offered: each group that could be chosen.
        threshold: people.
        people: how many they are. None where nobody may learn whether they are few: of one year,
            and of several audiences together, that with their other figures could show how few.
    """
    codes = [code for code in NOT_IN_EDUCATION if code in offered]
    shown = sheet.at_least(codes)
    there = all(any(code in part.cells for part in sheet.parts) for code in codes)
    said = sheet.total(codes) if codes and there else None
    if people is not None and people < threshold:
        return NotInEducation(bool(codes), None, shown, few=True)
    unsure = said is None and people is None
    return NotInEducation(bool(codes), said, shown, few=False, unsure=unsure)


# Weights: only where somebody asks for them


class NoWeights(StrEnum):
    """Why no weights are given."""

    HIDDEN = "hidden"  # a group, or a cell of two questions, is too small to be shown
    SEVERAL = "several"  # one person may be in several groups
    NOBODY = "nobody"
    NO_SUM = "no_sum"
    TOO_FEW = "too_few"
    TOO_LARGE = "too_large"
    TOGETHER = "together"  # two profiles, but one year or everybody


@dataclass(frozen=True, slots=True)
class Moved:
    """A group's share before and after weighting, and in the profile: proportions, 0 to 1."""

    dimension: str
    group: str
    before: float
    after: float
    there: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """What weighting does and what it costs; or the reasons why there are no weights."""

    reasons: tuple[NoWeights, ...] = ()
    base: int = 0
    effective: float = 0.0  # answers
    smallest: float = 0.0
    largest: float = 0.0
    design_effect: float = 0.0
    capped: bool = False
    moved: tuple[Moved, ...] = ()


def weights_of(
    people: Mapping[tuple[str, ...], int], profiles: Sequence[Profile], threshold: int
) -> Weighed:
    """Weights that make those who were heard look like one profile, or like two at once.

    A group that may not be shown gets no weight: its smallest or largest weight, or what weighting
    costs, would give its number back; and one person would speak for many.

    Args:
        people: how many are in each combination of groups, one group for each profile; who is in
            a group that a profile does not have is left out.
        profiles: one or two, each of a question where a person is in exactly one group.
        threshold: people.
    """
    import numpy as np

    if len(profiles) not in (1, 2):
        raise ValueError("weights are for one profile or two")
    targets = [profile.whole_shares for profile in profiles]
    codes = [list(each) for each in targets]
    sample = np.zeros([len(each) for each in codes], dtype=int)
    for chosen, count in people.items():
        if all(code in of for code, of in zip(chosen, codes, strict=True)):
            place = tuple(of.index(code) for code, of in zip(chosen, codes, strict=True))
            sample[place] += count
    if _any_hidden(sample, threshold):
        return Weighed((NoWeights.HIDDEN,))
    try:
        found = rake_all(sample, [list(each.values()) for each in targets])
    except CannotWeigh as refused:
        return Weighed(tuple(NoWeights(reason) for reason in refused.reasons))
    total = float(sample.sum())
    moved = []
    for axis, (profile, shares) in enumerate(zip(profiles, targets, strict=True)):
        others = tuple(other for other in range(len(profiles)) if other != axis)
        before, after = sample.sum(axis=others) / total, found.counts.sum(axis=others) / total
        moved += [
            Moved(profile.dimension, code, float(before[at]), float(after[at]), there)
            for at, (code, there) in enumerate(shares.items())
        ]
    return Weighed(
        base=int(total),
        effective=found.effective,
        smallest=found.smallest,
        largest=found.largest,
        design_effect=found.design_effect,
        capped=found.capped,
        moved=tuple(moved),
    )


def _any_hidden(sample: Any, threshold: int) -> bool:
    """Whether a number of a sample, or of its totals, may not be shown."""
    if sample.ndim == 1:
        seen = hide_counts({str(at): int(n) for at, n in enumerate(sample)}, threshold)
        return seen.any_hidden or seen.base == HIDDEN
    return hide_table(sample.tolist(), threshold).any_hidden
