"""What was heard and promised, as everybody may read it: published, and not taken back."""

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import (
    Session,
    aliased,
    contains_eager,
    defer,
    joinedload,
    selectinload,
)

from feedback.models.base import LARGEST_ID
from feedback.models.events import Place
from feedback.models.improvements import Commitment, Insight, InsightQuote, Update
from feedback.models.people import Organisation
from feedback.models.proposals import Designer, VoiceGroup
from feedback.models.quotes import Quote
from feedback.models.releases import Release, ReleasedTheme
from feedback.models.reports import PublicPaper, Report, ReportVersion
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Edition, Measure, Page, Question, Survey
from feedback.models.themes import CodebookVersion, Theme, ThemeWording
from feedback.vocabulary import Audience, CommitmentState, RunState

OPEN = [state for state in CommitmentState if state.is_open]
LONGEST_CODE = 60


@dataclass(frozen=True)
class Wanted:
    """Which insights a list shows; what is None does not matter.

    `late_on` asks for those with a promise that was due before that day.
    """

    audience: Audience | None = None
    place_id: int | None = None
    theme_id: int | None = None
    state: CommitmentState | None = None
    tag: str | None = None
    body_id: int | None = None
    measure: str | None = None
    late_on: date | None = None


@dataclass(frozen=True)
class Offered:
    """What a list can be cut by: only what there is something of."""

    audiences: Sequence[Audience]
    places: Sequence[Place]
    theme_ids: Sequence[int]
    bodies: Sequence[Organisation]
    tags: frozenset[str]


@dataclass(frozen=True)
class Asked:
    """What people were asked, in which survey, and who wanted it asked."""

    ask: Mapping[str, Any]
    survey: Mapping[str, Any]
    asked_by: Mapping[str, Any]


@dataclass(frozen=True)
class Spoken:
    """Approved words of somebody who said yes, in the language that they wrote in."""

    text: str
    language: str


def listed(
    session: Session, wanted: Wanted, *, limit: int, offset: int = 0
) -> tuple[int, Sequence[Insight]]:
    """How many insights there are of a kind, and some of them, the newest first."""
    found = select(Insight).where(*_for_everybody(), *_matching(wanted))
    count = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    some = _whole(found).order_by(Insight.published_at.desc(), Insight.id.desc())
    return count, session.scalars(some.limit(limit).offset(offset)).all()


def first_words(session: Session, wanted: Wanted) -> Sequence[tuple[date, date | None]]:
    """When each insight of a kind was heard, and when something was first said on it."""
    rows = session.execute(
        select(Insight.heard_on, func.min(Update.happened_on))
        .outerjoin(Commitment, Commitment.insight_id == Insight.id)
        .outerjoin(Update, Update.commitment_id == Commitment.id)
        .where(*_for_everybody(), *_matching(wanted))
        .group_by(Insight.id, Insight.heard_on)
        .order_by(Insight.id)
    )
    return [(row[0], row[1]) for row in rows]


def one(session: Session, code: str) -> Insight | None:
    """An insight that was published, with all that it leads to; also one that was taken back."""
    if len(code) > LONGEST_CODE:
        return None
    found = select(Insight).where(Insight.code == code, Insight.published_at.is_not(None))
    return session.scalars(_whole(found)).first()


def of_event(session: Session, event_id: int) -> Sequence[Insight]:
    """What was heard at an event, the newest first."""
    found = select(Insight).where(*_for_everybody(), Insight.event_id == event_id)
    return session.scalars(_ordered(found)).all()


def on_themes(session: Session, theme_ids: Some[int]) -> Sequence[Insight]:
    """What was heard about some themes, the newest first; merged ones are what they are read as."""
    of = select(Theme.id).where(_theme().in_(theme_ids))
    found = select(Insight).where(*_for_everybody(), Insight.theme_id.in_(of))
    return session.scalars(_ordered(found)).all()


