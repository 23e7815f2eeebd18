"""Three servers under the same app and load: what each costs, and how each ends."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median

import psutil

from bench.databases import Postgresql, Sqlite, fill, survey
from bench.drive import Driven
from bench.ground import Ground
from bench.load import Load, Result
from bench.report import Outcome, Table, at_most, spread
from bench.running import under
from bench.turn import FLOOR_WALK, START, USERS, full_speed, warm

SERVERS = ("gunicorn", "granian", "waitress")
USED = "gunicorn"  # by `feedback serve`
MOST_TIMES_BEST = 1.25  # CPU of a turn: dearer than this would be a reason to change
ENDS_AFTER = 1.5  # seconds of load before a server is told to end
FEW = 20  # people while servers end


@dataclass
class Found:
    """What one server did."""

    speed: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    floor_cpu: list[float] = field(default_factory=list)
    rss: float = 0.0
    workers: int = 0
    told_to_end: str = ""
    worker_killed: str = ""


def run(ground: Ground) -> Outcome:
    """Cost in rounds that alternate, then SIGTERM and a killed worker."""
    databases = ground.postgresql or ground.sqlite
    found = {name: Found() for name in SERVERS}
    where = fill(databases.fresh(), [survey("live")])
    for _ in range(ground.pick(4, 1)):
        for name in SERVERS:
            _measure(name, where, ground, found[name])
    for name in SERVERS:
        found[name].told_to_end = _told_to_end(name, where, ground)
        found[name].worker_killed = _worker_killed(name, where, ground)
    best = min(median(each.cpu) for each in found.values())
    return Outcome(
        [_costs(found, databases), _ends(found)],
        [
            at_most(
                f"CPU of a turn on {USED}, times the best of three",
                median(found[USED].cpu) / best,
                MOST_TIMES_BEST,
            )
        ],
    )


def _measure(name: str, where: str, ground: Ground, found: Found) -> None:
    seconds = ground.pick(6.0, 4.0)
    with under(name, "ours", where, ground.folder) as server:
        warm(server, START, {})
        full = full_speed(server, START, seconds=seconds, person={})
        found.cpu.append(full.cpu_ms)
        found.speed.append(full.speed)
        found.p99.append(full.result.turn_ms["p99"])
        found.rss = max(each.rss for each in server.memory())
        found.workers = len(server.workers())
    with under(name, "floor", where, ground.folder) as server:
        warm(server, "/", FLOOR_WALK, seconds=1.0)
        full = full_speed(server, "/", seconds=seconds / 2, person=FLOOR_WALK)
        found.floor_cpu.append(full.cpu_ms)


def _told_to_end(name: str, where: str, ground: Ground) -> str:
    """SIGTERM while people answer: are requests that are under way still answered?"""
    with under(name, "ours", where, ground.folder) as server:
        warm(server, START, {}, seconds=1.0)
        load = Load(server.port, START, people=FEW, seconds=5.0)
        took: list[float] = []
        with Driven(load) as driven:
            time.sleep(ENDS_AFTER)
            ending = threading.Thread(target=lambda: took.append(server.stop()))
            ending.start()
            result = driven.result()
            ending.join()
    return f"ends in {took[0]:.1f} s, {result.cut} requests unanswered"


def _worker_killed(name: str, where: str, ground: Ground) -> str:
    """SIGKILL for one of the processes that answer: who notices, and for how long?"""
    with under(name, "ours", where, ground.folder) as server:
        warm(server, START, {}, seconds=1.0)
        before = {worker.pid for worker in server.workers()}
        with Driven(Load(server.port, START, people=FEW, seconds=6.0)) as driven:
            time.sleep(ENDS_AFTER)
            with suppress(psutil.NoSuchProcess):
                server.kill_worker(server.workers()[0])
            result = driven.result()
        alive = server.answers()
        after = {worker.pid for worker in server.workers()} if alive else set()
    return _in_words(result, alive, len(after - before), len(after))


def _in_words(result: Result, alive: bool, new: int, workers: int) -> str:
    if not alive:
        return f"answers nobody any more, {result.cut} requests unanswered"
    return (
        f"{result.cut} requests unanswered, longest silence {result.longest_gap_seconds:.1f} s, "
        f"{new} replaced, {workers} workers"
    )


def _costs(found: dict[str, Found], databases: Sqlite | Postgresql) -> Table:
    rows = [
        (
            name,
            each.workers,
            spread(each.speed),
            spread(each.p99),
            spread(each.cpu),
            median(each.cpu) / median(each.floor_cpu),
            each.rss,
        )
        for name, each in found.items()
    ]
    return Table(
        f"Our app under three servers, {databases.name}, {USERS} users without thinking time",
        ("", "processes", "turns/s", "p99 ms", "CPU ms a turn", "to its floor", "MB of one"),
        rows,
        ["Waitress has one process with all the threads; a second needs a second server."],
    )


def _ends(found: dict[str, Found]) -> Table:
    rows = [(name, each.told_to_end, each.worker_killed) for name, each in found.items()]
    return Table(
        f"How servers end while {FEW} people answer", ("", "SIGTERM", "a worker is killed"), rows
    )
