"""Meetings: when a group meets, by when its papers stand, what was decided there."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from feedback.errors import ChangedMeanwhile, MeetingInUse
from feedback.models.improvements import Commitment, Insight
from feedback.queries import meetings as stored
from feedback.services import convening
from feedback.services.convening import Facts
from feedback.vocabulary import Audience, CommitmentState

BOARD = Facts("Board", date(2026, 12, 10), date(2026, 12, 3), date(2026, 11, 30))


@pytest.fixture
def meeting(officer, session, now):
    return convening.call(session, BOARD, by=officer.id, now=now)


def promised(session, now, meeting, *, due_on=None, state=CommitmentState.DOING):
    insight = Insight(
        code=f"heard-{due_on}", title={}, said={}, audience=Audience.PARENT, tags=[],
        heard_on=date(2026, 11, 1), created_at=now,
    )  # fmt: skip
    insight.commitments = [
        Commitment(position=1, what={"en": {"standard": str(due_on)}}, notice={}, reason={},
                   state=state, meeting_id=meeting.id, due_on=due_on, created_at=now)
    ]  # fmt: skip
    session.add(insight)
    session.flush()


def test_whoever_changes_a_meeting_second_is_told(session, meeting, officer, now):
    later = replace(BOARD, held_on=date(2026, 12, 17))
    convening.change(session, meeting, later, version=1, by=officer.id, now=now)
    with pytest.raises(ChangedMeanwhile):
        convening.change(session, meeting, BOARD, version=1, by=officer.id, now=now)

    assert (meeting.held_on, meeting.version) == (date(2026, 12, 17), 2)


def test_papers_cannot_go_out_after_the_meeting(officer, session, now):
    wrong = replace(BOARD, papers_on=date(2026, 12, 11))
    with session.begin_nested() as inner:
        with pytest.raises(IntegrityError):
            convening.call(session, wrong, by=None, now=now)
        inner.rollback()


def test_the_log_has_what_was_decided_there_by_the_day_it_is_due(session, meeting, now):
    for due in (None, date(2027, 2, 1), date(2027, 1, 1)):
        promised(session, now, meeting, due_on=due)
    found = stored.commitments(session, meeting.id)

    assert [each.due_on for each in found] == [date(2027, 1, 1), date(2027, 2, 1), None]
    assert stored.decided(session) == {meeting.id: 3}
    assert stored.commitments(session, meeting.id, 7) == []


def test_a_meeting_with_promises_stays_and_an_empty_one_can_go(session, meeting, officer, now):
    empty = convening.call(session, BOARD, by=officer.id, now=now)
    promised(session, now, meeting)
    convening.remove(session, empty, by=officer.id, now=now)
    with pytest.raises(MeetingInUse):
        convening.remove(session, meeting, by=officer.id, now=now)

    assert [each.id for each in stored.every(session)] == [meeting.id]


def test_the_next_meeting_is_the_first_that_is_not_over(session, meeting, now):
    later = convening.call(session, replace(BOARD, held_on=date(2027, 3, 1)), by=None, now=now)

    assert stored.next_with_papers(session, date(2026, 12, 10)).id == meeting.id
    assert stored.next_with_papers(session, date(2026, 12, 11)).id == later.id
    assert stored.next_with_papers(session, date(2027, 3, 2)) is None
