"""One submission is stored once, however often and from wherever it arrives (goal B1)."""

import json
import os
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from feedback.models.responses import Answer, Response
from feedback.queries import responses, surveys
from feedback.services import responding

PEOPLE = 20  # who press at the same time
RUNS = int(os.environ.get("FEEDBACK_TEST_RUNS", "6"))  # in random order; goal B1 is 1,000
SENT = select(Response.id, Response.sent_at, Response.fingerprint, Response.receipt_hash)
WORDS = select(Answer.text).where(Answer.text.is_not(None)).order_by(Answer.question_id)


def at_once(app, visit, act, how_many: int = PEOPLE) -> list:
    """The same browser does something several times at the same moment."""
    start = threading.Barrier(how_many)

    def one(number: int):
        twin = visit.twin(app.test_client())
        start.wait()
        return act(twin, number)

    with ThreadPoolExecutor(how_many) as pool:
        return list(pool.map(one, range(how_many)))


def receipt(visit) -> str:
    visit.get("sent")
    return visit.receipt


@pytest.fixture
def checked(begin):
    """Somebody on the check page."""
    visit = begin()
    visit.walk()
    return visit


def test_twenty_taps_on_start_begin_one_response(app, begin, look):
    visit = begin(start=False)
    visit.get()
    replies = at_once(app, visit, lambda twin, _: twin.post(""))

    assert {reply.status_code for reply in replies} == {303}
    assert look(select(func.count()).select_from(Response)) == [(1,)]


def test_a_double_tap_on_start_leads_to_the_same_place(begin, look):
    visit = begin(start=False)
    visit.get()
    visit.post("")
    visit.leave(2, who="child")
    visit.post("")
    visit.get("2")

    assert look(select(func.count()).select_from(Response)) == [(1,)]
    assert look(select(Answer.codes)) == [("child",)]


def test_twenty_sendings_at_once_store_one_response_with_one_receipt(app, checked, look):
    form = {"fingerprint": checked.fingerprint}

    def act(twin, _number):
        return twin.post("send", form).status_code, receipt(twin)

    results = at_once(app, checked, act)

    assert {status for status, _ in results} == {303}
    assert len({words for _, words in results}) == 1
    (stored,) = look(SENT)
    assert stored.sent_at is not None
    assert look(select(func.count()).select_from(Answer)) == [(10,)]


def test_twenty_savings_of_one_page_keep_one_answer(app, begin, look):
    visit = begin()
    replies = at_once(app, visit, lambda twin, n: twin.leave(2, who=["child", "parent"][n % 2]))

    assert {reply.status_code for reply in replies} == {303}
    assert look(select(func.count()).select_from(Answer)) == [(1,)]


def test_sending_again_shows_the_same_receipt_and_stores_nothing(checked, look, clock):
    form = {"fingerprint": checked.fingerprint}
    checked.post("send", form)
    first, stored = receipt(checked), look(SENT)

    for _ in range(2):  # a double tap, then again from a queue a week later
        assert checked.post("send", form).status_code == 303
        assert receipt(checked) == first
        clock.forward(days=7)
    assert checked.post("send").status_code == 303
    assert look(SENT) == stored


def test_a_sending_whose_answer_was_lost_can_be_sent_again(app, checked, look):
    lost = checked.twin(app.test_client())
    assert lost.post("send", {"fingerprint": lost.fingerprint}).status_code == 303

    # The phone saw nothing of that: it has its old cookie and its old page.
    assert checked.post("send", {"fingerprint": checked.fingerprint}).status_code == 303
    assert receipt(checked) == receipt(lost)
    assert len(look(SENT)) == 1


def test_a_page_from_before_sending_does_no_harm_when_it_comes_again(checked, look):
    checked.send()
    stored = look(SENT), look(WORDS)

    again = {"town": "Brackenshore", "more": "The ramp was too steep for us."}
    assert checked.leave(10, **again).status_code == 303
    assert checked.follow(checked.page).request.path == "/s/fern42/sent"
    assert (look(SENT), look(WORDS)) == stored


def test_other_words_after_sending_are_given_back_and_not_added(checked, look):
    checked.send()
    stored = look(SENT), look(WORDS)

    reply = checked.leave(10, town="Elsewhere by the sea", more="My other words <b>stay</b> here")
    assert reply.status_code == 409
    assert "You have already sent your answers" in checked.text
    assert "My other words <b>stay</b> here" in checked.text
    assert "Elsewhere by the sea" in checked.text
    assert "<b>stay" not in reply.get_data(as_text=True)
    assert (look(SENT), look(WORDS)) == stored


def test_one_single_word_after_sending_is_given_back_too(checked):
    checked.send()
    reply = checked.leave(10, town="Brackenshore", more="Brilliant")
    assert reply.status_code == 409
    assert "Brilliant" in checked.text


@pytest.mark.parametrize("do", ["language:pl", "stop", "read:easy_read"])
def test_no_button_of_an_old_page_changes_what_was_sent(checked, look, do):
    checked.send()
    stored = look(SENT), look(WORDS)

    assert checked.leave(10, do=do, more="My other words").status_code == 409
    assert "My other words" in checked.text
    assert (look(SENT), look(WORDS)) == stored


