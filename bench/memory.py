"""What a worker takes in memory, and whether it stays there."""

from collections.abc import Mapping, Sequence
from typing import Any

from bench.databases import fill, survey
from bench.drive import Driven, DriverEnded
from bench.ground import Ground
from bench.load import Load, Result
from bench.report import Outcome, Table, at_most, none_of
from bench.running import Memory, Server, bare, ours
from bench.turn import FLOOR_WALK, START, USERS

MOST_MB = 80.0  # a worker
MOST_GROWTH_MB = 4.0  # after the first thousand walks: caches are full by then
LONGEST_SECONDS = 900.0  # for our walks; the floor gets a fraction of it


def run(ground: Ground) -> Outcome:
    """Memory of each worker over many walks; workers are never renewed, so that growth shows."""
    walks, every = ground.pick(10_000, 1_200), ground.pick(1_000, 200)
    seconds = ground.pick(LONGEST_SECONDS, 60.0)
    where = fill(ground.sqlite.fresh(), [survey("live")])
    with ours(where, ground.folder) as us:
        mine, us_result = _over(us, START, {}, walks=walks, every=every, seconds=seconds)
    with bare(where, ground.folder) as floor:
        some = walks // 10
        least, _ = _over(floor, "/", FLOOR_WALK, walks=some, every=some, seconds=seconds / 5)
    last_of_floor = least[-1][1]
    rows = []
    for count, memory in mine:
        rss = max(each.rss for each in memory)
        rows.append(
            (
                f"{count:,} walks",
                rss,
                max(each.pss for each in memory),
                max(each.uss for each in memory),
                rss / max(each.rss for each in last_of_floor),
            )
        )
    settled = mine[1] if len(mine) > 1 else mine[0]
    growth = max(e.rss for e in mine[-1][1]) - max(e.rss for e in settled[1])
    done, errors = us_result.walks, us_result.errors
    notes = [f"{done:,} of {walks:,} walks in the time there was"]
    notes += [f"{count} × {error}" for error, count in errors.items()]
    return Outcome(
        [
            Table(
                "MB of the largest of our workers; ratio to the floor's after "
                f"{least[-1][0]:,} walks",
                ("after", "RSS", "PSS", "USS", "to floor"),
                rows,
                notes,
            )
        ],
        [
            at_most("largest worker, RSS", max(row[1] for row in rows), MOST_MB, " MB"),
            at_most("largest worker, PSS", max(row[2] for row in rows), MOST_MB, " MB"),
            at_most(f"growth after {settled[0]:,} walks", growth, MOST_GROWTH_MB, " MB"),
            none_of("walks that failed", us_result.failed),
        ],
    )


def _over(
    server: Server,
    start: str,
    person: Mapping[str, Any],
    *,
    walks: int,
    every: int,
    seconds: float,
) -> tuple[Sequence[tuple[int, list[Memory]]], Result]:
    """Memory before, after each `every` walks, and at the end."""
    found = [(0, server.memory())]
    load = Load(
        server.port,
        start,
        people=USERS,
        walks=walks,
        seconds=seconds,
        report_every=every,
        person=person,
    )
    with Driven(load, longest_seconds=seconds + 60) as driven:
        for said in driven.says():
            if "walks" in said:
                found.append((said["walks"], server.memory()))
            if "result" in said:
                result = Result(**said["result"])
                if result.walks != found[-1][0]:
                    found.append((result.walks, server.memory()))
                return found, result
    raise DriverEnded("the walks ended without a result")
