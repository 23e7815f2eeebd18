"""Family Hub training, matched by two words on a card, and co-production training."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from feedback.analysis.text import card_words
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

PARENTS = 0.05  # of the learners: some training is open to them
_MORNING, _AFTERNOON = (555, 690), (795, 930)  # minutes after midnight: asked before, and after
_AFTER_SCORES = {10: 43, 9: 34, 8: 15, 7: 5, 6: 2, 5: 1}
_LATER_SCORES = {10: 20, 9: 30, 8: 28, 7: 14, 6: 6, 5: 2}
_EVENING = (1110, 1290)  # when people look at their own phone
_COURSES = (112, 98, 77, 63, 41, 20)  # days ago, co-production
_COURSE_ENDS = 745  # minutes after midnight


@dataclass(frozen=True)
class Sitting:
    """One session: its day, its half of the day, where it is and how many come."""

    number: int
    day: date
    half: tuple[int, int]
    hub: str
    size: int


@dataclass
class Learner:
    """Somebody at one session; `second` is None when they left early."""

    sitting: Sitting
    card: str
    first: Person
    second: Person | None = None


def sittings(maker: Maker) -> list[Sitting]:
    """The sessions, the oldest first."""
    chance, rules = maker.chance("sittings"), planted()["training"]
    days = [maker.today - timedelta(days=ago) for ago in range(4, 300)]
    slots = [(day, half) for day in days if day.weekday() < 5 for half in (_MORNING, _AFTERNOON)]
    chosen = sorted(chance.sample(slots, rules["sessions"]))
    groups = sizes(rules["sessions"], rules["before"], rules["smallest"], rules["largest"], chance)
    hubs = planted()["places"]["hub"]
    return [
        Sitting(at, day, half, chance.choice(hubs), size)
        for at, ((day, half), size) in enumerate(zip(chosen, groups, strict=True))
    ]


def talkative(sessions: Sequence[Sitting]) -> Sitting:
    """The newest of the largest sessions: there enough write for their trainer to read it."""
    most = max(sitting.size for sitting in sessions)
    return max((each for each in sessions if each.size == most), key=lambda each: each.number)


def old_enough(maker: Maker, sitting: Sitting) -> bool:
    """Whether a session was asked again three months later, and that is over."""
    rules = planted()["training"]["later"]
    return maker.today - sitting.day > timedelta(days=rules["after_days"] + rules["open_days"])


def training(
    maker: Maker, sessions: Sequence[Sitting], cards: Sequence[Sequence[str]]
) -> list[Person]:
    """Everybody's answers before, of most after, and of some later, with the planted means over
    those who can be matched.

    Args:
        cards: the words on the cards of each session.
    """
    chance = maker.chance("training")
    rules = planted()["training"]
    learners = [
        learner
        for sitting, words in zip(sessions, cards, strict=True)
        for learner in _session(maker, sitting, words, chance)
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
    _scores(pairs, chance, at_ten=rules["at_ten_before"])
    for group in (unmatched, left_early):
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
    _talk(seconds, talkative(sessions), words, chance)
    give(seconds, words, chance)
    speak(firsts, [], chance)
    for learner in learners:
        if learner.second:
            _reads_alike(learner.first, learner.second)
    return firsts + seconds + _later(maker, pairs, chance)


def _later(maker: Maker, pairs: Sequence[Learner], chance: Random) -> list[Person]:
    """What some say three months later: of those whose other two forms make a pair."""
    rules = planted()["training"]["later"]
    asked = [learner for learner in pairs if old_enough(maker, learner.sitting)]
    answering = chance.sample(asked, rules["sent"])
    did = [answer for answer, count in rules["did_it"].items() for _ in range(count)]
    chance.shuffle(did)
    people = []
    for learner, answer in zip(answering, did, strict=True):
        if learner.second is None:
            raise ValueError("a pair has two forms")
        day = learner.sitting.day + timedelta(days=rules["after_days"])
        day += timedelta(days=chance.randrange(rules["open_days"] - 1))
        low, high = chance.choice((_MORNING, _AFTERNOON, _EVENING))
        sent_at = maker.at(day, chance.uniform(low, high))
        person = Person("later", learner.first.audience, learner.first.mood, sent_at)
        person.session = learner.sitting.number
        person.mind["did_it"] = code(answer)
        _reads_alike(person, learner.second)
        people.append(person)
    lost, mistyped = rules["lost_card"], rules["mistyped"]
    for place, (learner, person) in enumerate(zip(answering, people, strict=True)):
        person.mind["card"] = _typed(learner.card, chance)
        if place < lost:
            person.mind["card"] = SKIPPED
        elif place < lost + mistyped:
            person.mind["card"] = _typed(_slip(learner.card), chance)
    for group in (people[: lost + mistyped], people[lost + mistyped :]):
        scores = chance.choices(list(_LATER_SCORES), list(_LATER_SCORES.values()), k=len(group))
        scores = nudged(scores, round(rules["knowledge"] * len(group)), 0, 10, chance)
        for person, score in zip(group, scores, strict=True):
            person.mind["knowledge"] = Given(number=score)
    english = [person for person in people if person.language == "en"]
    give(english, supply(hand_written("later"), rules["got_in_way"], chance), chance)
    return people


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


def _talk(
    seconds: Sequence[Person], sitting: Sitting, words: list[Comment], chance: Random
) -> None:
    """Let some of one session say what they take away; these words are taken out of `words`."""
    count = planted()["training"]["takeaways_of_one_session"]
    wanted = ("practitioner", "en")
    there = [
        each
        for each in seconds
        if each.session == sitting.number and (each.audience, each.language) == wanted
    ]
    fitting = [
        each
        for each in words
        if each.question == "takeaway" and (each.audience, each.language) == wanted
    ]
    for person, said in zip(chance.sample(there, min(count, len(there))), fitting, strict=False):
        person.said["takeaway"] = said
        words.remove(said)


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


def _typed(card: str, chance: Random) -> Given:
    """A card typed by somebody, as the form keeps it."""
    return Given(text=card_words(typed(card, chance)))


def _slip(card: str) -> str:
    """The same card with its first letter twice."""
    return card[0] + card


def _session(maker: Maker, sitting: Sitting, cards: Sequence[str], chance: Random) -> list[Learner]:
    """A session's people, each with a card that nobody else there has."""
    learners = []
    for card in cards:
        first_at = maker.at(sitting.day, sitting.half[0] + 28 * chance.random())
        second_at = maker.at(sitting.day, sitting.half[1] + 32 * chance.random())
        mood = chance.gauss(0.7, 0.2)
        who = "parent" if chance.random() < PARENTS else "practitioner"
        first, second = Person("before", who, mood, first_at), Person("after", who, mood, second_at)
        first.session = second.session = sitting.number
        learners.append(Learner(sitting, card, first, second))
    return learners


