import pytest
from sqlalchemy import func, select, update
from theming_ground import KEY, LATER, NOTHING, TRANSPORT, WAITING, ask_for, read_all, write

from feedback import jobs
from feedback.analysis.coding import TamperedModel
from feedback.models.oversight import AuditEvent
from feedback.models.responses import Response
from feedback.models.themes import Coding, Reading, Theme, ThemingRun
from feedback.queries import themes as stored
from feedback.queries.themes import Comment
from feedback.services import codebooks, machine_reading, responding, theming
from feedback.services.theming import SILENT
from feedback.vocabulary import CodingState, RunState

THREE = (TRANSPORT, WAITING, NOTHING)


@pytest.fixture
def there(database, answered, open_collection):
    return write(database, answered, open_collection, *THREE)


def codes(database, run_id):
    """Response → the codes that a run put on its comment."""
    with database.reading() as session:
        rows = session.execute(
            select(Reading.response_id, Theme.code)
            .outerjoin(Coding, Coding.reading_id == Reading.id)
            .outerjoin(Theme, Theme.id == Coding.theme_id)
            .where(Reading.run_id == run_id)
        ).all()
    found = {}
    for response_id, code in rows:
        found.setdefault(response_id, set()).update({code} - {None})
    return found


def run_of(database, run_id):
    with database.reading() as session:
        return stored.run(session, run_id)


@pytest.mark.any_database
def test_the_machine_reads_every_comment_with_the_codebook_that_travels_along(
    database, there, officer, now
):
    run_id = read_all(database, officer, now)

    run, found = run_of(database, run_id), codes(database, run_id)
    assert (run.state, run.done, run.total) == (RunState.DONE, 3, 3)
    assert run.version.codebook.name == "send"
    assert "transport" in found[there[0]]
    assert "waiting" in found[there[1]]
    assert found[there[2]] == set()


def test_a_suggestion_says_how_sure_it_is_and_which_letters_moved_it(database, there, officer, now):
    read_all(database, officer, now)
    with database.reading() as session:
        coding = session.scalars(select(Coding).join(Theme).where(Theme.code == "transport")).one()
    assert coding.state is CodingState.SUGGESTED
    assert 0 < coding.score < 1
    assert any("taxi" in TRANSPORT[start:end] for start, end, _ in coding.spans)


@pytest.mark.any_database
def test_a_placeholder_is_no_word_of_the_persons(database, answered, open_collection, officer, now):
    write(database, answered, open_collection, "Purple 07700 900123 elephants")
    run_id = read_all(database, officer, now)
    assert set.union(*codes(database, run_id).values()) == set()


@pytest.mark.any_database
def test_what_is_not_sent_is_not_read(database, answered, open_collection, officer, now):
    from feedback.questionnaire import Given

    with database.writing() as writing, writing.begin():
        answered(writing, open_collection, {"more": Given(text=TRANSPORT)}, sent=False)
    assert codes(database, read_all(database, officer, now)) == {}


def test_while_a_run_is_open_there_is_no_second(database, there, officer, now):
    assert ask_for(database, officer, now) == ask_for(database, officer, now)


def test_a_stopped_run_with_an_older_codebook_makes_room(database, there, officer, now):
    first = ask_for(database, officer, now)
    with database.writing() as writing, writing.begin():
        theming.stop(writing, stored.run(writing, first), by=officer.id, now=now)
        assert theming.start(writing, by=officer.id, now=now).id == first
        current = codebooks.current(writing)
        codebooks.keep(writing, current.words, {}, by=officer.id, now=now)
    second = ask_for(database, officer, now)
    assert second != first
    assert run_of(database, first).state is RunState.FAILED


def test_a_stopped_run_keeps_what_it_read_and_goes_on_behind_it(
    database, answered, open_collection, officer, now, monkeypatch
):
    monkeypatch.setattr(jobs, "BATCH", 1)
    there = write(database, answered, open_collection, *THREE)
    run_id = ask_for(database, officer, now)
    keep, kept = machine_reading.keep_batch, []

    def stop_after_one(session, run, *args, **more):
        if kept:
            theming.stop(session, stored.run(session, run_id), by=officer.id, now=now)
        kept.append(run.id)
        return keep(session, run, *args, **more)

    monkeypatch.setattr(machine_reading, "keep_batch", stop_after_one)
    jobs.theme(database, run_id, key=KEY, fewest=5, clock=lambda: now)
    assert run_of(database, run_id).state is RunState.STOPPED
    assert set(codes(database, run_id)) == {there[0]}

    monkeypatch.setattr(machine_reading, "keep_batch", keep)
    with database.writing() as writing, writing.begin():
        theming.go_on(writing, stored.run(writing, run_id), by=officer.id, now=now)
    jobs.theme(database, run_id, key=KEY, fewest=5, clock=lambda: now)
    run = run_of(database, run_id)
    assert (run.state, run.done) == (RunState.DONE, 3)
    assert set(codes(database, run_id)) == set(there)


def test_one_run_is_worked_on_by_one_worker_until_that_falls_silent(database, there, officer, now):
    run_id = ask_for(database, officer, now)
    with database.writing() as writing, writing.begin():
        assert theming.take_up(writing, run_id, now=now)
        assert not theming.take_up(writing, run_id, now=now + SILENT / 2)
        assert stored.due_run(writing, now - SILENT) is None
        later = now + 2 * SILENT
        assert stored.due_run(writing, later - SILENT) == run_id
        assert theming.take_up(writing, run_id, now=later)


