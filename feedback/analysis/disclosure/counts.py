"""Hiding small counts of one question, and what is summed up from few people."""

from collections.abc import Collection, Mapping, Sequence

from feedback.analysis.disclosure.shown import HIDDEN, Distribution, Shown, as_shown, check_counts


def hide_counts(
    counts: Mapping[str, int], threshold: int, *, total_known: bool = True
) -> Distribution:
    """The counts of a question where each person chose exactly one option.

    The smallest further cell goes with a lonely small one. Where somebody who replays this method
    on every possible answer could then say that a hidden count is small, the largest goes too:
    at most two further cells. So the largest shown count need not be the largest of all. With a
    base under the threshold everything is hidden, the base too.

    Args:
        counts: people per option, every offered option with its zero; they add up to the base.
        threshold: people; a count under it is hidden, zero like the rest.
        total_known: whether a reader knows the base from anywhere. Say no only when it is shown
            nowhere: then the small cells alone are hidden, and the base with them.

    Returns:
        The cells under the names they came with, and the base.

    Raises:
        ValueError: a count is not a whole number of 0 or more, or the threshold is under 2.
    """
    values = list(counts.values())
    check_counts(values, threshold)
    base = sum(values)
    if not total_known:
        hide: Collection[int] = {at for at, value in enumerate(values) if value < threshold}
    elif base < threshold:
        hide = range(len(values))
    else:
        hide = hidden_parts(values, threshold)
    return Distribution(
        {name: as_shown(value, at in hide) for at, (name, value) in enumerate(counts.items())},
        as_shown(base, base < threshold or not total_known),
    )


def hide_choices(counts: Mapping[str, int], base: int, threshold: int) -> Distribution:
    """The counts of a question where each person may choose several options.

    An option is hidden when those who chose it, or those who did not, are fewer than the
    threshold. As everybody in the base chose something, the shown options can betray how many at
    the least chose the only hidden one: then the smallest shown option is hidden too.

    Args:
        counts: people per option; each between 0 and the base.
        base: people who chose at least one option.
        threshold: people.

    Raises:
        ValueError: a count is not a whole number from 0 to the base, or the threshold is under 2.
    """
    check_counts([*counts.values(), base], threshold)
    if any(count > base for count in counts.values()):
        raise ValueError("an option cannot be chosen by more people than the base")
    if base < threshold:
        return Distribution(dict.fromkeys(counts, HIDDEN), HIDDEN)

    hide = {name for name, count in counts.items() if min(count, base - count) < threshold}
    shown = [name for name in counts if name not in hide]
    if len(hide) == 1 and shown and base - sum(counts[name] for name in shown) > 1:
        hide.add(min(shown, key=lambda name: counts[name]))
    return Distribution(
        {name: as_shown(count, name in hide) for name, count in counts.items()}, Shown(base)
    )


def hide_summary(n: int, threshold: int, *, beside: Distribution | None = None) -> bool:
    """Whether a mean, median, theme share or quote of n people must stay hidden.

    Args:
        n: people summed up.
        threshold: people.
        beside: the counts shown with it, which it sums up. Where any of them is hidden a summary
            stays hidden too: from the sum and the mean of two hidden counts both can be solved.

    Raises:
        ValueError: n is not a whole number of 0 or more, or the threshold is under 2.
    """
    check_counts([n], threshold)
    return n < threshold or (beside is not None and beside.any_hidden)


def hidden_parts(values: Sequence[int], threshold: int) -> set[int]:
    """Places to hide among parts of a known total of at least the threshold."""
    order = sorted(range(len(values)), key=lambda at: (values[at], at))
    small = sum(value < threshold for value in values)
    if not small:
        return set()
    # Hidden parts are known as a sum: each could be anything from nothing to all of it.
    least = small
    if least < 2 or sum(values[at] for at in order[:least]) < threshold:
        least += 1
    hide = set(order[:least])
    if least < len(values):
        together, following = sum(values[at] for at in hide), values[order[least]]
        # Whoever replays this knows that no hidden part exceeds the smallest shown one. That says
        # nothing while the hidden sum stays under it, or a little over when many share the sum.
        slack = threshold - 2 if least > 2 else 0
        quiet = together < following or (threshold < following and together <= following + slack)
        if not quiet:
            hide.add(order[-1])
    return hide
