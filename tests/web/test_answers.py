"""The answers go back to the group first: few people are kept safe, and each idea has its trail."""

import re

import pytest
from rooms_ground import AT, CODE, CREDIT, come_in, group_of, room_of
from sqlalchemy import select
from visiting import Visit

from feedback.models.improvements import Commitment, Insight
from feedback.models.proposals import Proposal, ResultReply, Room, VoiceGroup
from feedback.models.surveys import Edition, Question, Survey
from feedback.questionnaire import Given
from feedback.services import signing_off
from feedback.vocabulary import Audience, CommitmentState, ProposalState

pytestmark = pytest.mark.any_database  # services' tests put the statements to both

SAFE = "Not enough people yet. We keep them safe."


@pytest.fixture
def asked(database, open_collection, now):
    """An idea of the group that is the survey's question of the best thing, and one that is not."""
    with database.writing() as writing, writing.begin():
        group = group_of(writing, now)
        room = room_of(writing, now, group=group)
        edition = writing.get_one(Edition, open_collection.edition_id)
        facts = {"group_id": group.id, "room_id": room.id, "created_on": now.date()}
        unread = Proposal(words="Unread", state=ProposalState.NEW, **facts)
        facts["looked_at"] = now
        idea = Proposal(
            words="Are we safe?",
            state=ProposalState.ASKED,
            survey_id=edition.survey_id,
            question="safe",
            **facts,
        )
        no = "It names a person."
        named = Proposal(words="Mrs X", state=ProposalState.NOT_ASKED, reason=no, **facts)
        hidden = Proposal(words="Rude", state=ProposalState.NEW, hidden_at=now, **facts)
        writing.add_all([idea, named, hidden, unread])
        writing.flush()
        return idea.id


RESULTS = re.compile(r"\d+ people answered|result__count.*")


@pytest.fixture
def here(asked):
    return f"{AT}/answers/{asked}"


@pytest.fixture
def member(asked, client):
    return come_in(Visit(client, ""))


@pytest.fixture
def people(database, open_collection, every_kind, answered):
    """So many people give each answer to the question, by its number."""
    codes = [option.code for option in every_kind.questions["safe"].options]

    def answer(*counts):
        with database.writing() as writing, writing.begin():
            for code, many in zip(codes, counts, strict=False):
                for _ in range(many):
                    answered(writing, open_collection, {"safe": Given(codes=(code,))})

    return answer


def test_each_idea_says_what_became_of_it(member):
    member.get(f"{AT}/answers")

    assert "Are we safe?" in member.text and "People are asked" in member.text
    assert "Not asked" in member.text and "It names a person." in member.text
    assert "Rude" not in member.text
    assert "Unread" not in member.text  # no worker has looked at it yet


def test_ten_answers_are_too_few_to_show_and_fifteen_are_not(member, here, people):
    people(6, 4)
    member.get(here)
    assert SAFE in member.text
    assert "result__count" not in member.text and "10 people" not in member.text

    people(4, 1)
    member.get(here)

    assert SAFE not in member.text
    assert "15 people answered." in member.text
    assert '<span class="result__count">10</span>' in member.text
    assert "kept safe" in member.text


def test_most_are_more_than_half(member, here, people):
    people(6, 6, 9)
    member.get(here)
    assert "Most often they said" in member.text and "Most said" not in member.text

    people(0, 0, 9)
    member.get(here)
    assert "Most said" in member.text


def test_an_idea_that_is_a_picture_is_called_by_it(database, member, asked):
    with database.writing() as writing, writing.begin():
        idea = writing.get_one(Proposal, asked)
        idea.words, idea.picture = "", "openmoji/bus"
    member.get(f"{AT}/answers")
    assert ">Bus<" in member.text


def test_one_more_answer_tells_nobody_what_it_was(member, here, people):
    people(10, 5)
    member.get(here)
    before = RESULTS.findall(member.text)
    assert before

    people(1)
    member.get(here)
    assert RESULTS.findall(member.text) == before

    people(4)
    member.get(here)
    assert "20 people answered." in member.text


