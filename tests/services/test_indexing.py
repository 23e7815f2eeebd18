"""Several measures as one figure: only where all of them are shown, and read as one series."""

from datetime import date, timedelta

from feedback.analysis.disclosure import HIDDEN, Shown
from feedback.analysis.periods import Period
from feedback.analysis.trends import State
from feedback.models.surveys import Measure
from feedback.queries.tallies import Asked
from feedback.services.indexing import indices
from feedback.services.series import Series, Spot
from feedback.vocabulary import INDICES, Audience, Better

FIRST = date(2026, 1, 5)
(NAME,) = INDICES
ASKED = Asked(1, "valued", 1, {}, "yes_no", ("yes_no", 3, ()), several=False, options=())


def part(name, shares, *, people=40, late=0, broken=()):
    spots = []
    for at, share in enumerate(shares, start=late):
        first = FIRST + timedelta(days=28 * at)
        period = Period(first, first + timedelta(days=27))
        shown = Shown(people) if share is not None else HIDDEN
        spots.append(Spot(period, shown, HIDDEN, share))
    measure = Measure(name=name, title={}, better=Better.HIGHER, top=["yes"])
    audiences = frozenset({Audience.YOUNG_PERSON})
    return Series(measure, ASKED, True, spots, None, broken=broken, audiences=audiences)


def three(valued, visible, included, **more):
    return [part("valued", valued), part("visible", visible, **more), part("included", included)]


def test_an_index_is_the_mean_of_its_shares_on_the_fewest_people():
    (found,) = indices(three([0.6, 0.5], [0.3, 0.2], [0.3, 0.5], people=25))
    assert found.measure.name == NAME
    assert [round(spot.value, 6) for spot in found.spots] == [0.4, 0.4]
    assert [spot.people.count for spot in found.spots] == [25, 25]
    assert all(spot.hits.hidden for spot in found.spots)
    assert found.audiences == {Audience.YOUNG_PERSON}


def test_where_one_of_them_is_hidden_the_index_is_too():
    (found,) = indices(three([0.6, 0.5], [None, 0.2], [0.3, 0.5]))
    assert found.spots[0].value is None and found.spots[0].people.hidden
    assert found.spots[1].value is not None


def test_only_periods_that_all_of_them_have_count():
    (found,) = indices(three([0.6, 0.5, 0.4], [0.2, 0.2], [0.3, 0.5, 0.4], late=1))
    assert [spot.period.first for spot in found.spots] == [
        FIRST + timedelta(days=28), FIRST + timedelta(days=56),
    ]  # fmt: skip


def test_without_one_of_its_measures_there_is_no_index():
    assert indices(three([0.5], [0.5], [0.5])[:2]) == []
    assert indices([]) == []


def test_a_fall_of_all_three_is_found():
    fell = [0.62, 0.6, 0.63, 0.61, 0.6, 0.62, 0.2, 0.22, 0.21]
    (found,) = indices(three(fell, fell, fell))
    assert (found.reading.now, found.reading.since) == (State.CONCERN, 7)


def test_another_scale_of_one_breaks_the_index():
    level = [0.6, 0.61, 0.6, 0.62]
    series = [part("valued", level), part("visible", level, broken=(3,)), part("included", level)]
    (found,) = indices(series)
    assert list(found.broken) == [3]
    assert [span.joined for span in found.reading.spans] == [True, False]
