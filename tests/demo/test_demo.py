"""The made-up partnership: enough of it, the same each time, and never where it does not belong."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from feedback import demo
from feedback.demo.people import planted
from feedback.errors import CollectionClosed, CollectionWithdrawn, NotYetOpen
from feedback.models.collections import Collection
from feedback.models.events import Event, EventFacilitator, Place, Series
from feedback.models.people import User
from feedback.models.responses import Answer, Response
from feedback.models.trends import ChartNote
from feedback.outputs import exchange
from feedback.queries import responses, surveys
from feedback.services import authoring, collecting, noting, people, planning, responding
from feedback.settings import Settings
from feedback.vocabulary import AnswerState, Audience, EventKind, NoteKind, Part, QuestionKind, Role

LONGEST_LOADING = 60  # seconds
EVERYBODY = 2923  # responses, sent or begun
VISITOR = {"language": "en", "presentation": "standard", "pictures": True}
KEPT = "demonstration.json"


def open_live(session, code, now):  # type: ignore[no-untyped-def]
    """A collection of a host's own."""
    edition = surveys.newest_edition(session, "live")
    own = {"name": "Our own", "audience": Audience.PARENT, "opens_at": now, "now": now}
    return collecting.open_collection(session, edition, code, **own)


# What is there


def test_it_loads_in_time_and_says_how_far_it_is(loaded):
    assert loaded.seconds < LONGEST_LOADING
    assert any(line.split()[:2] == ["live", "200"] for line in loaded.said)


def test_it_has_as_many_responses_as_the_places_it_is_modelled_on(loaded):
    with loaded.database.reading() as session:
        rows = session.execute(
            select(Collection.code, func.count(Response.id), func.count(Response.sent_at))
            .outerjoin(Response)
            .where(Collection.code.in_(planted()["collections"]))
            .group_by(Collection.code)
        )
        counts = {code: (began, done) for code, began, done in rows}

    assert counts == {
        "live": (226, 200),
        "parents": (1000, 1000),
        "young": (96, 96),
        "listening": (41, 41),
        "before": (0, 0),
        "after": (0, 0),
        "coproduction": (130, 130),
        "summer": (0, 0),
        "spring": (0, 0),
        "oldhub": (0, 0),
    }


def test_each_training_session_has_collections_of_its_own_that_are_closed(loaded):
    with loaded.database.reading() as session:
        rows = session.execute(
            select(Collection, Event)
            .join(Event)
            .where(Collection.code.not_in(planted()["collections"]))
        ).all()
    parts = Counter(collection.part for collection, _event in rows)
    later = parts.pop(Part.LATER)

    assert parts == {Part.BEFORE: 84, Part.AFTER: 84}
    assert 30 < later < 84
    for collection, event in rows:
        assert collection.code.startswith(event.code)
        with pytest.raises(CollectionClosed):
            collecting.check_open(collection, now=loaded.now)


def test_the_fixed_codes_take_answers_now_and_in_two_months(loaded):
    with loaded.database.reading() as session:
        rows = {row.code: row for row in session.scalars(select(Collection))}

    for code in loaded.open_codes:
        collecting.check_open(rows[code], now=loaded.now)
        collecting.check_open(rows[code], now=loaded.now + timedelta(days=60))
    assert (rows["live"].expected, rows["listening"].expected) == (800, 60)
    with pytest.raises(CollectionClosed):
        collecting.check_open(rows["summer"], now=loaded.now)
    with pytest.raises(NotYetOpen):
        collecting.check_open(rows["spring"], now=loaded.now)
    with pytest.raises(CollectionWithdrawn):
        collecting.check_open(rows["oldhub"], now=loaded.now)


def test_nothing_happens_in_the_future_or_before_its_collection_opened(loaded):
    with loaded.database.reading() as session:
        rows = session.execute(select(Response, Collection.opens_at).join(Collection))
        for response, opens_at in rows:
            assert opens_at < response.assent_at < response.saved_at < loaded.now
            assert response.made_up


