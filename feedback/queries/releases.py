"""Releases and what stands in them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from feedback.models.releases import Release, ReleasedMeasure, ReleasedTheme
from feedback.models.surveys import Measure
from feedback.vocabulary import RunState

OPEN = (RunState.QUEUED, RunState.RUNNING)


def every(session: Session) -> Sequence[Release]:
    """All releases, the newest first."""
    return session.scalars(select(Release).order_by(Release.number.desc())).all()


def newest(session: Session) -> Release | None:
    """The newest release that is done."""
    return session.scalars(
        select(Release)
        .where(Release.state == RunState.DONE)
        .order_by(Release.number.desc())
        .limit(1)
    ).first()


def done(session: Session, number: int) -> Release | None:
    """A release that is done, by its number."""
    return session.scalars(
        select(Release).where(Release.number == number, Release.state == RunState.DONE)
    ).first()


def open_one(session: Session) -> Release | None:
    """The release that is being made or waits for it."""
    return session.scalars(
        select(Release).where(Release.state.in_(OPEN)).order_by(Release.number).limit(1)
    ).first()


def measures(session: Session, release_id: int) -> Sequence[ReleasedMeasure]:
    """The measures in a release, by name."""
    return session.scalars(
        select(ReleasedMeasure)
        .join(Measure, Measure.id == ReleasedMeasure.measure_id)
        .where(ReleasedMeasure.release_id == release_id)
        .options(joinedload(ReleasedMeasure.measure))
        .order_by(Measure.name)
    ).all()


def themes(session: Session, release_id: int) -> Sequence[ReleasedTheme]:
    """The themes in a release, audience by audience."""
    return session.scalars(
        select(ReleasedTheme)
        .where(ReleasedTheme.release_id == release_id)
        .order_by(ReleasedTheme.theme_id, ReleasedTheme.audience)
    ).all()


def measure(session: Session, release_id: int, measure_id: int) -> ReleasedMeasure | None:
    """One measure in a release."""
    return session.scalars(
        select(ReleasedMeasure)
        .where(ReleasedMeasure.release_id == release_id, ReleasedMeasure.measure_id == measure_id)
        .options(joinedload(ReleasedMeasure.measure))
    ).first()


def highest_number(session: Session) -> int:
    """The number of the newest release, done or not; 0 before the first."""
    return session.scalars(select(Release.number).order_by(Release.number.desc())).first() or 0
