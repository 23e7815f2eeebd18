"""Letters leave: to whom, in which words, never twice, never lost, whatever goes wrong."""

import email
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from http.server import ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from small_server import Door, serving
from sqlalchemy import select
from telling_ground import happened, heard, promised

from feedback.log import set_up
from feedback.models.followers import Follower, Letter
from feedback.models.surveys import Question
from feedback.postman import Postman
from feedback.queries import followers as stored
from feedback.services import telling
from feedback.services.sealing import Recipient, Seals
from feedback.settings import Settings
from feedback.vocabulary import CommitmentState, Presentation

HOUR = timedelta(hours=1)
LINK = re.compile(r"http\S+/tell-me/(\w+)/(\w+)")


@pytest.fixture
def host(settings, postbox):
    """The settings of a host that sends e-mail to the postbox."""
    return Settings(
        **{
            **settings.model_dump(),
            **postbox.settings,
            "public_address": "https://listen.example",
            "letters_a_minute": 6000,
            "mail_seconds": 2,
        }
    )


@pytest.fixture
def postman(host, database, store, clock):
    return Postman(host, database, store, clock)


@pytest.fixture
def seals(settings):
    return Seals(settings.secret.get_secret_value())


@pytest.fixture
def follow(store, seals, clock):
    """Somebody who said yes, without a letter on its way."""

    def followed(address="sam@x.example", language="en", presentation=Presentation.STANDARD):
        to = Recipient(address, language, presentation)
        today = clock.now.date()
        with store.writing() as session, session.begin():
            telling.follow(session, seals, "every_kind", to, minutes=60, today=today, now=clock.now)
            found = stored.by_mark(session, seals.mark("every_kind", address))
            telling.confirm(session, seals, seals.token("yes", found.id), today=today)
            for about in stored.waiting(session, found.id):
                session.delete(session.get_one(Letter, (found.id, about)))
        return found.id

    return followed


@pytest.fixture
def publish(database, open_collection, clock, look):
    """An insight that everybody may read, of the survey's question about more."""
    question = look(select(Question.id).where(Question.name == "more"))[0].id

    def published(code="taxis", *, commitment=False):
        with database.writing() as session, session.begin():
            insight = heard(session, code, at=clock.now, question_id=question)
            made = promised(session, insight, at=clock.now) if commitment else None
        return made or insight

    return published


def left(store) -> list[Letter]:
    with store.reading() as session:
        return list(session.scalars(select(Letter).order_by(Letter.follower_id, Letter.about)))


def people(store) -> list[Follower]:
    with store.reading() as session:
        return list(session.scalars(select(Follower).order_by(Follower.id)))


def deliver(postman, clock, **later):
    clock.forward(**(later or {"hours": 1}))
    postman.look_for_news()
    return postman.hand_over(1000)


# What letters say


def test_the_first_letter_asks_and_its_link_says_yes(
    postman, store, seals, clock, postbox, open_collection
):
    to = Recipient("sam@x.example", "pl", Presentation.EASY_READ)
    with store.writing() as session, session.begin():
        telling.follow(
            session, seals, "every_kind", to, minutes=60, today=clock.now.date(), now=clock.now
        )
    assert deliver(postman, clock, minutes=59) == (0, True)
    assert deliver(postman, clock, minutes=1) == (1, True)
    [letter] = postbox.to("sam@x.example")
    text = letter.get_content()
    assert "Twoja pomoc" in text
    purpose, token = LINK.search(text).groups()
    assert purpose == "yes"
    with store.writing() as session, session.begin():
        telling.confirm(session, seals, token, today=clock.now.date())
    assert people(store)[0].confirmed and left(store) == []


