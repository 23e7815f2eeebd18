"""Findings go back to those who said them: replies, answers, and what is published when."""

from datetime import timedelta
from random import Random

import pytest
from rounds_ground import insight, round_of
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from feedback.errors import (
    ChangedMeanwhile,
    ClosesBeforeItOpens,
    NothingToValidate,
    RepliesWaitForAnswer,
    RoundClosed,
    RoundHasReplies,
    RoundNotOpen,
    RoundPutAway,
    RoundStillOpen,
)
from feedback.models.improvements import Insight
from feedback.models.oversight import AuditEvent
from feedback.models.validating import RoundFinding, RoundReply, ValidationRound
from feedback.queries import validating as stored
from feedback.questionnaire import Wording
from feedback.services import replying, validating
from feedback.services.replying import Said
from feedback.vocabulary import MOST_TOGETHER, Verdict

WHY = {"en": Wording(standard="You told us.")}
AFTER = {"en": Wording(standard="Waiting is hard, and days change.", easy="Days change.")}


@pytest.fixture
def by(officer, now):
    return {"by": officer.id, "now": now}


@pytest.fixture
def made(officer, session, now):
    return round_of(session, now)


@pytest.fixture
def say(session, made, codes, now):
    def said(at, verdict, screen="a screen", *, words="", people=1, when=now):
        replying.keep(
            session,
            made,
            made.findings[at],
            screen,
            Said(verdict, words, people, "en"),
            codes,
            today=now.date(),
            now=when,
        )

    return said


def replies(session):
    found = select(RoundReply).order_by(RoundReply.id)
    return session.scalars(found, execution_options={"populate_existing": True}).all()


def test_a_round_keeps_what_the_group_saw(session, made, now):
    original = session.scalars(select(Insight).where(Insight.code == "waiting")).one()
    before = made.findings[0].said
    original.said = {"en": {"standard": "Something else."}}
    session.flush()
    number = made.id
    session.expire_all()

    again = stored.one(session, number)
    assert again.findings[0].said == before
    assert [each.position for each in again.findings] == [1, 2, 3]


def test_a_round_needs_findings_and_an_end_after_its_beginning(session, made, now):
    facts = validating.Asked(
        name="x",
        group_name="x",
        audience=made.audience,
        introduction={},
        opens_at=now,
        closes_at=now,
    )
    with pytest.raises(NothingToValidate):
        validating.begin(session, facts, [], chance=Random(1), by=None, now=now)
    other = insight("Other", now)
    session.add(other)
    session.flush()
    with pytest.raises(ClosesBeforeItOpens):
        validating.begin(session, facts, [other], chance=Random(1), by=None, now=now)


def test_a_screen_that_replies_again_changes_what_it_said(session, made, say):
    say(0, Verdict.AGREE, people=4)
    say(0, Verdict.NOT_QUITE, words="Not only that", people=5)
    say(0, Verdict.AGREE, "another screen")

    assert [(each.verdict, each.people, each.words) for each in replies(session)] == [
        (Verdict.NOT_QUITE, 5, "Not only that"),
        (Verdict.AGREE, 1, ""),
    ]


def test_what_could_show_who_wrote_it_is_hidden_before_it_is_kept(session, made, say):
    say(0, Verdict.MISSING, words="Ring my mum on 07700 900123")

    assert replies(session)[0].words == "Ring my mum on [phone]"


def test_nobody_can_put_the_replies_of_a_screen_side_by_side(session, made, say):
    say(0, Verdict.AGREE)
    say(1, Verdict.MISSING)
    one, other = replies(session)

    assert one.screen_hash != other.screen_hash
    assert "a screen" not in (one.screen_hash, other.screen_hash)


def test_a_hall_is_the_most_people_before_a_screen(session, made, say):
    say(0, Verdict.AGREE, people=100_000)
    say(1, Verdict.AGREE, people=0)

    assert [each.people for each in replies(session)] == [MOST_TOGETHER, 1]


def test_nobody_replies_before_the_first_or_after_the_last_moment(made, say, now):
    with pytest.raises(RoundNotOpen):
        say(0, Verdict.AGREE, when=now - timedelta(days=2))
    with pytest.raises(RoundClosed):
        say(0, Verdict.AGREE, when=now + timedelta(days=8))


@pytest.mark.parametrize(
    ("agree", "not_quite", "shown"),
    [
        (3, 1, (None, None, None)),  # fewer than five in all
        (8, 5, (8, None, None)),  # none missing: hidden, and the smaller one with it
        (12, 0, (None, None, None)),  # that nobody disagreed says it of everybody
    ],
)
def test_small_numbers_are_hidden(session, made, say, agree, not_quite, shown):
    say(0, Verdict.AGREE, "one", people=agree, words="Yes")
    if not_quite:
        say(0, Verdict.NOT_QUITE, "other", people=not_quite, words="No")
    whole = stored.one(session, made.id)
    first = validating.heard(session, whole, threshold=5)[0]

    assert tuple(cell.count for cell in first.people.cells.values()) == shown
    seen = {reply.words: told for reply, told in first.words}
    assert seen["Yes"] is (shown[0] is not None)
    assert seen.get("No", False) is (shown[1] is not None)


