"""What a survey asks: its editions, read whole as a questionnaire."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from feedback import questionnaire as q
from feedback.models.surveys import Edition, Option, Page, Question, Route, Survey
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


def read_edition(session: Session, edition_id: int) -> Asked:
    """An edition and all that belongs to it, in five statements."""
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
