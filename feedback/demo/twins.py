"""The demonstration's twins: what its young people and its parents are both asked."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.queries import twins
from feedback.services import twinning

# The measure of young people, and that of parents.
PAIRS = (("young_help", "satisfied"), ("young_listened", "listened"))


def put_together(
    session: Session, *, now: datetime, pairs: Iterable[tuple[str, str]] = PAIRS
) -> None:
    """Put the demonstration's measures side by side; those that are already stay as they are."""
    ids = twins.named(session, [name for pair in pairs for name in pair])
    for young, parent in pairs:
        twinning.join(session, ids[young], ids[parent], by=None, now=now)
