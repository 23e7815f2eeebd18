"""Workers are killed while people answer: no receipt is ever shown for what is not kept."""

import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

from bench.databases import Postgresql, Sqlite, fill, survey
from bench.drive import Driven
from bench.ground import Ground
from bench.kept import Kept, double_taps, faults
from bench.load import Load, Result
from bench.report import Outcome, Table, Verdict, none_of, not_measured
from bench.running import Server, ours

PEOPLE = 30
LEAST_KILLS = 20
PAUSE = (0.3, 2.5)  # seconds between two kills: sometimes before the last one has been replaced
SEED = 7


@dataclass
class Killer:
    """Ends workers at random moments until told to stop."""

    server: Server
    stopped: threading.Event
    kills: int = 0

    def work(self) -> None:
        """Kill one worker after the other."""
        chance = random.Random(SEED)
        while not self.stopped.wait(chance.uniform(*PAUSE)):
            workers = [w for w in self.server.workers() if w.pid != self.server.process.pid]
            if not workers:
                continue
            try:
                self.server.kill_worker(chance.choice(workers))
                self.kills += 1
            except psutil.NoSuchProcess:
                continue


def run(ground: Ground) -> Outcome:
    """Kills and double taps on each database."""
    outcome = Outcome()
    rows: list[tuple[object, ...]] = []
    taps: list[tuple[object, ...]] = []
    for databases in ground.databases:
        row, tapped, verdicts = _on(ground, databases)
        rows.append(row)
        taps.append(tapped)
        outcome.verdicts += verdicts
    outcome.tables = [
        Table(
            f"{PEOPLE} people at once, each presses again until a receipt is shown",
            (
                "", "kills", "walks", "with a failure", "tried again", "receipts",
                "not kept", "kept twice", "not whole", "stored in all", "longest silence, s",
            ),
            rows,
            ["No floor here: the floor shows no receipt."],
        ),
        Table(
            "The same sending many times at one moment",
            ("", "people", "taps", "stored", "receipts that differ", "answered otherwise"),
            taps,
        ),
    ]  # fmt: skip
    if ground.postgresql is None:
        outcome.verdicts.append(not_measured("kills on PostgreSQL", "no PostgreSQL"))
    return outcome


def _on(
    ground: Ground, databases: Sqlite | Postgresql
) -> tuple[tuple[object, ...], tuple[object, ...], Sequence[Verdict]]:
    where = fill(databases.fresh(), [survey("live")])
    with ours(where, ground.folder) as server:
        result, kills = _killed(server, ground.pick(60.0, 35.0))
        kept = Kept(where, "live")
        wrong = faults(kept, result.finished)
        tapped = double_taps(server.port, kept, people=ground.pick(20, 8))
        sound = kept.sound()
        kept.close()
    receipts = sum(bool(walk["receipt"]) for walk in result.finished)
    row = (
        databases.name, kills, result.walks,
        sum(bool(walk["failures"]) for walk in result.finished), result.tried_again, receipts,
        wrong.missing, wrong.twice, wrong.broken, wrong.stored, result.longest_gap_seconds,
    )  # fmt: skip
    taps = (databases.name, tapped.people, tapped.taps, tapped.stored, tapped.differ, tapped.odd)
    name = databases.name
    verdicts = [
        Verdict(f"kills ({name})", f"{kills}", f"≥ {LEAST_KILLS}", kills >= LEAST_KILLS),
        none_of(f"receipts of {receipts:,} not kept once and whole ({name})", wrong.total),
        none_of(f"walks without a receipt at the end ({name})", result.failed),
        none_of(f"double taps that stored or showed two ({name})", tapped.wrong),
        Verdict(f"the database is sound ({name})", sound, "ok", sound == "ok"),
    ]
    return row, taps, verdicts


def _killed(server: Server, seconds: float) -> tuple[Result, int]:
    """Walk people while workers are killed; everybody may finish after the last kill."""
    load = Load(
        server.port,
        "/s/live",
        people=PEOPLE,
        seconds=seconds,
        think=(0.0, 0.02),
        person={"patient": True},
        details=True,
        finish=True,
    )
    killer = Killer(server, threading.Event())
    thread = threading.Thread(target=killer.work)
    with Driven(load, longest_seconds=seconds + 120) as driven:
        time.sleep(1)
        thread.start()
        try:
            result = driven.result()
        finally:
            killer.stopped.set()
            thread.join()
    return result, killer.kills
