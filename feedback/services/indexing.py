"""Indices: a few questions about one thing as one figure, such as "valued, visible, included".

An index is the mean of its measures' shares, in the periods in which all of them may be drawn. So
it rests on nothing but figures that are shown, and needs no gate of its own. It stands on as many
people as the measure with the fewest, for the same people answer all of them: that makes its
limits wider than they need be, never narrower.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from feedback.analysis import trends
from feedback.analysis.disclosure import HIDDEN, Shown
from feedback.analysis.trends import Taken
from feedback.models.surveys import Measure
from feedback.services.series import Series, Spot
from feedback.vocabulary import INDICES, Better


def indices(series: Sequence[Series]) -> list[Series]:
    """The indices whose measures are all there."""
    by_name = {each.measure.name: each for each in series}
    return [
        _index(name, [by_name[part] for part in parts])
        for name, parts in INDICES.items()
        if all(part in by_name for part in parts)
    ]


def _index(name: str, parts: Sequence[Series]) -> Series:
    spots = [{spot.period.first: spot for spot in part.spots} for part in parts]
    days = sorted(set.intersection(*(set(of) for of in spots)))
    found = [_spot([of[day] for of in spots]) for day in days]
    reading = None
    if any(spot.value is not None for spot in found):
        reading = trends.read(
            [_taken(spot) for spot in found],
            shares=True,
            improvement="increase",
            broken_before=_broken(parts, days),
        )
    return Series(
        measure=Measure(name=name, title={}, better=Better.HIGHER, top=list(INDICES[name])),
        asked=parts[0].asked,
        shares=True,
        spots=found,
        reading=reading,
        broken=_broken(parts, days),
        audiences=frozenset.union(*(part.audiences for part in parts)),
    )


def _spot(parts: Sequence[Spot]) -> Spot:
    values = [spot.value for spot in parts if spot.value is not None]
    people = [spot.people.count for spot in parts if spot.people.count is not None]
    if len(values) < len(parts) or len(people) < len(parts):
        return replace(parts[0], people=HIDDEN, hits=HIDDEN, value=None)
    return replace(
        parts[0], people=Shown(min(people)), hits=HIDDEN, value=sum(values) / len(values)
    )


def _taken(spot: Spot) -> Taken | None:
    if spot.value is None or not spot.people.count:
        return None
    return Taken(spot.people.count, spot.value * spot.people.count)


def _broken(parts: Sequence[Series], days: Sequence[date]) -> list[int]:
    """Positions, from 1, at which any of the measures changes its scale."""
    starts = {part.spots[at - 1].period.first for part in parts for at in part.broken}
    places: Mapping[date, int] = {day: at for at, day in enumerate(days, start=1)}
    return sorted(places[day] for day in starts if places.get(day, 1) > 1)