def test_what_changed_in_another_window_is_shown_before_it_is_sent(app, checked, look):
    other = checked.twin(app.test_client())
    other.leave(10, town="Brackenshore", more="Changed in another window")

    assert checked.post("send", {"fingerprint": checked.fingerprint}).status_code == 409
    assert "Your answers changed in another window" in checked.text
    assert "Changed in another window" in checked.text
    assert look(select(func.count(Response.sent_at))) == [(0,)]

    checked.send()
    assert look(select(func.count(Response.sent_at))) == [(1,)]


def test_another_fingerprint_after_sending_is_refused(checked, look):
    checked.send()
    stored = look(SENT)
    assert checked.post("send", {"fingerprint": "0" * 64}).status_code == 409
    assert look(SENT) == stored


def stored_fingerprint(database) -> tuple[str, str]:
    """What the one response was sent with, and the same made anew from what is stored."""
    with database.reading() as session:
        response = session.scalars(select(Response)).one()
        visit = responses.visit(session, response.submission_id)
        asked = surveys.read_edition(session, response.edition_id)
        answers = responding.all_answers(session, visit, asked)
        return response.fingerprint, responding.fingerprint(asked, answers)


def test_a_page_that_races_a_sending_never_changes_what_was_sent(app, begin, database):
    visit = begin()
    visit.walk()

    def act(twin, number):
        if number == 5:
            return twin.post("send").status_code
        return twin.leave(10, town="Brackenshore", more=f"Words of number {number}").status_code

    statuses = at_once(app, visit, act, 10)

    assert statuses[5] == 303
    assert set(statuses) <= {303, 409}
    sent_with, stored = stored_fingerprint(database)
    assert sent_with == stored


@pytest.mark.parametrize("seed", range(RUNS))
def test_whatever_order_things_arrive_in_there_is_one_response(
    app, begin, database, look, clock, seed
):
    """Taps, pages, repeats and sendings of one person, in any order, some at the same time."""
    chance = random.Random(seed)
    visit = begin(start=False)
    visit.get()
    visit.post("")
    visit.get("1")
    visit.walk()
    receipts = set()

    def act(twin, _number):
        match chance.randrange(6):
            case 0:
                return twin.post("").status_code
            case 1:
                return twin.leave(2, who=chance.choice(["child", "parent"])).status_code
            case 2:
                return twin.leave(10, town="T", more=f"W{chance.random()}").status_code
            case 3:
                return twin.get("check").status_code
            case _:
                status = twin.post("send").status_code
                if twin.get("sent").status_code == 200:
                    receipts.add(twin.receipt)
                return status

    for _ in range(3):
        clock.forward(hours=chance.choice([0, 1, 24 * 7]))
        assert set(at_once(app, visit, act, 5)) <= {200, 302, 303, 409}
    visit.walk() if visit.get("1").status_code == 200 else None
    visit.post("send")
    receipts.add(receipt(visit))

    assert len(receipts) == 1
    assert look(select(func.count(), func.count(Response.sent_at)).select_from(Response)) == [
        (1, 1)
    ]
    sent_with, stored = stored_fingerprint(database)
    assert sent_with == stored


# A program of its own that sends again and again, as a second server process does.
SENDER = """
import json, sys
from datetime import datetime
from feedback.app import create_app
from feedback.settings import Settings
told = json.loads(sys.argv[1])
app = create_app(Settings(database=told["address"], secret=told["secret"], busy_seconds=20))
app.extensions["feedback"].clock = lambda: datetime.fromisoformat(told["now"])
client = app.test_client()
client.set_cookie("feedback", told["cookie"])
print("ready", flush=True)
sys.stdin.readline()
form = {"csrf_token": told["token"], "fingerprint": told["fingerprint"]}
statuses = [client.post("/s/fern42/send", data=form).status_code for _ in range(8)]
page = client.get("/s/fern42/sent").get_data(as_text=True)
words = page.split('id="receipt-code">')[1].split("<")[0]
print(json.dumps([statuses, words, client.get("/s/fern42/sent").status_code]))
"""


def test_two_server_processes_store_one_response(checked, settings, look, now):
    told = json.dumps(
        {
            "address": settings.database,
            "secret": settings.secret.get_secret_value(),
            "now": (now + timedelta(minutes=5)).isoformat(),
            "cookie": checked.cookie,
            "token": checked.token,
            "fingerprint": checked.fingerprint,
        }
    )
    servers = [
        subprocess.Popen(
            [sys.executable, "-c", SENDER, told],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for server in servers:
        assert server.stdout.readline() == "ready\n"
    for server in servers:
        server.stdin.write("go\n")
        server.stdin.flush()
    said = [json.loads(server.communicate(timeout=60)[0].splitlines()[-1]) for server in servers]

    assert [statuses for statuses, _, _ in said] == [[303] * 8] * 2
    assert {words for _, words, _ in said} == {receipt(checked)}
    assert look(select(func.count(), func.count(Response.sent_at)).select_from(Response)) == [
        (1, 1)
    ]
    assert look(select(func.count()).select_from(Answer)) == [(10,)]
