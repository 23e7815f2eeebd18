"""Themes, runs and the coding desk through the pages."""

import pytest
from sqlalchemy import func, select
from theming_ground import NOTHING, TRANSPORT, WAITING, read_all, write

from feedback.models.oversight import AuditEvent
from feedback.models.themes import Coding, Reading, Theme, ThemingRun
from feedback.vocabulary import CodingState, Role, RunState

pytestmark = pytest.mark.any_database

RAW = "Ring Mia Jones on 07700 900123 about the taxi"


@pytest.fixture
def there(database, answered, open_collection):
    return write(
        database, answered, open_collection, *[TRANSPORT] * 6, *[WAITING] * 5, *[NOTHING] * 5, RAW
    )


@pytest.fixture
def themed(database, there, officer, now):
    return read_all(database, officer, now)


def question_of(look, response_id):
    return look(select(Reading.question_id).where(Reading.response_id == response_id))[0][0]


def test_before_anything_is_read_an_officer_can_begin(sign_in, officer, there, look):
    visit = sign_in(officer)
    visit.get("/staff/themes")
    assert "There are 17 comments." in visit.text
    reply = visit.post("/staff/themes/run")
    number = look(select(ThemingRun.id))[0][0]
    assert reply.location == f"/staff/themes/runs/{number}"
    visit.follow(reply)
    assert "0 of 17" in visit.text
    progress = visit.get(f"/staff/themes/runs/{number}/progress").get_json()
    assert progress == {"state": "queued", "done": 0, "total": 17}


def test_a_run_is_stopped_and_goes_on_from_its_page(sign_in, officer, there, look):
    visit = sign_in(officer)
    visit.get("/staff/themes")
    page = visit.post("/staff/themes/run").location
    visit.follow(visit.post(f"{page}/stop"))
    assert "The reading is stopped" in visit.text
    visit.follow(visit.post(f"{page}/go-on"))
    assert "The machine is reading" in visit.text
    assert look(select(ThemingRun.state))[0][0] is RunState.QUEUED


def test_the_list_says_share_base_and_that_nothing_is_checked(sign_in, officer, themed):
    visit = sign_in(officer)
    visit.get("/staff/themes")
    assert "17 people wrote something." in visit.text
    assert "Travel and transport" in visit.text
    assert "41%" in visit.text  # 7 of 17
    assert "Not checked yet" in visit.text
    assert "hidden, small group" in visit.text


def test_a_viewer_reads_shares_and_no_words(sign_in, viewer, themed, there, look):
    visit = sign_in(viewer)
    assert visit.get("/staff/themes").status_code == 200
    assert visit.get("/staff/theme/transport").status_code == 200
    assert "late again" not in visit.text
    question = question_of(look, there[0])
    for path in (
        "/staff/theme/transport/comments",
        "/staff/coding",
        f"/staff/comments/{there[0]}/{question}",
        f"/staff/coding/{there[0]}/{question}",
        "/staff/themes/suggestions",
        "/staff/themes/runs",
    ):
        assert visit.get(path).status_code == 403, path


def test_a_theme_leads_to_its_comments_with_the_telling_words_marked(sign_in, officer, themed):
    visit = sign_in(officer)
    visit.get("/staff/theme/transport")
    assert "7 people raised this" in visit.text
    assert "Nobody can say yet how often the machine is right" in visit.text
    visit.get("/staff/theme/transport/comments")
    assert "7 comments" in visit.text
    assert '<mark class="why">taxi</mark>' in visit.text


def test_a_theme_that_is_not_there_is_not_found(sign_in, officer, themed):
    visit = sign_in(officer)
    assert visit.get("/staff/theme/nothing").status_code == 404
    assert visit.get("/staff/theme/nothing/comments").status_code == 404
    assert visit.get("/staff/themes/runs/999999999999").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        "collection=x",
        "collection=-1",
        "weeks=0",
        "weeks=999999999",
        "question=%00",
        "collection=9e9",
    ],
)
def test_whatever_stands_in_the_address_the_list_opens(sign_in, officer, themed, asked):
    assert sign_in(officer).get(f"/staff/themes?{asked}").status_code == 200


def test_the_desk_shows_a_comment_and_keeps_what_somebody_says(sign_in, officer, themed, look):
    visit = sign_in(officer)
    page = visit.get("/staff/coding").location
    visit.get(page)
    assert "What is this comment about?" in visit.text
    food = look(select(Theme.id).where(Theme.code == "food"))[0][0]
    reply = visit.post(page, {"themes": [str(food)], "level": "4"})
    assert reply.status_code == 303
    visit.follow(reply)
    assert "Saved." in visit.text
    assert "You have read 1 today." in visit.text
    said = look(
        select(Reading.level, Coding.state, Coding.theme_id)
        .join(Coding)
        .where(Reading.user_id == officer.id, Coding.state == CodingState.CONFIRMED)
    )
    assert said == [(4, CodingState.CONFIRMED, food)]


def test_no_theme_at_all_is_an_answer_too(sign_in, officer, themed, look):
    visit = sign_in(officer)
    page = visit.get("/staff/coding").location
    visit.get(page)
    assert visit.post(page).status_code == 303
    assert look(select(func.count()).where(Reading.user_id == officer.id)) == [(1,)]


