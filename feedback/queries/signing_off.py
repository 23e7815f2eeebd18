"""Which group signs a survey off, what it approved, and what was opened without it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from feedback import questionnaire as q
from feedback.models.base import LARGEST_ID
from feedback.models.collections import Collection as AskedCollection
from feedback.models.improvements import Insight
from feedback.models.proposals import (
    Designer,
    Proposal,
    ResultReply,
    SignOff,
    SignOffOverride,
    SignOffVoice,
    VoiceGroup,
)
from feedback.models.surveys import Edition, Measure, Page, Question, Survey
from feedback.vocabulary import EditionStatus, Verdict

FRESH = timedelta(minutes=1)  # a new credit line may wait as long
LASTING = (EditionStatus.DRAFT, EditionStatus.PUBLISHED)


def designer(session: Session, survey_id: int) -> Designer | None:
    """Who signs a survey off, with the group."""
    found = select(Designer).where(Designer.survey_id == survey_id)
    return session.scalars(found.options(joinedload(Designer.group))).first()


def groups(session: Session) -> Sequence[VoiceGroup]:
    """Groups that could sign a survey off, by name."""
    going = select(VoiceGroup).where(VoiceGroup.ended_at.is_(None))
    return session.scalars(going.order_by(VoiceGroup.name)).all()


def sign_offs(session: Session, survey_id: int, group_id: int) -> Sequence[SignOff]:
    """Everything that a group approved of a survey, the newest first."""
    return session.scalars(
        select(SignOff)
        .where(SignOff.survey_id == survey_id, SignOff.group_id == group_id)
        .order_by(SignOff.approved_at.desc(), SignOff.id.desc())
    ).all()


def standing_on(session: Session, edition_id: int) -> Sequence[SignOff]:
    """What stands approved of one edition."""
    return session.scalars(
        select(SignOff)
        .where(SignOff.edition_id == edition_id, SignOff.cleared_at.is_(None))
        .order_by(SignOff.id)
    ).all()


def override(session: Session, edition_id: int) -> SignOffOverride | None:
    """Why an edition was opened without its group's yes, and by whom."""
    found = select(SignOffOverride).where(SignOffOverride.edition_id == edition_id)
    return session.scalars(found.options(joinedload(SignOffOverride.maker))).first()


def untold(session: Session, group_id: int) -> Sequence[SignOff]:
    """Approvals that were cleared, of which the group does not know yet; the newest first."""
    return session.scalars(
        select(SignOff)
        .where(
            SignOff.group_id == group_id,
            SignOff.cleared_at.is_not(None),
            SignOff.told_at.is_(None),
        )
        .order_by(SignOff.cleared_at.desc(), SignOff.id.desc())
    ).all()


def newest_editions(session: Session, group_id: int) -> Sequence[Edition]:
    """The newest edition of each survey that a group signs off, by the survey's name."""
    newest = (
        select(func.max(Edition.number))
        .where(Edition.survey_id == Survey.id)
        .correlate(Survey)
        .scalar_subquery()
    )
    return session.scalars(
        select(Edition)
        .join(Survey, Survey.id == Edition.survey_id)
        .join(Designer, Designer.survey_id == Survey.id)
        .where(Designer.group_id == group_id, Edition.number == newest)
        .where(Edition.status.in_(LASTING))
        .options(joinedload(Edition.survey))
        .order_by(Survey.name)
    ).all()


def edition(session: Session, survey_id: int) -> Edition | None:
    """A survey's newest edition, with the survey."""
    return session.scalars(
        select(Edition)
        .where(Edition.survey_id == survey_id)
        .options(joinedload(Edition.survey))
        .order_by(Edition.number.desc())
        .limit(1)
    ).first()


def voices(
    session: Session, survey_id: int, fingerprint: str, member_ids: Collection[int]
) -> Sequence[SignOffVoice]:
    """What some members said of exactly these words, in the order they joined."""
    return session.scalars(
        select(SignOffVoice)
        .where(
            SignOffVoice.survey_id == survey_id,
            SignOffVoice.fingerprint == fingerprint,
            SignOffVoice.member_id.in_(member_ids),
        )
        .options(joinedload(SignOffVoice.member))
        .order_by(SignOffVoice.member_id)
        .execution_options(populate_existing=True)  # what was said is put there by the database
    ).all()


@dataclass(frozen=True)
class Credit:
    """Who asks: the group's line for a whole survey, and those of single questions by name."""

    survey: q.Words
    questions: Mapping[str, q.Words]


class Credits:
    """Credit lines by edition, read again after a minute: a page of answers reads none."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[datetime, Credit]] = {}

    def of(self, session: Session, edition_id: int, *, now: datetime) -> Credit:
        """The lines of an edition's survey."""
        since, found = self._kept.get(edition_id, (None, None))
        if found is None or since is None or not since <= now < since + FRESH:
            found = credit_of(session, edition_id)
            self._kept[edition_id] = now, found
        return found


def credit_of(session: Session, edition_id: int) -> Credit:
    """Who asks an edition's survey, in one statement."""
    survey_id = select(Edition.survey_id).where(Edition.id == edition_id).scalar_subquery()
    whole = select(VoiceGroup.credit, literal("").label("question")).join(
        Designer, Designer.group_id == VoiceGroup.id
    )
    single = select(VoiceGroup.credit, Proposal.question).join(
        Proposal, Proposal.group_id == VoiceGroup.id
    )
    rows = session.execute(
        union_all(
            whole.where(Designer.survey_id == survey_id),
            single.where(
                Proposal.survey_id == survey_id,
                Proposal.question != "",
                Proposal.hidden_at.is_(None),
            ),
        )
    ).all()
    lines = {question: _words(credit) for credit, question in rows}
    return Credit(lines.pop("", {}), lines)


