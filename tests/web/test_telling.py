"""Tell me what happened: the pages of it, which know nobody."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from visiting import Visit

from feedback.log import set_up
from feedback.models.followers import Follower, Letter
from feedback.services.sealing import Seals
from feedback.settings import Settings
from feedback.vocabulary import Audience

pytestmark = pytest.mark.any_database

PATH = "/tell-me/about/every_kind"
SAM = {"email": "sam@x.example", "words": "easy_read", "tongue": "pl"}


@pytest.fixture
def app(app, store):
    """The app of a host that sends e-mail."""
    parts = app.extensions["feedback"]
    parts.settings = Settings(**{**parts.settings.model_dump(), "mail_server": "localhost"})
    shown = app.jinja_env.globals["settings"]
    app.jinja_env.globals["settings"] = parts.settings
    yield app
    parts.addresses.close()
    app.jinja_env.globals["settings"] = shown


@pytest.fixture
def seals(settings):
    return Seals(settings.secret.get_secret_value())


def people(store) -> list[Follower]:
    with store.reading() as session:
        return list(session.scalars(select(Follower).order_by(Follower.id)))


def test_the_thank_you_page_leads_there_with_nothing_of_the_response(begin, app):
    visit = begin().sent()
    [link] = re.findall(r'href="(/tell-me/[^"]+)"', visit.text)
    assert link.split("?")[0] == PATH
    assert set(re.findall(r"[?&](\w+)=", link)) <= {"language", "read"}


def test_it_is_not_offered_where_no_message_can_be_sent(make_app, open_collection):
    client = make_app().test_client()
    assert client.get(PATH).status_code == 404


def test_on_a_tablet_that_goes_round_it_is_not_offered(app, begin, database, open_collection):
    from feedback.models.collections import Collection

    with database.writing() as session, session.begin():
        kept = session.get_one(Collection, open_collection.id)
        kept.channels = ["own_phone", "shared_device"]
    visit = begin(start=False)
    visit.get(f"/s/{open_collection.code}?by=shared")
    visit.follow(visit.post("", {"by": "shared"}))
    visit.sent()
    assert "Next person" in visit.text and "/tell-me/" not in visit.text


def test_asking_to_be_told_keeps_a_sealed_address(client, store, seals, open_collection):
    page = client.get(f"{PATH}?language=pl&read=easy_read")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert 'value="pl" checked' in page.text
    reply = client.post(f"{PATH}?language=pl", data=SAM)
    assert reply.status_code == 303
    assert "/asked" in reply.location and "sam" not in reply.location
    assert client.get(reply.location).status_code == 200
    [kept] = people(store)
    recipient = seals.open(kept.id, kept.sealed)
    assert (recipient.address, recipient.language, recipient.presentation) == (
        "sam@x.example",
        "pl",
        "easy_read",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": ""},
        {"email": "sam"},
        {"email": "sam@x.example, kim@x.example"},
        {"email": "sam@x.example\r\nBcc: all@x.example"},
        {"email": f"{'a' * 250}@x.example"},
        {"words": "loud"},
        {"tongue": "xx"},
    ],
    ids=str,
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    client, store, open_collection, wrong
):
    reply = client.post(PATH, data={**SAM, **wrong})
    assert reply.status_code == 422
    assert 'class="govuk-error-summary"' in reply.text
    assert people(store) == []
    if "email" not in wrong:
        assert 'value="sam@x.example"' in reply.text


def test_an_unknown_survey_is_said_to_be_unknown(client, open_collection):
    for path in ("/tell-me/about/nothing", "/tell-me/about/nothing/asked"):
        assert client.get(path).status_code == 404


def test_no_cookie_is_read_or_set(begin, app, store):
    visit = begin().sent()
    visit.get("/?language=ar")
    before = visit.cookie
    for path in (f"{PATH}?language=pl", PATH, f"{PATH}/asked?language=en"):
        reply = visit.client.get(path)
        assert "Set-Cookie" not in reply.headers
        # English, though the browser's cookie says Arabic: nobody looked into it.
        assert f'lang="{"pl" if "pl" in path else "en"}"' in reply.text
        assert "Cookie" not in reply.headers.get("Vary", "")
    reply = visit.client.post(PATH, data=SAM)
    assert reply.status_code == 303 and "Set-Cookie" not in reply.headers
    assert visit.cookie == before
    assert len(people(store)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
    ],
    ids=str,
)
def test_another_site_cannot_send_the_form(client, store, open_collection, headers):
    assert client.post(PATH, data=SAM, headers=headers).status_code == 403
    assert people(store) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "null"},
        {"Origin": "http://localhost"},
        {},
    ],
    ids=str,
)
def test_our_own_page_can_in_every_browser(client, store, open_collection, headers):
    assert client.post(PATH, data=SAM, headers=headers).status_code == 303
    assert len(people(store)) == 1


def test_a_page_says_the_same_whether_an_address_was_there_or_not(client, open_collection):
    first, second = (client.post(PATH, data=SAM) for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location)


def test_the_log_has_no_line_of_these_pages(app, client, store, seals, open_collection, capfd):
    set_up()
    client.get("/help-now")
    client.get(PATH)
    client.post(PATH, data=SAM)
    [kept] = people(store)
    for purpose in ("yes", "stop"):
        client.post(f"/tell-me/{purpose}/{seals.token(purpose, kept.id)}")
    lines = capfd.readouterr().err.strip().splitlines()
    assert len(lines) == 1 and "help_now" in lines[0]


def test_programs_that_open_links_neither_confirm_nor_stop(client, store, seals, open_collection):
    client.post(PATH, data=SAM)
    [kept] = people(store)
    yes, stop = (f"/tell-me/{word}/{seals.token(word, kept.id)}" for word in ("yes", "stop"))
    assert "Yes, tell me" in client.get(yes).text
    assert client.get(stop).status_code == 200
    [kept] = people(store)
    assert not kept.confirmed
    assert "We will tell you" in client.post(yes).text
    assert people(store)[0].confirmed
    assert "We will tell you" in client.get(yes).text
    one_click = client.post(stop, data={"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200 and "deleted" in one_click.text
    assert people(store) == []
    assert client.post(stop).status_code == 200
    assert client.get(yes).status_code == client.post(yes).status_code == 404


def test_a_link_that_is_not_whole_changes_nothing(client, store, seals, open_collection):
    client.post(PATH, data=SAM)
    [kept] = people(store)
    for path in (f"/tell-me/yes/{kept.id}", "/tell-me/stop/x", f"/tell-me/stop/{kept.id}"):
        assert client.post(path).status_code == 404
    assert len(people(store)) == 1


def test_young_people_are_told_to_ask_a_grown_up(app, client, open_survey, every_kind):
    open_survey(every_kind.model_copy(update={"audience": Audience.YOUNG_PERSON}))
    assert "Ask a grown-up you trust" in client.get(PATH).text


def test_others_are_not(client, open_collection):
    assert "grown-up" not in client.get(PATH).text


def test_too_late_is_said_kindly(client, store, seals, clock, open_collection):
    client.post(PATH, data=SAM)
    [kept] = people(store)
    with store.writing() as session, session.begin():
        session.delete(session.get_one(Follower, kept.id))
    reply = client.get(f"/tell-me/yes/{seals.token('yes', kept.id)}")
    assert reply.status_code == 404 and "This link is over" in reply.text


def test_a_letter_waits_to_be_sent_with_the_others(client, store, clock, open_collection):
    clock.forward(minutes=10)
    client.post(PATH, data=SAM)
    with store.reading() as session:
        [letter] = session.scalars(select(Letter))
    assert letter.not_before == clock.now + timedelta(minutes=50)


def test_the_survey_goes_on_where_the_store_is_away(app, begin, tmp_path):
    visit = begin()
    assert isinstance(visit, Visit)
    parts = app.extensions["feedback"]
    parts.addresses.close()
    parts.settings = Settings(
        **{**parts.settings.model_dump(), "addresses": f"sqlite:///{tmp_path}/no/where.sqlite"}
    )
    parts.__dict__.pop("addresses", None)
    visit.sent()
    assert "Your answers are sent" in visit.text
    assert visit.client.post(PATH, data=SAM).status_code == 503
