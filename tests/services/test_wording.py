"""A group words its question: on top of each other, masked, tapped, and into a survey."""

import pytest
from rooms_ground import member_of, room_of
from sqlalchemy import func, select
from wording_ground import ASKED, asked, idea_of, survey_of, worded

from feedback import questionnaire as q
from feedback.models.proposals import HardWord, Proposal, Wording
from feedback.models.safeguarding import SafeguardingFlag
from feedback.queries import surveys, wordings
from feedback.questionnaire import Picture, said
from feedback.services import authoring, wording
from feedback.services.wording import By, WordingMoved
from feedback.vocabulary import ProposalState, QuestionKind


@pytest.fixture
def room(session, now):
    return room_of(session, now)


@pytest.fixture
def member(session, room, codes, now):
    return member_of(session, room, codes, now)


@pytest.fixture
def by(room, member, now):
    return By(room, member, now.date(), now)


@pytest.fixture
def idea(session, room, now):
    return idea_of(session, room, "buses", now)


def words_of(kept):
    return said(wording.question_of(kept).ask, "en")


def other_words(words):
    return lambda question: wording.with_words(question, words, "en", easy=False)


def test_the_first_words_make_a_question_with_three_faces(session, idea, by, member, room):
    before = room.changes
    kept = worded(session, idea, by)
    question = wording.question_of(kept)
    assert (kept.number, kept.member_id, words_of(kept)) == (1, member.id, ASKED)
    assert (question.kind, question.points) == (QuestionKind.FACES, 3)
    assert [said(option.label, "en") for option in question.options] == ["Not good", "OK", "Good"]
    assert idea.state is ProposalState.TRYING
    assert room.changes > before


def test_the_same_words_again_make_no_second_wording(session, idea, by):
    worded(session, idea, by)
    again = wording.change(session, idea, other_words(ASKED), by, seen=1, part=asked)
    assert again.number == 1


def test_two_people_at_the_same_words_meet_and_nothing_is_lost(session, idea, by):
    worded(session, idea, by)
    wording.change(session, idea, other_words("Is the bus good?"), by, seen=1, part=asked)
    mine = other_words("Is your bus late?")
    with pytest.raises(WordingMoved) as moved:
        wording.change(session, idea, mine, by, seen=1, part=asked)
    assert words_of(moved.value.theirs) == "Is the bus good?"
    assert said(moved.value.mine.ask, "en") == "Is your bus late?"
    assert wordings.latest(session, idea.id).number == 2

    stands = wording.keep_aside(session, idea, mine, by, seen=2)
    told = [words_of(each) for each in wordings.every(session, idea.id)]
    assert words_of(stands) == "Is the bus good?"
    assert told == [ASKED, "Is the bus good?", "Is your bus late?", "Is the bus good?"]


def test_a_choice_between_two_wordings_meets_a_third(session, idea, by):
    worded(session, idea, by)
    wording.change(session, idea, other_words("One?"), by, seen=1, part=asked)
    wording.change(session, idea, other_words("Two?"), by, seen=2, part=asked)
    with pytest.raises(WordingMoved):
        wording.keep_aside(session, idea, other_words("Three?"), by, seen=2)


def test_different_parts_changed_at_once_are_both_kept(session, idea, by):
    worded(session, idea, by)
    wording.change(session, idea, other_words("Is the bus good?"), by, seen=1, part=asked)
    picture = Picture(name="openmoji/bus", decorative=True)
    kept = wording.change(
        session,
        idea,
        lambda question: wording.with_picture(question, "", picture),
        by,
        seen=1,
        part=lambda question: question.picture,
    )
    question = wording.question_of(kept)
    assert said(question.ask, "en") == "Is the bus good?"
    assert question.picture == picture


