"""What became of one person's own words."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from promised_ground import heard, raise_theme, release, theme
from theming_ground import NOTHING, TRANSPORT, WAITING, read_all, write

from feedback.models.responses import Response
from feedback.queries import responses
from feedback.services import becoming
from feedback.vocabulary import Audience

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def became(database, answered, open_collection, officer, now):
    """Codes of the insights, and whether somebody is one of the counted, for each of some texts."""

    def shown(*texts, days_later=0):
        numbers = write(database, answered, open_collection, *texts)
        write(database, answered, open_collection, *[WAITING] * 3, *[TRANSPORT] * 3)
        read_all(database, officer, now)
        with database.writing() as session, session.begin():
            for code, about in (("waits", "waiting"), ("rides", "transport")):
                facts = {"audience": Audience.EVERYONE, "theme_id": theme(session, now, about).id}
                number = 1 if code == "waits" else 2
                made = release(session, now, number)
                insight = heard(session, now, code, release_id=made.id, **facts)
                raise_theme(session, insight, 43, 120, now)
        found = []
        with database.reading() as session:
            for number in numbers:
                response = session.get(Response, number)
                visit = responses.visit(session, response.submission_id)
                visit.sent_at += timedelta(days=days_later)
                own = becoming.became(session, visit, threshold=10, zone=LONDON)
                found.append([(each.insight.code, each.counted) for each in own])
        return found

    return shown


def test_each_sees_what_their_own_words_belong_to_and_nothing_else(became):
    assert became(WAITING, TRANSPORT, NOTHING) == [[("waits", True)], [("rides", True)], []]


def test_words_that_came_after_the_count_are_not_one_of_the_counted(became):
    assert became(WAITING, days_later=1) == [[("waits", False)]]
