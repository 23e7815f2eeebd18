"""A run over 100,000 kept comments, and how fast the pages about themes answer afterwards."""

import resource
import secrets
import statistics
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import Table as Rows
from sqlalchemy import insert, select

from bench import databases
from bench.desk import EMAIL, Desk, add_officer
from bench.ground import Ground
from bench.report import MB, Outcome, Table, at_most
from bench.running import Server
from feedback import jobs
from feedback.analysis import engine
from feedback.database import Database
from feedback.demo.written import hand_written
from feedback.models.collections import Collection
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Page, Question
from feedback.queries import people
from feedback.services import theming
from feedback.vocabulary import ASSENT_VERSION, AnswerState, Channel, Presentation

COMMENTS, QUICK = 100_000, 5_000
MOST_SECONDS = 60
MOST_PAGE_MS = 1_000
AGAIN = 7  # times each page is asked for
ROWS = 5_000
WORKERS = 2
FILES = ("parents", "young", "live", "listening", "later", "training", "coproduction")
KEY = b"a key of a bench"


def run(ground: Ground) -> Outcome:
    """Keep comments, read them all, then ask for each page again and again."""
    count = ground.pick(COMMENTS, QUICK)
    where = databases.fill(ground.sqlite.fresh(), [databases.survey("live")])
    database = Database(where)
    with database.writing() as session, session.begin():
        key = add_officer(session)
    keep(database, count)
    with database.writing() as session, session.begin():
        officer = people.by_email(session, EMAIL)
        if officer is None:
            raise LookupError("the officer is not there")
        run_id = theming.start(session, by=officer.id, now=datetime.now(UTC)).id
    began = time.perf_counter()
    jobs.theme(database, run_id, key=KEY, fewest=5, workers=WORKERS)
    seconds = time.perf_counter() - began
    heaviest = max(
        resource.getrusage(who).ru_maxrss * 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    database.close()
    with Server(where, ground.folder) as server:
        desk = Desk(server.port, key)
        rows = [(name, *timed(desk, path)) for name, path in PAGES]
    medians = [row[1] for row in rows]
    return Outcome(
        [
            Table(
                f"{count:,} comments in SQLite, read in {WORKERS} processes",
                ("seconds", "comments/s", "largest process, MB"),
                [(f"{seconds:.1f}", round(count / seconds), round(heaviest / MB))],
            ),
            Table(
                f"Pages with {count:,} comments (ms, loopback)",
                ("page", "median", "slowest of " + str(AGAIN)),
                [(name, f"{middle:.0f}", f"{most:.0f}") for name, middle, most in rows],
            ),
        ],
        [
            at_most(f"{count:,} comments themed, scored and kept", seconds, MOST_SECONDS, " s"),
            at_most("slowest page, median ms", max(medians), MOST_PAGE_MS),
        ],
    )


PAGES = (
    ("themes", "/staff/themes"),
    ("one theme", "/staff/theme/transport"),
    ("its comments", "/staff/theme/transport/comments"),
    ("a comment on the desk", "/staff/coding/1/{question}"),
    ("runs", "/staff/themes/runs"),
)


def keep(database: Database, count: int) -> None:
    """Responses with one comment each: the demonstration's, again and again, each a bit longer."""
    said = [each.text for name in FILES for each in hand_written(name) if each.language == "en"]
    now = datetime.now(UTC)
    with database.writing() as session, session.begin():
        collection = session.scalars(select(Collection)).one()
        question = session.scalars(
            select(Question.id)
            .join(Page, Page.id == Question.page_id)
            .where(Page.edition_id == collection.edition_id, Question.name == "change")
        ).one()
    for some in engine.batched(range(1, count + 1), ROWS):
        with database.writing() as session, session.begin():
            session.execute(
                insert(_table(Response)),
                [
                    {
                        "id": number,
                        "submission_id": secrets.token_hex(16),
                        "collection_id": collection.id,
                        "edition_id": collection.edition_id,
                        "language": "en",
                        "presentation": Presentation.STANDARD,
                        "pictures": True,
                        "channel": Channel.OWN_PHONE,
                        "assent_version": ASSENT_VERSION,
                        "assent_at": now,
                        "saved_at": now,
                        "sent_at": now - timedelta(days=number % 300),
                        "furthest": 1,
                        "receipt_turn": 0,
                        "made_up": True,
                    }
                    for number in some
                ],
            )
            session.execute(
                insert(_table(Answer)),
                [
                    {
                        "response_id": number,
                        "question_id": question,
                        "state": AnswerState.GIVEN,
                        "text": f"{said[number % len(said)]} {number}",
                        "masked": f"{said[number % len(said)]} {number}",
                        "language": "en",
                        "presentation": Presentation.STANDARD,
                        "pictures": True,
                    }
                    for number in some
                ],
            )
    PLACES["question"] = question


PLACES: dict[str, int] = {}


def _table(model: type[Response] | type[Answer]) -> Rows:
    return model.metadata.tables[model.__tablename__]


def timed(desk: Desk, path: str) -> tuple[float, float]:
    """Median and slowest of a page in milliseconds."""
    took = []
    for _ in range(AGAIN):
        began = time.perf_counter()
        desk.ask("GET", path.format(**PLACES))
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took), max(took)
