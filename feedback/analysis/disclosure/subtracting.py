"""Whether small groups follow from published numbers when one is taken from another."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from feedback.errors import N_

MOST_STEPS = 20_000  # of looking for parts that fill a whole; seconds, not minutes


@dataclass(frozen=True, slots=True)
class Published:
    """A number of people that left, and who they are where that is told.

    `people` names disjoint groups, such as (month, area), that are counted together. Two numbers
    with the same people at two times have the same groups. None where it is not told: then it
    may be part of any larger number.
    """

    label: str
    count: int
    people: frozenset[Hashable] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A group of fewer people than the threshold that anybody can work out."""

    people: int  # 0 where there was too much to check
    whole: str
    parts: tuple[str, ...] = ()
    message: str = N_("“%(whole)s” gives away a group of %(people)s.")

    @property
    def values(self) -> dict[str, object]:
        """What fills the gaps of the message, once it is translated."""
        parts = "”, “".join(self.parts)
        return {"whole": self.whole, "parts": parts, "people": self.people}


_LEFT = N_("Take “%(parts)s” from “%(whole)s”. That gives away a group of %(people)s.")
_MOVED = N_(
    "“%(whole)s” and “%(parts)s” count the same people at two times. "
    "The difference gives away a group of %(people)s."
)
_OVERLAP = N_(
    "“%(parts)s” overlap, and “%(whole)s” is both together. That gives away a group of %(people)s."
)
_TANGLED = N_("Too many numbers overlap with “%(whole)s” to check them all. Publish fewer.")


class _Tangled(Exception):
    """So many numbers overlap that looking through them would take too long."""


Release = Iterable["Published | tuple[str, int]"]


def differencing(releases: Iterable[Release], threshold: int = 10) -> list[Finding]:
    """Every small group that follows from the numbers of all releases; it should be none.

    Looked for are small numbers themselves, a whole less a part of it, the same people at two
    times, a whole less several parts that have nobody in common, and two overlapping parts with
    the whole that they make up. Where nesting is not told any number may be part of any larger
    one, and of one release any may stand side by side: more is refused then than must be.

    Args:
        releases: the numbers of each, as `Published` or plain label and count.
        threshold: people; groups of 1 to threshold - 1 are found.
    """
    published = [[_named(number) for number in release] for release in releases]
    numbers = list(dict.fromkeys(number for release in published for number in release))
    told = _told(numbers)
    findings = [Finding(each.count, each.label) for each in numbers if 0 < each.count < threshold]
    findings += _pairs(numbers, told, threshold)
    for release in published:
        loose = [number for number in dict.fromkeys(release) if number.people is None]
        findings += _side_by_side(loose, threshold)
    known = _known(told)
    findings += _filled(known, threshold)
    findings += _overlaps(known, threshold)
    return list(dict.fromkeys(findings))


def _named(number: "Published | tuple[str, int]") -> Published:
    return number if isinstance(number, Published) else Published(*number)


def _told(numbers: Sequence[Published]) -> dict[Published, int]:
    """Who is counted, one bit for each group: thousands of pairs are compared."""
    bits: dict[Hashable, int] = {}
    return {
        number: sum(1 << bits.setdefault(each, len(bits)) for each in number.people)
        for number in numbers
        if number.people is not None
    }


def _known(told: Mapping[Published, int]) -> list[tuple[Published, int]]:
    """Each group of people with each count that was told of it, once."""
    return list({(mask, each.count): (each, mask) for each, mask in told.items()}.values())


def _pairs(
    numbers: Sequence[Published], told: Mapping[Published, int], threshold: int
) -> Iterator[Finding]:
    for pair in combinations(numbers, 2):
        part, whole = sorted(pair, key=lambda number: number.count)
        if not 0 < whole.count - part.count < threshold:
            continue
        message = _LEFT
        if part in told and whole in told:
            if told[part] & ~told[whole]:
                continue
            message = _LEFT if told[part] != told[whole] else _MOVED
        yield Finding(whole.count - part.count, whole.label, (part.label,), message)


def _side_by_side(loose: Sequence[Published], threshold: int) -> Iterator[Finding]:
    """Wholes less several numbers of one release of which nobody told whom they count."""
    for whole in loose:
        reached: dict[int, tuple[str, ...]] = {0: ()}
        for part in loose:
            if not 0 < part.count < whole.count:
                continue
            for people, labels in list(reached.items()):
                longer = people + part.count
                if longer < whole.count and (
                    longer not in reached or len(reached[longer]) > len(labels) + 1
                ):
                    reached[longer] = (*labels, part.label)
        for people, labels in reached.items():
            if len(labels) > 1 and whole.count - people < threshold:
                yield Finding(whole.count - people, whole.label, labels, _LEFT)


def _filled(known: Sequence[tuple[Published, int]], threshold: int) -> Iterator[Finding]:
    """Wholes less as many disjoint parts as fit in.

    Families with room for one more part need not be looked at: what they leave holds that part.
    """
    for whole, mask in known:
        inside = [
            (part, others)
            for part, others in known
            if not others & ~mask and others not in (0, mask)
        ]
        inside = _without_sums(inside)
        free = [
            sum(1 << to for to, (_, others) in enumerate(inside) if not mine & others)
            for _, mine in inside
        ]
        try:
            for family in _families(free):
                parts = [inside[at][0] for at in family]
                left = whole.count - sum(part.count for part in parts)
                if len(parts) > 1 and 0 < left < threshold:
                    yield Finding(left, whole.label, tuple(part.label for part in parts), _LEFT)
        except _Tangled:
            yield Finding(0, whole.label, message=_TANGLED)


def _without_sums(inside: Sequence[tuple[Published, int]]) -> list[tuple[Published, int]]:
    """Without numbers that two others add up to: those say the same."""
    counts = {(mask, part.count) for part, mask in inside}
    return [
        (whole, mask)
        for whole, mask in inside
        if not any(
            not others & ~mask and others != mask and (mask ^ others, whole.count - n) in counts
            for others, n in counts
        )
    ]


def _families(free: Sequence[int]) -> Iterator[list[int]]:
    """All families of parts that are free of each other and have room for no other part.

    Raises:
        _Tangled: there are too many.

    Source: Bron and Kerbosch (1973), Commun. ACM 16:575-577, with Tomita's choice of a pivot.
    """
    stack = [([], (1 << len(free)) - 1, 0)] if free else []  # type: list[tuple[list[int], int, int]]
    steps = 0
    while stack:
        if (steps := steps + 1) > MOST_STEPS:
            raise _Tangled
        family, open_, done = stack.pop()
        if not open_ and not done:
            yield family
            continue
        if not open_:
            continue
        pivot = max(_bits(open_ | done), key=lambda at: (free[at] & open_).bit_count())
        for at in _bits(open_ & ~free[pivot]):
            stack.append(([*family, at], open_ & free[at], done & free[at]))
            open_ &= ~(1 << at)
            done |= 1 << at


def _bits(mask: int) -> list[int]:
    return [at for at in range(mask.bit_length()) if mask >> at & 1]


def _overlaps(known: Sequence[tuple[Published, int]], threshold: int) -> Iterator[Finding]:
    """What two overlapping numbers have in common, where both together are known."""
    wholes: dict[int, list[Published]] = {}
    for whole, mask in known:
        wholes.setdefault(mask, []).append(whole)
    for (one, first), (other, second) in combinations(known, 2):
        if not first & second or first | second in (first, second):
            continue
        for whole in wholes.get(first | second, ()):
            shared = one.count + other.count - whole.count
            if 0 < shared < threshold:
                yield Finding(shared, whole.label, (one.label, other.label), _OVERLAP)
