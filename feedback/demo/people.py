"""The made-up people of a demonstration: what each would answer, and when."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from feedback.demo.written import Comment
from feedback.questionnaire import Given
from feedback.vocabulary import AnswerState, Presentation

HERE = Path(__file__).parent
SKIPPED = Given(state=AnswerState.SKIPPED)
UNKNOWN = Given(state=AnswerState.UNKNOWN)

Weights = Mapping[str, float]


@cache
def planted() -> dict[str, Any]:
    """What the demonstration is made to hold; see the file itself."""
    return yaml.safe_load((HERE / "planted.yaml").read_text(encoding="utf-8"))


@dataclass
class Person:
    """One made-up response before it becomes rows.

    `mind` holds an answer for any question that the person has a view on; whether it is asked is
    decided by the survey's routes. `mood` is how content they are, about 0 to 1. `session` is the
    number of a training session, which has collections of its own for its surveys.
    """

    collection: str
    audience: str
    mood: float
    sent_at: datetime
    mind: dict[str, Given] = field(default_factory=dict)
    said: dict[str, Comment] = field(default_factory=dict)
    language: str = "en"
    presentation: Presentation = Presentation.STANDARD
    pictures: bool = True
    cycle: int | None = None
    leaves_at: int | None = None  # page that they saw and did not answer
    session: int | None = None

    @property
    def door(self) -> str:
        """Which of the demonstration's collections they answer in."""
        return self.collection if self.session is None else door_of(self.collection, self.session)


def door_of(survey: str, session: int) -> str:
    """What a training session's collection for a survey is called in here."""
    return f"{survey} {session}"


@dataclass(frozen=True)
class Maker:
    """What every part of the demonstration is made with: chance, a calendar, a moment.

    The same seed and moment make the same people.
    """

    seed: int
    now: datetime
    zone: ZoneInfo

    def chance(self, part: str) -> Random:
        """The chance of one part, which no other part disturbs."""
        return Random(f"{self.seed}:{part}")  # noqa: S311 -- made-up data, no secret

    @property
    def today(self) -> date:
        """The day of loading, where the host is."""
        return self.now.astimezone(self.zone).date()

    def at(self, day: date, minutes: float) -> datetime:
        """A moment so many minutes after midnight, moved to an earlier day if it is to come."""
        hour, minute = divmod(int(minutes), 60)
        seconds = int(minutes % 1 * 60)
        moment = datetime.combine(day, time(hour, minute, seconds), self.zone)
        while moment >= self.now:
            day -= timedelta(days=1)
            moment = datetime.combine(day, time(hour, minute, seconds), self.zone)
        return moment

    def last(self, weekday: int, *, days_ago: int) -> date:
        """The last such day of the week (Monday is 0) that is at least some days past."""
        day = self.today - timedelta(days=days_ago)
        return day - timedelta(days=(day.weekday() - weekday) % 7)


def code(*chosen: str) -> Given:
    """An answer of one option or several; "unknown" is "I don't know"."""
    return UNKNOWN if chosen == ("unknown",) else Given(codes=chosen)


def draw(weights: Weights, chance: Random) -> str:
    """One of the keys, as often as its weight says."""
    return chance.choices(list(weights), list(weights.values()))[0]


def step(codes: Sequence[str], mood: float, chance: Random, *, spread: float = 0.22) -> Given:
    """One of a scale's options, lowest first, for a mood."""
    at = math.floor(chance.gauss(mood, spread) * len(codes))
    return code(codes[min(max(at, 0), len(codes) - 1)])


def number(mood: float, chance: Random, *, spread: float = 0.15) -> Given:
    """A whole number from 0 to 10 for a mood."""
    return Given(number=min(max(round(chance.gauss(mood, spread) * 10), 0), 10))


def sizes(count: int, total: int, low: int, high: int, chance: Random) -> list[int]:
    """Whole numbers within bounds that add up to a total."""
    return nudged([chance.randint(low, high) for _ in range(count)], total, low, high, chance)


def nudged(values: list[int], total: int, low: int, high: int, chance: Random) -> list[int]:
    """The numbers, some of them moved by one, so that they add up to a total."""
    if not len(values) * low <= total <= len(values) * high:
        raise ValueError(f"{len(values)} numbers from {low} to {high} cannot add up to {total}")
    values = list(values)
    missing = total - sum(values)
    while missing:
        at, by = chance.randrange(len(values)), 1 if missing > 0 else -1
        if low <= values[at] + by <= high:
            values[at] += by
            missing -= by
    return values


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """A total shared out by weights in whole numbers, by largest remainder."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [math.floor(each) for each in exact]
    rest = sorted(range(len(exact)), key=lambda at: (shares[at] - exact[at], at))
    for at in rest[: total - sum(shares)]:
        shares[at] += 1
    return shares


def level(spans: Sequence[Sequence[float]], cycle: int) -> float:
    """The value that a list of [first cycle, last cycle, value] has for a cycle."""
    return next(value for first, last, value in spans if first <= cycle <= last)


def settle(
    people: Sequence[Person],
    chance: Random,
    name: str,
    offer: Callable[[Person], Given],
    *,
    skip: float,
) -> None:
    """Give everybody an answer to a question, but for a share who pass it by."""
    for person in people:
        person.mind[name] = SKIPPED if chance.random() < skip else offer(person)
