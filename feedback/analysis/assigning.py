"""All that is made of a batch of comments: themes, how each feels about them, and why.

Pure and named by its module, so that it runs the same here and in processes beside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.analysis import sentiment
from feedback.analysis.clauses import Span
from feedback.analysis.coding import Reading, ThemeCoder
from feedback.analysis.feeling_coder import FeelingCoder
from feedback.analysis.feelings import Feeling
from feedback.analysis.sentiment import Reader


@dataclass(frozen=True)
class Assigned:
    """One comment: its themes with reasons, how it feels, and how it feels about each theme."""

    reading: Reading
    feeling: Feeling
    by_theme: Mapping[str, Feeling]


def assign(
    coder: ThemeCoder,
    feelings: FeelingCoder | None,
    comments: Sequence[str],
    questions: Sequence[str],
) -> list[Assigned]:
    """Read comments, each by itself.

    Args:
        coder: puts the themes.
        feelings: what was learned of feelings here; None: the words alone decide.
        comments: masked texts; shape (n,).
        questions: the wording in English that each answers, empty where it is not known;
            shape (n,). The words alone lean on it; what was learned does not.

    Returns:
        One result a comment, in order.
    """
    readings = coder.read(comments)
    wholes = feelings.read(comments) if feelings else sentiment.read(comments, questions)
    by_theme: list[dict[str, Feeling]] = [
        dict.fromkeys(reading.why, whole) for reading, whole in zip(readings, wholes, strict=True)
    ]
    several: dict[str, list[int]] = {}
    for at, each in enumerate(by_theme):
        if len(each) > 1:
            several.setdefault(questions[at], []).append(at)
    for question, places in several.items():
        told = sentiment.by_themes(
            [comments[at] for at in places],
            [wholes[at] for at in places],
            [_places(readings[at]) for at in places],
            _reader(feelings, question),
        )
        for at, each in zip(places, told, strict=True):
            by_theme[at] = each
    return [Assigned(*each) for each in zip(readings, wholes, by_theme, strict=True)]


def _reader(feelings: FeelingCoder | None, question: str) -> Reader:
    """Reads clauses as answers to one question."""
    if feelings:
        return feelings.read
    return lambda clauses: sentiment.read(clauses, [question] * len(clauses))


def _places(reading: Reading) -> dict[str, list[Span]]:
    return {code: [(each.start, each.end) for each in reading.why[code]] for code in reading.why}
