"""Forms before, after and later, matched by the two words on a card.

What changed in between is for `measures.paired` to say. None of this hides anything: what leaves
goes through `disclosure` first.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feedback.analysis.text import card_words


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
