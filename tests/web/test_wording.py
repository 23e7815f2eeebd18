"""A group words its question on its own screens, with the helper, and tries it."""

import re

import pytest
from rooms_ground import AT, come_in, room_of
from sqlalchemy import func, select
from visiting import Visit
from wording_ground import ASKED, idea_of

from feedback.models.proposals import HardWord, Proposal, Wording
from feedback.models.responses import Response
from feedback.outputs import speech
from feedback.questionnaire import said
from feedback.services.wording import question_of

pytestmark = pytest.mark.any_database  # services' tests put the statements to both


@pytest.fixture
def room(database, now):
    with database.writing() as writing, writing.begin():
        found = room_of(writing, now)
        idea_of(writing, found, "buses to school", now)


@pytest.fixture
def visit(room, client):
    return come_in(Visit(client, ""))


@pytest.fixture
def other(room, app):
    return come_in(Visit(app.test_client(), ""), picture="openmoji/owl", word="Kind")


@pytest.fixture
def latest(look):
    def found():
        rows = look(select(Wording.question).order_by(Wording.number.desc()).limit(1))
        return question_of(Wording(question=rows[0].question)) if rows else None

    return found


def number_on(visit):
    return re.search(r'name="seen" value="(\d+)"', visit.text)[1]


def say(visit, words, **more):
    visit.get(f"{AT}/wording/words")
    seen = {"seen": number_on(visit)}
    return visit.post(f"{AT}/wording/words", {**seen, "words": words, **more})


def test_three_presses_make_a_question(visit, latest):
    visit.get(f"{AT}/wording")
    assert "buses to school" in visit.text
    visit.follow(visit.post(f"{AT}/wording/words", {"seen": "0", "words": ASKED}))
    assert visit.page.request.path == f"{AT}/wording/answers"
    visit.follow(visit.post(f"{AT}/wording/answers", {"seen": "1", "do": "yes_no:3"}))
    assert visit.page.request.path == f"{AT}/wording/picture"
    assert visit.text.count('class="picture-card"') == 6
    picture = re.search(r'name="picture" value="([^"]+)"', visit.text)[1]
    visit.follow(visit.post(f"{AT}/wording/picture", {"seen": "2", "picture": picture}))
    assert visit.page.request.path == f"{AT}/wording"
    assert "You can try it now" in visit.text
    question = latest()
    assert (said(question.ask, "en"), question.kind, question.picture.name) == (
        ASKED,
        "yes_no",
        picture,
    )


def test_two_questions_in_one_are_asked_apart_and_the_other_is_kept(visit, latest, look):
    say(visit, "Did staff listen and explain things?")
    visit.get(f"{AT}/wording")
    assert "This asks 2 things. Which one comes first?" in visit.text
    visit.follow(visit.post(f"{AT}/wording/tip", {"seen": "1", "do": "0:1"}))
    assert said(latest().ask, "en") == "Did staff explain things?"
    ideas = [row.words for row in look(select(Proposal.words).order_by(Proposal.id))]
    assert ideas == ["buses to school", "Did staff listen?"]
    # pressed twice, it is done once
    visit.post(f"{AT}/wording/tip", {"seen": "1", "do": "0:1"})
    assert len(look(select(Proposal.id))) == 2


@pytest.mark.parametrize("do", ["", "9:0", "0:9", "x", "0:-1", "99999999999:1"])
def test_a_button_that_is_not_there_changes_nothing(visit, latest, do):
    say(visit, "Did staff listen and explain things?")
    reply = visit.post(f"{AT}/wording/tip", {"seen": "1", "do": do})
    assert reply.status_code == 303
    assert said(latest().ask, "en") == "Did staff listen and explain things?"


def test_the_helper_can_be_left(visit):
    say(visit, "How satisfied are you with the transport?")
    visit.get(f"{AT}/wording")
    first = re.search(r'id="helper-title"[^>]*>([^<]+)', visit.text)[1]
    visit.get(f"{AT}/wording?tip=1")
    assert first not in visit.text
    visit.get(f"{AT}/wording?tip=99")
    assert "You can try it now" in visit.text


def test_two_people_at_one_question_see_both_and_choose(visit, other, latest, look):
    say(visit, ASKED)
    visit.get(f"{AT}/wording/words")
    other.get(f"{AT}/wording/words")
    visit.post(f"{AT}/wording/words", {"seen": "1", "words": "Is the bus good?"})
    reply = other.post(
        f"{AT}/wording/words", {"seen": "1", "words": "Is your bus late?", "why": "Mine is"}
    )
    assert reply.status_code == 409
    assert "Is the bus good?" in other.text
    assert "Is your bus late?" in other.text
    assert 'name="words" value="Is your bus late?"' in other.text
    again = {"seen": number_on(other), "words": "Is your bus late?", "why": "Mine is"}
    other.post(f"{AT}/wording/words", {**again, "which": "theirs"})
    assert said(latest().ask, "en") == "Is the bus good?"
    assert len(look(select(Wording.id))) == 4
    other.get(f"{AT}/wording/changes")
    assert "Mine is" in other.text