def newest(session: Session, *, limit: int) -> Sequence[Insight]:
    """The insights that were published last."""
    return session.scalars(_ordered(select(Insight).where(*_for_everybody())).limit(limit)).all()


def updates(session: Session, *, limit: int) -> Sequence[Update]:
    """The newest words about promises, each with its commitment and insight."""
    found = _updates().order_by(Update.written_at.desc(), Update.id.desc())
    return session.scalars(found.limit(limit)).all()


def updates_between(session: Session, first: date, last: date) -> Sequence[Update]:
    """What happened with promises on some days, in the order of the days."""
    found = _updates().where(Update.happened_on.between(first, last))
    return session.scalars(found.order_by(Update.happened_on, Update.id)).all()


def heard_between(session: Session, since: date, until: date) -> Sequence[Insight]:
    """What was heard on some days, in their order."""
    found = select(Insight).where(*_for_everybody(), Insight.heard_on.between(since, until))
    return session.scalars(_whole(found).order_by(Insight.heard_on, Insight.id)).all()


def late(session: Session, today: date, *, limit: int) -> Sequence[Commitment]:
    """Promises that were due before today and are open, the longest late first."""
    found = _promises().where(*_late(today)).order_by(Commitment.due_on, Commitment.id)
    return session.scalars(found.limit(limit)).all()


def due_next(session: Session, today: date, *, limit: int) -> Sequence[Commitment]:
    """Promises that are due from today on, the next first."""
    found = _promises().where(Commitment.state.in_(OPEN), Commitment.due_on >= today)
    return session.scalars(found.order_by(Commitment.due_on, Commitment.id).limit(limit)).all()


def offered(session: Session) -> Offered:
    """What the published insights can be sorted by."""
    rows = session.execute(
        select(Insight.audience, Insight.place_id, _theme(), Insight.tags)
        .outerjoin(Theme, Theme.id == Insight.theme_id)
        .where(*_for_everybody())
    ).all()
    places = {row[1] for row in rows if row[1] is not None}
    bodies = (
        select(Commitment.organisation_id)
        .join(Insight, Insight.id == Commitment.insight_id)
        .where(*_for_everybody())
    )
    by_name = select(Organisation).order_by(func.lower(Organisation.name), Organisation.id)
    return Offered(
        audiences=[each for each in Audience if each in {row[0] for row in rows}],
        places=session.scalars(
            select(Place).where(Place.id.in_(places)).order_by(func.lower(Place.name), Place.id)
        ).all(),
        theme_ids=sorted({row[2] for row in rows if row[2] is not None}),
        bodies=session.scalars(by_name.where(Organisation.id.in_(bodies))).all(),
        tags=frozenset(tag for row in rows for tag in row[3]),
    )


def quotes(session: Session, insight_id: int) -> Sequence[Spoken]:
    """The quotes approved for an insight; never of whoever took their yes back."""
    rows = session.execute(
        select(Quote.text, Answer.language)
        .join(InsightQuote, _same_comment(InsightQuote))
        .join(Answer, _same_comment(Answer))
        .join(Response, Response.id == Quote.response_id)
        .where(
            InsightQuote.insight_id == insight_id,
            Response.may_be_quoted,
            Response.sent_at.is_not(None),
        )
        .order_by(InsightQuote.approved_at, Quote.response_id, Quote.question_id)
    )
    return [Spoken(*row) for row in rows]


def question(session: Session, question_id: int) -> Asked | None:
    """What people were asked, with who wanted it asked."""
    row = session.execute(
        select(Question.ask, Edition.title, Edition.asked_by)
        .join(Page, Page.id == Question.page_id)
        .join(Edition, Edition.id == Page.edition_id)
        .where(Question.id == question_id)
    ).first()
    return Asked(*row) if row else None


