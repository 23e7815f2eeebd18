"""What happened with what was heard, as those who asked to be told are told it."""

from collections.abc import Collection as Some
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.collections import Collection
from feedback.models.improvements import Commitment, Insight, Update
from feedback.models.surveys import Edition, Page, Question, Survey
from feedback.vocabulary import EditionStatus


@dataclass(frozen=True)
class Happening:
    """One piece of news: an insight that everybody may read, or an update of a commitment."""

    insight_id: int
    update_id: int | None
    at: datetime
    published_at: datetime

    @property
    def about(self) -> str:
        """What letters about it are found by."""
        return f"update {self.update_id}" if self.update_id else f"insight {self.insight_id}"

    @property
    def came_with_its_insight(self) -> bool:
        """Everybody could read it as soon as they could read the insight."""
        return self.update_id is not None and self.at <= self.published_at


def happenings(session: Session, *, until: datetime) -> list[Happening]:
    """All that everybody may read and was there at a moment, the oldest first."""
    open_to_all = (Insight.published_at <= until, Insight.withdrawn_at.is_(None))
    insights = session.execute(
        select(Insight.id, Insight.published_at).where(*open_to_all).order_by(Insight.id)
    )
    updates = session.execute(
        select(Insight.id, Insight.published_at, Update.id, Update.written_at)
        .join(Commitment, Commitment.insight_id == Insight.id)
        .join(Update, Update.commitment_id == Commitment.id)
        .where(*open_to_all, Update.written_at <= until)
        .order_by(Update.id)
    )
    found = [Happening(number, None, at, at) for number, at in insights if at is not None]
    found += [
        Happening(insight, number, at, since)
        for insight, since, number, at in updates
        if since is not None
    ]
    return sorted(found, key=lambda each: (each.at, each.update_id or 0, each.insight_id))


def insight(session: Session, insight_id: int) -> Insight | None:
    """An insight that everybody may read, with its commitments."""
    return (
        session.scalars(
            select(Insight)
            .where(
                Insight.id == insight_id,
                Insight.published_at.is_not(None),
                Insight.withdrawn_at.is_(None),
            )
            .options(joinedload(Insight.commitments))
        )
        .unique()
        .first()
    )


def update(session: Session, update_id: int) -> Update | None:
    """An update with its commitment and insight, where everybody may read it."""
    return session.scalars(
        select(Update)
        .join(Update.commitment)
        .join(Commitment.insight)
        .where(
            Update.id == update_id,
            Insight.published_at.is_not(None),
            Insight.withdrawn_at.is_(None),
        )
        .options(joinedload(Update.commitment).joinedload(Commitment.insight))
    ).first()


def surveys_of(session: Session, insight_id: int) -> Sequence[str]:
    """Names of the surveys that an insight came from.

    The one whose question was asked; else those that ask for its measure; else all of them.
    """
    asked = session.execute(
        select(Insight.question_id, Insight.measure_id).where(Insight.id == insight_id)
    ).one()
    if asked.question_id is None and asked.measure_id is None:
        return session.scalars(select(Survey.name).order_by(Survey.name)).all()
    whose = (
        Question.id == asked.question_id
        if asked.question_id is not None
        else Question.measure_id == asked.measure_id
    )
    return session.scalars(
        select(Survey.name)
        .join(Edition, Edition.survey_id == Survey.id)
        .join(Page, Page.edition_id == Edition.id)
        .join(Question, Question.page_id == Page.id)
        .where(whose)
        .distinct()
        .order_by(Survey.name)
    ).all()


def asked_in(session: Session, survey: str) -> Edition | None:
    """The newest edition of a survey that people were asked."""
    return session.scalars(
        select(Edition)
        .join(Survey)
        .where(Survey.name == survey, Edition.status != EditionStatus.DRAFT)
        .order_by(Edition.number.desc())
        .limit(1)
    ).first()


def last_closing(session: Session, survey: str, *, now: datetime) -> datetime | None:
    """When a survey last stopped taking answers; None where it never did or takes them still."""
    of_survey = (Survey.name == survey, Collection.withdrawn_at.is_(None))
    joined = select(Collection.id).join(Edition, Edition.id == Collection.edition_id).join(Survey)
    without_end = session.scalars(
        joined.where(*of_survey, Collection.closes_at.is_(None)).order_by(Collection.id).limit(1)
    ).first()
    if without_end is not None:
        return None
    last = session.scalar(
        select(func.max(Collection.closes_at))
        .join(Edition, Edition.id == Collection.edition_id)
        .join(Survey)
        .where(*of_survey)
    )
    return last if last is not None and last <= now else None


def promises(session: Session, insight_ids: Some[int]) -> Sequence[Commitment]:
    """The commitments of some insights, with what became of them."""
    return (
        session.scalars(
            select(Commitment)
            .where(Commitment.insight_id.in_(insight_ids))
            .options(joinedload(Commitment.updates))
            .order_by(Commitment.id)
        )
        .unique()
        .all()
    )
