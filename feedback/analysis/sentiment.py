"""How somebody feels about what they write of: five levels, and how sure.

Without labels the signs in the words decide, TextBlob's polarity among them. With comments that
people here have labelled, `FeelingCoder` learns from those and keeps the signs as features.
What a comment is about is kept apart; `by_theme` brings the two together, clause by clause.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import repeat

from feedback.analysis import clauses
from feedback.analysis.clauses import Span
from feedback.analysis.feeling_coder import FeelingCoder, WrongModel
from feedback.analysis.feeling_evidence import Evidence, Sign, evidence
from feedback.analysis.feeling_questions import Asked, asked, cannot_say, nothing, suggests
from feedback.analysis.feelings import MIXED, Feeling

__all__ = ["Feeling", "FeelingCoder", "Sign", "WrongModel", "by_theme", "by_themes", "read"]

POLARITY_COUNTS = 0.5  # TextBlob's polarity, as much as a small word of ours
# What a question asks for, beside a plain word of 2. Who is asked for something good and finds
# nothing rarely writes; who is asked what should be better often praises all the same.
ASKED_GOOD, ASKED_BAD = 3.0, 1.0
TROUBLE = 1.0  # signs of it, under which a wish for something is no complaint
DOUBT, DOUBT_OF_PLANS = 1.0, 4.0  # plans and lessons name trouble without a bad feeling
ONE_SIDED, ONE_SIDED_PLANS = 0.15, 0.35  # balance from which a comment leans to one side
STRONGLY = 0.7  # balance from which it does so strongly
STRONG_SIGNS = 4.0  # and the weight that signs need for it: two plain words, or one strong
SURE_ENOUGH = 0.5  # below, a person should look
LEAST_SURE, MOST_SURE = 0.35, 0.9  # words alone are never quite sure

Reader = Callable[[Sequence[str]], list[Feeling]]


def read(comments: Sequence[str], questions: Sequence[str] | None = None) -> list[Feeling]:
    """How somebody feels in each comment, told by the words alone.

    Args:
        comments: texts in English; an empty one, or one without any sign, is mixed and unsure.
        questions: the wording of the question that each answers, where that is known; a dry answer
            takes the side that was asked for.

    Returns:
        One feeling a comment, in order; `sure` grows with the balance and weight of the signs and
        is no probability, for there were no labels to check it with.
    """
    if questions is not None and len(questions) != len(comments):
        raise ValueError("comments and questions differ in length")
    wanted = map(asked, questions) if questions else repeat(Asked.OPEN)
    return [_read(comment, want) for comment, want in zip(comments, wanted, strict=False)]


def _read(comment: str, want: Asked) -> Feeling:
    seen = evidence(comment)
    good = seen.good + POLARITY_COUNTS * max(seen.polarity, 0.0)
    bad = seen.bad + POLARITY_COUNTS * max(-seen.polarity, 0.0)
    if cannot_say(comment):
        good = bad = 0.0
    elif nothing(comment) and want in (Asked.GOOD, Asked.BAD):
        good, bad = (ASKED_BAD, 0.0) if want is Asked.BAD else (0.0, ASKED_GOOD)
    elif want is Asked.GOOD:
        good += ASKED_GOOD
    elif want is Asked.BAD and (bad >= TROUBLE or not suggests(comment)):
        bad += ASKED_BAD
    return _weigh(good, bad, seen, plans=want is Asked.PLANS)


def _weigh(good: float, bad: float, seen: Evidence, *, plans: bool) -> Feeling:
    weight = good + bad
    balance = (good - bad) / (weight + (DOUBT_OF_PLANS if plans else DOUBT))
    one_sided = ONE_SIDED_PLANS if plans else ONE_SIDED
    strong = abs(balance) >= STRONGLY and weight >= STRONG_SIGNS
    if balance >= one_sided:
        level = 1 if strong else 2
    elif balance <= -one_sided:
        level = 5 if strong else 4
    else:
        level = MIXED
    sure = LEAST_SURE + (MOST_SURE - LEAST_SURE) * abs(balance)
    if level == MIXED:
        # Signs that weigh each other up say "mixed"; none at all say nothing.
        sure = LEAST_SURE + (SURE_ENOUGH - LEAST_SURE) * min(1.0, 2 * min(good, bad) / 4)
    return Feeling(level, sure, sure < SURE_ENOUGH, seen.signs)


def by_theme(
    comment: str, themes: Mapping[str, Sequence[Span]], reader: Reader = read
) -> dict[str, Feeling]:
    """How somebody feels about each theme of one comment.

    "Lovely staff but the wait is awful" is good about staff and bad about waiting.

    Args:
        comment: the text.
        themes: theme → the places in the text that speak of it; none means the whole comment.
        reader: `read`, or a fitted coder's `read`.

    Returns:
        One feeling a theme. Where the clauses that speak of a theme show nothing, it is that of
        the whole comment, and unsure.
    """
    return by_themes([comment], reader([comment]), [themes], reader)[0]


def by_themes(
    comments: Sequence[str],
    wholes: Sequence[Feeling],
    themes: Sequence[Mapping[str, Sequence[Span]]],
    reader: Reader = read,
) -> list[dict[str, Feeling]]:
    """`by_theme` for many comments, each clause read once.

    Args:
        comments: texts; shape (n,).
        wholes: what the reader made of each comment; shape (n,).
        themes: theme → places, for each comment; shape (n,).
        reader: as for `by_theme`.
    """
    parts = [
        {theme: _spoken(comment, pieces, places) for theme, places in each.items()}
        for comment, each in zip(comments, themes, strict=True)
        for pieces in [clauses.split(comment)]
    ]
    known = dict(zip(comments, wholes, strict=True))
    texts = list({text: None for each in parts for text in each.values() if text not in known})
    known |= zip(texts, reader(texts), strict=True)
    return [
        {
            theme: whole if text == comment else _or_whole(known[text], whole)
            for theme, text in each.items()
        }
        for comment, whole, each in zip(comments, wholes, parts, strict=True)
    ]


def _spoken(comment: str, pieces: Sequence[Span], places: Sequence[Span]) -> str:
    """The clauses that touch one of some places; all of the comment where none does."""
    touched = [piece for piece in pieces if any(clauses.of([piece], each) for each in places)]
    return " … ".join(comment[start:end] for start, end in touched) or comment


def _or_whole(part: Feeling, whole: Feeling) -> Feeling:
    """What some clauses show; where that is nothing, what the whole comment does, and unsure."""
    return part if part.signs else replace(whole, unsure=True)