def credits(session: Session, question_ids: Some[int]) -> dict[int, Mapping[str, Any]]:
    """How the groups that designed some questions want to be named, by question."""
    rows = session.execute(
        select(Question.id, VoiceGroup.credit)
        .join(Page, Page.id == Question.page_id)
        .join(Edition, Edition.id == Page.edition_id)
        .join(Designer, Designer.survey_id == Edition.survey_id)
        .join(VoiceGroup, VoiceGroup.id == Designer.group_id)
        .where(Question.id.in_(question_ids))
        .order_by(Question.id)
    )
    return {row[0]: row[1] for row in rows}


def credits_of_measure(session: Session, measure_id: int) -> list[Mapping[str, Any]]:
    """How the groups that designed every survey with a measure want to be named.

    None where a survey asks for it that no group designed: the figure is not theirs alone.
    """
    rows = session.execute(
        select(Edition.survey_id, Designer.group_id, VoiceGroup.credit)
        .join(Page, Page.edition_id == Edition.id)
        .join(Question, Question.page_id == Page.id)
        .outerjoin(Designer, Designer.survey_id == Edition.survey_id)
        .outerjoin(VoiceGroup, VoiceGroup.id == Designer.group_id)
        .where(Question.measure_id == measure_id, Edition.published_at.is_not(None))
        .order_by(Designer.group_id)
    ).all()
    if any(row[1] is None for row in rows):
        return []
    return list({row[1]: row[2] for row in rows}.values())


def survey_asking(session: Session, question_id: int) -> str | None:
    """The name of the survey that asks a question."""
    return session.scalar(
        select(Survey.name)
        .join(Edition, Edition.survey_id == Survey.id)
        .join(Page, Page.edition_id == Edition.id)
        .join(Question, Question.page_id == Page.id)
        .where(Question.id == question_id)
    )


def theme_names(session: Session, theme_ids: Some[int]) -> dict[int, str]:
    """What themes are called now; one that was merged is called as the one it is read as."""
    if not theme_ids:
        return {}
    newest = (
        select(ThemeWording.theme_id, func.max(CodebookVersion.number).label("number"))
        .join(CodebookVersion, CodebookVersion.id == ThemeWording.version_id)
        .group_by(ThemeWording.theme_id)
        .subquery()
    )
    of = aliased(Theme)
    rows = session.execute(
        select(of.id, ThemeWording.name)
        .join(newest, newest.c.theme_id == func.coalesce(of.merged_into_id, of.id))
        .join(ThemeWording, ThemeWording.theme_id == newest.c.theme_id)
        .join(
            CodebookVersion,
            and_(
                CodebookVersion.id == ThemeWording.version_id,
                CodebookVersion.number == newest.c.number,
            ),
        )
        .where(of.id.in_(theme_ids))
        .order_by(of.id)
    )
    return {row[0]: row[1] for row in rows}


Key = tuple[int, int, Audience]  # release, theme, audience


def released_themes(session: Session, keys: Some[Key]) -> dict[Key, Mapping[str, Any]]:
    """How many raised some themes, as their releases froze it; those of unfinished ones not."""
    if not keys:
        return {}
    at = (ReleasedTheme.release_id, ReleasedTheme.theme_id, ReleasedTheme.audience)
    rows = session.execute(
        select(*at, ReleasedTheme.figures)
        .join(Release, Release.id == ReleasedTheme.release_id)
        .where(Release.state == RunState.DONE, tuple_(*at).in_(keys))
        .order_by(*at)
    )
    return {(row[0], row[1], row[2]): row[3] for row in rows}


def papers(session: Session) -> Sequence[PublicPaper]:
    """The papers that everybody may read, the newest first, without what stands in them."""
    version = joinedload(PublicPaper.version)
    return session.scalars(
        select(PublicPaper)
        .where(PublicPaper.withdrawn_at.is_(None))
        .options(
            version.options(
                defer(ReportVersion.content),
                joinedload(ReportVersion.report).joinedload(Report.meeting),
            )
        )
        .order_by(PublicPaper.published_at.desc(), PublicPaper.id.desc())
    ).all()


