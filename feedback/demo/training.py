"""Family Hub training, matched by two words on a card, and co-production training."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from feedback.demo.dealing import give, speak
from feedback.demo.people import (
    SKIPPED,
    Maker,
    Person,
    code,
    draw,
    nudged,
    number,
    planted,
    settle,
    sizes,
    step,
)
from feedback.demo.written import Comment, hand_written, supply
from feedback.questionnaire import Given
from feedback.services.codes import easy_words

PARENTS = 0.05  # of the learners: some training is open to them
_MORNING, _AFTERNOON = (555, 690), (795, 930)  # minutes after midnight: asked before, and after
_AFTER_SCORES = {10: 43, 9: 34, 8: 15, 7: 5, 6: 2, 5: 1}
_COURSES = (112, 98, 77, 63, 41, 20)  # days ago, co-production
_COURSE_ENDS = 745  # minutes after midnight


@dataclass
class Learner:
    """Somebody at one session; `second` is None when they left early."""

    card: str
    first: Person
    second: Person | None = None


def training(maker: Maker) -> list[Person]:
    """Everybody's answers before, and of most after, with the planted means over the pairs."""
    chance = maker.chance("training")
    rules = planted()["training"]
    learners = [
        learner
        for day, half, size in _sessions(maker, chance)
        for learner in _session(maker, day, half, size, chance)
    ]
    chance.shuffle(learners)
    both, left_early = learners[: rules["after"]], learners[rules["after"] :]
    for learner in left_early:
        learner.second = None
    lost, mistyped, silent = rules["lost_card"], rules["mistyped"], rules["no_knowledge"]
    _cards(both, lost, mistyped, chance)
    _cards(left_early, 0, 0, chance)
    unmatched, pairs = both[: lost + mistyped], both[lost + mistyped :]
    quiet, pairs = pairs[:silent], pairs[silent:]
    for group in (pairs, unmatched, left_early):
        _scores(group, chance)
    _quiet(quiet, chance)
    _confidence(learners, chance)
    roles = planted()["practitioners"]["role"]
    for learner in learners:
        role = code("other" if learner.first.audience == "parent" else draw(roles, chance))
        for person in _forms(learner):
            person.mind["role"] = SKIPPED if chance.random() < 0.05 else role
    firsts = [learner.first for learner in learners]
    seconds = [learner.second for learner in learners if learner.second]
    words = [c for name in ("takeaway", "intention") for c in _words(rules[name], name, chance)]
    speak(seconds, words, chance)
    give(seconds, words, chance)
    speak(firsts, [], chance)
    for learner in learners:
        if learner.second:  # the same person reads both times in the same way
            learner.first.language = learner.second.language
            learner.first.presentation = learner.second.presentation
            learner.first.pictures = learner.second.pictures
    return firsts + seconds


def coproduction(maker: Maker) -> list[Person]:
    """Those who came to learn to plan with families, at the end of their morning."""
    chance = maker.chance("coproduction")
    rules = planted()["coproduction"]
    people = []
    for _ in range(rules["sent"]):
        day = maker.today - timedelta(days=chance.choice(_COURSES))
        day -= timedelta(days=max(day.weekday() - 4, 0))
        sent_at = maker.at(day, _COURSE_ENDS + 35 * chance.random())
        people.append(Person("coproduction", "practitioner", chance.gauss(0.8, 0.15), sent_at))
    words = supply(hand_written("coproduction"), rules["comments"], chance)
    speak(people, words, chance)
    give(people, words, chance)
    five = ("1", "2", "3", "4", "5")
    ask = partial(settle, people, chance)
    ask("useful", lambda p: number(p.mood, chance), skip=0.02)
    ask("understands", lambda p: step(five, p.mood + 0.06, chance), skip=0.03)
    ask("able", lambda p: step(five, p.mood - 0.08, chance), skip=0.04)
    works = planted()["practitioners"]["organisation"]
    ask("organisation", lambda _p: code(draw(works, chance)), skip=0.05)
    bank = {"no": 82, "not_sure": 4, "yes": 14}
    ask("sessional", lambda _p: code(draw(bank, chance)), skip=0.05)
    for person in people:
        person.language = "en"
    return people


