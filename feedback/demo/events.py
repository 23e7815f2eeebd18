"""People at SEND Live, at the listening evening, and young people over a term."""

import re
from datetime import timedelta
from functools import partial
from random import Random

from feedback.demo.dealing import give, speak
from feedback.demo.people import SKIPPED, UNKNOWN, Maker, Person, code, draw, planted, settle, step
from feedback.demo.written import Comment, fitted, hand_written, supply

_FIVE = ("1", "2", "3", "4", "5")
_THREE = ("disagree", "neither", "agree")
_YES = ("no", "not_sure", "yes")
_SATURDAY, _TUESDAY = 5, 1
_EVENING_ENDS = 1190  # minutes after midnight; the listening evening's cards come in from here
_BY_ANOTHER = re.compile(r"\((written|filled|her mum)", re.IGNORECASE)
_WHO_PAGE = 3  # of SEND Live; the page after it is only for parents
# The event, in minutes after midnight, and how busy the answering is.
_HALF_HOURS = (750, 780, 810, 840, 870, 900, 930, 960, 990)
_BUSY = (6, 12, 18, 24, 26, 30, 28, 22, 9)


def live(maker: Maker) -> list[Person]:
    """Two hundred sent in one afternoon, and some who began and left."""
    chance = maker.chance("live")
    rules = planted()["live"]
    day = maker.last(_SATURDAY, days_ago=7)

    def person(audience: str) -> Person:
        minutes = chance.choices(_HALF_HOURS, _BUSY)[0] + 30 * chance.random()
        return Person("live", audience, chance.gauss(0.78, 0.18), maker.at(day, minutes))

    sent = [person(audience) for audience, count in rules["sent"].items() for _ in range(count)]
    words = [*hand_written("live"), *_repeats("live", rules["repeats"], chance)]
    speak(sent, words, chance)
    give(sent, words, chance)
    unsent = []
    for page, count in rules["begun_only"].items():
        for _ in range(count):
            leaver = person("parent" if page > _WHO_PAGE else draw(rules["sent"], chance))
            leaver.leaves_at = page
            unsent.append(leaver)
    speak(unsent, [], chance)
    everybody = sent + unsent
    ask = partial(settle, everybody, chance)
    ask("glad", lambda p: step(_FIVE, p.mood, chance), skip=0.02)
    ask("listened", lambda p: step(_YES, p.mood, chance), skip=0.04)
    ask("found", lambda p: step(_YES, p.mood - 0.06, chance), skip=0.05)
    ask("who", lambda p: code(p.audience), skip=0.04)
    for leaver in unsent:
        if leaver.leaves_at and leaver.leaves_at > _WHO_PAGE:
            leaver.mind["who"] = code(leaver.audience)
    mix = planted()["families"]
    ask("area", lambda _p: code(draw(mix["area"], chance)), skip=0.08)
    ask("stage", lambda _p: code(draw(mix["stage"], chance)), skip=0.05)
    return everybody


def listening(maker: Maker) -> list[Person]:
    """Forty-one cards at the end of an evening of plain speaking."""
    chance = maker.chance("listening")
    rules = planted()["listening"]
    day = maker.last(_TUESDAY, days_ago=40)
    people, words = [], []
    for audience, count in rules["sent"].items():
        for _ in range(count):
            sent_at = maker.at(day, _EVENING_ENDS + 95 * chance.random())
            people.append(Person("listening", audience, chance.gauss(0.45, 0.2), sent_at))
        mine = [comment for comment in hand_written("listening") if comment.audience == audience]
        words += fitted(mine, count, chance)
    speak(people, words, chance)
    give(people, words, chance)
    ask = partial(settle, people, chance)
    ask("glad", lambda p: step(_THREE, p.mood + 0.25, chance), skip=0.02)
    ask("listened", lambda p: step(_THREE, p.mood + 0.05, chance), skip=0.05)
    ask("understand", lambda p: step(_THREE, p.mood + 0.1, chance), skip=0.05)
    ask("who", lambda p: code(p.audience), skip=0.05)
    return people


def young(maker: Maker) -> list[Person]:
    """Young people on weekdays of the last ten weeks, most of them in easy read."""
    chance = maker.chance("young")
    rules, mix = planted()["young"], planted()["young_people"]
    people = []
    for _ in range(rules["sent"]):
        day = maker.today - timedelta(days=chance.randint(1, 70))
        day -= timedelta(days=max(day.weekday() - 4, 0))  # weekends go to the Friday before
        minutes = chance.choices((555, 780, 965), (5, 4, 3))[0] + 110 * chance.random()
        mood = chance.gauss(0.62, 0.24)
        people.append(Person("young", "young_person", mood, maker.at(day, minutes)))
    words = [*hand_written("young"), *_repeats("young", rules["repeats"], chance)]
    speak(people, words, chance)
    give(people, words, chance)
    faces = ("bad", "ok", "good")
    ask = partial(settle, people, chance)
    ask("practice", lambda _p: code(chance.choice(faces)), skip=0.04)
    ask("support", lambda p: step(faces, p.mood, chance), skip=0.04)
    ask("listened", lambda p: step(_YES, p.mood - 0.1, chance), skip=0.04)
    ask("valued", lambda p: step(_YES, p.mood - 0.02, chance), skip=0.04)
    ask("visible", lambda p: step(_YES, p.mood - 0.12, chance), skip=0.04)
    ask("included", lambda p: step(_YES, p.mood - 0.08, chance), skip=0.04)
    for person in people:
        age = draw(mix["age_band"], chance)
        person.mind["age_band"] = code(age)
        person.mind["setting"] = code(draw(mix["setting"][age], chance))
        person.mind["helped"] = code(_helped(person, chance))
        if chance.random() < 0.05:
            person.mind["support"] = UNKNOWN
        for name in ("age_band", "setting", "helped"):
            if chance.random() < 0.06:
                person.mind[name] = SKIPPED
    return people


def _helped(person: Person, chance: Random) -> str:
    """Alone or with help; a comment in somebody else's words says so itself."""
    if any(_BY_ANOTHER.search(comment.text) for comment in person.said.values()):
        return chance.choice(("for_me", "observed"))
    return draw(planted()["young_people"]["helped"], chance)


def _repeats(file: str, count: int, chance: Random) -> list[Comment]:
    """Some more comments like the hand-written ones: plain "n/a" first, then light variations."""
    hand = hand_written(file)
    plain = [comment for comment in hand if comment.plain]
    some = supply(plain, len(plain) + count // 2, chance) + supply(hand, len(hand) + count, chance)
    return [comment for comment in some if comment.varied][:count]