@pytest.mark.parametrize("wrong", [{"themes": "999999"}, {"themes": "x"}, {"level": "9"}])
def test_what_is_no_theme_and_no_feeling_is_not_kept(sign_in, officer, themed, look, wrong):
    visit = sign_in(officer)
    page = visit.get("/staff/coding").location
    visit.get(page)
    assert visit.post(page, wrong).status_code == 422
    assert look(select(func.count()).where(Reading.user_id == officer.id)) == [(0,)]


def test_left_for_later_another_comment_comes(sign_in, officer, themed):
    visit = sign_in(officer)
    first = visit.get("/staff/coding").location
    visit.get(first)
    later = visit.text.partition('data-later="')[2].partition('"')[0]
    second = visit.get(later).location
    assert second.partition("?")[0] != first.partition("?")[0]


def test_what_was_said_can_be_taken_back(sign_in, officer, themed, look):
    visit = sign_in(officer)
    page = visit.get("/staff/coding").location.partition("?")[0]
    visit.get(page)
    visit.post(page)
    visit.get(page)
    assert "You have read this comment before." in visit.text
    visit.follow(visit.post(f"{page}/take-back"))
    assert "Taken back." in visit.text
    assert look(select(func.count()).where(Reading.user_id == officer.id)) == [(0,)]


def test_a_check_shows_nothing_of_the_machine(sign_in, officer, staff, themed, there, look):
    visit = sign_in(officer)
    question = question_of(look, there[0])
    page = f"/staff/coding/{there[0]}/{question}"
    visit.get(page)
    visit.post(page)
    other = sign_in(staff(Role.OFFICER, "second"))
    other.get(f"{page}?pile=check")
    assert "The machine suggests" not in other.text
    assert '<mark class="why">' not in other.text
    other.post(f"{page}?pile=check")
    assert sorted(look(select(Reading.second).where(Reading.user_id.is_not(None)))) == [
        (False,),
        (True,),
    ]


def test_hard_words_are_not_shown_until_somebody_wants_to_read_them(
    sign_in, officer, database, answered, open_collection, now, look
):
    hard = "She wants to kill herself because of school"
    numbers = write(database, answered, open_collection, *[hard] * 5)
    read_all(database, officer, now)
    page = f"/staff/coding/{numbers[0]}/{question_of(look, numbers[0])}"
    visit = sign_in(officer)
    visit.get(page)
    assert "You do not have to read it." in visit.text
    assert "kill herself" not in visit.text
    visit.get(f"{page}?show=1")
    assert "kill herself" in visit.text
    whole = page.replace("coding", "comments")
    visit.get(whole)
    assert "kill herself" not in visit.text


def test_a_comment_as_it_was_written_is_shown_only_when_asked_for_and_that_is_noted(
    sign_in, officer, themed, there, look
):
    number = there[-1]
    page = f"/staff/comments/{number}/{question_of(look, number)}"
    visit = sign_in(officer)
    visit.get(page)
    assert "Mia" not in visit.text
    noted = select(func.count()).where(AuditEvent.action == "read raw comment")
    assert look(noted) == [(0,)]
    visit.post(f"{page}/raw")
    assert RAW in visit.text
    assert look(noted) == [(1,)]


def test_a_comment_that_was_taken_back_is_not_found(sign_in, officer, themed):
    visit = sign_in(officer)
    for path in (
        "/staff/comments/999999/1",
        "/staff/coding/999999/1",
        "/staff/comments/99999999999/1",
    ):
        assert visit.get(path).status_code == 404
    visit.get("/staff/account")
    assert visit.post("/staff/comments/999999/1/raw").status_code == 404


def test_the_list_of_runs_says_how_good_each_was(sign_in, officer, themed):
    visit = sign_in(officer)
    visit.get("/staff/themes/runs")
    assert "finished" in visit.text
    visit.get(f"/staff/themes/runs/{themed}")
    assert "Nobody knows yet." in visit.text


def test_a_theme_that_all_raised_is_not_said_to_be_raised_by_few(
    sign_in, officer, database, answered, open_collection, now
):
    write(database, answered, open_collection, *[TRANSPORT] * 6)
    read_all(database, officer, now)
    visit = sign_in(officer)
    visit.get("/staff/theme/transport")
    assert "The groups are too small to show how many people raised this." in visit.text
    assert "Fewer than 5 people raised" not in visit.text


def test_hard_words_are_folded_in_every_list_of_comments(
    sign_in, officer, database, answered, open_collection, now
):
    write(database, answered, open_collection, *["She wants to kill herself"] * 5, TRANSPORT)
    visit = sign_in(officer)
    visit.get(f"/staff/collection/{open_collection.id}/comments")
    assert visit.text.count("<summary") == 5
    assert "speaks of" in visit.text


def test_what_was_left_for_later_comes_at_the_end_of_the_pile(sign_in, officer, themed, there):
    visit = sign_in(officer)
    first = visit.get("/staff/coding").location
    visit.get(first)
    later = visit.text.partition('data-later="')[2].partition('"')[0]
    page = visit.get(later).location
    for _ in there[1:]:
        visit.get(page)
        reply = visit.get(visit.post(page).location)
        page = reply.location or page
    assert "The comments that you left for later are still there." in visit.text
    assert visit.get("/staff/coding").location.partition("?")[0] == first.partition("?")[0]
