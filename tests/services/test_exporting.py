from datetime import timedelta

import pytest
from sqlalchemy import update

from feedback.errors import GroupTooSmall
from feedback.models.responses import Response
from feedback.queries.surveys import Editions
from feedback.questionnaire import Given
from feedback.services import exporting
from feedback.vocabulary import AnswerState, Channel, Helper

THRESHOLD = 5
UNKNOWN = Given(state=AnswerState.UNKNOWN)


def person(**changed: Given) -> dict[str, Given]:
    return {
        "who": Given(codes=("parent",)),
        "needs": Given(codes=("speech", "moving")),
        "safe": UNKNOWN,
        "overall": Given(number=7),
        "weeks": Given(number=20),
        "since": Given(number=202603),
        "town": Given(text="Brackenshore"),
        "more": Given(text="The taxi was late"),
        **changed,
    }


@pytest.fixture
def exported(session, open_collection):
    def made(what: str) -> tuple[list[str], list[list]]:
        headers, rows = exporting.table(
            session, open_collection, what, Editions(), threshold=THRESHOLD
        )
        return headers, [list(row) for row in rows]

    return made


@pytest.fixture
def people(session, open_collection, answered, now):
    """As many as it takes, sent on a Monday; one more is still on the way."""
    for _ in range(THRESHOLD):
        answered(session, open_collection, person())
    answered(session, open_collection, person(), sent=False)


@pytest.mark.parametrize("what", ["answers", "comments"])
def test_nothing_is_exported_of_fewer_people_than_the_threshold(
    session, open_collection, answered, exported, what
):
    for _ in range(THRESHOLD - 1):
        answered(session, open_collection, person())
    for _ in range(3):
        answered(session, open_collection, person(), sent=False)

    with pytest.raises(GroupTooSmall):
        exported(what)


def test_each_answer_stands_in_its_column(people, exported):
    headers, rows = exported("answers")

    assert len(rows) == THRESHOLD
    for row in rows:
        cells = dict(zip(headers, row, strict=True))
        assert {name: cells[name] for name in ("who", "safe", "overall", "weeks", "since")} == {
            "who": "parent", "safe": "unknown", "overall": 7, "weeks": 20, "since": "2026-03",
        }  # fmt: skip
        assert [cells[f"needs.{code}"] for code in ("speech", "sight", "moving")] == [1, 0, 1]
        assert cells["face"] is None


def test_the_way_an_answer_came_and_who_helped_stand_beside_the_answers_alone(
    session, open_collection, answered, exported
):
    ways = [(Channel.PAPER, Helper.FAMILY), (Channel.HELPED, Helper.WORKER), *[(None, None)] * 3]
    for channel, helper in ways:
        visit = answered(session, open_collection, person())
        if channel:
            change = update(Response).where(Response.id == visit.id)
            session.execute(change.values(channel=channel, helper=helper))

    headers, rows = exported("answers")
    kept = [
        (cells["channel"], cells["helper"])
        for cells in (dict(zip(headers, r, strict=True)) for r in rows)
    ]
    assert sorted(kept, key=str) == sorted(
        [("paper", "family"), ("helped", "worker"), *[("own_phone", None)] * 3], key=str
    )
    assert not {"channel", "helper"} & set(exported("comments")[0])


def test_a_day_is_rounded_to_its_week(session, open_collection, answered, exported, now):
    for day in range(7):
        answered(session, open_collection, person(), at=now + timedelta(days=day))
    headers, rows = exported("answers")

    assert {row[headers.index("week")] for row in rows} == {"2026-11-02"}


def test_words_and_answers_are_never_in_one_file(people, exported):
    headers, answers = exported("answers")
    assert {"more", "town", "again"}.isdisjoint(headers)
    assert not [cell for row in answers for cell in row if "taxi" in str(cell)]

    headers, comments = exported("comments")
    assert headers == ["row", "question", "language", "comment"]
    said = [["more", "en", "The taxi was late"], ["town", "en", "Brackenshore"]]
    assert sorted(row[1:] for row in comments) == sorted(said * THRESHOLD)


def test_short_answers_in_words_are_exported_with_the_words(people, exported):
    _, comments = exported("comments")
    assert "Brackenshore" in {row[3] for row in comments}


def test_rows_have_new_ids_each_time_and_join_nothing(people, exported):
    drawn = [exported(what)[1] for what in ("answers", "comments", "answers")]
    ids = [row[0] for rows in drawn for row in rows]
    assert len(set(ids)) == len(ids) == 4 * THRESHOLD  # two texts a person


def test_rows_stand_in_no_order_of_arrival(session, open_collection, answered, exported):
    for number in range(12):
        answered(session, open_collection, person(overall=Given(number=number % 11)))
    headers, _ = exported("answers")
    at = headers.index("overall")
    orders = {tuple(row[at] for row in exported("answers")[1]) for _ in range(4)}
    assert len(orders) > 1


def test_somebody_who_does_not_know_which_options_fit_is_told_from_nobody(
    session, open_collection, answered, exported
):
    for _ in range(THRESHOLD):
        answered(session, open_collection, person(needs=UNKNOWN))
    headers, rows = exported("answers")
    cells = [dict(zip(headers, row, strict=True)) for row in rows]

    assert all("unknown" in [c[key] for key in c if key.startswith("needs")] for c in cells)