def test_names_are_masked_and_words_of_concern_reach_somebody(session, idea, by):
    kept = worded(session, idea, by, "Does my mum ring 07700 900123 when somebody hits me?")
    assert "07700" not in str(kept.question)
    assert session.scalar(select(func.count(SafeguardingFlag.id))) == 1
    wording.change(
        session,
        idea,
        lambda question: wording.answered_with(question, QuestionKind.YES_NO, 3),
        by,
        seen=1,
        part=lambda question: question.kind,
    )
    assert session.scalar(select(func.count(SafeguardingFlag.id))) == 1


def test_own_answers_keep_their_pictures_and_are_no_more_than_five():
    question = wording.begun(ASKED, "en")
    question = wording.with_answers(question, ["Bus", "", "Taxi", "Bus"], "en")
    assert [option.code for option in question.options] == ["bus", "taxi"]
    bus = Picture(name="openmoji/bus", decorative=True)
    question = wording.with_picture(question, "bus", bus)
    question = wording.with_answers(question, ["Car", "Bus", "1", "2", "3", "4"], "en")
    assert len(question.options) == 5
    assert question.option("bus").picture == bus
    assert wording.is_ready(question)
    assert wording.answered_with(question, QuestionKind.COMMENT, None).options == []


def test_new_words_take_the_easy_ones_with_them():
    question = wording.begun("How satisfied are you?", "en")
    easy = wording.with_words(question, "Are you happy?", "en", easy=True)
    assert easy.ask["en"].easy == "Are you happy?"
    assert wording.with_words(easy, "What next?", "en", easy=False).ask["en"].easy is None
    assert (
        wording.with_words(easy, "How satisfied are you?", "en", easy=True).ask["en"].easy is None
    )


def test_a_tapped_word_counts_once_a_member_and_only_words_of_the_question(
    session, idea, by, room, member, codes, now
):
    kept = worded(session, idea, by, "How is the transport?")
    other = member_of(session, room, codes, now, word="Moon")
    wording.say_hard(session, room, kept, member, ["transport", "the"])
    wording.say_hard(session, room, kept, member, ["transport", "someone else’s words"])
    wording.say_hard(session, room, kept, other, ["transport"])
    assert wordings.hard_words(session, kept.id) == [("transport", 2)]
    assert wordings.tapped(session, kept.id, member.id) == {"transport"}
    wording.say_hard(session, room, kept, other, [])
    assert session.scalar(select(func.count()).select_from(HardWord)) == 1


def test_the_other_of_two_questions_becomes_an_idea_that_nobody_has_looked_at(session, idea, by):
    other = wording.apart(session, idea, "Did staff explain?", by)
    assert (other.words, other.state, other.looked_at) == (
        "Did staff explain?",
        ProposalState.NEW,
        None,
    )
    assert other.group_id == idea.group_id


# Into a survey


@pytest.fixture
def draft(officer, session, now):
    return authoring.keep_draft(session, survey_of(), now=now)


@pytest.fixture
def adopt(session, officer, now):
    def adopted(idea, draft, after=None):
        seen = surveys.revision(session, draft.id)
        return wording.adopt(
            session, idea, draft, seen=seen, after=after, user_id=officer.id, now=now
        )

    return adopted


def test_an_adopted_question_stands_in_the_draft_and_its_group_signs_off(
    draft, adopt, session, idea, by
):
    worded(session, idea, by)
    assert wordings.count_waiting(session) == 1
    name = adopt(idea, draft, after="first")
    tree = surveys.read_draft(session, draft.id)
    assert [page.name for page in tree.pages] == ["first", name, "last"]
    assert said(tree.questions[name].ask, "en") == ASKED
    assert (idea.survey_id, idea.question) == (draft.survey_id, name)
    assert wordings.designer(session, draft.survey_id).group_id == idea.group_id
    assert wordings.count_waiting(session) == 0


