from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from feedback.models.oversight import Deletion
from feedback.models.responses import Answer, Response
from feedback.questionnaire import Given
from feedback.services import retention

SAID = {"more": Given(text="We waited too long")}
DAYS = timedelta(days=14)
MOMENT = timedelta(seconds=1)


def left(session) -> set[str]:
    return set(session.scalars(select(Response.submission_id)))


def test_exactly_what_was_not_touched_for_14_days_is_deleted(
    session, open_collection, answered, codes, now
):
    stale = answered(session, open_collection, SAID, sent=False)
    fresh = answered(session, open_collection, SAID, sent=False, at=now + MOMENT)
    sent = answered(session, open_collection, SAID)

    assert retention.delete_unfinished(session, codes, now=now + DAYS) == 0
    assert retention.delete_unfinished(session, codes, now=now + DAYS + MOMENT) == 1
    assert left(session) == {fresh.submission_id, sent.submission_id}
    assert session.scalar(select(func.count()).where(Answer.response_id == stale.id)) == 0


def test_deleting_again_deletes_no_more(session, open_collection, answered, codes, now):
    answered(session, open_collection, SAID, sent=False)

    assert retention.delete_unfinished(session, codes, now=now + 2 * DAYS) == 1
    assert retention.delete_unfinished(session, codes, now=now + 2 * DAYS) == 0


def test_made_up_responses_of_the_demonstration_stay(
    session, open_collection, answered, codes, now
):
    answered(session, open_collection, SAID, sent=False)
    session.execute(update(Response).values(made_up=True))

    assert retention.delete_unfinished(session, codes, now=now + 2 * DAYS) == 0


def test_that_something_was_deleted_is_kept_without_the_content(
    session, open_collection, answered, codes, now
):
    gone = answered(session, open_collection, SAID, sent=False)
    retention.delete_unfinished(session, codes, now=now + 2 * DAYS)

    kept = session.scalars(select(Deletion)).one()
    assert (kept.what, kept.reason) == ("response", "unfinished")
    assert kept.erased_at == now + 2 * DAYS
    assert kept.reference_hash == codes.reference(gone.submission_id)
    assert gone.submission_id not in kept.reference_hash


@pytest.mark.parametrize("days", [20, 400])
def test_an_open_visit_that_is_saved_again_lives_on(
    session, open_collection, answered, codes, now, days
):
    answered(session, open_collection, SAID, sent=False, at=now + timedelta(days=days))

    assert retention.delete_unfinished(session, codes, now=now + timedelta(days=days + 14)) == 0
