"""What is said about how somebody feels."""

from dataclasses import dataclass

from feedback.analysis.feeling_evidence import Sign

LEVELS = 5  # 1 very positive … 5 very negative
MIXED = 3  # or neither


@dataclass(frozen=True)
class Feeling:
    """How somebody feels, from 1 (very positive) to 5 (very negative).

    `sure` runs from 0 to 1; where `unsure` is set, a person should look. `signs` are the words
    that show it, in order, with their places in the comment.
    """

    level: int
    sure: float
    unsure: bool
    signs: tuple[Sign, ...] = ()

    @property
    def side(self) -> int:
        """-1 for positive, 0 for neutral or mixed, 1 for negative."""
        return (self.level > MIXED) - (self.level < MIXED)
