"""Slows guessing of codes and passwords, never by address: a whole event shares one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, case, delete, select
from sqlalchemy.orm import Session

from feedback.errors import Refusal
from feedback.models.oversight import WrongGuesses
from feedback.queries.upserts import dialect_of, insert_into
from feedback.services.codes import Codes

_guesses = cast(Table, WrongGuesses.__table__)


@dataclass(frozen=True)
class Guess:
    """What somebody guesses at, and how often they may be wrong.

    Args:
        what: guesses at the same thing are counted together, whoever makes them.
        most: how many wrong ones are let pass in the refusal's `wait`, from the first of them on.
        wrong: what a wrong guess raises.
        refusal: what the next guess raises.
    """

    what: str
    most: int
    wrong: type[Refusal]
    refusal: type[Refusal]

    @property
    def within(self) -> timedelta:
        """How long wrong ones count: as long as the refusal says to wait."""
        return timedelta(seconds=self.refusal.wait)


@contextmanager
def slowed(session: Session, codes: Codes, guess: Guess, *, now: datetime) -> Iterator[None]:
    """Around a guess: refuses it after too many wrong ones, and counts it if it is wrong.

    A wrong guess ends the session's transaction: what it did is undone, that it was made is kept.
    """
    what = codes.guessed(guess.what)
    number = select(_guesses.c.number).where(
        _guesses.c.what_hash == what, _guesses.c.since > now - guess.within
    )
    if (session.scalar(number) or 0) >= guess.most:
        raise guess.refusal
    try:
        yield
    except guess.wrong:
        session.rollback()
        session.execute(
            _count(dialect_of(session)), {"what": what, "now": now, "old": now - guess.within}
        )
        session.commit()
        raise


def forget(session: Session, *, now: datetime) -> None:
    """Delete what was counted more than a day ago."""
    session.execute(delete(_guesses).where(_guesses.c.since < now - timedelta(days=1)))


@cache
def _count(dialect: str) -> Any:
    """One more since then, or the first since now; in one statement, for others count too."""
    now, old = (bindparam(name, type_=_guesses.c.since.type) for name in ("now", "old"))
    over = _guesses.c.since <= old
    return (
        insert_into(dialect, _guesses)
        .values(what_hash=bindparam("what"), since=now, number=1)
        .on_conflict_do_update(
            index_elements=["what_hash"],
            set_={
                "since": case((over, now), else_=_guesses.c.since),
                "number": case((over, 1), else_=_guesses.c.number + 1),
            },
        )
    )
