"""Public pages of what was heard and promised: bytes and milliseconds, thirty a page."""

import http.client
import statistics
import time
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from bench.ground import Ground
from bench.report import KB, Outcome, Table, at_most
from bench.running import ours
from feedback import demo
from feedback.database import Database, migrate
from feedback.models.improvements import Commitment, Insight, Update
from feedback.settings import Settings

MOST_BYTES, MOST_MS = 60 * KB, 100
INSIGHTS, AGAIN = 30, 15
ONE = "kept-informed"  # two promises and a measure: the longest
PAGES = (
    *("/", "/figures/1", "/you-said", "/you-said?read=easy&language=ar", "/you-said?state=late"),
    *(f"/you-said/{ONE}", "/you-said/what-changed", "/you-said/clear"),
    *("/you-said/embed", "/you-said/feed.rss", "/you-said/feed.json"),
)


def run(ground: Ground) -> Outcome:
    """Load the demonstration, write its promises up several times over, and read the pages."""
    where = ground.sqlite.fresh()
    _fill(where, ground.folder)
    rows: list[tuple[object, ...]] = []
    heaviest, slowest = 0, 0.0
    with ours(where, ground.folder) as server:
        for path in PAGES:
            size, taken = _read(server.port, path)
            heaviest, slowest = max(heaviest, size), max(slowest, statistics.median(taken))
            rows.append((path, size, f"{statistics.median(taken):.0f}", f"{max(taken):.0f}"))
    table = Table(
        f"{INSIGHTS} insights, each with its promises, SQLite",
        ("page", "bytes", "median ms", f"slowest of {AGAIN}"),
        rows,
    )
    return Outcome(
        [table],
        [
            at_most("promises: largest page", heaviest, MOST_BYTES, " bytes"),
            at_most("promises: slowest page, median", slowest, MOST_MS, " ms"),
        ],
    )


def _fill(where: str, folder: Path) -> None:
    database = Database(where)
    migrate(database)
    settings = Settings(database=where, instance=folder, demonstration=True)
    demo.load(settings, seed=1, again=False, say=lambda _words: None)
    with database.writing() as session, session.begin():
        _multiply(session)
    database.close()


def _multiply(session: Session) -> None:
    """The demonstration's insights again under other codes, until there are enough."""
    whole = selectinload(Insight.commitments).selectinload(Commitment.updates)
    written = session.scalars(select(Insight).options(whole).order_by(Insight.id)).all()
    for number in range(INSIGHTS - len(written)):
        of = written[number % len(written)]
        session.add(_again(of, f"{of.code}-{number}"))


def _again(of: Insight, code: str) -> Insight:
    copy = Insight(**{**_columns(of), "code": code})
    for each in of.commitments:
        promise = Commitment(**_columns(each))
        promise.updates = [Update(**_columns(update)) for update in each.updates]
        copy.commitments.append(promise)
    return copy


def _columns(row: Insight | Commitment | Update) -> dict[str, object]:
    keys = {"id", "insight_id", "commitment_id"}
    names = [column.key for column in row.__table__.columns if column.key not in keys]
    return {name: getattr(row, name) for name in names}


def _read(port: int, path: str) -> tuple[int, list[float]]:
    """Bytes of a page, and how long each asking took in milliseconds."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken, size = [], 0
    for _ in range(AGAIN):
        began = time.perf_counter()
        line.request("GET", path)
        reply = line.getresponse()
        size = len(reply.read())
        taken.append(1000 * (time.perf_counter() - began))
        if reply.status != http.client.OK:
            raise RuntimeError(f"{path} answered {reply.status}")
    line.close()
    return size, taken
