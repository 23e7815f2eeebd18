from datetime import timedelta

import pytest
from sqlalchemy import func, select
from theming_ground import NOTHING, TRANSPORT, WAITING, read_all, write

from feedback.errors import NotTheirWords, NotToBeQuoted
from feedback.models.oversight import AuditEvent
from feedback.models.quotes import Quote
from feedback.models.responses import Answer
from feedback.models.themes import Reading, Theme
from feedback.queries import quotes, responses
from feedback.queries import themes as runs
from feedback.queries.theme_counts import Scope
from feedback.services import masking, quoting, responding

ENOUGH = 5
HALF = "The taxi to school was late again"


@pytest.fixture
def said_yes(database, answered, open_collection, officer, now):
    """The keys of comments that may be quoted; others in the same collection may not."""
    write(database, answered, open_collection, NOTHING, TRANSPORT, WAITING)
    numbers = write(database, answered, open_collection, TRANSPORT, TRANSPORT, may_be_quoted=True)
    read_all(database, officer, now)
    return [_key(database, number) for number in numbers]


def _key(database, number):
    with database.reading() as session:
        question = session.scalar(
            select(Reading.question_id).where(Reading.response_id == number).limit(1)
        )
    return number, question


@pytest.fixture
def clear(database, officer, now):
    def cleared(key, text, *, enough=ENOUGH, at=now):
        with database.writing() as writing, writing.begin():
            quoting.clear(writing, key, text, enough=enough, by=officer.id, now=at)

    return cleared


@pytest.fixture
def on_theme(database):
    """The texts of the quotes on a theme, by its code."""

    def shown(code, *, enough=ENOUGH, **scope):
        with database.reading() as session:
            run = runs.newest_done(session)
            theme = session.scalar(select(Theme.id).where(Theme.code == code))
            found = quotes.on_theme(
                session, Scope(run.id, **scope), [theme], enough=enough, limit=10
            )
        return [each.text for each in found]

    return shown


def test_a_cleared_quote_stands_on_the_themes_of_its_comment_and_on_no_other(
    said_yes, clear, on_theme, open_collection
):
    clear(said_yes[0], HALF)
    assert on_theme("transport") == [HALF]
    assert on_theme("waiting") == []
    assert on_theme("transport", collection_id=open_collection.id) == [HALF]
    assert on_theme("transport", collection_id=open_collection.id + 1) == []


def test_quotes_are_shown_only_where_enough_people_sent(said_yes, clear, on_theme):
    clear(said_yes[0], HALF)
    assert on_theme("transport", enough=6) == []


def test_other_words_take_the_place_of_the_first(said_yes, clear, on_theme, look):
    clear(said_yes[0], HALF)
    clear(said_yes[0], "The taxi ... the driver was new.")
    assert on_theme("transport") == ["The taxi … the driver was new."]
    assert look(select(func.count()).select_from(Quote)) == [(1,)]


def test_words_of_somebody_who_did_not_say_yes_are_never_a_quote(database, said_yes, clear, look):
    others = look(
        select(Answer.response_id, Answer.question_id).where(
            Answer.masked == TRANSPORT, Answer.response_id < said_yes[0][0]
        )
    )
    with pytest.raises(NotToBeQuoted):
        clear(tuple(others[0]), HALF)
    with pytest.raises(NotToBeQuoted):
        clear((999_999, 1), HALF)
    with pytest.raises(NotToBeQuoted):
        clear(said_yes[0], HALF, enough=6)  # too few have sent
    assert look(select(func.count()).select_from(Quote)) == [(0,)]


def test_nobody_puts_words_into_a_mouth(said_yes, clear, look):
    with pytest.raises(NotTheirWords):
        clear(said_yes[0], "The taxi was wonderful")
    assert look(select(func.count()).select_from(Quote)) == [(0,)]


def test_who_cleared_and_who_took_back_is_noted_without_the_words(
    database, said_yes, clear, officer, now, look
):
    clear(said_yes[0], HALF)
    for _ in range(2):  # safe to do twice
        with database.writing() as writing, writing.begin():
            quoting.take_back(writing, said_yes[0], by=officer.id, now=now + timedelta(hours=1))
    assert look(select(func.count()).select_from(Quote)) == [(0,)]
    subject = f"comment {said_yes[0][0]}-{said_yes[0][1]}"
    noted = select(AuditEvent.action, AuditEvent.subject).where(AuditEvent.action.contains("quote"))
    assert look(noted.order_by(AuditEvent.id)) == [
        ("clear quote", subject),
        ("take back quote", subject),
    ]


def test_words_that_are_taken_back_take_their_quote_along(
    database, said_yes, clear, on_theme, codes, now
):
    clear(said_yes[0], HALF)
    with database.writing() as writing, writing.begin():
        submission = writing.get(responses.Response, said_yes[0][0]).submission_id
        visit = responses.visit(writing, submission)
        responding.withdraw(writing, visit, codes, reason="their wish", now=now)
    assert on_theme("transport", enough=1) == []


def test_a_comment_that_is_masked_otherwise_loses_its_quote(database, said_yes, clear, on_theme):
    clear(said_yes[0], HALF)
    clear(said_yes[1], HALF)
    with database.writing() as writing, writing.begin():
        answer = writing.get(Answer, said_yes[0])
        answer.text = f"{TRANSPORT} Ring Mia Jones."
    with database.writing() as writing, writing.begin():
        assert masking.mask_again(writing, (0, 0)).changed == 1
    assert on_theme("transport") == [HALF]


def test_without_the_yes_a_quote_that_is_still_there_is_shown_to_nobody(
    database, said_yes, clear, on_theme
):
    clear(said_yes[0], HALF)
    with database.writing() as writing, writing.begin():
        writing.get(responses.Response, said_yes[0][0]).may_be_quoted = False
    assert on_theme("transport") == []
