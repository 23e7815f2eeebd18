"""Measures, notes on their charts, their targets, and how the partnership cuts its year."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.collections import Collection
from feedback.models.surveys import Measure, Question
from feedback.models.tallies import Tally
from feedback.models.trends import ChartNote, MeasureTarget, ReportingYearSaid


def measures(session: Session) -> Sequence[Measure]:
    """Every measure that somebody has answered, by name."""
    answered = exists().where(
        Question.measure_id == Measure.id, Tally.question_id == Question.id, Tally.grouped_by == ""
    )
    return session.scalars(select(Measure).where(answered).order_by(Measure.name)).all()


def measure(session: Session, name: str) -> Measure | None:
    """The measure of a name."""
    return session.scalars(select(Measure).where(Measure.name == name)).first()


def notes(session: Session, measure_id: int | None = None) -> Sequence[ChartNote]:
    """The notes that stand on a measure's chart, those on all charts too, oldest day first."""
    return session.scalars(
        select(ChartNote)
        .where(
            or_(ChartNote.measure_id == measure_id, ChartNote.measure_id.is_(None)),
            ChartNote.taken_back_at.is_(None),
        )
        .options(joinedload(ChartNote.user))
        .order_by(ChartNote.starts_on, ChartNote.id)
    ).all()


def all_notes(session: Session) -> Sequence[ChartNote]:
    """The notes on all measures' charts, oldest day first."""
    return session.scalars(
        select(ChartNote)
        .where(ChartNote.taken_back_at.is_(None))
        .options(joinedload(ChartNote.user))
        .order_by(ChartNote.starts_on, ChartNote.id)
    ).all()


def same_note(session: Session, facts: Mapping[str, Any]) -> ChartNote | None:
    """A note that says just this and was not taken back."""
    same = (getattr(ChartNote, name).is_not_distinct_from(fact) for name, fact in facts.items())
    return session.scalars(
        select(ChartNote).where(*same, ChartNote.taken_back_at.is_(None)).order_by(ChartNote.id)
    ).first()


def note(session: Session, note_id: int, *, taken_back: bool = False) -> ChartNote | None:
    """A note with its measure.

    Args:
        taken_back: whether it may be one that was taken back.
    """
    found = session.scalars(
        select(ChartNote)
        .where(ChartNote.id == note_id)
        .options(joinedload(ChartNote.user), joinedload(ChartNote.measure))
    ).first()
    return found if taken_back or found is None or found.taken_back_at is None else None


def targets(session: Session) -> dict[int, MeasureTarget]:
    """Measure → what it is to reach."""
    return {each.measure_id: each for each in session.scalars(select(MeasureTarget))}


def year_said(session: Session) -> ReportingYearSaid | None:
    """How the partnership last said that it cuts its year."""
    return session.scalars(
        select(ReportingYearSaid).order_by(ReportingYearSaid.id.desc()).limit(1)
    ).first()


def rounds(session: Session, collection_ids: Sequence[int]) -> dict[int, tuple[str, datetime]]:
    """Collection → its name and when it opened, the first to open first."""
    found = session.execute(
        select(Collection.id, Collection.name, Collection.opens_at)
        .where(Collection.id.in_(collection_ids))
        .order_by(Collection.opens_at, Collection.id)
    )
    return {number: (name, opens_at) for number, name, opens_at in found}
