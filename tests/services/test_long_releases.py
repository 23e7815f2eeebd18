"""Releases of many years: the newest periods can be read, and none of them is lost."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from followed import opened, send

from feedback.queries import releases
from feedback.services import released, releasing, tallying
from feedback.services.trending import CYCLES_FROM


def test_a_release_of_many_years_shows_the_newest_periods(session, officer, now):
    collection = opened(session, now)
    people = [{"face": "4"}, {"face": "2"}] * 12
    for cycle in range(61):
        day = CYCLES_FROM + timedelta(days=28 * cycle)
        send(session, collection, datetime.combine(day, time(12), UTC), people)
    tallying.tally_all(session, ZoneInfo("Europe/London"))
    last = CYCLES_FROM + timedelta(days=28 * 61)
    release = releasing.ask(session, "", until=last, by=officer.id, now=now)
    releasing.make(session, release, threshold=10, zone=ZoneInfo("Europe/London"), now=now)

    (happy,) = released.read(session, release)
    assert len(happy.series.spots) == 60 and happy.series.older
    assert happy.series.spots[-1].period.last == last - timedelta(days=1)
    (kept,) = releases.measures(session, release.id)
    assert len(kept.figures["snapshot"]["periods"]) == 61