def test_a_member_says_whether_the_answers_are_right(member, here, people, look):
    people(10, 5)
    member.get(here)
    words = "Ask about the bus of Mia Jones, 07700 900123"

    member.follow(member.post(here, {"verdict": "missing", "words": words}))
    member.follow(member.post(here, {"verdict": "not_quite", "words": words}))

    [(verdict, kept)] = look(select(ResultReply.verdict, ResultReply.words))
    assert verdict == "not_quite"
    assert kept.startswith("Ask about the bus") and "07700" not in kept
    assert "You said: Not quite" in member.text


def test_the_way_leads_to_what_was_promised_and_done(database, member, here, people, now, look):
    people(10, 5)
    [number] = look(select(Question.id).where(Question.name == "safe"))
    with database.writing() as writing, writing.begin():
        insight = Insight(
            code="safe",
            title={"en": {"standard": "Safe"}},
            said={"en": {"standard": "Some are not safe on the bus."}},
            audience=Audience.YOUNG_PERSON,
            tags=[],
            question_id=number[0],
            heard_on=now.date(),
            created_at=now,
        )
        insight.commitments = [
            Commitment(
                position=1,
                what={"en": {"standard": "A helper rides along"}},
                notice={},
                reason={"en": {"standard": "There is no money."}},
                state=CommitmentState.CANNOT,
                created_at=now,
            )
        ]
        writing.add(insight)
    member.get(here)
    assert "on the bus" not in member.text  # nothing before everybody may read it

    with database.writing() as writing, writing.begin():
        writing.scalars(select(Insight)).one().published_at = now
    member.get(here)

    for words in ("Some are not safe on the bus.", "A helper rides along", "There is no money."):
        assert words in member.text
    assert "We cannot" in member.text


def test_another_groups_idea_does_not_open(database, member, now):
    with database.writing() as writing, writing.begin():
        other = group_of(writing, now, name="Another Group")
        mine = writing.scalars(select(Room)).one()
        mine.code = "mine1234"
        writing.flush()
        room = room_of(writing, now, group=other)
        room.code = "other1234"
        writing.flush()
        mine.code = CODE
        idea = Proposal(
            words="Theirs",
            state=ProposalState.NEW,
            group_id=other.id,
            room_id=room.id,
            created_on=now.date(),
            looked_at=now,
        )
        writing.add(idea)
        writing.flush()
        number = idea.id

    assert member.get(f"{AT}/answers/{number}").status_code == 404


def test_workers_read_what_the_group_says_of_its_answers(
    sign_in, officer, member, here, people, look
):
    people(10, 5)
    member.get(here)
    member.post(here, {"verdict": "agree", "words": "We knew it"})
    worker = sign_in(officer)
    [number] = look(select(VoiceGroup.id))

    worker.get(f"/staff/groups/{number[0]}/surveys")

    assert "The group says: right 1, not quite 0, something missing 0." in worker.text
    assert "We knew it" in worker.text


def test_who_answers_reads_which_group_asks(
    database, asked, open_collection, app, clock, every_kind
):
    line = CREDIT["en"]["standard"]
    visit = Visit(app.test_client(), open_collection.code)
    visit.get()
    assert line not in visit.text  # one question is theirs, not the whole survey
    visit.start()
    visit.walk()
    beside = []
    for position, page in enumerate(every_kind.pages, start=1):
        visit.get(str(position))
        if line in visit.text:
            beside += [question.name for question in page.questions]
    assert beside == ["safe"]

    with database.writing() as writing, writing.begin():
        survey = writing.get_one(Survey, writing.get_one(Proposal, asked).survey_id)
        group = writing.scalars(select(VoiceGroup)).one()
        signing_off.name_group(writing, survey, group, user_id=None, now=clock.now)
    clock.forward(minutes=2)
    visit = Visit(app.test_client(), open_collection.code)
    visit.get()

    assert line in visit.text
