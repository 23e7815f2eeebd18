"""You said, we did: what everybody reads, in every state."""

import io
import re
from datetime import timedelta
from secrets import token_hex

import pytest
from promised_ground import heard, promise, raise_theme, release, theme, words
from pypdf import PdfReader
from sqlalchemy import delete, func, select
from theming_ground import TRANSPORT, WAITING, read_all, write

from feedback.models.clear_votes import ClearVotes
from feedback.models.events import Event
from feedback.models.proposals import Designer, VoiceGroup
from feedback.models.surveys import Edition, Measure, Page, Question
from feedback.queries import published
from feedback.questionnaire import Given
from feedback.services import clarity, responding
from feedback.vocabulary import Audience, GroupColour, Presentation

pytestmark = pytest.mark.any_database  # services' tests put the statements to both
DAY = timedelta(days=1)
LARGEST_PAGE, A_PAGE = 60_000, 30


@pytest.fixture
def write_up(database, now):
    """Publishes one insight with a promise; says its code."""

    def made(*moves, code="long-waits", due_in=None, facts=None, figure=None, **more):
        with database.writing() as session, session.begin():
            if figure is not None:
                more |= {"theme_id": theme(session, now).id}
                more |= {"release_id": release(session, now).id}
            insight = heard(session, now, code, **more)
            if moves:
                promise(session, insight, now, *moves, due_in=due_in, **(facts or {}))
            if figure is not None:
                raise_theme(session, insight, *figure, now)
        return code

    return made


