"""A family answers a survey: page by page, back and changed, in its own way, and sends it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from visiting import AT, STORED

from feedback.models.collections import Collection
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Question

# The walk


def test_a_family_answers_page_by_page_checks_sends_and_gets_a_receipt(begin, stored, look, now):
    visit = begin()
    visit.walk()
    assert visit.page.request.path == "/s/fern42/check"
    for shown in ("A parent", "Speech", "7", "March 2026", "The ramp was too steep for us."):
        assert shown in visit.text

    visit.send()
    assert visit.page.request.path == "/s/fern42/sent"
    assert "Thank you. Your answers are sent." in visit.text
    assert len(visit.receipt.split()) == 4
    assert stored() == STORED
    assert look(select(Response.sent_at)) == [(now,)]


@pytest.mark.parametrize(
    ("language", "title", "direction"),
    [("pl", "Opowiedz nam o pomocy", "ltr"), ("ar", "أخبرنا عن المساعدة", "rtl")],
)
def test_a_family_answers_in_its_own_language(begin, stored, look, language, title, direction):
    visit = begin(start=False)
    visit.get(f"/s/fern42?language={language}")
    assert title in visit.text
    visit.follow(visit.post(""))
    assert f'lang="{language}" dir="{direction}"' in visit.text

    visit.sent()
    assert f'lang="{language}" dir="{direction}"' in visit.text
    assert stored() == STORED
    assert set(look(select(Answer.language))) == {(language,)}


@pytest.mark.parametrize("spoken", ["pl", "pl-PL,pl;q=0.9,en;q=0.8", "pl-PL,en;q=0.5"])
def test_the_language_of_the_phone_is_offered_first(begin, spoken):
    visit = begin(start=False)
    visit.page = visit.client.get("/s/fern42", headers={"Accept-Language": spoken})
    assert "Opowiedz nam o pomocy" in visit.text


@pytest.mark.parametrize("typed", ["FERN42", "fern-42", "Fern%2042", "f.e.r.n.4.2"])
def test_a_short_code_may_be_typed_in_any_way(begin, typed):
    visit = begin(start=False)
    assert visit.follow(visit.get(f"/s/{typed}")).request.path == "/s/fern42"
    assert visit.follow(visit.get(f"/?code={typed}")).request.path == "/s/fern42"


def test_what_a_link_says_besides_the_code_does_no_harm(begin):
    visit = begin(start=False)
    link = "/s/FERN42?code=other&_external=1&_scheme=ftp&_anchor=x&language=pl"
    assert visit.follow(visit.get(link)).request.path == "/s/fern42"
    assert "Opowiedz nam o pomocy" in visit.text


def test_each_page_is_saved_as_it_is_left(begin, stored):
    visit = begin()
    visit.leave(AT["hello"])
    assert stored() == {}

    visit.leave(AT["who"], who="parent")
    assert stored() == {"who": "parent"}

    visit.leave(AT["needs"], needs=["sight", "speech"])
    assert stored() == {"who": "parent", "needs": "speech sight"}


def test_a_page_sent_twice_keeps_one_answer(begin, look):
    visit = begin()
    for _ in range(2):
        visit.leave(AT["who"], who="child")

    assert look(select(func.count()).select_from(Answer)) == [(1,)]


def test_pages_that_the_answers_do_not_open_are_not_shown(begin, stored):
    visit = begin()
    visit.walk(who="child")

    assert not [reply for reply in visit.seen if reply.request.path.endswith("/8")]
    assert "weeks" not in stored()


def test_a_page_that_nobody_came_to_yet_leads_to_the_place_where_one_is(begin):
    visit = begin()
    assert visit.follow(visit.get("7")).request.path == "/s/fern42/1"
    assert visit.follow(visit.get("99")).request.path == "/s/fern42/1"
    assert visit.follow(visit.get("check")).request.path == "/s/fern42/1"


def test_what_is_needed_is_asked_for_kindly_and_the_page_stays(begin, stored):
    visit = begin()
    reply = visit.leave(AT["who"])

    assert reply.status_code == 422
    assert "Choose one of the answers" in visit.text
    assert "<title>Error: " in visit.text
    assert re.search(r'href="#q_who-1"', visit.text)
    assert stored() == {}


def test_what_can_be_skipped_is_kept_as_passed_by(begin, stored):
    visit = begin()
    visit.leave(AT["needs"], do="skip", needs="speech")
    visit.leave(AT["safe"])
    visit.leave(AT["overall"], overall="-unknown")
    visit.leave(AT["safe"], safe="-unknown")

    assert stored() == {"needs": "skipped", "safe": "unknown", "overall": "skipped"}


# Going back and changing


def test_going_back_shows_the_answers_and_asks_nothing_twice(begin):
    visit = begin()
    visit.walk()

    visit.get(str(AT["who"]))
    assert re.search(r'value="parent"[^>]* checked', visit.text)
    visit.get(str(AT["needs"]))
    assert len(re.findall(r'value="(?:speech|moving)"[^>]* checked', visit.text)) == 2
    visit.get(str(AT["since"]))
    assert re.search(r'name="q_since-year"[^>]* value="2026"', visit.text)
    visit.get(str(AT["words"]))
    assert "The ramp was too steep for us." in visit.text


def test_back_leads_to_the_page_before_that_was_asked(begin):
    visit = begin()
    visit.walk(who="child")
    visit.get(str(AT["words"]))

    back = re.search(r'<a href="([^"]+)" class="govuk-back-link"', visit.text)[1]
    assert back == f"/s/fern42/{AT['overall']}"


def test_an_answer_can_be_changed_from_the_check_page_and_leads_back_there(begin, stored):
    visit = begin()
    visit.walk()
    change = re.search(r'href="(/s/fern42/7\?to=check)"', visit.text)[1]

    visit.get(change)
    visit.follow(visit.post(change, {"q_overall": "9"}))

    assert visit.page.request.path == "/s/fern42/check"
    assert stored() == {**STORED, "overall": 9}


def test_a_change_that_opens_a_page_asks_it_before_anything_is_sent(begin, stored):
    visit = begin()
    visit.walk()
    visit.post(f"{AT['face']}?to=check", {"q_face": "bad"})
    visit.follow(visit.page)
    assert visit.page.request.path == f"/s/fern42/{AT['heard']}"

    visit.post("send")
    assert visit.follow(visit.page).request.path == f"/s/fern42/{AT['heard']}"

    visit.walk()
    visit.send()
    assert stored() == {**STORED, "face": "bad", "heard": "4"}


def test_a_change_that_closes_a_page_takes_its_answers_out_of_what_is_sent(begin, stored):
    visit = begin()
    visit.walk()
    visit.post(f"{AT['who']}?to=check", {"q_who": "child"})
    visit.follow(visit.page)
    assert "March 2026" not in visit.text
    visit.send()

    assert stored() == {
        name: value
        for name, value in {**STORED, "who": "child"}.items()
        if name not in ("weeks", "since")
    }


# Language, easy read and pictures


SWITCHES = ["language:pl", "read:easy_read", "pictures:off"]
TYPED = {
    "an option": ("who", {"who": "child"}, [r'value="child"[^>]* checked'], {"who": "child"}),
    "options": (
        "needs",
        {"needs": ["sight", "moving"]},
        [r'value="sight"[^>]* checked', r'value="moving"[^>]* checked'],
        {"needs": "sight moving"},
    ),
    "a rating": ("overall", {"overall": "7"}, [r'value="7"[^>]* checked'], {"overall": 7}),
    "not knowing": (
        "safe",
        {"safe": "-unknown"},
        [r'value="-unknown"[^>]* checked'],
        {"safe": "unknown"},
    ),
    "no number": ("weeks", {"weeks": "a lot"}, [r'value="a lot"'], {}),
    "no month": (
        "since",
        {"since__month": "13", "since__year": "last"},
        [r'value="13"', r'value="last"'],
        {},
    ),
    "too many words": (
        "words",
        {"town": "x" * 201, "more": "Half a sentence"},
        [f'value="{"x" * 201}"', "Half a sentence</textarea>"],
        {"more": "Half a sentence"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("do", SWITCHES)
@pytest.mark.parametrize(("page", "typed", "shown", "kept"), TYPED.values(), ids=TYPED)
def test_what_is_typed_stays_when_the_page_is_shown_in_another_way(
    begin, stored, do, page, typed, shown, kept
):
    visit = begin()
    reply = visit.leave(AT[page], do=do, **typed)

    assert reply.status_code == 200
    for pattern in shown:
        assert re.search(pattern, visit.text)
    assert "error-summary" not in visit.text
    assert stored() == kept


def test_a_page_is_shown_in_the_way_that_was_chosen_and_stays_so(begin):
    visit = begin()
    visit.leave(AT["hello"])
    visit.get(str(AT["who"]))
    assert "Who is answering these questions?" in visit.text
    assert "data:image/svg+xml," in visit.text

    visit.leave(AT["who"], do="read:easy_read")
    assert "Who are you?" in visit.text
    visit.leave(AT["who"], do="pictures:off")
    assert "data:image" not in visit.text
    visit.leave(AT["who"], do="language:pl")
    assert "Kim jesteś?" in visit.text

    visit.leave(AT["who"], who="child")
    visit.follow(visit.page)
    assert "Jaka to pomoc?" in visit.text


@pytest.mark.parametrize("do", ["language:so", "language:", "read:shouting", "pictures:maybe"])
def test_a_way_that_is_not_offered_changes_nothing(begin, look, do):
    visit = begin()
    assert visit.leave(AT["who"], do=do, who="child").status_code == 200
    ways = select(Response.language, Response.presentation, Response.pictures)
    assert look(ways) == [("en", "standard", True)]


def test_each_answer_is_kept_with_the_way_it_was_read(begin, look):
    visit = begin()
    visit.leave(AT["who"], who="child")
    visit.leave(AT["needs"], do="read:easy_read")
    visit.leave(AT["needs"], do="language:ar")
    visit.leave(AT["needs"], needs="sight")

    ways = (
        select(Question.name, Answer.language, Answer.presentation)
        .join(Question, Question.id == Answer.question_id)
        .order_by(Question.id)
    )
    assert look(ways) == [("who", "en", "standard"), ("needs", "ar", "easy_read")]


# After sending


def test_after_sending_no_page_shows_anything_of_the_answers(begin):
    visit = begin().sent()
    for path in ("", "1", "2", str(AT["words"]), "check", "stop", "sent"):
        visit.follow(visit.get(path))
        for answer in ("ramp", "Brackenshore\n", "checked", "A parent"):
            assert answer not in visit.text.replace("Brackenshore SEND partnership", "")


def test_no_page_is_kept_by_the_browser_and_there_is_one_cookie(begin):
    visit = begin().sent()
    assert {reply.headers["Cache-Control"] for reply in visit.seen} == {"no-store"}
    cookies = [line.split("=")[0] for r in visit.seen for line in r.headers.getlist("Set-Cookie")]
    assert set(cookies) == {"feedback"}


def test_finishing_clears_the_phone(begin):
    visit = begin().sent()
    receipt = visit.receipt
    visit.follow(visit.post("finish"))
    assert visit.page.request.path == "/s/fern42"
    assert "already begun" not in visit.text

    for path in ("sent", "1", "check", "stop"):
        visit.get(path)
        assert visit.page.status_code == 403
        assert "We lost your place" in visit.text
        assert receipt not in visit.text


@pytest.mark.parametrize("finish", [True, False], ids=["finished", "not finished"])
def test_a_second_child_answers_on_the_same_phone(begin, look, finish):
    visit = begin().sent()
    first = visit.receipt
    if finish:
        visit.follow(visit.post("finish"))

    visit.start()
    assert visit.page.request.path == "/s/fern42/1"
    visit.sent(more="My own words")

    assert visit.receipt != first
    assert look(select(func.count(Response.sent_at))) == [(2,)]
    said = look(select(Answer.text).where(Answer.text.in_(["My own words", STORED["more"]])))
    assert len(said) == 2


# Closed, not yet open, unknown, taken away


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"opens_at": 1}, 403, "This survey is not open yet"),
        ({"closes_at": -1}, 410, "This survey has closed"),
        ({"withdrawn_at": -1}, 410, "This survey has been taken away"),
    ],
    ids=["not yet open", "closed", "taken away"],
)
def test_a_survey_that_is_not_open_says_so(begin, database, now, changed, status, words):
    visit = begin()
    with database.writing() as writing, writing.begin():
        times = {key: now + timedelta(days=days) for key, days in changed.items()}
        writing.execute(update(Collection).values(**times))

    for path in ("", "1", "check"):
        assert visit.get(path).status_code == status
        assert words in visit.text
        if "withdrawn_at" not in changed:
            day = "3" if status == 403 else "1"
            assert re.search(f"{day} November 2026 .{{,5}}10:00", visit.text)
    stranger = begin(start=False)
    assert stranger.get().status_code == status


@pytest.mark.parametrize("code", ["nothing", "fern43", "%00", "..%2f", "-", "x" * 500, "ﬁ", "%ff"])
def test_a_code_that_nobody_has_says_so(begin, code):
    visit = begin(start=False)
    assert visit.get(f"/s/{code}").status_code == 404
    assert "We cannot find that" in visit.text


def test_somebody_who_lost_their_cookie_is_told_what_to_do(begin):
    visit = begin(start=False)
    assert visit.get("3").status_code == 403
    assert "We lost your place" in visit.text
    assert "use your code to come back" in visit.text


def test_help_is_one_step_away_and_leads_back(begin):
    visit = begin()
    visit.leave(AT["hello"])
    visit.get(str(AT["who"]))
    link = re.search(r'class="top__help" href="([^"]+)"', visit.text)[1]
    visit.get(link)
    assert "0800 1111" in visit.text
    assert f'href="/s/fern42/{AT["who"]}"' in visit.text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/s/\\evil", "/staff"])
def test_help_leads_back_only_to_the_survey(client, back):
    assert b"evil" not in client.get("/help-now", query_string={"from": back}).data
    assert b'href="/staff' not in client.get("/help-now", query_string={"from": back}).data