def test_adopted_twice_it_is_one_question_with_the_latest_words_in_its_place(
    draft, adopt, session, idea, by
):
    worded(session, idea, by)
    name = adopt(idea, draft, after="first")
    assert adopt(idea, draft) == name
    wording.change(session, idea, other_words("Is the bus good?"), by, seen=1, part=asked)
    in_draft = surveys.read_draft(session, draft.id).questions[name]
    assert wording.differs(in_draft, wording.question_of(wordings.latest(session, idea.id)))
    assert adopt(idea, draft) == name
    tree = surveys.read_draft(session, draft.id)
    assert [page.name for page in tree.pages] == ["first", name, "last"]
    assert said(tree.questions[name].ask, "en") == "Is the bus good?"
    assert not wording.differs(
        tree.questions[name], wording.question_of(wordings.latest(session, idea.id))
    )


def test_a_name_that_is_taken_gets_a_number(draft, adopt, session, idea, by, room, now):
    worded(session, idea, by, "Walk?")
    assert adopt(idea, draft) == "walk_2"


def test_ready_answers_come_in_all_languages_of_the_survey(officer, adopt, session, idea, by, now):
    worded(session, idea, by)
    draft = authoring.keep_draft(session, survey_of("wide", ("en", "pl")), now=now)
    name = adopt(idea, draft)
    question = surveys.read_draft(session, draft.id).questions[name]
    assert {tag for option in question.options for tag in option.label} == {"en", "pl"}
    assert set(question.ask) == {"en"}


def test_what_an_officer_added_stays_when_the_group_changes_a_picture(
    draft, adopt, session, idea, by, officer, now
):
    worded(session, idea, by)
    name = adopt(idea, draft)

    def translated(tree):
        there = tree.questions[name]
        ask = {**there.ask, "pl": q.Wording(standard="Jak autobus?")}
        return wording.redrafting.set_question(
            tree, name, wording.redrafting.changed(there, ask=ask, required=True, skip=False)
        )

    authoring.change(
        session, draft, translated, seen=0, user_id=officer.id, what="question", now=now
    )
    bus = Picture(name="openmoji/bus", decorative=True)
    wording.change(
        session,
        idea,
        lambda question: wording.with_picture(question, "", bus),
        by,
        seen=1,
        part=lambda question: question.picture,
    )
    adopt(idea, draft)
    question = surveys.read_draft(session, draft.id).questions[name]
    assert (question.picture, question.required) == (bus, True)
    assert set(question.ask) == {"en", "pl"}


def test_an_idea_is_asked_once_its_edition_is_published(draft, adopt, session, idea, by, now):
    worded(session, idea, by)
    adopt(idea, draft)
    assert idea.state is ProposalState.TRYING
    authoring.publish(session, draft, now=now)
    session.refresh(idea)
    assert idea.state is ProposalState.ASKED


def test_a_survey_without_a_draft_gets_one(officer, session, now):
    edition = authoring.keep_draft(session, survey_of(), now=now)
    authoring.publish(session, edition, now=now)
    draft = wording.draft_of(session, "buses", user_id=officer.id, now=now)
    assert (draft.number, draft.survey_id) == (2, edition.survey_id)
    assert wording.draft_of(session, "none", user_id=officer.id, now=now) is None


def test_two_at_once_make_two_numbers(database, now, codes):
    """Two screens send in the same moment; one of them is asked which words stand."""
    from concurrent.futures import ThreadPoolExecutor

    with database.writing() as writing, writing.begin():
        room = room_of(writing, now)
        number = idea_of(writing, room, "buses", now).id
        worded(writing, writing.get(Proposal, number), By(room, None, now.date(), now))

    def send(words):
        with database.writing() as writing, writing.begin():
            idea = writing.get(Proposal, number)
            room = wordings_room(writing, idea)
            by = By(room, None, now.date(), now)
            try:
                wording.change(writing, idea, other_words(words), by, seen=1, part=asked)
            except WordingMoved:
                return "asked"
            return "kept"

    with ThreadPoolExecutor(2) as both:
        ends = sorted(both.map(send, ["Is the bus good?", "Is your bus late?"]))
    assert ends == ["asked", "kept"]
    with database.reading() as reading:
        assert reading.scalar(select(func.max(Wording.number))) == 2


def wordings_room(session, idea):
    from feedback.queries import groups

    return groups.room(session, idea.room_id)
