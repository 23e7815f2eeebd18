"""What moved, over a million answers and 13 cycles: the first page after a start, and any other."""

import os
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from bench import million
from bench.databases import Postgresql, Sqlite, fill, survey
from bench.desk import Desk, add_officer
from bench.ground import Ground
from bench.report import Outcome, Table, Verdict, at_most
from bench.running import Server
from feedback import jobs
from feedback.database import Database

RESPONSES, QUICK = 1_000_000, 20_000
AGAIN = 7  # times each page is asked for
ZONE = "Europe/London"
WARM, COLD = {"PostgreSQL": 1.0, "SQLite": 2.0}, {"PostgreSQL": 5.0, "SQLite": 10.0}  # seconds
PAGES = (
    ("what moved", "/staff/measures"),
    ("what moved, months", "/staff/measures?kind=month"),
    ("one measure", "/staff/measures/satisfied"),
    ("one measure by area", "/staff/measures/satisfied?by=area"),
    ("one measure by need", "/staff/measures/satisfied?by=need"),
    ("heard and not heard", "/staff/heard"),
)


def run(ground: Ground) -> Outcome:
    """Fill each database, count it, and ask for the pages, first on a server just begun."""
    tables, verdicts = [], list[Verdict]()
    for databases in ground.databases:
        table, met = _measure(databases, ground)
        tables.append(table)
        verdicts += met
    return Outcome(tables, verdicts)


def _measure(databases: Sqlite | Postgresql, ground: Ground) -> tuple[Table, list[Verdict]]:
    count = ground.pick(RESPONSES, QUICK)
    where = fill(databases.fresh(), [survey("parents")])
    database = Database(where)
    with database.writing() as session, session.begin():
        key = add_officer(session)
    began = time.perf_counter()
    million.keep(database, count)
    filled = time.perf_counter() - began
    began = time.perf_counter()
    portions = jobs.tally(database, ZONE)
    tallied = time.perf_counter() - began
    began = time.perf_counter()
    jobs.tally(database, ZONE)
    looked = time.perf_counter() - began
    one_more = _one_more(database)
    database.close()
    rows, first_of_all = [], 0.0
    with Server(where, ground.folder) as server:
        desk = Desk(server.port, key)
    for name, path in PAGES:
        _forget(where)
        with Server(where, ground.folder) as server:
            desk.move(server.port)
            began = time.perf_counter()
            desk.ask("GET", path)
            cold = time.perf_counter() - began
            first_of_all = max(first_of_all, cold)
            again = []
            for _ in range(AGAIN):
                began = time.perf_counter()
                desk.ask("GET", path)
                again.append(time.perf_counter() - began)
        rows.append((name, f"{cold:.2f}", f"{statistics.median(again):.2f}", f"{max(again):.2f}"))
    warm = max(float(row[2]) for row in rows)
    table = Table(
        f"{count:,} responses with 12 answers each, 13 cycles, {databases.name} (seconds)",
        ("page", "first after a start", "median", f"slowest of {AGAIN}"),
        rows,
        (
            f"filled in {filled:.0f} s; counted in {tallied:.0f} s, {portions} portions;",
            f"a look that finds nothing new {looked:.2f} s; one more counted {one_more:.2f} s",
        ),
    )
    name = f"{count:,} responses, {databases.name}"
    return table, [
        at_most(f"{name}: slowest page, median", warm, WARM[databases.name], " s"),
        at_most(f"{name}: slowest first page", first_of_all, COLD[databases.name], " s"),
    ]


def _one_more(database: Database) -> float:
    """Seconds to find and count one answer that has just come."""
    with database.writing() as session, session.begin():
        session.execute(
            text("update response set sent_at = :now where id = 1"),
            {"now": datetime.now(UTC).replace(tzinfo=None)},
        )
    began = time.perf_counter()
    jobs.tally(database, ZONE)
    return time.perf_counter() - began


def _forget(where: str) -> None:
    """Ask the system to forget what it keeps of an SQLite file; a server keeps its own."""
    if not where.startswith("sqlite"):
        return
    path = Path(where.removeprefix("sqlite:///"))
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
