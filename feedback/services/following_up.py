"""What became of the cards of an event: how many of each sort, which are late, how long it took."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from zoneinfo import ZoneInfo

from feedback.analysis.working_days import working_days
from feedback.models.issue_cards import IssueCard
from feedback.vocabulary import WORKING_DAYS_TO_ANSWER, CardState


@dataclass(frozen=True)
class Late:
    """Why a card is late: working days since a question was asked, or days since it was due."""

    asked: int | None
    due: int | None

    def __bool__(self) -> bool:
        return self.asked is not None or self.due is not None


@dataclass(frozen=True)
class Overview:
    """Some cards in numbers. `answered_within` is the days in which half of the answers came."""

    of_state: Mapping[CardState, int]
    questions: int
    late: int
    answered: int
    answered_within: int | None

    @property
    def total(self) -> int:
        """All cards."""
        return sum(self.of_state.values())


def late(card: IssueCard, *, today: date, zone: ZoneInfo) -> Late:
    """Whether somebody has waited too long for an answer; nothing for what is answered."""
    if not card.state.is_open:
        return Late(None, None)
    asked = working_days(taken_on(card, zone), today) if card.question else 0
    due = (today - card.due_on).days if card.due_on else 0
    return Late(
        asked if asked > WORKING_DAYS_TO_ANSWER else None,
        due if due > 0 else None,
    )


def overview(cards: Iterable[IssueCard], *, today: date, zone: ZoneInfo) -> Overview:
    """Some cards in numbers. They are notes of staff, for those who may read each of them."""
    cards = list(cards)
    took = [
        (card.answered_at - card.taken_at).days
        for card in cards
        if card.answered_at is not None and card.state is not CardState.NO_ANSWER
    ]
    counted = Counter(card.state for card in cards)
    return Overview(
        of_state={state: counted[state] for state in CardState},
        questions=sum(card.question for card in cards),
        late=sum(bool(late(card, today=today, zone=zone)) for card in cards),
        answered=len(took),
        answered_within=median_low(took) if took else None,
    )


def taken_on(card: IssueCard, zone: ZoneInfo) -> date:
    """The day on which a card was taken, where the host is."""
    return card.taken_at.astimezone(zone).date()
