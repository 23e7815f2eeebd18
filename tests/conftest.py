"""What many tests need: databases, an app on a clock that a test turns, a survey of every kind."""

import logging
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pyotp
import pytest
import structlog
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from postbox import Postbox
from signing_ground import sign_where_needed
from sqlalchemy import Engine, Executable, create_engine, make_url, select, text
from sqlalchemy.event import listen, remove
from sqlalchemy.orm import Session
from visiting import PASSWORD, Visit

from feedback.app import create_app
from feedback.database import ADDRESSES, Database, address_store, migrate
from feedback.models import Base
from feedback.models.collections import Collection
from feedback.models.events import Event, Place, Series
from feedback.models.followers import AddressBase
from feedback.models.oversight import AuditEvent
from feedback.models.people import User
from feedback.outputs import exchange
from feedback.queries import responses, surveys
from feedback.questionnaire import Given, Questionnaire
from feedback.services import authoring, collecting, people, planning, responding, second_step
from feedback.services.codes import Codes
from feedback.settings import Settings
from feedback.vocabulary import Audience, EventKind, PlaceKind, Presentation, Role
from feedback.web.frame import FeedbackFlask, Parts

POSTGRESQL = "FEEDBACK_TEST_POSTGRESQL"
SECRET = "a-secret-for-tests-and-nothing-else"
START = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)  # a Monday

