"""What officers say of series: notes on charts, what a measure is to reach, how a year is cut."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from feedback.models.surveys import Measure
from feedback.models.trends import ChartNote, MeasureTarget, ReportingYearSaid
from feedback.queries import trends as stored
from feedback.services import audit
from feedback.vocabulary import NoteKind


def write(
    session: Session,
    kind: NoteKind,
    starts_on: date,
    words: str,
    *,
    measure: Measure | None,
    ends_on: date | None = None,
    by: int,
    now: datetime,
) -> ChartNote:
    """Write a note; who did stands beside it on the chart.

    The same note sent again by the same person is the note that stands there already.

    Args:
        measure: whose chart; None for all charts, which only a change of a service can be on.
        words: what changed, or the reason; never empty.
        ends_on: the last day, of days that do not count.

    Raises:
        ValueError: no words, or limits that begin anew on all charts at once.
    """
    if not words.strip():
        raise ValueError("a note needs words")
    if measure is None and kind is not NoteKind.CHANGE:
        raise ValueError("limits belong to one measure")
    facts = {
        "measure_id": measure.id if measure else None,
        "kind": kind,
        "starts_on": starts_on,
        "ends_on": ends_on if kind is NoteKind.SET_ASIDE else None,
        "words": words,
        "user_id": by,
    }
    if (there := stored.same_note(session, facts)) is not None:
        return there
    note = ChartNote(**facts, written_at=now)
    session.add(note)
    session.flush()
    audit.note(session, by, "write chart note", f"chart note {note.id}", now=now)
    return note


def take_back(session: Session, note: ChartNote, *, by: int, now: datetime) -> None:
    """Take a note off its charts; it stays in the database with who took it back first."""
    if note.taken_back_at is not None:
        return
    note.taken_back_at, note.taken_back_by_id = now, by
    audit.note(session, by, "take back chart note", f"chart note {note.id}", now=now)


def set_target(
    session: Session, measure: Measure, value: float | None, words: str, *, by: int, now: datetime
) -> None:
    """Say what a measure is to reach, and why; no value takes the target away."""
    found = session.get(MeasureTarget, measure.id)
    if value is None:
        if found is not None:
            session.delete(found)
            audit.note(session, by, "take back target", f"measure {measure.name}", now=now)
        return
    if found is None:
        found = MeasureTarget(measure_id=measure.id)
        session.add(found)
    found.value, found.words, found.user_id, found.set_at = value, words, by, now
    audit.note(session, by, "set target", f"measure {measure.name}", now=now)


def say_year(
    session: Session,
    cycles_from: date,
    terms: Sequence[tuple[int, int]],
    *,
    by: int | None,
    now: datetime,
) -> None:
    """Say how the partnership cuts its year; all charts follow.

    Args:
        by: who says so, for the record; None for the program itself, which leaves no line.
    """
    session.add(
        ReportingYearSaid(
            cycles_from=cycles_from,
            terms=[list(each) for each in terms],
            user_id=by,
            said_at=now,
        )
    )
    session.flush()
    if by is not None:
        audit.note(session, by, "change reporting year", "reporting year", now=now)
