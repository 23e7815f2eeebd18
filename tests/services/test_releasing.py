"""Figures for the public: frozen once, the same for ever, and made of what has ended."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from followed import edition, opened, send
from sqlalchemy import delete, select

from feedback import jobs
from feedback.analysis.trends import State
from feedback.errors import ReleaseUnderWay
from feedback.models.oversight import AuditEvent
from feedback.models.releases import ReleasedMeasure
from feedback.models.responses import Answer, Response
from feedback.queries import releases as stored
from feedback.queries import trends
from feedback.services import noting, released, releasing, tallying
from feedback.services.trending import CYCLES_FROM
from feedback.vocabulary import NoteKind, RunState

LONDON = ZoneInfo("Europe/London")
THRESHOLD = 10
STEADY = [(18, 14), (17, 15), (19, 13), (18, 14), (17, 15), (19, 13)]


@pytest.fixture
def collection(officer, session, now):
    return opened(session, now)


def noon(cycle):
    """The middle of a cycle, from 1."""
    day = CYCLES_FROM + timedelta(days=28 * (cycle - 1) + 13)
    return datetime.combine(day, time(12), UTC)


def last_day(cycle):
    return CYCLES_FROM + timedelta(days=28 * cycle - 1)


def fill(session, collection, cycles, *, first=1, **more):
    for cycle, (happy, not_happy) in enumerate(cycles, start=first):
        people = [{"face": "4", "wait": 6, **more}] * happy
        people += [{"face": "2", "wait": 9, **more}] * not_happy
        send(session, collection, noon(cycle), people)
    tallying.tally_all(session, LONDON)


def release(session, now, *, until, note="", threshold=THRESHOLD):
    asked = releasing.ask(session, note, until=until, by=None, now=now)
    releasing.make(session, asked, threshold=threshold, zone=LONDON, now=now)
    return asked


def shown(session, made, name="happy"):
    """Each cycle's first day, people and share, as everybody reads them."""
    series = of(session, made, name).series
    return {
        spot.period.first: (spot.people.count, spot.value and round(spot.value, 3))
        for spot in series.spots
    }


def of(session, made, name="happy"):
    return next(each for each in released.read(session, made) if each.measure.name == name)


def test_a_release_holds_the_cycles_that_have_ended_with_enough_people_on_each_side(
    session, collection, now
):
    fill(session, collection, [(18, 14), (25, 9), (9, 25), (5, 3), (20, 20)])
    made = release(session, now, until=last_day(5) - timedelta(days=1))

    assert (made.number, made.state) == (1, RunState.DONE)
    assert list(shown(session, made).values()) == [
        (32, 0.562), (None, None), (None, None), (None, None),
    ]  # fmt: skip


def test_what_came_late_or_was_taken_back_changes_no_published_figure(session, collection, now):
    fill(session, collection, STEADY)
    first = release(session, now, until=last_day(6))
    before = shown(session, first)
    fill(session, collection, [(40, 40)], first=2)  # typed in from paper
    gone = session.scalars(select(Response.id).order_by(Response.id).limit(3)).all()
    session.execute(delete(Answer).where(Answer.response_id.in_(gone)))
    session.execute(delete(Response).where(Response.id.in_(gone)))
    fill(session, collection, [(21, 21)], first=7)
    second = release(session, now, until=last_day(7))

    assert shown(session, first) == before
    after = shown(session, second)
    assert {day: after[day] for day in before} == before
    assert list(after.values())[-1] == (42, 0.5)


def test_a_period_that_grew_enough_may_be_shown_later(session, collection, now):
    fill(session, collection, [(9, 9), (20, 20)])
    first = release(session, now, until=last_day(2))
    fill(session, collection, [(9, 9)], first=1)
    second = release(session, now, until=last_day(2))

    assert list(shown(session, first).values()) == [(None, None), (40, 0.5)]
    assert list(shown(session, second).values()) == [(36, 0.5), (40, 0.5)]


def test_groups_stand_in_a_table_once_with_the_words_they_had(session, collection, now):
    for area, happy, not_happy in (("north", 60, 50), ("south", 70, 40), ("east", 3, 2)):
        fill(session, collection, [(happy, not_happy)], area=area)
    made = release(session, now, until=last_day(1))
    found = of(session, made)

    table = found.groups["area"]
    assert table.cells["east"] is None
    assert sum(cell is not None for cell in table.cells.values()) >= 1
    assert {"north", "south", "east"} <= found.names["area"].keys()
    assert "need" not in found.groups  # one person may be in several
    again = release(session, now, until=last_day(1))
    assert of(session, again).groups["area"] == table


def test_small_counts_that_wait_are_never_read(session, collection, now):
    fill(session, collection, [(18, 14)], area="north")
    made = release(session, now, until=last_day(1))
    kept = session.scalars(
        select(ReleasedMeasure).where(ReleasedMeasure.release_id == made.id)
    ).first()

    assert kept.figures["snapshot"]["waiting"]
    assert of(session, made).groups == {}


def test_notes_and_a_target_are_frozen_with_the_figures(session, collection, officer, now):
    fill(session, collection, STEADY)
    measure = trends.measure(session, "happy")
    note = noting.write(
        session, NoteKind.CHANGE, noon(3).date(), "A new bus.",
        measure=measure, by=officer.id, now=now,
    )  # fmt: skip
    noting.set_target(session, measure, 70.0, "The plan.", by=officer.id, now=now)
    made = release(session, now, until=last_day(6))
    noting.take_back(session, note, by=officer.id, now=now)
    noting.set_target(session, measure, 50.0, "Another plan.", by=officer.id, now=now)

    series = of(session, made).series
    assert [mark.note.words for mark in series.marks] == ["A new bus."]
    assert series.target.value == 70.0
    assert not hasattr(series.marks[0].note, "user")


