"""Brings surveys in, publishes and retires editions."""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from feedback import questionnaire as q
from feedback.errors import (
    DraftMoved,
    DraftNotReady,
    EditionPublished,
    MeasureDiffers,
    NotKept,
)
from feedback.models.proposals import Proposal
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
from feedback.queries import surveys
from feedback.redrafting import part_at
from feedback.services import signing_off
from feedback.soundness import faults
from feedback.vocabulary import EditionStatus, Match, ProposalState

KEPT_REVISIONS = 200  # of a draft; some hours of work, each a few ten thousand letters

_OF_EDITION = tuple(
    key for key in q.Questionnaire.model_fields if key not in ("survey", "measures", "pages")
)


class PartChanged(Exception):
    """Somebody else has changed, meanwhile, the very part that was being changed.

    `base` is the draft as the person saw it (None where it is too long ago), `latest` as it is.
    """

    def __init__(self, base: q.Questionnaire | None, latest: q.Questionnaire, number: int) -> None:
        super().__init__("changed meanwhile")
        self.base, self.latest, self.number = base, latest, number


def keep_draft(
    session: Session,
    questionnaire: q.Questionnaire,
    *,
    user_id: int | None = None,
    what: str = "import",
    now: datetime,
) -> Edition:
    """Keep a questionnaire as its survey's draft; how the draft stood before is kept too.

    Published editions stay as they are: the draft becomes the edition after them.

    Raises:
        MeasureDiffers: a measure of this name means something else already.
    """
    _known_measures(session, questionnaire)
    survey = session.scalars(select(Survey).where(Survey.name == questionnaire.survey)).first()
    if survey is None:
        survey = Survey(name=questionnaire.survey, created_at=now)
        session.add(survey)
        session.flush()
    edition = surveys.newest_edition(session, survey.name)
    if edition is None or edition.status is not EditionStatus.DRAFT:
        number = 1 if edition is None else edition.number + 1
        edition = Edition(survey=survey, number=number, created_at=now)
        edition.status = EditionStatus.DRAFT
        session.add(edition)
    _keep(session, edition, questionnaire, user_id=user_id, what=what, now=now)
    return edition


def change(
    session: Session,
    edition: Edition,
    edit: Callable[[q.Questionnaire], q.Questionnaire],
    *,
    seen: int,
    place: str | None = None,
    user_id: int,
    what: str,
    now: datetime,
) -> q.Questionnaire:
    """Change a draft, on top of what others have changed since the person saw it.

    Args:
        edit: gives the changed questionnaire, made from the draft as it stands now.
        seen: the revision that the person had before them.
        place: the part that they changed, as `redrafting.part_at` names it; None where the
            change fits whatever else was changed.

    Raises:
        PartChanged: somebody else has changed that part since.
        EditionPublished: the draft was published meanwhile.
        redrafting.NoSuchPart: somebody else has taken the part out.
    """
    _lock_draft(session, edition)
    newest = surveys.revision(session, edition.id)
    latest = surveys.read_draft(session, edition.id)
    if place is not None and seen != newest:
        base = surveys.earlier_draft(session, edition.id, seen)
        if base is None or part_at(base, place) != part_at(latest, place):
            raise PartChanged(base, latest, newest)
    edited = edit(latest)
    if edited != latest:
        _keep(session, edition, edited, user_id=user_id, what=what, now=now)
    return edited


def restore(
    session: Session, edition: Edition, number: int, *, user_id: int, now: datetime
) -> None:
    """Take a draft back to how it stood at a revision, as one more change.

    Raises:
        EditionPublished: the draft was published meanwhile.
        NotKept: that state is too long ago.
    """
    _lock_draft(session, edition)
    earlier = surveys.earlier_draft(session, edition.id, number)
    if earlier is None:
        raise NotKept
    _keep(session, edition, earlier, user_id=user_id, what="restore", now=now)


def discard(session: Session, edition: Edition) -> None:
    """Throw a draft away; a survey that never was more than this draft goes with it.

    Raises:
        EditionPublished: the draft was published meanwhile.
    """
    _lock_draft(session, edition)
    survey_id = edition.survey_id
    others = select(Edition.id).where(Edition.survey_id == survey_id, Edition.id != edition.id)
    last = session.scalar(others.limit(1)) is None
    signing_off.forget_draft(session, edition.id, survey_id, last=last)
    session.execute(delete(DraftRevision).where(DraftRevision.edition_id == edition.id))
    session.execute(delete(Edition).where(Edition.id == edition.id))
    if last:
        session.execute(delete(Survey).where(Survey.id == survey_id))