def test_news_comes_in_the_language_and_words_that_were_chosen(
    postman, clock, postbox, follow, publish
):
    follow("a@x.example")
    follow("b@x.example", "en", Presentation.EASY_READ)
    follow("c@x.example", "pl")
    publish()
    deliver(postman, clock)
    said = {
        name: postbox.to(f"{name}@x.example")[0].get_content().replace("\r\n", "\n")
        for name in "abc"
    }
    assert "You said that taxis come late.\n" in said["a"]
    assert "You said that taxis come late. (easy)" in said["b"]
    assert "You said that taxis come late. (po polsku)" in said["c"]
    assert "https://listen.example/you-said/taxis?language=en" in said["a"]
    assert "https://listen.example/you-said/taxis?language=pl" in said["c"]


def test_each_letter_can_be_stopped_with_one_click(
    postman, store, seals, clock, postbox, follow, publish
):
    follow()
    publish()
    deliver(postman, clock)
    [letter] = postbox.messages
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    raw = postbox.raw[0].decode()
    assert f"\nList-Unsubscribe: {letter['List-Unsubscribe']}\n" in raw.replace("\r\n", "\n")
    assert letter["Content-Language"] == "en"
    purpose, token = LINK.search(letter["List-Unsubscribe"]).groups()
    assert purpose == "stop" and letter["List-Unsubscribe"].startswith("<https://listen.example/")
    assert token in letter.get_content()
    with store.writing() as session, session.begin():
        telling.stop(session, seals, token)
    assert people(store) == []


@pytest.mark.parametrize(
    ("state", "subject", "says"),
    [
        (CommitmentState.DOING, "We are doing it: A new contract", "Now it is doing"),
        (
            CommitmentState.DONE,
            "It is done: A new contract",
            "How you can notice it: Taxis come on time",
        ),
        (CommitmentState.CANNOT, "We cannot do this: A new", "Why: There is no money"),
    ],
)
def test_a_change_of_a_promise_says_the_state_and_what_goes_with_it(
    postman, database, clock, postbox, follow, publish, state, subject, says
):
    follow()
    commitment = publish(commitment=True)
    deliver(postman, clock)
    with database.writing() as session, session.begin():
        happened(session, session.get_one(type(commitment), commitment.id), state, at=clock.now)
    deliver(postman, clock)
    first, second = postbox.to("sam@x.example")
    assert "We are deciding: A new contract for taxis" in first.get_content()
    assert second["Subject"].startswith(subject)
    assert says in second.get_content().replace("\r\n", "\n")


def test_news_that_was_taken_back_meanwhile_is_not_sent(
    postman, database, store, clock, postbox, follow, publish
):
    follow()
    insight = publish()
    clock.forward(hours=1)
    postman.look_for_news()
    with database.writing() as session, session.begin():
        session.get_one(type(insight), insight.id).withdrawn_at = clock.now
    assert postman.hand_over(10) == (0, True)
    assert left(store) == postbox.messages == []


def test_the_last_letter_waits_for_the_others_and_then_the_address_goes(
    postman, store, clock, postbox, follow, publish
):
    sam = follow()
    publish()
    clock.forward(hours=1)
    postman.look_for_news()
    with store.writing() as session, session.begin():
        telling._write(session, sam, telling.LAST, clock.now)
        insight = session.scalars(select(Letter).where(Letter.about != telling.LAST)).one()
        insight.not_before = clock.now + HOUR / 2
    assert postman.hand_over(10) == (0, True)
    assert deliver(postman, clock)[0] >= 1
    deliver(postman, clock)
    assert [each["Subject"] for each in postbox.messages] == [
        "You said: Taxis come late",
        "Our last message to you",
    ]
    assert people(store) == left(store) == []


# What goes wrong


