"""Reads the text of a paper and says which of its claims the figures do not carry.

A claim leads to its evidence through a reference in square brackets, such as `[happy]` or
`[insight late-taxis]`. What a reference stands for is handed in. Only English is read: words such
as "most" mean something else, or nothing, in every other language.
"""

from feedback.analysis.claims.checking import check
from feedback.analysis.claims.known import CHECKED, Finding, Kind, Known, Way
from feedback.analysis.claims.numbers import Number, numbers
from feedback.analysis.claims.text import Sentence, Token, paragraphs, point_of, sentences, tokens

__all__ = [
    "CHECKED",
    "Finding",
    "Kind",
    "Known",
    "Number",
    "Sentence",
    "Token",
    "Way",
    "check",
    "numbers",
    "paragraphs",
    "point_of",
    "sentences",
    "tokens",
]
