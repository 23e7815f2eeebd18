from datetime import date, timedelta

import pytest
from sqlalchemy import select

from feedback.errors import (
    ChangedMeanwhile,
    DueDayStands,
    NotReadyForEverybody,
    SecondPersonNeeded,
)
from feedback.models.improvements import Commitment, Insight, Update
from feedback.models.oversight import AuditEvent
from feedback.queries import improvements as stored
from feedback.services import improving
from feedback.services.improving import CommitmentFacts, InsightFacts, Said
from feedback.vocabulary import Audience, CommitmentState

TODAY = date(2026, 11, 2)
DUE = TODAY + timedelta(days=30)
DOING = Said(CommitmentState.DOING, TODAY)


def words(standard, easy="Easy words."):
    return {"en": {"standard": standard, "easy": easy}}


def heard(title="Letters are hard to read", **more):
    facts = {
        "title": words(title),
        "said": words("Letters use words that nobody knows."),
        "audience": Audience.PARENT,
        "heard_on": TODAY,
    }
    return InsightFacts(**facts | more)


def promised(**more):
    return CommitmentFacts(words("We write them anew."), words("They fit on one page."), **more)


@pytest.fixture
def ground(officer, viewer, session, now):
    """Who writes, and what every call takes."""
    return {"by": officer.id, "now": now}


@pytest.fixture
def insight(ground, session):
    return improving.draft(session, heard(), **ground)


@pytest.fixture
def commitment(insight, ground, session):
    made = improving.promise(session, insight, promised(due_on=DUE), DOING, today=TODAY, **ground)
    return stored.commitment(session, made.id)


def updates(session, commitment):
    return session.scalars(
        select(Update.state).where(Update.commitment_id == commitment.id).order_by(Update.id)
    ).all()


def say(session, commitment, state, ground, *, version=None, **more):
    improving.say(
        session,
        commitment,
        Said(state, TODAY, **more),
        version=commitment.version if version is None else version,
        today=TODAY,
        **ground,
    )


def test_two_insights_with_one_title_have_addresses_of_their_own(insight, ground, session):
    again = improving.draft(session, heard(), **ground)
    assert (insight.code, again.code) == ("letters-are-hard-to-read", "letters-are-hard-to-read-2")


@pytest.mark.parametrize("title", ["New", "Commitment", "What changed?", "!!!", "رسائل صعبة"])
def test_no_title_takes_the_address_of_another_page(title, ground, session):
    assert improving.draft(session, heard(title), **ground).code not in {*improving.PAGES, ""}


def test_only_what_can_be_read_in_both_wordings_becomes_public(ground, session, now):
    insight = improving.draft(session, heard(said=words("Only this.", None)), **ground)
    with pytest.raises(NotReadyForEverybody):
        improving.publish(session, insight, version=1, **ground)
    assert insight.published_at is None


def test_published_twice_is_published_once(insight, ground, session, now):
    improving.publish(session, insight, version=1, **ground)
    improving.publish(session, insight, version=1, by=ground["by"], now=now + timedelta(days=1))
    assert insight.published_at == now
    noted = session.scalars(select(AuditEvent.action)).all()
    assert noted.count("publish insight") == 1


def test_a_published_insight_says_when_it_was_changed(insight, ground, session):
    improving.change(session, insight, heard("Better"), version=1, today=TODAY, **ground)
    assert insight.changed_on is None
    improving.publish(session, insight, version=2, **ground)
    improving.change(session, insight, heard("Best"), version=3, today=TODAY, **ground)
    assert insight.changed_on == TODAY
    assert insight.title == words("Best")


def test_whoever_is_second_is_told(insight, ground, session):
    improving.change(session, insight, heard("First"), version=1, today=TODAY, **ground)
    with pytest.raises(ChangedMeanwhile):
        improving.change(session, insight, heard("Second"), version=1, today=TODAY, **ground)
    assert insight.title == words("First")


def test_what_is_taken_back_says_why_and_can_be_public_again(insight, ground, session):
    improving.publish(session, insight, version=1, **ground)
    with pytest.raises(ValueError, match="reason"):
        improving.take_back(session, insight, "  ", **ground)
    improving.take_back(session, insight, "It was not so.", **ground)
    assert insight.withdrawn_at is not None
    improving.publish(session, insight, version=insight.version, **ground)
    assert insight.withdrawn_at is None and insight.withdrawn_because == ""