def test_a_server_that_is_away_gets_every_letter_once_when_it_is_back(
    postman, store, clock, postbox, follow, publish
):
    for number in range(8):
        follow(f"{number}@x.example")
    publish()
    postbox.refuses = True
    pauses = []
    for _ in range(9):
        _sent, well = deliver(postman, clock)
        while not well or any(each.not_before <= clock.now for each in left(store)):
            _sent, well = postman.hand_over(1000)
            assert _sent == 0
        assert postbox.messages == [] and len(left(store)) == 8
        soonest = max(each.not_before for each in left(store))
        pauses.append(soonest - clock.now)
        clock.now = soonest - HOUR
    assert pauses == sorted(pauses) and pauses[0] <= 2 * HOUR
    assert timedelta(hours=23) <= pauses[-1] <= timedelta(days=1)
    postbox.refuses = False
    deliver(postman, clock)
    assert Counter(each["X-To"] for each in postbox.messages) == Counter(
        f"{number}@x.example" for number in range(8)
    )
    assert left(store) == []


def test_a_server_that_refuses_is_left_alone_for_a_while(
    postman, store, clock, postbox, follow, publish
):
    for number in range(8):
        follow(f"{number}@x.example")
    publish()
    clock.forward(hours=1)
    postman.look_for_news()
    postbox.refuses = True
    assert postman.hand_over(1000) == (0, False)
    assert sum(each.tries for each in left(store)) == 3
    before = [each.tries for each in left(store)]
    postman._rests_until = time.monotonic() + 60
    postman.go_round()
    assert [each.tries for each in left(store)] == before


def test_one_letter_that_a_server_will_not_take_does_not_keep_the_others(
    postman, store, clock, postbox, follow, publish
):
    for number in range(6):
        follow(f"{number}@x.example")
    postbox.nobody, postbox.reason = {"3@x.example"}, "550 5.7.1 we do not relay for you"
    publish()
    assert deliver(postman, clock) == (5, True)
    [kept] = left(store)
    assert kept.tries == 1 and len(people(store)) == 6  # our fault, not theirs


def test_an_address_that_there_is_none_of_is_deleted_after_three_letters(
    postman, store, clock, postbox, follow, publish
):
    follow("gone@x.example"), follow("kim@x.example")
    postbox.nobody = {"gone@x.example"}
    for number in range(3):
        assert len(people(store)) == 2
        publish(f"insight-{number}")
        deliver(postman, clock)
        assert left(store) == []
    assert len(people(store)) == 1
    assert len(postbox.to("kim@x.example")) == 3


def test_a_letter_that_arrives_wipes_the_slate(postman, store, clock, postbox, follow, publish):
    follow()
    for number, nobody in enumerate(
        [{"sam@x.example"}, {"sam@x.example"}, set(), {"sam@x.example"}]
    ):
        postbox.nobody = nobody
        publish(f"insight-{number}")
        deliver(postman, clock)
    assert [each.bounces for each in people(store)] == [1]


def test_a_mistyped_address_is_deleted_at_once(
    postman, store, seals, clock, postbox, open_collection
):
    to = Recipient("mistyped@x.example", "en", Presentation.STANDARD)
    postbox.nobody = {to.address}
    with store.writing() as session, session.begin():
        telling.follow(
            session, seals, "every_kind", to, minutes=60, today=clock.now.date(), now=clock.now
        )
    deliver(postman, clock)
    assert people(store) == left(store) == []


def test_letters_sealed_with_another_secret_are_given_up_with_their_addresses(
    host, database, store, clock, postbox, follow, publish
):
    follow()
    publish()
    other = Settings(**{**host.model_dump(), "secret": "another secret, after a move"})
    postman = Postman(other, database, store, clock)
    assert deliver(postman, clock) == (0, True)
    assert people(store) == left(store) == []


def test_two_workers_at_once_never_send_the_same(
    host, database, store, clock, postbox, follow, publish
):
    for number in range(40):
        follow(f"{number}@x.example")
    publish()
    clock.forward(hours=1)
    Postman(host, database, store, clock).look_for_news()

    def work():
        Postman(host, database, store, clock).hand_over(1000)

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    while left(store):  # what nobody got hold of while the others held the store
        clock.forward(hours=1)
        work()
    assert Counter(each["X-To"] for each in postbox.messages) == Counter(
        f"{number}@x.example" for number in range(40)
    )


