"""The pages of before and after: what they say, who may open them, what they never say."""

import csv
import io
import re
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select
from visiting import Visit

from feedback.demo.people import HERE
from feedback.models.events import Event, Series
from feedback.models.oversight import AuditEvent
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Question
from feedback.outputs import exchange
from feedback.queries.collections import by_code
from feedback.questionnaire import Given
from feedback.services import authoring, collecting, people, planning
from feedback.vocabulary import AnswerState, Audience, EventKind, Part, Role

SKIPPED = Given(state=AnswerState.SKIPPED)
PASSWORD = "correct horse battery staple"
# Sessions by how many pairs they have, with numbers whose means are like no other number here.
LARGE, LARGER, SMALL = "Harbour", "Orchard", "Quayside"
MEANS = {"before": "1.3", "after": "7.7", "change": "6.3"}  # of the small one


@pytest.fixture
def facilitator(database, now):
    return _user(database, "trainer@brackenshore.example", Role.FACILITATOR, now)


@pytest.fixture
def other_facilitator(database, now):
    return _user(database, "other@brackenshore.example", Role.FACILITATOR, now)


def _user(database, email, role, now):
    with database.writing() as writing, writing.begin():
        return people.add_user(writing, email, role.value, role, PASSWORD, now=now)


@pytest.fixture
def opened(database, answered, codes, now):
    """Makes a series of sessions; gives the ids of the series and of each session by name."""

    def made(sessions, trainer=None):
        with database.writing() as writing, writing.begin():
            editions = {}
            for part in (Part.BEFORE, Part.AFTER):
                survey = exchange.read_survey(
                    (HERE / "surveys" / f"{part.value}.yaml").read_bytes()
                )
                editions[part] = authoring.keep_draft(writing, survey, now=now)
                authoring.publish(writing, editions[part], now=now)
            series = Series(name="Hub training", designed_with="The forum", created_at=now)
            writing.add(series)
            writing.flush()
            ids = {"series": series.id}
            for name, pairs in sessions.items():
                event = planning.plan(
                    writing,
                    name,
                    EventKind.TRAINING,
                    now.date(),
                    series=series,
                    facilitators=[trainer] if trainer else [],
                    chance=Random(name),
                    now=now,
                )
                ids[name] = event.id
                cards = codes.cards(event.code, len(pairs))
                for part in editions:
                    collection = collecting.open_collection(
                        writing,
                        editions[part],
                        f"{event.code}{part.value[0]}",
                        f"{name}, {part.value}",
                        audience=Audience.PRACTITIONER,
                        opens_at=now - timedelta(days=1),
                        event=event,
                        part=part,
                        now=now,
                    )
                    ids[name, part] = collection.id
                    for card, pair in zip(cards, pairs, strict=True):
                        number = pair[part is Part.AFTER]
                        given = {"card": Given(text=card), "knowledge": Given(number=number)}
                        given["role"] = Given(codes=("school",))
                        if part is Part.AFTER and len(pair) > 2:
                            given["takeaway"] = Given(text=pair[2])
                        answered(writing, collection, given)
            return ids

    return made


@pytest.fixture
def course(opened, facilitator):
    """Two sessions that are large enough, and a small one; the first has words to read."""
    words = [f"I take away <b>number {number}</b>" for number in range(6)]
    sessions = {
        LARGE: [(4, 9, each) for each in words],
        LARGER: [(5, 9)] * 9,
        "Beacon": [(6, 8)] * 8,
        SMALL: [(1, 7), (1, 8), (2, 8)],
    }
    return opened(sessions, facilitator)


def plain(visit) -> str:
    """A page as it is read."""
    return " ".join(re.sub(r"<[^>]+>", " ", visit.text).split())


def before_and_after(event_id) -> str:
    return f"/staff/events/{event_id}/before-and-after"


# What they say


def test_the_series_page_begins_with_its_sentence(sign_in, officer, course):
    visit = sign_in(officer)
    visit.get(f"/staff/series/{course['series']}")
    words = plain(visit)

    assert "26 people came to 4 sessions. 26 could be matched. " in words
    # (6·4 + 9·5 + 8·6 + 4) / 26 before, (6·9 + 9·9 + 8·8 + 23) / 26 after
    assert "On average they said 4.7 before and 8.5 after, out of 10: 3.9 more." in words
    assert "Designed with The forum" in words
    assert "How to read this" in words
    assert visit.text.count('<svg class="chart"') == 2  # before and after