def _for_everybody() -> tuple[ColumnElement[bool], ...]:
    return Insight.published_at.is_not(None), Insight.withdrawn_at.is_(None)


def _whole(found: Select[Insight]) -> Select[Insight]:
    return found.options(
        joinedload(Insight.place),
        joinedload(Insight.event),
        joinedload(Insight.theme),
        joinedload(Insight.measure),
        joinedload(Insight.release),
        selectinload(Insight.commitments).options(
            joinedload(Commitment.organisation),
            joinedload(Commitment.meeting),
            joinedload(Commitment.measure),
            selectinload(Commitment.updates),
        ),
    )


def _ordered(found: Select[Insight]) -> Select[Insight]:
    return _whole(found).order_by(Insight.published_at.desc(), Insight.id.desc())


def _updates() -> Select[Update]:
    return (
        select(Update)
        .join(Commitment, Commitment.id == Update.commitment_id)
        .join(Insight, Insight.id == Commitment.insight_id)
        .where(*_for_everybody())
        .options(contains_eager(Update.commitment).contains_eager(Commitment.insight))
    )


def _promises() -> Select[Commitment]:
    return (
        select(Commitment)
        .join(Insight, Insight.id == Commitment.insight_id)
        .where(*_for_everybody())
        .options(
            contains_eager(Commitment.insight),
            joinedload(Commitment.organisation),
            joinedload(Commitment.meeting),
            selectinload(Commitment.updates),
        )
    )


def _late(today: date) -> tuple[ColumnElement[bool], ...]:
    return Commitment.state.in_(OPEN), Commitment.due_on < today


def _matching(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.audience is not None:
        found.append(Insight.audience.in_({wanted.audience, Audience.EVERYONE}))
    if wanted.place_id is not None:
        found.append(Insight.place_id == min(wanted.place_id, LARGEST_ID))
    if wanted.theme_id is not None:
        number = min(wanted.theme_id, LARGEST_ID)
        of = select(Theme.id).where(_theme() == number)
        found.append(Insight.theme_id.in_(of))
    if wanted.tag is not None:
        words = cast(Insight.tags, String)  # the list as it is written down, in every database
        found.append(words.contains(f'"{wanted.tag}"', autoescape=True))
    if wanted.body_id is not None:
        number = min(wanted.body_id, LARGEST_ID)
        found.append(_promised(Commitment.organisation_id == number))
    if wanted.measure is not None:
        found.append(Insight.id.in_(_resting_on(wanted.measure)))
    if wanted.late_on is not None:
        found.append(_promised(*_late(wanted.late_on)))
    if wanted.state is not None:
        found.append(_in_state(wanted.state))
    return found


def _promised(*facts: ColumnElement[bool]) -> ColumnElement[bool]:
    return Insight.id.in_(select(Commitment.insight_id).where(*facts))


def _in_state(state: CommitmentState) -> ColumnElement[bool]:
    """One of its promises is there; with none so far, it is being listened to."""
    at = _promised(Commitment.state == state)
    if state is not CommitmentState.HEARING:
        return at
    return or_(at, ~exists().where(Commitment.insight_id == Insight.id))


def _resting_on(measure: str) -> Any:
    """Insights about a measure, and those whose promises are measured again by it."""
    return union_all(
        select(Insight.id)
        .join(Measure, Measure.id == Insight.measure_id)
        .where(Measure.name == measure),
        select(Commitment.insight_id)
        .join(Measure, Measure.id == Commitment.measure_id)
        .where(Measure.name == measure),
    )


def _theme() -> ColumnElement[int | None]:
    return func.coalesce(Theme.merged_into_id, Theme.id)


def _same_comment(at: Any) -> ColumnElement[bool]:
    return and_(at.response_id == Quote.response_id, at.question_id == Quote.question_id)