def plain(page) -> str:
    shown = re.sub(r"<(svg|select).*?</\1>", " ", page.text, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


def test_before_anything_is_published_there_is_a_kind_word(client):
    page = client.get("/you-said")
    assert page.status_code == 200
    assert "There is nothing here yet" in plain(page)


def test_the_list_says_what_was_heard_and_where_each_promise_is(client, write_up):
    write_up(("doing", 9), facts={"body": "Health"}, figure=(43, 120))
    write_up(code="nothing-yet")
    write_up(("doing", 9), code="draft", published_at=None)
    shown = plain(client.get("/you-said"))
    assert "A first answer usually comes after 51 days. 1 thing still waits for an answer." in shown
    assert "We first answered after 51 days. Decided after 51 days." in shown
    assert "No answer yet, after 60 days." in shown
    assert "2 things that we heard." in shown
    assert "43 parents and carers said this, of 120 who wrote to us." in shown
    assert "We are doing it Everybody gets a letter." in shown
    assert "We are listening Nothing is promised yet." in shown


def test_a_choice_of_nothing_says_so_and_nonsense_is_no_choice(client, write_up):
    write_up(("doing", 9))
    assert "There is nothing of that kind" in plain(client.get("/you-said?state=done"))
    for address in ("state=x", "theme=x", "place=-1", "body=99999999999", "tag=%22", "page=x"):
        assert "1 thing that we heard." in plain(client.get(f"/you-said?{address}")), address
    assert client.get("/you-said?page=2").status_code == 404


def test_easy_read_is_one_switch_that_is_remembered(client, write_up):
    code = write_up(("doing", 9))
    assert "Waits are too long" in plain(client.get(f"/you-said/{code}"))
    assert "We wait too long" in plain(client.get(f"/you-said/{code}?read=easy"))
    assert "You get a letter." in plain(client.get("/you-said"))
    assert "Everybody gets a letter." in plain(client.get("/you-said?read=standard"))


def test_words_are_in_the_page_s_language_or_marked_as_another(client, write_up):
    code = write_up(("doing", 9))
    page = client.get(f"/you-said/{code}?language=pl").text
    assert '<span lang="pl" dir="ltr">Każdy dostanie list.</span>' in page
    assert '<span lang="en" dir="ltr">Waits are too long</span>' in page
    page = client.get(f"/you-said/{code}?language=ar").text
    assert '<span lang="ar" dir="rtl">الانتظار طويل جدًا</span>' in page


def test_a_page_shows_state_owner_day_notice_and_what_happened_newest_first(client, write_up):
    code = write_up(
        ("hearing", 50, "We read it all."),
        ("doing", 20, "A first letter is out."),
        due_in=30,
        facts={"body": "Health"},
    )
    shown = plain(client.get(f"/you-said/{code}"))
    assert "Who answers for it Health" in shown
    assert "How families will notice The letter has a date." in shown
    assert shown.index("A first letter is out.") < shown.index("We read it all.")
    assert "after 40 days" in shown  # decided
    assert "not yet, after 60 days" in shown  # done
    assert "late" not in shown


def test_late_says_how_late_and_why_or_that_nobody_has_said_why(client, write_up):
    late = write_up(("doing", 30, "Begun."), due_in=-12)
    shown = plain(client.get(f"/you-said/{late}"))
    assert "This is 12 days late. We have not said why yet." in shown
    why = write_up(("doing", 30), ("doing", 2, "The list is on paper."), code="w", due_in=-12)
    assert "This is 12 days late. The list is on paper." in plain(client.get(f"/you-said/{why}"))
    assert "This is 12 days late." in plain(client.get("/you-said"))


def test_done_waits_for_a_second_person_and_says_so(client, write_up, database, now, officer):
    code = write_up(("doing", 9), facts={"done_by_id": officer.id})
    shown = plain(client.get(f"/you-said/{code}"))
    assert "A second person is looking at it before we say so." in shown
    assert "It is done since" not in shown


def test_what_cannot_be_done_says_why(client, write_up):
    code = write_up(("cannot", 9), facts={"reason": words("There is no money.")})
    shown = plain(client.get(f"/you-said/{code}"))
    assert "We cannot do this" in shown and "Why we cannot: There is no money." in shown
    assert "We said no" in shown


def test_what_was_taken_back_is_gone_and_says_why(client, write_up, now):
    code = write_up(("doing", 9), withdrawn_at=now, withdrawn_because="The number was wrong.")
    page = client.get(f"/you-said/{code}")
    assert page.status_code == 410
    assert "We took this back" in plain(page) and "The number was wrong." in plain(page)
    assert "Everybody gets a letter." not in page.text
    assert code not in client.get("/you-said").text


@pytest.mark.parametrize("path", ["draft", "nowhere", "%00", "x" * 300, "..%2f"])
def test_what_is_not_published_is_not_found(client, write_up, path):
    write_up(("doing", 9), code="draft", published_at=None)
    assert client.get(f"/you-said/{path}").status_code == 404


def test_each_sentence_leads_back_to_what_it_rests_on_within_three_steps(
    client, write_up, look, open_collection
):
    number = look(select(Question.id).where(Question.name == "more"))[0].id
    code = write_up(("doing", 9, "Begun."), figure=(43, 120), question_id=number)
    page = client.get(f"/you-said/{code}")
    trail = page.text[page.text.index('id="trail"') :]
    steps = re.findall(r'id="from-([a-z]+)', trail)
    assert steps == ["promise", "said", "theme", "question", "survey", "asker", "numbers"]
    for place in re.findall(r'href="#([^"]+)"', trail):
        assert f'id="{place}"' in page.text
    theme_page = re.search(r'href="(/you-said\?theme=\d+)"', trail)[1]
    assert "1 thing that we heard." in plain(client.get(theme_page))
    assert 'href="/figures/1"' in trail
    assert client.get("/figures/1").status_code == 200


def test_an_event_lists_what_came_of_it(client, write_up, plan):
    event: Event = plan("Big day")
    code = write_up(("done", 3), event_id=event.id)
    shown = client.get(f"/e/{event.code}")
    assert f"/you-said/{code}" in shown.text
    assert "What came of it" in plain(shown) and "It is done: Everybody gets a letter." in plain(
        shown
    )
    assert f'href="/e/{event.code}"' in client.get(f"/you-said/{code}").text


def test_the_home_page_and_the_foot_lead_there(client):
    assert client.get("/").text.count('href="/you-said"') == 2


# Was this clear?


def tap(client, code, answer):
    page = client.get("/you-said" if code == "you-said" else f"/you-said/{code}")
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page.text)
    data = {"clear": answer, "csrf_token": token[1] if token else "none"}
    return client.post(f"/you-said/{code}/clear", data=data)


