"""Notes who did what; the content itself is never noted.

Each line carries a hash over itself and the line before it. Whoever changes, removes or slips
in a line, past the database's own guard, breaks the chain from there on.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from feedback.models.oversight import AuditEvent
from feedback.queries import oversight
from feedback.queries.upserts import dialect_of

Line = AuditEvent | oversight.Kept

_ONE_AT_A_TIME = 7_204_193_561  # any number that nothing else locks


def note(
    session: Session, user_id: int | None, action: str, subject: str, *, now: datetime
) -> None:
    """Add one line to the record of who did what.

    It is the last thing that a change does: nobody else can note anything until the commit.

    Args:
        action: what was done, in a few fixed words such as "end access".
        subject: to what, by a code or a number such as "person 3": never by a name, for a line
            cannot be taken out again.
    """
    session.flush()  # whatever this waits for is waited for before the record is held
    if dialect_of(session) == "postgresql":  # SQLite has one writer as it is
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
    before = session.scalar(select(AuditEvent.chained).order_by(AuditEvent.id.desc()).limit(1))
    line = AuditEvent(user_id=user_id, action=action, subject=subject, happened_at=now)
    line.chained = _hash(before or "", line)
    session.add(line)
    session.flush()


@dataclass(frozen=True)
class Checked:
    """What came of reading the whole record.

    `newest` is the hash of the last line; whoever writes it down elsewhere can see later that
    nothing before it was rewritten and that the end was not cut off. `holds` says whether a hash
    that was written down is still there.
    """

    lines: int
    newest: str
    broken_at: int | None
    holds: bool


def check(session: Session, *, written_down: str = "") -> Checked:
    """Read the whole record and say whether each line fits the one before it.

    Args:
        written_down: the beginning of a hash that was the newest one earlier.
    """
    lines, newest, holds = 0, "", not written_down

    def counted(every: Iterable[Line]) -> Iterable[Line]:
        nonlocal lines, newest, holds
        for line in every:
            lines, newest = lines + 1, line.chained
            holds = holds or line.chained.startswith(written_down)
            yield line

    with closing(oversight.whole(session)) as every:
        broken = broken_at(counted(every))
    return Checked(lines, newest, broken, holds)


def broken_at(lines: Iterable[Line]) -> int | None:
    """Id of the first line that does not fit the one before it; None where all fit.

    Args:
        lines: the whole record, oldest first.
    """
    before = ""
    for line in lines:
        if line.chained != _hash(before, line):
            return line.id
        before = line.chained
    return None


def _hash(before: str, line: Line) -> str:
    moment = str(line.happened_at.astimezone(UTC).replace(tzinfo=None))
    told = json.dumps([before, line.user_id, line.action, line.subject, moment])
    return hashlib.sha256(told.encode()).hexdigest()
