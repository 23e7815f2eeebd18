"""What whoever uses sentence vectors asks for, whichever way they are made."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]


class UnusableVectors(ValueError):
    """Sentence vectors that cannot be had: what happened, what is safe, what to do."""


class Vectors(Protocol):
    """Gives each text a vector of the same width."""

    @property
    def digest(self) -> str:
        """Says which model the vectors are of, to the last byte."""

    @property
    def width(self) -> int:
        """Numbers in a vector."""

    def of(self, texts: Sequence[str]) -> Rows:
        """A vector of length 1 for each text; shape (texts, width).

        A text gets the same vector whichever texts stand beside it. Where a text has nothing
        that the model knows, all its numbers are 0.
        """