def votes(look):
    return look(select(func.sum(ClearVotes.yes), func.sum(ClearVotes.no)))[0]


def test_one_tap_counts_once_a_browser_and_page(client, app, write_up, look):
    code, other = write_up(("doing", 9)), write_up(("doing", 9), code="other")
    assert tap(client, code, "yes").status_code == 303
    assert "Thank you. We count it." in plain(client.get(f"/you-said/{code}"))
    token = re.search(
        r'name="csrf_token" type="hidden" value="([^"]+)"', client.get(f"/you-said/{other}").text
    )
    client.post(f"/you-said/{code}/clear", data={"clear": "no", "csrf_token": token[1]})
    assert tuple(votes(look)) == (1, 0)
    tap(client, other, "no")
    tap(app.test_client(), code, "yes")
    assert tuple(votes(look)) == (2, 1)


def test_a_cookie_sent_twice_counts_once(client, app, write_up, look):
    code = write_up(("doing", 9))
    page = client.get(f"/you-said/{code}")
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page.text)[1]
    kept = client.get_cookie("feedback").value
    other = app.test_client()
    other.set_cookie("feedback", kept)
    for browser in (client, other):  # a second tap leaves before the first is answered
        browser.post(f"/you-said/{code}/clear", data={"clear": "yes", "csrf_token": token})
    assert tuple(votes(look)) == (1, 0)


def test_a_tap_from_elsewhere_or_of_nothing_does_not_count(client, write_up, look):
    code = write_up(("doing", 9))
    assert client.post(f"/you-said/{code}/clear", data={"clear": "yes"}).status_code >= 400
    assert tap(client, code, "perhaps").status_code == 303
    assert tap(client, "nowhere", "yes").status_code in (302, 400, 403, 404)
    assert tuple(votes(look)) == (None, None)


def test_from_the_threshold_on_a_page_says_how_many_found_it_clear(client, write_up, database, now):
    code = write_up(("doing", 9))
    with database.writing() as session, session.begin():
        for clear in [True] * 8 + [False] * 2:
            day = now.date() - DAY
            mark = token_hex()
            clarity.say(session, code, Presentation.STANDARD, mark, clear=clear, today=day)
    assert "8 of 10 people said this was clear." in plain(client.get(f"/you-said/{code}"))
    shown = plain(client.get("/you-said/clear"))
    assert "10 people. 80%" in shown
    assert "of 10 people" not in plain(client.get("/you-said"))


def test_before_enough_have_said_the_page_of_all_says_so(client):
    assert "Too few people have said so far." in plain(client.get("/you-said/clear"))


# What changed


def test_one_page_a_cycle_says_what_changed_is_late_and_comes_next(client, write_up):
    write_up(("doing", 30, "Begun."), ("doing", 20, "Still at it."), due_in=-12)
    write_up(("doing", 2), code="next", due_in=20)
    shown = plain(client.get("/you-said/what-changed"))
    assert "Still at it." in shown or "Begun." in shown
    assert "This is 12 days late." in shown and "Coming next" in shown
    assert client.get("/you-said/what-changed?cycle=2020-01-01").status_code == 200
    for wrong in ("x", "1900-01-01", "2030-01-01"):
        assert client.get(f"/you-said/what-changed?cycle={wrong}").status_code == 404


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("read", ["standard", "easy"])
@pytest.mark.parametrize("many", [0, 1, 14])
def test_what_changed_is_one_side_of_paper_in_each_language_and_wording(
    client, write_up, many, read, language
):
    for number in range(many):
        write_up(("doing", 30, "Begun."), code=f"one-{number}", due_in=-12, days_ago=40)
    page = client.get("/you-said/what-changed")
    assert "/you-said/what-changed.pdf?" in page.text
    reply = client.get(f"/you-said/what-changed.pdf?read={read}&language={language}")
    pdf = PdfReader(io.BytesIO(reply.data))

    assert reply.content_type == "application/pdf" and len(pdf.pages) == 1
    assert pdf.trailer["/Root"]["/Lang"] == language