# Every response is as the services would have made it


def test_everybody_answers_what_they_are_asked_and_nothing_else(loaded):
    for code in [*loaded.open_codes, *_some_sessions(loaded)]:
        _collection, asked, everybody = loaded.sent(code)
        for row, answers in everybody:
            wanted = {
                question.name
                for position in asked.questionnaire.walk(answers)
                for question in asked.questionnaire.pages[position - 1].questions
            }
            assert answers.keys() == wanted
            assert responding.first_gap(asked, answers) is None
            assert row.fingerprint == responding.fingerprint(asked, answers)
            for name, given in answers.items():
                assert _can_be_answered(asked.questionnaire.questions[name], given), (name, given)


def _some_sessions(loaded):  # type: ignore[no-untyped-def]
    """The codes of every tenth collection of a training session."""
    with loaded.database.reading() as session:
        codes = session.scalars(select(Collection.code).where(Collection.part != Part.WHOLE))
        return sorted(codes)[::10]


def _can_be_answered(question, given):  # type: ignore[no-untyped-def]
    if given.state is AnswerState.SKIPPED:
        return not question.required
    if given.state is AnswerState.UNKNOWN:
        return question.dont_know
    if question.kind is QuestionKind.CHOICES:
        in_order = [option.code for option in question.options if option.code in given.codes]
        return bool(given.codes) and list(given.codes) == in_order
    if question.kind.has_options:
        return len(given.codes) == 1 and question.codes.issuperset(given.codes)
    if question.kind is QuestionKind.MONTH:
        return 1 <= given.number % 100 <= 12
    if question.kind is QuestionKind.RATING:
        return 0 <= given.number <= 10
    if question.kind.has_number:
        return question.lowest <= given.number <= question.highest
    return bool(given.text) and given.text == given.text.strip()


