"""Promises on other sites: feeds, a block in a frame, a piece of HTML, and how to take them."""

import json
import re
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from promised_ground import heard, promise

pytestmark = pytest.mark.any_database
PATHS = ("/you-said/feed.rss", "/you-said/feed.json", "/you-said/embed", "/you-said/block.html")


@pytest.fixture
def published(database, now):
    """An insight with a promise and two updates, and one that was taken back."""
    with database.writing() as session, session.begin():
        insight = heard(session, now, "long-waits")
        promise(session, insight, now, ("deciding", 30), ("doing", 5, "A letter <b>is</b> out."))
        gone = heard(session, now, "gone", withdrawn_at=now)
        promise(session, gone, now, ("doing", 5, "Never mind."))


def test_feeds_hold_what_was_heard_and_each_change_newest_first(client, published):
    channel = ElementTree.fromstring(client.get("/you-said/feed.rss").data).find("channel")
    titles = [item.findtext("title") for item in channel.findall("item")]
    assert titles == [
        "We are doing it: Everybody gets a letter.",
        "We are deciding: Everybody gets a letter.",
        "You said: Waits are too long",
    ]
    moments = [parsedate_to_datetime(i.findtext("pubDate")) for i in channel.findall("item")]
    assert moments == sorted(moments, reverse=True)
    whole = json.loads(client.get("/you-said/feed.json").data)
    assert [item["title"] for item in whole["items"]] == titles
    assert whole["items"][0]["content_text"] == "A letter <b>is</b> out."
    assert whole["items"][0]["url"].startswith(
        "http://localhost/you-said/long-waits?language=en#up"
    )


def test_names_of_entries_last_and_differ_by_language_and_wording(client, published, make_app):
    def names(app_client, more=""):
        whole = json.loads(app_client.get(f"/you-said/feed.json{more}").data)
        return [item["id"] for item in whole["items"]]

    moved = make_app(public_address="https://elsewhere.example").test_client()
    assert names(client) == names(moved)
    assert len({*names(client), *names(client, "?language=pl"), *names(client, "?read=easy")}) == 9
    assert len(set(names(client))) == 3


def test_a_feed_is_in_its_language_and_wording_and_pages_lead_to_it(client, published):
    easy = json.loads(client.get("/you-said/feed.json?language=en&read=easy").data)
    assert easy["items"][-1]["title"] == "You said: We wait too long"
    polish = json.loads(client.get("/you-said/feed.json?language=pl").data)
    assert polish["language"] == "pl" and "Każdy dostanie list." in polish["items"][0]["title"]
    page = client.get("/you-said?read=easy").text
    links = re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)"', page)
    assert [kind for kind, _ in links] == ["application/rss+xml", "application/feed+json"]
    for kind, address in links:
        assert "read=easy" in address
        assert client.get(address.replace("&amp;", "&")).content_type.startswith(kind)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_reads_or_sets_a_cookie_and_all_of_it_may_be_kept(client, published, path):
    client.get("/you-said?language=ar&read=easy")  # what this browser reads elsewhere
    reply = client.get(f"{path}?language=pl")
    assert reply.status_code == 200 and "Każdy dostanie list." in reply.text.replace("&#x17c;", "ż")
    assert "Set-Cookie" not in reply.headers
    assert reply.headers["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in reply.headers.get("Vary", "")
    assert "Never mind." not in reply.text and "gone" not in reply.text
    assert "Everybody gets a letter." in client.get(path).text  # no cookie says the language


def frame_rule(reply):
    rules = dict(r.split(" ", 1) for r in reply.headers["Content-Security-Policy"].split("; "))
    return rules["frame-ancestors"]


def test_only_the_block_may_be_framed_and_only_where_the_host_says(client, make_app, published):
    assert frame_rule(client.get("/you-said/embed")) == "*"
    assert "X-Frame-Options" not in client.get("/you-said/embed").headers
    for path in ("/you-said", "/you-said/long-waits", "/you-said/block.html", "/receipt"):
        reply = client.get(path)
        assert frame_rule(reply) == "'none'" and reply.headers["X-Frame-Options"] == "DENY", path
    site = "https://localoffer.example"
    some = make_app(embed_sites=site).test_client().get("/you-said/embed")
    assert frame_rule(some) == site and "X-Frame-Options" not in some.headers
    none = make_app(embed_sites="").test_client().get("/you-said/embed")
    assert frame_rule(none) == "'none'" and none.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "sites", ["localoffer", "javascript:x", "https://a.example/path", "https://a.example;"]
)
def test_a_site_that_is_none_is_refused(make_app, sites):
    with pytest.raises(ValueError, match="FEEDBACK_EMBED_SITES"):
        make_app(embed_sites=sites)


def test_a_hostile_page_finds_nothing_to_press_in_the_block(client, published):
    for path in ("/you-said/embed", "/you-said/block.html"):
        page = client.get(path).text
        assert not re.search(r"<(form|button|input|script|iframe|object)\b", page), path
        for link in re.findall(r"<a [^>]+>", page):
            assert 'rel="noopener"' in link and 'href="http://localhost/you-said' in link


def test_a_block_is_cut_by_its_address(client, published, database, now):
    with database.writing() as session, session.begin():
        for number in range(8):
            heard(session, now, f"more-{number}", audience="practitioner")
    assert client.get("/you-said/embed").text.count('<li class="said__one"') == 5
    assert client.get("/you-said/embed?number=2").text.count('<li class="said__one"') == 2
    assert "long-waits" in client.get("/you-said/embed?audience=parent").text
    assert "more-1" not in client.get("/you-said/embed?audience=parent").text
    for nonsense in ("number=x", "number=-5", "number=999999", "theme=x", "audience=x"):
        assert client.get(f"/you-said/embed?{nonsense}").status_code == 200


def test_staff_copy_a_frame_with_a_title(sign_in, viewer, published):
    visit = sign_in(viewer)
    page = visit.get("/staff/share")
    assert page.status_code == 200
    assert "&lt;iframe src=" in page.text and " title=" in page.text
    assert page.text.count("language=ar") >= 1