def test_a_store_that_is_away_or_has_no_tables_stops_nothing_else(host, database, clock, tmp_path):
    from feedback.database import Database

    bare = Database(f"sqlite:///{tmp_path}/bare.sqlite")
    Postman(host, database, bare, clock).go_round()
    bare.close()
    away = Database(f"sqlite:///{tmp_path}/nowhere/none.sqlite")
    postman = Postman(host, database, away, clock)
    postman.go_round()
    assert postman._rests_until > time.monotonic()
    away.close()


def test_the_log_says_nothing_about_anybody(postman, store, clock, postbox, follow, publish, capfd):
    set_up()
    follow("very.special@x.example")
    publish()
    postbox.refuses = True
    deliver(postman, clock)
    said = capfd.readouterr().err
    assert "letters_wait" in said
    assert "special" not in said and people(store)[0].id not in said


# A worker that is killed

WORKER = """
import sys
from feedback import postman
from feedback.database import Database, address_store
from feedback.settings import Settings
from datetime import datetime, timedelta
settings = Settings()
moment = datetime.fromisoformat(sys.argv[1])
answers, store = Database(settings.database), address_store(settings)
man = postman.Postman(settings, answers, store, lambda: moment)
man.look_for_news()
print("begins", flush=True)
man.hand_over(10_000)
"""


def test_a_worker_that_is_killed_while_it_sends_loses_no_letter_and_sends_none_twice(
    host, store, clock, postbox, follow, publish
):
    many = 60
    for number in range(many):
        follow(f"{number}@x.example")
    publish()
    environment = {
        **os.environ,
        "FEEDBACK_DATABASE": host.database,
        "FEEDBACK_ADDRESSES": host.address_store,
        "FEEDBACK_INSTANCE": str(host.instance),
        "FEEDBACK_SECRET": host.secret.get_secret_value(),
        "FEEDBACK_MAIL_SERVER": host.mail_server,
        "FEEDBACK_MAIL_PORT": str(host.mail_port),
        "FEEDBACK_MAIL_TLS": "none",
    }
    kills = 0
    while True:
        clock.forward(hours=2)
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, clock.now.isoformat()],
            env=environment,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        worker.stdout.readline()
        had = len(postbox.messages)
        while worker.poll() is None and len(postbox.messages) < had + 11:
            time.sleep(0.001)
        if worker.poll() is None:
            os.kill(worker.pid, signal.SIGKILL)
            kills += 1
        assert worker.wait() in (0, -signal.SIGKILL)
        worker.stdout.close()
        if not left(store):
            break
        assert clock.now.year == 2026, "letters were left for ever"
    assert kills >= 3
    by_name = {each["Message-ID"]: each["X-To"] for each in postbox.messages}
    assert sorted(by_name.values()) == sorted(f"{number}@x.example" for number in range(many))
    # Handed over in the very moment of a kill, a letter comes again under the same name.
    assert len(postbox.messages) - many <= kills


def test_a_letter_has_the_same_name_each_time_and_no_other_has_it(seals):
    names = {seals.letter_name(who, about) for who in "ab" for about in ("insight 1", "update 1")}
    assert len(names) == 4
    assert seals.letter_name("a", "insight 1") in names


def test_in_the_demonstration_letters_stay_in_a_folder(
    settings, database, store, clock, follow, publish
):
    follow()
    publish()
    here = Settings(**{**settings.model_dump(), "demonstration": True})
    assert deliver(Postman(here, database, store, clock), clock) == (1, True)
    [file] = (settings.instance / "letters").glob("*.eml")
    assert email.message_from_bytes(file.read_bytes())["To"] == "sam@x.example"


# Letters that come back from Notify