def test_the_trainer_sees_counts_a_change_and_words_in_mixed_order(sign_in, facilitator, course):
    visit = sign_in(facilitator)
    orders = set()
    for _ in range(8):
        visit.get(before_and_after(course[LARGE]))
        orders.add(tuple(re.findall(r"number \d", visit.text)))
    words = plain(visit)

    assert "6 could be matched by the words on their card." in words
    assert "5.0 more Knowledge of SEND, 0 to 10" in words
    assert len(orders) > 1 and all(len(set(order)) == 6 for order in orders)
    assert "&lt;b&gt;" in visit.page.get_data(as_text=True)
    assert "early years" not in words.casefold() and "school" not in words.casefold()
    assert "/staff/series/" not in visit.text


def test_the_series_page_says_how_sure_and_how_large_a_change_is(sign_in, officer, opened):
    pairs = [(3, 8), (4, 9), (5, 7), (2, 8), (6, 9), (4, 6)] * 3 + [(7, 7)] * 6
    visit = sign_in(officer)
    visit.get(f"/staff/series/{opened({LARGE: pairs})['series']}")
    words = plain(visit)

    assert "the true mean change could lie between +1.9 and +3.8." in words
    assert "Against how differently people changed, this is large (1.3)." in words
    assert "18 people gave a better number after." in words
    assert "Everybody, counted as two groups of strangers: 2.9 more." in words
    assert "Both ways of comparing say the same." in words
    assert "Knowledge of SEND, 0 to 10: p under 0.01." in words


def test_the_series_page_has_words_only_for_fewer_than_ten_pairs(sign_in, officer, opened):
    visit = sign_in(officer)
    visit.get(f"/staff/series/{opened({LARGE: [(4, 9), (5, 8), (3, 9)] * 3})['series']}")
    words = plain(visit)

    assert "9 could be matched." in words
    assert "Fewer than 10 people could be matched. That is too few to say how far chance" in words
    assert (
        "lie between" not in words and "Against how differently people changed, this" not in words
    )
    assert "p = " not in words and "p under" not in words


def test_where_most_cards_are_lost_everybody_comes_first(sign_in, officer, opened, database):
    course = opened({LARGE: [(4, 9), (5, 8), (3, 9)] * 5})
    with database.writing() as writing, writing.begin():
        kept = select(Response.id).where(Response.collection_id == course[LARGE, Part.AFTER])
        lost = writing.scalars(
            select(Answer)
            .join(Question, Question.id == Answer.question_id)
            .where(Question.name == "card", Answer.response_id.in_(kept))
            .order_by(Answer.response_id)
        ).all()
        for answer in lost[:9]:
            answer.text = "no card at all"
    visit = sign_in(officer)
    visit.get(f"/staff/series/{course['series']}")
    words = plain(visit)

    assert "Fewer than half could be matched, so all who answered are compared" in words
    assert "On average they said 4.0 before and 8.7 after, out of 10: 4.7 more." in words
    assert words.index("Everybody, matched or not") < words.index("The same people, matched")


def test_the_page_says_so_where_nothing_is_asked(sign_in, officer, database, now):
    with database.writing() as writing, writing.begin():
        event = planning.plan(
            writing, "A visit", EventKind.VISIT, now.date(), chance=Random(1), now=now
        )
    visit = sign_in(officer)
    visit.get(before_and_after(event.id))

    assert "Nothing is asked before and after yet" in visit.text


def test_a_series_without_answers_says_so(sign_in, officer, opened):
    course = opened({LARGE: [(4, 9)] * 3})
    visit = sign_in(officer)
    visit.get(f"/staff/series/{course['series']}")

    assert "Fewer than 5 people have answered" in visit.text
    assert "<table" not in visit.text and '<svg class="chart"' not in visit.text


def test_the_pages_are_read_in_other_languages(sign_in, officer, course):
    visit = sign_in(officer)
    for tag in ("pl", "ar"):
        assert visit.get(f"/staff/series/{course['series']}?language={tag}").status_code == 200
        assert f'lang="{tag}"' in visit.text
        assert visit.get(before_and_after(course[LARGE])).status_code == 200


