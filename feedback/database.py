"""The engine and its sessions: one transaction a request or job.

SQLite runs in WAL mode with one writer at a time. Answers on the way may be lost with the
power (never with the program); a durable session waits for the disk before it says "done".
PostgreSQL is told the same two things in its own words.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from feedback.settings import Settings, place

ADDRESSES = "addresses"  # the folder of the migrations of the address store
CACHE = 256  # KB a connection: ten of them in each worker, and the system caches the file anyway


class Database:
    """One database with three ways in: reading, writing, and writing to the disk.

    A `traceless` one leaves nothing behind of what was deleted and of the order in which rows came,
    as far as a file can: it is for a few small rows.
    """

    def __init__(
        self,
        url: str | URL,
        *,
        busy_seconds: float = 5.0,
        threads: int = 8,
        traceless: bool = False,
    ) -> None:
        self.url = make_url(url)
        # SQLite has one writer: threads that wait for each other in line, here in the pool, are
        # served in order; in SQLite's own waiting some would wait until they give up.
        writers = 1 if self.url.get_backend_name() == "sqlite" else threads
        made = partial(_engine, self.url, busy_seconds=busy_seconds, traceless=traceless)
        reading = made(durable=False, threads=threads)
        writing = made(durable=False, threads=writers)
        durable = made(durable=True, threads=writers)
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


def address_store(settings: Settings, *, threads: int = 2) -> Database:
    """The database of those who want to be told: few, and never beside their answers."""
    seconds = settings.busy_seconds
    return Database(settings.address_store, busy_seconds=seconds, threads=threads, traceless=True)


def _engine(
    url: URL, *, durable: bool, busy_seconds: float, threads: int, traceless: bool
) -> Engine:
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
        # A write-ahead log holds rows in the order in which they came.
        cursor.execute(f"PRAGMA journal_mode={'DELETE' if traceless else 'WAL'}")
        if traceless:
            cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA cache_size=-{CACHE}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def in_order_of_keys(database: Database, table: str) -> None:
    """Write the rows of a table anew in the order of its key, so that none tells when it came.

    SQLite writes its whole file anew. Elsewhere the order in which rows lie, and so that of a dump,
    is the order in which they came.
    """
    if database.url.get_backend_name() != "sqlite":
        with database.engine.begin() as connection:
            connection.exec_driver_sql(f"CLUSTER {table} USING pk_{table}")
        return
    raw = database.engine.raw_connection()  # the file cannot be written anew in a transaction
    try:
        raw.cursor().execute("VACUUM")
    finally:
        raw.close()


def migrate(database: Database, revision: str = "head", *, of: str = "") -> None:
    """Bring the tables forward, or back to a revision ("base" takes all of them away).

    Everything happens in one transaction, so that a failure leaves the tables as they were.

    Args:
        of: the folder of the migrations, where they are not those of the answers.
    """
    from alembic import command  # ten megabytes that no page needs
    from alembic.config import Config

    url = database.url
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(place("migrations") / of))
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