hypothesis_settings.register_profile(
    "feedback",
    deadline=None,
    database=None,
    derandomize=True,
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.load_profile("feedback")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name what was not tried, so that nobody takes the half for the whole."""
    skipped = terminalreporter.stats.get("skipped", [])
    missed = sorted(r.nodeid for r in skipped if POSTGRESQL in str(r.longrepr))
    if missed:
        terminalreporter.section(f"NOT TRIED ON POSTGRESQL: {POSTGRESQL} is not set", red=True)
        for name in missed:
            terminalreporter.write_line(name)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what would be tried twice: pages whose statements other tests put to both."""
    twice = [
        item
        for item in items
        if item.get_closest_marker("any_database") and item.get_closest_marker("postgresql")
    ]
    if twice:
        config.hook.pytest_deselected(items=twice)
        items[:] = [item for item in items if item not in set(twice)]


# The environment


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    people._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("FEEDBACK_") and name != POSTGRESQL:
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """Silence; a test that looks at the log sets it up for itself."""
    structlog.configure(processors=[], logger_factory=structlog.testing.CapturingLoggerFactory())
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


# Databases


@contextmanager
def fresh_postgresql() -> Iterator[str]:
    """A database of its own on the server that the environment names; dropped afterwards."""
    if POSTGRESQL not in os.environ:
        pytest.skip(f"{POSTGRESQL} is not set")
    server = make_url(os.environ[POSTGRESQL])
    name = f"feedback_test_{secrets.token_hex(6)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


@pytest.fixture(scope="session")
def _postgresql() -> Iterator[str]:
    with fresh_postgresql() as url:
        _migrated(url)
        yield url


@pytest.fixture(scope="session")
def _sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("database") / "empty.sqlite"
    _migrated(f"sqlite:///{file}")
    return file


def _migrated(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.close()


BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=BOTH)
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with all tables and nothing in them."""
    if request.param == "sqlite":
        empty: Path = request.getfixturevalue("_sqlite")
        file = empty.with_name("feedback.sqlite")
        for old in file.parent.glob(f"{file.name}*"):  # with what is written ahead of it
            old.unlink()
        shutil.copy(empty, file)
        yield f"sqlite:///{file}"
        return
    url = request.getfixturevalue("_postgresql")
    yield url
    emptied(url)


def emptied(url: str) -> None:
    """Take every row away; most tables of most tests are empty, and asking is quicker."""
    tables = Base.metadata.sorted_tables
    any_row = (f"SELECT '{table.name}' WHERE EXISTS (SELECT FROM {table.name})" for table in tables)
    engine = create_engine(url)
    with engine.begin() as connection:
        filled = set(connection.scalars(text(" UNION ALL ".join(any_row))))
        for table in reversed(tables):
            if table.name in filled:
                # the record of who did what forbids to delete a line
                how = "TRUNCATE" if table.name == AuditEvent.__tablename__ else "DELETE FROM"
                connection.execute(text(f"{how} {table.name}"))
    engine.dispose()


@pytest.fixture(params=BOTH)
def bare_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables, for migrations."""
    if request.param == "sqlite":
        opened = Database(f"sqlite:///{tmp_path}/bare.sqlite")
        yield opened
        opened.close()
        return
    with fresh_postgresql() as url:
        opened = Database(url)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def _databases() -> dict[str, Database]:
    """Kept from test to test: what was asked once need not be put into SQL again."""
    return {}


@pytest.fixture
def database(address: str, _databases: dict[str, Database]) -> Iterator[Database]:
    """A database with all tables and nothing in them."""
    if address not in _databases:
        _databases[address] = Database(address, busy_seconds=20, threads=24)
    yield _databases[address]
    _databases[address].close()


@pytest.fixture(scope="session")
def _postgresql_addresses() -> Iterator[str]:
    with fresh_postgresql() as url:
        store = Database(url)
        migrate(store, of=ADDRESSES)
        store.close()
        yield url


@pytest.fixture
def store(settings: Settings) -> Iterator[Database]:
    """The store of those who want to be told, with nobody in it."""
    opened = address_store(settings, threads=24)
    migrate(opened, of=ADDRESSES)
    yield opened
    if opened.url.get_backend_name() != "sqlite":
        with opened.engine.begin() as connection:
            names = ", ".join(table.name for table in AddressBase.metadata.sorted_tables)
            connection.execute(text(f"TRUNCATE {names}"))
    opened.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session that is rolled back. Web tests look with `look`, for this one locks."""
    with database.writing() as opened:
        yield opened
        opened.rollback()


Look = Callable[[Executable], Sequence[Any]]


@pytest.fixture
def look(database: Database) -> Look:
    """Rows of a statement as they stand in the database at this moment."""

    def rows(statement: Executable) -> Sequence[Any]:
        with database.reading() as reading:
            return reading.execute(statement).all()

    return rows


Statements = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def statements(database: Database) -> Statements:
    """What the database is asked while something happens."""

    @contextmanager
    def seen() -> Iterator[list[str]]:
        asked: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            asked.append(statement)

        listen(Engine, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            remove(Engine, "before_cursor_execute", note)

    return seen


# The app


class Clock:
    """What time the app thinks it is; a test turns it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def now(clock: Clock) -> datetime:
    return clock.now


@pytest.fixture
def settings(request: pytest.FixtureRequest, address: str, tmp_path: Path) -> Settings:
    postgresql = address.startswith("postgresql")
    return Settings(
        database=address,
        addresses=request.getfixturevalue("_postgresql_addresses") if postgresql else "",
        secret=SECRET,
        instance=tmp_path,
        busy_seconds=20,
        threads=24,
    )


@pytest.fixture
def codes() -> Codes:
    return Codes(SECRET)


@pytest.fixture(scope="session")
def _templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


MakeApp = Callable[..., FeedbackFlask]


@pytest.fixture
def make_app(
    settings: Settings, database: Database, clock: Clock, _templates: FileSystemBytecodeCache
) -> MakeApp:
    """An app with some settings changed, or on another database."""

    def make(database: Database = database, **changed: Any) -> FeedbackFlask:
        app = create_app(Settings(**{**settings.model_dump(), **changed}), database)
        app.jinja_env.bytecode_cache = _templates
        parts: Parts = app.extensions["feedback"]
        parts.clock = clock
        return app

    return make


@pytest.fixture(scope="session")
def _plain_app() -> list[FeedbackFlask]:
    """The app that most tests share, once one was made: making it takes longer than most tests."""
    return []


@pytest.fixture
def app(
    make_app: MakeApp,
    _plain_app: list[FeedbackFlask],
    settings: Settings,
    database: Database,
    clock: Clock,
) -> FeedbackFlask:
    """The app, with a database and a clock of this test alone."""
    if not _plain_app:
        _plain_app.append(make_app())
    own = Parts(settings=settings, database=database, codes=Codes(SECRET), clock=clock)
    _plain_app[0].extensions["feedback"] = own
    return _plain_app[0]


@pytest.fixture
def client(app: FeedbackFlask) -> FlaskClient:
    return app.test_client()


# A survey and people who answer it


@pytest.fixture(scope="session")
def every_kind() -> Questionnaire:
    file = Path(__file__).parent / "surveys" / "every_kind.yaml"
    return exchange.read_survey(file.read_bytes(), file=file.name)


Open = Callable[..., Collection]


@pytest.fixture
def open_survey(database: Database, now: datetime) -> Open:
    """Publishes a questionnaire and opens it to everybody since yesterday."""

    def opened(
        questionnaire: Questionnaire, code: str = "fern42", *, name: str = "Autumn", **times: Any
    ) -> Collection:
        with database.writing() as writing, writing.begin():
            edition = authoring.keep_draft(writing, questionnaire, now=now)
            authoring.publish(writing, edition, now=now)
            sign_where_needed(writing, edition, now)
            collection = collecting.open_collection(
                writing,
                edition,
                code,
                name,
                audience=Audience.EVERYONE,
                now=now,
                **{"opens_at": now - timedelta(days=1), **times},
            )
        return collection

    return opened


@pytest.fixture
def open_collection(open_survey: Open, every_kind: Questionnaire) -> Collection:
    return open_survey(every_kind)


Answered = Callable[..., responses.Visit]


@pytest.fixture
def answered(codes: Codes, now: datetime) -> Answered:
    """A response with answers, sent or on the way, through the services that pages use."""
    editions = surveys.Editions()

    def made(
        session: Session,
        collection: Collection,
        given: Mapping[str, Given],
        *,
        sent: bool = True,
        at: datetime = now,
        language: str = "en",
        may_be_quoted: bool = False,
    ) -> responses.Visit:
        submission_id = secrets.token_hex(16)
        responding.begin(
            session,
            collection,
            submission_id,
            codes,
            language=language,
            presentation=Presentation.STANDARD,
            pictures=True,
            now=at,
        )
        visit = responses.visit(session, submission_id)
        asked = editions.asked(session, collection.edition_id)
        responding.keep_answers(session, visit, asked, given, now=at)
        if sent:
            responding.send(
                session, visit, asked, given, codes, may_be_quoted=may_be_quoted, now=at
            )
            visit = responses.visit(session, submission_id)
        return visit

    return made


Begin = Callable[..., Visit]


@pytest.fixture
def begin(app: FeedbackFlask, open_collection: Collection) -> Begin:
    """Somebody who has agreed and stands on the first page; on a new phone if none is given."""

    def begun(
        client: FlaskClient | None = None, *, start: bool = True, at: Collection = open_collection
    ) -> Visit:
        visit = Visit(client or app.test_client(), at.code)
        if start:
            visit.start()
        return visit

    return begun


# Events


Plan = Callable[..., Event]


@pytest.fixture
def plan(database: Database, now: datetime) -> Plan:
    """Puts an event for families into the calendar; on the day it is, if no other is given."""
    chance = Random(7)

    def planned(name: str = "Drop-in", starts_on: date | None = None, **facts: Any) -> Event:
        facts = {"kind": EventKind.EVENT, "audiences": [Audience.PARENT], **facts}
        with database.writing() as writing, writing.begin():
            writing.add_all(facts.get("facilitators", ()))
            day = starts_on or now.date()
            return planning.plan(writing, name, starts_on=day, chance=chance, now=now, **facts)

    return planned


# Staff


@pytest.fixture
def officer(database: Database, now: datetime) -> User:
    return _user(database, "officer@brackenshore.example", Role.OFFICER, now)


@pytest.fixture
def viewer(database: Database, now: datetime) -> User:
    return _user(database, "viewer@brackenshore.example", Role.VIEWER, now)


@pytest.fixture
def staff(database: Database, now: datetime) -> Callable[..., User]:
    """Makes somebody of a role who has set up their second step before."""

    def made(role: Role, name: str = "") -> User:
        return _user(database, f"{name or role.value}@brackenshore.example", role, now)

    return made


def _user(database: Database, email: str, role: Role, now: datetime) -> User:
    with database.writing() as writing, writing.begin():
        user = people.add_user(writing, email, role.value, role, PASSWORD, now=now)
        user.second_step_since = now if second_step.asked_of(role) else None
        return user


@pytest.fixture
def facilitator(database: Database, now: datetime) -> User:
    return _user(database, "facilitator@brackenshore.example", Role.FACILITATOR, now)


@pytest.fixture
def typist(database: Database, now: datetime) -> User:
    return _user(database, "typist@brackenshore.example", Role.DATA_ENTRY, now)


PlanEvent = Callable[..., Event]


@pytest.fixture
def plan_event(database: Database, now: datetime) -> PlanEvent:
    """Plans an event of a series, at a place, run by whoever is named."""

    def planned(name: str = "First session", *, days: int = 0, **more: Any) -> Event:
        run_by = [user.id for user in more.pop("facilitators", ())]
        with database.writing() as writing, writing.begin():
            series = writing.scalars(select(Series)).first()
            place = writing.scalars(select(Place)).first()
            event = planning.plan(
                writing,
                name,
                EventKind.TRAINING,
                now.date() + timedelta(days=days),
                series=series or Series(name="SEND basics", created_at=now),
                place=place or Place(name="Willow Hub", kind=PlaceKind.HUB, created_at=now),
                facilitators=[writing.get_one(User, number) for number in run_by],
                chance=Random(f"{name} {days}"),
                now=now,
                **more,
            )
        return event

    return planned


@pytest.fixture
def event(plan_event: PlanEvent) -> Event:
    return plan_event()


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """A mail server that keeps what comes."""
    opened = Postbox()
    yield opened
    opened.close()


@pytest.fixture
def shown_number(database: Database, codes: Codes, clock: Clock) -> Callable[[User], str]:
    """What somebody's app shows; the half minute in which they used one before is over."""

    def shown(user: User) -> str:
        with database.writing() as writing, writing.begin():
            kept = writing.get_one(User, user.id)
            kept.second_step_used = None
            return pyotp.TOTP(second_step.key_of(codes, kept)).at(clock.now)

    return shown


@pytest.fixture
def sign_in(app: FeedbackFlask, shown_number: Callable[[User], str]) -> Callable[..., Visit]:
    """Somebody who signed in, with the second step if asked for; `page` is where that led."""

    def signed_in(
        user: User, password: str = PASSWORD, next: str = "", app: FeedbackFlask = app
    ) -> Visit:
        visit = Visit(app.test_client(), "")
        visit.get(f"/staff/sign-in{next}")
        reply = visit.post(f"/staff/sign-in{next}", {"email": user.email, "password": password})
        if (reply.location or "").startswith("/staff/second-step"):
            step = visit.get(reply.location).request.full_path
            visit.post(step, {"number": shown_number(user)})
        return visit

    return signed_in
