"""What was planted in the parents' survey is found by the charts, and nothing that was not."""

import pytest
from sqlalchemy import func, select

from feedback.analysis.trends import Chart, State
from feedback.demo.families import cycle_begins
from feedback.models.collections import Collection
from feedback.models.responses import Response
from feedback.models.tallies import TalliedDay
from feedback.queries import trends as stored
from feedback.services import tallying, trending
from feedback.services.trending import Window
from feedback.vocabulary import Audience, Part


def today(loaded):
    return loaded.now.astimezone(loaded.zone).date()


def series(loaded, name, **window):
    with loaded.database.reading() as session:
        measure = stored.measure(session, name)
        found = trending.one_series(
            session, measure, Window(**window), threshold=5, today=today(loaded)
        )
        session.expunge_all()
        return found


def test_the_fall_of_satisfaction_is_found_and_dated(loaded):
    satisfied = series(loaded, "satisfied", audience=Audience.PARENT)
    moved = satisfied.reading.moved

    assert satisfied.reading.chart is Chart.RUN
    assert (moved.first, moved.last) == (7, 9)
    assert moved.inside == pytest.approx(0.46, abs=0.03)
    assert moved.outside == pytest.approx(0.60, abs=0.03)
    assert set(satisfied.reading.states[6:9]) == {State.CONCERN}
    assert satisfied.spots[6].period.first == cycle_begins(today(loaded), 7)
    assert satisfied.spots[8].period.last < cycle_begins(today(loaded), 10)
    assert satisfied.reading.now is State.COMMON


def test_being_informed_goes_up_and_down_as_chance_has_it(loaded):
    informed = series(loaded, "informed")

    assert informed.reading.now is State.COMMON
    assert informed.reading.moved is None
    assert set(informed.reading.states) == {State.COMMON}


def test_all_thirteen_cycles_are_drawn_as_they_were_planted(loaded):
    for name in ("satisfied", "informed"):
        found = series(loaded, name)
        assert len(found.spots) == 13
        assert all(spot.value is not None for spot in found.spots)
        begins = [spot.period.first for spot in found.spots]
        assert begins == [cycle_begins(today(loaded), cycle) for cycle in range(1, 14)]


def test_what_changed_for_families_stands_in_its_cycle(loaded):
    marks = [(mark.letter, mark.position) for mark in series(loaded, "satisfied").marks]
    assert marks == [("A", 7), ("B", 9), ("C", 9)]
    words = [mark.note.words for mark in series(loaded, "satisfied").marks]
    assert words[0] == "School transport went to a new company."


def test_every_answer_of_the_demonstration_is_counted(loaded):
    with loaded.database.reading() as session:
        assert tallying.due(session, loaded.zone) == []
        sent = session.scalar(
            select(func.count())
            .select_from(Response)
            .join(Collection, Collection.id == Response.collection_id)
            .where(Response.sent_at.is_not(None), Collection.part == Part.WHOLE)
        )
        tallied = session.scalar(select(func.sum(TalliedDay.people)))
        assert tallied == sent > len(loaded.answers("parents"))
