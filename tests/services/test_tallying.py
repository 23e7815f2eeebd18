"""What is counted day by day is what was answered, however often it is counted."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from followed import edition, opened, send
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import aliased

from feedback import jobs
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Measure, Question
from feedback.models.tallies import TalliedDay, Tally
from feedback.services import responding, tallying
from feedback.vocabulary import DIMENSIONS, AnswerState, Part

LONDON = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # the clocks go forward, and back
ANNA = {"face": "4", "wait": 12, "area": "north", "need": "speech sight"}
BEN = {"face": "2", "wait": "?", "area": "south", "need": "moving"}
CARA = {"face": None, "wait": 12, "area": None}


@pytest.fixture
def collection(session, now):
    return opened(session, now)


def plainly(session, zone):
    """The same tallies from answers read one by one."""
    found = defaultdict(Counter)
    who = aliased(Answer)
    of_group = {}
    for number, name, codes in session.execute(
        select(who.response_id, Question.name, who.codes)
        .join(Question, Question.id == who.question_id)
        .where(Question.name.in_(DIMENSIONS), who.state == AnswerState.GIVEN)
    ):
        of_group.setdefault(number, {})[name] = codes.split()
    every = session.execute(
        select(Response, Answer, Question, Measure)
        .join(Answer, Answer.response_id == Response.id)
        .join(Question, Question.id == Answer.question_id)
        .outerjoin(Measure, Measure.id == Question.measure_id)
        .where(Response.sent_at.is_not(None))
    )
    for response, answer, question, measure in every:
        if measure is None and question.name not in DIMENSIONS:
            continue
        said = {AnswerState.UNKNOWN: "-unknown", AnswerState.SKIPPED: "-skipped"}.get(answer.state)
        if said is None:
            said = answer.codes if answer.number is None else str(answer.number)
        day = response.sent_at.astimezone(zone).date()
        key = response.collection_id, day, question.id
        found[(*key, "", "")][said] += 1
        for by, groups in of_group.get(response.id, {}).items():
            if measure is not None and by != question.name:
                for group in groups:
                    found[(*key, by, group)][said] += 1
    return dict(found)


def kept(session):
    rows = session.scalars(select(Tally)).all()
    return {
        (row.collection_id, row.day, row.question_id, row.grouped_by, row.group): row.counts
        for row in rows
    }


def people_by_day(session):
    rows = select(TalliedDay.day, func.sum(TalliedDay.people)).group_by(TalliedDay.day)
    return dict(session.execute(rows).all())


def tally(session, zone=LONDON):
    """Count what is due, and see that nothing stays due and that the counts are right."""
    portions = tallying.tally_all(session, zone)
    session.expire_all()
    assert tallying.due(session, zone) == []
    assert kept(session) == plainly(session, zone)
    sent = session.scalar(select(func.count()).where(Response.sent_at.is_not(None)))
    assert sum(people_by_day(session).values()) == sent
    return portions


def of(session, question, by="", group=""):
    """What was answered to a question in all."""
    total = Counter()
    rows = session.execute(
        select(Tally.counts)
        .join(Question, Question.id == Tally.question_id)
        .where(Question.name == question, Tally.grouped_by == by, Tally.group == group)
    )
    for (counts,) in rows:
        total.update(counts)
    return dict(total)


# What is counted


def test_each_answer_is_counted_once_for_everybody_and_once_in_each_group(session, collection, now):
    send(session, collection, now, [ANNA, ANNA, BEN, CARA])
    assert tally(session) == 1

    assert of(session, "face") == {"4": 2, "2": 1, "-skipped": 1}
    assert of(session, "wait") == {"12": 3, "-unknown": 1}
    assert of(session, "face", "area", "north") == {"4": 2}
    assert of(session, "face", "area", "south") == {"2": 1}
    for need in ("speech", "sight"):
        assert of(session, "face", "need", need) == {"4": 2}
    assert of(session, "need") == {"speech sight": 2, "moving": 1}
    assert of(session, "area", "need", "moving") == {}  # only what carries a measure
    assert of(session, "area", "area", "south") == {}
    assert people_by_day(session) == {now.date(): 4}


def test_who_chose_several_groups_stands_in_each_beside_those_who_chose_one(
    session, collection, now
):
    send(session, collection, now, [ANNA, {"face": "4", "need": "speech"}])
    tally(session)
    assert of(session, "face", "need", "speech") == {"4": 2}
    assert of(session, "face", "need", "sight") == {"4": 1}


def test_what_was_not_sent_is_not_counted(session, collection, now):
    send(session, collection, now, [ANNA] * 3, sent=False)
    assert tally(session) == 0
    send(session, collection, now, [BEN])
    tally(session)
    assert of(session, "face") == {"2": 1}


@pytest.mark.parametrize("part", [Part.BEFORE, Part.AFTER, Part.LATER])
def test_a_part_of_a_session_is_never_counted(session, collection, now, part):
    session.get_one(type(collection), collection.id).part = part
    send(session, collection, now, [ANNA] * 3)
    assert tallying.tally_all(session, LONDON) == 0
    assert kept(session) == {} and people_by_day(session) == {}


def test_nothing_is_due_where_nobody_answered(session, collection):
    assert tallying.due(session, LONDON) == []
    assert tally(session) == 0


def test_counting_twice_changes_nothing(session, collection, now):
    send(session, collection, now, [ANNA, BEN])
    portions = tallying.due(session, LONDON)
    tally(session)
    before = kept(session)
    for portion in portions:
        tallying.tally(session, portion)
    assert kept(session) == before
    assert tally(session) == 0


def test_two_collections_and_two_editions_are_told_apart(session, collection, now):
    other = opened(session, now, "oak22", of=edition(session, now, name="other"))
    send(session, collection, now, [ANNA])
    send(session, other, now, [BEN, BEN])
    assert tally(session) == 2
    collection.edition_id = edition(session, now, kind="agreement").id
    session.flush()
    send(session, collection, now, [ANNA, BEN])
    assert tally(session) == 1
    assert len({key[2] for key in kept(session) if key[0] == collection.id}) == 8


# Who comes and goes


def test_a_new_answer_has_its_day_counted_anew_and_no_other(session, collection, now):
    send(session, collection, now - timedelta(days=1), [ANNA])
    send(session, collection, now, [ANNA])
    tally(session)
    send(session, collection, now + timedelta(hours=1), [BEN])
    (portion,) = tallying.due(session, LONDON)

    assert list(portion.days) == [now.date()]
    assert tally(session) == 1
    assert people_by_day(session) == {now.date() - timedelta(days=1): 1, now.date(): 2}


def test_a_day_between_two_that_changed_stays_as_it_is(session, collection, now):
    for days in (1, 2, 3):
        send(session, collection, now - timedelta(days=days), [ANNA])
    tally(session)
    for days in (1, 3):
        send(session, collection, now - timedelta(days=days), [BEN])
    (portion,) = tallying.due(session, LONDON)
    assert len(portion.days) == 2
    tally(session)


def test_an_answer_that_was_taken_back_is_out_of_the_counts(
    session, collection, answered, codes, now
):
    send(session, collection, now, [ANNA, ANNA])
    gone = answered(session, collection, {})
    tally(session)
    assert people_by_day(session) == {now.date(): 3}
    responding.withdraw(session, gone, codes, reason="taken back", now=now)
    assert tally(session) == 1
    assert people_by_day(session) == {now.date(): 2}


def test_where_all_were_taken_back_nothing_is_left(session, collection, now):
    send(session, collection, now, [ANNA, BEN])
    send(session, collection, now - timedelta(days=400), [ANNA])
    tally(session)
    take_back(session, list(session.scalars(select(Response.id))))

    assert tally(session) == 1
    assert kept(session) == {} and people_by_day(session) == {}


def take_back(session, ids):
    session.execute(delete(Answer).where(Answer.response_id.in_(ids)))
    session.execute(delete(Response).where(Response.id.in_(ids)))
    session.expire_all()


def test_one_who_came_for_one_who_went_is_counted(session, collection, now):
    """A database may give the number of the one who went to the one who came."""
    *_, last = send(session, collection, now, [ANNA, ANNA, ANNA])
    tally(session)
    take_back(session, [last])
    send(session, collection, now + timedelta(minutes=1), [BEN])
    tally(session)
    assert of(session, "face") == {"4": 2, "2": 1}


def test_others_with_the_same_sum_of_numbers_are_counted(session, collection, now):
    first, *_ = send(session, collection, now, [ANNA])
    waiting = send(session, collection, now, [BEN, BEN], sent=False)
    more = send(session, collection, now, [ANNA, ANNA])
    tally(session)
    # The first and the last but one go; the two who waited send: as many, the same sum and last.
    assert first + more[0] == sum(waiting)
    take_back(session, [first, more[0]])
    session.execute(
        update(Response).where(Response.id.in_(waiting)).values(sent_at=now + timedelta(seconds=1))
    )
    tally(session)
    assert of(session, "face") == {"4": 1, "2": 2}


# Days


@pytest.mark.parametrize(
    "day",
    [date(2026, 7, 1), date(2026, 1, 15), SPRING, AUTUMN],
    ids=["summer", "winter", "forward", "back"],
)
def test_a_day_is_that_of_the_place_from_midnight_to_midnight(session, collection, day):
    midnights = [
        datetime.combine(each, datetime.min.time(), LONDON)
        for each in (day - timedelta(days=1), day, day + timedelta(days=1), day + timedelta(days=2))
    ]
    due = Counter()
    for this, after in pairwise(midnights):
        inside = [
            this.astimezone(UTC),
            this.astimezone(UTC) + timedelta(hours=12),
            after.astimezone(UTC) - timedelta(seconds=1),
            after.astimezone(UTC) - timedelta(milliseconds=300),
            after.astimezone(UTC) - timedelta(microseconds=1),
        ]
        for moment in inside:
            send(session, collection, moment, [ANNA])
            due[this.date()] += 1
    tally(session)

    assert people_by_day(session) == due
    assert len(due) == 3


def test_the_hour_that_is_lived_twice_is_counted_once(session, collection):
    for hour in range(26):
        send(session, collection, datetime(2026, 10, 24, 23, 30, tzinfo=UTC) + hour * HOUR, [ANNA])
    tally(session)
    # From 00:30 summer time to 23:30 winter time there are 25 of them.
    assert people_by_day(session) == {AUTUMN: 25, AUTUMN + timedelta(days=1): 1}


def test_a_change_of_the_clocks_leaves_nothing_due_for_ever(session, collection):
    for day in (SPRING, AUTUMN):
        for hours in range(-50, 51, 5):
            moment = datetime.combine(day, datetime.min.time(), UTC) + hours * HOUR
            send(session, collection, moment, [ANNA])
    tally(session)
    send(session, collection, datetime(2026, 10, 25, 12, tzinfo=UTC), [BEN])
    assert tally(session) == 1


@pytest.mark.parametrize(
    "zone",
    [
        "UTC",
        "Europe/Warsaw",
        "America/St_Johns",
        "Pacific/Auckland",
        "Asia/Kolkata",
        "Africa/Cairo",  # where clocks change at midnight
        "America/Havana",
        "Pacific/Apia",
    ],
)
def test_every_place_has_its_own_days(session, collection, zone):
    chance = Random(zone)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(20):
        send(session, collection, begin + chance.random() * timedelta(days=365), [ANNA])
    for month in range(1, 13):
        for day in (24, 29):  # clocks change on some of them
            if (month, day) != (2, 29):
                midnight = datetime(2026, month, day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
                for beside in (timedelta(milliseconds=-1), timedelta(0), HOUR):
                    send(session, collection, midnight + beside, [BEN])
    tally(session, ZoneInfo(zone))


def test_a_host_that_moves_has_its_days_counted_anew(session, collection):
    for hour in range(48):
        send(session, collection, datetime(2026, 7, 1, tzinfo=UTC) + hour * HOUR, [ANNA])
    tally(session, ZoneInfo("UTC"))
    assert people_by_day(session) == {date(2026, 7, 1): 24, date(2026, 7, 2): 24}
    tally(session, LONDON)
    days = {date(2026, 7, 1): 23, date(2026, 7, 2): 24, date(2026, 7, 3): 1}
    assert people_by_day(session) == days


# Portions


def test_portions_stay_small(session, collection, monkeypatch):
    monkeypatch.setattr(tallying, "MOST_PEOPLE", 10)
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    sizes = [3, 4, 3, 2, 25, 1, 10, 1, *[1] * 80]
    for at, size in enumerate(sizes):
        send(session, collection, start + timedelta(days=at), [ANNA] * size)
    portions = tallying.due(session, LONDON)

    assert sum(len(each.days) for each in portions) == len(sizes)
    for each in portions:
        assert sum(people for people, _ in each.days.values()) <= 10 or len(each.days) == 1
        assert (max(each.days) - min(each.days)).days < tallying.MOST_DAYS
    assert [len(each.days) for each in portions][:6] == [3, 1, 1, 1, 1, 10]
    tally(session)


def test_a_portion_spans_a_month_at_the_most(session, collection):
    for days in range(40):
        at = datetime(2026, 5, 1, 12, tzinfo=UTC) + timedelta(days=days)
        send(session, collection, at, [ANNA])
    assert [len(each.days) for each in tallying.due(session, LONDON)] == [31, 9]
    tally(session)


def test_days_that_lie_far_apart_are_portions_of_their_own(session, collection, now):
    for days in (0, 200, 400):
        send(session, collection, now - timedelta(days=days), [ANNA])
    portions = tallying.due(session, LONDON)
    assert [len(each.days) for each in portions] == [1, 1, 1]


def test_the_job_counts_and_keeps_each_portion_by_itself(database, now):
    with database.writing() as writing, writing.begin():
        collection = opened(writing, now)
        for days in (0, 100):
            send(writing, collection, now - timedelta(days=days), [ANNA, BEN])
    assert jobs.tally(database, "Europe/London") == 2
    assert jobs.tally(database, "Europe/London") == 0
    with database.reading() as reading:
        assert kept(reading) == plainly(reading, LONDON)


def test_who_is_gone_when_the_portion_is_counted_is_counted_right_the_next_time(
    session, collection, now
):
    ids = send(session, collection, now, [ANNA, BEN])
    portions = tallying.due(session, LONDON)
    take_back(session, ids[:1])
    send(session, collection, now + HOUR, [CARA])
    for portion in portions:
        tallying.tally(session, portion)
    tally(session)


# Against a plain count


SAID = st.fixed_dictionaries(
    {},
    optional={
        "face": st.sampled_from(["1", "3", "4", "5", None, "?"]),
        "wait": st.one_of(st.none(), st.just("?"), st.integers(0, 200)),
        "area": st.sampled_from(["north", "south", None]),
        "need": st.sampled_from(["speech", "speech sight", "sight moving", None]),
    },
)
# Half a year and more, so that both changes of the clocks lie in it.
MOMENTS = st.integers(0, 245 * 24 * 60).map(
    lambda minutes: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.integers(0, 1), MOMENTS, st.lists(SAID, max_size=4)),
        st.tuples(st.just("begin"), st.integers(0, 1), MOMENTS, st.lists(SAID, max_size=2)),
        st.tuples(st.just("take back"), st.integers(0, 50)),
        st.tuples(st.just("tally")),
    ),
    max_size=14,
)


@settings(max_examples=40)
@given(steps=STEPS)
def test_whatever_happens_the_counts_are_those_of_a_plain_count(session, now, steps):
    session.rollback()
    both = [opened(session, now), opened(session, now, "oak22", of=edition(session, now, name="b"))]
    there = []
    for step in steps:
        match step:
            case ("send" | "begin") as how, at, moment, people:
                there += send(session, both[at], moment, people, sent=how == "send")
            case "take back", at:
                if there:
                    take_back(session, [there.pop(at % len(there))])
            case _:
                tally(session)
        session.flush()
    tally(session)
