"""What a survey asks: its editions, read whole as a questionnaire."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import Any

from sqlalchemy import Text, cast, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from feedback import questionnaire as q
from feedback.models.collections import Collection
from feedback.models.people import User
from feedback.models.surveys import (
    DraftRevision,
    Edition,
    Measure,
    Option,
    Page,
    Question,
    Route,
    Survey,
)
from feedback.vocabulary import EditionStatus

CACHED_EDITIONS = 50  # a host runs a handful at a time; each takes some 200 kB


@dataclass(frozen=True)
class Asked:
    """An edition ready to be asked: its questionnaire and the ids behind the names."""

    edition_id: int
    status: EditionStatus
    questionnaire: q.Questionnaire
    question_ids: dict[str, int]
    names: dict[int, str]
    routed_ids: frozenset[int]
    page_ids: tuple[frozenset[int], ...] = field(repr=False)

    def page(self, position: int) -> q.Page | None:
        """The page at a position, counted from 1."""
        pages = self.questionnaire.pages
        return pages[position - 1] if 1 <= position <= len(pages) else None


class Editions:
    """Published editions, parsed once a process; drafts are read anew each time."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Asked] = OrderedDict()
        self._lock = Lock()

    def known(self, edition_id: int) -> Asked | None:
        """The edition if it is kept already; asks no database."""
        return self._kept.get(edition_id)

    def asked(self, session: Session, edition_id: int) -> Asked:
        """The edition with this id, which must exist."""
        kept = self._kept.get(edition_id)
        if kept is not None:
            return kept
        asked = read_edition(session, edition_id)
        if asked.status is not EditionStatus.DRAFT:
            with self._lock:
                self._kept[edition_id] = asked
                while len(self._kept) > CACHED_EDITIONS:
                    self._kept.popitem(last=False)
        return asked


def revision(session: Session, edition_id: int) -> int:
    """The number of a draft's newest revision; 0 where there is none."""
    of_draft = DraftRevision.edition_id == edition_id
    return session.scalar(select(func.max(DraftRevision.number)).where(of_draft)) or 0


def read_draft(session: Session, edition_id: int) -> q.Questionnaire:
    """A draft's questionnaire as it stands."""
    written = cast(DraftRevision.tree, Text)
    of_draft = select(written).where(DraftRevision.edition_id == edition_id)
    return _tree(session.scalars(of_draft.order_by(DraftRevision.number.desc()).limit(1)).one())


@lru_cache(maxsize=8)  # one person asks for the same draft page after page
def _tree(written: str) -> q.Questionnaire:
    return q.Questionnaire.model_validate_json(written)


def earlier_draft(session: Session, edition_id: int, number: int) -> q.Questionnaire | None:
    """A draft's questionnaire as it stood at a revision, if that is still kept."""
    revision = session.get(DraftRevision, (edition_id, number))
    return q.Questionnaire.model_validate(revision.tree) if revision else None


@dataclass(frozen=True)
class Change:
    """One step in the life of a draft: its revision, what was done, by whom, when."""

    number: int
    what: str
    by: str | None
    saved_at: datetime


def changes(session: Session, edition_id: int, *, limit: int) -> list[Change]:
    """A draft's latest changes, the newest first."""
    columns = (DraftRevision.number, DraftRevision.what, User.name, DraftRevision.saved_at)
    rows = session.execute(
        select(*columns)
        .outerjoin(User, User.id == DraftRevision.user_id)
        .where(DraftRevision.edition_id == edition_id)
        .order_by(DraftRevision.number.desc())
        .limit(limit)
    )
    return [Change(*row) for row in rows]


@dataclass
class Listed:
    """A survey with its editions, the newest first."""

    name: str
    editions: list[Edition]

    @property
    def draft(self) -> Edition | None:
        """The edition that is being written, if there is one."""
        return next((e for e in self.editions if e.status is EditionStatus.DRAFT), None)

    @property
    def live(self) -> Edition | None:
        """The newest published edition, which collections can ask."""
        return next((e for e in self.editions if e.status is EditionStatus.PUBLISHED), None)


def listed(session: Session) -> list[Listed]:
    """All surveys by name."""
    found: dict[str, Listed] = {}
    rows = session.execute(
        select(Survey.name, Edition)
        .join(Edition, Edition.survey_id == Survey.id)
        .order_by(Survey.name, Edition.number.desc())
    )
    for name, edition in rows:
        found.setdefault(name, Listed(name, [])).editions.append(edition)
    return list(found.values())