@pytest.mark.parametrize("code", ["parents", "live", "young"])
def test_a_response_is_the_same_as_one_made_page_by_page(loaded, codes, code):
    collection, asked, everybody = loaded.sent(code)
    its_own = {"id", "submission_id", "receipt_hash", "made_up"}
    with loaded.trying() as session:
        for place, (row, answers) in enumerate(everybody[:: len(everybody) // 5]):
            own = f"{place:032x}"
            display = {key: getattr(row, key) for key in VISITOR}
            responding.begin(session, collection, own, codes, now=row.assent_at, **display)
            visit = responses.visit(session, own)
            position = 1
            while position is not None:
                page = asked.questionnaire.pages[position - 1]
                given = {question.name: answers[question.name] for question in page.questions}
                position = responding.save_page(
                    session, visit, asked, position, given, now=row.sent_at
                )
            yes = row.may_be_quoted
            responding.send(
                session, visit, asked, answers, codes, may_be_quoted=yes, now=row.sent_at
            )
            twin = session.scalars(select(Response).where(Response.submission_id == own)).one()

            for column in set(Response.__table__.columns.keys()) - its_own:
                assert getattr(twin, column) == getattr(row, column), column
            assert _rows(session, twin.id) == _rows(session, row.id)


def _rows(session, response_id):  # type: ignore[no-untyped-def]
    columns = [column for column in Answer.__table__.columns if column.name != "response_id"]
    rows = session.execute(select(*columns).where(Answer.response_id == response_id))
    return sorted(map(repr, rows))


def test_receipts_and_codes_to_come_back_lead_to_their_response(loaded, codes):
    with loaded.database.reading() as session:
        for row in session.scalars(select(Response).order_by(Response.id).limit(2000)):
            if row.sent_at:
                words = codes.words("receipt", row.submission_id, row.receipt_turn)
                assert row.receipt_hash == codes.hashed("receipt", words)
                assert row.resume_hash is None
            else:
                words = codes.words("resume", row.submission_id)
                visit = responding.come_back(session, words, codes, now=loaded.now)
                assert (visit.id, visit.fingerprint) == (row.id, None)


def test_what_a_visitor_sends_is_not_made_up(loaded, codes):
    with loaded.trying() as session:
        live = session.scalars(select(Collection).where(Collection.code == "live")).one()
        responding.begin(session, live, "e" * 32, codes, now=loaded.now, **VISITOR)
        made_up = select(Response.made_up).where(Response.submission_id == "e" * 32)
        assert session.scalar(made_up) is False


# Loading elsewhere, again, or not at all


@pytest.mark.any_database
def test_the_same_seed_and_moment_make_the_same_data(loaded, empty):
    other = empty()
    other.load()

    assert other.digest() == loaded.digest()
    assert other.comments == loaded.comments


@pytest.mark.any_database
def test_another_seed_makes_other_data_of_the_same_size(loaded, empty):
    other = empty()
    other.load(seed=2)

    assert other.digest()["answer"] != loaded.digest()["answer"]
    assert Counter(line for line in other.said if " sent" in line) == Counter(
        line for line in loaded.said if " sent" in line
    )


@pytest.mark.any_database
@pytest.mark.parametrize("day", ["2027-03-28T00:05", "2028-02-29T12:00", "2030-10-27T01:30"])
def test_it_loads_on_any_day(empty, day):
    made = empty()
    made.load(seed=7, now=datetime.fromisoformat(day).replace(tzinfo=UTC))

    assert made.answers("young")


def test_loading_twice_changes_nothing_but_says_the_sign_ins(empty):
    made = empty()
    made.load()
    before, kept = made.digest(), (made.settings.instance / KEPT).read_text()
    made.load(seed=5, now=made.now + timedelta(days=3))

    assert made.digest() == before
    assert any("officer@brackenshore.example" in line for line in made.said)
    assert (made.settings.instance / KEPT).read_text() == kept


def test_loading_again_takes_visitors_answers_away_and_makes_the_same(
    database, settings, codes, loaded
):
    demo.load(settings, seed=1, again=False, say=str, now=loaded.now)
    with database.writing() as session:
        live = session.scalars(select(Collection).where(Collection.code == "live")).one()
        responding.begin(session, live, "f" * 32, codes, now=loaded.now, **VISITOR)
        session.commit()
    demo.load(settings, seed=1, again=True, say=str, now=loaded.now)

    with database.reading() as session:
        assert responses.visit(session, "f" * 32) is None
        assert session.scalar(select(func.count()).select_from(Response)) == EVERYBODY
        same = session.scalars(select(Response.receipt_hash).order_by(Response.sent_at)).all()
    with loaded.database.reading() as session:
        assert Counter(session.scalars(select(Response.receipt_hash))) == Counter(same)


@pytest.mark.any_database
def test_loading_again_makes_the_calendar_anew_and_leaves_what_others_added(empty):
    made = empty()
    made.load()
    with made.database.writing() as session:
        hub = session.scalars(select(Place).where(Place.name == "Harbour Family Hub")).one()
        own = {"place": hub, "chance": Random(1), "now": made.now}
        planning.plan(session, "Our own", EventKind.VISIT, made.now.date(), **own)
        training = session.scalars(select(Event).where(Event.attended.is_not(None))).first()
        edition = surveys.newest_edition(session, "before")
        extra = {"audience": Audience.PRACTITIONER, "opens_at": made.now, "now": made.now}
        collecting.open_collection(
            session, edition, "extra", "Extra", event=training, part=Part.BEFORE, **extra
        )
        session.commit()
        hub_id = hub.id
    count = select(func.count()).select_from
    with made.database.reading() as session:
        before = [session.scalar(count(table)) for table in (Event, Collection, Place, Series)]
    made.load(again=True)

    with made.database.reading() as session:
        after = [session.scalar(count(table)) for table in (Event, Collection, Place, Series)]
        extra = session.scalars(select(Collection).where(Collection.code == "extra")).one()
        ours = session.scalars(select(Event).where(Event.name == "Our own")).one()
    assert after == before
    assert (extra.event_id, extra.part) == (None, Part.WHOLE)
    assert ours.place_id == hub_id


@pytest.mark.any_database
def test_loading_again_leaves_the_notes_that_visitors_wrote_on_charts(empty):
    made = empty()
    made.load()
    with made.database.writing() as session, session.begin():
        officer = session.scalars(select(User).where(User.role == Role.OFFICER)).first()
        noting.write(
            session,
            NoteKind.CHANGE,
            made.now.date(),
            "A visitor's note.",
            measure=None,
            by=officer.id,
            now=made.now + timedelta(minutes=5),
        )
    words = select(ChartNote.words).order_by(ChartNote.words)
    with made.database.reading() as session:
        before = session.scalars(words).all()
    made.load(again=True, now=made.now + timedelta(days=1))
    with made.database.reading() as session:
        assert session.scalars(words).all() == before
    assert "A visitor's note." in before and len(before) > 1


@pytest.mark.any_database
def test_facilitators_run_some_sessions_and_the_next(empty):
    made = empty()
    made.load()
    with made.database.writing() as session:
        people.add_user(
            session, "t@x.example", "T", Role.FACILITATOR, "x", demonstration=True, now=made.now
        )
        session.commit()
    made.load(again=True)

    with made.database.reading() as session:
        theirs = select(Event).join(EventFacilitator).join(User)
        mine = session.scalars(theirs.where(User.email == "t@x.example")).all()
    assert 10 <= len(mine) <= 20
    assert "SEND training, next session" in {event.name for event in mine}


def test_a_survey_that_was_changed_gets_a_new_edition(empty):
    made = empty()
    made.load()
    with made.database.writing() as session:
        edition = surveys.newest_edition(session, "live")
        asked = surveys.read_edition(session, edition.id).questionnaire
        changed = authoring.keep_draft(
            session, asked.model_copy(update={"minutes": 9}), now=made.now
        )
        authoring.publish(session, changed, now=made.now)
        session.commit()
    made.load(again=True)

    with made.database.reading() as session:
        newest = surveys.newest_edition(session, "live")
        live = session.scalars(select(Collection).where(Collection.code == "live")).one()
        assert (newest.number, live.edition_id) == (3, newest.id)


@pytest.mark.any_database
def test_a_host_whose_own_collection_came_later_can_still_start(empty):
    made = empty()
    made.load()
    with made.database.writing() as session:
        open_live(session, "ours", made.now)
        session.commit()
    made.load()
    made.load(again=True)

    with made.database.reading() as session:
        assert session.scalar(select(Collection.name).where(Collection.code == "ours"))
        assert session.scalar(select(func.count()).select_from(User)) == len(Role) + 1


def test_it_leaves_other_peoples_databases_alone(empty):
    made = empty()
    text = (demo.HERE / "surveys" / "live.yaml").read_bytes()
    with made.database.writing() as session:
        edition = authoring.keep_draft(session, exchange.read_survey(text), now=made.now)
        authoring.publish(session, edition, now=made.now)
        session.commit()
    with pytest.raises(demo.NotLoaded, match="surveys of your own"):
        made.load()
    with made.database.writing() as session:
        open_live(session, "live", made.now)
        session.commit()
    before = made.digest()
    for again in (False, True):
        with pytest.raises(demo.NotLoaded, match=r"not the demonstration's: live\."):
            made.load(again=again)

    assert made.digest() == before
    assert not (made.settings.instance / KEPT).exists()


def test_it_keeps_away_from_production(empty):
    with pytest.raises(demo.NotLoaded, match="production"):
        empty(production=True, demonstration=False).load()


def test_a_database_without_tables_is_named(tmp_path):
    bare = Settings(database=f"sqlite:///{tmp_path}/bare.sqlite", instance=tmp_path)

    with pytest.raises(demo.NotLoaded, match="feedback migrate"):
        demo.load(bare, seed=1, again=False, say=str)
