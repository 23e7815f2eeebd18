"""A loaded demonstration, and ways to look at it."""

import csv
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import demo
from feedback.database import Database, migrate
from feedback.models import Base
from feedback.models.collections import Collection
from feedback.models.events import Event
from feedback.models.responses import Response
from feedback.queries import responses, surveys
from feedback.queries.surveys import Asked
from feedback.questionnaire import Given
from feedback.settings import Settings
from feedback.vocabulary import Part

SECRET = "a-secret-for-tests-and-nothing-else"


class Brackenshore:
    """A database for the demonstration, and what stands in it."""

    now = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)  # a Friday
    zone = ZoneInfo("Europe/London")
    open_codes = ("live", "parents", "young", "listening", "before", "after", "coproduction")

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = Database(settings.database)
        self.said: list[str] = []
        self.seconds = 0.0

    def load(self, *, seed: int = 1, again: bool = False, now: datetime | None = None) -> None:
        began = time.perf_counter()
        self.said = []
        demo.load(self.settings, seed=seed, again=again, say=self.said.append, now=now or self.now)
        self.seconds = time.perf_counter() - began

    @contextmanager
    def trying(self) -> Iterator[Session]:
        """A writing session that is rolled back."""
        with self.database.writing() as session:
            yield session
            session.rollback()

    @property
    def comments(self) -> list[dict[str, str]]:
        """The written-out map of the comments."""
        with (self.settings.instance / demo.COMMENTS).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def digest(self) -> dict[str, str]:
        """A hash of each table's rows, but for passwords."""
        found = {}
        with self.database.reading() as session:
            for table in Base.metadata.sorted_tables:
                kept = [column for column in table.columns if column.name != "password_hash"]
                rows = session.execute(select(*kept).order_by(*table.primary_key)).all()
                found[table.name] = hashlib.sha256(repr(rows).encode()).hexdigest()
        return found

    def sent(self, code: str) -> tuple[Collection, Asked, list[tuple[Response, dict[str, Given]]]]:
        """A collection, what it asks, and each sent response with its answers by name."""
        with self.database.reading() as session:
            collection = session.scalars(select(Collection).where(Collection.code == code)).one()
            asked = surveys.read_edition(session, collection.edition_id)
            rows = session.scalars(
                select(Response)
                .where(Response.collection_id == collection.id, Response.sent_at.is_not(None))
                .order_by(Response.id)
            ).all()
            found = [(row, responses.answers(session, row.id)) for row in rows]
        named = [
            (row, {asked.names[number]: given for number, given in answers.items()})
            for row, answers in found
        ]
        return collection, asked, named

    def training(self, part: Part) -> list[tuple[Event, Response, dict[str, Given]]]:
        """Each form sent for one part of the training sessions, with its session and answers."""
        with self.database.reading() as session:
            rows = session.execute(
                select(Response, Event)
                .join(Collection, Collection.id == Response.collection_id)
                .join(Event, Event.id == Collection.event_id)
                .where(Collection.part == part, Response.sent_at.is_not(None))
                .order_by(Response.id)
            ).all()
            asked = {
                number: surveys.read_edition(session, number)
                for number in {row.edition_id for row, _event in rows}
            }
            return [
                (
                    event,
                    row,
                    {
                        asked[row.edition_id].names[number]: given
                        for number, given in responses.answers(session, row.id).items()
                    },
                )
                for row, event in rows
            ]

    def answers(self, code: str) -> list[tuple[Response, dict[str, Given]]]:
        """Each sent response of a collection with its answers by name."""
        return self.sent(code)[2]


def _empty(folder: Path, **changed: object) -> Brackenshore:
    values = {"database": f"sqlite:///{folder}/demo.sqlite", "instance": folder / "instance"}
    made = Brackenshore(Settings(**{**values, "secret": SECRET, "demonstration": True, **changed}))
    migrate(made.database)
    return made


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brackenshore]:
    """Brackenshore, loaded once; do not change it."""
    made = _empty(tmp_path_factory.mktemp("brackenshore"))
    made.load()
    yield made
    made.database.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Callable[..., Brackenshore]]:
    """Makes a database with all tables and nothing in them; takes settings to change."""
    every = []

    def make(**changed: object) -> Brackenshore:
        every.append(_empty(tmp_path, **changed))
        return every[-1]

    yield make
    for each in every:
        each.database.close()
