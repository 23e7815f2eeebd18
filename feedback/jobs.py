"""Long work, done beside the pages: `feedback work`, or a process that `feedback serve` starts.

The database is the queue: whoever asks for work leaves a row that says so, in the same
transaction, and a worker looks for such rows. So no work is lost with a process, and everything
is safe to do twice.
"""

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from feedback.analysis import engine
from feedback.analysis.privacy import blanked
from feedback.database import Database, address_store
from feedback.models.themes import ThemingRun
from feedback.postman import Postman
from feedback.queries import releases
from feedback.queries import themes as stored
from feedback.queries.themes import Comment
from feedback.services import machine_reading, releasing, tallying, theming
from feedback.services.machine_reading import BATCH, ROWS, Learned
from feedback.settings import Settings

if TYPE_CHECKING:
    from feedback.analysis.assigning import Assigned
    from feedback.analysis.coding import ThemeCoder
    from feedback.analysis.feeling_coder import FeelingCoder
    from feedback.analysis.vectors import CachedVectors, Vectors

EVERY = 1.0  # seconds between two looks at what is due
AWAY = 15.0  # seconds between two looks while the database is away
TRIES = 3  # to keep a batch
TALLY_EVERY = 60.0  # seconds between two looks at which days are to be counted anew
TALLY_SHARE = 0.05  # of a worker's time, where there are so many answers that a look takes long
FORGET_EVERY = 12 * 3600.0  # seconds between two clearings of what is kept by text
PATIENCE = 10.0  # seconds that work may take to end once it is told to

log = structlog.get_logger("feedback.jobs")
Clock = Callable[[], datetime]


def work(settings: Settings, stop: Event, *, beside: int | None = None) -> None:
    """Do what is due, one thing at a time, until told to stop.

    Args:
        beside: the process that started this one; when it is gone, so is the reason to work.
    """
    database = _database(settings)
    addresses = address_store(settings)
    postman = Postman(settings, database, addresses)
    log.info("working")
    wait, forgot_at, tally_at = EVERY, -FORGET_EVERY, 0.0
    try:
        while not stop.wait(wait) and beside in (None, os.getppid()):
            try:
                with database.reading() as session:
                    due = stored.due_run(session, _now() - theming.SILENT)
                if due is not None:
                    _theme_beside(database, settings, due, stop)
                release(database, settings)
                postman.go_round()
                if (began := monotonic()) > tally_at:
                    tally(database, settings.time_zone, stop=stop)
                    took = monotonic() - began
                    tally_at = began + max(TALLY_EVERY, took / TALLY_SHARE)
                if settings.vectors and monotonic() - forgot_at > FORGET_EVERY:
                    _beside(_forget_vectors, (settings,), stop)
                    forgot_at = monotonic()
                wait = EVERY
            except SQLAlchemyError as wrong:  # the database is away, or has no tables yet
                if wait == EVERY:
                    log.warning("work_waits", kind=type(wrong).__name__)
                wait = AWAY
    finally:
        addresses.close()
        database.close()


def tally(database: Database, time_zone: str, *, stop: Event | None = None) -> int:
    """Count anew the days on which somebody answered or took answers back.

    Returns:
        How many portions were counted; each is kept by itself.
    """
    zone = ZoneInfo(time_zone)
    with database.reading() as session:
        portions = tallying.due(session, zone)
    for done, portion in enumerate(portions):
        if stop is not None and stop.is_set():
            return done
        with database.writing() as session, session.begin():
            tallying.tally(session, portion)
    return len(portions)


def release(database: Database, settings: Settings, *, clock: Clock | None = None) -> bool:
    """Make the release that somebody asked for, if there is one, from figures that are up to date.

    A release that cannot be made is said to have failed: nothing of it is kept.
    """
    with database.reading() as session:
        asked = releases.open_one(session)
    if asked is None:
        return False
    tally(database, settings.time_zone)
    now = clock or _now
    try:
        with database.writing() as session, session.begin():
            due = releases.open_one(session)
            if due is not None:
                releasing.make(
                    session,
                    due,
                    threshold=settings.threshold_public,
                    zone=ZoneInfo(settings.time_zone),
                    now=now(),
                )
    except (ValueError, LookupError) as wrong:
        log.error("release_failed", release=asked.number, kind=type(wrong).__name__)
        with database.writing() as session, session.begin():
            releasing.fail(session, asked.id)
        return False
    log.info("released", release=asked.number)
    return True


def theme(
    database: Database,
    run_id: int,
    *,
    key: bytes,
    fewest: int,
    workers: int = 1,
    vectors: "Vectors | None" = None,
    clock: Clock = lambda: datetime.now(UTC),
) -> None:
    """Read all comments in a run, from where it stands.

    Args:
        key: that what was learned is signed with.
        fewest: people; a smaller group is hidden, and so is what only they wrote.
        workers: processes that read; 1 reads here.
        vectors: of sentences, where the host has a model.

    Raises:
        UnusableModel: what the run had learned is not what was kept.
    """
    with database.writing() as session, session.begin():
        if not theming.take_up(session, run_id, now=clock()):
            return
    with database.reading() as session:
        run = _run(stored.run(session, run_id))
        here = machine_reading.ground(session, run)
        coder = machine_reading.coder_of(session, run_id, key, vectors)
    learned = machine_reading.learn(here, coder, vectors)
    if coder is None:
        with database.writing() as session, session.begin():
            machine_reading.keep_learned(session, run_id, learned, key=key)
    if not _read_all(database, run, here.ids, learned, workers, clock):
        return
    _sum_up(database, run_id, fewest, clock)


