"""Was this clear? Taps are counted in whole days and shown from the threshold on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from secrets import token_hex
from threading import Barrier

import pytest
from sqlalchemy import func, select

from feedback.models.clear_votes import ClearTap, ClearVotes
from feedback.services import clarity
from feedback.vocabulary import Presentation

STANDARD, EASY = Presentation.STANDARD, Presentation.EASY_READ
DAY = timedelta(days=1)


@pytest.fixture
def taps(session):
    def tapped(day, yes, no, *, page="waits", presentation=STANDARD):
        for clear in [True] * yes + [False] * no:
            clarity.say(session, page, presentation, token_hex(), clear=clear, today=day)

    return tapped


def test_one_row_a_page_day_and_wording_and_nothing_of_who_tapped(session, taps, now):
    taps(now.date(), 3, 1)
    taps(now.date(), 1, 0, presentation=EASY)
    rows = session.scalars(select(ClearVotes).order_by(ClearVotes.presentation)).all()
    assert [(row.presentation, row.yes, row.no) for row in rows] == [(EASY, 1, 0), (STANDARD, 3, 1)]
    assert set(ClearVotes.__table__.columns.keys()) == {"page", "day", "presentation", "yes", "no"}


def test_a_page_says_how_many_from_the_threshold_on_and_not_before_the_day_is_over(
    session, taps, now
):
    today = now.date()
    taps(today - DAY, 7, 2)
    taps(today, 1, 0)
    ask = {"threshold": 10, "today": today}
    assert clarity.of_page(session, "waits", **ask) is None
    found = clarity.of_page(session, "waits", **{**ask, "today": today + DAY})
    assert (found.yes, found.people) == (8, 10)
    assert clarity.of_page(session, "other", **ask) is None


def test_months_under_the_threshold_are_hidden_and_the_rest_is_a_series(session, taps, now):
    today = now.date()
    for month, (yes, no) in enumerate([(20, 4), (25, 5), (2, 1), (22, 4), (30, 6)]):
        taps(today - (150 - 30 * month) * DAY, yes, no)
    series = clarity.over_time(session, threshold=10, today=today)
    bases = [spot.people.count for spot in series.spots]
    assert 3 not in bases and None in bases
    assert 26 in bases and series.shares
    assert all(value is None or value <= 1 for value in (spot.value for spot in series.spots))


def test_the_wordings_can_be_told_apart(session, taps, now):
    yesterday = now.date() - DAY
    taps(yesterday, 12, 0)
    taps(yesterday, 6, 6, presentation=EASY)
    ask = {"threshold": 10, "today": now.date()}
    assert clarity.over_time(session, presentation=EASY, **ask).last.value == 0.5
    assert clarity.over_time(session, presentation=STANDARD, **ask).last.value == 1
    assert clarity.over_time(session, **{**ask, "today": yesterday}) is None


def test_two_taps_of_one_browser_at_one_moment_count_once(database, codes, now):
    today, together = now.date(), Barrier(2)
    mark = codes.tapped("a browser", "waits", today)

    def tap(clear):
        together.wait()
        with database.writing() as session, session.begin():
            return clarity.say(session, "waits", STANDARD, mark, clear=clear, today=today)

    with ThreadPoolExecutor(2) as both:
        counted = list(both.map(tap, [True, False]))
    assert sorted(counted) == [False, True]
    with database.reading() as session:
        totals = select(func.sum(ClearVotes.yes + ClearVotes.no))
        assert session.scalar(totals) == 1


def test_a_mark_tells_no_page_and_no_browser_and_goes_with_its_day(session, codes, now):
    today = now.date()
    marks = {
        codes.tapped(browser, page, day)
        for browser in ("a", "b")
        for page in ("waits", "noise")
        for day in (today, today + DAY)
    }
    assert len(marks) == 8
    mark = codes.tapped("a", "waits", today)
    assert clarity.say(session, "waits", STANDARD, mark, clear=True, today=today)
    assert not clarity.say(session, "waits", EASY, mark, clear=False, today=today)
    assert session.scalars(select(ClearTap.mark)).all() == [mark]
    clarity.forget(session, today=today + DAY)
    assert session.scalars(select(ClearTap.mark)).all() == []
    assert session.scalar(select(func.sum(ClearVotes.yes))) == 1