def typed(card: str, chance: Random) -> str:
    """A card's words as people type them."""
    ways = {
        card: 44,
        card.capitalize(): 20,
        card.title(): 14,
        card.replace(" ", "-"): 10,
        card.upper(): 8,
        card.replace(" ", ", "): 4,
    }
    return draw(ways, chance)


def _sessions(maker: Maker, chance: Random) -> list[tuple[date, tuple[int, int], int]]:
    rules = planted()["training"]
    days = [maker.today - timedelta(days=ago) for ago in range(4, 300)]
    slots = [(day, half) for day in days if day.weekday() < 5 for half in (_MORNING, _AFTERNOON)]
    chosen = sorted(chance.sample(slots, rules["sessions"]))
    groups = sizes(rules["sessions"], rules["before"], rules["smallest"], rules["largest"], chance)
    return [(day, half, size) for (day, half), size in zip(chosen, groups, strict=True)]


def _session(
    maker: Maker, day: date, half: tuple[int, int], size: int, chance: Random
) -> list[Learner]:
    """A session's people, each with two words that nobody else there has."""
    cards: dict[str, None] = {}
    while len(cards) < size:
        cards[" ".join(chance.sample(easy_words(), 2))] = None
    learners = []
    for card in cards:
        first_at = maker.at(day, half[0] + 28 * chance.random())
        second_at = maker.at(day, half[1] + 32 * chance.random())
        mood = chance.gauss(0.7, 0.2)
        who = "parent" if chance.random() < PARENTS else "practitioner"
        first, second = Person("before", who, mood, first_at), Person("after", who, mood, second_at)
        learners.append(Learner(card, first, second))
    return learners


def _forms(learner: Learner) -> list[Person]:
    return [learner.first, learner.second] if learner.second else [learner.first]


def _cards(learners: Sequence[Learner], lost: int, mistyped: int, chance: Random) -> None:
    """Type the cards: the first so many lost theirs before the second form, the next mistype it."""
    for place, learner in enumerate(learners):
        for person in _forms(learner):
            person.mind["card"] = Given(text=typed(learner.card, chance))
        if learner.second and place < lost:
            learner.second.mind["card"] = SKIPPED
        elif learner.second and place < lost + mistyped:
            learner.second.mind["card"] = Given(text=learner.card[0] + learner.card)


def _scores(learners: Sequence[Learner], chance: Random) -> None:
    """Knowledge before and after, in whole numbers whose means are the planted ones."""
    rules = planted()["training"]
    count = len(learners)
    mean = rules["knowledge_before"]
    before = [min(max(round(chance.gauss(mean, 1.9)), 0), 10) for _ in learners]
    before = nudged(before, round(mean * count), 0, 10, chance)
    second = []
    for learner, score in zip(learners, before, strict=True):
        learner.first.mind["knowledge"] = Given(number=score)
        if learner.second:
            second.append((learner.second, score))
    after = chance.choices(list(_AFTER_SCORES), list(_AFTER_SCORES.values()), k=len(second))
    after = nudged(after, round(rules["knowledge_after"] * len(second)), 0, 10, chance)
    # Who knew more before tends to know more after, but not always.
    second.sort(key=lambda each: each[1] + chance.gauss(0, 4))
    for (person, _score), reached in zip(second, sorted(after), strict=True):
        person.mind["knowledge"] = Given(number=reached)


def _quiet(learners: Sequence[Learner], chance: Random) -> None:
    """Learners who passed the knowledge question by, one half before and the other after."""
    _scores(learners, chance)
    for place, learner in enumerate(learners):
        _forms(learner)[place % 2].mind["knowledge"] = SKIPPED


def _confidence(learners: Sequence[Learner], chance: Random) -> None:
    for learner in learners:
        for person, lower in zip(_forms(learner), (0.3, 0.6), strict=False):
            known = person.mind["knowledge"].number
            score = round((5 if known is None else known) - lower + chance.gauss(0, 1.1))
            skipped = chance.random() < 0.03
            person.mind["confidence"] = SKIPPED if skipped else Given(number=min(max(score, 0), 10))


def _words(count: int, question: str, chance: Random) -> list[Comment]:
    """A question's comments, a few of them by parents who learned beside the staff."""
    hand = [comment for comment in hand_written("training") if comment.question == question]
    return supply(hand, count, chance)