def test_a_frozen_series_is_read_as_a_live_one(session, collection, now):
    fell = [(18, 14)] * 6 + [(10, 22), (11, 21), (10, 22)]
    fill(session, collection, [(a + at % 2, b - at % 2) for at, (a, b) in enumerate(fell)])
    made = release(session, now, until=last_day(9))
    reading = of(session, made).series.reading

    assert (reading.now, reading.since) == (State.CONCERN, 7)
    wait = of(session, made, "wait").series
    assert wait.reading.now is not None  # a mean, judged by how far single numbers lie apart


def test_cycles_that_begin_on_other_days_since_lie_behind_what_is_published(
    session, collection, officer, now
):
    fill(session, collection, STEADY[:2])
    first = release(session, now, until=last_day(2))
    noting.say_year(session, CYCLES_FROM + timedelta(days=10), [(9, 1)], by=officer.id, now=now)
    fill(session, collection, [(20, 20)] * 2, first=3)
    second = release(session, now, until=last_day(6))

    days = sorted(shown(session, second))
    assert days[:2] == sorted(shown(session, first))
    assert all(later >= days[1] + timedelta(days=28) for later in days[2:]) and len(days) > 2


def test_a_measure_that_nobody_answers_any_more_stays_published(session, collection, now):
    fill(session, collection, STEADY[:2])
    first = release(session, now, until=last_day(2))
    before = shown(session, first)
    session.execute(delete(Answer))
    session.execute(delete(Response))
    tallying.tally_all(session, LONDON)
    second = release(session, now, until=last_day(3))

    assert shown(session, second) == before


def test_a_measure_whose_answers_all_came_later_keeps_what_was_published(session, collection, now):
    fill(session, collection, STEADY[:2])
    first = release(session, now, until=last_day(2))
    before = shown(session, first)
    session.execute(delete(Answer))
    session.execute(delete(Response))
    fill(session, collection, [(20, 20)], first=6)
    second = release(session, now, until=last_day(3))

    assert shown(session, second) == before


def test_where_a_published_series_was_broken_it_stays_broken(session, collection, now):
    fill(session, collection, STEADY[:2])
    collection.edition_id = edition(session, now, kind="agreement").id
    session.flush()
    fill(session, collection, STEADY[2:4], first=3)
    first = release(session, now, until=last_day(4))
    gone = select(Response.id).where(Response.sent_at < noon(3) - timedelta(days=5))
    session.execute(delete(Answer).where(Answer.response_id.in_(gone)))
    session.execute(delete(Response).where(Response.id.in_(gone)))
    fill(session, collection, STEADY[4:5], first=5)
    second = release(session, now, until=last_day(5))

    assert list(of(session, first).series.broken) == [3]
    assert list(of(session, second).series.broken) == [3]


def test_one_release_is_made_at_a_time(session, collection, officer, now):
    asked = releasing.ask(session, "First", until=last_day(1), by=officer.id, now=now)
    with pytest.raises(ReleaseUnderWay):
        releasing.ask(session, "Second", until=last_day(1), by=officer.id, now=now)
    noted = session.scalars(select(AuditEvent.action)).all()
    assert noted == ["ask for release"]

    releasing.fail(session, asked.id)
    assert stored.newest(session) is None
    assert releasing.ask(session, "", until=last_day(1), by=None, now=now).number == 2


def test_making_a_release_twice_changes_nothing(session, collection, now):
    fill(session, collection, STEADY[:2])
    made = release(session, now, until=last_day(2))
    before = shown(session, made)
    releasing.make(session, made, threshold=THRESHOLD, zone=LONDON, now=now)
    assert shown(session, made) == before


def test_a_worker_makes_what_was_asked_for_from_figures_that_are_up_to_date(
    database, settings, now
):
    with database.writing() as session, session.begin():
        collection = opened(session, now)
        send(session, collection, noon(1), [{"face": "4"}] * 20 + [{"face": "2"}] * 20)
        releasing.ask(session, "", until=last_day(1), by=None, now=now)
    assert jobs.release(database, settings, clock=lambda: now)
    assert not jobs.release(database, settings, clock=lambda: now)  # nothing is asked for any more

    with database.reading() as session:
        made = stored.newest(session)
        assert made is not None and made.made_at == now
        assert shown(session, made) == {date(2026, 1, 5): (40, 0.5)}


def test_a_release_that_cannot_be_made_says_so_and_leaves_nothing(
    database, settings, now, monkeypatch
):
    with database.writing() as session, session.begin():
        fill(session, opened(session, now), STEADY[:2])
        releasing.ask(session, "", until=last_day(2), by=None, now=now)

    def stumble(*_args, **_named):
        raise ValueError("half way")

    monkeypatch.setattr("feedback.services.releasing.next_snapshot", stumble)
    assert not jobs.release(database, settings, clock=lambda: now)
    with database.reading() as session:
        assert [each.state for each in stored.every(session)] == [RunState.FAILED]
        assert session.scalars(select(ReleasedMeasure)).all() == []
