"""A person lets others read their words; an officer clears some; a theme's page shows them."""

import pytest
from sqlalchemy import select
from theming_ground import NOTHING, TRANSPORT, WAITING, read_all, write

from feedback.models.quotes import Quote
from feedback.models.responses import Answer, Response

pytestmark = pytest.mark.any_database

YES = select(Response.may_be_quoted)
BOX = 'name="may_be_quoted"'
EVIL = 'The taxi <script>alert(1)</script> "was" late'


def test_a_person_who_ticks_the_box_says_yes_and_nobody_else_does(begin, look):
    visit = begin()
    visit.walk()
    assert BOX in visit.text
    assert "checked" not in visit.text.partition(BOX)[2].partition(">")[0]
    visit.follow(visit.post("send", {"fingerprint": visit.fingerprint, "may_be_quoted": "y"}))
    assert "Your answers are sent." in visit.text
    assert look(YES) == [(True,)]

    other = begin()
    other.sent()
    assert sorted(look(YES)) == [(False,), (True,)]


def test_the_tick_stays_while_somebody_changes_language_or_words(begin):
    visit = begin()
    visit.walk()
    visit.page = visit.post("check", {"do": "read:easy_read", "may_be_quoted": "y"})
    assert "checked" in visit.text.partition(BOX)[2].partition(">")[0]


def test_nobody_is_asked_who_wrote_nothing(begin, look):
    visit = begin()
    visit.walk(more="")
    assert BOX not in visit.text
    visit.follow(visit.post("send", {"fingerprint": visit.fingerprint, "may_be_quoted": "y"}))
    assert look(YES) == [(False,)]


def test_who_said_yes_can_take_it_back_and_their_answers_still_count(
    begin, look, database, officer, now
):
    visit = begin()
    visit.walk()
    visit.follow(visit.post("send", {"fingerprint": visit.fingerprint, "may_be_quoted": "y"}))
    words = visit.receipt
    number, question = look(
        select(Answer.response_id, Answer.question_id).where(Answer.text.contains("ramp"))
    )[0]
    with database.writing() as writing, writing.begin():
        writing.add(
            Quote(
                response_id=number,
                question_id=question,
                text="The ramp",
                user_id=officer.id,
                cleared_at=now,
            )
        )
    visit.get("/receipt")
    visit.page = visit.post("/receipt", {"code": words})
    assert "Do not show my words to others" in visit.text
    visit.page = visit.post("/receipt", {"code": words, "do": "no_quotes"})
    assert "From now on nobody else is shown your words." in visit.text
    assert "Do not show my words to others" not in visit.text
    assert look(YES) == [(False,)]
    assert look(select(Quote.text)) == []
    assert look(select(Response.sent_at)) == [(now,)]


@pytest.fixture
def there(database, answered, open_collection, officer, now):
    """Numbers of responses: six that may be quoted, then five that may not."""
    yes = write(
        database, answered, open_collection, *[TRANSPORT] * 4, EVIL, WAITING, may_be_quoted=True
    )
    no = write(database, answered, open_collection, TRANSPORT, WAITING, *[NOTHING] * 3)
    read_all(database, officer, now)
    return yes + no


@pytest.fixture
def page(look):
    def of(number):
        question = look(select(Answer.question_id).where(Answer.response_id == number))[0][0]
        return f"/staff/comments/{number}/{question}"

    return of


def clear(visit, page, **fields):
    visit.get(f"{page}/quote")
    return visit.post(f"{page}/quote", {"nobody_told": "y", **fields})


def test_an_officer_clears_words_and_takes_them_back(sign_in, officer, viewer, there, page, look):
    visit = sign_in(officer)
    visit.get("/staff/theme/transport")
    assert "No words are cleared yet" in visit.text
    visit.get("/staff/theme/transport/comments?side=quotable")
    assert "5 comments" in visit.text

    visit.get(page(there[0]))
    assert "Clear words of it as a quote" in visit.text
    reply = clear(visit, page(there[0]), text="The taxi … was late again")
    assert reply.location == page(there[0])
    visit.follow(reply)
    assert "Cleared by" in visit.text

    reader = sign_in(viewer)
    reader.get("/staff/theme/transport")
    assert "The taxi … was late again" in reader.text
    assert "/staff/comments/" not in reader.text
    assert "Look for words to show" not in reader.text

    visit.follow(visit.post(f"{page(there[0])}/quote/take-back"))
    assert "Taken back." in visit.text
    assert look(select(Quote.text)) == []
    reader.get("/staff/theme/transport")
    assert "The taxi" not in reader.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "It was wonderful"}, "Use only the words of the comment"),
        ({"text": ""}, "Choose words to show."),
        ({"text": TRANSPORT, "nobody_told": ""}, "Tick the box only if it is true."),
    ],
)
def test_what_cannot_be_cleared_is_told_and_kept_in_the_box(
    sign_in, officer, there, page, look, fields, words
):
    visit = sign_in(officer)
    visit.page = clear(visit, page(there[0]), **fields)
    assert visit.page.status_code == 422
    assert words in visit.text
    assert fields["text"] in visit.text
    assert look(select(Quote.text)) == []


def test_words_of_somebody_who_did_not_say_yes_cannot_be_cleared(
    sign_in, officer, there, page, look
):
    visit = sign_in(officer)
    visit.get(page(there[-1]))
    assert "did not say yes" in visit.text
    visit.get(f"{page(there[-1])}/quote")
    assert "It cannot be a quote." in visit.text
    clear(visit, page(there[-1]), text=NOTHING)
    assert look(select(Quote.text)) == []


def test_words_are_shown_as_words_wherever_they_stand(sign_in, officer, there, page):
    visit = sign_in(officer)
    visit.follow(clear(visit, page(there[4]), text=EVIL))
    assert "Cleared." in visit.text
    for path in (page(there[4]), f"{page(there[4])}/quote", "/staff/theme/transport"):
        sent = visit.get(path).get_data(as_text=True)
        assert "&lt;script&gt;alert(1)" in sent
        assert "<script>alert" not in sent


def test_a_theme_that_few_people_raised_shows_no_words(sign_in, officer, there, page):
    visit = sign_in(officer)
    visit.follow(clear(visit, page(there[5]), text=WAITING))
    assert "Cleared." in visit.text
    visit.get("/staff/theme/waiting")
    assert "In their own words" not in visit.text
    assert WAITING not in visit.text


def test_where_nobody_said_yes_the_list_says_so(
    sign_in, officer, database, answered, open_collection, now
):
    write(database, answered, open_collection, *[TRANSPORT] * 6)
    read_all(database, officer, now)
    visit = sign_in(officer)
    visit.get("/staff/theme/transport/comments?side=quotable")
    assert "Nobody who wrote of this has said that others may read it." in visit.text


def test_a_quote_of_nothing_is_not_found(sign_in, officer, there):
    visit = sign_in(officer)
    assert visit.get("/staff/comments/999999/1/quote").status_code == 404
    assert visit.get("/staff/comments/99999999999/1/quote").status_code == 404
