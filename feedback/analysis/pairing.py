"""Forms before, after and later, matched by the two words on a card; and what changed in between.

None of this hides anything: what leaves goes through `disclosure` first.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, isfinite, nan, pi, sin, sqrt, tan
from statistics import NormalDist, stdev

from feedback.analysis.measures import Interval, mean
from feedback.analysis.text import card_words

CLOSED_FORM_UP_TO = 200  # degrees of freedom; from there on an expansion is exact to 1e-10
_HALVINGS = 60  # of a right angle: more than a float can tell apart


@dataclass(frozen=True, slots=True)
class Filled:
    """One sent form: the words of its card, and the number given to one question, if any."""

    card: str | None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """What became of the forms of one part: `forms` is all of the rest and the matched ones.

    `repeated` are forms whose card was used twice, so that nobody can say whose is whose.
    """

    forms: int = 0
    without_card: int = 0
    repeated: int = 0
    unmatched: int = 0


@dataclass(frozen=True, slots=True)
class Matched:
    """Forms of one event, or of several taken together, matched card by card.

    `matched` counts cards found once before and once after; `later_matched` those of them found
    once later too. `pairs` are the numbers before and after of the matched who gave both,
    `threes` the numbers before, after and later of those who gave all three. `duplicates` counts
    cards, not forms.
    """

    before: Side = Side()
    after: Side = Side()
    later: Side = Side()
    matched: int = 0
    later_matched: int = 0
    duplicates: int = 0
    pairs: tuple[tuple[int, int], ...] = ()
    threes: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What the same people said before and after, on one scale.

    With no pairs all figures but the counts are nan; with one, `sd` and `interval` are.
    """

    pairs: int
    before: float  # mean, points of the scale
    after: float
    change: float  # mean of after minus before, points
    sd: float  # of the single changes, points
    interval: Interval  # 95%, of the mean change, points
    worse: int  # people
    same: int
    better: int
    best_before: int  # people who stood at the best end before: no room for them to grow
    best_after: int

    @property
    def ceiling(self) -> float:
        """Share of the pairs, 0 to 1, that stood at the best end of the scale before."""
        return self.best_before / self.pairs if self.pairs else nan


def match(
    before: Sequence[Filled], after: Sequence[Filled], later: Sequence[Filled] = ()
) -> Matched:
    """Match the forms of one event by the words of their cards, and by nothing else.

    The words must be the same once case, hyphens and blanks are taken away; a wrong letter is
    another card. A card used twice before, or twice after, is left out of both and of later; one
    used twice later is left out of later alone, so that a late form never undoes a pair.

    Args:
        before, after, later: the sent forms of each part, in any order.

    Source:
        Statistics goals D.3: codes that are used twice are dropped, and there are no near
        matches, for a card one letter away may be somebody else's.
    """
    parts = (before, after, later)
    cards = [[_card(form) for form in part] for part in parts]
    twice = [_twice(part) for part in cards]
    left_out = [twice[0] | twice[1], twice[0] | twice[1], twice[0] | twice[1] | twice[2]]
    first, second, third = (
        {
            card: form.number
            for card, form in zip(cards[at], parts[at], strict=True)
            if card is not None and card not in left_out[at]
        }
        for at in range(3)
    )
    both = [card for card in first if card in second]
    all_three = [card for card in both if card in third]
    return Matched(
        before=_side(cards[0], left_out[0], len(both)),
        after=_side(cards[1], left_out[1], len(both)),
        later=_side(cards[2], left_out[2], len(all_three)),
        matched=len(both),
        later_matched=len(all_three),
        duplicates=len(left_out[2]),
        pairs=tuple(
            (was, now)
            for card in both
            if (was := first[card]) is not None and (now := second[card]) is not None
        ),
        threes=tuple(
            (was, now, then)
            for card in all_three
            if (was := first[card]) is not None
            and (now := second[card]) is not None
            and (then := third[card]) is not None
        ),
    )