def publish(
    session: Session,
    edition: Edition,
    *,
    seen: int | None = None,
    pictures: Collection[str] | None = None,
    now: datetime,
) -> None:
    """Freeze an edition so that it can be asked; safe to do twice.

    Args:
        seen: the revision that the person agreed to; None takes the draft as it stands.
        pictures: names of all pictures there are; None leaves them unchecked.

    Raises:
        DraftMoved: somebody has changed the draft since it was seen.
        DraftNotReady: something in it keeps it from being asked.
        MeasureDiffers: a measure of this name means something else already.
    """
    if not _lock(session, edition):
        return
    if seen is not None and surveys.revision(session, edition.id) != seen:
        raise DraftMoved
    asked = surveys.read_draft(session, edition.id)
    if any(faults(asked, pictures)):
        raise DraftNotReady
    measures = _measures(session, asked)
    session.add_all(
        _page(page, at, measures, edition.id) for at, page in enumerate(asked.pages, start=1)
    )
    session.flush()
    edition.status = EditionStatus.PUBLISHED
    edition.published_at = now
    _say_asked(session, edition.survey_id, asked)
    session.flush()


def _say_asked(session: Session, survey_id: int, asked: q.Questionnaire) -> None:
    """Ideas of groups whose question stands in what is published are asked from now on."""
    session.execute(
        update(Proposal)
        .where(
            Proposal.survey_id == survey_id,
            Proposal.state == ProposalState.TRYING,
            Proposal.question.in_(asked.questions),
        )
        .values(state=ProposalState.ASKED, version=Proposal.version + 1)
    )


def retire(session: Session, edition: Edition) -> None:
    """Take a published edition out of use; answers to it stay readable."""
    if edition.status is EditionStatus.PUBLISHED:
        edition.status = EditionStatus.RETIRED
        session.flush()


def _lock(session: Session, edition: Edition) -> bool:
    """Let one person at a time change an edition; whether it is still a draft."""
    session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update())
    session.refresh(edition, ["status"])
    return edition.status is EditionStatus.DRAFT


def _lock_draft(session: Session, edition: Edition) -> None:
    if not _lock(session, edition):
        raise EditionPublished


def _keep(
    session: Session,
    edition: Edition,
    questionnaire: q.Questionnaire,
    *,
    user_id: int | None,
    what: str,
    now: datetime,
) -> None:
    """Write a draft's new state, and forget what is too long ago.

    Every change of a draft comes through here, and with it goes what a group approved of it.
    """
    tree = questionnaire.model_dump(mode="json", exclude={"pages", "measures"})
    for key in _OF_EDITION:
        setattr(edition, key, tree[key])
    session.flush()
    signing_off.clear_where_changed(session, edition, questionnaire, now=now)
    number = surveys.revision(session, edition.id) + 1
    revision = DraftRevision(
        edition_id=edition.id,
        number=number,
        tree=questionnaire.model_dump(mode="json", exclude_defaults=True),
        what=what,
        user_id=user_id,
        saved_at=now,
    )
    session.add(revision)
    long_ago = DraftRevision.number <= number - KEPT_REVISIONS
    session.execute(delete(DraftRevision).where(DraftRevision.edition_id == edition.id, long_ago))
    session.flush()


def _known_measures(session: Session, questionnaire: q.Questionnaire) -> dict[str, Measure]:
    names = [measure.name for measure in questionnaire.measures]
    found = {m.name: m for m in session.scalars(select(Measure).where(Measure.name.in_(names)))}
    for measure in questionnaire.measures:
        kept = found.get(measure.name)
        if kept is not None and (kept.better, kept.top) != (measure.better, measure.top):
            raise MeasureDiffers(name=measure.name)
    return found


def _measures(session: Session, questionnaire: q.Questionnaire) -> dict[str, Measure]:
    found = _known_measures(session, questionnaire)
    for measure in questionnaire.measures:
        kept = found.get(measure.name)
        if kept is None:
            found[measure.name] = Measure(**measure.model_dump(mode="json"))
            session.add(found[measure.name])
        else:
            kept.title = measure.model_dump(mode="json")["title"]
    return found


def _page(page: q.Page, position: int, measures: dict[str, Measure], edition_id: int) -> Page:
    route = page.show_when
    plain = page.model_dump(mode="json")
    return Page(
        edition_id=edition_id,
        position=position,
        name=page.name,
        title=plain["title"],
        statements=plain["statements"],
        match=route.match if route else Match.ALL,
        questions=[
            _question(question, at, measures) for at, question in enumerate(page.questions, start=1)
        ],
        routes=[
            Route(position=at, **condition.model_dump())
            for at, condition in enumerate(route.conditions if route else [], start=1)
        ],
    )


def _question(question: q.Question, position: int, measures: dict[str, Measure]) -> Question:
    plain = question.model_dump(mode="json", exclude={"options", "measure"})
    options = [option.model_dump(mode="json") for option in question.options]
    return Question(
        position=position,
        **{**plain, "kind": question.kind},
        measure=measures[question.measure] if question.measure else None,
        options=[Option(position=at, **option) for at, option in enumerate(options, start=1)],
    )
