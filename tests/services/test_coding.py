from datetime import timedelta

import pytest
from sqlalchemy import select
from theming_ground import LATER, NOTHING, TRANSPORT, WAITING, read_all, write

from feedback.models.surveys import Edition
from feedback.models.themes import Coding, Reading, Theme
from feedback.queries import coding as desk
from feedback.queries import themes as runs
from feedback.services import codebooks, coding, collecting, recoding
from feedback.services.codebook_changes import By, Facts
from feedback.services.coding import Pile
from feedback.vocabulary import Audience, CodingState, Role

ENOUGH = 5
TEXTS = (TRANSPORT, WAITING, NOTHING, TRANSPORT + " Again.", WAITING + " Still.")


@pytest.fixture
def there(database, answered, open_collection, officer, now):
    """The keys of five comments that the machine has read."""
    numbers = write(database, answered, open_collection, *TEXTS)
    read_all(database, officer, now)
    with database.reading() as session:
        rows = session.execute(select(Reading.response_id, Reading.question_id)).all()
    questions = dict(rows)
    return [(number, questions[number]) for number in numbers]


@pytest.fixture
def second(staff):
    return staff(Role.OFFICER, "second")


@pytest.fixture
def at_desk(database, now):
    """Says what a comment is about, by codes."""

    def said(user, key, *codes, level=None, check=False, at=now):
        with database.writing() as writing, writing.begin():
            run = runs.newest_done(writing)
            ids = [writing.scalar(select(Theme.id).where(Theme.code == code)) for code in codes]
            coding.say(writing, run, key, ids, level, by=user.id, check=check, now=at)

    return said


def said_of(database, key):
    """Every person's word on a comment: (second, state → codes)."""
    found = []
    with database.reading() as session:
        for reading, _name in desk.readings_of_people(session, key):
            states = {}
            for state, code in session.execute(
                select(Coding.state, Theme.code).join(Theme).where(Coding.reading_id == reading.id)
            ):
                states.setdefault(state, set()).add(code)
            found.append((reading.second, states))
    return found


CONFIRMED, REFUSED = CodingState.CONFIRMED, CodingState.REFUSED


def suggested(database, key):
    with database.reading() as session:
        run = runs.newest_done(session)
        machine = desk.machine_reading(session, run.id, key)
        numbers = [put.theme_id for put in desk.puts(session, [machine.id]).get(machine.id, [])]
        return {session.get(Theme, number).code for number in numbers}


def test_what_is_left_is_confirmed_what_is_unticked_refused_and_what_is_added_confirmed(
    database, there, officer, at_desk
):
    put = suggested(database, there[0])
    assert "transport" in put
    at_desk(officer, there[0], "transport", "safety")

    assert said_of(database, there[0]) == [
        (
            False,
            {CONFIRMED: {"transport", "safety"}}
            | ({REFUSED: put - {"transport"}} if put - {"transport"} else {}),
        )
    ]
    with database.reading() as session:
        judged, right = desk.suggestions_judged(session)
    assert (judged, right) == (len(put), 1)


def test_said_again_it_takes_the_place_of_what_one_said(database, there, officer, at_desk):
    at_desk(officer, there[2], "food")
    at_desk(officer, there[2], "money", level=4)
    assert said_of(database, there[2]) == [(False, {CONFIRMED: {"money"}})]


def test_a_second_persons_word_stands_beside_the_first(database, there, officer, second, at_desk):
    at_desk(officer, there[2], "food")
    at_desk(second, there[2], "money")
    assert said_of(database, there[2]) == [
        (False, {CONFIRMED: {"food"}}),
        (True, {CONFIRMED: {"money"}}),
    ]


def test_the_machine_never_changes_what_a_person_said(database, there, officer, at_desk, now):
    at_desk(officer, there[2], "food")
    before = said_of(database, there[2])
    read_all(database, officer, now + LATER)
    assert said_of(database, there[2]) == before


def test_taking_back_leaves_the_comment_unread(database, there, officer, at_desk):
    at_desk(officer, there[2], "food")
    with database.writing() as writing, writing.begin():
        coding.take_back(writing, there[2], by=officer.id)
    assert said_of(database, there[2]) == []


def walk(database, user, **more):
    """The keys that come one after the other when each is left for later."""
    after, found = -1, []
    with database.reading() as session:
        run = runs.newest_done(session)
        while step := coding.next_one(
            session,
            run,
            more.get("pile", Pile.TURN),
            by=user.id,
            after=after,
            enough=ENOUGH,
            theme_ids=more.get("theme_ids", ()),
        ):
            found.append(step[0])
            after = step[1]
    return found


def test_every_comment_comes_once_until_a_person_has_read_it(
    database, there, officer, second, at_desk
):
    assert sorted(walk(database, officer)) == sorted(there)
    at_desk(officer, there[1])
    assert sorted(walk(database, second)) == sorted(set(there) - {there[1]})


def test_the_desk_can_keep_to_one_theme(database, there, officer):
    with database.reading() as session:
        theme = session.scalar(select(Theme.id).where(Theme.code == "waiting"))
    found = walk(database, officer, theme_ids=[theme])
    assert set(found) == {key for key in there if "waiting" in suggested(database, key)}
    assert found


def test_words_of_a_collection_that_too_few_answered_do_not_come(
    database, there, officer, answered, open_collection, now
):
    with database.writing() as writing, writing.begin():
        small = collecting.open_collection(
            writing,
            writing.get(Edition, open_collection.edition_id),
            "small1",
            "Small",
            audience=Audience.PARENT,
            opens_at=now - timedelta(days=1),
            now=now,
        )
    write(database, answered, small, TRANSPORT)
    read_all(database, officer, now + LATER)
    assert len(walk(database, officer)) == len(there)


def test_a_check_comes_to_somebody_else_and_shows_nothing_of_what_was_said(
    database, there, officer, second, at_desk, monkeypatch
):
    monkeypatch.setattr(desk, "CHECKED", 1)
    at_desk(officer, there[0], "transport")
    assert walk(database, officer, pile=Pile.CHECK) == []
    assert walk(database, second, pile=Pile.CHECK) == [there[0]]
    with database.reading() as session:
        run = runs.newest_done(session)
        laid = coding.lay_out(session, run, there[0], by=second.id, blind=True, enough=ENOUGH)
    assert (laid.suggested, laid.level, laid.mine) == ((), None, None)
    at_desk(second, there[0], "transport", check=True)
    assert walk(database, second, pile=Pile.CHECK) == []


def test_what_was_put_on_a_theme_that_was_split_comes_again_and_is_kept(
    database, there, officer, second, at_desk, now
):
    at_desk(officer, there[0], "transport")
    with database.writing() as writing, writing.begin():
        current = codebooks.current(writing)
        parts = [Facts(name="Taxis", seeds=("taxi",)), Facts(name="Buses", seeds=("bus",))]
        recoding.split(
            writing,
            current.codebook,
            current.ids["transport"],
            parts,
            seen=current.version.number,
            by=By(officer.id, now),
        )
    read_all(database, officer, now + LATER)

    assert walk(database, second, pile=Pile.SPLIT) == [there[0]]
    at_desk(second, there[0])
    assert walk(database, second, pile=Pile.SPLIT) == []
    first, again = sorted(said_of(database, there[0]), key=lambda word: word[0], reverse=True)
    assert (first[0], "transport" in first[1][CONFIRMED]) == (
        True,
        True,
    )  # kept, and counts no more
    assert again[0] is False
