"""Asking to be told, saying yes, being told of each piece of news, and being forgotten."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from telling_ground import happened, heard, promised

from feedback.errors import LetterLinkOver, TooManyAsked
from feedback.models.collections import Collection
from feedback.models.followers import Follower, Letter, Told
from feedback.models.surveys import Measure, Question
from feedback.queries import followers as stored
from feedback.queries import news
from feedback.services import telling
from feedback.services.sealing import NotOurs, Recipient, Seals
from feedback.vocabulary import CommitmentState, Presentation

TODAY = date(2026, 11, 2)  # a Monday
SAM = Recipient("Sam@x.example", "pl", Presentation.EASY_READ)


@pytest.fixture
def seals(settings):
    return Seals(settings.secret.get_secret_value())


@pytest.fixture
def follow(store, seals, now):
    """Somebody who asks to be told, and says yes unless told otherwise."""

    def followed(survey="every_kind", address="sam@x.example", *, yes=True, today=TODAY):
        recipient = Recipient(address, "en", Presentation.STANDARD)
        with store.writing() as session, session.begin():
            telling.follow(session, seals, survey, recipient, minutes=60, today=today, now=now)
            found = stored.by_mark(session, seals.mark(survey, address))
            if yes:
                telling.confirm(session, seals, seals.token("yes", found.id), today=today)
                for about in stored.waiting(session, found.id):
                    session.delete(session.get_one(Letter, (found.id, about)))
        return found.id

    return followed


def rows(store, statement):
    with store.reading() as session:
        return session.scalars(statement).all()


def letters(store) -> list[tuple[str, str]]:
    with store.reading() as session:
        return [
            (each.follower_id, each.about)
            for each in session.scalars(select(Letter).order_by(Letter.follower_id, Letter.about))
        ]


def ask(store, seals, now, recipient=SAM, survey="every_kind", today=TODAY):
    with store.writing() as session, session.begin():
        telling.follow(session, seals, survey, recipient, minutes=60, today=today, now=now)


# Asking


def test_an_address_is_unreadable_without_the_secret_and_readable_with_it(store, seals, now):
    ask(store, seals, now)
    [kept] = rows(store, select(Follower))
    columns = [getattr(kept, column.name) for column in Follower.__table__.columns]
    assert not any("sam" in str(value).casefold() for value in columns)
    assert b"sam" not in kept.sealed.lower() and len(kept.sealed) > 512
    assert seals.open(kept.id, kept.sealed) == SAM
    with pytest.raises(NotOurs):
        Seals("another secret").open(kept.id, kept.sealed)
    with pytest.raises(NotOurs):
        seals.open("0" * 32, kept.sealed)


def test_what_is_sealed_is_as_long_for_every_address(seals):
    short = seals.seal("a", Recipient("a@b.example", "en", Presentation.STANDARD))
    long = seals.seal("a", Recipient(f"{'a' * 200}@b.example", "ar", Presentation.EASY_READ))
    assert len(short) == len(long)


def test_the_first_letter_leaves_at_the_next_whole_hour_with_all_others(store, seals, now):
    ask(store, seals, now + timedelta(minutes=7, seconds=3))
    ask(store, seals, now + timedelta(minutes=52), Recipient("b@x.example", "en", "standard"))
    moments = {each.not_before for each in rows(store, select(Letter))}
    assert moments == {now + timedelta(hours=1)}


def test_asking_twice_keeps_one_address_and_writes_one_letter(store, seals, now):
    ask(store, seals, now)
    ask(store, seals, now, Recipient(" sAM@X.example ", "en", Presentation.STANDARD))
    assert len(rows(store, select(Follower))) == len(letters(store)) == 1


def test_two_who_ask_for_one_address_at_one_moment_make_one_row_and_no_trouble(store, seals, now):
    with ThreadPoolExecutor(1) as elsewhere:
        with store.writing() as session, session.begin():
            to = {"minutes": 60, "today": TODAY, "now": now}
            telling.follow(session, seals, "every_kind", SAM, **to)
            session.flush()
            second = elsewhere.submit(ask, store, seals, now)
            time.sleep(0.3)  # by then it waits for the first
        second.result()
    assert len(rows(store, select(Follower))) == len(letters(store)) == 1


def test_nobody_is_asked_more_than_three_times(store, seals, now):
    about = []
    for _ in range(5):
        ask(store, seals, now)
        about += [each for _, each in letters(store)]
        with store.writing() as session, session.begin():
            for letter in session.scalars(select(Letter)):
                session.delete(letter)
    assert about == ["confirm 1", "confirm 2", "confirm 3"]


def test_who_said_yes_is_not_asked_again_and_keeps_how_they_read(store, seals, follow, now):
    follow()
    ask(store, seals, now, Recipient("sam@x.example", "ar", Presentation.EASY_READ))
    [kept] = rows(store, select(Follower))
    assert letters(store) == []
    assert seals.open(kept.id, kept.sealed).language == "en"


def test_one_address_cannot_be_recognised_across_surveys(seals):
    assert seals.mark("one", "sam@x.example") != seals.mark("two", "sam@x.example")


def test_mischief_does_not_fill_the_store(store, seals, now, monkeypatch):
    monkeypatch.setattr(telling, "MOST_WAITING", 3)
    for number in range(3):
        ask(store, seals, now, Recipient(f"{number}@x.example", "en", "standard"))
    with pytest.raises(TooManyAsked):
        ask(store, seals, now, Recipient("4@x.example", "en", "standard"))


# Days


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 11, 2), date(2027, 12, 31)),
        (date(2026, 12, 1), date(2028, 6, 30)),
        (date(2026, 12, 31), date(2028, 6, 30)),
        (date(2027, 1, 1), date(2028, 6, 30)),
        (date(2027, 5, 31), date(2028, 6, 30)),
        (date(2027, 6, 1), date(2028, 12, 31)),
    ],
)
def test_all_who_come_within_half_a_year_are_deleted_on_one_day(today, last):
    assert telling.last_day(today) == last


def test_the_last_day_is_never_later_than_eighteen_months_nor_sooner_than_twelve():
    for days in range(800):
        today = TODAY + timedelta(days=days)
        months = (telling.last_day(today).year - today.year) * 12
        months += telling.last_day(today).month - today.month
        assert 12 < months <= 18


def test_who_does_not_say_yes_is_deleted_after_the_week_that_follows(store, seals, now):
    for days in range(7):
        recipient = Recipient(f"{days}@x.example", "en", Presentation.STANDARD)
        ask(store, seals, now, recipient, today=TODAY + timedelta(days=days))
    assert set(rows(store, select(Follower.delete_on))) == {date(2026, 11, 15)}
    with store.writing() as session, session.begin():
        assert telling.forget(session, today=date(2026, 11, 15)) == 0
        assert telling.forget(session, today=date(2026, 11, 16)) == 7
    assert letters(store) == []


# Yes and stop


def test_a_yes_counts_once_and_from_the_link_alone(store, seals, now):
    ask(store, seals, now)
    [kept] = rows(store, select(Follower))
    for wrong in ("", kept.id, seals.token("stop", kept.id), "é" * 64, seals.token("yes", "0")):
        with store.writing() as session, pytest.raises(LetterLinkOver):
            telling.confirm(session, seals, wrong, today=TODAY)
    for _ in range(2):
        with store.writing() as session, session.begin():
            telling.confirm(session, seals, seals.token("yes", kept.id), today=TODAY)
    [kept] = rows(store, select(Follower))
    assert kept.confirmed and kept.delete_on == date(2027, 12, 31)


def test_stopping_deletes_address_and_letters_and_may_be_pressed_twice(store, seals, now):
    ask(store, seals, now)
    [kept] = rows(store, select(Follower))
    for _ in range(2):
        with store.writing() as session, session.begin():
            telling.stop(session, seals, seals.token("stop", kept.id))
    assert rows(store, select(Follower)) == letters(store) == []
    with store.writing() as session, pytest.raises(LetterLinkOver):
        telling.stop(session, seals, seals.token("yes", kept.id))


def test_an_address_is_forgotten_for_all_surveys_it_followed(store, seals, follow):
    follow("one"), follow("two"), follow("two", "kim@x.example")
    with store.writing() as session, session.begin():
        assert telling.forget_address(session, seals, " SAM@x.example") == 2
        assert telling.forget_address(session, seals, "nobody@x.example") == 0
    assert len(rows(store, select(Follower))) == 1


def test_how_many_follow_is_said_in_tens_and_not_of_few(store, seals, now):
    with store.writing() as session, session.begin():
        for number in range(43):
            session.add(
                Follower(
                    id=f"{number:032}",
                    mark=str(number),
                    survey="autumn",
                    sealed=b"",
                    confirmed=True,
                    delete_on=TODAY,
                )
            )
    with store.reading() as session:
        assert telling.followed_by(session, "autumn", threshold=10) == 40
        assert telling.followed_by(session, "autumn", threshold=44) is None
        assert telling.followed_by(session, "spring", threshold=10) is None


# News


@pytest.fixture
def tell(database, store):
    """What a worker does when it looks for news; what letters there are then."""

    def told(now) -> set[tuple[str, str]]:
        before = set(letters(store))
        with database.reading() as answers, store.writing() as session, session.begin():
            for each in telling.news_to_tell(answers, stored.told(session), now=now):
                telling.tell(answers, session, each, now=now)
        return set(letters(store)) - before

    return told


LATER = timedelta(hours=1)


@pytest.fixture
def asked_survey(open_collection, look):
    """The survey that people answered, with the question and the measure that others name."""
    return {
        "question": look(select(Question.id).where(Question.name == "more"))[0].id,
        "measure": look(select(Measure.id).where(Measure.name == "happy"))[0].id,
    }


def keep(database, make):
    with database.writing() as session, session.begin():
        return make(session)


def test_a_new_insight_is_told_once_to_everybody_who_said_yes(
    database, store, follow, tell, asked_survey, now
):
    sam, kim = follow(), follow(address="kim@x.example")
    follow(address="not.yet@x.example", yes=False)
    follow("another", "other@x.example")
    made = keep(database, lambda s: heard(s, at=now, question_id=asked_survey["question"]))
    about = f"insight {made.id}"
    assert tell(now + LATER) == {(sam, about), (kim, about)}
    assert tell(now + LATER) == set()


def test_staff_have_a_quarter_of_an_hour_to_mend_what_they_published(
    database, follow, tell, asked_survey, now
):
    follow()
    keep(database, lambda s: heard(s, at=now, question_id=asked_survey["question"]))
    assert tell(now + timedelta(minutes=14)) == set()
    assert len(tell(now + timedelta(minutes=15))) == 1


def test_drafts_and_what_was_taken_back_are_not_told(database, follow, tell, asked_survey, now):
    follow()
    own = {"question_id": asked_survey["question"]}
    keep(database, lambda s: heard(s, "draft", at=now, published=False, **own))
    keep(database, lambda s: heard(s, "gone", at=now, withdrawn_at=now, **own))
    assert tell(now + LATER) == set()


def test_each_change_of_a_promise_is_told_but_not_what_came_with_the_insight(
    database, follow, tell, asked_survey, now
):
    sam = follow()

    def make(session):
        insight = heard(session, at=now, question_id=asked_survey["question"])
        commitment = promised(session, insight, at=now)
        happened(session, commitment, CommitmentState.DECIDING, at=now - timedelta(days=1))
        return happened(session, commitment, CommitmentState.DOING, at=now + timedelta(minutes=1))

    made = keep(database, make)
    found = {about for follower, about in tell(now + LATER) if follower == sam}
    assert f"update {made.id}" in found
    assert len(found) == 2


def test_who_comes_later_is_not_told_what_others_were_told_before(
    database, follow, tell, asked_survey, now
):
    follow()
    keep(database, lambda s: heard(s, at=now, question_id=asked_survey["question"]))
    tell(now + LATER)
    follow(address="late@x.example")
    assert tell(now + 2 * LATER) == set()


def test_news_reaches_the_survey_that_was_asked_or_those_with_the_measure_or_all(
    database, asked_survey, now
):
    def make(session):
        return [
            heard(session, "question", at=now, question_id=asked_survey["question"]).id,
            heard(session, "measure", at=now, measure_id=asked_survey["measure"]).id,
            heard(session, "neither", at=now).id,
        ]

    with database.reading() as session:
        for number in keep(database, make):
            assert list(news.surveys_of(session, number)) == ["every_kind"]


def test_two_workers_who_tell_at_one_moment_write_one_letter(
    database, store, follow, asked_survey, now
):
    from sqlalchemy.exc import IntegrityError

    follow()
    keep(database, lambda s: heard(s, at=now, question_id=asked_survey["question"]))
    with database.reading() as answers:
        [each] = telling.news_to_tell(answers, frozenset(), now=now + LATER)
        with store.writing() as session, session.begin():
            telling.tell(answers, session, each, now=now)
        with store.writing() as session, pytest.raises(IntegrityError), session.begin():
            telling.tell(answers, session, each, now=now)
    assert len(letters(store)) == 1


# The end


@pytest.fixture
def ended(database, store):
    def over(now, days=90) -> list[str]:
        with database.reading() as answers, store.writing() as session, session.begin():
            return telling.end_where_all_is_done(answers, session, days=days, now=now)

    return over


def test_the_last_letter_is_written_once_when_all_is_done_for_long_enough(
    database, store, follow, ended, asked_survey, open_collection, now
):
    sam = follow()

    def make(session):
        session.get_one(Collection, open_collection.id).closes_at = now - timedelta(days=5)
        insight = heard(session, at=now, question_id=asked_survey["question"])
        commitment = promised(session, insight, at=now)
        happened(session, commitment, CommitmentState.DONE, at=now + timedelta(days=10))

    keep(database, make)
    assert ended(now + timedelta(days=100)) == []
    assert len(ended(now + timedelta(days=101))) == 1
    assert letters(store) == [(sam, "last")]
    late = follow(address="late@x.example")
    assert ended(now + timedelta(days=102)) == []
    assert (late, "last") not in letters(store)


@pytest.mark.parametrize(
    "why", ["open", "never closes", "nothing said since", "owed", "unanswered"]
)
def test_nobody_is_let_go_while_something_is_still_to_come(
    why, database, follow, ended, asked_survey, open_collection, now
):
    follow()
    day = timedelta(days=1)

    def make(session):
        closes = {"open": now + 900 * day, "never closes": None, "nothing said since": now + day}
        session.get_one(Collection, open_collection.id).closes_at = closes.get(why, now - day)
        insight = heard(session, at=now, question_id=asked_survey["question"])
        if why != "unanswered":
            commitment = promised(session, insight, at=now)
            state = CommitmentState.DOING if why == "owed" else CommitmentState.CANNOT
            happened(session, commitment, state, at=now)

    keep(database, make)
    assert ended(now + 400 * day) == []


def test_in_the_last_month_everybody_gets_the_last_letter_once(store, follow, now):
    sam = follow()
    with store.writing() as session, session.begin():
        telling.end_in_time(session, today=date(2027, 11, 30), now=now)
        assert stored.waiting(session, sam) == []
        for _ in range(2):
            telling.end_in_time(session, today=date(2027, 12, 1), now=now)
        assert stored.waiting(session, sam) == ["last"]
        assert telling.forget(session, today=date(2028, 1, 1)) == 1
    assert rows(store, select(func.count()).select_from(Told)) == [0]
