"""Drafts: changed by several people, taken back, published once."""

import threading

import pytest
from sqlalchemy import func, select

from feedback import redrafting
from feedback.errors import DraftMoved, DraftNotReady, EditionPublished, NotKept
from feedback.models.surveys import DraftRevision, Edition, Page, Survey
from feedback.queries import surveys
from feedback.questionnaire import Wording
from feedback.redrafting import changed
from feedback.services import authoring, people
from feedback.services.authoring import PartChanged
from feedback.vocabulary import EditionStatus, Role


@pytest.fixture
def officer(session, now):
    """Whoever is at work, added in the same transaction."""
    email = "officer@brackenshore.example"
    return people.add_user(session, email, "Olive", Role.OFFICER, "a password", now=now)


@pytest.fixture
def draft(session, every_kind, now):
    return authoring.keep_draft(session, every_kind, now=now)


def ask(name: str, text: str):
    """A change of one question's words."""

    def edit(tree):
        question = redrafting.question_of(tree, name)
        words = {**question.ask, "en": Wording(standard=text)}
        return redrafting.set_question(tree, name, changed(question, ask=words))

    return edit


def asks(session, draft, name):
    return surveys.read_draft(session, draft.id).questions[name].ask["en"].standard


@pytest.fixture
def press(session, draft, officer, now):
    """Somebody changes a question of the draft that they saw at a revision."""

    def pressed(name: str, text: str, *, seen: int) -> None:
        authoring.change(
            session,
            draft,
            ask(name, text),
            seen=seen,
            place=f"question:{name}",
            user_id=officer.id,
            what="question",
            now=now,
        )

    return pressed


def test_two_people_change_two_questions_and_both_are_kept(session, draft, press):
    press("town", "Which village?", seen=1)
    press("more", "Anything else?", seen=1)
    assert asks(session, draft, "town") == "Which village?"
    assert asks(session, draft, "more") == "Anything else?"


def test_the_second_who_changes_the_same_question_is_told_and_nothing_is_stored(
    session, draft, press
):
    press("town", "Which village?", seen=1)
    with pytest.raises(PartChanged) as told:
        press("town", "Which city?", seen=1)
    assert told.value.base.questions["town"].ask["en"].standard == "Which town?"
    assert told.value.latest.questions["town"].ask["en"].standard == "Which village?"
    assert asks(session, draft, "town") == "Which village?"

    press("town", "Which city?", seen=told.value.number)
    assert asks(session, draft, "town") == "Which city?"


def test_a_change_to_what_somebody_took_out_is_told(session, draft, press, officer, now):
    authoring.change(
        session,
        draft,
        lambda tree: redrafting.remove_question(tree, "town"),
        seen=1,
        user_id=officer.id,
        what="question-remove",
        now=now,
    )
    with pytest.raises(PartChanged):
        press("town", "Which city?", seen=1)


def test_a_change_that_changes_nothing_is_no_step(session, draft, press):
    press("town", "Which town?", seen=1)
    assert surveys.revision(session, draft.id) == 1


def test_any_earlier_state_comes_back_and_the_way_there_is_kept(
    session, draft, press, every_kind, officer, now
):
    press("town", "Which village?", seen=1)
    press("more", "Anything else?", seen=2)
    authoring.restore(session, draft, 1, user_id=officer.id, now=now)
    assert surveys.read_draft(session, draft.id) == every_kind
    authoring.restore(session, draft, 3, user_id=officer.id, now=now)
    assert asks(session, draft, "more") == "Anything else?"
    with pytest.raises(NotKept):
        authoring.restore(session, draft, 99, user_id=officer.id, now=now)


def test_only_the_last_changes_are_kept(session, draft, press, monkeypatch):
    monkeypatch.setattr(authoring, "KEPT_REVISIONS", 3)
    for number in range(1, 6):
        press("town", f"Which town {number}?", seen=number)
    kept = session.scalars(select(DraftRevision.number).order_by(DraftRevision.number)).all()
    assert kept == [4, 5, 6]
    with pytest.raises(PartChanged) as told:  # what they saw is too long ago to compare
        press("more", "Else?", seen=1)
    assert told.value.base is None


def test_a_draft_that_is_not_sound_is_not_published(session, draft, officer, now):
    authoring.change(
        session,
        draft,
        lambda tree: redrafting.move_page(tree, "since", -6),
        seen=1,
        user_id=officer.id,
        what="page-up",
        now=now,
    )
    with pytest.raises(DraftNotReady):
        authoring.publish(session, draft, now=now)
    assert draft.status is EditionStatus.DRAFT
    assert session.scalar(select(func.count(Page.id))) == 0


def test_a_draft_that_changed_since_it_was_seen_is_not_published(session, draft, press, now):
    press("town", "Which village?", seen=1)
    with pytest.raises(DraftMoved):
        authoring.publish(session, draft, seen=1, now=now)
    authoring.publish(session, draft, seen=2, now=now)
    assert draft.status is EditionStatus.PUBLISHED


def test_a_published_edition_takes_no_change(session, draft, press, officer, now):
    authoring.publish(session, draft, now=now)
    with pytest.raises(EditionPublished):
        press("town", "Which village?", seen=1)
    with pytest.raises(EditionPublished):
        authoring.restore(session, draft, 1, user_id=officer.id, now=now)
    with pytest.raises(EditionPublished):
        authoring.discard(session, draft)


def test_a_draft_thrown_away_leaves_what_is_published(session, draft, every_kind, now):
    authoring.publish(session, draft, now=now)
    second = authoring.keep_draft(session, every_kind, now=now)
    authoring.discard(session, second)
    assert session.scalars(select(Edition.number)).all() == [1]
    assert session.scalar(select(func.count(Survey.id))) == 1


def test_a_survey_that_was_only_a_draft_goes_with_it(session, draft):
    authoring.discard(session, draft)
    for model in (Edition, Survey, DraftRevision):
        assert session.scalar(select(func.count()).select_from(model)) == 0


def test_two_officers_publish_at_once_and_it_is_published_once(database, every_kind, now):
    with database.writing() as writing, writing.begin():
        number = authoring.keep_draft(writing, every_kind, now=now).id
    ready, troubles = threading.Barrier(2), []

    def officer() -> None:
        try:
            with database.writing() as writing:
                ready.wait()
                with writing.begin():
                    edition = writing.get_one(Edition, number)
                    authoring.publish(writing, edition, seen=1, now=now)
        except Exception as trouble:
            troubles.append(trouble)

    both = [threading.Thread(target=officer) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert troubles == []
    with database.reading() as reading:
        assert surveys.read_edition(reading, number).questionnaire == every_kind