def test_the_paper_to_hang_up_says_what_its_page_says(client, write_up):
    write_up(("doing", 30, "Begun."), due_in=-12, days_ago=40)
    write_up(("doing", 9), code="next", due_in=20, days_ago=200)
    cycle = client.get("/you-said/what-changed")
    shown = plain(cycle)
    reply = client.get("/you-said/what-changed.pdf")
    told = " ".join(PdfReader(io.BytesIO(reply.data)).pages[0].extract_text().split())

    assert ("Begun." in shown) == ("Begun." in told)
    for line in ("This is 12 days late.", "Coming next", "Everybody gets a letter."):
        assert line in shown and line in told
    for wrong in ("x", "1900-01-01"):
        assert client.get(f"/you-said/what-changed.pdf?cycle={wrong}").status_code == 404


def test_the_page_of_a_cycle_asks_whether_it_is_clear(client, write_up, look):
    write_up(("doing", 9))
    page = client.get("/you-said/what-changed?cycle=2026-08-10")
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page.text)[1]
    action = re.search(r'action="([^"]+/clear[^"]*)"', page.text)[1]
    reply = client.post(action, data={"clear": "yes", "csrf_token": token})

    assert reply.status_code == 303 and "/what-changed?cycle=" in reply.location
    assert [tuple(row) for row in look(select(ClearVotes.page, ClearVotes.yes))] == [
        ("what-changed", 1)
    ]
    assert "Thank you. We count it." in plain(client.get("/you-said/what-changed"))
    bad = client.post("/you-said/what-changed/clear?cycle=x", data={"csrf_token": token})
    assert bad.status_code == 303


# The receipt


@pytest.fixture
def told(client, codes):
    """The page that says what became of the words of whoever holds a receipt."""

    def shown(visit, do="became"):
        page = client.get("/receipt")
        token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page.text)[1]
        data = {"code": responding.receipt(visit, codes), "do": do, "csrf_token": token}
        return client.post("/receipt", data=data)

    return shown


@pytest.fixture
def wrote(database, answered, open_collection, officer, now):
    """Comments that the machine has read; the visits of those who wrote them."""

    def written(*texts):
        visits = []
        for text in texts:
            with database.writing() as writing, writing.begin():
                visits.append(answered(writing, open_collection, {"more": Given(text=text)}))
        write(database, answered, open_collection, *[WAITING] * 3, *[TRANSPORT] * 3)
        read_all(database, officer, now)
        return visits

    return written


def test_the_holder_of_a_receipt_sees_what_was_promised_about_their_words(told, wrote, write_up):
    (mine, other) = wrote(WAITING, "Purple elephants like marmalade.")
    write_up(("doing", 9), due_in=-3, figure=(43, 120), audience=Audience.EVERYONE)
    assert "one of 43" not in plain(told(mine, "see"))  # only once somebody asks for it
    shown = plain(told(mine))
    assert "Your comment is one of 43 about “Waiting and delays”." in shown
    assert "This was promised: Everybody gets a letter. We are doing it." in shown
    assert "This is 3 days late." in shown
    assert WAITING not in shown
    assert "There is nothing to show yet." in plain(told(other))


