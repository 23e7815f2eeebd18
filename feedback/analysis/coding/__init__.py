"""Codes comments with the themes of a codebook: from its words alone, then from people's coding.

`ThemeCoder` starts without a label. Importing this takes numpy, scipy and a stemmer into memory:
whoever serves pages imports it late, or not at all.
"""

from feedback.analysis.coding.coder import ThemeCoder, Training, UnusableCodebook
from feedback.analysis.coding.keeping import (
    OtherCodebook,
    OtherVectors,
    OtherVersion,
    TamperedModel,
    UnusableModel,
    from_bytes,
    to_bytes,
)
from feedback.analysis.coding.reading import Reading, Span, Unsure

__all__ = [
    "OtherCodebook",
    "OtherVectors",
    "OtherVersion",
    "Reading",
    "Span",
    "TamperedModel",
    "ThemeCoder",
    "Training",
    "Unsure",
    "UnusableCodebook",
    "UnusableModel",
    "from_bytes",
    "to_bytes",
]
