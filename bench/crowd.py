"""A crowd: 200 people reading and answering, and 200 who arrive within one second."""

from collections.abc import Mapping
from typing import Any

from bench.databases import fill, survey
from bench.drive import drive
from bench.ground import Ground
from bench.load import Load, Result
from bench.report import Outcome, Table, at_most, none_of
from bench.running import Server, bare, ours
from bench.turn import FLOOR_WALK, START, warm

PEOPLE = 200
THINK = (0.0, 10.0)  # seconds; 5 in the middle
MOST_MS = 150.0  # from pressing a button to the next page, for 99 of 100
ARRIVE_SECONDS = 1.0
MOST_SECONDS = 2.0  # from the poster to the first page
ARRIVALS = 3  # repeated, for it is over so soon


def run(ground: Ground) -> Outcome:
    """Waiting times of a crowd, on SQLite as the program starts without settings."""
    where = fill(ground.sqlite.fresh(), [survey("live")])
    seconds = ground.pick(60.0, 20.0)
    with ours(where, ground.folder) as us, bare(where, ground.folder) as floor:
        warm(us, START, {})
        warm(floor, "/", FLOOR_WALK)
        ours_thinking = _thinking(us, START, {"loads": True}, seconds)
        floor_thinking = _thinking(floor, "/", {"most_turns": 7}, seconds)
        times = ground.pick(ARRIVALS, 2)
        ours_arriving = [_arriving(us, START, {"loads": True}, 2) for _ in range(times)]
        floor_arriving = [_arriving(floor, "/", {"most_turns": 2}, 2) for _ in range(times)]
    errors = ours_thinking.failed + sum(result.failed for result in ours_arriving)
    slowest = max(result.start_page_seconds["most"] for result in ours_arriving)
    seen = sum(result.first_question_seconds["count"] for result in ours_arriving)
    outcome = Outcome(
        [
            _waits(f"{PEOPLE} people, {seconds:g} s", ours_thinking, floor_thinking),
            _arrivals(ours_arriving, floor_arriving),
        ]
    )
    outcome.verdicts += [
        at_most(f"{mark} of a turn, {PEOPLE} people", ours_thinking.turn_ms[mark], MOST_MS, " ms")
        for mark in ("p50", "p95", "p99")
    ]
    outcome.verdicts += [
        at_most(f"first page of the last of {PEOPLE}", slowest, MOST_SECONDS, " s"),
        none_of("people who never saw the first question", round(PEOPLE * times - seen)),
        none_of("errors", errors),
    ]
    return outcome


def _thinking(server: Server, start: str, person: Mapping[str, Any], seconds: float) -> Result:
    load = Load(
        server.port,
        start,
        people=PEOPLE,
        seconds=seconds,
        think=THINK,
        arrive_seconds=THINK[1],
        person=person,
    )
    return drive(load)


def _arriving(server: Server, start: str, person: Mapping[str, Any], pages: int) -> Result:
    load = Load(
        server.port,
        start,
        people=PEOPLE,
        walks=PEOPLE,
        arrive_seconds=ARRIVE_SECONDS,
        prepare=pages,
        only_prepare=True,
        person=person,
    )
    return drive(load)


def _waits(title: str, us: Result, floor: Result) -> Table:
    rows: list[tuple[object, ...]] = [
        (f"turn {mark}, ms", us.turn_ms[mark], floor.turn_ms[mark], _ratio(us, floor, mark))
        for mark in ("p50", "p95", "p99", "most")
    ]
    rows += [
        ("request p99, ms", us.request_ms["p99"], floor.request_ms["p99"], ""),
        ("turns", us.turns, floor.turns, ""),
        ("errors", us.failed, floor.failed, ""),
    ]
    notes = [f"{count} × {error}" for error, count in us.errors.items()]
    title = f"{title}, {THINK[0]:g}–{THINK[1]:g} s between pages; a turn is send and next page"
    return Table(title, ("", "ours", "floor", "ratio"), rows, notes)


def _ratio(us: Result, floor: Result, mark: str) -> float:
    return us.turn_ms[mark] / floor.turn_ms[mark]


def _arrivals(us: list[Result], floor: list[Result]) -> Table:
    rows = []
    for at, (mine, theirs) in enumerate(zip(us, floor, strict=True), start=1):
        for what, ours_times, floor_times in (
            ("first page", mine.start_page_seconds, theirs.start_page_seconds),
            ("first question", mine.first_question_seconds, theirs.first_question_seconds),
        ):
            rows.append(
                (
                    f"{at}. {what}",
                    *(ours_times[mark] for mark in ("p50", "p95", "most")),
                    floor_times["most"],
                    ours_times["most"] / floor_times["most"],
                )
            )
    return Table(
        f"{PEOPLE} people arrive within {ARRIVE_SECONDS:g} s and press Start at once: seconds "
        "until each sees the first page with style and icon, and the first question (the floor: "
        "its page, and the next)",
        ("", "p50", "p95", "last", "floor last", "ratio"),
        rows,
    )