@pytest.mark.parametrize("figure", [(None, 120), (9, 120)])
def test_a_theme_of_few_people_is_not_named(told, wrote, write_up, figure):
    (mine,) = wrote(WAITING)
    write_up(("doing", 9), figure=figure, audience=Audience.EVERYONE)
    shown = plain(told(mine))
    assert "There is nothing to show yet." in shown and "Waiting" not in shown


def test_a_draft_and_what_was_taken_back_are_not_named(told, wrote, write_up, now):
    (mine,) = wrote(WAITING)
    more = {"figure": (43, 120), "audience": Audience.EVERYONE}
    write_up(("doing", 9), withdrawn_at=now, **more)
    assert "There is nothing to show yet." in plain(told(mine))


def test_words_that_are_hard_to_read_lead_nowhere(told, wrote, write_up):
    hard = f"{WAITING} My son says he wants to kill himself."
    (mine,) = wrote(hard)
    write_up(("doing", 9), figure=(43, 120), audience=Audience.EVERYONE)
    assert "There is nothing to show yet." in plain(told(mine))


def test_words_of_another_audience_are_not_one_of_the_counted(told, wrote, write_up):
    (mine,) = wrote(WAITING)
    write_up(("doing", 9), figure=(43, 120), audience=Audience.YOUNG_PERSON)
    shown = plain(told(mine))
    assert "one of 43" not in shown
    assert "Your comment is about “Waiting and delays” too." in shown


# Size


def test_the_longest_pages_stay_small(client, write_up):
    for number in range(A_PAGE):
        write_up(("doing", 30, "Begun."), ("doing", 2, "Still."), code=f"w{number}", due_in=-12)
    many = client.get("/you-said")
    assert many.text.count('class="said__one"') == A_PAGE
    assert len(many.data) < LARGEST_PAGE
    assert len(client.get("/you-said/w1").data) < LARGEST_PAGE
    assert len(client.get("/you-said/what-changed").data) < LARGEST_PAGE


# Who designed the questions


@pytest.fixture
def designed(database, open_collection, now):
    """A group that designed the survey of every kind; says a question's and a measure's id."""
    with database.writing() as session, session.begin():
        question = session.scalars(select(Question).where(Question.name == "more")).one()
        page = session.get_one(Page, question.page_id)
        survey_id = session.get_one(Edition, page.edition_id).survey_id
        credit = words("Asked by the Lighthouse Group", "We asked this: Lighthouse Group")
        group = VoiceGroup(
            name="Lighthouse",
            audience=Audience.YOUNG_PERSON,
            colour=GroupColour.SEA,
            credit=credit,
            created_at=now,
        )
        session.add(group)
        session.flush()
        session.add(Designer(survey_id=survey_id, group_id=group.id))
        measure_id = session.scalars(select(Measure.id).where(Measure.name == "happy")).one()
        return question.id, measure_id


def test_a_group_is_named_where_its_question_was_asked_and_nowhere_else(
    client, write_up, designed, database
):
    code = write_up(("doing", 9), question_id=designed[0])
    other = write_up(("doing", 9), code="other")
    page = client.get(f"/you-said/{code}").text
    assert page.count("Asked by the Lighthouse Group") == 2
    assert re.search(r'id="from-group"(?:(?!</li>).)*Asked by the Lighthouse Group', page, re.S)
    assert "We asked this: Lighthouse Group" in client.get(f"/you-said/{code}?read=easy").text
    assert "Lighthouse" not in client.get(f"/you-said/{other}").text
    assert client.get("/you-said?read=standard").text.count("Asked by the Lighthouse Group") == 1


def test_a_measure_is_a_groups_own_only_where_no_other_survey_asks_for_it(designed, database):
    measure = designed[1]
    with database.writing() as session, session.begin():
        [credit] = published.credits_of_measure(session, measure)
        assert credit["en"]["standard"] == "Asked by the Lighthouse Group"
        session.execute(delete(Designer))
        assert published.credits_of_measure(session, measure) == []