def test_who_wants_an_answer_waits_until_there_is_one(session, made, say, by):
    say(0, Verdict.AGREE)
    say(1, Verdict.NOT_QUITE)
    whole = stored.one(session, made.id)
    assert [each.waits for each in validating.heard(session, whole, threshold=5)] == [
        False,
        True,
        False,
    ]
    finding = stored.finding(session, made.findings[1].id, lock=True)
    validating.answer(session, finding, after={}, why=WHY, version=0, **by)

    assert not stored.unanswered(session, made.id)


def test_two_who_answer_at_once_do_not_write_over_each_other(session, made, by):
    number = made.findings[0].id
    finding = stored.finding(session, number, lock=True)
    validating.answer(session, finding, after=AFTER, why=WHY, version=0, **by)
    finding = stored.finding(session, number, lock=True)
    with pytest.raises(ChangedMeanwhile):
        validating.answer(session, finding, after={}, why=WHY, version=0, **by)
    validating.answer(session, finding, after={}, why=WHY, version=1, **by)

    assert finding.change.after == {} and finding.change.version == 2


def test_changes_are_shown_once_it_is_closed_and_all_are_answered(session, made, say, by, now):
    say(0, Verdict.MISSING)
    made = stored.one(session, made.id, lock=True)
    with pytest.raises(RoundStillOpen):
        validating.publish(session, made, **by)
    validating.close(session, made, **by)
    validating.close(session, made, **by)
    with pytest.raises(RepliesWaitForAnswer):
        validating.publish(session, made, **by)
    finding = stored.finding(session, made.findings[0].id, lock=True)
    validating.answer(session, finding, after=AFTER, why=WHY, version=0, **by)
    validating.publish(session, made, **by)
    validating.publish(session, made, **by)

    assert validating.state_of(made, now=now) == "published"
    noted = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert noted == ["close validation", "answer validation", "publish validation"]


def test_an_insight_knows_whether_it_was_shown_and_who_waits(session, made, say, by, now):
    alone = insight("Alone", now)
    session.add(alone)
    session.flush()
    shown = session.scalars(select(Insight).where(Insight.code == "waiting")).one()
    assert validating.standing_of(session, alone).never_shown
    standing = validating.standing_of(session, shown)
    assert not standing.never_shown and not standing.waiting

    say(0, Verdict.NOT_QUITE)
    shown = session.scalars(select(Insight).where(Insight.code == "waiting")).one()
    standing = validating.standing_of(session, shown)
    assert [each.position for each in standing.waiting] == [1]
    assert standing.shown[0].round.group_name == "SEND Youth Voice Group"


def test_what_a_group_said_stays_where_the_insight_goes(session, made, say):
    say(0, Verdict.AGREE)
    session.delete(session.scalars(select(Insight).where(Insight.code == "waiting")).one())
    session.flush()
    session.expire_all()

    first = session.scalars(select(RoundFinding).order_by(RoundFinding.position)).first()
    assert first.insight_id is None and first.title["en"]["standard"] == "Waiting"
    assert len(replies(session)) == 1


def test_the_database_keeps_one_reply_a_screen_and_no_end_before_the_beginning(
    session, made, say, now
):
    say(0, Verdict.AGREE)
    there = replies(session)[0]
    again = RoundReply(
        finding_id=there.finding_id,
        screen_hash=there.screen_hash,
        verdict=Verdict.AGREE,
        language="en",
        said_on=now.date(),
    )
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(again)
    whole = session.get_one(ValidationRound, made.id)
    with pytest.raises(IntegrityError), session.begin_nested():
        whole.closes_at = whole.opens_at


# Ending and deleting


def test_a_round_without_replies_is_deleted_and_its_insights_stay(session, made, by):
    validating.remove(session, made, **by)
    assert session.scalars(select(ValidationRound)).all() == []
    assert session.scalars(select(RoundFinding)).all() == []
    assert len(session.scalars(select(Insight)).all()) == 3
    assert session.scalars(select(AuditEvent.action)).all()[-1] == "remove validation"


def test_a_round_with_replies_is_not_deleted(session, made, say, by):
    say(0, Verdict.AGREE)
    with pytest.raises(RoundHasReplies):
        validating.remove(session, made, **by)
    assert len(replies(session)) == 1


def test_what_is_put_away_takes_no_replies_leaves_the_lists_and_comes_back_as_it_was(
    session, made, say, by, now
):
    say(0, Verdict.NOT_QUITE)
    insight_of = session.get_one(Insight, made.findings[0].insight_id)
    validating.put_away(session, made, "Two rounds were mixed up.", **by)
    session.flush()
    assert validating.state_of(made, now=now) == "away"
    with pytest.raises(RoundPutAway) as refused:
        say(1, Verdict.AGREE)
    assert refused.value.facts == {"because": "Two rounds were mixed up."}
    with pytest.raises(RoundPutAway):
        validating.publish(session, made, **by)
    assert stored.rounds(session) == []
    assert stored.rounds(session, put_away=True) == [made]
    assert validating.standing_of(session, insight_of).never_shown
    assert len(replies(session)) == 1

    validating.bring_back(session, made, **by)
    session.flush()
    assert validating.state_of(made, now=now) == "open"
    assert stored.rounds(session) == [made]
    assert validating.standing_of(session, insight_of).waiting


def test_a_published_round_that_is_put_away_still_shows_the_group_what_changed(
    session, made, by, now
):
    validating.close(session, made, **by)
    validating.publish(session, made, **by)
    validating.put_away(session, made, "Long over.", **by)
    assert validating.state_of(made, now=now) == "published"