def together(events: Iterable[Matched]) -> Matched:
    """Several events as one; a card of one event is never matched with that of another."""
    every = list(events)
    return Matched(
        before=_sum(each.before for each in every),
        after=_sum(each.after for each in every),
        later=_sum(each.later for each in every),
        matched=sum(each.matched for each in every),
        later_matched=sum(each.later_matched for each in every),
        duplicates=sum(each.duplicates for each in every),
        pairs=tuple(pair for each in every for pair in each.pairs),
        threes=tuple(three for each in every for three in each.threes),
    )


def change(pairs: Sequence[tuple[float, float]], *, best: float = 10, worst: float = 0) -> Change:
    """What changed for the same people between two forms.

    Args:
        pairs: what each person gave before and after; shape (people, 2), points of the scale.
        best, worst: the ends of the scale; nearer to `best` is better.

    Raises:
        ValueError: a number is not finite, or the ends are the same.

    Source:
        Paired t interval: Student (1908), Biometrika 6:1-25.
    """
    if best == worst:
        raise ValueError("a scale has two ends")
    if not all(isfinite(number) for pair in pairs for number in pair):
        raise ValueError("only finite numbers can be compared")
    changes = [after - before for before, after in pairs]
    middle = mean(changes)
    spread = stdev(changes) if len(changes) > 1 else nan
    reach = (
        t_quantile(0.975, len(changes) - 1) * spread / sqrt(len(changes))
        if len(changes) > 1
        else nan
    )
    risen = [(each > 0) - (each < 0) for each in changes]
    up, down = risen.count(1), risen.count(-1)
    return Change(
        pairs=len(pairs),
        before=mean(before for before, _ in pairs),
        after=mean(after for _, after in pairs),
        change=middle,
        sd=spread,
        interval=Interval(middle - reach, middle + reach),
        worse=down if best > worst else up,
        same=risen.count(0),
        better=up if best > worst else down,
        best_before=sum(before == best for before, _ in pairs),
        best_after=sum(after == best for _, after in pairs),
    )


@cache
def t_quantile(probability: float, freedom: int) -> float:
    """The value that Student's t stays under with a probability.

    Args:
        probability: between 0.5 and 1 exclusive.
        freedom: degrees of freedom, a whole number of 1 or more.

    Raises:
        ValueError: one of them is outside its bounds.

    Source:
        Abramowitz and Stegun (1964), Handbook of Mathematical Functions: 26.7.3 and 26.7.4, the
        distribution in closed form, solved by halving; 26.7.5, the expansion for many degrees.
    """
    if not 0.5 < probability < 1 or freedom < 1:
        raise ValueError("a quantile needs 0.5 < probability < 1 and freedom >= 1")
    if freedom > CLOSED_FORM_UP_TO:
        return _expanded(NormalDist().inv_cdf(probability), freedom)
    low, high = 0.0, pi / 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _within(middle, freedom) < 2 * probability - 1:
            low = middle
        else:
            high = middle
    return sqrt(freedom) * tan(low)


def _card(form: Filled) -> str | None:
    return card_words(form.card) if form.card else None


def _twice(cards: Sequence[str | None]) -> set[str]:
    return {card for card, uses in Counter(cards).items() if card is not None and uses > 1}


def _side(cards: Sequence[str | None], left_out: set[str], matched: int) -> Side:
    without, repeated = cards.count(None), sum(card in left_out for card in cards)
    return Side(len(cards), without, repeated, len(cards) - without - repeated - matched)


def _sum(sides: Iterable[Side]) -> Side:
    every = list(sides)
    return Side(
        sum(each.forms for each in every),
        sum(each.without_card for each in every),
        sum(each.repeated for each in every),
        sum(each.unmatched for each in every),
    )


def _within(angle: float, freedom: int) -> float:
    """How likely t lies within plus and minus sqrt(freedom) tan(angle)."""
    odd = freedom % 2
    square, term, total = cos(angle) ** 2, 1.0, 1.0
    for step in range(1 + odd, freedom - 2, 2):
        term *= square * step / (step + 1)
        total += term
    if not odd:
        return sin(angle) * total
    return 2 / pi * (angle + (sin(angle) * cos(angle) * total if freedom > 1 else 0))


def _expanded(normal: float, freedom: int) -> float:
    z = normal
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))
