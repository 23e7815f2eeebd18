"""What weighting does to the core measures, for whoever asks: beside what was answered, never
instead of it.

A measure is weighed by its own answers, group by group, and only where the page of the measure
could show each of these groups in each school year that counts. So nothing rests on what is hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from feedback.analysis.profiles import NoWeights, Weighed, weights_of
from feedback.models.profiles import Profile
from feedback.models.surveys import Measure
from feedback.queries import profiles, tallies
from feedback.queries import trends as stored
from feedback.services.cutting import Cutting, Window
from feedback.services.gating import Cell
from feedback.services.profiling import as_read
from feedback.services.tallied import Count
from feedback.services.trending import cutting_of
from feedback.vocabulary import DIMENSIONS, Audience, PeriodKind


@dataclass(frozen=True)
class Reweighed:
    """A core measure as answered and weighted: shares of best answers, proportions.

    Both are of those who answered it and are in a group of the profile, `weighed.base` people.
    Where `weighed` has reasons there are no shares.
    """

    measure: Measure
    weighed: Weighed
    answered: float = 0.0
    weighted: float = 0.0


def core_measures(
    session: Session,
    names: Sequence[str],
    audience: Audience,
    first: date | None,
    last: date | None,
    threshold: int,
) -> list[Reweighed]:
    """The core measures that were answered, weighed by a profile, in the bank's order.

    Args:
        names: of the questions that profiles were asked for of. None is weighed by two at once, or
            by one that is not of `DIMENSIONS`: answers are tallied by these alone.
        first, last: the school years that these days lie in count, each as a whole.
        threshold: people; a smaller group is hidden.
    """
    if len(names) != 1 or names[0] not in DIMENSIONS:
        return []
    profile = profiles.one(session, names[0], audience)
    if profile is None:
        return []
    window = Window(
        PeriodKind.SCHOOL_YEAR, first, last, None if audience is Audience.EVERYONE else audience
    )
    known = {each.name: each for each in stored.measures(session)}
    found = []
    for core in _core_names():
        if core in known and known[core].top:
            cutting = cutting_of(session, known[core], window, threshold)
            if cutting.places():
                found.append(_reweighed(session, cutting, profile))
    return found


def _core_names() -> list[str]:
    """The measures of the bank's core questions; two questions may have one in common."""
    from feedback.outputs.shorthand import bank  # reads files, which few pages do

    return list(dict.fromkeys(each["measure"]["name"] for each in bank()["core"].values()))


def _reweighed(session: Session, cutting: Cutting, profile: Profile) -> Reweighed:
    measure, ids = cutting.measure, [each.id for each in cutting.asked]
    grouping = tallies.grouping(session, profile.dimension, cutting.asked)
    if any(each.several for each in grouping):
        return Reweighed(measure, Weighed((NoWeights.SEVERAL,)))
    codes = dict.fromkeys(code for each in grouping for code, _ in each.options)
    rows = tallies.rows(session, ids, grouped_by=profile.dimension)
    groups = cutting.of_groups(rows, codes, several=False)
    places = [at for at in cutting.places() if cutting.cuts[-1].counts[at].people]
    wanted = [row.code for row in profile.rows]
    if any(code not in groups or not _all_shown(groups[code][1], places) for code in wanted):
        return Reweighed(measure, Weighed((NoWeights.HIDDEN,)))
    sums = {code: _sum(groups[code][0], places) for code in wanted}
    people: dict[tuple[str, ...], int] = {(code,): each.people for code, each in sums.items()}
    weighed = weights_of(people, [as_read(profile)], cutting.threshold)
    return Reweighed(
        measure,
        weighed,
        sum(each.total for each in sums.values()) / sum(people.values()),
        sum(
            moved.after * sums[moved.group].total / sums[moved.group].people
            for moved in weighed.moved
        ),
    )


def _all_shown(cells: Sequence[Cell], places: Sequence[int]) -> bool:
    return all(cells[at].whole for at in places)


def _sum(counts: Sequence[Count], places: Sequence[int]) -> Count:
    found = Count()
    for at in places:
        found.add(counts[at])
    return found
