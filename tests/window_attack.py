"""Somebody who holds every number of every window of who took part, and looks for a small group."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.outsider import Outsider
from feedback.analysis.disclosure import Chosen, Distribution, people_in

Answers = Mapping[Hashable, Sequence[Chosen]]  # audience → what people chose in each year


@dataclass
class Attack:
    """One question: the true answers, and what is known of them.

    `codes` are the groups of each audience. What is sought is a group of people of one audience,
    one year and one group of the question. Any larger group holds such a one, so where none has to
    be under the threshold, no larger one has to be either.
    """

    answers: Answers
    codes: Mapping[Hashable, Collection[str]]
    several: bool = False
    outsider: Outsider = field(default_factory=Outsider)

    def __post_init__(self) -> None:
        """What everybody knows: who is in several groups is in one at least, and in each once."""
        for audience, years in self.answers.items() if self.several else ():
            for year in range(len(years)):
                everybody, spare = ("all", audience, year), ("spare", audience, year)
                groups = [(audience, year, code) for code in self.codes[audience]]
                self.outsider.knows({**dict.fromkeys(groups, 1.0), everybody: -1, spare: -1}, 0)
                for each in groups:
                    self.outsider.knows({each: 1, ("not", *each): 1, everybody: -1}, 0)

    def learns(
        self, seen: Distribution, audiences: Collection[Hashable], years: Collection[int]
    ) -> None:
        """Take in the numbers of one window."""
        for code, cell in seen.cells.items():
            if cell.count is not None:
                self.knows([code], audiences, years, cell.count)
        if seen.base.count is not None:
            self.knows(list(seen.cells), audiences, years, seen.base.count)

    def knows(
        self,
        codes: Collection[str],
        audiences: Collection[Hashable],
        years: Collection[int],
        people: int,
    ) -> None:
        """Take in how many people of some audiences and years are in any of some groups."""
        of = [(audience, year) for audience in audiences for year in years]
        terms: dict[Hashable, float]
        if self.several and len(codes) > 1:
            terms = {("all", audience, year): 1.0 for audience, year in of}
        else:
            terms = {
                (audience, year, code): 1.0
                for audience, year in of
                for code in codes
                if code in self.codes[audience]
            }
        self.outsider.knows(terms, people)

    def found(self, threshold: int) -> list[tuple[Hashable, ...]]:
        """The groups that must be under the threshold, and are not nobody."""
        small = []
        for audience, years in self.answers.items():
            for at, year in enumerate(years):
                everybody = sum(year.values())
                sought: dict[Hashable, int] = {}
                for code in self.codes[audience]:
                    people = people_in(year, code)
                    sought[audience, at, code] = people
                    if self.several:
                        sought["not", audience, at, code] = everybody - people
                if self.several:
                    sought["all", audience, at] = everybody
                for group, people in sought.items():
                    if not 0 < people < threshold:  # what is enough may be known
                        continue
                    ends = self.outsider.range_of({group: 1.0})
                    if ends is None or ends[1] < threshold - 1e-6:
                        small.append((group, *(ends or ())))
        return small