# The file


def test_the_file_rebuilds_the_numbers_of_the_page_and_is_noted(sign_in, officer, course, look):
    visit = sign_in(officer)
    visit.get(f"/staff/series/{course['series']}")
    shown = re.search(
        r"they said ([\d.]+) before and ([\d.]+) after, out of 10: ([\d.]+) more", plain(visit)
    )
    reply = visit.post(f"/staff/series/{course['series']}/pairs.csv")
    rows = list(csv.DictReader(io.StringIO(reply.get_data(as_text=True).lstrip("\ufeff"))))
    before, after = ([int(row[key]) for row in rows] for key in ("before", "after"))

    assert reply.headers["Content-Disposition"].startswith("attachment; ")
    assert set(rows[0]) == {"row", "measure", "before", "after"}
    assert len(rows) == 26
    means = (sum(before) / 26, sum(after) / 26, (sum(after) - sum(before)) / 26)
    assert tuple(f"{mean:.1f}" for mean in means) == shown.groups()
    noted = look(select(AuditEvent.user_id, AuditEvent.action, AuditEvent.subject))
    assert noted == [(officer.id, "export pairs csv", f"series {course['series']}")]


def test_there_is_no_file_of_a_small_group(sign_in, officer, opened, look):
    course = opened({LARGE: [(4, 9)] * 3})
    visit = sign_in(officer)
    visit.get(f"/staff/series/{course['series']}")
    reply = visit.post(f"/staff/series/{course['series']}/pairs.csv")

    assert reply.status_code == 403
    assert look(select(AuditEvent)) == []


# Who may open them


def test_a_trainer_opens_only_what_is_theirs(sign_in, facilitator, other_facilitator, course):
    visit, other = sign_in(facilitator), sign_in(other_facilitator)

    assert visit.get(before_and_after(course[LARGE])).status_code == 200
    assert other.get(before_and_after(course[LARGE])).status_code == 404
    for path in ("", "/words"):
        assert visit.get(f"/staff/series/{course['series']}{path}").status_code == 403
        assert other.get(f"/staff/series/{course['series']}{path}").status_code == 403
    assert visit.post(f"/staff/series/{course['series']}/pairs.csv").status_code == 403


def test_a_viewer_reads_numbers_and_no_words(sign_in, viewer, course):
    visit = sign_in(viewer)

    assert visit.get(before_and_after(course[LARGE])).status_code == 200
    assert "I take away" not in visit.text
    assert visit.get(f"/staff/series/{course['series']}").status_code == 200
    assert "/words" not in visit.text and "pairs.csv" not in visit.text
    assert visit.get(f"/staff/series/{course['series']}/words").status_code == 403
    assert visit.post(f"/staff/series/{course['series']}/pairs.csv").status_code == 403


def test_an_officer_reads_the_words_of_all_sessions_together(sign_in, officer, course):
    visit = sign_in(officer)
    visit.get(f"/staff/series/{course['series']}/words")

    assert visit.text.count("I take away") == 6


@pytest.mark.parametrize("number", [0, 999_999, 2**31, 2**63, "-1", "one"])
def test_what_is_not_there_is_not_found(sign_in, officer, number):
    visit = sign_in(officer)
    visit.get("/staff/")
    assert visit.get(before_and_after(number)).status_code == 404
    assert visit.get(f"/staff/series/{number}").status_code == 404
    assert visit.get(f"/staff/series/{number}/words").status_code == 404
    assert visit.post(f"/staff/series/{number}/pairs.csv").status_code == 404


# What they never say


def test_one_part_of_a_session_is_read_on_its_page_and_in_no_file(sign_in, officer, course, look):
    visit = sign_in(officer)
    visit.get("/staff/")
    for part in (Part.BEFORE, Part.AFTER):
        address = f"/staff/collection/{course[LARGER, part]}"
        for path in ("", "/comments"):
            reply = visit.get(address + path)
            assert reply.status_code == 302
            assert reply.location == before_and_after(course[LARGER])
        for name in ("answers.csv", "answers.xlsx", "comments.csv"):
            assert visit.post(f"{address}/{name}").status_code == 403
            assert "read with their session" in visit.text
    assert look(select(AuditEvent)) == []