@pytest.mark.any_database
def test_what_a_run_had_learned_is_refused_when_somebody_changed_it(database, there, officer, now):
    run_id = ask_for(database, officer, now)
    with database.writing() as writing, writing.begin():
        here = machine_reading.ground(writing, stored.run(writing, run_id))
        machine_reading.keep_learned(writing, run_id, machine_reading.learn(here), key=b"another")
    with pytest.raises(TamperedModel):
        jobs.theme(database, run_id, key=KEY, fewest=5, clock=lambda: now)


def test_when_a_run_is_finished_nothing_of_what_it_learned_is_kept(database, there, officer, now):
    run_id = read_all(database, officer, now)
    with database.reading() as session:
        assert session.scalar(select(ThemingRun.model).where(ThemingRun.id == run_id)) is None


def test_a_new_run_takes_the_place_of_the_one_before(database, there, officer, now):
    first = read_all(database, officer, now)
    second = read_all(database, officer, now + LATER)
    assert codes(database, first) == {}
    assert set(codes(database, second)) == set(there)
    with database.reading() as session:
        assert stored.newest_done(session).id == second


def test_words_taken_back_take_all_that_was_made_of_them_along(
    database, there, officer, codes_of_host, now
):
    read_all(database, officer, now)
    ask_for(database, officer, now)
    with database.writing() as writing, writing.begin():
        writing.execute(update(ThemingRun).values(model=b"words"))
        submission = writing.scalar(select(Response.submission_id).where(Response.id == there[0]))
        from feedback.queries import responses

        visit = responses.visit(writing, submission)
        responding.withdraw(writing, visit, codes_of_host, reason="receipt", now=now)
    with database.reading() as session:
        assert not session.scalar(
            select(func.count()).select_from(Reading).where(Reading.response_id == there[0])
        )
        assert (
            session.scalar(
                select(func.count())
                .select_from(Coding)
                .join(Reading, isouter=True)
                .where(Reading.id.is_(None))
            )
            == 0
        )
        assert session.scalars(select(ThemingRun.model)).all() == [None, None]


@pytest.fixture
def codes_of_host(codes):
    return codes


def test_words_taken_back_while_a_batch_is_kept_break_nothing(
    database, there, officer, now, monkeypatch
):
    run_id = ask_for(database, officer, now)
    still_there, looked = machine_reading._still_there, []

    def look_too_early(session, comments):
        found = still_there(session, comments)
        looked.append(len(found))
        if len(looked) == 1:  # what was there a moment ago is gone when it is kept
            found.add((999_999, comments[0].question_id))
            comments[0] = Comment(999_999, *list(vars_of(comments[0]))[1:])
        return found

    monkeypatch.setattr(machine_reading, "_still_there", look_too_early)
    jobs.theme(database, run_id, key=KEY, fewest=5, clock=lambda: now)
    assert run_of(database, run_id).state is RunState.DONE
    assert len(looked) == 2


def vars_of(comment):
    return (getattr(comment, name) for name in comment.__slots__)


def test_each_step_is_noted(database, there, officer, now):
    run_id = ask_for(database, officer, now)
    with database.writing() as writing, writing.begin():
        theming.stop(writing, stored.run(writing, run_id), by=officer.id, now=now)
        theming.go_on(writing, stored.run(writing, run_id), by=officer.id, now=now)
    with database.reading() as session:
        noted = session.execute(select(AuditEvent.action, AuditEvent.subject)).all()
    run = f"run {run_id}"
    assert noted == [("theme comments", run), ("stop theming", run), ("go on theming", run)]


@pytest.mark.any_database
def test_two_processes_read_the_same_as_one(database, there, officer, now):
    one = codes(database, read_all(database, officer, now))
    two = codes(database, read_all(database, officer, now, workers=2))
    assert one == two


@pytest.mark.any_database
def test_hard_and_unfit_comments_come_in_turns(database, answered, open_collection, officer, now):
    fits, unfit = [TRANSPORT] * 4, [NOTHING] * 4
    there = write(database, answered, open_collection, *fits, *unfit)
    run_id = read_all(database, officer, now)
    with database.reading() as session:
        order = session.scalars(
            select(Reading.response_id).where(Reading.run_id == run_id).order_by(Reading.turn)
        ).all()
    assert set(order) == set(there)
    assert any(each in there[:4] for each in order[:3])
    assert any(each in there[4:] for each in order[:3])


BAD_INPUT = {
    "one word": "taxi",
    "a picture": "😀😀😀",
    "capitals": "THE TAXI IS ALWAYS LATE AND NOBODY RINGS",
    "another language": "Taksówka znowu się spóźniła i nikt nie dzwonił do nas.",
    "long": "taxi " * 800,
    "nul": "taxi \x01 late",
}


def test_whatever_people_write_is_read(database, answered, open_collection, officer, now):
    there = write(database, answered, open_collection, *BAD_INPUT.values())
    run_id = read_all(database, officer, now)
    with database.reading() as session:
        unsure = dict(
            session.execute(
                select(Reading.response_id, Reading.unsure).where(Reading.run_id == run_id)
            ).all()
        )
    told = dict(zip(BAD_INPUT, (unsure[number].split() for number in there), strict=True))
    assert told["a picture"][0] == "empty"
    assert "language" in told["another language"]
    assert "long" in told["long"]
