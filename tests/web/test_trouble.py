"""A database that is full, held, away or starts again: a clear page, and nothing is lost."""

import sqlite3
import threading

import pytest
from sqlalchemy import event, text
from visiting import AT

from feedback.database import Database

KEPT = "These words were written with care"
WHO, WORDS = AT["who"], AT["words"]
BEFORE = {"who": "parent"}


@pytest.fixture
def visit(begin):
    """Somebody who has answered a page already."""
    visit = begin()
    visit.leave(WHO, who="parent")
    return visit


def trouble(reply, words: str = KEPT) -> None:
    """A clear page: ours is the fault, the words are there, and when to try again."""
    shown = reply.get_data(as_text=True)
    assert reply.status_code == 503
    assert "The problem is ours, not yours" in shown
    assert words in shown
    assert reply.headers["Retry-After"] == "60"


@pytest.fixture
def elsewhere(make_app, visit):
    """The same person before a server whose database behaves in another way."""
    opened = []

    def twin(database: Database):
        opened.append(database)
        return visit.twin(make_app(database).test_client())

    yield twin
    for database in opened:
        database.close()


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_full_disk_is_told_and_harms_nothing(visit, elsewhere, address, database, stored):
    with sqlite3.connect(database.url.database, isolation_level=None) as connection:
        connection.execute("VACUUM")
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.close()
    full = Database(address)
    for engine in full._engines:

        @event.listens_for(engine, "connect")
        def _no_more_room(connection, _entry):
            connection.execute(f"PRAGMA max_page_count={pages}")

    twin = elsewhere(full)
    words = f"{KEPT} {'😀' * 3900}"
    trouble(twin.leave(WORDS, town="T", more=words), words)
    assert stored() == BEFORE

    assert twin.get(str(WHO)).status_code == 200  # reading goes on
    assert visit.leave(WORDS, town="T", more=words).status_code == 303  # there is room again


def test_a_database_that_somebody_else_holds_is_told_and_harms_nothing(
    visit, elsewhere, database, address, stored
):
    twin = elsewhere(Database(address, busy_seconds=0.2))
    holding = database.engine.connect()
    holding.execute(text("UPDATE response SET furthest = furthest"))
    letting_go = threading.Timer(3, holding.rollback)  # so that a test that fails ends
    letting_go.start()
    try:
        trouble(twin.leave(WORDS, town="T", more=KEPT))
    finally:
        letting_go.cancel()
        holding.rollback()
        holding.close()

    assert stored() == BEFORE
    assert twin.leave(WORDS, town="T", more=KEPT).status_code == 303


def test_a_database_that_is_away_is_told_and_harms_nothing(visit, elsewhere, stored):
    away = elsewhere(Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing", busy_seconds=2))
    trouble(away.leave(WORDS, town="T", more=KEPT))
    for path in ("", str(WHO), "check", "/receipt"):
        assert away.get(path).status_code == (200 if path == "/receipt" else 503)
    away.post("/receipt", {"code": "apple kite drum river"})
    assert away.page.status_code == 503
    assert away.get("/health").status_code == 503
    assert away.get("/help-now").status_code == 200  # needs nothing

    assert stored() == BEFORE
    assert visit.leave(WORDS, town="T", more=KEPT).status_code == 303


@pytest.mark.parametrize(
    "address", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_a_database_that_starts_again_is_found_again(visit, database, stored):
    with database.engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    statuses = [visit.leave(WORDS, town="T", more=KEPT).status_code for _ in range(3)]

    assert statuses[1:] == [303, 303]
    assert statuses[0] in (303, 503)
    assert stored()["who"] == BEFORE["who"]
