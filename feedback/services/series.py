"""One measure over periods: what of it may leave, and what that says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Protocol

from feedback.analysis import trends
from feedback.analysis.disclosure import HIDDEN, Shown
from feedback.analysis.periods import Period, place_of
from feedback.analysis.trends import Reading, Taken
from feedback.models.surveys import Measure
from feedback.queries.tallies import Asked
from feedback.services.gating import Cell
from feedback.services.tallied import UNSAID, Count, Frame
from feedback.vocabulary import Audience, Better, NoteKind

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Note(Protocol):
    """What a note on a chart says."""

    @property
    def kind(self) -> NoteKind:
        """What sort of note it is."""

    @property
    def starts_on(self) -> date:
        """Its day, or the first of its days."""

    @property
    def ends_on(self) -> date | None:
        """The last of its days, where there are several."""

    @property
    def words(self) -> str:
        """What changed, or the reason."""


class Target(Protocol):
    """What a measure is to reach."""

    @property
    def value(self) -> float:
        """A per cent, or a number on the measure's scale."""

    @property
    def words(self) -> str:
        """Who set it, and why."""


@dataclass(frozen=True)
class Spot:
    """One period of a measure as it may leave.

    `value` is its share or mean, None where it may not be drawn; `round` names a round.
    """

    period: Period
    people: Shown
    hits: Shown
    value: float | None
    so_far: bool = False
    round: str = ""


@dataclass(frozen=True)
class Mark:
    """A note with its letter on the chart, at a position from 1."""

    letter: str
    position: int
    note: Note


@dataclass(frozen=True)
class Series:
    """A measure over periods, of everybody or of one group.

    `broken` are the positions, from 1, at which another scale begins. `reading` is None where
    nothing can be drawn. `shares` says that values are shares of people; else they are means on a
    scale. `rounded` says that counts are shown to the nearest five, as for everybody. `older` says
    that there are older periods, which are left out.
    """

    measure: Measure
    asked: Asked
    shares: bool
    spots: Sequence[Spot]
    reading: Reading | None
    broken: Sequence[int] = ()
    marks: Sequence[Mark] = ()
    set_aside: frozenset[int] = frozenset()
    target: Target | None = None
    group: str = UNSAID
    audiences: frozenset[Audience] = frozenset()
    rounded: bool = False
    older: bool = False

    @property
    def last(self) -> Spot | None:
        """The newest period that has a figure."""
        return next((spot for spot in reversed(self.spots) if spot.value is not None), None)


def read_series(
    measure: Measure,
    asked: Asked,
    cells: Sequence[Cell],
    counts: Sequence[Count],
    frame: Frame,
    broken: Sequence[int],
    notes: Sequence[Note],
    target: Target | None,
    spread: float | None,
    today: date,
) -> Series:
    """A series and what it says.

    Args:
        cells: the periods as they may leave, beside their raw counts.
        broken: positions, from 1, at which another scale begins.
        spread: standard deviation of single numbers, for means.
    """
    shares = bool(measure.top)
    aside = frozenset(
        at
        for at, period in enumerate(frame.spans, start=1)
        for each in notes
        if each.kind is NoteKind.SET_ASIDE
        and each.starts_on <= period.last
        and period.first <= (each.ends_on or each.starts_on)
    )
    taken = [
        Taken(each.people, each.total) if cell.whole else None
        for cell, each in zip(cells, counts, strict=True)
    ]
    reading = None
    if any(each for at, each in enumerate(taken, start=1) if at not in aside):
        reading = trends.read(
            taken,
            shares=shares,
            spread=spread,
            improvement="decrease" if measure.better is Better.LOWER else "increase",
            target=None if target is None else target.value / (100 if shares else 1),
            rebase_before=_at(notes, NoteKind.NEW_START, frame),
            broken_before=broken,
            ghosted=aside,
        )
    marks = [
        (place + 1, each)
        for each in notes
        if each.kind is not NoteKind.SET_ASIDE
        and (place := _place(frame, each.starts_on)) is not None
    ]
    return Series(
        measure=measure,
        asked=asked,
        shares=shares,
        spots=[
            Spot(
                period,
                cell.people,
                cell.hits if shares else HIDDEN,
                each.value if each else None,
                so_far=not period.over(today),
                round=frame.names[at] if frame.names else "",
            )
            for at, (period, cell, each) in enumerate(zip(frame.spans, cells, taken, strict=True))
        ],
        reading=reading,
        broken=broken,
        marks=[Mark(_letter(number), at, each) for number, (at, each) in enumerate(marks)],
        set_aside=aside,
        target=target,
    )


def _letter(number: int) -> str:
    """A to Z, then AA, AB and so on."""
    ahead, own = divmod(number, len(ALPHABET))
    return (_letter(ahead - 1) if ahead else "") + ALPHABET[own]


def spread_of(counts: Sequence[Count], cells: Sequence[Cell]) -> float | None:
    """Standard deviation of single numbers within their periods, of the periods that are drawn."""
    drawn = [each for each, cell in zip(counts, cells, strict=True) if cell.whole]
    people = sum(each.people for each in drawn) - len(drawn)
    if people < 1:
        return None
    within = sum(each.squares - each.total**2 / each.people for each in drawn)
    return sqrt(max(within, 0.0) / people)


def _at(notes: Sequence[Note], kind: NoteKind, frame: Frame) -> list[int]:
    """Positions, from 1 and not the first, of the periods that notes of a kind begin in."""
    places = (_place(frame, each.starts_on) for each in notes if each.kind is kind)
    return sorted({place + 1 for place in places if place})


def _place(frame: Frame, day: date) -> int | None:
    """The period a day is in; for rounds the first that had not ended."""
    if frame.of_collection is None:
        return place_of(frame.spans, day)
    return next((at for at, period in enumerate(frame.spans) if day <= period.last), None)
