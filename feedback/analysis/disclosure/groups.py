"""Which groups to leave out where people stand on two sides and everybody together is known."""

from collections.abc import Mapping, Sequence

from feedback.analysis.disclosure.counts import hidden_parts
from feedback.analysis.disclosure.shown import check_counts


def hidden_groups(groups: Mapping[str, Sequence[int]], threshold: int) -> frozenset[str]:
    """The groups to leave out whole; of the others every number may be shown.

    A group with too few people on a side is left out, and the smallest of the others with it
    until two are left out and hold the threshold together on each side. Then each of their
    counts could be 0, and could be the threshold or more, for one who replays this too: one of
    them may have nobody on the one side, another nobody on the other, the rest nobody at all.

    Args:
        groups: people on each side, such as those who said yes and those who did not; the sums
            of all groups are taken to be known. With one side the rule is that of `hide_counts`.
        threshold: people.

    Raises:
        ValueError: groups differ in sides, a count is not a whole number of 0 or more, or the
            threshold is under 2.
    """
    check_counts((count for sides in groups.values() for count in sides), threshold)
    if len({len(sides) for sides in groups.values()}) > 1:
        raise ValueError("every group needs the same sides")
    names = list(groups)
    if any(sum(side) < threshold for side in zip(*groups.values(), strict=True)):
        return frozenset(names)
    if all(len(sides) == 1 for sides in groups.values()):
        least = hidden_parts([sum(groups[name]) for name in names], threshold)
        return frozenset(names[at] for at in least)

    hide = {name for name, sides in groups.items() if min(sides) < threshold}
    others = sorted(groups.keys() - hide, key=lambda name: (sum(groups[name]), name))
    for name in others if hide else ():
        together = [sum(side) for side in zip(*(groups[name] for name in hide), strict=True)]
        if len(hide) > 1 and min(together) >= threshold:
            break
        hide.add(name)
    return frozenset(hide)
