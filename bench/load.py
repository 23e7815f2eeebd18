"""The driver, a process of its own: walks many people over one thread.

`python -m bench.load` reads a `Load` as one line of JSON, prints what happens as lines of JSON
(`ready`, `walks`, last the `Result`), and where the load has a `prepare` waits for a line between
the two parts, so that only the second is measured.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any

from bench.pages import Refused
from bench.person import Ask, Person, Think, Walk
from bench.report import percentile
from bench.wire import Lost, Reply, Tab

AFTER_A_FAILURE = 0.05  # seconds before the next person, so that a dead server is not hammered
TRY_AGAIN = (0.05, 0.5)  # seconds that a patient person waits; people are slower, this is harder


@dataclass(frozen=True)
class Load:
    """Who comes, how many at once, how fast, and how long.

    Args:
        people: how many at once.
        walks: how many in all; without it new ones come until `seconds` are over.
        think: seconds between two pages, at least and at most.
        arrive_seconds: over how long the first ones arrive.
        prepare: pages that each person opens before the measured part; all of `walks` do.
        only_prepare: stop there.
        person: further arguments of `Person`.
        report_every: say so after so many walks.
        details: give each finished walk's receipt and what it saved.
        finish: whoever has begun when the time is over still comes to the end.
    """

    port: int
    start: str
    people: int
    walks: int | None = None
    seconds: float = 60.0
    think: tuple[float, float] = (0.0, 0.0)
    arrive_seconds: float = 0.0
    prepare: int = 0
    only_prepare: bool = False
    person: Mapping[str, Any] = field(default_factory=dict)
    report_every: int = 0
    details: bool = False
    finish: bool = False
    first_seed: int = 1


@dataclass
class Result:
    """What came of a load; times in seconds, percentiles in milliseconds."""

    walks: int = 0
    turns: int = 0
    requests: int = 0
    seconds: float = 0.0
    client_cpu_seconds: float = 0.0
    turn_ms: dict[str, float] = field(default_factory=dict)
    request_ms: dict[str, float] = field(default_factory=dict)
    start_page_seconds: dict[str, float] = field(default_factory=dict)
    first_question_seconds: dict[str, float] = field(default_factory=dict)
    cut: int = 0  # requests that were on their way when the connection ended
    unreached: int = 0  # connections that could not be made
    refused: int = 0
    tried_again: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    longest_gap_seconds: float = 0.0  # without any answer
    finished: list[dict[str, Any]] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """Walks that ended before their end."""
        return self.cut + self.unreached + self.refused


@dataclass
class Trip:
    """A person under way."""

    person: Person
    walk: Walk
    tab: Tab
    began: float
    pages: int = 0
    thinks: int = 0
    turn_began: float | None = None
    reply: Reply | None = None
    lost: Lost | None = None
    over: bool = False


def marks(values: list[float], factor: float = 1000.0) -> dict[str, float]:
    """The percentiles that tables show."""
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "most": 1.0}
    found = {name: percentile(values, share) * factor for name, share in shares.items()}
    return {**found, "count": len(values)}


class Driver:
    """Walks the people of one load."""

    def __init__(self, load: Load, say: Callable[[dict[str, Any]], None]) -> None:
        self.load = load
        self.say = say
        self.result = Result()
        self.errors: Counter[str] = Counter()
        self.turn_times: list[float] = []
        self.request_times: list[float] = []
        self.start_pages: list[float] = []
        self.first_questions: list[float] = []
        self.begun = 0
        self.last_answer = 0.0
        self.chance = Random(load.first_seed)
        self.ends = float("inf")

    async def run(self) -> Result:
        """Drive the load, in two parts where it is prepared."""
        load = self.load
        if load.prepare:
            trips: list[Trip] = []
            await self._lanes(self._prepare, trips)
            if not load.only_prepare:
                self._forget()
                self.say({"ready": len(trips)})
                await asyncio.to_thread(sys.stdin.readline)
                began, used = time.perf_counter(), time.process_time()
                await self._lanes(self._finish, trips)
                self._close(began, used)
            return self.result
        began, used = time.perf_counter(), time.process_time()
        self.ends = began + load.seconds
        await self._lanes(self._go_on)
        self._close(began, used)
        return self.result

    async def _lanes(self, lane: Callable[..., Any], *arguments: Any) -> None:
        self.last_answer = time.perf_counter()
        await asyncio.gather(*(lane(at, *arguments) for at in range(self.load.people)))
        self._sum_up()

    async def _arrive(self, lane: int) -> None:
        if self.load.arrive_seconds:
            await asyncio.sleep(self.load.arrive_seconds * lane / self.load.people)

    async def _go_on(self, lane: int) -> None:
        await self._arrive(lane)
        while time.perf_counter() < self.ends and (trip := self._next()):
            await self._advance(trip, None)
            trip.tab.close()

    async def _prepare(self, lane: int, trips: list[Trip]) -> None:
        await self._arrive(lane)
        while trip := self._next():
            await self._advance(trip, self.load.prepare)
            trip.tab.close()
            trips.append(trip)

    async def _finish(self, _lane: int, trips: list[Trip]) -> None:
        while trips:
            trip = trips.pop()
            await self._advance(trip, None)
            trip.tab.close()

    def _next(self) -> Trip | None:
        if self.load.walks is not None and self.begun >= self.load.walks:
            return None
        person = Person(self.load.start, seed=self.load.first_seed + self.begun, **self.load.person)
        self.begun += 1
        return Trip(person, person.walk(), Tab(self.load.port), time.perf_counter())

    async def _advance(self, trip: Trip, thinks: int | None) -> None:
        """Walk somebody to the end, or until they have stopped to think so often."""
        try:
            while not trip.over:
                step = self._step(trip)
                if isinstance(step, Think):
                    if not step.trying_again:
                        trip.thinks += 1
                        self._seen(trip)
                        if trip.thinks == thinks:
                            return
                    if not await self._think(step):
                        trip.over = True
                else:
                    await self._ask(trip, step)
        except StopIteration:
            self._finished(trip)
        except Lost as lost:
            self.result.cut += lost.sent
            self.result.unreached += not lost.sent
            await self._failed(trip, lost)
        except Refused as refused:
            self.result.refused += 1
            await self._failed(trip, refused)

    def _step(self, trip: Trip) -> Ask | Think:
        reply, lost = trip.reply, trip.lost
        trip.reply = trip.lost = None
        if lost is not None:
            return trip.walk.throw(lost)
        return trip.walk.send(reply) if reply is not None else next(trip.walk)

    async def _think(self, step: Think) -> bool:
        """Wait as long as this takes; whether there is time to go on."""
        if step.trying_again:
            self.result.tried_again += 1
        seconds = self.chance.uniform(*(TRY_AGAIN if step.trying_again else self.load.think))
        left = self.ends - time.perf_counter()
        over = seconds > left and not step.trying_again and not self.load.finish
        if seconds := max(0.0, left) if over else seconds:
            await asyncio.sleep(seconds)
        return not over

    async def _ask(self, trip: Trip, ask: Ask) -> None:
        began = time.perf_counter()
        if ask.method == "POST":
            trip.turn_began = began
        try:
            trip.reply = await trip.tab.ask(ask.raw)
        except Lost as lost:
            trip.lost, trip.turn_began = lost, None
            return
        ended = time.perf_counter()
        gap, self.last_answer = ended - self.last_answer, ended
        self.result.longest_gap_seconds = max(self.result.longest_gap_seconds, gap)
        self.result.requests += 1
        self.request_times.append(ended - began)
        if ask.part or 300 <= trip.reply.status < 400:
            return
        trip.pages += 1
        if trip.turn_began is not None:
            self.result.turns += 1
            self.turn_times.append(ended - trip.turn_began)
            trip.turn_began = None

    def _seen(self, trip: Trip) -> None:
        """A page stands there with all that belongs to it; note when the first two did."""
        first = {1: self.start_pages, 2: self.first_questions}
        if trip.pages == trip.thinks and trip.pages in first:
            first[trip.pages].append(time.perf_counter() - trip.began)

    def _finished(self, trip: Trip) -> None:
        trip.over = True
        self.result.walks += 1
        person = trip.person
        if self.load.details:
            kept = {"seed": person.seed, "receipt": person.receipt, "saved": person.saved}
            self.result.finished.append({**kept, "failures": person.failures})
        if self.load.report_every and self.result.walks % self.load.report_every == 0:
            self.say({"walks": self.result.walks})

    async def _failed(self, trip: Trip, error: Exception) -> None:
        trip.over = True
        self.errors[f"{type(error).__name__}: {error}"] += 1
        await asyncio.sleep(AFTER_A_FAILURE)

    def _forget(self) -> None:
        kept = self.result
        self.result = Result(cut=kept.cut, unreached=kept.unreached, refused=kept.refused)
        self.turn_times, self.request_times = [], []

    def _sum_up(self) -> None:
        self.result.turn_ms = marks(self.turn_times)
        self.result.request_ms = marks(self.request_times)
        self.result.start_page_seconds = marks(self.start_pages, 1)
        self.result.first_question_seconds = marks(self.first_questions, 1)
        self.result.errors = dict(self.errors.most_common(5))

    def _close(self, began: float, used: float) -> None:
        self.result.seconds = time.perf_counter() - began
        self.result.client_cpu_seconds = time.process_time() - used


def main() -> None:
    """Read the load, drive it, print the result."""

    def say(message: dict[str, Any]) -> None:
        print(json.dumps(message), flush=True)

    load = Load(**json.loads(sys.stdin.readline()))
    say({"result": asdict(asyncio.run(Driver(load, say).run()))})


if __name__ == "__main__":
    main()
