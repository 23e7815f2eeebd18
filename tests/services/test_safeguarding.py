from datetime import timedelta

import pytest
from ideas_ground import members_of
from rooms_ground import room_of
from sqlalchemy import func, select

from feedback.errors import ChangedMeanwhile, FlagClosed, OutcomeMissing
from feedback.models.oversight import AuditEvent, Deletion
from feedback.models.safeguarding import SafeguardingFlag
from feedback.queries import safeguarding as stored
from feedback.services import retention, safeguarding
from feedback.vocabulary import DAYS_OF_WORRIES, FlagCause, FlagState

HURT = "My uncle hits me when nobody looks"


def flags(session) -> int:
    return session.scalar(select(func.count()).select_from(SafeguardingFlag))


def test_words_of_concern_raise_a_flag_with_what_was_written_and_by_whom(session, now):
    room = room_of(session, now)
    member = members_of(session, room, 1)[0]

    flag = safeguarding.look(session, f"  {HURT} ", room=room, member=member, now=now)

    assert flag is not None
    assert (flag.cause, flag.state) == (FlagCause.WORDS, FlagState.RAISED)
    assert flag.words == HURT
    assert flag.who == f"{member.picture} {member.word}"
    assert "abuse" in flag.kinds or "violence" in flag.kinds
    assert flag.raised_at == now


def test_everyday_words_raise_nothing(session, now):
    room = room_of(session, now)

    assert (
        safeguarding.look(session, "I want to ask about buses", room=room, member=None, now=now)
        is None
    )
    assert flags(session) == 0


def test_the_same_words_sent_twice_raise_one_flag(session, now):
    room = room_of(session, now)
    one, other = members_of(session, room, 2)
    for member in (one, one, other):
        safeguarding.look(session, HURT, room=room, member=member, now=now)
    assert flags(session) == 2

    for words in ("", "", "Somebody frightens me"):
        safeguarding.worried(session, words, room=room, member=one, now=now)
    assert flags(session) == 4


def test_a_worry_after_the_first_was_seen_is_another_one(session, officer, now):
    room = room_of(session, now)
    member = members_of(session, room, 1)[0]
    first = safeguarding.worried(session, "", room=room, member=member, now=now)
    safeguarding.read(session, first, by=officer.id, now=now)

    second = safeguarding.worried(session, "", room=room, member=member, now=now)

    assert second.id != first.id


def test_the_queue_has_what_nobody_has_seen_first_and_the_longest_wait_before_the_rest(
    officer, session, now
):
    room = room_of(session, now)
    minutes = [timedelta(minutes=number) for number in range(3)]
    made = [
        safeguarding.worried(session, f"Worry {at}", room=room, member=None, now=now + later)
        for at, later in enumerate(minutes)
    ]
    safeguarding.read(session, made[0], by=officer.id, now=now)

    assert [flag.words for flag in stored.open_ones(session)] == ["Worry 1", "Worry 2", "Worry 0"]
    assert stored.open_count(session) == 3


def test_reading_is_noted_each_time_and_the_first_reader_keeps_it(officer, session, now):
    flag = safeguarding.worried(session, HURT, room=None, member=None, now=now)

    assert safeguarding.read(session, flag, by=officer.id, now=now) == HURT
    safeguarding.read(session, flag, by=officer.id, now=now + timedelta(minutes=1))

    assert (flag.state, flag.seen_at, flag.user_id) == (FlagState.SEEN, now, officer.id)
    notes = session.execute(select(AuditEvent.action, AuditEvent.subject)).all()
    assert [tuple(each) for each in notes] == [("read worry", f"worry {flag.id}")] * 2


def test_a_flag_is_passed_on_and_closed_with_what_was_done(officer, session, now):
    flag = safeguarding.worried(session, HURT, room=None, member=None, now=now)
    about = {"by": officer.id, "now": now}
    with pytest.raises(OutcomeMissing):
        safeguarding.close(session, flag, "  ", version=flag.version, **about)

    safeguarding.refer(session, flag, "Rang the front door team", version=1, **about)
    assert (flag.state, flag.outcome) == (FlagState.REFERRED, "Rang the front door team")
    assert stored.open_count(session) == 1

    with pytest.raises(ChangedMeanwhile):
        safeguarding.close(session, flag, "They visited", version=1, **about)
    safeguarding.close(session, flag, "They visited", version=2, **about)
    assert (flag.state, flag.closed_at) == (FlagState.CLOSED, now)
    assert stored.open_count(session) == 0
    assert [each.id for each in stored.closed_since(session, now)] == [flag.id]
    with pytest.raises(FlagClosed):
        safeguarding.refer(session, flag, "Once more", version=3, **about)


def test_words_go_90_days_after_closing_and_what_was_done_stays(officer, session, codes, now):
    room = room_of(session, now)
    member = members_of(session, room, 1)[0]
    closed = safeguarding.worried(session, HURT, room=room, member=member, now=now)
    waits = safeguarding.worried(session, "Still open", room=room, member=member, now=now)
    safeguarding.close(session, closed, "They visited", version=1, by=officer.id, now=now)
    last = now + timedelta(days=DAYS_OF_WORRIES)

    assert retention.forget_worries(session, codes, now=last) == 0
    assert retention.forget_worries(session, codes, now=last + timedelta(seconds=1)) == 1
    assert retention.forget_worries(session, codes, now=last + timedelta(days=1)) == 0
    assert (closed.words, closed.who, closed.outcome) == ("", "", "They visited")
    assert waits.words == "Still open"
    assert session.scalars(select(Deletion.what)).all() == ["worry"]