def test_mine_can_stand_and_theirs_is_in_the_history(visit, other, latest):
    say(visit, ASKED)
    other.get(f"{AT}/wording/words")
    say(visit, "Is the bus good?")
    other.post(f"{AT}/wording/words", {"seen": "1", "words": "Is your bus late?"})
    again = {"seen": number_on(other), "words": "Is your bus late?", "which": "mine"}
    other.follow(other.post(f"{AT}/wording/words", again))
    assert said(latest().ask, "en") == "Is your bus late?"
    other.get(f"{AT}/wording/changes")
    assert re.search(r"<ins>.*?good\?</ins>", other.text, re.S)


def test_own_answers_lead_from_picture_to_picture(visit, latest):
    say(visit, ASKED)
    reply = visit.post(f"{AT}/wording/answers/own", {"seen": "1", "answers-0": "Bus"})
    assert reply.status_code == 422
    assert "Write 2 answers or more" in visit.text
    fields = {"seen": "1", "answers-0": "Bus", "answers-1": "Taxi"}
    visit.follow(visit.post(f"{AT}/wording/answers/own", fields))
    for picture in ("openmoji/bus", "openmoji/taxi", "openmoji/automobile"):
        assert visit.page.request.path == f"{AT}/wording/picture"
        answer = re.search(r'name="answer" value="([^"]+)"', visit.text)
        fields = {"seen": number_on(visit), "picture": picture}
        if answer:
            fields["answer"] = answer[1]
        visit.follow(visit.post(f"{AT}/wording/picture", fields))
    assert visit.page.request.path == f"{AT}/wording"
    assert [option.picture.name for option in latest().options] == [
        "openmoji/taxi",
        "openmoji/automobile",
    ]


def test_easy_words_stand_beside_the_usual_ones(visit, latest):
    say(visit, "How satisfied are you?")
    visit.get(f"{AT}/wording/easy")
    visit.post(f"{AT}/wording/easy", {"seen": "1", "words": "Are you happy?"})
    assert (latest().ask["en"].standard, latest().ask["en"].easy) == (
        "How satisfied are you?",
        "Are you happy?",
    )


def test_trying_keeps_no_answer_and_leads_to_the_hard_words(visit, look):
    say(visit, "How is the transport?")
    visit.get(f"{AT}/trying")
    reply = visit.post(f"{AT}/trying?words=standard&show=off", {"q_group_question": "good"})
    assert reply.location == f"{AT}/trying/words?words=standard&show=off"
    assert look(select(func.count(Response.id)))[0][0] == 0
    visit.get(f"{AT}/trying?show=on")
    assert visit.text.count("<img") == 4
    visit.get(f"{AT}/trying?show=off")
    assert visit.text.count("<img") == 1  # one’s own


def test_tapped_words_are_seen_by_all_and_an_easier_one_is_pressed(visit, other, latest, look):
    say(visit, "How is the transport?")
    for each in (visit, other):
        each.get(f"{AT}/trying/words")
        each.follow(each.post(f"{AT}/trying/words", {"hard": ["transport"]}))
    assert "2 of us" in visit.get(f"{AT}/trying/words").get_data(as_text=True)
    assert "Use “travel”" in visit.text
    visit.post(f"{AT}/trying/easier", {"seen": "1", "word": "transport"})
    assert said(latest().ask, "en") == "How is the travel?"
    assert len(look(select(HardWord.said))) == 2
    visit.get(f"{AT}/wording/changes")
    assert "“transport” is a hard word." in visit.text


@pytest.mark.skipif(not speech.can_read("en"), reason="espeak-ng is not on this machine")
def test_the_question_can_be_heard_by_the_room_and_nobody_else(visit, app):
    say(visit, ASKED)
    visit.get(f"{AT}/trying")
    assert "media-src 'self'" in visit.page.headers["Content-Security-Policy"]
    reply = visit.get(f"{AT}/trying/1/easy_read.wav")
    assert (reply.status_code, reply.data[:4]) == (200, b"RIFF")
    assert visit.get(f"{AT}/trying/7/easy_read.wav").status_code == 404
    assert app.test_client().get(f"{AT}/trying/1/easy_read.wav").status_code == 303


def test_a_page_without_an_idea_says_so(database, now, client):
    with database.writing() as writing, writing.begin():
        room_of(writing, now)
    visit = come_in(Visit(client, ""))
    for page in ("wording", "wording/words", "wording/changes", "trying", "trying/words"):
        visit.follow(visit.get(f"{AT}/{page}"))
        assert "Please wait a bit" in visit.text
    for page in ("wording/easy", "wording/answers", "wording/picture"):
        assert visit.get(f"{AT}/{page}").status_code == 303


def test_too_many_words_are_asked_again(visit, latest):
    reply = say(visit, "bus " * 200)
    assert reply.status_code == 422
    assert "This is too long. Make it short" in visit.text
    assert say(visit, "   ").status_code == 422
    assert latest() is None
