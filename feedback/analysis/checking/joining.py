"""Finds two questions in one, and says where to cut. English only.

"Did staff listen and explain?" asks two things; "Did you have fish and chips?" asks one.
"""

from collections.abc import Iterator

from feedback.analysis.checking.findings import Finding, Reading, Rule
from feedback.analysis.checking.sides import Sides, Split
from feedback.analysis.checking.speech import tokens_of
from feedback.analysis.checking.verbs import ASKING, OPENERS
from feedback.analysis.readability import sentences


def two_in_one(stem: str, reading: Reading, *, offers_both: bool) -> Iterator[Finding]:
    """Whether a question, or a sentence to agree with, holds two.

    Args:
        stem: what is asked.
        offers_both: the options let a person choose what "or" joins.
    """
    found = split(stem, offers_both=offers_both)
    if found:
        yield reading.finding(
            Rule.TWO_IN_ONE,
            found.joint,
            fault=reading.easy,
            first=found.first,
            second=found.second,
        )


def split(stem: str, *, offers_both: bool = False) -> Split | None:
    """The two questions in a text that asks two, or None."""
    found = sentences(stem)
    asked = [sentence for sentence in found if _asks(sentence)]
    if len(asked) > 1:
        return Split("?", asked[0], asked[1])
    for sentence in asked or found:
        tokens = tokens_of(sentence)
        for at, token in enumerate(tokens):
            if not (token.joins and 0 < at < len(tokens) - 1):
                continue
            if offers_both and token.low in ("or", "/"):
                continue
            parts = Sides(sentence, tokens, at).split()
            if parts:
                return parts
    return None


def _asks(sentence: str) -> bool:
    """A whole question, not a word with a question mark ("Card lost?")."""
    first = [token.low for token in tokens_of(sentence)[:6]]
    return sentence.rstrip('"”’)').endswith("?") and any(
        word in OPENERS or word in ASKING for word in first
    )
