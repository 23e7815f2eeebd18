"""Parents and carers, thirteen cycles of four weeks: the series that holds the planted changes."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from feedback.demo.dealing import by_cycle, give, speak
from feedback.demo.people import (
    SKIPPED,
    UNKNOWN,
    Maker,
    Person,
    code,
    draw,
    level,
    number,
    planted,
    sizes,
    step,
)
from feedback.demo.written import hand_written
from feedback.questionnaire import Given

_FIVE = ("1", "2", "3", "4", "5")
_BUSY = (2, 3, 5, 6, 5, 8, 7, 4, 3, 4, 5, 7, 11, 15, 14, 7)  # hours from 7 in the morning
_PASSED_BY = {"overall": 0.05, "area": 0.05, "language": 0.05, "setting": 0.03, "ethnicity": 0.12}
_KEEP_IN_TOUCH = {"call": 0.35, "text": 0.45, "email": 0.5, "letter": 0.12, "meeting": 0.2}


def parents(maker: Maker) -> list[Person]:
    """All who answered in the thirteen cycles, the last of which ends today."""
    chance = maker.chance("parents")
    rules = planted()["parents"]
    counts = sizes(rules["cycles"], rules["sent"], rules["smallest"], rules["largest"], chance)
    words = {
        question: by_cycle(
            [comment for comment in hand_written("parents") if comment.question == question],
            rule,
            counts,
            chance,
        )
        for question, rule in rules["comments"].items()
    }
    everybody = []
    for cycle, count in enumerate(counts, start=1):
        first = cycle_begins(maker.today, cycle)
        people = [_parent(maker, first, cycle, chance) for _ in range(count)]
        for name, measure in rules["measures"].items():
            _plant(people, name, measure, cycle, chance)
        comments = [comment for by in words.values() for comment in by[cycle - 1]]
        speak(people, comments, chance)
        give(people, comments, chance)
        for person in people:
            _about(person, maker, chance)
        everybody += people
    return everybody


def cycle_begins(today: date, cycle: int) -> date:
    """The first day of a cycle."""
    rules = planted()["parents"]
    days = (rules["cycles"] - cycle + 1) * rules["days_a_cycle"]
    return today - timedelta(days=days - 1)


def _parent(maker: Maker, first: date, cycle: int, chance: Random) -> Person:
    day = first + timedelta(days=chance.randrange(planted()["parents"]["days_a_cycle"]))
    hour = 7 + chance.choices(range(len(_BUSY)), _BUSY)[0] + chance.random()
    sent_at = maker.at(day, 60 * hour)
    mood = min(max(chance.gauss(0.55, 0.25), 0), 1)
    return Person("parents", "parent", mood, sent_at, cycle=cycle)


def _plant(
    people: Sequence[Person], name: str, measure: Mapping[str, Any], cycle: int, chance: Random
) -> None:
    """Give a question's answers so that the planted share of them is one of the two best."""
    skip = measure["not_answered"]
    answering = [person for person in people if chance.random() >= skip]
    for person in people:
        person.mind[name] = SKIPPED
    share = _share(measure, cycle) + chance.uniform(-measure["jitter"], measure["jitter"])
    spread = 0.12 if name == "satisfied" else 0.3
    answering.sort(key=lambda person: person.mood + chance.gauss(0, spread), reverse=True)
    top = round(share * len(answering))
    for place, person in enumerate(answering):
        weights = {"5": 42.0, "4": 58.0} if place < top else {"3": 46.0, "2": 33.0, "1": 21.0}
        person.mind[name] = code(draw(weights, chance))


def _share(measure: Mapping[str, Any], cycle: int) -> float:
    if "share" in measure:
        return level(measure["share"], cycle)
    start, end = measure["rises_from"], measure["to"]
    return float(start + (end - start) * (cycle - 1) / (planted()["parents"]["cycles"] - 1))


def _about(person: Person, maker: Maker, chance: Random) -> None:
    """The rest of what one parent would answer, whether or not it is asked."""
    mix = planted()["families"]
    mind = person.mind
    stage, age = draw(mix["stage"], chance), draw(mix["age_band"], chance)
    mind["stage"] = code(stage)
    mind["age_band"] = code(age)
    mind["setting"] = code(draw(mix["setting"][age], chance))
    mind["area"] = code(draw(mix["area"], chance))
    home = {"pl": "polish", "ar": "arabic"}.get(person.language) or draw(mix["language"], chance)
    mind["language"] = code(home)
    mind["joined_up"] = step(_FIVE, 0.15 + 0.55 * person.mood, chance)
    if chance.random() < 0.12:
        mind["joined_up"] = UNKNOWN
    mind["overall"] = number(0.1 + 0.8 * person.mood, chance)
    wanted = [way for way, share in _KEEP_IN_TOUCH.items() if chance.random() < share]
    mind["keep_in_touch"] = code(*(wanted or ["email"]))
    if stage in mix["need"]:
        mind["need"] = _needs(mix["need"][stage], chance)
    if stage == "waiting":
        _wait(person, maker, chance)
    group = {"pl": "white", "ar": "other"}.get(person.language) or draw(mix["ethnicity"], chance)
    mind["ethnicity"] = code(group)
    if part := mix.get(f"ethnicity_{group}"):
        fixed = {"pl": "other_white", "ar": "arab"}.get(person.language)
        mind[f"ethnicity_{group}"] = code(fixed or draw(part, chance))
    for name, skip in _PASSED_BY.items():
        if chance.random() < skip:
            mind[name] = SKIPPED


def _needs(weights: Mapping[str, float], chance: Random) -> Given:
    if chance.random() < 0.03:
        return UNKNOWN
    count = chance.choices((1, 2, 3), (55, 33, 12))[0]
    chosen = {draw(weights, chance) for _ in range(count)}
    return code(*sorted(chosen))


def _wait(person: Person, maker: Maker, chance: Random) -> None:
    weeks = round(min(max(chance.lognormvariate(3.5, 0.8), 1), 210))
    person.mind["weeks"] = UNKNOWN if chance.random() < 0.14 else Given(number=weeks)
    month = (person.sent_at - timedelta(weeks=weeks)).astimezone(maker.zone)
    known = chance.random() >= 0.22
    person.mind["asked_in"] = Given(number=month.year * 100 + month.month) if known else UNKNOWN
