"""How long the posters and the cards of a whole series take: 84 sessions and the next one."""

import time
from io import BytesIO

from pypdf import PdfReader
from sqlalchemy import select

from bench.desk import Desk, add_officer
from bench.ground import Ground
from bench.report import Outcome, Table, at_most
from bench.running import Server
from feedback import demo
from feedback.database import Database, migrate
from feedback.demo.people import planted
from feedback.models.events import Series
from feedback.settings import Settings

MOST_SECONDS = 10
LEARNERS = 15  # cards a session
AGAIN = 3


def run(ground: Ground) -> Outcome:
    """Make both files again and again through the pages that hand them out."""
    where = ground.sqlite.fresh()
    database = Database(where)
    migrate(database)
    settings = Settings(database=where, instance=ground.folder)
    demo.load(settings, seed=1, again=False, say=lambda _words: None)
    with database.writing() as session, session.begin():
        key = add_officer(session)
        name = planted()["series"]["training"]["name"]
        series = session.scalars(select(Series.id).where(Series.name == name)).one()
    database.close()
    rows = []
    with Server(where, ground.folder) as server:
        desk = Desk(server.port, key)
        for what in ("posters", "cards"):
            took, made = [], b""
            for _ in range(AGAIN):
                began = time.perf_counter()
                made = desk.ask("GET", f"/staff/series/{series}/{what}.pdf?number={LEARNERS}")
                took.append(time.perf_counter() - began)
            pages = len(PdfReader(BytesIO(made)).pages)
            rows.append((what, took[0], max(took[1:]), pages, f"{len(made) / 1e6:.1f}"))
    table = Table(
        "Documents of the whole series, one file each",
        ("file", "first time, s", f"slowest of {AGAIN - 1} more, s", "pages", "MB"),
        rows,
    )
    slowest = max(max(row[1], row[2]) for row in rows)
    return Outcome([table], [at_most("slowest file", slowest, MOST_SECONDS, " s")])
