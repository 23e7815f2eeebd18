"""Somebody who has a copy of both stores cannot tell who of those who answered wants to be told.

Two hundred people answer one after the other, fifty of them ask to be told just after they have
answered. Whoever would join the two copies has the values, the order of rows and the times.
"""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from scipy.stats import spearmanr
from sqlalchemy import Table, inspect, select, text

from feedback.database import Database
from feedback.models import Base
from feedback.models.followers import AddressBase, Follower, Letter
from feedback.models.responses import Response
from feedback.postman import Postman
from feedback.queries import followers as stored
from feedback.questionnaire import Given
from feedback.services import telling
from feedback.services.sealing import Recipient, Seals
from feedback.vocabulary import Presentation

ANSWER, FOLLOW = 200, 50
UNLIKELY = 1e-5  # that chance alone makes an order look like another one
SEED = 5


@pytest.fixture
def followers(database, store, settings, answered, open_collection, now) -> list[str]:
    """Keys of those who ask to be told, in the order in which they answered."""
    chance = Random(SEED)
    seals = Seals(settings.secret.get_secret_value())
    chosen = set(chance.sample(range(ANSWER), FOLLOW))
    keys, moment = [], now
    for number in range(ANSWER):
        moment += timedelta(seconds=chance.randint(1, 15))
        language = chance.choice(["en", "pl", "ar"])
        with database.writing() as session, session.begin():
            answered(
                session,
                open_collection,
                {"more": Given(text=f"This is comment number {number}")},
                at=moment,
                language=language,
            )
        if number in chosen:
            address = f"person{number}@x.example"
            to = Recipient(address, language, Presentation.EASY_READ)
            with store.writing() as session, session.begin():
                telling.follow(
                    session,
                    seals,
                    "every_kind",
                    to,
                    minutes=60,
                    today=moment.date(),
                    now=moment,
                )
                keys.append(stored.by_mark(session, seals.mark("every_kind", address)).id)
    return keys


def dump(database: Database, tables: list[Table]) -> dict[str, list[tuple]]:
    """All rows of some tables, in the order in which a copy has them."""
    lies = "" if database.url.get_backend_name() == "sqlite" else " ORDER BY ctid"
    with database.reading() as session:
        return {
            table.name: [
                tuple(row) for row in session.execute(text(f"SELECT * FROM {table}{lies}"))
            ]
            for table in tables
        }


def chance_of(keys: list[str], order: list[str]) -> float:
    """How likely mere chance makes an order as alike as this one to that of the answers."""
    places = {key: place for place, key in enumerate(order)}
    return float(spearmanr(range(len(keys)), [places[key] for key in keys]).pvalue)


def file_order(file: Path, keys: list[str]) -> list[str]:
    raw = file.read_bytes()
    return sorted(keys, key=lambda key: raw.find(key.encode()))


def test_orders_that_are_alike_would_be_found():
    keys = [str(number) for number in range(FOLLOW)]
    assert chance_of(keys, keys) < UNLIKELY
    assert chance_of(keys, [*keys[10:20], *keys[:10], *keys[20:]]) < UNLIKELY
    assert chance_of(keys, Random(SEED).sample(keys, FOLLOW)) > UNLIKELY


def test_the_two_have_no_value_in_common_and_what_is_not_random_is_the_same_for_all(
    database, store, followers
):
    """So neither a time nor a language nor a count parts one follower from another."""
    answers = dump(database, list(Base.metadata.sorted_tables))
    addresses = dump(store, list(AddressBase.metadata.sorted_tables))

    def values(tables: dict[str, list[tuple]]) -> set[str]:
        found = {bytes_or_text(each) for rows in tables.values() for row in rows for each in row}
        return {str(value) for value in found if isinstance(value, str | bytes) and len(value) > 3}

    assert values(answers) & values(addresses) == {"every_kind"}
    everything = " ".join(sorted(values(answers)))
    assert not any(key in everything for key in followers)
    assert "@x.example" not in everything + " ".join(sorted(values(addresses)))

    random = {"id", "mark", "sealed", "follower_id"}
    for table in (Follower.__table__, Letter.__table__):
        rows = addresses[table.name]
        assert len(rows) == FOLLOW
        names = [each["name"] for each in inspect(store.engine).get_columns(table.name)]
        for name, column in zip(names, zip(*rows, strict=True), strict=True):
            assert len(set(map(bytes_or_text, column))) == (FOLLOW if name in random else 1), name
            if name == "sealed":
                assert len({len(each) for each in column}) == 1


def bytes_or_text(value: object) -> object:
    if isinstance(value, memoryview):
        return bytes(value)
    return repr(value) if isinstance(value, dict | list) else value


def test_the_order_of_rows_says_nothing_about_the_order_of_answers(
    database, store, settings, clock, followers
):
    with database.reading() as session:
        sent = session.scalars(select(Response.sent_at).order_by(Response.id)).all()
    assert sent == sorted(sent)  # the answers do lie in the order in which they came
    sqlite = store.url.get_backend_name() == "sqlite"
    if not sqlite:  # here they would betray it, were they left as they are
        as_they_came = [row[0] for row in dump(store, [Follower.__table__])["follower"]]
        assert chance_of(followers, as_they_came) < UNLIKELY

    Postman(settings, database, store, clock).put_in_order()

    rows = dump(store, [Follower.__table__, Letter.__table__])
    for table in ("follower", "letter"):
        order = [row[0] for row in rows[table]]
        assert order == sorted(order)
        assert chance_of(followers, order) > UNLIKELY
    if sqlite:
        file = Path(store.url.database)
        assert chance_of(followers, file_order(file, followers)) > UNLIKELY
        assert b"x.example" not in file.read_bytes()
        assert [each.name for each in file.parent.glob("addresses.sqlite*")] == [file.name]


@pytest.fixture
def few(store, settings, clock) -> list[str]:
    """Keys of a few more who ask to be told, in the order in which they came."""
    seals = Seals(settings.secret.get_secret_value())
    keys, today = [], clock.now.date()
    for number in range(20):
        to = Recipient(f"later{number}@x.example", "en", Presentation.STANDARD)
        with store.writing() as session, session.begin():
            telling.follow(session, seals, "spring", to, minutes=60, today=today, now=clock.now)
            keys.append(stored.by_mark(session, seals.mark("spring", to.address)).id)
    return keys


def test_who_stopped_leaves_nothing_in_the_file(store, settings, few):
    if store.url.get_backend_name() != "sqlite":
        pytest.skip("what a server's files hold is its own affair; see docs/safety.md")
    seals = Seals(settings.secret.get_secret_value())
    file = Path(store.url.database)
    assert few[3].encode() in file.read_bytes()
    with store.writing() as session, session.begin():
        telling.stop(session, seals, seals.token("stop", few[3]))
    assert few[3].encode() not in file.read_bytes()


def test_a_new_follower_is_put_among_the_others_at_the_next_look(
    database, store, settings, clock, few
):
    postman = Postman(settings, database, store, clock)
    postman.put_in_order()
    with store.writing() as session, session.begin():
        session.add(
            Follower(id="0" * 32, mark="m", sealed=b"", survey="spring", delete_on=clock.now.date())
        )
    postman.put_in_order()
    order = [row[0] for row in dump(store, [Follower.__table__])["follower"]]
    assert order == sorted(order) and len(order) == len(few) + 1
