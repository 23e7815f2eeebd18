"""Events are planned, changed by two, cancelled and done; places and series keep one name each."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from random import Random
from threading import Barrier

import pytest
from sqlalchemy import func, select

from feedback.errors import (
    ChangedMeanwhile,
    EndsBeforeItBegins,
    InListAlready,
    NotPlannedAnyMore,
    StillToCome,
    StillUsed,
)
from feedback.frameworks import FRAMEWORKS, TAGS
from feedback.models.events import Event, Place
from feedback.models.oversight import AuditEvent
from feedback.queries import events
from feedback.queries.events import Wanted
from feedback.services import people, planning
from feedback.services.planning import Facts
from feedback.vocabulary import Audience, EventKind, EventStatus, PlaceKind, Role

DAY = date(2026, 11, 14)


@pytest.fixture
def event(session, now):
    return planning.plan(
        session, "SEND Live", EventKind.EVENT, DAY, planned=800, chance=Random(1), now=now
    )


@pytest.fixture
def officer(session, now):
    return people.add_user(session, "o@example.org", "Olive", Role.OFFICER, "a password", now=now)


def facts(**changed) -> Facts:
    return Facts(**{"name": "SEND Live", "kind": EventKind.EVENT, "starts_on": DAY, **changed})


def lines(session) -> list[tuple[int | None, str, str]]:
    rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    return [(row.user_id, row.action, row.subject) for row in rows]


def test_an_event_of_one_day_ends_on_that_day_and_has_a_code_of_its_own(session, event, now):
    other = planning.plan(session, "Two", EventKind.VISIT, DAY, chance=Random(1), now=now)
    assert (event.starts_on, event.ends_on, event.version) == (DAY, DAY, 1)
    assert len(event.code) == planning.CODE_LENGTH
    assert other.code != event.code  # the same chance drew the same code first


def test_an_event_does_not_end_before_it_begins(session, event, now):
    before = DAY - timedelta(days=1)
    with pytest.raises(EndsBeforeItBegins):
        planning.plan(session, "X", EventKind.VISIT, DAY, ends_on=before, chance=Random(2), now=now)
    with pytest.raises(EndsBeforeItBegins):
        planning.change(session, event, facts(ends_on=before), version=1, now=now)
    assert (event.ends_on, event.version) == (DAY, 1)


def test_a_change_replaces_what_was_said_and_is_noted(session, event, officer, now):
    planning.change(
        session,
        event,
        facts(name="SEND Live 2026", attended=750, audiences=[Audience.PARENT], tags=["area-2"]),
        version=1,
        user_id=officer.id,
        now=now,
    )
    session.expire_all()
    kept = events.one(session, event.id)
    assert (kept.name, kept.planned, kept.attended) == ("SEND Live 2026", None, 750)
    assert (kept.audiences, kept.tags, kept.version) == (["parent"], ["area-2"], 2)
    assert lines(session) == [(officer.id, "change event", event.code)]


@pytest.mark.parametrize(
    "late",
    [
        lambda s, e, now: planning.change(s, e, facts(name="Mine"), version=1, now=now),
        lambda s, e, now: planning.cancel(s, e, "Flooded", version=1, now=now),
        lambda s, e, now: planning.done(s, e, 5, today=DAY, version=1, now=now),
        lambda s, e, now: planning.plan_again(s, e, version=1, now=now),
    ],
    ids=["change", "cancel", "done", "plan again"],
)
def test_whoever_comes_second_is_told_and_overwrites_nothing(session, event, now, late):
    planning.change(session, event, facts(name="Theirs", planned=90), version=1, now=now)
    with pytest.raises(ChangedMeanwhile):
        late(session, event, now)
    assert (event.name, event.planned, event.version) == ("Theirs", 90, 2)
    assert event.status is EventStatus.PLANNED


def test_a_cancelled_event_is_kept_with_its_reason_and_can_be_planned_again(session, event, now):
    planning.cancel(session, event, "The hall was flooded.", version=1, now=now)
    assert events.listed(session, Wanted(status=EventStatus.CANCELLED)) == [event]
    assert (event.status, event.outcome) == (EventStatus.CANCELLED, "The hall was flooded.")

    planning.plan_again(session, event, version=2, now=now)
    assert (event.status, event.outcome, event.version) == (EventStatus.PLANNED, "", 3)


def test_only_what_is_planned_can_be_cancelled_or_done(session, event, now):
    planning.done(session, event, 750, "They want a ramp.", today=DAY, version=1, now=now)
    assert (event.status, event.attended) == (EventStatus.DONE, 750)
    for act in (
        lambda: planning.cancel(session, event, "No", version=2, now=now),
        lambda: planning.done(session, event, 3, today=DAY, version=2, now=now),
    ):
        with pytest.raises(NotPlannedAnyMore):
            act()
    assert (event.attended, event.outcome) == (750, "They want a ramp.")

    planning.plan_again(session, event, version=2, now=now)
    assert (event.status, event.outcome) == (EventStatus.PLANNED, "They want a ramp.")


def test_an_event_is_not_done_before_its_day(session, event, now):
    with pytest.raises(StillToCome):
        planning.done(session, event, 3, today=DAY - timedelta(days=1), version=1, now=now)
    assert event.status is EventStatus.PLANNED


def test_two_who_save_at_the_same_moment_do_not_both_win(database, plan, now):
    event, together = plan(), Barrier(2)

    def save(name: str) -> bool:
        with database.writing() as session, session.begin():
            if database.url.get_backend_name() != "sqlite":  # which lets in one writer at a time
                together.wait(10)
            mine = events.one(session, event.id, lock=True)
            try:
                planning.change(session, mine, facts(name=name), version=1, now=now)
            except ChangedMeanwhile:
                return False
            return True

    with ThreadPoolExecutor(2) as threads:
        won = list(threads.map(save, ["One", "Two"]))
    with database.reading() as session:
        kept = events.one(session, event.id)
    assert sorted(won) == [False, True]
    assert (kept.name, kept.version) == (["One", "Two"][won.index(True)], 2)


# Places and series


def test_a_place_has_one_name_whatever_its_letters(session, now):
    hub = planning.add_place(session, "Birkwood Hub", PlaceKind.HUB, now=now)
    school = planning.add_place(session, "Foxfield", PlaceKind.SCHOOL, now=now)
    with pytest.raises(InListAlready) as refused:
        planning.add_place(session, "BIRKWOOD hub", PlaceKind.HUB, now=now)
    assert refused.value.facts == {"name": "Birkwood Hub"}
    with pytest.raises(InListAlready):
        planning.change_place(session, school, "birkwood hub", PlaceKind.SCHOOL, now=now)

    planning.change_place(session, hub, "Birkwood HUB", PlaceKind.OTHER, now=now)  # its own name
    assert [place.name for place in events.places(session)] == ["Birkwood HUB", "Foxfield"]


def test_a_place_named_at_an_event_is_found_or_added(session, event, now):
    for name in ("New hub", "new HUB"):
        planning.change(
            session,
            event,
            facts(new_place=(name, PlaceKind.HUB), new_series="Sleep course"),
            version=event.version,
            now=now,
        )
    assert (event.place.name, event.series.name) == ("New hub", "Sleep course")
    assert [len(events.places(session)), len(events.series(session))] == [1, 1]


def test_what_events_use_stays_in_the_list(session, event, now):
    used = planning.add_place(session, "Used", PlaceKind.HUB, now=now)
    unused = planning.add_series(session, "Unused", now=now)
    planning.change(session, event, facts(place=used), version=1, now=now)
    with pytest.raises(StillUsed):
        planning.remove(session, used, now=now)
    planning.remove(session, unused, now=now)
    assert (len(events.places(session)), len(events.series(session))) == (1, 0)


def test_two_who_add_one_name_at_the_same_moment_add_it_once(database, now, monkeypatch):
    together = Barrier(2)

    def both_look_first(name, entries, *, but=None):
        assert planning._named(name, entries) is None
        together.wait(10)

    if database.url.get_backend_name() != "sqlite":  # which lets in one writer at a time
        monkeypatch.setattr(planning, "_free", both_look_first)

    def add(_number: int) -> bool:
        try:
            with database.writing() as session, session.begin():
                planning.add_place(session, "Same", PlaceKind.HUB, now=now)
        except InListAlready:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(add, range(2))) == [False, True]
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Place)) == 1


# Looking events up


def test_events_are_narrowed_by_all_that_is_asked(session, now):
    hub = planning.add_place(session, "Hub", PlaceKind.HUB, now=now)
    course = planning.add_series(session, "Course", now=now)

    def plan(name, day, **more):
        more = {"audiences": [Audience.PARENT], "chance": Random(name), "now": now, **more}
        return planning.plan(session, name, more.pop("kind", EventKind.EVENT), day, **more)

    plan("far", date(2027, 5, 1))
    plan("long", date(2026, 10, 20), ends_on=date(2026, 11, 3))
    plan("young", DAY, audiences=[Audience.YOUNG_PERSON], place=hub)
    plan("all", DAY, audiences=[Audience.EVERYONE], kind=EventKind.PANEL, series=course)

    def found(**wanted) -> list[str]:
        return [event.name for event in events.listed(session, Wanted(**wanted))]

    assert found() == ["long", "all", "young", "far"]
    assert found(since=date(2026, 11, 1), until=date(2026, 11, 30)) == ["long", "all", "young"]
    assert found(audience=Audience.YOUNG_PERSON) == ["all", "young"]
    assert found(audience=Audience.PARENT) == ["long", "all", "far"]
    assert found(audience=Audience.EVERYONE) == ["all"]
    assert found(place_id=hub.id) == ["young"]
    assert found(series_id=course.id, kind=EventKind.PANEL) == ["all"]
    assert found(kind=EventKind.VISIT) == []


def test_cancelled_events_are_not_counted_as_planned_for_anybody(session, now):
    event = planning.plan(
        session,
        "Panel",
        EventKind.PANEL,
        DAY,
        audiences=[Audience.YOUNG_PERSON],
        chance=Random(3),
        now=now,
    )
    span = {"since": date(2026, 11, 1), "until": date(2026, 11, 30)}
    assert events.spans_for(session, Audience.YOUNG_PERSON, **span) == [(DAY, DAY)]
    assert events.spans_for(session, Audience.PARENT, **span) == []
    planning.cancel(session, event, "Ill", version=1, now=now)
    assert events.spans_for(session, Audience.YOUNG_PERSON, **span) == []


def test_what_is_over_and_still_called_planned_is_found(session, event, now):
    assert events.overdue(session, DAY) == []
    assert events.overdue(session, DAY + timedelta(days=1)) == [event]
    planning.done(session, event, None, today=DAY, version=1, now=now)
    assert events.overdue(session, DAY + timedelta(days=1)) == []


def test_a_facilitator_finds_only_their_own_events(plan, facilitator, session):
    mine, other = plan("Mine", facilitators=[facilitator]), plan("Other")
    only = {"only_of": facilitator.id}
    assert [each.name for each in events.listed(session, Wanted(), **only)] == ["Mine"]
    assert events.one(session, mine.id, **only).id == mine.id
    assert events.one(session, other.id, **only) is None
    assert session.scalar(select(func.count()).select_from(Event)) == 2


# Frameworks


def test_every_part_of_a_framework_has_a_code_of_its_own():
    counts = [len(framework.tags) for framework in FRAMEWORKS]
    assert counts == [10, 10, 4, 5, 4, 4]
    assert len(TAGS) == sum(counts)
    usual = [code for code, tag in TAGS.items() if tag.standing == "usual"]
    assert usual == ["area-4", "area-8", "area-9"]
