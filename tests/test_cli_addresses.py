"""The command that forgets an address, and the one that makes the store."""

from datetime import date

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from feedback.cli import main
from feedback.database import address_store
from feedback.models.followers import Follower
from feedback.services import telling
from feedback.services.sealing import Recipient, Seals
from feedback.settings import Settings


@pytest.fixture
def run(settings, monkeypatch):
    for name in ("database", "addresses", "instance"):
        monkeypatch.setenv(f"FEEDBACK_{name.upper()}", str(getattr(settings, name)))
    monkeypatch.setenv("FEEDBACK_SECRET", settings.secret.get_secret_value())

    def ran(*words, given=""):
        return CliRunner().invoke(main, words, input=given)

    return ran


def keep(store, settings, now, today):
    seals = Seals(settings.secret.get_secret_value())
    to = Recipient("sam@x.example", "en", "standard")
    with store.writing() as session, session.begin():
        telling.follow(session, seals, "autumn", to, minutes=60, today=today, now=now)


def test_an_address_is_read_from_standard_input_and_deleted(run, store, settings, now):
    keep(store, settings, now, now.date())
    assert run("forget-address", given="kim@x.example\n").output == "The address is not there.\n"
    assert run("forget-address", given=" SAM@x.example\n").output == "The address is deleted.\n"
    with store.reading() as session:
        assert session.scalars(select(Follower)).all() == []


def test_purging_deletes_addresses_past_their_day(run, store, settings, now):
    keep(store, settings, now, date(2020, 1, 1))
    assert run("purge").exit_code == 0
    with store.reading() as session:
        assert session.scalars(select(Follower)).all() == []


def test_migrating_makes_both_stores_and_each_goes_back_by_itself(tmp_path, monkeypatch):
    monkeypatch.setenv("FEEDBACK_DATABASE", f"sqlite:///{tmp_path}/answers.sqlite")
    monkeypatch.setenv("FEEDBACK_INSTANCE", str(tmp_path / "new"))
    assert CliRunner().invoke(main, ["migrate"]).exit_code == 0
    store = address_store(Settings())
    assert store.has_tables
    with store.reading() as session:
        assert session.scalars(select(Follower)).all() == []
    assert CliRunner().invoke(main, ["migrate", "--addresses", "base"]).exit_code == 0
    with pytest.raises(Exception, match="no such table"), store.reading() as session:
        session.scalars(select(Follower)).all()
    store.close()
