"""What else comments are about: groups of words that come together, as suggestions for a person.

A topic is never a theme by itself and never names one: it is shown with its words, three typical
comments and how well it holds when a fifth of the comments is left out. Groups found by machine
agree only weakly with groups made by people (decision 19).

Source:
    Lee and Seung (1999), Nature 401:788-791, for the factors; Boutsidis and Gallopoulos (2008),
    Pattern Recognition 41:1350-1362, for a start without chance; Greene and others (2014), ECML,
    for stability by agreement of the first words.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from feedback.analysis.coding.words import EMPTY_STEMS, WORD, stem
from feedback.analysis.intervals import Interval, newcombe_interval

Floats = NDArray[np.float64]

FEWEST_COMMENTS = 30  # with words in them; fewer hold no pattern that a person would not see
COMMENTS_A_TOPIC = 25  # about as many, where nobody says how many topics
FEWEST_TOPICS, MOST_TOPICS = 3, 12
WORDS_SHOWN = 8
WORDS_COMPARED = 10
TYPICAL = 3
PARTS = 5  # one is left out at a time
STABLE = 0.5  # of the words compared come again, on the average
LEAST_SHARE = 0.3  # of a comment's weight belongs to the topic that it is counted for
ROUNDS = 300  # of the fitting


class TooFewComments(ValueError):
    """There are too few comments with words in them to look for topics."""


@dataclass(frozen=True)
class Topic:
    """Words that come together: the heaviest first, comments by their place, and how stable.

    `stability` is the share, 0 to 1, of the words that come again when a fifth of the comments is
    left out, on the average of five times.
    """

    words: tuple[str, ...]
    typical: tuple[int, ...]
    comments: tuple[int, ...]
    stability: float

    @property
    def stable(self) -> bool:
        """Whether it is worth showing without a warning."""
        return self.stability >= STABLE


@dataclass(frozen=True)
class Growth:
    """How much more of the comments were about a topic in the later round.

    `difference` is in proportions, after less before; `interval` is Newcombe's at 95%. The topic
    was found in the same comments, so this shows where to look and proves nothing.
    """

    topic: Topic
    before: int
    after: int
    difference: float
    interval: Interval


def discover(comments: Sequence[str], *, seed: int = 0, topics: int | None = None) -> list[Topic]:
    """Topics of comments, those with the most comments first.

    Args:
        comments: texts; empty ones and those without a telling word belong to no topic.
        seed: the same seed and comments give the same topics.
        topics: how many to look for; None: by the number of comments.

    Raises:
        TooFewComments: fewer than 30 have words in them, not counting repeats.
        ValueError: fewer than two topics asked for.
    """
    if topics is not None and topics < 2:
        raise ValueError("look for two topics or more")
    cut = [_telling_stems(text) for text in comments]
    different = {tuple(words) for words in cut if words}
    if len(different) < FEWEST_COMMENTS:
        raise TooFewComments(
            f"topics need {FEWEST_COMMENTS} different comments with words in them; "
            f"there are {len(different)}"
        )
    by_size = min(MOST_TOPICS, max(FEWEST_TOPICS, len(different) // COMMENTS_A_TOPIC))
    wanted = topics or by_size
    weights, words, terms = _factors(cut, wanted, seed)
    first_words = _first_words(words)
    stability = _stability(cut, terms, first_words, wanted, seed)
    faces = _faces(comments)
    shares = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)
    own = np.where(shares.max(axis=1) >= LEAST_SHARE, shares.argmax(axis=1), -1)
    found = [
        Topic(
            words=tuple(faces[terms[at]] for at in first_words[k][:WORDS_SHOWN]),
            typical=_typical(comments, weights[:, k] * shares[:, k] * (own == k)),
            comments=tuple(int(at) for at in np.flatnonzero(own == k)),
            stability=stability[k],
        )
        for k in range(len(words))
    ]
    return sorted((each for each in found if each.comments), key=lambda each: -len(each.comments))


def growing(
    before: Sequence[str], after: Sequence[str], *, seed: int = 0, topics: int | None = None
) -> list[Growth]:
    """Topics of two rounds together, those that grew most first.

    Comments without a word count in the base of each round.

    Raises:
        TooFewComments: as `discover`, over both rounds; or a round has no comment.
    """
    if not before or not after:
        raise TooFewComments("a topic can only grow from one round to another")
    grown = []
    for topic in discover([*before, *after], seed=seed, topics=topics):
        first = sum(at < len(before) for at in topic.comments)
        second = len(topic.comments) - first
        difference = second / len(after) - first / len(before)
        interval = newcombe_interval(first, len(before), second, len(after))
        grown.append(Growth(topic, first, second, difference, interval))
    return sorted(grown, key=lambda each: -each.difference)


def _telling_stems(text: str) -> list[str]:
    stems = (stem(word) for word in WORD.findall(text[:5_000]))
    return [each for each in stems if len(each) > 2 and each not in EMPTY_STEMS]


def _factors(cut: Sequence[list[str]], topics: int, seed: int) -> tuple[Floats, Floats, list[str]]:
    """Weights of shape (comments, topics) and (topics, terms), and the terms."""
    import warnings

    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectoriser = TfidfVectorizer(analyzer=list, min_df=2, max_df=0.5, sublinear_tf=True)
    try:
        counts = vectoriser.fit_transform(cut)
    except ValueError:
        raise TooFewComments("no word comes in two comments, and not in every second") from None
    asked = max(1, min(topics, min(counts.shape) - 1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not settled to the last digit is settled enough
        model = NMF(asked, init="nndsvd", random_state=seed, max_iter=ROUNDS)
        weights = model.fit_transform(counts)
    # Only the product of both is fitted: a topic's weights say something beside another's once
    # the topics' words weigh the same.
    size = np.linalg.norm(model.components_, axis=1)
    words = model.components_ / np.maximum(size, 1e-12)[:, None]
    return weights * size, words, vectoriser.get_feature_names_out().tolist()


def _first_words(words: Floats) -> list[list[int]]:
    return [
        [int(at) for at in np.argsort(-row, kind="stable")[:WORDS_COMPARED] if row[at] > 0]
        for row in words
    ]


def _stability(
    cut: Sequence[list[str]], terms: list[str], first: list[list[int]], topics: int, seed: int
) -> list[float]:
    """For each topic the share of its first words that come again in its best counterpart."""
    from scipy.optimize import linear_sum_assignment

    part = np.random.default_rng(seed).permutation(len(cut)) % PARTS
    own = [{terms[at] for at in words} for words in first]
    total = np.zeros(len(own))
    for out in range(PARTS):
        left = [words for words, at in zip(cut, part, strict=True) if at != out]
        _, words, names = _factors(left, topics, seed)
        others = [{names[at] for at in each} for each in _first_words(words)]
        shared = np.array([[len(a & b) / max(1, len(a)) for b in others] for a in own])
        rows, columns = linear_sum_assignment(-shared)
        total[rows] += shared[rows, columns]
    return [float(each) for each in total / PARTS]


def _faces(comments: Sequence[str]) -> dict[str, str]:
    """For each stem the commonest way that it is written."""
    written: dict[str, Counter[str]] = {}
    for text in comments:
        for word in WORD.findall(text[:5_000]):
            written.setdefault(stem(word), Counter())[word.lower()] += 1
    return {
        each: min(faces, key=lambda face: (-faces[face], face)) for each, faces in written.items()
    }


def _typical(comments: Sequence[str], weights: Floats) -> tuple[int, ...]:
    """Places of the three comments that carry most of the topic, no text twice."""
    chosen: dict[str, int] = {}
    for at in np.argsort(-weights, kind="stable"):
        if weights[at] <= 0 or len(chosen) == TYPICAL:
            break
        chosen.setdefault(" ".join(comments[at].casefold().split()), int(at))
    return tuple(chosen.values())