def test_a_session_under_the_threshold_stands_on_no_page(
    sign_in, officer, facilitator, viewer, course, look
):
    """Every page that a member of staff can come to, looked through for its numbers."""
    events = [row.id for row in look(select(Event.id))]
    paths = [
        "/staff/",
        f"/staff/series/{course['series']}",
        f"/staff/series/{course['series']}/words",
        *map(before_and_after, events),
        *(f"/staff/collection/{course[key]}" for key in course if isinstance(key, tuple)),
    ]
    looked_at = 0
    for user in (officer, viewer, facilitator):
        visit = sign_in(user)
        for path in paths:
            visit.follow(visit.get(path))
            words = plain(visit)
            assert not [mean for mean in MEANS.values() if re.search(rf"\b{mean}\b", words)], path
            looked_at += visit.page.status_code == 200
            if visit.page.status_code == 200 and path == before_and_after(course[SMALL]):
                assert "so no change is shown" in words or "nothing is shown" in words
    assert looked_at > 2 * len(paths)

    visit = sign_in(officer)
    visit.get(f"/staff/series/{course['series']}")
    rows = re.findall(r"<tr><th scope=\"row\"><a[^>]*>.*?</tr>", visit.text)
    assert not any(SMALL in row for row in rows)


def test_what_an_officer_sees_does_not_give_the_small_session_back(
    sign_in, officer, course, facilitator
):
    """The total less all sessions whose change is shown is never one small session."""
    visit = sign_in(officer)
    pairs = {LARGE: 6, LARGER: 9, "Beacon": 8, SMALL: 3}
    shown = set()
    for name in pairs:
        visit.get(before_and_after(course[name]))
        if re.search(r"\d\.\d (more|less) Knowledge", plain(visit)):
            shown.add(name)
    left = [count for name, count in pairs.items() if name not in shown]

    assert SMALL not in shown
    assert len(left) >= 2 and sum(left) >= 5
    trainer = sign_in(facilitator)
    for name in (LARGE, LARGER, "Beacon"):
        trainer.get(before_and_after(course[name]))
        assert re.search(r"\d\.\d more Knowledge", plain(trainer)), name


def test_no_card_stands_on_any_page_or_in_the_file(sign_in, officer, course, database, codes):
    visit = sign_in(officer)
    with database.reading() as reading:
        code = reading.scalars(select(Event.code).where(Event.id == course[LARGE])).one()
        assert by_code(reading, f"{code}b") is not None
    visit.get(f"/staff/series/{course['series']}")
    for path in (before_and_after(course[LARGE]), f"/staff/series/{course['series']}"):
        visit.get(path)
        assert not [card for card in codes.cards(code, 6) if card in visit.text.casefold()]
    reply = visit.post(f"/staff/series/{course['series']}/pairs.csv")
    file = reply.get_data(as_text=True)
    assert not [card for card in codes.cards(code, 6) if card in file]


# Learners


def test_a_learner_types_the_same_card_twice_and_makes_one_more_pair(
    app, sign_in, facilitator, course, database, codes
):
    with database.reading() as reading:
        code = reading.scalars(select(Event.code).where(Event.id == course[LARGE])).one()
    trainer = sign_in(facilitator)
    trainer.get(before_and_after(course[LARGE]))
    assert "6 could be matched" in plain(trainer)
    card = codes.cards(code, 30)[-1]
    for ending, typed in (("b", card.title().replace(" ", "-")), ("a", f"  {card.upper()},")):
        learner = Visit(app.test_client(), f"{code}{ending}")
        learner.start()
        learner.follow(learner.leave(1, card=typed))
        while re.search(r"/\d+$", learner.page.request.path):
            position = int(learner.page.request.path.rpartition("/")[2])
            answers = {"knowledge": "5", "confidence": "5"}
            fields = {n: v for n, v in answers.items() if f'name="q_{n}"' in learner.text}
            do = "continue" if fields else "skip"
            learner.follow(learner.leave(position, do, **fields))
        learner.send()

    trainer.get(before_and_after(course[LARGE]))
    assert "7 could be matched" in plain(trainer)
