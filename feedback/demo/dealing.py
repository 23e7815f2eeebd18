"""Who says which comment: in which cycle, in which language, and in what mood."""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from feedback.demo.people import Person, level, planted, shared_out
from feedback.demo.written import Comment, supply
from feedback.vocabulary import Presentation


def speak(people: Sequence[Person], comments: Sequence[Comment], chance: Random) -> None:
    """Give everybody a language and a way to read, so that each comment has a speaker."""
    rates, easy = planted()["languages"], planted()["easy_read"]
    for audience in sorted({person.audience for person in people}):
        group = [person for person in people if person.audience == audience]
        chance.shuffle(group)
        needed = _speakers_needed([c for c in comments if c.audience == audience])
        free = len(group) - sum(needed.values())
        for language, rate in rates.items():
            extra = min(max(round(rate * len(group)) - needed[language], 0), max(free, 0))
            free -= extra
            for _ in range(needed[language] + extra):
                group.pop().language = language
    for person in people:
        if chance.random() < easy[person.collection]:
            person.presentation = Presentation.EASY_READ
        person.pictures = chance.random() >= planted()["pictures_off"]


def give(people: Sequence[Person], comments: Sequence[Comment], chance: Random) -> None:
    """Let people say the comments: those of their audience and language, the cheerful ones
    what is cheerful.

    Raises:
        ValueError: there are more comments than people to say them.
    """
    kinds = {(comment.question, comment.audience, comment.language) for comment in comments}
    for question, audience, language in sorted(kinds):
        kind = (question, audience, language)
        mine = [c for c in comments if (c.question, c.audience, c.language) == kind]
        able = [
            person
            for person in people
            if (person.audience, person.language) == (audience, language)
            and question not in person.said
        ]
        if len(able) < len(mine):
            raise ValueError(
                f"{len(mine)} comments on {question!r} by {audience} in {language!r}, "
                f"but {len(able)} people to say them"
            )
        speakers = chance.sample(able, len(mine))
        speakers.sort(key=lambda person: person.mood + chance.gauss(0, 0.15), reverse=True)
        mine.sort(key=lambda comment: comment.sentiment)
        for person, comment in zip(speakers, mine, strict=True):
            person.said[question] = comment


def _speakers_needed(comments: Sequence[Comment]) -> Counter[str]:
    """How many people each language needs, when a person says at most one thing to a question."""
    needed: Counter[str] = Counter()
    for (_question, language), count in Counter((c.question, c.language) for c in comments).items():
        needed[language] = max(needed[language], count)
    return needed


def by_cycle(
    hand: Sequence[Comment], rules: Mapping[str, Any], responses: Sequence[int], chance: Random
) -> list[list[Comment]]:
    """One question's comments dealt to cycles, so that each group has the planted shares.

    Args:
        rules: of this question, as in planted.yaml.
        responses: how many answer in each cycle.
    """
    cycles = range(1, len(responses) + 1)
    slots = [round(rules["share_of_responses"] * count) for count in responses]
    dealt: list[list[Comment]] = [[] for _ in cycles]
    left = list(hand)
    for rule in rules["groups"].values():
        members = [comment for comment in left if fits(comment, rule)]
        left = [comment for comment in left if comment not in members]
        shares = [level(rule["share"], cycle) * slots[cycle - 1] for cycle in cycles]
        _deal(members, [round(share) for share in shares], shares, dealt, chance)
    rest = [max(slot - len(cards), 0) for slot, cards in zip(slots, dealt, strict=True)]
    _deal(left, rest, [float(slot) for slot in slots], dealt, chance)
    return dealt


def fits(comment: Comment, rule: Mapping[str, Any]) -> bool:
    """Whether a comment belongs to a planted group."""
    if "topic" in rule:
        return comment.topic == rule["topic"]
    low, high = rule.get("sentiment", (1, 5))
    return rule["theme"] in comment.themes and low <= comment.sentiment <= high


def _deal(
    members: Sequence[Comment],
    counts: list[int],
    weights: Sequence[float],
    dealt: list[list[Comment]],
    chance: Random,
) -> None:
    if not members:
        return
    if sum(counts) < len(members):  # every hand-written comment is said once
        counts = shared_out(len(members), weights)
    comments = supply(members, sum(counts), chance)
    for cards, count in zip(dealt, counts, strict=True):
        cards += [comments.pop() for _ in range(count)]