def _words(kept: Mapping[str, Mapping[str, str]]) -> q.Words:
    return {tag: q.Wording(**text) for tag, text in kept.items()}


def collections_asking(
    session: Session, survey_id: int, question: str
) -> Sequence[AskedCollection]:
    """Collections that ask a question of a survey, the newest first."""
    asks = exists().where(
        Page.edition_id == Edition.id, Question.page_id == Page.id, Question.name == question
    )
    return session.scalars(
        select(AskedCollection)
        .join(Edition, Edition.id == AskedCollection.edition_id)
        .where(Edition.survey_id == survey_id, asks, AskedCollection.withdrawn_at.is_(None))
        .options(joinedload(AskedCollection.edition).joinedload(Edition.survey))
        .order_by(AskedCollection.opens_at.desc(), AskedCollection.id.desc())
    ).all()


def insights_on(session: Session, survey_id: int, question: str) -> Sequence[Insight]:
    """What everybody may read of what was heard by a question, with what was promised for it."""
    asked = (
        select(Question.id)
        .join(Page, Page.id == Question.page_id)
        .join(Edition, Edition.id == Page.edition_id)
        .where(Edition.survey_id == survey_id, Question.name == question)
    )
    return session.scalars(
        select(Insight)
        .where(Insight.question_id.in_(asked))
        .where(Insight.published_at.is_not(None), Insight.withdrawn_at.is_(None))
        .options(selectinload(Insight.commitments))
        .order_by(Insight.published_at.desc(), Insight.id.desc())
    ).all()


def ideas(session: Session, group_id: int) -> Sequence[Proposal]:
    """A group's ideas that a worker has looked at, those that became questions first."""
    became = Proposal.survey_id.is_not(None)
    return session.scalars(
        select(Proposal)
        .where(Proposal.group_id == group_id, *_looked_at())
        .options(joinedload(Proposal.survey))
        .order_by(became.desc(), Proposal.created_on.desc(), Proposal.id.desc())
    ).all()


def idea(session: Session, group_id: int, number: int) -> Proposal | None:
    """One idea of a group that a worker has looked at, and that nobody hid."""
    if number > LARGEST_ID:
        return None
    found = select(Proposal).where(Proposal.id == number, Proposal.group_id == group_id)
    found = found.where(*_looked_at()).options(joinedload(Proposal.survey))
    return session.scalars(found).first()


def _looked_at() -> tuple[ColumnElement[bool], ...]:
    return Proposal.looked_at.is_not(None), Proposal.hidden_at.is_(None)


def said_of_result(session: Session, proposal_id: int, member_id: int) -> ResultReply | None:
    """What a member said of the answers to their question."""
    return session.get(ResultReply, (proposal_id, member_id), populate_existing=True)


def words_of_result(session: Session, proposal_id: int) -> Sequence[ResultReply]:
    """What was said in words of the answers to a question, in no order of who said it."""
    return session.scalars(
        select(ResultReply)
        .where(ResultReply.proposal_id == proposal_id, ResultReply.words != "")
        .order_by(ResultReply.verdict, ResultReply.words)
    ).all()


def verdicts(session: Session, proposal_id: int) -> dict[Verdict, int]:
    """How many members said what of the answers to their question."""
    rows = session.execute(
        select(ResultReply.verdict, func.count())
        .where(ResultReply.proposal_id == proposal_id)
        .group_by(ResultReply.verdict)
    )
    counted: dict[Verdict, int] = {}
    for verdict, number in rows:
        counted[verdict] = number
    return {verdict: counted.get(verdict, 0) for verdict in Verdict}


def overrides_for(
    session: Session, measures: Iterable[str] | None, since: date, until: date
) -> Sequence[tuple[SignOffOverride, Edition]]:
    """Editions opened without their group's yes that figures rest on, by day.

    Args:
        measures: whose figures, by name; None stands for everything that was asked.
        since: the first day that answers are counted from; a collection that ended before it
            gave none.
        until: the last one.
    """
    rows = session.execute(
        select(SignOffOverride, Edition)
        .join(Edition, Edition.id == SignOffOverride.edition_id)
        .where(*_behind(measures, since, until))
        .options(joinedload(Edition.survey))
        .order_by(SignOffOverride.happened_at, SignOffOverride.id)
    )
    return [(override, edition) for override, edition in rows]


def _behind(measures: Iterable[str] | None, since: date, until: date) -> list[ColumnElement[bool]]:
    """What is true of an edition that figures of some days rest on."""
    asked = exists().where(
        AskedCollection.edition_id == Edition.id,
        AskedCollection.opens_at <= datetime.combine(until, time.max, UTC),
        or_(
            AskedCollection.closes_at.is_(None),
            AskedCollection.closes_at >= datetime.combine(since, time.min, UTC),
        ),
    )
    if measures is None:
        return [asked]
    carries = (
        exists()
        .where(Page.edition_id == Edition.id, Question.page_id == Page.id)
        .where(Question.measure_id == Measure.id, Measure.name.in_(list(measures)))
    )
    return [asked, carries]
