"""The loop's clock: days from what was heard to the first reply, the decision and the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from feedback.vocabulary import CommitmentState

Move = tuple[CommitmentState, date]


@dataclass(frozen=True, slots=True)
class Clock:
    """How long each part took, in whole days; what has not happened yet counts on until today."""

    heard_on: date
    today: date
    replied_on: date | None = None
    decided_on: date | None = None
    ended_on: date | None = None

    @property
    def to_reply(self) -> int:
        """From heard to the first word back."""
        return self._passed(self.replied_on)

    @property
    def to_decide(self) -> int:
        """From heard to knowing what will be done, or that nothing can be."""
        return self._passed(self.decided_on)

    @property
    def to_end(self) -> int:
        """From heard to done, or to "we cannot"."""
        return self._passed(self.ended_on)

    def _passed(self, day: date | None) -> int:
        # A decision may be older than the day on which it was heard; that took no time.
        return max(0, ((day or self.today) - self.heard_on).days)


def read(heard_on: date, moves: Iterable[Move], today: date) -> Clock:
    """The clock of one commitment.

    What was decided or done and then taken up again is open again: the last unbroken run counts.

    Args:
        moves: the state after each update and its day, the oldest first.
    """
    replied = decided = ended = None
    for state, day in moves:
        replied = replied or day
        decided = (decided or day) if state.is_decided else None
        ended = None if state.is_open else (ended or day)
    return Clock(heard_on, today, replied, decided, ended)


def since(moves: Sequence[Move]) -> date | None:
    """The day on which the newest state began; words without a new state change nothing."""
    found = None
    for state, day in reversed(moves):
        if state is not moves[-1][0]:
            break
        found = day
    return found


def together(heard_on: date, clocks: Sequence[Clock], today: date) -> Clock:
    """The clock of all that was promised on one thing: replied with the first, over with the last.

    Nothing promised yet is all still to come.
    """
    replies = [each.replied_on for each in clocks if each.replied_on is not None]
    return Clock(
        heard_on,
        today,
        min(replies, default=None),
        _last([each.decided_on for each in clocks]),
        _last([each.ended_on for each in clocks]),
    )


def usual(days: Iterable[int]) -> int | None:
    """The middle of some numbers of days, the lower one of two; None of nothing."""
    found = list(days)
    return median_low(found) if found else None


def days_late(due_on: date | None, state: CommitmentState, today: date) -> int:
    """How many days something is overdue; 0 where it is not, is over, or has no day."""
    if due_on is None or not state.is_open:
        return 0
    return max(0, (today - due_on).days)


def _last(found: Sequence[date | None]) -> date | None:
    days = [day for day in found if day is not None]
    return max(days) if days and len(days) == len(found) else None
