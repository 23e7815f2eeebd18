"""Words that come more often in the comments of a theme than elsewhere.

A word is shown only when enough different people used it, for a rare one could point at somebody.

Source:
    Monroe, Colaresi and Quinn (2008), Political Analysis 16:372-403: log-odds with a prior, divided
    by its standard error.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from math import log, sqrt

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from feedback.analysis.coding.words import EMPTY_STEMS, WORD, stem

SHOWN = 8  # words a theme
PRIOR = 50.0  # people that the words of all comments together are worth, spread by how common each
TELLING = 1.96  # standard errors; less may be chance
SHORTEST = 3  # letters


def typical_words(
    comments: Sequence[str],
    themes: Sequence[Iterable[str]],
    people: Sequence[Hashable],
    *,
    fewest: int,
) -> dict[str, tuple[str, ...]]:
    """For each theme its most telling words, as they are mostly written.

    Args:
        comments: masked texts; shape (n,).
        themes: the codes on each.
        people: who wrote each.
        fewest: people who must have used a word within the theme.
    """
    faces: dict[str, Counter[str]] = {}
    users: dict[str, set[Hashable]] = {}
    of_theme: dict[str, dict[str, set[Hashable]]] = {}
    everybody: dict[str, set[Hashable]] = {}
    for comment, codes, person in zip(comments, themes, people, strict=True):
        words = set()
        for word in WORD.findall(comment):
            each = stem(word)
            if _tells(word.lower(), each):
                words.add(each)
                faces.setdefault(each, Counter())[word.lower()] += 1
        for each in words:
            users.setdefault(each, set()).add(person)
        for code in codes:
            everybody.setdefault(code, set()).add(person)
            for each in words:
                of_theme.setdefault(code, {}).setdefault(each, set()).add(person)
    everyone = len(set(people))
    common = {word: len(them) / max(1, everyone) for word, them in users.items()}
    found = {}
    for code, words_of in of_theme.items():
        inside = len(everybody[code])
        weights = {
            word: _weight(len(them), inside, len(users[word]), everyone, common[word])
            for word, them in words_of.items()
            if len(them) >= fewest
        }
        best = sorted(
            (word for word in weights if weights[word] >= TELLING), key=lambda w: -weights[w]
        )
        found[code] = tuple(
            min(faces[word], key=lambda face: (-faces[word][face], face)) for word in best[:SHOWN]
        )
    return found


def _tells(word: str, stemmed: str) -> bool:
    """Whether a word can say what a comment is about."""
    plain = word.replace("’", "'").partition("'")[0]
    empty = stemmed in EMPTY_STEMS or plain in ENGLISH_STOP_WORDS
    return len(plain) >= SHORTEST and not empty and not plain.isdigit()


def _weight(with_word: int, inside: int, users: int, everyone: int, common: float) -> float:
    """How many standard errors a word is more common inside a theme than outside it."""
    prior = PRIOR * common
    outside, users_outside = everyone - inside, users - with_word
    odds = log((with_word + prior) / (inside - with_word + PRIOR - prior + 1e-9))
    others = log((users_outside + prior) / (outside - users_outside + PRIOR - prior + 1e-9))
    return (odds - others) / sqrt(1 / (with_word + prior) + 1 / (users_outside + prior))