def test_a_draft_can_be_deleted_with_its_promises_and_a_public_one_cannot(
    commitment, insight, ground, session
):
    improving.publish(session, insight, version=1, **ground)
    with pytest.raises(ValueError, match="taken back"):
        improving.remove(session, insight, **ground)
    other = improving.draft(session, heard("Other"), **ground)
    improving.promise(session, other, promised(), DOING, today=TODAY, **ground)
    session.expire_all()
    improving.remove(session, session.get(Insight, other.id), **ground)
    assert session.scalars(select(Commitment.insight_id)).all() == [insight.id]


def test_a_promise_for_a_day_that_is_over_is_refused(insight, ground, session):
    with pytest.raises(ValueError, match="ahead"):
        improving.promise(
            session,
            insight,
            promised(due_on=TODAY - timedelta(days=1)),
            DOING,
            today=TODAY,
            **ground,
        )
    assert session.scalars(select(Commitment)).all() == []


def test_nothing_begins_as_done(insight, ground, session):
    with pytest.raises(ValueError, match="begins"):
        improving.promise(
            session,
            insight,
            promised(),
            Said(CommitmentState.DONE, TODAY),
            today=TODAY,
            **ground,
        )


def test_a_promise_begins_its_log(commitment, session):
    assert updates(session, commitment) == [CommitmentState.DOING]


def test_the_day_that_people_were_told_stays(commitment, insight, ground, session):
    later = promised(due_on=DUE + timedelta(days=30))
    improving.change_promise(session, commitment, later, version=1, today=TODAY, **ground)
    improving.publish(session, insight, version=1, **ground)
    with pytest.raises(DueDayStands):
        improving.change_promise(
            session, commitment, promised(due_on=DUE), version=2, today=TODAY, **ground
        )
    with pytest.raises(DueDayStands):
        improving.change_promise(session, commitment, promised(), version=2, today=TODAY, **ground)
    assert commitment.due_on == DUE + timedelta(days=30)


def test_what_cannot_be_done_has_its_reason(commitment, ground, session):
    with pytest.raises(ValueError, match="reason"):
        say(session, commitment, CommitmentState.CANNOT, ground)
    say(session, commitment, CommitmentState.CANNOT, ground, reason=words("There is no money."))
    assert commitment.state is CommitmentState.CANNOT
    assert commitment.reason == words("There is no money.")


def test_nothing_happened_tomorrow(commitment, ground, session):
    with pytest.raises(ValueError, match="come"):
        improving.say(
            session,
            commitment,
            Said(CommitmentState.DOING, TODAY + timedelta(days=1)),
            version=1,
            today=TODAY,
            **ground,
        )


def test_done_takes_two_people(commitment, ground, viewer, session, now):
    say(session, commitment, CommitmentState.DONE, ground, words=words("It is done."))
    assert commitment.state is CommitmentState.DOING
    with pytest.raises(SecondPersonNeeded):
        _check(session, commitment, ground["by"], now)
    assert commitment.state is CommitmentState.DOING
    _check(session, commitment, viewer.id, now)
    assert commitment.state is CommitmentState.DONE
    assert updates(session, commitment)[-1] is CommitmentState.DONE


def test_nobody_checks_what_nobody_says_is_done(commitment, viewer, session, now):
    with pytest.raises(SecondPersonNeeded):
        _check(session, commitment, viewer.id, now)


def test_who_does_not_agree_says_why_and_it_goes_on(commitment, ground, viewer, session, now):
    say(session, commitment, CommitmentState.DONE, ground)
    with pytest.raises(ValueError, match="why"):
        _check(session, commitment, viewer.id, now, agrees=False)
    _check(session, commitment, viewer.id, now, agrees=False, words=words("Two are missing."))
    assert commitment.state is CommitmentState.DOING and commitment.done_by_id is None
    with pytest.raises(SecondPersonNeeded):
        _check(session, commitment, viewer.id, now)


def test_what_is_taken_up_again_needs_a_second_look_again(commitment, ground, viewer, session, now):
    say(session, commitment, CommitmentState.DONE, ground)
    _check(session, commitment, viewer.id, now)
    say(session, commitment, CommitmentState.DOING, ground)
    assert commitment.state is CommitmentState.DOING
    assert commitment.checked_by_id is None and commitment.done_by_id is None


def test_an_update_of_somebody_else_is_not_written_over(commitment, ground, session):
    say(session, commitment, CommitmentState.DOING, ground, version=1)
    with pytest.raises(ChangedMeanwhile):
        say(session, commitment, CommitmentState.HEARING, ground, version=1)
    assert len(updates(session, commitment)) == 2


def _check(session, commitment, by, now, *, agrees=True, words=None):
    improving.check(
        session,
        commitment,
        agrees=agrees,
        words=words or {},
        version=commitment.version,
        by=by,
        now=now,
        today=TODAY,
    )
