"""A group's room: 40 members come in at once, and 40 screens that follow what is new."""

import http.client
import random
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from statistics import median
from urllib.parse import urlencode

from bench.databases import Postgresql, Sqlite
from bench.ground import Ground
from bench.report import Outcome, Table, Verdict, at_most, percentile
from bench.running import Server, ours
from feedback.database import Database, migrate
from feedback.forms.groups import KIND_WORDS, PICTURES
from feedback.queries import groups
from feedback.services import holding
from feedback.services.holding import Facts
from feedback.vocabulary import Audience, GroupColour

MEMBERS = 40
EVERY = 1.0  # seconds between two questions of a screen, as static/js/room.js asks
MOST_SECONDS = 2.0  # until a screen shows what is new, and until somebody is in
CHANGES, QUICK = 30, 6
APART = 2.5  # seconds from one change to the next
QUIET = 8.0  # seconds in which nothing happens, for the processor time of asking alone
CODE = "kite1234"


class Screen:
    """One member's browser: comes in, asks for the number, fetches the page when it has risen."""

    def __init__(self, port: int, number: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookie = ""
        self._fields = {
            "picture": list(PICTURES)[number % len(PICTURES)],
            "word": str(KIND_WORDS[number // len(PICTURES)]),
        }
        self.number = ""
        self.seen: list[tuple[int, float]] = []  # number of a page, moment at which it was there

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """One request with the cookie of this browser; redirects are followed."""
        body = urlencode(fields) if fields else None
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self._line.request(method, path, body, headers)
        reply = self._line.getresponse()
        text = reply.read().decode("utf-8")
        if kept := reply.getheader("Set-Cookie"):
            self._cookie = kept.partition(";")[0]
        if reply.status in (302, 303):
            return self.ask("GET", str(reply.getheader("Location")))
        return reply.status, text

    def come_in(self, start: threading.Barrier) -> float:
        """Go in together with all others; gives the seconds of the last press."""
        path = f"/together/{CODE}/join/word"
        _status, page = self.ask("GET", f"{path}?picture={self._fields['picture']}")
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
        start.wait()
        began = time.monotonic()
        status, page = self.ask("POST", path, {**self._fields, "csrf_token": token[1]})  # type: ignore[index]
        if status != http.client.OK or "room-script" not in page:
            raise RuntimeError(f"coming in answered {status}")
        return time.monotonic() - began

    def follow(self, until: threading.Event) -> None:
        """Ask every second, and fetch the page where the number has risen."""
        time.sleep(random.random() * EVERY)
        while not until.is_set():
            _status, words = self.ask("GET", f"/together/{CODE}/changes")
            number = words.split()[0]
            if number != self.number:
                _status, page = self.ask("GET", f"/together/{CODE}")
                shown = re.search(r'data-number="(\d+)"', page)
                self.number = shown[1]  # type: ignore[index]
                self.seen.append((int(self.number), time.monotonic()))
            time.sleep(EVERY)


def run(ground: Ground) -> Outcome:
    """Fill a room on each database, and change something again and again."""
    rows: list[tuple[object, ...]] = []
    verdicts = list[Verdict]()
    for databases in ground.databases:
        row, met = _measure(databases, ground)
        rows.append(row)
        verdicts += met
    headings = (
        *("database", "in: median s", "slowest", "new: median s", "95 %", "slowest"),
        *("asking: CPU ms a second", "with changes"),
    )
    title = f"{MEMBERS} members of one room, each screen asking every second"
    return Outcome([Table(title, headings, rows)], verdicts)


def _measure(
    databases: Sqlite | Postgresql, ground: Ground
) -> tuple[tuple[object, ...], list[Verdict]]:
    where = databases.fresh()
    database = Database(where)
    migrate(database)
    _open(database)
    with ours(where, ground.folder) as server:
        screens = [Screen(server.port, number) for number in range(MEMBERS)]
        start = threading.Barrier(MEMBERS)
        with ThreadPoolExecutor(MEMBERS) as people:
            waits = list(people.map(lambda each: each.come_in(start), screens))
        over = threading.Event()
        threads = [threading.Thread(target=each.follow, args=(over,)) for each in screens]
        for each in threads:
            each.start()
        time.sleep(3)  # all know the number that stands now
        asking = _used(server, lambda: time.sleep(QUIET))
        made: list[tuple[int, float]] = []
        changing = _used(server, lambda: _change(database, made, ground.pick(CHANGES, QUICK)))
        time.sleep(3)
        over.set()
        for each in threads:
            each.join()
    database.close()
    delays = [_delay(each, number, at) for number, at in made for each in screens]
    row = (
        databases.name,
        f"{median(waits):.2f}",
        f"{max(waits):.2f}",
        f"{median(delays):.2f}",
        f"{percentile(delays, 0.95):.2f}",
        f"{max(delays):.2f}",
        f"{asking:.0f}",
        f"{changing:.0f}",
    )
    name = databases.name
    return row, [
        at_most(f"rooms, {name}: slowest to come in", max(waits), MOST_SECONDS, " s"),
        at_most(f"rooms, {name}: slowest to see what is new", max(delays), MOST_SECONDS, " s"),
    ]


def _open(database: Database) -> None:
    now = datetime.now(UTC)
    facts = Facts(name="Bench", audience=Audience.YOUNG_PERSON, colour=GroupColour.SEA, credit={})
    with database.writing() as session, session.begin():
        group = holding.add_group(session, facts, by=None, now=now)
        room = holding.open_room(session, group, 180, chance=random.Random(1), by=None, now=now)
        room.code = CODE


def _change(database: Database, made: list[tuple[int, float]], times: int) -> None:
    """Let something be new, again and again; notes each number and when it stood."""
    for _ in range(times):
        with database.writing() as session, session.begin():
            room = groups.by_code(session, CODE)
            assert room is not None
            holding.touch(session, room)
            number = room.changes
        made.append((number, time.monotonic()))
        time.sleep(APART)


def _used(server: Server, does: Callable[[], None]) -> float:
    """Processor time of the server in milliseconds a second, while something goes on."""
    before, began = server.cpu_seconds(), time.monotonic()
    does()
    return 1000 * (server.cpu_seconds() - before) / (time.monotonic() - began)


def _delay(screen: Screen, number: int, at: float) -> float:
    """Seconds until a screen showed a change, or a later one."""
    return min((moment - at for seen, moment in screen.seen if seen >= number), default=99.0)
