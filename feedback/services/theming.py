"""Runs in which the machine reads all comments: asked for, stopped, gone on with, taken up."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from feedback.models.themes import Codebook, ThemingRun
from feedback.queries import themes as stored
from feedback.services import audit, codebooks
from feedback.vocabulary import RunState

SILENT = timedelta(minutes=2)  # a worker keeps a batch every few seconds; later it is gone
SEED = 1  # of whatever chance there is, so that the same comments give the same codings


def start(session: Session, *, by: int, now: datetime) -> ThemingRun:
    """Ask for a run with the codebook in use; while one is open there is no second.

    But a stopped one with an older version of the codebook makes room.
    """
    current = codebooks.ready(session, by=by, now=now)
    session.execute(  # whoever asks at the same moment waits here
        select(Codebook.id).where(Codebook.id == current.codebook.id).with_for_update()
    )
    there = stored.open_run(session)
    if there is not None:
        if there.state is not RunState.STOPPED or there.version_id == current.version.id:
            return there
        fail(session, there.id, now=now)
    run = ThemingRun(
        version_id=current.version.id,
        user_id=by,
        state=RunState.QUEUED,
        parameters={"seed": SEED},
        quality={},
        total=stored.comment_count(session),
        queued_at=now,
    )
    session.add(run)
    session.flush()
    audit.note(session, by, "theme comments", f"run {run.id}", now=now)
    return run


def stop(session: Session, run: ThemingRun, *, by: int, now: datetime) -> None:
    """Let a run stand where it is; what it has read is kept."""
    if _moved(session, run, (RunState.QUEUED, RunState.RUNNING), RunState.STOPPED):
        audit.note(session, by, "stop theming", f"run {run.id}", now=now)


def go_on(session: Session, run: ThemingRun, *, by: int, now: datetime) -> None:
    """Let a stopped run go on after the last comment that it has read."""
    if _moved(session, run, (RunState.STOPPED,), RunState.QUEUED):
        audit.note(session, by, "go on theming", f"run {run.id}", now=now)


def take_up(session: Session, run_id: int, *, now: datetime) -> bool:
    """Begin to work on a run; False where another worker was quicker or somebody stopped it."""
    silent = ThemingRun.beat_at < now - SILENT
    taken = session.execute(
        update(ThemingRun)
        .where(
            ThemingRun.id == run_id,
            (ThemingRun.state == RunState.QUEUED)
            | ((ThemingRun.state == RunState.RUNNING) & silent),
        )
        .values(state=RunState.RUNNING, beat_at=now, started_at=now)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined] # an UPDATE always has one


def put_back(session: Session, run_id: int) -> None:
    """Let another worker take a run up: this one has to end."""
    session.execute(
        update(ThemingRun)
        .where(ThemingRun.id == run_id, ThemingRun.state == RunState.RUNNING)
        .values(state=RunState.QUEUED)
    )


def fail(session: Session, run_id: int, *, now: datetime) -> None:
    """Say that a run broke off; what was kept before stays in force."""
    session.execute(
        update(ThemingRun)
        .where(ThemingRun.id == run_id)
        .values(state=RunState.FAILED, finished_at=now, model=None)
    )


def forget_models(session: Session) -> None:
    """Throw away what runs have learned so far: somebody takes words back that may be in it."""
    session.execute(update(ThemingRun).where(ThemingRun.model.is_not(None)).values(model=None))


def _moved(session: Session, run: ThemingRun, out_of: tuple[RunState, ...], into: RunState) -> bool:
    moved = session.execute(
        update(ThemingRun)
        .where(ThemingRun.id == run.id, ThemingRun.state.in_(out_of))
        .values(state=into)
    )
    session.refresh(run)
    return bool(moved.rowcount)  # type: ignore[attr-defined] # an UPDATE always has one
