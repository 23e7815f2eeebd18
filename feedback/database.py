"""The engine and its sessions: one transaction a request or job.

SQLite runs in WAL mode with one writer at a time. Answers on the way may be lost with the
power (never with the program); a durable session waits for the disk before it says "done".
PostgreSQL is told the same two things in its own words.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from feedback.settings import place

CACHE = 256  # KB a connection: ten of them in each worker, and the system caches the file anyway


class Database:
    """One database with three ways in: reading, writing, and writing to the disk."""

    def __init__(self, url: str | URL, *, busy_seconds: float = 5.0, threads: int = 8) -> None:
        self.url = make_url(url)
        # SQLite has one writer: threads that wait for each other in line, here in the pool, are
        # served in order; in SQLite's own waiting some would wait until they give up.
        writers = 1 if self.url.get_backend_name() == "sqlite" else threads
        reading = _engine(self.url, durable=False, busy_seconds=busy_seconds, threads=threads)
        writing = _engine(self.url, durable=False, busy_seconds=busy_seconds, threads=writers)
        durable = _engine(self.url, durable=True, busy_seconds=busy_seconds, threads=writers)
        self._reading = reading
        self._writing = writing.execution_options(writes=True)
        self._durable = durable.execution_options(writes=True)
        self._engines = (reading, writing, durable)

    def reading(self) -> Session:
        """A session for a page that only shows."""
        return Session(self._reading, expire_on_commit=False)

    def writing(self, *, durable: bool = True) -> Session:
        """A session for a page that changes something.

        Args:
            durable: wait until the commit is on the disk.
        """
        return Session(self._durable if durable else self._writing, expire_on_commit=False)

    @property
    def engine(self) -> Engine:
        """For migrations and tools."""
        return self._durable

    @property
    def has_tables(self) -> bool:
        """Whether `migrate` was ever run on it."""
        return inspect(self._reading).has_table("alembic_version")

    def close(self) -> None:
        """Give all connections back."""
        for engine in self._engines:
            engine.dispose()


def _engine(url: URL, *, durable: bool, busy_seconds: float, threads: int) -> Engine:
    size = {"pool_size": threads, "max_overflow": 0, "pool_timeout": busy_seconds}
    if url.get_backend_name() != "sqlite":
        commit, wait = "on" if durable else "off", round(busy_seconds * 1000)
        arguments = {
            "options": f"-c synchronous_commit={commit} -c lock_timeout={wait}",
            "connect_timeout": max(2, round(busy_seconds)),
        }
        return create_engine(url, connect_args=arguments, pool_pre_ping=True, **size)

    engine = create_engine(url, connect_args={"timeout": busy_seconds}, **size)

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA cache_size=-{CACHE}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the tables forward, or back to a revision ("base" takes all of them away).

    Everything happens in one transaction, so that a failure leaves the tables as they were.
    """
    from alembic import command  # ten megabytes that no page needs
    from alembic.config import Config

    url = database.url
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(place("migrations")))
    back = revision == "base" or revision.startswith("-")
    with (
        database.engine.connect() as connection,
        _tables_may_move(connection),
        connection.begin(),
    ):
        config.attributes["connection"] = connection
        (command.downgrade if back else command.upgrade)(config, revision)
        _check_references(connection)


@contextmanager
def _tables_may_move(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, which must not take along what refers to it."""
    raw = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite" or raw is None:
        yield
        return
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    """Raise where a row refers to one that is not there; only SQLite has not looked already."""
    if connection.dialect.name != "sqlite":
        return
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if lost is not None:
        raise RuntimeError(f"a row of {lost[0]} refers to one of {lost[2]} that is not there")
