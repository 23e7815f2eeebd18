"""The hand-written comments with their labels, and light variations of them."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

COMMENTS = Path(__file__).parent / "comments"
SHORT = 60  # characters; up to here two comments may be joined
PLAIN = 20  # characters; up to here a comment about nothing may be said by several people
AGAIN = 0.05  # how often a variation may repeat another one, so that few words are enough

_POLISH = re.compile(r"[ąćęłńśźż]|\b(?:jest|się|w|na|klub)\b", re.IGNORECASE)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LAST_SENTENCE = re.compile(r"^(.{15,}?[.!?])\s+[^.!?]+[.!?]?$", re.DOTALL)
_WORD = re.compile(r"[a-z]{5,}")


@dataclass(frozen=True)
class Comment:
    """A comment and what it is about; `sentiment` runs from 1 very good to 5 very bad."""

    source: str
    question: str
    audience: str
    text: str
    themes: tuple[str, ...]
    sentiment: int
    topic: str
    language: str
    varied: bool = False

    @property
    def plain(self) -> bool:
        """Says next to nothing, as several people may in the same words."""
        return not self.themes and not self.topic and len(self.text) <= PLAIN


@cache
def hand_written(file: str) -> tuple[Comment, ...]:
    """The comments of one file in its order, with the labels of its coded twin."""
    coded = {row["id"]: row for row in _rows(f"{file}_coded")}
    return tuple(
        Comment(
            source=row["id"],
            question=row["question"],
            audience=row["audience"],
            text=row["text"].strip(),
            themes=tuple(coded[row["id"]]["themes"].split()),
            sentiment=int(coded[row["id"]]["sentiment"]),
            topic=coded[row["id"]]["topic"] or "",
            language=language_of(row["text"]),
        )
        for row in _rows(file)
    )


def language_of(text: str) -> str:
    """The language of a hand-written comment, told by its letters and a few small words."""
    if _ARABIC.search(text):
        return "ar"
    return "pl" if _POLISH.search(text) else "en"


def supply(hand: Sequence[Comment], count: int, chance: Random) -> list[Comment]:
    """So many comments: each hand-written one once, then light variations, in no order.

    There are more than `count` where more are written.
    """
    comments = list(hand)
    known = {comment.text for comment in comments}
    sources: list[Comment] = []
    while hand and len(comments) < count:
        if not sources:
            sources = chance.sample(list(hand), len(hand))
        found = vary(sources.pop(), hand, chance)
        if found.plain or found.text not in known or chance.random() < AGAIN:
            known.add(found.text)
            comments.append(found)
    chance.shuffle(comments)
    return comments


def vary(comment: Comment, others: Sequence[Comment], chance: Random) -> Comment:
    """A comment said a little differently; its labels still hold."""
    if comment.plain:
        ways = [comment.text, _smaller(comment.text, chance)]
        return replace(comment, varied=True, text=chance.choice(ways))
    if chance.random() < 0.15:
        near = [other for other in others if _can_join(comment, other)]
        if near:
            return joined(comment, chance.choice(near))
    text = comment.text
    changes = [_smaller, _misspelt, _ended]
    if len(comment.themes) < 2:  # else the sentence left out might be what a theme is about
        changes.append(_shorter)
    for change in chance.sample(changes, len(changes)):
        if text != comment.text and chance.random() < 0.6:
            break
        text = change(text, chance)
    return replace(comment, varied=True, text=text)


def joined(first: Comment, second: Comment) -> Comment:
    """Two short comments on one card, with the labels of both."""
    return replace(
        first,
        source=f"{first.source}+{second.source}",
        text=f"{first.text}\n{second.text}",
        themes=tuple(dict.fromkeys(first.themes + second.themes)),
        sentiment=max(first.sentiment, second.sentiment),
        topic=first.topic or second.topic,
        varied=True,
    )


def fitted(comments: Sequence[Comment], count: int, chance: Random) -> list[Comment]:
    """The comments on so many cards: the shortest share one, like with like."""
    surplus = max(len(comments) - count, 0)
    by_length = sorted(comments, key=lambda c: (c.language != "en", len(c.text), c.source))
    pairs = sorted(by_length[: 2 * surplus], key=lambda c: (c.sentiment, c.source))
    cards = [joined(*pairs[at : at + 2]) for at in range(0, len(pairs), 2)]
    cards += by_length[2 * surplus :]
    chance.shuffle(cards)
    return cards


def _rows(file: str) -> list[dict[str, str]]:
    with (COMMENTS / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _can_join(one: Comment, other: Comment) -> bool:
    return (
        one is not other
        and max(len(one.text), len(other.text)) <= SHORT
        and (one.language, one.audience, one.question)
        == (other.language, other.audience, other.question)
        and abs(one.sentiment - other.sentiment) <= 1
        and not (one.plain or other.plain)
    )


def _shorter(text: str, _chance: Random) -> str:
    found = _LAST_SENTENCE.match(text)
    return found[1] if found else text


def _smaller(text: str, _chance: Random) -> str:
    return text.lower() if text != text.lower() else text[:1].upper() + text[1:]


def _misspelt(text: str, chance: Random) -> str:
    words = list(_WORD.finditer(text))
    if not words:
        return text
    at = chance.choice(words).start() + chance.randint(1, 3)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _ended(text: str, chance: Random) -> str:
    bare = text.rstrip(".!? ")
    return bare + chance.choice([end for end in ("", ".", "!", "!!", "...") if bare + end != text])