def _reads_alike(person: Person, other: Person) -> None:
    """The same person reads each time in the same way."""
    person.language = other.language
    person.presentation, person.pictures = other.presentation, other.pictures


def _forms(learner: Learner) -> list[Person]:
    return [learner.first, learner.second] if learner.second else [learner.first]


def _cards(learners: Sequence[Learner], lost: int, mistyped: int, chance: Random) -> None:
    """Type the cards: the first so many lost theirs before the second form, the next mistype it."""
    for place, learner in enumerate(learners):
        for person in _forms(learner):
            person.mind["card"] = _typed(learner.card, chance)
        if learner.second and place < lost:
            learner.second.mind["card"] = SKIPPED
        elif learner.second and place < lost + mistyped:
            learner.second.mind["card"] = _typed(_slip(learner.card), chance)


def _scores(learners: Sequence[Learner], chance: Random, *, at_ten: int = 0) -> None:
    """Knowledge before and after, in whole numbers whose means are the planted ones.

    Args:
        at_ten: so many give 10 before already, and 10 again after.
    """
    rules = planted()["training"]
    mean, count = rules["knowledge_before"], len(learners) - at_ten
    before = [min(max(round(chance.gauss(mean, 1.9)), 0), 9) for _ in range(count)]
    before = nudged(before, round(mean * len(learners)) - 10 * at_ten, 0, 9, chance)
    second = []
    for learner, score in zip(learners, [10] * at_ten + before, strict=True):
        learner.first.mind["knowledge"] = Given(number=score)
        if learner.second and score == 10:
            learner.second.mind["knowledge"] = Given(number=10)
        elif learner.second:
            second.append((learner.second, score))
    total = round(rules["knowledge_after"] * (len(second) + at_ten)) - 10 * at_ten
    after = chance.choices(list(_AFTER_SCORES), list(_AFTER_SCORES.values()), k=len(second))
    after = nudged(after, total, 0, 10, chance)
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
