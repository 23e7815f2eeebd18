"""Cards of what people say at events: kept once, masked, followed up, and forgotten in time."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from feedback.analysis.working_days import working_days
from feedback.errors import ChangedMeanwhile
from feedback.models.improvements import Insight
from feedback.models.issue_cards import IssueCard
from feedback.models.oversight import AuditEvent, Deletion
from feedback.queries import issue_cards as stored
from feedback.services import capturing, following_up, retention
from feedback.services.capturing import Noted
from feedback.vocabulary import Audience, CardState

KEY, OTHER = "0b0e2c1a-0000-4000-8000-000000000001", "0b0e2c1a-0000-4000-8000-000000000002"
SAID = Noted(words="The taxi was late again", state=CardState.FOLLOW_UP)
ZONE = ZoneInfo("Europe/London")


@pytest.fixture
def others(facilitator, plan_event):
    """A colleague, and the event that they run."""
    return facilitator, plan_event("Second session", facilitators=[facilitator])


@pytest.fixture
def keep(officer, event, session, now):
    def kept(facts=SAID, *, key=KEY, taken_at=now, by=officer, at=now) -> IssueCard:
        return capturing.keep(session, event, key, facts, taken_at=taken_at, by=by.id, now=at)

    return kept


def noted(session) -> list[str]:
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def count(session) -> int:
    return session.scalar(select(func.count()).select_from(IssueCard))


# Kept once, without names


def test_a_card_sent_twice_is_kept_and_noted_once(keep, session):
    assert keep() is keep()
    assert count(session) == 1
    assert noted(session) == ["write issue card"]


def test_names_and_numbers_are_never_kept(keep):
    said = "My name is Ruth Okonkwo, ring me on 07700 900123"
    card = keep(Noted(words=said, state=CardState.FOLLOW_UP, answer="We ring 07700 900123"))

    assert "900123" not in card.words + card.answer
    assert "Okonkwo" not in card.words
    assert keep(Noted(words=said, state=CardState.FOLLOW_UP, answer="We ring 07700 900123")) is card


def test_words_changed_on_the_device_before_it_heard_that_they_were_kept_count(keep):
    card = keep()
    keep(Noted(words="The taxi was late twice", state=CardState.ANSWERED_TODAY))

    assert card.words == "The taxi was late twice"
    assert card.answered_at == card.taken_at


def test_a_device_never_writes_over_what_somebody_changed_meanwhile(keep, session, officer, now):
    card = keep()
    facts = Noted(words="Mended", state=CardState.FOLLOW_UP)
    capturing.change(session, card, facts, version=1, by=officer.id, now=now)

    with pytest.raises(ChangedMeanwhile):
        keep(Noted(words="Mine", state=CardState.FOLLOW_UP))
    assert card.words == "Mended"


def test_nobody_takes_over_the_key_of_somebody_else_or_of_another_event(
    others, keep, session, officer, now
):
    colleague, elsewhere = others
    keep()

    with pytest.raises(ChangedMeanwhile):
        keep(by=colleague)
    with pytest.raises(ChangedMeanwhile):
        capturing.keep(session, elsewhere, KEY, SAID, taken_at=now, by=officer.id, now=now)


def test_a_clock_that_cannot_be_right_does_not_count(keep, now):
    assert keep(taken_at=now + timedelta(hours=3)).taken_at == now
    assert keep(key=OTHER, taken_at=now - timedelta(days=900)).taken_at == now


def test_a_card_that_was_deleted_does_not_come_back_from_a_device(keep, session, officer, now):
    card = keep()
    capturing.remove(session, card, by=officer.id, now=now)
    keep()
    keep(Noted(words="Other words", state=CardState.FOLLOW_UP))

    assert stored.of_event(session, card.event_id) == []
    assert count(session) == 1


def test_the_database_refuses_a_second_card_of_one_key(keep, session):
    card = keep()
    twin = {
        name: getattr(card, name)
        for name in ("event_id", "key", "words", "state", "user_id", "taken_at", "received_at")
    }
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(IssueCard(**twin))


# Changed, deleted, put back


def test_the_second_of_two_who_change_a_card_is_told(keep, session, officer, now):
    card = keep()
    facts = Noted(words="First", state=CardState.FOLLOW_UP)
    capturing.change(session, card, facts, version=1, by=officer.id, now=now)

    with pytest.raises(ChangedMeanwhile):
        capturing.change(session, card, SAID, version=1, by=officer.id, now=now)


def test_the_first_answer_keeps_its_moment_and_reopening_takes_it_away(keep, session, officer, now):
    card, later = keep(), now + timedelta(days=3)

    def say(state, at):
        facts = Noted(words=card.words, state=state)
        capturing.change(session, card, facts, version=card.version, by=officer.id, now=at)

    say(CardState.ANSWERED_LATER, later)
    say(CardState.ANSWERED_LATER, later + timedelta(days=5))
    assert card.answered_at == later
    say(CardState.FOLLOW_UP, later)
    assert card.answered_at is None


def test_a_deleted_card_can_be_put_back(keep, session, officer, now):
    card = keep()
    capturing.remove(session, card, by=officer.id, now=now)
    assert stored.in_bin(session, card.event_id) == [card]
    capturing.put_back(session, card, by=officer.id, now=now)
    capturing.put_back(session, card, by=officer.id, now=now)

    assert stored.of_event(session, card.event_id) == [card]
    assert noted(session) == ["write issue card", "remove issue card", "put back issue card"]


def test_a_card_leads_to_what_was_heard_and_outlives_it(keep, session, officer, now):
    card = keep()
    insight = Insight(
        code="taxis", title={}, said={}, audience=Audience.PARENT, tags=[],
        heard_on=now.date(), withdrawn_because="", version=1, created_at=now,
    )  # fmt: skip
    session.add(insight)
    session.flush()
    capturing.tie(session, card, insight, by=officer.id, now=now)
    session.flush()
    session.delete(insight)
    session.flush()
    session.refresh(card)

    assert card.insight_id is None


# Followed up


def test_a_question_is_late_after_20_working_days(keep, now):
    card = keep(Noted(words="When?", state=CardState.FOLLOW_UP, question=True))
    monday = now.date()

    def late(days):
        return following_up.late(card, today=monday + timedelta(days=days), zone=ZONE).asked

    assert late(28) is None  # four weeks: 20 working days
    assert late(29) == 21
    card.state = CardState.ANSWERED_LATER
    assert late(90) is None


def test_what_was_promised_by_a_day_is_late_the_day_after(keep, now):
    due = now.date() + timedelta(days=3)
    card = keep(Noted(words="A ramp", state=CardState.PASSED_ON, due_on=due))

    assert not following_up.late(card, today=due, zone=ZONE)
    assert following_up.late(card, today=due + timedelta(days=2), zone=ZONE).due == 2


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ((2026, 11, 6), (2026, 11, 9), 1),  # Friday to Monday
        ((2026, 11, 7), (2026, 11, 8), 0),
        ((2026, 11, 2), (2026, 11, 2), 0),
        ((2026, 11, 2), (2026, 11, 30), 20),
        ((2026, 11, 8), (2026, 11, 15), 5),
        ((2026, 11, 9), (2026, 11, 2), 0),
    ],
)
def test_working_days_are_mondays_to_fridays(since, until, days):
    assert working_days(date(*since), date(*until)) == days


def test_an_event_says_how_many_cards_of_each_sort_and_how_fast_answers_came(
    keep, session, officer, now
):
    keep(Noted(words="One", state=CardState.ANSWERED_TODAY))
    slow = keep(Noted(words="Two", state=CardState.FOLLOW_UP, question=True), key=OTHER)
    facts = Noted(words="Two", state=CardState.ANSWERED_LATER, question=True)
    at = now + timedelta(days=9)
    capturing.change(session, slow, facts, version=1, by=officer.id, now=at)
    found = following_up.overview(
        stored.of_event(session, slow.event_id), today=at.date(), zone=ZONE
    )

    assert (found.total, found.questions, found.late, found.answered) == (2, 1, 0, 2)
    assert found.of_state[CardState.ANSWERED_LATER] == 1
    assert found.answered_within == 0


def test_whoever_runs_an_event_sees_what_waits_there_and_nowhere_else(
    others, keep, session, officer, now
):
    colleague, elsewhere = others
    keep()
    theirs = capturing.keep(session, elsewhere, OTHER, SAID, taken_at=now, by=officer.id, now=now)

    assert stored.waiting(session, only_of=colleague.id) == [theirs]
    assert stored.one(session, theirs.id, only_of=officer.id) is None
    assert len(stored.waiting(session)) == 2


# Forgotten


def test_words_go_after_18_months_and_what_became_of_them_stays(keep, session, codes, now):
    card = keep(Noted(words="Old", state=CardState.ANSWERED_TODAY, answer="Yes", service="Bus"))

    assert retention.forget_cards(session, codes, now=now + timedelta(days=545)) == 0
    assert retention.forget_cards(session, codes, now=now + timedelta(days=548)) == 1
    assert (card.words, card.answer, card.service) == ("", "", "")
    assert card.state is CardState.ANSWERED_TODAY
    assert retention.forget_cards(session, codes, now=now + timedelta(days=548)) == 0
    [kept] = session.scalars(select(Deletion))
    assert (kept.what, kept.reason) == ("issue card", "past its time")


def test_a_deleted_card_is_gone_after_a_week(keep, session, officer, codes, now):
    capturing.remove(session, keep(), by=officer.id, now=now)

    assert retention.forget_cards(session, codes, now=now + timedelta(days=7)) == 0
    assert retention.forget_cards(session, codes, now=now + timedelta(days=7, seconds=1)) == 1
    assert count(session) == 0
