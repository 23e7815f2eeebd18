"""What is made of one comment: themes, how sure, why, and whether a person should look."""

from dataclasses import dataclass
from enum import StrEnum


class Unsure(StrEnum):
    """Why a person should look at a comment."""

    EMPTY = "empty"  # no words to read
    LANGUAGE = "language"  # not in English, as far as its words tell
    LONG = "long"  # more than fits one thought
    MANY = "many"  # more themes than a comment of its kind carries
    SCORE = "score"  # a theme is about as likely as not, or none is likely


@dataclass(frozen=True)
class Span:
    """Letters of the comment that moved a theme: first, one after the last, by how much.

    `pull` is a share, 0 to 1, of all that spoke for the theme.
    """

    start: int
    end: int
    pull: float


@dataclass(frozen=True)
class Reading:
    """One comment, read.

    `themes` are codes, the likeliest first; `scores` has all codes with probabilities, 0 to 1;
    `why` has a place for each of `themes`; `unsure` is empty where nobody needs to look.
    """

    themes: tuple[str, ...]
    scores: dict[str, float]
    why: dict[str, tuple[Span, ...]]
    unsure: tuple[Unsure, ...]
