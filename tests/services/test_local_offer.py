"""Comments on the local offer: kept once, answered in time, published in our own words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from rounds_ground import insight
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from feedback.errors import ChangedMeanwhile, NotReadyToPublish, NoYesToQuote
from feedback.models.improvements import Commitment
from feedback.models.local_offer import LocalOfferComment
from feedback.models.oversight import AuditEvent
from feedback.queries import local_offer as stored
from feedback.questionnaire import Wording
from feedback.services import local_offer
from feedback.services.local_offer import Answered, Comment
from feedback.vocabulary import Audience, CommitmentState, OfferChannel, OfferKind

TODAY = date(2026, 11, 2)
SAID = Comment(
    words="The list is old",
    about="Short breaks",
    kind=OfferKind.COMMENT,
    audience=Audience.PARENT,
    channel=OfferChannel.ONLINE,
    language="en",
    received_on=TODAY,
)
ANSWER = Answered(
    about="Short breaks",
    kind=OfferKind.COMMENT,
    summary={"en": Wording(standard="The list is old.")},
    response={"en": Wording(standard="We mended it.")},
)


@pytest.fixture
def by(officer, now):
    return {"by": officer.id, "now": now}


@pytest.fixture
def keep(officer, session, codes, now):
    def kept(key="k", by=None, **changed):
        local_offer.keep(session, replace(SAID, **changed), key, codes, by=by, now=now)
        return session.scalars(
            select(LocalOfferComment).order_by(LocalOfferComment.id.desc())
        ).first()

    return kept


def many(session):
    return len(session.scalars(select(LocalOfferComment.id)).all())


def test_the_same_words_sent_twice_are_kept_once_and_other_words_are_not_lost(session, keep):
    keep()
    keep()
    assert many(session) == 1
    keep(words="And there is no map")
    keep(key="another form")
    assert many(session) == 3


def test_what_could_show_who_wrote_it_is_hidden_before_it_is_kept(keep):
    kept = keep(words="Write to jo@x.example", about="Mrs Ann Smith’s page")

    assert kept.words == "Write to [email]"
    assert "Smith" not in kept.about


def test_only_what_staff_type_in_stands_in_the_record(session, keep, officer):
    keep()
    assert session.scalars(select(AuditEvent)).all() == []
    keep(key="typed", by=officer.id)
    keep(key="typed", by=officer.id)
    assert [each.action for each in session.scalars(select(AuditEvent))] == ["add offer comment"]


def test_an_answer_has_its_day_and_is_published_under_its_year(session, keep, by, now):
    kept = keep(received_on=date(2025, 12, 30))
    local_offer.answer(session, kept, ANSWER, version=1, today=TODAY, **by)
    assert kept.responded_on == TODAY
    local_offer.answer(session, kept, ANSWER, version=2, today=TODAY + timedelta(days=9), **by)
    assert kept.responded_on == TODAY
    assert stored.published(session, 2025) == []

    local_offer.publish(session, kept, **by)
    local_offer.publish(session, kept, **by)
    assert [each.id for each in stored.published(session, 2025)] == [kept.id]
    assert stored.years(session) == [2025]
    local_offer.take_back(session, kept, **by)
    assert stored.years(session) == []


def test_nothing_is_published_without_a_summary_and_a_response(session, keep, by):
    kept = keep()
    with pytest.raises(NotReadyToPublish):
        local_offer.publish(session, kept, **by)
    local_offer.answer(session, kept, replace(ANSWER, summary={}), version=1, today=TODAY, **by)
    with pytest.raises(NotReadyToPublish):
        local_offer.publish(session, kept, **by)
    local_offer.answer(session, kept, ANSWER, version=2, today=TODAY, **by)
    local_offer.publish(session, kept, **by)
    with pytest.raises(NotReadyToPublish):
        local_offer.answer(
            session, kept, replace(ANSWER, response={}), version=4, today=TODAY, **by
        )


def test_own_words_are_shown_only_with_a_yes(session, keep, by):
    without, asked = keep(), keep(key="yes", may_be_quoted=True)
    shown = replace(ANSWER, show_words=True)
    with pytest.raises(NoYesToQuote):
        local_offer.answer(session, without, shown, version=1, today=TODAY, **by)
    local_offer.answer(session, asked, shown, version=1, today=TODAY, **by)
    assert asked.words_shown
    with pytest.raises(IntegrityError), session.begin_nested():
        without.words_shown = True


def test_two_who_answer_at_once_do_not_write_over_each_other(session, keep, by):
    kept = keep()
    local_offer.answer(session, kept, ANSWER, version=1, today=TODAY, **by)
    with pytest.raises(ChangedMeanwhile):
        local_offer.answer(session, kept, ANSWER, version=1, today=TODAY, **by)


@pytest.mark.parametrize(("days", "late"), [(28, False), (29, True), (27, False)])
def test_more_than_20_working_days_without_an_answer_is_late(session, keep, by, days, late):
    kept = keep()  # on a Monday
    assert local_offer.waits_long(kept, today=TODAY + timedelta(days=days)) is late
    local_offer.answer(session, kept, ANSWER, version=1, today=TODAY, **by)
    assert not local_offer.waits_long(kept, today=TODAY + timedelta(days=90))


def test_a_promise_is_named_once_everybody_may_read_its_insight(session, keep, by, now):
    kept, found = keep(), insight("Lists", now)
    session.add(found)
    session.flush()
    promise = Commitment(
        insight_id=found.id,
        position=1,
        what={"en": {"standard": "A new list"}},
        notice={},
        state=CommitmentState.DOING,
        created_at=now,
    )
    session.add(promise)
    session.flush()
    facts = replace(ANSWER, commitment=promise)
    local_offer.answer(session, kept, facts, version=1, today=TODAY, **by)
    session.expire_all()
    assert local_offer.promised(stored.one(session, kept.id)) is None
    found.published_at = now
    session.flush()
    assert local_offer.promised(stored.one(session, kept.id)) is not None
    found.withdrawn_at = now
    session.flush()
    assert local_offer.promised(stored.one(session, kept.id)) is None


def test_how_many_came_in_passes_the_gate(session, keep):
    for number in range(14):
        kind = OfferKind.SUGGESTION if number < 3 else OfferKind.COMMENT
        keep(key=f"{number}", kind=kind)
    counts = local_offer.year(session, 2026, threshold=10).counts
    assert counts.base.count == 14
    assert counts.cells["suggestion"].hidden and counts.cells["complaint"].hidden
    assert local_offer.year(session, 2025, threshold=10).counts.base.hidden


def test_what_is_no_comment_can_be_deleted(session, keep, by):
    local_offer.remove(session, keep(), **by)
    session.flush()
    assert many(session) == 0
