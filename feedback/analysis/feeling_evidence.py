"""The signs of a feeling in a comment: words and phrases with what turns or strengthens them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from feedback.analysis import clauses
from feedback.analysis.aliases import spell
from feedback.analysis.feeling_patterns import patterns
from feedback.analysis.feeling_words import (
    FACES,
    NAMES_OF_THINGS,
    NEGATIONS,
    PHRASES,
    STRONGER,
    WEAKER,
    WORDS,
)

REACH = 3  # words over which a "not" turns what follows
TURNED = -0.7  # "not good" is less bad than "bad", and "not bad" less good than "good"
TOO_MUCH = -1.5  # "too" before a word that says nothing by itself
SHOUTED = 1.15  # capitals or "!"
_WORD = re.compile(r"[^\W_]+(?:['\-/][^\W_]+)*%?")
_TOO_BEFORE_NOTHING = frozenset("and but i we as he she they was is were".split())
_FACE_SIGNS = sorted(
    ((face, value) for value, faces in FACES.items() for face in faces.split()),
    key=lambda pair: -len(pair[0]),
)
_FACE_VALUES = dict(_FACE_SIGNS)
_FACE = re.compile(
    "|".join(
        re.escape(face) + (r"(?!\w)" if face[-1].isalnum() else "") for face, _ in _FACE_SIGNS
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sign:
    """A word or phrase that shows a feeling, and its value after what stands before it."""

    words: str  # in the one spelling of `aliases`
    value: float  # -4 to 4, below nought for bad
    start: int = 0  # where it stands in the text as it was written
    end: int = 0
    form: bool = False  # told by a turn of phrase and not by a word of feeling


@dataclass(frozen=True)
class Evidence:
    """What one stretch of text shows.

    `good` and `bad` are sums of the signs' values, both nought or more; `polarity` and
    `subjectivity` are TextBlob's, of what is left when names of things are taken out.
    """

    signs: tuple[Sign, ...]
    polarity: float
    subjectivity: float
    words: int
    text: str  # in the one spelling

    def without_forms(self) -> "Evidence":
        """The same without turns of phrase."""
        return replace(self, signs=tuple(sign for sign in self.signs if not sign.form))

    @property
    def good(self) -> float:
        """All that is good, together."""
        return sum(sign.value for sign in self.signs if sign.value > 0)

    @property
    def bad(self) -> float:
        """All that is bad, together, as a number of nought or more."""
        return -sum(sign.value for sign in self.signs if sign.value < 0)


def evidence(text: str) -> Evidence:
    """The signs of a feeling in a comment or a clause of one."""
    spelt = spell(text)
    plain = spelt.text.replace("’", "'")
    signs: list[Sign] = []
    left: list[str] = []
    counted = 0
    taken = bytearray(len(text))  # 1 where a letter belongs to a sign
    for start, end in clauses.split(plain):
        part = plain[start:end]
        found = list(_WORD.finditer(part))
        words = [match[0].lower() for match in found]
        counted += len(words)
        loud = SHOUTED if "!" in plain[end : end + 1] or part.isupper() else 1.0
        for first, count, value in _signs(words, left):
            place = spelt.written(
                start + found[first].start(), start + found[first + count - 1].end()
            )
            signs.append(Sign(" ".join(words[first : first + count]), value * loud, *place))
            taken[slice(*place)] = b"\1" * (place[1] - place[0])
        for begins, ends, value in patterns(part.lower()):
            place = spelt.written(start + begins, start + ends)
            if not any(taken[slice(*place)]):
                signs.append(Sign(part[begins:ends].lower(), value, *place, form=True))
                taken[slice(*place)] = b"\1" * (place[1] - place[0])
        left.append(".")
    for face in _FACE.finditer(text):
        value = _FACE_VALUES.get(face[0], _FACE_VALUES.get(face[0].lower(), 0.0))
        signs.append(Sign(face[0], value, *face.span()))
    return Evidence(tuple(signs), *_textblob(left), counted, spelt.text)


def _signs(words: Sequence[str], left: list[str]) -> Iterator[tuple[int, int, float]]:
    """The signs in one clause: first word, count of words, value.

    Words that are no names of things are added to `left`.
    """
    table = _table()
    at = 0
    turned_until = 0  # a "not" reaches up to here
    strength = 1.0
    while at < len(words):
        word = words[at]
        phrase, value = _longest(words, at, table[word]) if word in table else (0, None)
        if phrase == 0:
            left.append(word)
            if word == "too" and at + 1 < len(words) and words[at + 1] not in _TOO_BEFORE_NOTHING:
                yield at, 2, TOO_MUCH if at >= turned_until else -TOO_MUCH / 2
            elif word in STRONGER or word in WEAKER:
                strength *= STRONGER.get(word) or WEAKER[word]
            elif word in NEGATIONS:
                turned_until = at + 1 + REACH
            elif at >= turned_until:
                strength = 1.0
            at += 1
            continue
        said = " ".join(words[at : at + phrase])
        if value is not None:
            left += words[at : at + phrase]
            value *= strength
            if at < turned_until and not _turns_itself(said):
                value *= TURNED
            yield at, phrase, value
            strength = 1.0
        if value is not None and _turns_itself(said) and phrase == 1:
            turned_until = at + 1 + REACH
        at += phrase


@cache
def _turns_itself(phrase: str) -> bool:
    return any(word in NEGATIONS for word in phrase.split())


_Phrases = list[tuple[tuple[str, ...], float | None]]


@cache
def _table() -> dict[str, _Phrases]:
    """First word → phrases that begin with it, the longest first, each with its value."""
    found: dict[tuple[str, ...], float | None] = {}
    for value, words in WORDS.items():
        found |= {(word,): float(value) for word in words.split()}
    for value, phrases in PHRASES.items():
        for phrase in phrases.split(";"):
            found[tuple(phrase.split())] = float(value)
    for phrase in NAMES_OF_THINGS.split(";"):
        found[tuple(phrase.split())] = None
    table: dict[str, _Phrases] = defaultdict(list)
    for written in sorted(found, key=lambda words: -len(words)):
        table[written[0]].append((written, found[written]))
    return dict(table)


def _longest(words: Sequence[str], at: int, phrases: _Phrases) -> tuple[int, float | None]:
    for phrase, value in phrases:
        if tuple(words[at : at + len(phrase)]) == phrase:
            return len(phrase), value
    return 0, None


def _textblob(words: Sequence[str]) -> tuple[float, float]:
    """Polarity and subjectivity of words, as TextBlob gives them for the words with blanks between.

    It is handed each word as it cuts them, and only where it knows one of them.
    """
    from textblob.en import sentiment  # heavy: not for web workers

    cut = [_as_textblob(word) for word in words]
    if not any(known for _, known in cut):
        return 0.0, 0.0
    polarity, subjectivity = sentiment([token for tokens, _ in cut for token in tokens])
    return float(polarity), float(subjectivity)


@lru_cache(maxsize=100_000)
def _as_textblob(word: str) -> tuple[tuple[str, ...], bool]:
    """A word as TextBlob cuts it, and whether that says anything to it."""
    from textblob.en import sentiment

    tokens = tuple(each.lower() for each in " ".join(sentiment.tokenizer(word)).split())
    return tokens, bool(sentiment(list(tokens)).assessments)
