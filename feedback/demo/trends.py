"""What the demonstration says of its series: when cycles begin, what changed for families."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback.analysis.periods import TERMS
from feedback.demo.families import cycle_begins
from feedback.demo.people import Maker, planted
from feedback.models.people import User
from feedback.models.releases import Release, ReleasedMeasure
from feedback.models.tallies import TalliedDay, Tally
from feedback.models.trends import ChartNote, ReportingYearSaid
from feedback.services import noting, releasing, tallying
from feedback.vocabulary import NoteKind, Role


def say(session: Session, maker: Maker, *, threshold: int) -> None:
    """Cut the year as the parents' survey was planted, note what changed, count all answers, and
    make the first figures public.

    Args:
        threshold: people, for the public.
    """
    noting.say_year(session, cycle_begins(maker.today, 1), TERMS, by=None, now=maker.now)
    officer = session.scalars(
        select(User).where(User.demonstration, User.role == Role.OFFICER).order_by(User.id).limit(1)
    ).one()
    for each in planted()["parents"]["notes"]:
        session.add(
            ChartNote(
                measure_id=None,
                kind=NoteKind.CHANGE,
                starts_on=cycle_begins(maker.today, each["cycle"]) + timedelta(days=each["days"]),
                words=each["words"],
                user_id=officer.id,
                written_at=maker.now,
            )
        )
    session.flush()
    tallying.tally_all(session, maker.zone)
    release = releasing.ask(
        session, "", until=maker.today - timedelta(days=1), by=None, now=maker.now
    )
    releasing.make(session, release, threshold=threshold, zone=maker.zone, now=maker.now)


def take_away(session: Session, moments: Sequence[datetime]) -> None:
    """Take away what was said, all counts, and all releases; notes that visitors wrote stay.

    Args:
        moments: of the demonstration's loadings, which its own notes bear.
    """
    for model in (ReleasedMeasure, Release, ReportingYearSaid, Tally, TalliedDay):
        session.execute(delete(model))
    session.execute(delete(ChartNote).where(ChartNote.written_at.in_(moments)))