class _Notify(Door):
    """Takes every letter, and says later what became of it, as a test decides."""

    def do_GET(self):
        status = parse_qs(urlsplit(self.path).query).get("status", [""])[0]
        found = [each for each in self.server.kept if each["status"] == status]
        self.reply(200, {"notifications": [] if "older_than" in self.path else found[::-1]})

    def do_POST(self):
        body = self.body()
        self.server.kept.append(
            {
                "id": str(len(self.server.kept)),
                "reference": body["reference"],
                "email_address": body["email_address"],
                "status": self.server.fate,
                "created_at": self.server.clock.now.isoformat(),
            }
        )
        self.reply(201, {})


@pytest.fixture
def notify(clock):
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Notify)
    server.kept, server.fate, server.clock = [], "permanent-failure", clock
    with serving(server):
        yield server


@pytest.fixture
def by_notify(settings, notify, database, store, clock):
    key = "a-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
    host = {
        **settings.model_dump(),
        **{"notify_key": key, "notify_template": "f33517ff-2a88-4f6e-b855-c550268ce08a"},
        "notify_address": f"http://127.0.0.1:{notify.server_port}",
        "public_address": "https://listen.example",
        "letters_a_minute": 6000,
        "mail_seconds": 2,
    }
    return Postman(Settings(**host), database, store, clock)


def tell_and_learn(postman, clock, publish, code):
    """A piece of news leaves, and an hour later Notify knows what became of it."""
    publish(code)
    deliver(postman, clock)
    clock.forward(hours=1)
    postman.look_for_returns()


def test_the_third_letter_that_comes_back_from_notify_ends_an_address(
    by_notify, store, clock, follow, publish
):
    follow()
    for number in (1, 2):
        tell_and_learn(by_notify, clock, publish, f"news-{number}")
        by_notify.look_for_returns()  # asked again, and counted once
        assert [each.bounces for each in people(store)] == [number]
    tell_and_learn(by_notify, clock, publish, "news-3")
    assert people(store) == []


def test_a_letter_that_arrives_begins_the_count_anew(
    by_notify, notify, store, clock, follow, publish
):
    follow()
    tell_and_learn(by_notify, clock, publish, "one")
    assert people(store)[0].bounces == 1
    notify.fate = "delivered"
    tell_and_learn(by_notify, clock, publish, "two")
    assert people(store)[0].bounces == 0
    by_notify.look_for_returns()
    assert people(store)[0].bounces == 0


def test_an_address_that_never_said_yes_goes_with_the_letter_that_comes_back(
    by_notify, store, seals, clock, open_collection
):
    to = Recipient("mistyped@x.example", "en", Presentation.STANDARD)
    today = clock.now.date()
    with store.writing() as session, session.begin():
        telling.follow(session, seals, "every_kind", to, minutes=60, today=today, now=clock.now)
    deliver(by_notify, clock)
    assert len(people(store)) == 1
    by_notify.look_for_returns()
    assert people(store) == []


def test_letters_of_others_are_nobodys_business_and_old_ones_are_forgotten(
    by_notify, notify, store, clock, follow, publish
):
    follow()
    tell_and_learn(by_notify, clock, publish, "one")
    strange = {**notify.kept[0], "reference": "of another service", "id": "x"}
    notify.kept.append(strange)
    by_notify.look_for_returns()
    assert people(store)[0].bounces == 1
    clock.forward(days=4)
    by_notify.look_for_returns()
    assert people(store)[0].bounces == 1
    with store.reading() as session:
        assert not any(each.startswith("back ") for each in stored.told(session))


def test_while_notify_is_away_nothing_is_counted_and_letters_go_on(
    by_notify, store, clock, follow, publish, monkeypatch
):
    follow()
    away = by_notify.settings.model_copy(update={"notify_address": "http://127.0.0.1:1"})
    publish()
    deliver(by_notify, clock)
    monkeypatch.setattr(by_notify, "settings", away)
    by_notify.look_for_returns()
    assert people(store)[0].bounces == 0
