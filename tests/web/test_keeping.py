"""Codes: coming back with one, seeing what became of the answers, taking them back."""

import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select
from visiting import AT, STORED

from feedback.models.responses import Answer, Response

WRONG = "apple kite drum river"

# Stopping and coming back


def stop(visit) -> str:
    visit.follow(visit.leave(AT["needs"], do="stop", needs="sight"))
    assert "Your answers are saved" in visit.text
    return visit.resume


def come_back(visit, words: str):
    visit.get("/come-back")
    return visit.follow(visit.post("/come-back", {"code": words}))


@pytest.mark.parametrize("days", [0, 13.99, 14])
def test_somebody_comes_back_on_another_phone_within_14_days(begin, app, clock, stored, days):
    first = begin()
    first.leave(AT["who"], who="parent")
    words = stop(first)
    clock.forward(days=days)

    second = begin(app.test_client(), start=False)
    come_back(second, words.replace(" ", "-").upper())
    assert second.page.request.path == f"/s/fern42/{AT['needs']}"
    assert re.search(r'value="sight"[^>]* checked', second.text)

    second.get(str(AT["who"]))
    assert re.search(r'value="parent"[^>]* checked', second.text)
    second.get(str(AT["needs"]))
    second.sent()
    assert stored() == STORED


def test_after_14_days_a_code_looks_like_a_wrong_one(begin, app, clock):
    words = stop(begin())
    clock.forward(days=14, seconds=1)
    late, wrong = begin(app.test_client(), start=False), begin(app.test_client(), start=False)

    come_back(late, words)
    come_back(wrong, WRONG)
    assert late.page.status_code == wrong.page.status_code == 404
    assert late.text.replace(words, WRONG) == wrong.text


def test_a_code_to_come_back_is_worth_nothing_after_sending(begin, app):
    visit = begin()
    words = stop(visit)
    visit.get(str(AT["needs"]))
    visit.get("1")
    visit.sent()

    other = begin(app.test_client(), start=False)
    assert come_back(other, words).status_code == 404


def test_a_phone_that_slept_for_days_finds_its_place(begin, clock):
    visit = begin()
    visit.leave(AT["who"], who="parent")
    clock.forward(days=5)

    visit.get()
    assert "You have already begun on this phone" in visit.text
    begun = re.search(r'<a class="govuk-button" href="([^"]+)"', visit.text)[1]
    assert visit.get(begun).status_code == 200
    assert visit.page.request.path == f"/s/fern42/{AT['needs']}"


# The receipt


def receipt_page(visit, words: str, do: str = ""):
    visit.get("/receipt")
    visit.post("/receipt", {"code": words, **({"do": do} if do else {})})
    return visit.page


def test_a_receipt_shows_what_became_of_the_answers_and_not_the_answers(begin, app):
    words = begin().sent().receipt
    other = begin(app.test_client(), start=False)

    assert receipt_page(other, f"  {words.title()},").status_code == 200
    assert "Your answers arrived safely" in other.text
    assert re.search("2 November 2026 .{,5}10:00", other.text)
    assert "Our team, each Friday" in other.text
    assert "ramp" not in other.text


def test_taking_back_asks_once_more_and_then_deletes(begin, app, look):
    words = begin().sent().receipt
    other = begin(app.test_client(), start=False)

    receipt_page(other, words, "ask")
    assert "This cannot be undone" in other.text
    assert look(select(func.count()).select_from(Answer)) == [(10,)]

    other.post("/receipt", {"code": words, "do": "withdraw"})
    assert "Your answers are deleted" in other.text
    assert look(select(func.count()).select_from(Answer)) == [(0,)]
    assert look(select(func.count()).select_from(Response)) == [(0,)]


def test_after_taking_back_the_code_looks_like_a_wrong_one(begin, app):
    words = begin().sent().receipt
    other = begin(app.test_client(), start=False)
    receipt_page(other, words, "withdraw")

    receipt_page(other, words)
    gone = other.page.status_code, other.text.replace(words, WRONG)
    receipt_page(other, WRONG)
    assert (other.page.status_code, other.text) == gone
    assert gone[0] == 404


def test_the_phone_that_sent_learns_that_the_answers_are_gone(begin):
    visit = begin().sent()
    receipt_page(visit, visit.receipt, "withdraw")

    for path in ("sent", "1", "check"):
        assert visit.get(path).status_code == 410
        assert "These answers have been deleted" in visit.text
    assert visit.start().request.path == "/s/fern42/1"


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_what_was_taken_back_is_not_in_the_database_file(begin, database):
    kept = Path(database.url.database)
    visit = begin().sent(more="zanzibarmarker in a comment", town="quixotemarker")
    words = visit.receipt

    def content() -> bytes:
        database.close()
        with sqlite3.connect(kept, isolation_level=None) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return b"".join(file.read_bytes() for file in kept.parent.glob(f"{kept.name}*"))

    before = content()
    assert b"zanzibarmarker" in before
    assert b"quixotemarker" in before

    receipt_page(visit, words, "withdraw")
    assert b"marker" not in content()


# Guessing


@pytest.fixture
def slow(make_app, open_collection):
    """An app that is slow after three wrong codes."""
    return make_app(wrong_codes_a_minute=3)


def test_guessing_is_slowed_for_everybody_and_only_for_a_minute(slow, begin, clock):
    app = slow
    words = begin(app.test_client()).sent().receipt
    for _ in range(10):
        assert receipt_page(begin(app.test_client(), start=False), words).status_code == 200

    for at in range(3):
        guesser = begin(app.test_client(), start=False)
        path = ("/receipt", "/come-back")[at % 2]
        guesser.get(path)
        assert guesser.post(path, {"code": f"apple kite drum {at}"}).status_code == 404

    for path in ("/receipt", "/come-back"):
        other = begin(app.test_client(), start=False)
        other.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
        other.get("/")
        other.get("/s/fern42")
        other.post(path, {"code": words})
        assert other.page.status_code == 429
        assert "Your answers and your code are safe" in other.text
        assert other.page.headers["Retry-After"] == "60"

    clock.forward(seconds=60)
    assert receipt_page(begin(app.test_client(), start=False), words).status_code == 200
