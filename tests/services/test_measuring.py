"""What leaves a collection as numbers: right, and nothing of a small group."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from feedback.models.collections import Collection
from feedback.models.responses import Response
from feedback.queries.surveys import Editions
from feedback.questionnaire import Given
from feedback.services import authoring, measuring, responding
from feedback.vocabulary import AnswerState

UNKNOWN, SKIPPED = Given(state=AnswerState.UNKNOWN), Given(state=AnswerState.SKIPPED)
THRESHOLD = 5


def person(face="good", needs=("speech",), overall=7, more=None) -> dict[str, Given]:
    return {
        "who": Given(codes=("parent",)),
        "face": Given(codes=(face,)),
        "needs": Given(codes=needs),
        "overall": Given(number=overall),
        "more": Given(text=more) if more else SKIPPED,
    }


@pytest.fixture
def report(session, open_collection):
    def reported() -> measuring.Report:
        return measuring.report(session, open_collection, Editions(), threshold=THRESHOLD)

    return reported


def counts(report: measuring.Report, name: str) -> dict[str, int | None]:
    measured = next(m for m in report.parts[0].measured if m.question.name == name)
    return {row.key: row.count.count for row in measured.rows}


def option_codes(session, collection, name: str) -> list[str]:
    asked = Editions().asked(session, collection.edition_id).questionnaire
    return [option.code for option in asked.questions[name].options]


def base(report: measuring.Report, name: str, part: int = 0) -> int | None:
    return next(m.base.count for m in report.parts[part].measured if m.question.name == name)


def test_nothing_is_shown_of_fewer_people_than_the_threshold(
    session, open_collection, answered, report, now
):
    for _ in range(THRESHOLD - 1):
        answered(session, open_collection, person())
    shown = report()
    (line,) = measuring.overview(session, threshold=THRESHOLD, now=now)

    assert shown.sent.count is shown.rate is shown.began_about is None
    assert (list(shown.parts), shown.left) == ([], [])
    assert line.sent.count is line.newest_at is line.rate is None


def test_from_the_threshold_on_people_are_counted(session, open_collection, answered, report, now):
    for _ in range(THRESHOLD):
        answered(session, open_collection, person())
    (line,) = measuring.overview(session, threshold=THRESHOLD, now=now)

    assert report().sent.count == line.sent.count == base(report(), "who") == THRESHOLD
    assert (line.state, line.newest_at) == ("open", now)


def test_options_are_counted_and_small_ones_are_hidden_with_company(
    session, open_collection, answered, report
):
    for face, people in {"good": 8, "ok": 7, "bad": 1}.items():
        for _ in range(people):
            answered(session, open_collection, person(face))
    shown = counts(report(), "face")

    assert shown["bad"] is None
    assert list(shown.values()).count(None) >= 2 or base(report(), "face") is None
    assert {value for value in shown.values() if value is not None} <= {8, 7}


def test_those_who_do_not_know_are_a_line_and_those_who_passed_by_are_not(
    session, open_collection, answered, report
):
    options = option_codes(session, open_collection, "safe")
    answers = [Given(codes=(code,)) for code in options]
    for answer, people in zip([*answers, UNKNOWN, SKIPPED], (8, 7, 6, 5, 9), strict=True):
        for _ in range(people):
            answered(session, open_collection, {"safe": answer})

    assert list(counts(report(), "safe").values()) == [8, 7, 6, 5]
    assert base(report(), "safe") == 26


def test_each_option_of_several_is_counted_by_itself(session, open_collection, answered, report):
    for needs, people in {("speech", "sight"): 6, ("speech", "moving"): 5, ("sight",): 7}.items():
        for _ in range(people):
            answered(session, open_collection, person(needs=needs))

    assert counts(report(), "needs") == {"speech": 11, "sight": 13, "moving": 5}
    assert base(report(), "needs") == 18


def test_numbers_have_a_mean_and_a_median(session, open_collection, answered, report):
    weeks = [Given(number=number) for number in (1, 3, 5, 7, 9, 14)]
    for answer in [*weeks, UNKNOWN] * 6:
        given = {"who": Given(codes=("parent",)), "needs": Given(codes=("speech",))}
        answered(session, open_collection, {**given, "weeks": answer})
    measured = next(m for m in report().parts[0].measured if m.question.name == "weeks")

    assert [row.count.count for row in measured.rows][-1] == 6
    assert sum(row.count.count for row in measured.rows) == measured.base.count == 42
    assert measured.median == 6
    assert measured.mean == pytest.approx(6.5, abs=0.05)


def test_the_share_of_a_measure_has_an_interval(session, open_collection, answered, report):
    for face, people in {"good": 24, "ok": 8, "bad": 8}.items():
        for _ in range(people):
            answered(session, open_collection, person(face))
    top = next(m.top for m in report().parts[0].measured if m.question.name == "face")

    # 24 of 40: Wilson 95%
    assert (top.hits, top.given) == (24, 40)
    assert tuple(top.interval) == pytest.approx((0.4460, 0.7365), abs=5e-4)


def test_only_what_was_sent_and_not_taken_back_counts(
    session, open_collection, answered, codes, report, now
):
    for _ in range(6):
        answered(session, open_collection, person())
        answered(session, open_collection, person("bad"), sent=False)
    gone = answered(session, open_collection, person("bad"))
    responding.withdraw(session, gone, codes, reason="taken back", now=now)

    assert report().sent.count == 6
    assert base(report(), "face") == 6


def test_how_many_began_is_rounded_and_pages_where_few_stopped_are_hidden(
    session, open_collection, answered, report
):
    for _ in range(6):
        answered(session, open_collection, person())
    for place, people in {1: 7, 4: 6, 7: 1}.items():
        for _ in range(people):
            left = answered(session, open_collection, {}, sent=False)
            _reached(session, left.id, place)
    shown = report()

    assert shown.began_about == 20
    assert {left.position for left in shown.left} <= {1, 4}
    assert all(left.count.count in (6, 7) for left in shown.left)


def _reached(session, response_id: int, place: int) -> None:
    session.execute(update(Response).where(Response.id == response_id).values(furthest=place))


def test_a_rate_needs_to_know_how_many_there_are(session, open_survey, every_kind, answered, now):
    known = open_survey(every_kind, "known", expected=24)
    unknown = open_survey(every_kind, "unknown")
    for _ in range(6):
        answered(session, known, person())
        answered(session, unknown, person())
    rates = {
        line.collection.code: line.rate
        for line in measuring.overview(session, threshold=THRESHOLD, now=now)
    }

    assert rates == {"known": 25, "unknown": None}


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("times", "state"),
    [
        ({}, "open"),
        ({"opens_at": DAY}, "planned"),
        ({"closes_at": DAY}, "open"),
        ({"closes_at": -DAY}, "closed"),
        ({"closes_at": -DAY, "withdrawn_at": -DAY}, "withdrawn"),
    ],
    ids=["open", "planned", "closing", "closed", "withdrawn"],
)
def test_a_collection_is_planned_open_closed_or_withdrawn(now, times, state):
    times = {"opens_at": -DAY, "closes_at": None, "withdrawn_at": None, **times}
    moments = {key: now + span if span is not None else None for key, span in times.items()}

    assert measuring.state_of(Collection(**moments), now=now) == state


def test_each_edition_is_counted_by_itself(
    session, open_collection, every_kind, answered, report, now
):
    for _ in range(6):
        answered(session, open_collection, person())
    edition = authoring.keep_draft(session, every_kind, now=now)
    authoring.publish(session, edition, now=now)
    first = open_collection.edition_id
    session.get_one(Collection, open_collection.id).edition_id = edition.id
    session.flush()
    for _ in range(7):
        answered(session, session.get_one(Collection, open_collection.id), person())
    shown = report()

    assert shown.sent.count == 13
    assert {part.asked.edition_id for part in shown.parts} == {first, edition.id}
    assert sorted(base(shown, "who", at) for at in (0, 1)) == [6, 7]


# Comments


@pytest.fixture
def comments(session, open_collection):
    def found(search="", question="", page=1, page_size=25) -> measuring.FoundComments:
        return measuring.comments(
            session,
            open_collection,
            Editions(),
            search=search,
            question=question,
            page=page,
            page_size=page_size,
            threshold=THRESHOLD,
        )

    return found


SAID = ["A steep RAMP", "100% happy", "under_score", "The taxi was late", "a\\b", "Łódź is far"]


@pytest.fixture
def said(session, open_collection, answered, now):
    for at, words in enumerate(SAID):
        answered(session, open_collection, person(more=words), at=now + timedelta(minutes=at))


def test_no_comment_is_shown_while_few_have_sent(session, open_collection, answered, comments):
    for _ in range(THRESHOLD - 1):
        answered(session, open_collection, person(more="The taxi was late"))
    shown = comments()

    assert shown.hidden
    assert (list(shown.comments), shown.count.count) == ([], None)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", list(reversed(SAID))),
        ("ramp", ["A steep RAMP"]),
        ("RAMP steep", ["A steep RAMP"]),
        ("%", ["100% happy"]),
        ("_", ["under_score"]),
        ("\\", ["a\\b"]),
        ("taxi ramp", []),
    ],
)
def test_comments_come_newest_first_and_a_search_finds_words_as_they_are(
    said, comments, search, found
):
    assert [each.text for each in comments(search).comments] == found
    assert comments(search).count.count == len(found)


def test_comments_come_page_by_page(said, comments):
    pages = [comments(page=page, page_size=4) for page in (1, 2, 3)]

    assert [len(page.comments) for page in pages] == [4, 2, 0]
    assert [page.more for page in pages] == [True, False, False]


def test_comments_of_one_question_can_be_read_alone(said, comments):
    assert comments(question="again").count.count == 0
    assert comments(question="more").count.count == len(SAID)
    assert {question.name for question in comments().questions} == {"more", "again"}
