"""What a turn costs: a page sent and the next one shown, beside the floor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.databases import Postgresql, Sqlite, fill, survey
from bench.drive import drive, drive_measured
from bench.ground import Ground
from bench.load import Load, Result
from bench.report import Outcome, Table, at_least, at_most, none_of, not_measured, spread
from bench.running import Server, bare, ours

MOST_TIMES_FLOOR = 2.5  # CPU of a turn
LEAST_SHARE_OF_FLOOR = 0.35  # turns a second
AT_ONCE = 10  # while CPU is measured: enough to keep both workers busy
USERS = 50  # while turns a second are counted
MOST_LOST = 0.05  # of the people whose CPU is measured; with more the figure means nothing
PAGES = 4  # turns of one person, about as many as the demonstration's shortest survey has

START = "/s/live"
OURS_PAGES = {"stop_at": "/send"}  # from the first question to the page that says what was answered
FLOOR_WALK = {"most_turns": PAGES}


def warm(server: Server, start: str, person: Mapping[str, Any], seconds: float = 2.0) -> None:
    """Let every worker read its templates and the survey before anything is measured."""
    drive(Load(server.port, start, people=AT_ONCE, seconds=seconds, person=person))


def page_turns(
    server: Server, start: str, *, walks: int, prepare: int, person: Mapping[str, Any]
) -> float:
    """CPU milliseconds of one turn from question to question; people arrive unmeasured."""
    load = Load(server.port, start, people=AT_ONCE, walks=walks, prepare=prepare, person=person)
    result, used = drive_measured(load, server)
    if not result.turns or result.failed > MOST_LOST * walks:
        raise RuntimeError(f"people never came to the next page: {result.errors}")
    return used * 1000 / result.turns


@dataclass(frozen=True)
class Full:
    """A server at full speed: whole walks, opening and sending included."""

    used: float
    result: Result

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds a turn."""
        return self.used * 1000 / self.result.turns

    @property
    def speed(self) -> float:
        """Turns a second."""
        return self.result.turns / self.result.seconds

    @property
    def client_ms(self) -> float:
        """CPU milliseconds that the driver itself takes a turn."""
        return self.result.client_cpu_seconds * 1000 / self.result.turns


def full_speed(server: Server, start: str, *, seconds: float, person: Mapping[str, Any]) -> Full:
    """Drive a server as fast as it answers."""
    before = server.cpu_seconds()
    result = drive(Load(server.port, start, people=USERS, seconds=seconds, person=person))
    if not result.turns:
        raise RuntimeError(f"nobody came to a next page: {result.errors}")
    return Full(server.cpu_seconds() - before, result)


def run(ground: Ground) -> Outcome:
    """CPU a turn and turns a second on each database."""
    outcome = Outcome()
    for databases in ground.databases:
        _measure(ground, databases, outcome)
    if ground.postgresql is None:
        outcome.verdicts.append(not_measured("turns on PostgreSQL", "no PostgreSQL"))
    return outcome


def _measure(ground: Ground, databases: Sqlite | Postgresql, outcome: Outcome) -> None:
    pairs, walks = ground.pick(7, 3), ground.pick(400, 120)
    rounds, seconds = ground.pick(5, 2), ground.pick(8.0, 4.0)
    where = fill(databases.fresh(), [survey("live")])
    cpu: list[tuple[float, float]] = []
    full: list[tuple[Full, Full]] = []
    with ours(where, ground.folder) as us, bare(where, ground.folder) as floor:
        warm(us, START, {})
        warm(floor, "/", FLOOR_WALK)
        for _ in range(pairs):
            mine = page_turns(us, START, walks=walks, prepare=2, person=OURS_PAGES)
            least = page_turns(floor, "/", walks=walks, prepare=1, person=FLOOR_WALK)
            cpu.append((mine, least))
        for _ in range(rounds):
            fast = full_speed(us, START, seconds=seconds, person={})
            fastest = full_speed(floor, "/", seconds=seconds, person=FLOOR_WALK)
            full.append((fast, fastest))
    name, speeds = databases.name, [(a.speed, b.speed) for a, b in full]
    outcome.tables.append(
        Table(
            f"A turn on {name}: median of pairs (least–most); {USERS} users without thinking time",
            ("", "ours", "floor", "ratio"),
            [
                _row("CPU ms, page to page", cpu),
                _row("CPU ms, opening and sending too", [(a.cpu_ms, b.cpu_ms) for a, b in full]),
                _row("turns a second", speeds),
                _row("p99 ms of a turn", [(_p99(a), _p99(b)) for a, b in full]),
                _row("client's CPU ms a turn", [(a.client_ms, b.client_ms) for a, b in full]),
            ],
            [f"{count} × {error}" for a, _ in full for error, count in a.result.errors.items()],
        )
    )
    lost = sum(a.result.failed for a, _ in full)
    outcome.verdicts += [
        at_most(f"CPU of a turn, times the floor ({name})", _ratio(cpu), MOST_TIMES_FLOOR),
        at_least(f"turns a second, share of floor ({name})", _ratio(speeds), LEAST_SHARE_OF_FLOOR),
        none_of(f"walks that failed at full speed ({name})", lost),
    ]


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    return median(a / b for a, b in pairs)


def _row(what: str, pairs: Sequence[tuple[float, float]]) -> tuple[object, ...]:
    return what, spread([a for a, _ in pairs]), spread([b for _, b in pairs]), _ratio(pairs)


def _p99(full: Full) -> float:
    return full.result.turn_ms["p99"]