def survey(session: Session, name: str) -> Listed | None:
    """One survey with its editions."""
    editions = session.scalars(
        select(Edition)
        .join(Survey)
        .where(Survey.name == name)
        .options(joinedload(Edition.survey))
        .order_by(Edition.number.desc())
    ).all()
    return Listed(name, list(editions)) if editions else None


def open_collections(session: Session, edition_id: int, *, now: datetime) -> list[Collection]:
    """Collections of an edition that take answers now or will, the newest first."""
    lasting = or_(Collection.closes_at.is_(None), Collection.closes_at > now)
    return list(
        session.scalars(
            select(Collection)
            .where(Collection.edition_id == edition_id, lasting, Collection.withdrawn_at.is_(None))
            .order_by(Collection.opens_at.desc(), Collection.id)
        )
    )


def measures(session: Session) -> list[q.Measure]:
    """Every measure that a published edition carries, by name."""
    return [
        q.Measure(name=m.name, title=m.title, better=m.better, top=m.top)
        for m in session.scalars(select(Measure).order_by(Measure.name))
    ]


def read_edition(session: Session, edition_id: int) -> Asked:
    """An edition and all that belongs to it: a draft in two statements, others in six."""
    status = session.scalars(select(Edition.status).where(Edition.id == edition_id)).one()
    if status is EditionStatus.DRAFT:
        return _asked_of_draft(edition_id, read_draft(session, edition_id))
    edition = session.scalars(
        select(Edition)
        .where(Edition.id == edition_id)
        .options(
            selectinload(Edition.survey),
            selectinload(Edition.pages).options(
                selectinload(Page.routes),
                selectinload(Page.questions).options(
                    selectinload(Question.options), selectinload(Question.measure)
                ),
            ),
        )
    ).one()
    questions = [question for page in edition.pages for question in page.questions]
    ids = {question.name: question.id for question in questions}
    questionnaire = _questionnaire(edition)
    return Asked(
        edition_id=edition.id,
        status=edition.status,
        questionnaire=questionnaire,
        question_ids=ids,
        names={number: name for name, number in ids.items()},
        routed_ids=frozenset(ids[name] for name in questionnaire.routed_by),
        page_ids=tuple(
            frozenset(question.id for question in page.questions) for page in edition.pages
        ),
    )


def _asked_of_draft(edition_id: int, questionnaire: q.Questionnaire) -> Asked:
    """A draft has no rows for answers to point to; its questions count from -1 down."""
    ids = {name: -number for number, name in enumerate(questionnaire.questions, start=1)}
    return Asked(
        edition_id=edition_id,
        status=EditionStatus.DRAFT,
        questionnaire=questionnaire,
        question_ids=ids,
        names={number: name for name, number in ids.items()},
        routed_ids=frozenset(ids[name] for name in questionnaire.routed_by if name in ids),
        page_ids=tuple(
            frozenset(ids[question.name] for question in page.questions)
            for page in questionnaire.pages
        ),
    )


def newest_edition(session: Session, survey_name: str) -> Edition | None:
    """The survey's latest edition, whatever its status."""
    return session.scalars(
        select(Edition)
        .join(Survey)
        .where(Survey.name == survey_name)
        .order_by(Edition.number.desc())
        .limit(1)
    ).first()


def _questionnaire(edition: Edition) -> q.Questionnaire:
    measures = {
        question.measure.name: question.measure
        for page in edition.pages
        for question in page.questions
        if question.measure
    }
    return q.Questionnaire.model_validate(
        {
            "survey": edition.survey.name,
            **{
                key: getattr(edition, key)
                for key in q.Questionnaire.model_fields
                if key not in ("survey", "measures", "pages")
            },
            "measures": [
                {"name": m.name, "title": m.title, "better": m.better, "top": m.top}
                for m in measures.values()
            ],
            "pages": [_page(page) for page in edition.pages],
        }
    )


def _page(page: Page) -> dict[str, Any]:
    return {
        "name": page.name,
        "title": page.title,
        "statements": page.statements,
        "questions": [_question(question) for question in page.questions],
        "show_when": {"match": page.match, "conditions": [_condition(r) for r in page.routes]}
        if page.routes
        else None,
    }


def _question(question: Question) -> dict[str, Any]:
    plain = q.Question.model_fields.keys() - {"options", "measure"}
    return {
        **{key: getattr(question, key) for key in plain},
        "options": [_option(option) for option in question.options],
        "measure": question.measure.name if question.measure else None,
    }


def _option(option: Option) -> dict[str, Any]:
    return {key: getattr(option, key) for key in q.Option.model_fields}


def _condition(route: Route) -> dict[str, Any]:
    return {"question": route.question, "test": route.test, "values": route.values}