def _read_all(
    database: Database,
    run: ThemingRun,
    ids: dict[str, int],
    learned: Learned,
    workers: int,
    clock: Clock,
) -> bool:
    """Whether all was read; not so when somebody stopped the run."""
    reading = partial(_assign, learned.coder, learned.feelings)
    for comments, made in engine.map(reading, _unread(database, run.id), workers=workers):
        if not _keep(database, run, ids, comments, made, clock):
            return False
    return True


def _keep(
    database: Database,
    run: ThemingRun,
    ids: dict[str, int],
    comments: "list[Comment]",
    made: "list[Assigned]",
    clock: Clock,
) -> bool:
    """Keep a batch; again, where somebody took their words back while it was being kept."""
    for left in reversed(range(TRIES)):
        try:
            with database.writing() as session, session.begin():
                return machine_reading.keep_batch(session, run, ids, comments, made, now=clock())
        except IntegrityError:
            if not left:
                raise
    return False


def _unread(database: Database, run_id: int) -> Iterator[list[Comment]]:
    with database.reading() as session:
        key = stored.last_read(session, run_id)
    while True:
        with database.reading() as session:
            batch = stored.comments_after(session, key, BATCH)
        if not batch:
            return
        yield batch
        key = batch[-1].key


def _assign(
    coder: "ThemeCoder", feelings: "FeelingCoder | None", comments: list[Comment]
) -> "tuple[list[Comment], list[Assigned]]":
    from feedback.analysis.assigning import assign

    texts = [blanked(each.text) for each in comments]
    return comments, assign(coder, feelings, texts, [each.question for each in comments])


def _sum_up(database: Database, run_id: int, fewest: int, clock: Clock) -> None:
    with database.reading() as session:
        run = _run(stored.run(session, run_id))
        summary = machine_reading.sum_up(session, run, fewest=fewest)
        turns = machine_reading.set_turns(session, run)
    for some in engine.batched(turns, ROWS):
        with database.writing() as session, session.begin():
            machine_reading.keep_turns(session, some)
    with database.writing() as session, session.begin():
        machine_reading.finish(session, _run(stored.run(session, run_id)), summary, now=clock())
    went = ROWS
    while went == ROWS:
        with database.writing() as session, session.begin():
            went = machine_reading.clear_older(session, run_id)


def key_of(settings: Settings) -> bytes:
    """The key that what was learned is signed with."""
    return hashlib.sha256(b"theming " + settings.secret.get_secret_value().encode()).digest()


def _theme_beside(database: Database, settings: Settings, run_id: int, stop: Event) -> None:
    """Theme, and say what became of it where it could not say so itself."""
    ended = _beside(_theme, (settings, run_id), stop)
    if ended is None:
        with database.writing() as session, session.begin():
            theming.put_back(session, run_id)
    elif ended:
        log.error("theming_failed", run=run_id, exit_code=ended)
        with database.writing() as session, session.begin():
            theming.fail(session, run_id, now=_now())


def _beside(work: Callable[..., None], given: tuple[object, ...], stop: Event) -> int | None:
    """Work in a process of its own: its memory goes with it, and a crash takes nothing along.

    Returns:
        How it ended, 0 where all went well; None where it was told to stop.
    """
    process = multiprocessing.get_context("spawn").Process(target=work, args=given)
    process.start()
    while process.is_alive() and not stop.is_set():
        process.join(EVERY / 2)
    if process.is_alive():
        process.terminate()
        process.join(PATIENCE)
        return None
    return process.exitcode


def _theme(settings: Settings, run_id: int) -> None:
    from feedback.log import set_up

    set_up(settings.log_format)
    database = _database(settings)
    try:
        theme(
            database,
            run_id,
            key=key_of(settings),
            fewest=settings.threshold_staff,
            workers=settings.analysis_workers,
            vectors=_vectors(settings),
        )
        log.info("themed", run=run_id)
    except Exception as wrong:  # its words may quote a comment, so only its kind is told
        log.error("theming_broke_off", run=run_id, kind=type(wrong).__name__)
        raise SystemExit(1) from None
    finally:
        database.close()


def _vectors(settings: Settings) -> "CachedVectors | None":
    """Vectors of the host's model, kept by text; None where there is no model."""
    if settings.vectors is None:
        return None
    from feedback.analysis.vectors import SentenceVectors, kept_vectors

    return kept_vectors(
        SentenceVectors(settings.vectors),
        secret=settings.secret.get_secret_value(),
        path=settings.instance / "vectors.sqlite",
    )


def _forget_vectors(settings: Settings) -> None:
    """Delete the vectors of comments that were taken back or deleted since."""
    vectors = _vectors(settings)
    if vectors is None:
        return
    database = _database(settings)
    try:
        vectors.forget_others(_all_texts(database))
    finally:
        database.close()


def _all_texts(database: Database) -> Iterator[str]:
    key = (0, 0)
    while True:
        with database.reading() as session:
            batch = stored.comments_after(session, key, BATCH)
        if not batch:
            return
        yield from (blanked(each.text) for each in batch)
        key = batch[-1].key


def _database(settings: Settings) -> Database:
    return Database(settings.database, busy_seconds=settings.busy_seconds)


def _run(found: ThemingRun | None) -> ThemingRun:
    if found is None:
        raise LookupError("there is no such run")
    return found


def _now() -> datetime:
    return datetime.now(UTC)
