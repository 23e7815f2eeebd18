"""How far somebody reaches: whose events, and what belongs to them, they may see."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from feedback.models.events import EventFacilitator


def run_by(
    event_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], only_of: int | None
) -> list[ColumnElement[bool]]:
    """The condition that an event is run by somebody.

    Args:
        event_id: the column that names the event.
        only_of: the person whose events alone may be seen; None where all may, then no condition.
    """
    if only_of is None:
        return []
    mine = select(EventFacilitator.event_id).where(EventFacilitator.user_id == only_of)
    return [event_id.in_(mine)]
