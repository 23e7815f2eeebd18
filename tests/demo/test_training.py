"""The demonstration's training, read as its trainers and the programme read it."""

import re
import shutil
import time
from random import Random

import pytest
from sqlalchemy import event as happening
from sqlalchemy import select
from visiting import Visit

from feedback import demo
from feedback.app import create_app
from feedback.database import Database
from feedback.demo.people import planted
from feedback.models.events import Series
from feedback.queries.surveys import Editions
from feedback.services import pairing
from feedback.vocabulary import Part, Role
from feedback.web import changes

THRESHOLD = 5
LONGEST = 0.3  # seconds, to read 84 sessions with two or three collections each
STATEMENTS = 6


@pytest.fixture(scope="module")
def reading(loaded):
    with loaded.database.reading() as session:
        yield session


@pytest.fixture(scope="module")
def series(reading):
    name = planted()["series"]["training"]["name"]
    return reading.scalars(select(Series).where(Series.name == name)).one()


@pytest.fixture(scope="module")
def editions():
    return Editions()


@pytest.fixture(scope="module")
def programme(reading, series, editions):
    return pairing.programme(reading, series, editions, THRESHOLD)


def test_the_84_sessions_read_as_the_self_evaluation_says(loaded, programme):
    app = create_app(loaded.settings, loaded.database)
    with app.test_request_context("/"):
        sentence = changes.headline(programme, THRESHOLD)

    assert sentence == (
        "686 people came to 84 sessions. 545 could be matched. "
        "On average they said 5.6 before and 9.1 after, out of 10: 3.5 more."
    )


def test_the_page_of_the_programme_says_the_self_evaluations_numbers(loaded, series, tmp_path):
    shutil.copy(loaded.database.engine.url.database, tmp_path / "demo.sqlite")
    settings = loaded.settings.model_copy(
        update={"database": f"sqlite:///{tmp_path / 'demo.sqlite'}"}
    )
    viewer = next(each for each in demo.read(settings) if each.role is Role.VIEWER)
    visit = Visit(create_app(settings, Database(settings.database)).test_client(), "")
    visit.get("/staff/sign-in")
    visit.post("/staff/sign-in", {"email": viewer.email, "password": viewer.password})
    assert visit.get(f"/staff/series/{series.id}").status_code == 200
    words = " ".join(re.sub(r"<[^>]+>", " ", visit.text).split())

    assert "686 people came to 84 sessions. 545 could be matched. " in words
    assert "they said 5.6 before and 9.1 after, out of 10: 3.5 more." in words
    rules = planted()["training"]
    unmatched = rules["before"] - (rules["after"] - rules["lost_card"] - rules["mistyped"])
    assert f"With a card that has no partner {unmatched} {rules['mistyped']} " in words
    assert f"Without a card 0 {rules['lost_card']} " in words
    assert "Everybody, counted as two groups of strangers: 3.5 more." in words
    assert "Both ways of comparing say the same." in words
    assert "Against how differently people changed, this is large" in words


def test_every_form_is_accounted_for(programme):
    rules, cards = planted()["training"], programme.cards

    assert (cards.before.forms, cards.after.forms) == (rules["before"], rules["after"])
    assert cards.after.without_card == rules["lost_card"]
    assert cards.after.unmatched == rules["mistyped"]
    assert cards.matched == rules["after"] - rules["lost_card"] - rules["mistyped"]
    assert cards.before.unmatched == rules["before"] - cards.matched
    assert (cards.before.without_card, cards.duplicates) == (0, 0)
    assert programme.half_matched


def test_paired_and_unpaired_means_ceiling_and_later_are_the_planted_ones(programme):
    rules = planted()["training"]
    (found,) = (each for each in programme.compared if each.measure.name == "knowledge")

    assert found.pairs.count == 545
    assert round(found.everybody.before, 1) == rules["knowledge_before"]
    assert round(found.everybody.after, 1) == rules["knowledge_after"]
    assert found.best_before.count == rules["at_ten_before"]
    assert found.afterwards.people == 120
    assert round(found.afterwards.later, 1) == rules["later"]["knowledge"]
    (did_it,) = programme.counted[Part.LATER].measured
    counted = {row.key: row.count.count for row in did_it.rows}
    assert counted == rules["later"]["did_it"]


def test_no_session_under_the_threshold_is_told_to_anybody(loaded, reading, editions, programme):
    events = {event.id: event for event, _row, _answers in loaded.training(Part.BEFORE)}
    small = 0
    for event in events.values():
        report = pairing.session_report(
            reading, event, editions, THRESHOLD, own=True, with_words=True, chance=Random(1)
        )
        pairs = pairing.read_forms(reading, pairing.Scope(event.id), editions)
        few = len(pairs.matched(event.id, "knowledge").pairs) < THRESHOLD
        small += few
        (moved,) = (each for each in report.moved if each.measure.name == "knowledge")
        assert (moved.change is None) == few
    alone = {sitting.event.id for sitting in programme.sittings}

    assert small > 0
    assert len(alone) + programme.pooled == len(events) == 84
    assert all(sitting.pairs >= THRESHOLD for sitting in programme.sittings)
    assert programme.pooled > small  # one that is large enough stands beside them
    assert programme.pooled_pairs >= THRESHOLD


def test_84_sessions_are_read_in_few_statements_and_in_time(loaded, series, editions, programme):
    statements, seconds = [], []
    happening.listen(
        loaded.database._reading,
        "before_cursor_execute",
        lambda *about: statements.append(about[2]),
    )
    for _ in range(3):
        statements.clear()
        began = time.process_time()
        with loaded.database.reading() as session:
            pairing.programme(session, series, editions, THRESHOLD)
        seconds.append(time.process_time() - began)

    assert len(statements) <= STATEMENTS
    assert min(seconds) < LONGEST
