"""Collections open and close by themselves, under codes that nothing else has."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from threading import Barrier

import pytest
from sqlalchemy import func, select

from feedback.errors import (
    ClosesBeforeItOpens,
    CodeTaken,
    CollectionClosed,
    CollectionWithdrawn,
    EditionNotPublished,
    NotYetOpen,
)
from feedback.models.collections import Collection
from feedback.models.oversight import AuditEvent
from feedback.services import authoring, collecting, measuring, people, planning
from feedback.services.audit import broken_at
from feedback.vocabulary import Audience, Channel, EventKind, Part, Role

HOUR = timedelta(hours=1)


@pytest.fixture
def edition(session, every_kind, now):
    made = authoring.keep_draft(session, every_kind, now=now)
    authoring.publish(session, made, now=now)
    return made


@pytest.fixture
def officer(session, now):
    return people.add_user(session, "o@example.org", "Olive", Role.OFFICER, "a password", now=now)


@pytest.fixture
def opened(session, edition, now):
    def make(code="fern42", **facts):
        facts = {"audience": Audience.EVERYONE, "opens_at": now, "now": now, **facts}
        return collecting.open_collection(session, edition, code, "Autumn", **facts)

    return make


def test_it_opens_and_closes_by_itself(opened, clock):
    collection = opened(opens_at=clock.now + HOUR, closes_at=clock.now + 3 * HOUR)
    with pytest.raises(NotYetOpen):
        collecting.check_open(collection, now=clock.now)
    clock.forward(hours=1)
    collecting.check_open(collection, now=clock.now)
    clock.forward(hours=2)
    with pytest.raises(CollectionClosed):
        collecting.check_open(collection, now=clock.now)


def test_it_does_not_close_before_it_opens(session, opened, now):
    for closes_at in (now, now - HOUR):
        with pytest.raises(ClosesBeforeItOpens):
            opened(closes_at=closes_at)
    assert session.scalar(select(func.count()).select_from(Collection)) == 0


def test_only_a_published_edition_is_opened(session, every_kind, now):
    draft = authoring.keep_draft(session, every_kind, now=now)
    facts = {"audience": Audience.EVERYONE, "opens_at": now, "now": now}
    with pytest.raises(EditionNotPublished):
        collecting.open_collection(session, draft, "fern42", "Autumn", **facts)


@pytest.mark.parametrize("code", ["", "--", "x" * 21, "żółw", "كود", "fern 42", "FERN-42"])
def test_a_code_that_is_taken_or_cannot_be_typed_is_refused(opened, code):
    opened("fern42")
    with pytest.raises(CodeTaken):
        opened(code)


def test_a_code_of_an_event_is_taken(session, opened, now):
    event = planning.plan(session, "A", EventKind.VISIT, now.date(), chance=Random(1), now=now)
    with pytest.raises(CodeTaken):
        opened(event.code)


def test_two_who_open_under_one_code_at_the_same_moment_open_one(
    database, every_kind, now, monkeypatch
):
    with database.writing() as session, session.begin():
        edition = authoring.keep_draft(session, every_kind, now=now)
        authoring.publish(session, edition, now=now)
    together = Barrier(2)
    looks = []

    def nobody_has_it(session, codes):
        """What both see who look before either has written; later they see what is there."""
        looks.append(codes)
        if len(looks) <= 2:
            together.wait(10)
            return set()
        return set(codes)

    if database.url.get_backend_name() != "sqlite":  # which lets in one writer at a time
        monkeypatch.setattr("feedback.queries.events.taken_of", nobody_has_it)

    def open_one(name: str) -> bool:
        try:
            with database.writing() as session, session.begin():
                facts = {"audience": Audience.EVERYONE, "opens_at": now, "now": now}
                collecting.open_collection(session, edition, "fern42", name, **facts)
        except CodeTaken:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        won = list(threads.map(open_one, ["One", "Two"]))
    assert sorted(won) == [False, True]
    with database.reading() as session:
        assert session.scalars(select(Collection.name)).all() == [["One", "Two"][won.index(True)]]


def test_three_free_codes_like_the_wish_are_proposed(session, opened, now):
    opened("fern")
    free = collecting.free_codes(session, "Fern!", chance=Random(1), now=now)
    assert free == ["fern26", "fern2026", "fern2"]
    for code in free:
        opened(code)
    again = collecting.free_codes(session, "fern", chance=Random(1), now=now)
    assert len(set(again)) == 3
    assert not set(again) & {"fern", *free}
    for wish in ("x" * 300, "كود", ""):
        for code in collecting.free_codes(session, wish, chance=Random(1), now=now):
            opened(code)


def test_a_proposed_code_is_a_short_word_and_two_digits(session, opened):
    code = collecting.new_code(session, Random(5))
    assert code.isascii()
    assert code[:-2].isalpha()
    assert code[-2:].isdigit()
    assert len(f"/s/{code}") < 30
    opened(code)
    assert collecting.new_code(session, Random(5)) != code


def test_the_longest_address_is_under_30_characters():
    assert len("/s/" + "x" * collecting.LONGEST_CODE) < 30


# Changing it


def test_a_new_end_is_kept_with_its_reason_in_a_record_that_holds(session, opened, officer, clock):
    collection = opened(closes_at=clock.now + HOUR)
    clock.forward(hours=2)
    later = clock.now + timedelta(days=7)
    longest = "Families asked for more time: 100% of them, they said – “please”".ljust(80, "!")
    for until, reason in ((later, longest), (None, "Open for good")):
        collecting.extend(session, collection, until, reason, user_id=officer.id, now=clock.now)
    collecting.check_open(collection, now=later + timedelta(days=100))

    first, second = collecting.log(session, collection)
    assert (first.action, first.who, first.happened_at) == (
        collecting.EXTENDED,
        officer.name,
        clock.now,
    )
    assert (first.until, first.reason) == (later.replace(second=0, microsecond=0), longest)
    assert (second.until, second.reason) == (None, "Open for good")
    record = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert broken_at(record) is None
    assert max(len(line.subject) for line in record) <= 120


def test_a_new_end_is_still_to_come(session, opened, now):
    collection = opened(opens_at=now + 2 * HOUR)
    for until in (now, now + HOUR, now + 2 * HOUR):
        with pytest.raises(ClosesBeforeItOpens):
            collecting.extend(session, collection, until, "Why", now=now)
    assert collection.closes_at is None


def test_the_longest_reason_fits_a_line_of_the_record_beside_the_longest_code(
    session, opened, officer, now
):
    collection = opened("x" * collecting.LONGEST_CODE)
    reason = "y" * collecting.LONGEST_REASON
    later = now + timedelta(days=9)
    collecting.extend(session, collection, later, reason, user_id=officer.id, now=now)
    session.expire_all()
    [noted] = collecting.log(session, collection)
    assert noted.reason == reason


def test_the_log_holds_what_was_done_to_this_collection_and_no_other(
    session, opened, officer, clock
):
    by = {"user_id": officer.id, "now": clock.now}
    opened("fern4", **by)
    collection = opened("fern42", opens_at=clock.now + HOUR, **by)
    collecting.open_now(session, collection, **by)
    collecting.withdraw(session, collection, **by)
    with pytest.raises(CollectionWithdrawn):
        collecting.check_open(collection, now=clock.now)
    collecting.put_back(session, collection, **by)
    collecting.close(session, collection, **by)
    collecting.close(session, collection, **by)  # twice does no harm, and is noted once
    assert [line.action for line in collecting.log(session, collection)] == [
        "open collection",
        "open collection now",
        "withdraw collection",
        "put back collection",
        "close collection",
    ]


def test_it_can_be_changed_but_for_its_code(session, opened, now):
    collection = opened()
    collecting.change(
        session,
        collection,
        name="Winter",
        audience=Audience.PARENT,
        expected=800,
        part=Part.WHOLE,
        channels=[Channel.PAPER, Channel.HELPED],
        now=now,
    )
    session.expire_all()
    kept = session.get(Collection, collection.id)
    assert (kept.name, kept.code, kept.expected) == ("Winter", "fern42", 800)
    assert kept.channels == ["paper", "helped"]


# Many of them as one line


def _of_series(session, edition, answered, now, sizes, series):
    for number, size in enumerate(sizes):
        event = planning.plan(
            session,
            f"Session {number}",
            EventKind.TRAINING,
            now.date(),
            series=series,
            chance=Random(number),
            now=now,
        )
        collection = collecting.open_collection(
            session,
            edition,
            f"s{number}",
            "Before",
            audience=Audience.PRACTITIONER,
            opens_at=now,
            event=event,
            part=Part.BEFORE,
            now=now,
        )
        for _ in range(size):
            answered(session, collection, {})


@pytest.mark.parametrize(("sizes", "count"), [((8, 7, 3), 18), ((2, 2), None), ((8, 0), 8)])
def test_the_collections_of_a_series_are_one_line(session, edition, answered, now, sizes, count):
    series = planning.add_series(session, "Course", now=now)
    _of_series(session, edition, answered, now, sizes, series)
    single, [line] = measuring.all_together(session, threshold=5, now=now)
    [(part, sent)] = line.sent.items()
    assert single == []
    answered_at = sum(size > 0 for size in sizes)
    assert (part, line.sessions, line.open) == (Part.BEFORE, answered_at, len(sizes))
    assert sent.count == count


def test_a_series_with_one_collection_is_listed_like_any_other(session, edition, answered, now):
    series = planning.add_series(session, "Course", now=now)
    _of_series(session, edition, answered, now, [6], series)
    single, together = measuring.all_together(session, threshold=5, now=now)
    assert ([row.sent.count for row in single], together) == ([6], [])


def test_the_response_rate_counts_from_who_came_where_nothing_else_is_said(
    session, edition, answered, now
):
    event = planning.plan(
        session,
        "SEND Live",
        EventKind.EVENT,
        now.date(),
        attended=80,
        chance=Random(1),
        now=now,
    )
    facts = {"audience": Audience.EVERYONE, "opens_at": now, "event": event, "now": now}
    first = collecting.open_collection(session, edition, "one", "One", **facts)
    second = collecting.open_collection(session, edition, "two", "Two", expected=40, **facts)
    for _ in range(20):
        answered(session, first, {})
        answered(session, second, {})
    rows = {
        row.collection.code: (row.sent.count, row.base, row.rate)
        for row in measuring.overview(session, threshold=5, now=now, event_id=event.id)
    }
    assert rows == {"one": (20, 80, 25), "two": (20, 40, 50)}
