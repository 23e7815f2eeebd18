from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from theming_ground import NOTHING, TRANSPORT, read_all, write

from feedback.models.releases import ReleasedTheme
from feedback.models.responses import Answer, Response
from feedback.models.themes import Theme, ThemingRun
from feedback.queries import releases
from feedback.services import noting, releasing
from feedback.services.theme_figures import CHECKED

LONDON = ZoneInfo("Europe/London")
CYCLE = timedelta(days=28)


@pytest.fixture
def ground(database, officer, now):
    """Cycles that begin twelve weeks ago."""
    with database.writing() as writing, writing.begin():
        noting.say_year(writing, (now - 3 * CYCLE).date(), ((9, 1),), by=None, now=now)


@pytest.fixture
def released(database, now):
    """Makes the next release and says what it holds of one theme."""

    def made(*, cycles=3, theme="transport", threshold=5):
        at = now - (3 - cycles) * CYCLE
        with database.writing() as writing, writing.begin():
            release = releasing.ask(
                writing, "", until=at.date() - timedelta(days=1), by=None, now=at
            )
            releasing.make(writing, release, threshold=threshold, zone=LONDON, now=at)
            return {
                each.audience.value: each.figures
                for each in releases.themes(writing, release.id)
                if each.theme_id == _theme(writing, theme)
            }

    return made


def _theme(session, code):
    return session.scalar(select(Theme.id).where(Theme.code == code))


def _checked(database, run_id, code="transport", right=CHECKED):
    """People have looked at suggestions of a theme, and found so many right."""
    with database.writing() as writing, writing.begin():
        run = writing.get_one(ThemingRun, run_id)
        told = {"put": CHECKED, "right": right, "there": CHECKED}
        run.quality = {"learned": {"comments": 100, "themes": {code: told}}}


def public(figures):
    return figures["people"], figures["of"]


@pytest.fixture
def comments(database, answered, open_collection, ground, officer, now):
    """Writes comments in a cycle, 0 the oldest, to a collection that was open all the time."""
    with database.writing() as writing, writing.begin():
        kept = writing.get_one(type(open_collection), open_collection.id)
        kept.opens_at = open_collection.opens_at = now - 4 * CYCLE

    def written(cycle, transport, nothing):
        at = now - (3 - cycle) * CYCLE + timedelta(days=1)
        texts = [TRANSPORT] * transport + [NOTHING] * nothing
        return write(database, answered, open_collection, *texts, at=at)

    return written


@pytest.fixture
def read(database, officer, now):
    def done(**more):
        run = read_all(database, officer, now)
        _checked(database, run, **more)

    return done


def test_a_release_says_how_many_raised_a_theme(comments, read, released):
    comments(0, 7, 6)
    read()
    found = released()
    assert [public(each) for each in found.values()] == [(7, 13)]
    assert next(iter(found.values()))["since"] < next(iter(found.values()))["until"]


def test_a_theme_that_the_machine_is_often_wrong_about_is_left_out(comments, read, released):
    comments(0, 7, 6)
    read(right=CHECKED // 2)
    assert released() == {}


def test_few_people_on_either_side_wait(comments, read, released):
    comments(0, 4, 9)
    comments(1, 3, 6)
    read()
    first = next(iter(released(cycles=1).values()))
    assert public(first) == (None, None)
    second = next(iter(released(cycles=2).values()))
    assert public(second) == (7, 22)


def test_what_comes_late_and_what_is_taken_back_changes_nothing(comments, read, released, database):
    numbers = comments(0, 7, 6)
    read()
    assert public(next(iter(released(cycles=1).values()))) == (7, 13)
    comments(0, 1, 0)
    with database.writing() as writing, writing.begin():
        for model, column in ((Answer, Answer.response_id), (Response, Response.id)):
            writing.query(model).where(column == numbers[0]).delete()
    read()
    assert public(next(iter(released(cycles=2).values()))) == (7, 13)


def test_a_cycle_that_has_not_ended_does_not_count(comments, read, released):
    comments(0, 7, 6)
    comments(2, 7, 6)
    read()
    assert public(next(iter(released(cycles=2).values()))) == (7, 13)


def test_without_a_reading_there_are_no_themes(comments, released, look):
    comments(0, 7, 6)
    assert released() == {}
    assert look(select(ReleasedTheme)) == []


def test_what_was_published_stays_when_all_answers_are_gone(comments, read, released, database):
    comments(0, 7, 6)
    read()
    released(cycles=1)
    with database.writing() as writing, writing.begin():
        writing.query(Answer).delete()
        writing.query(Response).delete()
    assert public(next(iter(released(cycles=3).values()))) == (7, 13)
