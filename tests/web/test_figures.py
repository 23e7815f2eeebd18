"""Public figures and the page on which an officer makes them."""

import csv
import io
import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from followed import opened, send
from sqlalchemy import select

from feedback.models.clear_votes import ClearVotes
from feedback.models.releases import Release
from feedback.services import releasing, tallying
from feedback.services.trending import CYCLES_FROM
from feedback.vocabulary import RunState

pytestmark = pytest.mark.any_database  # services' tests put the statements to both
LONDON = ZoneInfo("Europe/London")
CYCLES = [(18, 14), (17, 15), (19, 13), (43, 3), (17, 15), (19, 13), (18, 14)]  # the fourth hides


@pytest.fixture
def published(database, now):
    """Makes a release of some cycles."""

    def made(cycles=CYCLES, note="All so far."):
        with database.writing() as session, session.begin():
            collection = opened(session, now)
            for at, (happy, not_happy) in enumerate(cycles):
                day = CYCLES_FROM + timedelta(days=28 * at + 13)
                people = [{"face": "4", "area": "north"}] * happy
                people += [{"face": "2", "area": "north"}] * not_happy
                send(session, collection, datetime.combine(day, time(12), UTC), people)
            tallying.tally_all(session, LONDON)
            until = CYCLES_FROM + timedelta(days=28 * len(cycles) - 1)
            release = releasing.ask(session, note, until=until, by=None, now=now)
            releasing.make(session, release, threshold=10, zone=LONDON, now=now)

    return made


def plain(page) -> str:
    shown = re.sub(r"<svg.*?</svg>", " ", page.text, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


def test_before_the_first_release_there_is_a_kind_word(client):
    page = client.get("/figures/")
    assert page.status_code == 200 and "There are no numbers here yet." in plain(page)


def test_everybody_reads_the_newest_release_without_signing_in(client, published):
    published()
    page = client.get("/figures/", follow_redirects=True)
    assert page.request.path == "/figures/1"
    assert "All so far." in plain(page) and "Happy with the help" in plain(page)
    assert "How to read this" in plain(page)
    # The cycles that had ended count, and not every answer up to that day.
    assert "We look at four weeks at a time. These are all that had ended by 19 July" in plain(page)
    one = client.get("/figures/1/happy")
    assert "about 30 parents and carers" in plain(one)
    assert "This is a usual up and down." in plain(one)
    assert 'class="trend__chart"' in one.text and "How to read this" in plain(one)


def test_a_side_under_the_threshold_hides_its_cycle_everywhere(client, published):
    published()
    for path in ("/figures/1", "/figures/1/happy", "/figures/1/happy.csv"):
        page = client.get(path)
        assert "93" not in plain(page) and "46" not in plain(page).replace("2046", ""), path
    rows = list(
        csv.DictReader(io.StringIO(client.get("/figures/1/happy.csv").text.lstrip("\ufeff")))
    )
    assert len(rows) == len(CYCLES) - 1
    assert all(int(row["people_about"]) % 5 == 0 for row in rows)


@pytest.mark.parametrize(
    "path",
    [
        "/figures/2", "/figures/0", "/figures/1/nowhere", "/figures/1/nowhere.csv",
        "/figures/99999999999", "/figures/-1", "/figures/1/%00", "/figures/1/happy%00",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, published, path):
    published()
    assert client.get(path).status_code == 404


def test_words_of_a_release_are_words_and_nothing_else(client, published):
    published(note="<script>alert(1)</script>")
    page = client.get("/figures/1")
    assert "<script>alert" not in page.text and "&lt;script&gt;" in page.text


def test_an_old_release_says_that_there_are_newer_numbers(client, published, database, now):
    published()
    with database.writing() as session, session.begin():
        release = releasing.ask(session, "", until=now.date(), by=None, now=now)
        releasing.make(session, release, threshold=10, zone=LONDON, now=now)
    assert "There are newer numbers." in plain(client.get("/figures/1"))
    assert "There are newer numbers." not in plain(client.get("/figures/2"))


@pytest.mark.parametrize(("path", "page"), [("", "figures:"), ("/happy", "figures:happy")])
def test_pages_of_figures_ask_whether_they_are_clear(client, published, look, path, page):
    published()
    shown = client.get(f"/figures/1{path}")
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', shown.text)[1]
    action = re.search(r'action="([^"]+/clear[^"]*)"', shown.text)[1]
    for _ in range(2):
        reply = client.post(action, data={"clear": "no", "csrf_token": token})
        assert reply.status_code == 303 and reply.location == f"/figures/1{path}#clear"

    assert [tuple(row) for row in look(select(ClearVotes.page, ClearVotes.no))] == [(page, 1)]
    assert "Thank you. We count it." in plain(client.get(f"/figures/1{path}"))
    for nowhere in ("figures:nothing?release=1", "figures:happy?release=9", "figures:?release=x"):
        code, _, rest = nowhere.partition("?")
        data = {"clear": "no", "csrf_token": token}
        assert client.post(f"/you-said/{code}/clear?{rest}", data=data).status_code == 404


def test_an_officer_asks_for_a_release_and_a_second_one_waits(sign_in, officer, look):
    visit = sign_in(officer)
    visit.get("/staff/releases")
    assert "Nothing is public yet" in plain(visit)
    assert visit.post("/staff/releases", {"note": "Spring"}).status_code == 303
    visit.get("/staff/releases")
    assert "Release 1 is being made." in plain(visit)
    assert visit.post("/staff/releases", {"note": "All of this"}).status_code == 409
    assert "What you wrote is kept here." in plain(visit) and 'value="All of this"' in visit.text
    (made,) = look(select(Release))
    assert (made[0].note, made[0].state) == ("Spring", RunState.QUEUED)


def test_words_that_are_too_long_are_given_back(sign_in, officer, look):
    visit = sign_in(officer)
    visit.get("/staff/releases")
    assert visit.post("/staff/releases", {"note": "w" * 300}).status_code == 422
    assert "w" * 300 in visit.text
    assert look(select(Release)) == []


def test_a_viewer_reads_the_list_and_makes_nothing(sign_in, viewer, look):
    visit = sign_in(viewer)
    assert visit.get("/staff/releases").status_code == 200
    assert "Make figures public" not in plain(visit)
    assert visit.post("/staff/releases", {"note": ""}).status_code == 403
    assert look(select(Release)) == []
