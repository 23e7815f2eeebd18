"""Databases to measure on: new each time, gone afterwards."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

import feedback
from bench import floor
from bench.running import free_port, until
from feedback.database import Database, migrate
from feedback.outputs.exchange import read_survey
from feedback.questionnaire import Questionnaire
from feedback.services import authoring, collecting

SURVEYS = Path(feedback.__file__).parent / "demo" / "surveys"
GIVEN = "FEEDBACK_BENCH_POSTGRESQL"
MISSING = (
    "NO POSTGRESQL: its rows are missing. Install PostgreSQL, or name a server that may be used:\n"
    f"  {GIVEN}=postgresql+psycopg://postgres@127.0.0.1:5432/postgres make bench"
)
_NUMBER = count(1)


def survey(name: str) -> Questionnaire:
    """One of the demonstration's surveys."""
    return read_survey((SURVEYS / f"{name}.yaml").read_bytes(), file=f"{name}.yaml")


def fill(url: str, surveys: Iterable[Questionnaire]) -> str:
    """Make the tables and open each survey under its own name; gives the address back."""
    database = Database(url)
    migrate(database)
    floor.METADATA.create_all(database.engine)
    now = datetime.now(UTC)
    with database.writing() as session, session.begin():
        for questionnaire in surveys:
            edition = authoring.keep_draft(session, questionnaire, now=now)
            authoring.publish(session, edition, now=now)
            collecting.open_collection(
                session,
                edition,
                questionnaire.survey,
                questionnaire.survey,
                audience=questionnaire.audience,
                opens_at=now - timedelta(days=1),
                now=now,
            )
    database.close()
    return url


class Sqlite:
    """Files in a folder."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fresh(self) -> str:
        """The address of a database that is empty."""
        return f"sqlite:///{self._folder / f'bench-{next(_NUMBER)}.sqlite'}"


class Postgresql:
    """Databases on one server, dropped by `close`."""

    name = "PostgreSQL"

    def __init__(self, server: str) -> None:
        self._server = make_url(server)
        self._made: list[str] = []

    def fresh(self) -> str:
        """The address of a database that is empty."""
        name = f"feedback_bench_{os.getpid()}_{next(_NUMBER)}"
        self._say(f'CREATE DATABASE "{name}"')
        self._made.append(name)
        return self._server.set(database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        """Drop what was made."""
        while self._made:
            self._say(f'DROP DATABASE IF EXISTS "{self._made.pop()}" WITH (FORCE)')

    def _say(self, statement: str) -> None:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def postgresql(folder: Path) -> Iterator[Postgresql | None]:
    """The server that the environment names, a cluster of our own, or none."""
    given = os.environ.get(GIVEN)
    programs = None if given else _programs()
    if not given and programs is None:
        print(f"\n{MISSING}\n", flush=True)
        yield None
        return
    with _named(given) if given else _cluster(programs or Path(), folder) as server:
        databases = Postgresql(server)
        try:
            yield databases
        finally:
            databases.close()


@contextmanager
def _named(server: str) -> Iterator[str]:
    yield server


def _programs() -> Path | None:
    """Where the system keeps `initdb` and `postgres`; the newest of several."""
    found = [Path(path).parent for name in ("initdb",) if (path := shutil.which(name))]
    found += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    return next((p for p in found if (p / "initdb").exists() and (p / "postgres").exists()), None)


@contextmanager
def _cluster(programs: Path, folder: Path) -> Iterator[str]:
    """A server of our own on this machine only; PostgreSQL refuses to run as root."""
    data, port = folder / "postgresql", free_port()
    data.mkdir()
    owner = "postgres" if os.name == "posix" and os.geteuid() == 0 else None
    if owner:
        folder.chmod(0o755)  # the owner has to reach the folder inside
        shutil.chown(data, owner)
    with (folder / "postgresql.log").open("wb") as log:
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8"],
            check=True, stdout=log, stderr=log, user=owner, timeout=120, cwd=data,
        )  # fmt: skip
        options = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
        given = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, *given],
            stdout=log, stderr=log, user=owner, cwd=data, start_new_session=True,
        )  # fmt: skip
    address = f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    try:
        until(lambda: _answers(address), seconds=30, what="PostgreSQL to start")
        yield address
    finally:
        server.send_signal(signal.SIGINT)  # a fast shutdown: does not wait for anybody
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def _answers(address: str) -> bool:
    engine = create_engine(address)
    try:
        with engine.connect():
            return True
    except Exception:  # not there yet, for whatever reason
        return False
    finally:
        engine.dispose()
