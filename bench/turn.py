"""What a turn costs: a page sent and the next one shown, beside the floor."""

from statistics import median

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
PAGES = 4  # turns of one person, about as many as the demonstration's shortest survey has

START = "/s/live"
OURS_PAGES = {"stop_at": "/send"}  # from the first question to the page that says what was answered
FLOOR_WALK = {"most_turns": PAGES}


def warm(server: Server, start: str, person: dict[str, object], seconds: float = 2.0) -> None:
    """Let every worker read its templates and the survey before anything is measured."""
    drive(Load(server.port, start, people=AT_ONCE, seconds=seconds, person=person))


def page_turns(server: Server, start: str, *, walks: int, prepare: int, person: dict) -> float:  # type: ignore[type-arg]
    """CPU milliseconds of one turn from question to question; people arrive unmeasured."""
    load = Load(server.port, start, people=AT_ONCE, walks=walks, prepare=prepare, person=person)
    result, used = drive_measured(load, server)
    if result.failed:
        raise RuntimeError(f"people never came to the next page: {result.errors}")
    return used * 1000 / result.turns


def whole_turns(
    server: Server, start: str, *, seconds: float, person: dict
) -> tuple[float, Result]:  # type: ignore[type-arg]
    """CPU milliseconds a turn, opening and sending included, at full speed."""
    before = server.cpu_seconds()
    result = drive(Load(server.port, start, people=USERS, seconds=seconds, person=person))
    return (server.cpu_seconds() - before) * 1000 / result.turns, result


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
    full: list[tuple[tuple[float, Result], tuple[float, Result]]] = []
    with ours(where, ground.folder) as us, bare(where, ground.folder) as floor:
        warm(us, START, {})
        warm(floor, "/", FLOOR_WALK)
        for _ in range(pairs):
            cpu.append(
                (
                    page_turns(us, START, walks=walks, prepare=2, person=OURS_PAGES),
                    page_turns(floor, "/", walks=walks, prepare=1, person=FLOOR_WALK),
                )
            )
        for _ in range(rounds):
            full.append(
                (
                    whole_turns(us, START, seconds=seconds, person={}),
                    whole_turns(floor, "/", seconds=seconds, person=FLOOR_WALK),
                )
            )
    times = median(a / b for a, b in cpu)
    whole = median(a[0] / b[0] for a, b in full)
    speeds = [(a[1].turns / a[1].seconds, b[1].turns / b[1].seconds) for a, b in full]
    share = median(a / b for a, b in speeds)
    name = databases.name
    outcome.tables.append(
        Table(
            f"A turn on {name}: median of pairs (least–most); {USERS} users without thinking time",
            ("", "ours", "floor", "ratio"),
            [
                _row("CPU ms, page to page", cpu, times),
                _row("CPU ms, opening and sending too", [(a[0], b[0]) for a, b in full], whole),
                _row("turns a second", speeds, share),
                _row("p99 ms of a turn", [_each(pair, "p99") for pair in full]),
                _row("client's CPU ms a turn", [_client(pair) for pair in full]),
            ],
            [f"{count} × {error}" for a, _ in full for error, count in a[1].errors.items()],
        )
    )
    outcome.verdicts += [
        at_most(f"CPU of a turn, times the floor ({name})", times, MOST_TIMES_FLOOR),
        at_least(f"turns a second, share of the floor ({name})", share, LEAST_SHARE_OF_FLOOR),
        none_of(f"walks that failed at full speed ({name})", sum(a[1].failed for a, _ in full)),
    ]


def _row(
    what: str, pairs: list[tuple[float, float]], ratio: float | None = None
) -> tuple[object, ...]:
    ratio = median(a / b for a, b in pairs) if ratio is None else ratio
    return what, spread([a for a, _ in pairs]), spread([b for _, b in pairs]), ratio


def _each(
    pair: tuple[tuple[float, Result], tuple[float, Result]], mark: str
) -> tuple[float, float]:
    return pair[0][1].turn_ms[mark], pair[1][1].turn_ms[mark]


def _client(pair: tuple[tuple[float, Result], tuple[float, Result]]) -> tuple[float, float]:
    a, b = (each[1].client_cpu_seconds * 1000 / each[1].turns for each in pair)
    return a, b
